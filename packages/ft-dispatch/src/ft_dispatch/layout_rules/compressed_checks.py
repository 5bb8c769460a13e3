"""CSR, CSC, BSR and BSC: what their components must fulfil. Source: torch.sparse (2.13), checks, their order and their words."""

from __future__ import annotations

from math import prod
from typing import Any

from ft_core import Tensor, layout

from .. import surface as torch

ROWS = ("sparse_csr", "sparse_bsr")
BLOCKED = ("sparse_bsr", "sparse_bsc")


def names_of(order: layout) -> tuple[str, str, str, str]:
    """Names of the components and of what they count: crow_indices, col_indices, nrows, ncols."""
    if order.name in ROWS:
        return "crow_indices", "col_indices", "nrows", "ncols"
    return "ccol_indices", "row_indices", "ncols", "nrows"


def estimated_size(order: layout, first: Tensor, second: Tensor, values: Tensor) -> tuple[int, ...]:
    """Sizes that the components imply: as many lines as are there, and the largest plain index plus one."""
    batch = first.ndim - 1
    bh, bw = tuple(values.shape[batch + 1 : batch + 3]) if order.name in BLOCKED else (1, 1)
    lines = first.shape[-1] - 1
    most: Any = second.amax().item() if second.numel() else -1
    others = most + 1
    rows, cols = (lines, others) if order.name in ROWS else (others, lines)
    dense = values.shape[batch + 1 + (2 if order.name in BLOCKED else 0) :]
    return (*first.shape[:-1], rows * bh, cols * bw, *dense)


def check_compressed(name: str, order: layout, first: Tensor, second: Tensor, values: Tensor, size: tuple[int, ...]) -> None:
    """RuntimeError where the components cannot be those of a tensor at all; costs no look at the data."""
    a, b, _, _ = names_of(order)
    if first.ndim < 1 or second.ndim < 1:
        raise RuntimeError(f"{a} must have dimensionality >= 1 but got {first.ndim}, {b} {second.ndim}")
    if len(size) < 2:
        raise RuntimeError(
            f"tensor dimensionality must be sum of batch, base, and dense dimensionalities (=0 + 2 + 0) but got {len(size)}"
        )
    if order.name in BLOCKED and values.ndim < first.ndim + 2:
        raise RuntimeError(
            f"values must have dimensionality > sum of batch and block dimensionalities (={first.ndim - 1} + 2) but got {values.ndim}"
        )


def check_lines(order: layout, first: Tensor, second: Tensor, size: tuple[int, ...], values: Tensor) -> None:
    """RuntimeError where an invariant of the layout does not hold: sizes, dtypes, and every index."""
    a, b, _, _ = names_of(order)
    batch, block = first.ndim - 1, 2 if order.name in BLOCKED else 0
    if first.ndim != second.ndim:
        raise RuntimeError(f"{a} and {b} dimensionalities must be equal but got {first.ndim} and {second.ndim}, respectively")
    dense = values.ndim - batch - block - 1
    if dense < 0:
        raise RuntimeError(
            f"values must have dimensionality > sum of batch and block dimensionalities (={batch} + {block}) but got {values.ndim}"
        )
    if len(size) != batch + 2 + dense:
        raise RuntimeError(
            f"tensor dimensionality must be sum of batch, base, and dense dimensionalities (={batch} + 2 + {dense}) but got {len(size)}"
        )
    bh, bw = tuple(values.shape[batch + 1 : batch + 3]) if block else (1, 1)
    if bh < 1 or bw < 1 or size[batch] % bh or size[batch + 1] % bw:
        raise RuntimeError(
            f"tensor shape[{batch}:{batch + 2}] {list(size[batch : batch + 2])} must be divisible by blocksize {[bh, bw]}"
        )
    n, m = size[batch] // bh, size[batch + 1] // bw
    if order.name not in ROWS:
        n, m = m, n
    words = "rows" if order.name in ROWS else "columns"
    if first.shape[-1] != n + 1:
        raise RuntimeError(f"{a}.shape[-1] must be equal to the number of {words} + 1 (={n + 1}), but got {first.shape[-1]}")
    if second.shape[-1] != values.shape[batch]:
        raise RuntimeError(
            f"{b}.shape[-1] must be equal to nnz (={values.shape[batch]}) as defined by values.shape[{batch}], but got {second.shape[-1]}"
        )
    if first.dtype is not second.dtype:
        raise RuntimeError(
            f"{a} and {b} must have the same dtype, bot got {first.dtype.scalar_name} and {second.dtype.scalar_name}, respectively"
        )
    if first.dtype not in (torch.int32, torch.int64):
        raise RuntimeError(f"{a} and {b} must be an int32 or int64 type, but got {first.dtype.scalar_name}")
    _check_indices(order, first, second, n, m)


def _check_indices(order: layout, first: Tensor, second: Tensor, n: int, m: int) -> None:
    a, b, lines, others = names_of(order)
    nnz = second.shape[-1]
    steps = first.diff(dim=-1)
    for holds, said in (
        (first[..., 0] == 0, f"{a}[..., 0] == 0"),
        (first[..., -1] == nnz, f"{a}[..., -1] == nnz"),
        ((steps >= 0) & (steps <= m), f"0 <= {a}[..., 1:] - {a}[..., :-1] <= {others}"),
        ((second >= 0) & (second < m), f"0 <= {b} < {others}"),
    ):
        if not bool(holds.all()):
            raise RuntimeError(f"`{said}` is not satisfied.")
    batches = prod(second.shape[:-1])
    flat, per = second.reshape((batches, nnz)), steps.reshape((batches, n))
    for indices, counts in zip(flat, per, strict=True):
        line = torch.repeat_interleave(torch.arange(n, device=counts.device), counts)
        if not bool(((indices[1:] > indices[:-1]) | (line[1:] != line[:-1])).all()):
            raise RuntimeError(
                f"`{b}[..., {a}[..., i - 1]:{a}[..., i]] for all i = 1, ..., {lines} are sorted and distinct along the last dimension "
                "values` is not satisfied."
            )
