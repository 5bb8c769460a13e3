"""Sparse and quantized tensors of files: built after every part of them has been checked, and taken apart to be written.

A kernel follows the indices of a sparse tensor wherever they lead, so a file may not state them freely: each has to lie inside the
tensor, and lines have to begin where the ones before them end. Torch looks at that on request only; here it is looked at always, in
pieces, so that it costs a pass over the indices and no memory.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Any

import numpy as np

from ft_core.backend import backend_for
from ft_core.dtype import BY_NAME
from ft_core.dtype import dtype as Dtype
from ft_core.keys import LAYOUTS
from ft_core.layout import QSCHEMES, sparse_coo, strided
from ft_core.layout import layout as Layout
from ft_core.layout import qscheme as QScheme
from ft_core.payload import Compressed, Coo, Quantized, tensor_over
from ft_core.size import Size
from ft_core.storage import UntypedStorage
from ft_core.tensor import Tensor, alias_of, tensor_from_storage

from .allow_list import RefusedError
from .model import Call, Global

__all__ = [
    "HELD",
    "Layout",
    "QScheme",
    "check_quantized",
    "check_scales",
    "is_irregular",
    "rebuild_quantized",
    "rebuild_sparse",
    "schemes",
    "spell_irregular",
]

_PIECE = 1 << 20  # indices that are looked at at once
_LARGEST = (1 << 63) - 1
HELD = {"quint8": "uint8", "qint8": "int8", "qint32": "int32"}
"""The quantized dtypes there are, and the integers that hold them."""
_BLOCKED = ("sparse_bsr", "sparse_bsc")
_BY_ROWS = ("sparse_csr", "sparse_bsr")


def schemes() -> dict[str, Any]:
    """The quantization schemes by their path in files, `torch.per_tensor_affine`."""
    return {f"torch.{name}": found for name, found in QSCHEMES.items()}


def is_irregular(obj: Any) -> bool:
    """Whether it is a tensor that is no dense array: sparse or quantized."""
    return isinstance(obj, Tensor) and bool(obj._k & LAYOUTS)


def _expect(fine: bool, what: str) -> None:
    if not fine:
        raise RefusedError(f"expected {what}; the file is damaged or forged")


# -- sparse --------------------------------------------------------------------------------------------------------------


def rebuild_sparse(order: Layout, parts: tuple[Any, ...], size: tuple[int, ...], coalesced: bool | None) -> Tensor:
    """A sparse tensor over its components, which are not copied.

    Args:
        order: a sparse layout.
        parts: (indices, values) of COO; (compressed indices, plain indices, values) of the others.
        size: sizes of all dimensions, not negative.
        coalesced: of COO, what the file says; None where an older file says nothing.

    Raises: RefusedError for parts that do not go together, and for an index that lies outside.
    """
    _expect(order is not strided and order.bit != 0, f"a sparse layout that tensors have, not {order}")
    for part in parts:
        plain = isinstance(part, Tensor) and not part._k & LAYOUTS and not part.requires_grad
        _expect(plain, f"components of a {order} tensor that are dense tensors and need no gradient")
    parts = tuple(alias_of(part) for part in parts)  # of no subclass, whatever the file makes of them
    _expect(all(part.device == parts[0].device for part in parts), "all components of a sparse tensor on one device")
    _expect(math.prod(n or 1 for n in size) <= _LARGEST, f"sizes whose product fits 64 bits, not {tuple(size)}")
    *indices, values = parts
    for places in indices:
        _expect(
            places.dtype.name == "int64" or (order is not sparse_coo and places.dtype.name == "int32"),
            f"indices of int64{'' if order is sparse_coo else ' or int32'}, not {places.dtype}",
        )
    record: Any
    if order is sparse_coo:
        known = _check_coo(indices[0], values, size, bool(coalesced))
        record = Coo(indices[0], values, size, known)
    else:
        first, second = indices
        _check_compressed(order, first, second, values, size)
        record = Compressed(order, first, second, values, size)
    return tensor_over(record, values.device.bit | values.dtype.bit)


def _check_coo(indices: Tensor, values: Tensor, size: tuple[int, ...], coalesced: bool) -> bool:
    """Refuse what is no COO tensor; whether it is coalesced."""
    _expect(indices.ndim == 2 and values.ndim >= 1, "indices of two dimensions and values of at least one")
    rank, count = indices.shape
    _expect(
        tuple(values.shape) == (count, *size[rank:]) and rank <= len(size),
        f"{count} values for {count} coordinates in {rank} dimensions of a tensor of sizes {tuple(size)}, not values of sizes "
        f"{tuple(values.shape)}",
    )
    if indices.device.type == "meta":
        return coalesced or count < 2
    repeated = [d for d in range(2) if indices.stride(d) == 0 and indices.shape[d]]
    _expect(not (coalesced and 1 in repeated and count > 1), "each coordinate once in a tensor that is said to be coalesced")
    places = np.broadcast_to(found := _array(indices, repeated), (rank, found.shape[1]))
    before = -1
    for at in range(0, places.shape[1], _PIECE):
        piece = places[:, at : at + _PIECE]
        keys = np.zeros(piece.shape[1], np.int64)
        for d in range(rank):
            least, most = int(piece[d].min()), int(piece[d].max())
            _expect(least >= 0 and most < size[d], f"indices from 0 to {size[d] - 1} in dimension {d}, not {least} to {most}")
            keys = keys * size[d] + piece[d]
        if coalesced:
            ordered = bool((keys[1:] > keys[:-1]).all()) and before < int(keys[0])
            _expect(ordered, "coordinates in order, each once, of a tensor that is said to be coalesced")
            before = int(keys[-1])
    return coalesced or count < 2


def _check_compressed(order: Layout, first: Tensor, second: Tensor, values: Tensor, size: tuple[int, ...]) -> None:
    """Refuse what is no CSR, CSC, BSR or BSC tensor."""
    _expect(
        first.ndim == second.ndim >= 1 and first.dtype is second.dtype,
        "compressed and plain indices of one dtype and as many dimensions",
    )
    batch, block = first.ndim - 1, (1, 1)
    if order.name in _BLOCKED:
        _expect(values.ndim >= batch + 3, "values with two dimensions for the blocks")
        block = tuple(values.shape[batch + 1 : batch + 3])  # type: ignore[assignment]
    skipped = batch + 1 + (2 if order.name in _BLOCKED else 0)
    dense = tuple(values.shape[skipped:])
    _expect(
        len(size) == batch + 2 + len(dense) and values.ndim >= skipped and tuple(size[batch + 2 :]) == dense,
        f"values for the dense dimensions of a tensor of sizes {tuple(size)}, not values of sizes {tuple(values.shape)}",
    )
    lead = tuple(size[:batch])
    _expect(
        tuple(first.shape[:-1]) == tuple(second.shape[:-1]) == tuple(values.shape[:batch]) == lead,
        f"components with the batch's sizes {lead}",
    )
    _expect(
        min(block) > 0 and not size[batch] % block[0] and not size[batch + 1] % block[1],
        f"sizes {tuple(size[batch : batch + 2])} that blocks of {block} fill",
    )
    lines, others = size[batch] // block[0], size[batch + 1] // block[1]
    if order.name not in _BY_ROWS:
        lines, others = others, lines
    _expect(
        first.shape[-1] == lines + 1 and second.shape[-1] == values.shape[batch],
        f"{lines + 1} compressed indices and as many plain indices as values, not {first.shape[-1]}, {second.shape[-1]} and "
        f"{values.shape[batch]}",
    )
    if first.device.type != "meta":
        _check_lines(first, second, others)


def _check_lines(first: Tensor, second: Tensor, others: int) -> None:
    """Refuse lines that do not begin where the ones before end, and plain indices that are outside or out of order in a line."""
    count, empty = second.shape[-1], not second.numel()
    once = [d for d in range(first.ndim - 1) if first.stride(d) == 0 and (empty or second.stride(d) == 0)]
    begins, indices = _array(first, once), _array(second, once)  # one pattern for a whole batch is looked at once
    if not begins.size:
        return
    begins = begins.reshape(-1, begins.shape[-1])
    indices = indices.reshape(len(begins), count)
    together = max(1, _PIECE // (begins.shape[1] + count))
    for at in range(0, len(begins), together):
        starts, places = begins[at : at + together], indices[at : at + together]
        _expect(
            not starts[:, 0].any() and bool((starts[:, -1] == count).all()),
            f"compressed indices that begin with 0 and end with the number of values, {count}",
        )
        if len(starts) > 1:  # short ones are looked at as one long one
            _expect(int(starts.min()) >= 0 and int(starts.max()) <= count, "compressed indices that never fall")
            starts = starts + count * np.arange(len(starts), dtype=np.int64)[:, None]
        _check_run(starts.reshape(-1), places.reshape(-1), others)


def _check_run(starts: Any, places: Any, others: int) -> None:
    for at in range(0, len(starts) - 1, _PIECE):
        piece = starts[at : at + _PIECE + 1]
        _expect(bool((piece[1:] >= piece[:-1]).all()), "compressed indices that never fall")
    for at in range(0, len(places), _PIECE):
        piece = places[max(at - 1, 0) : at + _PIECE]
        least, most = int(piece.min()), int(piece.max())
        _expect(least >= 0 and most < others, f"plain indices from 0 to {others - 1}, not {least} to {most}")
        falls, begin = piece[1:] <= piece[:-1], max(at - 1, 0) + 1
        low, high = np.searchsorted(starts, (begin, begin + len(falls)))
        falls[starts[low:high] - begin] = False  # a line may begin with any index
        _expect(not falls.any(), "plain indices in order, each once, in every line")


def _array(t: Tensor, once: Any = ()) -> Any:
    """Numbers of a tensor as they lie, without a copy where they are on the host; along the dimensions `once` the first ones alone.

    RefusedError where one number would stand for several: a few bytes can say so of more than anyone can look at.
    """
    sizes = tuple(min(n, 1) if d in once else n for d, n in enumerate(t.shape))
    item, storage = t.dtype.itemsize, t.untyped_storage()
    if not math.prod(sizes):
        return np.zeros(sizes, t.dtype.numpy)
    _expect(math.prod(sizes) * item <= storage.nbytes(), "numbers that each have a place of their own in memory")
    strides = tuple(int(step) * item for step in t.stride())
    return np.ndarray(sizes, t.dtype.numpy, storage.bytes(), int(t.storage_offset()) * item, strides)


# -- quantized -----------------------------------------------------------------------------------------------------------


def check_quantized(kind: Dtype) -> str:
    """The name of the integers that a quantized dtype is held in; RefusedError for a dtype whose tensors are not built."""
    if kind.name not in HELD:
        raise RefusedError(f"a quantized tensor of {kind}, which FrankenTorch does not have yet; save x.dequantize()")
    return HELD[kind.name]


def rebuild_quantized(
    storage: UntypedStorage,
    kind: Dtype,
    offset: int,
    sizes: tuple[int, ...],
    strides: tuple[int, ...],
    quantizer: tuple[Any, Any, int | None],
) -> Tensor:
    """A quantized tensor over a storage of integers, whose bounds have been checked.

    Args:
        kind: torch.quint8, qint8 or qint32.
        quantizer: scale, zero point and None of one for all; else tensors or lists of both, and the dimension they go along.

    Raises: RefusedError for another dtype, a scale that is 0 or not finite, and a zero point that no integer of the dtype is.
    """
    integers = BY_NAME[held := check_quantized(kind)]
    if storage.device.type != "meta" and not backend_for(storage.device).supports(integers):
        raise RefusedError(f"a tensor of {kind}, which device {storage.device} does not have; load it with map_location='meta'")
    scale, zero_point, axis = quantizer
    scheme = "per_tensor_affine"
    if axis is not None:
        scale, zero_point, scheme = _channels(scale, zero_point, sizes[axis], storage)
    _expect(_are_scales(np.asarray(scale) if axis is None else _host(scale)), "every scale as a finite number other than 0")
    if scheme != "per_channel_affine_float_qparams":
        limits = np.iinfo(held)
        found = np.asarray(zero_point) if axis is None else _host(zero_point)
        _expect(
            bool(((found >= limits.min) & (found <= limits.max)).all()),
            f"zero points from {limits.min} to {limits.max}, the integers of {kind}",
        )
    ints = tensor_from_storage(storage, integers, tuple(sizes), tuple(strides), offset)
    return tensor_over(Quantized(ints, scale, zero_point, axis, scheme), storage.device.bit | kind.bit)


def _channels(scale: Any, zero_point: Any, count: int, storage: UntypedStorage) -> tuple[Tensor, Tensor, str]:
    """Scales and zero points as tensors of the dtypes that torch keeps them in, and what the scheme is called then."""
    if isinstance(scale, list) or isinstance(zero_point, list):
        from ft_dispatch import surface as torch  # older files have lists

        _expect(isinstance(scale, list) and isinstance(zero_point, list), "scales and zero points both as lists or as tensors")
        _expect(
            all(type(n) is float for n in scale) and all(type(n) is int for n in zero_point), "numbers as scales and zero points"
        )
        _expect(all(abs(n) <= _LARGEST for n in zero_point), "zero points of 64 bits")
        scale, zero_point = (
            torch.tensor(found, dtype=BY_NAME[name], device=storage.device)
            for found, name in ((scale, "float64"), (zero_point, "int64"))
        )
    for t in (scale, zero_point):
        plain = isinstance(t, Tensor) and not t._k & LAYOUTS and not t.requires_grad and t.device == storage.device
        _expect(plain and tuple(t.shape) == (count,), f"{count} scales and zero points, one for each channel, as dense tensors")
    floating = zero_point.dtype.is_floating_point
    wanted = ("float32", "float32") if floating else ("float64", "int64")
    _expect(
        (scale.dtype.name, zero_point.dtype.name) == wanted,
        f"scales and zero points of {' and '.join(wanted)}, not {scale.dtype} and {zero_point.dtype}",
    )
    return alias_of(scale), alias_of(zero_point), "per_channel_affine_float_qparams" if floating else "per_channel_affine"


def _host(t: Tensor) -> Any:
    return _array(t) if t.device.type != "meta" else np.ones(1)


def _are_scales(found: Any) -> bool:
    return bool((np.isfinite(found) & (found != 0)).all())


def check_scales(record: Quantized) -> None:
    """RuntimeError where a tensor that shall be written stands for no numbers, so that no reader here would take it."""
    if not _are_scales(np.asarray(record.scale) if record.axis is None else _host(record.scale)):
        raise RuntimeError(
            "save: a quantized tensor whose scale is 0 or not finite stands for no numbers and could not be loaded; save its int_repr()"
        )


# -- writing -------------------------------------------------------------------------------------------------------------


def spell_irregular(t: Tensor, storage_of_ints: Any) -> Call:
    """The call that rebuilds a sparse or quantized tensor; `storage_of_ints(ints, dtype)` is the record of a quantized one's storage."""
    record: Any = t._a
    if isinstance(record, Coo):
        data: tuple[Any, ...] = (*map(alias_of, (record.indices, record.values)), Size(record.shape), record.coalesced)
        return Call(Global("torch._utils", "_rebuild_sparse_tensor"), (record.layout, data))
    if isinstance(record, Compressed):
        data = (*map(alias_of, (record.compressed, record.plain, record.values)), Size(record.shape))
        return Call(Global("torch._utils", "_rebuild_sparse_tensor"), (record.layout, data))
    return _spell_quantized(t, record, storage_of_ints)


def _spell_quantized(t: Tensor, record: Quantized, storage_of_ints: Any) -> Call:
    check_scales(record)
    if record.axis is None:
        quantizer: tuple[Any, ...] = (Global("torch", "per_tensor_affine"), float(record.scale), int(record.zero_point))
    else:  # torch writes this name for zero points in floating point, too, and knows them by their dtype
        quantizer = Global("torch", "per_channel_affine"), alias_of(record.scale), alias_of(record.zero_point), record.axis
    place = storage_of_ints(record.ints.untyped_storage(), t.dtype)
    steps = tuple(int(step) for step in record.ints.stride())
    head = place, record.ints.storage_offset(), tuple(record.ints.shape), steps
    return Call(Global("torch._utils", "_rebuild_qtensor"), (*head, quantizer, False, OrderedDict()))
