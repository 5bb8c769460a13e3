"""The names users type for statistics: torch has several overloads under one name, which Python tells apart here."""

from ft_core import Tensor

from ..canonical import canonical
from ..registry import binding
from ..return_types import structure
from ..spelling import numpy_names
from .reduction import scalar_type, size_of
from .stats import (
    histogram_bins,
    histogram_count,
    median,
    median_dim,
    mode,
    nanmedian,
    nanmedian_dim,
    nanquantile_number,
    nanquantile_tensor,
    quantile_number,
    quantile_tensor,
    std,
    std_mean,
    var,
    var_mean,
)


def _spread(record):
    def spread(input, dim=None, unbiased=None, keepdim=False, *, correction=None, out=None):
        if isinstance(dim, bool):  # std(x, True): the old order has `unbiased` first
            dim, unbiased = None, dim
        if unbiased is not None:
            if correction is not None:
                raise TypeError(
                    f"{record.base}() received an invalid combination of arguments - got both unbiased and correction; expected one of them"
                )
            correction = int(unbiased)
        if out is None:
            return record.wrapper(input, dim, correction=correction, keepdim=keepdim)
        if input.dtype.opmath is not input.dtype and out.dtype.opmath is out.dtype:
            _refuse_one_number(record, canonical(record, (input, dim, correction, keepdim)), out)
        return record.wrapper(input, dim, correction=correction, keepdim=keepdim, out=out)

    return spread


def _refuse_one_number(record, args, out):
    """RuntimeError, as torch's on the CPU, where one number of a half type would go into a destination of a wider type."""
    input, dim = args[:2]
    if input.device.type == "cpu" and size_of(input, dim) == input.numel() != 0:
        raise RuntimeError(
            f"std_var_all: Unsupported dtype {scalar_type(input.dtype)}: {record.base} of all elements expected an out of a half "
            f"type, got {out.dtype}; give one in {input.dtype}, or convert the input first"
        )


_std, _var, _std_mean, _var_mean = _spread(std), _spread(var), _spread(std_mean), _spread(var_mean)


@binding("std")
@numpy_names
def std_(input, dim=None, unbiased=None, keepdim=False, *, correction=None, out=None):
    """Standard deviation, divided by n - correction (1 by default)."""
    return _std(input, dim, unbiased, keepdim, correction=correction, out=out)


@binding("var")
@numpy_names
def var_(input, dim=None, unbiased=None, keepdim=False, *, correction=None, out=None):
    """Variance, divided by n - correction (1 by default)."""
    return _var(input, dim, unbiased, keepdim, correction=correction, out=out)


@binding("std_mean", method=False)
@numpy_names
def std_mean_(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    """(standard deviation, mean)."""
    return _std_mean(input, dim, unbiased, keepdim, correction=correction)


@binding("var_mean", method=False)
@numpy_names
def var_mean_(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    """(variance, mean)."""
    return _var_mean(input, dim, unbiased, keepdim, correction=correction)


_MEDIAN, _NANMEDIAN = structure("median", "values indices"), structure("nanmedian", "values indices")
_MODE, _HISTOGRAM = structure("mode", "values indices"), structure("histogram", "hist bin_edges")


@binding("median")
@numpy_names
def median_(input, dim=None, keepdim=False, *, out=None):
    """Lower median of all elements, or (values, indices) along `dim`."""
    if dim is None:
        return median.wrapper(input)
    return _MEDIAN(*median_dim.wrapper(input, dim, keepdim, out=out))


@binding("nanmedian")
@numpy_names
def nanmedian_(input, dim=None, keepdim=False, *, out=None):
    """The same, NaN left out."""
    if dim is None:
        return nanmedian.wrapper(input)
    return _NANMEDIAN(*nanmedian_dim.wrapper(input, dim, keepdim, out=out))


@binding("mode")
@numpy_names
def mode_(input, dim=-1, keepdim=False, *, out=None):
    """(values, indices) of the most frequent element along `dim`."""
    return _MODE(*mode.wrapper(input, dim, keepdim, out=out))


@binding("quantile", out="exact")
@numpy_names
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """q-th quantiles, q a number or a 1-d tensor in [0, 1]; its dimension comes first in the result."""
    record = quantile_tensor if isinstance(q, Tensor) else quantile_number
    return record.wrapper(input, q, dim, keepdim, interpolation=interpolation)


@binding("nanquantile", out="exact")
@numpy_names
def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """The same, NaN left out."""
    record = nanquantile_tensor if isinstance(q, Tensor) else nanquantile_number
    return record.wrapper(input, q, dim, keepdim, interpolation=interpolation)


@binding("histogram", out="exact")
def histogram(input, bins=100, *, range=None, weight=None, density=False):
    """(hist, bin_edges): counts in equal bins, or between the edges given as a tensor."""
    if isinstance(bins, Tensor):
        result = histogram_bins.wrapper(input, bins, weight=weight, density=density)
    else:
        result = histogram_count.wrapper(input, bins, range=range, weight=weight, density=density)
    return _HISTOGRAM(*result)
