"""Arrays joined, turned, repeated, indexed and searched."""

from __future__ import annotations

from typing import Any, NamedTuple

from ft_core import Tensor, int64
from ft_core.dtype import bool_

from .. import surface as torch
from ..canonical import wrap_dim
from ._promotion import alike, all_alike

__all__ = [
    "broadcast_arrays",
    "broadcast_to",
    "concat",
    "expand_dims",
    "flip",
    "matmul",
    "matrix_transpose",
    "moveaxis",
    "nonzero",
    "permute_dims",
    "repeat",
    "reshape",
    "roll",
    "searchsorted",
    "squeeze",
    "stack",
    "take",
    "take_along_axis",
    "tensordot",
    "tile",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
    "unstack",
    "vecdot",
    "where",
]


class UniqueAll(NamedTuple):
    """Distinct elements, where each is first, which of them each element is, how often each occurs."""

    values: Tensor
    indices: Tensor
    inverse_indices: Tensor
    counts: Tensor


class UniqueCounts(NamedTuple):
    """Distinct elements and how often each occurs."""

    values: Tensor
    counts: Tensor


class UniqueInverse(NamedTuple):
    """Distinct elements and which of them each element is."""

    values: Tensor
    inverse_indices: Tensor


def broadcast_arrays(*arrays: Tensor) -> list[Tensor]:
    """Arrays in the shape they broadcast to."""
    return list(torch.broadcast_tensors(*arrays))


def broadcast_to(x: Tensor, /, shape: Any) -> Tensor:
    """x in a shape it broadcasts to."""
    return torch.broadcast_to(x, tuple(shape))  # type: ignore[no-any-return]


def concat(arrays: Any, /, *, axis: int | None = 0) -> Tensor:
    """Arrays joined along an axis; flattened first for None."""
    if axis is None:
        arrays, axis = [x.reshape(-1) for x in arrays], 0
    return torch.cat(all_alike(arrays), axis)  # type: ignore[no-any-return]


def stack(arrays: Any, /, *, axis: int = 0) -> Tensor:
    """Arrays of one shape joined along a new axis."""
    return torch.stack(all_alike(arrays), axis)  # type: ignore[no-any-return]


def unstack(x: Tensor, /, *, axis: int = 0) -> tuple[Tensor, ...]:
    """The parts of an array along an axis."""
    return tuple(torch.unbind(x, axis))


def expand_dims(x: Tensor, /, axis: int = 0) -> Tensor:
    """A new axis of size 1. IndexError for a place x cannot have."""
    return torch.unsqueeze(x, axis)  # type: ignore[no-any-return]


def squeeze(x: Tensor, /, axis: Any) -> Tensor:
    """Axes of size 1 removed. ValueError for an axis of another size."""
    axes = (axis,) if isinstance(axis, int) else tuple(axis)
    for a in axes:
        if x.shape[wrap_dim(a, x.ndim)] != 1:
            raise ValueError(f"squeeze: expected axis {a} to be of size 1, but it is of size {x.shape[a]}")
    return torch.squeeze(x, axes)  # type: ignore[no-any-return]


