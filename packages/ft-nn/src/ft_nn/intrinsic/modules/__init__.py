"""The containers of torch.ao.nn.intrinsic.modules, which live in `fused`."""

from . import fused
from .fused import *  # noqa: F403 - the list is fused.__all__
from .fused import __all__ as _names

__all__ = ["fused", *_names]  # noqa: PLE0604 - strings, all of them
