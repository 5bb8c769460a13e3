"""Wrappers of the `matmul` family, generated from ft_dispatch/ops/matmul.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__mm_nt = OPS['_mm_nt']
__mm_nt_table = __mm_nt.table


def _mm_nt(input, mat2):
    """self @ mat2.T without making the view; what gradients of products ask for.

    aten::_mm_nt(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat2._k | st.bits
        leaf, dest, rec, dense, memo = __mm_nt_table[k]
        ok = memo[input._a.shape, mat2._a.shape]
        a = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(__mm_nt, _mm_nt, (input, mat2))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat2)


__mm_tn = OPS['_mm_tn']
__mm_tn_table = __mm_tn.table


def _mm_tn(input, mat2):
    """self.T @ mat2 without making the view; what gradients of products ask for.

    aten::_mm_tn(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat2._k | st.bits
        leaf, dest, rec, dense, memo = __mm_tn_table[k]
        ok = memo[input._a.shape, mat2._a.shape]
        a = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(__mm_tn, _mm_tn, (input, mat2))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat2)


__unsafe_view = OPS['_unsafe_view']
__unsafe_view_table = __unsafe_view.table


def _unsafe_view(input, size):
    """Another shape of a temporary nobody else holds.

    aten::_unsafe_view(Tensor self, SymInt[] size) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __unsafe_view_table[k]
        ok, size, = memo[input._a.shape, size]
        a = st.run(leaf, input._a, size, out=dest)
    except _MISS:
        return call(__unsafe_view, _unsafe_view, (input, size))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, size)


_addbmm = OPS['addbmm']
_addbmm_table = _addbmm.table


def addbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None):
    """beta * input + alpha * (sum of all batch1[i] @ batch2[i]).

    aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | batch1._k | batch2._k | st.bits
        leaf, dest, rec, dense, memo = _addbmm_table[k]
        if out is not None:
            raise KeyError
        ok, beta, alpha, = memo[input._a.shape, batch1._a.shape, batch2._a.shape, beta, alpha]
        a = st.run(leaf, input._a, batch1._a, batch2._a, beta, alpha, out=dest)
    except _MISS:
        return call(_addbmm, addbmm, (input, batch1, batch2, beta, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, batch1, batch2, beta, alpha)


def addbmm_(input, batch1, batch2, *, beta=1, alpha=1):
    """In-place form of `addbmm`."""
    return call_inplace(_addbmm, addbmm_, (input, batch1, batch2, beta, alpha))


_addmm = OPS['addmm']
_addmm_table = _addmm.table


def addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None):
    """beta * input + alpha * (mat1 @ mat2).

    aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat1._k | mat2._k | st.bits
        leaf, dest, rec, dense, memo = _addmm_table[k]
        if out is not None:
            raise KeyError
        ok, beta, alpha, = memo[input._a.shape, mat1._a.shape, mat2._a.shape, beta, alpha]
        a = st.run(leaf, input._a, mat1._a, mat2._a, beta, alpha, out=dest)
    except _MISS:
        return call(_addmm, addmm, (input, mat1, mat2, beta, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat1, mat2, beta, alpha)


def addmm_(input, mat1, mat2, *, beta=1, alpha=1):
    """In-place form of `addmm`."""
    return call_inplace(_addmm, addmm_, (input, mat1, mat2, beta, alpha))


_addmv = OPS['addmv']
_addmv_table = _addmv.table


def addmv(input, mat, vec, *, beta=1, alpha=1, out=None):
    """beta * input + alpha * (mat @ vec).

    aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat._k | vec._k | st.bits
        leaf, dest, rec, dense, memo = _addmv_table[k]
        if out is not None:
            raise KeyError
        ok, beta, alpha, = memo[input._a.shape, mat._a.shape, vec._a.shape, beta, alpha]
        a = st.run(leaf, input._a, mat._a, vec._a, beta, alpha, out=dest)
    except _MISS:
        return call(_addmv, addmv, (input, mat, vec, beta, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat, vec, beta, alpha)


def addmv_(input, mat, vec, *, beta=1, alpha=1):
    """In-place form of `addmv`."""
    return call_inplace(_addmv, addmv_, (input, mat, vec, beta, alpha))


_addr = OPS['addr']
_addr_table = _addr.table


def addr(input, vec1, vec2, *, beta=1, alpha=1, out=None):
    """beta * input + alpha * outer(vec1, vec2).

    aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | vec1._k | vec2._k | st.bits
        leaf, dest, rec, dense, memo = _addr_table[k]
        if out is not None:
            raise KeyError
        ok, beta, alpha, = memo[input._a.shape, vec1._a.shape, vec2._a.shape, beta, alpha]
        a = st.run(leaf, input._a, vec1._a, vec2._a, beta, alpha, out=dest)
    except _MISS:
        return call(_addr, addr, (input, vec1, vec2, beta, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, vec1, vec2, beta, alpha)


def addr_(input, vec1, vec2, *, beta=1, alpha=1):
    """In-place form of `addr`."""
    return call_inplace(_addr, addr_, (input, vec1, vec2, beta, alpha))


_baddbmm = OPS['baddbmm']
_baddbmm_table = _baddbmm.table


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None):
    """beta * input + alpha * (batch1 @ batch2).

    aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | batch1._k | batch2._k | st.bits
        leaf, dest, rec, dense, memo = _baddbmm_table[k]
        if out is not None:
            raise KeyError
        ok, beta, alpha, = memo[input._a.shape, batch1._a.shape, batch2._a.shape, beta, alpha]
        a = st.run(leaf, input._a, batch1._a, batch2._a, beta, alpha, out=dest)
    except _MISS:
        return call(_baddbmm, baddbmm, (input, batch1, batch2, beta, alpha), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, batch1, batch2, beta, alpha)


def baddbmm_(input, batch1, batch2, *, beta=1, alpha=1):
    """In-place form of `baddbmm`."""
    return call_inplace(_baddbmm, baddbmm_, (input, batch1, batch2, beta, alpha))


_bmm = OPS['bmm']
_bmm_table = _bmm.table


def bmm(input, mat2, *, out=None):
    """Products of two batches of matrices.

    aten::bmm(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat2._k | st.bits
        leaf, dest, rec, dense, memo = _bmm_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, mat2._a.shape]
        a = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(_bmm, bmm, (input, mat2), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat2)


_dot = OPS['dot']
_dot_table = _dot.table


def dot(input, tensor, *, out=None):
    """Inner product of two vectors.

    aten::dot(Tensor self, Tensor tensor) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | tensor._k | st.bits
        leaf, dest, rec, dense, memo = _dot_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, tensor._a.shape]
        a = st.run(leaf, input._a, tensor._a, out=dest)
    except _MISS:
        return call(_dot, dot, (input, tensor), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, tensor)


_linear = OPS['linear']


def linear(input, weight, bias=None):
    """input @ weight.T + bias.

    aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor
    """
    try:
        k = input._k | weight._k | TL.st.bits
        if bias is not None:
            k |= bias._k
    except AttributeError:
        return call(_linear, linear, (input, weight, bias))
    if k & 2147483680:
        return call(_linear, linear, (input, weight, bias))
    return _linear.decomposition(input, weight, bias)


_matmul = OPS['matmul']


def matmul(input, other, *, out=None):
    """Matrix product of tensors of any rank; leading dims broadcast.

    aten::matmul(Tensor self, Tensor other) -> Tensor
    """
    return call(_matmul, matmul, (input, other), out)


def __matmul__(input, other):
    return matmul(input, other) if operand(other) else NotImplemented


def __rmatmul__(input, other):
    if not operand(other):
        return NotImplemented
    return matmul(other, input)


_mm = OPS['mm']
_mm_table = _mm.table


def mm(input, mat2, *, out=None):
    """Product of two matrices.

    aten::mm(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | mat2._k | st.bits
        leaf, dest, rec, dense, memo = _mm_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, mat2._a.shape]
        a = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(_mm, mm, (input, mat2), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, mat2)


_mv = OPS['mv']
_mv_table = _mv.table


def mv(input, vec, *, out=None):
    """Product of a matrix and a vector.

    aten::mv(Tensor self, Tensor vec) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | vec._k | st.bits
        leaf, dest, rec, dense, memo = _mv_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, vec._a.shape]
        a = st.run(leaf, input._a, vec._a, out=dest)
    except _MISS:
        return call(_mv, mv, (input, vec), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, vec)


_outer = OPS['outer']


def outer(input, vec2, *, out=None):
    """All products of two vectors.

    aten::outer(Tensor self, Tensor vec2) -> Tensor
    """
    return call(_outer, outer, (input, vec2), out)


_vdot = OPS['vdot']
_vdot_table = _vdot.table


def vdot(input, other, *, out=None):
    """Inner product of two vectors, the first conjugated.

    aten::vdot(Tensor self, Tensor other) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | other._k | st.bits
        leaf, dest, rec, dense, memo = _vdot_table[k]
        if out is not None:
            raise KeyError
        ok = memo[input._a.shape, other._a.shape]
        a = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        return call(_vdot, vdot, (input, other), out)
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, other)
