"""How a batch gets from a worker process to the loader: a pickle through a pipe, and everything large in shared memory.

A worker owns a few shared memory segments and writes its batches into them in turn. The loader maps a segment when it first hears of
it and removes its name at once, so that nothing is left behind however the processes end; tensors and arrays of the batch then look
into the segment without a copy. When the last of them is gone the segment goes back to the worker, along with the next task: in a
training loop the same few segments serve all batches, and no page of memory is asked of the system twice.
"""

from __future__ import annotations

import io
import os
import pickle
import weakref
from collections import deque
from collections.abc import Iterable
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from multiprocessing.shared_memory import SharedMemory
from typing import Any, NamedTuple

import numpy as np

from ft_core import Tensor, UntypedStorage
from ft_core.storage import storage_from_bytes

__all__ = ["Receiver", "Sender"]

INLINE = 8192
"""Bytes up to which a batch travels through the pipe alone: below, a segment costs more than copying."""

ALIGNMENT = 64
GRAIN = 1 << 16
"""Segments are multiples of this size, so that batches of nearly one size find each other's segments large enough."""

MOST_SEGMENTS = 16
"""How many segments of one worker a program may keep from it; beyond, batches are copied out. Each holds file descriptors."""


# ---- packing -----------------------------------------------------------------------------------------------------------------


class _Packer(ForkingPickler):
    """Leaves the memory of tensors and arrays out of the pickle, in `buffers`."""

    def __init__(self, file: io.BytesIO, buffers: list[pickle.PickleBuffer]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL, True, buffers.append)

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, UntypedStorage) and obj.device.type == "cpu":
            return _storage, (pickle.PickleBuffer(obj.bytes().data),)
        if isinstance(obj, Tensor):
            if obj.requires_grad and not obj.is_leaf:
                raise RuntimeError(
                    "Cowardly refusing to serialize non-leaf tensor which requires_grad, since autograd does not support crossing "
                    "process boundaries.  If you just want to transfer the data, call detach() on the tensor before serializing "
                    "(e.g., putting it on the queue)."
                )
            plain = type(obj) is Tensor and not obj.__dict__ and obj.device.type == "cpu"
            if plain and obj.untyped_storage().nbytes() > obj.nbytes:
                own = obj.detach().clone()  # a row of a dataset must not drag the dataset along
                return own.requires_grad_(obj.requires_grad).__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        return NotImplemented


def _storage(buffer: Any) -> UntypedStorage:
    return storage_from_bytes(np.frombuffer(buffer, np.uint8))


def _pack(data: Any) -> tuple[bytes, list[memoryview]]:
    file, buffers = io.BytesIO(), []  # type: ignore[var-annotated]
    _Packer(file, buffers).dump(data)
    return file.getvalue(), [buffer.raw() for buffer in buffers]


class _Place(NamedTuple):
    """Where the buffers of a batch lie: spans of one segment. `body`: whether the first of them is the pickle itself."""

    segment: int
    spans: list[tuple[int, int]]
    body: bool


def _bytes_of(memory: SharedMemory) -> memoryview:
    if memory.buf is None:
        raise ValueError("shared memory: the segment is closed")
    return memory.buf


# ---- the worker's side -------------------------------------------------------------------------------------------------------


