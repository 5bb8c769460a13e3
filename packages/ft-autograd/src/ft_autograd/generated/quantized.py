"""Nodes and recorders of the `quantized` family, from ft_autograd/rules/quantized.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import quantized as rules


class FakeQuantizePerTensorAffineCachemaskTensorQparamsBackward0(Node):
    """Backward of aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams."""

    __slots__ = ('o_mask',)
    op_name = '_fake_quantize_per_tensor_affine_cachemask_tensor_qparams'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = unpack_output(self, self.o_mask, 1)
        r_self = g[0] * x_mask
        return (r_self,)

    def release(self):
        self.o_mask = None

    @property
    def _saved_mask(self):
        return unpack_output(self, self.o_mask, 1)


def record__fake_quantize_per_tensor_affine_cachemask_tensor_qparams(made, self, scale, zero_point, fake_quant_enabled, quant_min, quant_max):
    node = FakeQuantizePerTensorAffineCachemaskTensorQparamsBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    node.o_mask = save_output(made[1]) if e0 is not None else None
    return made


class FakeQuantizePerChannelAffineCachemaskBackward0(Node):
    """Backward of aten::fake_quantize_per_channel_affine_cachemask."""

    __slots__ = ('o_mask',)
    op_name = 'fake_quantize_per_channel_affine_cachemask'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = unpack_output(self, self.o_mask, 1)
        r_self = g[0] * x_mask
        return (r_self,)

    def release(self):
        self.o_mask = None

    @property
    def _saved_mask(self):
        return unpack_output(self, self.o_mask, 1)


def record_fake_quantize_per_channel_affine_cachemask(made, self, scale, zero_point, axis, quant_min, quant_max):
    node = FakeQuantizePerChannelAffineCachemaskBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    node.o_mask = save_output(made[1]) if e0 is not None else None
    return made


class FakeQuantizePerTensorAffineCachemaskBackward0(Node):
    """Backward of aten::fake_quantize_per_tensor_affine_cachemask."""

    __slots__ = ('o_mask',)
    op_name = 'fake_quantize_per_tensor_affine_cachemask'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = unpack_output(self, self.o_mask, 1)
        r_self = g[0] * x_mask
        return (r_self,)

    def release(self):
        self.o_mask = None

    @property
    def _saved_mask(self):
        return unpack_output(self, self.o_mask, 1)


def record_fake_quantize_per_tensor_affine_cachemask(made, self, scale, zero_point, quant_min, quant_max):
    node = FakeQuantizePerTensorAffineCachemaskBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.o_mask = save_output(made[1])
    return made
