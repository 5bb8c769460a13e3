"""Chains of layers that become one when they are quantized; until then each computes as its parts do, one after the other.

Every constructor takes layers of exactly the named classes (a parametrized layer counts as what it was) and raises
``AssertionError`` that names what came otherwise. Source: torch.ao.nn.intrinsic.modules.fused (2.13).
"""

from __future__ import annotations

from typing import Any

from ...containers import Sequential
from ...layers import BatchNorm1d, BatchNorm2d, BatchNorm3d, Conv1d, Conv2d, Conv3d, LeakyReLU, Linear, ReLU, Tanh
from ...utils.parametrize import type_before_parametrizations

__all__ = [
    "BNReLU2d",
    "BNReLU3d",
    "ConvAdd2d",
    "ConvAddReLU2d",
    "ConvBn1d",
    "ConvBn2d",
    "ConvBn3d",
    "ConvBnReLU1d",
    "ConvBnReLU2d",
    "ConvBnReLU3d",
    "ConvReLU1d",
    "ConvReLU2d",
    "ConvReLU3d",
    "LinearBn1d",
    "LinearLeakyReLU",
    "LinearReLU",
    "LinearTanh",
]


class _FusedModule(Sequential):
    """What the chains have in common, and how programs recognise them."""


def _checked(parts: list[tuple[Any, type]]) -> list[Any]:
    """The layers, where each is of its class."""
    if any(type_before_parametrizations(layer) is not kind for layer, kind in parts):
        *first, last = [type_before_parametrizations(layer).__name__ for layer, _ in parts]
        joined = f"{first[0]} and {last}" if len(first) == 1 else f"{', '.join(first)}, and {last}"
        raise AssertionError(f"Incorrect types for input modules: {joined}")
    return [layer for layer, _ in parts]


class ConvReLU1d(_FusedModule):
    """A 1-D convolution and a rectifier."""

    def __init__(self, conv: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv1d), (relu, ReLU)]))


class ConvReLU2d(_FusedModule):
    """A 2-D convolution and a rectifier."""

    def __init__(self, conv: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv2d), (relu, ReLU)]))


class ConvReLU3d(_FusedModule):
    """A 3-D convolution and a rectifier."""

    def __init__(self, conv: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv3d), (relu, ReLU)]))


class ConvBn1d(_FusedModule):
    """A 1-D convolution and a 1-D batch norm."""

    def __init__(self, conv: Any, bn: Any) -> None:
        super().__init__(*_checked([(conv, Conv1d), (bn, BatchNorm1d)]))


class ConvBn2d(_FusedModule):
    """A 2-D convolution and a 2-D batch norm."""

    def __init__(self, conv: Any, bn: Any) -> None:
        super().__init__(*_checked([(conv, Conv2d), (bn, BatchNorm2d)]))


class ConvBn3d(_FusedModule):
    """A 3-D convolution and a 3-D batch norm."""

    def __init__(self, conv: Any, bn: Any) -> None:
        super().__init__(*_checked([(conv, Conv3d), (bn, BatchNorm3d)]))


class BNReLU2d(_FusedModule):
    """A 2-D batch norm and a rectifier."""

    def __init__(self, batch_norm: Any, relu: Any) -> None:
        super().__init__(*_checked([(batch_norm, BatchNorm2d), (relu, ReLU)]))


class BNReLU3d(_FusedModule):
    """A 3-D batch norm and a rectifier."""

    def __init__(self, batch_norm: Any, relu: Any) -> None:
        super().__init__(*_checked([(batch_norm, BatchNorm3d), (relu, ReLU)]))


class ConvBnReLU1d(_FusedModule):
    """A 1-D convolution, a 1-D batch norm and a rectifier."""

    def __init__(self, conv: Any, bn: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv1d), (bn, BatchNorm1d), (relu, ReLU)]))


class ConvBnReLU2d(_FusedModule):
    """A 2-D convolution, a 2-D batch norm and a rectifier."""

    def __init__(self, conv: Any, bn: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv2d), (bn, BatchNorm2d), (relu, ReLU)]))


class ConvBnReLU3d(_FusedModule):
    """A 3-D convolution, a 3-D batch norm and a rectifier."""

    def __init__(self, conv: Any, bn: Any, relu: Any) -> None:
        super().__init__(*_checked([(conv, Conv3d), (bn, BatchNorm3d), (relu, ReLU)]))


class LinearReLU(_FusedModule):
    """A linear layer and a rectifier."""

    def __init__(self, linear: Any, relu: Any) -> None:
        super().__init__(*_checked([(linear, Linear), (relu, ReLU)]))


class LinearBn1d(_FusedModule):
    """A linear layer and a 1-D batch norm."""

    def __init__(self, linear: Any, bn: Any) -> None:
        super().__init__(*_checked([(linear, Linear), (bn, BatchNorm1d)]))


class LinearLeakyReLU(_FusedModule):
    """A linear layer and a leaky rectifier."""

    def __init__(self, linear: Any, leaky_relu: Any) -> None:
        super().__init__(*_checked([(linear, Linear), (leaky_relu, LeakyReLU)]))


class LinearTanh(_FusedModule):
    """A linear layer and a hyperbolic tangent."""

    def __init__(self, linear: Any, tanh: Any) -> None:
        super().__init__(*_checked([(linear, Linear), (tanh, Tanh)]))


class ConvAdd2d(_FusedModule):
    """A convolution to whose result a second input is added by ``add``."""

    def __init__(self, conv: Any, add: Any) -> None:
        super().__init__(conv)
        self.add = add

    def forward(self, x1: Any, x2: Any) -> Any:  # type: ignore[override]
        """``add(conv(x1), x2)``."""
        return self.add(self[0](x1), x2)


class ConvAddReLU2d(_FusedModule):
    """A convolution to whose result a second input is added by ``add``, and ``relu`` of the sum."""

    def __init__(self, conv: Any, add: Any, relu: Any) -> None:
        super().__init__(conv)
        self.add = add
        self.relu = relu

    def forward(self, x1: Any, x2: Any) -> Any:  # type: ignore[override]
        """``relu(add(conv(x1), x2))``."""
        return self.relu(self.add(self[0](x1), x2))
