"""Wrappers of the `matmul` family, generated from ft_dispatch/ops/matmul.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.older_forms import call_older
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__mm_nt = OPS['_mm_nt']
table__mm_nt = op__mm_nt.table


def _mm_nt(input, mat2):
    """self @ mat2.T without making the view; what gradients of products ask for.

    aten::_mm_nt(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mat2._k | st.bits
        leaf, dest, rec, _, ok = table__mm_nt[keys]
        arr = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(op__mm_nt, _mm_nt, (input, mat2))
    if keys & 4 and not (arr.flags.c_contiguous and arr.size):
        return call(op__mm_nt, _mm_nt, (input, mat2))
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat2)


op__mm_tn = OPS['_mm_tn']
table__mm_tn = op__mm_tn.table


def _mm_tn(input, mat2):
    """self.T @ mat2 without making the view; what gradients of products ask for.

    aten::_mm_tn(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mat2._k | st.bits
        leaf, dest, rec, _, ok = table__mm_tn[keys]
        arr = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(op__mm_tn, _mm_tn, (input, mat2))
    if keys & 4 and not (arr.flags.c_contiguous and arr.size):
        return call(op__mm_tn, _mm_tn, (input, mat2))
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat2)


op__unsafe_view = OPS['_unsafe_view']
table__unsafe_view = op__unsafe_view.table


def _unsafe_view(input, size):
    """Another shape of a temporary nobody else holds.

    aten::_unsafe_view(Tensor self, SymInt[] size) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__unsafe_view[keys]
        if size.__class__ is list:
            size = tuple(size)
        leaf, ok, size, = memo[input._a.shape, size]
        arr = st.run(leaf, input._a, size, out=dest)
    except _MISS:
        return call(op__unsafe_view, _unsafe_view, (input, size))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, size)


op_addbmm = OPS['addbmm']
table_addbmm = op_addbmm.table


def addbmm(input, batch1, batch2, *older, beta=1, alpha=1, out=None):
    """beta * input + alpha * (sum of all batch1[i] @ batch2[i]).

    aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_addbmm, addbmm, (input, batch1, batch2, *older), beta=beta, alpha=alpha, out=out)
    try:
        st = TL.st
        keys = input._k | batch1._k | batch2._k | st.bits
        dest, rec, dense, memo = table_addbmm[keys]
        if out is not None:
            raise KeyError
        leaf, ok, beta, alpha, = memo[input._a.shape, batch1._a.shape, batch2._a.shape, beta, alpha]
        arr = st.run(leaf, input._a, batch1._a, batch2._a, beta, alpha, out=dest)
    except _MISS:
        return call(op_addbmm, addbmm, (input, batch1, batch2, beta, alpha), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, batch1, batch2, beta, alpha)


def addbmm_(input, batch1, batch2, *older, beta=1, alpha=1):
    """In-place form of `addbmm`."""
    if older:
        return call_older(op_addbmm, addbmm_, (input, batch1, batch2, *older), beta=beta, alpha=alpha)
    return call_inplace(op_addbmm, addbmm_, (input, batch1, batch2, beta, alpha))


op_addmm = OPS['addmm']
table_addmm = op_addmm.table


def addmm(input, mat1, mat2, *older, beta=1, alpha=1, out=None):
    """beta * input + alpha * (mat1 @ mat2).

    aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_addmm, addmm, (input, mat1, mat2, *older), beta=beta, alpha=alpha, out=out)
    try:
        st = TL.st
        keys = input._k | mat1._k | mat2._k | st.bits
        leaf, dest, rec, _, ok = table_addmm[keys]
        if out is not None:
            raise KeyError
        if not (beta == 1 and alpha == 1):
            raise KeyError
        arr = st.run(leaf, input._a, mat1._a, mat2._a, beta, alpha, out=dest)
    except _MISS:
        return call(op_addmm, addmm, (input, mat1, mat2, beta, alpha), out)
    if keys & 4 and not (arr.flags.c_contiguous and arr.size):
        return call(op_addmm, addmm, (input, mat1, mat2, beta, alpha), out)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat1, mat2, beta, alpha)


def addmm_(input, mat1, mat2, *older, beta=1, alpha=1):
    """In-place form of `addmm`."""
    if older:
        return call_older(op_addmm, addmm_, (input, mat1, mat2, *older), beta=beta, alpha=alpha)
    return call_inplace(op_addmm, addmm_, (input, mat1, mat2, beta, alpha))


