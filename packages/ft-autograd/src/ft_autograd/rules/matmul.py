"""Gradients of matrix products. Each is a product with the other operand transposed (and conjugated where complex)."""

from ft_dispatch import surface as torch

from ..rule import real_only, transpose, vjp

real_only("_mm_nt _mm_tn")


def turned(x):
    """The adjoint of the last two dims: transposed, conjugated where complex."""
    x = x.t() if x.ndim == 2 else x.transpose(-2, -1)
    return x.conj() if x.is_complex() else x


def conjugated(x):
    """The conjugate of a tensor or a number; itself where real."""
    if isinstance(x, complex):
        return x.conjugate()
    if isinstance(x, (int, float)):
        return x
    return x.conj() if x.is_complex() else x


def scaled(g, factor):
    """g times a number, conjugated; g itself for 1."""
    return g if factor == 1 else g * conjugated(factor)


@transpose("bmm", wrt="self")
def bmm_self(g, mat2):
    return g.bmm(turned(mat2))


@transpose("bmm", wrt="mat2")
def bmm_mat2(g, self):
    return turned(self).bmm(g)


@transpose("mm", wrt="self")
def mm_self(g, mat2):
    return left_gradient(g, mat2)


@transpose("mm", wrt="mat2")
def mm_mat2(g, self, mat2_stride):
    return right_gradient(g, self, mat2_stride)


@transpose("_mm_nt", wrt="self")
def mm_nt_self(g, mat2):
    return g.mm(mat2)


@transpose("_mm_nt", wrt="mat2")
def mm_nt_mat2(g, self):
    return torch.raw._mm_tn(g, self)


@transpose("_mm_tn", wrt="self")
def mm_tn_self(g, mat2):
    return torch.raw._mm_nt(mat2, g)


@transpose("_mm_tn", wrt="mat2")
def mm_tn_mat2(g, self):
    return self.mm(g)


def right_gradient(g, mat1, stride):
    """Gradient of the right factor, laid out in memory as the factor is: a weight that came transposed gets its gradient
    without a copy.
    """
    rows, columns = stride
    if g.is_complex():
        return turned(mat1).mm(g)
    return torch.raw._mm_tn(g, mat1).t() if rows == 1 and columns > 1 else torch.raw._mm_tn(mat1, g)


def left_gradient(g, mat2):
    """Gradient of the left factor."""
    return g.mm(turned(mat2)) if mat2.is_complex() else torch.raw._mm_nt(g, mat2)


@vjp("addmm", wrt="self")
def addmm_self(g, beta):
    return scaled(g, beta)


@vjp("addmm", wrt="mat1")
def addmm_mat1(g, mat2, alpha):
    return scaled(left_gradient(g, mat2), alpha)


@vjp("addmm", wrt="mat2")
def addmm_mat2(g, mat1, mat2_stride, alpha):
    return scaled(right_gradient(g, mat1, mat2_stride), alpha)


@vjp("baddbmm", wrt="self batch1 batch2")
def baddbmm_vjp(g, batch1, batch2, beta, alpha, needs):
    return (
        scaled(g, beta) if needs[0] else None,
        scaled(g.bmm(turned(batch2)), alpha) if needs[1] else None,
        scaled(turned(batch1).bmm(g), alpha) if needs[2] else None,
    )


@vjp("addbmm", wrt="self batch1 batch2")
def addbmm_vjp(g, batch1, batch2, beta, alpha, needs):
    spread = g.unsqueeze(0).expand((batch1.shape[0], batch1.shape[1], batch2.shape[2]))
    return (
        scaled(g, beta) if needs[0] else None,
        scaled(spread.bmm(turned(batch2)), alpha) if needs[1] else None,
        scaled(turned(batch1).bmm(spread), alpha) if needs[2] else None,
    )


@transpose("mv", wrt="self")
def mv_self(g, vec):
    return g.unsqueeze(1) * conjugated(vec)


@transpose("mv", wrt="vec")
def mv_vec(g, self):
    return turned(self).mv(g)


@vjp("addmv", wrt="self mat vec")
def addmv_vjp(g, mat, vec, beta, alpha, needs):
    return (
        scaled(g, beta) if needs[0] else None,
        scaled(g.unsqueeze(1) * conjugated(vec), alpha) if needs[1] else None,
        scaled(turned(mat).mv(g), alpha) if needs[2] else None,
    )


@vjp("addr", wrt="self vec1 vec2")
def addr_vjp(g, vec1, vec2, beta, alpha, needs):
    return (
        scaled(g, beta) if needs[0] else None,
        scaled(g.mv(conjugated(vec2)), alpha) if needs[1] else None,
        scaled(g.t().mv(conjugated(vec1)), alpha) if needs[2] else None,
    )


@transpose("dot", wrt="self")
def dot_self(g, tensor):
    return g * conjugated(tensor)


@transpose("dot", wrt="tensor")
def dot_tensor(g, self):
    return g * conjugated(self)


@vjp("vdot", wrt="self other")
def vdot_vjp(g, self, other, needs):
    return conjugated(g) * other if needs[0] else None, g * self if needs[1] else None


@transpose("_unsafe_view", wrt="self")
def unsafe_view_self(g, self):
    return g.reshape(self.shape)
