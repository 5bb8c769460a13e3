"""Tables of rows: embedding, bags of rows, and the dense gradients. Indices are checked by the kernel, as torch does in
both modes.
"""

from ft_core import int32, int64, sparse_coo

from ..kinds import COMPOSITE, INDEX
from ..op import op
from ..registry import binding
from .index import sizes
from .sparse import coo_tensor

embedding = op(
    "embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor",
    "Rows of a table by index.",
    kind=INDEX,
    variants="function",
)
embedding_dense_backward = op(
    "embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool "
    "scale_grad_by_freq) -> Tensor",
    "Rows of the cotangent added at their indices.",
    kind=INDEX,
    variants="",
    accumulate="float32",
)
embedding_renorm = op(
    "embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor",
    "Rows named by indices scaled down to a norm.",
    kind=INDEX,
    variants="",
    inplace=True,
    differentiable=False,
)
_BAG = (
    "Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, "
    "Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1"
)
embedding_bag = op(
    f"_embedding_bag({_BAG}) -> (Tensor, Tensor, Tensor, Tensor)",
    "Sum, mean or max of bags of rows, and what the backward needs.",
    kind=INDEX,
    variants="",
)
embedding_bag_dense_backward = op(
    "_embedding_bag_dense_backward(Tensor grad, Tensor indices, Tensor offset2bag, Tensor bag_size, Tensor maximum_indices, "
    "SymInt num_weights, bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor",
    "The table's gradient from the bags'.",
    kind=INDEX,
    variants="",
)
embedding_bag_per_sample_weights_backward = op(
    "_embedding_bag_per_sample_weights_backward(Tensor grad, Tensor weight, Tensor indices, Tensor offsets, Tensor offset2bag, "
    "int mode, "
    "int padding_idx=-1) -> Tensor",
    "The gradient of each sample's weight.",
    kind=INDEX,
    variants="",
)
embedding_backward = op(
    "embedding_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq, bool "
    "sparse) -> Tensor",
    "embedding_dense_backward or embedding_sparse_backward.",
    kind=COMPOSITE,
    variants="",
)
embedding_sparse_backward = op(
    "embedding_sparse_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor",
    "Rows of the cotangent with their indices, as a COO tensor.",
    kind=COMPOSITE,
    variants="",
)
embedding_bag_sparse_backward = op(
    "_embedding_bag_sparse_backward(Tensor grad, Tensor indices, Tensor offsets, Tensor offset2bag, Tensor bag_size, SymInt num_weights, "
    "bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor",
    "The table's gradient from the bags', as a COO tensor.",
    kind=COMPOSITE,
    variants="",
)


def _check_indices(indices, name="embedding"):
    if indices.dtype is not int64 and indices.dtype is not int32:
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
            f"torch.{indices.dtype.scalar_name}Tensor instead (while checking arguments for {name})"
        )


@embedding.meta
def _(weight, indices, padding_idx, scale_grad_by_freq, sparse):
    if weight.ndim != 2:
        raise RuntimeError("'weight' must be 2-D")
    _check_indices(indices)
    return [((*sizes(indices), weight.shape[1]), weight.dtype)]


@embedding_dense_backward.meta
def _(grad_output, indices, num_weights, padding_idx, scale_grad_by_freq):
    return [((num_weights, grad_output.shape[-1]), grad_output.dtype)]


@embedding_renorm.meta
def _(self, indices, max_norm, norm_type):
    if self.ndim != 2:
        raise RuntimeError("'self' must be 2-D")
    return [(sizes(self), self.dtype)]


@embedding_bag.meta
def _(weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx):
    _check_indices(indices, "embedding_bag")
    bags = offsets.shape[0] - (1 if include_last_offset else 0)
    width = weight.shape[1]
    chosen = (bags, width) if mode == 2 else (bags,)
    kind = offsets.dtype
    return [((bags, width), weight.dtype), (sizes(indices), kind), ((bags,), kind), (chosen, kind)]


@embedding_bag_dense_backward.meta
def _(grad, indices, offset2bag, bag_size, maximum_indices, num_weights, *params):
    return [((num_weights, grad.shape[1]), grad.dtype)]


@embedding_bag_per_sample_weights_backward.meta
def _(grad, weight, indices, *params):
    return [(sizes(indices), grad.dtype)]


