"""Sparse and quantized tensors in formats that hold plain arrays beside a structure: their parts are tensors with names of their own.

`w` that is CSR becomes `w.crow_indices`, `w.col_indices` and `w.values`, and an `Irregular` where `w` was. What is put together again
from a file is checked as `irregular.py` checks what torch's files say.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from ft_core.dtype import BY_NAME
from ft_core.layout import LAYOUTS
from ft_core.parameter import Parameter
from ft_core.payload import Compressed, Coo, Quantized
from ft_core.size import Size
from ft_core.tensor import Tensor, alias_of

from .allow_list import RefusedError
from .errors import CheckpointError
from .irregular import HELD, check_scales, rebuild_quantized, rebuild_sparse
from .model import Call, Global, StorageRecord
from .structure import Irregular

__all__ = ["call_of", "put_together", "take_apart"]

_ROWS, _COLUMNS = ("crow_indices", "col_indices", "values"), ("ccol_indices", "row_indices", "values")
_PARTS = {
    "sparse_coo": ("indices", "values"), "sparse_csr": _ROWS, "sparse_bsr": _ROWS, "sparse_csc": _COLUMNS, "sparse_bsc": _COLUMNS,
}  # fmt: skip
_CHANNELS = ("int_repr", "scales", "zero_points")


def take_apart(t: Tensor, name: str) -> tuple[Irregular, dict[str, Tensor]]:
    """What stands for a sparse or quantized tensor in a structure, and its parts by their names."""
    record: Any = t._a
    kind = t.dtype.name
    size: tuple[int, ...] = ()
    found: tuple[Tensor, ...]
    facts: tuple[Any, ...] = ()
    if isinstance(record, Quantized):
        try:
            check_scales(record)
        except RuntimeError as error:
            raise CheckpointError(str(error), record=name) from None
    if isinstance(record, Coo):
        kind, size, found, facts = "sparse_coo", record.shape, (record.indices, record.values), (record.coalesced,)
    elif isinstance(record, Compressed):
        kind, size, found = record.layout.name, record.shape, (record.compressed, record.plain, record.values)
    elif record.axis is None:
        found, facts = (record.ints,), (float(record.scale), int(record.zero_point))
    else:
        found, facts = (record.ints, record.scale, record.zero_point), (record.axis,)
    parts = {f"{name}.{part}": alias_of(each) for part, each in zip(_PARTS.get(kind, _CHANNELS), found, strict=False)}
    size = tuple(int(n) for n in size)
    return Irregular(kind, tuple(parts), size, facts, isinstance(t, Parameter), bool(t.requires_grad)), parts


def put_together(node: Irregular, tensors: list[Tensor]) -> Tensor:
    """The tensor that `take_apart` took apart; RefusedError where the parts are not those of one."""
    made: Tensor
    if node.kind in _PARTS:
        coo = node.kind == "sparse_coo"
        _expect(len(tensors) == len(_PARTS[node.kind]) and [type(fact) for fact in node.facts] == [bool] * coo, node)
        made = rebuild_sparse(LAYOUTS[node.kind], tuple(tensors), node.size, node.facts[0] if coo else None)
    else:
        made = _quantized(node, tensors)
    return Parameter(made, node.requires_grad) if node.parameter else made.requires_grad_(node.requires_grad)


def _quantized(node: Irregular, tensors: list[Tensor]) -> Tensor:
    kinds = [type(fact) for fact in node.facts]
    _expect(node.kind in BY_NAME and not node.size and not node.requires_grad and (len(tensors), kinds) in _FACTS, node)
    ints = tensors[0]
    quantizer: tuple[Any, Any, int | None] = (*node.facts, None) if len(tensors) == 1 else (*tensors[1:], *node.facts)
    axis = quantizer[2]
    _expect(axis is None or 0 <= axis < ints.ndim, node)
    kind = BY_NAME[node.kind]
    _expect(ints.dtype.name == HELD.get(kind.name), node)
    storage, strides = ints.untyped_storage(), tuple(int(step) for step in ints.stride())
    return rebuild_quantized(storage, kind, int(ints.storage_offset()), tuple(ints.shape), strides, quantizer)


_FACTS = ((1, [float, int]), (3, [int]))


def _expect(fine: bool, node: Irregular) -> None:
    if not fine:
        raise RefusedError(
            f"expected the parts of a tensor of {node.kind[:40]}, got {', '.join(node.parts)[:120]}; the file is forged"
        )


def call_of(
    node: Irregular, leaf: Callable[[str], Any], storage: Callable[[str, str], StorageRecord], shape: tuple[int, ...]
) -> Call:
    """How torch's files spell it.

    Args:
        leaf: what stands for a part that is a tensor.
        storage: the storage of a part, as elements of a dtype.
        shape: sizes of the first part.
    """
    if node.kind in _PARTS:
        data = (*map(leaf, node.parts), Size(node.size), *node.facts)
        return Call(Global("torch._utils", "_rebuild_sparse_tensor"), (LAYOUTS[node.kind], data))
    strides, step = [1] * len(shape), 1
    for i in range(len(shape) - 1, -1, -1):
        strides[i] = step
        step *= max(shape[i], 1)
    if len(node.parts) == 1:
        quantizer: tuple[Any, ...] = (Global("torch", "per_tensor_affine"), *node.facts)
    else:
        quantizer = (Global("torch", "per_channel_affine"), *map(leaf, node.parts[1:]), *node.facts)
    head = storage(node.parts[0], node.kind), 0, shape, tuple(strides)
    return Call(Global("torch._utils", "_rebuild_qtensor"), (*head, quantizer, False, OrderedDict()))
