"""Quantized tensors: integers that stand for numbers, per tensor or per channel, and their imitation in floating point.

What an op does on a quantized tensor is in `ft_dispatch.layout_rules.quantized`. Source: torch.quantize_per_tensor (2.13).
"""

from ft_core import Tensor, float32, float64, int32, int64
from ft_core.dtype import BY_NAME
from ft_core.dtype import bool_ as bool_dtype
from ft_core.keys import DEVICES
from ft_core.layout import QSCHEMES
from ft_core.payload import QUANTIZED, Quantized, tensor_over

from ..kinds import OPAQUE
from ..layouts import component, refuse_dense
from ..op import op
from ..registry import binding
from .index import sizes

RANGES = {
    "quint8": (BY_NAME["uint8"], 0, 255),
    "qint8": (BY_NAME["int8"], -128, 127),
    "qint32": (BY_NAME["int32"], -(2**31), 2**31 - 1),
}
"""The dtypes there are: the integers that hold them, the least and the largest one."""


def _made(schema, doc, variants=""):
    return op(schema, doc, kind=OPAQUE, variants=variants, data_dependent=True, differentiable=False)


per_tensor = _made(
    "quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor", "round(x / scale) + zero_point."
)
per_channel = _made(
    "quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor",
    "Quantized with a scale and a zero point for each index along a dimension.",
    "function",
)
dequantize_op = _made("dequantize.self(Tensor self) -> Tensor", "(integer - zero_point) * scale, in float32.")
int_repr_op = _made("int_repr(Tensor self) -> Tensor", "The integers.")
quantized_ints = op(
    "_quantized_ints(Tensor self, Tensor scale, Tensor zero_point, int least, int largest, ScalarType dtype) -> Tensor",
    "round(x / scale + zero_point), cut off at both ends; NaN becomes the largest.",
    kind=OPAQUE,
    variants="",
    differentiable=False,
)
_MASKED = "(Tensor output, Tensor mask)"
fake_per_tensor = op(
    "fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> "
    + _MASKED,
    "Quantized and dequantized, and where nothing was cut off.",
    kind=OPAQUE,
    variants="",
)
fake_per_tensor_of = op(
    "_fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, Tensor fake_quant_enabled, "
    "int quant_min, int quant_max) -> " + _MASKED,
    "Quantized and dequantized with parameters that are tensors, and where nothing was cut off.",
    kind=OPAQUE,
    variants="",
)
fake_per_channel = op(
    "fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) "
    "-> " + _MASKED,
    "Quantized and dequantized per channel, and where nothing was cut off.",
    kind=OPAQUE,
    variants="",
)


def _torch():
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface


# -- real numbers to integers and back ---------------------------------------------------------------------------------------------


def range_of(kind):
    """(dtype of the integers, least, largest) of a quantized dtype; RuntimeError for another."""
    found = RANGES.get(kind.name)
    if found is None:
        raise RuntimeError(f"ScalarType {kind.scalar_name} is not supported in new_qtensor.")
    return found


def to_ints(x, scale, zero_point, held, least, largest):
    """Integers of float32 numbers: nearest, ties to even, cut off at the ends of the range. scale, zero_point: numbers or tensors."""
    torch = _torch()
    scale, zero_point = (
        t.to(float32) if isinstance(t, Tensor) else torch.tensor(t, dtype=float32, device=x.device) for t in (scale, zero_point)
    )
    return quantized_ints.wrapper(x, scale, zero_point, least, largest, held)


@quantized_ints.meta
def _(self, scale, zero_point, least, largest, dtype):
    return [(sizes(self), dtype)]


@quantized_ints.decompose
def _(self, scale, zero_point, least, largest, dtype):
    found = (self * (1.0 / scale) + zero_point).round().nan_to_num(nan=float(largest))
    if dtype is int32:  # whose ends float32 does not hold
        found = found.to(float64)
    return found.clamp(least, largest).to(dtype)


def over(ints, kind, scale, zero_point, axis=None, scheme=""):
    """A quantized tensor over integers, whose parameters nobody checks again."""
    return tensor_over(Quantized(ints, scale, zero_point, axis, scheme), ints._k & DEVICES | kind.bit)


def _check_float(x):
    if x.dtype is not float32:
        raise RuntimeError(f"Quantize only works on Float Tensor, got {x.dtype.scalar_name}")


