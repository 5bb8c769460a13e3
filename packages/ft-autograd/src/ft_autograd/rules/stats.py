"""Derivatives of variances and medians. Picking an element (median, mode) sends the gradient to it: see `extreme`."""

from math import inf

from ft_dispatch import surface as torch

from ..rule import vjp
from .reduction import kept, reduced_count


def _var_gradient(g, x, dim, correction, keepdim):
    """2 / (n - correction) times the cotangent, times x - mean: the small factor first, as in torch, whose rounding shows in half types."""
    freedom = reduced_count(x.shape, dim) - (1 if correction is None else correction)
    slope = 2 / freedom if freedom else inf  # torch divides by zero there: NaN or inf as the distances from the mean have it
    return kept(g, x.ndim, dim, keepdim) * slope * (x - x.mean(dim, True))


def _std_gradient(g, x, std, dim, correction, keepdim):
    return _var_gradient((g / (std * 2)).masked_fill(std == 0, 0), x, dim, correction, keepdim)


def _mean_gradient(g, x, dim, keepdim):
    return (kept(g, x.ndim, dim, keepdim) / reduced_count(x.shape, dim)).expand(x.shape)


@vjp("var.correction", wrt="self")
def var_self(g, self, dim, correction, keepdim):
    return _var_gradient(g, self, dim, correction, keepdim)


@vjp("std.correction", wrt="self")
def std_self(g, self, result, dim, correction, keepdim):
    return _std_gradient(g, self, result, dim, correction, keepdim)


@vjp("var_mean.correction", wrt="self")
def var_mean_self(g0, g1, self, dim, correction, keepdim):
    parts = []
    if g0 is not None:
        parts.append(_var_gradient(g0, self, dim, correction, keepdim))
    if g1 is not None:
        parts.append(_mean_gradient(g1, self, dim, keepdim))
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


@vjp("std_mean.correction", wrt="self")
def std_mean_self(g0, g1, self, result0, dim, correction, keepdim):
    parts = []
    if g0 is not None:
        parts.append(_std_gradient(g0, self, result0, dim, correction, keepdim))
    if g1 is not None:
        parts.append(_mean_gradient(g1, self, dim, keepdim))
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


@vjp("median nanmedian", wrt="self")
def median_self(g, self, result):
    tie = torch.logical_or(self == result, torch.logical_and(self != self, result != result))
    return g * tie / tie.sum()
