"""Matrix products: the contractions BLAS has, and what torch composes of them (matmul, linear; the rest is in `einsum`).

Products never promote: operands of different dtypes are an error, as in torch. `matmul` folds leading dims into one product where
the larger operand is laid out for it, and else runs a batch; the order of its inner ops is torch's.
"""

from ft_core.dtype import bool_ as bool_dtype
from ft_core.layout import broadcast_shapes

from ..kinds import COMPOSITE, CONTRACTION, OPAQUE
from ..op import op
from ..views import owned
from ._given import given
from ._matmul_checks import batches, fits, matrices, mv_shape, same_dtype_as_term
from .reduction import scalar_type

_TERM = "Scalar beta=1, Scalar alpha=1"
mm_nt = op(
    "_mm_nt(Tensor self, Tensor mat2) -> Tensor",
    "self @ mat2.T without making the view; what gradients of products ask for.",
    kind=CONTRACTION,
    variants="",
    kernel_checks=True,
)
mm_tn = op(
    "_mm_tn(Tensor self, Tensor mat2) -> Tensor",
    "self.T @ mat2 without making the view; what gradients of products ask for.",
    kind=CONTRACTION,
    variants="",
    kernel_checks=True,
)
mm = op(
    "mm(Tensor self, Tensor mat2) -> Tensor",
    "Product of two matrices.",
    kind=CONTRACTION,
    out=True,
    accumulate="float32",
    kernel_checks=True,
)
bmm = op(
    "bmm(Tensor self, Tensor mat2) -> Tensor",
    "Products of two batches of matrices.",
    kind=CONTRACTION,
    out=True,
    accumulate="float32",
)
addmm = op(
    f"addmm(Tensor self, Tensor mat1, Tensor mat2, *, {_TERM}) -> Tensor",
    "beta * input + alpha * (mat1 @ mat2).",
    kind=CONTRACTION,
    inplace=True,
    out=True,
    accumulate="float32",
    kernel_checks=True,
    older=True,
)
baddbmm = op(
    f"baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, {_TERM}) -> Tensor",
    "beta * input + alpha * (batch1 @ batch2).",
    kind=CONTRACTION,
    inplace=True,
    out=True,
    accumulate="float32",
    older=True,
)
addbmm = op(
    f"addbmm(Tensor self, Tensor batch1, Tensor batch2, *, {_TERM}) -> Tensor",
    "beta * input + alpha * (sum of all batch1[i] @ batch2[i]).",
    kind=CONTRACTION,
    inplace=True,
    out=True,
    accumulate="float32",
    older=True,
)
addmv = op(
    f"addmv(Tensor self, Tensor mat, Tensor vec, *, {_TERM}) -> Tensor",
    "beta * input + alpha * (mat @ vec).",
    kind=CONTRACTION,
    inplace=True,
    out=True,
    accumulate="float32",
    older=True,
)
addr = op(
    f"addr(Tensor self, Tensor vec1, Tensor vec2, *, {_TERM}) -> Tensor",
    "beta * input + alpha * outer(vec1, vec2).",
    kind=CONTRACTION,
    inplace=True,
    out=True,
    older=True,
)
mv = op(
    "mv(Tensor self, Tensor vec) -> Tensor",
    "Product of a matrix and a vector.",
    kind=CONTRACTION,
    out=True,
    accumulate="float32",
)
dot = op(
    "dot(Tensor self, Tensor tensor) -> Tensor", "Inner product of two vectors.", kind=CONTRACTION, out=True, accumulate="float32"
)
vdot = op(
    "vdot(Tensor self, Tensor other) -> Tensor",
    "Inner product of two vectors, the first conjugated.",
    kind=CONTRACTION,
    out=True,
    accumulate="float32",
)
unsafe_view = op(
    "_unsafe_view(Tensor self, SymInt[] size) -> Tensor",
    "Another shape of a temporary nobody else holds.",
    kind=OPAQUE,
    variants="",
)

matmul = op(
    "matmul(Tensor self, Tensor other) -> Tensor",
    "Matrix product of tensors of any rank; leading dims broadcast.",
    kind=COMPOSITE,
    operators="__matmul__ ~__rmatmul__",
    python="linalg.matmul",
    out=True,
    raw_args=True,
)
linear = op(
    "linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor",
    "input @ weight.T + bias.",
    kind=COMPOSITE,
    variants="",
    python="nn.functional.linear",
    raw_args=True,
    fused=True,
    out=True,
)
outer = op("outer(Tensor self, Tensor vec2) -> Tensor", "All products of two vectors.", kind=COMPOSITE, aliases="ger", out=True)


# -- shapes and checks ---------------------------------------------------------------------------------------------------


