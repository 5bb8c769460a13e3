"""Factorizations of (batches of) matrices: Cholesky, QR, SVD, eigenvalues. The ops carry kernels and gradients; the public names are
bindings over them, since torch returns named tuples and checks errors in the public layer.

A factorization that fails raises LinAlgError from the kernel, which alone sees data.
"""

from ft_core import int32, notices
from ft_core.layout import column_major_strides

from ..kinds import OPAQUE
from ..meta import Spec
from ..op import op
from ..registry import binding
from ..return_types import structure
from ._given import given
from .reduction import scalar_type

linalg_cholesky_ex = op(
    "linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)",
    "Cholesky factor, and where each factorization stopped.",
    kind=OPAQUE,
    variants="",
)
linalg_qr_op = op(
    'linalg_qr(Tensor A, str mode="reduced") -> (Tensor Q, Tensor R)',
    "Orthogonal and upper triangular factors.",
    kind=OPAQUE,
    variants="",
)
linalg_svd_op = op(
    "_linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)",
    "Singular vectors and values, largest first.",
    kind=OPAQUE,
    variants="",
)
linalg_eigh_op = op(
    '_linalg_eigh(Tensor A, str UPLO="L", bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)',
    "Eigenvalues, ascending, and eigenvectors of a Hermitian matrix.",
    kind=OPAQUE,
    variants="",
)
linalg_eig_op = op(
    "linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)",
    "Complex eigenvalues and eigenvectors of a square matrix.",
    kind=OPAQUE,
    variants="",
)
linalg_matrix_exp = op(
    "linalg_matrix_exp(Tensor self) -> Tensor",
    "Sum of A^k / k!, of square matrices.",
    kind=OPAQUE,
    variants="",
    python="linalg.matrix_exp",
)


def columns(shape, dtype):
    """The spec of a batch of matrices stored column by column: what LAPACK leaves, and what torch's strides therefore are."""
    return Spec(shape, dtype, column_major_strides(shape))


def by_columns(x):
    """The same matrices stored column by column: the layout of `columns` for results of a decomposition."""
    return x.transpose(-2, -1).contiguous().transpose(-2, -1)


def check_matrix(name, x, argument="A"):
    """RuntimeError unless x is a (batch of) float32, float64 or complex matrices."""
    if x.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor {argument} must have at least 2 dimensions.")
    check_kind(name, x)


def check_kind(name, x, low=False):
    """RuntimeError unless LAPACK has x's dtype; with `low` half types pass too."""
    if x.dtype.category < 2:
        raise RuntimeError(f"{name}: Expected a floating point or complex tensor as input. Got {scalar_type(x.dtype)}")
    if x.dtype.itemsize < 4 and not low:
        raise RuntimeError(f"{name}: Low precision dtypes not supported. Got {scalar_type(x.dtype)}")


def check_square(name, x, argument="A"):
    """RuntimeError unless x is a (batch of) square matrices."""
    if x.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor {argument} must have at least 2 dimensions.")
    rows, columns = x.shape[-2:]
    if rows != columns:
        raise RuntimeError(f"{name}: {argument} must be batches of square matrices, but they are {rows} by {columns} matrices")
    check_kind(name, x)


@linalg_cholesky_ex.meta
def _(self, upper, check_errors):
    check_square("linalg.cholesky", self)
    shape = tuple(self.shape)
    return [columns(shape, self.dtype), (shape[:-2], int32)]


@linalg_qr_op.meta
def _(A, mode):
    check_matrix("linalg.qr", A)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'")
    *batch, m, n = A.shape
    k = m if mode == "complete" else min(m, n)
    return [columns((0,) if mode == "r" else (*batch, m, k), A.dtype), columns((*batch, k, n), A.dtype)]


@linalg_svd_op.meta
def _(A, full_matrices, compute_uv, driver):
    check_matrix("linalg.svd", A)
    if driver is not None:
        raise RuntimeError("torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend.")
    *batch, m, n = A.shape
    k = min(m, n)
    left, right = ((*batch, m, m if full_matrices else k), (*batch, n if full_matrices else k, n)) if compute_uv else ((0,), (0,))
    return [columns(left, A.dtype), ((*batch, k), A.dtype.to_real()), columns(right, A.dtype)]


