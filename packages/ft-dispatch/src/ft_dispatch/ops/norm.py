"""Normalisation layers: public composites over the private ops that hold kernel, saved statistics and gradient, as in ATen.

Batch norm's running statistics are outputs of the private op; `batch_norm` copies them into the buffers it was given.
"""

from math import prod as _product

from ft_core import float32, uint8

from ..kinds import COMPOSITE, OPAQUE
from ..meta import follows_format
from ..op import op
from ..registry import binding

_BN = (
    "Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool "
    "training, float momentum, float eps"
)
batch_norm = op(
    f"batch_norm({_BN}, bool cudnn_enabled) -> Tensor",
    "Normalised over all dimensions but the channels'.",
    kind=COMPOSITE,
    variants="function",
)
native_batch_norm = op(
    f"native_batch_norm({_BN}) -> (Tensor, Tensor, Tensor)",
    "Batch norm, mean and reciprocal deviation of the batch.",
    kind=COMPOSITE,
    variants="function",
    out=True,
)
instance_norm = op(
    "instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, "
    "float momentum, float eps, bool cudnn_enabled) -> Tensor",
    "Batch norm of every sample by itself.",
    kind=COMPOSITE,
    variants="function",
)
functional_batch_norm = op(
    "_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, "
    "bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor running_mean_out, Tensor running_var_out)",
    "Batch norm, its statistics and the new running ones.",
    kind=OPAQUE,
    variants="",
)
plain_batch_norm = op(
    "_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps) "
    "-> (Tensor, Tensor, Tensor)",
    "Batch norm without running statistics.",
    kind=OPAQUE,
    variants="",
    out=True,
)
legit_batch_norm = op(
    "_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, "
    "bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
    "native_batch_norm, its mutation declared.",
    kind=COMPOSITE,
    variants="",
    out=True,
)
untrained_batch_norm = op(
    "_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, "
    "float momentum, float eps) -> (Tensor, Tensor, Tensor)",
    "Batch norm by the running statistics; no statistics of the batch.",
    kind=COMPOSITE,
    variants="",
)
updating_batch_norm = op(
    "_batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, "
    "float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
    "Batch norm in training: also the batch's statistics and an empty reserve.",
    kind=COMPOSITE,
    variants="",
)
resting_batch_norm = op(
    "_batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, "
    "float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor)",
    "Batch norm by the running statistics, with empty ones of the batch and an empty reserve.",
    kind=COMPOSITE,
    variants="",
)
native_batch_norm_backward = op(
    "native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? running_var, "
    "Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
    "Gradients of input, weight and bias.",
    kind=OPAQUE,
    variants="",
)
layer_norm = op(
    "layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float "
    "eps=1e-05, bool cudnn_enable=True) "
    "-> Tensor",
    "Normalised over the last dimensions.",
    kind=COMPOSITE,
    variants="function",
)
native_layer_norm = op(
    "native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)",
    "Layer norm, mean and reciprocal deviation.",
    kind=OPAQUE,
    variants="function",
)
native_layer_norm_backward = op(
    "native_layer_norm_backward(Tensor grad_out, Tensor input, int[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, "
    "Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
    "Gradients of input, weight and bias.",
    kind=OPAQUE,
    variants="",
)
group_norm = op(
    "group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, "
    "bool cudnn_enabled=True) -> Tensor",
    "Normalised over groups of channels.",
    kind=COMPOSITE,
    variants="function",
)
native_group_norm = op(
    "native_group_norm(Tensor input, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, "
    "float eps) -> (Tensor, Tensor, Tensor)",
    "Group norm, mean and reciprocal deviation.",
    kind=OPAQUE,
    variants="function",
)
native_group_norm_backward = op(
    "native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, "
    "int N, int C, int HxW, int group, "
    "bool[3] output_mask) -> (Tensor, Tensor, Tensor)",
    "Gradients of input, weight and bias.",
    kind=OPAQUE,
    variants="",
)
rms_norm = op(
    "rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor",
    "Divided by the root of the mean square of the last dimensions.",
    kind=COMPOSITE,
    variants="function",
)
_fused_rms_norm = op(
    "_fused_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float? eps) -> (Tensor, Tensor)",
    "RMS norm and the reciprocal root.",
    kind=OPAQUE,
    variants="",
)
_fused_rms_norm_backward = op(
    "_fused_rms_norm_backward(Tensor grad_out, Tensor input, int[] normalized_shape, Tensor rstd, "
    "Tensor? weight, bool[2] output_mask) "
    "-> (Tensor, Tensor)",
    "Gradients of input and weight.",
    kind=OPAQUE,
    variants="",
)

norm_except_dim = op(
    "norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor",
    "p-norms of the slices along `dim`, its rank kept; dim -1: of the whole.",
    kind=COMPOSITE,
    variants="function",
    raw_args=True,
)
weight_norm = op(
    "_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor",
    "v with the slices along `dim` scaled to the norms g.",
    kind=COMPOSITE,
    variants="function",
    raw_args=True,
)


