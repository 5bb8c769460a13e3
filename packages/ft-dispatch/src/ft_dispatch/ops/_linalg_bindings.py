"""Public names of linear algebra composed of the factorizations and solvers: inverses, rank, powers, least squares. Norms: `_linalg_norms`."""

from math import prod

from ft_core import Tensor, notices

from ..registry import binding
from ..return_types import structure
from ..views import owned
from ._given import given
from .linalg_factor import by_columns, check_matrix, check_square, linalg_eigh_op, linalg_svd_op
from .linalg_solve import (
    linalg_det_op,
    linalg_inv_ex,
    linalg_pinv_op,
    linalg_slogdet_op,
    linalg_solve_op,
    linalg_solve_triangular,
)

_INV, _SOLVE = structure("linalg_inv_ex", "inverse info"), structure("linalg_solve_ex", "result info")
_SLOGDET, _OLD_SLOGDET = structure("linalg_slogdet", "sign logabsdet"), structure("slogdet", "sign logabsdet")
_TRIANGULAR = structure("triangular_solve", "solution cloned_coefficient")
_LSTSQ = structure("linalg_lstsq", "solution residuals rank singular_values")


def _room(name):
    """A binding reached as `torch.linalg.<name>` only."""
    return binding(f"_linalg_public_{name}", method=False, function=False, python=f"linalg.{name}")


@_room("det")
def det_of(A, *, out=None):
    """Determinant of each square matrix."""
    return given(out, linalg_det_op(A)[0])


@binding("det")
def det(input):
    """Determinant of each square matrix."""
    return linalg_det_op(input)[0]


@_room("slogdet")
def slogdet_of(A, *, out=None):
    """(sign, log |det|) of each square matrix."""
    return _SLOGDET(*given(out, *linalg_slogdet_op(A)[:2]))


@binding("slogdet")
def slogdet(input, *, out=None):
    """(sign, log |det|) of each square matrix."""
    return _OLD_SLOGDET(*given(out, *linalg_slogdet_op(input)[:2]))


@binding("logdet")
def logdet(input):
    """Log of the determinant; -inf where it is 0, NaN where a real one is negative."""
    sign, modulus = linalg_slogdet_op(input)[:2]
    return sign.log() + modulus


@_room("inv")
def inv(A, *, out=None):
    """Inverse of each square matrix; LinAlgError where one is singular."""
    return given(out, linalg_inv_ex(A, check_errors=True)[0], lies=True)


@_room("inv_ex")
def inv_ex(A, *, check_errors=False, out=None):
    """(inverse, info): info is 0, or the first diagonal element of U that is zero."""
    return _INV(*given(out, *linalg_inv_ex(A, check_errors=check_errors), lies=True))


@binding("inverse")
def inverse(input, *, out=None):
    """The older name of linalg.inv."""
    return given(out, linalg_inv_ex(input, check_errors=True)[0], lies=True)


@_room("solve")
def solve(A, B, *, left=True, out=None):
    """X with A X = B, or X A = B for left=False; LinAlgError where A is singular."""
    return given(out, linalg_solve_op(A, B, left=left, check_errors=True)[0], lies=True)


@_room("solve_ex")
def solve_ex(A, B, *, left=True, check_errors=False, out=None):
    """(result, info) of linalg.solve without its error."""
    found = linalg_solve_op(A, B, left=left, check_errors=check_errors)
    return _SOLVE(*given(out, found[0], found[3], lies=True))


@binding("triangular_solve")
def triangular_solve(input, A, upper=True, transpose=False, unitriangular=False, *, out=None):
    """(X, A) with A X = input for triangular A, or A^T X = input."""
    notices.once(
        "torch.triangular_solve is deprecated in favor of torch.linalg.solve_triangular and will be removed in a future PyTorch release.\n"
        "torch.linalg.solve_triangular has its arguments reversed and does not return a copy of one of the inputs.\n"
        "X = torch.triangular_solve(B, A).solution\nshould be replaced with\nX = torch.linalg.solve_triangular(A, B)."
    )
    turned, side = (A.transpose(-2, -1), not upper) if transpose else (A, upper)
    solution = owned(linalg_solve_triangular(turned, input, upper=side, unitriangular=unitriangular))
    return _TRIANGULAR(*given(out, solution, owned(by_columns(A.transpose(-2, -1).clone().transpose(-2, -1))), lies=True))


def _adjoint(x):
    return x.transpose(-2, -1).conj()


def _eye_like(x):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface.eye(x.shape[-1], dtype=x.dtype, device=x.device).expand(x.shape)


# -- rank, pseudo-inverse, least squares ------------------------------------------------------------------------------------------------


