"""Derivatives of sums, means, products and norms.

A sum spreads its cotangent back over what it summed; the rest weight that by a local slope. Where a formula would divide by zero (a
product with a zero, a norm at the origin) torch's limit is taken.
"""

from math import inf, prod

from ft_dispatch import surface as torch
from ft_dispatch.registry import lookup

from ..rule import jvp, transpose, vjp

SMALL = 1 << 14  # elements up to which filling memory is cheaper than what irregular strides cost the next ops
_expand_copy = lookup("expand_copy").wrapper


def kept(x, rank, dim, keepdim):
    """A reduced tensor with its reduced dimensions at size one again, ready to broadcast against the input."""
    if keepdim or rank == 0:
        return x
    if dim is None or dim == ():
        return x.reshape((1,) * rank)
    for d in sorted(dim if isinstance(dim, tuple) else (dim,)):
        x = x.unsqueeze(d)
    return x


def reduced_count(shape, dim):
    """How many elements of a tensor of `shape` one result is made of."""
    if dim is None or dim == ():
        return prod(shape)
    return prod([shape[d] if shape else 1 for d in (dim if isinstance(dim, tuple) else (dim,))])


def conjugate(x):
    """The complex conjugate, `x` itself where real."""
    return x.conj_physical() if x.is_complex() else x


def spread(g, shape):
    """A reduced cotangent over what was reduced: as a view where that saves memory, as a copy where the view would cost more than it saves."""
    return g.expand(shape) if prod(shape) > SMALL else _expand_copy(g, shape)


@transpose("sum", wrt="self")
def sum_self(g, self_shape):
    return spread(g, self_shape)


@transpose("sum.dim_IntList", wrt="self")
def sum_dim_self(g, self_shape, dim, keepdim):
    return spread(kept(g, len(self_shape), dim, keepdim), self_shape)


@transpose("mean", wrt="self")
def mean_self(g, self_shape):
    return spread(g / prod(self_shape), self_shape)


@transpose("mean.dim", wrt="self")
def mean_dim_self(g, self_shape, dim, keepdim):
    return spread(kept(g, len(self_shape), dim, keepdim) / reduced_count(self_shape, dim), self_shape)


@vjp("nansum", wrt="self")
def nansum_self(g, self, dim, keepdim):
    return kept(g, self.ndim, dim, keepdim) * (self == self)


def _others(x, dim):
    """Product along `dim` of all elements but each one: running products from both ends, so a zero needs no division."""
    one = torch.ones_like(x.narrow(dim, 0, 1))
    n = x.shape[dim]
    before = torch.cat((one, x.narrow(dim, 0, n - 1)), dim).cumprod(dim)
    after = torch.cat((one, x.flip(dim).narrow(dim, 0, n - 1)), dim).cumprod(dim).flip(dim)
    return before * after


@vjp("prod", wrt="self")
def prod_self(g, self):
    if self.numel() == 0:
        return torch.zeros_like(self)
    return g * conjugate(_others(self.reshape(-1), 0).reshape(self.shape))


@vjp("prod.dim_int", wrt="self")
def prod_dim_self(g, self, dim, keepdim):
    if self.ndim == 0:
        return g.clone()
    if self.numel() == 0:
        return torch.zeros_like(self)
    return kept(g, self.ndim, dim, keepdim) * conjugate(_others(self, dim))


@vjp("logsumexp", wrt="self")
def logsumexp_self(g, self, result, dim, keepdim):
    top = kept(result, self.ndim, dim, keepdim)
    slope = (self - top).exp() if self.is_complex() else (self - top.masked_fill(top == -inf, 0)).exp()
    return kept(g, self.ndim, dim, keepdim) * conjugate(slope)


@jvp("logsumexp")
def logsumexp_jvp(t_self, self, dim, keepdim):
    """torch's formula in its order: where nothing but -inf is summed it gives NaN."""
    x = (self if self.is_complex() else self - self.amax(dim, True)).exp()
    return (x * t_self).sum(dim, keepdim) / x.sum(dim, keepdim)


@vjp("linalg_vector_norm", wrt="self")
def linalg_vector_norm_self(g, self, result, ord, dim, keepdim):
    g, norm = kept(g, self.ndim, dim, keepdim), kept(result, self.ndim, dim, keepdim)
    return vector_norm_gradient(g, self, norm, ord, dim)


def vector_norm_gradient(g, x, norm, p, dim):
    """Gradient of a p-norm whose cotangent and value have the reduced dimensions kept; 0 at the origin, ties share at p = inf."""
    if p == 0:
        return None  # a count: constant almost everywhere, and torch gives no gradient at all
    if p == 1:
        return x.sgn() * g
    if p == 2:
        away = norm.masked_fill(norm == 0, inf)  # before the division: forward mode takes the same steps the other way round
        if x.dtype.opmath is x.dtype:
            return x * (g / away)
        return g * (x / away)  # torch's order, a pass more: its rounding shows in half types
    if p == inf or p == -inf:
        size = x.abs()
        tie = torch.logical_or(size == norm, size != size)
        share = tie.sum(dim, keepdim=True) if x.ndim else tie
        return x.sgn() * (tie * (g / share))
    if p < 1:
        slope = x.sgn() * x.abs().pow(p - 1).masked_fill(x == 0, 0)
        return slope * g * norm.pow(1 - p)
    if p < 2:
        slope = x.sgn() * x.abs().pow(p - 1)
        return slope * (g / norm.pow(p - 1).masked_fill(norm == 0, inf))
    return x * x.abs().pow(p - 2) * (g / norm.pow(p - 1).masked_fill(norm == 0, inf))
