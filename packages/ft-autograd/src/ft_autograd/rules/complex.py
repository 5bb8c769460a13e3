"""Gradients of complex views and of numbers made from parts. Cotangents follow torch's convention: of a real part it is real."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp


@transpose("_conj", wrt="self")
def conj_self(g):
    return g.conj()


@transpose("_neg_view", wrt="self")
def neg_view_self(g):
    return g.neg()


@transpose("view_as_real", wrt="self")
def view_as_real_self(g):
    return torch.view_as_complex(g.contiguous())


@transpose("view_as_complex", wrt="self")
def view_as_complex_self(g):
    return torch.view_as_real(g.resolve_conj())


@vjp("complex", wrt="real imag")
def complex_vjp(g, needs):
    return g.real if needs[0] else None, g.imag if needs[1] else None


@vjp("polar", wrt="abs angle")
def polar_vjp(g, result, needs):
    turned = g.conj()
    return (
        (turned * result.sgn()).real if needs[0] else None,
        (turned * (result * 1j)).real if needs[1] else None,
    )
