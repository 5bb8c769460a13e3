"""Strides of dense tensors: the predicates torch asks of a layout, and the strides its ops give their results.

`elementwise_strides` is TensorIterator's rule, which clients can see in `.stride()`; it is memoised, because the dispatcher asks it
for every call with an irregular input. `layout` re-exports everything here. Pure integer math; strides count elements.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from .shapes import Shape, contiguous_strides

CHANNELS_LAST_ORDER = {4: (1, 3, 2, 0), 5: (1, 4, 3, 2, 0)}
"""Dimensions of a channels-last tensor from the innermost in memory outwards, by rank."""


@lru_cache(4096)
def is_contiguous(shape: Shape, strides: Shape) -> bool:
    """Whether the elements lie in C order without gaps; strides of dimensions of size 1 do not matter, empty tensors always do."""
    return 0 in shape or _lies_in_order(shape, strides, tuple(reversed(range(len(shape)))))


@lru_cache(4096)
def lies_channels_last(shape: Shape, strides: Shape) -> bool:
    """Whether the elements lie in channels-last order without gaps (rank 4: NHWC, rank 5: NDHWC); other ranks never do."""
    return len(shape) in CHANNELS_LAST_ORDER and _lies_in_order(shape, strides, CHANNELS_LAST_ORDER[len(shape)])


def _lies_in_order(shape: Shape, strides: Shape, order: Shape) -> bool:
    step = 1
    for dim in order:
        if shape[dim] != 1:
            if strides[dim] != step:
                return False
            step *= shape[dim]
    return True


@lru_cache(4096)
def prefers_channels_last(shape: Shape, strides: Shape) -> bool:
    """Whether the strides are ordered like channels last, gaps allowed: what decides an op's output format
    (`suggest_memory_format`).

    An NCHW tensor with C == 1 or H == W == 1 is ambiguous; like torch, only strides that differ from the contiguous ones count.
    """
    order = CHANNELS_LAST_ORDER.get(len(shape))
    if order is None or strides[1] == 0 or 0 in shape:
        return False
    least = 0
    for dim in order:
        if strides[dim] < least:
            return False
        if dim == 0 and least == strides[1]:
            return False  # C is as far apart as N: an N111 tensor, which is contiguous
        least = strides[dim] * max(shape[dim], 1)
    return True


def ordered_strides(shape: Shape, order: Iterable[int]) -> Shape:
    """Strides of a dense tensor whose dimensions lie in `order`, outermost first."""
    strides, step = [0] * len(shape), 1
    for dim in reversed(tuple(order)):
        strides[dim] = step
        step *= max(shape[dim], 1)
    return tuple(strides)


def column_major_strides(shape: Shape) -> Shape:
    """Strides of a batch of matrices stored column by column, as LAPACK has them; fewer than two dimensions are contiguous."""
    n = len(shape)
    return ordered_strides(shape, (*range(n - 2), n - 1, n - 2) if n > 1 else range(n))


def channels_last_strides(shape: Shape) -> Shape:
    """Strides of an NHWC tensor of shape (N, C, H, W). RuntimeError for another rank."""
    if len(shape) != 4:
        raise RuntimeError("required rank 4 tensor to use channels_last format")
    _, c, h, w = shape
    return (h * w * c, 1, w * c, c)


def channels_last_3d_strides(shape: Shape) -> Shape:
    """Strides of an NDHWC tensor of shape (N, C, D, H, W). RuntimeError for another rank."""
    if len(shape) != 5:
        raise RuntimeError("required rank 5 tensor to use channels_last_3d format")
    _, c, d, h, w = shape
    return (d * h * w * c, 1, h * w * c, w * c, c)


@lru_cache(4096)
def is_non_overlapping_and_dense(shape: Shape, strides: Shape) -> bool:
    """Whether some permutation of the dimensions is contiguous: no gaps, no element twice. True for empty tensors."""
    if 0 in shape:
        return True
    step = 1
    for stride, size in sorted((stride, size) for stride, size in zip(strides, shape, strict=True) if size > 1):
        if stride != step:
            return False
        step *= size
    return True


@lru_cache(4096)
def strides_for_like(shape: Shape, strides: Shape) -> Shape:
    """Strides of `empty_like` and `clone` under preserve_format: the same for a dense tensor, else the same order without gaps."""
    if is_non_overlapping_and_dense(shape, strides):
        return strides
    return ordered_strides(shape, reversed(_memory_order(shape, (strides,))))


def elementwise_strides(operands: Iterable[tuple[Shape, Shape]], shape: Shape) -> Shape:
    """Strides of the output an elementwise op allocates: TensorIterator's rule.

    `operands` are (shape, strides) of the tensor inputs in order, `shape` what they broadcast to. Inputs of one shape that agree on
    a format pass it on; else the output is dense in the order in which the inputs' strides, the first ones first, arrange the
    dimensions.
    """
    return _elementwise(tuple(operands), shape)


@lru_cache(4096)
def _elementwise(operands: tuple[tuple[Shape, Shape], ...], shape: Shape) -> Shape:
    if all(shape == own for own, _ in operands):
        if all(is_contiguous(*operand) for operand in operands):
            return contiguous_strides(shape)
        if len(shape) == 4 and all(lies_channels_last(*operand) for operand in operands):
            return channels_last_strides(shape)
        first = operands[0][1]
        if all(strides == first and is_non_overlapping_and_dense(own, strides) for own, strides in operands):
            return first
    order = _memory_order(shape, tuple(_broadcast_strides(*operand, shape) for operand in operands))
    if all(outer < inner for inner, outer in pairwise(order)):
        return contiguous_strides(shape)
    result = [0] * len(shape)
    step = 1
    for dim in order:
        result[dim] = step
        step *= shape[dim]  # a size of 0 is not treated as 1 here, unlike everywhere else
    return tuple(result)


def _broadcast_strides(own: Shape, strides: Shape, shape: Shape) -> Shape:
    missing = len(shape) - len(own)
    return (0,) * missing + tuple(
        0 if size == 1 and target != 1 else stride for size, stride, target in zip(own, strides, shape[missing:], strict=True)
    )


def _memory_order(shape: Shape, strides: tuple[Shape, ...]) -> list[int]:
    """The dimensions, innermost first: an insertion sort that starts from C order and leaves what cannot be compared in place.

    Not `sorted`: a stride of 0 compares with nothing, so the relation is no order and the outcome depends on the sort's own steps.
    """
    order = list(reversed(range(len(shape))))
    for i in range(1, len(order)):
        moving = i
        for other in reversed(range(i)):
            comparison = _compare(order[other], order[moving], shape, strides)
            if comparison > 0:
                order[other], order[moving] = order[moving], order[other]
                moving = other
            elif comparison < 0:
                break
    return order


def _compare(a: int, b: int, shape: Shape, operands: tuple[Shape, ...]) -> int:
    """1 where dimension `a` belongs outside `b`, -1 where inside, 0 where no operand can tell."""
    for strides in operands:
        step_a, step_b = strides[a], strides[b]
        if step_a == 0 or step_b == 0:
            continue
        if step_a != step_b:
            return 1 if step_a > step_b else -1
        if shape[a] > shape[b]:
            return 1
    return 0
