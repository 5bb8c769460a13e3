"""Pooling to a given output size, and pooling over random windows.

Apart from :mod:`pool`, whose windows slide by fixed steps: here the output size is given and the windows follow.
Source of names, defaults and messages: torch.nn.functional (2.13).
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..sizes import ntuple


def _filled_size(output_size: Any, input_size: Any) -> Any:
    """``output_size`` as one number per dimension, with the input's own where it says None."""
    if isinstance(output_size, int):
        return [output_size] * (len(input_size) - 2 if len(input_size) > 2 else 1)
    if len(input_size) <= len(output_size):
        raise ValueError(f"Input dimension should be at least {len(output_size) + 1}; got {len(input_size)}")
    return [asked if asked is not None else have for asked, have in zip(output_size, input_size[-len(output_size) :], strict=True)]


def _size_for(name: str, n: int, output_size: Any, input: Tensor) -> list[int]:
    sizes = ntuple(n)(output_size)
    if n == 1 and len(sizes) != 1:
        raise RuntimeError(f"{name}() argument 'output_size' should contain one int (got {len(sizes)})")
    if n > 1 and len(sizes) != n:
        raise RuntimeError(f"{name}: output_size must be {n} numbers (got {len(sizes)}); give one int or one per dimension")
    return _filled_size(sizes, input.size()) if n > 1 else list(sizes)


def adaptive_avg_pool1d(input: Tensor, output_size: Any) -> Tensor:
    """Means of windows that cover the input evenly. Shape (N, C, L) -> (N, C, output_size)."""
    return torch.adaptive_avg_pool1d(input, _size_for("adaptive_avg_pool1d", 1, output_size, input))


def adaptive_avg_pool2d(input: Tensor, output_size: Any) -> Tensor:
    """Means of windows that cover the input evenly; None keeps a size. Shape (N, C, H, W) -> (N, C, *output_size)."""
    return torch.raw.adaptive_avg_pool2d(input, _size_for("adaptive_avg_pool2d", 2, output_size, input))


def adaptive_avg_pool3d(input: Tensor, output_size: Any) -> Tensor:
    """Means of windows that cover the input evenly; None keeps a size. Shape (N, C, D, H, W) -> (N, C, *output_size)."""
    return torch.raw.adaptive_avg_pool3d(input, _size_for("adaptive_avg_pool3d", 3, output_size, input))


def adaptive_max_pool1d_with_indices(input: Tensor, output_size: Any, return_indices: bool = False) -> tuple[Tensor, Tensor]:
    """Maxima of windows that cover the input evenly, and where they stood (int64)."""
    return torch.adaptive_max_pool1d(input, _size_for("adaptive_max_pool1d", 1, output_size, input))


def adaptive_max_pool2d_with_indices(input: Tensor, output_size: Any, return_indices: bool = False) -> tuple[Tensor, Tensor]:
    """Maxima of windows that cover the input evenly, and where they stood (int64)."""
    return torch.raw.adaptive_max_pool2d(input, _size_for("adaptive_max_pool2d", 2, output_size, input))


def adaptive_max_pool3d_with_indices(input: Tensor, output_size: Any, return_indices: bool = False) -> tuple[Tensor, Tensor]:
    """Maxima of windows that cover the input evenly, and where they stood (int64)."""
    return torch.raw.adaptive_max_pool3d(input, _size_for("adaptive_max_pool3d", 3, output_size, input))


def adaptive_max_pool1d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """Maxima of windows that cover the input evenly; with ``return_indices`` a pair."""
    pooled = adaptive_max_pool1d_with_indices(input, output_size)
    return pooled if return_indices else pooled[0]


def adaptive_max_pool2d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """Maxima of windows that cover the input evenly; with ``return_indices`` a pair."""
    pooled = adaptive_max_pool2d_with_indices(input, output_size)
    return pooled if return_indices else pooled[0]


def adaptive_max_pool3d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """Maxima of windows that cover the input evenly; with ``return_indices`` a pair."""
    pooled = adaptive_max_pool3d_with_indices(input, output_size)
    return pooled if return_indices else pooled[0]


def _fractional(n: int, input: Tensor, kernel_size: Any, output_size: Any, output_ratio: Any, samples: Any) -> Any:
    if output_size is None:
        if output_ratio is None:
            raise ValueError(f"fractional_max_pool{n}d requires specifying either an output_size or an output_ratio")
        ratios = ntuple(n)(output_ratio)
        if len(ratios) > n:
            raise ValueError(f"fractional_max_pool{n}d requires output_ratio to either be a single Int or tuple of Ints.")
        output_size = [int(input.size(d - n) * ratios[d]) for d in range(n)]
    if samples is None:
        batch = 1 if input.dim() == n + 1 else input.size(0)
        samples = torch.rand(batch, input.size(-n - 1), n, dtype=input.dtype, device=input.device)
    op = torch.raw.fractional_max_pool2d if n == 2 else torch.raw.fractional_max_pool3d
    return op(input, ntuple(n)(kernel_size), ntuple(n)(output_size), samples)


def fractional_max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Maxima over windows at random places (Graham, 2014), and where they stood. Shape (N, C, H, W) -> (N, C, H', W')."""
    return _fractional(2, input, kernel_size, output_size, output_ratio, _random_samples)


def fractional_max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Maxima over windows at random places, and where they stood. Shape (N, C, D, H, W) -> (N, C, D', H', W')."""
    return _fractional(3, input, kernel_size, output_size, output_ratio, _random_samples)


def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Any:
    """Maxima over windows at random places; with ``return_indices`` a pair."""
    pooled = _fractional(2, input, kernel_size, output_size, output_ratio, _random_samples)
    return pooled if return_indices else pooled[0]


def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Any:
    """Maxima over windows at random places; with ``return_indices`` a pair."""
    pooled = _fractional(3, input, kernel_size, output_size, output_ratio, _random_samples)
    return pooled if return_indices else pooled[0]
