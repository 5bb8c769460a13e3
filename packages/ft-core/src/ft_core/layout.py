"""How elements lie: `torch.layout` and `torch.memory_format`, and the one door to the integer math on shapes and strides.

The math lives in three modules by what it needs to know: `shapes` (sizes only), `dense` (strides of dense tensors), `overlap` (who
shares memory). Everyone imports it from here. No arrays, no tensors; strides count elements.
"""

from __future__ import annotations

from typing import Any

from .dense import (
    channels_last_3d_strides,
    channels_last_strides,
    column_major_strides,
    elementwise_strides,
    is_contiguous,
    is_non_overlapping_and_dense,
    lies_channels_last,
    ordered_strides,
    prefers_channels_last,
    strides_for_like,
)
from .keys import LAYOUT_BITS
from .overlap import Overlap, Span, has_internal_overlap, overlap_status, partially_overlap, storage_extent
from .shapes import (
    Shape,
    broadcast_shapes,
    contiguous_strides,
    expand_strides,
    infer_size,
    view_strides,
    wrap_dim,
    wrap_dims,
)

__all__ = [
    "LAYOUTS",
    "MEMORY_FORMATS",
    "QSCHEMES",
    "Overlap",
    "Shape",
    "Span",
    "broadcast_shapes",
    "channels_last",
    "channels_last_3d",
    "channels_last_3d_strides",
    "channels_last_strides",
    "column_major_strides",
    "contiguous_format",
    "contiguous_strides",
    "elementwise_strides",
    "expand_strides",
    "has_internal_overlap",
    "infer_size",
    "is_channels_last",
    "is_contiguous",
    "is_non_overlapping_and_dense",
    "jagged",
    "layout",
    "lies_channels_last",
    "memory_format",
    "memory_format_strides",
    "ordered_strides",
    "overlap_status",
    "partially_overlap",
    "per_channel_affine",
    "per_channel_affine_float_qparams",
    "per_channel_symmetric",
    "per_tensor_affine",
    "per_tensor_symmetric",
    "prefers_channels_last",
    "preserve_format",
    "qscheme",
    "sparse_bsc",
    "sparse_bsr",
    "sparse_coo",
    "sparse_csc",
    "sparse_csr",
    "storage_extent",
    "strided",
    "strides_for_like",
    "suggest_memory_format",
    "view_strides",
    "wrap_dim",
    "wrap_dims",
]


class _Named:
    """A constant of torch's that is its name: interned, immutable, the same object after copying and pickling."""

    __slots__ = ("__weakref__", "name")

    name: str

    def __new__(cls, *args: object, **kwargs: object) -> _Named:
        raise TypeError(f"cannot create 'torch.{cls.__name__}' instances")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"'torch.{type(self).__name__}' object has no attribute '{name}'")

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return _named, (type(self).__name__, self.name)


class layout(_Named):
    """How a tensor stores its elements: `torch.strided`, `torch.sparse_coo`, …. Source: torch.layout."""

    __slots__ = ()

    @property
    def bit(self) -> int:
        """The bit in `Tensor._k`; 0 for `strided` and for layouts no tensor of ours has."""
        return LAYOUT_BITS.get(self.name, 0)


class memory_format(_Named):
    """The order in memory of a strided tensor's dimensions. Source: torch.memory_format."""

    __slots__ = ()


class qscheme(_Named):
    """How integers of a quantized tensor stand for numbers. Source: torch.qscheme."""

    __slots__ = ()


def _make(kind: type[_Named], names: str) -> dict[str, _Named]:
    made = {}
    for name in names.split():
        made[name] = object.__new__(kind)
        object.__setattr__(made[name], "name", name)
    return made


LAYOUTS: dict[str, layout] = _make(  # type: ignore[assignment]
    layout, "strided sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc _mkldnn jagged"
)
MEMORY_FORMATS: dict[str, memory_format] = _make(  # type: ignore[assignment]
    memory_format, "contiguous_format channels_last channels_last_3d preserve_format"
)


QSCHEMES: dict[str, qscheme] = _make(  # type: ignore[assignment]
    qscheme,
    "per_tensor_affine per_channel_affine per_tensor_symmetric per_channel_symmetric per_channel_affine_float_qparams",
)


def _named(kind: str, name: str) -> _Named:
    tables: dict[str, dict[str, Any]] = {"layout": LAYOUTS, "memory_format": MEMORY_FORMATS, "qscheme": QSCHEMES}
    return tables[kind][name]


strided, sparse_coo, sparse_csr, sparse_csc, sparse_bsr, sparse_bsc, _mkldnn, jagged = LAYOUTS.values()
contiguous_format, channels_last, channels_last_3d, preserve_format = MEMORY_FORMATS.values()
(per_tensor_affine, per_channel_affine, per_tensor_symmetric, per_channel_symmetric, per_channel_affine_float_qparams) = (
    QSCHEMES.values()
)


def is_channels_last(shape: Shape, strides: Shape, memory_format: memory_format = channels_last) -> bool:
    """Whether the elements lie in the order of `channels_last` (rank 4 only) or `channels_last_3d` (rank 5 only), without gaps."""
    return len(shape) == (5 if memory_format is channels_last_3d else 4) and lies_channels_last(shape, strides)


def suggest_memory_format(shape: Shape, strides: Shape) -> memory_format:
    """The format an op that has to choose one gives its result: channels last where the strides are ordered so, else contiguous."""
    if prefers_channels_last(shape, strides):
        return channels_last if len(shape) == 4 else channels_last_3d
    return contiguous_format


def memory_format_strides(shape: Shape, memory_format: memory_format) -> Shape:
    """Strides of a new tensor in `memory_format`. RuntimeError for the wrong rank, and for preserve_format, which needs an
    input."""
    if memory_format is contiguous_format:
        return contiguous_strides(shape)
    if memory_format is channels_last:
        return channels_last_strides(shape)
    if memory_format is channels_last_3d:
        return channels_last_3d_strides(shape)
    raise RuntimeError("unsupported memory format Preserve")
