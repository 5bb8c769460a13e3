"""torch.autograd.grad_mode: the grad modes, which live in ft_dispatch because they are bits of the thread's state and optimizers need them."""

from ft_dispatch.grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)

__all__ = ["enable_grad", "inference_mode", "is_grad_enabled", "is_inference_mode_enabled", "no_grad", "set_grad_enabled"]
