"""Wrappers of the `reduction` family, generated from ft_dispatch/ops/reduction.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_all = OPS['all']
table_all = op_all.table


def all(input, *, out=None):
    """Whether every element is true.

    aten::all(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_all[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_all, all, (input,), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_all_dim = OPS['all.dim']
table_all_dim = op_all_dim.table


def all_dim(input, dim, keepdim=False, *, out=None):
    """Whether every element along a dimension is true.

    aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_all_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_all_dim, all_dim, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_all_dims = OPS['all.dims']
table_all_dims = op_all_dims.table


def all_dims(input, dim=None, keepdim=False, *, out=None):
    """Whether every element along dimensions is true.

    aten::all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_all_dims[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_all_dims, all_dims, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_any = OPS['any']
table_any = op_any.table


def any(input, *, out=None):
    """Whether some element is true.

    aten::any(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_any[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_any, any, (input,), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_any_dim = OPS['any.dim']
table_any_dim = op_any_dim.table


def any_dim(input, dim, keepdim=False, *, out=None):
    """Whether some element along a dimension is true.

    aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_any_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_any_dim, any_dim, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_any_dims = OPS['any.dims']
table_any_dims = op_any_dims.table


def any_dims(input, dim=None, keepdim=False, *, out=None):
    """Whether some element along dimensions is true.

    aten::any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_any_dims[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_any_dims, any_dims, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_count_nonzero = OPS['count_nonzero']
table_count_nonzero = op_count_nonzero.table


def count_nonzero(input, dim=None):
    """How many elements are not zero.

    aten::count_nonzero(Tensor self, int? dim=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_count_nonzero[keys]
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_count_nonzero, count_nonzero, (input, dim))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim)


op_count_nonzero_dim_IntList = OPS['count_nonzero.dim_IntList']
table_count_nonzero_dim_IntList = op_count_nonzero_dim_IntList.table


def count_nonzero_dim_IntList(input, dim):
    """How many elements along dimensions are not zero.

    aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_count_nonzero_dim_IntList[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, = memo[input._a.shape, dim]
        arr = st.run(leaf, input._a, dim, out=dest)
    except _MISS:
        return call(op_count_nonzero_dim_IntList, count_nonzero_dim_IntList, (input, dim))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim)


op_linalg_vector_norm = OPS['linalg_vector_norm']
table_linalg_vector_norm = op_linalg_vector_norm.table


def linalg_vector_norm(input, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    """p-norm of the elements along dimensions.

    aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_linalg_vector_norm[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, ord, dim, keepdim, dtype, = memo[input._a.shape, ord, dim, keepdim, dtype]
        arr = st.run(leaf, input._a, ord, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(op_linalg_vector_norm, linalg_vector_norm, (input, ord, dim, keepdim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, ord, dim, keepdim, dtype)


op_logsumexp = OPS['logsumexp']
table_logsumexp = op_logsumexp.table


def logsumexp(input, dim, keepdim=False, *, out=None):
    """log of the sum of exponentials, without overflow.

    aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_logsumexp[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_logsumexp, logsumexp, (input, dim, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim)


op_mean = OPS['mean']
table_mean = op_mean.table


def mean(input, *, dtype=None, out=None):
    """Arithmetic mean.

    aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_mean[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dtype, = memo[input._a.shape, dtype]
        arr = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(op_mean, mean, (input, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dtype)


op_mean_dim = OPS['mean.dim']
table_mean_dim = op_mean_dim.table


def mean_dim(input, dim, keepdim=False, *, dtype=None, out=None):
    """Arithmetic mean along dimensions.

    aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_mean_dim[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        arr = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(op_mean_dim, mean_dim, (input, dim, keepdim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, dtype)


op_nansum = OPS['nansum']
table_nansum = op_nansum.table


def nansum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    """Sum, NaN counted as zero.

    aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_nansum[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        arr = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(op_nansum, nansum, (input, dim, keepdim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, dtype)


op_norm_Scalar = OPS['norm.Scalar']


def norm_Scalar(input, p=2):
    """p-norm of all elements.

    aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_norm_Scalar, norm_Scalar, (input, p))
    if keys & 4331608735776:
        return call(op_norm_Scalar, norm_Scalar, (input, p))
    return op_norm_Scalar.decomposition(*canonical(op_norm_Scalar, (input, p)))


op_norm_ScalarOpt_dim = OPS['norm.ScalarOpt_dim']


def norm_ScalarOpt_dim(input, p, dim, keepdim=False):
    """p-norm along dimensions.

    aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_norm_ScalarOpt_dim, norm_ScalarOpt_dim, (input, p, dim, keepdim))
    if keys & 4331608735776:
        return call(op_norm_ScalarOpt_dim, norm_ScalarOpt_dim, (input, p, dim, keepdim))
    return op_norm_ScalarOpt_dim.decomposition(*canonical(op_norm_ScalarOpt_dim, (input, p, dim, keepdim)))


op_norm_ScalarOpt_dim_dtype = OPS['norm.ScalarOpt_dim_dtype']


def norm_ScalarOpt_dim_dtype(input, p, dim, keepdim, *, dtype):
    """p-norm along dimensions, computed in `dtype`.

    aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_norm_ScalarOpt_dim_dtype, norm_ScalarOpt_dim_dtype, (input, p, dim, keepdim, dtype))
    if keys & 4331608735776:
        return call(op_norm_ScalarOpt_dim_dtype, norm_ScalarOpt_dim_dtype, (input, p, dim, keepdim, dtype))
    return op_norm_ScalarOpt_dim_dtype.decomposition(*canonical(op_norm_ScalarOpt_dim_dtype, (input, p, dim, keepdim, dtype)))


op_norm_ScalarOpt_dtype = OPS['norm.ScalarOpt_dtype']


def norm_ScalarOpt_dtype(input, p, *, dtype):
    """p-norm of all elements, computed in `dtype`.

    aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_norm_ScalarOpt_dtype, norm_ScalarOpt_dtype, (input, p, dtype))
    if keys & 4331608735776:
        return call(op_norm_ScalarOpt_dtype, norm_ScalarOpt_dtype, (input, p, dtype))
    return op_norm_ScalarOpt_dtype.decomposition(*canonical(op_norm_ScalarOpt_dtype, (input, p, dtype)))


op_prod = OPS['prod']
table_prod = op_prod.table


def prod(input, *, dtype=None, out=None):
    """Product of all elements.

    aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_prod[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dtype, = memo[input._a.shape, dtype]
        arr = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(op_prod, prod, (input, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dtype)


op_prod_dim_int = OPS['prod.dim_int']
table_prod_dim_int = op_prod_dim_int.table


def prod_dim_int(input, dim, keepdim=False, *, dtype=None, out=None):
    """Product along a dimension.

    aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_prod_dim_int[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        arr = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(op_prod_dim_int, prod_dim_int, (input, dim, keepdim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, dtype)


op_sum = OPS['sum']
table_sum = op_sum.table


def sum(input, *, dtype=None, out=None):
    """Sum of all elements; integers are added as int64.

    aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_sum[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dtype, = memo[input._a.shape, dtype]
        arr = st.run(leaf, input._a, dtype, out=dest)
    except _MISS:
        return call(op_sum, sum, (input, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dtype)


op_sum_dim_IntList = OPS['sum.dim_IntList']
table_sum_dim_IntList = op_sum_dim_IntList.table


def sum_dim_IntList(input, dim, keepdim=False, *, dtype=None, out=None):
    """Sum along dimensions; integers are added as int64.

    aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_sum_dim_IntList[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, keepdim, dtype, = memo[input._a.shape, dim, keepdim, dtype]
        arr = st.run(leaf, input._a, dim, keepdim, dtype, out=dest)
    except _MISS:
        return call(op_sum_dim_IntList, sum_dim_IntList, (input, dim, keepdim, dtype), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, keepdim, dtype)
