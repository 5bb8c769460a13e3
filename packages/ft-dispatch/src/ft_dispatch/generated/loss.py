"""Wrappers of the `loss` family, generated from ft_dispatch/ops/loss.py. Do not edit: `python -m ft_dispatch.codegen`."""

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

op_binary_cross_entropy = OPS['binary_cross_entropy']
table_binary_cross_entropy = op_binary_cross_entropy.table


def binary_cross_entropy(input, target, weight=None, reduction=1):
    """-(y log x + (1 - y) log(1 - x)).

    aten::binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_binary_cross_entropy[keys]
        leaf, ok, reduction, = memo[input._a.shape, target._a.shape, None if a_weight is None else a_weight.shape, reduction]
        arr = st.run(leaf, input._a, target._a, a_weight, reduction, out=dest)
    except _MISS:
        return call(op_binary_cross_entropy, binary_cross_entropy, (input, target, weight, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, weight, reduction)


op_binary_cross_entropy_backward = OPS['binary_cross_entropy_backward']
table_binary_cross_entropy_backward = op_binary_cross_entropy_backward.table


def binary_cross_entropy_backward(grad_output, input, target, weight=None, reduction=1):
    """Gradient of binary_cross_entropy.

    aten::binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_binary_cross_entropy_backward[keys]
        leaf, ok, reduction, = memo[grad_output._a.shape, input._a.shape, target._a.shape, None if a_weight is None else a_weight.shape, reduction]
        arr = st.run(leaf, grad_output._a, input._a, target._a, a_weight, reduction, out=dest)
    except _MISS:
        return call(op_binary_cross_entropy_backward, binary_cross_entropy_backward, (grad_output, input, target, weight, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, weight, reduction)


op_binary_cross_entropy_with_logits = OPS['binary_cross_entropy_with_logits']
table_binary_cross_entropy_with_logits = op_binary_cross_entropy_with_logits.table


def binary_cross_entropy_with_logits(input, target, weight=None, pos_weight=None, reduction=1):
    """Binary cross entropy of sigmoid(x).

    aten::binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        a_pos_weight = None
        if pos_weight is not None:
            keys |= pos_weight._k
            a_pos_weight = pos_weight._a
        dest, rec, dense, memo = table_binary_cross_entropy_with_logits[keys]
        leaf, ok, reduction, = memo[input._a.shape, target._a.shape, None if a_weight is None else a_weight.shape, None if a_pos_weight is None else a_pos_weight.shape, reduction]
        arr = st.run(leaf, input._a, target._a, a_weight, a_pos_weight, reduction, out=dest)
    except _MISS:
        return call(op_binary_cross_entropy_with_logits, binary_cross_entropy_with_logits, (input, target, weight, pos_weight, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, weight, pos_weight, reduction)


op_cosine_embedding_loss = OPS['cosine_embedding_loss']
table_cosine_embedding_loss = op_cosine_embedding_loss.table


def cosine_embedding_loss(input1, input2, target, margin=0.0, reduction=1):
    """1 - cos where y is 1, max(0, cos - margin) where y is -1.

    aten::cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor
    """
    try:
        keys = input1._k | input2._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_cosine_embedding_loss, cosine_embedding_loss, (input1, input2, target, margin, reduction))
    if keys & 4331608735776:
        return call(op_cosine_embedding_loss, cosine_embedding_loss, (input1, input2, target, margin, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        margin, reduction, = table_cosine_embedding_loss[margin, reduction]
    except (KeyError, TypeError):
        return op_cosine_embedding_loss.decomposition(*settled(op_cosine_embedding_loss, (input1, input2, target, margin, reduction), keys))
    return op_cosine_embedding_loss.decomposition(input1, input2, target, margin, reduction)


op_cross_entropy_loss = OPS['cross_entropy_loss']
table_cross_entropy_loss = op_cross_entropy_loss.table


def cross_entropy_loss(input, target, weight=None, reduction=1, ignore_index=-100, label_smoothing=0.0):
    """Cross entropy of softmax(x) with class indices or probabilities.

    aten::cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100, float label_smoothing=0.0) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_cross_entropy_loss, cross_entropy_loss, (input, target, weight, reduction, ignore_index, label_smoothing))
    if keys & 4331608735776:
        return call(op_cross_entropy_loss, cross_entropy_loss, (input, target, weight, reduction, ignore_index, label_smoothing))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, ignore_index, label_smoothing, = table_cross_entropy_loss[reduction, ignore_index, label_smoothing]
    except (KeyError, TypeError):
        return op_cross_entropy_loss.decomposition(*settled(op_cross_entropy_loss, (input, target, weight, reduction, ignore_index, label_smoothing), keys))
    return op_cross_entropy_loss.decomposition(input, target, weight, reduction, ignore_index, label_smoothing)


