"""torch.cuda.streams: queues of work on a device and markers in them, which are the backend's own.

Source: https://docs.pytorch.org/docs/stable/cuda.html#streams-and-events
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from . import _device as _questions

__all__ = ["Event", "ExternalStream", "Stream", "StreamContext", "current_stream", "default_stream", "set_stream", "stream"]


class Event:
    """A marker in a stream. RuntimeError where there is no CUDA.

    enable_timing: whether `elapsed_time` (milliseconds) can be asked. `blocking` and `interprocess` are accepted.
    """

    def __init__(
        self, enable_timing: bool = False, blocking: bool = False, interprocess: bool = False, external: bool = False
    ) -> None:
        if not _questions.is_available():
            raise RuntimeError("Tried to instantiate dummy base class Event")
        self.event = _questions.backend().event(enable_timing)

    def record(self, stream: Stream | None = None) -> None:
        """Put the marker at the end of a stream, the current one if None."""
        self.event.record(None if stream is None else stream.stream)

    def synchronize(self) -> None:
        """Wait until what was queued before the marker is done."""
        self.event.synchronize()

    def query(self) -> bool:
        """Whether that is done."""
        return bool(self.event.done)

    def elapsed_time(self, end_event: Event) -> float:
        """Milliseconds from this marker to another."""
        end_event.synchronize()
        return float(_questions.library().get_elapsed_time(self.event, end_event.event))

    def wait(self, stream: Stream | None = None) -> None:
        """Let a stream wait for the marker."""
        (stream or current_stream()).wait_event(self)


class Stream:
    """A queue of work on a device. RuntimeError where there is no CUDA. `priority`: lower numbers come first."""

    def __init__(self, device: Any = None, priority: int = 0, **kwargs: Any) -> None:
        if not _questions.is_available():
            raise RuntimeError("torch.cuda.Stream requires CUDA support")
        with _questions.device(device):
            self.stream = kwargs.get("handle") or _questions.backend().stream(priority)

    @property
    def cuda_stream(self) -> int:
        """The driver's handle."""
        return int(self.stream.ptr)

    def synchronize(self) -> None:
        """Wait until the queue is empty."""
        self.stream.synchronize()

    def query(self) -> bool:
        """Whether it is empty."""
        return bool(self.stream.done)

    def record_event(self, event: Event | None = None) -> Event:
        """A marker at the end of the queue."""
        event = Event() if event is None else event
        event.record(self)
        return event

    def wait_event(self, event: Event) -> None:
        """Let what is queued from now on wait for a marker."""
        self.stream.wait_event(event.event)

    def wait_stream(self, stream: Stream) -> None:
        """Let what is queued from now on wait for what is in another queue now."""
        self.wait_event(stream.record_event())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stream) and self.cuda_stream == other.cuda_stream

    def __hash__(self) -> int:
        return hash(self.cuda_stream)


class ExternalStream(Stream):
    """A queue that another library made, by its handle (an integer)."""

    def __init__(self, stream_ptr: int, device: Any = None) -> None:
        if not _questions.is_available():
            raise RuntimeError("torch.cuda.Stream requires CUDA support")
        super().__init__(device, handle=_questions.library().ExternalStream(stream_ptr))


class StreamContext:
    """Context in which work goes to `stream`; None, or no CUDA, changes nothing."""

    def __init__(self, stream: Stream | None) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        if self.stream is not None:
            self.stream.stream.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.stream is not None:
            self.stream.stream.__exit__(kind, error, trace)


def stream(stream: Stream | None) -> StreamContext:
    """Context in which work goes to `stream`."""
    return StreamContext(stream)


def current_stream(device: Any = None) -> Stream:
    """The queue that work goes to now. AssertionError without CUDA."""
    return Stream(handle=_questions.library().get_current_stream())


def default_stream(device: Any = None) -> Stream:
    """The queue that every thread starts with. AssertionError without CUDA."""
    return Stream(handle=_questions.library().Stream.null)


def set_stream(stream: Stream | None) -> None:
    """Let work go to `stream` from now on; None changes nothing."""
    if stream is not None:
        stream.stream.use()
