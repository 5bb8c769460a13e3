"""Wrappers of the `conv` family, generated from ft_dispatch/ops/conv.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_conv1d = OPS['conv1d']
table_conv1d = op_conv1d.table


def conv1d(input, weight, bias=None, stride=(1,), padding=(0,), dilation=(1,), groups=1):
    """Convolution in 1 dims.

    aten::conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] dilation=[1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv1d, conv1d, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv1d, conv1d, (input, weight, bias, stride, padding, dilation, groups))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, dilation, groups, = table_conv1d[stride, padding, dilation, groups]
    except (KeyError, TypeError):
        return op_conv1d.decomposition(*settled(op_conv1d, (input, weight, bias, stride, padding, dilation, groups), keys))
    return op_conv1d.decomposition(input, weight, bias, stride, padding, dilation, groups)


op_conv1d_padding = OPS['conv1d.padding']


def conv1d_padding(input, weight, bias=None, stride=(1,), padding='valid', dilation=(1,), groups=1):
    """Convolution in 1 dims with padding by name.

    aten::conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], str padding="valid", SymInt[1] dilation=[1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv1d_padding, conv1d_padding, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv1d_padding, conv1d_padding, (input, weight, bias, stride, padding, dilation, groups))
    return op_conv1d_padding.decomposition(*canonical(op_conv1d_padding, (input, weight, bias, stride, padding, dilation, groups)))


op_conv2d = OPS['conv2d']
table_conv2d = op_conv2d.table


def conv2d(input, weight, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Convolution in 2 dims.

    aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv2d, conv2d, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv2d, conv2d, (input, weight, bias, stride, padding, dilation, groups))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, dilation, groups, = table_conv2d[stride, padding, dilation, groups]
    except (KeyError, TypeError):
        return op_conv2d.decomposition(*settled(op_conv2d, (input, weight, bias, stride, padding, dilation, groups), keys))
    return op_conv2d.decomposition(input, weight, bias, stride, padding, dilation, groups)


op_conv2d_padding = OPS['conv2d.padding']


def conv2d_padding(input, weight, bias=None, stride=(1, 1), padding='valid', dilation=(1, 1), groups=1):
    """Convolution in 2 dims with padding by name.

    aten::conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], str padding="valid", SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv2d_padding, conv2d_padding, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv2d_padding, conv2d_padding, (input, weight, bias, stride, padding, dilation, groups))
    return op_conv2d_padding.decomposition(*canonical(op_conv2d_padding, (input, weight, bias, stride, padding, dilation, groups)))


op_conv3d = OPS['conv3d']
table_conv3d = op_conv3d.table


def conv3d(input, weight, bias=None, stride=(1, 1, 1), padding=(0, 0, 0), dilation=(1, 1, 1), groups=1):
    """Convolution in 3 dims.

    aten::conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv3d, conv3d, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv3d, conv3d, (input, weight, bias, stride, padding, dilation, groups))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, dilation, groups, = table_conv3d[stride, padding, dilation, groups]
    except (KeyError, TypeError):
        return op_conv3d.decomposition(*settled(op_conv3d, (input, weight, bias, stride, padding, dilation, groups), keys))
    return op_conv3d.decomposition(input, weight, bias, stride, padding, dilation, groups)


op_conv3d_padding = OPS['conv3d.padding']


def conv3d_padding(input, weight, bias=None, stride=(1, 1, 1), padding='valid', dilation=(1, 1, 1), groups=1):
    """Convolution in 3 dims with padding by name.

    aten::conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], str padding="valid", SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv3d_padding, conv3d_padding, (input, weight, bias, stride, padding, dilation, groups))
    if keys & 4331608735776:
        return call(op_conv3d_padding, conv3d_padding, (input, weight, bias, stride, padding, dilation, groups))
    return op_conv3d_padding.decomposition(*canonical(op_conv3d_padding, (input, weight, bias, stride, padding, dilation, groups)))


op_conv_tbc = OPS['conv_tbc']
table_conv_tbc = op_conv_tbc.table


def conv_tbc(input, weight, bias, pad=0):
    """Convolution of (time, batch, channels).

    aten::conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor
    """
    try:
        keys = input._k | weight._k | bias._k | TL.st.bits
    except AttributeError:
        return call(op_conv_tbc, conv_tbc, (input, weight, bias, pad))
    if keys & 4331608735776:
        return call(op_conv_tbc, conv_tbc, (input, weight, bias, pad))
    try:
        if keys & 4397174096120:
            raise KeyError
        pad, = table_conv_tbc[pad]
    except (KeyError, TypeError):
        return op_conv_tbc.decomposition(*settled(op_conv_tbc, (input, weight, bias, pad), keys))
    return op_conv_tbc.decomposition(input, weight, bias, pad)


op_conv_transpose1d = OPS['conv_transpose1d']
table_conv_transpose1d = op_conv_transpose1d.table


