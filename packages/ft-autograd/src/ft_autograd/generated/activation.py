"""Nodes and recorders of the `activation` family, generated from ft_autograd/rules/activation.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import activation as rules

_make = object.__new__


class PreluKernelBackward0(Node):
    """Backward of aten::_prelu_kernel."""

    __slots__ = ('s_self', 'v_self', 's_weight', 'v_weight',)
    op_name = '_prelu_kernel'
    n_outputs = 1

    def apply(self, g):
        n_self, n_weight = self.next
        r_self, r_weight = rules.prelu_kernel_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), weight=unpack_input(self, self.s_weight, self.v_weight))
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


def record__prelu_kernel(o, self, weight):
    n = _make(PreluKernelBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (weight._node or weight) if weight._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        v = weight._ver
        n.v_weight = 0 if v is None else v[0]
    else:
        n.s_weight = Node
        n.v_weight = 0
    return o


def record__prelu_kernel_number(o, self, weight):
    n = _make(PreluKernelBackward0)
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
        n.s_weight = weight
        n.v_weight = 0
    else:
        n.s_weight = Node
        n.v_weight = 0
    return o


def record__prelu_kernel_any(o, self, weight):
    n = _make(PreluKernelBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(weight)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    return o


class CeluBackward0(Node):
    """Backward of aten::celu."""

    __slots__ = ('s_self', 'v_self', 'p_alpha',)
    op_name = 'celu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.celu_self(g=g, self=unpack_input(self, self.s_self, self.v_self), alpha=self.p_alpha)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_celu(o, self, alpha):
    n = _make(CeluBackward0)
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
    n.p_alpha = alpha
    return o


class EluBackward0(Node):
    """Backward of aten::elu."""

    __slots__ = ('s_self', 'v_self', 'p_alpha', 'p_scale', 'p_input_scale',)
    op_name = 'elu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.elu_self(g=g, self=unpack_input(self, self.s_self, self.v_self), alpha=self.p_alpha, scale=self.p_scale, input_scale=self.p_input_scale)
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


def record_elu(o, self, alpha, scale, input_scale):
    n = _make(EluBackward0)
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
    n.p_alpha = alpha
    n.p_scale = scale
    n.p_input_scale = input_scale
    return o


class GeluBackward0(Node):
    """Backward of aten::gelu."""

    __slots__ = ('s_self', 'v_self', 'p_approximate',)
    op_name = 'gelu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.gelu_self(g=g, self=unpack_input(self, self.s_self, self.v_self), approximate=self.p_approximate)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_approximate(self):
        return self.p_approximate


def record_gelu(o, self, approximate):
    n = _make(GeluBackward0)
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
    n.p_approximate = approximate
    return o


class GluBackward0(Node):
    """Backward of aten::glu."""

    __slots__ = ('s_self', 'v_self', 'p_dim',)
    op_name = 'glu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.glu_self(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_glu(o, self, dim):
    n = _make(GluBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_dim = dim
    return o


class HardshrinkBackward0(Node):
    """Backward of aten::hardshrink."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'hardshrink'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.hardshrink_self(g=g, self=unpack_input(self, self.s_self, self.v_self), lambd=self.p_lambd)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_hardshrink(o, self, lambd):
    n = _make(HardshrinkBackward0)
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
    n.p_lambd = lambd
    return o


class HardshrinkBackwardBackward0(Node):
    """Backward of aten::hardshrink_backward."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'hardshrink_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_out = rules.hardshrink_backward_grad_out(g=g, self=unpack_input(self, self.s_self, self.v_self), lambd=self.p_lambd)
        return (r_grad_out,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_hardshrink_backward(o, grad_out, self, lambd):
    n = _make(HardshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_out._node or grad_out) if grad_out._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


def record_hardshrink_backward_number(o, grad_out, self, lambd):
    n = _make(HardshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_out._node or grad_out) if grad_out._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


def record_hardshrink_backward_any(o, grad_out, self, lambd):
    n = _make(HardshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_out)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


class HardsigmoidBackward0(Node):
    """Backward of aten::hardsigmoid."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardsigmoid'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.hardsigmoid_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardsigmoid(o, self):
    n = _make(HardsigmoidBackward0)
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


