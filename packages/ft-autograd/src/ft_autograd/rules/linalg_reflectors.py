"""Gradients of products of Householder reflections, through I - V T V^H with T = D (I + S D)^-1 (see the op table's file)."""

from ft_dispatch import surface as torch
from ft_dispatch.ops.linalg_reflectors import compact

from ..rule import undefined, vjp
from .matmul import turned

_raw = torch.raw


def _through(v, t, c, g):
    """Gradients of V and T in C - V T V^H C."""
    x = turned(v) @ c
    gw = -(turned(v) @ g)
    return c @ turned(turned(t) @ gw) - g @ turned(t @ x), gw @ turned(x)


def _packed(packed, tau, parts, gv, gt):
    """Gradients of the packed vectors and of tau from those of V and T."""
    v, s, inverted, t = parts
    right = gt @ turned(inverted)
    gm = -(turned(t) @ right)
    gs = (gm * (tau.conj() if tau.is_complex() else tau).unsqueeze(-2)).triu(1)
    gv = (gv + v @ (gs + turned(gs))).tril(-1)
    rest = packed.shape[-1] - tau.shape[-1]
    return torch.constant_pad_nd(gv, (0, rest)) if rest else gv, (right + turned(s) @ gm).diagonal(0, -2, -1)


@vjp("linalg_householder_product", wrt="input tau")
def householder_product_vjp(g, input, tau):
    if 0 in input.shape or 0 in tau.shape:
        return None, None
    parts = compact(input, tau)
    eye = torch.eye(*g.shape[-2:], dtype=g.dtype, device=g.device)
    return _packed(input, tau, parts, *_through(parts[0], parts[3], eye, g))


@vjp("ormqr", wrt="self input2 input3")
def ormqr_vjp(g, self, input2, input3, left, transpose, needs):
    gc = _raw.ormqr(self, input2, g, left, not transpose) if needs[2] else None
    if not (needs[0] or needs[1]) or 0 in self.shape or 0 in input2.shape:
        return None, None, gc
    parts = compact(self, input2)
    v, t, c = parts[0], parts[3], input3
    if not left:
        c, g = turned(c), turned(g)
    taken = transpose is left  # whether the product from the left is with T's adjoint
    gv, gt = _through(v, turned(t) if taken else t, c, g)
    return *_packed(self, input2, parts, gv, turned(gt) if taken else gt), gc


@undefined("geqrf", wrt="self")
def geqrf_vjp(g0, g1):
    raise NotImplementedError(
        "the derivative for 'geqrf' is not implemented. Torch has none either; use linalg.qr, whose factors are differentiable"
    )
