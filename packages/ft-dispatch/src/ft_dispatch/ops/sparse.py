"""Sparse tensors: the records of what makes them, takes them apart, converts and multiplies them.

The records are torch's ATen ops; what users call and the checks are in `_sparse_bindings`, what an op does under a layout in
`ft_dispatch.layout_rules`. Two ops are ours, and are what a backend may bring a kernel for: `_coo_merge`, `_coo_mm`.
"""

from ft_core import Tensor, int64
from ft_core.keys import DEVICES, DTYPES
from ft_core.payload import Compressed, Coo, tensor_over
from ft_core.tensor import alias_of

from ..kinds import CONTRACTION, OPAQUE
from ..op import op

_OPTIONS = "*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None"


def _sparse(schema, doc, **fields):
    return op(schema, doc, kind=OPAQUE, variants=fields.pop("variants", ""), data_dependent=True, **fields)


# -- making and taking apart ---------------------------------------------------------------------------------------------------

coo_tensor = _sparse(
    "_sparse_coo_tensor_with_dims_and_tensors(int sparse_dim, int dense_dim, SymInt[] size, Tensor indices, Tensor values, "
    f"{_OPTIONS}, bool? is_coalesced=None) -> Tensor",
    "A COO tensor over its components.",
)
compressed_tensor = _sparse(
    f"_sparse_compressed_tensor_unsafe(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, {_OPTIONS}) -> Tensor",
    "A CSR, CSC, BSR or BSC tensor over its components.",
)
coalesce_op = _sparse("_coalesce(Tensor self) -> Tensor", "Coordinates sorted, each once; values of equal ones added.")
values_op = _sparse("values(Tensor self) -> Tensor", "The values of a sparse tensor, in its memory.")
to_dense_op = _sparse("_to_dense(Tensor self, ScalarType? dtype=None, bool? masked_grad=None) -> Tensor", "With all its zeros.")
to_sparse_dim = _sparse("_to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor", "COO with some sparse dimensions.")
to_sparse_op = _sparse(
    "_to_sparse(Tensor self, *, Layout? layout=None, SymInt[2]? blocksize=None, int? dense_dim=None) -> Tensor",
    "In a sparse layout.",
)
to_csr = _sparse("_to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor", "Rows compressed.")
to_csc = _sparse("_to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor", "Columns compressed.")
to_bsr = _sparse("_to_sparse_bsr(Tensor self, SymInt[2] blocksize, int? dense_dim=None) -> Tensor", "Rows of blocks compressed.")
to_bsc = _sparse("_to_sparse_bsc(Tensor self, SymInt[2] blocksize, int? dense_dim=None) -> Tensor", "Columns of blocks compressed.")
sparse_mask = _sparse(
    "sparse_mask(Tensor self, Tensor mask) -> Tensor", "The values where a sparse tensor has some.", variants="method"
)
mask_projection = _sparse(
    "_sparse_mask_projection(Tensor self, Tensor mask, bool accumulate_matches=False) -> Tensor",
    "A COO tensor at the coordinates of another.",
    differentiable=False,
)
broadcast_to = _sparse(
    "_sparse_broadcast_to(Tensor self, SymInt[] size) -> Tensor", "Sparse dimensions repeated.", differentiable=False
)
spdiags = _sparse(
    "_spdiags(Tensor diagonals, Tensor offsets, SymInt[] shape, Layout? layout=None) -> Tensor", "A matrix from its diagonals."
)

# -- products and reductions -----------------------------------------------------------------------------------------------------

