"""Derivatives of extremes: the gradient goes to the element that won.

`amax` and a full `max` share it equally between equal elements, as torch does; `max` along a dimension gives it to the place it
returned.
"""

from ft_dispatch import surface as torch

from ..rule import vjp
from .reduction import kept


def _shared(g, self, result, dim):
    """Cotangent divided between all elements equal to the result; a NaN result goes to the NaN elements."""
    tie = torch.logical_or(self == result, torch.logical_and(self != self, result != result))
    if self.ndim == 0:
        return g * tie
    count = tie.sum(dim or None, keepdim=True)
    return g * tie / count


@vjp("amax amin", wrt="self")
def amax_self(g, self, result, dim, keepdim):
    return _shared(kept(g, self.ndim, dim, keepdim), self, kept(result, self.ndim, dim, keepdim), dim)


@vjp("max min", wrt="self")
def max_self(g, self, result):
    return _shared(g, self, result, None)


@vjp("aminmax", wrt="self")
def aminmax_self(g0, g1, self, min, max, dim, keepdim):
    dims = None if dim is None else (dim,)
    parts = [
        _shared(kept(g, self.ndim, dims, keepdim), self, kept(end, self.ndim, dims, keepdim), dims)
        for g, end in ((g0, min), (g1, max))
        if g is not None
    ]
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


def put_back(g, shape, dim, indices, keepdim):
    """Zeros of `shape` with the cotangent at `indices` along `dim`: the transpose of picking one element."""
    if not shape:
        return g
    if not keepdim:
        g, indices = g.unsqueeze(dim), indices.unsqueeze(dim)
    return torch.zeros(shape, dtype=g.dtype, device=g.device).scatter(dim, indices, g)


@vjp("max.dim min.dim median.dim nanmedian.dim mode", wrt="self")
def max_dim_self(g, self, indices, dim, keepdim):
    return put_back(g, tuple(self.shape), dim, indices, keepdim)
