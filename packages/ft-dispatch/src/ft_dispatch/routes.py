"""Routes: what the careful road leaves behind for the next call with the same key.

A route of an ELEMENTWISE op is the tuple `(leaf, dest, key of the output, recorder, full kernel)`, or with a number as second
operand `(leaf, dest, key, recorder, full kernel, box)`, where box turns numbers into cached 0-dim arrays. It is left only where the
key decides alone: one device, regular layout, dtypes whose promotion does not depend on which operand is 0-dim, no mode that interposes.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, device, dtype
from ft_core.backend import Backend, Kernel, backend_for
from ft_core.dense import elementwise_strides
from ft_core.keys import (
    BELOW,
    DETERMINISTIC,
    DEVICE_OF,
    DEVICES,
    DTYPE_OF,
    DTYPES,
    FLAGS,
    GRAD,
    HARDENED,
    IRREG,
    LAYOUTS,
    MODES,
    NOGRAD,
    VIEW,
)
from ft_core.layout import contiguous_format, layout, memory_format
from ft_core.shapes import broadcast_shapes, contiguous_strides
from ft_core.tensor import wrap

from . import hooks
from .memory import REGULAR
from .meta import pointwise_dtypes

if TYPE_CHECKING:
    from ft_core import dtype

    from .op import Op

_MODES = NOGRAD | BELOW | DETERMINISTIC | HARDENED
UNROUTED = (
    FLAGS & ~(GRAD | VIEW | IRREG) | MODES & ~_MODES | LAYOUTS
)  # bits under which no route is ever left; callers of install* ask


class Box(dict[Any, Any]):
    """Python numbers as 0-dim arrays of one dtype, cached; 0 is made anew each time, since -0.0 == 0.0 would share its place.

    They are rounded to `first` on the way, where that is given.
    """

    __slots__ = ("backend", "first", "kind")

    def __init__(self, backend: Backend, kind: dtype, first: dtype | None = None) -> None:
        super().__init__()
        self.backend = backend
        self.kind = kind
        self.first = first

    def __missing__(self, number: Any) -> Any:
        array = self.backend.rounded_scalar(number, self.first or self.kind, self.kind)
        if number and number == number and len(self) < 256:
            self[number] = array
        return array


def home(k: int) -> Backend | None:
    """The backend of a key's one device; None on meta, for several devices, and where arrays do not alias: no route is left there."""
    where = DEVICE_OF.get(k & DEVICES)
    backend = None if where is None or where.type == "meta" else backend_for(where)
    return backend if backend is not None and backend.aliasing else None


def served(op: Op, k: int, backend: Backend) -> Kernel | None:
    """The backend's kernel of an op, where it takes operands of the key's dtypes as they are."""
    kernel = backend.kernels.get(op.name)
    widened = kernel is not None and kernel.half != "native" and any(kind.opmath is not kind for kind in dtypes_in(k & DTYPES))
    return None if widened else kernel


def outside_graph(x: Tensor, k: int) -> bool:
    """Whether what is done with `x` is nothing to autograd: no gradient in it or its base, or none recorded. k: its key and the thread's bits."""
    if k & (NOGRAD | BELOW) or not k & (GRAD | VIEW):
        return True
    base: Any = x._base
    return not k & GRAD and not base._k & GRAD


def install(op: Op, args: tuple[Any, ...], k: int) -> None:
    """Leave a route for key `k` if the key decides alone. `args` are canonical."""
    backend = home(k)
    if backend is None:
        return
    values = [args[i] for i in op.tensor_at]
    number = len(values) == 2 and not isinstance(values[1], Tensor) and isinstance(values[0], Tensor)
    if not (_number_decides(op, values) if number else all(isinstance(v, Tensor) for v in values)):
        return
    if op.meta_rule is not None:
        _install_regular(op, values, k, backend)
        return
    kernel = backend.kernels.get(op.name)
    if kernel is None:
        return
    if op.keep:
        _install_kept(op, args, k, backend, kernel)
        return
    dtypes = dtypes_in(k & DTYPES)
    if len({kind.category for kind in dtypes}) != len(dtypes) or not _of_one_precision(dtypes):
        return  # f32 with f64, or f64 with c64: which operand is 0-dim decides
    compute, out = pointwise_dtypes(op, values)
    recorded, recorder = recording(op, k, number) if out.category >= 2 else (False, None)
    if recorded and recorder is None:
        return
    key = k & DEVICES | out.bit | (k & GRAD if recorded else 0)
    plain = len(dtypes) == 1 and dtypes[0] is compute and (compute.opmath is compute or kernel.half == "native")
    inside = compute.opmath if kernel.half != "native" else compute
    leaf, full = _callables(op, kernel)
    if k & IRREG:
        if not plain:
            return
        adapter = Irregular(backend, out, len(op.tensor_at))
        leaf, full = adapter.around(leaf), adapter.around(full)
        recorder = _settling(recorder, out)
    elif not plain:
        casts = _Casts(backend, compute, inside, out, op.tensor_at, kernel.half)
        leaf, full = casts.around(leaf), casts.around(full)
    route = (leaf, backend.ALLOC, key, recorder, full)
    if number:
        box = Box(backend, inside, compute if kernel.half == "rounded" else None)
        op.number_table[~k if type(values[1]) is int else k] = (*route, box)
    else:
        op.table[k] = route
    unrecorded = recorder is None and not k & VIEW and (k & (NOGRAD | BELOW) or not k & GRAD)
    if plain and not k & IRREG and out is compute and unrecorded:
        if number:
            op.inplace_table[k, type(values[1])] = (leaf, full, box)
        else:
            op.inplace_table[k] = (leaf, full)


