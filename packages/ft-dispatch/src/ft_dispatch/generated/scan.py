"""Wrappers of the `scan` family, generated from ft_dispatch/ops/scan.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_cummax = OPS['cummax']
table_cummax = op_cummax.table


def cummax(input, dim, *, out=None):
    """Running maximum and the last place that reached it.

    aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_cummax[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_cummax, cummax, (input, dim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim)


op_cummin = OPS['cummin']
table_cummin = op_cummin.table


def cummin(input, dim, *, out=None):
    """Running minimum and the last place that reached it.

    aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_cummin[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_cummin, cummin, (input, dim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim)


op_cumprod = OPS['cumprod']
table_cumprod = op_cumprod.table


def cumprod(input, dim, *, dtype=None, out=None):
    """Running product.

    aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_cumprod[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, dtype, = memo[input._a.shape, dim, dtype]
        arr = st.run(leaf, input._a, dim, dtype, out=dest)
    except _MISS:
        return call(op_cumprod, cumprod, (input, dim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, dtype)


def cumprod_(input, dim, *, dtype=None):
    """In-place form of `cumprod`."""
    return call_inplace(op_cumprod, cumprod_, (input, dim, dtype))


op_cumsum = OPS['cumsum']
table_cumsum = op_cumsum.table


def cumsum(input, dim, *, dtype=None, out=None):
    """Running sum.

    aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_cumsum[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, dtype, = memo[input._a.shape, dim, dtype]
        arr = st.run(leaf, input._a, dim, dtype, out=dest)
    except _MISS:
        return call(op_cumsum, cumsum, (input, dim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, dtype)


def cumsum_(input, dim, *, dtype=None):
    """In-place form of `cumsum`."""
    return call_inplace(op_cumsum, cumsum_, (input, dim, dtype))


op_cumulative_trapezoid_dx = OPS['cumulative_trapezoid.dx']


def cumulative_trapezoid_dx(y, *, dx=1, dim=-1):
    """Running integral by the trapezoid rule, even spacing.

    aten::cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor
    """
    try:
        keys = y._k | TL.st.bits
    except AttributeError:
        return call(op_cumulative_trapezoid_dx, cumulative_trapezoid_dx, (y, dx, dim))
    if keys & 4331608735776:
        return call(op_cumulative_trapezoid_dx, cumulative_trapezoid_dx, (y, dx, dim))
    return op_cumulative_trapezoid_dx.decomposition(*canonical(op_cumulative_trapezoid_dx, (y, dx, dim)))


op_cumulative_trapezoid_x = OPS['cumulative_trapezoid.x']


def cumulative_trapezoid_x(y, x, *, dim=-1):
    """Running integral by the trapezoid rule over points x.

    aten::cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor
    """
    try:
        keys = y._k | x._k | TL.st.bits
    except AttributeError:
        return call(op_cumulative_trapezoid_x, cumulative_trapezoid_x, (y, x, dim))
    if keys & 4331608735776:
        return call(op_cumulative_trapezoid_x, cumulative_trapezoid_x, (y, x, dim))
    return op_cumulative_trapezoid_x.decomposition(*canonical(op_cumulative_trapezoid_x, (y, x, dim)))


op_diff = OPS['diff']


def diff(input, n=1, dim=-1, prepend=None, append=None, *, out=None):
    """n-th difference along a dimension.

    aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if prepend is not None:
            keys |= prepend._k
        if append is not None:
            keys |= append._k
    except AttributeError:
        return call(op_diff, diff, (input, n, dim, prepend, append), out)
    if keys & 4331608735776:
        return call(op_diff, diff, (input, n, dim, prepend, append), out)
    if out is not None:
        return call(op_diff, diff, (input, n, dim, prepend, append), out)
    return op_diff.decomposition(*canonical(op_diff, (input, n, dim, prepend, append)))


op_logcumsumexp = OPS['logcumsumexp']
table_logcumsumexp = op_logcumsumexp.table


def logcumsumexp(input, dim, *, out=None):
    """Logarithm of the running sum of exponentials.

    aten::logcumsumexp(Tensor self, int dim) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_logcumsumexp[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_logcumsumexp, logcumsumexp, (input, dim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim)


op_trapezoid_dx = OPS['trapezoid.dx']


def trapezoid_dx(y, *, dx=1, dim=-1):
    """Integral by the trapezoid rule, even spacing.

    aten::trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor
    """
    try:
        keys = y._k | TL.st.bits
    except AttributeError:
        return call(op_trapezoid_dx, trapezoid_dx, (y, dx, dim))
    if keys & 4331608735776:
        return call(op_trapezoid_dx, trapezoid_dx, (y, dx, dim))
    return op_trapezoid_dx.decomposition(*canonical(op_trapezoid_dx, (y, dx, dim)))


op_trapezoid_x = OPS['trapezoid.x']


def trapezoid_x(y, x, *, dim=-1):
    """Integral by the trapezoid rule over points x.

    aten::trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor
    """
    try:
        keys = y._k | x._k | TL.st.bits
    except AttributeError:
        return call(op_trapezoid_x, trapezoid_x, (y, x, dim))
    if keys & 4331608735776:
        return call(op_trapezoid_x, trapezoid_x, (y, x, dim))
    return op_trapezoid_x.decomposition(*canonical(op_trapezoid_x, (y, x, dim)))