@per_tensor.decompose
def _(self, scale, zero_point, dtype):
    held, least, largest = range_of(dtype)
    _check_float(self)
    for wrong, where in ((zero_point > largest, "above upper"), (zero_point < least, "below lower")):
        if wrong:
            raise RuntimeError(f"quantize_tensor_per_tensor_affine zero_point {zero_point} is {where} bound.")
    return over(to_ints(self.contiguous(), scale, zero_point, held, least, largest), dtype, scale, zero_point)


@per_channel.decompose
def _(self, scales, zero_points, axis, dtype):
    held, least, largest = range_of(dtype)
    _check_float(self)
    self = self.contiguous()
    if not 0 <= axis < self.ndim:
        raise RuntimeError(f"Channel axis out of range in per channel affine quantization. Got: {axis}Expected: [0, {self.ndim})")
    for what, t in (("scales", scales), ("zero_points", zero_points)):
        if t.shape[0] != self.shape[axis]:
            raise RuntimeError(f"length of {what} must equal to channel, expected {self.shape[axis]} got, {t.shape[0]}")
    along = tuple(-1 if d == axis else 1 for d in range(self.ndim))
    floating = zero_points.is_floating_point()
    if floating:  # the zero point is a number of its own, which rounding sees
        torch = _torch()
        found = torch.round(self / scales.to(float32).reshape(along) + zero_points.to(float32).reshape(along))
        ints = found.nan_to_num(nan=float(largest)).clamp(least, largest).to(held)
        return over(ints, dtype, scales.to(float32), zero_points.to(float32), axis, "per_channel_affine_float_qparams")
    ints = to_ints(self, scales.reshape(along), zero_points.reshape(along), held, least, largest)
    return over(ints, dtype, scales.to(float64), zero_points.to(int64), axis)


@dequantize_op.decompose
def _(self):
    return self.to(float32)


# -- what users call ----------------------------------------------------------------------------------------------------------------


@binding("quantize_per_tensor", method=False)
def quantize_per_tensor(input, scale, zero_point, dtype):
    """A float32 tensor, or a list of them, quantized with one scale and zero point each. Source: torch.quantize_per_tensor."""
    if isinstance(input, (list, tuple)):
        rows = zip(input, scale.tolist(), zero_point.tolist(), strict=True)
        return tuple(per_tensor.wrapper(t, s, int(z), dtype) for t, s, z in rows)
    return per_tensor.wrapper(input, float(scale), int(zero_point), dtype)


@binding("quantize_per_tensor_dynamic", method=False)
def quantize_per_tensor_dynamic(input, dtype, reduce_range):
    """Quantized with the scale and zero point that its least and largest element ask for. Source: torch.quantize_per_tensor_dynamic."""
    _, least, largest = range_of(dtype)
    if dtype.name == "qint32":
        raise RuntimeError("dtype torch.qint32 not supported: expected torch.quint8, torch.qint8 or torch.float16")
    if reduce_range:
        least, largest = (0, 127) if dtype.name == "quint8" else (-64, 63)
    low, high = (float(input.amin()), float(input.amax())) if input.numel() else (0.0, 0.0)
    scale, zero = chosen(low, high, least, largest)
    return per_tensor.wrapper(input, scale, zero, dtype)


