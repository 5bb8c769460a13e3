"""Process-wide choices of `save` and `load` that torch keeps in torch.serialization: checksums, byte order, memory maps."""

from __future__ import annotations

import threading
from enum import Enum
from typing import Any

__all__ = [
    "LoadEndianness",
    "get_crc32_options",
    "get_default_load_endianness",
    "get_default_mmap_options",
    "set_crc32_options",
    "set_default_load_endianness",
    "set_default_mmap_options",
    "skip_data",
    "skips_data",
]

# values of mmap.MAP_SHARED and MAP_PRIVATE on every system that has them; the module itself is imported only to map a file
MAP_SHARED, MAP_PRIVATE = 1, 2

_thread = threading.local()
_options: dict[str, Any] = {"crc32": True, "endianness": None, "mmap": MAP_PRIVATE}


class LoadEndianness(Enum):
    """The byte order to assume for files that do not state one."""

    NATIVE = 1
    LITTLE = 2
    BIG = 3


def get_default_load_endianness() -> LoadEndianness | None:
    """The byte order assumed for files that do not state one; None means little."""
    found: LoadEndianness | None = _options["endianness"]
    return found


def set_default_load_endianness(endianness: LoadEndianness | None) -> None:
    """Choose it. Raises TypeError for anything but a LoadEndianness or None."""
    if endianness is not None and not isinstance(endianness, LoadEndianness):
        raise TypeError("Invalid argument type in function set_default_load_endianness")
    _options["endianness"] = endianness


def get_crc32_options() -> bool:
    """Whether `save` computes a checksum for each record."""
    found: bool = _options["crc32"]
    return found


def set_crc32_options(compute_crc32: bool) -> None:
    """Choose it. Without checksums saving is faster, and damage in the file is not noticed."""
    _options["crc32"] = bool(compute_crc32)


def get_default_mmap_options() -> int:
    """How `load(mmap=True)` maps: MAP_PRIVATE (writes stay in memory) or MAP_SHARED (writes reach the file)."""
    found: int = _options["mmap"]
    return found


class set_default_mmap_options:  # torch's name
    """Choose it; as a context manager, for the block only. Raises ValueError for another flag."""

    def __init__(self, flags: int) -> None:
        if flags not in (MAP_PRIVATE, MAP_SHARED):
            raise ValueError(
                "Invalid argument in function set_default_mmap_options, expected mmap.MAP_PRIVATE or mmap.MAP_SHARED, but got "
                f"{flags}"
            )
        self._previous = _options["mmap"]
        _options["mmap"] = flags

    def __enter__(self) -> None: ...

    def __exit__(self, *exc: object) -> None:
        _options["mmap"] = self._previous


class skip_data:  # torch's name
    """Context manager, for this thread: `save` leaves the place of storages' bytes empty, `load` leaves tensors uninitialised.

    Bytes that are put in their place later do not have the checksums of zeros: `set_crc32_options(False)` before such a save.

    Args:
        materialize_fake_tensors: accepted for torch's sake; there are no fake tensors here.

    Source: torch.serialization.skip_data.
    """

    def __init__(self, materialize_fake_tensors: bool = False) -> None:
        self.materialize_fake_tensors = materialize_fake_tensors

    def __enter__(self) -> None:
        _thread.skips = getattr(_thread, "skips", 0) + 1

    def __exit__(self, *exc: object) -> None:
        _thread.skips -= 1


def skips_data() -> bool:
    """Whether this thread is inside `skip_data`."""
    return getattr(_thread, "skips", 0) > 0
