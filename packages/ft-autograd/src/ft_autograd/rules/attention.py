"""Gradients of attention. The fused op's backward is an op of its own; its own gradient is derived from that op's decomposition."""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("_scaled_dot_product_flash_attention_for_cpu", wrt="query key value")
def flash_vjp(g0, query, key, value, output, logsumexp, dropout_p, is_causal, attn_mask, scale):
    return torch.raw._scaled_dot_product_flash_attention_for_cpu_backward(
        g0, query, key, value, output, logsumexp, dropout_p, is_causal, attn_mask=attn_mask, scale=scale
    )


@vjp("_safe_softmax", wrt="self")
def safe_softmax_self(g, self, result, dim):
    return torch._softmax_backward_data(g, result, dim, self.dtype)
