"""torch.utils.hooks: the handle that every `register_..._hook` returns, module backward hooks, hooks and serialization."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from ft_autograd.hooks import hooks_of
from ft_core import Tensor
from ft_core.handle import RemovableHandle
from ft_nn.calling import BackwardHook

__all__ = ["BackwardHook", "RemovableHandle", "unserializable_hook", "warn_if_has_hooks"]

_F = TypeVar("_F", bound=Callable[..., Any])


def unserializable_hook(f: _F) -> _F:
    """Mark a hook as one that need not be saved with its tensor: `warn_if_has_hooks` does not mention it."""
    f.__torch_unserializable__ = True  # type: ignore[attr-defined]
    return f


def warn_if_has_hooks(tensor: Tensor) -> None:
    """Warn of each hook of a tensor that is not marked by `unserializable_hook`: what is saved of a tensor has no hooks."""
    for hook in hooks_of(tensor):
        if not hasattr(hook, "__torch_unserializable__"):
            warnings.warn(
                f"backward hook {hook!r} on tensor will not be serialized.  If this is expected, you can decorate the function with "
                "@torch.utils.hooks.unserializable_hook to suppress this warning",
                stacklevel=2,
            )
