"""Nodes and recorders of the `unary` family, from ft_autograd/rules/unary.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import unary as rules


class AbsBackward0(Node):
    """Backward of aten::abs."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'abs'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g * x_self.sgn()
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_abs(made, self):
    node = AbsBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AcosBackward0(Node):
    """Backward of aten::acos."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'acos'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, -(1 - x_self * x_self).rsqrt())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_acos(made, self):
    node = AcosBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AcoshBackward0(Node):
    """Backward of aten::acosh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'acosh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_self + 1).rsqrt() * (x_self - 1).rsqrt() if x_self.is_complex() else (x_self * x_self - 1).rsqrt())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_acosh(made, self):
    node = AcoshBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AngleBackward0(Node):
    """Backward of aten::angle."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'angle'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.angle_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_angle(made, self):
    node = AngleBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AsinBackward0(Node):
    """Backward of aten::asin."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'asin'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, (1 - x_self * x_self).rsqrt())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_asin(made, self):
    node = AsinBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AsinhBackward0(Node):
    """Backward of aten::asinh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'asinh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_self * x_self + 1).rsqrt())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_asinh(made, self):
    node = AsinhBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AtanBackward0(Node):
    """Backward of aten::atan."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'atan'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / rules._conjugate(x_self * x_self + 1)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_atan(made, self):
    node = AtanBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class AtanhBackward0(Node):
    """Backward of aten::atanh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'atanh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / rules._conjugate(1 - x_self * x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_atanh(made, self):
    node = AtanhBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class CeilBackward0(Node):
    """Backward of aten::ceil."""

    __slots__ = ()
    op_name = 'ceil'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_ceil(made, self):
    node = CeilBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ConjPhysicalBackward0(Node):
    """Backward of aten::conj_physical."""

    __slots__ = ()
    op_name = 'conj_physical'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = g.conj_physical()
        return (r_self,)


def record_conj_physical(made, self):
    node = ConjPhysicalBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class CosBackward0(Node):
    """Backward of aten::cos."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'cos'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, -x_self.sin())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_cos(made, self):
    node = CosBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class CoshBackward0(Node):
    """Backward of aten::cosh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'cosh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self.sinh())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_cosh(made, self):
    node = CoshBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class Deg2RadBackward0(Node):
    """Backward of aten::deg2rad."""

    __slots__ = ()
    op_name = 'deg2rad'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = (times if self.k & COMPLEX else mul)(g, rules.pi / 180)
        return (r_self,)


def record_deg2rad(made, self):
    node = Deg2RadBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ExpBackward0(Node):
    """Backward of aten::exp."""

    __slots__ = ('o_result',)
    op_name = 'exp'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_result)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_exp(made, self):
    node = ExpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class Exp2Backward0(Node):
    """Backward of aten::exp2."""

    __slots__ = ('o_result',)
    op_name = 'exp2'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = g * rules._conjugate(x_result) * rules._log(2)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_exp2(made, self):
    node = Exp2Backward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class Expm1Backward0(Node):
    """Backward of aten::expm1."""

    __slots__ = ('o_result',)
    op_name = 'expm1'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_result + 1)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_expm1(made, self):
    node = Expm1Backward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class FloorBackward0(Node):
    """Backward of aten::floor."""

    __slots__ = ()
    op_name = 'floor'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_floor(made, self):
    node = FloorBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class FracBackward0(Node):
    """Backward of aten::frac."""

    __slots__ = ()
    op_name = 'frac'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = g
        return (r_self,)


def record_frac(made, self):
    node = FracBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class LogBackward0(Node):
    """Backward of aten::log."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / rules._conjugate(x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log(made, self):
    node = LogBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class Log10Backward0(Node):
    """Backward of aten::log10."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log10'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / (rules._conjugate(x_self) * rules._log(10))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log10(made, self):
    node = Log10Backward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class Log1PBackward0(Node):
    """Backward of aten::log1p."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log1p'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / rules._conjugate(x_self + 1)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log1p(made, self):
    node = Log1PBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class Log2Backward0(Node):
    """Backward of aten::log2."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log2'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g / (rules._conjugate(x_self) * rules._log(2))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log2(made, self):
    node = Log2Backward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class NanToNumBackward0(Node):
    """Backward of aten::nan_to_num."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'nan_to_num'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g * rules.torch.isfinite(x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_nan_to_num(made, self, nan, posinf, neginf):
    node = NanToNumBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class NegBackward0(Node):
    """Backward of aten::neg."""

    __slots__ = ()
    op_name = 'neg'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = g.neg()
        return (r_self,)


def record_neg(made, self):
    node = NegBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class Rad2DegBackward0(Node):
    """Backward of aten::rad2deg."""

    __slots__ = ()
    op_name = 'rad2deg'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = (times if self.k & COMPLEX else mul)(g, 180 / rules.pi)
        return (r_self,)


