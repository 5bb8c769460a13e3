"""Wrappers of the `stats` family, generated from ft_dispatch/ops/stats.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_bincount = OPS['bincount']


def bincount(input, weights=None, minlength=0):
    """How often each number from 0 on occurs.

    aten::bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor
    """
    return call(op_bincount, bincount, (input, weights, minlength))


op_corrcoef = OPS['corrcoef']


def corrcoef(input):
    """Correlation of variables in rows.

    aten::corrcoef(Tensor self) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_corrcoef, corrcoef, (input,))
    if keys & 4331608735776:
        return call(op_corrcoef, corrcoef, (input,))
    return op_corrcoef.decomposition(*canonical(op_corrcoef, (input,)))


op_cov = OPS['cov']
table_cov = op_cov.table


def cov(input, *, correction=1, fweights=None, aweights=None):
    """Covariance of variables in rows.

    aten::cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
        if fweights is not None:
            keys |= fweights._k
        if aweights is not None:
            keys |= aweights._k
    except AttributeError:
        return call(op_cov, cov, (input, correction, fweights, aweights))
    if keys & 4331608735776:
        return call(op_cov, cov, (input, correction, fweights, aweights))
    try:
        if keys & 4397174096120:
            raise KeyError
        correction, = table_cov[correction]
    except (KeyError, TypeError):
        return op_cov.decomposition(*settled(op_cov, (input, correction, fweights, aweights), keys))
    return op_cov.decomposition(input, correction, fweights, aweights)


op_histc = OPS['histc']
table_histc = op_histc.table


def histc(input, bins=100, min=0, max=0, *, out=None):
    """Counts in `bins` equal bins.

    aten::histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_histc[keys]
        if out is not None:
            raise KeyError
        leaf, ok, bins, min, max, = memo[input._a.shape, bins, min, max]
        arr = st.run(leaf, input._a, bins, min, max, out=dest)
    except _MISS:
        return call(op_histc, histc, (input, bins, min, max), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, bins, min, max)


op_histogram_bin_ct = OPS['histogram.bin_ct']
table_histogram_bin_ct = op_histogram_bin_ct.table


def histogram_bin_ct(input, bins=100, *, range=None, weight=None, density=False):
    """Counts in equal bins.

    aten::histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_histogram_bin_ct[keys]
        if range.__class__ is list:
            range = tuple(range)
        leaf, ok, bins, range, density, = memo[input._a.shape, None if a_weight is None else a_weight.shape, bins, range, density]
        arr = st.run(leaf, input._a, bins, range, a_weight, density, out=dest)
    except _MISS:
        return call(op_histogram_bin_ct, histogram_bin_ct, (input, bins, range, weight, density))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, bins, range, weight, density)


op_histogram_bins_tensor = OPS['histogram.bins_tensor']
table_histogram_bins_tensor = op_histogram_bins_tensor.table


def histogram_bins_tensor(input, bins, *, weight=None, density=False):
    """Counts between given edges.

    aten::histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        keys = input._k | bins._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_histogram_bins_tensor[keys]
        leaf, ok, density, = memo[input._a.shape, bins._a.shape, None if a_weight is None else a_weight.shape, density]
        arr = st.run(leaf, input._a, bins._a, a_weight, density, out=dest)
    except _MISS:
        return call(op_histogram_bins_tensor, histogram_bins_tensor, (input, bins, weight, density))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, bins, weight, density)


op_median = OPS['median']
table_median = op_median.table


def median(input):
    """Lower median of all elements.

    aten::median(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_median[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_median, median, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_median_dim = OPS['median.dim']
table_median_dim = op_median_dim.table


def median_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension and a place of it.

    aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_median_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_median_dim, median_dim, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)


op_mode = OPS['mode']
table_mode = op_mode.table


def mode(input, dim=-1, keepdim=False, *, out=None):
    """Most frequent value (the smallest of several) and its last place.

    aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_mode[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_mode, mode, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)


op_nanmedian = OPS['nanmedian']
table_nanmedian = op_nanmedian.table


