"""LU and LDL factorizations that keep their factors: what makes them, takes them apart, and solves with them.

The factors stay packed in one matrix, as LAPACK has them. `linalg_solve` has the systems that factor on the way.
"""

from ft_core import int32, notices
from ft_core.layout import broadcast_shapes

from ..kinds import OPAQUE
from ..op import op
from ..registry import binding
from ..return_types import structure
from ._given import given
from .linalg_factor import check_matrix, check_square, columns

linalg_lu_factor_ex = op(
    "linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)",
    "LU factors in one matrix, row exchanges, and the first zero pivot.",
    kind=OPAQUE,
    variants="",
)
lu_unpack_op = op(
    "lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)",
    "Permutation matrix and triangular factors from what lu_factor gives.",
    kind=OPAQUE,
    variants="",
)
linalg_lu_solve_op = op(
    "linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor",
    "X with A X = B (X A = B; the adjoint of A in its place) from the LU factors of A.",
    kind=OPAQUE,
    variants="",
)
linalg_ldl_factor_ex_op = op(
    "linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info)",
    "L and the blocks of D in one matrix, Bunch and Kaufman's pivots, and the first zero pivot.",
    kind=OPAQUE,
    variants="",
)
linalg_ldl_solve_op = op(
    "linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor",
    "X with A X = B from the LDL factors of A.",
    kind=OPAQUE,
    variants="",
)


def factors(A):
    """Specs of LU and pivots of A."""
    *batch, m, n = A.shape
    return [columns(tuple(A.shape), A.dtype), ((*batch, min(m, n)), int32)]


def _check_pivots(name, packed, pivots):
    """RuntimeError unless there is a row of exchanges per matrix."""
    if tuple(packed.shape[:-1]) != tuple(pivots.shape):
        word = name.rpartition(".")[2][:2].upper()
        raise RuntimeError(
            f"{name}: Expected {word}.shape[:-1] and pivots.shape to be the same, but got pivots with shape {list(pivots.shape)} instead"
        )


@linalg_lu_factor_ex.meta
def _(A, pivot, check_errors):
    check_matrix("torch.lu_factor", A)
    if not pivot:
        raise RuntimeError("linalg.lu_factor: LU without pivoting is not implemented on the CPU")
    return [*factors(A), (tuple(A.shape[:-2]), int32)]


@lu_unpack_op.meta
def _(LU_data, LU_pivots, unpack_data, unpack_pivots):
    if LU_data.ndim < 2:
        raise RuntimeError(f"torch.lu_unpack: Expected tensor with 2 or more dimensions. Got size: {list(LU_data.shape)} instead")
    if unpack_pivots and LU_pivots.dtype is not int32:
        raise RuntimeError(
            "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\n"
            "Note: this function is intended to be used with the output produced by torch.linalg.lu_factor"
        )
    *batch, m, n = LU_data.shape
    shapes = ((m, m) if unpack_pivots else None, *(((m, min(m, n)), (min(m, n), n)) if unpack_data else (None, None)))
    return [((0,) if s is None else (*batch, *s), LU_data.dtype) for s in shapes]


@linalg_lu_solve_op.meta
def _(LU, pivots, B, left, adjoint):
    check_square("torch.linalg.lu_solve", LU)
    name = "linalg.lu_solve"
    if LU.dtype is not B.dtype:
        raise RuntimeError(
            f"{name}: Expected LU and B to have the same dtype, but found LU of type {LU.dtype.scalar_name} and B of type "
            f"{B.dtype.scalar_name} instead"
        )
    if pivots.dtype is not int32:
        raise RuntimeError(f"{name}: pivots should be a Tensor of scalar type torch.int32")
    if B.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor B must have at least 2 dimensions.")
    rows, n = B.shape[-2 if left else -1], LU.shape[-1]
    if rows != n:
        relation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {relation} ({n}x{n} and {B.shape[-2]}x{B.shape[-1]})"
        )
    if pivots.ndim == 0 or pivots.shape[-1] != n:
        raise RuntimeError(f"{name}: Number of pivots per batch should be same as the dimension of the matrix")
    _check_pivots(name, LU, pivots)
    shape = (*broadcast_shapes(tuple(LU.shape[:-2]), tuple(B.shape[:-2])), *B.shape[-2:])
    return [columns(shape, B.dtype) if left else (shape, B.dtype)]


