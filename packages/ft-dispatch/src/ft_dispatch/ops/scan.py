"""Running reductions: cumulative sums, products, extremes, log-sum-exp, differences.

And the trapezoid rule that is made of them.
"""

from ft_core import Tensor, int64

from ..kinds import COMPOSITE, OPAQUE, SCAN
from ..op import op
from ..registry import binding
from ..return_types import structure
from ..spelling import numpy_names
from ._given import given

cummax = op(
    "cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)",
    "Running maximum and the last place that reached it.",
    kind=OPAQUE,
    variants="",
    out=True,
)
cummin = op(
    "cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)",
    "Running minimum and the last place that reached it.",
    kind=OPAQUE,
    variants="",
    out=True,
)
cumprod = op(
    "cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
    "Running product.",
    kind=SCAN,
    inplace=True,
    out=True,
    accumulate="float64",
)
cumsum = op(
    "cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
    "Running sum.",
    kind=SCAN,
    inplace=True,
    out=True,
    accumulate="float64",
)
logcumsumexp = op(
    "logcumsumexp(Tensor self, int dim) -> Tensor",
    "Logarithm of the running sum of exponentials.",
    kind=SCAN,
    out=True,
    accumulate="float64",
)
diff = op(
    "diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
    "n-th difference along a dimension.",
    kind=COMPOSITE,
    out=True,
)
trapezoid_x = op(
    "trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor",
    "Integral by the trapezoid rule over points x.",
    kind=COMPOSITE,
    variants="",
)
trapezoid_dx = op(
    "trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor",
    "Integral by the trapezoid rule, even spacing.",
    kind=COMPOSITE,
    variants="",
)
cumulative_trapezoid_x = op(
    "cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor",
    "Running integral by the trapezoid rule over points x.",
    kind=COMPOSITE,
    variants="",
)
cumulative_trapezoid_dx = op(
    "cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor",
    "Running integral by the trapezoid rule, even spacing.",
    kind=COMPOSITE,
    variants="",
)


@cumsum.meta
@cumprod.meta
def _(self, dim, dtype):
    kind = dtype if dtype is not None else int64 if self.dtype.category < 2 else self.dtype
    return [(tuple(self.shape), kind)]


@logcumsumexp.meta
def _(self, dim):
    if self.dtype.category < 2:
        raise NotImplementedError(f'"logcumsumexp_out" not implemented for {str(self.dtype)!r}; convert the input to a float dtype')
    return [(tuple(self.shape), self.dtype)]


@cummax.meta
@cummin.meta
def _(self, dim):
    if self.dtype.is_complex:
        raise NotImplementedError(f"cummax and cummin: expected real numbers, got {self.dtype}")
    return [(tuple(self.shape), self.dtype), (tuple(self.shape), int64)]


@diff.into
def _(out, self, n, dim, prepend, append):
    return given(out, diff.wrapper(self, n, dim, prepend, append), cast=n > 0)


@diff.decompose
def _(self, n, dim, prepend, append):
    if self.ndim == 0:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    x = self
    if n and (prepend is not None or append is not None):
        from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

        x = surface.cat([part for part in (prepend, self, append) if part is not None], dim)
    n = min(n, x.shape[dim])
    for _ in range(n):
        m = x.shape[dim]
        if m == 0:
            break
        after, before = x.narrow(dim, 1, m - 1), x.narrow(dim, 0, m - 1)
        x = after ^ before if x.dtype.category == 0 else after - before
    return x if n else self.clone()


def _areas(y, width, dim):
    """Twice the area of each strip: (y[i] + y[i + 1]) * width."""
    n = y.shape[dim]
    if n < 2:
        return None
    return (y.narrow(dim, 1, n - 1) + y.narrow(dim, 0, n - 1)) * width


def _widths(y, x, dim):
    """Distances between points, shaped to multiply strips of y along `dim`."""
    along = dim if x.ndim == y.ndim else x.ndim - 1
    if x.ndim == 1:
        d = x.narrow(0, 1, x.shape[0] - 1) - x.narrow(0, 0, x.shape[0] - 1)
        return d.reshape((-1,) + (1,) * (y.ndim - 1 - dim))
    m = x.shape[along]
    return x.narrow(along, 1, m - 1) - x.narrow(along, 0, m - 1)


def _integral(y, width, dim):
    strips = _areas(y, width, dim)
    return y.narrow(dim, 0, min(1, y.shape[dim])).sum(dim) * 0 if strips is None else strips.sum(dim) / 2


@trapezoid_x.decompose
def _(y, x, dim):
    if y.shape[dim] == 0:
        return _integral(y, 1, dim)
    if x.ndim == 1 and x.shape[0] != y.shape[dim]:
        raise RuntimeError("trapezoid: There must be one `x` value for each sample point")
    return _integral(y, _widths(y, x, dim), dim)


@trapezoid_dx.decompose
def _(y, dx, dim):
    n = y.shape[dim]
    if n < 2:
        return _integral(y, dx, dim)
    return (y.sum(dim) - (y.select(dim, 0) + y.select(dim, n - 1)) * 0.5) * dx


@cumulative_trapezoid_x.decompose
def _(y, x, dim):
    if x.ndim == 1 and x.shape[0] != y.shape[dim]:
        raise RuntimeError("cumulative_trapezoid: There must be one `x` value for each sample point")
    return _areas(y, _widths(y, x, dim), dim).cumsum(dim) / 2


@cumulative_trapezoid_dx.decompose
def _(y, dx, dim):
    return _areas(y, dx, dim).cumsum(dim) / 2


_MAX, _MIN = structure("cummax", "values indices"), structure("cummin", "values indices")


@binding("cummax")
@numpy_names
def cummax_(input, dim, *, out=None):
    """(values, indices): the running maximum along `dim` and where it stands."""
    return _MAX(*cummax.wrapper(input, dim, out=out))


@binding("cummin")
@numpy_names
def cummin_(input, dim, *, out=None):
    """(values, indices): the running minimum along `dim` and where it stands."""
    return _MIN(*cummin.wrapper(input, dim, out=out))


@binding("trapezoid", method=False, aliases="trapz")
def trapezoid(y, x=None, *, dx=None, dim=-1):
    """Integral of samples `y` along `dim`, at points `x` or evenly `dx` apart."""
    if isinstance(x, Tensor):
        return trapezoid_x.wrapper(y, x, dim=dim)
    return trapezoid_dx.wrapper(y, dx=1 if dx is None else dx, dim=dim)


@binding("cumulative_trapezoid", method=False)
def cumulative_trapezoid(y, x=None, *, dx=None, dim=-1):
    """Running integral of samples `y` along `dim`, at points `x` or evenly `dx` apart."""
    if isinstance(x, Tensor):
        return cumulative_trapezoid_x.wrapper(y, x, dim=dim)
    return cumulative_trapezoid_dx.wrapper(y, dx=1 if dx is None else dx, dim=dim)


from . import _finite_difference  # noqa: E402, F401  # attaches torch.gradient
