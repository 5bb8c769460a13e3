"""Wrappers of the `extreme` family, generated from ft_dispatch/ops/extreme.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_amax = OPS['amax']
table_amax = op_amax.table


def amax(input, dim=(), keepdim=False, *, out=None):
    """Largest element; equal ones share the gradient.

    aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_amax[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_amax, amax, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_amin = OPS['amin']
table_amin = op_amin.table


def amin(input, dim=(), keepdim=False, *, out=None):
    """Smallest element; equal ones share the gradient.

    aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_amin[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_amin, amin, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_aminmax = OPS['aminmax']
table_aminmax = op_aminmax.table


def aminmax(input, *, dim=None, keepdim=False, out=None):
    """Smallest and largest element.

    aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_aminmax[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_aminmax, aminmax, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)


op_argmax = OPS['argmax']
table_argmax = op_argmax.table


def argmax(input, dim=None, keepdim=False, *, out=None):
    """Place of the largest element, the first of equal ones.

    aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_argmax[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_argmax, argmax, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_argmin = OPS['argmin']
table_argmin = op_argmin.table


def argmin(input, dim=None, keepdim=False, *, out=None):
    """Place of the smallest element, the first of equal ones.

    aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_argmin[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_argmin, argmin, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_max = OPS['max']
table_max = op_max.table


def max(input, *, out=None):
    """Largest element.

    aten::max(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_max[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_max, max, (input,), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_max_dim = OPS['max.dim']
table_max_dim = op_max_dim.table


def max_dim(input, dim, keepdim=False, *, out=None):
    """Largest element along a dimension and its first place.

    aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_max_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_max_dim, max_dim, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)


op_min = OPS['min']
table_min = op_min.table


def min(input, *, out=None):
    """Smallest element.

    aten::min(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_min[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_min, min, (input,), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_min_dim = OPS['min.dim']
table_min_dim = op_min_dim.table


def min_dim(input, dim, keepdim=False, *, out=None):
    """Smallest element along a dimension and its first place.

    aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_min_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_min_dim, min_dim, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)