def conv_transpose1d(input, weight, bias=None, stride=(1,), padding=(0,), output_padding=(0,), groups=1, dilation=(1,)):
    """Transposed convolution in 1 dims.

    aten::conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] output_padding=[0], SymInt groups=1, SymInt[1] dilation=[1]) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv_transpose1d, conv_transpose1d, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    if keys & 4331608735776:
        return call(op_conv_transpose1d, conv_transpose1d, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, output_padding, groups, dilation, = table_conv_transpose1d[stride, padding, output_padding, groups, dilation]
    except (KeyError, TypeError):
        return op_conv_transpose1d.decomposition(*settled(op_conv_transpose1d, (input, weight, bias, stride, padding, output_padding, groups, dilation), keys))
    return op_conv_transpose1d.decomposition(input, weight, bias, stride, padding, output_padding, groups, dilation)


op_conv_transpose2d_input = OPS['conv_transpose2d.input']
table_conv_transpose2d_input = op_conv_transpose2d_input.table


def conv_transpose2d_input(input, weight, bias=None, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), groups=1, dilation=(1, 1)):
    """Transposed convolution in 2 dims.

    aten::conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt groups=1, SymInt[2] dilation=[1, 1]) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv_transpose2d_input, conv_transpose2d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    if keys & 4331608735776:
        return call(op_conv_transpose2d_input, conv_transpose2d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, output_padding, groups, dilation, = table_conv_transpose2d_input[stride, padding, output_padding, groups, dilation]
    except (KeyError, TypeError):
        return op_conv_transpose2d_input.decomposition(*settled(op_conv_transpose2d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation), keys))
    return op_conv_transpose2d_input.decomposition(input, weight, bias, stride, padding, output_padding, groups, dilation)


op_conv_transpose3d_input = OPS['conv_transpose3d.input']
table_conv_transpose3d_input = op_conv_transpose3d_input.table


def conv_transpose3d_input(input, weight, bias=None, stride=(1, 1, 1), padding=(0, 0, 0), output_padding=(0, 0, 0), groups=1, dilation=(1, 1, 1)):
    """Transposed convolution in 3 dims.

    aten::conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt groups=1, SymInt[3] dilation=[1, 1, 1]) -> Tensor
    """
    try:
        keys = input._k | weight._k | TL.st.bits
        if bias is not None:
            keys |= bias._k
    except AttributeError:
        return call(op_conv_transpose3d_input, conv_transpose3d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    if keys & 4331608735776:
        return call(op_conv_transpose3d_input, conv_transpose3d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation))
    try:
        if keys & 4397174096120:
            raise KeyError
        stride, padding, output_padding, groups, dilation, = table_conv_transpose3d_input[stride, padding, output_padding, groups, dilation]
    except (KeyError, TypeError):
        return op_conv_transpose3d_input.decomposition(*settled(op_conv_transpose3d_input, (input, weight, bias, stride, padding, output_padding, groups, dilation), keys))
    return op_conv_transpose3d_input.decomposition(input, weight, bias, stride, padding, output_padding, groups, dilation)


op_convolution = OPS['convolution']
table_convolution = op_convolution.table


def convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups):
    """Convolution in one to three dims.

    aten::convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | weight._k | st.bits
        a_bias = None
        if bias is not None:
            keys |= bias._k
            a_bias = bias._a
        dest, rec, dense, memo = table_convolution[keys]
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        if output_padding.__class__ is list:
            output_padding = tuple(output_padding)
        leaf, ok, stride, padding, dilation, transposed, output_padding, groups, = memo[input._a.shape, weight._a.shape, None if a_bias is None else a_bias.shape, stride, padding, dilation, transposed, output_padding, groups]
        arr = st.run(leaf, input._a, weight._a, a_bias, stride, padding, dilation, transposed, output_padding, groups, out=dest)
    except _MISS:
        return call(op_convolution, convolution, (input, weight, bias, stride, padding, dilation, transposed, output_padding, groups))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, weight, bias, stride, padding, dilation, transposed, output_padding, groups)


op_convolution_backward = OPS['convolution_backward']
table_convolution_backward = op_convolution_backward.table


def convolution_backward(grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask):
    """Gradients of input, weight and bias of a convolution.

    aten::convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | weight._k | st.bits
        dest, rec, dense, memo = table_convolution_backward[keys]
        if bias_sizes.__class__ is list:
            bias_sizes = tuple(bias_sizes)
        if stride.__class__ is list:
            stride = tuple(stride)
        if padding.__class__ is list:
            padding = tuple(padding)
        if dilation.__class__ is list:
            dilation = tuple(dilation)
        if output_padding.__class__ is list:
            output_padding = tuple(output_padding)
        if output_mask.__class__ is list:
            output_mask = tuple(output_mask)
        leaf, ok, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask, = memo[grad_output._a.shape, input._a.shape, weight._a.shape, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask]
        arr = st.run(leaf, grad_output._a, input._a, weight._a, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask, out=dest)
    except _MISS:
        return call(op_convolution_backward, convolution_backward, (grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, grad_output, input, weight, bias_sizes, stride, padding, dilation, transposed, output_padding, groups, output_mask)
