"""Derivatives of the private normalisation ops: torch's named backward op on the saved statistics.

The saved mean and reciprocal deviation are functions of the input as well. Layer and batch norm hand them out as constants, as torch
does, so where a backward is itself differentiated they are tied to the input again (`_tied`); group and RMS norm hand them out with a
gradient, and their cotangents are added here. Either way second order needs no formulas of its own: the decomposition of the
backward op is differentiated.
"""

from math import prod

from ft_core.keys import LEVEL
from ft_dispatch import surface as torch

from ..rule import real_only, vjp

_raw = torch.raw


real_only(
    "native_layer_norm native_group_norm _native_batch_norm_legit.no_stats _native_batch_norm_legit_functional _fused_rms_norm"
)


def _plus(x, more):
    return more if x is None else x + more


def _through_statistics(dx, g_mean, g_rstd, input, mean, rstd, n):
    """dx plus what flows back through mean = sum(x) / n and rstd = (var + eps)^(-1/2), all broadcast against the input."""
    if g_mean is not None:
        dx = _plus(dx, (g_mean / n).expand(input.shape))
    if g_rstd is not None:
        dx = _plus(dx, (input - mean) * (g_rstd * rstd * rstd * rstd / -n))
    return dx


def _tied(input, mean, rstd, dims):
    """The saved statistics with their values, as differentiable functions of the input; as they are where nobody differentiates.

    The saved rstd stands for eps, which the backward ops do not know: eps = rstd^-2 - var.
    """
    if not torch.is_grad_enabled() and not input._k & LEVEL:
        return mean, rstd
    kept = [1 if i in dims else n for i, n in enumerate(input.shape)]
    x = input.to(input.dtype.opmath)
    center = x.mean(dims, True)
    spread = (x - center).square().mean(dims, True)
    eps = (rstd.reshape(kept).pow(-2) - spread).detach()
    center = center + (mean.reshape(kept) - center).detach()
    return center.to(mean.dtype).reshape(mean.shape), (spread + eps).rsqrt().to(rstd.dtype).reshape(rstd.shape)


@vjp("native_layer_norm", wrt="input weight bias")
def native_layer_norm_vjp(g0, input, weight, bias, result1, result2, normalized_shape, needs):
    mean, rstd = _tied(input, result1, result2, tuple(range(input.ndim - len(normalized_shape), input.ndim)))
    return _raw.native_layer_norm_backward(g0, input, normalized_shape, mean, rstd, weight, bias, needs)


@vjp("_fused_rms_norm", wrt="input weight")
def fused_rms_norm_vjp(g0, g1, input, weight, result1, normalized_shape, needs):
    found = (None, None)
    if g0 is not None:
        found = _raw._fused_rms_norm_backward(g0, input, normalized_shape, result1, weight, needs)
    if not needs[0] or g1 is None:
        return found
    return _through_statistics(found[0], None, g1, input, 0, result1, prod(normalized_shape)), found[1]


@vjp("native_group_norm", wrt="input weight bias")
def native_group_norm_vjp(g0, g1, g2, input, weight, result1, result2, N, C, HxW, group, needs):
    found = (None, None, None)
    if g0 is not None:
        found = _raw.native_group_norm_backward(g0, input, result1, result2, weight, N, C, HxW, group, needs)
    if not needs[0] or (g1 is None and g2 is None):
        return found

    def each(x):
        return None if x is None else x.reshape(N, group, 1)

    flat = input.reshape(N, group, C // group * HxW)
    dx = None if found[0] is None else found[0].reshape(flat.shape)
    dx = _through_statistics(dx, each(g1), each(g2), flat, each(result1), each(result2), flat.shape[2])
    return dx.reshape(input.shape), found[1], found[2]


def _batch(g0, input, weight, running_mean, running_var, mean, invstd, training, eps, needs):
    if training:
        mean, invstd = _tied(input, mean, invstd, (0, *range(2, input.ndim)))
    return _raw.native_batch_norm_backward(g0, input, weight, running_mean, running_var, mean, invstd, training, eps, needs)


@vjp("_native_batch_norm_legit_functional", wrt="input weight bias")
def batch_norm_functional_vjp(g0, input, weight, running_mean_out, running_var_out, result1, result2, training, eps, needs):
    # In evaluation the new running statistics are the old ones; saving the inputs would forbid updating them before backward.
    return _batch(g0, input, weight, running_mean_out, running_var_out, result1, result2, training, eps, needs)


@vjp("_native_batch_norm_legit.no_stats", wrt="input weight bias")
def batch_norm_no_stats_vjp(g0, input, weight, result1, result2, eps, needs):
    return _batch(g0, input, weight, None, None, result1, result2, True, eps, needs)
