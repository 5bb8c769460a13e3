"""Scaled dot-product attention: the public composite, the fused op it chooses where it can, and the plain formula for the rest.

The choice is torch's on the CPU: the fused op for 4-d inputs of one floating dtype without dropout and without a mask that needs
a gradient; else the formula, which also draws the dropout.
"""

from ft_core.dtype import bool_ as bool_dtype
from ft_core.keys import GRAD

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from .cast import strides_like
from .index import sizes
from .reduction import scalar_type

flash = op(
    "_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0., bool "
    "is_causal=False, *, "
    "Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor logsumexp)",
    "Attention in cache-sized blocks.",
    kind=OPAQUE,
    variants="",
    accumulate="float32",
)
flash_backward = op(
    "_scaled_dot_product_flash_attention_for_cpu_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, "
    "Tensor logsumexp, float dropout_p, bool is_causal, *, Tensor? attn_mask=None, float? scale=None) "
    "-> (Tensor grad_query, Tensor grad_key, Tensor grad_value)",
    "Gradients of attention.",
    kind=OPAQUE,
    variants="",
    accumulate="float32",
)
safe_softmax = op(
    "_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
    "Softmax that gives zeros where all is -inf.",
    kind=OPAQUE,
    variants="",
    accumulate="float32",
)
math_attention = op(
    "_scaled_dot_product_attention_math(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., "
    "bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, bool enable_gqa=False) -> (Tensor, Tensor)",
    "Attention by its formula; also the probabilities.",
    kind=COMPOSITE,
    variants="",
)
scaled_dot_product_attention = op(
    "scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool "
    "is_causal=False, *, "
    "float? scale=None, bool enable_gqa=False) -> Tensor",
    "softmax(q k^T * scale + mask) v.",
    kind=COMPOSITE,
    variants="",
    python="nn.functional.scaled_dot_product_attention",
)


BACKENDS = {"cudnn": True, "flash": True, "mem_efficient": True, "math": True, "overrideable": True}
"""Which ways scaled_dot_product_attention may take, for the process (torch.nn.attention.sdpa_kernel). On the CPU flash and math count."""


@flash.meta
def _(query, key, value, dropout_p, is_causal, attn_mask, scale):
    batch, heads, queries, width = sizes(query)
    out = (batch, heads, queries, value.shape[3])
    strides = strides_like(query, None) if value.shape[3] == width else None  # laid out as the query, which saves the caller a copy
    return [(out, query.dtype, strides), ((batch, heads, queries), query.dtype.opmath, (queries * heads, 1, heads))]


@flash_backward.meta
def _(grad_out, query, key, value, *params):
    return [(sizes(t), t.dtype) for t in (query, key, value)]


@safe_softmax.meta
def _(self, dim, dtype):
    return [(sizes(self), dtype or self.dtype)]


def _scores(query, key, is_causal, attn_mask, scale):
    scores = (query * (query.shape[-1] ** -0.5 if scale is None else scale)).matmul(key.transpose(-2, -1))
    if is_causal:
        scores = scores.masked_fill(_future(scores), float("-inf"))
    return scores if attn_mask is None else scores + attn_mask


def _future(scores):
    return scores.new_ones(scores.shape[-2:], dtype=bool_dtype).triu(1)


@flash.decompose
def _(query, key, value, dropout_p, is_causal, attn_mask, scale):
    scores = _scores(query, key, is_causal, attn_mask, scale)
    return safe_softmax(scores, -1).matmul(value), scores.logsumexp(-1)


@flash_backward.decompose
def _(grad_out, query, key, value, out, logsumexp, dropout_p, is_causal, attn_mask, scale):
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    base = logsumexp.masked_fill(logsumexp.isinf(), 0).unsqueeze(-1)
    p = (_scores(query, key, is_causal, attn_mask, scale) - base).exp()
    slope = grad_out.matmul(value.transpose(-2, -1)) - (grad_out * out).sum(-1, keepdim=True)
    ds = p * slope * factor
    return ds.matmul(key), ds.transpose(-2, -1).matmul(query), p.transpose(-2, -1).matmul(grad_out)


@safe_softmax.decompose
def _(self, dim, dtype):
    x = self if dtype is None else self.to(dtype)
    dead = (x == float("-inf")).all(dim, keepdim=True)
    return x.softmax(dim).masked_fill(dead, 0)