class HardsigmoidBackwardBackward0(Node):
    """Backward of aten::hardsigmoid_backward."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardsigmoid_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.hardsigmoid_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardsigmoid_backward(o, grad_output, self):
    n = _make(HardsigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_hardsigmoid_backward_number(o, grad_output, self):
    n = _make(HardsigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    return o


def record_hardsigmoid_backward_any(o, grad_output, self):
    n = _make(HardsigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class HardswishBackward0(Node):
    """Backward of aten::hardswish."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'hardswish'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.hardswish_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_hardswish(o, self):
    n = _make(HardswishBackward0)
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


class HardtanhBackward0(Node):
    """Backward of aten::hardtanh."""

    __slots__ = ('s_self', 'v_self', 'p_min_val', 'p_max_val',)
    op_name = 'hardtanh'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.hardtanh_self(g=g, self=unpack_input(self, self.s_self, self.v_self), min_val=self.p_min_val, max_val=self.p_max_val)
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


def record_hardtanh(o, self, min_val, max_val):
    n = _make(HardtanhBackward0)
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
    n.p_min_val = min_val
    n.p_max_val = max_val
    return o


class HardtanhBackwardBackward0(Node):
    """Backward of aten::hardtanh_backward."""

    __slots__ = ('s_self', 'v_self', 'p_min_val', 'p_max_val',)
    op_name = 'hardtanh_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.hardtanh_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self), min_val=self.p_min_val, max_val=self.p_max_val)
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


