"""Activation functions and torch's named backwards of them.

What users call are functions of `nn.functional`; the records here are the ops below. Softmax has a file of its own, sigmoid and
tanh are in `unary`.
"""

from math import pi, sqrt

from ft_core import float64

from ..kinds import COMPOSITE, ELEMENTWISE, OPAQUE, RANDOM, SAME
from ..op import op
from .reduction import scalar_type


def _activation(schema, doc, **more):
    more = {"variants": "", "inplace": True, "out": True} | more
    return op(schema, doc, kind=ELEMENTWISE, promote=SAME, **more)


def _backward(schema, doc):
    return op(schema, doc, kind=ELEMENTWISE, promote=SAME, variants="")


relu = _activation("relu(Tensor self) -> Tensor", "max(x, 0).", variants="function method", out=False)
relu6 = op("relu6(Tensor self) -> Tensor", "min(max(x, 0), 6).", kind=COMPOSITE, variants="", inplace=True)
gelu = _activation(
    "gelu(Tensor self, *, str approximate='none') -> Tensor",
    "x Phi(x), Phi the normal distribution; or its tanh form.",
    python="nn.functional.gelu",
)
silu = _activation("silu(Tensor self) -> Tensor", "x sigmoid(x).")
mish = _activation("mish(Tensor self) -> Tensor", "x tanh(softplus(x)).")
elu = _activation(
    "elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor",
    "scale x above 0, scale alpha (exp(input_scale x) - 1) below.",
)
selu = op("selu(Tensor self) -> Tensor", "elu with the constants that keep mean 0 and variance 1.", kind=COMPOSITE, inplace=True)
celu = _activation(
    "celu(Tensor self, Scalar alpha=1.0) -> Tensor",
    "max(x, 0) + min(0, alpha (exp(x / alpha) - 1)).",
    variants="function",
    out=False,
)
leaky_relu = _activation("leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor", "x above 0, negative_slope x below.")
hardtanh = _activation("hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor", "x held between two bounds.")
hardswish = _activation("hardswish(Tensor self) -> Tensor", "x relu6(x + 3) / 6.")
hardsigmoid = _activation("hardsigmoid(Tensor self) -> Tensor", "relu6(x + 3) / 6.")
softplus = _activation(
    "softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor",
    "log(1 + exp(beta x)) / beta; x itself where beta x exceeds the threshold.",
    inplace=False,
    python="nn.functional.softplus",
)
softshrink = _activation(
    "softshrink(Tensor self, Scalar lambd=0.5) -> Tensor",
    "x moved towards 0 by lambd, 0 if that crosses it.",
    inplace=False,
    python="nn.functional.softshrink",
)
hardshrink = _activation(
    "hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor",
    "x, or 0 where |x| <= lambd.",
    variants="function method",
    inplace=False,
    python="nn.functional.hardshrink",
)
threshold = _activation(
    "threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor", "x above the threshold, else value.", variants="function"
)
prelu = op(
    "prelu(Tensor self, Tensor weight) -> Tensor",
    "x above 0, weight x below; one weight, or one a channel.",
    kind=COMPOSITE,
    python="nn.functional.prelu",
)
_prelu_kernel = op(
    "_prelu_kernel(Tensor self, Tensor weight) -> Tensor",
    "prelu with a weight that broadcasts.",
    kind=ELEMENTWISE,
    promote=SAME,
    variants="",
)
log_sigmoid = op(
    "log_sigmoid(Tensor self) -> Tensor",
    "log(sigmoid(x)).",
    kind=COMPOSITE,
    variants="",
    out=True,
    python="nn.functional.logsigmoid",
)
log_sigmoid_forward = op(
    "log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)",
    "log(sigmoid(x)), and exp(-|x|) for its backward.",
    kind=OPAQUE,
    variants="",
)
glu = op(
    "glu(Tensor self, int dim=-1) -> Tensor",
    "First half times sigmoid of the second.",
    kind=OPAQUE,
    variants="",
    out=True,
    python="nn.functional.glu",
)
rrelu = op(
    "rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, "
    "Generator? generator=None) -> Tensor",
    "leaky_relu with a random slope in training, the mean slope otherwise.",
    kind=COMPOSITE,
    variants="function",
    inplace=True,
)
rrelu_with_noise = op(
    "rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar "
    "upper=0.3333333333333333, bool training=False, "
    "Generator? generator=None) -> (Tensor, Tensor noise_out)",
    "rrelu and the slopes it drew.",
    kind=RANDOM,
    variants="",
)

