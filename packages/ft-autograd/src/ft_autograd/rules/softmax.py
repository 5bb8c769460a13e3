"""Derivatives of softmax and log_softmax, forward and second order; torch's named backward ops do the work."""

from ft_dispatch import surface as torch

from ..rule import real_only, vjp

real_only("_softmax_backward_data _log_softmax_backward_data")


@vjp("_softmax", wrt="self")
def softmax_self(g, result, dim, self_dtype):
    return torch.raw._softmax_backward_data(g, result, dim, self_dtype)


@vjp("_log_softmax", wrt="self")
def log_softmax_self(g, result, dim, self_dtype):
    return torch.raw._log_softmax_backward_data(g, result, dim, self_dtype)


@vjp("_softmax_backward_data", wrt="grad_output output")
def softmax_backward_vjp(g, grad_output, output, dim, needs):
    to_grad = torch.raw._softmax_backward_data(g, output, dim, grad_output.dtype) if needs[0] else None
    if not needs[1]:
        return to_grad, None
    inner = (grad_output * output).sum(dim, keepdim=True)
    return to_grad, g * (grad_output - inner) - grad_output * (g * output).sum(dim, keepdim=True)


@vjp("_log_softmax_backward_data", wrt="grad_output output")
def log_softmax_backward_vjp(g, grad_output, output, dim, needs):
    p = output.exp()
    to_grad = g - (g * p).sum(dim, keepdim=True) if needs[0] else None
    return to_grad, -(g * p * grad_output.sum(dim, keepdim=True)) if needs[1] else None
