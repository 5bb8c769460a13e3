"""Nodes and recorders of the `special` family, from ft_autograd/rules/special.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import special as rules


class DigammaBackward0(Node):
    """Backward of aten::digamma."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'digamma'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules._raw.polygamma(1, x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_digamma(made, self):
    node = DigammaBackward0()
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


class ErfBackward0(Node):
    """Backward of aten::erf."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'erf'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_self * x_self).neg().exp() * (2 / rules.sqrt(rules.pi)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_erf(made, self):
    node = ErfBackward0()
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


class ErfcBackward0(Node):
    """Backward of aten::erfc."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'erfc'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_self * x_self).neg().exp() * (-2 / rules.sqrt(rules.pi)))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_erfc(made, self):
    node = ErfcBackward0()
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


class ErfinvBackward0(Node):
    """Backward of aten::erfinv."""

    __slots__ = ('o_result',)
    op_name = 'erfinv'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_result * x_result).exp() * (rules.sqrt(rules.pi) / 2))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_erfinv(made, self):
    node = ErfinvBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class I0Backward0(Node):
    """Backward of aten::i0."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'i0'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules._raw.special_i1(x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_i0(made, self):
    node = I0Backward0()
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


class IgammaBackward0(Node):
    """Backward of aten::igamma."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'igamma'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.igamma_self(g) if n_self is not None else None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, rules._density(x_self, x_other))
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record_igamma(made, self, other):
    node = IgammaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_igamma_number(made, self, other):
    node = IgammaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_igamma_any(made, self, other):
    node = IgammaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    return made


class IgammacBackward0(Node):
    """Backward of aten::igammac."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'igammac'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.igammac_self(g) if n_self is not None else None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, -rules._density(x_self, x_other))
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record_igammac(made, self, other):
    node = IgammacBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_igammac_number(made, self, other):
    node = IgammacBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_igammac_any(made, self, other):
    node = IgammacBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    return made


class LgammaBackward0(Node):
    """Backward of aten::lgamma."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'lgamma'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self.digamma())
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_lgamma(made, self):
    node = LgammaBackward0()
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


class LogitBackward0(Node):
    """Backward of aten::logit."""

    __slots__ = ('s_self', 'v_self', 'p_eps',)
    op_name = 'logit'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules._raw.logit_backward(g, x_self, self.p_eps)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_eps(self):
        return self.p_eps


def record_logit(made, self, eps):
    node = LogitBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_eps = eps
    return made


class MvlgammaBackward0(Node):
    """Backward of aten::mvlgamma."""

    __slots__ = ('s_self', 'v_self', 'p_p',)
    op_name = 'mvlgamma'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.mvlgamma_self(x_self, self.p_p))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_p(self):
        return self.p_p


def record_mvlgamma(made, self, p):
    node = MvlgammaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_p = p
    return made


class PolygammaBackward0(Node):
    """Backward of aten::polygamma."""

    __slots__ = ('s_self', 'v_self', 'p_n',)
    op_name = 'polygamma'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules._raw.polygamma(self.p_n + 1, x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_n(self):
        return self.p_n


def record_polygamma(made, n, self):
    node = PolygammaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_n = n
    return made


class SpecialEntrBackward0(Node):
    """Backward of aten::special_entr."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'special_entr'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.torch.where(x_self > 0, -x_self.log() - 1, rules.torch.where(x_self == 0, float('inf'), float('nan'))))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_special_entr(made, self):
    node = SpecialEntrBackward0()
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


class SpecialErfcxBackward0(Node):
    """Backward of aten::special_erfcx."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'special_erfcx'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self * x_result * 2 - 2 / rules.sqrt(rules.pi))
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


def record_special_erfcx(made, self):
    node = SpecialErfcxBackward0()
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


class SpecialI0EBackward0(Node):
    """Backward of aten::special_i0e."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'special_i0e'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.i0e_self(x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_special_i0e(made, self):
    node = SpecialI0EBackward0()
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


class SpecialI1Backward0(Node):
    """Backward of aten::special_i1."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'special_i1'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, x_self.i0() - rules._over(x_result, x_self))
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


def record_special_i1(made, self):
    node = SpecialI1Backward0()
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


class SpecialI1EBackward0(Node):
    """Backward of aten::special_i1e."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'special_i1e'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, rules._raw.special_i0e(x_self) - x_result * x_self.sgn() - rules._over(x_result, x_self))
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


def record_special_i1e(made, self):
    node = SpecialI1EBackward0()
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


class SpecialLogNdtrBackward0(Node):
    """Backward of aten::special_log_ndtr."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'special_log_ndtr'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = (times if self.k & COMPLEX else mul)(g, rules.log_ndtr_self(x_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_special_log_ndtr(made, self):
    node = SpecialLogNdtrBackward0()
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


class SpecialNdtriBackward0(Node):
    """Backward of aten::special_ndtri."""

    __slots__ = ('o_result',)
    op_name = 'special_ndtri'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = (times if self.k & COMPLEX else mul)(g, (x_result * x_result / 2).exp() * rules.sqrt(2 * rules.pi))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_special_ndtri(made, self):
    node = SpecialNdtriBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class SpecialXlog1PyBackward0(Node):
    """Backward of aten::special_xlog1py."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'special_xlog1py'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_self = rules.torch.where((x_self == 0) & (x_other <= -1), 0.0, rules._raw.special_xlog1py(g, rules.conjugated(x_other)))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = g * rules.conjugated(x_self) / rules.conjugated(x_other + 1)
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record_special_xlog1py(made, self, other):
    node = SpecialXlog1PyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_special_xlog1py_number(made, self, other):
    node = SpecialXlog1PyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_special_xlog1py_any(made, self, other):
    node = SpecialXlog1PyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    return made


class SpecialZetaBackward0(Node):
    """Backward of aten::special_zeta."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'special_zeta'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.zeta_self(g) if n_self is not None else None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, -x_self * rules._raw.special_zeta(x_self + 1, x_other))
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record_special_zeta(made, self, other):
    node = SpecialZetaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_special_zeta_number(made, self, other):
    node = SpecialZetaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    return made


def record_special_zeta_any(made, self, other):
    node = SpecialZetaBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e1 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    return made