# -- shapes and checks ---------------------------------------------------------------------------------------------------


def check_normalized_shape(name, input, shape, weight, bias=None):
    """RuntimeError unless `shape` is the end of input's shape and weight and bias have exactly it."""
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got "
            f"normalized_shape = {list(shape)}"
        )
    for what, x in (("weight", weight), ("bias", bias)):
        if x is not None and tuple(x.shape) != shape:
            raise RuntimeError(
                f"Expected {what} to be of same shape as normalized_shape, but got {what} of shape {list(x.shape)} and "
                f"normalized_shape = {list(shape)}"
            )
    if tuple(input.shape[input.ndim - len(shape) :]) != shape or input.ndim < len(shape):
        sizes = ", ".join(str(n) for n in shape)
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [*, {sizes}], but got input of "
            f"size{list(input.shape)}"
        )


def _one_dtype(input, *others):
    """RuntimeError, in torch's words, unless all have the input's dtype; halves may meet float32 parameters."""
    half = input.dtype.opmath is not input.dtype
    for t in others:
        if t is None or t.dtype is input.dtype or (half and t.dtype is float32):
            continue
        if half:
            raise RuntimeError("mixed dtype (CPU): expect parameter to have scalar type of Float")
        raise RuntimeError("mixed dtype (CPU): all inputs must share same datatype.")


def _statistics_dtype(input, weight):
    """float32 where half inputs meet float32 parameters, else the input's own dtype."""
    return float32 if weight is not None and weight.dtype is not input.dtype and weight.dtype is float32 else input.dtype


@native_layer_norm.meta
def _(input, normalized_shape, weight, bias, eps):
    check_normalized_shape("layer_norm", input, normalized_shape, weight, bias)
    _one_dtype(input, weight, bias)
    kept = tuple(input.shape[: input.ndim - len(normalized_shape)]) + (1,) * len(normalized_shape)
    kind = _statistics_dtype(input, weight)
    return [(tuple(input.shape), input.dtype), (kept, kind), (kept, kind)]


def _gradient_specs(input, mask, shapes, kinds, image=False):
    like_input = (tuple(input.shape), input.dtype, follows_format(input, tuple(input.shape)) if image else None)
    found = [like_input, *zip(shapes, kinds, strict=True)]
    return [spec if asked else None for spec, asked in zip(found, mask, strict=True)]


@native_layer_norm_backward.meta
def _(grad_out, input, normalized_shape, mean, rstd, weight, bias, output_mask):
    mask = (output_mask[0], output_mask[1] and weight is not None, output_mask[2])
    kind = weight.dtype if weight is not None else input.dtype
    return _gradient_specs(input, mask, [normalized_shape] * 2, [kind] * 2)


@_fused_rms_norm.meta
def _(input, normalized_shape, weight, eps):
    check_normalized_shape("rms_norm", input, normalized_shape, weight)
    kept = tuple(input.shape[: input.ndim - len(normalized_shape)]) + (1,) * len(normalized_shape)
    return [(tuple(input.shape), input.dtype), (kept, input.dtype.opmath)]


@_fused_rms_norm_backward.meta
def _(grad_out, input, normalized_shape, rstd, weight, output_mask):
    mask = (output_mask[0], output_mask[1] and weight is not None)
    return _gradient_specs(input, mask, [normalized_shape], [weight.dtype if weight is not None else input.dtype])


@native_group_norm.meta
def _(input, weight, bias, N, C, HxW, group, eps):
    _one_dtype(input, weight, bias)
    kind = _statistics_dtype(input, weight)
    shape = tuple(input.shape)
    return [(shape, input.dtype, follows_format(input, shape)), ((N, group), kind), ((N, group), kind)]


@native_group_norm_backward.meta
def _(grad_out, input, mean, rstd, weight, N, C, HxW, group, output_mask):
    kind = weight.dtype if weight is not None else input.dtype
    return _gradient_specs(input, output_mask, [(C,)] * 2, [kind] * 2, image=True)


def _channel_count(input):
    if input.ndim < 2:
        raise IndexError("Dimension out of range (expected to be in range of [-1, 0], but got 1)")
    return input.shape[1]


def _check_channels(input, **vectors):
    channels = _channel_count(input)
    for name, x in vectors.items():
        if x is not None and x.numel() != channels:
            raise RuntimeError(f"{name} should contain {channels} elements not {x.numel()}")
    return channels


@functional_batch_norm.meta
def _(input, weight, bias, running_mean, running_var, training, momentum, eps):
    c = _check_channels(input, running_mean=running_mean, running_var=running_var, weight=weight, bias=bias)
    _one_dtype(input, weight, bias, running_mean, running_var)
    kind = _statistics_dtype(input, weight)
    saved = (c,) if training else (0,)
    out = tuple(input.shape), input.dtype, follows_format(input, tuple(input.shape))
    return [out, (saved, kind), (saved, kind), ((c,), running_mean.dtype), ((c,), running_var.dtype)]


