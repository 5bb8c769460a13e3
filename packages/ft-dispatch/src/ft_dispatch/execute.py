"""The backend step: arrays out of tensors, one kernel, tensors around what it returns.

This is the lowest interpreter. Promotion, casts to the compute dtype, half types in float32, torch's output strides, destinations and
conj/neg bits are dealt with here once for all ops, so kernels see equal dtypes and plain arrays. An op whose backend has no kernel runs its
decomposition; without one the error says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, default_device, device
from ft_core.backend import Backend, backend_for
from ft_core.keys import BELOW, CONJ, CPU, DEVICE_OF, DEVICES, DTYPES, INFER, INFERENCE, IRREG, NEG, TRACE, TRACED
from ft_core.layout import contiguous_strides
from ft_core.meta import MetaArray
from ft_core.state import TL, bits_set
from ft_core.tensor import wrap, wrap_strided

from .kinds import CREATION, ELEMENTWISE, RANDOM
from .memory import BUILTIN
from .meta import Spec, pointwise_spec, specs

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op

CPU_DEVICE = device("cpu")
_below = bits_set(on=BELOW)


def execute(op: Op, args: tuple[Any, ...], k: int, st: State, dest: Tensor | None = None) -> Any:
    """Run one op on one backend. `args` are canonical; `dest` is a checked destination of the exact output shape and dtype."""
    if k & (TRACE | TRACED):
        from .trace.recorder import execute as record  # noqa: PLC0415  # loaded with the first capture

        return record(op, args, k, st, dest)
    where = device_of(op, args, k)
    if op.implementation is not None:
        return op.implementation(args, where)
    if op.family == "creation" and op.tensor_at and args[op.index_of["device"]] not in (None, where):
        return decomposed(op, args, args[op.index_of["device"]], k)  # like a tensor of another device: its metadata are enough
    builtin = BUILTIN.get(op.name)
    if builtin is not None:
        found = specs(op, args, k)
        assert found is not None, f"aten::{op.name} needs a meta rule"
        return builtin(args, found[0], where, st)
    backend = backend_for(where)
    if k & (CONJ | NEG):
        args = resolved(op, args)
    args = on_device(op, args, where)
    if where.type == "meta":
        return _meta(op, args, k, where)
    kernel = backend.kernels.get(op.name)
    if kernel is None:
        if op.decomposition is None and op.kind in (CREATION, RANDOM) and where.type != "cpu":
            return made_on_host(op, args, k, st, where)
        return decomposed(op, args, where, k)
    if op.kind is ELEMENTWISE:
        return _pointwise(op, kernel, args, k, st, backend, dest, where)
    return _general(op, kernel, args, k, st, backend, dest, where)


def decomposed(op: Op, args: tuple[Any, ...], where: device, k: int = 0) -> Any:
    """The op in terms of others, below autograd; where there is neither kernel nor decomposition, what the mode says."""
    if op.decomposition is None:
        from .mode import no_kernel  # noqa: PLC0415  # mode imports this module's functions late

        return no_kernel(op, args, k, TL.st, where)
    with _below:
        if op.kind is ELEMENTWISE:
            return op.decomposition(*args) if op.steps else _pointwise_pieces(op, args, k, where)
        if op.meta_rule is not None:
            op.meta_rule(*args)  # it refuses what does not fit, so that decompositions need no checks
        if op.steps:
            return op.decomposition(*args)
        return _wide_pieces(op, args, k, where)


def _pointwise_pieces(op: Op, args: tuple[Any, ...], k: int, where: device) -> Any:
    """An ELEMENTWISE decomposition over what its kernel would have got: operands in the compute dtype, half types in float32."""
    compute, spec = pointwise_spec(op, args, k)
    inside = compute.opmath if backend_for(where).supports(compute.opmath) else compute
    call = list(args)
    for i in op.tensor_at:
        if isinstance(call[i], Tensor) and call[i].dtype is not inside and not (op.keep and op.params[i].name in op.keep):
            call[i] = call[i].to(inside)
    made = op.decomposition(*call)
    return made if made.dtype is spec.dtype else made.to(spec.dtype)


def _wide_pieces(op: Op, args: tuple[Any, ...], k: int, where: device) -> Any:
    """Any other decomposition; where half types come in and the outputs are known, it runs in float32 and rounds once."""
    backend = backend_for(where)
    if op.nondeterministic or not any(
        t.dtype.opmath is not t.dtype and backend.supports(t.dtype.opmath) for t in tensors_of(op, args)
    ):
        return op.decomposition(*args)
    wanted = specs(op, args, k)
    if wanted is None or any(spec is None for spec in wanted):
        return op.decomposition(*args)
    made = op.decomposition(*mapped(op, args, lambda t: t.to(t.dtype.opmath) if t.dtype.opmath is not t.dtype else t))
    if isinstance(made, Tensor):
        return made.to(wanted[0].dtype)  # type: ignore[union-attr]
    return type(made)(
        [t if t is None else t.to(spec.dtype) for t, spec in zip(made, wanted, strict=True)]  # type: ignore[union-attr]
    )


def made_on_host(op: Op, args: tuple[Any, ...], k: int, st: State, where: device) -> Any:
    """Numbers that are made, not computed (creation, random draws), for a device without a kernel for them: made on the CPU, then moved."""
    moved = list(mapped(op, args, lambda t: t.to(CPU_DEVICE)))
    at = op.index_of.get("device")
    if at is not None:
        moved[at] = CPU_DEVICE
    with _below:
        return execute(op, tuple(moved), k & ~DEVICES | CPU, st).to(where)


# -- devices and arguments -----------------------------------------------------------------------------------------------


def device_of(op: Op, args: tuple[Any, ...], k: int) -> device:
    """The one device of a call: of its tensors, or of its `device` argument. RuntimeError for two."""
    bits = k & DEVICES
    where = DEVICE_OF.get(bits)
    if where is not None:
        return where
    if bits == 0:
        at = op.index_of.get("device")
        asked = args[at] if at is not None else None
        return asked if asked is not None else default_device() or CPU_DEVICE
    found: device | None = None
    for t in tensors_of(op, args):
        here = t.device
        if found is None or (found.type == "cpu" and found is not here and here.type != "cpu"):
            found = here
    for t in tensors_of(op, args):
        if t.device is not found and t.ndim:
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but found at least two devices, {found} and {t.device}! "
                f"({op.base}: move one with .to({str(found)!r}))"
            )
    assert found is not None
    return found


def tensors_of(op: Op, args: tuple[Any, ...]) -> list[Tensor]:
    """All tensors among the arguments, in order."""
    found = [args[i] for i in op.tensor_at if isinstance(args[i], Tensor)]
    for i in op.lists_at:
        if args[i] is not None:
            found += [t for t in args[i] if isinstance(t, Tensor)]
    return found


def mapped(op: Op, args: tuple[Any, ...], function: Callable[[Tensor], Any]) -> tuple[Any, ...]:
    """The arguments with `function` applied to every tensor."""
    made = list(args)
    for i in op.tensor_at:
        if isinstance(made[i], Tensor):
            made[i] = function(made[i])
    for i in op.lists_at:
        if made[i] is not None:
            made[i] = tuple([function(t) if isinstance(t, Tensor) else t for t in made[i]])
    return tuple(made)


def resolved(op: Op, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments with conj and neg bits carried out."""
    return mapped(op, args, materialise)


