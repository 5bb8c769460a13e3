"""Nodes and recorders of the `movement` family, generated from ft_autograd/rules/movement.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import movement as rules

_make = object.__new__


class CatBackward0(Node):
    """Backward of aten::cat."""

    __slots__ = ('s_tensors', 'v_tensors', 'p_dim',)
    op_name = 'cat'
    n_outputs = 1

    def apply(self, g):
        r_tensors = rules.cat_tensors(g=g, tensors=[unpack_input(self, t, v) for t, v in zip(self.s_tensors, self.v_tensors)], dim=self.p_dim)
        return (r_tensors,)

    def release(self):
        self.s_tensors = Node

    @property
    def _saved_dim(self):
        return self.p_dim


def record_cat(o, tensors, dim):
    n = _make(CatBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = tuple([edge(t) for t in tensors])
    n.next = (e0,)
    n.s_tensors = tensors
    n.v_tensors = [version(t) for t in tensors]
    n.p_dim = dim
    return o


class ChannelShuffleBackward0(Node):
    """Backward of aten::channel_shuffle."""

    __slots__ = ('p_groups',)
    op_name = 'channel_shuffle'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.channel_shuffle_self(g=g, groups=self.p_groups)
        return (r_self,)

    @property
    def _saved_groups(self):
        return self.p_groups


def record_channel_shuffle(o, self, groups):
    n = _make(ChannelShuffleBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_groups = groups
    return o


class ConstantPadNdBackward0(Node):
    """Backward of aten::constant_pad_nd."""

    __slots__ = ('p_pad',)
    op_name = 'constant_pad_nd'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.constant_pad_nd_self(g=g, pad=self.p_pad)
        return (r_self,)

    @property
    def _saved_pad(self):
        return self.p_pad


def record_constant_pad_nd(o, self, pad, value):
    n = _make(ConstantPadNdBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_pad = pad
    return o


class DiagEmbedBackward0(Node):
    """Backward of aten::diag_embed."""

    __slots__ = ('p_offset', 'p_dim1', 'p_dim2',)
    op_name = 'diag_embed'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.diag_embed_self(g=g, offset=self.p_offset, dim1=self.p_dim1, dim2=self.p_dim2)
        return (r_self,)

    @property
    def _saved_offset(self):
        return self.p_offset

    @property
    def _saved_dim1(self):
        return self.p_dim1

    @property
    def _saved_dim2(self):
        return self.p_dim2


def record_diag_embed(o, self, offset, dim1, dim2):
    n = _make(DiagEmbedBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_offset = offset
    n.p_dim1 = dim1
    n.p_dim2 = dim2
    return o


class FlipBackward0(Node):
    """Backward of aten::flip."""

    __slots__ = ('p_dims',)
    op_name = 'flip'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.flip_self(g=g, dims=self.p_dims)
        return (r_self,)

    @property
    def _saved_dims(self):
        return self.p_dims


def record_flip(o, self, dims):
    n = _make(FlipBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_dims = dims
    return o


class PixelShuffleBackward0(Node):
    """Backward of aten::pixel_shuffle."""

    __slots__ = ('p_upscale_factor',)
    op_name = 'pixel_shuffle'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.pixel_shuffle_self(g=g, upscale_factor=self.p_upscale_factor)
        return (r_self,)

    @property
    def _saved_upscale_factor(self):
        return self.p_upscale_factor


def record_pixel_shuffle(o, self, upscale_factor):
    n = _make(PixelShuffleBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_upscale_factor = upscale_factor
    return o


class PixelUnshuffleBackward0(Node):
    """Backward of aten::pixel_unshuffle."""

    __slots__ = ('p_downscale_factor',)
    op_name = 'pixel_unshuffle'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.pixel_unshuffle_self(g=g, downscale_factor=self.p_downscale_factor)
        return (r_self,)

    @property
    def _saved_downscale_factor(self):
        return self.p_downscale_factor


def record_pixel_unshuffle(o, self, downscale_factor):
    n = _make(PixelUnshuffleBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_downscale_factor = downscale_factor
    return o


class RepeatBackward0(Node):
    """Backward of aten::repeat."""

    __slots__ = ('p_repeats', 'p_self_shape',)
    op_name = 'repeat'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.repeat_self(g=g, self_shape=self.p_self_shape, repeats=self.p_repeats)
        return (r_self,)

    @property
    def _saved_repeats(self):
        return self.p_repeats


def record_repeat(o, self, repeats):
    n = _make(RepeatBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_repeats = repeats
    n.p_self_shape = tuple(self.shape)
    return o


class RollBackward0(Node):
    """Backward of aten::roll."""

    __slots__ = ('p_shifts', 'p_dims',)
    op_name = 'roll'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.roll_self(g=g, shifts=self.p_shifts, dims=self.p_dims)
        return (r_self,)

    @property
    def _saved_shifts(self):
        return self.p_shifts

    @property
    def _saved_dims(self):
        return self.p_dims


def record_roll(o, self, shifts, dims):
    n = _make(RollBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_shifts = shifts
    n.p_dims = dims
    return o


class Rot90Backward0(Node):
    """Backward of aten::rot90."""

    __slots__ = ('p_k', 'p_dims',)
    op_name = 'rot90'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.rot90_self(g=g, k=self.p_k, dims=self.p_dims)
        return (r_self,)

    @property
    def _saved_k(self):
        return self.p_k

    @property
    def _saved_dims(self):
        return self.p_dims


def record_rot90(o, self, k, dims):
    n = _make(Rot90Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_k = k
    n.p_dims = dims
    return o


class StackBackward0(Node):
    """Backward of aten::stack."""

    __slots__ = ('s_tensors', 'v_tensors', 'p_dim',)
    op_name = 'stack'
    n_outputs = 1

    def apply(self, g):
        r_tensors = rules.stack_tensors(g=g, tensors=[unpack_input(self, t, v) for t, v in zip(self.s_tensors, self.v_tensors)], dim=self.p_dim)
        return (r_tensors,)

    def release(self):
        self.s_tensors = Node

    @property
    def _saved_dim(self):
        return self.p_dim


def record_stack(o, tensors, dim):
    n = _make(StackBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = tuple([edge(t) for t in tensors])
    n.next = (e0,)
    n.s_tensors = tensors
    n.v_tensors = [version(t) for t in tensors]
    n.p_dim = dim
    return o


class TraceBackward0(Node):
    """Backward of aten::trace."""

    __slots__ = ('p_self_shape',)
    op_name = 'trace'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.trace_self(g=g, self_shape=self.p_self_shape)
        return (r_self,)


def record_trace(o, self):
    n = _make(TraceBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_self_shape = tuple(self.shape)
    return o
