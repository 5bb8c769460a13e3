"""Which accelerator there is, and device arguments as indices: what every function of this package asks first."""

from __future__ import annotations

from typing import Any

from ft_core.backend import backend_for
from ft_dispatch import surface as torch


def accelerator() -> Any | None:
    """The backend of the accelerator; None where there is none that can be used."""
    try:
        backend = backend_for("cuda")
        return backend if backend.device_count() > 0 else None
    except (AssertionError, RuntimeError):
        return None


def all_indices() -> list[int]:
    """The indices of all accelerators."""
    found = accelerator()
    return list(range(found.device_count())) if found is not None else []


def index_of(device: Any, optional: bool = False, allow_cpu: bool = False) -> int:
    """The index that ``device`` (an index, a string or a torch.device) means; -1 is the CPU where ``allow_cpu``.

    Raises ``ValueError`` for a CPU device where none is allowed and for None where a device must be given,
    ``RuntimeError`` where there is no accelerator to have a current device.
    """
    if isinstance(device, str):
        device = torch.device(device)
    if isinstance(device, int):
        return device
    if device is None or (device.index is None and device.type != "cpu"):
        if device is None and not optional:
            raise ValueError(f"Expected a torch.device with a specified index or an integer, but got:{device}")
        if accelerator() is None:
            raise RuntimeError("Cannot access accelerator device when none is available.")
        return 0
    if device.type == "cpu":
        if not allow_cpu:
            raise ValueError(f"Expected a non cpu device, but got: {device}")
        return -1
    return device.index


def place(index: int) -> Any:
    """The device of an index; -1 is the CPU."""
    return torch.device("cpu") if index == -1 else torch.device("cuda", index)
