"""Statistics: variances, order statistics, counts, histograms, covariance.

Plain sums and extremes are in `reduction` and `extreme`.
"""

from math import nan

from ft_core import Tensor, int64, notices

from ..kinds import COMPOSITE, INDEX, OPAQUE, REDUCTION, SAME
from ..meta import reduced_shape
from ..op import op
from ..views import owned
from .extreme import distinct
from .reduction import scalar_type, size_of

_DIMS = "Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False"
std = op(f"std.correction({_DIMS}) -> Tensor", "Standard deviation.", kind=REDUCTION, variants="", out=True, accumulate="float32")
std_mean = op(f"std_mean.correction({_DIMS}) -> (Tensor, Tensor)", "Standard deviation and mean.", kind=OPAQUE, variants="")
var = op(f"var.correction({_DIMS}) -> Tensor", "Variance.", kind=REDUCTION, variants="", out=True, accumulate="float32")
var_mean = op(f"var_mean.correction({_DIMS}) -> (Tensor, Tensor)", "Variance and mean.", kind=OPAQUE, variants="")
median = op("median(Tensor self) -> Tensor", "Lower median of all elements.", kind=REDUCTION, promote=SAME, variants="")
median_dim = op(
    "median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "Lower median along a dimension and a place of it.",
    kind=OPAQUE,
    variants="",
    out=True,
)
nanmedian = op(
    "nanmedian(Tensor self) -> Tensor", "Lower median of the elements that are not NaN.", kind=REDUCTION, promote=SAME, variants=""
)
nanmedian_dim = op(
    "nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "Lower median along a dimension of what is not NaN.",
    kind=OPAQUE,
    variants="",
    out=True,
)
mode = op(
    "mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "Most frequent value (the smallest of several) and its last place.",
    kind=OPAQUE,
    variants="",
    out=True,
)
bincount = op(
    "bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor",
    "How often each number from 0 on occurs.",
    kind=INDEX,
    data_dependent=True,
    differentiable=False,
)
histc = op(
    "histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor",
    "Counts in `bins` equal bins.",
    kind=OPAQUE,
    out=True,
    differentiable=False,
)
histogram_bins = op(
    "histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) "
    "-> (Tensor hist, Tensor bin_edges)",
    "Counts between given edges.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)
histogram_count = op(
    "histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) "
    "-> (Tensor hist, Tensor bin_edges)",
    "Counts in equal bins.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)
_Q = "Tensor self, {} q, int? dim=None, bool keepdim=False, *, str interpolation='linear'"
quantile_tensor = op(f"quantile({_Q.format('Tensor')}) -> Tensor", "Quantiles.", kind=COMPOSITE, variants="")
quantile_number = op(f"quantile.scalar({_Q.format('float')}) -> Tensor", "One quantile.", kind=COMPOSITE, variants="")
nanquantile_tensor = op(
    f"nanquantile({_Q.format('Tensor')}) -> Tensor", "Quantiles of what is not NaN.", kind=COMPOSITE, variants=""
)
nanquantile_number = op(
    f"nanquantile.scalar({_Q.format('float')}) -> Tensor", "One quantile of what is not NaN.", kind=COMPOSITE, variants=""
)
cov = op(
    "cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor",
    "Covariance of variables in rows.",
    kind=COMPOSITE,
)
corrcoef = op("corrcoef(Tensor self) -> Tensor", "Correlation of variables in rows.", kind=COMPOSITE)


# -- shapes and checks ---------------------------------------------------------------------------------------------------


def _check_spread(name):
    def check(self, dim, correction, keepdim):
        if self.dtype.category < 2:
            raise RuntimeError(f"{name}: only support floating point and complex dtypes")

    return check


def _spread_meta(called, name, pair):
    check = _check_spread(name)

    def meta(self, dim, correction, keepdim):
        check(self, dim, correction, keepdim)
        distinct(dim)
        shape = reduced_shape(tuple(self.shape), dim, keepdim)
        if size_of(self, dim) <= (1 if correction is None else correction) and 0 not in shape:
            notices.warn(
                f"{called}(): degrees of freedom is <= 0. Correction should be strictly less than the reduction factor (input numel "
                "divided by output numel)."
            )
        kind = self.dtype.to_real() if self.dtype.is_complex else self.dtype
        return [(shape, kind), (shape, self.dtype)] if pair else [(shape, kind)]

    return meta


std.meta(_spread_meta("std", "std and var", False))
var.meta(_spread_meta("var", "std and var", False))
std_mean.meta(_spread_meta("std_mean", "std_mean", True))
var_mean.meta(_spread_meta("var_mean", "var_mean", True))


def _pair_meta(name):
    def meta(self, dim, keepdim):
        if self.ndim and self.shape[dim] == 0:
            raise IndexError(f"{name}(): Expected reduction dim {dim} to have non-zero size.")
        shape = reduced_shape(tuple(self.shape), (dim,), keepdim)
        return [(shape, self.dtype), (shape, int64)]

    return meta


median_dim.meta(_pair_meta("median"))
nanmedian_dim.meta(_pair_meta("nanmedian"))
mode.meta(_pair_meta("mode"))


@histc.meta
def _(self, bins, min, max):
    if bins <= 0:
        raise RuntimeError("torch.histc(): bins must be > 0")
    if min > max:
        raise RuntimeError("torch.histc(): max must be larger than min")
    return [((bins,), self.dtype)]


@histogram_bins.meta
def _(self, bins, weight, density):
    if bins.dtype is not self.dtype:
        raise RuntimeError(f"torch.histogram(): bins tensor and input tensor should have the same dtype, but got {bins.dtype}")
    return [((bins.shape[0] - 1,), self.dtype), (tuple(bins.shape), self.dtype)]


@histogram_count.meta
def _(self, bins, range, weight, density):
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins}")
    return [((bins,), self.dtype), ((bins + 1,), self.dtype)]


# -- decompositions ------------------------------------------------------------------------------------------------------


@var.decompose
def _(self, dim, correction, keepdim):
    d = self - self.mean(dim, True)
    freedom = max(size_of(self, dim) - (1 if correction is None else correction), 0)
    squares = (d.real * d.real + d.imag * d.imag) if self.is_complex() else d * d
    return squares.sum(dim, keepdim) / freedom


@std.decompose
def _(self, dim, correction, keepdim):
    return var(self, dim, correction=correction, keepdim=keepdim).sqrt()


@var_mean.decompose
def _(self, dim, correction, keepdim):
    return var(self, dim, correction=correction, keepdim=keepdim), self.mean(dim, keepdim)


@std_mean.decompose
def _(self, dim, correction, keepdim):
    return std(self, dim, correction=correction, keepdim=keepdim), self.mean(dim, keepdim)


_INTERPOLATIONS = ("linear", "lower", "higher", "midpoint", "nearest")


def _quantile(x, q, dim, keepdim, interpolation, name, ignore_nan):
    _check_quantile(x, q, interpolation, name)
    if dim is None:
        shape = (1,) * x.ndim
        flat = x.reshape(-1)
    else:
        shape = tuple(1 if i == dim else n for i, n in enumerate(x.shape))
        flat = x.movedim(dim, -1) if x.ndim else x.reshape(1)
    ordered = flat.sort(-1).values  # (..., n), NaN last
    bad = (flat != flat).sum(-1, keepdim=True)
    last = (flat.shape[-1] - bad if ignore_nan else bad * 0 + flat.shape[-1]) - 1  # rank of the largest element that counts
    many = q.reshape(-1)
    rank = many * last.clamp(min=0).to(x.dtype)  # (..., Q)
    low = rank.floor()
    if interpolation == "lower":
        rank = low
    elif interpolation == "higher":
        rank = rank.ceil()
    elif interpolation == "nearest":
        rank = rank.round()
    below = ordered.gather(-1, low.to(int64) if interpolation in ("linear", "midpoint") else rank.to(int64))
    if interpolation in ("linear", "midpoint"):
        above = ordered.gather(-1, rank.ceil().to(int64))
        weight = rank - low if interpolation == "linear" else (rank > low).to(x.dtype) * 0.5
        below = below.lerp(above, weight)
    bad_row = (last < 0) if ignore_nan else (bad > 0)
    below = below.masked_fill(bad_row, nan).movedim(-1, 0)  # (Q, ...)
    if keepdim:
        below = below.reshape((many.shape[0], *shape))
    return owned(below if q.ndim else below.squeeze(0))


def _check_quantile(x, q, interpolation, name):
    if x.numel() == 0:
        raise RuntimeError(f"{name}() input tensor must be non-empty")
    if q.ndim > 1:
        raise RuntimeError(f"{name}() q must be a scalar or 1D tensor")
    if x.dtype.category != 2:
        raise RuntimeError(f"{name}() input tensor must be either float or double dtype")
    if q.dtype is not x.dtype:
        raise RuntimeError(f"{name}() q tensor must be same dtype as the input tensor")
    if interpolation not in _INTERPOLATIONS:
        raise RuntimeError(
            f"{name}() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}"
        )
    if not q.is_meta and not bool(((q >= 0) & (q <= 1)).all()):
        raise RuntimeError(f"{name}() q values must be in the range [0, 1]")


@quantile_tensor.decompose
def _(self, q, dim, keepdim, interpolation):
    return _quantile(self, q, dim, keepdim, interpolation, "quantile", False)


@nanquantile_tensor.decompose
def _(self, q, dim, keepdim, interpolation):
    return _quantile(self, q, dim, keepdim, interpolation, "nanquantile", True)


@quantile_number.decompose
def _(self, q, dim, keepdim, interpolation):
    if not 0 <= q <= 1:
        raise RuntimeError(f"quantile() q must be in the range [0, 1] but got {q}")
    return _quantile(self, _number(q, self), dim, keepdim, interpolation, "quantile", False)


@nanquantile_number.decompose
def _(self, q, dim, keepdim, interpolation):
    if not 0 <= q <= 1:
        raise RuntimeError(f"quantile() q must be in the range [0, 1] but got {q}")
    return _quantile(self, _number(q, self), dim, keepdim, interpolation, "nanquantile", True)


def _number(q, x):
    """q as a tensor that is the same for every example of a vmap (new_full would make one for each)."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    return torch.full((), q, dtype=x.dtype, device=x.device)


def _check_cov_weights(x, fweights, aweights):
    for name, w in (("fweights", fweights), ("aweights", aweights)):
        if w is None:
            continue
        if w.ndim > 1:
            raise RuntimeError(f"cov(): expected {name} to have one or fewer dimensions but got {name} with {w.ndim} dimensions")
        if (w.dtype.category == 1) != (name == "fweights"):
            kind = "integral" if name == "fweights" else "floating point"
            raise RuntimeError(f"cov(): expected {name} to have {kind} dtype but got {name} with {scalar_type(w.dtype)} dtype")
        if w.numel() != x.shape[1]:
            raise RuntimeError(
                f"cov(): expected {name} to have the same numel as there are observations in the input but got "
                f"{w.numel()} != {x.shape[1]}"
            )
        if w.numel() and bool((w < 0).any()):
            raise RuntimeError(f"cov(): {name} cannot be negative")


@cov.decompose
def _(self, correction, fweights, aweights):
    if self.ndim > 2:
        raise RuntimeError(f"cov(): expected input to have two or fewer dimensions but got an input with {self.ndim} dimensions")
    if self.dtype.category == 0:
        raise RuntimeError("cov(): bool dtype is not supported for input")
    x = self.reshape(1, -1) if self.ndim < 2 else self
    _check_cov_weights(x, fweights, aweights)
    w = fweights
    if aweights is not None:
        w = aweights if w is None else w * aweights
    if w is None:
        mass = x.shape[1]
        centre = x.sum(1, True) / mass if mass else x.mean(1, True)
        freedom = mass - correction
        d = x - centre
        scaled = d
    else:
        mass = w.sum()
        d = x - (x * w).sum(1, True) / mass
        scaled = d * w
        freedom = mass - correction if aweights is None else mass - correction * (w * aweights).sum() / mass
    if not isinstance(freedom, Tensor):
        freedom = max(freedom, 0)
    else:
        freedom = freedom.clamp(min=0)
    product = scaled @ (d.mH if d.is_complex() else d.t())
    return (product / freedom).squeeze()


@corrcoef.decompose
def _(self):
    c = cov(self)
    if c.ndim == 0:
        return c / c
    d = c.diagonal().real if c.is_complex() else c.diagonal()
    d = d.sqrt()
    c = c / d.unsqueeze(-1) / d.unsqueeze(0)
    return c if c.is_complex() else c.clamp(-1, 1)


from . import _stats_bindings  # noqa: E402, F401  # attaches the names users type
