"""The CUDA backend of FrankenTorch: CuPy's memory and BLAS, and kernels of our own compiled by NVRTC at first use.

Importing it needs neither a GPU nor a driver nor CuPy, and costs only its tables; `unavailable_reason()` says what is missing.
One file for each family of ops, as in every package; `source/` holds the CUDA C++ they launch.
"""

from . import (
    activation,
    binary,
    bitwise,
    cast,
    compare,
    creation,
    index,
    matmul,
    movement,
    plugin,
    random,
    reduction,
    scan,
    softmax,
    unary,
)
from .backend import CudaBackend
from .runtime import unavailable_reason
from .table import table

__all__ = [
    "CudaBackend",
    "activation",
    "binary",
    "bitwise",
    "cast",
    "compare",
    "creation",
    "index",
    "matmul",
    "movement",
    "plugin",
    "random",
    "reduction",
    "scan",
    "softmax",
    "table",
    "unary",
    "unavailable_reason",
]
