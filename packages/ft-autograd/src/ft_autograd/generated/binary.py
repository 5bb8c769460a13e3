"""Nodes and recorders of the `binary` family, generated from ft_autograd/rules/binary.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import binary as rules

_make = object.__new__


class AddBackward0(Node):
    """Backward of aten::add.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'add.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.add_self(g=g) if n_self is not None else None
        r_other = rules.add_other(g=g, alpha=self.p_alpha) if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_add(o, self, other, alpha):
    n = _make(AddBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_add_number(o, self, other, alpha):
    n = _make(AddBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_add_any(o, self, other, alpha):
    n = _make(AddBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


class AddcdivBackward0(Node):
    """Backward of aten::addcdiv."""

    __slots__ = ('s_tensor2', 'v_tensor2', 's_tensor1', 'v_tensor1', 'p_value',)
    op_name = 'addcdiv'
    n_outputs = 1

    def apply(self, g):
        n_self, n_tensor1, n_tensor2 = self.next
        r_self = times(g, rules.addcdiv_self()) if n_self is not None else None
        r_tensor1 = times(g, rules.addcdiv_tensor1(tensor2=unpack_input(self, self.s_tensor2, self.v_tensor2), value=self.p_value)) if n_tensor1 is not None else None
        r_tensor2 = times(g, rules.addcdiv_tensor2(tensor1=unpack_input(self, self.s_tensor1, self.v_tensor1), tensor2=unpack_input(self, self.s_tensor2, self.v_tensor2), value=self.p_value)) if n_tensor2 is not None else None
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


def record_addcdiv(o, self, tensor1, tensor2, value):
    n = _make(AddcdivBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (tensor1._node or tensor1) if tensor1._k & 1 else None
    e2 = (tensor2._node or tensor2) if tensor2._k & 1 else None
    n.next = (e0, e1, e2,)
    if e1 is not None or e2 is not None:
        n.s_tensor2 = tensor2
        v = tensor2._ver
        n.v_tensor2 = 0 if v is None else v[0]
    else:
        n.s_tensor2 = Node
        n.v_tensor2 = 0
    if e2 is not None:
        n.s_tensor1 = tensor1
        v = tensor1._ver
        n.v_tensor1 = 0 if v is None else v[0]
    else:
        n.s_tensor1 = Node
        n.v_tensor1 = 0
    n.p_value = value
    return o


def record_addcdiv_any(o, self, tensor1, tensor2, value):
    n = _make(AddcdivBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(tensor1)
    e2 = edge(tensor2)
    n.next = (e0, e1, e2,)
    if e1 is not None or e2 is not None:
        n.s_tensor2 = tensor2
        n.v_tensor2 = version(tensor2)
    else:
        n.s_tensor2 = Node
        n.v_tensor2 = 0
    if e2 is not None:
        n.s_tensor1 = tensor1
        n.v_tensor1 = version(tensor1)
    else:
        n.s_tensor1 = Node
        n.v_tensor1 = 0
    n.p_value = value
    return o


class AddcmulBackward0(Node):
    """Backward of aten::addcmul."""

    __slots__ = ('s_tensor2', 'v_tensor2', 's_tensor1', 'v_tensor1', 'p_value',)
    op_name = 'addcmul'
    n_outputs = 1

    def apply(self, g):
        n_self, n_tensor1, n_tensor2 = self.next
        r_self = times(g, rules.addcmul_self()) if n_self is not None else None
        r_tensor1 = times(g, rules.addcmul_tensor1(tensor2=unpack_input(self, self.s_tensor2, self.v_tensor2), value=self.p_value)) if n_tensor1 is not None else None
        r_tensor2 = times(g, rules.addcmul_tensor2(tensor1=unpack_input(self, self.s_tensor1, self.v_tensor1), value=self.p_value)) if n_tensor2 is not None else None
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


def record_addcmul(o, self, tensor1, tensor2, value):
    n = _make(AddcmulBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (tensor1._node or tensor1) if tensor1._k & 1 else None
    e2 = (tensor2._node or tensor2) if tensor2._k & 1 else None
    n.next = (e0, e1, e2,)
    if e1 is not None:
        n.s_tensor2 = tensor2
        v = tensor2._ver
        n.v_tensor2 = 0 if v is None else v[0]
    else:
        n.s_tensor2 = Node
        n.v_tensor2 = 0
    if e2 is not None:
        n.s_tensor1 = tensor1
        v = tensor1._ver
        n.v_tensor1 = 0 if v is None else v[0]
    else:
        n.s_tensor1 = Node
        n.v_tensor1 = 0
    n.p_value = value
    return o


def record_addcmul_any(o, self, tensor1, tensor2, value):
    n = _make(AddcmulBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(tensor1)
    e2 = edge(tensor2)
    n.next = (e0, e1, e2,)
    if e1 is not None:
        n.s_tensor2 = tensor2
        n.v_tensor2 = version(tensor2)
    else:
        n.s_tensor2 = Node
        n.v_tensor2 = 0
    if e2 is not None:
        n.s_tensor1 = tensor1
        n.v_tensor1 = version(tensor1)
    else:
        n.s_tensor1 = Node
        n.v_tensor1 = 0
    n.p_value = value
    return o


class Atan2Backward0(Node):
    """Backward of aten::atan2."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'atan2'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.atan2_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.atan2_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_atan2(o, self, other):
    n = _make(Atan2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_atan2_number(o, self, other):
    n = _make(Atan2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_atan2_any(o, self, other):
    n = _make(Atan2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class CopysignBackward0(Node):
    """Backward of aten::copysign.Tensor."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'copysign.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.copysign_self(self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))) if n_self is not None else None
        r_other = rules.copysign_other(g=g) if n_other is not None else None
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


def record_copysign(o, self, other):
    n = _make(CopysignBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    return o


def record_copysign_number(o, self, other):
    n = _make(CopysignBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    return o


def record_copysign_any(o, self, other):
    n = _make(CopysignBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    return o


class DivBackward0(Node):
    """Backward of aten::div.Tensor."""

    __slots__ = ('s_other', 'v_other', 's_self', 'v_self',)
    op_name = 'div.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.div_self_vjp(g=g, other=unpack_input(self, self.s_other, self.v_other)) if n_self is not None else None
        r_other = times(g, rules.div_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_div_Tensor(o, self, other):
    n = _make(DivBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_div_Tensor_number(o, self, other):
    n = _make(DivBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_div_Tensor_any(o, self, other):
    n = _make(DivBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class DivBackward1(Node):
    """Backward of aten::div.Tensor_mode."""

    __slots__ = ()
    op_name = 'div.Tensor_mode'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self, r_other = rules.div_mode_vjp(g=g, needs=(n_self is not None, n_other is not None,))
        return (r_self, r_other,)


def record_div_Tensor_mode(o, self, other, rounding_mode):
    n = _make(DivBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    return o


def record_div_Tensor_mode_number(o, self, other, rounding_mode):
    n = _make(DivBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    return o


def record_div_Tensor_mode_any(o, self, other, rounding_mode):
    n = _make(DivBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    return o


class FloorDivideBackward0(Node):
    """Backward of aten::floor_divide."""

    __slots__ = ()
    op_name = 'floor_divide'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self, r_other = rules.div_mode_vjp(g=g, needs=(n_self is not None, n_other is not None,))
        return (r_self, r_other,)


def record_floor_divide(o, self, other):
    n = _make(FloorDivideBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    return o


def record_floor_divide_number(o, self, other):
    n = _make(FloorDivideBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    return o


def record_floor_divide_any(o, self, other):
    n = _make(FloorDivideBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    return o


class FmaxBackward0(Node):
    """Backward of aten::fmax."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmax'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.fmax_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.fmax_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_fmax(o, self, other):
    n = _make(FmaxBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmax_number(o, self, other):
    n = _make(FmaxBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmax_any(o, self, other):
    n = _make(FmaxBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class FminBackward0(Node):
    """Backward of aten::fmin."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmin'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.fmin_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.fmin_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_fmin(o, self, other):
    n = _make(FminBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmin_number(o, self, other):
    n = _make(FminBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmin_any(o, self, other):
    n = _make(FminBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class FmodBackward0(Node):
    """Backward of aten::fmod.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'fmod.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.fmod_self()) if n_self is not None else None
        r_other = times(g, rules.fmod_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_fmod(o, self, other):
    n = _make(FmodBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmod_number(o, self, other):
    n = _make(FmodBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_fmod_any(o, self, other):
    n = _make(FmodBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class HypotBackward0(Node):
    """Backward of aten::hypot."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other', 'o_result',)
    op_name = 'hypot'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.hypot_self(self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))) if n_self is not None else None
        r_other = times(g, rules.hypot_other(other=unpack_input(self, self.s_other, self.v_other), result=unpack_output(self, self.o_result, 0))) if n_other is not None else None
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


def record_hypot(o, self, other):
    n = _make(HypotBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_hypot_number(o, self, other):
    n = _make(HypotBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_hypot_any(o, self, other):
    n = _make(HypotBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


class LdexpBackward0(Node):
    """Backward of aten::ldexp.Tensor."""

    __slots__ = ('s_other', 'v_other', 'o_result',)
    op_name = 'ldexp.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.ldexp_self(g=g, other=unpack_input(self, self.s_other, self.v_other)) if n_self is not None else None
        r_other = times(g, rules.ldexp_other(result=unpack_output(self, self.o_result, 0))) if n_other is not None else None
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


def record_ldexp(o, self, other):
    n = _make(LdexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


def record_ldexp_number(o, self, other):
    n = _make(LdexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


def record_ldexp_any(o, self, other):
    n = _make(LdexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


class LerpBackward0(Node):
    """Backward of aten::lerp.Tensor."""

    __slots__ = ('s_weight', 'v_weight', 's_self', 'v_self', 's_end', 'v_end',)
    op_name = 'lerp.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_end, n_weight = self.next
        r_self = times(g, rules.lerp_self(weight=unpack_input(self, self.s_weight, self.v_weight))) if n_self is not None else None
        r_end = times(g, rules.lerp_end(weight=unpack_input(self, self.s_weight, self.v_weight))) if n_end is not None else None
        r_weight = times(g, rules.lerp_weight(self=unpack_input(self, self.s_self, self.v_self), end=unpack_input(self, self.s_end, self.v_end))) if n_weight is not None else None
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


def record_lerp(o, self, end, weight):
    n = _make(LerpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (end._node or end) if end._k & 1 else None
    e2 = (weight._node or weight) if weight._k & 1 else None
    n.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        v = weight._ver
        n.v_weight = 0 if v is None else v[0]
    else:
        n.s_weight = Node
        n.v_weight = 0
    if e2 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e2 is not None:
        n.s_end = end
        v = end._ver
        n.v_end = 0 if v is None else v[0]
    else:
        n.s_end = Node
        n.v_end = 0
    return o


def record_lerp_any(o, self, end, weight):
    n = _make(LerpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(end)
    e2 = edge(weight)
    n.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    if e2 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e2 is not None:
        n.s_end = end
        n.v_end = version(end)
    else:
        n.s_end = Node
        n.v_end = 0
    return o


class LogaddexpBackward0(Node):
    """Backward of aten::logaddexp."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other', 'o_result',)
    op_name = 'logaddexp'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.logaddexp_self(self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))) if n_self is not None else None
        r_other = times(g, rules.logaddexp_other(other=unpack_input(self, self.s_other, self.v_other), result=unpack_output(self, self.o_result, 0))) if n_other is not None else None
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


def record_logaddexp(o, self, other):
    n = _make(LogaddexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_logaddexp_number(o, self, other):
    n = _make(LogaddexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_logaddexp_any(o, self, other):
    n = _make(LogaddexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


class Logaddexp2Backward0(Node):
    """Backward of aten::logaddexp2."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other', 'o_result',)
    op_name = 'logaddexp2'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.logaddexp2_self(self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))) if n_self is not None else None
        r_other = times(g, rules.logaddexp2_other(other=unpack_input(self, self.s_other, self.v_other), result=unpack_output(self, self.o_result, 0))) if n_other is not None else None
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


def record_logaddexp2(o, self, other):
    n = _make(Logaddexp2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_logaddexp2_number(o, self, other):
    n = _make(Logaddexp2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


def record_logaddexp2_any(o, self, other):
    n = _make(Logaddexp2Backward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    return o


class MaximumBackward0(Node):
    """Backward of aten::maximum."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'maximum'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.maximum_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.maximum_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_maximum(o, self, other):
    n = _make(MaximumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_maximum_number(o, self, other):
    n = _make(MaximumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_maximum_any(o, self, other):
    n = _make(MaximumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class MinimumBackward0(Node):
    """Backward of aten::minimum."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'minimum'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.minimum_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.minimum_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_minimum(o, self, other):
    n = _make(MinimumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_minimum_number(o, self, other):
    n = _make(MinimumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_minimum_any(o, self, other):
    n = _make(MinimumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class MulBackward0(Node):
    """Backward of aten::mul.Tensor."""

    __slots__ = ('s_other', 'v_other', 's_self', 'v_self',)
    op_name = 'mul.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.mul_self(other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.mul_other(self=unpack_input(self, self.s_self, self.v_self))) if n_other is not None else None
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


def record_mul(o, self, other):
    n = _make(MulBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_mul_number(o, self, other):
    n = _make(MulBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_mul_any(o, self, other):
    n = _make(MulBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    if e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class PowBackward0(Node):
    """Backward of aten::pow.Tensor_Tensor."""

    __slots__ = ('s_self', 'v_self', 's_exponent', 'v_exponent', 'o_result',)
    op_name = 'pow.Tensor_Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_exponent = self.next
        r_self = times(g, rules.pow_self(self=unpack_input(self, self.s_self, self.v_self), exponent=unpack_input(self, self.s_exponent, self.v_exponent))) if n_self is not None else None
        r_exponent = times(g, rules.pow_exponent(self=unpack_input(self, self.s_self, self.v_self), exponent=unpack_input(self, self.s_exponent, self.v_exponent), result=unpack_output(self, self.o_result, 0))) if n_exponent is not None else None
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


def record_pow(o, self, exponent):
    n = _make(PowBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (exponent._node or exponent) if exponent._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_exponent = exponent
        v = exponent._ver
        n.v_exponent = 0 if v is None else v[0]
    else:
        n.s_exponent = Node
        n.v_exponent = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


def record_pow_number(o, self, exponent):
    n = _make(PowBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_exponent = exponent
        n.v_exponent = 0
    else:
        n.s_exponent = Node
        n.v_exponent = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


def record_pow_any(o, self, exponent):
    n = _make(PowBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(exponent)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_exponent = exponent
        n.v_exponent = version(exponent)
    else:
        n.s_exponent = Node
        n.v_exponent = 0
    n.o_result = save_output(o) if e1 is not None else None
    return o


class RemainderBackward0(Node):
    """Backward of aten::remainder.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'remainder.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.fmod_self()) if n_self is not None else None
        r_other = times(g, rules.remainder_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_remainder(o, self, other):
    n = _make(RemainderBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_remainder_number(o, self, other):
    n = _make(RemainderBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_remainder_any(o, self, other):
    n = _make(RemainderBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o


class RsubBackward0(Node):
    """Backward of aten::rsub.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'rsub.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.rsub_self(g=g, alpha=self.p_alpha) if n_self is not None else None
        r_other = rules.rsub_other(g=g) if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_rsub(o, self, other, alpha):
    n = _make(RsubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_rsub_number(o, self, other, alpha):
    n = _make(RsubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_rsub_any(o, self, other, alpha):
    n = _make(RsubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


class SubBackward0(Node):
    """Backward of aten::sub.Tensor."""

    __slots__ = ('p_alpha',)
    op_name = 'sub.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = rules.add_self(g=g) if n_self is not None else None
        r_other = rules.sub_other(g=g, alpha=self.p_alpha) if n_other is not None else None
        return (r_self, r_other,)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_sub(o, self, other, alpha):
    n = _make(SubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_sub_number(o, self, other, alpha):
    n = _make(SubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


def record_sub_any(o, self, other, alpha):
    n = _make(SubBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    n.p_alpha = alpha
    return o


class XlogyBackward0(Node):
    """Backward of aten::xlogy.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'xlogy.Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self = times(g, rules.xlogy_self(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_self is not None else None
        r_other = times(g, rules.xlogy_other(self=unpack_input(self, self.s_self, self.v_self), other=unpack_input(self, self.s_other, self.v_other))) if n_other is not None else None
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


def record_xlogy(o, self, other):
    n = _make(XlogyBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        v = other._ver
        n.v_other = 0 if v is None else v[0]
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_xlogy_number(o, self, other):
    n = _make(XlogyBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = 0
    else:
        n.s_other = Node
        n.v_other = 0
    return o


def record_xlogy_any(o, self, other):
    n = _make(XlogyBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(other)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_other = other
        n.v_other = version(other)
    else:
        n.s_other = Node
        n.v_other = 0
    return o