class Sender:
    """A worker's end: writes batches into its segments, whose names are `stem` and a number, and sends word of them."""

    def __init__(self, connection: Connection, stem: str) -> None:
        self.connection = connection
        self.stem = stem
        self._segments: dict[int, SharedMemory] = {}
        self._free: set[int] = set()
        self._made = 0

    def take_back(self, numbers: Iterable[int]) -> None:
        """Segments the loader is done with: to be written again, or (~number) to be let go."""
        for number in numbers:
            if number >= 0:
                self._free.add(number)
            else:
                self._segments.pop(~number).close()

    def send(self, tag: Any, data: Any) -> None:
        """Send `data` under `tag`. Raises what pickling raises, before anything was sent; OSError where nobody listens."""
        body, buffers = _pack(data)
        place, dropped = None, None
        if len(body) + sum(buffer.nbytes for buffer in buffers) > INLINE:
            large = len(body) > INLINE
            place, dropped = self._write([memoryview(body), *buffers] if large else buffers, large)
        inline = [bytes(buffer) for buffer in buffers] if place is None else []
        head = (tag, b"" if place is not None and place.body else body, inline, place, dropped)
        self.connection.send_bytes(pickle.dumps(head, pickle.HIGHEST_PROTOCOL))

    def _write(self, buffers: list[memoryview], body: bool) -> tuple[_Place, int | None]:
        spans, end = [], 0
        for buffer in buffers:
            start = -(-end // ALIGNMENT) * ALIGNMENT
            end = start + buffer.nbytes
            spans.append((start, end))
        number, dropped = self._room_for(end)
        memory = np.frombuffer(_bytes_of(self._segments[number]), np.uint8)
        for (start, stop), buffer in zip(spans, buffers, strict=True):
            memory[start:stop] = buffer
        return _Place(number, spans, body), dropped

    def _room_for(self, size: int) -> tuple[int, int | None]:
        """A free segment of at least `size` bytes, made where there is none; and the number of one given up for it."""
        fitting = [number for number in self._free if self._segments[number].size >= size]
        if fitting:
            chosen = min(fitting, key=lambda number: self._segments[number].size)
            self._free.remove(chosen)
            return chosen, None
        dropped = self._free.pop() if self._free else None
        if dropped is not None:
            self._segments.pop(dropped).close()
        number = self._made
        self._segments[number] = SharedMemory(f"{self.stem}{number}", create=True, size=-(-size // GRAIN) * GRAIN)
        self._made += 1
        return number, dropped


# ---- the loader's side -------------------------------------------------------------------------------------------------------


_LENT: weakref.WeakSet[_Lease] = weakref.WeakSet()


class _Lease:
    """A batch's hold on a segment, and NumPy's way to its bytes: the base of every array over it. Its end gives the segment back."""

    __slots__ = ("__weakref__", "given_back", "memory", "number", "once")

    def __init__(self, memory: SharedMemory, number: int, given_back: deque[int]) -> None:
        self.memory, self.number, self.given_back = memory, number, given_back
        self.once = False  # whether its bytes may never be written again
        _LENT.add(self)

    @property
    def __array_interface__(self) -> dict[str, Any]:
        address = np.frombuffer(_bytes_of(self.memory), np.uint8).__array_interface__["data"]
        return {"shape": (self.memory.size,), "typestr": "|u1", "data": address, "version": 3}

    def __del__(self) -> None:
        self.given_back.append(~self.number if self.once else self.number)


def _before_fork() -> None:
    """A forked child keeps what it inherits: the bytes under batches that are alive now must not change under its eyes."""
    for lease in list(_LENT):
        lease.once = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork)


class Receiver:
    """The loader's end for one worker. `given_back` collects segments for the worker; whoever sends tasks takes them along."""

    def __init__(self, connection: Connection, stem: str) -> None:
        self.connection = connection
        self.stem = stem
        self.given_back: deque[int] = deque()
        self._segments: dict[int, SharedMemory] = {}
        self._seen = 0

    def taken_along(self) -> list[int]:
        """The numbers to send with the next task; segments that are let go are unmapped here."""
        numbers = []
        while self.given_back:
            number = self.given_back.popleft()
            if number < 0:
                self._segments.pop(~number, None)
            numbers.append(number)
        return numbers

    def receive(self) -> tuple[Any, Any]:
        """The next (tag, data), waiting for it. EOFError or OSError where the worker has gone."""
        tag, body, buffers, place, dropped = pickle.loads(self.connection.recv_bytes())
        if dropped is not None:
            self._segments.pop(dropped, None)
        if place is None:
            return tag, pickle.loads(body, buffers=map(bytearray, buffers))
        memory = np.asarray(_Lease(self._segment(place.segment), place.segment, self.given_back))
        if len(self._segments) > MOST_SEGMENTS:
            memory = memory[: place.spans[-1][1]].copy()
        parts = [memory[start:end] for start, end in place.spans]
        return tag, pickle.loads(parts.pop(0).data if place.body else body, buffers=parts)

    def _segment(self, number: int) -> SharedMemory:
        memory = self._segments.get(number)
        if memory is None:
            memory = self._segments[number] = self._adopt(number)
            self._seen = number + 1
        return memory

    def _adopt(self, number: int) -> SharedMemory:
        memory = SharedMemory(f"{self.stem}{number}")
        memory.unlink()
        return memory

    def close(self) -> None:
        """Hang up, once the worker has ended; names of segments it made and nobody heard of are removed. Batches stay valid."""
        self.connection.close()
        self._segments.clear()
        try:
            while True:
                self._adopt(self._seen).close()
                self._seen += 1
        except (FileNotFoundError, ValueError):  # ValueError: the worker was killed before the segment had a size
            return
