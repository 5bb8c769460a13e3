"""Pooling layers whose output size is given, and fractional pooling over random windows."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor

from .. import functional as F
from ..module import Module
from ..sizes import ntuple


class _AdaptiveAvgPoolNd(Module):
    __constants__ = ["output_size"]

    def __init__(self, output_size: Any) -> None:
        super().__init__()
        self.output_size = output_size

    def extra_repr(self) -> str:
        """The size."""
        return f"output_size={self.output_size}"


class AdaptiveAvgPool1d(_AdaptiveAvgPoolNd):
    """Means of evenly spread windows. Shape: (N, C, L) -> (N, C, output_size). Source: torch.nn.AdaptiveAvgPool1d."""

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        return F.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptiveAvgPoolNd):
    """Means of evenly spread windows. Shape: (N, C, H, W) -> (N, C, *output_size). Source: torch.nn.AdaptiveAvgPool2d."""

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        return F.adaptive_avg_pool2d(input, self.output_size)


class AdaptiveAvgPool3d(_AdaptiveAvgPoolNd):
    """Means of evenly spread windows. Shape: (N, C, D, H, W) -> (N, C, *output_size). Source: torch.nn.AdaptiveAvgPool3d."""

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        return F.adaptive_avg_pool3d(input, self.output_size)


class _AdaptiveMaxPoolNd(Module):
    __constants__ = ["output_size", "return_indices"]

    def __init__(self, output_size: Any, return_indices: bool = False) -> None:
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def extra_repr(self) -> str:
        """The size."""
        return f"output_size={self.output_size}"


class AdaptiveMaxPool1d(_AdaptiveMaxPoolNd):
    """Maxima of evenly spread windows. Shape: (N, C, L) -> (N, C, output_size). Source: torch.nn.AdaptiveMaxPool1d."""

    def forward(self, input: Tensor) -> Any:
        """The maxima; with ``return_indices`` a pair."""
        return F.adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool2d(_AdaptiveMaxPoolNd):
    """Maxima of evenly spread windows. Shape: (N, C, H, W) -> (N, C, *output_size). Source: torch.nn.AdaptiveMaxPool2d."""

    def forward(self, input: Tensor) -> Any:
        """The maxima; with ``return_indices`` a pair."""
        return F.adaptive_max_pool2d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool3d(_AdaptiveMaxPoolNd):
    """Maxima of evenly spread windows. Shape: (N, C, D, H, W) -> (N, C, *output_size). Source: torch.nn.AdaptiveMaxPool3d."""

    def forward(self, input: Tensor) -> Any:
        """The maxima; with ``return_indices`` a pair."""
        return F.adaptive_max_pool3d(input, self.output_size, self.return_indices)


class _FractionalMaxPoolNd(Module):
    __constants__ = ["kernel_size", "return_indices", "output_size", "output_ratio"]
    _rank: int

    def __init__(
        self,
        kernel_size: Any,
        output_size: Any = None,
        output_ratio: Any = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ) -> None:
        super().__init__()
        as_tuple = ntuple(self._rank)
        name = type(self).__name__
        self.kernel_size = as_tuple(kernel_size)
        if any(size <= 0 for size in self.kernel_size):
            raise ValueError(f"kernel_size must be greater than zero for all dimensions, got {self.kernel_size}")
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = as_tuple(output_size) if output_size is not None else None
        self.output_ratio = as_tuple(output_ratio) if output_ratio is not None else None
        if output_size is None and output_ratio is None:
            raise ValueError(f"{name} requires specifying either an output size, or a pooling ratio")
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        if self.output_ratio is not None and not all(0 < ratio < 1 for ratio in self.output_ratio):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def _settings(self) -> tuple[Any, ...]:
        return self.kernel_size, self.output_size, self.output_ratio, self.return_indices, self._random_samples


class FractionalMaxPool2d(_FractionalMaxPoolNd):
    """Maxima over windows at random places (Graham, 2014). Source: torch.nn.FractionalMaxPool2d."""

    _rank = 2

    def forward(self, input: Tensor) -> Any:
        """Shape (N, C, H, W) -> (N, C, H', W'); with ``return_indices`` a pair."""
        return F.fractional_max_pool2d(input, *self._settings())


class FractionalMaxPool3d(_FractionalMaxPoolNd):
    """Maxima over windows at random places. Source: torch.nn.FractionalMaxPool3d."""

    _rank = 3

    def forward(self, input: Tensor) -> Any:
        """Shape (N, C, D, H, W) -> (N, C, D', H', W'); with ``return_indices`` a pair."""
        return F.fractional_max_pool3d(input, *self._settings())
