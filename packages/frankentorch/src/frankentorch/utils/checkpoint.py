"""torch.utils.checkpoint: both variants, sequences, and selective checkpointing, under torch's name. The work is in ft_autograd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ft_autograd.checkpoint import (
    CheckpointError,
    CheckpointFunction,
    GraphExecGroup,
    check_backward_validity,
    checkpoint,
    checkpoint_sequential,
    noop_context_fn,
    set_checkpoint_debug_enabled,
    set_checkpoint_early_stop,
)
from ft_autograd.selective import (
    SAC_IGNORED_OPS,
    CheckpointPolicy,
    SelectiveCheckpointContext,
    create_selective_checkpoint_contexts,
)
from ft_core import Tensor

__all__ = [
    "SAC_IGNORED_OPS",
    "CheckpointError",
    "CheckpointFunction",
    "CheckpointPolicy",
    "DefaultDeviceType",
    "GraphExecGroup",
    "SelectiveCheckpointContext",
    "check_backward_validity",
    "checkpoint",
    "checkpoint_sequential",
    "create_selective_checkpoint_contexts",
    "detach_variable",
    "get_device_states",
    "noop_context_fn",
    "set_checkpoint_debug_enabled",
    "set_checkpoint_early_stop",
    "set_device_states",
]


def detach_variable(inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The inputs as leaves of their own that require grad where the given ones do. RuntimeError unless given a tuple."""
    if not isinstance(inputs, tuple):
        raise RuntimeError(f"Only tuple of tensors is supported. Got Unsupported input type: {type(inputs).__name__}")
    return tuple([t.detach().requires_grad_(t.requires_grad) if isinstance(t, Tensor) else t for t in inputs])


class DefaultDeviceType:
    """Which device's random stream torch restores where no argument says so. Here every draw is made by the host's generator, whose
    state checkpointing keeps: the answer is noted and changes nothing.
    """

    _default_device_type: str | None = None

    @staticmethod
    def set_device_type(device: str = "cuda") -> None:
        """Note a device type."""
        DefaultDeviceType._default_device_type = device

    @staticmethod
    def get_device_type() -> str:
        """The one noted, else that of the accelerator, else "cpu"."""
        if DefaultDeviceType._default_device_type is None:
            from frankentorch.accelerator import current_accelerator  # it loads backends

            found = current_accelerator(True)
            DefaultDeviceType._default_device_type = "cpu" if found is None else found.type
        return DefaultDeviceType._default_device_type


def get_device_states(*args: Any) -> tuple[list[int], list[Tensor]]:
    """([], []): the devices on which arguments lie, and their random states. None has a stream of its own here."""
    return [], []


def set_device_states(devices: Sequence[int], states: Sequence[Tensor], *, device_type: str | None = None) -> None:
    """Undo what `get_device_states` told. RuntimeError for states of a device, which come from elsewhere."""
    if len(states) > 0:
        raise RuntimeError(
            f"set_device_states: expected no states, since no device has a random stream of its own here; got {len(states)}; restore the "
            "host's with torch.set_rng_state"
        )