@linalg_eigh_op.meta
def _(A, UPLO, compute_v):
    check_square("linalg.eigh", A)
    if UPLO.upper() not in ("L", "U"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    shape = tuple(A.shape)
    return [(shape[:-1], A.dtype.to_real()), columns(shape if compute_v else (0,), A.dtype)]


@linalg_eig_op.meta
def _(self):
    check_square("linalg.eig", self)
    shape, kind = tuple(self.shape), self.dtype.to_complex()
    return [(shape[:-1], kind), columns(shape, kind)]


@linalg_matrix_exp.meta
def _(self):
    name = "linalg.matrix_exp"
    if self.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor A must have at least 2 dimensions.")
    rows, cols = self.shape[-2:]
    if rows != cols:
        raise RuntimeError(f"{name}: A must be batches of square matrices, but they are {rows} by {cols} matrices")
    if self.dtype.category < 2:
        raise RuntimeError(f"{name}: Expected a floating point or complex tensor as input. Got {scalar_type(self.dtype)}")
    return [(tuple(self.shape), self.dtype)]


# -- the names users type ---------------------------------------------------------------------------------------------------

_QR, _SVD, _EIGH = (
    structure("linalg_qr", "Q R"),
    structure("linalg_svd", "U S Vh"),
    structure("linalg_eigh", "eigenvalues eigenvectors"),
)
_EIG, _CHOLESKY = structure("linalg_eig", "eigenvalues eigenvectors"), structure("linalg_cholesky_ex", "L info")
_OLD_QR, _OLD_SVD = structure("qr", "Q R"), structure("svd", "U S V")


@binding("_linalg_cholesky", method=False, function=False, python="linalg.cholesky")
def cholesky_of(A, *, upper=False, out=None):
    """Lower (or upper) triangular L of a Hermitian positive-definite A = L L^H; LinAlgError for any other."""
    return given(out, linalg_cholesky_ex(A, upper=upper, check_errors=True)[0], lies=True)


@binding("_linalg_cholesky_info", method=False, function=False, python="linalg.cholesky_ex")
def cholesky_ex(A, *, upper=False, check_errors=False, out=None):
    """(L, info): info is 0, or the order of the leading minor that is not positive-definite."""
    return _CHOLESKY(*given(out, *linalg_cholesky_ex(A, upper=upper, check_errors=check_errors), lies=True))


@binding("cholesky")
def cholesky(input, upper=False, *, out=None):
    """The older name of linalg.cholesky."""
    notices.once(
        "torch.cholesky is deprecated in favor of torch.linalg.cholesky and will be removed in a future PyTorch release.\n"
        "L = torch.cholesky(A)\nshould be replaced with\nL = torch.linalg.cholesky(A)\nand\nU = torch.cholesky(A, upper=True)\n"
        "should be replaced with\nU = torch.linalg.cholesky(A).mH\nThis transform will produce equivalent results for all valid "
        "(symmetric positive definite) inputs."
    )
    return given(out, linalg_cholesky_ex(input, upper=upper, check_errors=True)[0], cast=True)


@binding("_linalg_qr_pair", method=False, function=False, python="linalg.qr")
def qr_of(A, mode="reduced", *, out=None):
    """(Q, R) with A = Q R; mode "reduced", "complete" or "r" (R alone, Q empty)."""
    return _QR(*given(out, *linalg_qr_op(A, mode), lies=True))


@binding("qr")
def qr(input, some=True, *, out=None):
    """The older name of linalg.qr; some=False is mode "complete"."""
    notices.once(
        "torch.qr is deprecated in favor of torch.linalg.qr and will be removed in a future PyTorch release.\n"
        "The boolean parameter 'some' has been replaced with a string parameter 'mode'.\nQ, R = torch.qr(A, some)\n"
        "should be replaced with\nQ, R = torch.linalg.qr(A, 'reduced' if some else 'complete')"
    )
    return _OLD_QR(*given(out, *linalg_qr_op(input, "reduced" if some else "complete"), lies=True))


@binding("_linalg_svd_triple", method=False, function=False, python="linalg.svd")
def svd_of(A, full_matrices=True, *, driver=None, out=None):
    """(U, S, Vh) with A = U diag(S) Vh, singular values largest first."""
    return _SVD(*given(out, *linalg_svd_op(A, full_matrices, True, driver=driver), lies=True))


@binding("_linalg_svdvals", method=False, function=False, python="linalg.svdvals")
def svdvals(A, *, driver=None, out=None):
    """Singular values, largest first."""
    return given(out, linalg_svd_op(A, False, False, driver=driver)[1])


@binding("svd")
def svd(input, some=True, compute_uv=True, *, out=None):
    """(U, S, V) with input = U diag(S) V^H; without compute_uv U and V are zeros."""
    u, s, vh = linalg_svd_op(input, not some, compute_uv)
    if not compute_uv:
        m, n = input.shape[-2:]
        u, vh = (input.new_zeros((*input.shape[:-2], k, k)) for k in (m, n))
    return _OLD_SVD(*given(out, u, s, vh.transpose(-2, -1).conj(), lies=True))


@binding("_linalg_eigh_pair", method=False, function=False, python="linalg.eigh")
def eigh(A, UPLO="L", *, out=None):
    """(eigenvalues, eigenvectors) of a Hermitian matrix, of which the triangle UPLO is read."""
    return _EIGH(*given(out, *linalg_eigh_op(A, UPLO, True), lies=True))


@binding("_linalg_eigvalsh", method=False, function=False, python="linalg.eigvalsh")
def eigvalsh(A, UPLO="L", *, out=None):
    """Eigenvalues of a Hermitian matrix, ascending."""
    return given(out, linalg_eigh_op(A, UPLO, False)[0])


@binding("matrix_exp")
def matrix_exp(input):
    """Sum of A^k / k! for matrices (*, n, n) of floating-point or complex numbers; not the exponential of each element.

    RuntimeError for matrices that are not square. Source: torch.linalg.matrix_exp.
    """
    return linalg_matrix_exp(input)


@binding("_linalg_eig_pair", method=False, function=False, python="linalg.eig")
def eig(A, *, out=None):
    """(eigenvalues, eigenvectors) of a square matrix, complex."""
    return _EIG(*given(out, *linalg_eig_op(A), cast=True))


@binding("_linalg_eigvals_only", method=False, function=False, python="linalg.eigvals")
def eigvals(A, *, out=None):
    """Eigenvalues of a square matrix, complex."""
    return given(out, linalg_eig_op(A)[0], cast=True)
