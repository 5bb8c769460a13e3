"""Nodes and recorders of the `norm` family, from ft_autograd/rules/norm.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import norm as rules


class FusedRmsNormBackward0(Node):
    """Backward of aten::_fused_rms_norm."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 'o_result1', 'p_normalized_shape',)
    op_name = '_fused_rms_norm'
    n_outputs = 2
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_input, r_weight = rules.fused_rms_norm_vjp(g[0], g[1], x_input, x_weight, x_result1, self.p_normalized_shape, (n_input is not None, n_weight is not None,))
        return (r_input, r_weight,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.o_result1 = None

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_normalized_shape(self):
        return self.p_normalized_shape


def record__fused_rms_norm(made, input, normalized_shape, weight, eps):
    node = FusedRmsNormBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input._node or input) if input._k & 1 else None
    e1 = edge(weight)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None else None
    node.p_normalized_shape = normalized_shape
    return made


class NativeBatchNormLegitBackward0(Node):
    """Backward of aten::_native_batch_norm_legit.no_stats."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 'o_result1', 'o_result2', 'p_eps',)
    op_name = '_native_batch_norm_legit.no_stats'
    n_outputs = 3
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight, n_bias = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        r_input, r_weight, r_bias = rules._batch(g[0], x_input, x_weight, None, None, x_result1, x_result2, True, self.p_eps, (n_input is not None, n_weight is not None, n_bias is not None))
        return (r_input, r_weight, r_bias,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.o_result1 = None
        self.o_result2 = None

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)

    @property
    def _saved_eps(self):
        return self.p_eps


def record__native_batch_norm_legit_no_stats(made, input, weight, bias, training, momentum, eps):
    node = NativeBatchNormLegitBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input._node or input) if input._k & 1 else None
    e1 = edge(weight)
    e2 = edge(bias)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None or e2 is not None else None
    node.p_eps = eps
    return made


class NativeBatchNormBackward0(Node):
    """Backward of aten::_native_batch_norm_legit_functional."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 'o_running_mean_out', 'o_running_var_out', 'o_result1', 'o_result2', 'p_training', 'p_eps',)
    op_name = '_native_batch_norm_legit_functional'
    n_outputs = 5
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight, n_bias = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_running_mean_out = unpack_output(self, self.o_running_mean_out, 3)
        x_running_var_out = unpack_output(self, self.o_running_var_out, 4)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        r_input, r_weight, r_bias = rules._batch(g[0], x_input, x_weight, x_running_mean_out, x_running_var_out, x_result1, x_result2, self.p_training, self.p_eps, (n_input is not None, n_weight is not None, n_bias is not None))
        return (r_input, r_weight, r_bias,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.o_running_mean_out = None
        self.o_running_var_out = None
        self.o_result1 = None
        self.o_result2 = None

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_running_mean_out(self):
        return unpack_output(self, self.o_running_mean_out, 3)

    @property
    def _saved_running_var_out(self):
        return unpack_output(self, self.o_running_var_out, 4)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)

    @property
    def _saved_training(self):
        return self.p_training

    @property
    def _saved_eps(self):
        return self.p_eps


def record__native_batch_norm_legit_functional(made, input, weight, bias, running_mean, running_var, training, momentum, eps):
    node = NativeBatchNormBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input._node or input) if input._k & 1 else None
    e1 = edge(weight)
    e2 = edge(bias)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_running_mean_out = save_output(made[3]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_running_var_out = save_output(made[4]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None or e2 is not None else None
    node.p_training = training
    node.p_eps = eps
    return made


class NativeGroupNormBackward0(Node):
    """Backward of aten::native_group_norm."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 'o_result1', 'o_result2', 'p_N', 'p_C', 'p_HxW', 'p_group',)
    op_name = 'native_group_norm'
    n_outputs = 3
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight, n_bias = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        r_input, r_weight, r_bias = rules.native_group_norm_vjp(g[0], g[1], g[2], x_input, x_weight, x_result1, x_result2, self.p_N, self.p_C, self.p_HxW, self.p_group, (n_input is not None, n_weight is not None, n_bias is not None,))
        return (r_input, r_weight, r_bias,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.o_result1 = None
        self.o_result2 = None

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)

    @property
    def _saved_N(self):
        return self.p_N

    @property
    def _saved_C(self):
        return self.p_C

    @property
    def _saved_HxW(self):
        return self.p_HxW

    @property
    def _saved_group(self):
        return self.p_group


def record_native_group_norm(made, input, weight, bias, N, C, HxW, group, eps):
    node = NativeGroupNormBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input._node or input) if input._k & 1 else None
    e1 = edge(weight)
    e2 = edge(bias)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None or e2 is not None else None
    node.p_N = N
    node.p_C = C
    node.p_HxW = HxW
    node.p_group = group
    return made


class NativeLayerNormBackward0(Node):
    """Backward of aten::native_layer_norm."""

    __slots__ = ('s_input', 'v_input', 's_weight', 'v_weight', 's_bias', 'v_bias', 'o_result1', 'o_result2', 'p_normalized_shape',)
    op_name = 'native_layer_norm'
    n_outputs = 3
    traits = FRESH | SAVES

    def apply(self, g):
        n_input, n_weight, n_bias = self.next
        x_input = self.s_input
        if not ((x_input.__class__ is Tensor or x_input.__class__ is Parameter) and (x_input._ver or FIRST)[0] == self.v_input):
            x_input = unpack_input(self, x_input, self.v_input)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_bias = self.s_bias
        if not ((x_bias.__class__ is Tensor or x_bias.__class__ is Parameter) and (x_bias._ver or FIRST)[0] == self.v_bias):
            x_bias = unpack_input(self, x_bias, self.v_bias)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        r_input, r_weight, r_bias = rules.native_layer_norm_vjp(g[0], x_input, x_weight, x_bias, x_result1, x_result2, self.p_normalized_shape, (n_input is not None, n_weight is not None, n_bias is not None,))
        return (r_input, r_weight, r_bias,)

    def release(self):
        self.s_input = Node
        self.s_weight = Node
        self.s_bias = Node
        self.o_result1 = None
        self.o_result2 = None

    @property
    def _saved_input(self):
        return unpack_input(self, self.s_input, self.v_input)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_bias(self):
        return unpack_input(self, self.s_bias, self.v_bias)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)

    @property
    def _saved_normalized_shape(self):
        return self.p_normalized_shape


def record_native_layer_norm(made, input, normalized_shape, weight, bias, eps):
    node = NativeLayerNormBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (input._node or input) if input._k & 1 else None
    e1 = edge(weight)
    e2 = edge(bias)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_input = input
        cell = input._ver
        node.v_input = 0 if cell is None else cell[0]
    else:
        node.s_input = Node
        node.v_input = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_bias = bias
        node.v_bias = version(bias)
    else:
        node.s_bias = Node
        node.v_bias = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None or e2 is not None else None
    node.p_normalized_shape = normalized_shape
    return made
