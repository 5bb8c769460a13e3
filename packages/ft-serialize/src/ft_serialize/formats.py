"""What a file format is to the rest of FrankenTorch, and which formats there are.

A format turns a `Source` into a `Document` (names, types, shapes, and the bytes of each tensor piece by piece) and a Document into
a file. Everything else is written once over Documents: conversion between any two formats, inspection, tensors in memory. A format of
a plugin (hook `ft_formats`) is an object with the members of `Format`.

Bytes in a Document are contiguous, in C order and little-endian, whatever the file does.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, Self

from ft_core.dtype import BY_NAME
from ft_core.plugin import plugins

from .atomic import Output
from .errors import DAMAGED, CheckpointError
from .source import MappedSource, Source
from .structure import beside_tensors

__all__ = [
    "CHUNK",
    "Document",
    "Format",
    "StoredDocument",
    "TensorSpec",
    "all_formats",
    "cut",
    "format_named",
    "format_of",
    "open_document",
    "spec_of",
]

CHUNK = 1 << 24
"""Bytes that pass through memory at once when a tensor is streamed."""

_HEAD = 64  # bytes by which formats recognise a file
_MAX_DIMS = 64  # NumPy's own limit


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """One tensor of a file: torch's name of its dtype, its shape, its bytes in memory; how and in how many bytes the file holds it."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    nbytes: int
    encoding: str = ""  # the file's own word for the type where it is not the dtype: Q4_K, deflate
    stored: int = -1  # bytes in the file; -1 where they are `nbytes`

    @property
    def stored_bytes(self) -> int:
        """Bytes in the file."""
        return self.nbytes if self.stored < 0 else self.stored


def spec_of(name: str, dtype: str, shape: tuple[Any, ...], encoding: str = "", stored: int = -1) -> TensorSpec:
    """A checked spec: CheckpointError for a dtype that is none of torch's or a shape that no tensor can have."""
    kind = BY_NAME.get(dtype)
    if kind is None or kind.name != dtype:
        raise CheckpointError(f"expected a dtype of torch's, got {dtype!r:.60}; a newer file?", record=name)
    if len(shape) > _MAX_DIMS or not all(type(n) is int and 0 <= n < 1 << 62 for n in shape):
        raise CheckpointError(f"expected a shape of up to {_MAX_DIMS} sizes, got {shape!s:.80}; the file is forged", record=name)
    nbytes = math.prod(shape) * kind.itemsize
    if math.prod(n or 1 for n in shape) * kind.itemsize >= 1 << 62:  # an empty tensor with giants beside its zero, too
        raise CheckpointError(f"no memory holds a tensor of shape {shape!s:.80}; the file is forged", record=name)
    return TensorSpec(name, dtype, shape, nbytes, encoding, stored)


