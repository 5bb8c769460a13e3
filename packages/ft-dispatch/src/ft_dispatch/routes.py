"""Routes: what the careful road leaves behind for the next call with the same key.

A route of an ELEMENTWISE op is the tuple `(leaf, dest, key of the output, recorder, full kernel)`, or with a number as second
operand `(leaf, dest, key, recorder, full kernel, box)`, where box turns numbers into cached 0-dim arrays. It is left only where the
key decides alone: one device, regular layout, dtypes whose promotion does not depend on which operand is 0-dim, no mode that interposes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from ft_core import Tensor
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
from ft_core.layout import contiguous_format
from ft_core.shapes import broadcast_shapes, contiguous_strides
from ft_core.tensor import wrap

from . import hooks
from .memory import REGULAR
from .meta import pointwise_dtypes, promoted
from .schema import NO_DEFAULT

if TYPE_CHECKING:
    from ft_core import dtype

    from .op import Op

_MODES = NOGRAD | BELOW | DETERMINISTIC | HARDENED
ROUTABLE = DEVICES | DTYPES | GRAD | VIEW | IRREG | _MODES
UNROUTED = FLAGS & ~(GRAD | VIEW | IRREG) | MODES & ~_MODES | LAYOUTS  # bits under which no route is ever left


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


def install(op: Op, args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for key `k` if the key decides alone. `args` are canonical, `result` is what the careful road returned."""
    if k & ~ROUTABLE or not isinstance(result, Tensor):
        return
    where = DEVICE_OF.get(k & DEVICES)
    if where is None or where.type == "meta":
        return
    values = [args[i] for i in op.tensor_at]
    number = len(values) == 2 and not isinstance(values[1], Tensor) and isinstance(values[0], Tensor)
    if not (_number_decides(op, values) if number else all(isinstance(v, Tensor) for v in values)):
        return
    backend = backend_for(where)
    if op.meta_rule is not None:
        _install_regular(op, values, k, backend)
        return
    kernel = backend.kernels.get(op.name)
    if kernel is None or not backend.aliasing:
        return
    if op.keep:
        _install_kept(op, args, k, backend, kernel)
        return
    dtypes = dtypes_in(k & DTYPES)
    if len({kind.category for kind in dtypes}) != len(dtypes):
        return  # f32 with f64: which operand is 0-dim decides
    compute, out = pointwise_dtypes(op, values)
    if len(dtypes) > 1 and compute not in dtypes and compute is not promoted(op.promote, max(dtypes, key=lambda d: d.category))[0]:
        return
    recorded, recorder = recording(op, k, number) if out.category >= 2 else (False, None)
    if recorded and recorder is None:
        return
    key = where.bit | out.bit | (k & GRAD if recorded else 0)
    plain = len(dtypes) == 1 and dtypes[0] is compute and (compute.opmath is compute or kernel.half == "native")
    inside = compute.opmath if kernel.half != "native" else compute
    leaf, full = _callables(op, kernel)
    if k & IRREG:
        if not plain and not (len(dtypes) == 1 and dtypes[0] is compute and compute.opmath is compute):
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
    kernel, dtypes = backend.kernels.get(op.name), dtypes_in(k & DTYPES)
    if len(dtypes) != 1 or len(values) != 1 or not backend.aliasing:
        return
    plain, recorded = k & (NOGRAD | BELOW) or not k & (GRAD | VIEW), None
    if op.inplace and kernel is not None and kernel.half == "native" and plain and not k & (VIEW | IRREG):
        op.inplace_table[k] = (kernel.fn, kernel.fn)
    leaf = REGULAR.get(op.name)
    if leaf is None:
        return
    if not plain and dtypes[0].category >= 2:
        recorded = hooks.recorder(op, bool(k & VIEW), False)
        if recorded is None:
            return
    key = k & (DEVICES | DTYPES) | (k & GRAD if recorded is not None else 0)
    whole = partial(_in_order, partial(leaf, backend, dtypes[0]))
    op.table[k] = (_other_layouts if k & IRREG else partial(leaf, backend, dtypes[0]), backend.ALLOC, key, recorded, whole)


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
    if k & IRREG or len(dtypes) != 1 or (dtypes[0].opmath is not dtypes[0] and kernel.half != "native"):
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
        """Remember one call; unhashable parameters (lists) are simply not remembered."""
        if len(self) >= 512:
            self.clear()
        try:
            self[key] = value
        except TypeError:
            return


def wrap_all(arrays: Any, keys: tuple[int, ...]) -> tuple[Tensor, ...]:
    """Leaves over several results of one kernel."""
    return tuple([wrap(a, k) for a, k in zip(arrays, keys, strict=True)])


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
    if not extras or any(d is NO_DEFAULT for d in extras):
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
