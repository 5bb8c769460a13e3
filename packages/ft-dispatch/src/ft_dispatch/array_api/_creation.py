"""New arrays: filled, counted, from other objects, and triangles of matrices."""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, get_default_dtype, int64

from .. import surface as torch

__all__ = [
    "arange",
    "asarray",
    "empty",
    "empty_like",
    "eye",
    "from_dlpack",
    "full",
    "full_like",
    "linspace",
    "meshgrid",
    "ones",
    "ones_like",
    "tril",
    "triu",
    "zeros",
    "zeros_like",
]


def asarray(obj: Any, /, *, dtype: Any = None, device: Any = None, copy: bool | None = None) -> Tensor:
    """An array of numbers, nested sequences, a buffer or another array; with copy=False ValueError where that needs new memory."""
    if copy is False and not isinstance(obj, Tensor) and not hasattr(obj, "__dlpack__") and not hasattr(obj, "__array__"):
        raise ValueError("asarray: expected an array for copy=False, since a sequence or a number must be copied")
    return torch.asarray(obj, dtype=dtype, device=device, copy=copy)  # type: ignore[no-any-return]


def from_dlpack(x: Any, /, *, device: Any = None, copy: bool | None = None) -> Tensor:
    """An array over the memory of another library's, or a copy of it."""
    made = torch.from_dlpack(x)
    if device is not None and made.device != torch.device(device):
        if copy is False:
            raise ValueError(f"from_dlpack: cannot move an array from {made.device} to {device} without a copy")
        return made.to(device)  # type: ignore[no-any-return]
    return made.clone() if copy else made  # type: ignore[no-any-return]


def arange(start: Any, /, stop: Any = None, step: Any = 1, *, dtype: Any = None, device: Any = None) -> Tensor:
    """start (0 with one number), start + step, … before stop; empty where step leads away from it."""
    start, stop = (0, start) if stop is None else (start, stop)
    if dtype is None and any(isinstance(number, float) for number in (start, stop, step)):
        dtype = get_default_dtype()
    if (stop - start) * step < 0:
        kind = dtype or int64
        return torch.empty((0,), dtype=kind, device=device)  # type: ignore[no-any-return]
    return torch.arange(start, stop, step, dtype=dtype, device=device)  # type: ignore[no-any-return]


def linspace(start: Any, stop: Any, /, num: int, *, dtype: Any = None, device: Any = None, endpoint: bool = True) -> Tensor:
    """`num` numbers evenly from start to stop, which is the last one, or the one after for endpoint=False."""
    if not endpoint:
        return torch.linspace(start, stop, num + 1, dtype=dtype, device=device)[:-1]  # type: ignore[no-any-return]
    return torch.linspace(start, stop, num, dtype=dtype, device=device)  # type: ignore[no-any-return]


def eye(n_rows: int, n_cols: int | None = None, /, *, k: int = 0, dtype: Any = None, device: Any = None) -> Tensor:
    """Ones on the k-th diagonal, zeros elsewhere: (n_rows, n_cols)."""
    made = zeros((n_rows, n_rows if n_cols is None else n_cols), dtype=dtype, device=device)
    if -n_rows < k < made.shape[1]:
        made.diagonal(k).fill_(1)
    return made


def empty(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """An array whose elements are whatever the memory held."""
    return torch.empty(shape, dtype=dtype, device=device)  # type: ignore[no-any-return]


def zeros(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """An array of zeros."""
    return torch.zeros(shape, dtype=dtype, device=device)  # type: ignore[no-any-return]


def ones(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """An array of ones."""
    return torch.ones(shape, dtype=dtype, device=device)  # type: ignore[no-any-return]


def full(shape: Any, fill_value: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """An array of one number, in its kind's default dtype."""
    return torch.full((shape,) if isinstance(shape, int) else shape, fill_value, dtype=dtype, device=device)  # type: ignore[no-any-return]


def empty_like(x: Tensor, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """`empty` in the shape of another array."""
    return torch.empty_like(x, dtype=dtype, device=device)  # type: ignore[no-any-return]


def zeros_like(x: Tensor, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """`zeros` in the shape of another array."""
    return torch.zeros_like(x, dtype=dtype, device=device)  # type: ignore[no-any-return]


def ones_like(x: Tensor, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """`ones` in the shape of another array."""
    return torch.ones_like(x, dtype=dtype, device=device)  # type: ignore[no-any-return]


def full_like(x: Tensor, /, fill_value: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """`full` in the shape and dtype of another array."""
    return torch.full_like(x, fill_value, dtype=dtype, device=device)  # type: ignore[no-any-return]


def meshgrid(*arrays: Tensor, indexing: str = "xy") -> list[Tensor]:
    """Coordinates of every point of a grid, one array for each axis."""
    return list(torch.meshgrid(*arrays, indexing=indexing))


def tril(x: Tensor, /, *, k: int = 0) -> Tensor:
    """Lower triangles of matrices, up to the k-th diagonal."""
    return torch.tril(x, k)  # type: ignore[no-any-return]


def triu(x: Tensor, /, *, k: int = 0) -> Tensor:
    """Upper triangles of matrices, from the k-th diagonal."""
    return torch.triu(x, k)  # type: ignore[no-any-return]