def _singular(A, hermitian):
    return linalg_eigh_op(A, "L", False)[0].abs() if hermitian else linalg_svd_op(A, False, False)[1]


def _tolerance(A, top, atol, rtol):
    """max(atol, rtol * largest singular value), one per matrix; torch's defaults."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if rtol is None:
        relative = 0.0 if atol is not None and not isinstance(atol, Tensor) and atol > 0 else None
        rtol = max(A.shape[-2:]) * surface.finfo(A.dtype).eps if relative is None else relative
    scaled = top * rtol
    return scaled if atol is None else surface.maximum(scaled, surface.as_tensor(atol, dtype=scaled.dtype, device=scaled.device))


@_room("matrix_rank")
def matrix_rank(A, tol=None, hermitian=False, *, atol=None, rtol=None, out=None):
    """How many singular values exceed max(atol, rtol * largest)."""
    check_matrix("linalg.matrix_rank", A, "input")
    values = _singular(A, hermitian)
    if values.numel() == 0:
        return given(out, values.sum(-1).long(), cast=True)
    if tol is not None:
        atol, rtol = tol, 0.0
    limit = _tolerance(A, values.amax(-1), atol, rtol)
    return given(out, (values > limit.unsqueeze(-1)).sum(-1), cast=True)


@linalg_pinv_op.decompose
def _(self, atol, rtol, hermitian):
    if self.numel() == 0:
        batch, (rows, columns) = self.shape[:-2], self.shape[-2:]
        return self.new_zeros((*batch, columns, 0)) @ self.new_zeros((*batch, 0, rows))  # in the dtype that the product below has
    if hermitian:
        values, u = linalg_eigh_op(self, "L", True)
        size, vh = values.abs(), _adjoint(u)
    else:
        u, values, vh = linalg_svd_op(self, False, True)
        size = values
    keep = size > _tolerance(self, size.amax(-1), atol, rtol).unsqueeze(-1)
    inverted = values.where(keep, 1).reciprocal().where(keep, 0)
    return (_adjoint(vh) * inverted.unsqueeze(-2)) @ _adjoint(u)


@_room("pinv")
def pinv(A, rcond=None, hermitian=False, *, atol=None, rtol=None, out=None):
    """Moore-Penrose inverse; singular values up to max(atol, rtol * largest) count as 0."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    check_matrix("linalg.pinv", A)
    rtol = rcond if rtol is None else rtol
    if rtol is None and atol is not None and not isinstance(atol, Tensor) and atol > 0:
        rtol = 0.0
    kind = A.dtype.to_real()
    limits = [t if t is None else surface.as_tensor(t, dtype=kind, device=A.device) for t in (atol, rtol)]
    return given(out, linalg_pinv_op(A, atol=limits[0], rtol=limits[1], hermitian=hermitian), cast=True)


@binding("pinverse")
def pinverse(input, rcond=1e-15):
    """The older name of linalg.pinv."""
    return pinv(input, rcond)


def _as_lapack(solution, rows):
    """The solution as LAPACK leaves it: the first rows of right-hand sides stored column by column."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    turned = surface.constant_pad_nd(solution.transpose(-2, -1), (0, rows - solution.shape[-2]))
    return turned.contiguous().transpose(-2, -1).narrow(-2, 0, solution.shape[-2])


@_room("lstsq")
def lstsq(A, B, rcond=None, *, driver=None, out=None):
    """(solution, residuals, rank, singular_values) of min |A X - B|, by the pseudo-inverse (exact for full rank)."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    check_matrix("torch.linalg.lstsq", A)
    if driver not in (None, "gels", "gelsy", "gelsd", "gelss"):
        raise RuntimeError("torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)")
    m, n = A.shape[-2:]
    vector = B.ndim == A.ndim - 1
    right = B.unsqueeze(-1) if vector else B
    solution = _as_lapack(pinv(A, rcond) @ right, max(m, n))
    rank = matrix_rank(A, rtol=rcond) if driver != "gels" else A.new_empty((0,)).long()
    parts = surface.view_as_real(solution) if A.dtype.is_complex else solution
    residuals = parts.reshape((-1,)).narrow(0, 0, 0)  # empty, and differentiable as torch's
    if m > n and driver in ("gels", "gelsd", "gelss") and bool((matrix_rank(A, rtol=rcond) == n).all()):
        residuals = ((A @ solution - right).abs() ** 2).sum(-2)
    values = _singular(A.detach(), False) if driver in ("gelsd", "gelss") else A.new_empty((0,), dtype=A.dtype.to_real())
    return _LSTSQ(*given(out, owned(solution.squeeze(-1) if vector else solution), owned(residuals), rank, values, cast=True))


