"""What is in a file, told without loading it: names, dtypes, shapes, sizes, and what in it is unsafe.

A `.pt` file that names functions which `load` would refuse is not loaded for this either; its records and those names are listed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from . import rebuild
from .archive import ArchiveReader
from .errors import CheckpointError
from .formats import TensorSpec, format_named, format_of, open_document
from .source import MappedSource, Source
from .torch_file import named_globals, refused_globals

__all__ = ["Inspection", "inspect_file"]

_HEAD = 64


@dataclass(slots=True)
class Inspection:
    """One file: its format, its size, its tensors, and warnings.

    records: parts of the file that are no tensors, with their sizes, where it could not be loaded.
    unsafe: globals that the file would call or make, and that are not allowed.
    error: why it cannot be read, where it cannot.
    """

    path: str
    format: str
    size: int
    tensors: list[TensorSpec] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    records: list[tuple[str, int]] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def safe(self) -> bool:
        """Whether the file can be loaded, and nothing in it is refused."""
        return not self.unsafe and not self.error


def inspect_file(path: str | os.PathLike[str], format: str | None = None) -> Inspection:
    """Look into a file. Raises: FileNotFoundError and the like; never for what is in the file, which the result's `error` tells."""
    source = MappedSource(os.fspath(path))
    head = source.read(0, min(_HEAD, source.size))
    try:
        found = format_named(format) if format is not None else format_of(source.name, head)
    except CheckpointError as error:
        return Inspection(source.name, "?", source.size, error=str(error))
    result = Inspection(source.name, "?" if found is None else found.name, source.size)
    try:
        if found is not None and found.name == "pt":
            _look_at_pickle(source, result)
        if result.unsafe:
            return result
        with open_document(MappedSource(source.name), result.format if found is not None else None) as document:
            result.tensors, result.metadata = list(document.specs.values()), document.metadata
    except CheckpointError as error:
        result.error = str(error.at(file=source.name))
    return result


def _look_at_pickle(source: Source, result: Inspection) -> None:
    """List the globals a `.pt` file names and that are not allowed, and the archive's records."""
    if source.read(0, min(4, source.size)) == b"PK\x03\x04":
        result.records = [(record.name, record.size) for record in ArchiveReader(source).records.values()]
    result.unsafe = refused_globals(rebuild, named_globals(source))
