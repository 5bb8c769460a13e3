"""Connectionist temporal classification: the private op with its saved forward variables, and the public composite."""

from ft_core import Tensor
from ft_core.keys import LEVEL

from ..host import tensor
from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import binding
from .reduction import scalar_type

_HEAD = "Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths"
_ctc_loss = op(
    f"_ctc_loss({_HEAD}, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)",
    "Negative log likelihood of each sequence, and log alpha.",
    kind=OPAQUE,
    variants="function",
)
_ctc_loss_backward = op(
    "_ctc_loss_backward(Tensor grad, Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, "
    "Tensor neg_log_likelihood, Tensor log_alpha, int blank, bool zero_infinity=False) -> Tensor",
    "Gradient of _ctc_loss.",
    kind=OPAQUE,
    variants="",
)
_TENSORS = "Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths"
_ctc_loss_tensor = op(
    f"_ctc_loss.Tensor({_TENSORS}, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)",
    "_ctc_loss with lengths that are tensors; log alpha is as wide as `targets` allow.",
    kind=OPAQUE,
    variants="",
)
_ctc_loss_backward_tensor = op(
    "_ctc_loss_backward.Tensor(Tensor grad, Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, "
    "Tensor neg_log_likelihood, Tensor log_alpha, int blank, bool zero_infinity=False) -> Tensor",
    "Gradient of _ctc_loss.Tensor.",
    kind=OPAQUE,
    variants="",
)
ctc_loss = op(
    f"ctc_loss.IntList({_HEAD}, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor",
    "Connectionist temporal classification loss of (T, N, C) or (T, C) log probabilities.",
    kind=COMPOSITE,
    variants="",
)


@_ctc_loss.meta
def _(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity):
    steps, n, _ = _sizes(log_probs, len(input_lengths), len(target_lengths), blank)
    for length in input_lengths:
        if not 0 <= length <= steps:
            raise RuntimeError(
                f"Expected input_lengths to have value at most {steps}, but got value {length} (while checking "
                f"arguments for ctc_loss_allocate_outputs)"
            )
    longest = max(target_lengths, default=0)
    held = targets.shape[0] if targets.ndim == 1 else targets.shape[1]
    needed = sum(target_lengths) if targets.ndim == 1 else longest
    if held < needed:
        raise RuntimeError(
            f"ctc_loss: expected targets for lengths {list(target_lengths)}; got targets of shape {list(targets.shape)}"
        )
    return [((n,), log_probs.dtype), ((n, steps, 2 * longest + 1), log_probs.dtype)]


@_ctc_loss_tensor.meta
def _(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity):
    steps, n, _ = _sizes(log_probs, input_lengths.numel(), target_lengths.numel(), blank)
    return [((n,), log_probs.dtype), ((n, steps, 2 * targets.shape[-1] + 1), log_probs.dtype)]


def _sizes(log_probs, input_lengths, target_lengths, blank):
    """(frames, sequences, classes); RuntimeError where the number of lengths or the blank does not go with them."""
    _, n, classes = log_probs.shape
    if not 0 <= blank < classes:
        raise RuntimeError("blank must be in label range")
    if input_lengths != n:
        raise RuntimeError("input_lengths must be of size batch_size")
    if target_lengths != n:
        raise RuntimeError("target_lengths must be of size batch_size")
    if log_probs.dtype.category != 2:
        raise NotImplementedError(f"\"ctc_loss_cpu\" not implemented for '{scalar_type(log_probs.dtype)}'")
    return tuple(log_probs.shape)


@_ctc_loss_backward.meta
def _(grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity):
    return [(tuple(log_probs.shape), log_probs.dtype)]


@_ctc_loss_backward_tensor.meta
def _(grad, log_probs, targets, input_lengths, target_lengths, neg_log_likelihood, log_alpha, blank, zero_infinity):
    return [(tuple(log_probs.shape), log_probs.dtype)]


@ctc_loss.decompose
def _(log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity):
    return _loss(_ctc_loss, log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity)


def _loss(each, log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity):
    """The reduced loss; `each` gives that of every sequence, from lengths that are lists or tensors."""
    batched = log_probs.ndim == 3
    x = log_probs if batched else log_probs.unsqueeze(1)
    labels = targets if batched or targets.ndim > 1 else targets.unsqueeze(0)
    losses = each(x, labels, input_lengths, target_lengths, blank, zero_infinity)[0]
    if zero_infinity:
        losses = losses.masked_fill(losses == float("inf"), 0)
    if reduction == 1:
        tensors = isinstance(target_lengths, Tensor)
        lengths = target_lengths.clamp(min=1).to(x.dtype) if tensors else x.new_tensor([max(1, n) for n in target_lengths])
        return (losses / lengths).mean()
    if reduction == 2:
        return losses.sum()
    return losses if batched else losses.squeeze(0)


@binding("ctc_loss", method=False)
def ctc_loss_(log_probs, targets, input_lengths, target_lengths, blank=0, reduction=0, zero_infinity=False):
    """Lengths may be tensors or sequences of ints; `reduction` is torch's number: 0 none, 1 mean over target lengths, 2 sum.

    The default is what torch.ctc_loss does, not what its schema says.
    """
    if any(isinstance(v, Tensor) and v._k & LEVEL for v in (input_lengths, target_lengths)):
        lengths = [v.reshape(-1) if isinstance(v, Tensor) else tensor(list(v)) for v in (input_lengths, target_lengths)]
        return _loss(_ctc_loss_tensor, log_probs, targets, *lengths, blank, reduction, zero_infinity)
    frames, labels = (
        ([int(n) for n in v.tolist()] if v.ndim else [int(v)]) if isinstance(v, Tensor) else v
        for v in (input_lengths, target_lengths)
    )
    return ctc_loss.wrapper(log_probs, targets, frames, labels, blank, reduction, zero_infinity)
