"""In-place forms, derived from the functional op: check everything, write once, bump the version, rewrite history.

No check changes anything, and after the first write nothing can refuse any more (stricter than torch, which can leave a half-written tensor).
Messages are torch's. `out=` forms are in `outputs`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, can_cast
from ft_core.backend import Backend, backend_for
from ft_core.keys import (
    BELOW,
    CONJ,
    DISPATCH,
    FUNC,
    GRAD,
    INFER,
    INFERENCE,
    IRREG,
    LAYOUTS,
    LEVEL,
    NEG,
    NOGRAD,
    SUB,
    TF_MODE,
    TRACE,
    TRACED,
    VIEW,
)
from ft_core.overlap import has_internal_overlap, partially_overlap
from ft_core.state import TL

from . import hooks, layouts
from .call import _refreshed, _torch_function, adopt_foreign, key_of, lowest
from .canonical import canonical
from .execute import tensors_of
from .kinds import COMPOSITE, ELEMENTWISE, RANDOM, Promote
from .memo_routes import install_filling, install_limits
from .meta import specs
from .op import fills, is_pointwise, takes_limits
from .routes import UNROUTED, install

if TYPE_CHECKING:
    from ft_core import dtype
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
    given, args = args, canonical(op, args)
    if k & (LEVEL | FUNC):
        if k & LAYOUTS:
            layouts.refuse_level(op, k)
        return hooks.level_inplace(op, args, k, st)
    x = args[0]
    if op.kind is COMPOSITE:
        made = layouts.composite(op, args, k) if k & LAYOUTS else op.decomposition(*args)
        _check_result(x, made.dtype, tuple(made.shape))
        return x.copy_(made)
    if k & VIEW and not k & (NOGRAD | BELOW):
        k = _refreshed(op, args, k, st)
    write(op, args, k, st, x)
    if not k & UNROUTED and fills(op):
        install_filling(op, given, args, k)
    elif not k & UNROUTED and takes_limits(op) and not any(isinstance(n, Tensor) for n in given[1:]):
        install_limits(op, given, k, x)
    return x


def write(op: Op, args: tuple[Any, ...], k: int, st: State, x: Tensor) -> Tensor:
    """The whole in-place protocol below transforms: refusals, record, write, version, history."""
    recording = bool(k & GRAD) and not k & (NOGRAD | BELOW) and x.dtype.category >= 2  # integers have no gradient
    if x._k & INFER and not st.bits & INFERENCE:
        raise RuntimeError(
            "Inplace update to inference tensor outside InferenceMode is not allowed."
            "You can make a clone to get a normal tensor before doing inplace update."
            "See https://github.com/pytorch/rfcs/pull/17 for more details."
        )
    if not k & (NOGRAD | BELOW):
        hooks.check_inplace(x, st, recording)
    keep = layouts.store if k & LAYOUTS else store
    if k & DISPATCH:
        from .modes import intercepted_inplace, store_by_class  # noqa: PLC0415  # loaded with the first mode

        if st.dispatch_modes:
            return intercepted_inplace(op, args, k, st, x)
        keep = store_by_class
    elif not k & LAYOUTS:
        _check_write(op, args, k, x)
    node = hooks.prepare_inplace(op, args, k, st) if recording else None
    keep(op, args, k, st, x)
    bump(x)
    if node is not None:
        hooks.finish_inplace(node, x)
    elif not k & UNROUTED and is_pointwise(
        op
    ):  # others (clamp) have a table of another shape, which only their own wrapper may fill
        install(op, args, k)
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
        if op.promote is Promote.REAL and x.is_complex():
            raise RuntimeError(f"In-place {op.base} is not supported for complex tensors.")
        _check_result(x, found[0].dtype, found[0].shape)
    check_overlap(op, args, x)


def _check_result(x: Tensor, kind: dtype, shape: tuple[int, ...]) -> None:
    """RuntimeError unless a result of this dtype and shape may be written into x."""
    if not can_cast(kind, x.dtype):
        raise RuntimeError(f"result type {kind.scalar_name} can't be cast to the desired output type {x.dtype.scalar_name}")
    if shape != tuple(x._a.shape):
        raise RuntimeError(f"output with shape {list(x._a.shape)} doesn't match the broadcast shape {list(shape)}")


def check_internal_overlap(x: Tensor) -> None:
    """RuntimeError where two elements of x share memory."""
    if x._k & IRREG and has_internal_overlap(tuple(x._a.shape), x.stride()):
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
            "Please clone() the tensor before performing the operation."
        )


def check_overlap(op: Op, args: tuple[Any, ...], x: Tensor) -> None:
    """RuntimeError where x overlaps itself, or an input partly (torch's assert_no_internal_overlap, assert_no_partial_overlap)."""
    if op.base != "fill":  # one number everywhere is the same in any order
        check_internal_overlap(x)
    storage = x._storage
    if storage is None:
        return
    for t in tensors_of(op, args):
        if (
            t is not x
            and t._storage is storage
            and partially_overlap(place_of(x), place_of(t), allow_same=op.kind is ELEMENTWISE or op.base == "copy")
        ):
            raise RuntimeError(
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single "
                "memory location. Please clone() the tensor before performing the operation."
            )


def place_of(t: Tensor) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Shape, strides and offset: where a tensor lies in its storage."""
    return tuple(t._a.shape), t.stride(), t.storage_offset()