def chosen(low, high, least, largest):
    """(scale, zero point) that map [low, high], stretched to hold 0, onto the integers from least to largest.

    The zero point is the rounding, of the two that the ends suggest, with the smaller error. Source: FBGEMM's ChooseQuantizationParams.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (largest - least)
    if float(_torch().tensor(scale, dtype=float32)) == 0.0 or scale != scale or scale == float("inf"):
        scale = 0.1
    smallest = 6.0999998822808266e-05  # 6.1e-5 in float32
    if scale < smallest:
        before, scale = scale, smallest
        if low == 0.0:
            high = smallest * (largest - least)
        elif high == 0.0:
            low = -smallest * (largest - least)
        else:
            low, high = low * smallest / before, high * smallest / before
    from_low, from_high = least - low / scale, largest - high / scale
    errors = abs(least) + abs(low / scale), abs(largest) + abs(high / scale)
    first = from_low if errors[0] < errors[1] else from_high
    zero = least if first < least else largest if first > largest else round(first)
    return scale, int(zero)


@binding("dequantize")
def dequantize(input):
    """The numbers that quantized tensors (one, or a list) stand for, in float32; other tensors cast to float32."""
    if isinstance(input, (list, tuple)):
        return tuple(dequantize_op.wrapper(t) for t in input)
    return dequantize_op.wrapper(input)


def _quantizer(t, name):
    if not t._k & QUANTIZED:
        refuse_dense(name, t, "quantized")
    return t._a


@binding("int_repr")
def int_repr(input):
    """The integers of a quantized tensor: uint8, int8 or int32."""
    _quantizer(input, "int_repr")
    return int_repr_op.wrapper(input)


def _of_tensor(t, name):
    record = _quantizer(t, name)
    if record.axis is not None:
        raise RuntimeError("Expected quantizer->qscheme() == kPerTensorAffine to be true, but got false.")
    return record


def _of_channel(t, name):
    record = _quantizer(t, name)
    if record.axis is None:
        raise RuntimeError(
            "Expected quantizer->qscheme() == kPerChannelAffine || quantizer->qscheme() == kPerChannelAffineFloatQParams to be true, "
            "but got false."
        )
    return record


@binding("q_scale")
def q_scale(input):
    """The scale of a tensor quantized per tensor."""
    return _of_tensor(input, "q_scale").scale


@binding("q_zero_point")
def q_zero_point(input):
    """The integer that stands for 0 in a tensor quantized per tensor."""
    return _of_tensor(input, "q_zero_point").zero_point


@binding("q_per_channel_scales")
def q_per_channel_scales(input):
    """The scales of a tensor quantized per channel."""
    return component(_of_channel(input, "q_per_channel_scales").scale)


@binding("q_per_channel_zero_points")
def q_per_channel_zero_points(input):
    """The zero points of a tensor quantized per channel."""
    return component(_of_channel(input, "q_per_channel_zero_points").zero_point)


@binding("q_per_channel_axis")
def q_per_channel_axis(input):
    """The dimension along which a tensor quantized per channel has its scales."""
    return _of_channel(input, "q_per_channel_axis").axis


@binding("qscheme", function=False)
def qscheme(self):
    """How the integers stand for numbers: torch.per_tensor_affine, torch.per_channel_affine, …."""
    return QSCHEMES[_quantizer(self, "qscheme").scheme]


def _wrapped(kind):
    return next(name for name, (held, _, _) in RANGES.items() if held is kind)


@binding("_make_per_tensor_quantized_tensor", method=False)
def make_per_tensor(input, scale, zero_point):
    """A quantized tensor over integers."""
    return over(component(input), BY_NAME[_wrapped(input.dtype)], float(scale), int(zero_point))


@binding("_make_per_channel_quantized_tensor", method=False)
def make_per_channel(input, scale, zero_point, axis):
    """A tensor quantized per channel over integers."""
    scheme = "per_channel_affine_float_qparams" if zero_point.is_floating_point() else "per_channel_affine"
    kinds = (float32, float32) if zero_point.is_floating_point() else (float64, int64)
    return over(component(input), BY_NAME[_wrapped(input.dtype)], scale.to(kinds[0]), zero_point.to(kinds[1]), axis, scheme)


@binding("_empty_affine_quantized", method=False)
def empty_affine(size, *, scale=1.0, zero_point=0, dtype=None, device=None, memory_format=None, **kwargs):
    """An uninitialised tensor quantized per tensor."""
    held, _, _ = range_of(dtype)
    return over(_torch().empty(tuple(size), dtype=held, device=device), dtype, float(scale), int(zero_point))


@binding("_empty_per_channel_affine_quantized", method=False)
def empty_per_channel(size, *, scales, zero_points, axis, dtype=None, device=None, memory_format=None, **kwargs):
    """An uninitialised tensor quantized per channel."""
    held, _, _ = range_of(dtype)
    return make_per_channel(_torch().empty(tuple(size), dtype=held, device=device), scales, zero_points, axis)


@binding("empty_quantized", method=False)
def empty_quantized(size, qtensor, **kwargs):
    """An uninitialised tensor with the quantizer of another."""
    record = _quantizer(qtensor, "empty_quantized")
    ints = _torch().empty(tuple(size), dtype=record.ints.dtype, device=qtensor.device)
    return over(ints, qtensor.dtype, record.scale, record.zero_point, record.axis, record.scheme)


# -- the imitation in floating point ---------------------------------------------------------------------------------------------------


def _check_range(low, high):
    if low > high:
        raise RuntimeError("`quant_min` should be less than or         equal to `quant_max`.")


@fake_per_tensor.meta
def _(self, scale, zero_point, quant_min, quant_max):
    _check_range(quant_min, quant_max)
    if not quant_min <= zero_point <= quant_max:
        raise RuntimeError("`zero_point` must be between `quant_min` and `quant_max`.")
    return [(sizes(self), self.dtype), (sizes(self), bool_dtype)]


@fake_per_tensor_of.meta
def _(self, scale, zero_point, fake_quant_enabled, quant_min, quant_max):
    _check_range(quant_min, quant_max)
    return [(sizes(self), self.dtype), (sizes(self), bool_dtype)]


@fake_per_channel.meta
def _(self, scale, zero_point, axis, quant_min, quant_max):
    _check_range(quant_min, quant_max)
    if zero_point.dtype.name not in ("int32", "float32", "float16"):
        raise RuntimeError(f"Zero-point must be Int32, Float or Half, found {zero_point.dtype.scalar_name}")
    if scale.ndim != 1 or zero_point.ndim != 1:
        raise RuntimeError("scale should be a 1-D tensor" if scale.ndim != 1 else "zero point should be a 1-D tensor")
    if scale.shape != zero_point.shape:
        raise RuntimeError("scale and zero-point need to have the same dimensions")
    if not 0 <= axis < self.ndim:
        raise RuntimeError("`axis` must be between 0 and number of dimensions of input")
    if scale.shape[0] != self.shape[axis]:
        raise RuntimeError("dimensions of scale and zero-point are not consistent with input tensor")
    return [(sizes(self), self.dtype), (sizes(self), bool_dtype)]


def _imitated(x, scale, zero_point, low, high, rounded_with_zero=False):
    """(x on the grid of representable numbers, where it lies in range): scale and zero_point are float32 tensors that broadcast."""
    torch = _torch()
    inverse = 1.0 / scale
    scaled = x.to(float32) * inverse
    found = torch.round(scaled + zero_point) if rounded_with_zero else torch.round(scaled) + zero_point
    mask = (found >= low) & (found <= high)
    return ((found.clamp(low, high) - zero_point) * scale).to(x.dtype), mask


@fake_per_tensor.decompose
def _(self, scale, zero_point, quant_min, quant_max):
    torch = _torch()
    return _imitated(self, torch.tensor(scale, dtype=float32, device=self.device), zero_point, quant_min, quant_max)


@fake_per_tensor_of.decompose
def _(self, scale, zero_point, fake_quant_enabled, quant_min, quant_max):
    enabled = fake_quant_enabled.reshape(-1)[0] != 0
    made, mask = _imitated(self, scale.reshape(()).to(float32), zero_point.reshape(()).to(float32), quant_min, quant_max)
    return _torch().where(enabled, made, self), mask | ~enabled


@fake_per_channel.decompose
def _(self, scale, zero_point, axis, quant_min, quant_max):
    if not zero_point.is_floating_point() and bool(((zero_point < quant_min) | (zero_point > quant_max)).any()):
        raise RuntimeError("`zero_point` must be between `quant_min` and `quant_max`.")
    along = tuple(-1 if d == axis else 1 for d in range(self.ndim))
    scale, zero = scale.to(float32).reshape(along), zero_point.to(float32).reshape(along)
    return _imitated(self, scale, zero, quant_min, quant_max, zero_point.is_floating_point())


@binding("fake_quantize_per_tensor_affine", method=False)
def fake_quantize_per_tensor_affine(input, scale, zero_point, quant_min, quant_max):
    """input as it would be after quantizing to integers from quant_min to quant_max and back; the gradient passes where nothing is cut off.

    Source: torch.fake_quantize_per_tensor_affine.
    """
    if isinstance(scale, Tensor) and isinstance(zero_point, Tensor):
        enabled = _torch().ones(1, dtype=int64, device=input.device)
        return fake_per_tensor_of.wrapper(input, scale, zero_point, enabled, quant_min, quant_max)[0]
    return fake_per_tensor.wrapper(input, float(scale), int(zero_point), quant_min, quant_max)[0]


@binding("fake_quantize_per_channel_affine", method=False)
def fake_quantize_per_channel_affine(input, scale, zero_point, axis, quant_min, quant_max):
    """`fake_quantize_per_tensor_affine` with a scale and zero point per index along `axis`."""
    return fake_per_channel.wrapper(input, scale, zero_point, axis, quant_min, quant_max)[0]
