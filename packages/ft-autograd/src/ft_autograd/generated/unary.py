"""Nodes and recorders of the `unary` family, generated from ft_autograd/rules/unary.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import unary as rules

_make = object.__new__


class AbsBackward0(Node):
    """Backward of aten::abs."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'abs'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.abs_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_abs(o, self):
    n = _make(AbsBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AcosBackward0(Node):
    """Backward of aten::acos."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'acos'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.acos_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_acos(o, self):
    n = _make(AcosBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AcoshBackward0(Node):
    """Backward of aten::acosh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'acosh'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.acosh_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_acosh(o, self):
    n = _make(AcoshBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AngleBackward0(Node):
    """Backward of aten::angle."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'angle'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.angle_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_angle(o, self):
    n = _make(AngleBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AsinBackward0(Node):
    """Backward of aten::asin."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'asin'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.asin_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_asin(o, self):
    n = _make(AsinBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AsinhBackward0(Node):
    """Backward of aten::asinh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'asinh'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.asinh_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_asinh(o, self):
    n = _make(AsinhBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AtanBackward0(Node):
    """Backward of aten::atan."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'atan'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.atan_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_atan(o, self):
    n = _make(AtanBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class AtanhBackward0(Node):
    """Backward of aten::atanh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'atanh'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.atanh_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_atanh(o, self):
    n = _make(AtanhBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class CeilBackward0(Node):
    """Backward of aten::ceil."""

    __slots__ = ()
    op_name = 'ceil'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.ceil_self(g=g)
        return (r_self,)


def record_ceil(o, self):
    n = _make(CeilBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class ConjPhysicalBackward0(Node):
    """Backward of aten::conj_physical."""

    __slots__ = ()
    op_name = 'conj_physical'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.conj_physical_self(g=g)
        return (r_self,)


def record_conj_physical(o, self):
    n = _make(ConjPhysicalBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class CosBackward0(Node):
    """Backward of aten::cos."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'cos'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.cos_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_cos(o, self):
    n = _make(CosBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class CoshBackward0(Node):
    """Backward of aten::cosh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'cosh'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.cosh_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_cosh(o, self):
    n = _make(CoshBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class Deg2radBackward0(Node):
    """Backward of aten::deg2rad."""

    __slots__ = ()
    op_name = 'deg2rad'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.deg2rad_self())
        return (r_self,)


def record_deg2rad(o, self):
    n = _make(Deg2radBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class ExpBackward0(Node):
    """Backward of aten::exp."""

    __slots__ = ('o_result',)
    op_name = 'exp'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.exp_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_exp(o, self):
    n = _make(ExpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class Exp2Backward0(Node):
    """Backward of aten::exp2."""

    __slots__ = ('o_result',)
    op_name = 'exp2'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.exp2_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_exp2(o, self):
    n = _make(Exp2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class Expm1Backward0(Node):
    """Backward of aten::expm1."""

    __slots__ = ('o_result',)
    op_name = 'expm1'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.expm1_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_expm1(o, self):
    n = _make(Expm1Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class FloorBackward0(Node):
    """Backward of aten::floor."""

    __slots__ = ()
    op_name = 'floor'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.ceil_self(g=g)
        return (r_self,)


def record_floor(o, self):
    n = _make(FloorBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class FracBackward0(Node):
    """Backward of aten::frac."""

    __slots__ = ()
    op_name = 'frac'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.frac_self(g=g)
        return (r_self,)


def record_frac(o, self):
    n = _make(FracBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class LogBackward0(Node):
    """Backward of aten::log."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.log_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log(o, self):
    n = _make(LogBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class Log10Backward0(Node):
    """Backward of aten::log10."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log10'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.log10_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log10(o, self):
    n = _make(Log10Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class Log1pBackward0(Node):
    """Backward of aten::log1p."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log1p'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.log1p_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log1p(o, self):
    n = _make(Log1pBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class Log2Backward0(Node):
    """Backward of aten::log2."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'log2'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.log2_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_log2(o, self):
    n = _make(Log2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class NanToNumBackward0(Node):
    """Backward of aten::nan_to_num."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'nan_to_num'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.nan_to_num_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_nan_to_num(o, self, nan, posinf, neginf):
    n = _make(NanToNumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class NegBackward0(Node):
    """Backward of aten::neg."""

    __slots__ = ()
    op_name = 'neg'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.neg_self_vjp(g=g)
        return (r_self,)


def record_neg(o, self):
    n = _make(NegBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class PositiveBackward0(Node):
    """Backward of aten::positive."""

    __slots__ = ()
    op_name = 'positive'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.frac_self(g=g)
        return (r_self,)


def record_positive(o, self):
    n = _make(PositiveBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class Rad2degBackward0(Node):
    """Backward of aten::rad2deg."""

    __slots__ = ()
    op_name = 'rad2deg'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.rad2deg_self())
        return (r_self,)


def record_rad2deg(o, self):
    n = _make(Rad2degBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class ReciprocalBackward0(Node):
    """Backward of aten::reciprocal."""

    __slots__ = ('o_result',)
    op_name = 'reciprocal'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.reciprocal_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_reciprocal(o, self):
    n = _make(ReciprocalBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class RoundBackward0(Node):
    """Backward of aten::round.decimals."""

    __slots__ = ()
    op_name = 'round.decimals'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.ceil_self(g=g)
        return (r_self,)


def record_round(o, self, decimals):
    n = _make(RoundBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class RsqrtBackward0(Node):
    """Backward of aten::rsqrt."""

    __slots__ = ('o_result',)
    op_name = 'rsqrt'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.rsqrt_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_rsqrt(o, self):
    n = _make(RsqrtBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class SgnBackward0(Node):
    """Backward of aten::sgn."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'sgn'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.sgn_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))
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


def record_sgn(o, self):
    n = _make(SgnBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    return o


class SigmoidBackward0(Node):
    """Backward of aten::sigmoid."""

    __slots__ = ('o_result',)
    op_name = 'sigmoid'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.sigmoid_self_vjp(g=g, result=unpack_output(self, self.o_result, 0))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_sigmoid(o, self):
    n = _make(SigmoidBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class SigmoidBackwardBackward0(Node):
    """Backward of aten::sigmoid_backward."""

    __slots__ = ('s_output', 'v_output', 's_grad_output', 'v_grad_output',)
    op_name = 'sigmoid_backward'
    n_outputs = 1

    def apply(self, g):
        n_grad_output, n_output = self.next
        r_grad_output = rules.sigmoid_backward_grad_output(g=g, output=unpack_input(self, self.s_output, self.v_output)) if n_grad_output is not None else None
        r_output = rules.sigmoid_backward_output(g=g, grad_output=unpack_input(self, self.s_grad_output, self.v_grad_output), output=unpack_input(self, self.s_output, self.v_output)) if n_output is not None else None
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


def record_sigmoid_backward(o, grad_output, output):
    n = _make(SigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        v = output._ver
        n.v_output = 0 if v is None else v[0]
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        v = grad_output._ver
        n.v_grad_output = 0 if v is None else v[0]
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


def record_sigmoid_backward_number(o, grad_output, output):
    n = _make(SigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        n.v_output = 0
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        v = grad_output._ver
        n.v_grad_output = 0 if v is None else v[0]
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


def record_sigmoid_backward_any(o, grad_output, output):
    n = _make(SigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    e1 = edge(output)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        n.v_output = version(output)
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        n.v_grad_output = version(grad_output)
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


class SignBackward0(Node):
    """Backward of aten::sign."""

    __slots__ = ()
    op_name = 'sign'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.ceil_self(g=g)
        return (r_self,)


def record_sign(o, self):
    n = _make(SignBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o


class SinBackward0(Node):
    """Backward of aten::sin."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sin'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.sin_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sin(o, self):
    n = _make(SinBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class SincBackward0(Node):
    """Backward of aten::sinc."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sinc'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.sinc_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sinc(o, self):
    n = _make(SincBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class SinhBackward0(Node):
    """Backward of aten::sinh."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'sinh'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.sinh_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_sinh(o, self):
    n = _make(SinhBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class SqrtBackward0(Node):
    """Backward of aten::sqrt."""

    __slots__ = ('o_result',)
    op_name = 'sqrt'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.sqrt_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_sqrt(o, self):
    n = _make(SqrtBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class SquareBackward0(Node):
    """Backward of aten::square."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'square'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.square_self(self=unpack_input(self, self.s_self, self.v_self)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_square(o, self):
    n = _make(SquareBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class TanBackward0(Node):
    """Backward of aten::tan."""

    __slots__ = ('o_result',)
    op_name = 'tan'
    n_outputs = 1

    def apply(self, g):
        r_self = times(g, rules.tan_self(result=unpack_output(self, self.o_result, 0)))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_tan(o, self):
    n = _make(TanBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class TanhBackward0(Node):
    """Backward of aten::tanh."""

    __slots__ = ('o_result',)
    op_name = 'tanh'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.tanh_self_vjp(g=g, result=unpack_output(self, self.o_result, 0))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_tanh(o, self):
    n = _make(TanhBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class TanhBackwardBackward0(Node):
    """Backward of aten::tanh_backward."""

    __slots__ = ('s_output', 'v_output', 's_grad_output', 'v_grad_output',)
    op_name = 'tanh_backward'
    n_outputs = 1

    def apply(self, g):
        n_grad_output, n_output = self.next
        r_grad_output = rules.tanh_backward_grad_output(g=g, output=unpack_input(self, self.s_output, self.v_output)) if n_grad_output is not None else None
        r_output = rules.tanh_backward_output(g=g, grad_output=unpack_input(self, self.s_grad_output, self.v_grad_output), output=unpack_input(self, self.s_output, self.v_output)) if n_output is not None else None
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


def record_tanh_backward(o, grad_output, output):
    n = _make(TanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (output._node or output) if output._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        v = output._ver
        n.v_output = 0 if v is None else v[0]
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        v = grad_output._ver
        n.v_grad_output = 0 if v is None else v[0]
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


def record_tanh_backward_number(o, grad_output, output):
    n = _make(TanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        n.v_output = 0
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        v = grad_output._ver
        n.v_grad_output = 0 if v is None else v[0]
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


def record_tanh_backward_any(o, grad_output, output):
    n = _make(TanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    e1 = edge(output)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_output = output
        n.v_output = version(output)
    else:
        n.s_output = Node
        n.v_output = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        n.v_grad_output = version(grad_output)
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


class TruncBackward0(Node):
    """Backward of aten::trunc."""

    __slots__ = ()
    op_name = 'trunc'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.ceil_self(g=g)
        return (r_self,)


def record_trunc(o, self):
    n = _make(TruncBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    return o