def _of_one_precision(dtypes: list[dtype]) -> bool:
    """Whether a complex dtype, if there is one, is that of the float among them, so that both together always give it."""
    real = [kind for kind in dtypes if kind.is_floating_point]
    return not real or all(kind.to_real() is real[0] for kind in dtypes if kind.is_complex)


def _number_decides(op: Op, values: list[Any]) -> bool:
    """Whether the type of a number in the second place, with the key, says all there is to say about it."""
    return type(values[1]) in (int, float) and not (op.checks_numbers and values[0].dtype.category < 2)


def recording(op: Op, k: int, number: bool = False) -> tuple[bool, Callable[..., Any] | None]:
    """Whether calls with this key are recorded, and by what; (True, None) where autograd has no recorder for the op, so no route may be left."""
    if k & (NOGRAD | BELOW) or not op.differentiable or not k & (GRAD | VIEW):
        return False, None
    return True, hooks.recorder(op, bool(k & VIEW), number)


def _install_regular(op: Op, values: list[Any], k: int, backend: Backend) -> None:
    """Ops with a meta rule of their own (clone, fill): routed where operand and result are regular and of one dtype."""
    if len(values) != 1:
        return
    kernel, kind = backend.kernels.get(op.name), values[0].dtype
    plain, recorded = k & (NOGRAD | BELOW) or not k & (GRAD | VIEW), None
    if op.inplace and kernel is not None and kernel.half == "native" and plain and not k & (VIEW | IRREG):
        op.inplace_table[k] = (kernel.fn, kernel.fn)
    leaf = REGULAR.get(op.name)
    if leaf is None:
        return
    if not plain and kind.category >= 2:
        recorded = hooks.recorder(op, bool(k & VIEW), False)
        if recorded is None:
            return
    key = k & (DEVICES | DTYPES) | (k & GRAD if recorded is not None else 0)
    regular = partial(leaf, backend, kind)
    op.table[k] = (_other_layouts if k & IRREG else regular, backend.ALLOC, key, recorded, partial(_in_order, regular))


def _other_layouts(*arrays: Any, out: Any) -> Any:
    """In the place of a kernel: the result may have to be irregular, which the careful road deals with."""
    raise KeyError


def _in_order(leaf: Callable[..., Any], array: Any, memory_format: Any, *, out: Any) -> Any:
    """clone to the contiguous format; any other takes the careful road, and so do tensors without elements."""
    if memory_format is not contiguous_format or not array.size:
        raise KeyError
    return leaf(array, out=out)


def _install_kept(op: Op, args: tuple[Any, ...], k: int, backend: Backend, kernel: Kernel) -> None:
    """Ops one of whose operands keeps its dtype (the condition of where): the key is one union per role."""
    kept, rest = 0, k & MODES
    for i in op.tensor_at:
        if op.params[i].name in op.keep:
            kept |= args[i]._k
        else:
            rest |= args[i]._k
    dtypes = dtypes_in(rest & DTYPES)
    if k & IRREG or len(dtypes) != 1 or served(op, dtypes[0].bit, backend) is None:
        return
    recorded, recorder = recording(op, k) if dtypes[0].category >= 2 else (False, None)
    if recorded and recorder is None:
        return
    key = rest & (DEVICES | DTYPES) | (k & GRAD if recorded else 0)
    leaf, full = _callables(op, kernel)
    op.table[kept, rest] = (leaf, backend.ALLOC, key, recorder, full)


