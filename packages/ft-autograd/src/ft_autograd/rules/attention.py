"""Gradients of attention. The fused op's backward is an op of its own; its own gradient is derived from that op's decomposition."""

from ft_dispatch import surface as torch

from ..rule import real_only, vjp

real_only("_scaled_dot_product_flash_attention_for_cpu")


@vjp("_scaled_dot_product_flash_attention_for_cpu", wrt="query key value")
def flash_vjp(g0, g1, query, key, value, output, logsumexp, dropout_p, is_causal, attn_mask, scale):
    # the saved logsumexp carries a part of the second derivative, so it has a cotangent of its own
    if g0 is None:
        g0 = torch.zeros_like(output)
    found = torch.raw._scaled_dot_product_flash_attention_for_cpu_backward(
        g0, query, key, value, output, logsumexp, dropout_p, is_causal, attn_mask=attn_mask, scale=scale
    )
    if g1 is None:
        return found
    return tuple(
        a + b for a, b in zip(found, _logsumexp_vjp(g1, query, key, value, logsumexp, is_causal, attn_mask, scale), strict=True)
    )


def _logsumexp_vjp(g, query, key, value, logsumexp, is_causal, attn_mask, scale):
    """Gradients of logsumexp: its slope in the scores are the probabilities."""
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    scores = (query * factor).matmul(key.transpose(-2, -1))
    if is_causal:
        scores = scores.masked_fill(torch.ones_like(scores[0, 0], dtype=torch.bool).triu(1), float("-inf"))
    if attn_mask is not None:
        scores = scores + attn_mask
    base = logsumexp.masked_fill(logsumexp.isinf(), 0).unsqueeze(-1)
    slope = (scores - base).exp() * g.unsqueeze(-1) * factor
    return slope.matmul(key), slope.transpose(-2, -1).matmul(query), torch.zeros_like(value)


@vjp("_safe_softmax", wrt="self")
def safe_softmax_self(g, self, result, dim):
    return torch._softmax_backward_data(g, result, dim, self.dtype)
