"""Whether elements share memory: within one tensor, and between two over the same storage.

The dispatcher asks before it writes in place or into `out=`. The answers are torch's, including its "too hard to tell", which it
treats as no overlap; exactness would need an integer program. `layout` re-exports everything here.
"""

from __future__ import annotations

from enum import Enum
from math import prod
from typing import Any, NamedTuple

from .dense import is_non_overlapping_and_dense

Shape = tuple[int, ...]


class Overlap(Enum):
    """How two sets of elements share memory; true where they are known to (so not for TOO_HARD)."""

    NO = "no"
    PARTIAL = "partial"
    FULL = "full"  # element i of one is element i of the other
    TOO_HARD = "too hard"

    def __bool__(self) -> bool:
        return self is Overlap.PARTIAL or self is Overlap.FULL


class Span(NamedTuple):
    """Where a tensor lies in its storage: strides in elements, `begin` in bytes.

    With the default itemsize `begin` may count elements: right between tensors of one dtype.
    """

    shape: Shape
    strides: Shape
    begin: int
    itemsize: int = 1


def storage_extent(shape: Shape, strides: Shape, offset: int = 0) -> int:
    """How many elements a storage needs for a tensor that begins at `offset`; 0 where the tensor is empty."""
    if 0 in shape:
        return 0
    return 1 + offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))


def has_internal_overlap(shape: Shape, strides: Shape) -> Overlap:
    """NO for dense tensors, FULL where an expanded dimension repeats elements, TOO_HARD for all else."""
    if is_non_overlapping_and_dense(shape, strides):
        return Overlap.NO
    if any(size > 1 and stride == 0 for size, stride in zip(shape, strides, strict=True)):
        return Overlap.FULL
    return Overlap.TOO_HARD


def overlap_status(a: Span, b: Span) -> Overlap:
    """How two tensors over the same storage share memory; callers know that the storage is the same."""
    if a == b:
        return Overlap.FULL
    count_a, count_b = prod(a.shape), prod(b.shape)
    if count_a == 0 or count_b == 0:
        return Overlap.NO
    if not (is_non_overlapping_and_dense(a.shape, a.strides) and is_non_overlapping_and_dense(b.shape, b.strides)):
        return Overlap.TOO_HARD
    end_a, end_b = a.begin + count_a * a.itemsize, b.begin + count_b * b.itemsize
    if (a.begin, end_a) == (b.begin, end_b):
        return Overlap.FULL if a.strides == b.strides else Overlap.PARTIAL
    return Overlap.PARTIAL if a.begin < end_b and b.begin < end_a else Overlap.NO


def partially_overlap(a: tuple[Any, ...], b: tuple[Any, ...], *, allow_same: bool = True) -> bool:
    """Whether writing to one of two spans (given as Span or as its fields) over one storage would change what the other reads.

    `allow_same` admits spans that are the same elements in the same order, as an elementwise op in place may.
    """
    status = overlap_status(Span(*a), Span(*b))
    return status is Overlap.PARTIAL or (status is Overlap.FULL and not allow_same)
