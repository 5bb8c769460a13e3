"""torch.autograd.variable: `Variable`, which has long been another name of Tensor, and which old programs still call."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor


class VariableMeta(type):
    """Makes every tensor an instance of Variable, and a call of Variable an alias of the tensor it gets."""

    def __instancecheck__(cls, other: Any) -> bool:
        return isinstance(other, Tensor)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, Tensor)

    def __call__(cls, data: Tensor | None = None, requires_grad: bool = False, volatile: bool | None = None) -> Tensor:
        if data is None:
            from ft_dispatch.surface import empty  # noqa: PLC0415  # the whole op table

            return empty((0,), requires_grad=requires_grad)
        if not isinstance(data, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(data).__name__}")
        return data.detach().requires_grad_(requires_grad)


class Variable(metaclass=VariableMeta):
    """`Variable(tensor, requires_grad=True)` is a tensor that shares its memory. Kept for old programs. Source: torch.autograd.Variable."""


__all__ = ["Variable", "VariableMeta"]
