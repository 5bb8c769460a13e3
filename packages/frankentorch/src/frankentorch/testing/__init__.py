"""torch.testing: `assert_close`, `make_tensor`, and `assert_allclose` of old programs."""

from .comparison import assert_allclose, assert_close
from .creation import make_tensor

__all__ = ["assert_allclose", "assert_close", "make_tensor"]
