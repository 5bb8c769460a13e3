"""From persistent ids to storages: what a pickle says about a storage is checked against the bytes that are there.

Sizes that lied to a loader about its buffer were torch's CVE-2026-24747; here the claim must match the record before
anything is allocated, and one key may not be claimed with two meanings.
"""

from __future__ import annotations

import sys
from typing import Any

from .allow_list import RefusedError, StorageType
from .archive import ArchiveReader
from .locations import Restore
from .model import TensorModel
from .options import skips_data

__all__ = ["ArchiveStorages", "Claim", "parse_claim", "swap_bytes"]

Claim = tuple[StorageType, str, str, int]  # type, key, location, number of elements


def parse_claim(pid: tuple[Any, ...], length: int) -> Claim:
    """The fields of a persistent id `("storage", type, key, location, numel)`, each of the right type."""
    if len(pid) != length:
        raise RefusedError(f"expected a storage id of {length} parts, got {len(pid)}")
    _, kind, key, location, numel = pid[:5]
    key, location = (part.decode("latin-1") if type(part) is bytes else part for part in (key, location))
    if type(kind) is not StorageType or type(key) is not str or type(location) is not str or type(numel) is not int or numel < 0:
        raise RefusedError(
            "expected a storage id of a storage type, a key, a location and a number of elements; the file is forged"
        )
    return kind, key, location, numel


def swap_bytes(view: memoryview, dtype: Any, itemsize: int) -> None:
    """Reverse the bytes of every number in place; a complex is two numbers."""
    width = itemsize // 2 if "complex" in str(dtype) else itemsize
    for i in range(width // 2):
        low, high = bytes(view[i::width]), bytes(view[width - 1 - i :: width])
        view[i::width], view[width - 1 - i :: width] = high, low


class ArchiveStorages:
    """The persistent-load function of the zip format: reads each `data/<key>` once, where the restorer wants it.

    Args:
        mapped: the whole file as a writable map, to make storages without copying; None reads them.
        byteorder: "little" or "big", as the file was written.
        meta: make storages without memory and read nothing.
    """

    def __init__(
        self,
        archive: ArchiveReader,
        model: TensorModel,
        restore: Restore,
        *,
        mapped: memoryview | None = None,
        byteorder: str = "little",
        meta: bool = False,
    ) -> None:
        self._archive = archive
        self._model = model
        self._restore = restore
        self.mapped = mapped
        self._swap = byteorder != sys.byteorder
        self._meta = meta
        self._loaded: dict[str, tuple[StorageType, int, Any]] = {}

    def __call__(self, pid: tuple[Any, ...]) -> Any:
        kind, key, location, numel = parse_claim(pid, 5)
        if key in self._loaded:
            first_kind, first_numel, storage = self._loaded[key]
            if (first_kind.dtype, first_numel) != (kind.dtype, numel):
                raise RefusedError(f"storage {key!r} is claimed as {numel} x {kind.name} and as {first_numel} x {first_kind.name}")
            return storage
        itemsize = self._model.itemsize(kind.dtype)
        record = self._archive.record(f"data/{key}")
        nbytes = numel * itemsize
        if not nbytes <= record.size < nbytes + itemsize:  # a storage may end in a part of an element
            raise RefusedError(
                f"storage {key!r} is claimed as {nbytes} bytes ({numel} x {kind.name}), its record has {record.size}"
            )
        made = self._make(record.name, record.offset, record.size, kind.dtype, location)
        storage = self._model.typed(made, kind.dtype, numel)
        self._loaded[key] = kind, numel, storage
        return storage

    def _make(self, name: str, offset: int, nbytes: int, dtype: Any, location: str) -> Any:
        if self._meta:
            return self._model.meta_storage(nbytes)
        buffer: Any
        if self.mapped is not None:
            buffer = view = self.mapped[offset : offset + nbytes]
        else:
            buffer, view = self._model.allocate(nbytes)
            if not skips_data():
                self._archive.readinto(name, view)
        if self._swap:
            itemsize = self._model.itemsize(dtype)
            swap_bytes(view[: nbytes // itemsize * itemsize], dtype, itemsize)
        return self._restore(self._model.storage_from_bytes(buffer), location)