def nanmedian(input):
    """Lower median of the elements that are not NaN.

    aten::nanmedian(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_nanmedian[keys]
        leaf, ok = memo[input._a.shape]
        arr = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(op_nanmedian, nanmedian, (input,))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input)


op_nanmedian_dim = OPS['nanmedian.dim']
table_nanmedian_dim = op_nanmedian_dim.table


def nanmedian_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension of what is not NaN.

    aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_nanmedian_dim[keys]
        if out is not None:
            raise KeyError
        leaf, ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        arr = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(op_nanmedian_dim, nanmedian_dim, (input, dim, keepdim), out)
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, keepdim)


op_nanquantile = OPS['nanquantile']


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """Quantiles of what is not NaN.

    aten::nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    try:
        keys = input._k | q._k | TL.st.bits
    except AttributeError:
        return call(op_nanquantile, nanquantile, (input, q, dim, keepdim, interpolation))
    if keys & 4331608735776:
        return call(op_nanquantile, nanquantile, (input, q, dim, keepdim, interpolation))
    return op_nanquantile.decomposition(*canonical(op_nanquantile, (input, q, dim, keepdim, interpolation)))


op_nanquantile_scalar = OPS['nanquantile.scalar']


def nanquantile_scalar(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """One quantile of what is not NaN.

    aten::nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_nanquantile_scalar, nanquantile_scalar, (input, q, dim, keepdim, interpolation))
    if keys & 4331608735776:
        return call(op_nanquantile_scalar, nanquantile_scalar, (input, q, dim, keepdim, interpolation))
    return op_nanquantile_scalar.decomposition(*canonical(op_nanquantile_scalar, (input, q, dim, keepdim, interpolation)))


op_quantile = OPS['quantile']


def quantile(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """Quantiles.

    aten::quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    try:
        keys = input._k | q._k | TL.st.bits
    except AttributeError:
        return call(op_quantile, quantile, (input, q, dim, keepdim, interpolation))
    if keys & 4331608735776:
        return call(op_quantile, quantile, (input, q, dim, keepdim, interpolation))
    return op_quantile.decomposition(*canonical(op_quantile, (input, q, dim, keepdim, interpolation)))


op_quantile_scalar = OPS['quantile.scalar']


def quantile_scalar(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """One quantile.

    aten::quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_quantile_scalar, quantile_scalar, (input, q, dim, keepdim, interpolation))
    if keys & 4331608735776:
        return call(op_quantile_scalar, quantile_scalar, (input, q, dim, keepdim, interpolation))
    return op_quantile_scalar.decomposition(*canonical(op_quantile_scalar, (input, q, dim, keepdim, interpolation)))


op_std_correction = OPS['std.correction']
table_std_correction = op_std_correction.table


def std_correction(input, dim=None, *, correction=None, keepdim=False, out=None):
    """Standard deviation.

    aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_std_correction[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        arr = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(op_std_correction, std_correction, (input, dim, correction, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, correction, keepdim)


op_std_mean_correction = OPS['std_mean.correction']
table_std_mean_correction = op_std_mean_correction.table


def std_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Standard deviation and mean.

    aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_std_mean_correction[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        arr = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(op_std_mean_correction, std_mean_correction, (input, dim, correction, keepdim))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, correction, keepdim)


op_var_correction = OPS['var.correction']
table_var_correction = op_var_correction.table


def var_correction(input, dim=None, *, correction=None, keepdim=False, out=None):
    """Variance.

    aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_var_correction[keys]
        if out is not None:
            raise KeyError
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        arr = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(op_var_correction, var_correction, (input, dim, correction, keepdim), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, dim, correction, keepdim)


op_var_mean_correction = OPS['var_mean.correction']
table_var_mean_correction = op_var_mean_correction.table


def var_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Variance and mean.

    aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_var_mean_correction[keys]
        if dim.__class__ is list:
            dim = tuple(dim)
        leaf, ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        arr = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(op_var_mean_correction, var_mean_correction, (input, dim, correction, keepdim))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, dim, correction, keepdim)
