"""How a tensor is written: which of torch's rebuild functions, with which arguments. The counterpart of `rebuilders.py`."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from .allow_list import STORAGE_DTYPES
from .model import Call, Global, StorageRecord

__all__ = ["TensorRecord", "spell_tensor", "storage_type_name"]

_TYPED = {dtype: name for name, dtype in STORAGE_DTYPES.items()}
_V2 = Global("torch._utils", "_rebuild_tensor_v2")
_V3 = Global("torch._utils", "_rebuild_tensor_v3")
_PARAMETER = Global("torch._utils", "_rebuild_parameter")
_PARAMETER_WITH_STATE = Global("torch._utils", "_rebuild_parameter_with_state")
_FROM_TYPE = Global("torch._tensor", "_rebuild_from_type_v2")
_META = Global("torch._utils", "_rebuild_meta_tensor_no_storage")


@dataclass(slots=True)
class TensorRecord:
    """All that a file says about a tensor. Offset, sizes and strides count elements; `storage` is None on the meta device.

    kind: the class of the tensor as a file names it, where it is neither torch.Tensor nor Parameter.
    state: its attributes, or None.
    call: what rebuilds a tensor that is no dense array; nothing else is said about its numbers then.
    """

    storage: StorageRecord | None
    dtype: Any
    dtype_name: str
    offset: int
    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    requires_grad: bool
    is_parameter: bool = False
    conj: bool = False
    neg: bool = False
    kind: Any = None
    state: dict[str, Any] | None = None
    call: Call | None = None


def storage_type_name(dtype_name: str) -> str:
    """`FloatStorage` for float32; newer dtypes have no storage class of their own and share UntypedStorage."""
    return _TYPED.get(dtype_name, "UntypedStorage")


def spell_tensor(record: TensorRecord, tensor_type: Any) -> Call:
    """The call that rebuilds a tensor; `tensor_type` is the class that a file calls torch.Tensor."""
    if record.is_parameter:
        inner = _spell_plain(record, requires_grad=False)
        if record.state:
            return Call(_PARAMETER_WITH_STATE, (inner, record.requires_grad, OrderedDict(), record.state))
        return Call(_PARAMETER, (inner, record.requires_grad, OrderedDict()))
    plain = _spell_plain(record, requires_grad=record.requires_grad)
    if record.kind is None and not record.state:
        return plain
    return Call(_FROM_TYPE, (plain.function, record.kind or tensor_type, plain.args, record.state or {}))


def _spell_plain(record: TensorRecord, *, requires_grad: bool) -> Call:
    if record.call is not None:
        return record.call
    if record.storage is None:
        return Call(_META, (record.dtype, record.sizes, record.strides, requires_grad))
    head: tuple[Any, ...] = (record.storage, record.offset, record.sizes, record.strides, requires_grad, OrderedDict())
    metadata = {name: True for name, on in (("conj", record.conj), ("neg", record.neg)) if on}
    tail = (metadata,) if metadata else ()
    if storage_type_name(record.dtype_name) == "UntypedStorage":
        return Call(_V3, (*head, record.dtype, *tail))
    return Call(_V2, (*head, *tail))
