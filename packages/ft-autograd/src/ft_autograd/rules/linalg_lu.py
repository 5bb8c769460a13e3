"""Gradients of LU factors and of solving with them. From A = P L U: L^-1 P^T dA U^-1 = L^-1 dL + dU U^-1, whose strictly lower part is
dL's and whose upper part is dU's.
"""

from ft_dispatch import surface as torch

from ..rule import undefined, vjp
from .matmul import turned

_raw = torch.raw


def _parts(packed):
    """The square factors (L, U) of a packed (m, n) matrix, and what is left of L below or of U to the right; None where nothing is."""
    m, n = packed.shape[-2:]
    k = min(m, n)
    square = packed.narrow(-2, 0, k).narrow(-1, 0, k)
    below = packed.narrow(-2, k, m - k) if m > k else None
    beside = packed.narrow(-1, k, n - k) if n > k else None
    return square, below, beside


def _by_low(packed, x):
    """L^-H x."""
    return _raw.linalg_solve_triangular(turned(packed), x, upper=True, unitriangular=True)


def _by_up(packed, x):
    """x U^-H."""
    return _raw.linalg_solve_triangular(turned(packed), x, upper=False, left=False)


def _unit_low(packed):
    return packed.tril(-1) + torch.eye(packed.shape[-1], dtype=packed.dtype, device=packed.device)


@vjp("linalg_lu_factor_ex", wrt="A")
def lu_factor_vjp(g, LU, pivots, pivot):
    square, below, beside = _parts(LU)
    g_square, g_below, g_beside = _parts(g)
    lower = turned(_unit_low(square)) @ g_square.tril(-1)
    upper = g_square.triu() @ turned(square.triu())
    if beside is not None:
        lower = lower - g_beside @ turned(beside)
        g_beside = _by_low(square, g_beside)
    if below is not None:
        upper = upper - turned(below) @ g_below
        g_below = _by_up(square, g_below)
    found = _by_up(square, _by_low(square, lower.tril(-1) + upper.triu()))
    if beside is not None:
        found = torch.cat([found, g_beside], -1)
    if below is not None:
        found = torch.cat([found, g_below], -2)
    return _raw.lu_unpack(LU, pivots, False, True)[0] @ found


@vjp("lu_unpack", wrt="LU_data")
def lu_unpack_vjp(g1, g2, LU_data_shape, LU_data, unpack_data):
    if not unpack_data or (g1 is None and g2 is None):
        return torch.zeros_like(LU_data)
    m, n = LU_data_shape[-2:]
    low = None if g1 is None else torch.constant_pad_nd(g1.tril(-1), (0, max(n - m, 0)))
    up = None if g2 is None else torch.constant_pad_nd(g2.triu(), (0, 0, 0, max(m - n, 0)))
    return up if low is None else low if up is None else low + up


@vjp("linalg_lu_solve", wrt="LU B")
def lu_solve_vjp(g, LU, pivots, result, left, adjoint, needs):
    gb = _raw.linalg_lu_solve(LU, pivots, g, left=left, adjoint=not adjoint)
    if not needs[0]:
        return None, gb
    ga = -(gb @ turned(result)) if left else -(turned(result) @ gb)  # of A, or of its adjoint
    ga = turned(_raw.lu_unpack(LU, pivots, False, True)[0]) @ (turned(ga) if adjoint else ga)
    return (ga @ turned(LU.triu())).tril(-1) + (turned(_unit_low(LU)) @ ga).triu(), gb


@undefined("linalg_ldl_factor_ex", wrt="self")
def ldl_factor_vjp(g):
    raise NotImplementedError(
        "the derivative for 'linalg_ldl_factor_ex' is not implemented. Torch has none either: its blocks change with the pivots; use "
        "linalg.cholesky or linalg.lu_factor where gradients are needed"
    )


@undefined("linalg_ldl_solve", wrt="LD")
def ldl_solve_factor(g):
    raise NotImplementedError(
        "the derivative for 'LD' is not implemented. Torch has none of linalg.ldl_solve either; use linalg.solve, which differentiates in A"
    )


@vjp("linalg_ldl_solve", wrt="B")
def ldl_solve_term(g, LD, pivots, hermitian):
    """A is its own transpose, or its own adjoint."""
    turn = LD.is_complex() and not hermitian
    found = _raw.linalg_ldl_solve(LD, pivots, g.conj() if turn else g, hermitian=hermitian)
    return found.conj() if turn else found
