"""Encodings of positions: sines, rotations, and slopes on attention scores.

torch has none of them as modules; names, arguments and layouts are those that users of functional array libraries know.
Sources: A. Vaswani et al., Attention is all you need (2017); J. Su et al., RoFormer (2021); O. Press et al., Train short, test
long (2022); the argument names are MLX's (mlx.nn, 0.32).
"""

from __future__ import annotations

import math
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..module import Module

__all__ = ["ALiBi", "RoPE", "SinusoidalPositionalEncoding"]


class SinusoidalPositionalEncoding(Module):
    """Sines and cosines of positions (*), of ``dims / 2`` frequencies from ``max_freq`` down to ``min_freq``: (*, dims).

    The frequencies are spaced evenly in their logarithms, in radians, or in turns with ``full_turns``; the result is multiplied by
    ``scale`` (sqrt(2 / dims) by default, which gives vectors of length one). Sines come first, or last with ``cos_first``.
    Raises ``ValueError`` unless ``dims`` is even and at least 4.
    """

    frequencies: Tensor

    def __init__(
        self,
        dims: int,
        min_freq: float = 0.0001,
        max_freq: float = 1.0,
        scale: float | None = None,
        cos_first: bool = False,
        full_turns: bool = False,
    ) -> None:
        super().__init__()
        if dims < 4 or dims % 2:
            raise ValueError(f"SinusoidalPositionalEncoding: dims must be even and at least 4, got {dims}")
        half = dims // 2
        down = 1 - torch.arange(half, dtype=torch.float32) / (half - 1)
        low, high = math.log(min_freq), math.log(max_freq)
        frequencies = (down * (high - low) + low).exp()
        self.register_buffer("frequencies", frequencies * (2 * math.pi) if full_turns else frequencies, persistent=False)
        self.dims = dims
        self.scale = math.sqrt(2 / dims) if scale is None else scale
        self.cos_first = cos_first

    def forward(self, x: Tensor) -> Tensor:
        """The encoding of positions ``x`` (*), of any number type: (*, dims)."""
        angles = x.unsqueeze(-1) * self.frequencies
        parts = [angles.cos(), angles.sin()] if self.cos_first else [angles.sin(), angles.cos()]
        return torch.cat(parts, -1) * self.scale

    def extra_repr(self) -> str:
        """The settings."""
        return f"{self.dims}, scale={self.scale:g}, cos_first={self.cos_first}"


class RoPE(Module):
    """Turns pairs of features by angles that grow with the position, so that products of two depend on their distance.

    The first ``dims`` features of (*, length, features) are turned, the rest passes through. Pair i turns by
    ``position * scale * base**(-2 i / dims)``. Pairs are features i and i + dims / 2; neighbours, with ``traditional``.
    Raises ``ValueError`` unless ``dims`` is even and positive.
    """

    def __init__(self, dims: int, traditional: bool = False, base: float = 10000.0, scale: float = 1.0) -> None:
        super().__init__()
        if dims < 2 or dims % 2:
            raise ValueError(f"RoPE: dims must be even and positive, got {dims}")
        self.dims, self.traditional, self.base, self.scale = dims, traditional, base, scale

    def forward(self, x: Tensor, offset: int | Tensor = 0) -> Tensor:
        """``x`` (*, length, features) turned; its first position is ``offset``. Computed in float32 at least."""
        if x.shape[-1] < self.dims:
            raise ValueError(f"RoPE: expected at least {self.dims} features in the last dimension, got shape {list(x.shape)}")
        kind = torch.float64 if x.dtype is torch.float64 else torch.float32
        turn = torch.arange(self.dims // 2, dtype=kind, device=x.device) * (-math.log(self.base) / (self.dims // 2))
        position = (torch.arange(x.shape[-2], dtype=kind, device=x.device) + offset) * self.scale
        angles = position.unsqueeze(-1) * turn.exp()
        cos, sin = angles.cos(), angles.sin()
        turned, rest = x[..., : self.dims].to(kind), x[..., self.dims :]
        first, second = (turned[..., ::2], turned[..., 1::2]) if self.traditional else turned.chunk(2, -1)
        parts = [first * cos - second * sin, first * sin + second * cos]
        made = torch.stack(parts, -1).flatten(-2) if self.traditional else torch.cat(parts, -1)
        return torch.cat([made.to(x.dtype), rest], -1)

    def extra_repr(self) -> str:
        """The settings."""
        return f"{self.dims}, traditional={self.traditional}, base={self.base:g}, scale={self.scale:g}"


def _slopes(heads: int) -> list[float]:
    """256**(-(h + 1) / heads); where heads is no power of two, those of the power below and then every other of the one above."""
    power = 1 << (heads.bit_length() - 1)
    slopes = [2.0 ** (-8 * (h + 1) / power) for h in range(power)]
    return slopes if power == heads else slopes + _slopes(2 * power)[::2][: heads - power]


class ALiBi(Module):
    """Takes from every attention score its distance times a slope that is the head's own, from 256**(-1 / heads) down to 1 / 256."""

    @staticmethod
    def bias(queries: int, keys: int, heads: int, offset: int = 0, dtype: Any = None, device: Any = None) -> Tensor:
        """What is added: (1, heads, queries, keys); the first query stands at position ``offset``."""
        at = torch.arange(offset, offset + queries, dtype=torch.float32, device=device)
        distance = (at.unsqueeze(-1) - torch.arange(keys, dtype=torch.float32, device=device)).abs()
        slopes = torch.tensor(_slopes(heads), dtype=torch.float32, device=device)
        made = -distance * slopes.reshape(1, heads, 1, 1)
        return made if dtype is None else made.to(dtype)

    def forward(self, attention_scores: Tensor, offset: int = 0, mask: Tensor | None = None) -> Tensor:
        """Scores (N, heads, queries, keys) with the bias, and with ``mask`` where one is given to be added."""
        _, heads, queries, keys = attention_scores.shape
        made = self.bias(queries, keys, heads, offset, attention_scores.dtype, attention_scores.device)
        return attention_scores + (made if mask is None else made + mask)
