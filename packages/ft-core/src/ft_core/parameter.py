"""Parameter and Buffer: tensors that a Module recognises by class."""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import Any, SupportsIndex

from .tensor import Tensor, alias_of
from .tensor_pickle import _rebuild_parameter

__all__ = ["Buffer", "Parameter"]


class _ParameterMeta(type(Tensor)):  # type: ignore[misc]
    """Lets an instance of a custom tensor class count as a Parameter when it says so (`_is_param`), as torch does."""

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        return cls is Parameter and isinstance(instance, Tensor) and getattr(instance, "_is_param", False)


class Parameter(Tensor, metaclass=_ParameterMeta):
    """A tensor that a Module registers as a parameter when it is assigned as an attribute.

    `Parameter(data, requires_grad=True)` shares `data`'s memory. Source: torch.nn.parameter.Parameter.
    """

    __slots__ = ()

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True) -> Parameter:
        if data is None:
            from ft_core import upcalls  # noqa: PLC0415

            data = upcalls.empty_tensor()
        if type(data) is not Tensor and not isinstance(data, Parameter):
            made: Any = data.detach().requires_grad_(requires_grad)
            wanted: Any = type(data)
            if type(made) is not wanted:
                raise RuntimeError(
                    f"Creating a Parameter from an instance of type {wanted.__name__} requires that detach() returns an "
                    f"instance of the same type, but return type {type(made).__name__} was found instead."
                )
            made._is_param = True
            return made
        if requires_grad and not (data.dtype.is_floating_point or data.dtype.is_complex):
            raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
        made = alias_of(data)
        made.__class__ = cls
        return made.requires_grad_(requires_grad)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Everything was done in `__new__`, which subclasses may give other parameters."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        if id(self) in memo:
            return memo[id(self)]
        made = type(self)(self.data.clone(), self.requires_grad)
        memo[id(self)] = made
        if self.__dict__:
            made.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return made

    def __repr__(self, *, tensor_contents: str | None = None) -> str:  # type: ignore[override]  # mypy drops the name in dunders
        return "Parameter containing:\n" + super().__repr__()

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return _rebuild_parameter, (self.data, self.requires_grad, OrderedDict())


class _BufferMeta(type(Tensor)):  # type: ignore[misc]
    """A Buffer is a plain tensor that says so (`_is_buffer`), as in torch; subclasses are told by class as well."""

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        return cls is Buffer and isinstance(instance, Tensor) and getattr(instance, "_is_buffer", False)


class Buffer(Tensor, metaclass=_BufferMeta):
    """A tensor that a Module registers as a buffer when it is assigned; `persistent` says whether it is in the state_dict.

    It is a tensor of `data`'s class over its memory. Source: torch.nn.parameter.Buffer.
    """

    __slots__ = ()

    def __new__(cls, data: Tensor | None = None, *, persistent: bool = True) -> Buffer:
        if data is None:
            from ft_core import upcalls  # noqa: PLC0415

            data = upcalls.empty_tensor()
        made: Any = data.detach() if cls is Buffer else alias_of(data)
        if cls is not Buffer:
            made.__class__ = cls
        made.persistent, made._is_buffer = persistent, True
        return made.requires_grad_(data.requires_grad)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Everything was done in `__new__`, which subclasses may give other parameters."""
