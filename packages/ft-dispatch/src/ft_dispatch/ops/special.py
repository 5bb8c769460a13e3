"""Special functions: error functions, the gamma family, Bessel functions, orthogonal polynomials.

And torch.special's aliases of them.
"""

from math import inf, log, nan, pi, sqrt

from ft_core import Tensor

from ..kinds import COMPOSITE, ELEMENTWISE, FLOAT
from ..op import op
from ..registry import binding


def _one(schema, doc, **more):
    """An elementwise function that computes in floats; a `special_` name is public as torch.special.<rest>."""
    base = schema.partition("(")[0].partition(".")[0]
    if base.startswith("special_"):
        more = {"variants": "", "out": True, "python": "special." + base.removeprefix("special_")} | more
    return op(schema, doc, kind=ELEMENTWISE, promote=FLOAT, **more)


erf = _one("erf(Tensor self) -> Tensor", "Error function.", python="special.erf")
erfc = _one("erfc(Tensor self) -> Tensor", "1 - erf(x), accurate where that is small.", python="special.erfc")
erfinv = _one("erfinv(Tensor self) -> Tensor", "Inverse of erf.", python="special.erfinv")
erfcx = _one("special_erfcx(Tensor self) -> Tensor", "exp(x^2) erfc(x).")
ndtri = _one("special_ndtri(Tensor self) -> Tensor", "Inverse of the normal distribution function.")
log_ndtr = _one("special_log_ndtr(Tensor self) -> Tensor", "Logarithm of the normal distribution function.")
ndtr = op(
    "special_ndtr(Tensor self) -> Tensor",
    "Normal distribution function.",
    kind=COMPOSITE,
    variants="",
    out=True,
    python="special.ndtr",
)
lgamma = _one("lgamma(Tensor self) -> Tensor", "log |Gamma(x)|.", python="special.gammaln")
digamma = _one("digamma(Tensor self) -> Tensor", "Derivative of lgamma.", python="special.digamma special.psi")
polygamma = _one("polygamma(int n, Tensor self) -> Tensor", "n-th derivative of digamma.", variants="", out=True)
mvlgamma = op(
    "mvlgamma(Tensor self, int p) -> Tensor",
    "Logarithm of the multivariate gamma function.",
    kind=ELEMENTWISE,
    promote=FLOAT,
    inplace=True,
    out=True,
    python="special.multigammaln",
)
igamma = _one(
    "igamma(Tensor self, Tensor other) -> Tensor", "Regularised lower incomplete gamma function.", python="special.gammainc"
)
igammac = _one(
    "igammac(Tensor self, Tensor other) -> Tensor", "Regularised upper incomplete gamma function.", python="special.gammaincc"
)
zeta = _one("special_zeta(Tensor self, Tensor other) -> Tensor", "Hurwitz's zeta function.", numbers="self other")
i0 = _one("i0(Tensor self) -> Tensor", "Modified Bessel function of order 0.", python="special.i0")
i0e = _one("special_i0e(Tensor self) -> Tensor", "exp(-|x|) i0(x).")
i1 = _one("special_i1(Tensor self) -> Tensor", "Modified Bessel function of order 1.")
i1e = _one("special_i1e(Tensor self) -> Tensor", "exp(-|x|) i1(x).")
bessel_j0 = _one("special_bessel_j0(Tensor self) -> Tensor", "Bessel function of the first kind, order 0.", differentiable=False)
bessel_j1 = _one("special_bessel_j1(Tensor self) -> Tensor", "Bessel function of the first kind, order 1.", differentiable=False)
bessel_y0 = _one("special_bessel_y0(Tensor self) -> Tensor", "Bessel function of the second kind, order 0.", differentiable=False)
bessel_y1 = _one("special_bessel_y1(Tensor self) -> Tensor", "Bessel function of the second kind, order 1.", differentiable=False)
modified_i0 = _one(
    "special_modified_bessel_i0(Tensor self) -> Tensor", "Modified Bessel function, first kind, order 0.", differentiable=False
)
modified_i1 = _one(
    "special_modified_bessel_i1(Tensor self) -> Tensor", "Modified Bessel function, first kind, order 1.", differentiable=False
)
modified_k0 = _one(
    "special_modified_bessel_k0(Tensor self) -> Tensor", "Modified Bessel function, second kind, order 0.", differentiable=False
)
modified_k1 = _one(
    "special_modified_bessel_k1(Tensor self) -> Tensor", "Modified Bessel function, second kind, order 1.", differentiable=False
)
scaled_k0 = _one("special_scaled_modified_bessel_k0(Tensor x) -> Tensor", "exp(x) k0(x).", differentiable=False)
scaled_k1 = _one("special_scaled_modified_bessel_k1(Tensor x) -> Tensor", "exp(x) k1(x).", differentiable=False)
spherical_j0 = _one("special_spherical_bessel_j0(Tensor x) -> Tensor", "sin(x) / x.", differentiable=False)
airy_ai = _one("special_airy_ai(Tensor x) -> Tensor", "Airy's function Ai(x).", differentiable=False)
entr = _one("special_entr(Tensor self) -> Tensor", "-x log x.")
xlog1py = _one("special_xlog1py(Tensor self, Tensor other) -> Tensor", "x log(1 + y), 0 where x is 0.", numbers="self other")
logit = _one("logit(Tensor self, float? eps=None) -> Tensor", "log(x / (1 - x)), x held in [eps, 1 - eps].", python="special.logit")
logit_backward = op(
    "logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor",
    "g / (x (1 - x)) inside the bounds.",
    kind=ELEMENTWISE,
    variants="",
    steps=True,
)
chebyshev_t = _one(
    "special_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor", "Chebyshev's T_n(x).", numbers="x n", differentiable=False
)
chebyshev_u = _one(
    "special_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor", "Chebyshev's U_n(x).", numbers="x n", differentiable=False
)
chebyshev_v = _one(
    "special_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor", "Chebyshev's V_n(x).", numbers="x n", differentiable=False
)
chebyshev_w = _one(
    "special_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor", "Chebyshev's W_n(x).", numbers="x n", differentiable=False
)
shifted_t = _one(
    "special_shifted_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor", "T_n(2x - 1).", numbers="x n", differentiable=False
)
shifted_u = _one(
    "special_shifted_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor", "U_n(2x - 1).", numbers="x n", differentiable=False
)
shifted_v = _one(
    "special_shifted_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor", "V_n(2x - 1).", numbers="x n", differentiable=False
)
shifted_w = _one(
    "special_shifted_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor", "W_n(2x - 1).", numbers="x n", differentiable=False
)
hermite_h = _one(
    "special_hermite_polynomial_h(Tensor x, Tensor n) -> Tensor", "Hermite's H_n(x).", numbers="x n", differentiable=False
)
hermite_he = _one(
    "special_hermite_polynomial_he(Tensor x, Tensor n) -> Tensor", "Hermite's He_n(x).", numbers="x n", differentiable=False
)
laguerre_l = _one(
    "special_laguerre_polynomial_l(Tensor x, Tensor n) -> Tensor", "Laguerre's L_n(x).", numbers="x n", differentiable=False
)
legendre_p = _one(
    "special_legendre_polynomial_p(Tensor x, Tensor n) -> Tensor", "Legendre's P_n(x).", numbers="x n", differentiable=False
)


