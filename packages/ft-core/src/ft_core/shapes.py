"""Shapes without memory: broadcasting, `-1`, wrapping dimensions, and the strides a view would need.

Pure integer math, shared by the meta rules of many ops, so that each of torch's sentences about shapes is written once. `layout`
re-exports everything here. Strides count elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import prod

Shape = tuple[int, ...]


@lru_cache(4096)
def contiguous_strides(shape: Shape) -> Shape:
    """Strides of a C-contiguous tensor; a dimension of size 0 counts as 1, so (0, 3) has (3, 1) and (3, 0) has (1, 1)."""
    strides = []
    step = 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


def broadcast_shapes(*shapes: Shape) -> Shape:
    """The shape all of `shapes` broadcast to. RuntimeError, naming the first two sizes that differ, where there is none."""
    if not shapes:
        return ()
    result = shapes[0]
    for shape in shapes[1:]:
        if shape != result:
            result = _broadcast_two(result, shape)
    return tuple(result)


@lru_cache(4096)
def _broadcast_two(a: Shape, b: Shape) -> Shape:
    ndim = max(len(a), len(b))
    longer_a, longer_b = (1,) * (ndim - len(a)) + tuple(a), (1,) * (ndim - len(b)) + tuple(b)
    result = list(longer_a)
    for dim in reversed(range(ndim)):
        size_a, size_b = longer_a[dim], longer_b[dim]
        if size_a == 1:
            result[dim] = size_b
        elif size_b not in (1, size_a):
            raise RuntimeError(
                f"The size of tensor a ({size_a}) must match the size of tensor b ({size_b}) at non-singleton dimension {dim}"
            )
    return tuple(result)


def infer_size(shape: Sequence[int], numel: int) -> Shape:
    """`shape` with its -1 replaced so that it holds `numel` elements.

    Raises RuntimeError for a second -1, for other negative sizes, for a shape of another number of elements, and for a -1 that
    could be anything because the other sizes contain 0.
    """
    unknown = None
    known = 1
    for dim, size in enumerate(shape):
        if size == -1:
            if unknown is not None:
                raise RuntimeError("only one dimension can be inferred")
            unknown = dim
        elif size < 0:
            raise RuntimeError(f"invalid shape dimension {size} at index {dim} of shape {list(shape)}")
        else:
            known *= size
    if unknown is None:
        if known == numel:
            return tuple(shape)
    elif known == 0 and numel == 0:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {list(shape)} because the unspecified dimension size -1 can be any "
            "value and is ambiguous"
        )
    elif known and numel % known == 0:
        return (*shape[:unknown], numel // known, *shape[unknown + 1 :])
    raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {numel}")


@lru_cache(4096)
def view_strides(shape: Shape, strides: Shape, new_shape: Shape) -> Shape | None:
    """Strides under which the same memory reads as `new_shape`, or None where it would have to be copied.

    `new_shape` has no -1 and as many elements as `shape`. Dimensions of the old shape that lie in memory like one are taken
    together; each such run must be the product of a run of new sizes. Source: torch.Tensor.view, "contiguity-like condition".
    """
    numel = prod(shape)
    if numel == 0:
        return strides if shape == new_shape else contiguous_strides(new_shape)
    if not shape:
        return (1,) * len(new_shape)
    result = [0] * len(new_shape)
    new_dim = len(new_shape) - 1
    step, run = strides[-1], 1  # of the current run of old dimensions: its innermost stride, its number of elements
    for dim in reversed(range(len(shape))):
        run *= shape[dim]
        if dim and (shape[dim - 1] == 1 or strides[dim - 1] == run * step):
            continue  # the next dimension outwards continues this run
        filled = 1
        while new_dim >= 0 and (filled < run or new_shape[new_dim] == 1):
            result[new_dim] = filled * step
            filled *= new_shape[new_dim]
            new_dim -= 1
        if filled != run:
            return None
        if dim:
            step, run = strides[dim - 1], 1
    return tuple(result) if new_dim < 0 else None


def expand_strides(shape: Shape, strides: Shape, sizes: Sequence[int], type_name: str = "torch.FloatTensor") -> tuple[Shape, Shape]:
    """(shape, strides) of `expand(sizes)`; -1 keeps a size. `type_name` is `Tensor.type()`, for the message.

    Raises RuntimeError for too few sizes, for a size other than 1 that would change, and for -1 in a new leading dimension.
    """
    new = len(sizes) - len(shape)
    if new < 0:
        raise RuntimeError(
            f"expand({type_name}{{{list(shape)}}}, size={list(sizes)}): the number of sizes provided ({len(sizes)}) must be "
            f"greater or equal to the number of dimensions in the tensor ({len(shape)})"
        )
    out_shape, out_strides = list(sizes), [0] * len(sizes)
    for dim in reversed(range(len(sizes))):
        target = sizes[dim]
        if dim >= new:
            size, stride = shape[dim - new], strides[dim - new]
        else:
            size, stride = 1, out_shape[dim + 1] * out_strides[dim + 1] if shape else 0
        if target == -1:
            if dim < new:
                raise RuntimeError(
                    f"The expanded size of the tensor ({target}) isn't allowed in a leading, non-existing dimension {dim}"
                )
            target = size
        if target != size:
            if size != 1:
                raise RuntimeError(
                    f"The expanded size of the tensor ({target}) must match the existing size ({size}) at non-singleton "
                    f"dimension {dim}.  Target sizes: {list(sizes)}.  Tensor sizes: {list(shape)}"
                )
            if target < 0:
                raise RuntimeError(f"expand: sizes are not negative, and -1 keeps a size; got {list(sizes)}")
            stride = 0
        out_shape[dim], out_strides[dim] = target, stride
    return tuple(out_shape), tuple(out_strides)


def wrap_dim(dim: int, ndim: int, *, wrap_scalar: bool = True) -> int:
    """`dim` counted from the front. A 0-dim tensor counts as one-dimensional where `wrap_scalar`. IndexError out of range."""
    if ndim == 0:
        if not wrap_scalar:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        ndim = 1
    if 0 <= dim < ndim:
        return dim
    if -ndim <= dim < 0:
        return dim + ndim
    raise IndexError(f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], but got {dim})")


def wrap_dims(dims: Iterable[int], ndim: int, *, wrap_scalar: bool = True) -> tuple[int, ...]:
    """Every dim counted from the front, in the given order. IndexError out of range, RuntimeError for one that comes twice."""
    wrapped: list[int] = []
    for dim in dims:
        place = wrap_dim(dim, ndim, wrap_scalar=wrap_scalar)
        if place in wrapped:
            raise RuntimeError(f"dim {place} appears multiple times in the list of dims")
        wrapped.append(place)
    return tuple(wrapped)
