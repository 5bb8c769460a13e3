"""Nodes and recorders of the `loss` family, from ft_autograd/rules/loss.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import loss as rules


class BinaryCrossEntropyBackward0(Node):
    """Backward of aten::binary_cross_entropy."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'p_reduction',)
    op_name = 'binary_cross_entropy'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_target = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_target = self.s_target
            if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
                x_target = unpack_input(self, x_target, self.v_target)
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            r_self = rules._raw.binary_cross_entropy_backward(g, x_self, x_target, x_weight, self.p_reduction)
        else:
            r_self = None
        if n_target is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_target = self.s_target
            if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
                x_target = unpack_input(self, x_target, self.v_target)
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            r_target = rules._scaled(-x_self.logit(), g, x_weight, self.p_reduction)
        else:
            r_target = None
        return (r_self, r_target,)

    def release(self):
        self.s_self = Node
        self.s_target = Node
        self.s_weight = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_reduction(self):
        return self.p_reduction


def record_binary_cross_entropy(made, self, target, weight, reduction):
    node = BinaryCrossEntropyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (target._node or target) if target._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.p_reduction = reduction
    return made


class BinaryCrossEntropyWithLogitsBackward0(Node):
    """Backward of aten::binary_cross_entropy_with_logits."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 's_pos_weight', 'v_pos_weight', 'p_reduction',)
    op_name = 'binary_cross_entropy_with_logits'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_target = self.next
        if n_self is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_target = self.s_target
            if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
                x_target = unpack_input(self, x_target, self.v_target)
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            x_pos_weight = self.s_pos_weight
            if not ((x_pos_weight.__class__ is Tensor or x_pos_weight.__class__ is Parameter) and (x_pos_weight._ver or FIRST)[0] == self.v_pos_weight):
                x_pos_weight = unpack_input(self, x_pos_weight, self.v_pos_weight)
            r_self = rules.bce_with_logits_self(g, x_self, x_target, x_weight, x_pos_weight, self.p_reduction)
        else:
            r_self = None
        if n_target is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            x_target = self.s_target
            if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
                x_target = unpack_input(self, x_target, self.v_target)
            x_weight = self.s_weight
            if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
                x_weight = unpack_input(self, x_weight, self.v_weight)
            x_pos_weight = self.s_pos_weight
            if not ((x_pos_weight.__class__ is Tensor or x_pos_weight.__class__ is Parameter) and (x_pos_weight._ver or FIRST)[0] == self.v_pos_weight):
                x_pos_weight = unpack_input(self, x_pos_weight, self.v_pos_weight)
            r_target = rules.bce_with_logits_target(g, x_self, x_target, x_weight, x_pos_weight, self.p_reduction)
        else:
            r_target = None
        return (r_self, r_target,)

    def release(self):
        self.s_self = Node
        self.s_target = Node
        self.s_weight = Node
        self.s_pos_weight = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_pos_weight(self):
        return unpack_input(self, self.s_pos_weight, self.v_pos_weight)

    @property
    def _saved_reduction(self):
        return self.p_reduction


def record_binary_cross_entropy_with_logits(made, self, target, weight, pos_weight, reduction):
    node = BinaryCrossEntropyWithLogitsBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (target._node or target) if target._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None or e1 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None or e1 is not None:
        node.s_pos_weight = pos_weight
        node.v_pos_weight = version(pos_weight)
    else:
        node.s_pos_weight = Node
        node.v_pos_weight = 0
    node.p_reduction = reduction
    return made


class HuberLossBackward0(Node):
    """Backward of aten::huber_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction', 'p_delta',)
    op_name = 'huber_loss'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_target = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        r_self, r_target = rules.huber_loss_vjp(g, x_self, x_target, self.p_reduction, self.p_delta, (n_self is not None, n_target is not None,))
        return (r_self, r_target,)

    def release(self):
        self.s_self = Node
        self.s_target = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_delta(self):
        return self.p_delta


def record_huber_loss(made, self, target, reduction, delta):
    node = HuberLossBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (target._node or target) if target._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    node.p_reduction = reduction
    node.p_delta = delta
    return made


class MseLossBackward0(Node):
    """Backward of aten::mse_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction',)
    op_name = 'mse_loss'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_target = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        r_self, r_target = rules.mse_loss_vjp(g, x_self, x_target, self.p_reduction, (n_self is not None, n_target is not None,))
        return (r_self, r_target,)

    def release(self):
        self.s_self = Node
        self.s_target = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_reduction(self):
        return self.p_reduction


def record_mse_loss(made, self, target, reduction):
    node = MseLossBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (target._node or target) if target._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    node.p_reduction = reduction
    return made


class NllLoss2DBackwardBackward0(Node):
    """Backward of aten::nll_loss2d_backward."""

    __slots__ = ('s_target', 'v_target', 's_weight', 'v_weight', 's_total_weight', 'v_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss2d_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_total_weight = self.s_total_weight
        if not ((x_total_weight.__class__ is Tensor or x_total_weight.__class__ is Parameter) and (x_total_weight._ver or FIRST)[0] == self.v_total_weight):
            x_total_weight = unpack_input(self, x_total_weight, self.v_total_weight)
        r_grad_output = rules.nll_loss_backward_grad_output(g, x_target, x_weight, x_total_weight, self.p_reduction, self.p_ignore_index)
        return (r_grad_output,)

    def release(self):
        self.s_target = Node
        self.s_weight = Node
        self.s_total_weight = Node

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_total_weight(self):
        return unpack_input(self, self.s_total_weight, self.v_total_weight)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_ignore_index(self):
        return self.p_ignore_index


def record_nll_loss2d_backward(made, grad_output, self, target, weight, reduction, ignore_index, total_weight):
    node = NllLoss2DBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None:
        node.s_total_weight = total_weight
        cell = total_weight._ver
        node.v_total_weight = 0 if cell is None else cell[0]
    else:
        node.s_total_weight = Node
        node.v_total_weight = 0
    node.p_reduction = reduction
    node.p_ignore_index = ignore_index
    return made


class NllLoss2DBackward0(Node):
    """Backward of aten::nll_loss2d_forward."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'o_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss2d_forward'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_total_weight = unpack_output(self, self.o_total_weight, 1)
        r_self = rules._raw.nll_loss2d_backward(g[0], x_self, x_target, x_weight, self.p_reduction, self.p_ignore_index, x_total_weight)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_target = Node
        self.s_weight = Node
        self.o_total_weight = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_total_weight(self):
        return unpack_output(self, self.o_total_weight, 1)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_ignore_index(self):
        return self.p_ignore_index


