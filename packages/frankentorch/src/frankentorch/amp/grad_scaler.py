"""torch.amp.grad_scaler: the gradient scaler, of ft_optim."""

from ft_optim.grad_scaler import GradScaler, OptState

__all__ = ["GradScaler", "OptState"]
