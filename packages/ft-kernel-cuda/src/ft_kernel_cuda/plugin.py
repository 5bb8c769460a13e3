"""What this package brings, in the words of `ft_core.plugin.spec`; the entry point "cuda" leads here."""

from __future__ import annotations

from collections.abc import Sequence

from ft_core.backend import Backend
from ft_core.plugin import impl

from .backend import CudaBackend


@impl
def ft_backends() -> Sequence[Backend]:
    """The CUDA backend, on machines without a GPU, too: there it says why it cannot be used."""
    return [CudaBackend()]
