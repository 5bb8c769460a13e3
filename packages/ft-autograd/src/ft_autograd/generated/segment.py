"""Nodes and recorders of the `segment` family, from ft_autograd/rules/segment.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import segment as rules


class SegmentReduceBackward0(Node):
    """Backward of aten::segment_reduce."""

    __slots__ = ('s_data', 'v_data', 's_lengths', 'v_lengths', 's_offsets', 'v_offsets', 'o_result', 'p_reduce', 'p_axis', 'p_initial',)
    op_name = 'segment_reduce'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_data = self.s_data
        if not ((x_data.__class__ is Tensor or x_data.__class__ is Parameter) and (x_data._ver or FIRST)[0] == self.v_data):
            x_data = unpack_input(self, x_data, self.v_data)
        x_result = unpack_output(self, self.o_result, 0)
        x_lengths = self.s_lengths
        if not ((x_lengths.__class__ is Tensor or x_lengths.__class__ is Parameter) and (x_lengths._ver or FIRST)[0] == self.v_lengths):
            x_lengths = unpack_input(self, x_lengths, self.v_lengths)
        x_offsets = self.s_offsets
        if not ((x_offsets.__class__ is Tensor or x_offsets.__class__ is Parameter) and (x_offsets._ver or FIRST)[0] == self.v_offsets):
            x_offsets = unpack_input(self, x_offsets, self.v_offsets)
        r_data = rules.torch.raw._segment_reduce_backward(g, x_result, x_data, self.p_reduce, lengths=x_lengths, offsets=x_offsets, axis=self.p_axis, initial=self.p_initial)
        return (r_data,)

    def release(self):
        self.s_data = Node
        self.s_lengths = Node
        self.s_offsets = Node
        self.o_result = None

    @property
    def _saved_data(self):
        return unpack_input(self, self.s_data, self.v_data)

    @property
    def _saved_lengths(self):
        return unpack_input(self, self.s_lengths, self.v_lengths)

    @property
    def _saved_offsets(self):
        return unpack_input(self, self.s_offsets, self.v_offsets)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_reduce(self):
        return self.p_reduce

    @property
    def _saved_axis(self):
        return self.p_axis

    @property
    def _saved_initial(self):
        return self.p_initial


def record_segment_reduce(made, data, reduce, lengths, indices, offsets, axis, unsafe, initial):
    node = SegmentReduceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (data._node or data) if data._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_data = data
        cell = data._ver
        node.v_data = 0 if cell is None else cell[0]
    else:
        node.s_data = Node
        node.v_data = 0
    if e0 is not None:
        node.s_lengths = lengths
        node.v_lengths = version(lengths)
    else:
        node.s_lengths = Node
        node.v_lengths = 0
    if e0 is not None:
        node.s_offsets = offsets
        node.v_offsets = version(offsets)
    else:
        node.s_offsets = Node
        node.v_offsets = 0
    node.o_result = save_output(made) if e0 is not None else None
    node.p_reduce = reduce
    node.p_axis = axis
    node.p_initial = initial
    return made
