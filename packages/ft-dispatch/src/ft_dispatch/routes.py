"""Routes: what the careful road leaves behind for the next call with the same key.

A route of an ELEMENTWISE op is the tuple `(leaf, dest, key of the output, recorder, full kernel)`, or with a number as second operand `(leaf, dest, key,
recorder, full kernel, box)`, where box turns numbers into cached 0-dim arrays. It is left only where the key decides alone: one device,
regular layout, dtypes whose promotion does not depend on which operand is 0-dim, no mode that interposes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_core.backend import Backend, backend_for
from ft_core.keys import BELOW, DETERMINISTIC, DEVICE_OF, DEVICES, DTYPE_OF, DTYPES, GRAD, HARDENED, NOGRAD, VIEW

from . import hooks
from .meta import pointwise_dtypes, promoted
from .schema import NO_DEFAULT

if TYPE_CHECKING:
    from ft_core import dtype

    from .op import Op

_MODES = NOGRAD | BELOW | DETERMINISTIC | HARDENED
_ALLOWED = DEVICES | DTYPES | GRAD | VIEW | _MODES


class Box(dict[Any, Any]):
    """Python numbers as 0-dim arrays of one dtype, cached; 0 is made anew each time, since -0.0 == 0.0 would share its place."""

    __slots__ = ("backend", "kind")

    def __init__(self, backend: Backend, kind: dtype) -> None:
        super().__init__()
        self.backend = backend
        self.kind = kind

    def __missing__(self, number: Any) -> Any:
        array = self.backend.scalar(number, self.kind)
        if number and number == number and len(self) < 256:
            self[number] = array
        return array


def install(op: Op, args: tuple[Any, ...], k: int, result: Any) -> None:
    """Leave a route for key `k` if the key decides alone. `args` are canonical, `result` is what the careful road returned."""
    if k & ~_ALLOWED or type(result) is not Tensor:
        return
    where = DEVICE_OF.get(k & DEVICES)
    if where is None or where.type == "meta":
        return
    values = [args[i] for i in op.tensor_at]
    number = len(values) == 2 and not isinstance(values[1], Tensor) and isinstance(values[0], Tensor)
    if not number and not all(isinstance(v, Tensor) for v in values):
        return
    if number and type(values[1]) not in (int, float):
        return
    backend = backend_for(where)
    kernel = backend.kernels.get(op.name)
    if kernel is None or not backend.aliasing or op.meta_rule is not None or op.keep:
        return
    dtypes = _dtypes(k & DTYPES)
    if len({kind.category for kind in dtypes}) != len(dtypes):
        return  # f32 with f64: which operand is 0-dim decides
    compute, out = pointwise_dtypes(op, values)
    if len(dtypes) > 1 and compute not in dtypes and compute is not promoted(op.promote, max(dtypes, key=lambda d: d.category))[0]:
        return
    recorder = None
    key = where.bit | out.bit
    if not k & (NOGRAD | BELOW) and op.differentiable and out.category >= 2 and k & (GRAD | VIEW):
        recorder = hooks.recorder(op, bool(k & VIEW), number)
        if recorder is None:
            return
        key |= k & GRAD
    plain = len(dtypes) == 1 and dtypes[0] is compute and (compute.opmath is compute or kernel.half == "native")
    inside = compute.opmath if kernel.half == "cast" else compute
    leaf, full = _callables(op, kernel)
    if not plain:
        casts = _Casts(backend, compute, inside, out, op.tensor_at)
        leaf, full = casts.around(leaf), casts.around(full)
    route = (leaf, backend.ALLOC, key, recorder, full)
    if number:
        slot = ~k if type(values[1]) is int else k
        op.number_table[slot] = (*route, Box(backend, inside))
    else:
        op.table[k] = route
    if plain and out is compute and recorder is None and (k & (NOGRAD | BELOW) or not k & (GRAD | VIEW)) and not k & VIEW:
        slot = k if not number else (k, type(values[1]))
        op.inplace_table[slot] = (leaf, full, Box(backend, inside)) if number else (leaf, full)


def _dtypes(bits: int) -> list[dtype]:
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

    def __init__(self, backend: Backend, compute: dtype, inside: dtype, out: dtype, tensor_at: tuple[int, ...]) -> None:
        self.backend, self.compute, self.inside, self.out = backend, compute, inside, out
        self.n = len(tensor_at)

    def around(self, kernel: Callable[..., Any]) -> Callable[..., Any]:
        cast, dtype_of, compute, inside, n = self.backend.cast, self.backend.dtype_of, self.compute, self.inside, self.n
        back = self.out if self.out is compute and inside is not compute else None

        def adapter(*arrays: Any, out: Any) -> Any:
            ready = list(arrays)
            for i in range(n):
                have = dtype_of(ready[i])
                if have is not inside:
                    if have is not compute and inside is not compute:
                        ready[i] = cast(ready[i], have, compute)
                        have = compute
                    ready[i] = cast(ready[i], have, inside)
            made = kernel(*ready, out=out)
            return made if back is None else cast(made, inside, back)

        return adapter