op_addmv = OPS['addmv']
table_addmv = op_addmv.table


def addmv(input, mat, vec, *older, beta=1, alpha=1, out=None):
    """beta * input + alpha * (mat @ vec).

    aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_addmv, addmv, (input, mat, vec, *older), beta=beta, alpha=alpha, out=out)
    try:
        st = TL.st
        keys = input._k | mat._k | vec._k | st.bits
        dest, rec, dense, memo = table_addmv[keys]
        if out is not None:
            raise KeyError
        leaf, ok, beta, alpha, = memo[input._a.shape, mat._a.shape, vec._a.shape, beta, alpha]
        arr = st.run(leaf, input._a, mat._a, vec._a, beta, alpha, out=dest)
    except _MISS:
        return call(op_addmv, addmv, (input, mat, vec, beta, alpha), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat, vec, beta, alpha)


def addmv_(input, mat, vec, *older, beta=1, alpha=1):
    """In-place form of `addmv`."""
    if older:
        return call_older(op_addmv, addmv_, (input, mat, vec, *older), beta=beta, alpha=alpha)
    return call_inplace(op_addmv, addmv_, (input, mat, vec, beta, alpha))


op_addr = OPS['addr']
table_addr = op_addr.table


def addr(input, vec1, vec2, *older, beta=1, alpha=1, out=None):
    """beta * input + alpha * outer(vec1, vec2).

    aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_addr, addr, (input, vec1, vec2, *older), beta=beta, alpha=alpha, out=out)
    try:
        st = TL.st
        keys = input._k | vec1._k | vec2._k | st.bits
        dest, rec, dense, memo = table_addr[keys]
        if out is not None:
            raise KeyError
        leaf, ok, beta, alpha, = memo[input._a.shape, vec1._a.shape, vec2._a.shape, beta, alpha]
        arr = st.run(leaf, input._a, vec1._a, vec2._a, beta, alpha, out=dest)
    except _MISS:
        return call(op_addr, addr, (input, vec1, vec2, beta, alpha), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, vec1, vec2, beta, alpha)


def addr_(input, vec1, vec2, *older, beta=1, alpha=1):
    """In-place form of `addr`."""
    if older:
        return call_older(op_addr, addr_, (input, vec1, vec2, *older), beta=beta, alpha=alpha)
    return call_inplace(op_addr, addr_, (input, vec1, vec2, beta, alpha))


op_baddbmm = OPS['baddbmm']
table_baddbmm = op_baddbmm.table


def baddbmm(input, batch1, batch2, *older, beta=1, alpha=1, out=None):
    """beta * input + alpha * (batch1 @ batch2).

    aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor
    """
    if older:
        return call_older(op_baddbmm, baddbmm, (input, batch1, batch2, *older), beta=beta, alpha=alpha, out=out)
    try:
        st = TL.st
        keys = input._k | batch1._k | batch2._k | st.bits
        dest, rec, dense, memo = table_baddbmm[keys]
        if out is not None:
            raise KeyError
        leaf, ok, beta, alpha, = memo[input._a.shape, batch1._a.shape, batch2._a.shape, beta, alpha]
        arr = st.run(leaf, input._a, batch1._a, batch2._a, beta, alpha, out=dest)
    except _MISS:
        return call(op_baddbmm, baddbmm, (input, batch1, batch2, beta, alpha), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, batch1, batch2, beta, alpha)


def baddbmm_(input, batch1, batch2, *older, beta=1, alpha=1):
    """In-place form of `baddbmm`."""
    if older:
        return call_older(op_baddbmm, baddbmm_, (input, batch1, batch2, *older), beta=beta, alpha=alpha)
    return call_inplace(op_baddbmm, baddbmm_, (input, batch1, batch2, beta, alpha))


op_bmm = OPS['bmm']
table_bmm = op_bmm.table


