"""torch.cuda.random: seeds and states of the devices' generators.

Without CUDA, seeds are accepted and there are no states, as in torch's CPU builds. On a device the seed is the backend's to take; its
states cannot be read yet, and asking says so. Source: https://docs.pytorch.org/docs/stable/cuda.html#random-number-generator
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ft_core import Tensor

from . import _device as _questions

__all__ = [
    "get_rng_state",
    "get_rng_state_all",
    "initial_seed",
    "manual_seed",
    "manual_seed_all",
    "seed",
    "seed_all",
    "set_rng_state",
    "set_rng_state_all",
]


def manual_seed(seed: int) -> None:
    """Seed the current device's generator; nothing where CUDA is not used."""
    if _questions.is_available() and hasattr(_questions.backend(), "manual_seed"):
        _questions.backend().manual_seed(int(seed))  # type: ignore[attr-defined]


def manual_seed_all(seed: int) -> None:
    """Seed every device's generator; nothing where CUDA is not used."""
    manual_seed(seed)


def seed() -> None:
    """Seed the current device's generator from the operating system's entropy."""
    import secrets

    manual_seed(secrets.randbits(53))


def seed_all() -> None:
    """See `seed`."""
    seed()


def _no_state(name: str) -> NotImplementedError:
    _questions.backend()  # torch's AssertionError without CUDA
    return NotImplementedError(f"torch.cuda.{name}: the state of a device's generator cannot be read or set yet; seed it instead")


def get_rng_state(device: Any = "cuda") -> Tensor:
    """A device's place in its stream. AssertionError without CUDA, NotImplementedError with it."""
    raise _no_state("get_rng_state")


def get_rng_state_all() -> list[Tensor]:
    """The places of all devices: none without CUDA."""
    return [get_rng_state(index) for index in range(_questions.device_count())]


def set_rng_state(new_state: Tensor, device: Any = "cuda") -> None:
    """Go to a place in a device's stream; nothing without CUDA."""
    if _questions.is_available():
        raise _no_state("set_rng_state")


def set_rng_state_all(new_states: Iterable[Tensor]) -> None:
    """See `set_rng_state`."""
    for index, state in enumerate(new_states):
        set_rng_state(state, index)


def initial_seed() -> int:
    """The seed of the current device's generator. AssertionError without CUDA."""
    raise _no_state("initial_seed")