op_hinge_embedding_loss = OPS['hinge_embedding_loss']
table_hinge_embedding_loss = op_hinge_embedding_loss.table


def hinge_embedding_loss(input, target, margin=1.0, reduction=1):
    """x where y is 1, max(0, margin - x) where y is -1.

    aten::hinge_embedding_loss(Tensor self, Tensor target, float margin=1.0, int reduction=1) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_hinge_embedding_loss, hinge_embedding_loss, (input, target, margin, reduction))
    if keys & 4331608735776:
        return call(op_hinge_embedding_loss, hinge_embedding_loss, (input, target, margin, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        margin, reduction, = table_hinge_embedding_loss[margin, reduction]
    except (KeyError, TypeError):
        return op_hinge_embedding_loss.decomposition(*settled(op_hinge_embedding_loss, (input, target, margin, reduction), keys))
    return op_hinge_embedding_loss.decomposition(input, target, margin, reduction)


op_huber_loss = OPS['huber_loss']
table_huber_loss = op_huber_loss.table


def huber_loss(input, target, reduction=1, delta=1.0):
    """A parabola inside delta, linear beyond.

    aten::huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        dest, rec, dense, memo = table_huber_loss[keys]
        leaf, ok, reduction, delta, = memo[input._a.shape, target._a.shape, reduction, delta]
        arr = st.run(leaf, input._a, target._a, reduction, delta, out=dest)
    except _MISS:
        return call(op_huber_loss, huber_loss, (input, target, reduction, delta))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, reduction, delta)


op_huber_loss_backward = OPS['huber_loss_backward']
table_huber_loss_backward = op_huber_loss_backward.table


def huber_loss_backward(grad_output, input, target, reduction, delta):
    """Gradient of huber_loss.

    aten::huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | st.bits
        dest, rec, dense, memo = table_huber_loss_backward[keys]
        leaf, ok, reduction, delta, = memo[grad_output._a.shape, input._a.shape, target._a.shape, reduction, delta]
        arr = st.run(leaf, grad_output._a, input._a, target._a, reduction, delta, out=dest)
    except _MISS:
        return call(op_huber_loss_backward, huber_loss_backward, (grad_output, input, target, reduction, delta))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, reduction, delta)


op_kl_div = OPS['kl_div']
table_kl_div = op_kl_div.table


def kl_div(input, target, reduction=1, *, log_target=False):
    """y (log y - x).

    aten::kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_kl_div, kl_div, (input, target, reduction, log_target))
    if keys & 4331608735776:
        return call(op_kl_div, kl_div, (input, target, reduction, log_target))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, log_target, = table_kl_div[reduction, log_target]
    except (KeyError, TypeError):
        return op_kl_div.decomposition(*settled(op_kl_div, (input, target, reduction, log_target), keys))
    return op_kl_div.decomposition(input, target, reduction, log_target)


op_l1_loss = OPS['l1_loss']
table_l1_loss = op_l1_loss.table


