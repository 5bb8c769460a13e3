"""Wrappers of the `pool` family, generated from ft_dispatch/ops/pool.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_adaptive_avg_pool1d = OPS['adaptive_avg_pool1d']
table_adaptive_avg_pool1d = op_adaptive_avg_pool1d.table


def adaptive_avg_pool1d(input, output_size):
    """Mean of windows that cover the input.

    aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_adaptive_avg_pool1d, adaptive_avg_pool1d, (input, output_size))
    if keys & 4331608735776:
        return call(op_adaptive_avg_pool1d, adaptive_avg_pool1d, (input, output_size))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, = table_adaptive_avg_pool1d[output_size]
    except (KeyError, TypeError):
        return op_adaptive_avg_pool1d.decomposition(*settled(op_adaptive_avg_pool1d, (input, output_size), keys))
    return op_adaptive_avg_pool1d.decomposition(input, output_size)


op_adaptive_avg_pool2d = OPS['adaptive_avg_pool2d']
table_adaptive_avg_pool2d = op_adaptive_avg_pool2d.table


def adaptive_avg_pool2d(input, output_size):
    """Mean of windows that cover the input.

    aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_adaptive_avg_pool2d, adaptive_avg_pool2d, (input, output_size))
    if keys & 4331608735776:
        return call(op_adaptive_avg_pool2d, adaptive_avg_pool2d, (input, output_size))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, = table_adaptive_avg_pool2d[output_size]
    except (KeyError, TypeError):
        return op_adaptive_avg_pool2d.decomposition(*settled(op_adaptive_avg_pool2d, (input, output_size), keys))
    return op_adaptive_avg_pool2d.decomposition(input, output_size)


op_adaptive_avg_pool3d = OPS['adaptive_avg_pool3d']
table_adaptive_avg_pool3d = op_adaptive_avg_pool3d.table


def adaptive_avg_pool3d(input, output_size):
    """Mean of windows that cover the input.

    aten::adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_adaptive_avg_pool3d, adaptive_avg_pool3d, (input, output_size))
    if keys & 4331608735776:
        return call(op_adaptive_avg_pool3d, adaptive_avg_pool3d, (input, output_size))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, = table_adaptive_avg_pool3d[output_size]
    except (KeyError, TypeError):
        return op_adaptive_avg_pool3d.decomposition(*settled(op_adaptive_avg_pool3d, (input, output_size), keys))
    return op_adaptive_avg_pool3d.decomposition(input, output_size)


op_adaptive_max_pool1d = OPS['adaptive_max_pool1d']
table_adaptive_max_pool1d = op_adaptive_max_pool1d.table


def adaptive_max_pool1d(input, output_size):
    """Largest of windows that cover the input.

    aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_adaptive_max_pool1d, adaptive_max_pool1d, (input, output_size))
    if keys & 4331608735776:
        return call(op_adaptive_max_pool1d, adaptive_max_pool1d, (input, output_size))
    try:
        if keys & 4397174096120:
            raise KeyError
        output_size, = table_adaptive_max_pool1d[output_size]
    except (KeyError, TypeError):
        return op_adaptive_max_pool1d.decomposition(*settled(op_adaptive_max_pool1d, (input, output_size), keys))
    return op_adaptive_max_pool1d.decomposition(input, output_size)


op_avg_pool1d = OPS['avg_pool1d']
table_avg_pool1d = op_avg_pool1d.table


def avg_pool1d(input, kernel_size, stride=(), padding=0, ceil_mode=False, count_include_pad=True):
    """Mean of each window.

    aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_avg_pool1d, avg_pool1d, (input, kernel_size, stride, padding, ceil_mode, count_include_pad))
    if keys & 4331608735776:
        return call(op_avg_pool1d, avg_pool1d, (input, kernel_size, stride, padding, ceil_mode, count_include_pad))
    try:
        if keys & 4397174096120:
            raise KeyError
        kernel_size, stride, padding, ceil_mode, count_include_pad, = table_avg_pool1d[kernel_size, stride, padding, ceil_mode, count_include_pad]
    except (KeyError, TypeError):
        return op_avg_pool1d.decomposition(*settled(op_avg_pool1d, (input, kernel_size, stride, padding, ceil_mode, count_include_pad), keys))
    return op_avg_pool1d.decomposition(input, kernel_size, stride, padding, ceil_mode, count_include_pad)


