"""torch._inductor: the settings of a compiler that is not there."""

from . import config

__all__ = ["config"]