def l1_loss(input, target, reduction=1):
    """|x - y|.

    aten::l1_loss(Tensor self, Tensor target, int reduction=1) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_l1_loss, l1_loss, (input, target, reduction))
    if keys & 4331608735776:
        return call(op_l1_loss, l1_loss, (input, target, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, = table_l1_loss[reduction]
    except (KeyError, TypeError):
        return op_l1_loss.decomposition(*settled(op_l1_loss, (input, target, reduction), keys))
    return op_l1_loss.decomposition(input, target, reduction)


op_margin_ranking_loss = OPS['margin_ranking_loss']
table_margin_ranking_loss = op_margin_ranking_loss.table


def margin_ranking_loss(input1, input2, target, margin=0.0, reduction=1):
    """max(0, -y (x1 - x2) + margin).

    aten::margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=1) -> Tensor
    """
    try:
        keys = input1._k | input2._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_margin_ranking_loss, margin_ranking_loss, (input1, input2, target, margin, reduction))
    if keys & 4331608735776:
        return call(op_margin_ranking_loss, margin_ranking_loss, (input1, input2, target, margin, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        margin, reduction, = table_margin_ranking_loss[margin, reduction]
    except (KeyError, TypeError):
        return op_margin_ranking_loss.decomposition(*settled(op_margin_ranking_loss, (input1, input2, target, margin, reduction), keys))
    return op_margin_ranking_loss.decomposition(input1, input2, target, margin, reduction)


op_mse_loss = OPS['mse_loss']
table_mse_loss = op_mse_loss.table


def mse_loss(input, target, reduction=1):
    """(x - y)^2.

    aten::mse_loss(Tensor self, Tensor target, int reduction=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        dest, rec, dense, memo = table_mse_loss[keys]
        leaf, ok, reduction, = memo[input._a.shape, target._a.shape, reduction]
        arr = st.run(leaf, input._a, target._a, reduction, out=dest)
    except _MISS:
        return call(op_mse_loss, mse_loss, (input, target, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, reduction)


op_mse_loss_backward = OPS['mse_loss_backward']
table_mse_loss_backward = op_mse_loss_backward.table


def mse_loss_backward(grad_output, input, target, reduction):
    """2 (x - y) g.

    aten::mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | st.bits
        dest, rec, dense, memo = table_mse_loss_backward[keys]
        leaf, ok, reduction, = memo[grad_output._a.shape, input._a.shape, target._a.shape, reduction]
        arr = st.run(leaf, grad_output._a, input._a, target._a, reduction, out=dest)
    except _MISS:
        return call(op_mse_loss_backward, mse_loss_backward, (grad_output, input, target, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, reduction)


op_nll_loss = OPS['nll_loss']
table_nll_loss = op_nll_loss.table


def nll_loss(input, target, weight=None, reduction=1, ignore_index=-100):
    """Negative log likelihood of (N, C) or (C,).

    aten::nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_nll_loss, nll_loss, (input, target, weight, reduction, ignore_index))
    if keys & 4331608735776:
        return call(op_nll_loss, nll_loss, (input, target, weight, reduction, ignore_index))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, ignore_index, = table_nll_loss[reduction, ignore_index]
    except (KeyError, TypeError):
        return op_nll_loss.decomposition(*settled(op_nll_loss, (input, target, weight, reduction, ignore_index), keys))
    return op_nll_loss.decomposition(input, target, weight, reduction, ignore_index)


op_nll_loss2d = OPS['nll_loss2d']
table_nll_loss2d = op_nll_loss2d.table


def nll_loss2d(input, target, weight=None, reduction=1, ignore_index=-100):
    """Negative log likelihood of (N, C, H, W).

    aten::nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_nll_loss2d, nll_loss2d, (input, target, weight, reduction, ignore_index))
    if keys & 4331608735776:
        return call(op_nll_loss2d, nll_loss2d, (input, target, weight, reduction, ignore_index))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, ignore_index, = table_nll_loss2d[reduction, ignore_index]
    except (KeyError, TypeError):
        return op_nll_loss2d.decomposition(*settled(op_nll_loss2d, (input, target, weight, reduction, ignore_index), keys))
    return op_nll_loss2d.decomposition(input, target, weight, reduction, ignore_index)


op_nll_loss2d_backward = OPS['nll_loss2d_backward']
table_nll_loss2d_backward = op_nll_loss2d_backward.table


def nll_loss2d_backward(grad_output, input, target, weight, reduction, ignore_index, total_weight):
    """Gradient of nll_loss2d_forward.

    aten::nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index, Tensor total_weight) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | total_weight._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_nll_loss2d_backward[keys]
        leaf, ok, reduction, ignore_index, = memo[grad_output._a.shape, input._a.shape, target._a.shape, total_weight._a.shape, None if a_weight is None else a_weight.shape, reduction, ignore_index]
        arr = st.run(leaf, grad_output._a, input._a, target._a, a_weight, reduction, ignore_index, total_weight._a, out=dest)
    except _MISS:
        return call(op_nll_loss2d_backward, nll_loss2d_backward, (grad_output, input, target, weight, reduction, ignore_index, total_weight))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, weight, reduction, ignore_index, total_weight)


op_nll_loss2d_forward = OPS['nll_loss2d_forward']
table_nll_loss2d_forward = op_nll_loss2d_forward.table


