"""The line search of L-BFGS: a step that lowers the loss enough and flattens its slope enough (the strong Wolfe conditions)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ft_core import Tensor
from ft_dispatch import surface as torch

_DECREASE, _SLOPE = 1e-4, 0.9  # source: Nocedal and Wright, section 3.1: c1 and c2 for quasi-Newton steps


class _Point(NamedTuple):
    """Step length, loss, gradient and slope along the direction."""

    t: Any
    f: float
    g: Tensor
    slope: Any


def cubic_minimum(a: _Point, b: _Point, bounds: tuple[Any, Any] | None = None) -> Any:
    """Minimum of the cubic through two points with their slopes, kept inside `bounds` (default: between the points).

    Source: Nocedal and Wright, equation 3.59; the middle where the cubic has no minimum.
    """
    if a.t > b.t:
        a, b = b, a
    low, high = bounds if bounds is not None else (a.t, b.t)
    d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t)
    square = d1 * d1 - a.slope * b.slope
    if not square >= 0:
        return (low + high) / 2.0
    d2 = square.sqrt()
    t = b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
    return min(max(t, low), high)


def strong_wolfe(
    evaluate: Callable[[Any, Tensor], tuple[float, Tensor]],
    t: Any,
    direction: Tensor,
    f: float,
    g: Tensor,
    slope: Any,
    tolerance_change: float = 1e-9,
    max_ls: int = 25,
) -> tuple[float, Tensor, Any, int]:
    """(loss, gradient, step, evaluations) at a step along `direction` that satisfies the strong Wolfe conditions, or the
    best found.

    evaluate: (step, direction) -> (loss, gradient). t: first step to try. f, g, slope: loss, gradient and g . direction at step 0.
    """
    start = _Point(0, f, g.clone(memory_format=torch.contiguous_format), slope)

    def at(step: Any) -> _Point:
        loss, gradient = evaluate(step, direction)
        return _Point(step, loss, gradient.clone(memory_format=torch.contiguous_format), gradient.dot(direction))

    bracket, tries = _bracket(at, start, t, max_ls)
    evaluations = tries + 1
    if len(bracket) == 2 and tries < max_ls:
        largest = direction.abs().max()
        bracket, zoomed = _zoom(at, start, bracket, largest, tolerance_change, max_ls - tries)
        evaluations += zoomed
    best = min(bracket, key=lambda point: point.f)
    return best.f, best.g, best.t, evaluations


def _descends(point: _Point, start: _Point) -> bool:
    return not point.f > start.f + _DECREASE * point.t * start.slope


def _flat(point: _Point, start: _Point) -> bool:
    return bool(abs(point.slope) <= -_SLOPE * start.slope)


def _bracket(at: Callable[[Any], _Point], start: _Point, t: Any, max_ls: int) -> tuple[list[_Point], int]:
    """([a point that will do] or [two points around one], tries): longer and longer steps until the loss or its slope turns."""
    before, now = start, at(t)
    tries = 0
    while tries < max_ls:
        if not _descends(now, start) or (tries > 1 and now.f >= before.f):
            return [before, now], tries
        if _flat(now, start):
            return [now], tries
        if now.slope >= 0:
            return [before, now], tries
        bounds = now.t + 0.01 * (now.t - before.t), now.t * 10
        step = cubic_minimum(before, now, bounds)
        before, now = now, at(step)
        tries += 1
    return [start, now], tries


def _zoom(
    at: Callable[[Any], _Point], start: _Point, bracket: list[_Point], largest: Any, tolerance: float, budget: int
) -> tuple[list[_Point], int]:
    """Narrow the bracket until its best point satisfies the conditions; (bracket, evaluations)."""
    stalled = False
    used = 0
    low, high = sorted(bracket, key=lambda point: point.f)
    while used < budget and abs(high.t - low.t) * largest >= tolerance:
        left, right = min(low.t, high.t), max(low.t, high.t)
        t, stalled = _away_from_ends(cubic_minimum(low, high), left, right, stalled)
        now = at(t)
        used += 1
        if not _descends(now, start) or now.f >= low.f:
            high = now
            if high.f < low.f:
                low, high = high, low
            continue
        if _flat(now, start):
            return [now], used
        if now.slope * (high.t - low.t) >= 0:
            high = low
        low = now
    return [low, high], used


def _away_from_ends(t: Any, left: Any, right: Any, stalled: bool) -> tuple[Any, bool]:
    """(t, whether it lies near an end): moved a tenth inside if it was near an end the last time too, or outside."""
    margin = 0.1 * (right - left)
    if min(right - t, t - left) >= margin:
        return t, False
    if not (stalled or t >= right or t <= left):
        return t, True
    return (right - margin if abs(t - right) < abs(t - left) else left + margin), False
