"""Gradients of the two ops among the comparisons that have one: `where` and `clamp`.

Both hand each cotangent to the argument it was taken from.
"""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("where.self", wrt="self other")
def where_vjp(g, condition, needs):
    return (
        torch.where(condition, g, 0) if needs[0] else None,
        torch.where(condition, 0, g) if needs[1] else None,
    )


@vjp("clamp.Tensor", wrt="self min max")
def clamp_vjp(g, self, min, max, needs):
    """On a bound the cotangent is the input's own; where min > max the result is max."""
    inside = _both(None if min is None else self >= min, None if max is None else self <= max)
    below = None if min is None else _both(self < min, None if max is None else min < max)
    above = None if max is None else _either(self > max, None if min is None else max < min)
    return tuple(
        torch.where(taken, g, 0) if need and taken is not None else None
        for need, taken in zip(needs, (inside, below, above), strict=True)
    )


def _both(a, b):
    return a if b is None else b if a is None else torch.logical_and(a, b) if isinstance(b, torch.Tensor) else a & b


def _either(a, b):
    return a if b is None else torch.logical_or(a, b) if isinstance(b, torch.Tensor) else a | b
