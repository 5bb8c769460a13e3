"""In-place and `out=` forms, derived from the functional op: check everything, write once, bump the version, rewrite history.

No check changes anything, and after the first write nothing can refuse any more (stricter than torch, which can leave a half-written tensor).
Messages are torch's.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, can_cast
from ft_core.backend import Backend, backend_for
from ft_core.keys import BELOW, CONJ, DISPATCH, FUNC, GRAD, INFER, INFERENCE, IRREG, LEVEL, NEG, NOGRAD, SUB, TF_MODE, TRACE, TRACED, VIEW
from ft_core.overlap import has_internal_overlap, partially_overlap
from ft_core.state import TL

from . import hooks
from .call import _refreshed, _torch_function, adopt_foreign, key_of, lowest
from .canonical import canonical
from .execute import tensors_of
from .kinds import COMPOSITE, ELEMENTWISE, RANDOM
from .meta import Spec, specs
from .routes import install

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op


def call_inplace(op: Op, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Write op(*args) into `args[0]` and return it."""
    st = TL.st
    k, foreign = key_of(op, args, st.bits)
    if foreign or k & (SUB | TF_MODE):
        handled, value = _torch_function(op, function, args, None)
        if handled:
            return value
        args = adopt_foreign(op, args)
        k, _ = key_of(op, args, st.bits)
    args = canonical(op, args)
    if k & (LEVEL | FUNC):
        return hooks.level_inplace(op, args, k, st)
    x = args[0]
    if op.kind is COMPOSITE:
        return x.copy_(op.decomposition(*args))
    if k & VIEW and not k & (NOGRAD | BELOW):
        k = _refreshed(op, args, k, st)
    return write(op, args, k, st, x)


