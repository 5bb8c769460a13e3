"""Nodes and recorders of the `binary` family, from ft_autograd/rules/binary.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import binary as rules


class AddBackward0(Node):
    """Backward of aten::add.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'add.Tensor'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_other = self.next
        r_self = g if n_self is not None else None
        r_other = g if self.p_alpha == 1 else g * rules._conj(self.p_alpha) if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_add(made, self, other, alpha):
    node = AddBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_add_number(made, self, other, alpha):
    node = AddBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_add_any(made, self, other, alpha):
    node = AddBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


class AddcdivBackward0(Node):
    """Backward of aten::addcdiv."""

    __slots__ = ('s_tensor2', 'v_tensor2', 's_tensor1', 'v_tensor1', 'p_value',)
    op_name = 'addcdiv'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_tensor1, n_tensor2 = self.next
        r_self = (times if self.k & COMPLEX else mul)(g, 1) if n_self is not None else None
        if n_tensor1 is not None:
            x_tensor2 = self.s_tensor2
            if not ((x_tensor2.__class__ is Tensor or x_tensor2.__class__ is Parameter) and (x_tensor2._ver or FIRST)[0] == self.v_tensor2):
                x_tensor2 = unpack_input(self, x_tensor2, self.v_tensor2)
            r_tensor1 = (times if self.k & COMPLEX else mul)(g, rules.torch.div(self.p_value, x_tensor2))
        else:
            r_tensor1 = None
        if n_tensor2 is not None:
            x_tensor1 = self.s_tensor1
            if not ((x_tensor1.__class__ is Tensor or x_tensor1.__class__ is Parameter) and (x_tensor1._ver or FIRST)[0] == self.v_tensor1):
                x_tensor1 = unpack_input(self, x_tensor1, self.v_tensor1)
            x_tensor2 = self.s_tensor2
            if not ((x_tensor2.__class__ is Tensor or x_tensor2.__class__ is Parameter) and (x_tensor2._ver or FIRST)[0] == self.v_tensor2):
                x_tensor2 = unpack_input(self, x_tensor2, self.v_tensor2)
            r_tensor2 = (times if self.k & COMPLEX else mul)(g, -(x_tensor1 * self.p_value / (x_tensor2 * x_tensor2)))
        else:
            r_tensor2 = None
        return (r_self, r_tensor1, r_tensor2,)

    def release(self):
        self.s_tensor2 = Node
        self.s_tensor1 = Node

    @property
    def _saved_tensor2(self):
        return unpack_input(self, self.s_tensor2, self.v_tensor2)

    @property
    def _saved_tensor1(self):
        return unpack_input(self, self.s_tensor1, self.v_tensor1)

    @property
    def _saved_value(self):
        return self.p_value


def record_addcdiv(made, self, tensor1, tensor2, value):
    node = AddcdivBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (tensor1._node or tensor1) if tensor1._k & 1 else None
    e2 = (tensor2._node or tensor2) if tensor2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e1 is not None or e2 is not None:
        node.s_tensor2 = tensor2
        cell = tensor2._ver
        node.v_tensor2 = 0 if cell is None else cell[0]
    else:
        node.s_tensor2 = Node
        node.v_tensor2 = 0
    if e2 is not None:
        node.s_tensor1 = tensor1
        cell = tensor1._ver
        node.v_tensor1 = 0 if cell is None else cell[0]
    else:
        node.s_tensor1 = Node
        node.v_tensor1 = 0
    node.p_value = value
    return made


def record_addcdiv_any(made, self, tensor1, tensor2, value):
    node = AddcdivBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(tensor1)
    e2 = edge(tensor2)
    node.next = (e0, e1, e2,)
    if e1 is not None or e2 is not None:
        node.s_tensor2 = tensor2
        node.v_tensor2 = version(tensor2)
    else:
        node.s_tensor2 = Node
        node.v_tensor2 = 0
    if e2 is not None:
        node.s_tensor1 = tensor1
        node.v_tensor1 = version(tensor1)
    else:
        node.s_tensor1 = Node
        node.v_tensor1 = 0
    node.p_value = value
    return made


