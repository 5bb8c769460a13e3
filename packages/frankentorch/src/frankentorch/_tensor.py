"""torch._tensor: where torch defines Tensor."""

from ft_core import Tensor

__all__ = ["Tensor"]
