"""histogramdd: counts of points in a grid of bins, one set of edges for each coordinate. Histograms of numbers are in `stats`.

Edges that are not given are spaced evenly between the smallest and the largest coordinate, by ops; the counting is one kernel.
"""

from math import isfinite

from ft_core import Tensor, int64

from ..kinds import OPAQUE
from ..op import op
from ..registry import binding
from ..return_types import structure

bin_edges = op(
    "_histogramdd_bin_edges(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor[]",
    "Evenly spaced edges of bins for each coordinate.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)
from_counts = op(
    "_histogramdd_from_bin_cts(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor",
    "Points counted in a grid of equal bins.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)
from_edges = op(
    "_histogramdd_from_bin_tensors(Tensor self, Tensor[] bins, *, Tensor? weight=None, bool density=False) -> Tensor",
    "Points counted in a grid of bins between given edges.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)


# -- shapes and checks -------------------------------------------------------------------------------------------------------------


def _check_points(x, count, weight):
    if x.ndim < 2:
        raise RuntimeError("torch.histogramdd: input tensor should have at least 2 dimensions")
    if x.dtype.name not in ("float32", "float64"):
        raise NotImplementedError(f"\"histogramdd\" not implemented for '{x.dtype.scalar_name}'")
    width = x.shape[-1]
    if count != width:
        raise RuntimeError(
            f"torch.histogramdd: expected {width} sequences of bin edges for a {width}-dimensional histogram but got {count}"
        )
    if weight is None:
        return
    if weight.dtype is not x.dtype:
        raise RuntimeError(
            "torch.histogramdd: if weight tensor is provided, input tensor and weight tensor should have the same dtype, but got "
            f"input({x.dtype}), and weight({weight.dtype})"
        )
    if tuple(weight.shape) != tuple(x.shape[:-1]):
        raise RuntimeError(
            "torch.histogramdd: if weight tensor is provided it should have the same shape as the input tensor excluding its "
            f"innermost dimension, but got input with shape {list(x.shape)} and weight with shape {list(weight.shape)}"
        )


def _check_counts(x, bins, range, weight):
    _check_points(x, len(bins), weight)
    for d, n in enumerate(bins):
        if n <= 0:
            raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {n} for dimension {d}")
    if range is None:
        return
    width = x.shape[-1]
    if len(range) != 2 * width:
        raise RuntimeError(
            f"torch.histogramdd: for a {width}-dimensional histogram range should have {2 * width} elements, but got {len(range)}"
        )
    for d, (low, high) in enumerate(zip(range[::2], range[1::2], strict=True)):
        if not (isfinite(low) and isfinite(high)):
            raise RuntimeError(f"torch.histogramdd: dimension {d}'s range [{low}, {high}] is not finite")
        if low > high:
            raise RuntimeError(f"torch.histogramdd: min should not exceed max, but got min {low} max {high} for dimension {d}")


@bin_edges.meta
def _(self, bins, range, weight, density):
    _check_counts(self, bins, range, weight)
    return [((n + 1,), self.dtype) for n in bins]


@from_counts.meta
def _(self, bins, range, weight, density):
    _check_counts(self, bins, range, weight)
    return [(bins, self.dtype)]


@from_edges.meta
def _(self, bins, weight, density):
    _check_points(self, len(bins), weight)
    for d, edges in enumerate(bins):
        if edges.dtype is not self.dtype:
            raise RuntimeError(
                "torch.histogramdd: input tensor and bins tensors should have the same dtype, but got input with dtype "
                f"{self.dtype} and bins for dimension {d} with dtype {edges.dtype}"
            )
        if edges.ndim != 1:
            raise RuntimeError(
                f"torch.histogramdd: bins tensor should have one dimension, but got {edges.ndim} dimensions in the bins tensor "
                f"for dimension {d}"
            )
        if edges.numel() == 0:
            raise RuntimeError(
                f"torch.histogramdd: bins tensor should have at least 1 element, but got 0 elements in the bins tensor for dimension {d}"
            )
    return [(tuple(e.shape[0] - 1 for e in bins), self.dtype)]


# -- decompositions ----------------------------------------------------------------------------------------------------------------


def _ends(x, range):
    """(lowest, highest) edge of each coordinate, 1-d: as asked, or as the points lie; half a unit to both sides where they agree."""
    width = x.shape[-1]
    points = x.reshape(-1, width)
    if range is not None:
        low, high = ([x.new_full((), v) for v in ends] for ends in (range[::2], range[1::2]))
    elif points.shape[0]:
        low, high = points.amin(0).unbind(0), points.amax(0).unbind(0)
    else:
        low, high = [x.new_full((), 0.0)] * width, [x.new_full((), 1.0)] * width
    return [(a - (a == b) * 0.5, b + (a == b) * 0.5) for a, b in zip(low, high, strict=True)]


@bin_edges.decompose
def _(self, bins, range, weight, density):
    made = []
    for n, (low, high) in zip(bins, _ends(self, range), strict=True):
        place = self.new_ones((n + 1,)).cumsum(0) - 1
        step = (high - low) / n
        made.append((low + step * place).where(place <= n // 2, high - step * (n - place)))
    return made


@from_counts.decompose
def _(self, bins, range, weight, density):
    return from_edges(self, bin_edges(self, bins, range=range), weight=weight, density=density)


@from_edges.decompose
def _(self, bins, weight, density):
    width = len(bins)
    points = self.reshape(-1, width)
    counted = None
    place = self.new_zeros((points.shape[0],), dtype=int64)
    for edges, x in zip(bins, points.unbind(1), strict=True):
        n = edges.shape[0] - 1
        inside = (x >= edges[0]) & (x <= edges[n])
        counted = inside if counted is None else counted & inside
        place = place * n + ((edges <= x.unsqueeze(1)).sum(1) - 1).clamp(0, max(n - 1, 0))
    sizes = [e.shape[0] - 1 for e in bins]
    total = 1
    for n in sizes:
        total *= n
    mass = points.new_ones((points.shape[0],)) if weight is None else weight.reshape(-1)
    place = place.masked_fill(counted.logical_not(), total)  # one more bin takes the points outside
    hist = self.new_zeros((total + 1,)).index_add(0, place, mass)[:total].reshape(sizes)
    return _densities(hist, bins) if density else hist


def _densities(hist, bins):
    hist = hist / hist.sum()
    for d, edges in enumerate(bins):
        hist = hist / edges.diff().reshape([-1 if i == d else 1 for i in range(len(bins))])
    return hist


_HISTOGRAM = structure("histogramdd", "hist bin_edges")


@binding("histogramdd", method=False)
def histogramdd(input, bins, range=None, weight=None, density=False):
    """(hist, bin_edges): points input[..., :] counted in a grid.

    `bins` is a number, one for each coordinate, or a 1-d tensor of edges for each; `range` holds a lowest and a highest edge for each
    coordinate. float32 or float64. RuntimeError where counts, shapes or dtypes do not fit. Source: torch.histogramdd.
    """
    if isinstance(bins, (tuple, list)) and any(isinstance(b, Tensor) for b in bins):
        bins = tuple(bins)
        return _HISTOGRAM(from_edges.wrapper(input, bins, weight=weight, density=density), bins)
    if isinstance(bins, int):
        bins = (bins,) * (input.shape[-1] if input.ndim else 1)
    elif input.ndim > 1 and len(bins) != input.shape[-1]:
        raise RuntimeError("histogramdd: The size of bins must be equal to the innermost dimension of the input.")
    edges = tuple(bin_edges.wrapper(input, tuple(bins), range=range, weight=weight, density=density))
    return _HISTOGRAM(from_edges.wrapper(input, edges, weight=weight, density=density), edges)
