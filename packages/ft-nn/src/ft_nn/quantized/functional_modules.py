"""Operations as modules, so that what they give can be observed before a model is quantized.

Source: torch.ao.nn.quantized.FloatFunctional and FXFloatFunctional (2.13).
"""

from __future__ import annotations

from collections.abc import Sequence

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..layers import Identity
from ..module import Module

__all__ = ["FXFloatFunctional", "FloatFunctional"]


class FXFloatFunctional(Module):
    """torch's operations under the names that quantization knows, each as it is; there is no ``forward``."""

    def forward(self, x: Tensor) -> Tensor:
        """Raises ``RuntimeError``: call one of the operations."""
        raise RuntimeError("FloatFunctional is not intended to use the 'forward'. Please use the underlying operation")

    def _seen(self, result: Tensor) -> Tensor:
        return result

    def add(self, x: Tensor, y: Tensor) -> Tensor:
        """x + y of tensors."""
        return self._seen(torch.add(x, y))

    def add_scalar(self, x: Tensor, y: float) -> Tensor:
        """x + y of a number, which is not observed."""
        return torch.add(x, y)

    def mul(self, x: Tensor, y: Tensor) -> Tensor:
        """x * y of tensors."""
        return self._seen(torch.mul(x, y))

    def mul_scalar(self, x: Tensor, y: float) -> Tensor:
        """x * y of a number, which is not observed."""
        return torch.mul(x, y)

    def cat(self, x: Sequence[Tensor], dim: int = 0) -> Tensor:
        """The tensors one after the other along ``dim``."""
        return self._seen(torch.cat(x, dim=dim))

    def add_relu(self, x: Tensor, y: Tensor) -> Tensor:
        """relu(x + y)."""
        return self._seen(torch.relu(torch.add(x, y)))

    def matmul(self, x: Tensor, y: Tensor) -> Tensor:
        """x @ y."""
        return self._seen(torch.matmul(x, y))


class FloatFunctional(FXFloatFunctional):
    """The same, with every result but those of ``add_scalar`` and ``mul_scalar`` through ``activation_post_process``.

    That is an identity, until a program puts an observer there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.activation_post_process = Identity()

    def _seen(self, result: Tensor) -> Tensor:
        return self.activation_post_process(result)
