"""Losses. `reduction` is torch's number: 0 none, 1 mean, 2 sum. Those with a kernel have a named backward, the rest are composites.

`cross_entropy_loss` is log_softmax and nll_loss, or, for soft targets, a weighted sum of log probabilities.
"""

from ft_core import int64, uint8

from ..kinds import COMPOSITE, OPAQUE
from ..op import op

_PAIR = "Tensor self, Tensor target"


def _loss(schema, doc, **more):
    return op(schema, doc, kind=OPAQUE, **({"variants": ""} | more))


def _composite(schema, doc, variants="function"):
    return op(schema, doc, kind=COMPOSITE, variants=variants)


mse_loss = _loss(f"mse_loss({_PAIR}, int reduction=1) -> Tensor", "(x - y)^2.")
smooth_l1_loss = _loss(f"smooth_l1_loss({_PAIR}, int reduction=1, float beta=1.0) -> Tensor", "|d| beyond beta, a parabola inside.")
huber_loss = _loss(f"huber_loss({_PAIR}, int reduction=1, float delta=1.0) -> Tensor", "A parabola inside delta, linear beyond.")
soft_margin_loss = _loss(f"soft_margin_loss({_PAIR}, int reduction=1) -> Tensor", "log(1 + exp(-y x)).")
binary_cross_entropy = _loss(
    f"binary_cross_entropy({_PAIR}, Tensor? weight=None, int reduction=1) -> Tensor",
    "-(y log x + (1 - y) log(1 - x)).",
)
bce_with_logits = _loss(
    f"binary_cross_entropy_with_logits({_PAIR}, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor",
    "Binary cross entropy of sigmoid(x).",
)
nll_loss_forward = _loss(
    f"nll_loss_forward({_PAIR}, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)",
    "-x at the target class, and the weights that counted.",
)
nll_loss2d_forward = _loss(
    f"nll_loss2d_forward({_PAIR}, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)",
    "nll_loss_forward of images.",
)
mse_loss_backward = _loss(f"mse_loss_backward(Tensor grad_output, {_PAIR}, int reduction) -> Tensor", "2 (x - y) g.", steps=True)
smooth_l1_loss_backward = _loss(
    f"smooth_l1_loss_backward(Tensor grad_output, {_PAIR}, int reduction, float beta) -> Tensor",
    "Gradient of smooth_l1_loss.",
)
huber_loss_backward = _loss(
    f"huber_loss_backward(Tensor grad_output, {_PAIR}, int reduction, float delta) -> Tensor",
    "Gradient of huber_loss.",
    steps=True,
)
soft_margin_loss_backward = _loss(
    f"soft_margin_loss_backward(Tensor grad_output, {_PAIR}, int reduction) -> Tensor", "Gradient of soft_margin_loss."
)
binary_cross_entropy_backward = _loss(
    f"binary_cross_entropy_backward(Tensor grad_output, {_PAIR}, Tensor? weight=None, int reduction=1) -> Tensor",
    "Gradient of binary_cross_entropy.",
    steps=True,
)
_NLL = f"Tensor grad_output, {_PAIR}, Tensor? weight, int reduction, int ignore_index, Tensor total_weight"
nll_loss_backward = _loss(f"nll_loss_backward({_NLL}) -> Tensor", "Gradient of nll_loss_forward.")
nll_loss2d_backward = _loss(f"nll_loss2d_backward({_NLL}) -> Tensor", "Gradient of nll_loss2d_forward.")

nll_loss = _composite(
    f"nll_loss({_PAIR}, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor",
    "Negative log likelihood of (N, C) or (C,).",
    variants="",
)
nll_loss2d = _composite(
    f"nll_loss2d({_PAIR}, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor",
    "Negative log likelihood of (N, C, H, W).",
    variants="",
)
nll_loss_nd = _composite(
    f"nll_loss_nd({_PAIR}, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor",
    "Negative log likelihood of any rank.",
    variants="",
)
cross_entropy_loss = _composite(
    f"cross_entropy_loss({_PAIR}, Tensor? weight=None, int reduction=1, int ignore_index=-100, float "
    f"label_smoothing=0.0) -> Tensor",
    "Cross entropy of softmax(x) with class indices or probabilities.",
    variants="",
)
l1_loss = _composite(f"l1_loss({_PAIR}, int reduction=1) -> Tensor", "|x - y|.", variants="")
kl_div = _composite(f"kl_div({_PAIR}, int reduction=1, *, bool log_target=False) -> Tensor", "y (log y - x).", variants="")
poisson_nll_loss = _composite(
    "poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor",
    "exp(x) - y x, with Stirling's term where full.",
)
hinge_embedding_loss = _composite(
    f"hinge_embedding_loss({_PAIR}, float margin=1.0, int reduction=1) -> Tensor",
    "x where y is 1, max(0, margin - x) where y is -1.",
    variants="",
)
margin_ranking_loss = _composite(
    "margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor",
    "max(0, -y (x1 - x2) + margin).",
    variants="",
)
cosine_embedding_loss = _composite(
    "cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor",
    "1 - cos where y is 1, max(0, cos - margin) where y is -1.",
    variants="",
)
triplet_margin_loss = _composite(
    "triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2.0, float eps=1e-06, "
    "bool swap=False, int reduction=1) -> Tensor",
    "max(0, d(a, p) - d(a, n) + margin).",
    variants="",
)