def _check(query, key, value, attn_mask, is_causal):
    if not query.dtype is key.dtype is value.dtype:
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{_c(query)} key.dtype: {_c(key)} and value.dtype: {_c(value)} instead."
        )
    if min(query.ndim, key.ndim, value.ndim) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{query.ndim} key.dim: {key.ndim} and value.dim: {value.ndim} instead."
        )
    if attn_mask is not None and is_causal:
        raise RuntimeError("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True")
    if (
        attn_mask is not None
        and attn_mask.dtype is not bool_dtype
        and attn_mask.dtype is not query.dtype
        and attn_mask.dtype.itemsize != 4
    ):
        raise RuntimeError(
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: "
            f"{_c(attn_mask)} and  query.dtype: {_c(query)} instead."
        )


def _c(t):
    return {"Float": "float", "Double": "double", "Long": "long int", "Int": "int"}.get(
        scalar_type(t.dtype), f"c10::{scalar_type(t.dtype)}"
    )


def _added(attn_mask, query):
    """A bool mask as numbers to add: 0 where attention is allowed, -inf elsewhere."""
    if attn_mask is None or attn_mask.dtype is not bool_dtype:
        return attn_mask
    return query.new_zeros(sizes(attn_mask)).masked_fill(attn_mask.logical_not(), float("-inf"))


def _fused(query, key, value, mask, dropout_p):
    """Whether the fused op takes these arguments."""
    if dropout_p > 0 or not query.ndim == key.ndim == value.ndim == 4 or not query.is_floating_point():
        return False
    if mask is not None and (mask._k & GRAD or mask.ndim not in (2, 4)):
        return False
    shapes = [sizes(t) for t in (query, key, value)]
    heads = all(s[:2] == shapes[0][:2] for s in shapes)
    return heads and query.shape[-1] == key.shape[-1] == value.shape[-1] and 0 not in (*shapes[0], *shapes[1])


@scaled_dot_product_attention.decompose
def _(query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa):
    _check(query, key, value, attn_mask, is_causal)
    if not (BACKENDS["flash"] or BACKENDS["math"]):
        raise RuntimeError(
            "No viable backend for scaled_dot_product_attention was found. This is likely due to turning off both the math kernel "
            "and the fused kernels."
        )
    mask = _added(attn_mask, query)
    if BACKENDS["flash"] and not enable_gqa and _fused(query, key, value, mask, dropout_p):
        return flash.wrapper(query, key, value, 0.0, is_causal, attn_mask=mask, scale=scale)[0]
    if not BACKENDS["math"]:
        raise RuntimeError(
            "No available kernel. Aborting execution. The fused kernel takes 4-d tensors of one floating dtype without dropout, and "
            "masks that need no gradient; allow SDPBackend.MATH for others."
        )
    return math_attention.wrapper(query, key, value, mask, dropout_p, is_causal, None, scale=scale, enable_gqa=enable_gqa)[0]


@math_attention.decompose
def _(query, key, value, attn_mask, dropout_p, is_causal, dropout_mask, scale, enable_gqa):
    # Both factors carry the square root of the scale, which keeps half types in range (torch's order of operations).
    half = query.dtype
    if dropout_mask is None:  # half types are computed in float32, which torch does unless a reduced precision was asked for
        query, key, value = query.to(half.opmath), key.to(half.opmath), value.to(half.opmath)
    root = (query.shape[-1] ** -0.5 if scale is None else abs(scale)) ** 0.5
    sign = -1 if scale is not None and scale < 0 else 1
    mask = _added(attn_mask, query)
    if is_causal:
        allowed = query.new_ones((query.shape[-2], key.shape[-2]), dtype=bool_dtype).tril()
        mask = _added(allowed, query)
    if enable_gqa:
        key = key.repeat_interleave(query.shape[-3] // key.shape[-3], -3)
        value = value.repeat_interleave(query.shape[-3] // value.shape[-3], -3)
    scores = (query * root).matmul(key.transpose(-2, -1) * (root * sign))
    if mask is not None:
        scores = scores + mask
    p = safe_softmax.wrapper(scores, -1)
    if dropout_mask is not None:
        return p.masked_fill(dropout_mask.logical_not(), 0).matmul(value * (1 / (1 - dropout_p))), p
    if dropout_p > 0:
        from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

        p = torch.dropout(p, dropout_p, True)
    return p.matmul(value).to(half), p.to(half)