@plain_batch_norm.meta
def _(input, weight, bias, training, momentum, eps):
    c = _check_channels(input, weight=weight, bias=bias)
    _one_dtype(input, weight, bias)
    kind = _statistics_dtype(input, weight)
    return [(tuple(input.shape), input.dtype, follows_format(input, tuple(input.shape))), ((c,), kind), ((c,), kind)]


@native_batch_norm_backward.meta
def _(grad_out, input, weight, running_mean, running_var, save_mean, save_invstd, train, eps, output_mask):
    kind = weight.dtype if weight is not None else input.dtype
    return _gradient_specs(input, output_mask, [(input.shape[1],)] * 2, [kind] * 2, image=True)


# -- public composites ---------------------------------------------------------------------------------------------------


@layer_norm.decompose
def _(input, normalized_shape, weight, bias, eps, cudnn_enable):
    return native_layer_norm(input, normalized_shape, weight, bias, eps)[0]


@rms_norm.decompose
def _(input, normalized_shape, weight, eps):
    if input.is_complex():  # no kernel: its parts, whose gradients conjugate
        return _fused_rms_norm.decomposition(input, normalized_shape, weight, eps)[0]
    return _fused_rms_norm(input, normalized_shape, weight, eps)[0]


@group_norm.decompose
def _(input, num_groups, weight, bias, eps, cudnn_enabled):
    if input.ndim < 2:
        raise RuntimeError(f"Expected at least 2 dimensions for input tensor but received {input.ndim}")
    n, c = input.shape[0], input.shape[1]
    if num_groups <= 0:
        raise RuntimeError(f"Expected num groups to be greater than 0, got {num_groups}")
    if c % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of shape "
            f"{list(input.shape)} and num_groups={num_groups}"
        )
    for what, x in (("weight", weight), ("bias", bias)):
        if x is not None and tuple(x.shape) != (c,):
            raise RuntimeError(
                f"Expected {what} to be a vector of size equal to the number of channels in input, but got {what} of shape "
                f"{list(x.shape)} and input of shape {list(input.shape)}"
            )
    return native_group_norm(input, weight, bias, n, c, _product(input.shape[2:]), num_groups, eps)[0]


@native_batch_norm.decompose
@legit_batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, training, momentum, eps):
    if (running_mean is None) != (running_var is None):
        raise RuntimeError("batch_norm: running_mean and running_var must either both be None or neither be None")
    if running_mean is None:
        if not training:
            raise RuntimeError("Expected running_mean and running_var to be defined when training=False")
        return plain_batch_norm(input, weight, bias, training, momentum, eps)
    y, mean, invstd, new_mean, new_var = functional_batch_norm(
        input, weight, bias, running_mean, running_var, training, momentum, eps
    )
    if training:
        running_mean.copy_(new_mean.detach())
        running_var.copy_(new_var.detach())
    return y, mean, invstd


@untrained_batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, momentum, eps):
    return native_batch_norm.wrapper(input, weight, bias, running_mean, running_var, False, momentum, eps)


def _reserve(input):
    """What cuDNN's batch norm would keep for its backward: nothing here."""
    return input.new_empty((0,), dtype=uint8)


@updating_batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, momentum, eps):
    made = native_batch_norm.wrapper(input, weight, bias, running_mean, running_var, True, momentum, eps)
    return *made, _reserve(input)


@resting_batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, momentum, eps):
    made = native_batch_norm.wrapper(input, weight, bias, running_mean, running_var, False, momentum, eps)
    return *made, _reserve(input)


@binding("_native_batch_norm_legit", method=False)
def native_batch_norm_legit(input, weight, bias, *rest, out=None):
    """Batch norm with running statistics that it updates, or without any (three arguments instead of five)."""
    return (legit_batch_norm if len(rest) == 5 else plain_batch_norm).wrapper(input, weight, bias, *rest, out=out)


@batch_norm.decompose
def _(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled):
    if input.numel() == 0 and (input.ndim < 2 or (training and input.shape[1])):
        per_channel = (1, -1) + (1,) * (input.ndim - 2) if input.ndim > 1 else (-1,)
        return input * (1 if weight is None else weight.reshape(per_channel))
    return native_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps)[0]


@instance_norm.decompose
def _(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled):
    if not use_input_stats and (running_mean is None or running_var is None):
        raise RuntimeError("Expected running_mean and running_var to be defined when use_input_stats is false")
    n, c = input.shape[0], input.shape[1]
    flat = input.reshape(1, n * c, *input.shape[2:])

    def each(x):
        return None if x is None else x.repeat(n)

    mean, var = each(running_mean), each(running_var)
    y = batch_norm(flat, each(weight), each(bias), mean, var, use_input_stats, momentum, eps, cudnn_enabled)
    if use_input_stats and running_mean is not None:
        running_mean.copy_(mean.reshape(n, c).mean(0))
        running_var.copy_(var.reshape(n, c).mean(0))
    return y.reshape(input.shape)


from . import _norm_decompositions  # noqa: E402, F401  # attaches the decompositions of the private ops
