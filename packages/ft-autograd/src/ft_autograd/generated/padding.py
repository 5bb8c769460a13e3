"""Nodes and recorders of the `padding` family, from ft_autograd/rules/padding.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import padding as rules


class ReflectionPad1DBackward0(Node):
    """Backward of aten::reflection_pad1d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'reflection_pad1d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.reflection_pad1d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad1d(made, self, padding):
    node = ReflectionPad1DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReflectionPad1DBackwardBackward0(Node):
    """Backward of aten::reflection_pad1d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'reflection_pad1d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.reflection_pad1d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad1d_backward(made, grad_output, self, padding):
    node = ReflectionPad1DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made


class ReflectionPad2DBackward0(Node):
    """Backward of aten::reflection_pad2d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'reflection_pad2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.reflection_pad2d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad2d(made, self, padding):
    node = ReflectionPad2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReflectionPad2DBackwardBackward0(Node):
    """Backward of aten::reflection_pad2d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'reflection_pad2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.reflection_pad2d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad2d_backward(made, grad_output, self, padding):
    node = ReflectionPad2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made


class ReflectionPad3DBackward0(Node):
    """Backward of aten::reflection_pad3d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'reflection_pad3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.reflection_pad3d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad3d(made, self, padding):
    node = ReflectionPad3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReflectionPad3DBackwardBackward0(Node):
    """Backward of aten::reflection_pad3d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'reflection_pad3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.reflection_pad3d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_reflection_pad3d_backward(made, grad_output, self, padding):
    node = ReflectionPad3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made


class ReplicationPad1DBackward0(Node):
    """Backward of aten::replication_pad1d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'replication_pad1d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.replication_pad1d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad1d(made, self, padding):
    node = ReplicationPad1DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReplicationPad1DBackwardBackward0(Node):
    """Backward of aten::replication_pad1d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'replication_pad1d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.replication_pad1d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad1d_backward(made, grad_output, self, padding):
    node = ReplicationPad1DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made


class ReplicationPad2DBackward0(Node):
    """Backward of aten::replication_pad2d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'replication_pad2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.replication_pad2d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad2d(made, self, padding):
    node = ReplicationPad2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReplicationPad2DBackwardBackward0(Node):
    """Backward of aten::replication_pad2d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'replication_pad2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.replication_pad2d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad2d_backward(made, grad_output, self, padding):
    node = ReplicationPad2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made


class ReplicationPad3DBackward0(Node):
    """Backward of aten::replication_pad3d."""

    __slots__ = ('s_self', 'v_self', 'p_padding',)
    op_name = 'replication_pad3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.replication_pad3d_backward(g, x_self, self.p_padding)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad3d(made, self, padding):
    node = ReplicationPad3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_padding = padding
    return made


class ReplicationPad3DBackwardBackward0(Node):
    """Backward of aten::replication_pad3d_backward."""

    __slots__ = ('p_padding',)
    op_name = 'replication_pad3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.replication_pad3d(g, self.p_padding)
        return (r_grad_output,)

    @property
    def _saved_padding(self):
        return self.p_padding


def record_replication_pad3d_backward(made, grad_output, self, padding):
    node = ReplicationPad3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_padding = padding
    return made
