"""Nodes and recorders of the `activation` family, from ft_autograd/rules/activation.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import activation as rules


class PreluKernelBackward0(Node):
    """Backward of aten::_prelu_kernel."""

    __slots__ = ('s_self', 'v_self', 's_weight', 'v_weight',)
    op_name = '_prelu_kernel'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_weight = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        r_self, r_weight = rules.torch.raw._prelu_kernel_backward(g, x_self, x_weight)
        return (r_self, r_weight,)

    def release(self):
        self.s_self = Node
        self.s_weight = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)


def record__prelu_kernel(made, self, weight):
    node = PreluKernelBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (weight._node or weight) if weight._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    return made


def record__prelu_kernel_number(made, self, weight):
    node = PreluKernelBackward0()
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
        node.s_weight = weight
        node.v_weight = 0
    else:
        node.s_weight = Node
        node.v_weight = 0
    return made


def record__prelu_kernel_any(made, self, weight):
    node = PreluKernelBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(weight)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    return made


class CeluBackward0(Node):
    """Backward of aten::celu."""

    __slots__ = ('s_self', 'v_self', 'p_alpha',)
    op_name = 'celu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.elu_backward(g, self.p_alpha, 1, 1.0 / self.p_alpha, False, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_celu(made, self, alpha):
    node = CeluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_alpha = alpha
    return made


class EluBackward0(Node):
    """Backward of aten::elu."""

    __slots__ = ('s_self', 'v_self', 'p_alpha', 'p_scale', 'p_input_scale',)
    op_name = 'elu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.elu_backward(g, self.p_alpha, self.p_scale, self.p_input_scale, False, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_alpha(self):
        return self.p_alpha

    @property
    def _saved_scale(self):
        return self.p_scale

    @property
    def _saved_input_scale(self):
        return self.p_input_scale


def record_elu(made, self, alpha, scale, input_scale):
    node = EluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_alpha = alpha
    node.p_scale = scale
    node.p_input_scale = input_scale
    return made


class GeluBackward0(Node):
    """Backward of aten::gelu."""

    __slots__ = ('s_self', 'v_self', 'p_approximate',)
    op_name = 'gelu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.gelu_backward(g, x_self, approximate=self.p_approximate)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_approximate(self):
        return self.p_approximate


def record_gelu(made, self, approximate):
    node = GeluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_approximate = approximate
    return made


class GluBackward0(Node):
    """Backward of aten::glu."""

    __slots__ = ('s_self', 'v_self', 'p_dim',)
    op_name = 'glu'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.glu_backward(g, x_self, self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_glu(made, self, dim):
    node = GluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_dim = dim
    return made


class HardshrinkBackward0(Node):
    """Backward of aten::hardshrink."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'hardshrink'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.hardshrink_backward(g, x_self, self.p_lambd)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_hardshrink(made, self, lambd):
    node = HardshrinkBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_lambd = lambd
    return made


class HardshrinkBackwardBackward0(Node):
    """Backward of aten::hardshrink_backward."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'hardshrink_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_out = rules.torch.raw.hardshrink_backward(g, x_self, self.p_lambd)
        return (r_grad_out,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_hardshrink_backward(made, grad_out, self, lambd):
    node = HardshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_out._node or grad_out) if grad_out._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


def record_hardshrink_backward_number(made, grad_out, self, lambd):
    node = HardshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_out._node or grad_out) if grad_out._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


def record_hardshrink_backward_any(made, grad_out, self, lambd):
    node = HardshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_out)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


class HardsigmoidBackward0(Node):
    """Backward of aten::hardsigmoid."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardsigmoid'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.hardsigmoid_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardsigmoid(made, self):
    node = HardsigmoidBackward0()
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


class HardsigmoidBackwardBackward0(Node):
    """Backward of aten::hardsigmoid_backward."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardsigmoid_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_output = rules.torch.raw.hardsigmoid_backward(g, x_self)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardsigmoid_backward(made, grad_output, self):
    node = HardsigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_hardsigmoid_backward_number(made, grad_output, self):
    node = HardsigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    return made


def record_hardsigmoid_backward_any(made, grad_output, self):
    node = HardsigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class HardswishBackward0(Node):
    """Backward of aten::hardswish."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardswish'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.hardswish_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardswish(made, self):
    node = HardswishBackward0()
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


