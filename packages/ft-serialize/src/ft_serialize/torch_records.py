"""torch.PyTorchFileReader and PyTorchFileWriter: the records of a zip checkpoint one by one, for programs that lay out their own.

The reader checks what `load` checks of an archive, and each record's CRC; the writer's file appears when it is finished.
"""

from __future__ import annotations

import os
import sys
import weakref
from contextlib import ExitStack
from typing import Any

from . import rebuild
from .archive import ArchiveReader, ArchiveWriter
from .atomic import atomic_file
from .errors import DAMAGED, CheckpointError
from .options import check_alignment
from .source import open_source
from .torch_file import root_name

__all__ = ["PyTorchFileReader", "PyTorchFileWriter"]

_IDENTITY = ".data/serialization_id"


class PyTorchFileReader:
    """The records of a file, by path or as a seekable file object.

    Raises: FileNotFoundError; CheckpointError (a RuntimeError) for what is no plain archive, for a record that is missing or damaged.
    """

    def __init__(self, file: Any) -> None:
        self._source = open_source(file)
        weakref.finalize(self, self._source.close)  # torch's class has no close either
        try:
            self._archive = ArchiveReader(self._source)
        except CheckpointError as error:
            raise error.at(file=self._source.name, advice=DAMAGED) from None

    def get_all_records(self) -> list[str]:
        """Names of the records, in the file's order."""
        return list(self._archive.records)

    def has_record(self, name: str) -> bool:
        """Whether there is a record of that name."""
        return name in self._archive

    def get_record(self, name: str) -> bytes:
        """A record's bytes."""
        self._found(name)
        try:
            return self._archive.read(name)
        except CheckpointError as error:
            raise error.at(file=self._source.name, advice=DAMAGED) from None

    def get_record_size(self, name: str) -> int:
        """A record's size in bytes."""
        return int(self._found(name).size)

    def get_record_offset(self, name: str) -> int:
        """Where in the file a record's bytes begin."""
        return int(self._found(name).offset)

    def get_record_header_offset(self, name: str) -> int:
        """Where in the file a record's header begins."""
        return int(self._found(name).header)

    def get_storage_from_record(self, name: str, numel: int, dtype: Any) -> Any:
        """A tensor whose storage holds a record of `numel` elements of a dtype; it has no elements of its own, as in torch."""
        size = self._found(name).size
        if numel * dtype.itemsize != size:
            raise CheckpointError(
                f"record size ({size} bytes) does not match expected size ({numel * dtype.itemsize} bytes = {numel} elements * "
                f"{dtype.itemsize} bytes/element) for dtype {dtype}; ask for the number that is there",
                file=self._source.name,
                record=name,
            )
        buffer, view = rebuild.allocate(size)
        self._archive.readinto(name, view)
        self._archive.finish()
        return rebuild.rebuild_tensor(rebuild.storage_from_bytes(buffer), dtype, 0, (0,), (1,), False)

    def serialization_id(self) -> str:
        """Digits that are equal for equal contents; empty where the writer gave none."""
        return self.get_record(_IDENTITY).decode("ascii", "replace") if self.has_record(_IDENTITY) else ""

    def _found(self, name: str) -> Any:
        if name not in self._archive:
            raise CheckpointError(
                f"PytorchStreamReader failed locating file {name}: file not found; there are {', '.join(list(self._archive.records)[:5])}",
                file=self._source.name,
                record=name,
            )
        return self._archive.record(name)


class PyTorchFileWriter:
    """Writes records to a path or to a file object with `write`; the file appears with `write_end_of_file`, and not at all without it."""

    def __init__(self, file: Any, compute_crc32: bool = True, storage_alignment: int = 64) -> None:
        check_alignment(storage_alignment, "PyTorchFileWriter: storage_alignment")
        self._crc = compute_crc32
        self._name = root_name(file)
        self._closing = ExitStack()
        to_path = isinstance(file, (str, os.PathLike))
        output = self._closing.enter_context(atomic_file(file)) if to_path else file
        self._archive = ArchiveWriter(output.write, self._name, alignment=storage_alignment)
        self._written: list[str] = []
        self._identity = ""
        self._version = 3

    def archive_name(self) -> str:
        """The folder in the archive that all records are in."""
        return self._name

    def get_all_written_records(self) -> set[str]:
        """Names of the records so far."""
        return set(self._written)

    def set_min_version(self, version: int) -> None:
        """Let the record `version` be at least this."""
        self._version = max(self._version, version)

    def write_record(self, name: str, data: Any, size: int) -> None:
        """Append the first `size` bytes of text, of a bytes-like object or of a storage.

        Raises: ValueError for a name that was written before or for fewer bytes than `size`; RuntimeError after the end of the file.
        """
        raw: Any = data.encode() if isinstance(data, str) else data
        raw = raw.bytes() if isinstance(raw, rebuild.UntypedStorage) else raw
        view = memoryview(raw).cast("B")
        if len(view) < size:
            raise ValueError(f"write_record: {name!r} was to have {size} bytes, {len(view)} were given")
        self._append(name, view[:size])

    def _append(self, name: str, data: Any) -> None:
        if self._identity:
            raise RuntimeError("PyTorchFileWriter: the file was finished; nothing can be appended")
        self._archive.record(name, data, compute_crc=self._crc)
        self._written.append(name)

    def write_end_of_file(self) -> None:
        """Write version, byte order, serialization id and the directory; the file is there after this."""
        self._append("version", f"{self._version}\n".encode())
        self._append("byteorder", sys.byteorder.encode())
        identity = self._archive.serialization_id()
        self._append(_IDENTITY, identity.encode())
        self._identity = identity
        self._archive.close()
        self._closing.close()

    def serialization_id(self) -> str:
        """Digits that are equal for equal contents; empty before the end of the file."""
        return self._identity
