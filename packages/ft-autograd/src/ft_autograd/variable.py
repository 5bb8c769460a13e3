"""torch.autograd.variable: `Variable`, which has long been another name of Tensor, and which old programs still call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_core.state import TL


class _ExecutionEngine:
    """`Variable._execution_engine`: what libraries ask of torch's engine."""

    def queue_callback(self, callback: Callable[[], Any]) -> None:
        """Call `callback()` at the end of the backward that runs. RuntimeError outside of one."""
        job = TL.st.data.get("graph")
        if job is None:
            raise RuntimeError(
                "Final callbacks can only be installed during backward pass; call queue_callback in a hook or a Function's backward"
            )
        job.final.append(callback)


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

    _execution_engine = _ExecutionEngine()


__all__ = ["Variable", "VariableMeta"]
