"""NumPy's npy and npz: arrays of plain numbers, one or many. Object arrays are pickles, and are refused whatever the caller says.

The header of an npy file is a Python expression; here it is matched, not evaluated. NumPy has no name for bfloat16 and float8, so an
npz written here says in a member of its own, `__metadata__.json`, which dtype such a member has; NumPy itself reads it as raw bytes.
Sources: numpy.lib.format (the npy format, versions 1 to 3); APPNOTE.TXT 6.3.10 (zip).
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from ft_core.dtype import BY_NAME

from .archive import ArchiveReader, ArchiveWriter, Record
from .atomic import Output
from .errors import CheckpointError
from .formats import CHUNK, Document, TensorSpec, spec_of
from .json_scan import JsonScan
from .source import Source

__all__ = ["Npy", "Npz"]

_MAGIC = b"\x93NUMPY"
_HEADER = re.compile(
    r"\{\s*'descr'\s*:\s*'([<>|=][a-zA-Z]\d{1,4})'\s*,\s*'fortran_order'\s*:\s*(True|False)\s*,"
    r"\s*'shape'\s*:\s*\(\s*((?:\d{1,19}L?\s*,|\d{1,19}L?(?:\s*,\s*\d{1,19}L?)+\s*,?)?)\s*\)\s*,?\s*\}\s*\Z"
)
_MAX_HEADER = 10_000  # numpy's
_MEMBER = "__metadata__.json"
_OPAQUE = re.compile(r"[|<>=]V(\d+)\Z")


def _descrs() -> dict[str, str]:
    """NumPy's spelling of each dtype of its own, to torch's name."""
    kinds = {name: np.dtype(d.numpy) for name, d in BY_NAME.items() if name == d.name and d.numpy is not None}
    return {kind.str: name for name, kind in kinds.items() if kind.isbuiltin == 1}


_DESCRS = _descrs()


class _Array:
    """One npy stream: its spec, and how the bytes lie."""

    def __init__(self, name: str, head: bytes, size: int, dtypes: dict[str, str]) -> None:
        if head[:6] != _MAGIC or len(head) < 10 or head[6] not in (1, 2, 3):
            raise CheckpointError("expected an npy header of version 1, 2 or 3", record=name)
        start = 10 if head[6] == 1 else 12
        length = int.from_bytes(head[8:start], "little")
        if length > _MAX_HEADER or start + length > min(len(head), size):
            raise CheckpointError(
                f"expected a header of at most {_MAX_HEADER} bytes inside the file, got {length}", record=name, offset=8
            )
        text = head[start : start + length].decode("latin-1")
        found = _HEADER.match(text)
        if found is None:
            raise CheckpointError(
                f"expected a header of descr, fortran_order and shape for plain numbers, got {text[:80]!r}; object and structured "
                "arrays are not read: save each field as an array of numbers",
                record=name,
                offset=start,
            )
        descr, order, sizes = found.groups()
        shape = tuple(int(n.strip().rstrip("L")) for n in sizes.split(",") if n.strip())
        self.swapped = descr[0] == ">" and descr[2:] != "1"
        self.fortran = order == "True" and len(shape) > 1
        self.start = start + length
        encoding = "big-endian" if self.swapped else "Fortran order" if self.fortran else ""
        self.spec = spec_of(name, _dtype_of(name, descr, dtypes), shape, encoding)
        if self.spec.nbytes != size - self.start:
            raise CheckpointError(
                f"expected {self.spec.nbytes} bytes after the header, got {size - self.start}; it is damaged", record=name
            )

    def decoded(self, pieces: Iterator[Any]) -> Iterator[Any]:
        """The stream's bytes in C order and little-endian."""
        width = BY_NAME[self.spec.dtype].itemsize
        width = width // 2 if self.spec.dtype.startswith("complex") else width
        if self.fortran:
            whole = np.concatenate([np.frombuffer(p, np.uint8) for p in pieces] or [np.empty(0, np.uint8)])
            size = BY_NAME[self.spec.dtype].itemsize
            turned = np.ascontiguousarray(
                whole.reshape(*self.spec.shape[::-1], size).transpose(*range(len(self.spec.shape))[::-1], -1)
            )
            pieces = iter([memoryview(turned).cast("B")])  # type: ignore[arg-type]
        for piece in pieces:
            yield memoryview(np.frombuffer(piece, f">u{width}").astype(f"<u{width}")).cast("B") if self.swapped else piece  # type: ignore[arg-type]