class AddcmulBackward0(Node):
    """Backward of aten::addcmul."""

    __slots__ = ('s_tensor2', 'v_tensor2', 's_tensor1', 'v_tensor1', 'p_value',)
    op_name = 'addcmul'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_tensor1, n_tensor2 = self.next
        r_self = (times if self.k & COMPLEX else mul)(g, 1) if n_self is not None else None
        if n_tensor1 is not None:
            x_tensor2 = self.s_tensor2
            if not ((x_tensor2.__class__ is Tensor or x_tensor2.__class__ is Parameter) and (x_tensor2._ver or FIRST)[0] == self.v_tensor2):
                x_tensor2 = unpack_input(self, x_tensor2, self.v_tensor2)
            r_tensor1 = (times if self.k & COMPLEX else mul)(g, x_tensor2 * self.p_value)
        else:
            r_tensor1 = None
        if n_tensor2 is not None:
            x_tensor1 = self.s_tensor1
            if not ((x_tensor1.__class__ is Tensor or x_tensor1.__class__ is Parameter) and (x_tensor1._ver or FIRST)[0] == self.v_tensor1):
                x_tensor1 = unpack_input(self, x_tensor1, self.v_tensor1)
            r_tensor2 = (times if self.k & COMPLEX else mul)(g, x_tensor1 * self.p_value)
        else:
            r_tensor2 = None
        return (r_self, r_tensor1, r_tensor2,)

    def release(self):
        self.s_tensor2 = Node
        self.s_tensor1 = Node

    @property
    def _saved_tensor2(self):
        return unpack_input(self, self.s_tensor2, self.v_tensor2)

    @property
    def _saved_tensor1(self):
        return unpack_input(self, self.s_tensor1, self.v_tensor1)

    @property
    def _saved_value(self):
        return self.p_value


def record_addcmul(made, self, tensor1, tensor2, value):
    node = AddcmulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (tensor1._node or tensor1) if tensor1._k & 1 else None
    e2 = (tensor2._node or tensor2) if tensor2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e1 is not None:
        node.s_tensor2 = tensor2
        cell = tensor2._ver
        node.v_tensor2 = 0 if cell is None else cell[0]
    else:
        node.s_tensor2 = Node
        node.v_tensor2 = 0
    if e2 is not None:
        node.s_tensor1 = tensor1
        cell = tensor1._ver
        node.v_tensor1 = 0 if cell is None else cell[0]
    else:
        node.s_tensor1 = Node
        node.v_tensor1 = 0
    node.p_value = value
    return made


def record_addcmul_any(made, self, tensor1, tensor2, value):
    node = AddcmulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(tensor1)
    e2 = edge(tensor2)
    node.next = (e0, e1, e2,)
    if e1 is not None:
        node.s_tensor2 = tensor2
        node.v_tensor2 = version(tensor2)
    else:
        node.s_tensor2 = Node
        node.v_tensor2 = 0
    if e2 is not None:
        node.s_tensor1 = tensor1
        node.v_tensor1 = version(tensor1)
    else:
        node.s_tensor1 = Node
        node.v_tensor1 = 0
    node.p_value = value
    return made


class Atan2Backward0(Node):
    """Backward of aten::atan2."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'atan2'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_other = self.s_other
        if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
            x_other = unpack_input(self, x_other, self.v_other)
        r_self, r_other = rules.atan2_vjp(g, x_self, x_other, (n_self is not None, n_other is not None,))
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


def record_atan2(made, self, other):
    node = Atan2Backward0()
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


def record_atan2_number(made, self, other):
    node = Atan2Backward0()
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


def record_atan2_any(made, self, other):
    node = Atan2Backward0()
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


class CopysignBackward0(Node):
    """Backward of aten::copysign.Tensor."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'copysign.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_result = unpack_output(self, self.o_result, 0)
            r_self = (times if self.k & COMPLEX else mul)(g, rules.torch.where(x_self == 0, 0.0, x_result / x_self))
        else:
            r_self = None
        r_other = rules.torch.zeros_like(g) if n_other is not None else None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_copysign(made, self, other):
    node = CopysignBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result = save_output(made) if e0 is not None else None
    return made


def record_copysign_number(made, self, other):
    node = CopysignBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result = save_output(made) if e0 is not None else None
    return made


def record_copysign_any(made, self, other):
    node = CopysignBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result = save_output(made) if e0 is not None else None
    return made


class DivBackward0(Node):
    """Backward of aten::div.Tensor."""

    __slots__ = ('s_other', 'v_other', 's_self', 'v_self',)
    op_name = 'div.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_self = g / (x_other.conj_physical() if hasattr(x_other, 'is_complex') and x_other.is_complex() else x_other)
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, -(x_self / x_other) / x_other)
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_other = Node
        self.s_self = Node

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_div_Tensor(made, self, other):
    node = DivBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_div_Tensor_number(made, self, other):
    node = DivBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_div_Tensor_any(made, self, other):
    node = DivBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class DivBackward1(Node):
    """Backward of aten::div.Tensor_mode."""

    __slots__ = ()
    op_name = 'div.Tensor_mode'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_other = self.next
        r_self, r_other = rules.div_mode_vjp(g, (n_self is not None, n_other is not None,))
        return (r_self, r_other,)


