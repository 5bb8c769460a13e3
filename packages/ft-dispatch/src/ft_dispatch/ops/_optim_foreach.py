"""`torch._foreach_*`: one function over every tensor of a list.

Each is a loop over the per-tensor function, so gradients, traces and every backend come from that. The other operand may be
a number, one tensor, or a list that runs in parallel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor, float32, float64
from ft_core.keys import CPU, DEVICES, DTYPES
from ft_core.state import TL

from ..host import scalar_tensor
from ..registry import binding
from ..routes import UNROUTED

_UNARY = (
    "abs acos asin atan ceil cos cosh erf erfc exp expm1 floor frac lgamma log log10 log1p log2 neg reciprocal round rsqrt sigmoid "
    "sign sin sinh sqrt tan tanh trunc"
).split()
_BINARY = "add clamp_max clamp_min div maximum minimum mul pow sub".split()
_LIMITS = {"maximum": "clamp_min", "minimum": "clamp_max"}


def _checked(name: str, tensors: Sequence[Tensor]) -> Sequence[Tensor]:
    if not isinstance(tensors, (list, tuple)):
        raise TypeError(f"{name}(): argument 'self' (position 1) must be tuple of Tensors, not {type(tensors).__name__}")
    if not tensors:
        raise RuntimeError("Tensor list must have at least one tensor.")
    for i, t in enumerate(tensors):
        if not isinstance(t, Tensor):
            raise TypeError(f"expected Tensor as element {i} in argument 0, but got {type(t).__name__}")
    return tensors


def _parallel(name: str, tensors: Sequence[Tensor], other: Any) -> Sequence[Any]:
    """`other` for each tensor: a list of the same length, or one value for all."""
    if not isinstance(other, (list, tuple)):
        return [other] * len(tensors)
    if len(other) != len(tensors):
        raise RuntimeError(f"Tensor lists must have the same number of tensors, got {len(tensors)} and {len(other)} ({name})")
    return other


def _enter(name: str, doc: str, function: Callable[..., Any]) -> None:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    binding(name, method=False)(function)


def _unary(base: str) -> None:
    name = f"_foreach_{base}"

    def function(self: Sequence[Tensor]) -> tuple[Tensor, ...]:
        return tuple([getattr(t, base)() for t in _checked(name, self)])

    def inplace(self: Sequence[Tensor]) -> Sequence[Tensor]:
        for t in _checked(name + "_", self):
            getattr(t, base + "_")()
        return self

    _enter(name, f"`{base}` of every tensor of the list.", function)
    _enter(name + "_", f"`{base}_` on every tensor of the list.", inplace)


def _method(base: str, other: Any) -> str:
    return base if isinstance(other, Tensor) else _LIMITS.get(base, base)


def _binary(base: str) -> None:
    name = f"_foreach_{base}"

    def function(self: Sequence[Tensor], other: Any, **alpha: Any) -> tuple[Tensor, ...]:
        if base == "pow" and isinstance(self, (int, float, complex)):
            return tuple([self**t for t in _checked(name, other)])
        pairs = zip(_checked(name, self), _parallel(name, self, other), strict=True)
        return tuple([getattr(t, _method(base, o))(o, **alpha) for t, o in pairs])

    def inplace(self: Sequence[Tensor], other: Any, **alpha: Any) -> Sequence[Tensor]:
        for t, o in zip(_checked(name + "_", self), _parallel(name, self, other), strict=True):
            if base in _LIMITS and isinstance(o, Tensor):
                t.copy_(getattr(t, base)(o))  # torch has no maximum_ of one tensor
            else:
                getattr(t, _method(base, o) + "_")(o, **alpha)
        return self

    _enter(name, f"`{base}` of every tensor with `other`: a number, a tensor, or a list of either.", function)
    _enter(name + "_", f"`{base}_` on every tensor with `other`: a number, a tensor, or a list of either.", inplace)


def _pointwise(base: str) -> None:
    """addcmul and addcdiv: `value` is a number, a list of numbers, or a 1-dim tensor of them."""
    name = f"_foreach_{base}"

    def rows(self: Sequence[Tensor], first: Any, second: Any, value: Any) -> Any:
        values = value.tolist() if isinstance(value, Tensor) else value
        lists = [_parallel(name, self, each) for each in (first, second, values)]
        return zip(_checked(name, self), *lists, strict=True)

    def function(self: Any, tensor1: Any, tensor2: Any, scalars: Any = None, *, value: Any = 1) -> tuple[Tensor, ...]:
        value = value if scalars is None else scalars
        return tuple([getattr(t, base)(a, b, value=v) for t, a, b, v in rows(self, tensor1, tensor2, value)])

    def inplace(self: Any, tensor1: Any, tensor2: Any, scalars: Any = None, *, value: Any = 1) -> Sequence[Tensor]:
        value = value if scalars is None else scalars
        for t, a, b, v in rows(self, tensor1, tensor2, value):
            getattr(t, base + "_")(a, b, value=v)
        return self  # type: ignore[no-any-return]

    _enter(name, f"`{base}` of three lists in parallel; `value` is a number or one per tensor.", function)
    _enter(name + "_", f"`{base}_` on the first of three lists in parallel; `value` is a number or one per tensor.", inplace)


for _base in _UNARY:
    _unary(_base)
for _base in _BINARY:
    _binary(_base)
for _base in ("addcdiv", "addcmul"):
    _pointwise(_base)


def _weights(name: str, tensors: Sequence[Tensor], weight: Any) -> Sequence[Any]:
    """`weight` for each tensor; a number as a tensor, where all are of one dtype and nobody looks on: `lerp` by a number has no route."""
    kind = tensors[0].dtype
    seen = TL.st.bits
    for t in tensors:
        seen |= t._k
    plain = kind in (float32, float64) and not seen & (UNROUTED | DTYPES & ~kind.bit | DEVICES & ~CPU)
    if plain and isinstance(weight, (int, float)):
        weight = scalar_tensor(weight, dtype=kind, device="cpu")
    return _parallel(name, tensors, weight)


@binding("_foreach_lerp", method=False)
def foreach_lerp(self, tensors1, weight):
    """`lerp` of two lists; `weight` is a number, or a list of tensors or numbers."""
    rows = zip(_checked("_foreach_lerp", self), tensors1, _weights("_foreach_lerp", self, weight), strict=True)
    return tuple([t.lerp(e, w) for t, e, w in rows])


@binding("_foreach_lerp_", method=False)
def foreach_lerp_(self, tensors1, weight):
    """`lerp_` on the first of two lists; `weight` is a number, or a list of tensors or numbers."""
    for t, e, w in zip(_checked("_foreach_lerp_", self), tensors1, _weights("_foreach_lerp_", self, weight), strict=True):
        t.lerp_(e, w)
    return self


@binding("_foreach_norm", method=False)
def foreach_norm(self, ord=2, dtype=None):
    """The vector norm of order `ord` of every tensor, 0-dim each, accumulated and returned in `dtype` if given."""
    return tuple([vector_norm(t, ord, dtype=dtype) for t in _checked("_foreach_norm", self)])


def vector_norm(t: Tensor, ord: float, *, dtype: Any = None) -> Tensor:
    """linalg.vector_norm over all elements."""
    from ..surface import raw  # noqa: PLC0415  # surface imports the table

    return raw.linalg_vector_norm(t, ord, dtype=dtype)


@binding("_foreach_max", method=False)
def foreach_max(self):
    """The largest element of every tensor, 0-dim each."""
    return tuple([t.max() for t in _checked("_foreach_max", self)])


@binding("_foreach_clone", method=False)
def foreach_clone(self, *, memory_format=None):
    """A copy of every tensor."""
    return tuple([t.clone(memory_format=memory_format) for t in _checked("_foreach_clone", self)])


@binding("_foreach_copy_", method=False)
def foreach_copy_(self, src, non_blocking=False):
    """`copy_` of each tensor of `src` into its partner."""
    for t, s in zip(_checked("_foreach_copy_", self), _parallel("_foreach_copy_", self, src), strict=True):
        t.copy_(s, non_blocking)
    return self


@binding("_foreach_zero_", method=False)
def foreach_zero_(self):
    """`zero_` on every tensor."""
    for t in _checked("_foreach_zero_", self):
        t.zero_()
    return self