def _dtype_of(name: str, descr: str, dtypes: dict[str, str]) -> str:
    little = ("|" if descr[2:] == "1" else "<") + descr[1:] if descr[0] in "<>=" else descr
    if little in _DESCRS:
        return _DESCRS[little]
    opaque = _OPAQUE.match(descr)
    named = BY_NAME.get(dtypes.get(name, ""))
    if opaque and named is not None and named.itemsize == int(opaque.group(1)):
        return named.name
    raise CheckpointError(
        f"expected a dtype of numbers, got {descr!r}"
        + (
            "; raw bytes without a name: were they bfloat16? write an npz or safetensors file, which say so"
            if opaque
            else "; text, dates and objects are not read: save arrays of numbers"
        ),
        record=name,
    )


def _header(spec: TensorSpec) -> bytes:
    kind = BY_NAME[spec.dtype].numpy
    if kind is None:
        raise CheckpointError(f"NumPy has no {spec.dtype}; convert the tensor, or use the format ftck", record=spec.name)
    text = np.dtype(kind).str
    descr = text if text in _DESCRS else f"|V{spec.nbytes // max(math.prod(spec.shape), 1) or BY_NAME[spec.dtype].itemsize}"
    body = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {spec.shape!r}, }}"
    body += " " * (-(len(body) + 11) % 64) + "\n"
    return _MAGIC + b"\x01\x00" + len(body).to_bytes(2, "little") + body.encode()


class NpyDocument(Document):
    """One array, under the name `array`."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._source = source
        self._array = _Array("array", source.read(0, min(source.size, _MAX_HEADER + 12)), source.size, {})
        super().__init__({"array": self._array.spec})

    def chunks(self, name: str) -> Iterator[Any]:
        start, size = self._array.start, self._array.spec.nbytes
        return self._array.decoded(self._source.piece(start + at, min(CHUNK, size - at)) for at in range(0, size, CHUNK))

    def close(self) -> None:
        self._source.close()


class Npy:
    """The format `npy`."""

    name = "npy"
    suffixes = (".npy",)

    def recognises(self, head: bytes) -> bool:
        """NumPy's magic."""
        return head[:6] == _MAGIC

    def open(self, source: Source) -> Document:
        """A document of one tensor, `array`."""
        return NpyDocument(source)

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write the one tensor that there is; CheckpointError for several, or a dtype NumPy cannot name."""
        if options:
            raise TypeError(f"npy: unknown options {', '.join(options)}")
        if document.table() or len(document.specs) != 1:
            raise CheckpointError(f"npy holds one array and nothing else, here are {len(document.specs)} tensors; write npz")
        (spec,) = document.specs.values()
        header = _header(spec)
        if b"|V" in header:
            raise CheckpointError(f"npy cannot say {spec.dtype}; write npz or safetensors", record=spec.name)
        output.write(header)
        for piece in document.chunks(spec.name):
            output.write(piece)


class _NpzArchive(ArchiveReader):
    """A zip archive as numpy.savez writes it: no root folder, members may be deflated."""

    methods = (0, 8)

    def _name(self, raw: bytes, offset: int) -> str:
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = ""
        if not name.endswith((".npy", _MEMBER)) or "\0" in name or "\\" in name or name.startswith("/") or ".." in name.split("/"):
            raise CheckpointError(f"expected a member named <name>.npy, got {raw[:80]!r}; this is no npz file", offset=offset)
        return name

    def pieces(self, record: Record, limit: int) -> Iterator[bytes]:
        """The member's first `limit` bytes, unpacked as they are read; the checksum is verified where it is read to its end."""
        total = crc = 0
        inflate = zlib.decompressobj(-15) if record.method else None
        at, stop = record.offset, record.offset + record.packed
        while total < limit:
            if inflate is None:
                piece = self.source.read(at, min(1 << 20, stop - at))
                at += len(piece)
            else:
                tail = inflate.unconsumed_tail
                if not tail and at < stop:
                    tail = self.source.read(at, min(1 << 16, stop - at))
                    at += len(tail)
                try:
                    piece = inflate.decompress(tail, 1 << 20)
                except zlib.error as error:
                    raise CheckpointError(f"the compressed data are damaged: {error}", record=record.name, offset=at) from None
            if not piece and (inflate is None or inflate.eof or (at >= stop and not inflate.unconsumed_tail)):
                break
            total += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if limit >= record.size and (total != record.size or crc != record.crc):
            raise CheckpointError(
                f"expected {record.size} bytes of CRC-32 {record.crc:08x}, got {total} of {crc:08x}", record=record.name
            )