def materialise(t: Tensor) -> Tensor:
    """A tensor without conj or neg bit and the same values; `t` itself if it has neither."""
    if not t._k & (CONJ | NEG):
        return t
    backend = backend_for(t.device)
    array = t._a
    st = _state()
    if t._k & CONJ:
        array = st.run(backend.kernels["conj_physical"].fn, array, out=backend.ALLOC)
    if t._k & NEG:
        array = st.run(backend.kernels["neg"].fn, array, out=backend.ALLOC)
    array = backend.contiguous(array, t.dtype)
    return wrap_strided(array, t.device.bit | t.dtype.bit, contiguous_strides(tuple(array.shape)))


def _state() -> State:
    return TL.st


def on_device(op: Op, args: tuple[Any, ...], where: device) -> tuple[Any, ...]:
    """0-dim CPU tensors moved to the call's device (torch lets them mix)."""
    if where.type in ("cpu", "meta"):
        return args
    return mapped(op, args, lambda t: t if t.device is where else t.to(where))


# -- kernels ---------------------------------------------------------------------------------------------------------------


def _pointwise(
    op: Op, kernel: Any, args: tuple[Any, ...], k: int, st: State, backend: Backend, dest: Tensor | None, where: device
) -> Tensor:
    compute, spec = pointwise_spec(op, args, k)
    if spec.strides is not None and not backend.aliasing:
        spec = Spec(spec.shape, spec.dtype)  # arrays without aliasing are whole and in C order
    inside = compute.opmath if kernel.half != "native" else compute
    rounded, exact = kernel.half == "rounded", kernel.half == "exact" and inside is not compute
    call = list(args)
    for i in op.tensor_at:
        value = call[i]
        if isinstance(value, Tensor):
            if op.keep and op.params[i].name in op.keep:
                call[i] = value._a
                continue
            kind = value.dtype
            array = value._a
            if kind is not compute and not (exact and i and array.shape == ()):
                array, kind = backend.cast(array, kind, compute), compute
            call[i] = array if inside is kind else backend.cast(array, kind, inside)
        elif value is not None:
            call[i] = backend.rounded_scalar(value, compute if rounded or (exact and i == 0) else inside, inside)
    if rounded and inside is not compute:
        call = [backend.rounded_scalar(value, compute, inside) if value.__class__ is float else value for value in call]
    direct = spec.dtype is inside or spec.dtype is not compute
    target = backend.ALLOC
    if direct and dest is not None:
        target = dest._a
    elif direct and spec.strides is not None:
        target = backend.empty_strided(spec.shape, spec.strides, spec.dtype)
    array = st.run(kernel.fn, *call, out=target)
    if not direct:
        array = backend.cast(array, inside, spec.dtype)
        if dest is not None:
            backend.copy_within(dest._a, array)
        elif spec.strides is not None:
            strided = backend.empty_strided(spec.shape, spec.strides, spec.dtype)
            backend.copy_within(strided, array)
            array = strided
    return dest if dest is not None else finish(array, spec, where, st)


