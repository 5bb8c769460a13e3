"""Extremes: the largest and smallest elements, with and without their places.

NaN wins every comparison and equal elements give the first place, as in torch. `max` and `min` are three functions each under one
name, so the names users type are bindings.
"""

from ft_core import Tensor, int64, uint8
from ft_core.dtype import bool_

from ..kinds import INT64, OPAQUE, REDUCTION, SAME
from ..meta import Spec, promoted, reduced_shape
from ..op import op
from ..registry import binding
from ..return_types import structure
from ..spelling import numpy_names

amax = op(
    "amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor",
    "Largest element; equal ones share the gradient.",
    kind=REDUCTION,
    promote=SAME,
    out=True,
)
amin = op(
    "amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor",
    "Smallest element; equal ones share the gradient.",
    kind=REDUCTION,
    promote=SAME,
    out=True,
)
aminmax = op(
    "aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)",
    "Smallest and largest element.",
    kind=OPAQUE,
    variants="",
    out=True,
)
argmax = op(
    "argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor",
    "Place of the largest element, the first of equal ones.",
    kind=REDUCTION,
    promote=INT64,
    out=True,
    differentiable=False,
)
argmin = op(
    "argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor",
    "Place of the smallest element, the first of equal ones.",
    kind=REDUCTION,
    promote=INT64,
    out=True,
    differentiable=False,
)
max_all = op("max(Tensor self) -> Tensor", "Largest element.", kind=REDUCTION, promote=SAME, variants="", out=True)
max_dim = op(
    "max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "Largest element along a dimension and its first place.",
    kind=OPAQUE,
    variants="",
    out=True,
)
min_all = op("min(Tensor self) -> Tensor", "Smallest element.", kind=REDUCTION, promote=SAME, variants="", out=True)
min_dim = op(
    "min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "Smallest element along a dimension and its first place.",
    kind=OPAQUE,
    variants="",
    out=True,
)


def distinct(dim):
    """RuntimeError where a dimension is named twice."""
    if isinstance(dim, tuple) and len(set(dim)) != len(dim):
        twice = next(d for i, d in enumerate(dim) if d in dim[:i])
        raise RuntimeError(f"dim {twice} appears multiple times in the list of dims")


def checked(record, check):
    """Give a REDUCTION the derived shape and dtype behind a check of its arguments."""

    @record.meta
    def _(*args):
        check(*args)
        at, x = record.index_of, args[0]
        dim = args[at["dim"]] if "dim" in at else None
        keepdim = args[at["keepdim"]] if "keepdim" in at else False
        kind = args[at["dtype"]] if "dtype" in at else None
        distinct(dim)
        shape = reduced_shape(tuple(x.shape), (dim,) if isinstance(dim, int) else dim, keepdim)
        return [Spec(shape, kind if kind is not None else promoted(record.promote, x.dtype)[1])]


def check_not_empty(name, x, dim):
    """IndexError where a dimension to reduce has no element: an extreme of nothing does not exist."""
    shape = x.shape
    for d in dim if isinstance(dim, tuple) else (dim,):
        if x.ndim and shape[d] == 0:
            raise IndexError(f"{name}(): Expected reduction dim {d} to have non-zero size.")


def _check_whole(name, x):
    if x.numel() == 0:
        raise RuntimeError(
            f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
            f"with the 'dim' argument."
        )


_KERNELS = {"max": "max_all", "min": "min_all", "amax": "max_values_cpu", "amin": "min_values_cpu", "aminmax": "aminmax_cpu"}


def _check_real(name, x, along=False):
    if x.dtype.is_complex:
        if name in _KERNELS and not along:
            raise NotImplementedError(f"\"{_KERNELS[name]}\" not implemented for '{x.dtype.scalar_name}'")
        raise RuntimeError(f"{name}(): does not support complex input")


def _check_extreme(name):
    def check(self, dim, keepdim):
        _check_real(name, self)
        if dim:
            check_not_empty(name, self, dim)
        else:
            _check_whole(name, self)

    return check


checked(amax, _check_extreme("amax"))
checked(amin, _check_extreme("amin"))