def record_rad2deg(made, self):
    node = Rad2DegBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class ReciprocalBackward0(Node):
    """Backward of aten::reciprocal."""

    __slots__ = ('o_result',)
    op_name = 'reciprocal'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, -(x_result * x_result))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_reciprocal(made, self):
    node = ReciprocalBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class RoundBackward0(Node):
    """Backward of aten::round.decimals."""

    __slots__ = ()
    op_name = 'round.decimals'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_round(made, self, decimals):
    node = RoundBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class RsqrtBackward0(Node):
    """Backward of aten::rsqrt."""

    __slots__ = ('o_result',)
    op_name = 'rsqrt'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_result ** 3 * -0.5)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_rsqrt(made, self):
    node = RsqrtBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class SgnBackward0(Node):
    """Backward of aten::sgn."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'sgn'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.sgn_self(g, x_self, x_result)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_sgn(made, self):
    node = SgnBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result = save_output(made)
    return made


class SigmoidBackward0(Node):
    """Backward of aten::sigmoid."""

    __slots__ = ('o_result',)
    op_name = 'sigmoid'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw.sigmoid_backward(g, x_result)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_sigmoid(made, self):
    node = SigmoidBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class SigmoidBackwardBackward0(Node):
    """Backward of aten::sigmoid_backward."""

    __slots__ = ('s_output', 'v_output', 's_grad_output', 'v_grad_output',)
    op_name = 'sigmoid_backward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_output = self.next
        if n_grad_output is not None:
            x_output = self.s_output
            if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
                x_output = unpack_input(self, x_output, self.v_output)
            r_grad_output = rules.torch.raw.sigmoid_backward(g, rules._conjugate(x_output))
        else:
            r_grad_output = None
        if n_output is not None:
            x_grad_output = self.s_grad_output
            if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
                x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
            x_output = self.s_output
            if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
                x_output = unpack_input(self, x_output, self.v_output)
            r_output = rules._conjugate(g) * x_grad_output * (1 - rules._conjugate(x_output) * 2)
        else:
            r_output = None
        return (r_grad_output, r_output,)

    def release(self):
        self.s_output = Node
        self.s_grad_output = Node

    @property
    def _saved_output(self):
        return unpack_input(self, self.s_output, self.v_output)

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)


def record_sigmoid_backward(made, grad_output, output):
    node = SigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        cell = output._ver
        node.v_output = 0 if cell is None else cell[0]
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


def record_sigmoid_backward_number(made, grad_output, output):
    node = SigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        node.v_output = 0
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


def record_sigmoid_backward_any(made, grad_output, output):
    node = SigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    e1 = edge(output)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        node.v_output = version(output)
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        node.v_grad_output = version(grad_output)
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


class SignBackward0(Node):
    """Backward of aten::sign."""

    __slots__ = ()
    op_name = 'sign'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_sign(made, self):
    node = SignBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made


class SinBackward0(Node):
    """Backward of aten::sin."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sin'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self.cos())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sin(made, self):
    node = SinBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class SincBackward0(Node):
    """Backward of aten::sinc."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sinc'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.sinc_self(x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sinc(made, self):
    node = SincBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class SinhBackward0(Node):
    """Backward of aten::sinh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sinh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self.cosh())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sinh(made, self):
    node = SinhBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class SqrtBackward0(Node):
    """Backward of aten::sqrt."""

    __slots__ = ('o_result',)
    op_name = 'sqrt'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = g / (rules._conjugate(x_result) * 2)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_sqrt(made, self):
    node = SqrtBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class SquareBackward0(Node):
    """Backward of aten::square."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'square'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self * 2)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_square(made, self):
    node = SquareBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class TanBackward0(Node):
    """Backward of aten::tan."""

    __slots__ = ('o_result',)
    op_name = 'tan'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_result * x_result + 1)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_tan(made, self):
    node = TanBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class TanhBackward0(Node):
    """Backward of aten::tanh."""

    __slots__ = ('o_result',)
    op_name = 'tanh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw.tanh_backward(g, x_result)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_tanh(made, self):
    node = TanhBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class TanhBackwardBackward0(Node):
    """Backward of aten::tanh_backward."""

    __slots__ = ('s_output', 'v_output', 's_grad_output', 'v_grad_output',)
    op_name = 'tanh_backward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_output = self.next
        if n_grad_output is not None:
            x_output = self.s_output
            if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
                x_output = unpack_input(self, x_output, self.v_output)
            r_grad_output = rules.torch.raw.tanh_backward(g, rules._conjugate(x_output))
        else:
            r_grad_output = None
        if n_output is not None:
            x_grad_output = self.s_grad_output
            if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
                x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
            x_output = self.s_output
            if not ((x_output.__class__ is Tensor or x_output.__class__ is Parameter) and (x_output._ver or FIRST)[0] == self.v_output):
                x_output = unpack_input(self, x_output, self.v_output)
            r_output = rules._conjugate(g) * x_grad_output * rules._conjugate(x_output) * -2
        else:
            r_output = None
        return (r_grad_output, r_output,)

    def release(self):
        self.s_output = Node
        self.s_grad_output = Node

    @property
    def _saved_output(self):
        return unpack_input(self, self.s_output, self.v_output)

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)


def record_tanh_backward(made, grad_output, output):
    node = TanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        cell = output._ver
        node.v_output = 0 if cell is None else cell[0]
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


def record_tanh_backward_number(made, grad_output, output):
    node = TanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        node.v_output = 0
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


def record_tanh_backward_any(made, grad_output, output):
    node = TanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    e1 = edge(output)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_output = output
        node.v_output = version(output)
    else:
        node.s_output = Node
        node.v_output = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        node.v_grad_output = version(grad_output)
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


class TruncBackward0(Node):
    """Backward of aten::trunc."""

    __slots__ = ()
    op_name = 'trunc'
    n_outputs = 1
    traits = FRESH | EXACT | SINGLE

    def apply(self, g):
        r_self = rules.torch.zeros_like(g)
        return (r_self,)


def record_trunc(made, self):
    node = TruncBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    return made