gelu_backward = _backward(
    "gelu_backward(Tensor grad_output, Tensor self, *, str approximate='none') -> Tensor", "Gradient of gelu."
)
silu_backward = _backward("silu_backward(Tensor grad_output, Tensor self) -> Tensor", "Gradient of silu.")
mish_backward = _backward("mish_backward(Tensor grad_output, Tensor self) -> Tensor", "Gradient of mish.")
elu_backward = _backward(
    "elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, "
    "Tensor self_or_result) -> Tensor",
    "Gradient of elu, from its input or its result.",
)
leaky_relu_backward = _backward(
    "leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor",
    "Gradient of leaky_relu.",
)
hardtanh_backward = _backward(
    "hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor", "g between the bounds, else 0."
)
hardswish_backward = _backward("hardswish_backward(Tensor grad_output, Tensor self) -> Tensor", "Gradient of hardswish.")
hardsigmoid_backward = _backward(
    "hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor", "g / 6 between -3 and 3, else 0."
)
softplus_backward = _backward(
    "softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor",
    "g sigmoid(beta x), g beyond the threshold.",
)
softshrink_backward = _backward(
    "softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor", "g where |x| > lambd, else 0."
)
hardshrink_backward = _backward(
    "hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor", "g where |x| > lambd, else 0."
)
threshold_backward = _backward(
    "threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor", "g above the threshold, else 0."
)
_prelu_kernel_backward = op(
    "_prelu_kernel_backward(Tensor grad_output, Tensor self, Tensor weight) -> (Tensor, Tensor)",
    "Gradients of input and weight, in the broadcast shape.",
    kind=OPAQUE,
    variants="",
)
log_sigmoid_backward = _backward("log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor", "g sigmoid(-x).")
glu_backward = op(
    "glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor", "Gradient of glu.", kind=OPAQUE, variants="", dims_of=1
)
rrelu_with_noise_backward = _backward(
    "rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, "
    "bool self_is_result) -> Tensor",
    "g times the slope drawn in training, or leaky_relu's gradient.",
)


# -- shapes and checks ---------------------------------------------------------------------------------------------------


def _float_only(record, name):
    @record.check
    def _(self, *params):
        if record is gelu and params[0] not in ("none", "tanh"):
            raise RuntimeError("approximate argument must be either none or tanh.")
        if self.dtype.category < 2:
            raise NotImplementedError(
                f"\"{name}\" not implemented for '{scalar_type(self.dtype)}'; convert the input to a float dtype"
            )


for _record, _name in (
    (gelu, "GeluKernelImpl"), (silu, "silu_cpu"), (mish, "mish_cpu"), (elu, "elu_cpu"), (leaky_relu, "leaky_relu_cpu"),
    (hardswish, "hardswish_cpu"), (hardsigmoid, "hardsigmoid_cpu"), (softplus, "softplus_cpu"), (softshrink, "softshrink_cpu"),
    (hardshrink, "hardshrink_cpu"), (celu, "elu_cpu"),
):  # fmt: skip
    _float_only(_record, _name)


@log_sigmoid_forward.meta
def _(self):
    if self.dtype.category < 2:
        raise NotImplementedError(f"\"log_sigmoid_cpu\" not implemented for '{scalar_type(self.dtype)}'")
    return [(tuple(self.shape), self.dtype), (tuple(self.shape), self.dtype)]


@_prelu_kernel_backward.meta
def _(grad_output, self, weight):
    shape = tuple(grad_output.shape)
    return [(shape, self.dtype), (shape, weight.dtype)]


@glu.meta
def _(self, dim):
    if self.ndim == 0:
        raise RuntimeError("glu does not support 0-dimensional tensors")
    n = self.shape[dim]
    if n % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is size {n}")
    shape = list(self.shape)
    shape[dim] = n // 2
    return [(tuple(shape), self.dtype)]


@glu_backward.meta
def _(grad_output, self, dim):
    return [(tuple(self.shape), self.dtype)]


# -- decompositions ------------------------------------------------------------------------------------------------------


@relu.decompose
def _(self):
    return self.clamp(min=0)


@relu6.decompose
def _(self):
    return hardtanh(self, 0, 6)


@gelu.decompose
def _(self, approximate):
    if approximate == "tanh":
        return self * 0.5 * ((sqrt(2 / pi) * (self + 0.044715 * self * self * self)).tanh() + 1)
    return self * 0.5 * ((self * sqrt(0.5)).erf() + 1)


@silu.decompose
def _(self):
    return self * self.sigmoid()


@mish.decompose
def _(self):
    return self * softplus(self).tanh()