class Document:
    """An open file, or tensors in memory that shall become one.

    Attributes:
        specs: the tensors by name, in the file's order.
        metadata: what the file says beside tensors: text, numbers, booleans, lists and dicts of these.
        tree: where the file holds a structure (nested dicts, an optimizer's state), that structure with a `Leaf` for each tensor;
            None for a plain table of tensors.
        shared: for tensors that several names share, the first name and the others.
        name: what errors call the file.
    """

    name: str = "<memory>"

    def __init__(self, specs: dict[str, TensorSpec], metadata: Mapping[str, Any] | None = None, tree: Any = None) -> None:
        self.specs = specs
        self.metadata: dict[str, Any] = dict(metadata or {})
        self.tree = tree
        self.shared: dict[str, list[str]] = {}

    def chunks(self, name: str) -> Iterator[Any]:
        """The tensor's bytes in order, in pieces of about CHUNK bytes at most. A piece is valid until the next is asked for."""
        raise NotImplementedError

    def admit(self, name: str) -> None:
        """CheckpointError where the whole tensor would take memory out of proportion to the file; streaming is always allowed."""

    def readinto(self, name: str, buffer: memoryview) -> None:
        """Fill a buffer of the tensor's `nbytes`."""
        at = 0
        for piece in self.chunks(name):
            view = memoryview(piece).cast("B")
            if at + len(view) > len(buffer):
                break
            buffer[at : at + len(view)] = view
            at += len(view)
        if at != len(buffer):
            raise CheckpointError(f"expected {len(buffer)} bytes, got {at} or more", file=self.name, record=name)

    def view(self, name: str) -> memoryview | None:
        """The tensor's bytes without a copy, where the file is mapped and holds them as they are."""
        return None

    def lies_ready(self, name: str) -> bool:
        """Whether `view` gives memory that stays where it is, and not a copy that is better taken once."""
        return True

    def verify(self) -> str:
        """Check the hashes that the file has of its tensors; what they are ("SHA-256", "CRC-32"), empty where it has none.

        Raises: CheckpointError that names what is damaged.
        """
        return ""

    def canonical(self, name: str) -> str:
        """The first name of the memory that this tensor shares with others; its own name where it shares none."""
        return next((first for first, others in self.shared.items() if name in others), name) if self.shared else name

    def table(self) -> dict[str, Any]:
        """The metadata for a format of tensors and text: the document's, and what its structure holds beside tensors.

        Raises: CheckpointError for what such a format would lose.
        """
        return dict(self.metadata) if self.tree is None else {**beside_tensors(self.tree), **self.metadata}

    def close(self) -> None:
        """Release the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def cut(pieces: Iterator[Any], sizes: Iterable[int]) -> Iterator[Iterator[Any]]:
    """The same bytes in runs of exactly these sizes, each an iterator of pieces that must be used up before the next run."""
    rest = memoryview(b"")
    for size in sizes:
        held: list[memoryview] = [rest]

        def run(left: int, held: list[memoryview] = held) -> Iterator[Any]:
            while left:
                view = held[0]
                if not len(view):
                    held[0] = memoryview(next(pieces, b"")).cast("B")
                    if not len(held[0]):
                        raise CheckpointError(f"expected {left} more bytes of the tensor")
                    continue
                part, held[0] = view[:left], view[left:]
                left -= len(part)
                yield part

        yield run(size)
        rest = held[0]


class StoredDocument(Document):
    """A file that holds each tensor's bytes as they are, at a known offset.

    Args:
        places: for each name, the offset of its first byte in `source`; all ranges have been checked.
    """

    def __init__(
        self,
        source: Source,
        specs: dict[str, TensorSpec],
        places: Mapping[str, int],
        metadata: Mapping[str, Any] | None = None,
        tree: Any = None,
    ) -> None:
        super().__init__(specs, metadata, tree)
        self.name = source.name
        self._source = source
        self._places = places

    def chunks(self, name: str) -> Iterator[Any]:
        start, size = self._places[name], self.specs[name].nbytes
        for at in range(0, size, CHUNK):
            yield self._source.piece(start + at, min(CHUNK, size - at))

    def readinto(self, name: str, buffer: memoryview) -> None:
        self._source.readinto(self._places[name], buffer)

    def view(self, name: str) -> memoryview | None:
        if not isinstance(self._source, MappedSource):
            return None
        return self._source.piece(self._places[name], self.specs[name].nbytes)

    def close(self) -> None:
        self._source.close()


class Format(Protocol):
    """One file format. All members but `write_options` are needed; a format that only reads raises CheckpointError in `write`."""

    name: str
    """What `--to` and `format=` call it: "safetensors"."""
    suffixes: tuple[str, ...]
    """Endings of file names, with the dot, that mean this format."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these (up to 64) bytes is of this format."""

    def open(self, source: Source) -> Document:
        """The document, after everything but tensor bytes has been checked; CheckpointError for a file that is not sound."""

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write a document; `output` becomes the file when this returns. CheckpointError for what the format cannot hold."""


_FORMATS: dict[str, Any] = {}


def _receive(found: Any, plugin: str) -> None:
    missing = [member for member in ("name", "suffixes", "recognises", "open", "write") if not hasattr(found, member)]
    if missing:
        raise TypeError(f"plugin {plugin}: the format {found!r} has no {', '.join(missing)}; see ft_serialize.formats.Format")
    plugins.claim("format", found.name)
    for suffix in found.suffixes:
        plugins.claim("suffix", suffix)
    _FORMATS[found.name] = found


@cache
def _connected() -> bool:
    """Take in the built-in formats, and from now on those of plugins."""
    from . import format_plugin  # imports every format

    plugins.register(format_plugin, "ft-serialize")
    plugins.receive("ft_formats", _receive)
    return True


def all_formats() -> dict[str, Format]:
    """All formats by name, those of installed plugins included."""
    _connected()
    plugins.discover()
    return _FORMATS


def format_named(name: str) -> Format:
    """The format of that name; CheckpointError that lists the known ones where there is none."""
    _connected()
    if name not in _FORMATS:
        plugins.discover()
    if name not in _FORMATS:
        raise CheckpointError(f"there is no format {name!r}; there are {', '.join(sorted(_FORMATS))}")
    return _FORMATS[name]  # type: ignore[no-any-return]


def _by_suffix(path: str) -> Format | None:
    ending = os.path.basename(path).lower()
    fitting = [(len(s), f) for f in _FORMATS.values() for s in f.suffixes if ending.endswith(s)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def format_of(path: str | os.PathLike[str], head: bytes | None = None) -> Format | None:
    """The format a file has: by its first bytes where they tell, else by the ending of its name; None where neither does."""
    _connected()
    text = os.fsdecode(path)
    named = _by_suffix(text)
    if head is not None:
        if named is not None and named.recognises(head):
            return named
        for found in _FORMATS.values():
            if found.recognises(head):
                return found  # type: ignore[no-any-return]
    if named is None:
        plugins.discover()
        named = _by_suffix(text)
    return named


def open_document(source: Source, format: str | None = None) -> Document:
    """The document in a source, in the format named or recognised. The source is closed with it, or at once where this raises.

    Raises: CheckpointError with the file's name for a file of no known format, or not sound.
    """
    try:
        head = source.read(0, min(_HEAD, source.size))
        found = format_named(format) if format is not None else format_of(source.name, head)
        if found is None:
            known = ", ".join(sorted(_FORMATS))
            raise CheckpointError(f"expected a file in one of the formats {known}; it begins with {head[:8]!r}; give its format")
        return found.open(source)
    except CheckpointError as error:
        source.close()
        raise error.at(file=source.name, advice=DAMAGED) from error.__cause__
    except BaseException:
        source.close()
        raise