def record_hardtanh_backward(o, grad_output, self, min_val, max_val):
    n = _make(HardtanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_min_val = min_val
    n.p_max_val = max_val
    return o


def record_hardtanh_backward_number(o, grad_output, self, min_val, max_val):
    n = _make(HardtanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_min_val = min_val
    n.p_max_val = max_val
    return o


def record_hardtanh_backward_any(o, grad_output, self, min_val, max_val):
    n = _make(HardtanhBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_min_val = min_val
    n.p_max_val = max_val
    return o


class LeakyReluBackward0(Node):
    """Backward of aten::leaky_relu."""

    __slots__ = ('s_self', 'v_self', 'p_negative_slope',)
    op_name = 'leaky_relu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.leaky_relu_self(g=g, self=unpack_input(self, self.s_self, self.v_self), negative_slope=self.p_negative_slope)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_negative_slope(self):
        return self.p_negative_slope


def record_leaky_relu(o, self, negative_slope):
    n = _make(LeakyReluBackward0)
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
    n.p_negative_slope = negative_slope
    return o


class LeakyReluBackwardBackward0(Node):
    """Backward of aten::leaky_relu_backward."""

    __slots__ = ('s_self', 'v_self', 'p_negative_slope',)
    op_name = 'leaky_relu_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.leaky_relu_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self), negative_slope=self.p_negative_slope)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_negative_slope(self):
        return self.p_negative_slope


def record_leaky_relu_backward(o, grad_output, self, negative_slope, self_is_result):
    n = _make(LeakyReluBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_negative_slope = negative_slope
    return o


def record_leaky_relu_backward_number(o, grad_output, self, negative_slope, self_is_result):
    n = _make(LeakyReluBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_negative_slope = negative_slope
    return o


def record_leaky_relu_backward_any(o, grad_output, self, negative_slope, self_is_result):
    n = _make(LeakyReluBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_negative_slope = negative_slope
    return o


class LogSigmoidBackwardBackward0(Node):
    """Backward of aten::log_sigmoid_backward."""

    __slots__ = ('s_self', 'v_self', 's_buffer', 'v_buffer', 's_grad_output', 'v_grad_output',)
    op_name = 'log_sigmoid_backward'
    n_outputs = 1

    def apply(self, g):
        n_grad_output, n_self = self.next
        r_grad_output = rules.log_sigmoid_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self), buffer=unpack_input(self, self.s_buffer, self.v_buffer)) if n_grad_output is not None else None
        r_self = rules.log_sigmoid_backward_self(g=g, grad_output=unpack_input(self, self.s_grad_output, self.v_grad_output), self=unpack_input(self, self.s_self, self.v_self)) if n_self is not None else None
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


def record_log_sigmoid_backward(o, grad_output, self, buffer):
    n = _make(LogSigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    e1 = (self._node or self) if self._k & 1 else None
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None:
        n.s_buffer = buffer
        v = buffer._ver
        n.v_buffer = 0 if v is None else v[0]
    else:
        n.s_buffer = Node
        n.v_buffer = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        v = grad_output._ver
        n.v_grad_output = 0 if v is None else v[0]
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


def record_log_sigmoid_backward_any(o, grad_output, self, buffer):
    n = _make(LogSigmoidBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    e1 = edge(self)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None:
        n.s_buffer = buffer
        n.v_buffer = version(buffer)
    else:
        n.s_buffer = Node
        n.v_buffer = 0
    if e1 is not None:
        n.s_grad_output = grad_output
        n.v_grad_output = version(grad_output)
    else:
        n.s_grad_output = Node
        n.v_grad_output = 0
    return o


class LogSigmoidForwardBackward0(Node):
    """Backward of aten::log_sigmoid_forward."""

    __slots__ = ('s_self', 'v_self', 'o_buffer',)
    op_name = 'log_sigmoid_forward'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.log_sigmoid_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), buffer=unpack_output(self, self.o_buffer, 1))
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


def record_log_sigmoid_forward(o, self):
    n = _make(LogSigmoidForwardBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_buffer = save_output(o[1]) if e0 is not None else None
    return o


class MishBackward0(Node):
    """Backward of aten::mish."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'mish'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.mish_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_mish(o, self):
    n = _make(MishBackward0)
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


class ReluBackward0(Node):
    """Backward of aten::relu."""

    __slots__ = ('o_result',)
    op_name = 'relu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.relu_self(g=g, result=unpack_output(self, self.o_result, 0))
        return (r_self,)

    def release(self):
        self.o_result = None

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_relu(o, self):
    n = _make(ReluBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (self._node or self) if self._k & 1 else None
    n.next = (e0,)
    n.o_result = save_output(o) if e0 is not None else None
    return o


class SiluBackward0(Node):
    """Backward of aten::silu."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'silu'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.silu_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_silu(o, self):
    n = _make(SiluBackward0)
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


class SoftplusBackward0(Node):
    """Backward of aten::softplus."""

    __slots__ = ('s_self', 'v_self', 'p_beta', 'p_threshold',)
    op_name = 'softplus'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.softplus_self(g=g, self=unpack_input(self, self.s_self, self.v_self), beta=self.p_beta, threshold=self.p_threshold)
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


def record_softplus(o, self, beta, threshold):
    n = _make(SoftplusBackward0)
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
    n.p_beta = beta
    n.p_threshold = threshold
    return o


class SoftshrinkBackward0(Node):
    """Backward of aten::softshrink."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'softshrink'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.softshrink_self(g=g, self=unpack_input(self, self.s_self, self.v_self), lambd=self.p_lambd)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_softshrink(o, self, lambd):
    n = _make(SoftshrinkBackward0)
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
    n.p_lambd = lambd
    return o


class SoftshrinkBackwardBackward0(Node):
    """Backward of aten::softshrink_backward."""

    __slots__ = ('s_self', 'v_self', 'p_lambd',)
    op_name = 'softshrink_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.softshrink_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self), lambd=self.p_lambd)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_lambd(self):
        return self.p_lambd


def record_softshrink_backward(o, grad_output, self, lambd):
    n = _make(SoftshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


def record_softshrink_backward_number(o, grad_output, self, lambd):
    n = _make(SoftshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


def record_softshrink_backward_any(o, grad_output, self, lambd):
    n = _make(SoftshrinkBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_lambd = lambd
    return o


class ThresholdBackward0(Node):
    """Backward of aten::threshold."""

    __slots__ = ('s_self', 'v_self', 'p_threshold',)
    op_name = 'threshold'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.threshold_self(g=g, self=unpack_input(self, self.s_self, self.v_self), threshold=self.p_threshold)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_threshold(self):
        return self.p_threshold


def record_threshold(o, self, threshold, value):
    n = _make(ThresholdBackward0)
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
    n.p_threshold = threshold
    return o


class ThresholdBackwardBackward0(Node):
    """Backward of aten::threshold_backward."""

    __slots__ = ('s_self', 'v_self', 'p_threshold',)
    op_name = 'threshold_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.threshold_backward_grad_output(g=g, self=unpack_input(self, self.s_self, self.v_self), threshold=self.p_threshold)
        return (r_grad_output,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_threshold(self):
        return self.p_threshold


def record_threshold_backward(o, grad_output, self, threshold):
    n = _make(ThresholdBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        v = self._ver
        n.v_self = 0 if v is None else v[0]
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_threshold = threshold
    return o


def record_threshold_backward_number(o, grad_output, self, threshold):
    n = _make(ThresholdBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = 0
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_threshold = threshold
    return o


def record_threshold_backward_any(o, grad_output, self, threshold):
    n = _make(ThresholdBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_threshold = threshold
    return o
