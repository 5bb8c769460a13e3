"""torch.autograd.grad_mode: the grad modes under torch's module name. They live in ft_dispatch: they are bits of the thread's state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from ft_core.state import TL
from ft_dispatch.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled

from .arrival import ENFORCED

_F = TypeVar("_F", bound=Callable[..., Any])

_MULTITHREADED = "multithreaded_backward"


class set_multithreading_enabled:
    """A context, or at once a function, that records whether backward may use several threads.

    Backward runs on the calling thread either way, in one fixed order: the setting is kept for programs that read it back.
    """

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.prev = TL.st.data.get(_MULTITHREADED, True)
        TL.st.data[_MULTITHREADED] = mode

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc: object) -> None:
        TL.st.data[_MULTITHREADED] = self.prev

    def clone(self) -> set_multithreading_enabled:
        """Another one of the same mode."""
        return set_multithreading_enabled(self.mode)


class enforce_grad_layout_policy:
    """Whether a leaf's first gradient gets the leaf's strides (True, the default) or may keep those it has where nobody else holds it.

    At once as a function, until the end of a `with` block as a context, for each call as a decorator. Leaves that are dense give their
    strides; for others gradients are row-major. Source: torch.autograd.enforce_grad_layout_policy.
    """

    def __init__(self, enable: bool = True) -> None:
        self.mode = enable
        self.prev = TL.st.data.get(ENFORCED, True)
        TL.st.data[ENFORCED] = enable

    def __call__(self, function: _F) -> _F:
        TL.st.data[ENFORCED] = self.prev

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self.clone():
                return function(*args, **kwargs)

        return cast(_F, wrapped)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc: object) -> None:
        TL.st.data[ENFORCED] = self.prev

    def clone(self) -> enforce_grad_layout_policy:
        """Another one of the same mode."""
        return enforce_grad_layout_policy(self.mode)


def is_multithreading_enabled() -> bool:
    """What `set_multithreading_enabled` was told last on this thread."""
    return bool(TL.st.data.get(_MULTITHREADED, True))


__all__ = [
    "enable_grad",
    "enforce_grad_layout_policy",
    "inference_mode",
    "no_grad",
    "set_grad_enabled",
    "set_multithreading_enabled",
]
