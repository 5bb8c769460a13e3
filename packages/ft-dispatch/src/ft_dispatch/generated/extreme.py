"""Wrappers of the `extreme` family, generated from ft_dispatch/ops/extreme.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_amax = OPS['amax']
_amax_table = _amax.table


def amax(input, dim=(), keepdim=False, *, out=None):
    """Largest element; equal ones share the gradient.

    aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _amax_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_amax, amax, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_amin = OPS['amin']
_amin_table = _amin.table


def amin(input, dim=(), keepdim=False, *, out=None):
    """Smallest element; equal ones share the gradient.

    aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _amin_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_amin, amin, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_aminmax = OPS['aminmax']
_aminmax_table = _aminmax.table


def aminmax(input, *, dim=None, keepdim=False, out=None):
    """Smallest and largest element.

    aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _aminmax_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_aminmax, aminmax, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)


_argmax = OPS['argmax']
_argmax_table = _argmax.table


def argmax(input, dim=None, keepdim=False, *, out=None):
    """Place of the largest element, the first of equal ones.

    aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _argmax_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_argmax, argmax, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_argmin = OPS['argmin']
_argmin_table = _argmin.table


def argmin(input, dim=None, keepdim=False, *, out=None):
    """Place of the smallest element, the first of equal ones.

    aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _argmin_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_argmin, argmin, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_max = OPS['max']
_max_table = _max.table


def max(input, *, out=None):
    """Largest element.

    aten::max(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _max_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_max, max, (input,), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_max_dim = OPS['max.dim']
_max_dim_table = _max_dim.table


def max_dim(input, dim, keepdim=False, *, out=None):
    """Largest element along a dimension and its first place.

    aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _max_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_max_dim, max_dim, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)


_min = OPS['min']
_min_table = _min.table


def min(input, *, out=None):
    """Smallest element.

    aten::min(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _min_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_min, min, (input,), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_min_dim = OPS['min.dim']
_min_dim_table = _min_dim.table


def min_dim(input, dim, keepdim=False, *, out=None):
    """Smallest element along a dimension and its first place.

    aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _min_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_min_dim, min_dim, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)
