"""Gradients of determinants, inverses and linear systems: each is one more system with the adjoint matrix (Giles 2008, section 2)."""

from ft_dispatch import surface as torch

from ..rule import vjp
from .matmul import turned

_raw = torch.raw


def _diagonal(x, like):
    """Matrices x * identity, of like's size."""
    return x.unsqueeze(-1).unsqueeze(-1) * torch.eye(like.shape[-1], dtype=like.dtype, device=like.device)


@vjp("_linalg_det", wrt="A")
def det_vjp(g, A, result):
    """conj(det) g A^-H; zeros for singular matrices, as torch has it."""
    c = result.conj() if result.is_complex() else result
    found = _raw._linalg_solve_ex(turned(A), _diagonal(g * c, A))[0]
    return found.masked_fill((result == 0).unsqueeze(-1).unsqueeze(-1), 0)


@vjp("_linalg_slogdet", wrt="A")
def slogdet_vjp(g0, g1, A, sign):
    """g A^-H; the sign of a complex determinant turns, which adds an imaginary part to g."""
    g = None if g1 is None else g1.to(A.dtype)
    if A.is_complex() and g0 is not None:
        turn = g0.conj() * sign
        turn = (turn - turn.conj()) * 0.5
        g = -turn if g is None else g - turn
    if g is None:
        return torch.zeros_like(A)
    return _raw._linalg_solve_ex(turned(A), _diagonal(g, A))[0]


@vjp("linalg_inv_ex", wrt="A")
def inv_vjp(g, inverse):
    adjoint = turned(inverse)
    return -(adjoint @ g @ adjoint)


@vjp("_linalg_solve_ex", wrt="A B")
def solve_vjp(g, A, result, B_shape, left, needs):
    vector = len(B_shape) == 1 or (A.ndim - 1 == len(B_shape) and tuple(B_shape) == tuple(A.shape[:-1]))
    gb = _raw._linalg_solve_ex(turned(A), g.unsqueeze(-1) if vector else g, left=left)[0]
    if not needs[0]:
        return None, gb.squeeze(-1) if vector else gb
    x = result.unsqueeze(-1) if vector else result
    ga = -(gb @ turned(x)) if left else -(turned(x) @ gb)
    return ga, gb.squeeze(-1) if vector else gb


@vjp("linalg_solve_triangular", wrt="self B")
def solve_triangular_vjp(g, self, result, upper, left, unitriangular, needs):
    gb = _raw.linalg_solve_triangular(turned(self), g, upper=not upper, left=left, unitriangular=unitriangular)
    if not needs[0]:
        return None, gb
    ga = -(gb @ turned(result)) if left else -(turned(result) @ gb)
    inside = int(unitriangular)  # a unit diagonal is not read, so it has no gradient
    return ga.triu(inside) if upper else ga.tril(-inside), gb


def _through_product(c, factor, upper):
    """Gradient of the factor where c is that of L L^H, whole: torch does not mask the triangle that is not read."""
    c = c + turned(c)
    return -(factor @ c) if upper else -(c @ factor)


@vjp("cholesky_solve", wrt="self input2")
def cholesky_solve_vjp(g, input2, result, upper, needs):
    gb = torch.cholesky_solve(g, input2, upper)
    return gb, _through_product(gb @ turned(result), input2, upper) if needs[1] else None


@vjp("cholesky_inverse", wrt="self")
def cholesky_inverse_vjp(g, self, result, upper):
    return _through_product(result @ g @ result, self, upper)


@vjp("linalg_pinv.atol_rtol_tensor", wrt="self")
def pinv_vjp(g, self, result):
    """-P^H g P^H + (I - A P) g^H P P^H + P^H P g^H (I - P A) (Golub and Pereyra 1973), for constant rank."""
    p, gh = turned(result), turned(g)
    first, second = gh @ (result @ p), (p @ result) @ gh
    return first - self @ (result @ first) + second - (second @ result) @ self - p @ g @ p
