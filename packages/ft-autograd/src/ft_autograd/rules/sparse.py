"""Gradients of sparse tensors: their layouts are torch's. What a sparse tensor has no element for gets no gradient, unless asked.

Source: torch's derivatives.yaml (2.13) and torch.sparse.
"""

from ft_dispatch import surface as torch

from ..rule import transpose, undefined, vjp
from .matmul import scaled, turned


def _at(g, indices, values_shape):
    """What a gradient of a COO tensor says about the elements at `indices`: (nnz, *dense sizes)."""
    if g.is_sparse:
        pattern = torch.sparse_coo_tensor(indices, g.new_zeros(values_shape, layout=torch.strided), g.shape, is_coalesced=True)
        return g.sparse_mask(pattern).values()
    rank = indices.shape[0]
    if not rank:
        return g.expand(values_shape)
    return g[tuple(indices.unbind(0))]


@vjp("_sparse_coo_tensor_with_dims_and_tensors", wrt="values")
def coo_values(g, indices, values_shape):
    return _at(g, indices, values_shape)


@vjp("_sparse_compressed_tensor_unsafe", wrt="values")
def compressed_values(g, compressed_indices, plain_indices, values, size, layout):
    mask = torch.sparse_compressed_tensor(compressed_indices, plain_indices, torch.ones_like(values), size, layout=layout)
    return g.sparse_mask(mask).values()


@vjp("values", wrt="self")
def values_self(g, self):
    if self.is_sparse:
        return torch.sparse_coo_tensor(self.indices(), g, self.shape, is_coalesced=True)
    rows = self.layout in (torch.sparse_csr, torch.sparse_bsr)
    first, second = (self.crow_indices(), self.col_indices()) if rows else (self.ccol_indices(), self.row_indices())
    return torch.sparse_compressed_tensor(first, second, g, self.shape, layout=self.layout)


@transpose("_coalesce", wrt="self")
def coalesce_self(g):
    return g


@vjp("_to_dense", wrt="self")
def to_dense_self(g, self, masked_grad):
    if self.is_sparse:
        return g.to_sparse(self.sparse_dim()) if masked_grad is False else g.sparse_mask(self.coalesce())
    block = tuple(self.values().shape[-2:]) if self.layout in (torch.sparse_bsr, torch.sparse_bsc) else None
    if masked_grad is False:
        return g.to_sparse(layout=self.layout, blocksize=block)
    return g.sparse_mask(self)


@vjp("_to_sparse _to_sparse.sparse_dim _to_sparse_csr _to_sparse_csc _to_sparse_bsr _to_sparse_bsc", wrt="self")
def to_sparse_self(g, self):
    if self.layout is torch.strided:
        return g.to_dense()
    block = tuple(self.values().shape[-2:]) if self.layout in (torch.sparse_bsr, torch.sparse_bsc) else None
    return g.to_sparse(layout=self.layout, blocksize=block)


@vjp("sparse_mask", wrt="self")
def sparse_mask_self(g, mask, self_layout):
    taken = g.sparse_mask(mask.coalesce() if mask.is_sparse else mask)
    return taken if self_layout is not torch.strided else taken.to_dense()


@vjp("_sparse_addmm", wrt="self mat1 mat2")
def sparse_addmm_vjp(g, mat1, mat2, beta, alpha, needs):
    left = None
    if needs[1]:
        held = mat1.coalesce() if mat1.is_sparse else mat1
        left = scaled(g.mm(turned(mat2)), alpha).sparse_mask(held)
    return (
        scaled(g, beta) if needs[0] else None,
        left,
        scaled(turned(mat1).mm(g), alpha) if needs[2] else None,
    )


@vjp("_sparse_sparse_matmul", wrt="self other")
def sparse_matmul_vjp(g, self, other, needs):
    product = torch.raw._sparse_sparse_matmul
    g = g if g.is_sparse else g.to_sparse()
    return (
        product(g, turned(other)).sparse_mask(self.coalesce()) if needs[0] else None,
        product(turned(self), g).sparse_mask(other.coalesce()) if needs[1] else None,
    )


@vjp("_sparse_sum.dim", wrt="self")
def sparse_sum_self(g, self, dim):
    return torch.raw._sparse_sum_backward(g, self, dim)


@vjp("_sparse_softmax", wrt="self")
def sparse_softmax_self(g, self, dim, result):
    return torch.raw._sparse_softmax_backward_data(g, result, dim, self)


@vjp("_sparse_log_softmax", wrt="self")
def sparse_log_softmax_self(g, self, dim, result):
    return torch.raw._sparse_log_softmax_backward_data(g, result, dim, self)


@undefined("_sparse_softmax_backward_data", wrt="grad_output")
def sparse_softmax_backward_grad(g):
    raise NotImplementedError("the derivative for '_sparse_softmax_backward_data' is not implemented.")


@undefined("_sparse_log_softmax_backward_data", wrt="grad_output")
def sparse_log_softmax_backward_grad(g):
    raise NotImplementedError("the derivative for '_sparse_log_softmax_backward_data' is not implemented.")


@vjp("sparse_sampled_addmm", wrt="self mat1 mat2")
def sampled_addmm_vjp(g, self, mat1, mat2, beta, alpha, needs):
    g = g if g.layout is torch.sparse_csr else g.sparse_mask(self)
    return (
        scaled(g, beta) if needs[0] else None,
        scaled(g.matmul(turned(mat2)), alpha) if needs[1] else None,
        scaled(turned(mat1).matmul(g), alpha) if needs[2] else None,
    )


@vjp("_sparse_mm_reduce_impl", wrt="self other")
def mm_reduce_vjp(g0, self, other, reduce, result1, needs):
    return torch.raw._sparse_mm_reduce_impl_backward(self, g0, other, reduce, result1, needs)
