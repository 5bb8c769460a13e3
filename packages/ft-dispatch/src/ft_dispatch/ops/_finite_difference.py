"""torch.gradient: central differences inside, one-sided ones at both ends, with even or given spacing.

Plain Python over ops. Source: the second-order formulas for uneven points are the derivative of the parabola through three of them
(Fornberg 1988, "Generation of finite difference formulas on arbitrarily spaced grids").
"""

from ft_core import Tensor, uint8

from ..canonical import wrap_dim
from ..registry import binding


def _dims(input, dim):
    """The dims to differentiate along; a list of spacings, or none, means all of them."""
    if dim is None:
        return tuple(range(input.ndim))
    return tuple(wrap_dim(d, input.ndim) for d in (dim if isinstance(dim, (tuple, list)) else (dim,)))


def _spacings(spacing, dims, named):
    """One spacing for each dim: a number, or a 1-d tensor of coordinates. RuntimeError where the counts differ."""
    if isinstance(spacing, Tensor) and spacing.ndim == 0:
        spacing = spacing.item()
    if spacing is None or isinstance(spacing, (int, float, complex)):
        return [1.0 if spacing is None else spacing] * len(dims)
    if not isinstance(spacing, (tuple, list)) or not all(isinstance(s, (int, float, complex, Tensor)) for s in spacing):
        raise TypeError(
            "gradient(): argument 'spacing' must be a number, a list of numbers or a list of 1-d tensors, "
            f"not {type(spacing).__name__}"
        )
    if len(spacing) != len(dims):
        wanted = (
            "it's spacing and dim arguments to have the same length, but got a spacing argument of length "
            f"{len(spacing)} and a dim argument of length {len(dims)}."
            if named
            else f"a list of length equal to 'self.dim() = {len(dims)}', but got a list of length {len(spacing)}"
        )
        raise RuntimeError(f"torch.gradient expected spacing to be unspecified, a scalar or {wanted}")
    return list(spacing)


def _check(input, dims, spacings, edge_order):
    if input.dtype is uint8:
        raise RuntimeError("torch.gradient does not support uint8 input.")
    if edge_order not in (1, 2):
        raise RuntimeError("torch.gradient only supports edge_order=1 and edge_order=2.")
    for i, d in enumerate(dims):
        if d in dims[:i]:
            raise RuntimeError(f"dim {d} appears multiple times in the list of dims")
    for d, points in zip(dims, spacings, strict=True):
        n = input.shape[d]
        if n < edge_order + 1:
            raise RuntimeError("torch.gradient expected each dimension size to be at least edge_order+1")
        if not isinstance(points, Tensor):
            continue
        if points.device != input.device:
            raise RuntimeError("torch.gradient expected each tensor to be on the same device, but got devices differ")
        if tuple(points.shape) != (n,):
            raise RuntimeError(
                f"torch.gradient expected each element of the coordinates list to be a 1-d tensor with {n} elements for "
                f"dimension {d}, but got one of shape {list(points.shape)}"
            )


def _even(x, step, dim, edge_order):
    """Slices of the derivative where points are `step` apart: (first, inside, last)."""
    n = x.shape[dim]

    def at(start, length=1):
        return x.narrow(dim, start, length)

    inside = (at(2, n - 2) - at(0, n - 2)) / (2 * step)
    if edge_order == 1:
        return (at(1) - at(0)) / step, inside, (at(n - 1) - at(n - 2)) / step
    first = (at(0) * -1.5 + at(1) * 2 - at(2) * 0.5) / step
    last = (at(n - 1) * 1.5 - at(n - 2) * 2 + at(n - 3) * 0.5) / step
    return first, inside, last


def _uneven(x, points, dim, edge_order):
    """The same at coordinates `points`."""
    n = x.shape[dim]
    gaps = points.diff()
    shape = [-1 if d == dim else 1 for d in range(x.ndim)]
    left, right = gaps[:-1].reshape(shape), gaps[1:].reshape(shape)

    def at(start, length=1):
        return x.narrow(dim, start, length)

    inside = (
        at(0, n - 2) * (-right / (left * (left + right)))
        + at(1, n - 2) * ((right - left) / (left * right))
        + at(2, n - 2) * (left / (right * (left + right)))
    )
    if edge_order == 1:
        return (at(1) - at(0)) / gaps[0], inside, (at(n - 1) - at(n - 2)) / gaps[-1]
    a, b = gaps[0], gaps[1]
    first = at(0) * (-(a + a + b) / (a * (a + b))) + at(1) * ((a + b) / (a * b)) + at(2) * (-a / (b * (a + b)))
    a, b = gaps[-2], gaps[-1]
    last = at(n - 3) * (b / (a * (a + b))) + at(n - 2) * (-(a + b) / (a * b)) + at(n - 1) * ((a + b + b) / (b * (a + b)))
    return first, inside, last


@binding("gradient", method=False)
def gradient(input, *, spacing=None, dim=None, edge_order=1):
    """A tuple with the derivative of samples along each `dim` (default all), each of input's shape.

    `spacing` is the distance of the points, one for each dim, or for each a 1-d tensor of their coordinates; `edge_order` 1 or 2 is
    the order at both ends. RuntimeError where a dim has fewer than edge_order + 1 points. Source: torch.gradient.
    """
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if not isinstance(input, Tensor):
        raise TypeError(f"gradient(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
    dims = _dims(input, dim)
    spacings = _spacings(spacing, dims, dim is not None)
    _check(input, dims, spacings, edge_order)
    found = []
    for d, points in zip(dims, spacings, strict=True):
        make = _uneven if isinstance(points, Tensor) else _even
        found.append(surface.cat(make(input, points, d, edge_order), d))
    return tuple(found)