@elu.decompose
def _(self, alpha, scale, input_scale):
    return self.clamp(min=0) * scale + (self.clamp(max=0) * input_scale).expm1() * (alpha * scale)


_SELU_ALPHA = 1.6732632423543772848170429916717  # source: Klambauer et al. 2017, equation 14
_SELU_SCALE = 1.0507009873554804934193349852946


@selu.decompose
def _(self):
    return elu(self, _SELU_ALPHA, _SELU_SCALE)


@celu.check
def _(self, alpha):
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")


@celu.decompose
def _(self, alpha):
    return elu(self, alpha, 1.0, 1.0 / alpha)


@leaky_relu.decompose
def _(self, negative_slope):
    return self.clamp(min=0) + self.clamp(max=0) * negative_slope


@hardtanh.decompose
def _(self, min_val, max_val):
    return self.clamp(min_val, max_val)


@hardsigmoid.decompose
def _(self):
    return (self + 3).clamp(0, 6) / 6


@hardswish.decompose
def _(self):
    return self * (self + 3).clamp(0, 6) / 6


@softplus.decompose
def _(self, beta, threshold):
    x = self * beta
    y = (x.clamp(min=0) + (-x.abs()).exp().log1p()) / beta
    return self.where(x > threshold, y)


@softshrink.check
def _(self, lambd):
    if not lambd >= 0:
        raise RuntimeError(f"lambda must be in range [0, max of the input dtype] for input dtype {self.dtype}, but found {lambd}")


@softshrink.decompose
def _(self, lambd):
    return self - self.clamp(-lambd, lambd)


@hardshrink.decompose
def _(self, lambd):
    return self.masked_fill(self.abs() <= lambd, 0)


@threshold.decompose
def _(self, threshold, value):
    return self.masked_fill(self <= threshold, value)


@prelu.decompose
def _(self, weight):
    if self.dtype is not weight.dtype:
        raise RuntimeError(f"prelu: Type promoting not supported. Got {self.dtype} and {weight.dtype}")
    if weight.ndim > 1:
        raise RuntimeError(f"prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {weight.ndim}")
    if weight.numel() != 1:
        if self.ndim == 0:
            raise RuntimeError("Not allow zero-dim input tensor.")
        channels = self.shape[1] if self.ndim > 1 else 1
        if channels != weight.numel():
            raise RuntimeError(
                f"Mismatch of parameter numbers and input channel size. Found parameter numbers = {weight.numel()} "
                f"and channel size = {channels}."
            )
        weight = weight.reshape((1, -1) + (1,) * (self.ndim - 2)) if self.ndim > 1 else weight
    elif weight.ndim != self.ndim:
        weight = weight.reshape((1,) * self.ndim)
    return _prelu_kernel(self, weight)


@_prelu_kernel.decompose
def _(self, weight):
    return self.where(self > 0, self * weight)


@log_sigmoid.decompose
def _(self):
    return log_sigmoid_forward(self)[0]


@log_sigmoid_forward.decompose
def _(self):
    buffer = (-self.abs()).exp()
    return self.clamp(max=0) - buffer.log1p(), buffer


@glu.decompose
def _(self, dim):
    n = self.shape[dim] // 2
    return self.narrow(dim, 0, n) * self.narrow(dim, n, n).sigmoid()


def _drawn(self, lower, upper, generator):
    """A slope in [lower, upper) where x <= 0, else 1; only those places draw a number, in order, as in torch."""
    low = self <= 0
    slopes = self.new_ones(tuple(self.shape))
    if self.is_meta:
        return slopes
    drawn = self.new_empty((int(low.sum()),), dtype=float64).uniform_(lower, upper, generator=generator)
    return slopes.masked_scatter(low, drawn.to(self.dtype))


@rrelu_with_noise.meta
def _(self, noise, lower, upper, training, generator):
    return [(tuple(self._a.shape), self.dtype), (tuple(noise._a.shape), noise.dtype)]


@rrelu_with_noise.decompose
def _(self, noise, lower, upper, training, generator):
    if not training:
        return leaky_relu(self, (lower + upper) / 2), noise
    slopes = _drawn(self, lower, upper, generator)
    return self * slopes, slopes


@rrelu.decompose
def _(self, lower, upper, training, generator):
    if lower > upper:
        raise RuntimeError("Lower bound should be less than or equal to the upper bound")
    if not training:
        return leaky_relu(self, (lower + upper) / 2)
    return self * _drawn(self.detach(), lower, upper, generator)


from . import _activation_backwards  # noqa: E402, F401  # attaches the decompositions of the backwards
