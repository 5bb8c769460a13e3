"""Batching rules of linear algebra: factorizations and solvers treat leading dimensions alike, so the batch is one more of them.

Two operands are lined up first: the batch of each stands before as many dims of size 1 as the other has more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor

if TYPE_CHECKING:
    from ft_dispatch.op import Op


def _matrices(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    made = [a if flag or not isinstance(a, Tensor) else a.expand((size, *a.shape)) for a, flag in zip(args, batched, strict=True)]
    return op(*made)


def _lined_up(t: Tensor, batched: bool, rank: int) -> Tensor:
    """An operand with `rank` visible dims; one without a batch broadcasts as it is."""
    if not batched:
        return t
    shape = tuple(t.shape)
    return t.reshape((shape[0], *[1] * (rank + 1 - len(shape)), *shape[1:]))


def _sides(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    ranks = [t.ndim - flag for t, flag in zip(args[:2], batched, strict=False)]
    a, b = (_lined_up(t, flag, max(ranks)) for t, flag in zip(args[:2], batched, strict=False))
    return op(a, b, *args[2:])


def _solve(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """B may be a vector (of a matrix A, or one per matrix of a batched A): it is a matrix of one column for the time of the op."""
    a, b, *rest = args
    a = a if batched[0] else a.expand((size, *a.shape))
    rank_a, rank_b = a.ndim - 1, b.ndim - batched[1]
    shape_a, shape_b = tuple(a.shape)[1:], tuple(b.shape)[batched[1] :]
    vector = rank_b == 1 or (rank_b == rank_a - 1 and shape_b == shape_a[:-1])
    if vector:
        b, rank_b = b.unsqueeze(-1), rank_b + 1
    found = op(_lined_up(a, True, max(rank_a, rank_b)), _lined_up(b, batched[1], max(rank_a, rank_b)), *rest)
    x = found[0].squeeze(-1) if vector else found[0]
    factors = zip(found[1:], (shape_a, shape_a[:-1], shape_a[:-2]), strict=True)
    return (x, *[t.reshape((size, *shape)) for t, shape in factors])


ONE = (
    "linalg_cholesky_ex linalg_qr _linalg_svd _linalg_eigh linalg_eig _linalg_det _linalg_slogdet linalg_inv_ex linalg_lu_factor_ex "
    "cholesky_inverse"
)
RULES: dict[str, Any] = {
    **dict.fromkeys(ONE.split(), _matrices),
    "linalg_solve_triangular": _sides,
    "cholesky_solve": _sides,
    "_linalg_solve_ex": _solve,
}
