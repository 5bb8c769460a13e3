"""Wrappers of the `stats` family, generated from ft_dispatch/ops/stats.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_bincount = OPS['bincount']


def bincount(input, weights=None, minlength=0):
    """How often each number from 0 on occurs.

    aten::bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor
    """
    return call(_bincount, bincount, (input, weights, minlength))


_corrcoef = OPS['corrcoef']


def corrcoef(input):
    """Correlation of variables in rows.

    aten::corrcoef(Tensor self) -> Tensor
    """
    return call(_corrcoef, corrcoef, (input,))


_cov = OPS['cov']


def cov(input, *, correction=1, fweights=None, aweights=None):
    """Covariance of variables in rows.

    aten::cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor
    """
    return call(_cov, cov, (input, correction, fweights, aweights))


_histc = OPS['histc']
_histc_table = _histc.table


def histc(input, bins=100, min=0, max=0, *, out=None):
    """Counts in `bins` equal bins.

    aten::histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _histc_table[k]
        if out is not None:
            raise KeyError
        ok, bins, min, max, = memo[input._a.shape, bins, min, max]
        a = st.run(leaf, input._a, bins, min, max, out=dest)
    except _MISS:
        return call(_histc, histc, (input, bins, min, max), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, bins, min, max)


_histogram_bin_ct = OPS['histogram.bin_ct']
_histogram_bin_ct_table = _histogram_bin_ct.table


def histogram_bin_ct(input, bins=100, *, range=None, weight=None, density=False):
    """Counts in equal bins.

    aten::histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        a_weight = None
        if weight is not None:
            k |= weight._k
            a_weight = weight._a
        leaf, dest, rec, dense, memo = _histogram_bin_ct_table[k]
        ok, bins, range, density, = memo[input._a.shape, None if a_weight is None else a_weight.shape, bins, range, density]
        a = st.run(leaf, input._a, bins, range, a_weight, density, out=dest)
    except _MISS:
        return call(_histogram_bin_ct, histogram_bin_ct, (input, bins, range, weight, density))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, bins, range, weight, density)


_histogram_bins_tensor = OPS['histogram.bins_tensor']
_histogram_bins_tensor_table = _histogram_bins_tensor.table


def histogram_bins_tensor(input, bins, *, weight=None, density=False):
    """Counts between given edges.

    aten::histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        k = input._k | bins._k | st.bits
        a_weight = None
        if weight is not None:
            k |= weight._k
            a_weight = weight._a
        leaf, dest, rec, dense, memo = _histogram_bins_tensor_table[k]
        ok, density, = memo[input._a.shape, bins._a.shape, None if a_weight is None else a_weight.shape, density]
        a = st.run(leaf, input._a, bins._a, a_weight, density, out=dest)
    except _MISS:
        return call(_histogram_bins_tensor, histogram_bins_tensor, (input, bins, weight, density))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, bins, weight, density)


_median = OPS['median']
_median_table = _median.table


def median(input):
    """Lower median of all elements.

    aten::median(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _median_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_median, median, (input,))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_median_dim = OPS['median.dim']
_median_dim_table = _median_dim.table


def median_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension and a place of it.

    aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _median_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_median_dim, median_dim, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)


_mode = OPS['mode']
_mode_table = _mode.table


def mode(input, dim=-1, keepdim=False, *, out=None):
    """Most frequent value (the smallest of several) and its last place.

    aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _mode_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_mode, mode, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)


_nanmedian = OPS['nanmedian']
_nanmedian_table = _nanmedian.table


def nanmedian(input):
    """Lower median of the elements that are not NaN.

    aten::nanmedian(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _nanmedian_table[k]
        ok = memo[input._a.shape]
        a = st.run(leaf, input._a, out=dest)
    except _MISS:
        return call(_nanmedian, nanmedian, (input,))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input)


_nanmedian_dim = OPS['nanmedian.dim']
_nanmedian_dim_table = _nanmedian_dim.table


def nanmedian_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension of what is not NaN.

    aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _nanmedian_dim_table[k]
        if out is not None:
            raise KeyError
        ok, dim, keepdim, = memo[input._a.shape, dim, keepdim]
        a = st.run(leaf, input._a, dim, keepdim, out=dest)
    except _MISS:
        return call(_nanmedian_dim, nanmedian_dim, (input, dim, keepdim), out)
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, keepdim)


_nanquantile = OPS['nanquantile']


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """Quantiles of what is not NaN.

    aten::nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    return call(_nanquantile, nanquantile, (input, q, dim, keepdim, interpolation))


_nanquantile_scalar = OPS['nanquantile.scalar']


def nanquantile_scalar(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """One quantile of what is not NaN.

    aten::nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    return call(_nanquantile_scalar, nanquantile_scalar, (input, q, dim, keepdim, interpolation))


_quantile = OPS['quantile']


def quantile(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """Quantiles.

    aten::quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    return call(_quantile, quantile, (input, q, dim, keepdim, interpolation))


_quantile_scalar = OPS['quantile.scalar']


def quantile_scalar(input, q, dim=None, keepdim=False, *, interpolation='linear'):
    """One quantile.

    aten::quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor
    """
    return call(_quantile_scalar, quantile_scalar, (input, q, dim, keepdim, interpolation))


_std_correction = OPS['std.correction']
_std_correction_table = _std_correction.table


def std_correction(input, dim=None, *, correction=None, keepdim=False, out=None):
    """Standard deviation.

    aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _std_correction_table[k]
        if out is not None:
            raise KeyError
        ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        a = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(_std_correction, std_correction, (input, dim, correction, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, correction, keepdim)


_std_mean_correction = OPS['std_mean.correction']
_std_mean_correction_table = _std_mean_correction.table


def std_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Standard deviation and mean.

    aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _std_mean_correction_table[k]
        ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        a = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(_std_mean_correction, std_mean_correction, (input, dim, correction, keepdim))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, correction, keepdim)


_var_correction = OPS['var.correction']
_var_correction_table = _var_correction.table


def var_correction(input, dim=None, *, correction=None, keepdim=False, out=None):
    """Variance.

    aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _var_correction_table[k]
        if out is not None:
            raise KeyError
        ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        a = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(_var_correction, var_correction, (input, dim, correction, keepdim), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, dim, correction, keepdim)


_var_mean_correction = OPS['var_mean.correction']
_var_mean_correction_table = _var_mean_correction.table


def var_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Variance and mean.

    aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _var_mean_correction_table[k]
        ok, dim, correction, keepdim, = memo[input._a.shape, dim, correction, keepdim]
        a = st.run(leaf, input._a, dim, correction, keepdim, out=dest)
    except _MISS:
        return call(_var_mean_correction, var_mean_correction, (input, dim, correction, keepdim))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, dim, correction, keepdim)