@linalg_ldl_factor_ex_op.meta
def _(self, hermitian, check_errors):
    check_square("torch.linalg.ldl_factor_ex", self)
    shape = tuple(self.shape)
    return [columns(shape, self.dtype), (shape[:-1], int32), (shape[:-2], int32)]


@linalg_ldl_solve_op.meta
def _(LD, pivots, B, hermitian):
    name = "torch.linalg.ldl_solve"
    check_square(name, LD)
    if B.ndim < 2:
        raise RuntimeError(f"{name}: The input tensor B must have at least 2 dimensions.")
    _check_pivots(name, LD, pivots)
    if pivots.dtype.category != 1:
        raise RuntimeError(f"{name}: Expected pivots to be integers. Got {pivots.dtype.scalar_name}")
    if LD.dtype is not B.dtype:
        raise RuntimeError(
            f"Expected b and A to have the same dtype, but found b of type {B.dtype.scalar_name} and A of type "
            f"{LD.dtype.scalar_name} instead."
        )
    n, (rows, count) = LD.shape[-1], B.shape[-2:]
    if rows != n:
        raise RuntimeError(
            f"Incompatible matrix sizes for {name}: each A matrix is {n} by {n} but each b matrix is {rows} by {count}"
        )
    return [columns((*broadcast_shapes(tuple(LD.shape[:-2]), tuple(B.shape[:-2])), rows, count), B.dtype)]


# -- the names users type ------------------------------------------------------------------------------------------------------

_LU, _LU_EX = structure("linalg_lu_factor", "LU pivots"), structure("linalg_lu_factor_ex", "LU pivots info")
_PLU, _UNPACKED = structure("linalg_lu", "P L U"), structure("lu_unpack", "P L U")
_LDL, _LDL_EX = structure("linalg_ldl_factor", "LD pivots"), structure("linalg_ldl_factor_ex", "LD pivots info")
_WITH_INFO = structure("_lu_with_info", "LU pivots info")


def _room(name):
    """A binding reached as `torch.linalg.<name>` only."""
    return binding(f"_linalg_public_{name}", method=False, function=False, python=f"linalg.{name}")


@_room("lu_factor")
def lu_factor(A, *, pivot=True, out=None):
    """(LU, pivots) of matrices (*, m, n): both triangles in one matrix, min(m, n) row exchanges counted from 1.

    A is float32, float64 or complex. LinAlgError where a pivot is zero, RuntimeError for pivot=False, which LAPACK does not have.
    Source: torch.linalg.lu_factor.
    """
    return _LU(*given(out, *linalg_lu_factor_ex(A, pivot=pivot, check_errors=True)[:2], lies=True))


@_room("lu_factor_ex")
def lu_factor_ex(A, *, pivot=True, check_errors=False, out=None):
    """(LU, pivots, info) of matrices (*, m, n): `lu_factor`, where info is 0 or the first pivot, from 1, that is zero.

    Source: torch.linalg.lu_factor_ex.
    """
    return _LU_EX(*given(out, *linalg_lu_factor_ex(A, pivot=pivot, check_errors=check_errors), lies=True))


def _unpacked(packed, pivots, data, exchanges):
    p, low, up = lu_unpack_op(packed, pivots, data, exchanges)
    return p.detach(), low, up  # a permutation has no gradient


@_room("lu")
def lu(A, *, pivot=True, out=None):
    """(P, L, U) with A = P L U for matrices (*, m, n): P is (*, m, m), L (*, m, k) with ones on its diagonal, U (*, k, n).

    A is float32, float64 or complex, k = min(m, n). RuntimeError for pivot=False. Source: torch.linalg.lu.
    """
    if A.ndim < 2:
        raise RuntimeError(f"linalg.lu: Expected tensor with 2 or more dimensions. Got size: {list(A.shape)} instead")
    if A.dtype.category < 2 or A.dtype.itemsize < 4:
        raise NotImplementedError(f"\"lu_cpu\" not implemented for '{A.dtype.scalar_name}'")
    packed, pivots, _ = linalg_lu_factor_ex(A, pivot=pivot)
    return _PLU(*given(out, *_unpacked(packed, pivots, True, True)))


