"""Pieces of unequal length: reductions over the segments of a dimension, and tensors cut into chunks that are joined again.

A segment is told by its length or by where it starts. What lengths and offsets must fulfil depends on their values, so the kernel
checks it; the decomposition for other backends leaves out whatever lies beyond the data.
"""

from math import inf, nan, prod

from ft_core import int32, int64

from ..kinds import MOVEMENT, OPAQUE
from ..op import op
from ..registry import binding
from .reduction import scalar_type

segment_reduce = op(
    "segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, "
    "bool unsafe=False, Scalar? initial=None) -> Tensor",
    "sum, mean, max, min or prod of each segment of a dimension.",
    kind=OPAQUE,
    variants="function",
    python="_segment_reduce",
    out=True,
)
segment_reduce_backward = op(
    "_segment_reduce_backward(Tensor grad, Tensor output, Tensor data, str reduce, *, Tensor? lengths=None, Tensor? offsets=None, "
    "int axis=0, Scalar? initial=None) -> Tensor",
    "Each segment's cotangent, spread over the segment as the reduction says.",
    kind=OPAQUE,
    variants="",
    dims_of=2,
)
chunk_cat = op(
    "_chunk_cat(Tensor[] tensors, int dim, int num_chunks) -> Tensor",
    "Each tensor cut into chunks along a dimension, zeros filling the last, and equal chunks joined.",
    kind=MOVEMENT,
    variants="",
    out=True,
    differentiable=False,
)

_NAMES = {"sum": "sum", "mean": "mean", "max": "amax", "amax": "amax", "min": "amin", "amin": "amin", "prod": "prod"}
_START = {"sum": 0, "mean": 0, "amax": -inf, "amin": inf, "prod": 1}


# -- shapes and checks -------------------------------------------------------------------------------------------------------------


def _check_segments(data, lengths, indices, offsets, axis):
    if indices is not None:
        raise RuntimeError("segment_reduce(): indices based reduction is not supported yet.")
    if lengths is None and offsets is None:
        raise RuntimeError("segment_reduce(): Either lengths or offsets must be defined.")
    name, given = ("offsets", offsets) if offsets is not None else ("lengths", lengths)  # torch reads offsets where both are there
    if data.dtype.category != 2:
        raise NotImplementedError(f"\"_segment_reduce_cpu\" not implemented for '{data.dtype.scalar_name}'")
    if given.dtype not in (int32, int64):
        raise RuntimeError(f"segment_reduce(): expected {name} to be int32 or int64, but got {scalar_type(given.dtype)}")
    if given.ndim != axis + 1:
        raise RuntimeError(f"segment_reduce(): Expected axis to be the last dimension of {name} but got {axis}.")
    if tuple(given.shape[:-1]) != tuple(data.shape[:axis]):
        raise RuntimeError(
            f"segment_reduce(): expected {name} and data to have the same sizes before dimension {axis}, but got "
            f"{list(given.shape)} and {list(data.shape)}"
        )
    if given is offsets and given.shape[-1] < 1:
        raise RuntimeError("segment_reduce(): Expected at least one offset.")


@segment_reduce.meta
def _(data, reduce, lengths, indices, offsets, axis, unsafe, initial):
    if reduce not in _NAMES:
        raise RuntimeError(f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}")
    _check_segments(data, lengths, indices, offsets, axis)
    count = lengths.shape[-1] if offsets is None else offsets.shape[-1] - 1
    return [((*data.shape[:axis], count, *data.shape[axis + 1 :]), data.dtype)]


@segment_reduce_backward.meta
def _(grad, output, data, reduce, lengths, offsets, axis, initial):
    return [(tuple(data.shape), data.dtype)]


