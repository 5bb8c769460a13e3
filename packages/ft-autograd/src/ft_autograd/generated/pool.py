"""Nodes and recorders of the `pool` family, from ft_autograd/rules/pool.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import pool as rules


class AvgPool2DBackward0(Node):
    """Backward of aten::avg_pool2d."""

    __slots__ = ('s_self', 'v_self', 'p_kernel_size', 'p_stride', 'p_padding', 'p_ceil_mode', 'p_count_include_pad', 'p_divisor_override',)
    op_name = 'avg_pool2d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.avg_pool2d_backward(g, x_self, self.p_kernel_size, self.p_stride, self.p_padding, self.p_ceil_mode, self.p_count_include_pad, self.p_divisor_override)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode

    @property
    def _saved_count_include_pad(self):
        return self.p_count_include_pad

    @property
    def _saved_divisor_override(self):
        return self.p_divisor_override


def record_avg_pool2d(made, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    node = AvgPool2DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_ceil_mode = ceil_mode
    node.p_count_include_pad = count_include_pad
    node.p_divisor_override = divisor_override
    return made


class AvgPool2DBackwardBackward0(Node):
    """Backward of aten::avg_pool2d_backward."""

    __slots__ = ('p_kernel_size', 'p_stride', 'p_padding', 'p_ceil_mode', 'p_count_include_pad', 'p_divisor_override',)
    op_name = 'avg_pool2d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.avg_pool2d(g, self.p_kernel_size, self.p_stride, self.p_padding, self.p_ceil_mode, self.p_count_include_pad, self.p_divisor_override)
        return (r_grad_output,)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode

    @property
    def _saved_count_include_pad(self):
        return self.p_count_include_pad

    @property
    def _saved_divisor_override(self):
        return self.p_divisor_override


def record_avg_pool2d_backward(made, grad_output, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    node = AvgPool2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_ceil_mode = ceil_mode
    node.p_count_include_pad = count_include_pad
    node.p_divisor_override = divisor_override
    return made


class AvgPool3DBackward0(Node):
    """Backward of aten::avg_pool3d."""

    __slots__ = ('s_self', 'v_self', 'p_kernel_size', 'p_stride', 'p_padding', 'p_ceil_mode', 'p_count_include_pad', 'p_divisor_override',)
    op_name = 'avg_pool3d'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.avg_pool3d_backward(g, x_self, self.p_kernel_size, self.p_stride, self.p_padding, self.p_ceil_mode, self.p_count_include_pad, self.p_divisor_override)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode

    @property
    def _saved_count_include_pad(self):
        return self.p_count_include_pad

    @property
    def _saved_divisor_override(self):
        return self.p_divisor_override


def record_avg_pool3d(made, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    node = AvgPool3DBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_ceil_mode = ceil_mode
    node.p_count_include_pad = count_include_pad
    node.p_divisor_override = divisor_override
    return made


class AvgPool3DBackwardBackward0(Node):
    """Backward of aten::avg_pool3d_backward."""

    __slots__ = ('p_kernel_size', 'p_stride', 'p_padding', 'p_ceil_mode', 'p_count_include_pad', 'p_divisor_override',)
    op_name = 'avg_pool3d_backward'
    n_outputs = 1
    traits = FRESH | SINGLE

    def apply(self, g):
        r_grad_output = rules.torch.raw.avg_pool3d(g, self.p_kernel_size, self.p_stride, self.p_padding, self.p_ceil_mode, self.p_count_include_pad, self.p_divisor_override)
        return (r_grad_output,)

    @property
    def _saved_kernel_size(self):
        return self.p_kernel_size

    @property
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode

    @property
    def _saved_count_include_pad(self):
        return self.p_count_include_pad

    @property
    def _saved_divisor_override(self):
        return self.p_divisor_override


def record_avg_pool3d_backward(made, grad_output, self, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    node = AvgPool3DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_ceil_mode = ceil_mode
    node.p_count_include_pad = count_include_pad
    node.p_divisor_override = divisor_override
    return made


class MaxPool2DWithIndicesBackward0(Node):
    """Backward of aten::max_pool2d_with_indices."""

    __slots__ = ('s_self', 'v_self', 'o_result1', 'p_kernel_size', 'p_stride', 'p_padding', 'p_dilation', 'p_ceil_mode',)
    op_name = 'max_pool2d_with_indices'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.max_pool2d_with_indices_backward(g[0], x_self, self.p_kernel_size, self.p_stride, self.p_padding, self.p_dilation, self.p_ceil_mode, x_result1)
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
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode


def record_max_pool2d_with_indices(made, self, kernel_size, stride, padding, dilation, ceil_mode):
    node = MaxPool2DWithIndicesBackward0()
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
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_dilation = dilation
    node.p_ceil_mode = ceil_mode
    return made


class MaxPool2DWithIndicesBackwardBackward0(Node):
    """Backward of aten::max_pool2d_with_indices_backward."""

    __slots__ = ('s_indices', 'v_indices', 'p_self_shape',)
    op_name = 'max_pool2d_with_indices_backward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_self = self.next
        if n_grad_output is not None:
            x_indices = self.s_indices
            if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
                x_indices = unpack_input(self, x_indices, self.v_indices)
            r_grad_output = rules.read_places(g, x_indices, 2)
        else:
            r_grad_output = None
        r_self = g.new_zeros(self.p_self_shape) if n_self is not None else None
        return (r_grad_output, r_self,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_max_pool2d_with_indices_backward(made, grad_output, self, kernel_size, stride, padding, dilation, ceil_mode, indices):
    node = MaxPool2DWithIndicesBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (self._node or self) if self._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    node.p_self_shape = self._a.shape
    return made


class MaxPool3DWithIndicesBackward0(Node):
    """Backward of aten::max_pool3d_with_indices."""

    __slots__ = ('s_self', 'v_self', 'o_result1', 'p_kernel_size', 'p_stride', 'p_padding', 'p_dilation', 'p_ceil_mode',)
    op_name = 'max_pool3d_with_indices'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_self = rules.torch.max_pool3d_with_indices_backward(g[0], x_self, self.p_kernel_size, self.p_stride, self.p_padding, self.p_dilation, self.p_ceil_mode, x_result1)
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
    def _saved_stride(self):
        return self.p_stride

    @property
    def _saved_padding(self):
        return self.p_padding

    @property
    def _saved_dilation(self):
        return self.p_dilation

    @property
    def _saved_ceil_mode(self):
        return self.p_ceil_mode


def record_max_pool3d_with_indices(made, self, kernel_size, stride, padding, dilation, ceil_mode):
    node = MaxPool3DWithIndicesBackward0()
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
    node.p_kernel_size = kernel_size
    node.p_stride = stride
    node.p_padding = padding
    node.p_dilation = dilation
    node.p_ceil_mode = ceil_mode
    return made


class MaxPool3DWithIndicesBackwardBackward0(Node):
    """Backward of aten::max_pool3d_with_indices_backward."""

    __slots__ = ('s_indices', 'v_indices', 'p_self_shape',)
    op_name = 'max_pool3d_with_indices_backward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_self = self.next
        if n_grad_output is not None:
            x_indices = self.s_indices
            if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
                x_indices = unpack_input(self, x_indices, self.v_indices)
            r_grad_output = rules.read_places(g, x_indices, 3)
        else:
            r_grad_output = None
        r_self = g.new_zeros(self.p_self_shape) if n_self is not None else None
        return (r_grad_output, r_self,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)


def record_max_pool3d_with_indices_backward(made, grad_output, self, kernel_size, stride, padding, dilation, ceil_mode, indices):
    node = MaxPool3DWithIndicesBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (self._node or self) if self._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    node.p_self_shape = self._a.shape
    return made
