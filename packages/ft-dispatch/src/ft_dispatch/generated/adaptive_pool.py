"""Wrappers of the `adaptive_pool` family, generated from ft_dispatch/ops/adaptive_pool.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

__adaptive_avg_pool2d = OPS['_adaptive_avg_pool2d']
__adaptive_avg_pool2d_table = __adaptive_avg_pool2d.table


def _adaptive_avg_pool2d(input, output_size):
    """Mean of windows that cover the input.

    aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __adaptive_avg_pool2d_table[k]
        ok, output_size, = memo[input._a.shape, output_size]
        a = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(__adaptive_avg_pool2d, _adaptive_avg_pool2d, (input, output_size))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, output_size)


__adaptive_avg_pool2d_backward = OPS['_adaptive_avg_pool2d_backward']
__adaptive_avg_pool2d_backward_table = __adaptive_avg_pool2d_backward.table


def _adaptive_avg_pool2d_backward(grad_output, input):
    """The cotangent shared among each window's elements.

    aten::_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | st.bits
        leaf, dest, rec, dense, memo = __adaptive_avg_pool2d_backward_table[k]
        ok = memo[grad_output._a.shape, input._a.shape]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        return call(__adaptive_avg_pool2d_backward, _adaptive_avg_pool2d_backward, (grad_output, input))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input)


__adaptive_avg_pool3d = OPS['_adaptive_avg_pool3d']
__adaptive_avg_pool3d_table = __adaptive_avg_pool3d.table


def _adaptive_avg_pool3d(input, output_size):
    """Mean of windows that cover the input.

    aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = __adaptive_avg_pool3d_table[k]
        ok, output_size, = memo[input._a.shape, output_size]
        a = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(__adaptive_avg_pool3d, _adaptive_avg_pool3d, (input, output_size))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, input, output_size)


__adaptive_avg_pool3d_backward = OPS['_adaptive_avg_pool3d_backward']
__adaptive_avg_pool3d_backward_table = __adaptive_avg_pool3d_backward.table


def _adaptive_avg_pool3d_backward(grad_output, input):
    """The cotangent shared among each window's elements.

    aten::_adaptive_avg_pool3d_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | st.bits
        leaf, dest, rec, dense, memo = __adaptive_avg_pool3d_backward_table[k]
        ok = memo[grad_output._a.shape, input._a.shape]
        a = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        return call(__adaptive_avg_pool3d_backward, _adaptive_avg_pool3d_backward, (grad_output, input))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input)


_adaptive_max_pool2d = OPS['adaptive_max_pool2d']
_adaptive_max_pool2d_table = _adaptive_max_pool2d.table


def adaptive_max_pool2d(input, output_size):
    """Largest of windows that cover the input.

    aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _adaptive_max_pool2d_table[k]
        ok, output_size, = memo[input._a.shape, output_size]
        a = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(_adaptive_max_pool2d, adaptive_max_pool2d, (input, output_size))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, output_size)


_adaptive_max_pool2d_backward = OPS['adaptive_max_pool2d_backward']
_adaptive_max_pool2d_backward_table = _adaptive_max_pool2d_backward.table


def adaptive_max_pool2d_backward(grad_output, input, indices):
    """The cotangent at the places of the maxima.

    aten::adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | indices._k | st.bits
        leaf, dest, rec, dense, memo = _adaptive_max_pool2d_backward_table[k]
        ok = memo[grad_output._a.shape, input._a.shape, indices._a.shape]
        a = st.run(leaf, grad_output._a, input._a, indices._a, out=dest)
    except _MISS:
        return call(_adaptive_max_pool2d_backward, adaptive_max_pool2d_backward, (grad_output, input, indices))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input, indices)


_adaptive_max_pool3d = OPS['adaptive_max_pool3d']
_adaptive_max_pool3d_table = _adaptive_max_pool3d.table


def adaptive_max_pool3d(input, output_size):
    """Largest of windows that cover the input.

    aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        k = input._k | st.bits
        leaf, dest, rec, dense, memo = _adaptive_max_pool3d_table[k]
        ok, output_size, = memo[input._a.shape, output_size]
        a = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(_adaptive_max_pool3d, adaptive_max_pool3d, (input, output_size))
    o = wrap_all(a, ok)
    return o if rec is None else rec(o, input, output_size)


_adaptive_max_pool3d_backward = OPS['adaptive_max_pool3d_backward']
_adaptive_max_pool3d_backward_table = _adaptive_max_pool3d_backward.table


def adaptive_max_pool3d_backward(grad_output, input, indices):
    """The cotangent at the places of the maxima.

    aten::adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        k = grad_output._k | input._k | indices._k | st.bits
        leaf, dest, rec, dense, memo = _adaptive_max_pool3d_backward_table[k]
        ok = memo[grad_output._a.shape, input._a.shape, indices._a.shape]
        a = st.run(leaf, grad_output._a, input._a, indices._a, out=dest)
    except _MISS:
        return call(_adaptive_max_pool3d_backward, adaptive_max_pool3d_backward, (grad_output, input, indices))
    if k & 4:
        a = dense(a)
    o = new(Tensor)
    o._a = a
    o._k = ok
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o if rec is None else rec(o, grad_output, input, indices)
