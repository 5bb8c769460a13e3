"""Wrappers of the `linalg_solve` family, generated from ft_dispatch/ops/linalg_solve.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__linalg_det = OPS['_linalg_det']
table__linalg_det = op__linalg_det.table


def _linalg_det(A):
    """Determinant, and the LU factors it is read from.

    aten::_linalg_det(Tensor A) -> (Tensor result, Tensor LU, Tensor pivots)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table__linalg_det[keys]
        leaf, ok = memo[A._a.shape]
        arr = st.run(leaf, A._a, out=dest)
    except _MISS:
        return call(op__linalg_det, _linalg_det, (A,))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A)


op__linalg_slogdet = OPS['_linalg_slogdet']
table__linalg_slogdet = op__linalg_slogdet.table


def _linalg_slogdet(A):
    """Sign and log of the modulus of the determinant, and the LU factors.

    aten::_linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table__linalg_slogdet[keys]
        leaf, ok = memo[A._a.shape]
        arr = st.run(leaf, A._a, out=dest)
    except _MISS:
        return call(op__linalg_slogdet, _linalg_slogdet, (A,))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A)


op__linalg_solve_ex = OPS['_linalg_solve_ex']
table__linalg_solve_ex = op__linalg_solve_ex.table


def _linalg_solve_ex(A, B, *, left=True, check_errors=False):
    """X with A X = B (or X A = B), and the LU factors of A.

    aten::_linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor LU, Tensor pivots, Tensor info)
    """
    try:
        st = TL.st
        keys = A._k | B._k | st.bits
        dest, rec, dense, memo = table__linalg_solve_ex[keys]
        leaf, ok, left, check_errors, = memo[A._a.shape, B._a.shape, left, check_errors]
        arr = st.run(leaf, A._a, B._a, left, check_errors, out=dest)
    except _MISS:
        return call(op__linalg_solve_ex, _linalg_solve_ex, (A, B, left, check_errors))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, B, left, check_errors)


op_cholesky_inverse = OPS['cholesky_inverse']
table_cholesky_inverse = op_cholesky_inverse.table


def cholesky_inverse(input, upper=False, *, out=None):
    """Inverse of L L^H (or U^H U), given the factor.

    aten::cholesky_inverse(Tensor self, bool upper=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_cholesky_inverse[keys]
        if out is not None:
            raise KeyError
        leaf, ok, upper, = memo[input._a.shape, upper]
        arr = st.run(leaf, input._a, upper, out=dest)
    except _MISS:
        return call(op_cholesky_inverse, cholesky_inverse, (input, upper), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, upper)


op_cholesky_solve = OPS['cholesky_solve']
table_cholesky_solve = op_cholesky_solve.table


def cholesky_solve(input, input2, upper=False, *, out=None):
    """X with L L^H X = self (or U^H U), given the factor.

    aten::cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | input2._k | st.bits
        dest, rec, dense, memo = table_cholesky_solve[keys]
        if out is not None:
            raise KeyError
        leaf, ok, upper, = memo[input._a.shape, input2._a.shape, upper]
        arr = st.run(leaf, input._a, input2._a, upper, out=dest)
    except _MISS:
        return call(op_cholesky_solve, cholesky_solve, (input, input2, upper), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, input2, upper)


op_linalg_inv_ex = OPS['linalg_inv_ex']
table_linalg_inv_ex = op_linalg_inv_ex.table


def linalg_inv_ex(A, *, check_errors=False):
    """Inverse, and where a singular matrix stopped.

    aten::linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table_linalg_inv_ex[keys]
        leaf, ok, check_errors, = memo[A._a.shape, check_errors]
        arr = st.run(leaf, A._a, check_errors, out=dest)
    except _MISS:
        return call(op_linalg_inv_ex, linalg_inv_ex, (A, check_errors))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, check_errors)


op_linalg_pinv_atol_rtol_tensor = OPS['linalg_pinv.atol_rtol_tensor']
table_linalg_pinv_atol_rtol_tensor = op_linalg_pinv_atol_rtol_tensor.table


def linalg_pinv_atol_rtol_tensor(input, *, atol=None, rtol=None, hermitian=False):
    """Moore-Penrose inverse; singular values up to max(atol, rtol * largest) count as 0.

    aten::linalg_pinv.atol_rtol_tensor(Tensor self, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_atol = None
        if atol is not None:
            keys |= atol._k
            a_atol = atol._a
        a_rtol = None
        if rtol is not None:
            keys |= rtol._k
            a_rtol = rtol._a
        dest, rec, dense, memo = table_linalg_pinv_atol_rtol_tensor[keys]
        leaf, ok, hermitian, = memo[input._a.shape, None if a_atol is None else a_atol.shape, None if a_rtol is None else a_rtol.shape, hermitian]
        arr = st.run(leaf, input._a, a_atol, a_rtol, hermitian, out=dest)
    except _MISS:
        return call(op_linalg_pinv_atol_rtol_tensor, linalg_pinv_atol_rtol_tensor, (input, atol, rtol, hermitian))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, atol, rtol, hermitian)


op_linalg_solve_triangular = OPS['linalg_solve_triangular']
table_linalg_solve_triangular = op_linalg_solve_triangular.table


def linalg_solve_triangular(input, B, *, upper, left=True, unitriangular=False, out=None):
    """X with A X = B (or X A = B) for triangular A.

    aten::linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | B._k | st.bits
        dest, rec, dense, memo = table_linalg_solve_triangular[keys]
        if out is not None:
            raise KeyError
        leaf, ok, upper, left, unitriangular, = memo[input._a.shape, B._a.shape, upper, left, unitriangular]
        arr = st.run(leaf, input._a, B._a, upper, left, unitriangular, out=dest)
    except _MISS:
        return call(op_linalg_solve_triangular, linalg_solve_triangular, (input, B, upper, left, unitriangular), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, B, upper, left, unitriangular)