def nll_loss2d_forward(input, target, weight, reduction, ignore_index):
    """nll_loss_forward of images.

    aten::nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_nll_loss2d_forward[keys]
        leaf, ok, reduction, ignore_index, = memo[input._a.shape, target._a.shape, None if a_weight is None else a_weight.shape, reduction, ignore_index]
        arr = st.run(leaf, input._a, target._a, a_weight, reduction, ignore_index, out=dest)
    except _MISS:
        return call(op_nll_loss2d_forward, nll_loss2d_forward, (input, target, weight, reduction, ignore_index))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, target, weight, reduction, ignore_index)


op_nll_loss_backward = OPS['nll_loss_backward']
table_nll_loss_backward = op_nll_loss_backward.table


def nll_loss_backward(grad_output, input, target, weight, reduction, ignore_index, total_weight):
    """Gradient of nll_loss_forward.

    aten::nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index, Tensor total_weight) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | total_weight._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_nll_loss_backward[keys]
        leaf, ok, reduction, ignore_index, = memo[grad_output._a.shape, input._a.shape, target._a.shape, total_weight._a.shape, None if a_weight is None else a_weight.shape, reduction, ignore_index]
        arr = st.run(leaf, grad_output._a, input._a, target._a, a_weight, reduction, ignore_index, total_weight._a, out=dest)
    except _MISS:
        return call(op_nll_loss_backward, nll_loss_backward, (grad_output, input, target, weight, reduction, ignore_index, total_weight))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, weight, reduction, ignore_index, total_weight)


op_nll_loss_forward = OPS['nll_loss_forward']
table_nll_loss_forward = op_nll_loss_forward.table


def nll_loss_forward(input, target, weight, reduction, ignore_index):
    """-x at the target class, and the weights that counted.

    aten::nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        a_weight = None
        if weight is not None:
            keys |= weight._k
            a_weight = weight._a
        dest, rec, dense, memo = table_nll_loss_forward[keys]
        leaf, ok, reduction, ignore_index, = memo[input._a.shape, target._a.shape, None if a_weight is None else a_weight.shape, reduction, ignore_index]
        arr = st.run(leaf, input._a, target._a, a_weight, reduction, ignore_index, out=dest)
    except _MISS:
        return call(op_nll_loss_forward, nll_loss_forward, (input, target, weight, reduction, ignore_index))
    made = wrap_all(arr, ok)
    return made if rec is None else rec(made, input, target, weight, reduction, ignore_index)


op_nll_loss_nd = OPS['nll_loss_nd']
table_nll_loss_nd = op_nll_loss_nd.table


def nll_loss_nd(input, target, weight=None, reduction=1, ignore_index=-100):
    """Negative log likelihood of any rank.

    aten::nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int ignore_index=-100) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
        if weight is not None:
            keys |= weight._k
    except AttributeError:
        return call(op_nll_loss_nd, nll_loss_nd, (input, target, weight, reduction, ignore_index))
    if keys & 4331608735776:
        return call(op_nll_loss_nd, nll_loss_nd, (input, target, weight, reduction, ignore_index))
    try:
        if keys & 4397174096120:
            raise KeyError
        reduction, ignore_index, = table_nll_loss_nd[reduction, ignore_index]
    except (KeyError, TypeError):
        return op_nll_loss_nd.decomposition(*settled(op_nll_loss_nd, (input, target, weight, reduction, ignore_index), keys))
    return op_nll_loss_nd.decomposition(input, target, weight, reduction, ignore_index)


op_poisson_nll_loss = OPS['poisson_nll_loss']
table_poisson_nll_loss = op_poisson_nll_loss.table