class Irregular:
    """Kernels over arrays of any strides, with torch's output strides: planned once per (shapes, strides), then one allocation."""

    def __init__(self, backend: Backend, out: dtype, n: int) -> None:
        self.backend, self.out, self.n = backend, out, n
        self.plans = Memo()

    def plan(self, key: Any, operands: tuple[Any, ...]) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
        """(shape, element strides or None where they are the contiguous ones) of the output for these operands."""
        places = [(tuple(a.shape), tuple([s // a.itemsize for s in a.strides])) for a in operands]
        shape = broadcast_shapes(*[shape for shape, _ in places])
        strides = elementwise_strides(places, shape)
        plan = (shape, None if strides == contiguous_strides(shape) else strides)
        self.plans.enter(key, plan)
        return plan

    def output(self, plan: tuple[tuple[int, ...], tuple[int, ...] | None]) -> Any:
        """New memory for a planned output."""
        shape, strides = plan
        return self.backend.allocate(shape, self.out) if strides is None else self.backend.empty_strided(shape, strides, self.out)

    def around(self, kernel: Callable[..., Any]) -> Callable[..., Any]:
        """The kernel with its output allocated as planned."""
        n, plans, plan_for, output = self.n, self.plans, self.plan, self.output

        def binary(x: Any, y: Any, *params: Any, out: Any) -> Any:
            key = (x.shape, x.strides, y.shape, y.strides)
            return kernel(x, y, *params, out=output(plans.get(key) or plan_for(key, (x, y))))

        def general(*arrays: Any, out: Any) -> Any:
            operands = arrays[:n]
            key = tuple([(a.shape, a.strides) for a in operands])
            return kernel(*arrays, out=output(plans.get(key) or plan_for(key, operands)))

        return binary if n == 2 else general


def _settling(recorder: Callable[..., Any] | None, kind: dtype) -> Callable[..., Any]:
    """What runs after an irregular kernel: read the strides it produced into the tensor's key, then record if the route records."""
    size = kind.itemsize

    def settle(o: Tensor, *args: Any) -> Tensor:
        a = o._a
        shape = a.shape
        if a.flags.c_contiguous and 0 not in shape and 1 not in shape:
            return o if recorder is None else recorder(o, *args)
        strides = tuple([s // size for s in a.strides])
        if strides != contiguous_strides(a.shape) or 0 in a.shape:
            o._k |= IRREG
            o._strides = strides if 0 not in a.shape else contiguous_strides(a.shape)
        return o if recorder is None else recorder(o, *args)

    return settle


class Memo(dict[Any, Any]):
    """(shapes, parameters as given) -> (key of the output, canonical parameters); emptied when it grows beyond a program's working set."""

    __slots__ = ()

    def enter(self, key: Any, value: Any) -> None:
        """Remember one call; see `remember`."""
        remember(self, key, value)


def remember(memo: dict[Any, Any], key: Any, value: Any) -> None:
    """Enter one call; unhashable parameters (lists) and what may hold another value next time (tensors) are simply not remembered."""
    if _may_change(key):
        return
    if len(memo) >= 512:
        memo.clear()
    try:
        memo[key] = value
    except TypeError:
        return


def _may_change(value: Any) -> bool:
    """Whether a parameter is found again by its identity while it may say something else: a tensor, a user's object with `__index__`."""
    if isinstance(value, tuple):
        return any(_may_change(item) for item in value)
    own_hash: Any = type(value).__hash__
    return own_hash is object.__hash__ and not isinstance(value, _CONSTANT)


_CONSTANT = (dtype, device, layout, memory_format, type(None), type, Enum)


def wrap_all(arrays: Any, keys: tuple[int | None, ...]) -> tuple[Tensor | None, ...]:
    """Leaves over several results of one kernel; None for those nobody asked for."""
    return tuple([None if k is None else wrap(a, k) for a, k in zip(arrays, keys, strict=True)])


def dtypes_in(bits: int) -> list[dtype]:
    """The dtypes whose bits are set."""
    found = []
    while bits:
        low = bits & -bits
        found.append(DTYPE_OF[low])
        bits ^= low
    return found


def _callables(op: Op, kernel: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """(over the arrays alone, every other parameter at its default; over all arguments)."""
    full = kernel.fn
    extras = op.defaults[len(op.tensor_at) :]
    if kernel.leaf is not None:
        return kernel.leaf, full
    if not extras:
        return full, full

    def leaf(*arrays: Any, out: Any) -> Any:
        return full(*arrays, *extras, out=out)

    return leaf, full


class _Casts:
    """Adapters for keys whose operands need a cast: arrays in, arrays out, still one call from the wrapper."""

    def __init__(self, backend: Backend, compute: dtype, inside: dtype, out: dtype, tensor_at: tuple[int, ...], half: str) -> None:
        self.backend, self.compute, self.inside, self.out = backend, compute, inside, out
        self.n, self.half = len(tensor_at), half

    def around(self, kernel: Callable[..., Any]) -> Callable[..., Any]:
        cast, dtype_of, compute, inside, n = self.backend.cast, self.backend.dtype_of, self.compute, self.inside, self.n
        rounded, exact, box = self.half == "rounded", self.half == "exact", self.backend.rounded_scalar
        back = self.out if self.out is compute and inside is not compute else None

        def adapter(*arrays: Any, out: Any) -> Any:
            ready = list(arrays)
            for i in range(n):
                have: Any = dtype_of(ready[i])
                if have is not inside:
                    if have is not compute and inside is not compute and not (exact and i and ready[i].shape == ()):
                        ready[i] = cast(ready[i], have, compute)
                        have = compute
                    ready[i] = cast(ready[i], have, inside)
            if rounded:
                ready[n:] = [box(v, compute, inside) if v.__class__ is float else v for v in ready[n:]]
            made = kernel(*ready, out=out)
            return made if back is None else cast(made, inside, back)

        return adapter
