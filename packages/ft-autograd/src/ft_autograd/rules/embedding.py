"""Gradients of embedding tables: rows of the cotangent added at their indices."""

from ft_dispatch import surface as torch

from ..rule import real_only, vjp

MAX = 2


real_only("_embedding_bag _embedding_bag_dense_backward")


@vjp("embedding", wrt="weight")
def embedding_weight(g, weight, indices, padding_idx, scale_grad_by_freq, sparse):
    return torch.embedding_backward(g, indices, weight.shape[0], padding_idx, scale_grad_by_freq, sparse)


@vjp("embedding_dense_backward", wrt="grad_output")
def embedding_dense_backward_grad(g, indices, padding_idx, scale_grad_by_freq):
    rows = torch.embedding(g, indices)
    if padding_idx >= 0:
        rows = rows.masked_fill((indices == padding_idx).unsqueeze(-1), 0)
    if scale_grad_by_freq:
        counts = torch.bincount(indices.reshape(-1), minlength=g.shape[0]).to(rows.dtype)
        rows = rows / counts[indices].unsqueeze(-1)
    return rows


@vjp("_embedding_bag", wrt="weight per_sample_weights")
def embedding_bag_vjp(
    g0,
    weight,
    indices,
    offsets,
    scale_grad_by_freq,
    mode,
    sparse,
    per_sample_weights,
    padding_idx,
    result1,
    result2,
    result3,
    needs,
):
    own = weights = None
    if needs[0] and sparse:
        own = torch.raw._embedding_bag_sparse_backward(
            g0, indices, offsets, result1, result2, weight.shape[0], scale_grad_by_freq, mode, per_sample_weights, padding_idx
        )
    elif needs[0]:
        own = torch.raw._embedding_bag_dense_backward(
            g0, indices, result1, result2, result3, weight.shape[0], scale_grad_by_freq, mode, per_sample_weights, padding_idx
        )
    if needs[1]:
        weights = torch.raw._embedding_bag_per_sample_weights_backward(g0, weight, indices, offsets, result1, mode, padding_idx)
    return own, weights