@mm.meta
def _(self, mat2):
    return [(matrices(self, mat2), self.dtype)]


@bmm.meta
def _(self, mat2):
    return [(batches(self, mat2), self.dtype)]


@addmm.meta
def _(self, mat1, mat2, beta, alpha):
    shape = matrices(mat1, mat2, "mat1", self)
    fits(self, shape)
    return [(shape, self.dtype)]


@baddbmm.meta
def _(self, batch1, batch2, beta, alpha):
    shape = batches(batch1, batch2)
    same_dtype_as_term(self, batch1)
    fits(self, shape)
    return [(shape, self.dtype)]


@addbmm.meta
def _(self, batch1, batch2, beta, alpha):
    shape = batches(batch1, batch2)[1:]
    same_dtype_as_term(self, batch1)
    fits(self, shape)
    return [(shape, self.dtype)]


@mv.meta
def _(self, vec):
    return [(mv_shape(self, vec), self.dtype)]


@addmv.meta
def _(self, mat, vec, beta, alpha):
    shape = mv_shape(mat, vec)
    fits(self, shape)
    return [(shape, self.dtype)]


@addr.meta
def _(self, vec1, vec2, beta, alpha):
    if vec1.ndim != 1 or vec2.ndim != 1:
        raise RuntimeError(f"addr: Expected 1-D argument vec1 and vec2, but got {vec1.ndim}-D and {vec2.ndim}-D")
    shape = (vec1.shape[0], vec2.shape[0])
    fits(self, shape)
    return [(shape, self.dtype)]


@dot.meta
@vdot.meta
def _(self, other):
    if self.ndim != 1 or other.ndim != 1:
        raise RuntimeError(f"1D tensors expected, but got {self.ndim}D and {other.ndim}D tensors")
    if self.dtype is not other.dtype:
        raise RuntimeError(
            f"dot : expected both vectors to have same dtype, but found {scalar_type(self.dtype)} and {scalar_type(other.dtype)}"
        )
    n, m = self.shape[0], other.shape[0]
    if n != m:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same number of elements, "
            f"but got {n} and {m} elements respectively"
        )
    if self.dtype.category == 0:
        raise NotImplementedError("\"dot\" not implemented for 'Bool'")
    return [((), self.dtype)]


@unsafe_view.meta
def _(self, size):
    return [(size, self.dtype)]


# -- decompositions: a backend needs mm and bmm ---------------------------------------------------------------------------


def _plus(term, product, beta, alpha):
    if not product.is_floating_point() and not product.is_complex():
        kind = bool if product.dtype is bool_dtype else int
        beta, alpha = kind(beta), kind(alpha)  # the factors are of the result's dtype
    product = product if alpha == 1 else product * alpha
    if beta == 0:
        return product
    return (term if beta == 1 else term * beta) + product


@addmm.decompose
def _(self, mat1, mat2, beta, alpha):
    return _plus(self, mat1.mm(mat2), beta, alpha)


@baddbmm.decompose
def _(self, batch1, batch2, beta, alpha):
    return _plus(self, batch1.bmm(batch2), beta, alpha)


@addbmm.decompose
def _(self, batch1, batch2, beta, alpha):
    return _plus(self, batch1.bmm(batch2).sum(0), beta, alpha)


@addmv.decompose
def _(self, mat, vec, beta, alpha):
    return _plus(self, mat.mv(vec), beta, alpha)


@addr.decompose
def _(self, vec1, vec2, beta, alpha):
    return _plus(self, vec1.unsqueeze(1) * vec2, beta, alpha)


@mv.decompose
def _(self, vec):
    return self.mm(vec.unsqueeze(1)).squeeze(1)


@dot.decompose
def _(self, tensor):
    return (self * tensor).sum()


@vdot.decompose
def _(self, other):
    return (self.conj() * other).sum()


@unsafe_view.decompose
def _(self, size):
    return owned(self.view(size))


# -- compositions ------------------------------------------------------------------------------------------------------------


def _folds(self, other):
    """Whether the leading dims of the larger operand join its rows so that one matrix product does it (torch's should_fold)."""
    large, small = (self, other) if self.ndim >= other.ndim else (other, self)
    if large.ndim < 3 or small.ndim > 2:
        return False
    if small.requires_grad:
        return True
    if self.ndim == 2:
        return False
    sizes, strides = tuple(large.shape), large.stride()
    return large.numel() == 0 or all(strides[i] == strides[i + 1] * sizes[i + 1] for i in range(len(sizes) - 2))


def numel(sizes):
    """How many elements sizes make."""
    n = 1
    for size in sizes:
        n *= size
    return n


