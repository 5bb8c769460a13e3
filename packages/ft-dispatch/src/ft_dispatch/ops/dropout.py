"""Dropout in its four forms: elements or whole channels, to zero or to the value that keeps SELU networks normal.

The stream of random numbers is torch's on the CPU: `bernoulli_(1 - p)` on a tensor of the noise's shape, so masks agree for one
seed.
"""

from functools import lru_cache

from ft_core import get_default_dtype
from ft_core.dtype import bool_ as bool_dtype
from ft_core.keys import IRREG
from ft_core.shapes import contiguous_strides
from ft_core.state import TL

from ..kinds import COMPOSITE, ELEMENTWISE, NONE, OPAQUE
from ..op import op
from ..routes import UNROUTED
from ._short_creation import blank, unfilled_like

dropout = op(
    "dropout(Tensor input, float p, bool train) -> Tensor",
    "Elements zeroed with probability p, the rest divided by 1 - p.",
    kind=COMPOSITE,
    variants="function",
    inplace=True,
)
alpha_dropout = op(
    "alpha_dropout(Tensor input, float p, bool train) -> Tensor",
    "Dropout to SELU's saturation value.",
    kind=COMPOSITE,
    variants="function",
    inplace=True,
)
feature_dropout = op(
    "feature_dropout(Tensor input, float p, bool train) -> Tensor",
    "Whole channels zeroed.",
    kind=COMPOSITE,
    variants="function",
    inplace=True,
)
feature_alpha_dropout = op(
    "feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor",
    "Whole channels to SELU's saturation value.",
    kind=COMPOSITE,
    variants="function",
    inplace=True,
)
native_dropout = op(
    "native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)",
    "Dropout and the mask it drew.",
    kind=OPAQUE,
    variants="function",
    nondeterministic=True,
)
native_dropout_backward = op(
    "native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor",
    "g * mask * scale.",
    kind=ELEMENTWISE,
    promote=NONE,
    variants="",
)


def _noise(x, whole_channels):
    """Memory for the draws: an element's in the order x has in memory, a channel's in rows."""
    if not whole_channels:
        return unfilled_like(x)
    if x.ndim < 2:
        raise RuntimeError("Feature dropout requires at least 2 dimensions in the input")
    return x.new_empty((x.shape[0], x.shape[1], *[1] * (x.ndim - 2)))


@lru_cache(256)
def _in_memory(shape, strides):
    """(sizes in the order in which the dims lie in memory, the dims that turn them back), or None for a tensor with gaps.

    Draws fill memory in its own order, so a regular tensor of these sizes takes them by the short road and is turned afterwards.
    """
    order = sorted(range(len(shape)), key=lambda d: -strides[d])
    sizes = tuple([shape[d] for d in order])
    if tuple([strides[d] for d in order]) != contiguous_strides(sizes):
        return None
    return sizes, tuple([order.index(d) for d in range(len(shape))])


def _dropped(x, p, train, whole_channels, to_alpha):
    if not 0 <= p <= 1:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {p}")
    if p == 0 or not train or x.numel() == 0:
        return x
    if p == 1:
        return x * x.new_zeros(())
    if x._k & IRREG and not to_alpha and not whole_channels and not (x._k | TL.st.bits) & UNROUTED:
        turned = _in_memory(x._a.shape, x._strides)
        if turned is not None:
            sizes, dims = turned
            return x * blank(sizes, x.dtype, x.device).bernoulli_(1 - p).div_(1 - p).permute(dims)
    noise = _noise(x, whole_channels).bernoulli_(1 - p)
    if not to_alpha:
        return x * noise.div_(1 - p)
    alpha = 1.7580993408473766  # source: Klambauer et al. 2017, alpha times scale of SELU
    a = 1 / ((alpha * alpha * p + 1) * (1 - p)) ** 0.5
    shift = (noise - 1).mul_(alpha * a).add_(alpha * a * p)
    return x * noise.mul_(a) + shift


@dropout.decompose
def _(input, p, train):
    return _dropped(input, p, train, False, False)


@feature_dropout.decompose
def _(input, p, train):
    return _dropped(input, p, train, True, False)


@alpha_dropout.decompose
def _(input, p, train):
    return _dropped(input, p, train, False, True)


@feature_alpha_dropout.decompose
def _(input, p, train):
    return _dropped(input, p, train, True, True)


@native_dropout.meta
def _(input, p, train):
    return [(tuple(input.shape), input.dtype), (tuple(input.shape), bool_dtype)]


@native_dropout.decompose
def _(input, p, train):
    if input.numel() == 0:
        return input.clone(), input.new_empty(tuple(input.shape), dtype=bool_dtype)
    if train is False:
        return input.clone(), input.new_ones(tuple(input.shape), dtype=bool_dtype)
    mask = unfilled_like(input, bool_dtype).bernoulli_(1 - p)
    return input * mask * (0.0 if p == 1 else 1 / (1 - p)), mask


@native_dropout_backward.meta
def _(grad_output, mask, scale):
    kind = grad_output.dtype
    return tuple(grad_output.shape), kind if kind.category >= 2 else get_default_dtype()


@native_dropout_backward.decompose
def _(grad_output, mask, scale):
    return grad_output * mask * scale
