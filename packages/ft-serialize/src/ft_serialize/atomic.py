"""Files that appear whole or not at all: written beside their place, forced to the disk, then renamed over it.

Whoever reads the path during a save, or after a power cut in the middle of one, finds the old file or the new one. All writers
of this package go through here, so the promise is kept, and tested, in one place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .errors import NoFileError, NoFolderError

__all__ = ["Output", "atomic_file", "remove_leftovers"]

_PIECE = 1 << 24  # bytes handed to the system at once, so that an interrupt is noticed
_SMALL = 1 << 20  # what is smaller is gathered
_TEMPORARY = ".part"


class Output:
    """Sequential writes to a file descriptor, small ones gathered, and rewriting of what stands already.

    Args:
        hurry: the bytes will be forced to the disk, so have the system carry them there while others are still being made.
    """

    def __init__(self, descriptor: int, *, hurry: bool = False) -> None:
        self._fd = descriptor
        self._hurry = hurry and hasattr(os, "posix_fadvise")
        self._pending = bytearray()
        self._flushed = 0

    def tell(self) -> int:
        """Bytes written so far."""
        return self._flushed + len(self._pending)

    def write(self, data: Any) -> int:
        """Append a bytes-like object; returns its length."""
        view = memoryview(data).cast("B") if not isinstance(data, bytes) else memoryview(data)
        if len(view) < _SMALL:
            self._pending += view
            if len(self._pending) >= _SMALL:
                self.flush()
        else:
            self.flush()
            self._put(view)
        return len(view)

    def pad(self, alignment: int) -> int:
        """Append zeros up to a multiple of `alignment`; returns the position reached."""
        self.write(bytes(-self.tell() % alignment))
        return self.tell()

    def rewrite(self, offset: int, data: bytes) -> None:
        """Put `data` where other bytes of the same number were written before."""
        self.flush()
        os.lseek(self._fd, offset, os.SEEK_SET)
        at = self._flushed
        self._put(memoryview(data))
        self._flushed = os.lseek(self._fd, at, os.SEEK_SET)

    def flush(self) -> None:
        """Hand everything gathered to the system."""
        if self._pending:
            pending, self._pending = self._pending, bytearray()
            self._put(memoryview(pending))

    def sync(self) -> None:
        """Return when the disk has everything."""
        self.flush()
        os.fsync(self._fd)

    def _put(self, view: memoryview) -> None:
        at = 0
        while at < len(view):
            count = os.write(self._fd, view[at : at + _PIECE])
            if self._hurry:  # what waits for its turn is written, and only what has been written is dropped
                os.posix_fadvise(self._fd, self._flushed + at, count, os.POSIX_FADV_DONTNEED)
            at += count
        self._flushed += at


@contextmanager
def atomic_file(path: str | os.PathLike[str]) -> Iterator[Output]:
    """An `Output` whose bytes become the file `path` when the block ends, and vanish if it raises.

    A file that is replaced keeps its permissions, a link stays a link, and a device or pipe is written to directly. Raises: OSError
    that names `path`, before anything is written, where no file can be made there.
    """
    final = os.path.realpath(os.fsdecode(path))
    try:
        before = os.stat(final) if os.path.exists(final) else None
        whole = before is None or stat.S_ISREG(before.st_mode)
        folder, name = os.path.split(final)
        temporary = os.path.join(folder, f".{name[:200]}.{os.urandom(4).hex()}{_TEMPORARY}") if whole else final
        flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | (os.O_CREAT | os.O_EXCL if whole else 0)
        descriptor = os.open(temporary, flags, 0o666)
    except FileNotFoundError as error:
        raise NoFolderError(
            error.errno, f"Parent directory {os.path.dirname(os.fsdecode(path))} does not exist", os.fsdecode(path)
        ) from None
    except IsADirectoryError as error:
        raise NoFileError(error.errno, error.strerror, os.fsdecode(path)) from None
    except OSError as error:
        raise type(error)(error.errno, error.strerror, os.fsdecode(path)) from None
    try:
        try:
            if before is not None and whole and hasattr(os, "fchmod"):
                os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
            output = Output(descriptor, hurry=whole)
            yield output
            output.sync() if whole else output.flush()
        finally:
            os.close(descriptor)
        if whole:
            os.replace(temporary, final)
    except BaseException:
        if whole and os.path.exists(temporary):
            os.unlink(temporary)
        raise
    if whole:
        _sync_folder(folder)


def remove_leftovers(folder: str | os.PathLike[str], suffix: str) -> None:
    """Delete what interrupted saves of `*<suffix>` files left in a folder that no other process is writing to."""
    for entry in os.scandir(folder):
        stem, _, token = entry.name.removesuffix(_TEMPORARY).rpartition(".")
        if entry.name.startswith(".") and entry.name.endswith(_TEMPORARY) and stem.endswith(suffix) and len(token) == 8:
            os.unlink(entry.path)


def _sync_folder(folder: str) -> None:
    """Make the rename itself durable, where directories can be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
