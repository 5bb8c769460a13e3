"""Gradients of draws by rejection: pathwise for gamma and Dirichlet, zero for Poisson counts.

A pathwise gradient moves the sample with its parameter while its quantile stays. Source: Figurnov, Mohamed and Mnih, Implicit
reparameterization gradients, 2018. A binomial draw has none.
"""

from ft_dispatch import surface as torch
from ft_dispatch.surface import raw

from ..rule import local, vjp


@local("_standard_gamma", wrt="self")
def standard_gamma_self(self, result):
    return raw._standard_gamma_grad(self, result)


@vjp("_sample_dirichlet", wrt="self")
def sample_dirichlet_self(g, self, result):
    moved = raw._dirichlet_grad(result, self, self.sum(-1, keepdim=True).expand(self.shape))
    return moved * (g - (result * g).sum(-1, keepdim=True))


@vjp("poisson", wrt="self")
def poisson_self(g):
    return torch.zeros_like(g)
