"""Losses called directly (`torch.kl_div`, not `torch.nn.functional.kl_div`): `reduction` is a number, and none unless told.

Torch's schemas say the mean; its parser of Python arguments takes that word for 0. `torch.ops.aten` keeps the schemas' default.
"""

from ..registry import binding
from . import loss as table


@binding("kl_div", method=False, shown_by=(table.kl_div,))
def kl_div(input, target, reduction=0, *, log_target=False):
    """target (log target - input); `reduction` 0 for every element, 1 for the mean, 2 for the sum."""
    return table.kl_div.wrapper(input, target, reduction, log_target=log_target)


@binding("binary_cross_entropy_with_logits", method=False, shown_by=(table.bce_with_logits,))
def binary_cross_entropy_with_logits(input, target, weight=None, pos_weight=None, reduction=0):
    """Binary cross entropy of sigmoid(x); `reduction` 0 for every element, 1 for the mean, 2 for the sum."""
    return table.bce_with_logits.wrapper(input, target, weight, pos_weight, reduction)


@binding("hinge_embedding_loss", method=False, shown_by=(table.hinge_embedding_loss,))
def hinge_embedding_loss(input, target, margin=1.0, reduction=0):
    """x where y is 1, max(0, margin - x) where y is -1; `reduction` 0 for every element, 1 for the mean, 2 for the sum."""
    return table.hinge_embedding_loss.wrapper(input, target, margin, reduction)


@binding("margin_ranking_loss", method=False, shown_by=(table.margin_ranking_loss,))
def margin_ranking_loss(input1, input2, target, margin=0.0, reduction=0):
    """max(0, -y (x1 - x2) + margin); `reduction` 0 for every element, 1 for the mean, 2 for the sum."""
    return table.margin_ranking_loss.wrapper(input1, input2, target, margin, reduction)


@binding("cosine_embedding_loss", method=False, shown_by=(table.cosine_embedding_loss,))
def cosine_embedding_loss(input1, input2, target, margin=0.0, reduction=0):
    """1 - cos where y is 1, max(0, cos - margin) where y is -1; `reduction` 0 for every row, 1 for the mean, 2 for the sum."""
    return table.cosine_embedding_loss.wrapper(input1, input2, target, margin, reduction)


@binding("triplet_margin_loss", method=False, shown_by=(table.triplet_margin_loss,))
def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2.0, eps=1e-6, swap=False, reduction=0):
    """max(0, d(a, p) - d(a, n) + margin); `reduction` 0 for every row, 1 for the mean, 2 for the sum."""
    return table.triplet_margin_loss.wrapper(anchor, positive, negative, margin, p, eps, swap, reduction)
