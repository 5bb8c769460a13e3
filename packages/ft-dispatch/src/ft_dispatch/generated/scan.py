"""Wrappers of the `scan` family, generated from ft_dispatch/ops/scan.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_cummax = OPS['cummax']
_cummax_table = _cummax.table


def cummax(input, dim, *, out=None):
    """Running maximum and the last place that reached it.

    aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _cummax_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_cummax, cummax, (input, dim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim)


_cummin = OPS['cummin']
_cummin_table = _cummin.table


def cummin(input, dim, *, out=None):
    """Running minimum and the last place that reached it.

    aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _cummin_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_cummin, cummin, (input, dim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim)


_cumprod = OPS['cumprod']
_cumprod_table = _cumprod.table


def cumprod(input, dim, *, dtype=None, out=None):
    """Running product.

    aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _cumprod_table[k]
        if out is not None:
            raise KeyError
        ok, dim, dtype, = memo[input._a.shape, dim, dtype]
        a = st.run(leaf, input._a, dim, dtype, out=dest)
    except _MISS:
        return call(_cumprod, cumprod, (input, dim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, dtype)


def cumprod_(input, dim, *, dtype=None):
    """In-place form of `cumprod`."""
    return call_inplace(_cumprod, cumprod_, (input, dim, dtype))


_cumsum = OPS['cumsum']
_cumsum_table = _cumsum.table


def cumsum(input, dim, *, dtype=None, out=None):
    """Running sum.

    aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _cumsum_table[k]
        if out is not None:
            raise KeyError
        ok, dim, dtype, = memo[input._a.shape, dim, dtype]
        a = st.run(leaf, input._a, dim, dtype, out=dest)
    except _MISS:
        return call(_cumsum, cumsum, (input, dim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, dtype)


def cumsum_(input, dim, *, dtype=None):
    """In-place form of `cumsum`."""
    return call_inplace(_cumsum, cumsum_, (input, dim, dtype))


_cumulative_trapezoid_dx = OPS['cumulative_trapezoid.dx']


def cumulative_trapezoid_dx(y, *, dx=1, dim=-1):
    """Running integral by the trapezoid rule, even spacing.

    aten::cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor
    """
    return call(_cumulative_trapezoid_dx, cumulative_trapezoid_dx, (y, dx, dim))


_cumulative_trapezoid_x = OPS['cumulative_trapezoid.x']


def cumulative_trapezoid_x(y, x, *, dim=-1):
    """Running integral by the trapezoid rule over points x.

    aten::cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor
    """
    return call(_cumulative_trapezoid_x, cumulative_trapezoid_x, (y, x, dim))


_diff = OPS['diff']


def diff(input, n=1, dim=-1, prepend=None, append=None):
    """n-th difference along a dimension.

    aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor
    """
    return call(_diff, diff, (input, n, dim, prepend, append))


_logcumsumexp = OPS['logcumsumexp']
_logcumsumexp_table = _logcumsumexp.table


def logcumsumexp(input, dim, *, out=None):
    """Logarithm of the running sum of exponentials.

    aten::logcumsumexp(Tensor self, int dim) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _logcumsumexp_table[k]
        if out is not None:
            raise KeyError
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_logcumsumexp, logcumsumexp, (input, dim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim)


_trapezoid_dx = OPS['trapezoid.dx']


def trapezoid_dx(y, *, dx=1, dim=-1):
    """Integral by the trapezoid rule, even spacing.

    aten::trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor
    """
    return call(_trapezoid_dx, trapezoid_dx, (y, dx, dim))


_trapezoid_x = OPS['trapezoid.x']


def trapezoid_x(y, x, *, dim=-1):
    """Integral by the trapezoid rule over points x.

    aten::trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor
    """
    return call(_trapezoid_x, trapezoid_x, (y, x, dim))