# -- powers and tensors ------------------------------------------------------------------------------------------------------------


@binding("matrix_power", python="linalg.matrix_power")
def matrix_power(input, n, *, out=None):
    """n-th power of a square matrix by squaring; the inverse's for negative n."""
    check_square("linalg.matrix_power", input)
    if n == 0:
        return given(out, input.clone().copy_(_eye_like(input)), cast=True)  # recorded, with zeros as gradient
    base = linalg_inv_ex(input, check_errors=True)[0] if n < 0 else input
    left, found = abs(n), None
    while left:
        if left & 1:
            found = base if found is None else found @ base
        left >>= 1
        base = base @ base if left else base
    casts = n == 1 or (
        abs(n) > 2 and not abs(n) & (abs(n) - 1)
    )  # what torch copies at the end; it multiplies straight into `out` else
    return given(out, found.clone() if found is input else found, cast=casts)


@_room("cross")
def cross_of(input, other, *, dim=-1, out=None):
    """Cross product along a dim of size 3; the other dims broadcast."""
    if input.ndim != other.ndim:
        raise RuntimeError("linalg.cross: inputs must have the same number of dimensions.")
    if input.shape[dim] != 3 or other.shape[dim] != 3:
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {input.shape[dim]} and {other.shape[dim]}"
        )
    found = input.roll(-1, dim) * other.roll(1, dim) - input.roll(1, dim) * other.roll(-1, dim)
    return given(out, found)


@binding("cross")
def cross(input, other, dim=None, *, out=None):
    """Cross product along `dim`, by default the first one of size 3."""
    if dim is None:
        fitting = [d for d, size in enumerate(input.shape) if size == 3]
        if not fitting:
            raise RuntimeError("no dimension of size 3 in input")
        notices.once(
            "Using torch.cross without specifying the dim arg is deprecated.\nPlease either pass the dim explicitly or simply use "
            "torch.linalg.cross.\nThe default value of dim will change to agree with that of linalg.cross in a future release."
        )
        dim = fitting[0]
    return cross_of(input, other, dim=dim, out=out)


@_room("diagonal")
def diagonal_of(A, *, offset=0, dim1=-2, dim2=-1):
    """A view of the diagonals of matrices, along a new last dim; `offset` counts upwards. IndexError for dims A does not have.

    Source: torch.linalg.diagonal.
    """
    return A.diagonal(offset, dim1, dim2)


@_room("tensorinv")
def tensorinv(A, ind=2, *, out=None):
    """Inverse of tensordot with A over its last dims."""
    if ind <= 0:
        raise RuntimeError("Expected a strictly positive integer for 'ind' argument")
    head, tail = tuple(A.shape[:ind]), tuple(A.shape[ind:])
    if prod(head) != prod(tail):
        raise RuntimeError(
            f"Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got {prod(tail)} != "
            f"{prod(head)}"
        )
    return given(out, linalg_inv_ex(A.reshape((prod(head), -1)), check_errors=True)[0].reshape(tail + head), cast=True)


@_room("tensorsolve")
def tensorsolve(A, B, dims=None, *, out=None):
    """X with tensordot(A, X, X.ndim) = B; `dims` of A are moved to its end first."""
    if dims is not None:
        A = A.movedim(tuple(dims), tuple(range(A.ndim - len(dims), A.ndim)))
    tail = tuple(A.shape[B.ndim :])
    if B.numel() != prod(tail):
        raise RuntimeError(
            f"Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got "
            f"{prod(tail)} != {prod(A.shape[: B.ndim])}"
        )
    found = linalg_solve_op(A.reshape((prod(tail), prod(tail))), B.reshape((-1,)), check_errors=True)[0]
    return given(out, found.reshape(tail), cast=True)


@_room("vander")
def vander(x, *, N=None):
    """Powers 0 to N - 1 of each number, along a new last dim: (*, k) becomes (*, k, N), and a lone number (1, N). N is k unless told.

    Integers become int64; RuntimeError for bool, and for N below 2. Source: torch.linalg.vander.
    """
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if x.dtype is surface.bool:
        raise RuntimeError("linalg.vander supports floating point, complex, and integer tensors, but got Bool")
    x = x.reshape((1,)) if x.ndim == 0 else x
    n = x.shape[-1] if N is None else N
    if n <= 1:
        raise RuntimeError("N must be greater than 1.")
    x = x if x.dtype.category >= 2 else x.long()
    ones = surface.ones_like(x).unsqueeze(-1)
    return surface.cat([ones, x.unsqueeze(-1).expand((*x.shape, n - 1)).cumprod(-1)], -1)
