"""torch.testing: `assert_close`, `make_tensor`, and `assert_allclose` of old programs."""

from .comparison import assert_close
from .creation import make_tensor
from .legacy import assert_allclose

__all__ = ["assert_allclose", "assert_close", "make_tensor"]
