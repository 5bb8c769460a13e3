"""torch.utils.hooks: the handle that every `register_..._hook` returns."""

from ft_autograd.node import RemovableHandle

__all__ = ["RemovableHandle"]
