"""Copying and pickling tensors: storage sharing survives both, as in torch."""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, SupportsIndex

from .keys import DISPATCH, LAYOUTS, NOGRAD
from .layout import sparse_coo
from .meta import MetaArray
from .payload import Compressed, Coo, Quantized, tensor_over
from .state import bits_set
from .storage import UntypedStorage, storage_of

if TYPE_CHECKING:
    from .dtype import dtype
    from .layout import layout
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


def _rebuild_sparse_tensor(order: layout, data: tuple[Any, ...]) -> Tensor:
    """A sparse tensor from its components: (indices, values, size, is_coalesced) of COO; (compressed, plain, values, size) of the rest."""
    record: Any
    if order is sparse_coo:
        indices, values, size, *coalesced = data
        record = Coo(indices, values, size, *coalesced)
    else:
        compressed, plain, values, size = data
        record = Compressed(order, compressed, plain, values, size)
    return tensor_over(record, values.device.bit | values.dtype.bit)


def _rebuild_qtensor(ints: Tensor, kind: dtype, quantizer: tuple[Any, ...], requires_grad: bool) -> Tensor:
    """A quantized tensor from its integers and (scale, zero_point, axis, scheme)."""
    scale, zero_point, axis, scheme = quantizer
    return tensor_over(Quantized(ints, scale, zero_point, axis, scheme), ints.device.bit | kind.bit)


def _reduce_record(t: Tensor) -> tuple[Any, ...]:
    record: Any = t._a
    if isinstance(record, Quantized):
        made: tuple[Any, ...] = (
            _rebuild_qtensor,
            (record.ints, t.dtype, (record.scale, record.zero_point, record.axis, record.scheme), t.requires_grad),
        )
    elif isinstance(record, Coo):
        made = _rebuild_sparse_tensor, (sparse_coo, (record.indices, record.values, t.size(), record.coalesced))
    else:
        made = _rebuild_sparse_tensor, (record.layout, (record.compressed, record.plain, record.values, t.size()))
    return made


def _rebuild_with_state(rebuild: Any, args: tuple[Any, ...], requires_grad: bool, state: dict[str, Any] | None) -> Tensor:
    t = rebuild(*args).requires_grad_(requires_grad)
    t.__dict__.update(state or {})
    return t


def _rebuild_wrapper_subclass(
    cls: type, kind: Any, size: Any, stride: Any, offset: int, where: Any, requires_grad: bool, state: dict[str, Any]
) -> Tensor:
    from .tensor import Tensor  # noqa: PLC0415

    made: Tensor = Tensor._make_wrapper_subclass(
        cls, size, strides=stride, storage_offset=offset, dtype=kind, device=where, requires_grad=requires_grad
    )
    made.__dict__.update(state)
    return made


class Pickling(_Base):
    """Mixed into Tensor: `__reduce_ex__` and `__deepcopy__`."""

    __slots__ = ()

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        from .tensor import Tensor  # noqa: PLC0415

        if self._k & LAYOUTS:
            rebuild, parts = _reduce_record(self)
            if self.__dict__ or self.requires_grad:
                return _rebuild_with_state, (rebuild, parts, self.requires_grad, self.__dict__ or None)
            return rebuild, parts
        if isinstance(self._a, MetaArray) and self._k & DISPATCH:
            facts = self.dtype, tuple(self.size()), self.stride(), self.storage_offset(), self.device, self.requires_grad
            return _rebuild_wrapper_subclass, (type(self), *facts, self.__dict__)
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
        if self._k & LAYOUTS:
            rebuild, args = _reduce_record(self)
            made = rebuild(*copy.deepcopy(args, memo))
        elif isinstance(self._a, MetaArray) and self._k & DISPATCH:
            with bits_set(on=NOGRAD):
                made = self.clone()  # what its class makes of it has what it wraps
            if type(made) is not type(self):
                raise RuntimeError(
                    f"The default implementation of __deepcopy__() for wrapper subclasses only works for subclass types that properly implement "
                    f"clone(): expected {type(self).__name__}, got {type(made).__name__}"
                )
            memo[id(self)] = made.requires_grad_(self.requires_grad)
            return made
        elif self.device.type == "cpu":
            storage = copy.deepcopy(storage_of(self), memo)
            made = _rebuild_tensor_v2(storage, self.dtype, self._off, tuple(self.size()), self.stride(), False)
        else:
            made = self.detach().clone()  # type: ignore[attr-defined]  # methods of the op table
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