def poisson_nll_loss(input, target, log_input, full, eps, reduction):
    """exp(x) - y x, with Stirling's term where full.

    aten::poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor
    """
    try:
        keys = input._k | target._k | TL.st.bits
    except AttributeError:
        return call(op_poisson_nll_loss, poisson_nll_loss, (input, target, log_input, full, eps, reduction))
    if keys & 4331608735776:
        return call(op_poisson_nll_loss, poisson_nll_loss, (input, target, log_input, full, eps, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        log_input, full, eps, reduction, = table_poisson_nll_loss[log_input, full, eps, reduction]
    except (KeyError, TypeError):
        return op_poisson_nll_loss.decomposition(*settled(op_poisson_nll_loss, (input, target, log_input, full, eps, reduction), keys))
    return op_poisson_nll_loss.decomposition(input, target, log_input, full, eps, reduction)


op_smooth_l1_loss = OPS['smooth_l1_loss']
table_smooth_l1_loss = op_smooth_l1_loss.table


def smooth_l1_loss(input, target, reduction=1, beta=1.0):
    """|d| beyond beta, a parabola inside.

    aten::smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.0) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        dest, rec, dense, memo = table_smooth_l1_loss[keys]
        leaf, ok, reduction, beta, = memo[input._a.shape, target._a.shape, reduction, beta]
        arr = st.run(leaf, input._a, target._a, reduction, beta, out=dest)
    except _MISS:
        return call(op_smooth_l1_loss, smooth_l1_loss, (input, target, reduction, beta))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, reduction, beta)


op_smooth_l1_loss_backward = OPS['smooth_l1_loss_backward']
table_smooth_l1_loss_backward = op_smooth_l1_loss_backward.table


def smooth_l1_loss_backward(grad_output, input, target, reduction, beta):
    """Gradient of smooth_l1_loss.

    aten::smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | st.bits
        dest, rec, dense, memo = table_smooth_l1_loss_backward[keys]
        leaf, ok, reduction, beta, = memo[grad_output._a.shape, input._a.shape, target._a.shape, reduction, beta]
        arr = st.run(leaf, grad_output._a, input._a, target._a, reduction, beta, out=dest)
    except _MISS:
        return call(op_smooth_l1_loss_backward, smooth_l1_loss_backward, (grad_output, input, target, reduction, beta))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, reduction, beta)


op_soft_margin_loss = OPS['soft_margin_loss']
table_soft_margin_loss = op_soft_margin_loss.table


def soft_margin_loss(input, target, reduction=1):
    """log(1 + exp(-y x)).

    aten::soft_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor
    """
    try:
        st = TL.st
        keys = input._k | target._k | st.bits
        dest, rec, dense, memo = table_soft_margin_loss[keys]
        leaf, ok, reduction, = memo[input._a.shape, target._a.shape, reduction]
        arr = st.run(leaf, input._a, target._a, reduction, out=dest)
    except _MISS:
        return call(op_soft_margin_loss, soft_margin_loss, (input, target, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, input, target, reduction)


op_soft_margin_loss_backward = OPS['soft_margin_loss_backward']
table_soft_margin_loss_backward = op_soft_margin_loss_backward.table


def soft_margin_loss_backward(grad_output, input, target, reduction):
    """Gradient of soft_margin_loss.

    aten::soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor
    """
    try:
        st = TL.st
        keys = grad_output._k | input._k | target._k | st.bits
        dest, rec, dense, memo = table_soft_margin_loss_backward[keys]
        leaf, ok, reduction, = memo[grad_output._a.shape, input._a.shape, target._a.shape, reduction]
        arr = st.run(leaf, grad_output._a, input._a, target._a, reduction, out=dest)
    except _MISS:
        return call(op_soft_margin_loss_backward, soft_margin_loss_backward, (grad_output, input, target, reduction))
    if keys & 4 and not arr.flags.c_contiguous:
        arr = dense(arr)
    made = new(Tensor)
    made._a = arr
    made._k = ok
    made._ver = made._grad = made._base = made._storage = made._node = None
    return made if rec is None else rec(made, grad_output, input, target, reduction)


op_triplet_margin_loss = OPS['triplet_margin_loss']
table_triplet_margin_loss = op_triplet_margin_loss.table


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2.0, eps=1e-06, swap=False, reduction=1):
    """max(0, d(a, p) - d(a, n) + margin).

    aten::triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2.0, float eps=1e-06, bool swap=False, int reduction=1) -> Tensor
    """
    try:
        keys = anchor._k | positive._k | negative._k | TL.st.bits
    except AttributeError:
        return call(op_triplet_margin_loss, triplet_margin_loss, (anchor, positive, negative, margin, p, eps, swap, reduction))
    if keys & 4331608735776:
        return call(op_triplet_margin_loss, triplet_margin_loss, (anchor, positive, negative, margin, p, eps, swap, reduction))
    try:
        if keys & 4397174096120:
            raise KeyError
        margin, p, eps, swap, reduction, = table_triplet_margin_loss[margin, p, eps, swap, reduction]
    except (KeyError, TypeError):
        return op_triplet_margin_loss.decomposition(*settled(op_triplet_margin_loss, (anchor, positive, negative, margin, p, eps, swap, reduction), keys))
    return op_triplet_margin_loss.decomposition(anchor, positive, negative, margin, p, eps, swap, reduction)
