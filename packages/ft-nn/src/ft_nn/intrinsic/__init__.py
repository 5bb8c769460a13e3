"""torch.nn.intrinsic: layers that quantization treats as one, as containers that compute in floating point.

Source: torch.ao.nn.intrinsic (2.13).
"""

from __future__ import annotations

from ..absent import not_built
from . import modules
from .modules import *  # noqa: F403 - the list is modules.__all__
from .modules import __all__ as _names
from .modules.fused import _FusedModule as _FusedModule

__all__ = ["modules", *_names]  # noqa: PLE0604 - strings, all of them

__getattr__ = not_built("torch.ao.nn.intrinsic", "qat quantized", "they need quantized tensors")