def _general(
    op: Op, kernel: Any, args: tuple[Any, ...], k: int, st: State, backend: Backend, dest: Tensor | None, where: device
) -> Any:
    wanted = specs(op, args, k)
    if wanted is not None and not backend.aliasing:
        wanted = [None if s is None else Spec(s.shape, s.dtype) for s in wanted]
    half = kernel.half != "native"
    keep = kernel.layout != "any"

    def array_of(t: Tensor) -> Any:
        kind = t.dtype
        array = t._a
        if half and kind.opmath is not kind:
            return backend.cast(array, kind, kind.opmath)
        return backend.contiguous(array, kind) if keep and t._k & IRREG else array

    call = [list(v) if i in op.lists_at and v is not None else v for i, v in enumerate(mapped(op, args, array_of))]
    target: Any = backend.ALLOC
    if op.kind is CREATION or op.kind is RANDOM:
        assert wanted is not None, f"aten::{op.name} needs a meta rule"
        if not backend.aliasing and "dtype" in op.index_of:
            call[op.index_of["dtype"]] = wanted[0].dtype  # there is no destination whose dtype could tell
        elif backend.aliasing:
            target = dest._a if dest is not None else backend.allocate(wanted[0].shape, wanted[0].dtype)
        half = False
    elif dest is not None and kernel.out and not (half and dest.dtype.opmath is not dest.dtype):
        target = dest._a
    elif dest is None and op.n_outputs == 1 and wanted and wanted[0] is not None and wanted[0].strides and kernel.out:
        shape, kind, strides = wanted[0]
        if not (half and kind.opmath is not kind):
            target = backend.empty_strided(shape, strides, kind)  # the kernel lays its result out as it goes
    made = st.run(kernel.fn, *call, out=target)
    if wanted and _miscast(made if op.n_outputs != 1 else (made,), wanted, backend):
        op.miscast.add((k & DTYPES, tuple([s and s.dtype for s in wanted])))
    if op.n_outputs == 1:
        if dest is None:
            if wanted is None and op.lies_rule is not None and backend.aliasing:
                made_of: Any = backend.dtype_of(made)
                wanted = [Spec(tuple(made.shape), made_of, op.lies_rule(tuple(made.shape)))]
            return finish(made, wanted[0] if wanted else None, where, st, backend, target)
        if made is not dest._a:
            backend.copy_within(dest._a, _as(made, dest.dtype, backend))
        return dest
    spread = wanted or [None] * len(made)
    outs = [finish(a, s, where, st, backend) if a is not None else None for a, s in zip(made, spread, strict=True)]
    return outs if op.n_outputs == -1 else tuple(outs)


