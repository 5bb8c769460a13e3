"""Copying and pickling tensors: storage sharing survives both, as in torch."""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, SupportsIndex

from . import upcalls
from .storage import UntypedStorage, storage_of

if TYPE_CHECKING:
    from .dtype import dtype
    from .tensor import Tensor

    _Base = Tensor  # checkers then know what `self` offers
else:
    _Base = object


def _rebuild_tensor_v2(
    storage: UntypedStorage, kind: dtype, offset: int, size: tuple[int, ...], stride: tuple[int, ...], requires_grad: bool
) -> Tensor:
    from .tensor import tensor_from_storage  # noqa: PLC0415  # tensor imports this module

    return tensor_from_storage(storage, kind, tuple(size), tuple(stride), offset).requires_grad_(requires_grad)


def _rebuild_from_type(rebuild: Any, cls: type, args: tuple[Any, ...], state: dict[str, Any] | None) -> Tensor:
    t = rebuild(*args)
    if type(t) is not cls:
        t = t.as_subclass(cls)
    t.__dict__.update(state or {})
    return t


class Pickling(_Base):
    """Mixed into Tensor: `__reduce_ex__` and `__deepcopy__`."""

    __slots__ = ()

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        from .tensor import Tensor  # noqa: PLC0415

        args = (storage_of(self), self.dtype, self.storage_offset(), tuple(self.size()), self.stride(), self.requires_grad)
        if type(self) is Tensor and not self.__dict__:
            return _rebuild_tensor_v2, args
        return _rebuild_from_type, (_rebuild_tensor_v2, type(self), args, self.__dict__ or None)

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  "
                "If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see "
                "https://github.com/pytorch/pytorch/pull/103001"
            )
        if id(self) in memo:
            return memo[id(self)]
        if self.device.type == "cpu":
            storage = copy.deepcopy(storage_of(self), memo)
            made = _rebuild_tensor_v2(storage, self.dtype, self._off, tuple(self.size()), self.stride(), False)
        else:
            made = upcalls.clone(self)
        made = self._like_me(made)
        if self._grad is not None:
            made._grad = copy.deepcopy(self._grad, memo)
        if self.__dict__:
            made.__dict__.update(copy.deepcopy(self.__dict__, memo))
        memo[id(self)] = made
        return made

    def _like_me(self, plain: Tensor) -> Tensor:
        from .tensor import Tensor  # noqa: PLC0415

        made = plain if type(self) is Tensor else plain.as_subclass(type(self))
        return made.requires_grad_(self.requires_grad)


def _rebuild_parameter(data: Tensor, requires_grad: bool, backward_hooks: OrderedDict[str, Any]) -> Tensor:
    from .parameter import Parameter  # noqa: PLC0415

    return Parameter(data, requires_grad)
