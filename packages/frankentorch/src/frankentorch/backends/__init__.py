"""torch.backends: which libraries serve, and their switches. Torch's names; the answers are this product's."""

from . import (
    cpu,
    cuda,
    cudnn,
    cusparselt,
    kleidiai,
    mha,
    miopen,
    mkl,
    mkldnn,
    mps,
    nnpack,
    openmp,
    opt_einsum,
    quantized,
    xeon,
    xnnpack,
)  # fmt: skip
from ._switches import disable_global_flags, flags_frozen

__all__ = [
    "cpu", "cuda", "cudnn", "cusparselt", "disable_global_flags", "flags_frozen", "kleidiai", "mha", "miopen", "mkl", "mkldnn", "mps",
    "nnpack", "openmp", "opt_einsum", "quantized", "xeon", "xnnpack",
]  # fmt: skip

fp32_precision = "none"
"""How float32 products may round: "none" leaves it to the libraries; they compute in float32 whatever it says."""
