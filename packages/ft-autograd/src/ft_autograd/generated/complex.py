"""Nodes and recorders of the `complex` family, from ft_autograd/rules/complex.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import complex as rules


class ConjBackward0(Node):
    """Backward of aten::_conj."""

    __slots__ = ()
    op_name = '_conj'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.conj()
        return (r_self,)


def record__conj(made, self):
    node = ConjBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class NegViewBackward0(Node):
    """Backward of aten::_neg_view."""

    __slots__ = ()
    op_name = '_neg_view'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = g.neg()
        return (r_self,)


def record__neg_view(made, self):
    node = NegViewBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ComplexBackward0(Node):
    """Backward of aten::complex."""

    __slots__ = ()
    op_name = 'complex'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_real, n_imag = self.next
        r_real, r_imag = (g.real if (n_real is not None, n_imag is not None)[0] else None, g.imag if (n_real is not None, n_imag is not None)[1] else None)
        return (r_real, r_imag,)


def record_complex(made, real, imag):
    node = ComplexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (real._node or real) if real._k & 1 else None
    e1 = (imag._node or imag) if imag._k & 1 else None
    node.next = (e0, e1,)
    return made


def record_complex_number(made, real, imag):
    node = ComplexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (real._node or real) if real._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    return made


def record_complex_any(made, real, imag):
    node = ComplexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(real)
    e1 = edge(imag)
    node.next = (e0, e1,)
    return made


class PolarBackward0(Node):
    """Backward of aten::polar."""

    __slots__ = ('o_result',)
    op_name = 'polar'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_abs, n_angle = self.next
        x_result = unpack_output(self, self.o_result, 0)
        r_abs, r_angle = rules.polar_vjp(g, x_result, (n_abs is not None, n_angle is not None,))
        return (r_abs, r_angle,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_polar(made, abs, angle):
    node = PolarBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (abs._node or abs) if abs._k & 1 else None
    e1 = (angle._node or angle) if angle._k & 1 else None
    node.next = (e0, e1,)
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


def record_polar_number(made, abs, angle):
    node = PolarBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (abs._node or abs) if abs._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


def record_polar_any(made, abs, angle):
    node = PolarBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(abs)
    e1 = edge(angle)
    node.next = (e0, e1,)
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


class ViewAsComplexBackward0(Node):
    """Backward of aten::view_as_complex."""

    __slots__ = ()
    op_name = 'view_as_complex'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.view_as_real(g.resolve_conj())
        return (r_self,)


def record_view_as_complex(made, self):
    node = ViewAsComplexBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ViewAsRealBackward0(Node):
    """Backward of aten::view_as_real."""

    __slots__ = ()
    op_name = 'view_as_real'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.torch.view_as_complex(g.contiguous())
        return (r_self,)


def record_view_as_real(made, self):
    node = ViewAsRealBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made
