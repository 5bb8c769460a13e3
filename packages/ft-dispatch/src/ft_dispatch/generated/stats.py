"""Wrappers of the `stats` family, generated from ft_dispatch/ops/stats.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS

_MISS = (AttributeError, KeyError, TypeError, ValueError)

_bincount = OPS['bincount']
_bincount_table = _bincount.table


def bincount(input, weights=None, minlength=0):
    """How often each number from 0 on occurs.

    aten::bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        if weights is not None:
            k |= weights._k
        route = _bincount_table[k]
    except (AttributeError, KeyError):
        return call(_bincount, bincount, (input, weights, minlength))
    return route(st, input, weights, minlength)


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
        route = _histc_table[k]
    except (AttributeError, KeyError):
        return call(_histc, histc, (input, bins, min, max), out)
    if out is not None:
        return call(_histc, histc, (input, bins, min, max), out)
    return route(st, input, bins, min, max)


_histogram_bin_ct = OPS['histogram.bin_ct']
_histogram_bin_ct_table = _histogram_bin_ct.table


def histogram_bin_ct(input, bins=100, *, range=None, weight=None, density=False):
    """Counts in equal bins.

    aten::histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        if weight is not None:
            k |= weight._k
        route = _histogram_bin_ct_table[k]
    except (AttributeError, KeyError):
        return call(_histogram_bin_ct, histogram_bin_ct, (input, bins, range, weight, density))
    return route(st, input, bins, range, weight, density)


_histogram_bins_tensor = OPS['histogram.bins_tensor']
_histogram_bins_tensor_table = _histogram_bins_tensor.table


def histogram_bins_tensor(input, bins, *, weight=None, density=False):
    """Counts between given edges.

    aten::histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)
    """
    try:
        st = TL.st
        k = input._k | bins._k | st.bits
        if weight is not None:
            k |= weight._k
        route = _histogram_bins_tensor_table[k]
    except (AttributeError, KeyError):
        return call(_histogram_bins_tensor, histogram_bins_tensor, (input, bins, weight, density))
    return route(st, input, bins, weight, density)


_median = OPS['median']
_median_table = _median.table


def median(input):
    """Lower median of all elements.

    aten::median(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _median_table[k]
    except (AttributeError, KeyError):
        return call(_median, median, (input,))
    return route(st, input)


_median_dim = OPS['median.dim']
_median_dim_table = _median_dim.table


def median_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension and a place of it.

    aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _median_dim_table[k]
    except (AttributeError, KeyError):
        return call(_median_dim, median_dim, (input, dim, keepdim), out)
    if out is not None:
        return call(_median_dim, median_dim, (input, dim, keepdim), out)
    return route(st, input, dim, keepdim)


_mode = OPS['mode']
_mode_table = _mode.table


def mode(input, dim=-1, keepdim=False, *, out=None):
    """Most frequent value (the smallest of several) and its last place.

    aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _mode_table[k]
    except (AttributeError, KeyError):
        return call(_mode, mode, (input, dim, keepdim), out)
    if out is not None:
        return call(_mode, mode, (input, dim, keepdim), out)
    return route(st, input, dim, keepdim)


_nanmedian = OPS['nanmedian']
_nanmedian_table = _nanmedian.table


def nanmedian(input):
    """Lower median of the elements that are not NaN.

    aten::nanmedian(Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _nanmedian_table[k]
    except (AttributeError, KeyError):
        return call(_nanmedian, nanmedian, (input,))
    return route(st, input)


_nanmedian_dim = OPS['nanmedian.dim']
_nanmedian_dim_table = _nanmedian_dim.table


def nanmedian_dim(input, dim, keepdim=False, *, out=None):
    """Lower median along a dimension of what is not NaN.

    aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _nanmedian_dim_table[k]
    except (AttributeError, KeyError):
        return call(_nanmedian_dim, nanmedian_dim, (input, dim, keepdim), out)
    if out is not None:
        return call(_nanmedian_dim, nanmedian_dim, (input, dim, keepdim), out)
    return route(st, input, dim, keepdim)


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
        route = _std_correction_table[k]
    except (AttributeError, KeyError):
        return call(_std_correction, std_correction, (input, dim, correction, keepdim), out)
    if out is not None:
        return call(_std_correction, std_correction, (input, dim, correction, keepdim), out)
    return route(st, input, dim, correction, keepdim)


_std_mean_correction = OPS['std_mean.correction']
_std_mean_correction_table = _std_mean_correction.table


def std_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Standard deviation and mean.

    aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _std_mean_correction_table[k]
    except (AttributeError, KeyError):
        return call(_std_mean_correction, std_mean_correction, (input, dim, correction, keepdim))
    return route(st, input, dim, correction, keepdim)


_var_correction = OPS['var.correction']
_var_correction_table = _var_correction.table


def var_correction(input, dim=None, *, correction=None, keepdim=False, out=None):
    """Variance.

    aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _var_correction_table[k]
    except (AttributeError, KeyError):
        return call(_var_correction, var_correction, (input, dim, correction, keepdim), out)
    if out is not None:
        return call(_var_correction, var_correction, (input, dim, correction, keepdim), out)
    return route(st, input, dim, correction, keepdim)


_var_mean_correction = OPS['var_mean.correction']
_var_mean_correction_table = _var_mean_correction.table


def var_mean_correction(input, dim=None, *, correction=None, keepdim=False):
    """Variance and mean.

    aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        route = _var_mean_correction_table[k]
    except (AttributeError, KeyError):
        return call(_var_mean_correction, var_mean_correction, (input, dim, correction, keepdim))
    return route(st, input, dim, correction, keepdim)
