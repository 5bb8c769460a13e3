"""Distances, similarities and the margin losses over classes: composites in plain arithmetic."""

from ft_core import int64
from ft_core.layout import broadcast_shapes

from ..kinds import COMPOSITE
from ..op import op
from ..registry import binding
from .loss import reduce_loss
from .reduction import scalar_type

cosine_similarity = op(
    "cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor",
    "Cosine of the angle between vectors along a dimension.",
    kind=COMPOSITE,
    variants="",
)
pairwise_distance = op(
    "pairwise_distance(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False) -> Tensor",
    "p-norm of x1 - x2 + eps along the last dimension.",
    kind=COMPOSITE,
    variants="function",
    python="nn.functional.pairwise_distance",
)
dist = op("dist(Tensor self, Tensor other, Scalar p=2) -> Tensor", "p-norm of input - other.", kind=COMPOSITE)
renorm = op(
    "renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor",
    "Slices along `dim` scaled down to a p-norm of at most maxnorm.",
    kind=COMPOSITE,
    inplace=True,
    out=True,
)
multi_margin_loss = op(
    "multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor",
    "Mean over wrong classes of max(0, margin - x[y] + x[i])^p.",
    kind=COMPOSITE,
    variants="",
)
multilabel_margin_loss = op(
    "multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor",
    "Hinge between every target class (up to the first -1) and every other class.",
    kind=COMPOSITE,
    variants="",
)


@cosine_similarity.decompose
def _(x1, x2, dim, eps):
    if not x1.is_floating_point() or not x2.is_floating_point():
        raise RuntimeError("expected common dtype to be floating point, yet common dtype is not")
    n1 = x1.norm(2, dim, True).clamp(min=eps)
    n2 = x2.norm(2, dim, True).clamp(min=eps)
    return ((x1 / n1) * (x2 / n2)).sum(dim)


@pairwise_distance.decompose
def _(x1, x2, p, eps, keepdim):
    return (x1 - x2 + eps).norm(p, -1, keepdim)


@dist.decompose
def _(self, other, p):
    return (self - other).norm(p)


@renorm.decompose
def _(self, p, dim, maxnorm):
    if p <= 0:
        raise RuntimeError(f"renorm: non-positive-norm not supported; got p = {p}")
    if maxnorm < 0:
        raise RuntimeError(f"renorm: expected maxnorm to be >= 0 but got {maxnorm}")
    if self.ndim < 2:
        raise RuntimeError(f"renorm: input needs at least 2 dimensions, got {self.ndim} dimensions")
    others = tuple(d for d in range(self.ndim) if d != dim)
    norm = self.norm(p, others, True)
    tiny = 1e-7  # torch's guard against dividing by a norm that is zero
    return self * (maxnorm / (norm + tiny)).where(norm > maxnorm, norm.new_ones(()))


def _rows(self, target):
    """(N, C) input, whether it came with a batch dimension."""
    if self.ndim > 2 or (self.ndim and self.shape[-1] == 0):
        raise RuntimeError(f"Expected non-empty vector or matrix with optional 0-dim batch size, but got: {list(self.shape)}")
    return (self.reshape(1, -1) if self.ndim < 2 else self), self.ndim == 2


@multi_margin_loss.decompose
def _(self, target, p, margin, weight, reduction):
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    x, batched = _rows(self, target)
    labels = target.reshape(-1)
    if target.ndim > 1 or labels.shape[0] != x.shape[0]:
        raise RuntimeError(
            "target tensor should be 1-D with size equal to the input's batch. Expected target size "
            f"[{x.shape[0]}], but got {list(target.shape)}"
        )
    if weight is not None and weight.ndim != 1:
        raise ValueError("weight must be one-dimensional")
    if weight is not None and weight.numel() != x.shape[1]:
        raise RuntimeError(f"inconsistent weight size, expected {x.shape[1]} but got {list(weight.shape)}")
    if target.dtype is not int64:
        raise RuntimeError(f"expected scalar type Long but found {scalar_type(target.dtype)}")
    places = labels.unsqueeze(1)
    hinge = (margin - x.gather(1, places) + x).clamp(min=0)
    if p == 2:
        hinge = hinge * hinge
    if weight is not None:
        hinge = hinge * weight[labels].unsqueeze(1)
    hinge = hinge * hinge.new_ones(tuple(hinge.shape)).scatter(1, places, 0.0)  # the target's own term does not count
    losses = hinge.sum(1) / x.shape[1]
    return reduce_loss(losses if batched or reduction else losses.reshape(target.shape), reduction)


@multilabel_margin_loss.decompose
def _(self, target, reduction):
    x, batched = _rows(self, target)
    if (target.shape != self.shape and target.numel() != 1) or target.numel() != x.numel():
        raise RuntimeError(f"inconsistent target size: {list(target.shape)} for input of size: {list(self.shape)}")
    labels = target.reshape(x.shape)
    counts = (labels < 0).cumsum(1) == 0  # targets before the first -1
    safe = labels.masked_fill(~counts, 0)
    is_target = x.new_zeros(tuple(x.shape)).scatter_add(1, safe, counts.to(x.dtype)) > 0
    scores = x.gather(1, safe)
    hinge = (1 - scores.unsqueeze(2) + x.unsqueeze(1)).clamp(min=0)  # (N, targets, classes)
    keep = counts.unsqueeze(2) & ~is_target.unsqueeze(1)
    losses = (hinge * keep.to(x.dtype)).sum((1, 2)) / x.shape[1]
    return reduce_loss(losses if batched or reduction else losses.reshape(()), reduction)


@binding("cosine_similarity", method=False, python="nn.functional.cosine_similarity")
def cosine_similarity_(x1, x2, dim=1, eps=1e-8):
    """Cosine of the angle between vectors along `dim`, which counts dimensions after broadcasting."""
    if x1.shape != x2.shape:
        shape = broadcast_shapes(tuple(x1.shape), tuple(x2.shape))
        x1, x2 = x1.expand(shape), x2.expand(shape)
    return cosine_similarity.wrapper(x1, x2, dim, eps)