@embedding.decompose
def _(weight, indices, padding_idx, scale_grad_by_freq, sparse):
    rows = weight.index_select(0, indices.reshape(-1))
    return rows.view((*sizes(indices), weight.shape[1]))


@embedding_dense_backward.decompose
def _(grad_output, indices, num_weights, padding_idx, scale_grad_by_freq):
    width = grad_output.shape[-1]
    places, rows = indices.reshape(-1), grad_output.reshape((-1, width))
    if scale_grad_by_freq:
        counts = places.new_zeros((num_weights,), dtype=rows.dtype).index_add(0, places, rows.new_ones(places.shape))
        rows = rows / counts.index_select(0, places).unsqueeze(1)
    if padding_idx >= 0:
        rows = rows.masked_fill((places == padding_idx).unsqueeze(1), 0)
    return rows.new_zeros((num_weights, width)).index_add(0, places, rows)


@embedding_bag_dense_backward.decompose
def _(grad, indices, offset2bag, bag_size, maximum_indices, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx):
    if mode == 2:  # max: each column of a bag came from one row, or from none
        held = maximum_indices >= 0
        places, rows = maximum_indices.clamp(min=0).to(int64), grad.masked_fill(~held, 0)
        return grad.new_zeros((num_weights, grad.shape[1])).scatter_add(0, places, rows)
    if mode == 1:
        grad = grad / bag_size.clamp(min=1).to(grad.dtype).unsqueeze(1)
    rows = grad.index_select(0, offset2bag)
    if per_sample_weights is not None:
        rows = rows * per_sample_weights.unsqueeze(1)
    return embedding_dense_backward(rows, indices, num_weights, padding_idx, scale_grad_by_freq)


@embedding_bag_per_sample_weights_backward.decompose
def _(grad, weight, indices, offsets, offset2bag, mode, padding_idx):
    found = (grad.index_select(0, offset2bag) * weight.index_select(0, indices)).sum(1)
    return found.masked_fill(indices == padding_idx, 0)


@embedding_backward.decompose
def _(grad, indices, num_weights, padding_idx, scale_grad_by_freq, sparse):
    backward = embedding_sparse_backward if sparse else embedding_dense_backward
    return backward.wrapper(grad, indices, num_weights, padding_idx, scale_grad_by_freq)


@embedding_sparse_backward.decompose
def _(grad, indices, num_weights, padding_idx, scale_grad_by_freq):
    if scale_grad_by_freq:
        raise RuntimeError("embedding_backward: scale_grad_by_freq not supported with sparse gradients")
    width = grad.shape[-1]
    places, rows = indices.reshape(-1), grad.reshape((-1, width))
    if padding_idx != -1:
        held = (places != padding_idx).nonzero().reshape(-1)
        places, rows = places.index_select(0, held), rows.index_select(0, held)
    return coo_tensor.wrapper(1, 1, (num_weights, width), places.unsqueeze(0).to(int64), rows, layout=sparse_coo)


@embedding_bag_sparse_backward.decompose
def _(grad, indices, offsets, offset2bag, bag_size, num_weights, scale_grad_by_freq, mode, per_sample_weights, padding_idx):
    if mode == 1:
        grad = grad / bag_size.clamp(min=1).to(grad.dtype).unsqueeze(1)
    rows = grad.index_select(0, offset2bag)
    if per_sample_weights is not None:
        rows = rows * per_sample_weights.unsqueeze(1)
    return embedding_sparse_backward.wrapper(rows, indices, num_weights, padding_idx, scale_grad_by_freq)


@binding("embedding_bag", method=False)
def embedding_bag_binding(
    weight,
    indices,
    offsets,
    scale_grad_by_freq=False,
    mode=0,
    sparse=False,
    per_sample_weights=None,
    include_last_offset=False,
    padding_idx=None,
):
    """(bags, bag of each index, size of each bag, rows chosen): mode 0 sums, 1 averages, 2 takes the maximum of each bag's rows."""
    padding = -1 if padding_idx is None else padding_idx + weight.shape[0] if padding_idx < 0 else padding_idx
    return embedding_bag.wrapper(
        weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding
    )


@binding("embedding_renorm_", method=False)
def embedding_renorm_(weight, indices, max_norm, norm_type):
    """Scale the rows named by indices down to max_norm, in place."""
    return embedding_renorm.inplace_wrapper(weight, indices, max_norm, norm_type)
