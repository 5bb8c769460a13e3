"""Wrappers of the `distance` family, generated from ft_dispatch/ops/distance.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, operand
from ft_dispatch.canonical import canonical
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)

op_cosine_similarity = OPS['cosine_similarity']


def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    """Cosine of the angle between vectors along a dimension.

    aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor
    """
    try:
        keys = x1._k | x2._k | TL.st.bits
    except AttributeError:
        return call(op_cosine_similarity, cosine_similarity, (x1, x2, dim, eps))
    if keys & 2147483680:
        return call(op_cosine_similarity, cosine_similarity, (x1, x2, dim, eps))
    return op_cosine_similarity.decomposition(*canonical(op_cosine_similarity, (x1, x2, dim, eps)))


op_dist = OPS['dist']


def dist(input, other, p=2):
    """p-norm of input - other.

    aten::dist(Tensor self, Tensor other, Scalar p=2) -> Tensor
    """
    try:
        keys = input._k | other._k | TL.st.bits
    except AttributeError:
        return call(op_dist, dist, (input, other, p))
    if keys & 2147483680:
        return call(op_dist, dist, (input, other, p))
    return op_dist.decomposition(*canonical(op_dist, (input, other, p)))


op_multi_margin_loss = OPS['multi_margin_loss']


def multi_margin_loss(input, target, p=1, margin=1, weight=None, reduction=1):
    """Mean over wrong classes of max(0, margin - x[y] + x[i])^p.

    aten::multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_multi_margin_loss, multi_margin_loss, (input, target, p, margin, weight, reduction))
    if keys & 2147483680:
        return call(op_multi_margin_loss, multi_margin_loss, (input, target, p, margin, weight, reduction))
    return op_multi_margin_loss.decomposition(*canonical(op_multi_margin_loss, (input, target, p, margin, weight, reduction)))


op_multilabel_margin_loss = OPS['multilabel_margin_loss']


def multilabel_margin_loss(input, target, reduction=1):
    """Hinge between every target class (up to the first -1) and every other class.

    aten::multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_multilabel_margin_loss, multilabel_margin_loss, (input, target, reduction))
    if keys & 2147483680:
        return call(op_multilabel_margin_loss, multilabel_margin_loss, (input, target, reduction))
    return op_multilabel_margin_loss.decomposition(*canonical(op_multilabel_margin_loss, (input, target, reduction)))


op_pairwise_distance = OPS['pairwise_distance']


def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    """p-norm of x1 - x2 + eps along the last dimension.

    aten::pairwise_distance(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False) -> Tensor
    """
    try:
        keys = x1._k | x2._k | TL.st.bits
    except AttributeError:
        return call(op_pairwise_distance, pairwise_distance, (x1, x2, p, eps, keepdim))
    if keys & 2147483680:
        return call(op_pairwise_distance, pairwise_distance, (x1, x2, p, eps, keepdim))
    return op_pairwise_distance.decomposition(*canonical(op_pairwise_distance, (x1, x2, p, eps, keepdim)))


op_renorm = OPS['renorm']


def renorm(input, p, dim, maxnorm, *, out=None):
    """Slices along `dim` scaled down to a p-norm of at most maxnorm.

    aten::renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_renorm, renorm, (input, p, dim, maxnorm), out)
    if keys & 2147483680:
        return call(op_renorm, renorm, (input, p, dim, maxnorm), out)
    if out is not None:
        return call(op_renorm, renorm, (input, p, dim, maxnorm), out)
    return op_renorm.decomposition(*canonical(op_renorm, (input, p, dim, maxnorm)))


def renorm_(input, p, dim, maxnorm):
    """In-place form of `renorm`."""
    return call_inplace(op_renorm, renorm_, (input, p, dim, maxnorm))