@chunk_cat.meta
def _(tensors, dim, num_chunks):
    if num_chunks <= 0:
        raise RuntimeError("_chunk_cat expects positive num_chunks")
    if not tensors:
        raise RuntimeError("_chunk_cat expects a non-empty input tensor list")
    first = tensors[0]
    for t in tensors:
        if t.numel() == 0:
            raise RuntimeError("_chunk_cat expects non-empty tensor")
        if t.dtype is not first.dtype:
            raise RuntimeError(f"_chunk_cat expects tensors of one dtype, but got {first.dtype} and {t.dtype}")
        if t.ndim <= dim:
            raise RuntimeError("_chunk_cat expects dim < ndim for all input tensors")
        if tuple(t.shape[:dim]) != tuple(first.shape[:dim]):
            raise RuntimeError("_chunk_cat expects same sizes of 0,...,dim-1 dimensions for all tensors")
    width = sum(-(-t.shape[dim] // num_chunks) * prod(t.shape[dim + 1 :]) for t in tensors)
    return [((*first.shape[:dim], num_chunks, width), first.dtype)]


# -- decompositions: places beyond every segment go to one more, which is dropped ---------------------------------------------------


class _Segments:
    """Which segment of `axis` each place of the data belongs to, and how long each is."""

    def __init__(self, data, lengths, offsets, axis):
        from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

        size = data.shape[axis]
        if offsets is None:
            behind = lengths.to(int64).cumsum(-1)
            starts = behind - lengths
        else:
            starts, behind = offsets[..., :-1].to(int64), offsets[..., 1:].to(int64)
        starts, behind = starts.clamp(0, size), behind.clamp(0, size)
        self.axis, self.count, self.surface = axis, behind.shape[-1], surface
        self.lengths = (behind - starts).reshape((*behind.shape, *[1] * (data.ndim - axis - 1)))
        place = (behind.new_ones((size,)).cumsum(0) - 1).expand((*behind.shape[:-1], size)).contiguous()
        which = surface.searchsorted(behind.contiguous(), place, right=True)
        which = which.masked_fill(place < starts[..., :1], self.count) if self.count else which
        self.which = which.reshape((*which.shape, *[1] * (data.ndim - axis - 1))).expand(data.shape)

    def fold(self, data, reduce, start):
        """(…, segments, …): each segment of data reduced, beginning with `start`."""
        shape = (*data.shape[: self.axis], self.count + 1, *data.shape[self.axis + 1 :])
        made = data.new_full(shape, start).scatter_reduce(self.axis, self.which, data, reduce)
        return made.narrow(self.axis, 0, self.count)

    def spread(self, values):
        """(…, places, …): the value of each place's own segment, zero beyond them."""
        more = values.new_zeros((*values.shape[: self.axis], 1, *values.shape[self.axis + 1 :]))
        return self.surface.cat([values, more], self.axis).gather(self.axis, self.which)


@segment_reduce.decompose
def _(data, reduce, lengths, indices, offsets, axis, unsafe, initial):
    reduce = _NAMES[reduce]
    segments = _Segments(data, lengths, offsets, axis)
    found = segments.fold(data, "sum" if reduce == "mean" else reduce, _START[reduce] if initial is None else initial)
    if reduce != "mean":
        return found
    mean = found / segments.lengths.clamp(min=1)
    return mean.masked_fill(segments.lengths == 0, nan) if initial is None else mean


@segment_reduce_backward.decompose
def _(grad, output, data, reduce, lengths, offsets, axis, initial):
    reduce = _NAMES[reduce]
    segments = _Segments(data, lengths, offsets, axis)
    if reduce == "mean":
        grad = grad / segments.lengths.clamp(min=1)
    slope = segments.spread(grad)
    if reduce in ("amax", "amin"):
        tie = ((data == segments.spread(output)) | (data != data)).to(data.dtype)
        return slope * tie / segments.spread(segments.fold(tie, "sum", 0).clamp(min=1)).clamp(min=1)
    if reduce == "prod":
        return slope * _others(data, segments.spread(output), segments, 1 if initial is None else initial)
    return slope


def _others(data, output, segments, initial):
    """The product of each element's segment without the element: by division, where a zero or NaN does not forbid it."""
    zero, odd = data == 0, data != data
    plain = data.masked_fill(zero | odd, 1)
    rest = segments.spread(segments.fold(plain, "prod", initial))

    def more(mark):
        """Whether another element of the segment is marked."""
        mark = mark.to(data.dtype)
        return segments.spread(segments.fold(mark, "sum", 0)) > mark

    left_out = rest.masked_fill(more(zero), 0).masked_fill(more(odd), nan)
    return left_out.where(zero | odd, output / plain)


@chunk_cat.decompose
def _(tensors, dim, num_chunks):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    parts = []
    for t in tensors:
        short = -t.shape[dim] % num_chunks
        whole = surface.constant_pad_nd(t, [0, 0] * (t.ndim - dim - 1) + [0, short]) if short else t
        parts.append(whole.reshape((*t.shape[:dim], num_chunks, -1)))
    return surface.cat(parts, dim + 1)


@binding("_chunk_cat", method=False)
def chunk_cat_(tensors, dim, num_chunks, *, out=None):
    """Tensors cut into `num_chunks` along `dim`, zeros behind the last; a row holds one chunk of each: (*before dim, num_chunks, width)."""
    if dim < 0 and len({t.ndim for t in tensors}) > 1:
        raise RuntimeError("_chunk_cat expects non-negative dim when input tensors have different ndims")
    return chunk_cat.wrapper(tensors, dim, num_chunks, out=out)