def _miscast(arrays: Any, wanted: list[Spec | None], backend: Backend) -> bool:
    """Whether a kernel returned another dtype than the op's rule says."""
    for array, spec in zip(arrays, wanted, strict=False):
        if array is not None and spec is not None and backend.dtype_of(array) not in (None, spec.dtype):
            return True
    return False


def _as(array: Any, kind: Any, backend: Backend) -> Any:
    have = backend.dtype_of(array)
    return array if have is None or have is kind else backend.cast(array, have, kind)


def finish(array: Any, spec: Spec | None, where: device, st: State, backend: Backend | None = None, target: Any = None) -> Tensor:
    """A leaf over a kernel's result, cast and laid out as the spec says; it lies so already where it is the `target` made for it."""
    infer = INFER if st.bits & INFERENCE else 0
    if spec is None:
        assert backend is not None
        kind: Any = backend.dtype_of(array)
        array = backend.contiguous(array, kind)
        return wrap_strided(array, where.bit | kind.bit | infer, contiguous_strides(tuple(array.shape)))
    if backend is not None:
        array = _as(array, spec.dtype, backend)
        if spec.strides is None or spec.strides == contiguous_strides(spec.shape):
            array = backend.contiguous(array, spec.dtype)
        elif array is not target:
            strided = backend.empty_strided(spec.shape, spec.strides, spec.dtype)
            backend.copy_within(strided, array)
            array = strided
    if spec.strides is None and 0 not in spec.shape:
        return wrap(array, where.bit | spec.dtype.bit | infer)
    strides = spec.strides if spec.strides is not None else contiguous_strides(spec.shape)
    return wrap_strided(array, where.bit | spec.dtype.bit | infer, strides)


def _meta(op: Op, args: tuple[Any, ...], k: int, where: device) -> Any:
    st = _state()
    found = specs(op, args, k)
    if found is None or (None in found and (op.data_dependent or len(found) == 1)):
        if op.data_dependent or found is not None:
            raise NotImplementedError(
                f"aten::{op.name}: attempted to run this operator with Meta tensors, but its output sizes depend on data; "
                "run it on a device with data"
            )
        return decomposed(op, args, where)
    outs = [None if s is None else finish(MetaArray(s.shape, s.strides, s.dtype.itemsize, s.dtype), s, where, st) for s in found]
    if op.n_outputs == 1:
        return outs[0]
    return outs if op.n_outputs == -1 else tuple(outs)