def _check_arg(name):
    def check(self, dim, keepdim):
        _check_real(name, self)
        if self.dtype is bool_:
            raise RuntimeError(f"{name}(): does not support bool input")
        if dim is not None:
            check_not_empty(name, self, dim)
        elif self.numel() == 0:
            raise IndexError(
                f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
                f"with the 'dim' argument."
            )

    return check


checked(argmax, _check_arg("argmax"))
checked(argmin, _check_arg("argmin"))


def _check_whole_real(name):
    def check(self):
        _check_real(name, self)
        _check_whole(name, self)

    return check


checked(max_all, _check_whole_real("max"))
checked(min_all, _check_whole_real("min"))


def _pair(name):
    def meta(self, dim, keepdim):
        _check_real(name, self, along=True)
        check_not_empty(name, self, dim)
        shape = reduced_shape(tuple(self.shape), (dim,), keepdim)
        return [(shape, self.dtype), (shape, int64)]

    return meta


max_dim.meta(_pair("max"))
min_dim.meta(_pair("min"))


@aminmax.meta
def _(self, dim, keepdim):
    _check_real("aminmax", self)
    if dim is None:
        if self.numel() == 0:
            raise RuntimeError("aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.")
        shape = reduced_shape(tuple(self.shape), None, keepdim)
    else:
        check_not_empty("aminmax", self, dim)
        shape = reduced_shape(tuple(self.shape), (dim,), keepdim)
    return [(shape, self.dtype), (shape, self.dtype)]


@max_all.decompose
def _(self):
    return amax(self, ())


@min_all.decompose
def _(self):
    return amin(self, ())


@max_dim.decompose
def _(self, dim, keepdim):
    places = argmax(self.to(uint8) if self.dtype is bool_ else self, dim, True)  # argmax itself refuses bools
    values = self.gather(dim, places) if self.ndim else self.clone()
    return (values, places) if keepdim or not self.ndim else (values.squeeze(dim), places.squeeze(dim))


@min_dim.decompose
def _(self, dim, keepdim):
    places = argmin(self.to(uint8) if self.dtype is bool_ else self, dim, True)
    values = self.gather(dim, places) if self.ndim else self.clone()
    return (values, places) if keepdim or not self.ndim else (values.squeeze(dim), places.squeeze(dim))


@aminmax.decompose
def _(self, dim, keepdim):
    dims = () if dim is None else (dim,)
    return amin(self, dims, keepdim), amax(self, dims, keepdim)


# -- what users type -------------------------------------------------------------------------------------------------------

_pairs = {"max": (max_all, max_dim, "maximum"), "min": (min_all, min_dim, "minimum")}


def _largest(name):
    whole, along, of_two = _pairs[name]
    answer = structure(name, "values indices")

    def extreme(input, dim=None, keepdim=False, *, other=None, out=None):
        second = dim if isinstance(dim, Tensor) else other
        if second is not None:
            if isinstance(keepdim, Tensor):
                raise TypeError(f"{name}() received an invalid combination of arguments - got (Tensor, Tensor, Tensor)")
            from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

            return getattr(surface, of_two)(input, second, out=out)
        if dim is None:
            return whole.wrapper(input, out=out)
        return answer(*along.wrapper(input, dim, keepdim, out=out))

    return extreme


@binding("max")
@numpy_names
def max(input, dim=None, keepdim=False, *, other=None, out=None):
    """Largest element of all; with `dim`, (values, indices) along it; with a second tensor, the larger of each pair."""
    return _max(input, dim, keepdim, other=other, out=out)


@binding("min")
@numpy_names
def min(input, dim=None, keepdim=False, *, other=None, out=None):
    """Smallest element of all; with `dim`, (values, indices) along it; with a second tensor, the smaller of each pair."""
    return _min(input, dim, keepdim, other=other, out=out)


_max, _min = _largest("max"), _largest("min")
_ENDS = structure("aminmax", "min max")


@binding("aminmax")
@numpy_names
def aminmax_(input, *, dim=None, keepdim=False, out=None):
    """Smallest and largest element, of all or along `dim`."""
    return _ENDS(*aminmax.wrapper(input, dim=dim, keepdim=keepdim, out=out))
