"""Wrappers of the `linalg_lu` family, generated from ft_dispatch/ops/linalg_lu.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_linalg_ldl_factor_ex = OPS['linalg_ldl_factor_ex']
table_linalg_ldl_factor_ex = op_linalg_ldl_factor_ex.table


def linalg_ldl_factor_ex(input, *, hermitian=False, check_errors=False):
    """L and the blocks of D in one matrix, Bunch and Kaufman's pivots, and the first zero pivot.

    aten::linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_linalg_ldl_factor_ex[keys]
        leaf, ok, hermitian, check_errors, = memo[input._a.shape, hermitian, check_errors]
        arr = st.run(leaf, input._a, hermitian, check_errors, out=dest)
    except _MISS:
        return call(op_linalg_ldl_factor_ex, linalg_ldl_factor_ex, (input, hermitian, check_errors))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, hermitian, check_errors)


op_linalg_ldl_solve = OPS['linalg_ldl_solve']
table_linalg_ldl_solve = op_linalg_ldl_solve.table


def linalg_ldl_solve(LD, pivots, B, *, hermitian=False):
    """X with A X = B from the LDL factors of A.

    aten::linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor
    """
    try:
        st = TL.st
        keys = LD._k | pivots._k | B._k | st.bits
        dest, rec, dense, memo = table_linalg_ldl_solve[keys]
        leaf, ok, hermitian, = memo[LD._a.shape, pivots._a.shape, B._a.shape, hermitian]
        arr = st.run(leaf, LD._a, pivots._a, B._a, hermitian, out=dest)
    except _MISS:
        return call(op_linalg_ldl_solve, linalg_ldl_solve, (LD, pivots, B, hermitian))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, LD, pivots, B, hermitian)


op_linalg_lu_factor_ex = OPS['linalg_lu_factor_ex']
table_linalg_lu_factor_ex = op_linalg_lu_factor_ex.table


def linalg_lu_factor_ex(A, *, pivot=True, check_errors=False):
    """LU factors in one matrix, row exchanges, and the first zero pivot.

    aten::linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)
    """
    try:
        st = TL.st
        keys = A._k | st.bits
        dest, rec, dense, memo = table_linalg_lu_factor_ex[keys]
        leaf, ok, pivot, check_errors, = memo[A._a.shape, pivot, check_errors]
        arr = st.run(leaf, A._a, pivot, check_errors, out=dest)
    except _MISS:
        return call(op_linalg_lu_factor_ex, linalg_lu_factor_ex, (A, pivot, check_errors))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, A, pivot, check_errors)


op_linalg_lu_solve = OPS['linalg_lu_solve']
table_linalg_lu_solve = op_linalg_lu_solve.table


def linalg_lu_solve(LU, pivots, B, *, left=True, adjoint=False):
    """X with A X = B (X A = B; the adjoint of A in its place) from the LU factors of A.

    aten::linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor
    """
    try:
        st = TL.st
        keys = LU._k | pivots._k | B._k | st.bits
        dest, rec, dense, memo = table_linalg_lu_solve[keys]
        leaf, ok, left, adjoint, = memo[LU._a.shape, pivots._a.shape, B._a.shape, left, adjoint]
        arr = st.run(leaf, LU._a, pivots._a, B._a, left, adjoint, out=dest)
    except _MISS:
        return call(op_linalg_lu_solve, linalg_lu_solve, (LU, pivots, B, left, adjoint))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, LU, pivots, B, left, adjoint)


op_lu_unpack = OPS['lu_unpack']
table_lu_unpack = op_lu_unpack.table


def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True):
    """Permutation matrix and triangular factors from what lu_factor gives.

    aten::lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)
    """
    try:
        st = TL.st
        keys = LU_data._k | LU_pivots._k | st.bits
        dest, rec, dense, memo = table_lu_unpack[keys]
        leaf, ok, unpack_data, unpack_pivots, = memo[LU_data._a.shape, LU_pivots._a.shape, unpack_data, unpack_pivots]
        arr = st.run(leaf, LU_data._a, LU_pivots._a, unpack_data, unpack_pivots, out=dest)
    except _MISS:
        return call(op_lu_unpack, lu_unpack, (LU_data, LU_pivots, unpack_data, unpack_pivots))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, LU_data, LU_pivots, unpack_data, unpack_pivots)