def write(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> Tensor:
    """The whole in-place protocol below transforms: refusals, record, write, version, history."""
    recording = bool(k & GRAD) and not k & (NOGRAD | BELOW)
    if x._k & INFER and not st.bits & INFERENCE:
        raise RuntimeError(
            "Inplace update to inference tensor outside InferenceMode is not allowed."
            "You can make a clone to get a normal tensor before doing inplace update."
            "See https://github.com/pytorch/rfcs/pull/17 for more details."
        )
    if not k & (NOGRAD | BELOW):
        hooks.check_inplace(x, st)
    if k & DISPATCH:
        from .modes import intercepted_inplace  # noqa: PLC0415  # loaded with the first mode

        return intercepted_inplace(op, args, k, st, x)
    _check_write(op, args, k, x)
    node = hooks.prepare_inplace(op, args, k, st) if recording else None
    store(op, args, k, st, x)
    bump(x)
    if node is not None:
        hooks.finish_inplace(node, x)
    elif op.kind is ELEMENTWISE:
        install(op, args, k, x)
    return x


def store(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> None:
    """Compute and write into x's memory; every check has passed."""
    backend = backend_under(k, x)
    if not backend.aliasing:
        from .functionalise import write_through  # noqa: PLC0415  # only backends without aliasing need it

        write_through(x, lowest(op, args, k, st))
        return
    turned = x._k & (CONJ | NEG)
    direct = not turned and _result_dtype(op, args, k) is x.dtype and not (op.kind is RANDOM and x._k & IRREG)
    kernel = backend.kernels.get(op.name)
    if direct and kernel is not None and 0 in kernel.inplace:
        made = lowest(op, args, k, st, dest=x)
    else:
        made = lowest(op, args, k, st)
    if made is not x and x.device.type != "meta":
        array = made._a
        if made.dtype is not x.dtype:
            array = backend.cast(array, made.dtype, x.dtype)
        st.run(backend.copy_within, x._a, as_stored(array, turned, backend, st) if turned else array)


def backend_under(k: int, x: Tensor) -> Backend:
    """The backend that writes into `x`: the trace's while a function is captured."""
    if k & (TRACE | TRACED):
        from .trace.recorder import backend_of_trace  # noqa: PLC0415  # loaded with the first capture

        return backend_of_trace()
    return backend_for(x.device)


def as_stored(array: Any, bits: int, backend: Any, st: State) -> Any:
    """What must stand in memory for a tensor with these conj and neg bits to have the values of `array`."""
    if bits & CONJ:
        array = st.run(backend.kernels["conj_physical"].fn, array, out=backend.ALLOC)
    return st.run(backend.kernels["neg"].fn, array, out=backend.ALLOC) if bits & NEG else array


def bump(x: Tensor) -> None:
    """Raise the version that aliases share."""
    if x._k & INFER:
        return
    cell = x._ver
    if cell is None:
        x._ver = [1]
    else:
        cell[0] += 1


def _result_dtype(op: Op, args: tuple[Any, ...], k: int) -> Any:
    found = specs(op, args, k)
    return found[0].dtype if found else None


def _check_write(op: Op, args: tuple[Any, ...], k: int, x: Tensor) -> None:
    found = specs(op, args, k)
    if found:
        spec = found[0]
        if not can_cast(spec.dtype, x.dtype):
            raise RuntimeError(
                f"result type {spec.dtype.scalar_name} can't be cast to the desired output type {x.dtype.scalar_name}"
            )
        if spec.shape != tuple(x._a.shape):
            raise RuntimeError(
                f"output with shape {list(x._a.shape)} doesn't match the broadcast shape {list(spec.shape)}"
            )
    check_overlap(op, args, x)


def check_overlap(op: Op, args: tuple[Any, ...], x: Tensor) -> None:
    """RuntimeError where x overlaps itself, or an input partly (torch's assert_no_internal_overlap, assert_no_partial_overlap)."""
    if x._k & IRREG and has_internal_overlap(tuple(x._a.shape), x.stride()):
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
            "Please clone() the tensor before performing the operation."
        )
    storage = x._storage
    if storage is None:
        return
    for t in tensors_of(op, args):
        if t is not x and t._storage is storage and partially_overlap(_place(x), _place(t), allow_same=op.kind is ELEMENTWISE):
            raise RuntimeError(
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single "
                "memory location. Please clone() the tensor before performing the operation."
            )


def _place(t: Tensor) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    return tuple(t._a.shape), t.stride(), t.storage_offset()


# -- out= ------------------------------------------------------------------------------------------------------------------


def call_out(op: Op, args: tuple[Any, ...], out: Any, st: State) -> Any:
    """Run `op` and leave its outputs in `out` (a tensor, or a tuple for several outputs), resized where the size differs."""
    outs = (out,) if isinstance(out, Tensor) else tuple(out)
    k, _ = key_of(op, args, st.bits)
    k_out = k
    for t in outs:
        if not isinstance(t, Tensor):
            raise TypeError(f"{op.base}(): argument 'out' must be Tensor, not {type(t).__name__}")
        k_out |= t._k
    if k_out & (LEVEL | FUNC):
        return _level_out(op, args, outs, out, k, st)
    if k_out & GRAD and not k & (NOGRAD | BELOW):
        raise RuntimeError(
            f"{op.base}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    if op.kind is COMPOSITE:
        found = None
    else:
        found = specs(op, args, k)
    if found is not None:
        _check_outs(op, args, outs, found)
    with_dest = found is not None and len(outs) == 1 and isinstance(out, Tensor)
    if with_dest and _same(outs[0], found[0]) and outs[0].device.type != "meta" and backend_for(outs[0].device).aliasing:
        made = lowest(op, args, k, st, dest=outs[0])
    else:
        from .call import interpret  # noqa: PLC0415  # the plain call, with modes as they are

        made = interpret(op, args, k, st)
    for t, value in zip(outs, (made,) if isinstance(made, Tensor) else made, strict=True):
        if value is not t:
            put_out(op, t, value, st)
        bump(t)
    return out


def _level_out(op: Op, args: tuple[Any, ...], outs: tuple[Tensor, ...], out: Any, k: int, st: State) -> Any:
    """Inside a transform `out=` is the op followed by a copy, so that each level sees both."""
    from .call import interpret  # noqa: PLC0415  # call's own table of roads is complete by now

    made = interpret(op, canonical(op, args), k, st)
    for t, value in zip(outs, (made,) if isinstance(made, Tensor) else made, strict=True):
        t.copy_(value)
    return out


def _same(t: Tensor, spec: Spec) -> bool:
    return t.dtype is spec.dtype and tuple(t._a.shape) == spec.shape


def _check_outs(op: Op, args: tuple[Any, ...], outs: tuple[Tensor, ...], found: list[Spec]) -> None:
    for t, spec in zip(outs, found, strict=True):
        if not can_cast(spec.dtype, t.dtype):
            raise RuntimeError(
                f"result type {spec.dtype.scalar_name} can't be cast to the desired output type {t.dtype.scalar_name}"
            )
        if tuple(t._a.shape) == spec.shape:
            check_overlap(op, args, t)


def put_out(op: Op, t: Tensor, value: Tensor, st: State) -> None:
    """Copy a finished result into `t`, resizing it first where the shape differs (with torch's warning unless it was empty)."""
    if not can_cast(value.dtype, t.dtype):
        raise RuntimeError(f"result type {value.dtype.scalar_name} can't be cast to the desired output type {t.dtype.scalar_name}")
    if value.device != t.device:
        raise RuntimeError(f"{op.base}: Expected out tensor to have device {value.device}, but got {t.device} instead")
    if tuple(t._a.shape) != tuple(value._a.shape):
        if t.numel():
            warnings.warn(
                f"An output with one or more elements was resized since it had shape {list(t._a.shape)}, which does not match "
                f"the required output shape {list(value._a.shape)}. This behavior is deprecated, and in a future PyTorch release "
                "outputs will not be resized unless they have zero elements. You can explicitly reuse an out tensor t by "
                "resizing it, inplace, to zero elements with t.resize_(0).",
                UserWarning,
                stacklevel=4,
            )
        t.resize_(value.shape)
    if t.device.type == "meta":
        return
    backend = backend_under(t._k | st.bits, t)
    array = value._a if value.dtype is t.dtype else backend.cast(value._a, value.dtype, t.dtype)
    if backend.aliasing:
        turned = t._k & (CONJ | NEG)
        st.run(backend.copy_within, t._a, as_stored(array, turned, backend, st) if turned else array)
        return
    from .functionalise import write_through  # noqa: PLC0415

    write_through(t, value)