def flip(x: Tensor, /, *, axis: Any = None) -> Tensor:
    """Order reversed along axes (all)."""
    return torch.flip(x, tuple(range(x.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis))  # type: ignore[no-any-return]


def roll(x: Tensor, /, shift: Any, *, axis: Any = None) -> Tensor:
    """Elements moved along axes, those that leave coming in at the other end; of the flattened array for axis=None."""
    return torch.roll(x, shift, () if axis is None else axis)  # type: ignore[no-any-return]


def permute_dims(x: Tensor, /, axes: Any) -> Tensor:
    """Axes in another order."""
    return torch.permute(x, tuple(axes))  # type: ignore[no-any-return]


def moveaxis(x: Tensor, source: Any, destination: Any, /) -> Tensor:
    """Axes moved to other places, the rest in order."""
    return torch.moveaxis(x, source, destination)  # type: ignore[no-any-return]


def matrix_transpose(x: Tensor, /) -> Tensor:
    """The last two axes exchanged."""
    return x.mT


def reshape(x: Tensor, /, shape: Any, *, copy: bool | None = None) -> Tensor:
    """x in another shape; with copy=False ValueError where that needs new memory."""
    if copy:
        return x.clone().reshape(tuple(shape))  # type: ignore[no-any-return]
    if copy is False:
        try:
            return x.view(tuple(shape))  # type: ignore[no-any-return]
        except RuntimeError as error:
            raise ValueError(f"reshape: {list(x.shape)} does not become {list(shape)} without a copy") from error
    return x.reshape(tuple(shape))  # type: ignore[no-any-return]


def repeat(x: Tensor, repeats: Any, /, *, axis: int | None = None) -> Tensor:
    """Each element (of the flattened array, or each part along an axis) so many times in a row."""
    if isinstance(repeats, Tensor):
        repeats = repeats.to(int64)
    return torch.repeat_interleave(x, repeats, axis)  # type: ignore[no-any-return]


def tile(x: Tensor, repetitions: Any, /) -> Tensor:
    """The array so many times along each axis."""
    return torch.tile(x, tuple(repetitions))  # type: ignore[no-any-return]


def take(x: Tensor, indices: Tensor, /, *, axis: int | None = None) -> Tensor:
    """Parts along an axis, which only a vector may leave out, at the places of a vector of indices; negative ones count from the end."""
    if axis is None:
        if x.ndim != 1:
            raise ValueError("take: expected an axis, which only a vector may leave out")
        axis = 0
    n = x.shape[axis]
    return torch.index_select(x, axis, torch.where(indices < 0, indices + n, indices))  # type: ignore[no-any-return]


def take_along_axis(x: Tensor, indices: Tensor, /, *, axis: int = -1) -> Tensor:
    """Elements at places along an axis, one place for each element of the result."""
    return torch.take_along_dim(x, indices, axis)  # type: ignore[no-any-return]


def where(condition: Tensor, x1: Any, x2: Any, /) -> Tensor:
    """x1 where the condition holds, else x2."""
    return torch.where(condition, *alike(x1, x2))  # type: ignore[no-any-return]


def nonzero(x: Tensor, /) -> tuple[Tensor, ...]:
    """Places of the elements that are not zero, one vector for each axis. ValueError for an array without axes."""
    if x.ndim == 0:
        raise ValueError("nonzero: expected at least one axis, but the array has none")
    return torch.nonzero(x, as_tuple=True)  # type: ignore[no-any-return]


def searchsorted(x1: Tensor, x2: Tensor, /, *, side: str = "left", sorter: Tensor | None = None) -> Tensor:
    """Where each of x2 goes in the sorted vector x1."""
    return torch.searchsorted(x1, x2, side=side, sorter=sorter)  # type: ignore[no-any-return]


def matmul(x1: Tensor, x2: Tensor, /) -> Tensor:
    """Matrix products; leading axes broadcast."""
    return torch.matmul(*alike(x1, x2))  # type: ignore[no-any-return]


def tensordot(x1: Tensor, x2: Tensor, /, *, axes: Any = 2) -> Tensor:
    """Sums of products over axes of both: the last and the first so many, or two lists."""
    return torch.tensordot(*alike(x1, x2), axes)  # type: ignore[no-any-return]


def vecdot(x1: Tensor, x2: Tensor, /, *, axis: int = -1) -> Tensor:
    """Sum over an axis of conj(x1) x2, in their common dtype. ValueError unless the axis, counted from the end, has one size in both."""
    a, b = alike(x1, x2)
    if a.shape[axis] != b.shape[axis]:
        raise ValueError(f"vecdot: expected one size along axis {axis}, but got {a.shape[axis]} and {b.shape[axis]}")
    return (torch.conj_physical(a) * b).sum(axis, dtype=a.dtype)  # type: ignore[no-any-return]


def unique_all(x: Tensor, /) -> UniqueAll:
    """Distinct elements in order, where each is first, which each element is, how often each occurs."""
    if x.is_complex():
        return _unique_complex(x)
    values, inverse, counts = torch.unique(x, return_inverse=True, return_counts=True)
    order = torch.argsort(inverse.reshape(-1), stable=True)
    return UniqueAll(values, order[torch.cumsum(counts, 0) - counts], inverse, counts)


def unique_counts(x: Tensor, /) -> UniqueCounts:
    """Distinct elements in order, and how often each occurs."""
    if x.is_complex():
        found = _unique_complex(x)
        return UniqueCounts(found.values, found.counts)
    return UniqueCounts(*torch.unique(x, return_counts=True))


def unique_inverse(x: Tensor, /) -> UniqueInverse:
    """Distinct elements in order, and which of them each element is."""
    if x.is_complex():
        found = _unique_complex(x)
        return UniqueInverse(found.values, found.inverse_indices)
    return UniqueInverse(*torch.unique(x, return_inverse=True))


def unique_values(x: Tensor, /) -> Tensor:
    """Distinct elements in order."""
    return _unique_complex(x).values if x.is_complex() else torch.unique(x)  # type: ignore[no-any-return]


def _unique_complex(x: Tensor) -> UniqueAll:
    """`unique_all` of complex numbers, which torch has not: by real parts, then imaginary ones. Each NaN is a number of its own."""
    flat = x.reshape(-1)
    order = torch.argsort(flat.imag, stable=True)
    order = order[torch.argsort(flat.real[order], stable=True)]
    sorted_, is_first = flat[order], torch.ones_like(flat, dtype=bool_)
    is_first[1:] = sorted_[1:] != sorted_[:-1]
    groups = torch.cumsum(is_first, 0) - 1
    inverse = torch.empty_like(order).scatter_(0, order, groups)
    return UniqueAll(sorted_[is_first], order[is_first], inverse.reshape(x.shape), torch.bincount(groups))