class HardtanhBackward0(Node):
    """Backward of aten::hardtanh."""

    __slots__ = ('s_self', 'v_self', 'p_min_val', 'p_max_val',)
    op_name = 'hardtanh'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.hardtanh_backward(g, x_self, self.p_min_val, self.p_max_val)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_min_val(self):
        return self.p_min_val

    @property
    def _saved_max_val(self):
        return self.p_max_val


def record_hardtanh(made, self, min_val, max_val):
    node = HardtanhBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_min_val = min_val
    node.p_max_val = max_val
    return made


class HardtanhBackwardBackward0(Node):
    """Backward of aten::hardtanh_backward."""

    __slots__ = ('s_self', 'v_self', 'p_min_val', 'p_max_val',)
    op_name = 'hardtanh_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_output = rules.torch.raw.hardtanh_backward(g, x_self, self.p_min_val, self.p_max_val)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_min_val(self):
        return self.p_min_val

    @property
    def _saved_max_val(self):
        return self.p_max_val


def record_hardtanh_backward(made, grad_output, self, min_val, max_val):
    node = HardtanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_min_val = min_val
    node.p_max_val = max_val
    return made


def record_hardtanh_backward_number(made, grad_output, self, min_val, max_val):
    node = HardtanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_min_val = min_val
    node.p_max_val = max_val
    return made


def record_hardtanh_backward_any(made, grad_output, self, min_val, max_val):
    node = HardtanhBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_min_val = min_val
    node.p_max_val = max_val
    return made


class LeakyReluBackward0(Node):
    """Backward of aten::leaky_relu."""

    __slots__ = ('s_self', 'v_self', 'p_negative_slope',)
    op_name = 'leaky_relu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.leaky_relu_backward(g, x_self, self.p_negative_slope, False)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_negative_slope(self):
        return self.p_negative_slope


def record_leaky_relu(made, self, negative_slope):
    node = LeakyReluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_negative_slope = negative_slope
    return made


class LeakyReluBackwardBackward0(Node):
    """Backward of aten::leaky_relu_backward."""

    __slots__ = ('s_self', 'v_self', 'p_negative_slope',)
    op_name = 'leaky_relu_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_output = rules.torch.raw.leaky_relu_backward(g, x_self, self.p_negative_slope, False)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_negative_slope(self):
        return self.p_negative_slope


def record_leaky_relu_backward(made, grad_output, self, negative_slope, self_is_result):
    node = LeakyReluBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_negative_slope = negative_slope
    return made


def record_leaky_relu_backward_number(made, grad_output, self, negative_slope, self_is_result):
    node = LeakyReluBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_negative_slope = negative_slope
    return made


def record_leaky_relu_backward_any(made, grad_output, self, negative_slope, self_is_result):
    node = LeakyReluBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_negative_slope = negative_slope
    return made


class LogSigmoidBackwardBackward0(Node):
    """Backward of aten::log_sigmoid_backward."""

    __slots__ = ('s_self', 'v_self', 's_buffer', 'v_buffer', 's_grad_output', 'v_grad_output',)
    op_name = 'log_sigmoid_backward'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_grad_output, n_self = self.next
        if n_grad_output is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_buffer = self.s_buffer
            if not ((x_buffer.__class__ is Tensor or x_buffer.__class__ is Parameter) and (x_buffer._ver or FIRST)[0] == self.v_buffer):
                x_buffer = unpack_input(self, x_buffer, self.v_buffer)
            r_grad_output = rules.torch.raw.log_sigmoid_backward(g, x_self, x_buffer)
        else:
            r_grad_output = None
        if n_self is not None:
            x_grad_output = self.s_grad_output
            if not ((x_grad_output.__class__ is Tensor or x_grad_output.__class__ is Parameter) and (x_grad_output._ver or FIRST)[0] == self.v_grad_output):
                x_grad_output = unpack_input(self, x_grad_output, self.v_grad_output)
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_self = rules.log_sigmoid_backward_self(g, x_grad_output, x_self)
        else:
            r_self = None
        return (r_grad_output, r_self,)

    def release(self):
        self.s_self = Node
        self.s_buffer = Node
        self.s_grad_output = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_buffer(self):
        return unpack_input(self, self.s_buffer, self.v_buffer)

    @property
    def _saved_grad_output(self):
        return unpack_input(self, self.s_grad_output, self.v_grad_output)


