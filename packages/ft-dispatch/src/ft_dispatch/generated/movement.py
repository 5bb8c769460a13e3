"""Wrappers of the `movement` family, generated from ft_dispatch/ops/movement.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op_cat = OPS['cat']
table_cat = op_cat.table


def cat(tensors, dim=0, *, out=None):
    """Joined along a dimension.

    aten::cat(Tensor[] tensors, int dim=0) -> Tensor
    """
    try:
        st = TL.st
        keys = st.bits
        for t in tensors:
            keys |= t._k
        leaf, dest, rec, _, memo = table_cat[keys]
        if out is not None:
            raise KeyError
        ok, dim, = memo[tuple([t._a.shape for t in tensors]), dim]
        arr = st.run(leaf, [t._a for t in tensors], dim, out=dest)
    except _MISS:
        return call(op_cat, cat, (tensors, dim), out)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, tuple(tensors), dim)


op_channel_shuffle = OPS['channel_shuffle']
table_channel_shuffle = op_channel_shuffle.table


def channel_shuffle(input, groups):
    """Channels of `groups` groups dealt round.

    aten::channel_shuffle(Tensor self, SymInt groups) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_channel_shuffle[keys]
        leaf, ok, groups, = memo[input._a.shape, groups]
        arr = st.run(leaf, input._a, groups, out=dest)
    except _MISS:
        return call(op_channel_shuffle, channel_shuffle, (input, groups))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, groups)


op_constant_pad_nd = OPS['constant_pad_nd']
table_constant_pad_nd = op_constant_pad_nd.table


def constant_pad_nd(input, pad, value=0):
    """Borders of one number; negative widths cut off. Pairs count from the last dimension.

    aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_constant_pad_nd[keys]
        if pad.__class__ is list:
            pad = tuple(pad)
        leaf, ok, pad, value, = memo[input._a.shape, pad, value]
        arr = st.run(leaf, input._a, pad, value, out=dest)
    except _MISS:
        return call(op_constant_pad_nd, constant_pad_nd, (input, pad, value))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, pad, value)


op_diag_embed = OPS['diag_embed']
table_diag_embed = op_diag_embed.table


def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    """The last dimension as diagonal of two new ones.

    aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_diag_embed[keys]
        leaf, ok, offset, dim1, dim2, = memo[input._a.shape, offset, dim1, dim2]
        arr = st.run(leaf, input._a, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(op_diag_embed, diag_embed, (input, offset, dim1, dim2))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, offset, dim1, dim2)


op_diagonal_backward = OPS['diagonal_backward']
table_diagonal_backward = op_diagonal_backward.table


def diagonal_backward(grad_output, input_sizes, offset, dim1, dim2):
    """Zeros of input_sizes with the cotangent on a diagonal.

    aten::diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | st.bits
        dest, rec, dense, memo = table_diagonal_backward[keys]
        if input_sizes.__class__ is list:
            input_sizes = tuple(input_sizes)
        leaf, ok, input_sizes, offset, dim1, dim2, = memo[grad_output._a.shape, input_sizes, offset, dim1, dim2]
        arr = st.run(leaf, grad_output._a, input_sizes, offset, dim1, dim2, out=dest)
    except _MISS:
        return call(op_diagonal_backward, diagonal_backward, (grad_output, input_sizes, offset, dim1, dim2))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input_sizes, offset, dim1, dim2)


op_flip = OPS['flip']
table_flip = op_flip.table


def flip(input, dims):
    """Order of the elements reversed along dimensions.

    aten::flip(Tensor self, int[] dims) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_flip[keys]
        if dims.__class__ is list:
            dims = tuple(dims)
        leaf, ok, dims, = memo[input._a.shape, dims]
        arr = st.run(leaf, input._a, dims, out=dest)
    except _MISS:
        return call(op_flip, flip, (input, dims))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dims)


op_pixel_shuffle = OPS['pixel_shuffle']
table_pixel_shuffle = op_pixel_shuffle.table


