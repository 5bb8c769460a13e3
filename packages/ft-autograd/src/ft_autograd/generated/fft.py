"""Nodes and recorders of the `fft` family, from ft_autograd/rules/fft.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import fft as rules


class FftC2CBackward0(Node):
    """Backward of aten::_fft_c2c."""

    __slots__ = ('p_dim', 'p_normalization', 'p_forward',)
    op_name = '_fft_c2c'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules._raw._fft_c2c(g, self.p_dim, self.p_normalization, not self.p_forward)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_normalization(self):
        return self.p_normalization

    @property
    def _saved_forward(self):
        return self.p_forward


def record__fft_c2c(made, self, dim, normalization, forward):
    node = FftC2CBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_normalization = normalization
    node.p_forward = forward
    return made


class FftC2RBackward0(Node):
    """Backward of aten::_fft_c2r."""

    __slots__ = ('p_dim', 'p_normalization', 'p_last_dim_size',)
    op_name = '_fft_c2r'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.c2r_self(g, self.p_dim, self.p_normalization, self.p_last_dim_size)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_normalization(self):
        return self.p_normalization

    @property
    def _saved_last_dim_size(self):
        return self.p_last_dim_size


def record__fft_c2r(made, self, dim, normalization, last_dim_size):
    node = FftC2RBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_normalization = normalization
    node.p_last_dim_size = last_dim_size
    return made


class FftR2CBackward0(Node):
    """Backward of aten::_fft_r2c."""

    __slots__ = ('p_dim', 'p_normalization', 'p_onesided', 'p_self_shape',)
    op_name = '_fft_r2c'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.r2c_self(g, self.p_self_shape, self.p_dim, self.p_normalization, self.p_onesided)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_normalization(self):
        return self.p_normalization

    @property
    def _saved_onesided(self):
        return self.p_onesided


def record__fft_r2c(made, self, dim, normalization, onesided):
    node = FftR2CBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.p_dim = dim
    node.p_normalization = normalization
    node.p_onesided = onesided
    node.p_self_shape = self._a.shape
    return made
