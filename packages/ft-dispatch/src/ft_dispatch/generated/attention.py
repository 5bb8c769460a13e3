"""Wrappers of the `attention` family, generated from ft_dispatch/ops/attention.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__safe_softmax = OPS['_safe_softmax']
table__safe_softmax = op__safe_softmax.table


def _safe_softmax(input, dim, dtype=None):
    """Softmax that gives zeros where all is -inf.

    aten::_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__safe_softmax[keys]
        leaf, ok, dim, dtype, = memo[input._a.shape, dim, dtype]
        arr = st.run(leaf, input._a, dim, dtype, out=dest)
    except _MISS:
        return call(op__safe_softmax, _safe_softmax, (input, dim, dtype))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, dtype)


op__scaled_dot_product_attention_math = OPS['_scaled_dot_product_attention_math']
table__scaled_dot_product_attention_math = op__scaled_dot_product_attention_math.table


def _scaled_dot_product_attention_math(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, dropout_mask=None, *, scale=None, enable_gqa=False):
    """Attention by its formula; also the probabilities.

    aten::_scaled_dot_product_attention_math(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, bool enable_gqa=False) -> (Tensor, Tensor)
    """
    try:
        keys = query._k | key._k | value._k | TL.st.bits
        if attn_mask is not None:
            keys |= attn_mask._k
        if dropout_mask is not None:
            keys |= dropout_mask._k
    except AttributeError:
        return call(op__scaled_dot_product_attention_math, _scaled_dot_product_attention_math, (query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa))
    if keys & 4331608735776:
        return call(op__scaled_dot_product_attention_math, _scaled_dot_product_attention_math, (query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa))
    try:
        if keys & 4397174096120:
            raise KeyError
        dropout_p, is_causal, scale, enable_gqa, = table__scaled_dot_product_attention_math[dropout_p, is_causal, scale, enable_gqa]
    except (KeyError, TypeError):
        return op__scaled_dot_product_attention_math.decomposition(*settled(op__scaled_dot_product_attention_math, (query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa), keys))
    return op__scaled_dot_product_attention_math.decomposition(query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa)


op__scaled_dot_product_flash_attention_for_cpu = OPS['_scaled_dot_product_flash_attention_for_cpu']
table__scaled_dot_product_flash_attention_for_cpu = op__scaled_dot_product_flash_attention_for_cpu.table


def _scaled_dot_product_flash_attention_for_cpu(query, key, value, dropout_p=0.0, is_causal=False, *, attn_mask=None, scale=None):
    """Attention in cache-sized blocks.

    aten::_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0., bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor logsumexp)
    """
    try:
        st = TL.st
        keys = query._k | key._k | value._k | st.bits
        a_attn_mask = None
        if attn_mask is not None:
            keys |= attn_mask._k
            a_attn_mask = attn_mask._a
        dest, rec, dense, memo = table__scaled_dot_product_flash_attention_for_cpu[keys]
        leaf, ok, dropout_p, is_causal, scale, = memo[query._a.shape, key._a.shape, value._a.shape, None if a_attn_mask is None else a_attn_mask.shape, dropout_p, is_causal, scale]
        arr = st.run(leaf, query._a, key._a, value._a, dropout_p, is_causal, a_attn_mask, scale, out=dest)
    except _MISS:
        return call(op__scaled_dot_product_flash_attention_for_cpu, _scaled_dot_product_flash_attention_for_cpu, (query, key, value, dropout_p, is_causal, attn_mask, scale))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, query, key, value, dropout_p, is_causal, attn_mask, scale)


op__scaled_dot_product_flash_attention_for_cpu_backward = OPS['_scaled_dot_product_flash_attention_for_cpu_backward']
table__scaled_dot_product_flash_attention_for_cpu_backward = op__scaled_dot_product_flash_attention_for_cpu_backward.table


def _scaled_dot_product_flash_attention_for_cpu_backward(grad_out, query, key, value, out, logsumexp, dropout_p, is_causal, *, attn_mask=None, scale=None):
    """Gradients of attention.

    aten::_scaled_dot_product_flash_attention_for_cpu_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, float dropout_p, bool is_causal, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor grad_query, Tensor grad_key, Tensor grad_value)
    """
    try:
        st = TL.st
        keys = grad_out._k | query._k | key._k | value._k | out._k | logsumexp._k | st.bits
        a_attn_mask = None
        if attn_mask is not None:
            keys |= attn_mask._k
            a_attn_mask = attn_mask._a
        dest, rec, dense, memo = table__scaled_dot_product_flash_attention_for_cpu_backward[keys]
        leaf, ok, dropout_p, is_causal, scale, = memo[grad_out._a.shape, query._a.shape, key._a.shape, value._a.shape, out._a.shape, logsumexp._a.shape, None if a_attn_mask is None else a_attn_mask.shape, dropout_p, is_causal, scale]
        arr = st.run(leaf, grad_out._a, query._a, key._a, value._a, out._a, logsumexp._a, dropout_p, is_causal, a_attn_mask, scale, out=dest)
    except _MISS:
        return call(op__scaled_dot_product_flash_attention_for_cpu_backward, _scaled_dot_product_flash_attention_for_cpu_backward, (grad_out, query, key, value, out, logsumexp, dropout_p, is_causal, attn_mask, scale))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_out, query, key, value, out, logsumexp, dropout_p, is_causal, attn_mask, scale)


op_scaled_dot_product_attention = OPS['scaled_dot_product_attention']
table_scaled_dot_product_attention = op_scaled_dot_product_attention.table


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, *, scale=None, enable_gqa=False):
    """softmax(q k^T * scale + mask) v.

    aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor
    """
    try:
        keys = query._k | key._k | value._k | TL.st.bits
        if attn_mask is not None:
            keys |= attn_mask._k
    except AttributeError:
        return call(op_scaled_dot_product_attention, scaled_dot_product_attention, (query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa))
    if keys & 4331608735776:
        return call(op_scaled_dot_product_attention, scaled_dot_product_attention, (query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa))
    try:
        if keys & 4397174096120:
            raise KeyError
        dropout_p, is_causal, scale, enable_gqa, = table_scaled_dot_product_attention[dropout_p, is_causal, scale, enable_gqa]
    except (KeyError, TypeError):
        return op_scaled_dot_product_attention.decomposition(*settled(op_scaled_dot_product_attention, (query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa), keys))
    return op_scaled_dot_product_attention.decomposition(query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa)