def bmm(input, mat2, *, out=None):
    """Products of two batches of matrices.

    aten::bmm(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mat2._k | st.bits
        dest, rec, dense, memo = table_bmm[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, mat2._a.shape]
        arr = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(op_bmm, bmm, (input, mat2), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat2)


op_dot = OPS['dot']
table_dot = op_dot.table


def dot(input, tensor, *, out=None):
    """Inner product of two vectors.

    aten::dot(Tensor self, Tensor tensor) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | tensor._k | st.bits
        dest, rec, dense, memo = table_dot[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, tensor._a.shape]
        arr = st.run(leaf, input._a, tensor._a, out=dest)
    except _MISS:
        return call(op_dot, dot, (input, tensor), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, tensor)


op_linear = OPS['linear']
table_linear = op_linear.table


def linear(input, weight, bias=None, *, out=None):
    """input @ weight.T + bias.

    aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | weight._k | st.bits
        if bias is None:
            a_bias = None
            keys = ~keys
        else:
            a_bias = bias._a
            keys |= bias._k
        leaf, dest, ok, rec = table_linear[keys]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, weight._a, a_bias, out=dest)
    except _MISS:
        pass
    else:
        made = new(Tensor)
        made._a = arr
        made._k = ok
        made._ver = made._grad = made._base = made._storage = made._node = None
        return made if rec is None else rec(made, input, weight, bias)
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_linear, linear, (input, weight, bias), out)
    if keys & 4331608735776:
        return call(op_linear, linear, (input, weight, bias), out)
    if out is not None:
        return call(op_linear, linear, (input, weight, bias), out)
    return call_fused(op_linear, (input, weight, bias), keys)


op_matmul = OPS['matmul']


def matmul(input, other, *, out=None):
    """Matrix product of tensors of any rank; leading dims broadcast.

    aten::matmul(Tensor self, Tensor other) -> Tensor
    """
    try:
        keys = input._k | other._k | TL.st.bits
    except AttributeError:
        return call(op_matmul, matmul, (input, other), out)
    if keys & 4331608735776:
        return call(op_matmul, matmul, (input, other), out)
    if out is not None:
        return call(op_matmul, matmul, (input, other), out)
    return op_matmul.decomposition(input, other)


def __matmul__(input, other):
    return matmul(input, other) if operand(other, input) else NotImplemented


def __rmatmul__(input, other):
    if not operand(other, input):
        return NotImplemented
    return matmul(other, input)


op_mm = OPS['mm']
table_mm = op_mm.table


def mm(input, mat2, *, out=None):
    """Product of two matrices.

    aten::mm(Tensor self, Tensor mat2) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | mat2._k | st.bits
        leaf, dest, rec, _, ok = table_mm[keys]
        if out is not None:
            raise KeyError
        arr = st.run(leaf, input._a, mat2._a, out=dest)
    except _MISS:
        return call(op_mm, mm, (input, mat2), out)
    if keys & 4 and not (arr.flags.c_contiguous and arr.size):
        return call(op_mm, mm, (input, mat2), out)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, mat2)


op_mv = OPS['mv']
table_mv = op_mv.table


def mv(input, vec, *, out=None):
    """Product of a matrix and a vector.

    aten::mv(Tensor self, Tensor vec) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | vec._k | st.bits
        dest, rec, dense, memo = table_mv[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, vec._a.shape]
        arr = st.run(leaf, input._a, vec._a, out=dest)
    except _MISS:
        return call(op_mv, mv, (input, vec), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, vec)


op_outer = OPS['outer']


def outer(input, vec2, *, out=None):
    """All products of two vectors.

    aten::outer(Tensor self, Tensor vec2) -> Tensor
    """
    try:
        keys = input._k | vec2._k | TL.st.bits
    except AttributeError:
        return call(op_outer, outer, (input, vec2), out)
    if keys & 4331608735776:
        return call(op_outer, outer, (input, vec2), out)
    if out is not None:
        return call(op_outer, outer, (input, vec2), out)
    return op_outer.decomposition(*canonical(op_outer, (input, vec2)))


op_vdot = OPS['vdot']
table_vdot = op_vdot.table


def vdot(input, other, *, out=None):
    """Inner product of two vectors, the first conjugated.

    aten::vdot(Tensor self, Tensor other) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | other._k | st.bits
        dest, rec, dense, memo = table_vdot[keys]
        if out is not None:
            raise KeyError
        leaf, ok = memo[input._a.shape, other._a.shape]
        arr = st.run(leaf, input._a, other._a, out=dest)
    except _MISS:
        return call(op_vdot, vdot, (input, other), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, other)
