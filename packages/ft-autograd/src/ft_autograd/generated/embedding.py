"""Nodes and recorders of the `embedding` family, from ft_autograd/rules/embedding.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import embedding as rules


class EmbeddingBagBackward0(Node):
    """Backward of aten::_embedding_bag."""

    __slots__ = ('s_weight', 'v_weight', 's_indices', 'v_indices', 's_offsets', 'v_offsets', 's_per_sample_weights', 'v_per_sample_weights', 'o_result1', 'o_result2', 'o_result3', 'p_scale_grad_by_freq', 'p_mode', 'p_sparse', 'p_padding_idx',)
    op_name = '_embedding_bag'
    n_outputs = 4
    traits = FRESH | SAVES

    def apply(self, g):
        n_weight, n_per_sample_weights = self.next
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        x_offsets = self.s_offsets
        if not ((x_offsets.__class__ is Tensor or x_offsets.__class__ is Parameter) and (x_offsets._ver or FIRST)[0] == self.v_offsets):
            x_offsets = unpack_input(self, x_offsets, self.v_offsets)
        x_per_sample_weights = self.s_per_sample_weights
        if not ((x_per_sample_weights.__class__ is Tensor or x_per_sample_weights.__class__ is Parameter) and (x_per_sample_weights._ver or FIRST)[0] == self.v_per_sample_weights):
            x_per_sample_weights = unpack_input(self, x_per_sample_weights, self.v_per_sample_weights)
        x_result1 = unpack_output(self, self.o_result1, 1)
        x_result2 = unpack_output(self, self.o_result2, 2)
        x_result3 = unpack_output(self, self.o_result3, 3)
        r_weight, r_per_sample_weights = rules.embedding_bag_vjp(g[0], x_weight, x_indices, x_offsets, self.p_scale_grad_by_freq, self.p_mode, self.p_sparse, x_per_sample_weights, self.p_padding_idx, x_result1, x_result2, x_result3, (n_weight is not None, n_per_sample_weights is not None,))
        return (r_weight, r_per_sample_weights,)

    def release(self):
        self.s_weight = Node
        self.s_indices = Node
        self.s_offsets = Node
        self.s_per_sample_weights = Node
        self.o_result1 = None
        self.o_result2 = None
        self.o_result3 = None

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)

    @property
    def _saved_offsets(self):
        return unpack_input(self, self.s_offsets, self.v_offsets)

    @property
    def _saved_per_sample_weights(self):
        return unpack_input(self, self.s_per_sample_weights, self.v_per_sample_weights)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_result2(self):
        return unpack_output(self, self.o_result2, 2)

    @property
    def _saved_result3(self):
        return unpack_output(self, self.o_result3, 3)

    @property
    def _saved_scale_grad_by_freq(self):
        return self.p_scale_grad_by_freq

    @property
    def _saved_mode(self):
        return self.p_mode

    @property
    def _saved_sparse(self):
        return self.p_sparse

    @property
    def _saved_padding_idx(self):
        return self.p_padding_idx


def record__embedding_bag(made, weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx):
    node = EmbeddingBagBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (weight._node or weight) if weight._k & 1 else None
    e1 = edge(per_sample_weights)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None or e1 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    if e0 is not None or e1 is not None:
        node.s_offsets = offsets
        cell = offsets._ver
        node.v_offsets = 0 if cell is None else cell[0]
    else:
        node.s_offsets = Node
        node.v_offsets = 0
    if e0 is not None or e1 is not None:
        node.s_per_sample_weights = per_sample_weights
        node.v_per_sample_weights = version(per_sample_weights)
    else:
        node.s_per_sample_weights = Node
        node.v_per_sample_weights = 0
    node.o_result1 = save_output(made[1]) if e0 is not None or e1 is not None else None
    node.o_result2 = save_output(made[2]) if e0 is not None or e1 is not None else None
    node.o_result3 = save_output(made[3]) if e0 is not None or e1 is not None else None
    node.p_scale_grad_by_freq = scale_grad_by_freq
    node.p_mode = mode
    node.p_sparse = sparse
    node.p_padding_idx = padding_idx
    return made


class EmbeddingBackward0(Node):
    """Backward of aten::embedding."""

    __slots__ = ('s_weight', 'v_weight', 's_indices', 'v_indices', 'p_padding_idx', 'p_scale_grad_by_freq', 'p_sparse',)
    op_name = 'embedding'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_weight = rules.torch.embedding_backward(g, x_indices, x_weight.shape[0], self.p_padding_idx, self.p_scale_grad_by_freq, self.p_sparse)
        return (r_weight,)

    def release(self):
        self.s_weight = Node
        self.s_indices = Node

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)

    @property
    def _saved_padding_idx(self):
        return self.p_padding_idx

    @property
    def _saved_scale_grad_by_freq(self):
        return self.p_scale_grad_by_freq

    @property
    def _saved_sparse(self):
        return self.p_sparse


def record_embedding(made, weight, indices, padding_idx, scale_grad_by_freq, sparse):
    node = EmbeddingBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (weight._node or weight) if weight._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_weight = weight
        cell = weight._ver
        node.v_weight = 0 if cell is None else cell[0]
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    node.p_padding_idx = padding_idx
    node.p_scale_grad_by_freq = scale_grad_by_freq
    node.p_sparse = sparse
    return made


class EmbeddingDenseBackwardBackward0(Node):
    """Backward of aten::embedding_dense_backward."""

    __slots__ = ('s_indices', 'v_indices', 'p_padding_idx', 'p_scale_grad_by_freq',)
    op_name = 'embedding_dense_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_indices = self.s_indices
        if not ((x_indices.__class__ is Tensor or x_indices.__class__ is Parameter) and (x_indices._ver or FIRST)[0] == self.v_indices):
            x_indices = unpack_input(self, x_indices, self.v_indices)
        r_grad_output = rules.embedding_dense_backward_grad(g, x_indices, self.p_padding_idx, self.p_scale_grad_by_freq)
        return (r_grad_output,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_indices(self):
        return unpack_input(self, self.s_indices, self.v_indices)

    @property
    def _saved_padding_idx(self):
        return self.p_padding_idx

    @property
    def _saved_scale_grad_by_freq(self):
        return self.p_scale_grad_by_freq


def record_embedding_dense_backward(made, grad_output, indices, num_weights, padding_idx, scale_grad_by_freq):
    node = EmbeddingDenseBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_indices = indices
        cell = indices._ver
        node.v_indices = 0 if cell is None else cell[0]
    else:
        node.s_indices = Node
        node.v_indices = 0
    node.p_padding_idx = padding_idx
    node.p_scale_grad_by_freq = scale_grad_by_freq
    return made
