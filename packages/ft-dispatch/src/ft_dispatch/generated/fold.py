"""Wrappers of the `fold` family, generated from ft_dispatch/ops/fold.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_col2im = OPS['col2im']
table_col2im = op_col2im.table


def col2im(input, output_size, kernel_size, dilation, padding, stride, *, out=None):
    """Columns added back where their blocks were. Shape (N, C * kH * kW, L) -> (N, C, H, W).

    aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_col2im[keys]
        if out is not None:
            raise KeyError
        if output_size.__class__ is list:
            output_size = tuple(output_size)
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        if padding.__class__ is list:
            padding = tuple(padding)
        if stride.__class__ is list:
            stride = tuple(stride)
        leaf, ok, output_size, kernel_size, dilation, padding, stride, = memo[input._a.shape, output_size, kernel_size, dilation, padding, stride]
        arr = st.run(leaf, input._a, output_size, kernel_size, dilation, padding, stride, out=dest)
    except _MISS:
        return call(op_col2im, col2im, (input, output_size, kernel_size, dilation, padding, stride), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, output_size, kernel_size, dilation, padding, stride)


op_im2col = OPS['im2col']
table_im2col = op_im2col.table


def im2col(input, kernel_size, dilation, padding, stride, *, out=None):
    """Every block of a sliding window as one column. Shape (N, C, H, W) -> (N, C * kH * kW, L).

    aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_im2col[keys]
        if out is not None:
            raise KeyError
        if kernel_size.__class__ is list:
            kernel_size = tuple(kernel_size)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        if padding.__class__ is list:
            padding = tuple(padding)
        if stride.__class__ is list:
            stride = tuple(stride)
        leaf, ok, kernel_size, dilation, padding, stride, = memo[input._a.shape, kernel_size, dilation, padding, stride]
        arr = st.run(leaf, input._a, kernel_size, dilation, padding, stride, out=dest)
    except _MISS:
        return call(op_im2col, im2col, (input, kernel_size, dilation, padding, stride), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, kernel_size, dilation, padding, stride)