@airy_ai.check
def _(x):
    if x.dtype.is_complex or (x.is_floating_point() and x.dtype.itemsize < 4):
        raise NotImplementedError(f"\"airy_ai_cpu\" not implemented for '{x.dtype.scalar_name}'")


@polygamma.check
def _(n, self):
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")


@erfc.decompose
def _(self):
    return 1 - self.erf()


@ndtr.decompose
def _(self):
    x = self * sqrt(0.5)
    centre = (x.erf() + 1) * 0.5
    tail = x.abs().erfc() * 0.5
    return centre.where(x.abs() < sqrt(0.5), tail.where(x < 0, 1 - tail))


@mvlgamma.decompose
def _(self, p):
    if p < 1:
        raise RuntimeError("p has to be greater than or equal to 1")
    total = self.lgamma()
    for k in range(1, p):
        total = total + (self - k / 2).lgamma()
    return total + p * (p - 1) / 4 * log(pi)


@entr.decompose
def _(self):
    return (-self.xlogy(self)).masked_fill(self < 0, -inf)


@xlog1py.decompose
def _(self, other):
    product = self * other.log1p()
    return product.masked_fill((self == 0) & (other == other), 0)


@logit.decompose
def _(self, eps):
    x = self if eps is None else self.clamp(eps, 1 - eps)
    return (x / (1 - x)).log()


@logit_backward.decompose
def _(grad_output, self, eps):
    slope = grad_output / (self * (1 - self))
    if eps is None:
        return slope.masked_fill((self < 0) | (self > 1), nan)
    return slope.masked_fill((self < eps) | (self > 1 - eps), 0)


@binding("polygamma", python="special.polygamma")
def polygamma_(n, input, *, out=None):
    """n-th derivative of digamma at `input`; as a method it is x.polygamma(n)."""
    if isinstance(n, Tensor):
        n, input = input, n
    return polygamma.wrapper(n, input, out=out)


@binding("polygamma_", function=False)
def polygamma_in_place(input, n):
    """In-place form of `polygamma`, which takes the tensor second."""
    made = polygamma.wrapper(n, input)
    if made.dtype is not input.dtype:
        raise RuntimeError(
            f"result type {made.dtype.scalar_name} can't be cast to the desired output type {input.dtype.scalar_name}"
        )
    return input.copy_(made)
