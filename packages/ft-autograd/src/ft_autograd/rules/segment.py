"""The gradient of segment_reduce: a named backward op, as in ATen; its own derivative is that of its pieces."""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("segment_reduce", wrt="data")
def segment_reduce_data(g, data, result, reduce, lengths, offsets, axis, initial):
    return torch.raw._segment_reduce_backward(g, result, data, reduce, lengths=lengths, offsets=offsets, axis=axis, initial=initial)
