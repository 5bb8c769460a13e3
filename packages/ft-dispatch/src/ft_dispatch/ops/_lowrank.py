"""Factorizations of low rank by random projection. Plain Python over ops, in torch's order of draws and products.

Source: Halko, Martinsson and Tropp (2009), "Finding structure with randomness", algorithms 4.4 and 5.1.
"""

from ..registry import binding
from .linalg_factor import linalg_qr_op, linalg_svd_op


def _adjoint(x):
    return x.transpose(-2, -1).conj()


def _basis(A, q, niter, M):
    """Q (*, m, q) whose columns span about what A - M does."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    def product(matrix, mean, other):
        found = matrix @ other
        return found if mean is None else found - mean @ other

    drawn = surface.randn((A.shape[-1], q), dtype=A.dtype, device=A.device)
    back = None if M is None else _adjoint(M)
    found = linalg_qr_op(product(A, M, drawn))[0]
    for _ in range(niter):
        found = linalg_qr_op(product(_adjoint(A), back, found))[0]
        found = linalg_qr_op(product(A, M, found))[0]
    return found


def _lowrank(A, q, niter, M):
    m, n = A.shape[-2:]
    M = None if M is None else M.expand(A.shape)
    wide = m < n  # the projection is cheaper on the taller side
    if wide:
        A, M = _adjoint(A), None if M is None else _adjoint(M)
    basis = _basis(A, q, niter, M)
    small = _adjoint(basis) @ (A if M is None else A - M)
    u, s, vh = linalg_svd_op(small, False, True)
    u, v = basis @ u, _adjoint(vh)
    return (v, s, u) if wide else (u, s, v)


@binding("svd_lowrank", method=False)
def svd_lowrank(A, q=6, niter=2, M=None):
    """(U, S, V) with U diag(S) V^H near A - M: U is (*, m, q), S (*, q), V (*, n, q), drawn from the default generator.

    A is (*, m, n), floating-point or complex; each of the `niter` iterations sharpens the subspace. Source: torch.svd_lowrank.
    """
    return _lowrank(A, q, niter, M)


@binding("pca_lowrank", method=False)
def pca_lowrank(A, q=None, center=True, niter=2):
    """(U, S, V) of `svd_lowrank` for data (*, m, n), one sample a row, whose columns are centred first unless told not to be.

    q is min(6, m, n) unless given. ValueError for a q beyond min(m, n) and for a negative niter. Source: torch.pca_lowrank.
    """
    m, n = A.shape[-2:]
    q = min(6, m, n) if q is None else q
    if not 0 <= q <= min(m, n):
        raise ValueError(f"q(={q}) must be non-negative integer and not greater than min(m, n)={min(m, n)}")
    if niter < 0:
        raise ValueError(f"niter(={niter}) must be non-negative integer")
    return _lowrank(A - A.mean(-2, True) if center else A, q, niter, None)
