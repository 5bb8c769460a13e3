"""Nodes and recorders of the `ctc` family, from ft_autograd/rules/ctc.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import ctc as rules


class CtcLossBackward0(Node):
    """Backward of aten::_ctc_loss."""

    __slots__ = ('s_log_probs', 'v_log_probs', 's_targets', 'v_targets', 'o_result0', 'o_result1', 'p_input_lengths', 'p_target_lengths', 'p_blank', 'p_zero_infinity',)
    op_name = '_ctc_loss'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_log_probs = self.s_log_probs
        if not ((x_log_probs.__class__ is Tensor or x_log_probs.__class__ is Parameter) and (x_log_probs._ver or FIRST)[0] == self.v_log_probs):
            x_log_probs = unpack_input(self, x_log_probs, self.v_log_probs)
        x_targets = self.s_targets
        if not ((x_targets.__class__ is Tensor or x_targets.__class__ is Parameter) and (x_targets._ver or FIRST)[0] == self.v_targets):
            x_targets = unpack_input(self, x_targets, self.v_targets)
        x_result0 = unpack_output(self, self.o_result0, 0)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_log_probs = rules.torch.raw._ctc_loss_backward(g[0], x_log_probs, x_targets, self.p_input_lengths, self.p_target_lengths, x_result0, x_result1, self.p_blank, self.p_zero_infinity)
        return (r_log_probs,)

    def release(self):
        self.s_log_probs = Node
        self.s_targets = Node
        self.o_result0 = None
        self.o_result1 = None

    @property
    def _saved_log_probs(self):
        return unpack_input(self, self.s_log_probs, self.v_log_probs)

    @property
    def _saved_targets(self):
        return unpack_input(self, self.s_targets, self.v_targets)

    @property
    def _saved_result0(self):
        return unpack_output(self, self.o_result0, 0)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_input_lengths(self):
        return self.p_input_lengths

    @property
    def _saved_target_lengths(self):
        return self.p_target_lengths

    @property
    def _saved_blank(self):
        return self.p_blank

    @property
    def _saved_zero_infinity(self):
        return self.p_zero_infinity


def record__ctc_loss(made, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity):
    node = CtcLossBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (log_probs._node or log_probs) if log_probs._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_log_probs = log_probs
        cell = log_probs._ver
        node.v_log_probs = 0 if cell is None else cell[0]
    else:
        node.s_log_probs = Node
        node.v_log_probs = 0
    if e0 is not None:
        node.s_targets = targets
        cell = targets._ver
        node.v_targets = 0 if cell is None else cell[0]
    else:
        node.s_targets = Node
        node.v_targets = 0
    node.o_result0 = save_output(made[0]) if e0 is not None else None
    node.o_result1 = save_output(made[1]) if e0 is not None else None
    node.p_input_lengths = input_lengths
    node.p_target_lengths = target_lengths
    node.p_blank = blank
    node.p_zero_infinity = zero_infinity
    return made


class CtcLossBackward1(Node):
    """Backward of aten::_ctc_loss.Tensor."""

    __slots__ = ('s_log_probs', 'v_log_probs', 's_targets', 'v_targets', 's_input_lengths', 'v_input_lengths', 's_target_lengths', 'v_target_lengths', 'o_result0', 'o_result1', 'p_blank', 'p_zero_infinity',)
    op_name = '_ctc_loss.Tensor'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_log_probs = self.s_log_probs
        if not ((x_log_probs.__class__ is Tensor or x_log_probs.__class__ is Parameter) and (x_log_probs._ver or FIRST)[0] == self.v_log_probs):
            x_log_probs = unpack_input(self, x_log_probs, self.v_log_probs)
        x_targets = self.s_targets
        if not ((x_targets.__class__ is Tensor or x_targets.__class__ is Parameter) and (x_targets._ver or FIRST)[0] == self.v_targets):
            x_targets = unpack_input(self, x_targets, self.v_targets)
        x_input_lengths = self.s_input_lengths
        if not ((x_input_lengths.__class__ is Tensor or x_input_lengths.__class__ is Parameter) and (x_input_lengths._ver or FIRST)[0] == self.v_input_lengths):
            x_input_lengths = unpack_input(self, x_input_lengths, self.v_input_lengths)
        x_target_lengths = self.s_target_lengths
        if not ((x_target_lengths.__class__ is Tensor or x_target_lengths.__class__ is Parameter) and (x_target_lengths._ver or FIRST)[0] == self.v_target_lengths):
            x_target_lengths = unpack_input(self, x_target_lengths, self.v_target_lengths)
        x_result0 = unpack_output(self, self.o_result0, 0)
        x_result1 = unpack_output(self, self.o_result1, 1)
        r_log_probs = rules.torch.raw._ctc_loss_backward_Tensor(g[0], x_log_probs, x_targets, x_input_lengths, x_target_lengths, x_result0, x_result1, self.p_blank, self.p_zero_infinity)
        return (r_log_probs,)

    def release(self):
        self.s_log_probs = Node
        self.s_targets = Node
        self.s_input_lengths = Node
        self.s_target_lengths = Node
        self.o_result0 = None
        self.o_result1 = None

    @property
    def _saved_log_probs(self):
        return unpack_input(self, self.s_log_probs, self.v_log_probs)

    @property
    def _saved_targets(self):
        return unpack_input(self, self.s_targets, self.v_targets)

    @property
    def _saved_input_lengths(self):
        return unpack_input(self, self.s_input_lengths, self.v_input_lengths)

    @property
    def _saved_target_lengths(self):
        return unpack_input(self, self.s_target_lengths, self.v_target_lengths)

    @property
    def _saved_result0(self):
        return unpack_output(self, self.o_result0, 0)

    @property
    def _saved_result1(self):
        return unpack_output(self, self.o_result1, 1)

    @property
    def _saved_blank(self):
        return self.p_blank

    @property
    def _saved_zero_infinity(self):
        return self.p_zero_infinity


def record__ctc_loss_Tensor(made, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity):
    node = CtcLossBackward1()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (log_probs._node or log_probs) if log_probs._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_log_probs = log_probs
        cell = log_probs._ver
        node.v_log_probs = 0 if cell is None else cell[0]
    else:
        node.s_log_probs = Node
        node.v_log_probs = 0
    if e0 is not None:
        node.s_targets = targets
        cell = targets._ver
        node.v_targets = 0 if cell is None else cell[0]
    else:
        node.s_targets = Node
        node.v_targets = 0
    if e0 is not None:
        node.s_input_lengths = input_lengths
        cell = input_lengths._ver
        node.v_input_lengths = 0 if cell is None else cell[0]
    else:
        node.s_input_lengths = Node
        node.v_input_lengths = 0
    if e0 is not None:
        node.s_target_lengths = target_lengths
        cell = target_lengths._ver
        node.v_target_lengths = 0 if cell is None else cell[0]
    else:
        node.s_target_lengths = Node
        node.v_target_lengths = 0
    node.o_result0 = save_output(made[0]) if e0 is not None else None
    node.o_result1 = save_output(made[1]) if e0 is not None else None
    node.p_blank = blank
    node.p_zero_infinity = zero_infinity
    return made