@binding("lu_unpack", method=False)
def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True, *, out=None):
    """(P, L, U) from the (*, m, n) factors and the int32 pivots of `lu_factor`; what is not unpacked is empty.

    RuntimeError for pivots of another dtype or beyond the matrix. Source: torch.lu_unpack.
    """
    return _UNPACKED(*given(out, *_unpacked(LU_data, LU_pivots, unpack_data, unpack_pivots)))


@_room("lu_solve")
def lu_solve_of(LU, pivots, B, *, left=True, adjoint=False, out=None):
    """X of B's shape with A X = B, or X A = B, from `lu_factor(A)`; with adjoint=True A^H stands for A.

    LU (*, n, n) and pivots (*, n) broadcast with B (*, n, k), or (*, k, n) for left=False; all of one dtype.
    RuntimeError for shapes that do not fit. Source: torch.linalg.lu_solve.
    """
    return given(out, linalg_lu_solve_op(LU, pivots, B, left=left, adjoint=adjoint), lies=True)


@binding("lu_solve")
def lu_solve(input, LU_data, LU_pivots, *, out=None):
    """The older name of linalg.lu_solve, right-hand side first."""
    notices.once(
        "torch.lu_solve is deprecated in favor of torch.linalg.lu_solve and will be removed in a future PyTorch release.\n"
        "Note that torch.linalg.lu_solve has its arguments reversed.\nX = torch.lu_solve(B, LU, pivots)\n"
        "should be replaced with\nX = torch.linalg.lu_solve(LU, pivots, B)"
    )
    return given(out, linalg_lu_solve_op(LU_data, LU_pivots, input), lies=True)


@binding("lu")
def lu_packed(A, pivot=True, get_infos=False, out=None):
    """The older name of linalg.lu_factor; with get_infos of linalg.lu_factor_ex."""
    notices.once(
        "torch.lu is deprecated in favor of torch.linalg.lu_factor / torch.linalg.lu_factor_ex and will be removed in a future PyTorch "
        "release.\nLU, pivots = torch.lu(A, compute_pivots)\nshould be replaced with\nLU, pivots = torch.linalg.lu_factor(A, "
        "compute_pivots)\nand\nLU, pivots, info = torch.lu(A, compute_pivots, get_infos=True)\nshould be replaced with\n"
        "LU, pivots, info = torch.linalg.lu_factor_ex(A, compute_pivots)"
    )
    found = linalg_lu_factor_ex(A, pivot=pivot, check_errors=not get_infos)
    found = _WITH_INFO(*found) if get_infos else tuple(found[:2])
    if out is None:
        return found
    if not isinstance(out, (tuple, list)):
        raise TypeError(f"argument 'out' must be tuple of Tensors, not {type(out).__name__}")
    if len(out) != len(found):
        raise TypeError(f"expected tuple of {len(found)} elements but got {len(out)}")
    for t, value in zip(out, found, strict=True):  # torch's is a Python function: it resizes without a word and casts to any dtype
        t.resize_as_(value).copy_(value)
    return out


@_room("ldl_factor")
def ldl_factor(A, *, hermitian=False, out=None):
    """(LD, pivots) with A = L D L^T (L^H if hermitian): D has blocks of one or two, L ones on its diagonal.

    A is symmetric (Hermitian), (*, n, n); its lower triangle is read. Two equal negative pivots mark a block of two.
    LinAlgError where D is singular. Source: torch.linalg.ldl_factor; Bunch and Kaufman (1977).
    """
    return _LDL(*given(out, *linalg_ldl_factor_ex_op(A, hermitian=hermitian, check_errors=True)[:2], lies=True))


@_room("ldl_factor_ex")
def ldl_factor_ex(A, *, hermitian=False, check_errors=False, out=None):
    """(LD, pivots, info): `ldl_factor`, where info is 0 or the first pivot, from 1, that is zero.

    Source: torch.linalg.ldl_factor_ex.
    """
    return _LDL_EX(*given(out, *linalg_ldl_factor_ex_op(A, hermitian=hermitian, check_errors=check_errors), lies=True))


@_room("ldl_solve")
def ldl_solve(LD, pivots, B, *, hermitian=False, out=None):
    """X (*, n, k) with A X = B from `ldl_factor(A)`; the batches of LD (*, n, n) and B (*, n, k) broadcast.

    RuntimeError for shapes and dtypes that do not fit. Source: torch.linalg.ldl_solve.
    """
    return given(out, linalg_ldl_solve_op(LD, pivots, B, hermitian=hermitian), lies=True)
