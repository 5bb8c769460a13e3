"""Derivatives of running reductions: the transpose of a running sum is a running sum from the other end."""

from ft_core.keys import LEVEL
from ft_dispatch import surface as torch

from ..rule import jvp, transpose, vjp
from .reduction import conjugate


def _from_end(x, dim):
    """Running sum from the last element backwards."""
    if x.ndim == 0 or x.shape[dim] < 2:
        return x
    return x.flip(dim).cumsum(dim).flip(dim)


@transpose("cumsum", wrt="self")
def cumsum_self(g, dim):
    return _from_end(g, dim)


@vjp("cumprod", wrt="self")
def cumprod_self(g, self, result, dim):
    """sum over k >= i of g[k] result[k] / self[i]; where a zero comes first, by products that leave the zero out."""
    if self.ndim == 0 or self.numel() < 2:
        return g if self.ndim == 0 or self.numel() == 0 else g.clone()
    plain = _from_end(g * conjugate(result), dim) / conjugate(self)
    zero = self == 0
    if not bool(zero.any()):
        return plain
    if torch.is_grad_enabled() or self._k & LEVEL:
        return _cumprod_by_omission(g, self, dim)
    return _cumprod_with_zeros(g, self, dim, zero, plain)


def _cumprod_by_omission(g, x, dim):
    """Each factor's slope from the products that leave it out: n^2 of them, but differentiable where factors are zero."""
    x, g = x.movedim(dim, -1), g.movedim(dim, -1)
    n = x.shape[-1]
    left_out = torch.eye(n, dtype=torch.bool, device=x.device)  # (factor, product)
    omitted = x.unsqueeze(-2).expand((*x.shape[:-1], n, n)).masked_fill(left_out, 1).cumprod(-1)
    behind = torch.ones((n, n), dtype=g.dtype, device=x.device).triu()
    return (g.unsqueeze(-2) * conjugate(omitted) * behind).sum(-1).movedim(-1, dim)


def _cumprod_with_zeros(g, x, dim, zero, plain):
    """Before the first zero the plain formula holds; at it the product skips it.

    Behind it only a zero's own slope could be left: none.
    """
    seen = zero.cumsum(dim)
    first = torch.logical_and(zero, seen == 1)
    skipped = x.masked_fill(first, 1).cumprod(dim)  # products that leave the first zero out
    behind = (seen >= 1).to(g.dtype)
    at_first = _from_end(g * conjugate(skipped) * behind, dim)
    before = _from_end(g * conjugate(x.cumprod(dim)), dim) / conjugate(x.masked_fill(zero, 1))
    return torch.where(seen == 0, before, torch.where(first, at_first, torch.zeros_like(plain)))


@vjp("cummax cummin", wrt="self")
def cummax_self(g, self, indices, dim):
    if self.ndim == 0:
        return g
    return torch.zeros_like(self).scatter_add(dim, indices, g)


@jvp("logcumsumexp")
def logcumsumexp_jvp(t_self, self, dim):
    """torch's formula: what is tiny beside the largest of its line is held above zero."""
    if self.ndim == 0:
        return t_self
    x = (self if self.is_complex() else self - self.amax(dim, True)).exp()
    return (x * t_self).cumsum(dim) / (x.cumsum(dim) + 1e-13)


@vjp("logcumsumexp", wrt="self")
def logcumsumexp_self(g, self, result, dim):
    """sum over k >= i of g[k] exp(self[i] - result[k]); the sum is carried in logarithms of the two signs of g."""
    if self.ndim == 0:
        return g
    if self.is_complex():
        # in logarithms, so that no exp overflows or meets the inverse of a zero
        back = (conjugate(g).log() - result).flip(dim).logcumsumexp(dim).flip(dim)
        return conjugate((back + self).exp())
    floor = torch.finfo(g.dtype).min  # not -inf, whose own derivative would be NaN
    up = (g.masked_fill(g <= 0, 1).log().masked_fill(g <= 0, floor) - result).flip(dim).logcumsumexp(dim).flip(dim)
    down = (g.masked_fill(g >= 0, -1).neg().log().masked_fill(g >= 0, floor) - result).flip(dim).logcumsumexp(dim).flip(dim)
    return (up + self).exp() - (down + self).exp()
