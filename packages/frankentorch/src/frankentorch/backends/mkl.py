"""torch.backends.mkl: Intel's MKL: products run on NumPy's OpenBLAS."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Whether it serves: no."""
    return False