@matmul.decompose
def _(self, other):
    a, b = self.ndim, other.ndim
    if a == 0 or b == 0:
        raise RuntimeError(f"both arguments to matmul need to be at least 1D, but they are {a}D and {b}D")
    if a == 2 and b == 2:
        return mm.wrapper(self, other)
    if a == 1 and b == 1:
        return dot.wrapper(self, other)
    if a == 2 and b == 1:
        return mv.wrapper(self, other)
    if a == 1 and b == 2:
        return owned(mm.wrapper(self.unsqueeze(0), other).squeeze(0))
    if a == b == 3:  # a batch of one that wants a gradient folds as a matrix does, and so one product gives the gradient
        if self.shape[0] == 1 != other.shape[0] and self.requires_grad:
            return matmul.wrapper(self.squeeze(0), other)
        if other.shape[0] == 1 != self.shape[0] and other.requires_grad:
            return matmul.wrapper(self, other.squeeze(0))
    if not _folds(self, other):
        return _batched(self, other)
    if a >= b:
        return _folded(self, other)
    made = _folded(other.transpose(-2, -1), self.t() if a == 2 else self)
    return made.transpose(-2, -1).contiguous() if a == 2 else made


@matmul.into
def _(out, self, other):
    ranks = self.ndim, other.ndim
    if ranks == (1, 2):  # the product is a row until it is done, so a destination of any other shape is resized, with the warning
        return mm.wrapper(self.unsqueeze(0), other, out=out).squeeze_(0)
    if ranks in ((1, 1), (2, 1), (2, 2)):
        return {(1, 1): dot, (2, 1): mv, (2, 2): mm}[ranks].wrapper(self, other, out=out)
    return given(out, matmul.wrapper(self, other))


def _folded(large, small):
    """Large (…, n, k) by small (k, m) or (k,) as one product."""
    lead = tuple(large.shape[:-1])
    flat = large.reshape((numel(lead), large.shape[-1]))
    if small.ndim == 1:
        return unsafe_view.wrapper(flat.mv(small), lead)
    return unsafe_view.wrapper(flat.mm(small), (*lead, small.shape[1]))


def _batched(self, other):
    """Leading dims broadcast and joined into one batch."""
    a, b = self.ndim, other.ndim
    if a == b == 3 and self.shape[0] == other.shape[0] and not (self.requires_grad or other.requires_grad):
        return bmm.wrapper(self, other)  # nobody looks at the views that torch records here
    n, k = (self.shape[-2] if a > 1 else 1), self.shape[-1]
    k2, m = other.shape[-2] if b > 1 else other.shape[-1], other.shape[-1] if b > 1 else 1
    lead = broadcast_shapes(tuple(self.shape[: max(a - 2, 0)]), tuple(other.shape[: max(b - 2, 0)]))
    left = self.expand((*lead, n, k)).reshape((numel(lead), n, k))
    right = (other if b > 1 else other.unsqueeze(1)).expand((*lead, k2, m)).reshape((numel(lead), k2, m))
    made = bmm.wrapper(left, right)
    shape = lead + ((n,) if a > 1 else ()) + ((m,) if b > 1 else ())
    return unsafe_view.wrapper(made, shape)


@linear.decompose
def _(input, weight, bias):
    rank = input.ndim
    if rank == 2 and bias is not None:
        return addmm.wrapper(bias, input, weight.t())
    if bias is None:
        return matmul.wrapper(input, weight.t())
    if input.is_contiguous():
        rows = input.view((numel(input.shape[:-1]), input.shape[-1]))
        return addmm.wrapper(bias, rows, weight.t()).view((*input.shape[:-1], weight.shape[0]))
    return matmul.wrapper(input, weight.t()) + bias


@linear.into
def _(out, input, weight, bias):
    if input.ndim == 2 and bias is not None:
        return addmm.wrapper(bias, input, weight.t(), out=out)
    made = matmul.wrapper(input, weight.t(), out=out)
    return made if bias is None else made.add_(bias)


@outer.decompose
def _(self, vec2):
    if self.ndim != 1 or vec2.ndim != 1:
        wrong = self if self.ndim != 1 else vec2
        raise RuntimeError(f"outer: Expected 1-D argument {'self' if wrong is self else 'vec2'}, but got {wrong.ndim}-D")
    return self.unsqueeze(1) * vec2


@mm_nt.meta
def _(self, mat2):
    return (self._a.shape[0], mat2._a.shape[0]), self.dtype


@mm_tn.meta
def _(self, mat2):
    return (self._a.shape[1], mat2._a.shape[1]), self.dtype


@mm_nt.decompose
def _(self, mat2):
    return mm.wrapper(self, mat2.t())


@mm_tn.decompose
def _(self, mat2):
    return mm.wrapper(self.t(), mat2)