# -- shapes --------------------------------------------------------------------------------------------------------------


def reduce_loss(x, reduction):
    """The loss reduced as torch's number says."""
    return x.mean() if reduction == 1 else x.sum() if reduction == 2 else x


def _common(self, target):
    from ft_core.layout import broadcast_shapes  # noqa: PLC0415
    from ft_core.promotion import promote_types  # noqa: PLC0415

    return broadcast_shapes(tuple(self.shape), tuple(target.shape)), promote_types(self.dtype, target.dtype)


def _pair_spec(self, target, reduction, kernel):
    """Shape and dtype of a loss between numbers; NotImplementedError, with torch's name of the kernel, where both are integers."""
    shape, kind = _common(self, target)
    if not (kind.is_floating_point or kind.is_complex):
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{kind.scalar_name}'")
    return [(shape if reduction == 0 else (), kind)]


def _holds_floats(t):
    """RuntimeError, in torch's words, where what would be written into the dtype of `t` has a fraction."""
    if not (t.dtype.is_floating_point or t.dtype.is_complex):
        raise RuntimeError(f"result type Float can't be cast to the desired output type {t.dtype.scalar_name}")


@mse_loss.meta
def _(self, target, reduction):
    return _pair_spec(self, target, reduction, "mse_cpu")


@soft_margin_loss.meta
def _(self, target, reduction):
    _holds_floats(self)
    return _pair_spec(self, target, reduction, "log1p_cpu")


@smooth_l1_loss.meta
def _(self, target, reduction, beta):
    if beta < 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")
    return _pair_spec(self, target, reduction, "smooth_l1_cpu")


@huber_loss.meta
def _(self, target, reduction, delta):
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    spec = _pair_spec(self, target, reduction, "huber_cpu")
    _holds_floats(self)
    return spec


@binary_cross_entropy.meta
def _(self, target, weight, reduction):
    if target.dtype is not self.dtype:
        raise RuntimeError(f"Found dtype {target.dtype.scalar_name} but expected {self.dtype.scalar_name}")
    if not self.dtype.is_floating_point:
        raise NotImplementedError(f"\"binary_cross_entropy\" not implemented for '{self.dtype.scalar_name}'")
    return [(tuple(self.shape) if reduction == 0 else (), self.dtype)]


@bce_with_logits.meta
def _(self, target, weight, pos_weight, reduction):
    shape, _ = _common(self, target)
    if not self.dtype.is_floating_point:
        raise NotImplementedError(f"\"log_sigmoid_cpu\" not implemented for '{self.dtype.scalar_name}'")
    if target.dtype.category == 0:
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead."
        )
    _holds_floats(target)
    if weight is not None and reduction == 0:
        shape = _common(self.new_empty(shape, device="meta"), weight)[0]
    return [(shape if reduction == 0 else (), self.dtype)]


def _gradient_meta(grad_output, self, target, *params):
    shape, kind = _common(self, target)
    return [(shape, kind)]


for _record in (
    mse_loss_backward,
    smooth_l1_loss_backward,
    huber_loss_backward,
    soft_margin_loss_backward,
    binary_cross_entropy_backward,
):
    _record.meta(_gradient_meta)


def _check_nll(self, target, weight):
    axis = 0 if self.ndim == 1 else 1
    if not 0 < self.ndim <= 2:
        raise RuntimeError("input tensor should be 1D or 2D")
    if target.ndim > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if target.dtype is not int64 and target.dtype is not uint8:
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target.dtype.scalar_name}")
    if not (self.ndim == 1 and target.ndim == 0) and self.shape[0] != (target.shape[0] if target.ndim else 1):
        raise ValueError(f"Expected input batch_size ({self.shape[0]}) to match target batch_size ({target.numel()}).")
    classes = self.shape[axis]
    if weight is not None and (weight.ndim != 1 or weight.numel() != classes):
        raise RuntimeError(
            f"weight tensor should be defined either for all {classes} classes or no classes but got weight "
            f"tensor of shape: {list(weight.shape)}"
        )
    if weight is not None and weight.dtype is not self.dtype:
        raise RuntimeError(f"expected scalar type {self.dtype.scalar_name} but found {weight.dtype.scalar_name}")


