"""torch.backends.cuda: switches of products and of attention on CUDA."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from ft_dispatch.ops.attention import BACKENDS

__all__ = [
    "cudnn_sdp_enabled",
    "enable_cudnn_sdp",
    "enable_flash_sdp",
    "enable_math_sdp",
    "enable_mem_efficient_sdp",
    "flash_sdp_enabled",
    "is_built",
    "is_flash_attention_available",
    "math_sdp_enabled",
    "matmul",
    "mem_efficient_sdp_enabled",
    "preferred_blas_library",
    "preferred_linalg_library",
    "sdp_kernel",
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


def cudnn_sdp_enabled() -> bool:
    """Whether attention may run in cuDNN."""
    return _sdp["cudnn"]


def enable_cudnn_sdp(enabled: bool) -> None:
    """See `cudnn_sdp_enabled`."""
    _sdp["cudnn"] = bool(enabled)


def is_flash_attention_available() -> bool:
    """Whether the library FlashAttention serves: no, the kernels are our own."""
    return False


@contextlib.contextmanager
def sdp_kernel(
    enable_flash: bool = True, enable_math: bool = True, enable_mem_efficient: bool = True, enable_cudnn: bool = True
) -> Iterator[dict[str, Any]]:
    """The old form of `torch.nn.attention.sdpa_kernel`: one flag a way."""
    warnings.warn(
        "`torch.backends.cuda.sdp_kernel()` is deprecated. In the future, this context manager will be removed. Please see "
        "`torch.nn.attention.sdpa_kernel()` for the new context manager, with updated signature.",
        FutureWarning,
        stacklevel=3,
    )
    before = dict(_sdp)
    _sdp.update(flash=enable_flash, math=enable_math, mem_efficient=enable_mem_efficient, cudnn=enable_cudnn)
    try:
        yield {}
    finally:
        _sdp.update(before)


_preferred = {"linalg": "default", "blas": "default"}


def _chosen(what: str, backend: Any, words: tuple[str, ...]) -> str:
    if backend is not None:
        if backend not in words:
            raise RuntimeError(f"Unknown input value. Choose from: {', '.join(words)}.")
        _preferred[what] = backend
    return _preferred[what]


def preferred_linalg_library(backend: str | None = None) -> str:
    """The library that is asked for factors on CUDA first, after it was set to `backend`; kept, since one serves. RuntimeError for others."""
    return _chosen("linalg", backend, ("default", "cusolver", "magma"))


def preferred_blas_library(backend: str | None = None) -> str:
    """The library of products on CUDA, after it was set to `backend`; kept, since one serves. RuntimeError for other words."""
    return _chosen("blas", backend, ("default", "cublas", "hipblas", "cublaslt", "hipblaslt", "ck"))