sparse_addmm = _sparse(
    "_sparse_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta self + alpha mat1 @ mat2 with a sparse mat1, whose gradient is sparse.",
)
sparse_matmul = _sparse("_sparse_sparse_matmul(Tensor self, Tensor other) -> Tensor", "The sparse product of two sparse matrices.")
sspaddmm = _sparse(
    "sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta self + alpha mat1 @ mat2, all of it sparse but mat2.",
    variants="function method",
    out=True,
    differentiable=False,
)
hspmm = _sparse(
    "hspmm(Tensor mat1, Tensor mat2) -> Tensor",
    "The product of a sparse and a dense matrix with the rows that are not zero.",
    variants="function",
    out=True,
    differentiable=False,
)
sparse_sum = _sparse(
    "_sparse_sum.dim(Tensor self, int[1] dim) -> Tensor", "Summed over dimensions; sparse unless none of the sparse ones is left."
)
sparse_sum_backward = _sparse(
    "_sparse_sum_backward(Tensor grad, Tensor self, int[] dim) -> Tensor",
    "The gradient of _sparse_sum.",
    dims_of=1,
    differentiable=False,
)
sparse_softmax = _sparse(
    "_sparse_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", "softmax over the elements that are there."
)
sparse_log_softmax = _sparse(
    "_sparse_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor", "log_softmax over the elements that are there."
)
sparse_softmax_backward = _sparse(
    "_sparse_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor",
    "The gradient of _sparse_softmax.",
)
sparse_log_softmax_backward = _sparse(
    "_sparse_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor",
    "The gradient of _sparse_log_softmax.",
)
sampled_addmm = _sparse(
    "sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta self + alpha (mat1 @ mat2) where the CSR matrix self has elements.",
    out=True,
    python="sparse.sampled_addmm",
)
mm_reduce = _sparse(
    "_sparse_mm_reduce_impl(Tensor self, Tensor other, str reduce) -> (Tensor, Tensor)",
    "A CSR matrix times a dense one, products reduced by sum, mean, amax or amin, and where each extreme came from.",
)

mm_reduce_backward = _sparse(
    "_sparse_mm_reduce_impl_backward(Tensor self, Tensor grad_out, Tensor weight, str reduce, Tensor arg_out, bool[2] output_mask) -> "
    "(Tensor, Tensor)",
    "The gradients of _sparse_mm_reduce_impl.",
    differentiable=False,
)

# -- what a backend may bring a kernel for ---------------------------------------------------------------------------------------

coo_merge = op(
    "_coo_merge(Tensor places, Tensor values) -> (Tensor, Tensor)",
    "Places sorted, each once, and the sums of the rows of values that had the same place.",
    kind=OPAQUE,
    variants="",
    data_dependent=True,
    accumulate="float32",
    differentiable=False,
)
coo_mm = op(
    "_coo_mm(Tensor rows, Tensor cols, Tensor values, Tensor mat, SymInt n) -> Tensor",
    "(n, width): values[i] * mat[cols[i]] added to row rows[i].",
    kind=CONTRACTION,
    variants="",
    accumulate="float32",
)


@coo_mm.meta
def _(rows, cols, values, mat, n):
    return [((n, mat.shape[1]), mat.dtype)]


@coo_mm.decompose
def _(rows, cols, values, mat, n):
    taken = mat.index_select(0, cols) * values.unsqueeze(1)
    return mat.new_zeros((n, mat.shape[1])).index_add(0, rows, taken)


@coo_merge.decompose
def _(places, values):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    found, place = surface.unique(places, sorted=True, return_inverse=True)
    sums = values.new_zeros((found.shape[0], *values.shape[1:])).index_add(0, place, values)
    return found, sums


# -- dense tensors into records --------------------------------------------------------------------------------------------------


def over(record, like):
    """A tensor over `record`, of the device and dtype of the dense tensor `like`."""
    return tensor_over(record, like._k & (DEVICES | DTYPES))


def coo(indices, values, shape, coalesced=False):
    """A COO tensor over components that nobody checks again."""
    return over(Coo(indices, values, shape, coalesced), values)


@coo_tensor.decompose
def _(sparse_dim, dense_dim, size, indices, values, dtype, layout, device, pin_memory, is_coalesced):
    return coo(alias_of(indices), alias_of(values), size, bool(is_coalesced))


@compressed_tensor.decompose
def _(compressed_indices, plain_indices, values, size, dtype, layout, device, pin_memory):
    return over(Compressed(layout, alias_of(compressed_indices), alias_of(plain_indices), alias_of(values), size), values)


