"""Derivatives of losses with a kernel: torch's named backward ops, which are differentiated again through their decompositions."""

from ft_dispatch import surface as torch

from ..rule import real_only, transpose, vjp

_raw = torch.raw


real_only(
    "binary_cross_entropy binary_cross_entropy_with_logits huber_loss smooth_l1_loss mse_loss soft_margin_loss "
    "soft_margin_loss_backward nll_loss_forward nll_loss2d_forward nll_loss_backward nll_loss2d_backward"
)


@vjp("mse_loss", wrt="self target")
def mse_loss_vjp(g, self, target, reduction, needs):
    slope = _raw.mse_loss_backward(g, self, target, reduction)
    return slope if needs[0] else None, slope.neg() if needs[1] else None


@vjp("smooth_l1_loss", wrt="self target")
def smooth_l1_loss_vjp(g, self, target, reduction, beta, needs):
    slope = _raw.smooth_l1_loss_backward(g, self, target, reduction, beta)
    return slope if needs[0] else None, slope.neg() if needs[1] else None


@vjp("huber_loss", wrt="self target")
def huber_loss_vjp(g, self, target, reduction, delta, needs):
    slope = _raw.huber_loss_backward(g, self, target, reduction, delta)
    return slope if needs[0] else None, slope.neg() if needs[1] else None


@vjp("soft_margin_loss", wrt="self")
def soft_margin_loss_self(g, self, target, reduction):
    return _raw.soft_margin_loss_backward(g, self, target, reduction)


@vjp("binary_cross_entropy", wrt="self")
def binary_cross_entropy_self(g, self, target, weight, reduction):
    return _raw.binary_cross_entropy_backward(g, self, target, weight, reduction)


@vjp("binary_cross_entropy", wrt="target")
def binary_cross_entropy_target(g, self, target, weight, reduction):
    return _scaled(-self.logit(), g, weight, reduction)


@vjp("binary_cross_entropy_with_logits", wrt="self")
def bce_with_logits_self(g, self, target, weight, pos_weight, reduction):
    if pos_weight is None:
        slope = self.sigmoid() - target
    else:
        t = pos_weight * target
        slope = (t + 1 - target) * self.sigmoid() - t
    return _scaled(slope, g, weight, reduction)


@vjp("binary_cross_entropy_with_logits", wrt="target")
def bce_with_logits_target(g, self, target, weight, pos_weight, reduction):
    slope = -self if pos_weight is None else _log_sigmoid(-self) - _log_sigmoid(self) * pos_weight
    return _scaled(slope, g, weight, reduction)


def _log_sigmoid(x):
    return _raw.log_sigmoid_forward(x)[0]


def _scaled(slope, g, weight, reduction):
    """A slope of each element times the cotangent and the weights, in torch's order."""
    slope = slope * g
    slope = slope if weight is None else slope * weight
    return slope / slope.numel() if reduction == 1 else slope


@vjp("nll_loss_forward", wrt="self")
def nll_loss_self(g, self, target, weight, total_weight, reduction, ignore_index):
    return _raw.nll_loss_backward(g, self, target, weight, reduction, ignore_index, total_weight)


@vjp("nll_loss2d_forward", wrt="self")
def nll_loss2d_self(g, self, target, weight, total_weight, reduction, ignore_index):
    return _raw.nll_loss2d_backward(g, self, target, weight, reduction, ignore_index, total_weight)


@transpose("nll_loss_backward nll_loss2d_backward", wrt="grad_output")
def nll_loss_backward_grad_output(g, target, weight, total_weight, reduction, ignore_index):
    forward = _raw.nll_loss_forward if g.ndim <= 2 else _raw.nll_loss2d_forward
    each = forward(g, target, weight, 0, ignore_index)[0]
    if reduction == 0:
        return each
    return each.sum() / total_weight if reduction == 1 else each.sum()
