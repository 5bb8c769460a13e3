"""Multi-head attention as one function: projections, masks, heads, output.

The attention itself is the op ``scaled_dot_product_attention``, or, where the weights are asked for, softmax of a
product. Source of argument names, checks and messages: torch.nn.functional (2.13). Letters: L target length, S source
length, N batch, E embedding, H heads.
"""

from __future__ import annotations

import math
import warnings
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .activation import softmax
from .dropout import dropout
from .pad import pad


def canonical_mask(
    mask: Tensor | None, mask_name: str, other_type: Any, other_name: str, target_type: Any, check_other: bool = True
) -> Tensor | None:
    """A mask to be added: floating ones as they are, True of a bool one as -inf."""
    if mask is None:
        return None
    floating = mask.is_floating_point()
    if mask.dtype != torch.bool and not floating:
        raise AssertionError(f"only bool and floating types of {mask_name} are supported")
    if check_other and other_type is not None and mask.dtype != other_type:
        warnings.warn(
            f"Support for mismatched {mask_name} and {other_name} is deprecated. Use same type for both instead.",
            stacklevel=3,
        )
    if floating:
        return mask
    return torch.zeros_like(mask, dtype=target_type).masked_fill_(mask, float("-inf"))


def _check_shapes(
    query: Tensor, key: Tensor, value: Tensor, key_padding_mask: Tensor | None, attn_mask: Tensor | None, num_heads: int
) -> bool:
    """Whether the inputs are batched, after checking that all ranks agree on it."""
    ndim = query.dim()
    if ndim not in (2, 3):
        raise AssertionError(f"query should be unbatched 2D or batched 3D tensor but received {ndim}-D query tensor")
    kind = f"{'batched' if ndim == 3 else 'unbatched'} ({ndim}-D)"
    if key.dim() != ndim or value.dim() != ndim:
        raise AssertionError(
            f"For {kind} `query`, expected `key` and `value` to be {ndim}-D but found {key.dim()}-D and {value.dim()}-D "
            "tensors respectively"
        )
    if key_padding_mask is not None and key_padding_mask.dim() != ndim - 1:
        raise AssertionError(
            f"For {kind} `query`, expected `key_padding_mask` to be `None` or {ndim - 1}-D but found "
            f"{key_padding_mask.dim()}-D tensor instead"
        )
    if attn_mask is not None:
        if attn_mask.dim() not in (2, 3):
            raise AssertionError(
                f"For {kind} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {attn_mask.dim()}-D tensor instead"
            )
        expected = (num_heads, query.shape[0], key.shape[0])
        if ndim == 2 and attn_mask.dim() == 3 and tuple(attn_mask.shape) != expected:
            raise AssertionError(f"Expected `attn_mask` shape to be {expected} but got {attn_mask.shape}")
    return ndim == 3


