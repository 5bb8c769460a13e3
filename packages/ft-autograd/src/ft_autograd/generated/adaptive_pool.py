"""Nodes and recorders of the `adaptive_pool` family, from ft_autograd/rules/adaptive_pool.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import adaptive_pool as rules


class AdaptiveAvgPool2DBackward0(Node):
    """Backward of aten::_adaptive_avg_pool2d."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_adaptive_avg_pool2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch._adaptive_avg_pool2d_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__adaptive_avg_pool2d(made, self, output_size):
    node = AdaptiveAvgPool2DBackward0()
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


class AdaptiveAvgPool2DBackwardBackward0(Node):
    """Backward of aten::_adaptive_avg_pool2d_backward."""

    __slots__ = ('s_grad_output', 'v_grad_output',)
    op_name = '_adaptive_avg_pool2d_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_grad_output = self.s_grad_output
        if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
            x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
        r_grad_output = rules.adaptive_avg_pool2d_backward_grad(g, x_grad_output)
        return (r_grad_output,)

    def release(self):
        self.s_grad_output = Node

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)


def record__adaptive_avg_pool2d_backward(made, grad_output, self):
    node = AdaptiveAvgPool2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


class AdaptiveAvgPool3DBackward0(Node):
    """Backward of aten::_adaptive_avg_pool3d."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_adaptive_avg_pool3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch._adaptive_avg_pool3d_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__adaptive_avg_pool3d(made, self, output_size):
    node = AdaptiveAvgPool3DBackward0()
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


class AdaptiveAvgPool3DBackwardBackward0(Node):
    """Backward of aten::_adaptive_avg_pool3d_backward."""

    __slots__ = ('s_grad_output', 'v_grad_output',)
    op_name = '_adaptive_avg_pool3d_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_grad_output = self.s_grad_output
        if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
            x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
        r_grad_output = rules.adaptive_avg_pool3d_backward_grad(g, x_grad_output)
        return (r_grad_output,)

    def release(self):
        self.s_grad_output = Node

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)


def record__adaptive_avg_pool3d_backward(made, grad_output, self):
    node = AdaptiveAvgPool3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


class AdaptiveMaxPool2DBackward0(Node):
    """Backward of aten::adaptive_max_pool2d."""

    __slots__ = ('s_self', 'v_self', 'o_result1',)
    op_name = 'adaptive_max_pool2d'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.adaptive_max_pool2d_backward(g[0], x_self, x_result1)
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


def record_adaptive_max_pool2d(made, self, output_size):
    node = AdaptiveMaxPool2DBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result1 = save_output(made[1])
    return made


class AdaptiveMaxPool2DBackwardBackward0(Node):
    """Backward of aten::adaptive_max_pool2d_backward."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'adaptive_max_pool2d_backward'
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


def record_adaptive_max_pool2d_backward(made, grad_output, self, indices):
    node = AdaptiveMaxPool2DBackwardBackward0()
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


class AdaptiveMaxPool3DBackward0(Node):
    """Backward of aten::adaptive_max_pool3d."""

    __slots__ = ('s_self', 'v_self', 'o_result1',)
    op_name = 'adaptive_max_pool3d'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.adaptive_max_pool3d_backward(g[0], x_self, x_result1)
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


def record_adaptive_max_pool3d(made, self, output_size):
    node = AdaptiveMaxPool3DBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result1 = save_output(made[1])
    return made


class AdaptiveMaxPool3DBackwardBackward0(Node):
    """Backward of aten::adaptive_max_pool3d_backward."""

    __slots__ = ('s_indices', 'v_indices',)
    op_name = 'adaptive_max_pool3d_backward'
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


def record_adaptive_max_pool3d_backward(made, grad_output, self, indices):
    node = AdaptiveMaxPool3DBackwardBackward0()
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
