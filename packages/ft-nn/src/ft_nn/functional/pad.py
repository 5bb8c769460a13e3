"""Padding of the last dimensions, in torch's four modes.

Source: torch.nn.functional.pad (2.13). The pad list counts from the last dimension backwards: (left, right, top,
bottom, front, back).
"""

from __future__ import annotations

from collections.abc import Sequence

from ft_core import Tensor
from ft_dispatch import surface as torch


def pad(input: Tensor, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Tensor:
    """``input`` with ``pad[0]`` and ``pad[1]`` elements before and after its last dimension, and so on backwards.

    ``mode`` is "constant" (filled with ``value``, 0 by default), "reflect", "replicate" or "circular"; negative
    numbers crop. Raises ``RuntimeError`` or ``ValueError`` where the list does not fit the shape.
    """
    return torch.raw.pad(input, pad, mode, value)
