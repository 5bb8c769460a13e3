"""Where a reader's bytes come from: one small interface over memory, memory maps and seekable files.

Every read names an offset and a length, is checked against the real size first, and so can neither run past the end nor
allocate for bytes that are not there. Files are read, not mapped, unless the caller asks for a map: a mapped file that
another process shortens would kill this one.
"""

from __future__ import annotations

import io
import os
from typing import Any, BinaryIO

from .errors import CheckpointError

__all__ = ["FileSource", "MappedSource", "MemorySource", "Source", "SourceStream", "open_source"]


_PIECE = 1 << 24  # bytes asked for at once, so that an interrupt is noticed


class Source:
    """`size` bytes that can be read at any offset. Subclasses implement `_readinto` for ranges already checked."""

    name: str
    size: int

    def read(self, offset: int, count: int) -> bytes:
        """Exactly `count` bytes from `offset`; CheckpointError when the file ends before."""
        self.check(offset, count)
        return bytes(self.piece(offset, count))

    def piece(self, offset: int, count: int) -> memoryview:
        """`count` bytes from `offset`, as a view where they are in memory already; CheckpointError when the file ends before."""
        self.check(offset, count)
        buffer = memoryview(bytearray(count))
        self._readinto(offset, buffer)
        return buffer

    def readinto(self, offset: int, buffer: memoryview) -> None:
        """Fill a writable byte buffer from `offset`; CheckpointError when the file ends before it is full."""
        self.check(offset, len(buffer))
        self._readinto(offset, buffer)

    def check(self, offset: int, count: int) -> None:
        """CheckpointError unless `count` bytes exist at `offset`."""
        if offset < 0 or count < 0 or offset + count > self.size:
            raise CheckpointError(
                f"expected {count} bytes at {offset}, but the file has {self.size} in all; it is truncated or its sizes "
                "are wrong, fetch it again",
                file=self.name,
                offset=offset,
            )

    def _readinto(self, offset: int, buffer: memoryview) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Release what this source opened itself."""


class MemorySource(Source):
    """A bytes-like object: bytes, bytearray, mmap, or what `BytesIO.getbuffer` gives."""

    def __init__(self, data: Any, name: str = "<buffer>") -> None:
        self.view = memoryview(data).cast("B")
        self.content = data if type(data) is bytes else None  # for who can use the whole without a copy
        self.name = name
        self.size = len(self.view)

    def read(self, offset: int, count: int) -> bytes:
        self.check(offset, count)
        return bytes(self.view[offset : offset + count])

    def piece(self, offset: int, count: int) -> memoryview:
        self.check(offset, count)
        return self.view[offset : offset + count]

    def _readinto(self, offset: int, buffer: memoryview) -> None:
        buffer[:] = self.view[offset : offset + len(buffer)]

    def close(self) -> None:
        self.view.release()


class FileSource(Source):
    """The part of a seekable binary file from its position at construction to its end; offset 0 is that position."""

    def __init__(self, file: BinaryIO, name: str, *, owned: bool = False) -> None:
        self.file = file
        self._owned = owned
        self.name = name
        self.base = file.tell()
        self.size = file.seek(0, os.SEEK_END) - self.base
        file.seek(self.base)

    def _readinto(self, offset: int, buffer: memoryview) -> None:
        """One read after the other: two that are apart take the system's reading ahead from each other, and a disk half its rate."""
        self.file.seek(self.base + offset)
        fill = getattr(self.file, "readinto", None) or self._copyinto
        done = 0
        while done < len(buffer):
            count = fill(buffer[done : done + _PIECE])
            if not count:
                raise CheckpointError("the file became shorter while it was read", file=self.name, offset=offset + done)
            done += count

    def _copyinto(self, buffer: memoryview) -> int:
        chunk = self.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def leave_at(self, offset: int) -> None:
        """Put the file's position at `offset` of this source, for whoever reads on."""
        self.file.seek(self.base + offset)

    def close(self) -> None:
        if self._owned:
            self.file.close()


class MappedSource(MemorySource):
    """A file mapped into memory: pages are read when they are touched, and writes to them stay in this process."""

    def __init__(self, path: str) -> None:
        import mmap  # not every platform has it

        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY) if size else b""
        super().__init__(content, path)

    def close(self) -> None:
        """Nothing: the map lives as long as whatever views it."""


class SourceStream:
    """Sequential `read` and `readline` over a Source, in blocks: what a scan of unknown length needs."""

    def __init__(self, source: Source, offset: int = 0, block: int = 1 << 16) -> None:
        self._source = source
        self._block = block
        self._buffer = b""
        self._start = offset  # where in the source the buffer begins
        self._at = 0

    def tell(self) -> int:
        """Offset in the source of the next byte."""
        return self._start + self._at

    def _have(self, count: int) -> bool:
        """Make `count` bytes available at the cursor, if the source has them."""
        if self._at + count <= len(self._buffer):
            return True
        rest = self._buffer[self._at :]
        start = self._start + self._at + len(rest)
        more = min(max(self._block, count - len(rest)), self._source.size - start)
        if more > 0:
            rest += self._source.read(start, more)
        self._start, self._buffer, self._at = self._start + self._at, rest, 0
        return len(rest) >= count

    def seek(self, offset: int) -> None:
        """Continue at `offset` of the source."""
        ahead = offset - self._start
        if 0 <= ahead <= len(self._buffer):
            self._at = ahead
        else:
            self._start, self._buffer, self._at = offset, b"", 0

    def read(self, count: int) -> bytes:
        """The next `count` bytes; CheckpointError at the end of the source."""
        if not self._have(count):
            self._source.check(self.tell(), count)
        piece = self._buffer[self._at : self._at + count]
        self._at += count
        return piece

    def readline(self, limit: int) -> bytes:
        """The next line without its newline; CheckpointError when it is longer than `limit` or does not end."""
        self._have(limit + 1)
        end = self._buffer.find(b"\n", self._at, self._at + limit + 1)
        if end < 0:
            raise CheckpointError(f"expected a name of at most {limit} bytes and a newline", offset=self.tell())
        line = self._buffer[self._at : end]
        self._at = end + 1
        return line


def open_source(f: Any) -> Source:
    """A Source over a path, a bytes-like object or a seekable file object (from its present position).

    Raises: FileNotFoundError and the like from `open`; torch's errors for objects that cannot seek.
    """
    if isinstance(f, (str, os.PathLike)):
        path = os.fspath(f)
        return FileSource(open(path, "rb", buffering=0), os.fsdecode(path), owned=True)
    if isinstance(f, (bytes, bytearray, memoryview)):
        return MemorySource(f)
    try:
        f.seek(f.tell())
    except (io.UnsupportedOperation, AttributeError) as error:
        raise type(error)(
            f"{error}. You can only torch.load from a file that is seekable. Please pre-load the data into a buffer like "
            "io.BytesIO and try to load from it instead."
        ) from None
    name = getattr(f, "name", None)
    return FileSource(f, name if isinstance(name, str) else f"<{type(f).__name__}>")
