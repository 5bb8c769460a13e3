"""What the grid samplers compute: from a place of the grid to the elements read there, their weights, and the weights' slopes.

Along each dim a place reads one element (nearest), two (linear) or four (cubic); over all dims the products of these taps. The
backward spreads the cotangent with the same weights, and follows the slopes to the grid. Both are written with ops, so every
backend has them, and a backward that is differentiated again needs no rule of its own. Arithmetic is in the opmath dtype.
"""

from itertools import product
from math import prod
from typing import NamedTuple

from ft_core import Tensor, int64

from ..registry import OPS
from . import grid as table
from .creation import arange

NEAREST, ZEROS, REFLECTION = 1, 0, 2
KEYS = -0.75
"""The parameter of the cubic kernel: R. Keys, Cubic convolution interpolation (1981); torch's choice for grids."""


class Tap(NamedTuple):
    """One element read along one dim: its index (0 where outside), whether it is inside, its weight, the weight's derivative."""

    at: Tensor
    inside: Tensor
    weight: Tensor
    slope: Tensor


def _reflected(x, low, span):
    """x folded into [low, low + span], and the sign of the fold."""
    if span == 0:
        return x * 0, x * 0
    away = x - low
    distance = away.abs()
    flips = (distance / span).floor()
    rest = distance.fmod(span)
    odd = flips % 2 != 0
    sign = 1 - 2 * (away < 0).to(x.dtype)
    return (span - rest).where(odd, rest) + low, (-sign).where(odd, sign)


def _padded(x, size, padding, align):
    """Coordinates moved inside as the padding says, and the derivative of the move."""
    one = x.new_ones(())
    if padding == ZEROS:
        return x, one
    sign = one
    if padding == REFLECTION:
        x, sign = _reflected(x, 0.0, size - 1) if align else _reflected(x, -0.5, size)
    free = (x > 0) & (x < size - 1)
    return x.clamp(0, size - 1), sign.where(free, one * 0)


def _tap(place, size, weight, slope):
    inside = (place >= 0) & (place <= size - 1)
    return Tap(place.where(inside, place * 0).to(int64), inside, weight, slope)


def _cubic_weights(t):
    """Weights of the four neighbours of a place `t` past the second, with their derivatives."""
    found = []
    for k in range(-1, 3):
        x = t - k if k <= 0 else k - t
        sign = 1 if k <= 0 else -1
        if k in (0, 1):
            found.append((((KEYS + 2) * x - (KEYS + 3)) * x * x + 1, sign * (3 * (KEYS + 2) * x - 2 * (KEYS + 3)) * x))
        else:
            value = ((KEYS * x - 5 * KEYS) * x + 8 * KEYS) * x - 4 * KEYS
            found.append((value, sign * ((3 * KEYS * x - 10 * KEYS) * x + 8 * KEYS)))
    return found


def _taps(coordinate, size, mode, padding, align):
    """The taps of one dim for normalised coordinates; slopes are with respect to these."""
    scale = (size - 1) / 2 if align else size / 2
    x = (coordinate + 1) * scale if align else ((coordinate + 1) * size - 1) / 2
    if mode == table.CUBIC:
        low = x.detach().floor()
        neighbours = [_padded(low + k, size, padding, align)[0] for k in range(-1, 3)]
        weights = _cubic_weights(x - low)
        return [_tap(place.round(), size, w, s * scale) for place, (w, s) in zip(neighbours, weights, strict=True)]
    x, slope = _padded(x, size, padding, align)
    if mode == NEAREST:
        return [_tap(x.detach().round(), size, x.new_ones(()), x.new_zeros(()))]
    low = x.detach().floor()
    slope = slope * scale
    return [_tap(low, size, low + 1 - x, -slope), _tap(low + 1, size, x - low, slope)]


def _rows(x):
    """(N, C, *) as (N * places, C): an element's channels lie together."""
    return x.movedim(1, -1).reshape(x.shape[0] * prod(x.shape[2:]), x.shape[1])


def _reads(input, grid, mode, padding, align):
    """For every product of taps: the rows it reads (flat), and its taps, the last dim first."""
    sizes = tuple(input.shape[2:])
    n = len(sizes)
    flat = grid.reshape(prod(grid.shape[:-1]), n)
    each = [_taps(flat.select(1, i), sizes[n - 1 - i], mode, padding, align) for i in range(n)]
    places = flat.shape[0] // max(1, input.shape[0])
    base = arange(0, input.shape[0], device=input.device).repeat_interleave(places) * prod(sizes)
    for taps in product(*each):
        at, inside, step = base, None, 1
        for tap, size in zip(taps, reversed(sizes), strict=True):
            at = at + tap.at * step
            inside = tap.inside if inside is None else inside & tap.inside
            step *= size
        yield at, inside, taps


def _weight(taps, inside, sloped=None):
    """The product of the taps' weights, that of dim `sloped` replaced by its derivative, (places, 1); 0 where outside."""
    weight = None
    for i, tap in enumerate(taps):
        factor = tap.slope if i == sloped else tap.weight
        weight = factor if weight is None else weight * factor
    return weight.where(inside, weight.new_zeros(())).unsqueeze(1)


def _sample(input, grid, interpolation_mode, padding_mode, align_corners):
    kind = input.dtype.opmath
    rows, places = _rows(input.to(kind)), grid.to(kind)
    made = None
    for at, inside, taps in _reads(input, places, interpolation_mode, padding_mode, align_corners):
        part = rows.index_select(0, at) * _weight(taps, inside)
        made = part if made is None else made + part
    shape = (grid.shape[0], *grid.shape[1:-1], input.shape[1])
    return made.reshape(shape).movedim(-1, 1).contiguous().to(input.dtype)


def _sample_backward(grad_output, input, grid, interpolation_mode, padding_mode, align_corners, output_mask):
    kind = input.dtype.opmath
    n = grid.shape[-1]
    g, rows, places = _rows(grad_output.to(kind)), _rows(input.to(kind)), grid.to(kind)
    dx = rows.new_zeros(tuple(rows.shape)) if output_mask[0] else None
    slopes = [g.new_zeros((g.shape[0],)) for _ in range(n)]
    for at, inside, taps in _reads(input, places, interpolation_mode, padding_mode, align_corners):
        if dx is not None:
            dx = dx.index_add(0, at, g * _weight(taps, inside))
        if output_mask[1] and interpolation_mode != NEAREST:
            along = (rows.index_select(0, at) * g).sum(1, keepdim=True)
            slopes = [s + (along * _weight(taps, inside, i)).squeeze(1) for i, s in enumerate(slopes)]
    if dx is not None:
        dx = dx.reshape((input.shape[0], *input.shape[2:], input.shape[1])).movedim(-1, 1).contiguous().to(input.dtype)
    if not output_mask[1]:
        return dx, None
    stacked = OPS["stack"](slopes, 1)
    return dx, stacked.reshape(grid.shape).to(grid.dtype)


for _forward, _backward in (
    (table.grid_sampler_2d, table.grid_sampler_2d_backward),
    (table.grid_sampler_3d, table.grid_sampler_3d_backward),
):
    _forward.decompose(_sample)
    _backward.decompose(_sample_backward)
