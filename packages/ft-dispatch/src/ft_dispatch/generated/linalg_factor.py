"""Wrappers of the `linalg_factor` family, generated from ft_dispatch/ops/linalg_factor.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__linalg_eigh = OPS['_linalg_eigh']
table__linalg_eigh = op__linalg_eigh.table


def _linalg_eigh(A, UPLO='L', compute_v=True):
    """Eigenvalues, ascending, and eigenvectors of a Hermitian matrix.

    aten::_linalg_eigh(Tensor A, str UPLO="L", bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table__linalg_eigh[keys]
        leaf, ok, UPLO, compute_v, = memo[A._a.shape, UPLO, compute_v]
        arr = st.run(leaf, A._a, UPLO, compute_v, out=dest)
    except _MISS:
        return call(op__linalg_eigh, _linalg_eigh, (A, UPLO, compute_v))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, UPLO, compute_v)


op__linalg_svd = OPS['_linalg_svd']
table__linalg_svd = op__linalg_svd.table


def _linalg_svd(A, full_matrices=False, compute_uv=True, *, driver=None):
    """Singular vectors and values, largest first.

    aten::_linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table__linalg_svd[keys]
        leaf, ok, full_matrices, compute_uv, driver, = memo[A._a.shape, full_matrices, compute_uv, driver]
        arr = st.run(leaf, A._a, full_matrices, compute_uv, driver, out=dest)
    except _MISS:
        return call(op__linalg_svd, _linalg_svd, (A, full_matrices, compute_uv, driver))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, full_matrices, compute_uv, driver)


op_linalg_cholesky_ex = OPS['linalg_cholesky_ex']
table_linalg_cholesky_ex = op_linalg_cholesky_ex.table


def linalg_cholesky_ex(input, *, upper=False, check_errors=False):
    """Cholesky factor, and where each factorization stopped.

    aten::linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_linalg_cholesky_ex[keys]
        leaf, ok, upper, check_errors, = memo[input._a.shape, upper, check_errors]
        arr = st.run(leaf, input._a, upper, check_errors, out=dest)
    except _MISS:
        return call(op_linalg_cholesky_ex, linalg_cholesky_ex, (input, upper, check_errors))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, upper, check_errors)


op_linalg_eig = OPS['linalg_eig']
table_linalg_eig = op_linalg_eig.table


def linalg_eig(input):
    """Complex eigenvalues and eigenvectors of a square matrix.

    aten::linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_linalg_eig[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_linalg_eig, linalg_eig, (input,))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input)


op_linalg_matrix_exp = OPS['linalg_matrix_exp']
table_linalg_matrix_exp = op_linalg_matrix_exp.table


def linalg_matrix_exp(input):
    """Sum of A^k / k!, of square matrices.

    aten::linalg_matrix_exp(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_linalg_matrix_exp[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_linalg_matrix_exp, linalg_matrix_exp, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_linalg_qr = OPS['linalg_qr']
table_linalg_qr = op_linalg_qr.table


def linalg_qr(A, mode='reduced'):
    """Orthogonal and upper triangular factors.

    aten::linalg_qr(Tensor A, str mode="reduced") -> (Tensor Q, Tensor R)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table_linalg_qr[keys]
        leaf, ok, mode, = memo[A._a.shape, mode]
        arr = st.run(leaf, A._a, mode, out=dest)
    except _MISS:
        return call(op_linalg_qr, linalg_qr, (A, mode))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, mode)
