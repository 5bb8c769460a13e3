"""Softmax and its logarithm: public composites over the private ops that hold kernel and gradient, as in ATen."""

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import binding

_softmax = op(
    "_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", "Softmax along one dimension.", kind=OPAQUE, variants=""
)
_log_softmax = op(
    "_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor",
    "Logarithm of softmax along one dimension.",
    kind=OPAQUE,
    variants="",
)
_softmax_backward_data = op(
    "_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
    "output * (g - sum(g * output)).",
    kind=OPAQUE,
    variants="",
)
_log_softmax_backward_data = op(
    "_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor",
    "g - exp(output) * sum(g).",
    kind=OPAQUE,
    variants="",
)
softmax = op(
    "softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
    "Softmax along one dimension.",
    kind=COMPOSITE,
    variants="",
    python="special.softmax",
)
log_softmax = op(
    "log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
    "Logarithm of softmax along one dimension.",
    kind=COMPOSITE,
    variants="",
)


def _forward_meta(self, dim, half_to_float):
    if self.dtype.category < 2 or self.dtype.is_complex:
        name = "softmax_lastdim_kernel_impl"
        from .reduction import scalar_type  # noqa: PLC0415  # only for the message

        raise NotImplementedError(f"\"{name}\" not implemented for '{scalar_type(self.dtype)}'")
    return [(tuple(self.shape), self.dtype)]


_softmax.meta(_forward_meta)
_log_softmax.meta(_forward_meta)


@_softmax_backward_data.meta
@_log_softmax_backward_data.meta
def _(grad_output, output, dim, input_dtype):
    return [(tuple(output.shape), input_dtype)]


@_softmax.decompose
def _(self, dim, half_to_float):
    if self.numel() == 0:  # nothing to take the maximum of
        return self.clone()
    e = (self - self.amax(dim, True)).exp()
    return e / e.sum(dim, True)


@_log_softmax.decompose
def _(self, dim, half_to_float):
    if self.numel() == 0:
        return self.clone()
    x = self - self.amax(dim, True)
    return x - x.exp().sum(dim, True).log()


@_softmax_backward_data.decompose
def _(grad_output, output, dim, input_dtype):
    product = grad_output * output
    return (product - output * product.sum(dim, True)).to(input_dtype)


@_log_softmax_backward_data.decompose
def _(grad_output, output, dim, input_dtype):
    return (grad_output - output.exp() * grad_output.sum(dim, True)).to(input_dtype)


@softmax.decompose
def _(self, dim, dtype):
    return _softmax(self if dtype is None else self.to(dtype), dim, False)


@log_softmax.decompose
def _(self, dim, dtype):
    return _log_softmax(self if dtype is None else self.to(dtype), dim, False)


@binding("softmax", out="exact")
def softmax_(input, dim, dtype=None):
    """exp(x) / sum(exp(x)) along `dim`; `dtype` casts the input first."""
    return softmax.wrapper(input, dim, dtype)


@binding("log_softmax", python="special.log_softmax", out="exact")
def log_softmax_(input, dim, dtype=None):
    """x - logsumexp(x) along `dim`; `dtype` casts the input first."""
    return log_softmax.wrapper(input, dim, dtype)
