"""Distances, similarities and the margin losses over classes: composites in plain arithmetic.

The distances between all rows of two matrices, or of one, are private ops with kernel and gradient (`_cdist_forward`,
`_pdist_forward`, `_euclidean_dist`), as in ATen; `cdist` chooses between the direct one and the one by a matrix product.
"""

from ft_core import int64
from ft_core.layout import broadcast_shapes

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import OPS, binding
from .index import sizes, triu_indices
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
    kind=OPAQUE,
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
cdist = op(
    "cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor",
    "p-norm of the difference of every row of x1 and every row of x2. Shapes (*, P, M), (*, R, M) -> (*, P, R).",
    kind=COMPOSITE,
    variants="",
)
cdist_forward = op(
    "_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor",
    "Distances of rows, from their differences.",
    kind=OPAQUE,
    variants="",
)
cdist_backward = op(
    "_cdist_backward(Tensor grad, Tensor x1, Tensor x2, float p, Tensor cdist) -> Tensor",
    "Gradient of x1.",
    kind=OPAQUE,
    variants="",
)
euclidean_dist = op(
    "_euclidean_dist(Tensor x1, Tensor x2) -> Tensor",
    "Euclidean distances of rows by one matrix product: |a|^2 - 2 ab + |b|^2. Cancels where rows are close.",
    kind=OPAQUE,
    variants="function",
)
pdist = op(
    "pdist(Tensor self, float p=2.) -> Tensor",
    "p-norm of the difference of every two rows. Shape (N, M) -> (N (N - 1) / 2).",
    kind=COMPOSITE,
    variants="function",
    python="nn.functional.pdist",
)
pdist_forward = op(
    "_pdist_forward(Tensor self, float p=2.) -> Tensor",
    "Distances of all pairs of rows, in the order of the upper triangle.",
    kind=OPAQUE,
    variants="",
)
pdist_backward = op(
    "_pdist_backward(Tensor grad, Tensor self, float p, Tensor pdist) -> Tensor",
    "Gradient of the rows.",
    kind=OPAQUE,
    variants="",
)
MATRIX_PRODUCT_FROM = 25
"""Rows from which cdist takes the matrix product unless told otherwise (torch's threshold)."""


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


def slice_norms(x, p, dim):
    """The p-norms of the slices of x along `dim`, dimensions kept; of half types in float32."""
    others = tuple(d for d in range(x.ndim) if d != dim)
    return x.to(x.dtype.opmath).norm(p, others, True)


RENORM_GUARD = 1e-7
"""What renorm adds to a norm before it divides by it, as torch does: against a norm that is zero."""


@renorm.meta
def _(self, p, dim, maxnorm):
    if p <= 0:
        raise RuntimeError(f"renorm: non-positive-norm not supported; got p = {p}")
    if maxnorm < 0:
        raise RuntimeError(f"renorm: expected maxnorm to be >= 0 but got {maxnorm}")
    if self.ndim < 2:
        raise RuntimeError(f"renorm: input needs at least 2 dimensions, got {self.ndim} dimensions")
    return [(tuple(self.shape), self.dtype)]


@renorm.decompose
def _(self, p, dim, maxnorm):
    norm = slice_norms(self, p, dim)
    return self * (maxnorm / (norm + RENORM_GUARD)).where(norm > maxnorm, norm.new_ones(()))


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
            "multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch size). Expected "
            f"target size [{x.shape[0]}], but got {list(target.shape)}. Input has shape {list(self.shape)}."
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
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this file

    x, batched = _rows(self, target)
    if (target.shape != self.shape and target.numel() != 1) or target.numel() != x.numel():
        raise RuntimeError(f"inconsistent target size: {list(target.shape)} for input of size: {list(self.shape)}")
    labels = target.reshape(x.shape)
    counts = (labels < 0).cumsum(1) == 0  # targets before the first -1
    safe = labels.masked_fill(~counts, 0)
    is_target = x.new_zeros(tuple(x.shape)).scatter_add(1, safe, counts.to(x.dtype)) > 0
    # What a target's score leaves of the others' is a sum over those above it less 1: with the others in order, one of their running
    # sums, where a table of targets by classes would be as large as both together.
    limit = x.gather(1, safe) - 1
    falling, order = x.masked_fill(is_target, float("-inf")).sort(1, descending=True)
    sums = x.masked_fill(is_target, 0).gather(1, order).cumsum(1)
    sums = torch.cat([sums.new_zeros((x.shape[0], 1)), sums], 1)
    above = x.shape[1] - torch.searchsorted(falling.detach().flip(1), limit.detach(), right=True)
    hinge = sums.gather(1, above) - above * limit
    losses = (hinge * counts.to(x.dtype)).sum(1) / x.shape[1]
    return reduce_loss(losses if batched or reduction else losses.reshape(()), reduction)


