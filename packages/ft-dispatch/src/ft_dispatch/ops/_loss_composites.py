"""Decompositions of the composite losses and of nll_loss: what each is, in terms of other ops."""

from math import pi

from ft_core import int64, uint8

from . import loss as table
from .loss import reduce_loss
from .softmax import _log_softmax


@table.nll_loss_forward.decompose
@table.nll_loss2d_forward.decompose
def _(self, target, weight, reduction, ignore_index):
    axis = 0 if self.ndim == 1 else 1
    counts = target != ignore_index
    safe = target.masked_fill(target == ignore_index, 0)
    picked = self.gather(axis, safe.unsqueeze(axis)).squeeze(axis)
    mass = counts.to(self.dtype) if weight is None else weight[safe].masked_fill(target == ignore_index, 0)
    losses = (picked * mass).neg().masked_fill(target == ignore_index, 0)
    if reduction == 0 and self.ndim > 1:
        return losses, self.new_zeros(())
    total = mass.sum()
    return (losses.sum() / total if reduction == 1 else losses.sum()), total


@table.nll_loss_backward.decompose
@table.nll_loss2d_backward.decompose
def _(grad_output, self, target, weight, reduction, ignore_index, total_weight):
    axis = 0 if self.ndim == 1 else 1
    ignored = target == ignore_index
    safe = target.masked_fill(ignored, 0)
    mass = grad_output.new_ones(tuple(target.shape)) if weight is None else weight[safe]
    share = -mass.masked_fill(ignored, 0) * (grad_output / total_weight if reduction == 1 else grad_output)
    return self.new_zeros(tuple(self.shape)).scatter(axis, safe.unsqueeze(axis), share.unsqueeze(axis))


@table.nll_loss.decompose
def _(self, target, weight, reduction, ignore_index):
    return table.nll_loss_forward(self, target, weight, reduction, ignore_index)[0]


@table.nll_loss2d.decompose
def _(self, target, weight, reduction, ignore_index):
    return table.nll_loss2d_forward(self, target, weight, reduction, ignore_index)[0]


@table.nll_loss_nd.decompose
def _(self, target, weight, reduction, ignore_index):
    if self.ndim < 1:
        raise ValueError(f"Expected 1 or more dimensions (got {self.ndim})")
    if self.ndim != 1 and self.shape[0] != (target.shape[0] if target.ndim else 1):
        raise ValueError(f"Expected input batch_size ({self.shape[0]}) to match target batch_size ({target.shape[0]}).")
    if self.ndim == 1 and target.ndim == 1 and target.shape[0] != 1:
        raise ValueError(f"For 1D input, 1D target must have size 1, but got target size: {target.shape[0]}")
    if target.dtype not in (int64, uint8):
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target.dtype.scalar_name}")
    if self.ndim <= 2:
        return table.nll_loss(self, target, weight, reduction, ignore_index)
    if self.ndim == 4:
        return table.nll_loss2d(self, target, weight, reduction, ignore_index)
    n, c, out_shape = self.shape[0], self.shape[1], (self.shape[0], *self.shape[2:])
    if tuple(target.shape[1:]) != tuple(self.shape[2:]):
        raise RuntimeError(f"Expected target size {list(out_shape)}, got {list(target.shape)}")
    flat, labels = self.reshape(n, c, 1, -1), target.reshape(n, 1, -1)
    if reduction:
        return table.nll_loss2d(flat, labels, weight, reduction, ignore_index)
    return table.nll_loss2d(flat, labels, weight, reduction, ignore_index).reshape(out_shape)


@table.cross_entropy_loss.decompose
def _(self, target, weight, reduction, ignore_index, label_smoothing):
    if not 0 <= label_smoothing <= 1:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}")
    axis = 0 if self.ndim == 1 else 1
    scores = _log_softmax(self, axis, False) if self.is_floating_point() else self.log_softmax(axis, self.dtype)
    if tuple(self.shape) == tuple(target.shape):
        if ignore_index >= 0:
            raise RuntimeError("ignore_index is not supported for floating point target")
        if not target.is_floating_point():
            raise RuntimeError(f"Expected floating point type for target with class probabilities, got {target.dtype.scalar_name}")
        return _soft_cross_entropy(scores, target, weight, reduction, label_smoothing, axis)
    if self.ndim > 1 and target.ndim and self.shape[0] != target.shape[0]:
        raise ValueError(f"Expected input batch_size ({self.shape[0]}) to match target batch_size ({target.shape[0]}).")
    if target.dtype not in (int64, uint8):
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target.dtype.scalar_name}")
    if label_smoothing:
        return _smoothed_cross_entropy(scores, target, weight, reduction, ignore_index, label_smoothing, axis)
    return table.nll_loss_nd(scores, target, weight, reduction, ignore_index)