def pixel_shuffle(input, upscale_factor):
    """Channels spread over r by r pixels.

    aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_pixel_shuffle[keys]
        leaf, ok, upscale_factor, = memo[input._a.shape, upscale_factor]
        arr = st.run(leaf, input._a, upscale_factor, out=dest)
    except _MISS:
        return call(op_pixel_shuffle, pixel_shuffle, (input, upscale_factor))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, upscale_factor)


op_pixel_unshuffle = OPS['pixel_unshuffle']
table_pixel_unshuffle = op_pixel_unshuffle.table


def pixel_unshuffle(input, downscale_factor):
    """r by r pixels gathered into channels.

    aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_pixel_unshuffle[keys]
        leaf, ok, downscale_factor, = memo[input._a.shape, downscale_factor]
        arr = st.run(leaf, input._a, downscale_factor, out=dest)
    except _MISS:
        return call(op_pixel_unshuffle, pixel_unshuffle, (input, downscale_factor))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, downscale_factor)


op_repeat = OPS['repeat']
table_repeat = op_repeat.table


def repeat(input, repeats):
    """Copied a number of times along each dimension.

    aten::repeat(Tensor self, SymInt[] repeats) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_repeat[keys]
        if repeats.__class__ is list:
            repeats = tuple(repeats)
        leaf, ok, repeats, = memo[input._a.shape, repeats]
        arr = st.run(leaf, input._a, repeats, out=dest)
    except _MISS:
        return call(op_repeat, repeat, (input, repeats))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, repeats)


op_repeat_interleave_Tensor = OPS['repeat_interleave.Tensor']


def repeat_interleave_Tensor(repeats, *, output_size=None):
    """Index i, repeats[i] times.

    aten::repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor
    """
    return call(op_repeat_interleave_Tensor, repeat_interleave_Tensor, (repeats, output_size))


op_roll = OPS['roll']
table_roll = op_roll.table


def roll(input, shifts, dims=()):
    """Shifted along dimensions, what leaves at the end comes in at the front.

    aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_roll[keys]
        if shifts.__class__ is list:
            shifts = tuple(shifts)
        if dims.__class__ is list:
            dims = tuple(dims)
        leaf, ok, shifts, dims, = memo[input._a.shape, shifts, dims]
        arr = st.run(leaf, input._a, shifts, dims, out=dest)
    except _MISS:
        return call(op_roll, roll, (input, shifts, dims))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, shifts, dims)


op_rot90 = OPS['rot90']
table_rot90 = op_rot90.table


def rot90(input, k=1, dims=(0, 1)):
    """Turned by quarter turns in the plane of two dimensions.

    aten::rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_rot90[keys]
        if dims.__class__ is list:
            dims = tuple(dims)
        leaf, ok, k, dims, = memo[input._a.shape, k, dims]
        arr = st.run(leaf, input._a, k, dims, out=dest)
    except _MISS:
        return call(op_rot90, rot90, (input, k, dims))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, k, dims)


op_stack = OPS['stack']
table_stack = op_stack.table


def stack(tensors, dim=0, *, out=None):
    """Joined along a new dimension.

    aten::stack(Tensor[] tensors, int dim=0) -> Tensor
    """
    try:
        st = TL.st
        keys = st.bits
        for t in tensors:
            keys |= t._k
        leaf, dest, rec, _, memo = table_stack[keys]
        if out is not None:
            raise KeyError
        ok, dim, = memo[tuple([t._a.shape for t in tensors]), dim]
        arr = st.run(leaf, [t._a for t in tensors], dim, out=dest)
    except _MISS:
        return call(op_stack, stack, (tensors, dim), out)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, tuple(tensors), dim)


op_trace = OPS['trace']
table_trace = op_trace.table


def trace(input):
    """Sum of a matrix's diagonal.

    aten::trace(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_trace[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_trace, trace, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_unfold_backward = OPS['unfold_backward']
table_unfold_backward = op_unfold_backward.table


def unfold_backward(grad_in, input_sizes, dim, size, step):
    """Cotangents of overlapping windows, added up where they came from.

    aten::unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_in._k | st.bits
        dest, rec, dense, memo = table_unfold_backward[keys]
        if input_sizes.__class__ is list:
            input_sizes = tuple(input_sizes)
        leaf, ok, input_sizes, dim, size, step, = memo[grad_in._a.shape, input_sizes, dim, size, step]
        arr = st.run(leaf, grad_in._a, input_sizes, dim, size, step, out=dest)
    except _MISS:
        return call(op_unfold_backward, unfold_backward, (grad_in, input_sizes, dim, size, step))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_in, input_sizes, dim, size, step)
