"""The namespace of a device type that no package of this checkout serves: `torch.xpu`, `torch.mps`, `torch.mtia`.

The questions are answered by the backend of that type where a plugin brings one, and by "no", 0 and nothing where none does, as in a
torch built without it. Seeds are accepted, since programs seed whatever there may be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core.backend import Backend, backend_for

QUESTIONS = ("current_device", "device_count", "empty_cache", "is_available", "is_initialized", "set_device", "synchronize")
SEEDS = ("manual_seed", "manual_seed_all", "seed", "seed_all")


def questions(kind: str) -> dict[str, Callable[..., Any]]:
    """The functions of a device type by name; what needs a device raises as `torch.ones(1, device=kind)` does without one."""

    def backend() -> Backend:
        return backend_for(kind)

    def is_available() -> bool:
        """Whether tensors can be made on this device type."""
        try:
            return backend().device_count() > 0
        except (AssertionError, RuntimeError):
            return False

    def device_count() -> int:
        """How many usable devices there are."""
        return backend().device_count() if is_available() else 0

    def is_initialized() -> bool:
        """Whether tensors can be made; nothing needs to be initialized by hand."""
        return is_available()

    def current_device() -> int:
        """Index of the device that the bare type means. Raises where there is none."""
        return backend().current_device()

    def set_device(device: int) -> None:
        """Let the bare type mean the device of this index. Raises where there is none."""
        backend().set_device(device)

    def synchronize(device: Any = None) -> None:
        """Wait for all work queued. Raises where there is no device."""
        backend().synchronize(None)

    def empty_cache() -> None:
        """Give cached memory back; nothing where there is no device."""
        if is_available():
            backend().free()

    def manual_seed(seed: int) -> None:
        """Seed the generator of the device; nothing where there is none."""
        if is_available() and hasattr(backend(), "manual_seed"):
            backend().manual_seed(int(seed))  # type: ignore[attr-defined]

    def seed() -> None:
        """Seed from the operating system's entropy."""
        import secrets

        manual_seed(secrets.randbits(53))

    local = dict(locals(), manual_seed_all=manual_seed, seed_all=seed)
    return {name: local[name] for name in (*QUESTIONS, *SEEDS)}
