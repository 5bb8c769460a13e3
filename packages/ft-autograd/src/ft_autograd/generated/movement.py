"""Nodes and recorders of the `movement` family, from ft_autograd/rules/movement.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import movement as rules


class CatBackward0(Node):
    """Backward of aten::cat."""

    __slots__ = ('p_dim', 'p_tensors_shapes',)
    op_name = 'cat'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        r_tensors = rules.cat_tensors(g, self.p_tensors_shapes, self.p_dim)
        return (r_tensors,)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_cat(made, tensors, dim):
    node = CatBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = tuple([edge(t) for t in tensors])
    node.next = (e0,)
    node.p_dim = dim
    node.p_tensors_shapes = [tuple(t.shape) for t in tensors]
    return made


class ChannelShuffleBackward0(Node):
    """Backward of aten::channel_shuffle."""

    __slots__ = ('p_groups',)
    op_name = 'channel_shuffle'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.channel_shuffle(g, g.shape[1] // self.p_groups)
        return (r_self,)

    @property
    def _saved_groups(self):
        return self.p_groups


def record_channel_shuffle(made, self, groups):
    node = ChannelShuffleBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_groups = groups
    return made


class ConstantPadNdBackward0(Node):
    """Backward of aten::constant_pad_nd."""

    __slots__ = ('p_pad',)
    op_name = 'constant_pad_nd'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.constant_pad_nd_self(g, self.p_pad)
        return (r_self,)

    @property
    def _saved_pad(self):
        return self.p_pad


def record_constant_pad_nd(made, self, pad, value):
    node = ConstantPadNdBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_pad = pad
    return made


class DiagEmbedBackward0(Node):
    """Backward of aten::diag_embed."""

    __slots__ = ('p_offset', 'p_dim1', 'p_dim2',)
    op_name = 'diag_embed'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.diagonal(self.p_offset, rules.wrap_dim(self.p_dim1, g.ndim), rules.wrap_dim(self.p_dim2, g.ndim))
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


def record_diag_embed(made, self, offset, dim1, dim2):
    node = DiagEmbedBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_offset = offset
    node.p_dim1 = dim1
    node.p_dim2 = dim2
    return made


class FlipBackward0(Node):
    """Backward of aten::flip."""

    __slots__ = ('p_dims',)
    op_name = 'flip'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.flip(self.p_dims)
        return (r_self,)

    @property
    def _saved_dims(self):
        return self.p_dims


def record_flip(made, self, dims):
    node = FlipBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dims = dims
    return made


class PixelShuffleBackward0(Node):
    """Backward of aten::pixel_shuffle."""

    __slots__ = ('p_upscale_factor',)
    op_name = 'pixel_shuffle'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.pixel_unshuffle(g, self.p_upscale_factor)
        return (r_self,)

    @property
    def _saved_upscale_factor(self):
        return self.p_upscale_factor


def record_pixel_shuffle(made, self, upscale_factor):
    node = PixelShuffleBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_upscale_factor = upscale_factor
    return made


class PixelUnshuffleBackward0(Node):
    """Backward of aten::pixel_unshuffle."""

    __slots__ = ('p_downscale_factor',)
    op_name = 'pixel_unshuffle'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.pixel_shuffle(g, self.p_downscale_factor)
        return (r_self,)

    @property
    def _saved_downscale_factor(self):
        return self.p_downscale_factor


def record_pixel_unshuffle(made, self, downscale_factor):
    node = PixelUnshuffleBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_downscale_factor = downscale_factor
    return made


class RepeatBackward0(Node):
    """Backward of aten::repeat."""

    __slots__ = ('p_repeats', 'p_self_shape',)
    op_name = 'repeat'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.repeat_self(g, self.p_self_shape, self.p_repeats)
        return (r_self,)

    @property
    def _saved_repeats(self):
        return self.p_repeats


def record_repeat(made, self, repeats):
    node = RepeatBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_repeats = repeats
    node.p_self_shape = self._a.shape
    return made


class RollBackward0(Node):
    """Backward of aten::roll."""

    __slots__ = ('p_shifts', 'p_dims',)
    op_name = 'roll'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.roll_self(g, self.p_shifts, self.p_dims)
        return (r_self,)

    @property
    def _saved_shifts(self):
        return self.p_shifts

    @property
    def _saved_dims(self):
        return self.p_dims


def record_roll(made, self, shifts, dims):
    node = RollBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_shifts = shifts
    node.p_dims = dims
    return made


class Rot90Backward0(Node):
    """Backward of aten::rot90."""

    __slots__ = ('p_k', 'p_dims',)
    op_name = 'rot90'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.rot90(-self.p_k, self.p_dims)
        return (r_self,)

    @property
    def _saved_k(self):
        return self.p_k

    @property
    def _saved_dims(self):
        return self.p_dims


def record_rot90(made, self, k, dims):
    node = Rot90Backward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_k = k
    node.p_dims = dims
    return made


class StackBackward0(Node):
    """Backward of aten::stack."""

    __slots__ = ('p_dim',)
    op_name = 'stack'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        r_tensors = list(g.unbind(self.p_dim))
        return (r_tensors,)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_stack(made, tensors, dim):
    node = StackBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = tuple([edge(t) for t in tensors])
    node.next = (e0,)
    node.p_dim = dim
    return made


class TraceBackward0(Node):
    """Backward of aten::trace."""

    __slots__ = ('p_self_shape',)
    op_name = 'trace'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.trace_self(g, self.p_self_shape)
        return (r_self,)


def record_trace(made, self):
    node = TraceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_self_shape = self._a.shape
    return made
