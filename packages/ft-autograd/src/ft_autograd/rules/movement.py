"""Gradients of joins, turns, repeats and padding: every one of these ops is linear, so its vjp moves the cotangent back.

`tensors` of the joins are named only for their sizes.
"""

from ft_dispatch import surface as torch
from ft_dispatch.canonical import wrap_dim

from ..rule import jvp, transpose


@transpose("cat", wrt="tensors", joint=True)
def cat_tensors(g, tensors_shapes, dim):
    found, at = [], 0
    for shape in tensors_shapes:
        if shape == (0,):
            found.append(g.new_zeros(shape))
            continue
        found.append(g.narrow(dim, at, shape[dim]))
        at += shape[dim]
    return found


@transpose("stack", wrt="tensors", joint=True)
def stack_tensors(g, dim):
    return list(g.unbind(dim))


@transpose("flip", wrt="self")
def flip_self(g, dims):
    return g.flip(dims)


@transpose("roll", wrt="self")
def roll_self(g, shifts, dims):
    return g.roll([-n for n in shifts], dims)


@transpose("rot90", wrt="self")
def rot90_self(g, k, dims):
    return g.rot90(-k, dims)


@transpose("repeat", wrt="self")
def repeat_self(g, self_shape, repeats):
    shape = self_shape
    if 0 in repeats:
        return g.new_zeros(shape)
    lead = len(repeats) - len(shape)
    folded = [n for r, size in zip(repeats[lead:], shape, strict=True) for n in (r, size)]
    return g.reshape((*repeats[:lead], *folded)).sum([*range(lead), *range(lead, lead + 2 * len(shape), 2)]) if repeats else g


@transpose("diag_embed", wrt="self")
def diag_embed_self(g, offset, dim1, dim2):
    return g.diagonal(offset, wrap_dim(dim1, g.ndim), wrap_dim(dim2, g.ndim))


@transpose("trace", wrt="self")
def trace_self(g, self_shape):
    n, m = self_shape
    return g * torch.eye(n, m, dtype=g.dtype, device=g.device)


@transpose("constant_pad_nd", wrt="self")
def constant_pad_nd_self(g, pad):
    return torch.constant_pad_nd(g, [-n for n in pad], 0)


@jvp("constant_pad_nd")
def constant_pad_nd_jvp(t_self, pad):
    return torch.constant_pad_nd(t_self, pad, 0)


@transpose("pixel_shuffle", wrt="self")
def pixel_shuffle_self(g, upscale_factor):
    return torch.pixel_unshuffle(g, upscale_factor)


@transpose("pixel_unshuffle", wrt="self")
def pixel_unshuffle_self(g, downscale_factor):
    return torch.pixel_shuffle(g, downscale_factor)


@transpose("channel_shuffle", wrt="self")
def channel_shuffle_self(g, groups):
    return torch.channel_shuffle(g, g.shape[1] // groups)
