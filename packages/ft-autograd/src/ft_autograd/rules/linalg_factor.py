"""Gradients of factorizations: Giles (2008), "Collected matrix derivative results for forward and reverse mode"; QR after Walter and
Lehmann (2010), complex SVD and eigenvectors with the gauge terms that torch's derivatives have.
"""

from ft_dispatch import surface as torch

from ..rule import vjp
from .matmul import turned

_raw = torch.raw


def _plus(x, more):
    return more if x is None else x + more


def _gaps(values):
    """values[j] - values[i] off the diagonal, 1 on it."""
    gaps = values.unsqueeze(-2) - values.unsqueeze(-1)
    return gaps + torch.eye(values.shape[-1], dtype=values.dtype, device=values.device)


def _off(x):
    """x with zeros on its diagonal."""
    return x - torch.diag_embed(x.diagonal(0, -2, -1))


@vjp("linalg_cholesky_ex", wrt="self")
def cholesky_self(g, L, upper):
    """L^-H phi L^-1 with phi the Hermitian half of tril(L^H g)."""
    if upper:
        L, g = turned(L), turned(g)
    phi = (turned(L) @ g).tril()
    phi = (phi + turned(phi.tril(-1))) * 0.5
    left = _raw.linalg_solve_triangular(turned(L), phi, upper=True, left=True)
    return _raw.linalg_solve_triangular(L, left, upper=False, left=False)


def _qr_tall(gq, gr, q, r):
    """(gQ + Q copyltu(M)) R^-H, M = R gR^H - gQ^H Q."""
    m = None if gr is None else r @ turned(gr)
    if gq is not None:
        m = _plus(m, -(turned(gq) @ q))
    low = m.tril(-1)
    diagonal = m.diagonal(0, -2, -1)
    diagonal = diagonal.real.to(q.dtype) if q.is_complex() else diagonal
    inner = _plus(gq, q @ (low + turned(low) + torch.diag_embed(diagonal)))
    return _raw.linalg_solve_triangular(turned(r), inner, upper=False, left=False)


@vjp("linalg_qr", wrt="A")
def qr_vjp(g0, g1, A, Q, R, mode):
    if mode == "r":
        raise RuntimeError(
            "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use linalg.qr(A, mode='reduced')"
        )
    m, n = A.shape[-2:]
    if mode == "complete" and m > n:
        raise RuntimeError("The QR decomposition is not differentiable when mode='complete' and nrows > ncols.")
    if m >= n:
        return _qr_tall(g0, g1, Q, R)
    square, rest = R.narrow(-1, 0, m), A.narrow(-1, m, n - m)  # A = [X Y]: X is factored, Y is carried by Q
    if g1 is None:
        return torch.cat([_qr_tall(g0, None, Q, square), torch.zeros_like(rest)], -1)
    g_rest = g1.narrow(-1, m, n - m)
    gx = _qr_tall(_plus(g0, rest @ turned(g_rest)), g1.narrow(-1, 0, m), Q, square)
    return torch.cat([gx, Q @ g_rest], -1)


def _skew(x):
    return x - turned(x)


def _svd_middle(gu, gs, gvh, u, s, vh):
    """The part of the gradient between U and Vh."""
    gaps = None if gu is None and gvh is None else _gaps(s * s)
    middle = None if gs is None else torch.diag_embed(gs.to(u.dtype))
    if gu is not None:
        turn = _skew(turned(u) @ gu)
        middle = _plus(middle, _off(turn) / gaps * s.unsqueeze(-2))
        if u.is_complex():  # the phase of each singular pair is free; what fixes it is the imaginary diagonal
            middle = middle + torch.diag_embed(turn.diagonal(0, -2, -1) / (2 * s))
    if gvh is not None:
        middle = _plus(middle, s.unsqueeze(-1) * (_off(_skew(vh @ turned(gvh))) / gaps))
    return middle


@vjp("_linalg_svd", wrt="A")
def svd_vjp(g0, g1, g2, A, U, S, Vh, full_matrices, compute_uv):
    k = S.shape[-1]
    if not compute_uv:  # U and Vh are empty, and so are cotangents that forward mode makes for them
        U, S, Vh = _raw._linalg_svd(A, False, True)
        g0 = g2 = None
    elif full_matrices:
        U, Vh = U.narrow(-1, 0, k), Vh.narrow(-2, 0, k)
        g0 = None if g0 is None else g0.narrow(-1, 0, k)
        g2 = None if g2 is None else g2.narrow(-2, 0, k)
    if g0 is None and g2 is None:
        return (U * g1.unsqueeze(-2)) @ Vh
    m, n = A.shape[-2:]
    grad = U @ _svd_middle(g0, g1, g2, U, S, Vh) @ Vh
    if g0 is not None and m > k:
        scaled = g0 / S.unsqueeze(-2)
        grad = grad + (scaled - U @ (turned(U) @ scaled)) @ Vh
    if g2 is not None and n > k:
        scaled = g2 / S.unsqueeze(-1)
        grad = grad + U @ (scaled - (scaled @ turned(Vh)) @ Vh)
    return grad


@vjp("_linalg_eigh", wrt="A")
def eigh_vjp(g0, g1, A, eigenvalues, eigenvectors, UPLO, compute_v):
    """V (diag(gL) + skew(V^H gV) / gaps) V^H."""
    v = eigenvectors if compute_v else _raw._linalg_eigh(A, UPLO, True)[1]
    if g1 is None or not compute_v:
        return (v * g0.unsqueeze(-2)) @ turned(v)
    middle = _off(_skew(turned(v) @ g1)) * 0.5 / _gaps(eigenvalues)
    if g0 is not None:
        middle = middle + torch.diag_embed(g0.to(v.dtype))
    return v @ middle @ turned(v)


@vjp("linalg_eig", wrt="self")
def eig_vjp(g0, g1, eigenvalues, eigenvectors, self_dtype):
    """V^-H (diag(gL) + (V^H gV - V^H V Re diag(V^H gV)) / conj(gaps)) V^H."""
    vh = turned(eigenvectors)
    middle = None if g0 is None else torch.diag_embed(g0)
    if g1 is not None:
        turn = vh @ g1
        lengths = turn.diagonal(0, -2, -1).real.unsqueeze(-2)
        middle = _plus(middle, _off(turn - (vh @ eigenvectors) * lengths) / _gaps(eigenvalues).conj())
    grad = _raw._linalg_solve_ex(vh, middle @ vh)[0]
    return grad if self_dtype.is_complex else grad.real


@vjp("linalg_matrix_exp", wrt="self")
def matrix_exp_self(g, self):
    """The corner of exp [[A^H, g], [0, A^H]]. Source: Mathias (1996)."""
    n, a = self.shape[-1], turned(self)
    top, bottom = torch.cat([a, g], -1), torch.cat([torch.zeros_like(a), a], -1)
    return _raw.linalg_matrix_exp(torch.cat([top, bottom], -2)).narrow(-2, 0, n).narrow(-1, n, n)
