"""The names users type for reductions: torch has several overloads under one name, which Python tells apart here."""

from ft_core import uint8

from ..registry import binding
from ..spelling import numpy_names
from .reduction import (
    all_all,
    all_dim,
    all_dims,
    any_all,
    any_dim,
    any_dims,
    count_nonzero_dim,
    count_nonzero_dims,
    linalg_vector_norm,
    mean_all,
    mean_dim,
    nansum,
    prod_all,
    prod_dim,
    scalar_type,
    sum_all,
    sum_dim,
)


def renamed(name, dim, keepdim, numpy):
    """(dim, keepdim) where the caller wrote NumPy's `axis` and `keepdims`; TypeError for any other name.

    The two hottest reductions call this themselves instead of wearing `numpy_names`, which costs a frame on every call.
    """
    dim, keepdim = numpy.pop("axis", dim), numpy.pop("keepdims", keepdim)
    if numpy:
        raise TypeError(f"{name}() got an unexpected keyword argument '{next(iter(numpy))}'")
    return dim, keepdim


@binding("sum", shown_by=(sum_all, sum_dim))
def sum(input, dim=None, keepdim=False, *, dtype=None, out=None, **numpy):
    """Sum of all elements, or along `dim` (an int or a tuple)."""
    if numpy:
        dim, keepdim = renamed("sum", dim, keepdim, numpy)
    if dim is None and keepdim is False and out is None:
        return sum_all.wrapper(input, dtype=dtype)
    return sum_dim.wrapper(input, dim, keepdim, dtype=dtype, out=out)


@binding("mean", shown_by=(mean_all, mean_dim))
def mean(input, dim=None, keepdim=False, *, dtype=None, out=None, **numpy):
    """Arithmetic mean of all elements, or along `dim`."""
    if numpy:
        dim, keepdim = renamed("mean", dim, keepdim, numpy)
    if dim is None and keepdim is False and out is None:
        return mean_all.wrapper(input, dtype=dtype)
    return mean_dim.wrapper(input, dim, keepdim, dtype=dtype, out=out)


@binding("nanmean")
@numpy_names
def nanmean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    """Mean of the elements that are not NaN."""
    if input.dtype.category < 2:
        raise RuntimeError(f"nanmean(): expected input to have floating point or complex dtype but got {scalar_type(input.dtype)}")
    counted = (input == input).sum(dim, keepdim)
    if out is not None:
        return nansum.wrapper(input, dim, keepdim, dtype=dtype, out=out).div_(counted)
    return nansum.wrapper(input, dim, keepdim, dtype=dtype) / counted


@binding("prod")
@numpy_names
def prod(input, dim=None, keepdim=False, *, dtype=None, out=None):
    """Product of all elements, or along `dim`."""
    if dim is None:
        return prod_all.wrapper(input, dtype=dtype, out=out)
    return prod_dim.wrapper(input, dim, keepdim, dtype=dtype, out=out)


def _truth(whole, one, many):
    def truth(input, dim=None, keepdim=False, *, out=None):
        if dim is None and not keepdim:
            return whole.wrapper(input, out=out)
        record = one if isinstance(dim, int) else many
        return record.wrapper(input, dim, keepdim, out=out)

    return truth


_all, _any = _truth(all_all, all_dim, all_dims), _truth(any_all, any_dim, any_dims)


def _as_bytes(input, out):
    """torch reduces in the dtype of a uint8 destination: 0.5 counts as false then."""
    return input if out is None or out.dtype is not uint8 or input.dtype is uint8 else input.to(uint8)


@binding("all")
@numpy_names
def all(input, dim=None, keepdim=False, *, out=None):
    """Whether all elements are true, of the whole or along `dim`."""
    return _all(_as_bytes(input, out), dim, keepdim, out=out)


@binding("any")
@numpy_names
def any(input, dim=None, keepdim=False, *, out=None):
    """Whether some element is true, of the whole or along `dim`."""
    return _any(_as_bytes(input, out), dim, keepdim, out=out)


@binding("count_nonzero")
@numpy_names
def count_nonzero(input, dim=None):
    """How many elements are not zero."""
    if dim is None or isinstance(dim, int):
        return count_nonzero_dim.wrapper(input, dim)
    return count_nonzero_dims.wrapper(input, dim)


@binding("norm")
@numpy_names
def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    """p-norm of the elements, of all or along `dim`; "fro" is the 2-norm, "nuc" the sum of singular values of matrices."""
    if isinstance(p, str) and p not in ("fro", "nuc"):
        raise RuntimeError(f'norm: expected a number, "fro" or "nuc", got {p!r}')
    if p == "nuc":
        from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

        return surface.raw.linalg_matrix_norm(input, "nuc", (-2, -1) if dim is None else dim, keepdim, dtype=dtype, out=out)
    order = 2 if p is None or p == "fro" else p
    return linalg_vector_norm.wrapper(input, order, dim, keepdim, dtype=dtype, out=out)
