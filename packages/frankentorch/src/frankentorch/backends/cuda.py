"""torch.backends.cuda: switches of products and of attention on CUDA."""

from __future__ import annotations

from types import SimpleNamespace

from ft_dispatch.ops.attention import BACKENDS

__all__ = [
    "enable_flash_sdp",
    "enable_math_sdp",
    "enable_mem_efficient_sdp",
    "flash_sdp_enabled",
    "is_built",
    "math_sdp_enabled",
    "matmul",
    "mem_efficient_sdp_enabled",
]

matmul = SimpleNamespace(
    allow_tf32=False,
    allow_fp16_reduced_precision_reduction=True,
    allow_bf16_reduced_precision_reduction=True,
    fp32_precision="none",
)
"""How products round. Nothing but `allow_tf32` matters to the kernels of this product."""

_sdp = BACKENDS


def is_built() -> bool:
    """Whether the CUDA backend is installed, with or without a device."""
    from importlib.util import find_spec

    return find_spec("ft_kernel_cuda") is not None


def flash_sdp_enabled() -> bool:
    """Whether attention may use a fused kernel that never holds the weights."""
    return _sdp["flash"]


def enable_flash_sdp(enabled: bool) -> None:
    """See `flash_sdp_enabled`."""
    _sdp["flash"] = bool(enabled)


def mem_efficient_sdp_enabled() -> bool:
    """Whether attention may use a fused kernel that saves memory."""
    return _sdp["mem_efficient"]


def enable_mem_efficient_sdp(enabled: bool) -> None:
    """See `mem_efficient_sdp_enabled`."""
    _sdp["mem_efficient"] = bool(enabled)


def math_sdp_enabled() -> bool:
    """Whether attention may run as its decomposition."""
    return _sdp["math"]


def enable_math_sdp(enabled: bool) -> None:
    """See `math_sdp_enabled`."""
    _sdp["math"] = bool(enabled)