class NpzDocument(Document):
    """Arrays of an npz file; deflated ones are unpacked piece by piece."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._source = source
        self._archive = archive = _NpzArchive(source)
        metadata, dtypes = self._extra()
        self._arrays: dict[str, _Array] = {}
        for record in archive.records.values():
            if record.name == _MEMBER:
                continue
            name = record.name.removesuffix(".npy")
            head = b"".join(archive.pieces(record, _MAX_HEADER + 12))
            self._arrays[name] = _Array(name, head, record.size, dtypes)
        super().__init__({name: self._spec(name) for name in self._arrays}, metadata)

    def _spec(self, name: str) -> TensorSpec:
        spec, record = self._arrays[name].spec, self._archive.records[name + ".npy"]
        if not record.method:
            return spec
        return spec_of(name, spec.dtype, spec.shape, "deflate", record.packed)

    def _extra(self) -> tuple[dict[str, Any], dict[str, str]]:
        record = self._archive.records.get(_MEMBER)
        if record is None:
            return {}, {}
        if record.size > 1 << 22:
            raise CheckpointError("expected at most 4 MB of metadata", record=_MEMBER)
        scan = JsonScan(b"".join(self._archive.pieces(record, record.size)), "the metadata", 32 << 20)
        tables: dict[str, dict[str, str]] = {}
        for key in scan.table():
            tables[key] = {name: scan.string() for name in scan.table()}
        scan.end()
        return dict(tables.get("metadata", {})), tables.get("dtypes", {})

    def chunks(self, name: str) -> Iterator[Any]:
        array, record = self._arrays[name], self._archive.records[name + ".npy"]
        return array.decoded(_after(self._archive.pieces(record, record.size + 1), array.start, BY_NAME[array.spec.dtype].itemsize))

    def verify(self) -> str:
        for name in self.specs:
            for _ in self.chunks(name):  # the checksum is compared at a member's end
                pass
        return "CRC-32"

    def admit(self, name: str) -> None:
        size = self.specs[name].nbytes
        if self._archive.records[name + ".npy"].method and size > self._source.size + (64 << 20):
            raise CheckpointError(
                f"a compressed array of {size} bytes in a file of {self._source.size}; unpack it with `frankentorch convert`, which streams",
                file=self.name,
                record=name,
            )

    def close(self) -> None:
        self._source.close()


def _after(pieces: Iterator[bytes], skip: int, width: int) -> Iterator[bytes]:
    """The pieces without their first `skip` bytes, cut so that each holds whole elements."""
    rest = b""
    for piece in pieces:
        taken = min(skip, len(piece))
        skip -= taken
        rest += piece[taken:]
        whole = len(rest) // width * width
        if whole:
            yield rest[:whole]
            rest = rest[whole:]
    if rest:
        yield rest


class Npz:
    """The format `npz`."""

    name = "npz"
    suffixes = (".npz",)

    def recognises(self, head: bytes) -> bool:
        """A zip whose first member is an array or our metadata."""
        return head[:4] == b"PK\x03\x04" and (b".npy" in head or _MEMBER.encode() in head)

    def open(self, source: Source) -> Document:
        """The arrays; their data are read when they are asked for."""
        return NpzDocument(source)

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write members uncompressed, aligned, which numpy.load reads too."""
        if options:
            raise TypeError(f"npz: unknown options {', '.join(options)}")
        archive = ArchiveWriter(output.write, "")
        metadata = {k: v if type(v) is str else json.dumps(v) for k, v in document.table().items()}
        headers = {spec.name: _header(spec) for spec in document.specs.values()}
        dtypes = {name: document.specs[name].dtype for name, header in headers.items() if b"|V" in header}
        if metadata or dtypes:
            archive.record(_MEMBER, json.dumps({"metadata": metadata, "dtypes": dtypes}).encode())
        for name, header in headers.items():
            archive.record(f"{name}.npy", _Member(header, document, name))
        archive.close()


class _Member:
    """Header and data of one array, as pieces."""

    def __init__(self, header: bytes, document: Document, name: str) -> None:
        self._header, self._document, self._name = header, document, name
        self.size = len(header) + document.specs[name].nbytes

    def __iter__(self) -> Iterator[Any]:
        yield self._header
        yield from self._document.chunks(self._name)
