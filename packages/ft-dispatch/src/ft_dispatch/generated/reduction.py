"""Wrappers of the `reduction` family, generated from ft_dispatch/ops/reduction.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_all = OPS['all']
_all_table = _all.table


def all(input, *, out=None):
    """Whether every element is true.

    aten::all(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _all_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_all, all, (input,), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_all_dim = OPS['all.dim']
_all_dim_table = _all_dim.table


def all_dim(input, dim, keepdim=False, *, out=None):
    """Whether every element along a dimension is true.

    aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _all_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_all_dim, all_dim, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_all_dims = OPS['all.dims']
_all_dims_table = _all_dims.table


def all_dims(input, dim=None, keepdim=False, *, out=None):
    """Whether every element along dimensions is true.

    aten::all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _all_dims_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_all_dims, all_dims, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_any = OPS['any']
_any_table = _any.table


def any(input, *, out=None):
    """Whether some element is true.

    aten::any(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _any_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_any, any, (input,), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_any_dim = OPS['any.dim']
_any_dim_table = _any_dim.table


def any_dim(input, dim, keepdim=False, *, out=None):
    """Whether some element along a dimension is true.

    aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _any_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_any_dim, any_dim, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_any_dims = OPS['any.dims']
_any_dims_table = _any_dims.table


def any_dims(input, dim=None, keepdim=False, *, out=None):
    """Whether some element along dimensions is true.

    aten::any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _any_dims_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_any_dims, any_dims, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_count_nonzero = OPS['count_nonzero']
_count_nonzero_table = _count_nonzero.table


def count_nonzero(input, dim=None):
    """How many elements are not zero.

    aten::count_nonzero(Tensor self, int? dim=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _count_nonzero_table[k]
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_count_nonzero, count_nonzero, (input, dim))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim)


_count_nonzero_dim_IntList = OPS['count_nonzero.dim_IntList']
_count_nonzero_dim_IntList_table = _count_nonzero_dim_IntList.table


def count_nonzero_dim_IntList(input, dim):
    """How many elements along dimensions are not zero.

    aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _count_nonzero_dim_IntList_table[k]
        ok, dim, = memo[input._a.shape, dim]
        a = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(_count_nonzero_dim_IntList, count_nonzero_dim_IntList, (input, dim))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim)


_linalg_vector_norm = OPS['linalg_vector_norm']
_linalg_vector_norm_table = _linalg_vector_norm.table


def linalg_vector_norm(input, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    """p-norm of the elements along dimensions.

    aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _linalg_vector_norm_table[k]
        if out is not None:
            raise KeyError
        ok, ord, dim, keepdim, dtype, = memo[input._a.shape, ord, dim, keepdim, dtype]
        a = st.run(leaf, input._a, ord, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(_linalg_vector_norm, linalg_vector_norm, (input, ord, dim, keepdim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, ord, dim, keepdim, dtype)


_logsumexp = OPS['logsumexp']
_logsumexp_table = _logsumexp.table


def logsumexp(input, dim, keepdim=False, *, out=None):
    """log of the sum of exponentials, without overflow.

    aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _logsumexp_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_logsumexp, logsumexp, (input, dim, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim)


_mean = OPS['mean']
_mean_table = _mean.table


def mean(input, *, dtype=None, out=None):
    """Arithmetic mean.

    aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _mean_table[k]
        if out is not None:
            raise KeyError
        ok, dtype, = memo[input._a.shape, dtype]
        a = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(_mean, mean, (input, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dtype)


_mean_dim = OPS['mean.dim']
_mean_dim_table = _mean_dim.table


def mean_dim(input, dim, keepdim=False, *, dtype=None, out=None):
    """Arithmetic mean along dimensions.

    aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _mean_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        a = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(_mean_dim, mean_dim, (input, dim, keepdim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim, dtype)


_nansum = OPS['nansum']
_nansum_table = _nansum.table


def nansum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    """Sum, NaN counted as zero.

    aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _nansum_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        a = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(_nansum, nansum, (input, dim, keepdim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim, dtype)


_norm_Scalar = OPS['norm.Scalar']


def norm_Scalar(input, p=2):
    """p-norm of all elements.

    aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor
    """
    return call(_norm_Scalar, norm_Scalar, (input, p))


_norm_ScalarOpt_dim = OPS['norm.ScalarOpt_dim']


def norm_ScalarOpt_dim(input, p, dim, keepdim=False):
    """p-norm along dimensions.

    aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor
    """
    return call(_norm_ScalarOpt_dim, norm_ScalarOpt_dim, (input, p, dim, keepdim))


_norm_ScalarOpt_dim_dtype = OPS['norm.ScalarOpt_dim_dtype']


def norm_ScalarOpt_dim_dtype(input, p, dim, keepdim, *, dtype):
    """p-norm along dimensions, computed in `dtype`.

    aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor
    """
    return call(_norm_ScalarOpt_dim_dtype, norm_ScalarOpt_dim_dtype, (input, p, dim, keepdim, dtype))


_norm_ScalarOpt_dtype = OPS['norm.ScalarOpt_dtype']


def norm_ScalarOpt_dtype(input, p, *, dtype):
    """p-norm of all elements, computed in `dtype`.

    aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor
    """
    return call(_norm_ScalarOpt_dtype, norm_ScalarOpt_dtype, (input, p, dtype))


_prod = OPS['prod']
_prod_table = _prod.table


def prod(input, *, dtype=None, out=None):
    """Product of all elements.

    aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _prod_table[k]
        if out is not None:
            raise KeyError
        ok, dtype, = memo[input._a.shape, dtype]
        a = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(_prod, prod, (input, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dtype)


_prod_dim_int = OPS['prod.dim_int']
_prod_dim_int_table = _prod_dim_int.table


def prod_dim_int(input, dim, keepdim=False, *, dtype=None, out=None):
    """Product along a dimension.

    aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _prod_dim_int_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        a = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(_prod_dim_int, prod_dim_int, (input, dim, keepdim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim, dtype)


_sum = OPS['sum']
_sum_table = _sum.table


def sum(input, *, dtype=None, out=None):
    """Sum of all elements; integers are added as int64.

    aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _sum_table[k]
        if out is not None:
            raise KeyError
        ok, dtype, = memo[input._a.shape, dtype]
        a = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(_sum, sum, (input, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dtype)


_sum_dim_IntList = OPS['sum.dim_IntList']
_sum_dim_IntList_table = _sum_dim_IntList.table


def sum_dim_IntList(input, dim, keepdim=False, *, dtype=None, out=None):
    """Sum along dimensions; integers are added as int64.

    aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _sum_dim_IntList_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        a = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(_sum_dim_IntList, sum_dim_IntList, (input, dim, keepdim, dtype), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, keepdim, dtype)