def record_nll_loss2d_forward(made, self, target, weight, reduction, ignore_index):
    node = NllLoss2DBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_total_weight = save_output(made[1]) if e0 is not None else None
    node.p_reduction = reduction
    node.p_ignore_index = ignore_index
    return made


class NllLossBackwardBackward0(Node):
    """Backward of aten::nll_loss_backward."""

    __slots__ = ('s_target', 'v_target', 's_weight', 'v_weight', 's_total_weight', 'v_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss_backward'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_total_weight = self.s_total_weight
        if not ((x_total_weight.__class__ is Tensor or x_total_weight.__class__ is Parameter) and (x_total_weight._ver or FIRST)[0] == self.v_total_weight):
            x_total_weight = unpack_input(self, x_total_weight, self.v_total_weight)
        r_grad_output = rules.nll_loss_backward_grad_output(g, x_target, x_weight, x_total_weight, self.p_reduction, self.p_ignore_index)
        return (r_grad_output,)

    def release(self):
        self.s_target = Node
        self.s_weight = Node
        self.s_total_weight = Node

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_total_weight(self):
        return unpack_input(self, self.s_total_weight, self.v_total_weight)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_ignore_index(self):
        return self.p_ignore_index


def record_nll_loss_backward(made, grad_output, self, target, weight, reduction, ignore_index, total_weight):
    node = NllLossBackwardBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (grad_output._node or grad_output) if grad_output._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    if e0 is not None:
        node.s_total_weight = total_weight
        cell = total_weight._ver
        node.v_total_weight = 0 if cell is None else cell[0]
    else:
        node.s_total_weight = Node
        node.v_total_weight = 0
    node.p_reduction = reduction
    node.p_ignore_index = ignore_index
    return made


class NllLossBackward0(Node):
    """Backward of aten::nll_loss_forward."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'o_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss_forward'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        x_weight = self.s_weight
        if not ((x_weight.__class__ is Tensor or x_weight.__class__ is Parameter) and (x_weight._ver or FIRST)[0] == self.v_weight):
            x_weight = unpack_input(self, x_weight, self.v_weight)
        x_total_weight = unpack_output(self, self.o_total_weight, 1)
        r_self = rules._raw.nll_loss_backward(g[0], x_self, x_target, x_weight, self.p_reduction, self.p_ignore_index, x_total_weight)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_target = Node
        self.s_weight = Node
        self.o_total_weight = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_weight(self):
        return unpack_input(self, self.s_weight, self.v_weight)

    @property
    def _saved_total_weight(self):
        return unpack_output(self, self.o_total_weight, 1)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_ignore_index(self):
        return self.p_ignore_index


def record_nll_loss_forward(made, self, target, weight, reduction, ignore_index):
    node = NllLossBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    if e0 is not None:
        node.s_weight = weight
        node.v_weight = version(weight)
    else:
        node.s_weight = Node
        node.v_weight = 0
    node.o_total_weight = save_output(made[1]) if e0 is not None else None
    node.p_reduction = reduction
    node.p_ignore_index = ignore_index
    return made


class SmoothL1LossBackward0(Node):
    """Backward of aten::smooth_l1_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction', 'p_beta',)
    op_name = 'smooth_l1_loss'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_target = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        r_self, r_target = rules.smooth_l1_loss_vjp(g, x_self, x_target, self.p_reduction, self.p_beta, (n_self is not None, n_target is not None,))
        return (r_self, r_target,)

    def release(self):
        self.s_self = Node
        self.s_target = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_reduction(self):
        return self.p_reduction

    @property
    def _saved_beta(self):
        return self.p_beta


def record_smooth_l1_loss(made, self, target, reduction, beta):
    node = SmoothL1LossBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (target._node or target) if target._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    node.p_reduction = reduction
    node.p_beta = beta
    return made


class SoftMarginLossBackward0(Node):
    """Backward of aten::soft_margin_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction',)
    op_name = 'soft_margin_loss'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_target = self.s_target
        if not ((x_target.__class__ is Tensor or x_target.__class__ is Parameter) and (x_target._ver or FIRST)[0] == self.v_target):
            x_target = unpack_input(self, x_target, self.v_target)
        r_self = rules._raw.soft_margin_loss_backward(g, x_self, x_target, self.p_reduction)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_target = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_target(self):
        return unpack_input(self, self.s_target, self.v_target)

    @property
    def _saved_reduction(self):
        return self.p_reduction


def record_soft_margin_loss(made, self, target, reduction):
    node = SoftMarginLossBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None:
        node.s_target = target
        cell = target._ver
        node.v_target = 0 if cell is None else cell[0]
    else:
        node.s_target = Node
        node.v_target = 0
    node.p_reduction = reduction
    return made
