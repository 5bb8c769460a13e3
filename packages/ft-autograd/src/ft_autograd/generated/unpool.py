"""Nodes and recorders of the `unpool` family, from ft_autograd/rules/unpool.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import unpool as rules


class FractionalMaxPool2DBackward0(Node):
    """Backward of aten::fractional_max_pool2d."""

    __slots__ = ('s_self', 'v_self', 'o_result1', 'p_kernel_size', 'p_output_size',)
    op_name = 'fractional_max_pool2d'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.raw.fractional_max_pool2d_backward(g[0], x_self, self.p_kernel_size, self.p_output_size, x_result1)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result1 = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_output_size(self):
        return self.p_output_size


def record_fractional_max_pool2d(made, self, kernel_size, output_size, random_samples):
    node = FractionalMaxPool2DBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result1 = save_output(made[1]) if e0 is not None else None
    node.p_kernel_size = kernel_size
    node.p_output_size = output_size
    return made


class FractionalMaxPool2DBackwardBackward0(Node):
    """Backward of aten::fractional_max_pool2d_backward."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'fractional_max_pool2d_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_grad_output = rules.read_places(g, x_indices, 2)
        return (r_grad_output,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_fractional_max_pool2d_backward(made, grad_output, self, kernel_size, output_size, indices):
    node = FractionalMaxPool2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    return made


class FractionalMaxPool3DBackward0(Node):
    """Backward of aten::fractional_max_pool3d."""

    __slots__ = ('s_self', 'v_self', 'o_result1', 'p_kernel_size', 'p_output_size',)
    op_name = 'fractional_max_pool3d'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.raw.fractional_max_pool3d_backward(g[0], x_self, self.p_kernel_size, self.p_output_size, x_result1)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result1 = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_output_size(self):
        return self.p_output_size


def record_fractional_max_pool3d(made, self, kernel_size, output_size, random_samples):
    node = FractionalMaxPool3DBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result1 = save_output(made[1]) if e0 is not None else None
    node.p_kernel_size = kernel_size
    node.p_output_size = output_size
    return made


class FractionalMaxPool3DBackwardBackward0(Node):
    """Backward of aten::fractional_max_pool3d_backward."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'fractional_max_pool3d_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_grad_output = rules.read_places(g, x_indices, 3)
        return (r_grad_output,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_fractional_max_pool3d_backward(made, grad_output, self, kernel_size, output_size, indices):
    node = FractionalMaxPool3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    return made


class MaxUnpool2DBackward0(Node):
    """Backward of aten::max_unpool2d."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'max_unpool2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_self = rules.read_places(g, x_indices, 2)
        return (r_self,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_max_unpool2d(made, self, indices, output_size):
    node = MaxUnpool2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    return made


class MaxUnpool3DBackward0(Node):
    """Backward of aten::max_unpool3d."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'max_unpool3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_self = rules.read_places(g, x_indices, 3)
        return (r_self,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_max_unpool3d(made, self, indices, output_size, stride, padding):
    node = MaxUnpool3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    return made
