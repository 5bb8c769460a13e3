"""Wrappers of the `ctc` family, generated from ft_dispatch/ops/ctc.py. Do not edit: `python -m ft_dispatch.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913
from ft_core.state import TL
from ft_core.tensor import Tensor, new

from ft_dispatch.call import call, call_fused, operand
from ft_dispatch.canonical import canonical, settled
from ft_dispatch.inplace import call_inplace
from ft_dispatch.registry import OPS
from ft_dispatch.routes import wrap_all
from ft_dispatch.views import view_by_plan

_MISS = (AttributeError, KeyError, TypeError, ValueError)
_NUMBERS = frozenset((int, float, bool))  # a tensor or a NumPy scalar where a number may stand is made one on the careful road

op__ctc_loss = OPS['_ctc_loss']
table__ctc_loss = op__ctc_loss.table


def _ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, zero_infinity=False):
    """Negative log likelihood of each sequence, and log alpha.

    aten::_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = log_probs._k | targets._k | st.bits
        dest, rec, dense, memo = table__ctc_loss[keys]
        if input_lengths.__class__ is list:
            input_lengths = tuple(input_lengths)
        if target_lengths.__class__ is list:
            target_lengths = tuple(target_lengths)
        leaf, ok, input_lengths, target_lengths, blank, zero_infinity, = memo[log_probs._a.shape, targets._a.shape, input_lengths, target_lengths, blank, zero_infinity]
        arr = st.run(leaf, log_probs._a, targets._a, input_lengths, target_lengths, blank, zero_infinity, out=dest)
    except _MISS:
        return call(op__ctc_loss, _ctc_loss, (log_probs, targets, input_lengths, target_lengths, blank, zero_infinity))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity)


op__ctc_loss_Tensor = OPS['_ctc_loss.Tensor']
table__ctc_loss_Tensor = op__ctc_loss_Tensor.table


def _ctc_loss_Tensor(log_probs, targets, input_lengths, target_lengths, blank=0, zero_infinity=False):
    """_ctc_loss with lengths that are tensors; log alpha is as wide as `targets` allow.

    aten::_ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)
    """
    try:
        st = TL.st
        keys = log_probs._k | targets._k | input_lengths._k | target_lengths._k | st.bits
        dest, rec, dense, memo = table__ctc_loss_Tensor[keys]
        leaf, ok, blank, zero_infinity, = memo[log_probs._a.shape, targets._a.shape, input_lengths._a.shape, target_lengths._a.shape, blank, zero_infinity]
        arr = st.run(leaf, log_probs._a, targets._a, input_lengths._a, target_lengths._a, blank, zero_infinity, out=dest)
    except _MISS:
        return call(op__ctc_loss_Tensor, _ctc_loss_Tensor, (log_probs, targets, input_lengths, target_lengths, blank, zero_infinity))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity)


op__ctc_loss_backward = OPS['_ctc_loss_backward']
table__ctc_loss_backward = op__ctc_loss_backward.table


def _ctc_loss_backward(grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity=False):
    """Gradient of _ctc_loss.

    aten::_ctc_loss_backward(Tensor grad, Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, Tensor neg_log_likelihood, Tensor log_alpha, int blank, bool zero_infinity=False) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | log_probs._k | targets._k | neg_log_likelihood._k | log_alpha._k | st.bits
        dest, rec, dense, memo = table__ctc_loss_backward[keys]
        if input_lengths.__class__ is list:
            input_lengths = tuple(input_lengths)
        if target_lengths.__class__ is list:
            target_lengths = tuple(target_lengths)
        leaf, ok, input_lengths, target_lengths, blank, zero_infinity, = memo[grad._a.shape, log_probs._a.shape, targets._a.shape, neg_log_likelihood._a.shape, log_alpha._a.shape, input_lengths, target_lengths, blank, zero_infinity]
        arr = st.run(leaf, grad._a, log_probs._a, targets._a, input_lengths, target_lengths, neg_log_likelihood._a, log_alpha._a, blank, zero_infinity, out=dest)
    except _MISS:
        return call(op__ctc_loss_backward, _ctc_loss_backward, (grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity)


op__ctc_loss_backward_Tensor = OPS['_ctc_loss_backward.Tensor']
table__ctc_loss_backward_Tensor = op__ctc_loss_backward_Tensor.table


def _ctc_loss_backward_Tensor(grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity=False):
    """Gradient of _ctc_loss.Tensor.

    aten::_ctc_loss_backward.Tensor(Tensor grad, Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, Tensor neg_log_likelihood, Tensor log_alpha, int blank, bool zero_infinity=False) -> Tensor
    """
    try:
        st = TL.st
        keys = grad._k | log_probs._k | targets._k | input_lengths._k | target_lengths._k | neg_log_likelihood._k | log_alpha._k | st.bits
        dest, rec, dense, memo = table__ctc_loss_backward_Tensor[keys]
        leaf, ok, blank, zero_infinity, = memo[grad._a.shape, log_probs._a.shape, targets._a.shape, input_lengths._a.shape, target_lengths._a.shape, neg_log_likelihood._a.shape, log_alpha._a.shape, blank, zero_infinity]
        arr = st.run(leaf, grad._a, log_probs._a, targets._a, input_lengths._a, target_lengths._a, neg_log_likelihood._a, log_alpha._a, blank, zero_infinity, out=dest)
    except _MISS:
        return call(op__ctc_loss_backward_Tensor, _ctc_loss_backward_Tensor, (grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity)


op_ctc_loss_IntList = OPS['ctc_loss.IntList']
table_ctc_loss_IntList = op_ctc_loss_IntList.table


def ctc_loss_IntList(log_probs, targets, input_lengths, target_lengths, blank=0, reduction=1, zero_infinity=False):
    """Connectionist temporal classification loss of (T, N, C) or (T, C) log probabilities.

    aten::ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor
    """
    try:
        keys = log_probs._k | targets._k | TL.st.bits
    except AttributeError:
        return call(op_ctc_loss_IntList, ctc_loss_IntList, (log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity))
    if keys & 4331608735776:
        return call(op_ctc_loss_IntList, ctc_loss_IntList, (log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity))
    try:
        if keys & 4397174096120:
            raise KeyError
        input_lengths, target_lengths, blank, reduction, zero_infinity, = table_ctc_loss_IntList[input_lengths, target_lengths, blank, reduction, zero_infinity]
    except (KeyError, TypeError):
        return op_ctc_loss_IntList.decomposition(*settled(op_ctc_loss_IntList, (log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity), keys))
    return op_ctc_loss_IntList.decomposition(log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity)
