"""Process-wide choices of `save` and `load` that torch keeps in torch.serialization and torch.utils.serialization.config."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any

__all__ = [
    "LoadEndianness",
    "Settings",
    "check_alignment",
    "get_crc32_options",
    "get_default_load_endianness",
    "get_default_mmap_options",
    "get_storage_alignment",
    "load_settings",
    "patch",
    "save_settings",
    "set_crc32_options",
    "set_default_load_endianness",
    "set_default_mmap_options",
    "skip_data",
    "skips_data",
]

# values of mmap.MAP_SHARED and MAP_PRIVATE on every system that has them; the module itself is imported only to map a file
MAP_SHARED, MAP_PRIVATE = 1, 2

_MOST = (1 << 16) - 64  # the bytes of padding are counted in 16 bits
_thread = threading.local()


class Settings:
    """`config.load` or `config.save`: attributes that can be read and set, and no others."""

    def __init__(self, name: str, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
        self.__dict__["_name"] = name

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"torch.utils.serialization.config.{self.__dict__['_name']}.{name} does not exist", name=name, obj=self
        )

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name not in self.__dict__:
            self.__getattr__(name)
        self.__dict__[name] = value


load_settings = Settings("load", {"mmap": False, "endianness": None, "mmap_flags": MAP_PRIVATE, "calculate_storage_offsets": False})
"""What `load` does where its arguments do not say: `mmap`, `endianness`, `mmap_flags`. `calculate_storage_offsets` has no effect: where
storages are is always read from the archive's directory, which is what is checked."""
save_settings = Settings("save", {"compute_crc32": True, "use_pinned_memory_for_d2h": False, "storage_alignment": 64})
"""What `save` does: `compute_crc32`, `storage_alignment` (bytes). `use_pinned_memory_for_d2h` has no effect: only speed depends on it."""


@contextmanager
def patch(setting: str | Mapping[str, Any], value: Any = None) -> Iterator[None]:
    """Settings by their names, `"load.mmap"`, for a block or a decorated function: `patch("load.mmap", True)` or `patch({"load.mmap": True})`.

    Raises: AttributeError for a setting that does not exist. Source: torch.utils.serialization.config.
    """
    wanted = {setting: value} if isinstance(setting, str) else dict(setting)
    places = []
    for name in wanted:
        group, _, key = name.partition(".")
        found = {"load": load_settings, "save": save_settings}.get(group)
        if found is None or key.startswith("_"):
            raise AttributeError(f"torch.utils.serialization.config.{name} does not exist")
        places.append((found, key, getattr(found, key), wanted[name]))
    for found, key, _, new in places:
        setattr(found, key, new)
    try:
        yield
    finally:
        for found, key, old, _ in places:
            setattr(found, key, old)


class LoadEndianness(Enum):
    """The byte order to assume for files that do not state one."""

    NATIVE = 1
    LITTLE = 2
    BIG = 3


def get_default_load_endianness() -> LoadEndianness | None:
    """The byte order assumed for files that do not state one; None means little."""
    found: LoadEndianness | None = load_settings.endianness
    return found


def set_default_load_endianness(endianness: LoadEndianness | None) -> None:
    """Choose it. Raises TypeError for anything but a LoadEndianness or None."""
    if endianness is not None and not isinstance(endianness, LoadEndianness):
        raise TypeError("Invalid argument type in function set_default_load_endianness")
    load_settings.endianness = endianness


def get_crc32_options() -> bool:
    """Whether `save` computes a checksum for each record."""
    found: bool = save_settings.compute_crc32
    return found


def set_crc32_options(compute_crc32: bool) -> None:
    """Choose it. Without checksums saving is faster, and damage in the file is not noticed."""
    save_settings.compute_crc32 = bool(compute_crc32)


def get_storage_alignment() -> int:
    """The multiple of bytes at which the data of every record of a saved file begins; ValueError for a setting that is none."""
    check_alignment(save_settings.storage_alignment, "config.save.storage_alignment")
    found: int = save_settings.storage_alignment
    return found


def check_alignment(value: Any, what: str) -> None:
    """ValueError for an alignment that an archive cannot have."""
    if type(value) is not int or not 0 < value <= _MOST:
        raise ValueError(f"{what}: expected an int from 1 to {_MOST}, got {value!r}")


def get_default_mmap_options() -> int:
    """How `load(mmap=True)` maps: MAP_PRIVATE (writes stay in memory) or MAP_SHARED (writes reach the file)."""
    found: int = load_settings.mmap_flags
    return found


class set_default_mmap_options:  # torch's name
    """Choose it; as a context manager, for the block only. Raises ValueError for another flag."""

    def __init__(self, flags: int) -> None:
        if flags not in (MAP_PRIVATE, MAP_SHARED):
            raise ValueError(
                "Invalid argument in function set_default_mmap_options, expected mmap.MAP_PRIVATE or mmap.MAP_SHARED, but got "
                f"{flags}"
            )
        self._previous = load_settings.mmap_flags
        load_settings.mmap_flags = flags

    def __enter__(self) -> None: ...

    def __exit__(self, *exc: object) -> None:
        load_settings.mmap_flags = self._previous


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
