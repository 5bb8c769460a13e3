"""Wrappers of the `quantized` family, generated from ft_dispatch/ops/quantized.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op__fake_quantize_per_tensor_affine_cachemask_tensor_qparams = OPS['_fake_quantize_per_tensor_affine_cachemask_tensor_qparams']
table__fake_quantize_per_tensor_affine_cachemask_tensor_qparams = op__fake_quantize_per_tensor_affine_cachemask_tensor_qparams.table


def _fake_quantize_per_tensor_affine_cachemask_tensor_qparams(input, scale, zero_point, fake_quant_enabled, quant_min, quant_max):
    """Quantized and dequantized with parameters that are tensors, and where nothing was cut off.

    aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, Tensor fake_quant_enabled, int quant_min, int quant_max) -> (Tensor output, Tensor mask)
    """
    try:
        st = TL.st
        keys = input._k | scale._k | zero_point._k | fake_quant_enabled._k | st.bits
        dest, rec, dense, memo = table__fake_quantize_per_tensor_affine_cachemask_tensor_qparams[keys]
        leaf, ok, quant_min, quant_max, = memo[input._a.shape, scale._a.shape, zero_point._a.shape, fake_quant_enabled._a.shape, quant_min, quant_max]
        arr = st.run(leaf, input._a, scale._a, zero_point._a, fake_quant_enabled._a, quant_min, quant_max, out=dest)
    except _MISS:
        return call(op__fake_quantize_per_tensor_affine_cachemask_tensor_qparams, _fake_quantize_per_tensor_affine_cachemask_tensor_qparams, (input, scale, zero_point, fake_quant_enabled, quant_min, quant_max))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, scale, zero_point, fake_quant_enabled, quant_min, quant_max)


op__quantized_ints = OPS['_quantized_ints']
table__quantized_ints = op__quantized_ints.table


def _quantized_ints(input, scale, zero_point, least, largest, dtype):
    """round(x / scale + zero_point), cut off at both ends; NaN becomes the largest.

    aten::_quantized_ints(Tensor self, Tensor scale, Tensor zero_point, int least, int largest, ScalarType dtype) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | scale._k | zero_point._k | st.bits
        dest, rec, dense, memo = table__quantized_ints[keys]
        leaf, ok, least, largest, dtype, = memo[input._a.shape, scale._a.shape, zero_point._a.shape, least, largest, dtype]
        arr = st.run(leaf, input._a, scale._a, zero_point._a, least, largest, dtype, out=dest)
    except _MISS:
        return call(op__quantized_ints, _quantized_ints, (input, scale, zero_point, least, largest, dtype))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, scale, zero_point, least, largest, dtype)


op_dequantize_self = OPS['dequantize.self']


def dequantize_self(input):
    """(integer - zero_point) * scale, in float32.

    aten::dequantize.self(Tensor self) -> Tensor
    """
    return call(op_dequantize_self, dequantize_self, (input,))


op_fake_quantize_per_channel_affine_cachemask = OPS['fake_quantize_per_channel_affine_cachemask']
table_fake_quantize_per_channel_affine_cachemask = op_fake_quantize_per_channel_affine_cachemask.table


def fake_quantize_per_channel_affine_cachemask(input, scale, zero_point, axis, quant_min, quant_max):
    """Quantized and dequantized per channel, and where nothing was cut off.

    aten::fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> (Tensor output, Tensor mask)
    """
    try:
        st = TL.st
        keys = input._k | scale._k | zero_point._k | st.bits
        dest, rec, dense, memo = table_fake_quantize_per_channel_affine_cachemask[keys]
        leaf, ok, axis, quant_min, quant_max, = memo[input._a.shape, scale._a.shape, zero_point._a.shape, axis, quant_min, quant_max]
        arr = st.run(leaf, input._a, scale._a, zero_point._a, axis, quant_min, quant_max, out=dest)
    except _MISS:
        return call(op_fake_quantize_per_channel_affine_cachemask, fake_quantize_per_channel_affine_cachemask, (input, scale, zero_point, axis, quant_min, quant_max))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, scale, zero_point, axis, quant_min, quant_max)


op_fake_quantize_per_tensor_affine_cachemask = OPS['fake_quantize_per_tensor_affine_cachemask']
table_fake_quantize_per_tensor_affine_cachemask = op_fake_quantize_per_tensor_affine_cachemask.table


def fake_quantize_per_tensor_affine_cachemask(input, scale, zero_point, quant_min, quant_max):
    """Quantized and dequantized, and where nothing was cut off.

    aten::fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> (Tensor output, Tensor mask)
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_fake_quantize_per_tensor_affine_cachemask[keys]
        leaf, ok, scale, zero_point, quant_min, quant_max, = memo[input._a.shape, scale, zero_point, quant_min, quant_max]
        arr = st.run(leaf, input._a, scale, zero_point, quant_min, quant_max, out=dest)
    except _MISS:
        return call(op_fake_quantize_per_tensor_affine_cachemask, fake_quantize_per_tensor_affine_cachemask, (input, scale, zero_point, quant_min, quant_max))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, scale, zero_point, quant_min, quant_max)


op_int_repr = OPS['int_repr']


def int_repr(input):
    """The integers.

    aten::int_repr(Tensor self) -> Tensor
    """
    return call(op_int_repr, int_repr, (input,))


op_quantize_per_channel = OPS['quantize_per_channel']


def quantize_per_channel(input, scales, zero_points, axis, dtype):
    """Quantized with a scale and a zero point for each index along a dimension.

    aten::quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor
    """
    return call(op_quantize_per_channel, quantize_per_channel, (input, scales, zero_points, axis, dtype))


op_quantize_per_tensor = OPS['quantize_per_tensor']


def quantize_per_tensor(input, scale, zero_point, dtype):
    """round(x / scale) + zero_point.

    aten::quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor
    """
    return call(op_quantize_per_tensor, quantize_per_tensor, (input, scale, zero_point, dtype))
