"""What a tensor that is no dense array holds in `_a`: a record of dense tensors. `Coo`, `Compressed` and `Quantized`.

A record is never changed once a tensor stands on it: an op that changes a sparse tensor gives it another record, or writes into the
values. The layout's bit in `Tensor._k` says which kind of record it is; the components are plain tensors that require no grad, so
whoever has the ops of a device has sparse tensors there. `tensor_over` is the one place that makes such a tensor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from .keys import IRREG, LAYOUT_BITS
from .layout import layout, sparse_coo, strided

if TYPE_CHECKING:
    from .tensor import Tensor

QUANTIZED = LAYOUT_BITS["quantized"]


class Coo:
    """Coordinates and values: element `indices[:, i]` of the sparse dimensions holds `values[i]`; equal coordinates add up.

    Attributes:
        indices: int64, (sparse_dim, nnz).
        values: (nnz, *sizes of the dense dimensions).
        shape: sizes of all dimensions, the sparse ones first.
        coalesced: whether the coordinates are sorted and each occurs once.
    """

    __slots__ = ("coalesced", "indices", "shape", "values")
    layout = sparse_coo

    def __init__(self, indices: Tensor, values: Tensor, shape: tuple[int, ...], coalesced: bool = False) -> None:
        self.indices, self.values, self.shape, self.coalesced = indices, values, tuple(shape), bool(coalesced)


class Compressed:
    """Rows (CSR, BSR) or columns (CSC, BSC) compressed: places `compressed[i]` to `compressed[i + 1]` of `plain` and `values`.

    Attributes:
        layout: torch.sparse_csr, sparse_csc, sparse_bsr or sparse_bsc.
        compressed: int32 or int64, (*batch, rows + 1); `crow_indices` or `ccol_indices`.
        plain: of the same dtype, (*batch, nnz); `col_indices` or `row_indices`.
        values: (*batch, nnz, *block, *dense sizes); only BSR and BSC have a block.
        shape: sizes of all dimensions: batch, rows, columns, dense.
    """

    __slots__ = ("compressed", "layout", "plain", "shape", "values")

    def __init__(self, order: layout, compressed: Tensor, plain: Tensor, values: Tensor, shape: tuple[int, ...]) -> None:
        self.layout, self.compressed, self.plain, self.values, self.shape = order, compressed, plain, values, tuple(shape)

    @property
    def by_rows(self) -> bool:
        """Whether rows are compressed (CSR, BSR) and not columns."""
        return self.layout.name in ("sparse_csr", "sparse_bsr")

    @property
    def blocks(self) -> tuple[int, int] | None:
        """Sizes of a block of BSR and BSC; None for CSR and CSC."""
        if self.layout.name in ("sparse_csr", "sparse_csc"):
            return None
        at = self.compressed.ndim
        rows, cols = self.values._a.shape[at : at + 2]
        return rows, cols


class Quantized:
    """Integers that stand for real numbers: (integer - zero_point) * scale.

    Attributes:
        ints: uint8, int8 or int32, of the tensor's shape.
        axis: None where scale and zero_point are numbers (per tensor), else the dimension along which each index has its own.
        scale, zero_point: a float and an int, or 1-dim tensors (per channel).
        scheme: the name of the torch.qscheme, "per_tensor_affine", ….
    """

    __slots__ = ("axis", "ints", "scale", "scheme", "zero_point")
    layout = strided

    def __init__(self, ints: Tensor, scale: Any, zero_point: Any, axis: int | None = None, scheme: str = "") -> None:
        self.ints, self.scale, self.zero_point, self.axis = ints, scale, zero_point, axis
        self.scheme = scheme or ("per_tensor_affine" if axis is None else "per_channel_affine")

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the tensor, which are those of its integers."""
        return self.ints._a.shape


class NoStorage:
    """Stands in `Tensor._storage` of a tensor whose payload is a record: there is no one memory under it."""

    __slots__ = ("name",)
    exported = resizable = False

    def __init__(self, name: str) -> None:
        self.name = name

    def data_ptr(self) -> NoReturn:
        """RuntimeError: the components have addresses, the tensor has none."""
        raise RuntimeError("Cannot access data pointer of Tensor that doesn't have storage")

    def __getattr__(self, name: str) -> NoReturn:
        self.refuse()

    def refuse(self) -> NoReturn:
        """NotImplementedError with torch's sentence."""
        raise NotImplementedError(f"Cannot access storage of {self.name}")


_IMPLEMENTATIONS = {Coo: "SparseTensorImpl", Compressed: "SparseCsrTensorImpl", Quantized: "QTensorImpl"}
"""Torch's names of what holds each kind of record, for its sentences."""


def bit_of(record: Any) -> int:
    """The layout bit of a record."""
    return QUANTIZED if isinstance(record, Quantized) else record.layout.bit


def tensor_over(record: Coo | Compressed | Quantized, key: int) -> Tensor:
    """A leaf over a record; `key` holds device and dtype bits of the tensor (of a quantized one, its own dtype's)."""
    from .tensor import wrap  # noqa: PLC0415  # tensor imports this module

    made: Any = wrap(record, key | bit_of(record) | IRREG)
    made._strides = record.ints.stride() if isinstance(record, Quantized) else (0,) * len(record.shape)
    made._storage = NoStorage(_IMPLEMENTATIONS[type(record)])
    made._off = 0
    return made
