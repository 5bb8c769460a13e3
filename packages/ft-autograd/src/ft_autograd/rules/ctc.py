"""Derivative of connectionist temporal classification, from the forward variables the op saved."""

from ft_dispatch import surface as torch

from ..rule import vjp


@vjp("_ctc_loss.Tensor", wrt="log_probs")
def ctc_loss_tensor_log_probs(g, log_probs, targets, input_lengths, target_lengths, result0, result1, blank, zero_infinity):
    return torch.raw._ctc_loss_backward_Tensor(
        g, log_probs, targets, input_lengths, target_lengths, result0, result1, blank, zero_infinity
    )


@vjp("_ctc_loss", wrt="log_probs")
def ctc_loss_log_probs(g, log_probs, targets, input_lengths, target_lengths, result0, result1, blank, zero_infinity):
    return torch.raw._ctc_loss_backward(
        g, log_probs, targets, input_lengths, target_lengths, result0, result1, blank, zero_infinity
    )
