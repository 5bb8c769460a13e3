"""Derivatives of special functions. Source: DLMF 7.10 (error functions), 5.9 and 8.8 (gamma), 10.29 (Bessel)."""

from math import pi, sqrt

from ft_dispatch import surface as torch

from ..rule import local, real_only, undefined, vjp
from .matmul import conjugated

_raw = torch.raw


real_only(
    "digamma erf erfc erfinv i0 igamma igammac lgamma logit mvlgamma polygamma special_erfcx special_i0e special_i1 special_i1e "
    "special_log_ndtr special_ndtri special_zeta"
)


@local("erf", wrt="self")
def erf_self(self):
    return (self * self).neg().exp() * (2 / sqrt(pi))


@local("erfc", wrt="self")
def erfc_self(self):
    return (self * self).neg().exp() * (-2 / sqrt(pi))


@local("erfinv", wrt="self")
def erfinv_self(result):
    return (result * result).exp() * (sqrt(pi) / 2)


@local("special_erfcx", wrt="self")
def erfcx_self(self, result):
    return self * result * 2 - 2 / sqrt(pi)


@local("special_ndtri", wrt="self")
def ndtri_self(result):
    return (result * result / 2).exp() * sqrt(2 * pi)


@local("special_log_ndtr", wrt="self")
def log_ndtr_self(self):
    # density over distribution, as sqrt(2/pi) / erfcx(-x/sqrt 2): no underflow in the left tail
    scaled = _raw.special_erfcx(self * -sqrt(0.5))
    return scaled.reciprocal() * sqrt(2 / pi)


@local("lgamma", wrt="self")
def lgamma_self(self):
    return self.digamma()


@local("digamma", wrt="self")
def digamma_self(self):
    return _raw.polygamma(1, self)


@local("mvlgamma", wrt="self")
def mvlgamma_self(self, p):
    below = torch.arange((1 - p) / 2, 0.5, 0.5, dtype=self.dtype, device=self.device)
    return (below + self.unsqueeze(-1)).digamma().sum(-1)


@local("polygamma", wrt="self")
def polygamma_self(self, n):
    return _raw.polygamma(n + 1, self)


@local("igamma", wrt="other")
def igamma_other(self, other):
    return _density(self, other)


@local("igammac", wrt="other")
def igammac_other(self, other):
    return -_density(self, other)


def _density(a, x):
    """The gamma distribution's density: what both incomplete gammas have as slope."""
    return ((a - 1) * x.log() - x - a.lgamma()).exp()


@local("special_zeta", wrt="other")
def zeta_other(self, other):
    return -self * _raw.special_zeta(self + 1, other)


@local("i0", wrt="self")
def i0_self(self):
    return _raw.special_i1(self)


@local("special_i0e", wrt="self")
def i0e_self(self):
    # a difference of near numbers: what half types have rounded of either would be most of it
    x = self.to(self.dtype.opmath)
    return (_raw.special_i1e(x) - x.sgn() * _raw.special_i0e(x)).to(self.dtype)


@local("special_i1", wrt="self")
def i1_self(self, result):
    return self.i0() - _over(result, self)


@local("special_i1e", wrt="self")
def i1e_self(self, result):
    return _raw.special_i0e(self) - result * self.sgn() - _over(result, self)


def _over(value, x):
    """value / x for an odd function whose slope at 0 is one half."""
    zero = x == 0
    return torch.where(zero, 0.5, value / torch.where(zero, 1.0, x))


@local("special_entr", wrt="self")
def entr_self(self):
    return torch.where(self > 0, -(self.log()) - 1, torch.where(self == 0, float("inf"), float("nan")))


@local("special_xlog1py", wrt="self")
def xlog1py_self(self, other):
    return torch.where((self == 0) & (other <= -1), 0.0, _raw.special_xlog1py(torch.ones_like(self), other))


@local("special_xlog1py", wrt="other")
def xlog1py_other(self, other):
    return self / (other + 1)


@vjp("special_xlog1py", wrt="self")
def xlog1py_self_vjp(g, self, other):
    return torch.where((self == 0) & (other <= -1), 0.0, _raw.special_xlog1py(g, conjugated(other)))


@vjp("special_xlog1py", wrt="other")
def xlog1py_other_vjp(g, self, other):
    return g * conjugated(self) / conjugated(other + 1)


@vjp("logit", wrt="self")
def logit_self(g, self, eps):
    return _raw.logit_backward(g, self, eps)


@undefined("igamma", wrt="self")
def igamma_self(g):
    raise NotImplementedError("the derivative for 'igamma: input' is not implemented.")


@undefined("igammac", wrt="self")
def igammac_self(g):
    raise NotImplementedError("the derivative for 'igammac: input' is not implemented.")


@undefined("special_zeta", wrt="self")
def zeta_self(g):
    raise NotImplementedError("the derivative for 'zeta' is not implemented.")
