"""torch.cpu: the questions programs ask of any device type, answered for the CPU."""

from __future__ import annotations

from typing import Any

from . import amp

__all__ = [
    "Stream", "StreamContext", "amp", "current_device", "current_stream", "device_count", "is_available", "is_initialized", "set_device",
    "stream", "synchronize",
]  # fmt: skip


class Stream:
    """The queue of work of the CPU: calls are done when they return. For programs written for any device type."""

    def __init__(self, priority: int = -1) -> None:
        pass

    def wait_stream(self, stream: Stream) -> None:
        """Nothing to wait for."""

    def synchronize(self) -> None:
        """Nothing to wait for."""


class StreamContext:
    """A block in which work goes to a stream: there is one road."""

    def __init__(self, stream: Stream | None) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        pass


_stream = Stream()


def stream(stream: Stream | None) -> StreamContext:
    """A block in which work goes to `stream`."""
    return StreamContext(stream)


def current_stream(device: Any = None) -> Stream:
    """The queue that work goes to."""
    return _stream


def is_available() -> bool:
    """Whether there is a CPU: yes."""
    return True


def is_initialized() -> bool:
    """Whether it is ready: yes."""
    return True


def device_count() -> int:
    """How many there are: all cores are one device."""
    return 1


def current_device() -> str:
    """The current device: "cpu"."""
    return "cpu"


def set_device(device: Any) -> None:
    """Nothing to choose from."""


def synchronize(device: Any = None) -> None:
    """Nothing to wait for: calls return when they are done."""
