"""Gradients of views written through: what was written gets the view of the cotangent, the input gets it with zeros there."""

from ft_core import contiguous_format
from ft_dispatch import surface as torch

from ..rule import vjp


def _both(g, view, scatter, needs):
    """(cotangent with zeros in the view, the view of the cotangent)."""
    part = view(g)
    return scatter(g, torch.zeros_like(part)) if needs[0] else None, part if needs[1] else None


@vjp("slice_scatter", wrt="self src")
def slice_scatter_vjp(g, dim, start, end, step, needs):
    place = (slice(None),) * dim + (slice(start, end, step),)
    return _both(g, lambda x: x[place], lambda x, zeros: x.slice_scatter(zeros, dim, start, end, step), needs)


@vjp("select_scatter", wrt="self src")
def select_scatter_vjp(g, dim, index, needs):
    return _both(g, lambda x: x.select(dim, index), lambda x, zeros: x.select_scatter(zeros, dim, index), needs)


@vjp("diagonal_scatter", wrt="self src")
def diagonal_scatter_vjp(g, offset, dim1, dim2, needs):
    def diagonal(x):
        return x.diagonal(offset, dim1, dim2)

    return _both(g, diagonal, lambda x, zeros: x.diagonal_scatter(zeros, offset, dim1, dim2), needs)


def _alone(x):
    """A cotangent in memory of its own and in order, where offsets of as_strided count from its first element."""
    return x.clone(memory_format=contiguous_format)


@vjp("as_strided_scatter", wrt="self src")
def as_strided_scatter_vjp(g, size, stride, storage_offset, needs):
    def view(x):
        return _alone(x).as_strided(size, stride, storage_offset)

    return _both(g, view, lambda x, zeros: _alone(x).as_strided_scatter(zeros, size, stride, storage_offset), needs)
