"""Nodes and recorders of the `attention` family, from ft_autograd/rules/attention.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import attention as rules


class SafeSoftmaxBackward0(Node):
    """Backward of aten::_safe_softmax."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim',)
    op_name = '_safe_softmax'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.torch._softmax_backward_data(g, x_result, self.p_dim, x_self.dtype)
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

    @property
    def _saved_dim(self):
        return self.p_dim


def record__safe_softmax(made, self, dim, dtype):
    node = SafeSoftmaxBackward0()
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
    node.p_dim = dim
    return made


class ScaledDotProductFlashAttentionForCpuBackward0(Node):
    """Backward of aten::_scaled_dot_product_flash_attention_for_cpu."""

    __slots__ = ('s_query', 'v_query', 's_key', 'v_key', 's_value', 'v_value', 's_attn_mask', 'v_attn_mask', 'o_output', 'o_logsumexp', 'p_dropout_p', 'p_is_causal', 'p_scale',)
    op_name = '_scaled_dot_product_flash_attention_for_cpu'
    n_outputs = 2
    traits = FRESH | SAVES

    def apply(self, g):
        n_query, n_key, n_value = self.next
        x_query = self.s_query
        if not ((x_query.__class__ is Tensor or x_query.__class__ is Parameter) and (x_query._ver or FIRST)[0] == self.v_query):
            x_query = unpack_input(self, x_query, self.v_query)
        x_key = self.s_key
        if not ((x_key.__class__ is Tensor or x_key.__class__ is Parameter) and (x_key._ver or FIRST)[0] == self.v_key):
            x_key = unpack_input(self, x_key, self.v_key)
        x_value = self.s_value
        if not ((x_value.__class__ is Tensor or x_value.__class__ is Parameter) and (x_value._ver or FIRST)[0] == self.v_value):
            x_value = unpack_input(self, x_value, self.v_value)
        x_output = unpack_output(self, self.o_output, 0)
        x_logsumexp = unpack_output(self, self.o_logsumexp, 1)
        x_attn_mask = self.s_attn_mask
        if not ((x_attn_mask.__class__ is Tensor or x_attn_mask.__class__ is Parameter) and (x_attn_mask._ver or FIRST)[0] == self.v_attn_mask):
            x_attn_mask = unpack_input(self, x_attn_mask, self.v_attn_mask)
        r_query, r_key, r_value = rules.flash_vjp(g[0], g[1], x_query, x_key, x_value, x_output, x_logsumexp, self.p_dropout_p, self.p_is_causal, x_attn_mask, self.p_scale)
        return (r_query, r_key, r_value,)

    def release(self):
        self.s_query = Node
        self.s_key = Node
        self.s_value = Node
        self.s_attn_mask = Node
        self.o_output = None
        self.o_logsumexp = None

    @property
    def _saved_query(self):
        return unpack_input(self, self.s_query, self.v_query)

    @property
    def _saved_key(self):
        return unpack_input(self, self.s_key, self.v_key)

    @property
    def _saved_value(self):
        return unpack_input(self, self.s_value, self.v_value)

    @property
    def _saved_attn_mask(self):
        return unpack_input(self, self.s_attn_mask, self.v_attn_mask)

    @property
    def _saved_output(self):
        return unpack_output(self, self.o_output, 0)

    @property
    def _saved_logsumexp(self):
        return unpack_output(self, self.o_logsumexp, 1)

    @property
    def _saved_dropout_p(self):
        return self.p_dropout_p

    @property
    def _saved_is_causal(self):
        return self.p_is_causal

    @property
    def _saved_scale(self):
        return self.p_scale


def record__scaled_dot_product_flash_attention_for_cpu(made, query, key, value, dropout_p, is_causal, attn_mask, scale):
    node = ScaledDotProductFlashAttentionForCpuBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (query._node or query) if query._k & 1 else None
    e1 = (key._node or key) if key._k & 1 else None
    e2 = (value._node or value) if value._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_query = query
        cell = query._ver
        node.v_query = 0 if cell is None else cell[0]
    else:
        node.s_query = Node
        node.v_query = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_key = key
        cell = key._ver
        node.v_key = 0 if cell is None else cell[0]
    else:
        node.s_key = Node
        node.v_key = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_value = value
        cell = value._ver
        node.v_value = 0 if cell is None else cell[0]
    else:
        node.s_value = Node
        node.v_value = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_attn_mask = attn_mask
        node.v_attn_mask = version(attn_mask)
    else:
        node.s_attn_mask = Node
        node.v_attn_mask = 0
    node.o_output = save_output(made[0]) if e0 is not None or e1 is not None or e2 is not None else None
    node.o_logsumexp = save_output(made[1]) if e0 is not None or e1 is not None or e2 is not None else None
    node.p_dropout_p = dropout_p
    node.p_is_causal = is_causal
    node.p_scale = scale
    return made