@to_sparse_dim.decompose
def _(self, sparse_dim):
    rank = self.ndim
    if not 0 <= sparse_dim <= rank or (sparse_dim == 0 and rank):
        raise RuntimeError(
            f"dense_to_sparse: sparse_dim argument must be in [{'0' if not rank else '1'},{rank}] range, but {sparse_dim} is given"
        )
    held = self != 0
    for _ in range(rank - sparse_dim):
        held = held.any(-1)
    if sparse_dim == 0:
        taken = held.reshape(1).nonzero().reshape(-1)
        return coo(taken.new_empty((0, taken.shape[0])), self.reshape(1).index_select(0, taken), (), True)
    places = held.nonzero().t().contiguous()
    rows = self.contiguous().reshape((-1, *self.shape[sparse_dim:]))
    return coo(places, rows.index_select(0, keys_of(places, tuple(self.shape[:sparse_dim]))), tuple(self.shape), True)


@to_sparse_op.decompose
def _(self, layout, blocksize, dense_dim):
    if layout is None or layout.name == "sparse_coo":
        return to_sparse_dim(self, self.ndim - (dense_dim or 0))
    return converters[layout.name](self, *(() if blocksize is None else (blocksize,)), dense_dim)


def keys_of(indices, sizes):
    """Coordinates (sparse_dim, nnz) as positions in C order: (nnz,), int64."""
    step, keys = 1, indices.new_zeros((indices.shape[1],))
    for d in reversed(range(len(sizes))):
        keys = keys + (indices.select(0, d) if step == 1 else indices.select(0, d) * step)
        step *= sizes[d]
    return keys


def coordinates(keys, sizes):
    """Positions in C order as coordinates: (len(sizes), nnz)."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if not sizes:
        return keys.new_empty((0, keys.shape[0]))
    if len(sizes) == 1:
        return keys.unsqueeze(0)
    rows = []
    for n in reversed(sizes[1:]):
        rows.append(keys % n if n else keys)
        keys = keys.div(n, rounding_mode="floor") if n else keys
    return surface.stack([keys, *reversed(rows)])


def _compress_dense(self, order, blocksize, dense_dim):
    from ..layout_rules.compressed import from_dense  # noqa: PLC0415  # written over the surface

    return from_dense(self, order, blocksize, dense_dim or 0)


@to_csr.decompose
def _(self, dense_dim):
    return _compress_dense(self, "sparse_csr", None, dense_dim)


@to_csc.decompose
def _(self, dense_dim):
    return _compress_dense(self, "sparse_csc", None, dense_dim)


@to_bsr.decompose
def _(self, blocksize, dense_dim):
    return _compress_dense(self, "sparse_bsr", blocksize, dense_dim)


@to_bsc.decompose
def _(self, blocksize, dense_dim):
    return _compress_dense(self, "sparse_bsc", blocksize, dense_dim)


converters = {"sparse_csr": to_csr, "sparse_csc": to_csc, "sparse_bsr": to_bsr, "sparse_bsc": to_bsc}


@spdiags.decompose
def _(diagonals, offsets, shape, layout):
    from .. import surface  # noqa: PLC0415

    rows, cols = shape
    width = diagonals.shape[1]
    places = offsets.unsqueeze(1)
    at = surface.arange(width, device=diagonals.device).unsqueeze(0).expand(diagonals.shape)
    row = at - places
    held = ((row >= 0) & (row < rows) & (at < cols)).reshape(-1).nonzero().reshape(-1)
    flat = [x.reshape(-1).index_select(0, held) for x in (row, at, diagonals)]
    made = coo(surface.stack(flat[:2]).to(int64), flat[2], tuple(shape))
    return made if layout is None or layout.name == "sparse_coo" else to_sparse_op(made, layout=layout)


def is_sparse(t):
    """Whether a value is a sparse tensor of any layout."""
    from ..layouts import SPARSE  # noqa: PLC0415

    return isinstance(t, Tensor) and bool(t._k & SPARSE)