@binding("cosine_similarity", method=False, python="nn.functional.cosine_similarity")
def cosine_similarity_(x1, x2, dim=1, eps=1e-8):
    """Cosine of the angle between vectors along `dim`, which counts dimensions after broadcasting."""
    if x1.shape != x2.shape:
        shape = broadcast_shapes(tuple(x1.shape), tuple(x2.shape))
        x1, x2 = x1.expand(shape), x2.expand(shape)
    return cosine_similarity.wrapper(x1, x2, dim, eps)


# -- distances of rows -----------------------------------------------------------------------------------------------------------


def _check_rows(x1, x2, p):
    for name, x in (("X1", x1), ("X2", x2)):
        if x.ndim < 2:
            raise RuntimeError(f"cdist only supports at least 2D tensors, {name} got: {x.ndim}D")
    if x1.shape[-1] != x2.shape[-1]:
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1.shape[-1]} X2: {x2.shape[-1]}; transpose one of them?"
        )
    for name, x in (("X1", x1), ("X2", x2)):
        if not x.is_floating_point():
            raise RuntimeError(f"cdist only supports floating-point dtypes, {name} got: {scalar_type(x.dtype)}")
    if p < 0:
        raise RuntimeError(f"cdist only supports non-negative p values, got {p}")


def _distance_shape(x1, x2):
    return (*broadcast_shapes(sizes(x1)[:-2], sizes(x2)[:-2]), x1.shape[-2], x2.shape[-2])


@cdist.decompose
def _(x1, x2, p, compute_mode):
    _check_rows(x1, x2, p)
    if compute_mode not in (None, 0, 1, 2):
        raise RuntimeError(f"possible modes: 0, 1, 2, but was: {compute_mode}")
    large = max(x1.shape[-2], x2.shape[-2]) > MATRIX_PRODUCT_FROM
    empty = x1.numel() == 0 or x2.numel() == 0
    if p != 2 or empty or compute_mode == 2 or not (large or compute_mode == 1):
        return cdist_forward.wrapper(x1, x2, p, compute_mode)
    shape = _distance_shape(x1, x2)
    x1, x2 = x1.expand(*shape[:-2], *x1.shape[-2:]), x2.expand(*shape[:-2], *x2.shape[-2:])
    return euclidean_dist.wrapper(x1, x2)


