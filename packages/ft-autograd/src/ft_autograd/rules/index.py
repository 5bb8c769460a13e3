"""Gradients of reading by index: what was read gets the cotangent added back at the places it came from."""

from ft_dispatch import surface as torch

from ..rule import transpose, vjp


@transpose("index.Tensor _unsafe_index.Tensor", wrt="self")
def index_self(g, self, indices):
    return torch.index_put(g.new_zeros(self.shape), indices, g, True)


@transpose("index_select", wrt="self")
def index_select_self(g, self, dim, index):
    return torch.index_select_backward(g, self.shape, dim, index)


@transpose("gather", wrt="self")
def gather_self(g, self, dim, index, sparse_grad):
    return torch.gather_backward(g, self, dim, index, sparse_grad)


@transpose("take", wrt="self")
def take_self(g, self, index):
    return g.new_zeros(self.shape).put(index, g, True)


@transpose("tril", wrt="self")
def tril_self(g, diagonal):
    return g.tril(diagonal)


@transpose("triu", wrt="self")
def triu_self(g, diagonal):
    return g.triu(diagonal)


@vjp("slice_backward", wrt="grad_output")
def slice_backward_grad(g, dim, start, end, step):
    return g[(slice(None),) * dim + (slice(start, end, step),)]


@vjp("select_backward", wrt="grad_output")
def select_backward_grad(g, dim, index):
    return g.select(dim, index)
