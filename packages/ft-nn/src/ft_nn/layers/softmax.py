"""The softmax family as layers: a dimension, and the function that belongs to it."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import functional as F
from ..module import Module


class _AlongDim(Module):
    __constants__ = ["dim"]

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self.__dict__.setdefault("dim", None)


class Softmax(_AlongDim):
    """exp(x) / sum(exp(x)) along ``dim``. Source: torch.nn.Softmax."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class LogSoftmax(_AlongDim):
    """log(softmax(x)) along ``dim``. Source: torch.nn.LogSoftmax."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.log_softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmin(_AlongDim):
    """softmax(-x) along ``dim``. Source: torch.nn.Softmin."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given."""
        return F.softmin(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmax2d(Module):
    """Softmax over the channels of (N, C, H, W) or (C, H, W). Source: torch.nn.Softmax2d."""

    def forward(self, input: Tensor) -> Tensor:
        """Shape as given; ``ValueError`` for other ranks."""
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead")
        return F.softmax(input, -3, _stacklevel=5)
