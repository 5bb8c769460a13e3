"""torch.autograd.grad_mode: the grad modes under torch's module name. They live in ft_dispatch: they are bits of the thread's state."""

from __future__ import annotations

from ft_core.state import TL
from ft_dispatch.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled

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


def is_multithreading_enabled() -> bool:
    """What `set_multithreading_enabled` was told last on this thread."""
    return bool(TL.st.data.get(_MULTITHREADED, True))


__all__ = ["enable_grad", "inference_mode", "no_grad", "set_grad_enabled", "set_multithreading_enabled"]
