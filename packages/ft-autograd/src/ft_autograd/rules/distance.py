"""Gradients of the distances of rows: torch's named backward ops, whose decompositions serve a backward of the backward.

Where two rows coincide a distance has no slope; its gradient is 0 there, as in torch.
"""

from ft_dispatch import surface as torch
from ft_dispatch.ops.distance import RENORM_GUARD, slice_norms

from ..rule import vjp
from .reduction import conjugate, vector_norm_gradient

_raw = torch.raw


@vjp("_cdist_forward", wrt="x1 x2")
def cdist_forward_vjp(g, x1, x2, p, result, needs):
    first = _raw._cdist_backward(g, x1, x2, p, result) if needs[0] else None
    if not needs[1]:
        return first, None
    return first, _raw._cdist_backward(g.transpose(-2, -1), x2, x1, p, result.transpose(-2, -1))


@vjp("_euclidean_dist", wrt="x1 x2")
def euclidean_dist_vjp(g, x1, x2, result, needs):
    ratio = (g / result.masked_fill(result == 0, 1)).masked_fill(result == 0, 0)

    def rows(ratio, a, b):
        return a * ratio.sum(-1, keepdim=True) - ratio.matmul(b)

    return rows(ratio, x1, x2) if needs[0] else None, rows(ratio.transpose(-2, -1), x2, x1) if needs[1] else None


@vjp("_pdist_forward", wrt="self")
def pdist_forward_vjp(g, self, p, result):
    return _raw._pdist_backward(g, self, p, result)


@vjp("renorm", wrt="self")
def renorm_self(g, self, p, dim, maxnorm):
    """maxnorm / norm times g less what of it would change the norm; half types in float32 throughout, as in torch."""
    others = tuple(d for d in range(self.ndim) if d != dim)
    norm = slice_norms(self, p, dim)
    along = conjugate(self) * g
    along = (along.real if along.is_complex() else along).to(norm.dtype).sum(others, True)
    inverse = (norm + RENORM_GUARD).reciprocal()
    scaled = inverse * maxnorm * (g - inverse * vector_norm_gradient(along, self.to(self.dtype.opmath), norm, p, others))
    return torch.where(norm > maxnorm, scaled.to(g.dtype), g)
