"""Wrappers of the `einsum` family, generated from ft_dispatch/ops/einsum.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__trilinear = OPS['_trilinear']
table__trilinear = op__trilinear.table


def _trilinear(i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim=1):
    """The sum over sumdim of the product of three tensors, each with the dims of its expand list put in, slice by slice of unroll_dim.

    aten::_trilinear(Tensor i1, Tensor i2, Tensor i3, int[] expand1, int[] expand2, int[] expand3, int[] sumdim, int unroll_dim=1) -> Tensor
    """
    try:
        st = TL.st
        keys = i1._k | i2._k | i3._k | st.bits
        dest, rec, dense, memo = table__trilinear[keys]
        if expand1.__class__ is list:
            expand1 = tuple(expand1)
        if expand2.__class__ is list:
            expand2 = tuple(expand2)
        if expand3.__class__ is list:
            expand3 = tuple(expand3)
        if sumdim.__class__ is list:
            sumdim = tuple(sumdim)
        leaf, ok, expand1, expand2, expand3, sumdim, unroll_dim, = memo[i1._a.shape, i2._a.shape, i3._a.shape, expand1, expand2, expand3, sumdim, unroll_dim]
        arr = st.run(leaf, i1._a, i2._a, i3._a, expand1, expand2, expand3, sumdim, unroll_dim, out=dest)
    except _MISS:
        return call(op__trilinear, _trilinear, (i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim)


op_bilinear = OPS['bilinear']


def bilinear(input1, input2, weight, bias=None):
    """input1 @ weight[k] @ input2 for each k.

    aten::bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor
    """
    try:
        keys = input1._k | input2._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_bilinear, bilinear, (input1, input2, weight, bias))
    if keys & 4331608735776:
        return call(op_bilinear, bilinear, (input1, input2, weight, bias))
    return op_bilinear.decomposition(*canonical(op_bilinear, (input1, input2, weight, bias)))


op_chain_matmul = OPS['chain_matmul']


def chain_matmul(matrices):
    """Product of several matrices.

    aten::chain_matmul(Tensor[] matrices) -> Tensor
    """
    return call(op_chain_matmul, chain_matmul, (matrices,))


op_einsum = OPS['einsum']


def einsum(equation, tensors, *, path=None):
    """Sums of products by an equation of subscripts.

    aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor
    """
    return call(op_einsum, einsum, (equation, tensors, path))


op_inner = OPS['inner']


def inner(input, other, *, out=None):
    """Sums of products over the last dims.

    aten::inner(Tensor self, Tensor other) -> Tensor
    """
    try:
        keys = input._k | other._k | TL.st.bits
    except AttributeError:
        return call(op_inner, inner, (input, other), out)
    if keys & 4331608735776:
        return call(op_inner, inner, (input, other), out)
    if out is not None:
        return call(op_inner, inner, (input, other), out)
    return op_inner.decomposition(*canonical(op_inner, (input, other)))


op_kron = OPS['kron']


def kron(input, other, *, out=None):
    """Kronecker product.

    aten::kron(Tensor self, Tensor other) -> Tensor
    """
    try:
        keys = input._k | other._k | TL.st.bits
    except AttributeError:
        return call(op_kron, kron, (input, other), out)
    if keys & 4331608735776:
        return call(op_kron, kron, (input, other), out)
    if out is not None:
        return call(op_kron, kron, (input, other), out)
    return op_kron.decomposition(*canonical(op_kron, (input, other)))


op_linalg_multi_dot = OPS['linalg_multi_dot']


def linalg_multi_dot(tensors, *, out=None):
    """Product of several matrices in the cheapest order.

    aten::linalg_multi_dot(Tensor[] tensors) -> Tensor
    """
    return call(op_linalg_multi_dot, linalg_multi_dot, (tensors,), out)


op_linalg_vecdot = OPS['linalg_vecdot']


def linalg_vecdot(x, y, *, dim=-1, out=None):
    """Inner products along a dim, the first conjugated.

    aten::linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor
    """
    try:
        keys = x._k | y._k | TL.st.bits
    except AttributeError:
        return call(op_linalg_vecdot, linalg_vecdot, (x, y, dim), out)
    if keys & 4331608735776:
        return call(op_linalg_vecdot, linalg_vecdot, (x, y, dim), out)
    if out is not None:
        return call(op_linalg_vecdot, linalg_vecdot, (x, y, dim), out)
    return op_linalg_vecdot.decomposition(*canonical(op_linalg_vecdot, (x, y, dim)))


op_tensordot = OPS['tensordot']


def tensordot(input, other, dims_self, dims_other):
    """Sums of products over given dims.

    aten::tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor
    """
    try:
        keys = input._k | other._k | TL.st.bits
    except AttributeError:
        return call(op_tensordot, tensordot, (input, other, dims_self, dims_other))
    if keys & 4331608735776:
        return call(op_tensordot, tensordot, (input, other, dims_self, dims_other))
    return op_tensordot.decomposition(*canonical(op_tensordot, (input, other, dims_self, dims_other)))
