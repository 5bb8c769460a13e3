"""What the private normalisation ops compute, in terms of other ops: for backends without their kernels.

And for second derivatives.
"""

from ..registry import binding
from . import norm as table


def _tail(x, n):
    return tuple(range(x.ndim - n, x.ndim))


def _scaled(x, weight, bias):
    x = x if weight is None else x * weight
    return x if bias is None else x + bias


@table.native_layer_norm.decompose
def _(input, normalized_shape, weight, bias, eps):
    dims = _tail(input, len(normalized_shape))
    mean = input.mean(dims, True)
    d = input - mean
    rstd = ((d * d).mean(dims, True) + eps).rsqrt()
    return _scaled(d * rstd, weight, bias), mean, rstd


@table.native_layer_norm_backward.decompose
def _(grad_out, input, normalized_shape, mean, rstd, weight, bias, output_mask):
    dims = _tail(input, len(normalized_shape))
    outer = tuple(range(input.ndim - len(normalized_shape)))
    hat = (input - mean) * rstd
    h = grad_out if weight is None else grad_out * weight
    dx = (h - h.mean(dims, True) - hat * (h * hat).mean(dims, True)) * rstd if output_mask[0] else None
    dw = _summed(grad_out * hat, outer) if output_mask[1] and weight is not None else None
    return dx, dw, _summed(grad_out, outer) if output_mask[2] else None


def _summed(x, dims):
    return x.sum(dims) if dims else x


@table._fused_rms_norm.decompose
def _(input, normalized_shape, weight, eps):
    from ft_core import finfo  # noqa: PLC0415  # only where eps is left out

    dims = _tail(input, len(normalized_shape))
    x = input.to(input.dtype.opmath)
    tiny = finfo(x.dtype).eps if eps is None else eps
    rstd = ((x * x).mean(dims, True) + tiny).rsqrt()
    y = x * rstd
    return (y if weight is None else y * weight).to(input.dtype), rstd


@table._fused_rms_norm_backward.decompose
def _(grad_out, input, normalized_shape, rstd, weight, output_mask):
    dims = _tail(input, len(normalized_shape))
    outer = tuple(range(input.ndim - len(normalized_shape)))
    hat = input * rstd
    h = grad_out if weight is None else grad_out * weight
    dx = (h - hat * (h * hat).mean(dims, True)) * rstd if output_mask[0] else None
    return dx, _summed(grad_out * hat, outer) if output_mask[1] and weight is not None else None


@table.native_group_norm.decompose
def _(input, weight, bias, N, C, HxW, group, eps):
    x = input.reshape(N, group, C // group * HxW)
    mean = x.mean(-1, True)
    d = x - mean
    rstd = ((d * d).mean(-1, True) + eps).rsqrt()
    y = (d * rstd).reshape(N, C, HxW)
    shape = (1, C, 1)
    y = _scaled(y, None if weight is None else weight.reshape(shape), None if bias is None else bias.reshape(shape))
    return y.reshape(input.shape), mean.reshape(N, group), rstd.reshape(N, group)


@table.native_group_norm_backward.decompose
def _(grad_out, input, mean, rstd, weight, N, C, HxW, group, output_mask):
    x = input.reshape(N, group, C // group * HxW)
    g = grad_out.reshape(N, C, HxW)
    r = rstd.reshape(N, group, 1)
    hat = (x - mean.reshape(N, group, 1)) * r
    h = (g if weight is None else g * weight.reshape(1, C, 1)).reshape(x.shape)
    dx = ((h - h.mean(-1, True) - hat * (h * hat).mean(-1, True)) * r).reshape(input.shape) if output_mask[0] else None
    dw = (g * hat.reshape(N, C, HxW)).sum((0, 2)) if output_mask[1] else None
    return dx, dw, g.sum((0, 2)) if output_mask[2] else None


def _per(vector, rank):
    """A vector of channels, ready to broadcast against (N, C, …)."""
    return vector.reshape((1, -1) + (1,) * (rank - 2))


def _others(x):
    return (0, *range(2, x.ndim))


def _batch(input, weight, bias, eps):
    dims = _others(input)
    mean = input.mean(dims, True)
    d = input - mean
    var = (d * d).mean(dims, True)
    invstd = (var + eps).rsqrt()
    w, b = (None if v is None else _per(v, input.ndim) for v in (weight, bias))
    return _scaled(d * invstd, w, b), mean.reshape(-1), invstd.reshape(-1), var.reshape(-1)


@table.plain_batch_norm.decompose
def _(input, weight, bias, training, momentum, eps):
    return _batch(input, weight, bias, eps)[:3]


@table.functional_batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, training, momentum, eps):
    if not training:
        invstd = (running_var + eps).rsqrt()
        w, b = (None if v is None else _per(v, input.ndim) for v in (weight, bias))
        y = _scaled((input - _per(running_mean, input.ndim)) * _per(invstd, input.ndim), w, b)
        none = input.new_empty((0,))
        return y, none, none.clone(), running_mean.clone(), running_var.clone()
    y, mean, invstd, var = _batch(input, weight, bias, eps)
    n = input.numel() // max(1, input.shape[1])
    unbiased = var * (n / max(1, n - 1))
    new_mean = running_mean * (1 - momentum) + mean * momentum
    return y, mean, invstd, new_mean, running_var * (1 - momentum) + unbiased * momentum


@table.native_batch_norm_backward.decompose
def _(grad_out, input, weight, running_mean, running_var, save_mean, save_invstd, train, eps, output_mask):
    rank, dims = input.ndim, _others(input)
    mean, invstd = (save_mean, save_invstd) if train else (running_mean, (running_var + eps).rsqrt())
    hat = (input - _per(mean, rank)) * _per(invstd, rank)
    db = grad_out.sum(dims)
    dw = (grad_out * hat).sum(dims)
    dx = None
    if output_mask[0]:
        scale = _per(invstd if weight is None else invstd * weight, rank)
        n = input.numel() // max(1, input.shape[1])
        dx = (grad_out - _per(db / n, rank) - hat * _per(dw / n, rank)) * scale if train else grad_out * scale
    return dx, dw if output_mask[1] else None, db if output_mask[2] else None


@table.norm_except_dim.decompose
def _(v, pow=2, dim=0):
    if dim == -1:
        return v.norm(pow)
    kept = dim % v.ndim
    others = tuple(d for d in range(v.ndim) if d != kept)
    return v.norm(pow, others, True) if others else v.abs()


@table.weight_norm.decompose
def _(v, g, dim=0):
    return v * (g / table.norm_except_dim.wrapper(v, 2, dim))


@binding("batch_norm_update_stats", method=False)
def batch_norm_update_stats(input, running_mean, running_var, momentum):
    """(mean, variance) of each channel of input (N, C, *), which also move the running ones (if given) by `momentum`, in place.

    The variance returned divides by the count, the one that moves the running variance by one less. Source: aten::batch_norm_update_stats.
    """
    dims = (0, *range(2, input.ndim))
    mean, var = input.mean(dims), input.var(dims, correction=0)
    if running_mean is not None:
        running_mean.mul_(1 - momentum).add_(mean, alpha=momentum)
    if running_var is not None:
        running_var.mul_(1 - momentum).add_(input.var(dims), alpha=momentum)
    return mean, var
