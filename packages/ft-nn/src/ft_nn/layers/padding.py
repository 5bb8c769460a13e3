"""Padding layers: an amount per side, and the mode.

Shapes: (N, C, *) or (C, *) with one to three last dimensions growing by their two amounts. Source: torch.nn (2.13).
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import functional as F
from ..module import Module
from ..sizes import ntuple


class _PadNd(Module):
    """``padding`` as one number or one per side, (left, right, top, bottom, front, back)."""

    __constants__ = ["padding"]
    _rank: int
    _mode: str

    def __init__(self, padding: Any) -> None:
        super().__init__()
        self.padding = ntuple(2 * self._rank)(padding)

    def forward(self, input: Tensor) -> Tensor:
        """The input with its last dimensions grown."""
        return F.pad(input, self.padding, self._mode)

    def extra_repr(self) -> str:
        """The amounts."""
        return f"{self.padding}"


class _ConstantPadNd(_PadNd):
    __constants__ = ["padding", "value"]

    def __init__(self, padding: Any, value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """The input with its last dimensions grown."""
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self) -> str:
        """The amounts and the value."""
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(_ConstantPadNd):
    """Pads the last dimension with ``value``. Source: torch.nn.ConstantPad1d."""

    _rank = 1


class ConstantPad2d(_ConstantPadNd):
    """Pads the last two dimensions with ``value``. Source: torch.nn.ConstantPad2d."""

    _rank = 2


class ConstantPad3d(_ConstantPadNd):
    """Pads the last three dimensions with ``value``. Source: torch.nn.ConstantPad3d."""

    _rank = 3


class _Zero(_ConstantPadNd):
    """Fixes the value of a constant padding to zero, which is then not printed."""

    def __init__(self, padding: Any) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """The amounts."""
        return f"{self.padding}"


class ZeroPad1d(_Zero, ConstantPad1d):
    """Pads the last dimension with zeros. Source: torch.nn.ZeroPad1d."""


class ZeroPad2d(_Zero, ConstantPad2d):
    """Pads the last two dimensions with zeros. Source: torch.nn.ZeroPad2d."""


class ZeroPad3d(_Zero, ConstantPad3d):
    """Pads the last three dimensions with zeros. Source: torch.nn.ZeroPad3d."""


class _ReflectionPadNd(_PadNd):
    """Base of padding with the mirror image, in torch's name for it."""


class ReflectionPad1d(_ReflectionPadNd):
    """Pads the last dimension with its mirror image. Source: torch.nn.ReflectionPad1d."""

    _rank = 1
    _mode = "reflect"


class ReflectionPad2d(_ReflectionPadNd):
    """Pads the last two dimensions with their mirror image. Source: torch.nn.ReflectionPad2d."""

    _rank = 2
    _mode = "reflect"


class ReflectionPad3d(_ReflectionPadNd):
    """Pads the last three dimensions with their mirror image. Source: torch.nn.ReflectionPad3d."""

    _rank = 3
    _mode = "reflect"


class _ReplicationPadNd(_PadNd):
    """Base of padding with the border, in torch's name for it."""


class ReplicationPad1d(_ReplicationPadNd):
    """Pads the last dimension with its border. Source: torch.nn.ReplicationPad1d."""

    _rank = 1
    _mode = "replicate"


class ReplicationPad2d(_ReplicationPadNd):
    """Pads the last two dimensions with their border. Source: torch.nn.ReplicationPad2d."""

    _rank = 2
    _mode = "replicate"


class ReplicationPad3d(_ReplicationPadNd):
    """Pads the last three dimensions with their border. Source: torch.nn.ReplicationPad3d."""

    _rank = 3
    _mode = "replicate"


class _CircularPadNd(_PadNd):
    _mode = "circular"

    def forward(self, input: Tensor) -> Tensor:
        """The input with its last dimensions grown; ``ValueError`` for other ranks."""
        n = self._rank
        if input.dim() not in (n + 1, n + 2):
            raise ValueError(f"expected {n + 1}D or {n + 2}D input (got {input.dim()}D input)")
        return F.pad(input, self.padding, "circular")


class CircularPad1d(_CircularPadNd):
    """Pads the last dimension with its other end. Source: torch.nn.CircularPad1d."""

    _rank = 1


class CircularPad2d(_CircularPadNd):
    """Pads the last two dimensions with their other ends. Source: torch.nn.CircularPad2d."""

    _rank = 2


class CircularPad3d(_CircularPadNd):
    """Pads the last three dimensions with their other ends. Source: torch.nn.CircularPad3d."""

    _rank = 3