def record_div_Tensor_mode(made, self, other, rounding_mode):
    node = DivBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    return made


def record_div_Tensor_mode_number(made, self, other, rounding_mode):
    node = DivBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    return made


def record_div_Tensor_mode_any(made, self, other, rounding_mode):
    node = DivBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    return made


class FloorDivideBackward0(Node):
    """Backward of aten::floor_divide."""

    __slots__ = ()
    op_name = 'floor_divide'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_other = self.next
        r_self, r_other = rules.div_mode_vjp(g, (n_self is not None, n_other is not None,))
        return (r_self, r_other,)


def record_floor_divide(made, self, other):
    node = FloorDivideBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    return made


def record_floor_divide_number(made, self, other):
    node = FloorDivideBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    return made


def record_floor_divide_any(made, self, other):
    node = FloorDivideBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    return made


class FmaxBackward0(Node):
    """Backward of aten::fmax."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmax'
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
            r_self = (times if self.k & COMPLEX else mul)(g, rules._wins(x_self >= x_other, x_other))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, 1 - rules._wins(x_self >= x_other, x_other))
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


def record_fmax(made, self, other):
    node = FmaxBackward0()
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


def record_fmax_number(made, self, other):
    node = FmaxBackward0()
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


def record_fmax_any(made, self, other):
    node = FmaxBackward0()
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


class FminBackward0(Node):
    """Backward of aten::fmin."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmin'
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
            r_self = (times if self.k & COMPLEX else mul)(g, rules._wins(x_self <= x_other, x_other))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, 1 - rules._wins(x_self <= x_other, x_other))
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


def record_fmin(made, self, other):
    node = FminBackward0()
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


def record_fmin_number(made, self, other):
    node = FminBackward0()
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


def record_fmin_any(made, self, other):
    node = FminBackward0()
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


class FmodBackward0(Node):
    """Backward of aten::fmod.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmod.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        r_self = (times if self.k & COMPLEX else mul)(g, 1) if n_self is not None else None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, -(x_self / x_other).trunc())
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


def record_fmod(made, self, other):
    node = FmodBackward0()
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


def record_fmod_number(made, self, other):
    node = FmodBackward0()
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


def record_fmod_any(made, self, other):
    node = FmodBackward0()
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


class HypotBackward0(Node):
    """Backward of aten::hypot."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other', 'o_result',)
    op_name = 'hypot'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_result = unpack_output(self, self.o_result, 0)
            r_self = g * x_self / x_result
        else:
            r_self = None
        if n_other is not None:
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            x_result = unpack_output(self, self.o_result, 0)
            r_other = g * x_other / x_result
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_hypot(made, self, other):
    node = HypotBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
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
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


def record_hypot_number(made, self, other):
    node = HypotBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None:
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
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


def record_hypot_any(made, self, other):
    node = HypotBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None:
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
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    return made


class LdexpBackward0(Node):
    """Backward of aten::ldexp.Tensor."""

    __slots__ = ('s_other', 'v_other', 'o_result',)
    op_name = 'ldexp.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_self = g * rules.conjugate(2.0 ** x_other)
        else:
            r_self = None
        if n_other is not None:
            x_result = unpack_output(self, self.o_result, 0)
            r_other = g * rules.conjugate(x_result) * rules._log(2)
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_other = Node
        self.o_result = None

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_ldexp(made, self, other):
    node = LdexpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


def record_ldexp_number(made, self, other):
    node = LdexpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


def record_ldexp_any(made, self, other):
    node = LdexpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


class LerpBackward0(Node):
    """Backward of aten::lerp.Tensor."""

    __slots__ = ('s_weight', 'v_weight', 's_self', 'v_self', 's_end', 'v_end',)
    op_name = 'lerp.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_end, n_weight = self.next
        if n_self is not None:
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            r_self = (times if self.k & COMPLEX else mul)(g, 1 - x_weight)
        else:
            r_self = None
        if n_end is not None:
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            r_end = (times if self.k & COMPLEX else mul)(g, x_weight)
        else:
            r_end = None
        if n_weight is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_end = self.s_end
            if not ((x_end.__class__ is Tensor or x_end.__class__ is Parameter) and (x_end._ver or FIRST)[0] == self.v_end):
                x_end = unpack_input(self, x_end, self.v_end)
            r_weight = (times if self.k & COMPLEX else mul)(g, x_end - x_self)
        else:
            r_weight = None
        return (r_self, r_end, r_weight,)

    def release(self):
        self.s_weight = Node
        self.s_self = Node
        self.s_end = Node

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_end(self):
        return unpack_input(self, self.s_end, self.v_end)


