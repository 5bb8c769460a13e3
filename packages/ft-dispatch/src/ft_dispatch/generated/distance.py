"""Wrappers of the `distance` family, generated from ft_dispatch/ops/distance.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__cdist_backward = OPS['_cdist_backward']
table__cdist_backward = op__cdist_backward.table


def _cdist_backward(grad, x1, x2, p, cdist):
    """Gradient of x1.

    aten::_cdist_backward(Tensor grad, Tensor x1, Tensor x2, float p, Tensor cdist) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | x1._k | x2._k | cdist._k | st.bits
        dest, rec, dense, memo = table__cdist_backward[keys]
        leaf, ok, p, = memo[grad._a.shape, x1._a.shape, x2._a.shape, cdist._a.shape, p]
        arr = st.run(leaf, grad._a, x1._a, x2._a, p, cdist._a, out=dest)
    except _MISS:
        return call(op__cdist_backward, _cdist_backward, (grad, x1, x2, p, cdist))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, x1, x2, p, cdist)


op__cdist_forward = OPS['_cdist_forward']
table__cdist_forward = op__cdist_forward.table


def _cdist_forward(x1, x2, p, compute_mode):
    """Distances of rows, from their differences.

    aten::_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor
    """
    try:
        st = TL.st
        keys = x1._k | x2._k | st.bits
        dest, rec, dense, memo = table__cdist_forward[keys]
        leaf, ok, p, compute_mode, = memo[x1._a.shape, x2._a.shape, p, compute_mode]
        arr = st.run(leaf, x1._a, x2._a, p, compute_mode, out=dest)
    except _MISS:
        return call(op__cdist_forward, _cdist_forward, (x1, x2, p, compute_mode))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, x1, x2, p, compute_mode)


op__euclidean_dist = OPS['_euclidean_dist']
table__euclidean_dist = op__euclidean_dist.table


def _euclidean_dist(x1, x2):
    """Euclidean distances of rows by one matrix product: |a|^2 - 2 ab + |b|^2. Cancels where rows are close.

    aten::_euclidean_dist(Tensor x1, Tensor x2) -> Tensor
    """
    try:
        st = TL.st
        keys = x1._k | x2._k | st.bits
        dest, rec, dense, memo = table__euclidean_dist[keys]
        leaf, ok = memo[x1._a.shape, x2._a.shape]
        arr = st.run(leaf, x1._a, x2._a, out=dest)
    except _MISS:
        return call(op__euclidean_dist, _euclidean_dist, (x1, x2))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, x1, x2)


op__pdist_backward = OPS['_pdist_backward']
table__pdist_backward = op__pdist_backward.table


def _pdist_backward(grad, input, p, pdist):
    """Gradient of the rows.

    aten::_pdist_backward(Tensor grad, Tensor self, float p, Tensor pdist) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | input._k | pdist._k | st.bits
        dest, rec, dense, memo = table__pdist_backward[keys]
        leaf, ok, p, = memo[grad._a.shape, input._a.shape, pdist._a.shape, p]
        arr = st.run(leaf, grad._a, input._a, p, pdist._a, out=dest)
    except _MISS:
        return call(op__pdist_backward, _pdist_backward, (grad, input, p, pdist))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, input, p, pdist)


op__pdist_forward = OPS['_pdist_forward']
table__pdist_forward = op__pdist_forward.table


def _pdist_forward(input, p=2.0):
    """Distances of all pairs of rows, in the order of the upper triangle.

    aten::_pdist_forward(Tensor self, float p=2.) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table__pdist_forward[keys]
        leaf, ok, p, = memo[input._a.shape, p]
        arr = st.run(leaf, input._a, p, out=dest)
    except _MISS:
        return call(op__pdist_forward, _pdist_forward, (input, p))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, p)


op_cdist = OPS['cdist']
table_cdist = op_cdist.table


def cdist(x1, x2, p=2.0, compute_mode=None):
    """p-norm of the difference of every row of x1 and every row of x2. Shapes (*, P, M), (*, R, M) -> (*, P, R).

    aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor
    """
    try:
        keys = x1._k | x2._k | TL.st.bits
    except AttributeError:
        return call(op_cdist, cdist, (x1, x2, p, compute_mode))
    if keys & 4331608735776:
        return call(op_cdist, cdist, (x1, x2, p, compute_mode))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, compute_mode, = table_cdist[p, compute_mode]
    except (KeyError, TypeError):
        return op_cdist.decomposition(*settled(op_cdist, (x1, x2, p, compute_mode), keys))
    return op_cdist.decomposition(x1, x2, p, compute_mode)


