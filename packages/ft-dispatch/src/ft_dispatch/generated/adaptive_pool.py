"""Wrappers of the `adaptive_pool` family, generated from ft_dispatch/ops/adaptive_pool.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__adaptive_avg_pool2d = OPS['_adaptive_avg_pool2d']
table__adaptive_avg_pool2d = op__adaptive_avg_pool2d.table


def _adaptive_avg_pool2d(input, output_size):
    """Mean of windows that cover the input.

    aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__adaptive_avg_pool2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, = memo[input._a.shape, output_size]
        arr = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(op__adaptive_avg_pool2d, _adaptive_avg_pool2d, (input, output_size))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size)


op__adaptive_avg_pool2d_backward = OPS['_adaptive_avg_pool2d_backward']
table__adaptive_avg_pool2d_backward = op__adaptive_avg_pool2d_backward.table


def _adaptive_avg_pool2d_backward(grad_output, input):
    """The cotangent shared among each window's elements.

    aten::_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table__adaptive_avg_pool2d_backward[keys]
        leaf, ok = memo[grad_output._a.shape, input._a.shape]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        return call(op__adaptive_avg_pool2d_backward, _adaptive_avg_pool2d_backward, (grad_output, input))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input)


op__adaptive_avg_pool3d = OPS['_adaptive_avg_pool3d']
table__adaptive_avg_pool3d = op__adaptive_avg_pool3d.table


def _adaptive_avg_pool3d(input, output_size):
    """Mean of windows that cover the input.

    aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__adaptive_avg_pool3d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, = memo[input._a.shape, output_size]
        arr = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(op__adaptive_avg_pool3d, _adaptive_avg_pool3d, (input, output_size))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size)


op__adaptive_avg_pool3d_backward = OPS['_adaptive_avg_pool3d_backward']
table__adaptive_avg_pool3d_backward = op__adaptive_avg_pool3d_backward.table


def _adaptive_avg_pool3d_backward(grad_output, input):
    """The cotangent shared among each window's elements.

    aten::_adaptive_avg_pool3d_backward(Tensor grad_output, Tensor self) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table__adaptive_avg_pool3d_backward[keys]
        leaf, ok = memo[grad_output._a.shape, input._a.shape]
        arr = st.run(leaf, grad_output._a, input._a, out=dest)
    except _MISS:
        return call(op__adaptive_avg_pool3d_backward, _adaptive_avg_pool3d_backward, (grad_output, input))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input)


op_adaptive_max_pool2d = OPS['adaptive_max_pool2d']
table_adaptive_max_pool2d = op_adaptive_max_pool2d.table


def adaptive_max_pool2d(input, output_size):
    """Largest of windows that cover the input.

    aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_adaptive_max_pool2d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, = memo[input._a.shape, output_size]
        arr = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(op_adaptive_max_pool2d, adaptive_max_pool2d, (input, output_size))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, output_size)


op_adaptive_max_pool2d_backward = OPS['adaptive_max_pool2d_backward']
table_adaptive_max_pool2d_backward = op_adaptive_max_pool2d_backward.table


def adaptive_max_pool2d_backward(grad_output, input, indices):
    """The cotangent at the places of the maxima.

    aten::adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_adaptive_max_pool2d_backward[keys]
        leaf, ok = memo[grad_output._a.shape, input._a.shape, indices._a.shape]
        arr = st.run(leaf, grad_output._a, input._a, indices._a, out=dest)
    except _MISS:
        return call(op_adaptive_max_pool2d_backward, adaptive_max_pool2d_backward, (grad_output, input, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, indices)


op_adaptive_max_pool3d = OPS['adaptive_max_pool3d']
table_adaptive_max_pool3d = op_adaptive_max_pool3d.table


def adaptive_max_pool3d(input, output_size):
    """Largest of windows that cover the input.

    aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_adaptive_max_pool3d[keys]
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, = memo[input._a.shape, output_size]
        arr = st.run(leaf, input._a, output_size, out=dest)
    except _MISS:
        return call(op_adaptive_max_pool3d, adaptive_max_pool3d, (input, output_size))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, output_size)


op_adaptive_max_pool3d_backward = OPS['adaptive_max_pool3d_backward']
table_adaptive_max_pool3d_backward = op_adaptive_max_pool3d_backward.table


def adaptive_max_pool3d_backward(grad_output, input, indices):
    """The cotangent at the places of the maxima.

    aten::adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_adaptive_max_pool3d_backward[keys]
        leaf, ok = memo[grad_output._a.shape, input._a.shape, indices._a.shape]
        arr = st.run(leaf, grad_output._a, input._a, indices._a, out=dest)
    except _MISS:
        return call(op_adaptive_max_pool3d_backward, adaptive_max_pool3d_backward, (grad_output, input, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, indices)
