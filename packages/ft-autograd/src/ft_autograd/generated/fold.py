"""Nodes and recorders of the `fold` family, from ft_autograd/rules/fold.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import fold as rules


class Col2ImBackward0(Node):
    """Backward of aten::col2im."""

    __slots__ = ('p_kernel_size', 'p_dilation', 'p_padding', 'p_stride',)
    op_name = 'col2im'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.raw.im2col(g, self.p_kernel_size, self.p_dilation, self.p_padding, self.p_stride)
        return (r_self,)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_stride(self):
        return self.p_stride


def record_col2im(made, self, output_size, kernel_size, dilation, padding, stride):
    node = Col2ImBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_kernel_size = kernel_size
    node.p_dilation = dilation
    node.p_padding = padding
    node.p_stride = stride
    return made


class Im2ColBackward0(Node):
    """Backward of aten::im2col."""

    __slots__ = ('p_kernel_size', 'p_dilation', 'p_padding', 'p_stride', 'p_self_shape',)
    op_name = 'im2col'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.im2col_self(g, self.p_self_shape, self.p_kernel_size, self.p_dilation, self.p_padding, self.p_stride)
        return (r_self,)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_stride(self):
        return self.p_stride


def record_im2col(made, self, kernel_size, dilation, padding, stride):
    node = Im2ColBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_kernel_size = kernel_size
    node.p_dilation = dilation
    node.p_padding = padding
    node.p_stride = stride
    node.p_self_shape = self._a.shape
    return made
