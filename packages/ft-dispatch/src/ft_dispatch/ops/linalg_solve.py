"""Linear systems, determinants, inverses: the ops that carry kernels and gradients. What is composed of them is in `_linalg_bindings`."""

from ft_core import int32
from ft_core.layout import broadcast_shapes

from ..kinds import OPAQUE
from ..op import op
from .linalg_factor import check_kind, check_matrix, check_square, columns
from .linalg_lu import factors

linalg_det_op = op(
    "_linalg_det(Tensor A) -> (Tensor result, Tensor LU, Tensor pivots)",
    "Determinant, and the LU factors it is read from.",
    kind=OPAQUE,
    variants="",
)
linalg_slogdet_op = op(
    "_linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots)",
    "Sign and log of the modulus of the determinant, and the LU factors.",
    kind=OPAQUE,
    variants="",
)
linalg_inv_ex = op(
    "linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)",
    "Inverse, and where a singular matrix stopped.",
    kind=OPAQUE,
    variants="",
)
linalg_solve_op = op(
    "_linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> "
    "(Tensor result, Tensor LU, Tensor pivots, Tensor info)",
    "X with A X = B (or X A = B), and the LU factors of A.",
    kind=OPAQUE,
    variants="",
)
linalg_solve_triangular = op(
    "linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor",
    "X with A X = B (or X A = B) for triangular A.",
    kind=OPAQUE,
    variants="",
    out=True,
    python="linalg.solve_triangular",
)

linalg_pinv_op = op(
    "linalg_pinv.atol_rtol_tensor(Tensor self, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor",
    "Moore-Penrose inverse; singular values up to max(atol, rtol * largest) count as 0.",
    kind=OPAQUE,
    variants="",
)
cholesky_solve = op(
    "cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor",
    "X with L L^H X = self (or U^H U), given the factor.",
    kind=OPAQUE,
    out=True,
)
cholesky_inverse = op(
    "cholesky_inverse(Tensor self, bool upper=False) -> Tensor",
    "Inverse of L L^H (or U^H U), given the factor.",
    kind=OPAQUE,
    out=True,
)


@linalg_det_op.meta
def _(A):
    check_square("linalg.det", A)
    return [(tuple(A.shape[:-2]), A.dtype), *factors(A)]


@linalg_slogdet_op.meta
def _(A):
    check_square("linalg.slogdet", A)
    batch = tuple(A.shape[:-2])
    return [(batch, A.dtype), (batch, A.dtype.to_real()), *factors(A)]


@linalg_inv_ex.meta
def _(A, check_errors):
    check_square("linalg.inv", A)
    return [columns(tuple(A.shape), A.dtype), (tuple(A.shape[:-2]), int32)]


def is_vector_side(A, B):
    """Whether linalg.solve reads B as a batch of vectors: one dim less than A, and A's shape without its last."""
    return B.ndim == 1 or (A.ndim - 1 == B.ndim and tuple(B.shape) == tuple(A.shape[:-1]))


def _check_sides(name, A, B, left):
    if A.dtype is not B.dtype:
        raise RuntimeError(
            f"{name}: Expected A and B to have the same dtype, but found A of type {A.dtype} and B of type {B.dtype} instead"
        )
    if B.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor B must have at least 2 dimensions.")
    if A.shape[-2] != B.shape[-2 if left else -1]:
        relation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {relation} "
            f"({A.shape[-2]}x{A.shape[-1]} and {B.shape[-2]}x{B.shape[-1]})"
        )


@linalg_solve_op.meta
def _(A, B, left, check_errors):
    check_square("linalg.solve", A)
    vector = is_vector_side(A, B)
    if vector and not left:
        raise RuntimeError(
            "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is "
            "equivalent to B / A.squeeze(-1)"
        )
    shaped = B.unsqueeze(-1) if vector else B
    _check_sides("linalg.solve", A, shaped, left)
    batch = tuple(A.shape[:-2])
    if vector:
        shape = (*broadcast_shapes(batch, tuple(B.shape[:-1])), B.shape[-1])
    else:
        shape = (*broadcast_shapes(batch, tuple(B.shape[:-2])), *B.shape[-2:])
    return [columns(shape, B.dtype) if left else (shape, B.dtype), *factors(A), (batch, int32)]


@linalg_solve_triangular.meta
def _(self, B, upper, left, unitriangular):
    check_square("linalg.solve_triangular", self)
    check_kind("linalg.solve_triangular", B)
    _check_sides("linalg.solve_triangular", self, B, left)
    return [columns((*broadcast_shapes(tuple(self.shape[:-2]), tuple(B.shape[:-2])), *B.shape[-2:]), B.dtype)]


@linalg_pinv_op.meta
def _(self, atol, rtol, hermitian):
    check_matrix("linalg.pinv", self)
    *batch, m, n = self.shape
    return [((*batch, n, m), self.dtype)]


@cholesky_solve.meta
def _(self, input2, upper):
    check_square("cholesky_solve", input2)
    _check_sides("cholesky_solve", input2, self, True)
    return [columns((*broadcast_shapes(tuple(input2.shape[:-2]), tuple(self.shape[:-2])), *self.shape[-2:]), self.dtype)]


@cholesky_inverse.meta
def _(self, upper):
    check_square("cholesky_inverse", self)
    return [columns(tuple(self.shape), self.dtype)]


def _adjoint(x):
    return x.transpose(-2, -1).conj()


@cholesky_solve.decompose
def _(self, input2, upper):
    lower = _adjoint(input2) if upper else input2
    half = linalg_solve_triangular(lower, self, upper=False)
    return linalg_solve_triangular(_adjoint(lower), half, upper=True)


@cholesky_inverse.decompose
def _(self, upper):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    eye = surface.eye(self.shape[-1], dtype=self.dtype, device=self.device).expand(self.shape)
    return cholesky_solve(eye, self, upper)


from . import _linalg_bindings, _linalg_norms, _linalg_older, _lowrank  # noqa: E402, F401  # the public names, which need the records above
