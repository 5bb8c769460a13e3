"""Wrappers of the `linalg_reflectors` family, generated from ft_dispatch/ops/linalg_reflectors.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_geqrf = OPS['geqrf']
table_geqrf = op_geqrf.table


def geqrf(input):
    """QR as R above the reflections' vectors, and their factors.

    aten::geqrf(Tensor self) -> (Tensor a, Tensor tau)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_geqrf[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_geqrf, geqrf, (input,))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input)


op_linalg_householder_product = OPS['linalg_householder_product']
table_linalg_householder_product = op_linalg_householder_product.table


def linalg_householder_product(input, tau):
    """The first columns of a product of reflections.

    aten::linalg_householder_product(Tensor input, Tensor tau) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | tau._k | st.bits
        dest, rec, dense, memo = table_linalg_householder_product[keys]
        leaf, ok = memo[input._a.shape, tau._a.shape]
        arr = st.run(leaf, input._a, tau._a, out=dest)
    except _MISS:
        return call(op_linalg_householder_product, linalg_householder_product, (input, tau))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, tau)


op_ormqr = OPS['ormqr']
table_ormqr = op_ormqr.table


def ormqr(input, input2, input3, left=True, transpose=False):
    """A matrix times a product of reflections, from either side.

    aten::ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | input2._k | input3._k | st.bits
        dest, rec, dense, memo = table_ormqr[keys]
        leaf, ok, left, transpose, = memo[input._a.shape, input2._a.shape, input3._a.shape, left, transpose]
        arr = st.run(leaf, input._a, input2._a, input3._a, left, transpose, out=dest)
    except _MISS:
        return call(op_ormqr, ormqr, (input, input2, input3, left, transpose))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, input2, input3, left, transpose)
