"""Nodes and recorders of the `loss` family, generated from ft_autograd/rules/loss.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import loss as rules

_make = object.__new__


class BinaryCrossEntropyBackward0(Node):
    """Backward of aten::binary_cross_entropy."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'p_reduction',)
    op_name = 'binary_cross_entropy'
    n_outputs = 1

    def apply(self, g):
        n_self, n_target = self.next
        r_self = rules.binary_cross_entropy_self(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), reduction=self.p_reduction) if n_self is not None else None
        r_target = rules.binary_cross_entropy_target(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), reduction=self.p_reduction) if n_target is not None else None
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


def record_binary_cross_entropy(o, self, target, weight, reduction):
    n = _make(BinaryCrossEntropyBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(target)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    n.p_reduction = reduction
    return o


class BinaryCrossEntropyWithLogitsBackward0(Node):
    """Backward of aten::binary_cross_entropy_with_logits."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 's_pos_weight', 'v_pos_weight', 'p_reduction',)
    op_name = 'binary_cross_entropy_with_logits'
    n_outputs = 1

    def apply(self, g):
        n_self, n_target = self.next
        r_self = rules.bce_with_logits_self(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), pos_weight=unpack_input(self, self.s_pos_weight, self.v_pos_weight), reduction=self.p_reduction) if n_self is not None else None
        r_target = rules.bce_with_logits_target(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), pos_weight=unpack_input(self, self.s_pos_weight, self.v_pos_weight), reduction=self.p_reduction) if n_target is not None else None
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


def record_binary_cross_entropy_with_logits(o, self, target, weight, pos_weight, reduction):
    n = _make(BinaryCrossEntropyWithLogitsBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(target)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None or e1 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    if e0 is not None or e1 is not None:
        n.s_pos_weight = pos_weight
        n.v_pos_weight = version(pos_weight)
    else:
        n.s_pos_weight = Node
        n.v_pos_weight = 0
    n.p_reduction = reduction
    return o


class HuberLossBackward0(Node):
    """Backward of aten::huber_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction', 'p_delta',)
    op_name = 'huber_loss'
    n_outputs = 1

    def apply(self, g):
        n_self, n_target = self.next
        r_self, r_target = rules.huber_loss_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), reduction=self.p_reduction, delta=self.p_delta, needs=(n_self is not None, n_target is not None,))
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


def record_huber_loss(o, self, target, reduction, delta):
    n = _make(HuberLossBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(target)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    n.p_reduction = reduction
    n.p_delta = delta
    return o


class MseLossBackward0(Node):
    """Backward of aten::mse_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction',)
    op_name = 'mse_loss'
    n_outputs = 1

    def apply(self, g):
        n_self, n_target = self.next
        r_self, r_target = rules.mse_loss_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), reduction=self.p_reduction, needs=(n_self is not None, n_target is not None,))
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


def record_mse_loss(o, self, target, reduction):
    n = _make(MseLossBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(target)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    n.p_reduction = reduction
    return o


class NllLoss2dBackwardBackward0(Node):
    """Backward of aten::nll_loss2d_backward."""

    __slots__ = ('s_target', 'v_target', 's_weight', 'v_weight', 's_total_weight', 'v_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss2d_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.nll_loss_backward_grad_output(g=g, target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), total_weight=unpack_input(self, self.s_total_weight, self.v_total_weight), reduction=self.p_reduction, ignore_index=self.p_ignore_index)
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


def record_nll_loss2d_backward(o, grad_output, self, target, weight, reduction, ignore_index, total_weight):
    n = _make(NllLoss2dBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    if e0 is not None:
        n.s_total_weight = total_weight
        n.v_total_weight = version(total_weight)
    else:
        n.s_total_weight = Node
        n.v_total_weight = 0
    n.p_reduction = reduction
    n.p_ignore_index = ignore_index
    return o


class NllLoss2dForwardBackward0(Node):
    """Backward of aten::nll_loss2d_forward."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'o_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss2d_forward'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.nll_loss2d_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), total_weight=unpack_output(self, self.o_total_weight, 1), reduction=self.p_reduction, ignore_index=self.p_ignore_index)
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


def record_nll_loss2d_forward(o, self, target, weight, reduction, ignore_index):
    n = _make(NllLoss2dForwardBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    n.o_total_weight = save_output(o[1]) if e0 is not None else None
    n.p_reduction = reduction
    n.p_ignore_index = ignore_index
    return o


class NllLossBackwardBackward0(Node):
    """Backward of aten::nll_loss_backward."""

    __slots__ = ('s_target', 'v_target', 's_weight', 'v_weight', 's_total_weight', 'v_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss_backward'
    n_outputs = 1

    def apply(self, g):
        r_grad_output = rules.nll_loss_backward_grad_output(g=g, target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), total_weight=unpack_input(self, self.s_total_weight, self.v_total_weight), reduction=self.p_reduction, ignore_index=self.p_ignore_index)
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


def record_nll_loss_backward(o, grad_output, self, target, weight, reduction, ignore_index, total_weight):
    n = _make(NllLossBackwardBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(grad_output)
    n.next = (e0,)
    if e0 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    if e0 is not None:
        n.s_total_weight = total_weight
        n.v_total_weight = version(total_weight)
    else:
        n.s_total_weight = Node
        n.v_total_weight = 0
    n.p_reduction = reduction
    n.p_ignore_index = ignore_index
    return o


class NllLossForwardBackward0(Node):
    """Backward of aten::nll_loss_forward."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 's_weight', 'v_weight', 'o_total_weight', 'p_reduction', 'p_ignore_index',)
    op_name = 'nll_loss_forward'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.nll_loss_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), weight=unpack_input(self, self.s_weight, self.v_weight), total_weight=unpack_output(self, self.o_total_weight, 1), reduction=self.p_reduction, ignore_index=self.p_ignore_index)
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


def record_nll_loss_forward(o, self, target, weight, reduction, ignore_index):
    n = _make(NllLossForwardBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    if e0 is not None:
        n.s_weight = weight
        n.v_weight = version(weight)
    else:
        n.s_weight = Node
        n.v_weight = 0
    n.o_total_weight = save_output(o[1]) if e0 is not None else None
    n.p_reduction = reduction
    n.p_ignore_index = ignore_index
    return o


class SmoothL1LossBackward0(Node):
    """Backward of aten::smooth_l1_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction', 'p_beta',)
    op_name = 'smooth_l1_loss'
    n_outputs = 1

    def apply(self, g):
        n_self, n_target = self.next
        r_self, r_target = rules.smooth_l1_loss_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), reduction=self.p_reduction, beta=self.p_beta, needs=(n_self is not None, n_target is not None,))
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


def record_smooth_l1_loss(o, self, target, reduction, beta):
    n = _make(SmoothL1LossBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(target)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    n.p_reduction = reduction
    n.p_beta = beta
    return o


class SoftMarginLossBackward0(Node):
    """Backward of aten::soft_margin_loss."""

    __slots__ = ('s_self', 'v_self', 's_target', 'v_target', 'p_reduction',)
    op_name = 'soft_margin_loss'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.soft_margin_loss_self(g=g, self=unpack_input(self, self.s_self, self.v_self), target=unpack_input(self, self.s_target, self.v_target), reduction=self.p_reduction)
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


def record_soft_margin_loss(o, self, target, reduction):
    n = _make(SoftMarginLossBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None:
        n.s_target = target
        n.v_target = version(target)
    else:
        n.s_target = Node
        n.v_target = 0
    n.p_reduction = reduction
    return o
