"""Arrays reduced along axes, running sums, order."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, uint64

from .. import surface as torch
from ._manipulation import concat

__all__ = [
    "all",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "count_nonzero",
    "cumulative_prod",
    "cumulative_sum",
    "diff",
    "max",
    "mean",
    "min",
    "prod",
    "sort",
    "std",
    "sum",
    "var",
]


def _axes(x: Tensor, axis: Any) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(x.ndim))
    return (axis,) if isinstance(axis, int) else tuple(axis)


def _wide(x: Tensor) -> Any:
    """uint64 for unsigned integers, whose sums the standard keeps unsigned; None for the rest, which torch widens as the standard has it."""
    return uint64 if x.dtype.category == 1 and not x.dtype.is_signed else None


def sum(x: Tensor, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Tensor:
    """Sum along axes (all); signed integers and bools become int64, unsigned ones uint64."""
    axes, dtype = _axes(x, axis), dtype or _wide(x)
    if not axes:
        return x.to(dtype or torch.sum(x.new_zeros(())).dtype)  # type: ignore[no-any-return]
    return torch.sum(x, axes, keepdims, dtype=dtype)  # type: ignore[no-any-return]


def prod(x: Tensor, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Tensor:
    """Product along axes (all); signed integers and bools become int64, unsigned ones uint64."""
    made = x.to(dtype or _wide(x) or torch.prod(x.new_ones(())).dtype)
    for a in sorted((a % x.ndim for a in _axes(x, axis)), reverse=True):
        made = torch.prod(made, a, keepdims, dtype=made.dtype)
    return made  # type: ignore[no-any-return]


def mean(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Arithmetic mean along axes (all)."""
    return torch.mean(x, _axes(x, axis), keepdims) if _axes(x, axis) else x.clone()  # type: ignore[no-any-return]


def var(x: Tensor, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """Variance along axes (all): squares of deviations over the count less `correction`."""
    if not _axes(x, axis):
        return torch.zeros_like(x)  # type: ignore[no-any-return]
    return torch.var(x, _axes(x, axis), correction=correction, keepdim=keepdims)  # type: ignore[no-any-return]


def std(x: Tensor, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """Root of the variance along axes (all)."""
    return torch.sqrt(var(x, axis=axis, correction=correction, keepdims=keepdims))  # type: ignore[no-any-return]


def max(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Largest element along axes (all)."""
    return torch.amax(x, _axes(x, axis), keepdims) if _axes(x, axis) else x.clone()  # type: ignore[no-any-return]


def min(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Smallest element along axes (all)."""
    return torch.amin(x, _axes(x, axis), keepdims) if _axes(x, axis) else x.clone()  # type: ignore[no-any-return]


def all(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Whether every element along axes (all) is true."""
    x = x.bool()
    return torch.all(x, _axes(x, axis), keepdims) if _axes(x, axis) else x.clone()  # type: ignore[no-any-return]


def any(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Whether some element along axes (all) is true."""
    x = x.bool()
    return torch.any(x, _axes(x, axis), keepdims) if _axes(x, axis) else x.clone()  # type: ignore[no-any-return]


def count_nonzero(x: Tensor, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """How many elements along axes (all) are not zero."""
    return sum(x.bool(), axis=axis, keepdims=keepdims)


def argmax(x: Tensor, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """Where the largest element is first, in the flattened array or along an axis."""
    return torch.argmax(x, axis, keepdims)  # type: ignore[no-any-return]


def argmin(x: Tensor, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """Where the smallest element is first, in the flattened array or along an axis."""
    return torch.argmin(x, axis, keepdims)  # type: ignore[no-any-return]


def sort(x: Tensor, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """Elements in order along an axis."""
    return torch.sort(x, dim=axis, descending=descending, stable=stable)[0]  # type: ignore[no-any-return]


def argsort(x: Tensor, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """Places that put the elements along an axis in order; equal ones keep theirs."""
    return torch.argsort(x, dim=axis, descending=descending, stable=stable)  # type: ignore[no-any-return]


def _running(name: str, start: Any, x: Tensor, axis: int | None, dtype: Any, include_initial: bool) -> Tensor:
    if axis is None:
        if x.ndim != 1:
            raise ValueError(f"{name}: expected an axis, which only a vector may leave out")
        axis = 0
    made = getattr(torch, "cumsum" if start == 0 else "cumprod")(x, axis, dtype=dtype or _wide(x))
    if not include_initial:
        return made  # type: ignore[no-any-return]
    shape = list(made.shape)
    shape[axis] = 1
    return concat([made.new_full(tuple(shape), start), made], axis=axis)


def cumulative_sum(x: Tensor, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Tensor:
    """Sums of the elements so far along an axis; with include_initial a 0 comes first. ValueError without an axis unless x is a vector."""
    return _running("cumulative_sum", 0, x, axis, dtype, include_initial)


def cumulative_prod(x: Tensor, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Tensor:
    """Products of the elements so far along an axis; with include_initial a 1 comes first. ValueError as `cumulative_sum`."""
    return _running("cumulative_prod", 1, x, axis, dtype, include_initial)


def diff(x: Tensor, /, *, axis: int = -1, n: int = 1, prepend: Tensor | None = None, append: Tensor | None = None) -> Tensor:
    """n-th differences of neighbours along an axis, of x with more elements before and behind it."""
    return torch.diff(x, n, axis, prepend, append)  # type: ignore[no-any-return]