def record_log_sigmoid_backward(made, grad_output, self, buffer):
    node = LogSigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (self._node or self) if self._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_buffer = buffer
        cell = buffer._ver
        node.v_buffer = 0 if cell is None else cell[0]
    else:
        node.s_buffer = Node
        node.v_buffer = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        cell = grad_output._ver
        node.v_grad_output = 0 if cell is None else cell[0]
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


def record_log_sigmoid_backward_any(made, grad_output, self, buffer):
    node = LogSigmoidBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    e1 = edge(self)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_buffer = buffer
        node.v_buffer = version(buffer)
    else:
        node.s_buffer = Node
        node.v_buffer = 0
    if e1 is not None:
        node.s_grad_output = grad_output
        node.v_grad_output = version(grad_output)
    else:
        node.s_grad_output = Node
        node.v_grad_output = 0
    return made


class LogSigmoidBackward0(Node):
    """Backward of aten::log_sigmoid_forward."""

    __slots__ = ('s_self', 'v_self', 'o_buffer',)
    op_name = 'log_sigmoid_forward'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_buffer = unpack_output(self, self.o_buffer, 1)
        r_self = rules.torch.raw.log_sigmoid_backward(g[0], x_self, x_buffer)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_buffer = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_buffer(self):
        return unpack_output(self, self.o_buffer, 1)


def record_log_sigmoid_forward(made, self):
    node = LogSigmoidBackward0()
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
    node.o_buffer = save_output(made[1])
    return made


class MishBackward0(Node):
    """Backward of aten::mish."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'mish'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.mish_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_mish(made, self):
    node = MishBackward0()
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


class ReluBackward0(Node):
    """Backward of aten::relu."""

    __slots__ = ('o_result',)
    op_name = 'relu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch.raw.threshold_backward(g, x_result, 0)
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_relu(made, self):
    node = ReluBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.o_result = save_output(made)
    return made


class SiluBackward0(Node):
    """Backward of aten::silu."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'silu'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.silu_backward(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_silu(made, self):
    node = SiluBackward0()
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


class SoftplusBackward0(Node):
    """Backward of aten::softplus."""

    __slots__ = ('s_self', 'v_self', 'p_beta', 'p_threshold',)
    op_name = 'softplus'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.softplus_backward(g, x_self, self.p_beta, self.p_threshold)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_threshold(self):
        return self.p_threshold


def record_softplus(made, self, beta, threshold):
    node = SoftplusBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_beta = beta
    node.p_threshold = threshold
    return made


class SoftshrinkBackward0(Node):
    """Backward of aten::softshrink."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'softshrink'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.softshrink_backward(g, x_self, self.p_lambd)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_softshrink(made, self, lambd):
    node = SoftshrinkBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_lambd = lambd
    return made


class SoftshrinkBackwardBackward0(Node):
    """Backward of aten::softshrink_backward."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'softshrink_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_output = rules.torch.raw.softshrink_backward(g, x_self, self.p_lambd)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_softshrink_backward(made, grad_output, self, lambd):
    node = SoftshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


def record_softshrink_backward_number(made, grad_output, self, lambd):
    node = SoftshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


def record_softshrink_backward_any(made, grad_output, self, lambd):
    node = SoftshrinkBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_lambd = lambd
    return made


class ThresholdBackward0(Node):
    """Backward of aten::threshold."""

    __slots__ = ('s_self', 'v_self', 'p_threshold',)
    op_name = 'threshold'
    n_outputs = 1
    traits = FRESH | SAVES | EXACT | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.torch.raw.threshold_backward(g, x_self, self.p_threshold)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_threshold(self):
        return self.p_threshold


def record_threshold(made, self, threshold, value):
    node = ThresholdBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.p_threshold = threshold
    return made


class ThresholdBackwardBackward0(Node):
    """Backward of aten::threshold_backward."""

    __slots__ = ('s_self', 'v_self', 'p_threshold',)
    op_name = 'threshold_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_grad_output = rules.torch.raw.threshold_backward(g, x_self, self.p_threshold)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_threshold(self):
        return self.p_threshold


def record_threshold_backward(made, grad_output, self, threshold):
    node = ThresholdBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_threshold = threshold
    return made


def record_threshold_backward_number(made, grad_output, self, threshold):
    node = ThresholdBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = 0
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_threshold = threshold
    return made


def record_threshold_backward_any(made, grad_output, self, threshold):
    node = ThresholdBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(grad_output)
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        node.v_self = version(self)
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_threshold = threshold
    return made
