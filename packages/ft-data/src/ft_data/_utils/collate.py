"""From a list of samples to a batch, and from one sample to tensors where there are no batches.

`default_collate_fn_map` says how the leaves of a sample are joined; programs add their own classes to it. Containers are walked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ft_core import sparse_bsc, sparse_bsr, sparse_coo, sparse_csc, sparse_csr
from ft_dispatch import surface as torch

from .containers import like_mapping, like_sequence

__all__ = [
    "collate",
    "collate_float_fn",
    "collate_int_fn",
    "collate_numpy_array_fn",
    "collate_numpy_scalar_fn",
    "collate_str_fn",
    "collate_tensor_fn",
    "default_collate",
    "default_collate_err_msg_format",
    "default_collate_fn_map",
    "default_convert",
    "np_str_obj_array_pattern",
]

CollateMap = dict[type | tuple[type, ...], Callable[..., Any]]

default_collate_err_msg_format = "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {}"

TEXT_OR_OBJECTS = "SUO"
"""Kinds of NumPy dtypes that no tensor can hold."""

np_str_obj_array_pattern = re.compile(r"[SaUO]")
"""The same as torch's pattern over dtype strings, which collate functions outside import."""

SPARSE = frozenset((sparse_coo, sparse_csr, sparse_bsr, sparse_csc, sparse_bsc))


def default_convert(data: Any) -> Any:
    """`data` with its NumPy arrays and numbers as tensors; tuples become lists, other containers stay what they are.

    Source: torch.utils.data.default_convert.
    """
    kind = type(data)
    if isinstance(data, torch.Tensor):
        return data
    if kind.__module__ == "numpy" and kind.__name__ not in ("str_", "bytes_"):
        return data if kind is np.ndarray and data.dtype.kind in TEXT_OR_OBJECTS else torch.as_tensor(data)
    if isinstance(data, Mapping):
        return like_mapping(data, {key: default_convert(data[key]) for key in data})
    if isinstance(data, tuple):
        parts = [default_convert(part) for part in data]
        return kind(*parts) if hasattr(data, "_fields") else parts
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return like_sequence(data, [default_convert(part) for part in data])
    return data


def collate(batch: Sequence[Any], *, collate_fn_map: CollateMap | None = None) -> Any:
    """One container of batches out of a batch of samples, which all have the structure of the first.

    collate_fn_map: `fn(batch, *, collate_fn_map)` by class (or tuple of classes) of a leaf; the exact class comes first, then the
    first of which the leaf is an instance. TypeError for a leaf without a function, RuntimeError for sequences of unequal lengths.
    Source: torch.utils.data._utils.collate.collate.
    """
    first = batch[0]
    join = _function_for(first, collate_fn_map or {})
    if join is not None:
        return join(batch, collate_fn_map=collate_fn_map)
    if isinstance(first, Mapping):
        joined = {key: collate([sample[key] for sample in batch], collate_fn_map=collate_fn_map) for key in first}
        return like_mapping(first, joined)
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*(collate(column, collate_fn_map=collate_fn_map) for column in zip(*batch, strict=False)))
    if isinstance(first, Sequence):
        if any(len(sample) != len(first) for sample in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        columns = [collate(column, collate_fn_map=collate_fn_map) for column in zip(*batch, strict=True)]
        return columns if isinstance(first, tuple) else like_sequence(first, columns)
    raise TypeError(default_collate_err_msg_format.format(type(first)))


def _function_for(leaf: Any, functions: CollateMap) -> Callable[..., Any] | None:
    exact = functions.get(type(leaf))
    if exact is not None:
        return exact
    return next((function for kind, function in functions.items() if isinstance(leaf, kind)), None)


def collate_tensor_fn(batch: Sequence[torch.Tensor], *, collate_fn_map: CollateMap | None = None) -> torch.Tensor:
    """The tensors stacked along a new first dimension. RuntimeError for nested and sparse ones, and where shapes differ."""
    first = batch[0]
    unfit = "nested" if first.is_nested else "sparse" if first.layout in SPARSE else None
    if unfit:
        raise RuntimeError(
            f"Batches of {unfit} tensors are not currently supported by the default collate_fn; "
            "please provide a custom collate_fn to handle them appropriately."
        )
    return torch.stack(batch, 0)


def collate_numpy_array_fn(batch: Sequence[np.ndarray], *, collate_fn_map: CollateMap | None = None) -> Any:
    """The arrays as tensors, collated as those are. TypeError for arrays of texts or objects."""
    if batch[0].dtype.kind in TEXT_OR_OBJECTS:
        raise TypeError(default_collate_err_msg_format.format(batch[0].dtype))
    return collate([torch.as_tensor(array) for array in batch], collate_fn_map=collate_fn_map)


def collate_numpy_scalar_fn(batch: Sequence[Any], *, collate_fn_map: CollateMap | None = None) -> torch.Tensor:
    """A 1-dim tensor in the dtype of the NumPy numbers."""
    return torch.as_tensor(batch)


def collate_float_fn(batch: Sequence[float], *, collate_fn_map: CollateMap | None = None) -> torch.Tensor:
    """A 1-dim float64 tensor."""
    return torch.tensor(batch, dtype=torch.float64)


def collate_int_fn(batch: Sequence[int], *, collate_fn_map: CollateMap | None = None) -> torch.Tensor:
    """A 1-dim int64 tensor, or a bool one of bools."""
    return torch.tensor(batch)


def collate_str_fn(batch: Sequence[Any], *, collate_fn_map: CollateMap | None = None) -> Sequence[Any]:
    """Texts and bytes stay as they are."""
    return batch


default_collate_fn_map: CollateMap = {
    torch.Tensor: collate_tensor_fn,
    np.ndarray: collate_numpy_array_fn,  # memmap too
    (np.bool_, np.number, np.object_): collate_numpy_scalar_fn,
    float: collate_float_fn,
    int: collate_int_fn,
    str: collate_str_fn,
    bytes: collate_str_fn,
}


def default_collate(batch: Sequence[Any]) -> Any:
    """A batch of samples as one structure of tensors with a new first dimension.

    Tensors, arrays and numbers are joined to tensors (floats in float64), texts to lists; dicts, named tuples and sequences are
    collated per entry and keep their class, tuples become lists. TypeError for other classes, RuntimeError where samples do not fit
    together. Source: torch.utils.data.default_collate.
    """
    return collate(batch, collate_fn_map=default_collate_fn_map)
