"""Gradients of VIEW ops: the cotangent put back where the view looked.

A view that shows every element once has an inverse, which is another view (transpose, permute, reshape); the others put zeros
where they did not look, by an op of their own (`slice_backward`, …).
"""

from ft_dispatch import surface as torch
from ft_dispatch.ops.view import diagonal_dims

from ..rule import transpose, vjp


@transpose("alias expand", wrt="self")
def alias_self(g):
    return g  # the engine sums over what was repeated


@transpose("as_strided", wrt="self")
def as_strided_self(g, self_shape, self_stride, self_offset, size, stride, storage_offset):
    """Through the memory itself: what the view showed of it, then what the tensor shows of that."""
    own = self_shape, self_stride, self_offset
    at = own[2] if storage_offset is None else storage_offset
    first = min(at, own[2])
    shown, whole = _extent(size, stride, at - first), _extent(own[0], own[1], own[2] - first)
    if g.numel() == 0:
        return g.new_zeros(own[0])
    length = max(shown, whole)
    if _overlaps(size, stride):
        places = torch.arange(length, device=g.device).as_strided(size, stride, at - first).reshape(-1)
        memory = g.new_zeros((length,)).index_add(0, places, g.reshape(-1))
    elif (size, stride, at) == own and whole == g.numel():
        return g
    else:
        memory = g.new_zeros((length,))
        memory.as_strided(size, stride, at - first).copy_(g)
    if _overlaps(own[0], own[1]):
        places = torch.arange(length, device=g.device).as_strided(own[0], own[1], own[2] - first).reshape(-1)
        memory = memory / g.new_zeros((length,)).index_add(0, places, g.new_ones(places.shape)).clamp(min=1)
    return memory.as_strided(own[0], own[1], own[2] - first)


def _extent(size, stride, offset):
    """Elements of memory up to the last one of a strided tensor."""
    return 0 if 0 in size else 1 + offset + sum((n - 1) * s for n, s in zip(size, stride, strict=True))


def _overlaps(size, stride):
    """Whether two elements of a strided tensor may be one in memor.

    (torch's test: the next larger stride must clear the smaller dimension).
    """
    covered = 0
    for step, n in sorted((s, n) for s, n in zip(stride, size, strict=True) if n != 1):
        if step <= covered:
            return True
        covered += step * (n - 1)
    return False


@transpose("diagonal", wrt="self")
def diagonal_self(g, self_shape, offset, dim1, dim2):
    return torch.raw.diagonal_backward(g, self_shape, offset, *diagonal_dims(dim1, dim2, len(self_shape)))


@transpose("permute", wrt="self")
def permute_self(g, dims):
    inverse = [0] * len(dims)
    for i, d in enumerate(dims):
        inverse[d] = i
    return g.permute(inverse)


@transpose("select.int", wrt="self")
def select_self(g, self_shape, dim, index):
    return torch.raw.select_backward(g, self_shape, dim, index)


@transpose("slice.Tensor", wrt="self")
def slice_self(g, self_shape, dim, start, end, step):
    n = self_shape[dim]
    return torch.raw.slice_backward(g, self_shape, dim, 0 if start is None else start, n if end is None else end, step)


@transpose("squeeze squeeze.dims view", wrt="self")
def view_self(g, self_shape):
    return g.reshape(self_shape)


@transpose("t", wrt="self")
def t_self(g):
    return g.t()


@transpose("transpose.int", wrt="self")
def transpose_self(g, dim0, dim1):
    return g.transpose(dim0, dim1)


@transpose("unsqueeze", wrt="self")
def unsqueeze_self(g, dim):
    return g.squeeze(dim)


@transpose("unfold", wrt="self")
def unfold_self(g, self_shape, dimension, size, step):
    return torch.raw.unfold_backward(g, self_shape, dimension % max(len(self_shape), 1), size, step)


def _filled(pieces, shapes):
    """Cotangents of several outputs with zeros for the missing ones."""
    like = next(g for g in pieces if g is not None)
    return [like.new_zeros(shape) if g is None else g for g, shape in zip(pieces, shapes, strict=True)]


@transpose("unbind.int", wrt="self")
def unbind_self(g, self_shape, dim):
    rest = self_shape[:dim] + self_shape[dim + 1 :]
    return torch.stack(_filled(g, [rest] * len(g)), dim)


def _joined(g, shape, sizes, dim):
    return torch.cat(_filled(g, [(*shape[:dim], n, *shape[dim + 1 :]) for n in sizes]), dim)


@transpose("split.Tensor", wrt="self")
def split_self(g, self_shape, split_size, dim):
    last = self_shape[dim] - split_size * (len(g) - 1)
    return _joined(g, self_shape, [split_size] * (len(g) - 1) + [last], dim)


@transpose("split_with_sizes", wrt="self")
def split_with_sizes_self(g, self_shape, split_sizes, dim):
    return _joined(g, self_shape, split_sizes, dim)


@vjp("diagonal_backward", wrt="grad_output")
def diagonal_backward_grad_output(g, offset, dim1, dim2):
    return g.diagonal(offset, dim1, dim2)


@vjp("unfold_backward", wrt="grad_in")
def unfold_backward_grad_in(g, dim, size, step):
    return g.unfold(dim, size, step)
