"""Parameters and buffers, and their uninitialised forms for lazy modules.

``Parameter`` and ``Buffer`` themselves belong to ft_core, since serialisers and optimizers need them without layers.
An uninitialised tensor has a dtype and a device but no shape yet; a lazy module gives it one at its first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, SupportsIndex, TypeGuard

from ft_core import Buffer, Parameter, Tensor
from ft_core.parameter import _BufferMeta as _BufferMeta
from ft_core.parameter import _ParameterMeta as _ParameterMeta
from ft_dispatch import surface as torch

__all__ = ["Buffer", "Parameter", "UninitializedBuffer", "UninitializedParameter", "UninitializedTensorMixin", "is_lazy"]


if TYPE_CHECKING:  # the mixin stands before a tensor class in every class that has it
    _TensorBase = Tensor
else:
    _TensorBase = object


class UninitializedTensorMixin(_TensorBase):
    """A tensor without shape or data; :meth:`materialize` turns the object into an ordinary one, in place."""

    __slots__ = ()
    cls_to_become: type = Tensor

    def materialize(self, shape: Any, device: Any = None, dtype: Any = None) -> None:
        """Give this object ``shape`` and uninitialised memory (device and dtype as stated at its creation by default)."""
        data = torch.empty(shape, device=self.data.device if device is None else device, dtype=dtype or self.data.dtype)
        self.data = data
        self.__class__ = self.cls_to_become

    @property
    def shape(self) -> Any:
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
            "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to "
            "initialize the parameters before accessing their attributes."
        )

    def numel(self) -> int:
        """There is nothing to count yet: raises ``ValueError``, so that nobody counts a lazy layer as one without parameters."""
        raise ValueError(
            f"Attempted to use an uninitialized parameter in {Tensor.numel}. This error happens when you are using a `LazyModule` or "
            f"explicitly manipulating `torch.nn.parameter.{type(self).__name__}` objects. When using LazyModules Call `forward` with a dummy "
            "batch to initialize the parameters before calling torch functions"
        )

    nelement = numel

    def share_memory_(self) -> Any:
        """There is nothing to share yet: raises ``RuntimeError``."""
        raise RuntimeError(
            "Can't share memory on an uninitialized parameter or buffer. Call `forward` to initialize the parameters before "
            "calling `module.share_memory()`."
        )

    def __repr__(self) -> str:  # type: ignore[override]  # mypy drops names of keywords in dunders
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return (type(self), (self.requires_grad,))


class UninitializedParameter(UninitializedTensorMixin, Parameter):  # type: ignore[misc]  # the same
    """A parameter whose shape is not known yet; ``device`` and ``dtype`` are those it will have."""

    __slots__ = ()
    cls_to_become = Parameter

    def __new__(cls, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> Any:
        return Parameter.__new__(cls, torch.empty(0, device=device, dtype=dtype), requires_grad)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.requires_grad, self.data.device, self.data.dtype)
        return memo[id(self)]


class UninitializedBuffer(UninitializedTensorMixin, Buffer):
    """A buffer whose shape is not known yet; ``device`` and ``dtype`` are those it will have."""

    __slots__ = ()

    def __new__(cls, requires_grad: bool = False, device: Any = None, dtype: Any = None, persistent: bool = True) -> Any:
        made = Buffer.__new__(cls, torch.empty(0, device=device, dtype=dtype), persistent=persistent)
        made.__class__ = cls
        return made


def is_lazy(param: Any) -> TypeGuard[UninitializedTensorMixin]:
    """Whether ``param`` waits for its shape."""
    return isinstance(param, UninitializedTensorMixin)


_FACTORY = frozenset(("device", "dtype", "memory_format"))


def factory_kwargs(kwargs: dict[str, Any] | None) -> dict[str, Any]:
    """What of a layer's keyword arguments goes to functions that make tensors: device, dtype and memory_format.

    A nested ``factory_kwargs`` counts too. Raises ``TypeError`` for other keywords, and for one given twice.
    """
    given = dict(kwargs or {})
    made = dict(given.pop("factory_kwargs", {}))
    if not given.keys() <= _FACTORY:
        raise TypeError(f"unexpected kwargs {given.keys() - _FACTORY}")
    for name in given.keys() & made.keys():
        raise TypeError(f"{name} specified twice, in **kwargs and in factory_kwargs")
    return made | given
