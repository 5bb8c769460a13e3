"""Wrappers of the `unpool` family, generated from ft_dispatch/ops/unpool.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_fractional_max_pool2d = OPS['fractional_max_pool2d']
table_fractional_max_pool2d = op_fractional_max_pool2d.table


def fractional_max_pool2d(input, kernel_size, output_size, random_samples):
    """Largest element of windows at pseudo-random places (Graham, 2014), and where it stood.

    aten::fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | random_samples._k | st.bits
        dest, rec, dense, memo = table_fractional_max_pool2d[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, kernel_size, output_size, = memo[input._a.shape, random_samples._a.shape, kernel_size, output_size]
        arr = st.run(leaf, input._a, kernel_size, output_size, random_samples._a, out=dest)
    except _MISS:
        return call(op_fractional_max_pool2d, fractional_max_pool2d, (input, kernel_size, output_size, random_samples))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, kernel_size, output_size, random_samples)


op_fractional_max_pool2d_backward = OPS['fractional_max_pool2d_backward']
table_fractional_max_pool2d_backward = op_fractional_max_pool2d_backward.table


def fractional_max_pool2d_backward(grad_output, input, kernel_size, output_size, indices):
    """The cotangent at the places of the maxima.

    aten::fractional_max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] output_size, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_fractional_max_pool2d_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, kernel_size, output_size, = memo[grad_output._a.shape, input._a.shape, indices._a.shape, kernel_size, output_size]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, output_size, indices._a, out=dest)
    except _MISS:
        return call(op_fractional_max_pool2d_backward, fractional_max_pool2d_backward, (grad_output, input, kernel_size, output_size, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, output_size, indices)


op_fractional_max_pool3d = OPS['fractional_max_pool3d']
table_fractional_max_pool3d = op_fractional_max_pool3d.table


def fractional_max_pool3d(input, kernel_size, output_size, random_samples):
    """Largest element of windows at pseudo-random places (Graham, 2014), and where it stood.

    aten::fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | random_samples._k | st.bits
        dest, rec, dense, memo = table_fractional_max_pool3d[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, kernel_size, output_size, = memo[input._a.shape, random_samples._a.shape, kernel_size, output_size]
        arr = st.run(leaf, input._a, kernel_size, output_size, random_samples._a, out=dest)
    except _MISS:
        return call(op_fractional_max_pool3d, fractional_max_pool3d, (input, kernel_size, output_size, random_samples))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, kernel_size, output_size, random_samples)


op_fractional_max_pool3d_backward = OPS['fractional_max_pool3d_backward']
table_fractional_max_pool3d_backward = op_fractional_max_pool3d_backward.table


def fractional_max_pool3d_backward(grad_output, input, kernel_size, output_size, indices):
    """The cotangent at the places of the maxima.

    aten::fractional_max_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] output_size, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_fractional_max_pool3d_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, kernel_size, output_size, = memo[grad_output._a.shape, input._a.shape, indices._a.shape, kernel_size, output_size]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, output_size, indices._a, out=dest)
    except _MISS:
        return call(op_fractional_max_pool3d_backward, fractional_max_pool3d_backward, (grad_output, input, kernel_size, output_size, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, output_size, indices)


op_max_unpool2d = OPS['max_unpool2d']
table_max_unpool2d = op_max_unpool2d.table


def max_unpool2d(input, indices, output_size, *, out=None):
    """Values put at their places in planes of zeros.

    aten::max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | indices._k | st.bits
        dest, rec, dense, memo = table_max_unpool2d[keys]
        if out is not None:
            raise KeyError
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        leaf, ok, output_size, = memo[input._a.shape, indices._a.shape, output_size]
        arr = st.run(leaf, input._a, indices._a, output_size, out=dest)
    except _MISS:
        return call(op_max_unpool2d, max_unpool2d, (input, indices, output_size), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, indices, output_size)


op_max_unpool3d = OPS['max_unpool3d']
table_max_unpool3d = op_max_unpool3d.table


def max_unpool3d(input, indices, output_size, stride, padding, *, out=None):
    """Values put at their places in volumes of zeros.

    aten::max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | indices._k | st.bits
        dest, rec, dense, memo = table_max_unpool3d[keys]
        if out is not None:
            raise KeyError
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, output_size, stride, padding, = memo[input._a.shape, indices._a.shape, output_size, stride, padding]
        arr = st.run(leaf, input._a, indices._a, output_size, stride, padding, out=dest)
    except _MISS:
        return call(op_max_unpool3d, max_unpool3d, (input, indices, output_size, stride, padding), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, indices, output_size, stride, padding)
