"""Gradients of imitated quantization: rounding counts as the identity, what was cut off gets none. Source: torch (2.13)."""

from ..rule import vjp


@vjp(
    "fake_quantize_per_tensor_affine_cachemask _fake_quantize_per_tensor_affine_cachemask_tensor_qparams "
    "fake_quantize_per_channel_affine_cachemask",
    wrt="self",
)
def fake_quantize_self(g0, mask):
    return g0 * mask
