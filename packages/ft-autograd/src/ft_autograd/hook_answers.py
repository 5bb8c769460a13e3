"""What hooks answer: the gradient they put in another's place, checked for what torch demands of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ft_core import Tensor


def tensor_hooks(hooks: dict[int, Any] | None, grad: Any) -> Any:
    """A gradient after a tensor's hooks, each of which may replace it."""
    if not hooks or grad is None:
        return grad
    for hook in list(hooks.values()):
        replaced = hook(grad)
        if replaced is not None:
            grad = checked(hook, grad, replaced)
    return grad


def all_checked(hook: Any, grads: Sequence[Any], replaced: Any) -> tuple[Any, ...]:
    """What a node's hook gives for its gradients: a tuple of as many, each one checked. TypeError or RuntimeError for anything else."""
    if not isinstance(replaced, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type(replaced).__name__}'")
    if len(replaced) != len(grads):
        name = getattr(hook, "__name__", "<unknown>")
        raise RuntimeError(
            f"hook '{name}' has returned an incorrect number of values (got {len(replaced)}, but expected {len(grads)})"
        )
    return tuple(
        [new if isinstance(old, (tuple, list)) else checked(hook, old, new) for old, new in zip(grads, replaced, strict=True)]
    )


def checked(hook: Any, grad: Any, replaced: Any) -> Any:
    """What a hook gives for a gradient. TypeError for what is no tensor, RuntimeError where type or size changed (torch's checks)."""
    name = getattr(hook, "__name__", "<unknown>")
    if replaced is None:
        return None
    if grad is None:
        raise RuntimeError("can't replace a None gradient with a non-None value")
    if not isinstance(replaced, Tensor):
        raise TypeError(f"expected Variable, but hook returned '{type(replaced).__name__}'")
    if replaced.dtype is not grad.dtype:
        raise RuntimeError(f"hook '{name}' has changed the type of value (was {grad.type()} got {replaced.type()})")
    if tuple(replaced.shape) != tuple(grad.shape):
        raise RuntimeError(f"hook '{name}' has changed the size of value")
    return replaced