op_cosine_similarity = OPS['cosine_similarity']


def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    """Cosine of the angle between vectors along a dimension.

    aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor
    """
    try:
        keys = x1._k | x2._k | TL.st.bits
    except AttributeError:
        return call(op_cosine_similarity, cosine_similarity, (x1, x2, dim, eps))
    if keys & 4331608735776:
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
    if keys & 4331608735776:
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
    if keys & 4331608735776:
        return call(op_multi_margin_loss, multi_margin_loss, (input, target, p, margin, weight, reduction))
    return op_multi_margin_loss.decomposition(*canonical(op_multi_margin_loss, (input, target, p, margin, weight, reduction)))


op_multilabel_margin_loss = OPS['multilabel_margin_loss']
table_multilabel_margin_loss = op_multilabel_margin_loss.table


def multilabel_margin_loss(input, target, reduction=1):
    """Hinge between every target class (up to the first -1) and every other class.

    aten::multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_multilabel_margin_loss, multilabel_margin_loss, (input, target, reduction))
    if keys & 4331608735776:
        return call(op_multilabel_margin_loss, multilabel_margin_loss, (input, target, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, = table_multilabel_margin_loss[reduction]
    except (KeyError, TypeError):
        return op_multilabel_margin_loss.decomposition(*settled(op_multilabel_margin_loss, (input, target, reduction), keys))
    return op_multilabel_margin_loss.decomposition(input, target, reduction)


op_pairwise_distance = OPS['pairwise_distance']
table_pairwise_distance = op_pairwise_distance.table


def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    """p-norm of x1 - x2 + eps along the last dimension.

    aten::pairwise_distance(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False) -> Tensor
    """
    try:
        keys = x1._k | x2._k | TL.st.bits
    except AttributeError:
        return call(op_pairwise_distance, pairwise_distance, (x1, x2, p, eps, keepdim))
    if keys & 4331608735776:
        return call(op_pairwise_distance, pairwise_distance, (x1, x2, p, eps, keepdim))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, eps, keepdim, = table_pairwise_distance[p, eps, keepdim]
    except (KeyError, TypeError):
        return op_pairwise_distance.decomposition(*settled(op_pairwise_distance, (x1, x2, p, eps, keepdim), keys))
    return op_pairwise_distance.decomposition(x1, x2, p, eps, keepdim)


op_pdist = OPS['pdist']
table_pdist = op_pdist.table


def pdist(input, p=2.0):
    """p-norm of the difference of every two rows. Shape (N, M) -> (N (N - 1) / 2).

    aten::pdist(Tensor self, float p=2.) -> Tensor
    """
    try:
        keys = input._k | TL.st.bits
    except AttributeError:
        return call(op_pdist, pdist, (input, p))
    if keys & 4331608735776:
        return call(op_pdist, pdist, (input, p))
    try:
        if keys & 4397174096120:
            raise KeyError
        p, = table_pdist[p]
    except (KeyError, TypeError):
        return op_pdist.decomposition(*settled(op_pdist, (input, p), keys))
    return op_pdist.decomposition(input, p)


op_renorm = OPS['renorm']
table_renorm = op_renorm.table


def renorm(input, p, dim, maxnorm, *, out=None):
    """Slices along `dim` scaled down to a p-norm of at most maxnorm.

    aten::renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | st.bits
        dest, rec, dense, memo = table_renorm[keys]
        if out is not None:
            raise KeyError
        leaf, ok, p, dim, maxnorm, = memo[input._a.shape, p, dim, maxnorm]
        arr = st.run(leaf, input._a, p, dim, maxnorm, out=dest)
    except _MISS:
        return call(op_renorm, renorm, (input, p, dim, maxnorm), out)
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, p, dim, maxnorm)


def renorm_(input, p, dim, maxnorm):
    """In-place form of `renorm`."""
    return call_inplace(op_renorm, renorm_, (input, p, dim, maxnorm))