def _weights(weight, rank, axis):
    return weight if rank == 1 else weight.reshape((1, -1) + (1,) * (rank - 2))


def _soft_cross_entropy(scores, target, weight, reduction, smoothing, axis):
    if not target.is_floating_point():
        raise RuntimeError(f"Expected floating point type for target with class probabilities, got {target.dtype}")
    classes = scores.shape[axis]
    if smoothing:
        target = target * (1 - smoothing) + smoothing / classes
    losses = -(scores * target)
    if weight is not None:
        losses = losses * _weights(weight, scores.ndim, axis)
    if reduction == 0:
        return losses.sum(axis)
    if reduction == 2:
        return losses.sum()
    return losses.sum() / (scores.numel() // classes) if scores.numel() else losses.sum() / 0


def _smoothed_cross_entropy(scores, target, weight, reduction, ignore, smoothing, axis):
    classes = scores.shape[axis]
    nll = table.nll_loss_nd(scores, target, weight, reduction, ignore)
    smooth = -scores if weight is None else -(scores * _weights(weight, scores.ndim, axis))
    ignored = target == ignore
    smooth = smooth.sum(axis).masked_fill(ignored, 0)
    if reduction == 1:
        if weight is None:
            mass = (target != ignore).sum()
        else:
            mass = weight[target.masked_fill(ignored, 0)].masked_fill(ignored, 0).sum()
        smooth = smooth.sum() / mass
    elif reduction == 2:
        smooth = smooth.sum()
    return nll * (1 - smoothing) + smooth * (smoothing / classes)


@table.l1_loss.decompose
def _(self, target, reduction):
    return reduce_loss((self - target).abs(), reduction)


@table.kl_div.decompose
def _(self, target, reduction, log_target):
    if not (self.is_floating_point() and target.is_floating_point()):
        raise RuntimeError("kl_div: Integral inputs not supported.")
    if log_target:
        return reduce_loss(target.exp() * (target - self), reduction)
    cross = self * target  # made first, as in torch: the order of nodes is the order in which gradients of target add up
    return reduce_loss(target.xlogy(target) - cross, reduction)


@table.poisson_nll_loss.decompose
def _(input, target, log_input, full, eps, reduction):
    # each product in torch's turn: the order of nodes is the order in which gradients of target add up
    if log_input:
        product = target * input
        losses = input.exp() - product
    else:
        losses = input - target * (input + eps).log()
    if full:
        half_log = (target * (2 * pi)).log() * 0.5
        stirling = target * target.log() - target + half_log
        losses = losses + stirling.masked_fill(target <= 1, 0)
    return reduce_loss(losses, reduction)


@table.hinge_embedding_loss.decompose
def _(self, target, margin, reduction):
    above = (margin - self).clamp(min=0).masked_fill(target == 1, 0)
    below = self.masked_fill(target == -1, 0)
    return reduce_loss(above + below, reduction)


@table.margin_ranking_loss.decompose
def _(input1, input2, target, margin, reduction):
    if not input1.ndim == input2.ndim == target.ndim:
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {list(input1.shape)}, input2: {list(input2.shape)}, target: {list(target.shape)} "
        )
    return reduce_loss((-target * (input1 - input2) + margin).clamp(min=0), reduction)


@table.cosine_embedding_loss.decompose
def _(input1, input2, target, margin, reduction):
    if target.ndim > 1:
        raise RuntimeError("cosine_embedding_loss: 0D or 1D target tensor expected, multi-target not supported")
    tiny = 1e-12  # torch's guard: added to the squared lengths
    dim = target.ndim
    product = (input1 * input2).sum(dim)
    lengths = (((input1 * input1).sum(dim) + tiny) * ((input2 * input2).sum(dim) + tiny)).sqrt()
    cosine = product / lengths
    near = (1 - cosine).masked_fill(target != 1, 0)
    far = (cosine - margin).clamp(min=0).masked_fill(target != -1, 0)
    return reduce_loss(near + far, reduction)


@table.triplet_margin_loss.decompose
def _(anchor, positive, negative, margin, p, eps, swap, reduction):
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    if not anchor.ndim == positive.ndim == negative.ndim:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: "
            f"anchor {anchor.ndim}D, positive {positive.ndim}D, and negative {negative.ndim}D inputs"
        )
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    distance = surface.pairwise_distance
    near, far = distance(anchor, positive, p, eps), distance(anchor, negative, p, eps)
    if swap:
        far = far.minimum(distance(positive, negative, p, eps))
    return reduce_loss((near + margin - far).clamp(min=0), reduction)
