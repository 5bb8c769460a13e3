"""torch.random: the default generator, its seed and its state."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from ft_core import Generator, Tensor
from ft_core.backend import BACKENDS
from ft_core.generator import default_generator
from ft_dispatch.host import from_numpy

__all__ = ["default_generator", "fork_rng", "get_rng_state", "initial_seed", "manual_seed", "seed", "set_rng_state"]


def manual_seed(seed: int) -> Generator:
    """Start the stream of `seed` on every device and return the CPU's generator. ValueError outside -2**63 … 2**64 - 1."""
    default_generator.manual_seed(int(seed))
    for backend in BACKENDS.values():
        if backend.device_type not in ("cpu", "meta") and hasattr(backend, "manual_seed") and backend.unavailable_reason() is None:
            backend.manual_seed(int(seed))
    return default_generator


def seed() -> int:
    """Seed from the operating system's entropy; returns the seed."""
    number = default_generator.seed()
    manual_seed(number)
    return number


def initial_seed() -> int:
    """The seed of the default generator."""
    return default_generator.initial_seed()


def get_rng_state() -> Tensor:
    """The place in the default stream: a uint8 tensor, byte for byte torch's."""
    return from_numpy(default_generator.get_state_bytes())


def set_rng_state(new_state: Tensor) -> None:
    """Go to the place that `get_rng_state` (or torch) saved. TypeError unless it is a uint8 tensor."""
    if not isinstance(new_state, Tensor):
        raise TypeError(f"expected a torch.ByteTensor, but got {type(new_state).__name__}")
    default_generator.set_state_bytes(new_state.detach().cpu().numpy())


@contextlib.contextmanager
def fork_rng(devices: Any = None, enabled: bool = True, **unused: Any) -> Iterator[None]:
    """Inside the block the default stream runs on; after it, it is where it was before."""
    if not enabled:
        yield
        return
    before = get_rng_state()
    try:
        yield
    finally:
        set_rng_state(before)