def record_lerp(made, self, end, weight):
    node = LerpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (end._node or end) if end._k & 1 else None
    e2 = (weight._node or weight) if weight._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e2 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e2 is not None:
        node.s_end = end
        cell = end._ver
        node.v_end = 0 if cell is None else cell[0]
    else:
        node.s_end = Node
        node.v_end = 0
    return made


def record_lerp_any(made, self, end, weight):
    node = LerpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(end)
    e2 = edge(weight)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e2 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e2 is not None:
        node.s_end = end
        node.v_end = version(end)
    else:
        node.s_end = Node
        node.v_end = 0
    return made


class LogaddexpBackward0(Node):
    """Backward of aten::logaddexp."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'logaddexp'
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
            r_self = g / rules.conjugate(1 + (x_other - x_self).exp())
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = g / rules.conjugate(1 + (x_self - x_other).exp())
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


def record_logaddexp(made, self, other):
    node = LogaddexpBackward0()
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


def record_logaddexp_number(made, self, other):
    node = LogaddexpBackward0()
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


def record_logaddexp_any(made, self, other):
    node = LogaddexpBackward0()
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


class Logaddexp2Backward0(Node):
    """Backward of aten::logaddexp2."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'logaddexp2'
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
            r_self = g / rules.conjugate(1 + (x_other - x_self).exp2())
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = g / rules.conjugate(1 + (x_self - x_other).exp2())
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


def record_logaddexp2(made, self, other):
    node = Logaddexp2Backward0()
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


def record_logaddexp2_number(made, self, other):
    node = Logaddexp2Backward0()
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


def record_logaddexp2_any(made, self, other):
    node = Logaddexp2Backward0()
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


class MaximumBackward0(Node):
    """Backward of aten::maximum."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'maximum'
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
            r_self = (times if self.k & COMPLEX else mul)(g, rules._share(x_self > x_other, x_self == x_other, x_self.dtype))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, rules._share(x_other > x_self, x_self == x_other, x_other.dtype))
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


def record_maximum(made, self, other):
    node = MaximumBackward0()
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


def record_maximum_number(made, self, other):
    node = MaximumBackward0()
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


def record_maximum_any(made, self, other):
    node = MaximumBackward0()
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


class MinimumBackward0(Node):
    """Backward of aten::minimum."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'minimum'
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
            r_self = (times if self.k & COMPLEX else mul)(g, rules._share(x_self < x_other, x_self == x_other, x_self.dtype))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, rules._share(x_other < x_self, x_self == x_other, x_other.dtype))
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


def record_minimum(made, self, other):
    node = MinimumBackward0()
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


def record_minimum_number(made, self, other):
    node = MinimumBackward0()
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


def record_minimum_any(made, self, other):
    node = MinimumBackward0()
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