def _project_packed(q: Tensor, k: Tensor, v: Tensor, w: Tensor, b: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
    """Projections by one weight (3E, E): one product for self-attention, two where key and value are one tensor."""
    size = q.size(-1)
    if k is v:
        if q is k:
            packed = torch.linear(q, w, b)
            # (L, N, 3E) -> (3, L, N, E), contiguous as a whole so that each part is, too
            packed = packed.unflatten(-1, (3, size)).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
            return packed[0], packed[1], packed[2]
        w_q, w_kv = w.split([size, size * 2])
        b_q, b_kv = (None, None) if b is None else b.split([size, size * 2])
        packed = torch.linear(k, w_kv, b_kv)
        packed = packed.unflatten(-1, (2, size)).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
        return torch.linear(q, w_q, b_q), packed[0], packed[1]
    w_q, w_k, w_v = w.chunk(3)
    b_q, b_k, b_v = (None, None, None) if b is None else b.chunk(3)
    return torch.linear(q, w_q, b_q), torch.linear(k, w_k, b_k), torch.linear(v, w_v, b_v)


def _project(query: Tensor, key: Tensor, value: Tensor, packed: Tensor | None, bias: Tensor | None, separate: Any) -> Any:
    """q, k, v of shape (L or S, N, E) by the packed weight, or by three ``separate`` ones."""
    if separate is None:
        if tuple(key.shape) != tuple(value.shape):
            raise AssertionError(f"key shape {key.shape} does not match value shape {value.shape}")
        if packed is None:
            raise AssertionError("use_separate_proj_weight is False but in_proj_weight is None")
        return _project_packed(query, key, value, packed, bias)
    if tuple(key.shape[:2]) != tuple(value.shape[:2]):
        raise AssertionError(f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}")
    for name, weight in zip("qkv", separate, strict=True):
        if weight is None:
            raise AssertionError(f"use_separate_proj_weight is True but {name}_proj_weight is None")
    biases = (None, None, None) if bias is None else bias.chunk(3)
    return tuple(torch.linear(x, w, b) for x, w, b in zip((query, key, value), separate, biases, strict=True))


def _mask_with_heads(attn_mask: Tensor | None, tgt_len: int, src_len: int, batch_heads: int) -> Tensor | None:
    """``attn_mask`` as (1, L, S) or (N * H, L, S), its shape checked."""
    if attn_mask is None:
        return None
    if attn_mask.dim() not in (2, 3):
        raise RuntimeError(f"attn_mask's dimension {attn_mask.dim()} is not supported")
    expected = (tgt_len, src_len) if attn_mask.dim() == 2 else (batch_heads, tgt_len, src_len)
    if tuple(attn_mask.shape) != expected:
        raise RuntimeError(f"The shape of the {attn_mask.dim()}D attn_mask is {attn_mask.shape}, but should be {expected}.")
    return attn_mask.unsqueeze(0) if attn_mask.dim() == 2 else attn_mask


def _heads(name: str, projected: Tensor, static: Tensor | None, batch_heads: int, head_dim: int) -> Tensor:
    """(S, N, E) -> (N * H, S, E / H); a ``static`` tensor of that shape takes its place."""
    if static is None:
        return projected.view(projected.shape[0], batch_heads, head_dim).transpose(0, 1)
    for dim, wanted in ((0, batch_heads), (2, head_dim)):
        if static.size(dim) != wanted:
            raise AssertionError(f"expecting static_{name}.size({dim}) of {wanted}, but got {static.size(dim)}")
    return static


def _one_more(mask: Tensor | None) -> Tensor | None:
    return None if mask is None else pad(mask, (0, 1))


def _merged_masks(attn_mask: Tensor | None, padding: Tensor | None, bsz: int, num_heads: int, src_len: int) -> Tensor | None:
    """The attention mask plus the padding mask (N, S) spread over heads and targets."""
    if padding is None:
        return attn_mask
    for dim, wanted in enumerate((bsz, src_len)):
        if padding.shape[dim] != wanted:
            raise AssertionError(f"Expected key_padded_mask.shape[{dim}] to be {wanted}, but got {padding.shape[dim]}")
    spread = padding.view(bsz, 1, 1, src_len).expand(-1, num_heads, -1, -1).reshape(bsz * num_heads, 1, src_len)
    return spread if attn_mask is None else attn_mask + spread


def _check_extra_bias(bias_k: Tensor | None, bias_v: Tensor | None, static_k: Tensor | None, static_v: Tensor | None) -> None:
    if (bias_k is None) != (bias_v is None):
        raise AssertionError("bias_k is set but bias_v is None" if bias_v is None else "bias_v is set but bias_k is None")
    if bias_k is not None and static_k is not None:
        raise AssertionError("bias cannot be added to static key.")
    if bias_k is not None and static_v is not None:
        raise AssertionError("bias cannot be added to static value.")


def _attend_with_weights(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, dropout_p: float, is_causal: bool, num_heads: int
) -> tuple[Tensor, Tensor]:
    """Attended values (N * H, L, E / H) and the weights (N, H, L, S); the mask is whole here, causal or not."""
    scaled = q * math.sqrt(1.0 / q.size(-1))
    keys = k.transpose(-2, -1)
    scores = torch.bmm(scaled, keys) if mask is None else torch.baddbmm(mask, scaled, keys)
    weights = softmax(scores, dim=-1)
    if dropout_p > 0.0:
        weights = dropout(weights, p=dropout_p)
    return torch.bmm(weights, v), weights.view(-1, num_heads, q.size(1), k.size(1))


def _attend(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, dropout_p: float, is_causal: bool, num_heads: int
) -> tuple[Tensor, None]:
    """Attended values (N * H, L, E / H) by the fused op, which wants (N, H, L, E / H)."""
    if mask is not None:
        shared = mask.size(0) == 1 and mask.dim() == 3
        mask = mask.unsqueeze(0) if shared else mask.view(-1, num_heads, mask.size(1), k.size(1))
    q4, k4, v4 = (t.view(-1, num_heads, *t.shape[1:]) for t in (q, k, v))
    return torch.raw.scaled_dot_product_attention(q4, k4, v4, mask, dropout_p, is_causal).flatten(0, 1), None


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """Attention of ``query`` (L, N, E) to ``key`` and ``value`` (S, N, E): (L, N, E), and weights (N, L, S) or None.

    Without batch the N goes. Masks: ``attn_mask`` (L, S) or (N H, L, S), ``key_padding_mask`` (N, S), bool (True is
    masked) or added. Raises ``AssertionError`` or ``RuntimeError``, with torch's texts, for shapes that do not fit.
    """
    batched = _check_shapes(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not batched:
        # Self-attention is recognised by identity, so equal inputs must stay one object.
        shared: dict[int, Tensor] = {}
        query, key, value = (shared.setdefault(id(t), t.unsqueeze(1)) for t in (query, key, value))
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    tgt_len, bsz, embed_dim = query.shape
    src_len = key.shape[0]
    mask_type = None if attn_mask is None else attn_mask.dtype
    key_padding_mask = canonical_mask(key_padding_mask, "key_padding_mask", mask_type, "attn_mask", query.dtype)
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method "
            "`generate_square_subsequent_mask` to create this mask."
        )
    if is_causal and key_padding_mask is None and not need_weights:
        attn_mask = None  # the op masks by itself
    else:
        attn_mask = canonical_mask(attn_mask, "attn_mask", None, "", query.dtype, check_other=False)
        is_causal = is_causal and key_padding_mask is None
    if embed_dim != embed_dim_to_check:
        raise AssertionError(f"was expecting embedding dimension of {embed_dim_to_check}, but got {embed_dim}")
    head_dim = embed_dim // num_heads
    if head_dim * num_heads != embed_dim:
        raise AssertionError(f"embed_dim {embed_dim} not divisible by num_heads {num_heads}")
    separate = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else None
    q, k, v = _project(query, key, value, in_proj_weight, in_proj_bias, separate)
    attn_mask = _mask_with_heads(attn_mask, tgt_len, src_len, bsz * num_heads)

    _check_extra_bias(bias_k, bias_v, static_k, static_v)
    if bias_k is not None and bias_v is not None:  # both or neither, as just checked
        k = torch.cat([k, bias_k.repeat(1, bsz, 1)])
        v = torch.cat([v, bias_v.repeat(1, bsz, 1)])
        attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
    q = _heads("q", q, None, bsz * num_heads, head_dim)
    k = _heads("k", k, static_k, bsz * num_heads, head_dim)
    v = _heads("v", v, static_v, bsz * num_heads, head_dim)
    if add_zero_attn:
        zero = (bsz * num_heads, 1, head_dim)
        k = torch.cat([k, torch.zeros(zero, dtype=k.dtype, device=k.device)], dim=1)
        v = torch.cat([v, torch.zeros(zero, dtype=v.dtype, device=v.device)], dim=1)
        attn_mask, key_padding_mask = _one_more(attn_mask), _one_more(key_padding_mask)
    src_len = k.size(1)
    attn_mask = _merged_masks(attn_mask, key_padding_mask, bsz, num_heads, src_len)
    dropout_p = dropout_p if training else 0.0

    attend = _attend_with_weights if need_weights else _attend
    attended, weights = attend(q, k, v, attn_mask, dropout_p, is_causal, num_heads)
    if weights is not None and average_attn_weights:
        weights = weights.mean(dim=1)
    attended = attended.transpose(0, 1).reshape(tgt_len * bsz, embed_dim)
    output = torch.linear(attended, out_proj_weight, out_proj_bias)
    output = output.view(tgt_len, bsz, output.size(1))
    if batched:
        return output, weights
    return output.squeeze(1), None if weights is None else weights.squeeze(0)