op_avg_pool2d = OPS['avg_pool2d']
table_avg_pool2d = op_avg_pool2d.table


def avg_pool2d(input, kernel_size, stride=(), padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None, *, out=None):
    """Mean of each window.

    aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_avg_pool2d[keys]
        if out is not None:
            raise KeyError
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, = memo[input._a.shape, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override]
        arr = st.run(leaf, input._a, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=dest)
    except _MISS:
        return call(op_avg_pool2d, avg_pool2d, (input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


op_avg_pool2d_backward = OPS['avg_pool2d_backward']
table_avg_pool2d_backward = op_avg_pool2d_backward.table


def avg_pool2d_backward(grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    """The cotangent shared among each window's elements.

    aten::avg_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_avg_pool2d_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, = memo[grad_output._a.shape, input._a.shape, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=dest)
    except _MISS:
        return call(op_avg_pool2d_backward, avg_pool2d_backward, (grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


op_avg_pool3d = OPS['avg_pool3d']
table_avg_pool3d = op_avg_pool3d.table


def avg_pool3d(input, kernel_size, stride=(), padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None, *, out=None):
    """Mean of each window.

    aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_avg_pool3d[keys]
        if out is not None:
            raise KeyError
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, = memo[input._a.shape, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override]
        arr = st.run(leaf, input._a, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=dest)
    except _MISS:
        return call(op_avg_pool3d, avg_pool3d, (input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


op_avg_pool3d_backward = OPS['avg_pool3d_backward']
table_avg_pool3d_backward = op_avg_pool3d_backward.table


def avg_pool3d_backward(grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    """The cotangent shared among each window's elements.

    aten::avg_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | st.bits
        dest, rec, dense, memo = table_avg_pool3d_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        leaf, ok, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, = memo[grad_output._a.shape, input._a.shape, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, out=dest)
    except _MISS:
        return call(op_avg_pool3d_backward, avg_pool3d_backward, (grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


op_max_pool1d = OPS['max_pool1d']
table_max_pool1d = op_max_pool1d.table


def max_pool1d(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window.

    aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_max_pool1d, max_pool1d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    if keys & 4331608735776:
        return call(op_max_pool1d, max_pool1d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    try:
        if keys & 4397174096120:
            raise KeyError
        kernel_size, stride, padding, dilation, ceil_mode, = table_max_pool1d[kernel_size, stride, padding, dilation, ceil_mode]
    except (KeyError, TypeError):
        return op_max_pool1d.decomposition(*settled(op_max_pool1d, (input, kernel_size, stride, padding, dilation, ceil_mode), keys))
    return op_max_pool1d.decomposition(input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool1d_with_indices = OPS['max_pool1d_with_indices']
table_max_pool1d_with_indices = op_max_pool1d_with_indices.table


def max_pool1d_with_indices(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window and its place.

    aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_max_pool1d_with_indices, max_pool1d_with_indices, (input, kernel_size, stride, padding, dilation, ceil_mode))
    if keys & 4331608735776:
        return call(op_max_pool1d_with_indices, max_pool1d_with_indices, (input, kernel_size, stride, padding, dilation, ceil_mode))
    try:
        if keys & 4397174096120:
            raise KeyError
        kernel_size, stride, padding, dilation, ceil_mode, = table_max_pool1d_with_indices[kernel_size, stride, padding, dilation, ceil_mode]
    except (KeyError, TypeError):
        return op_max_pool1d_with_indices.decomposition(*settled(op_max_pool1d_with_indices, (input, kernel_size, stride, padding, dilation, ceil_mode), keys))
    return op_max_pool1d_with_indices.decomposition(input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool2d = OPS['max_pool2d']
table_max_pool2d = op_max_pool2d.table


def max_pool2d(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window.

    aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_max_pool2d, max_pool2d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    if keys & 4331608735776:
        return call(op_max_pool2d, max_pool2d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    try:
        if keys & 4397174096120:
            raise KeyError
        kernel_size, stride, padding, dilation, ceil_mode, = table_max_pool2d[kernel_size, stride, padding, dilation, ceil_mode]
    except (KeyError, TypeError):
        return op_max_pool2d.decomposition(*settled(op_max_pool2d, (input, kernel_size, stride, padding, dilation, ceil_mode), keys))
    return op_max_pool2d.decomposition(input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool2d_with_indices = OPS['max_pool2d_with_indices']
table_max_pool2d_with_indices = op_max_pool2d_with_indices.table


def max_pool2d_with_indices(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window and its place.

    aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_max_pool2d_with_indices[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        leaf, ok, kernel_size, stride, padding, dilation, ceil_mode, = memo[input._a.shape, kernel_size, stride, padding, dilation, ceil_mode]
        arr = st.run(leaf, input._a, kernel_size, stride, padding, dilation, ceil_mode, out=dest)
    except _MISS:
        return call(op_max_pool2d_with_indices, max_pool2d_with_indices, (input, kernel_size, stride, padding, dilation, ceil_mode))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool2d_with_indices_backward = OPS['max_pool2d_with_indices_backward']
table_max_pool2d_with_indices_backward = op_max_pool2d_with_indices_backward.table


def max_pool2d_with_indices_backward(grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices):
    """The cotangent at the places of the maxima.

    aten::max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_max_pool2d_with_indices_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        leaf, ok, kernel_size, stride, padding, dilation, ceil_mode, = memo[grad_output._a.shape, input._a.shape, indices._a.shape, kernel_size, stride, padding, dilation, ceil_mode]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, stride, padding, dilation, ceil_mode, indices._a, out=dest)
    except _MISS:
        return call(op_max_pool2d_with_indices_backward, max_pool2d_with_indices_backward, (grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices)


op_max_pool3d = OPS['max_pool3d']
table_max_pool3d = op_max_pool3d.table


def max_pool3d(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window.

    aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_max_pool3d, max_pool3d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    if keys & 4331608735776:
        return call(op_max_pool3d, max_pool3d, (input, kernel_size, stride, padding, dilation, ceil_mode))
    try:
        if keys & 4397174096120:
            raise KeyError
        kernel_size, stride, padding, dilation, ceil_mode, = table_max_pool3d[kernel_size, stride, padding, dilation, ceil_mode]
    except (KeyError, TypeError):
        return op_max_pool3d.decomposition(*settled(op_max_pool3d, (input, kernel_size, stride, padding, dilation, ceil_mode), keys))
    return op_max_pool3d.decomposition(input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool3d_with_indices = OPS['max_pool3d_with_indices']
table_max_pool3d_with_indices = op_max_pool3d_with_indices.table


def max_pool3d_with_indices(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    """Largest element of each window and its place.

    aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_max_pool3d_with_indices[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        leaf, ok, kernel_size, stride, padding, dilation, ceil_mode, = memo[input._a.shape, kernel_size, stride, padding, dilation, ceil_mode]
        arr = st.run(leaf, input._a, kernel_size, stride, padding, dilation, ceil_mode, out=dest)
    except _MISS:
        return call(op_max_pool3d_with_indices, max_pool3d_with_indices, (input, kernel_size, stride, padding, dilation, ceil_mode))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, kernel_size, stride, padding, dilation, ceil_mode)


op_max_pool3d_with_indices_backward = OPS['max_pool3d_with_indices_backward']
table_max_pool3d_with_indices_backward = op_max_pool3d_with_indices_backward.table


def max_pool3d_with_indices_backward(grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices):
    """The cotangent at the places of the maxima.

    aten::max_pool3d_with_indices_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, int[3] dilation, bool ceil_mode, Tensor indices) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | indices._k | st.bits
        dest, rec, dense, memo = table_max_pool3d_with_indices_backward[keys]
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        leaf, ok, kernel_size, stride, padding, dilation, ceil_mode, = memo[grad_output._a.shape, input._a.shape, indices._a.shape, kernel_size, stride, padding, dilation, ceil_mode]
        arr = st.run(leaf, grad_output._a, input._a, kernel_size, stride, padding, dilation, ceil_mode, indices._a, out=dest)
    except _MISS:
        return call(op_max_pool3d_with_indices_backward, max_pool3d_with_indices_backward, (grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, kernel_size, stride, padding, dilation, ceil_mode, indices)
