"""Wrappers of the `movement` family, generated from ft_dispatch/ops/movement.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_cat = OPS['cat']


def cat(tensors, dim=0, *, out=None):
    """Joined along a dimension.

    aten::cat(Tensor[] tensors, int dim=0) -> Tensor
    """
    return call(_cat, cat, (tensors, dim), out)


_channel_shuffle = OPS['channel_shuffle']
_channel_shuffle_table = _channel_shuffle.table


def channel_shuffle(input, groups):
    """Channels of `groups` groups dealt round.

    aten::channel_shuffle(Tensor self, SymInt groups) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _channel_shuffle_table[k]
        ok, groups, = memo[input._a.shape, groups]
        a = st.run(leaf, input._a, groups, out=dest)
    except _MISS:
        return call(_channel_shuffle, channel_shuffle, (input, groups))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, groups)


_constant_pad_nd = OPS['constant_pad_nd']
_constant_pad_nd_table = _constant_pad_nd.table


def constant_pad_nd(input, pad, value=0):
    """Borders of one number; negative widths cut off. Pairs count from the last dimension.

    aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _constant_pad_nd_table[k]
        ok, pad, value, = memo[input._a.shape, pad, value]
        a = st.run(leaf, input._a, pad, value, out=dest)
    except _MISS:
        return call(_constant_pad_nd, constant_pad_nd, (input, pad, value))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, pad, value)


_diag_embed = OPS['diag_embed']
_diag_embed_table = _diag_embed.table


def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    """The last dimension as diagonal of two new ones.

    aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _diag_embed_table[k]
        ok, offset, dim1, dim2, = memo[input._a.shape, offset, dim1, dim2]
        a = st.run(leaf, input._a, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(_diag_embed, diag_embed, (input, offset, dim1, dim2))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, offset, dim1, dim2)


_diagonal_backward = OPS['diagonal_backward']
_diagonal_backward_table = _diagonal_backward.table


def diagonal_backward(grad_output, input_sizes, offset, dim1, dim2):
    """aten::diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor"""
    try:
        st = TL.st
        k = grad_output._k | st.bits
        leaf, dest, rec, dense, memo = _diagonal_backward_table[k]
        ok, input_sizes, offset, dim1, dim2, = memo[grad_output._a.shape, input_sizes, offset, dim1, dim2]
        a = st.run(leaf, grad_output._a, input_sizes, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(_diagonal_backward, diagonal_backward, (grad_output, input_sizes, offset, dim1, dim2))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input_sizes, offset, dim1, dim2)


_flip = OPS['flip']
_flip_table = _flip.table


def flip(input, dims):
    """Order of the elements reversed along dimensions.

    aten::flip(Tensor self, int[] dims) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _flip_table[k]
        ok, dims, = memo[input._a.shape, dims]
        a = st.run(leaf, input._a, dims, out=dest)
    except _MISS:
        return call(_flip, flip, (input, dims))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dims)


_pixel_shuffle = OPS['pixel_shuffle']
_pixel_shuffle_table = _pixel_shuffle.table


def pixel_shuffle(input, upscale_factor):
    """Channels spread over r by r pixels.

    aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _pixel_shuffle_table[k]
        ok, upscale_factor, = memo[input._a.shape, upscale_factor]
        a = st.run(leaf, input._a, upscale_factor, out=dest)
    except _MISS:
        return call(_pixel_shuffle, pixel_shuffle, (input, upscale_factor))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, upscale_factor)


_pixel_unshuffle = OPS['pixel_unshuffle']
_pixel_unshuffle_table = _pixel_unshuffle.table


def pixel_unshuffle(input, downscale_factor):
    """r by r pixels gathered into channels.

    aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _pixel_unshuffle_table[k]
        ok, downscale_factor, = memo[input._a.shape, downscale_factor]
        a = st.run(leaf, input._a, downscale_factor, out=dest)
    except _MISS:
        return call(_pixel_unshuffle, pixel_unshuffle, (input, downscale_factor))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, downscale_factor)


_repeat = OPS['repeat']
_repeat_table = _repeat.table


def repeat(input, repeats):
    """Copied a number of times along each dimension.

    aten::repeat(Tensor self, SymInt[] repeats) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _repeat_table[k]
        ok, repeats, = memo[input._a.shape, repeats]
        a = st.run(leaf, input._a, repeats, out=dest)
    except _MISS:
        return call(_repeat, repeat, (input, repeats))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, repeats)


_repeat_interleave_Tensor = OPS['repeat_interleave.Tensor']


def repeat_interleave_Tensor(repeats, *, output_size=None):
    """Index i, repeats[i] times.

    aten::repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor
    """
    return call(_repeat_interleave_Tensor, repeat_interleave_Tensor, (repeats, output_size))


_roll = OPS['roll']
_roll_table = _roll.table


def roll(input, shifts, dims=()):
    """Shifted along dimensions, what leaves at the end comes in at the front.

    aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _roll_table[k]
        ok, shifts, dims, = memo[input._a.shape, shifts, dims]
        a = st.run(leaf, input._a, shifts, dims, out=dest)
    except _MISS:
        return call(_roll, roll, (input, shifts, dims))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, shifts, dims)


_rot90 = OPS['rot90']
_rot90_table = _rot90.table


def rot90(input, k=1, dims=(0, 1)):
    """Turned by quarter turns in the plane of two dimensions.

    aten::rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _rot90_table[k]
        ok, k, dims, = memo[input._a.shape, k, dims]
        a = st.run(leaf, input._a, k, dims, out=dest)
    except _MISS:
        return call(_rot90, rot90, (input, k, dims))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, k, dims)


_stack = OPS['stack']


def stack(tensors, dim=0, *, out=None):
    """Joined along a new dimension.

    aten::stack(Tensor[] tensors, int dim=0) -> Tensor
    """
    return call(_stack, stack, (tensors, dim), out)


_trace = OPS['trace']
_trace_table = _trace.table


def trace(input):
    """Sum of a matrix's diagonal.

    aten::trace(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _trace_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_trace, trace, (input,))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_unfold_backward = OPS['unfold_backward']
_unfold_backward_table = _unfold_backward.table


def unfold_backward(grad_in, input_sizes, dim, size, step):
    """aten::unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor"""
    try:
        st = TL.st
        k = grad_in._k | st.bits
        leaf, dest, rec, dense, memo = _unfold_backward_table[k]
        ok, input_sizes, dim, size, step, = memo[grad_in._a.shape, input_sizes, dim, size, step]
        a = st.run(leaf, grad_in._a, input_sizes, dim, size, step, out=dest)
    except _MISS:
        return call(_unfold_backward, unfold_backward, (grad_in, input_sizes, dim, size, step))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_in, input_sizes, dim, size, step)