@nll_loss_forward.meta
def _(self, target, weight, reduction, ignore_index):
    _check_nll(self, target, weight)
    batch = (self.shape[0],) if self.ndim == 2 and reduction == 0 else ()
    return [(batch, self.dtype), ((), self.dtype)]


@nll_loss2d_forward.meta
def _(self, target, weight, reduction, ignore_index):
    if target.ndim != 3:
        raise RuntimeError(f"only batches of spatial targets supported (3D tensors) but got targets of dimension: {target.ndim}")
    if self.ndim != 4:
        raise RuntimeError(f"only batches of spatial inputs supported (4D tensors), but got input of dimension: {self.ndim}")
    if (self.shape[0], *self.shape[2:]) != tuple(target.shape):
        raise RuntimeError(f"size mismatch (got input: {list(self.shape)} , target: {list(target.shape)}")
    return [(tuple(target.shape) if reduction == 0 else (), self.dtype), ((), self.dtype)]


@nll_loss_backward.meta
@nll_loss2d_backward.meta
def _(grad_output, self, target, weight, reduction, ignore_index, total_weight):
    return [(tuple(self.shape), self.dtype)]


# -- decompositions of what has a kernel ---------------------------------------------------------------------------------


def _scaled(g, x, reduction):
    """The cotangent per element: divided by their number under "mean"."""
    return g / x.numel() if reduction == 1 else g


@mse_loss.decompose
def _(self, target, reduction):
    d = self - target
    return reduce_loss(d * d, reduction)


@smooth_l1_loss.decompose
def _(self, target, reduction, beta):
    size = (self - target).abs()
    if beta == 0:
        return reduce_loss(size, reduction)
    return reduce_loss((size * size * (0.5 / beta)).where(size < beta, size - 0.5 * beta), reduction)


@huber_loss.decompose
def _(self, target, reduction, delta):
    size = (self - target).abs()
    return reduce_loss((size * size * 0.5).where(size <= delta, (size - 0.5 * delta) * delta), reduction)


@soft_margin_loss.decompose
def _(self, target, reduction):
    return reduce_loss((self * target).neg().exp().log1p(), reduction)


@binary_cross_entropy.decompose
def _(self, target, weight, reduction):
    losses = (target - 1) * (-self).log1p().clamp(min=-100) - target * self.log().clamp(min=-100)
    return reduce_loss(losses if weight is None else losses * weight, reduction)


@bce_with_logits.decompose
def _(self, target, weight, pos_weight, reduction):
    tail = (-self.abs()).exp().log1p() + (-self).clamp(min=0)  # log(1 + exp(-x))
    if pos_weight is not None:
        tail = tail * ((pos_weight - 1) * target + 1)
    losses = (1 - target) * self + tail
    return reduce_loss(losses if weight is None else losses * weight, reduction)


def _rounding(x):
    """Whether each op on `x` rounds more than its arithmetic: then torch's order of them counts."""
    return x.dtype.opmath is not x.dtype


@mse_loss_backward.decompose
def _(grad_output, self, target, reduction):
    d = self - target
    if _rounding(d):
        return d.new_full((), 2 / max(1, d.numel()) if reduction == 1 else 2) * d * grad_output
    return d * (_scaled(grad_output, d, reduction) * 2)


@smooth_l1_loss_backward.decompose
def _(grad_output, self, target, reduction, beta):
    d = self - target
    slope = d.sgn() if beta == 0 else (d / beta).clamp(-1, 1)
    return slope * _scaled(grad_output, d, reduction)


@huber_loss_backward.decompose
def _(grad_output, self, target, reduction, delta):
    d = self - target
    if _rounding(d):
        return d.new_full((), 1 / max(1, d.numel()) if reduction == 1 else 1) * d.clamp(-delta, delta) * grad_output
    return d.clamp(-delta, delta) * _scaled(grad_output, d, reduction)


@soft_margin_loss_backward.decompose
def _(grad_output, self, target, reduction):
    z = self * target
    return -target * (-z).sigmoid() * _scaled(grad_output, z, reduction)


@binary_cross_entropy_backward.decompose
def _(grad_output, self, target, weight, reduction):
    late = _rounding(self)  # the mean divides last, where that costs more than a number's division
    share = grad_output if late else _scaled(grad_output, self, reduction)
    slope = share * (self - target) / ((1 - self) * self).clamp(min=1e-12)
    slope = slope if weight is None else slope * weight
    return _scaled(slope, self, reduction) if late else slope


from . import _loss_bindings, _loss_composites  # noqa: E402, F401  # the public names; decompositions of the composites and of nll_loss