@binding("cdist", method=False)
def cdist_binding(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    """p-norm of the difference of every row of x1 (*, P, M) and every row of x2 (*, R, M): (*, P, R).

    compute_mode says whether Euclidean distances come from a matrix product: use_mm_for_euclid_dist_if_necessary (with more than
    25 rows), use_mm_for_euclid_dist, donot_use_mm_for_euclid_dist. Raises ValueError for another, RuntimeError for shapes and
    dtypes that do not go together.
    """
    modes = ("use_mm_for_euclid_dist_if_necessary", "use_mm_for_euclid_dist", "donot_use_mm_for_euclid_dist")
    if compute_mode not in modes:
        raise ValueError(f"{compute_mode} is not a valid value for compute_mode; it is one of {', '.join(modes)}")
    return cdist.wrapper(x1, x2, p, modes.index(compute_mode) or None)


def _no_halves(name, *tensors):
    for x in tensors:
        if x.dtype.opmath is not x.dtype or x.is_complex():
            raise NotImplementedError(f"\"{name}\" not implemented for '{scalar_type(x.dtype)}'")
    if any(x.dtype is not tensors[0].dtype for x in tensors):
        raise RuntimeError(f"expected scalar type {scalar_type(tensors[0].dtype)} but found {scalar_type(tensors[-1].dtype)}")


@cdist_forward.meta
def _(x1, x2, p, compute_mode):
    _check_rows(x1, x2, p)
    _no_halves("cdist", x1, x2)
    return [(_distance_shape(x1, x2), x1.dtype)]


@cdist_backward.meta
def _(grad, x1, x2, p, cdist):
    return [((*broadcast_shapes(sizes(x1)[:-2], sizes(x2)[:-2]), *sizes(x1)[-2:]), x1.dtype)]


@cdist_forward.decompose
def _(x1, x2, p, compute_mode):
    return _norm(x1.unsqueeze(-2) - x2.unsqueeze(-3), p)


def _norm(differences, p):
    """The p-norm over the last dim, which may be empty."""
    if differences.shape[-1] == 0:
        return differences.sum(-1)
    return differences.norm(p, -1)


def slopes(differences, distance, p):
    """d distance / d difference for differences (…, M) and distances (…, 1): the slope of a p-norm, 0 where it has none."""
    if p == 0:
        return differences * 0
    if p == 1:
        return differences.sign()
    if p == float("inf"):
        return differences.sign() * (differences.abs() == distance).to(differences.dtype)
    apart = differences.abs()
    safe = distance.masked_fill(distance == 0, 1)
    if p == 2:
        return differences / safe
    if p > 2:
        return differences * (apart / safe).pow(p - 2) / safe
    flat = apart == 0
    return (differences.sign() * (apart.masked_fill(flat, 1) / safe).pow(p - 1)).masked_fill(flat, 0)


@cdist_backward.decompose
def _(grad, x1, x2, p, cdist):
    differences = x1.unsqueeze(-2) - x2.unsqueeze(-3)
    return (slopes(differences, cdist.unsqueeze(-1), p) * grad.unsqueeze(-1)).sum(-2)


@euclidean_dist.meta
def _(x1, x2):
    return [(_distance_shape(x1, x2), x1.dtype)]


@euclidean_dist.decompose
def _(x1, x2):
    if x1.dtype is not x2.dtype:
        raise RuntimeError(f"expected m1 and m2 to have the same dtype, but got: {x1.dtype} != {x2.dtype}")
    cat = OPS["cat"]
    squares = [x.pow(2).sum(-1, True) for x in (x1, x2)]
    ones = [s.new_ones(tuple(s.shape)) for s in squares]
    left, right = cat([x1 * -2, squares[0], ones[0]], -1), cat([x2, ones[1], squares[1]], -1)
    return left.matmul(right.transpose(-2, -1)).clamp(min=0).sqrt()


@pdist.decompose
def _(self, p):
    if self.ndim != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {self.ndim}D")
    if not self.is_floating_point():
        raise RuntimeError(f"pdist only supports floating-point dtypes, got: {scalar_type(self.dtype)}")
    if p < 0:
        raise RuntimeError(f"pdist only supports non-negative p values, got {p}")
    return pdist_forward.wrapper(self, p)


@pdist_forward.meta
def _(self, p):
    _no_halves("pdist", self)
    n = self.shape[0]
    return [((n * (n - 1) // 2,), self.dtype)]


@pdist_backward.meta
def _(grad, self, p, pdist):
    return [(sizes(self), self.dtype)]


def _pairs(self):
    first, second = triu_indices(self.shape[0], self.shape[0], 1, device=self.device).unbind(0)
    return first, second


@pdist_forward.decompose
def _(self, p):
    first, second = _pairs(self)
    return _norm(self.index_select(0, first) - self.index_select(0, second), p)


@pdist_backward.decompose
def _(grad, self, p, pdist):
    first, second = _pairs(self)
    differences = self.index_select(0, first) - self.index_select(0, second)
    each = slopes(differences, pdist.unsqueeze(-1), p) * grad.unsqueeze(-1)
    return self.new_zeros(sizes(self)).index_add(0, first, each).index_add(0, second, -each)