class MulBackward0(Node):
    """Backward of aten::mul.Tensor."""

    __slots__ = ('s_other', 'v_other', 's_self', 'v_self',)
    op_name = 'mul.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        if n_self is not None:
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_self = (times if self.k & COMPLEX else mul)(g, x_other)
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_other = (times if self.k & COMPLEX else mul)(g, x_self)
        else:
            r_other = None
        return (r_self, r_other,)

    def release(self):
        self.s_other = Node
        self.s_self = Node

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_mul(made, self, other):
    node = MulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_mul_number(made, self, other):
    node = MulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        node.v_other = 0
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_mul_any(made, self, other):
    node = MulBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_other = other
        node.v_other = version(other)
    else:
        node.s_other = Node
        node.v_other = 0
    if e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class NextafterBackward0(Node):
    """Backward of aten::nextafter."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'nextafter'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_other = self.s_other
        if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
            x_other = unpack_input(self, x_other, self.v_other)
        r_self, r_other = (g.masked_fill(x_self == x_other, 0) if (n_self is not None, n_other is not None)[0] else None, rules.torch.zeros_like(g) if (n_self is not None, n_other is not None)[1] else None)
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


def record_nextafter(made, self, other):
    node = NextafterBackward0()
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


def record_nextafter_number(made, self, other):
    node = NextafterBackward0()
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


def record_nextafter_any(made, self, other):
    node = NextafterBackward0()
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


class PowBackward0(Node):
    """Backward of aten::pow.Tensor_Tensor."""

    __slots__ = ('s_self', 'v_self', 's_exponent', 'v_exponent', 'o_result',)
    op_name = 'pow.Tensor_Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_exponent = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_exponent = self.s_exponent
            if not ((x_exponent.__class__ is Tensor or x_exponent.__class__ is Parameter) and (x_exponent._ver or FIRST)[0] == self.v_exponent):
                x_exponent = unpack_input(self, x_exponent, self.v_exponent)
            r_self = (times if self.k & COMPLEX else mul)(g, rules.pow_self(x_self, x_exponent))
        else:
            r_self = None
        if n_exponent is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_exponent = self.s_exponent
            if not ((x_exponent.__class__ is Tensor or x_exponent.__class__ is Parameter) and (x_exponent._ver or FIRST)[0] == self.v_exponent):
                x_exponent = unpack_input(self, x_exponent, self.v_exponent)
            x_result = unpack_output(self, self.o_result, 0)
            r_exponent = (times if self.k & COMPLEX else mul)(g, rules.pow_exponent(x_self, x_exponent, x_result))
        else:
            r_exponent = None
        return (r_self, r_exponent,)

    def release(self):
        self.s_self = Node
        self.s_exponent = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_exponent(self):
        return unpack_input(self, self.s_exponent, self.v_exponent)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_pow(made, self, exponent):
    node = PowBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (exponent._node or exponent) if exponent._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_exponent = exponent
        cell = exponent._ver
        node.v_exponent = 0 if cell is None else cell[0]
    else:
        node.s_exponent = Node
        node.v_exponent = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


def record_pow_number(made, self, exponent):
    node = PowBackward0()
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
        node.s_exponent = exponent
        node.v_exponent = 0
    else:
        node.s_exponent = Node
        node.v_exponent = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


def record_pow_any(made, self, exponent):
    node = PowBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(exponent)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_exponent = exponent
        node.v_exponent = version(exponent)
    else:
        node.s_exponent = Node
        node.v_exponent = 0
    node.o_result = save_output(made) if e1 is not None else None
    return made


class RemainderBackward0(Node):
    """Backward of aten::remainder.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'remainder.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        r_self = (times if self.k & COMPLEX else mul)(g, 1) if n_self is not None else None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = (times if self.k & COMPLEX else mul)(g, -rules.torch.div(x_self, x_other, rounding_mode='floor'))
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


def record_remainder(made, self, other):
    node = RemainderBackward0()
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


def record_remainder_number(made, self, other):
    node = RemainderBackward0()
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


def record_remainder_any(made, self, other):
    node = RemainderBackward0()
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


class RsubBackward0(Node):
    """Backward of aten::rsub.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'rsub.Tensor'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_other = self.next
        r_self = g.neg() if self.p_alpha == 1 else g * -rules._conj(self.p_alpha) if n_self is not None else None
        r_other = g if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_rsub(made, self, other, alpha):
    node = RsubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_rsub_number(made, self, other, alpha):
    node = RsubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_rsub_any(made, self, other, alpha):
    node = RsubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


class SubBackward0(Node):
    """Backward of aten::sub.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'sub.Tensor'
    n_outputs = 1
    traits = FRESH

    def apply(self, g):
        n_self, n_other = self.next
        r_self = g if n_self is not None else None
        r_other = g.neg() if self.p_alpha == 1 else g * -rules._conj(self.p_alpha) if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_sub(made, self, other, alpha):
    node = SubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_sub_number(made, self, other, alpha):
    node = SubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


def record_sub_any(made, self, other, alpha):
    node = SubBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    node.p_alpha = alpha
    return made


class XlogyBackward0(Node):
    """Backward of aten::xlogy.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'xlogy.Tensor'
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
            r_self = rules.torch.where((x_self == 0) & (x_other <= 0), 0.0, rules.torch.xlogy(g, rules.conjugated(x_other)))
        else:
            r_self = None
        if n_other is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_other = self.s_other
            if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
                x_other = unpack_input(self, x_other, self.v_other)
            r_other = g * rules.conjugated(x_self) / rules.conjugate(x_other)
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


def record_xlogy(made, self, other):
    node = XlogyBackward0()
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


def record_xlogy_number(made, self, other):
    node = XlogyBackward0()
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


def record_xlogy_any(made, self, other):
    node = XlogyBackward0()
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
