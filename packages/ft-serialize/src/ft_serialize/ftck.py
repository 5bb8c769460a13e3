"""The header of FTCK, our own checkpoint: what it says and how it is spelled. Files are `ftck_file.py`'s.

    0   8  magic                 every byte order, text mode or 7-bit road damages it visibly
    8   4  version (1)           little-endian, like all numbers of the prefix
    12  4  zero
    16  8  length of the header
    24  8  length of the file
    32  32 SHA-256 of bytes 0 to 31 and the header
    64     the header, one msgpack map with exactly the keys `metadata`, `files`, `tensors`, `tree`
    then, from the next multiple of 4096, the payload: each tensor at a multiple of 64, zeros between

A tensor is `[name, dtype, shape, file, offset, digest]`: file 0 is this one, file n the n-th of `files`, `[name, header digest]`, which an
incremental save shares bytes with. Offsets count from the payload's beginning. An unknown key, type or code is refused, never skipped.
"""

from __future__ import annotations

import hashlib
import struct
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from ft_core.device import device
from ft_core.dtype import BY_NAME, dtype
from ft_core.size import Size

from .errors import CheckpointError
from .formats import TensorSpec, spec_of
from .packed import Extension, unpack
from .source import MemorySource, Source
from .structure import Irregular, Leaf

__all__ = ["ALIGNMENT", "MAGIC", "Entry", "Header", "pack_header", "payload_start", "read_header"]

MAGIC = b"\x89FTCK\r\n\x1a"
VERSION = 1
ALIGNMENT = 64
_PAGE = 4096
_PREFIX = struct.Struct("<8sIIQQ32s")
_KEYS = {"metadata", "files", "tensors", "tree"}
_LEAF, _TUPLE, _ORDERED, _DTYPE, _DEVICE, _SIZE, _COMPLEX, _INTEGER, _SET, _IRREGULAR = range(1, 11)
_MAX_BASES = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One tensor: its spec, the file it is in (0: this one), where, and the tree digest of its bytes."""

    spec: TensorSpec
    file: int
    offset: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """All that a file says before its payload; `digest` identifies the file."""

    metadata: dict[str, Any]
    files: list[tuple[str, bytes]]
    entries: dict[str, Entry]
    tree: Any
    payload: int
    size: int
    digest: bytes


def payload_start(header_length: int) -> int:
    """Where the payload begins."""
    return -(-(_PREFIX.size + header_length) // _PAGE) * _PAGE


# -- writing -------------------------------------------------------------------------------------------------------------


def pack_header(
    metadata: dict[str, Any], files: list[tuple[str, bytes]], entries: list[Entry], tree: Any, payload_length: int
) -> tuple[bytes, int]:
    """Prefix and header, padded to where the payload begins, and the length of the file. Its length does not depend on digests."""
    import msgpack

    places = {entry.spec.name: i for i, entry in enumerate(entries)}
    content = {
        "metadata": _spelled(metadata, places, "metadata"),
        "files": [[name, digest] for name, digest in files],
        "tensors": [[e.spec.name, e.spec.dtype, list(e.spec.shape), e.file, e.offset, e.digest] for e in entries],
        "tree": _spelled(tree, places, ""),
    }
    raw = msgpack.packb(content)
    start = payload_start(len(raw))
    prefix = struct.pack("<8sIIQQ", MAGIC, VERSION, 0, len(raw), start + payload_length)
    digest = hashlib.sha256(prefix + raw).digest()
    return (prefix + digest + raw).ljust(start, b"\0"), start + payload_length


def _spelled(value: Any, places: dict[str, int], path: str) -> Any:
    """The value in msgpack's types and ours; CheckpointError, which names where it is, for anything else."""
    import msgpack

    def ext(code: int, content: Any) -> Any:
        return msgpack.ExtType(code, content if type(content) is bytes else msgpack.packb(content))

    def items(values: Any) -> list[Any]:
        return [_spelled(item, places, f"{path}.{i}") for i, item in enumerate(values)]

    if isinstance(value, Leaf):
        return ext(_LEAF, [places[value.name], value.parameter, value.requires_grad])
    if isinstance(value, Irregular):
        parts = [places[name] for name in value.parts]
        return ext(_IRREGULAR, [value.kind, parts, list(value.size), list(value.facts), value.parameter, value.requires_grad])
    if isinstance(value, OrderedDict):
        pairs = [[_key(k, path), _spelled(v, places, f"{path}.{k}")] for k, v in value.items()]
        return ext(_ORDERED, [pairs, {k: _spelled(v, places, f"{path}.{k}") for k, v in vars(value).items()}])
    if type(value) is dict:
        return {_key(k, path): _spelled(v, places, f"{path}.{k}") for k, v in value.items()}
    if type(value) is list:
        return items(value)
    if isinstance(value, Size):
        return ext(_SIZE, list(value))
    if type(value) is tuple:
        return ext(_TUPLE, items(value))
    if type(value) is set:
        return ext(_SET, items(sorted(value, key=repr)))
    if isinstance(value, dtype):
        return ext(_DTYPE, value.name)
    if isinstance(value, device):
        return ext(_DEVICE, str(value))
    if type(value) is complex:
        return ext(_COMPLEX, [value.real, value.imag])
    if type(value) is int and not -(1 << 63) <= value < 1 << 64:
        return ext(_INTEGER, hex(value))
    if value is None or type(value) in (bool, int, float, str, bytes):
        return value
    raise CheckpointError(
        f"expected tensors, containers, numbers and text, got a {type(value).__module__}.{type(value).__qualname__}; save its "
        "state_dict or leave it out",
        record=path.removeprefix("."),
    )


def _key(key: Any, path: str) -> Any:
    if key is None or type(key) in (bool, int, float, str, bytes):
        return key
    raise CheckpointError(f"expected keys that are text or numbers, got a {type(key).__name__}", record=path.removeprefix("."))


# -- reading -------------------------------------------------------------------------------------------------------------


def read_header(source: Source) -> Header:
    """The header of a file, every offset checked against the file's size; CheckpointError where anything is not as written."""
    if source.size < _PREFIX.size:
        raise CheckpointError(f"expected at least {_PREFIX.size} bytes, got {source.size}; this is no FTCK file")
    magic, version, zero, length, size, digest = _PREFIX.unpack(source.read(0, _PREFIX.size))
    if magic != MAGIC:
        raise CheckpointError(
            "expected the magic of FTCK at the beginning of the file; it is of another format or damaged", offset=0
        )
    if version != VERSION or zero:
        raise CheckpointError(
            f"expected version {VERSION}, got {version}; upgrade ft-serialize, or write it again with an older one", offset=8
        )
    if size != source.size or payload_start(length) > size:
        raise CheckpointError(
            f"expected {size} bytes, the file has {source.size}; it is truncated or something was appended: `frankentorch scrub` it",
            offset=24,
        )
    raw = source.read(_PREFIX.size, length)
    if hashlib.sha256(source.read(0, 32) + raw).digest() != digest:
        raise CheckpointError("the header does not have its SHA-256; the file is damaged: `frankentorch scrub` it", offset=32)
    content = unpack(MemorySource(raw), 0, length, inline=length)
    if type(content) is not dict or set(content) != _KEYS:
        raise CheckpointError(
            f"expected the fields {', '.join(sorted(_KEYS))}, got {str(content)[:80]}; upgrade ft-serialize", offset=64
        )
    files = _files(content["files"])
    payload = payload_start(length)
    entries = _entries(content["tensors"], len(files), size - payload)
    reader = _Tree(MemorySource(raw), list(entries))
    metadata = reader.value(content["metadata"])
    if type(metadata) is not dict:
        raise CheckpointError("expected a map of metadata", offset=64)
    return Header(metadata, files, entries, reader.value(content["tree"]), payload, size, digest)


def _files(value: Any) -> list[tuple[str, bytes]]:
    if type(value) is not list or len(value) > _MAX_BASES:
        raise CheckpointError(f"expected at most {_MAX_BASES} other files")
    for item in value:
        fine = type(item) is list and len(item) == 2 and type(item[0]) is str and type(item[1]) is bytes and len(item[1]) == 32
        if not fine or not item[0] or item[0] in (".", "..") or any(c in item[0] for c in "/\\:\0"):
            raise CheckpointError(f"expected the name of a file beside this one and its digest, got {str(item)[:80]}; it is forged")
    return [(name, digest) for name, digest in value]


def _entries(value: Any, files: int, payload: int) -> dict[str, Entry]:
    """The tensors; those of this file lie in the payload, aligned, and share bytes entirely or not at all."""
    entries: dict[str, Entry] = {}
    for item in value if type(value) is list else [None]:
        if type(item) is not list or [type(part) for part in item] != [str, str, list, int, int, bytes] or len(item[5]) != 32:
            raise CheckpointError(f"expected name, dtype, shape, file, offset and digest of a tensor, got {str(item)[:80]}")
        name, kind, shape, file, offset, digest = item
        spec = spec_of(name, kind, tuple(shape))
        if name in entries or not 0 <= file <= files or offset < 0 or offset % ALIGNMENT:
            raise CheckpointError(
                "expected each name once, in a file that is listed, at a multiple of 64; it is forged", record=name
            )
        if not file and offset + spec.nbytes > payload:
            raise CheckpointError(f"expected {spec.nbytes} bytes at {offset} of a payload of {payload}; it is forged", record=name)
        entries[name] = Entry(spec, file, offset, digest)
    free, last = 0, (-1, -1)
    for entry in sorted((e for e in entries.values() if not e.file), key=lambda e: (e.offset, e.spec.nbytes)):
        place = entry.offset, entry.spec.nbytes
        if entry.offset < free and place != last and entry.spec.nbytes:
            raise CheckpointError("the tensor's bytes overlap another's; the file is forged", record=entry.spec.name)
        if entry.spec.nbytes:
            free, last = entry.offset + entry.spec.nbytes, place
    return entries


class _Tree:
    """Reads values back that `_spelled` wrote."""

    def __init__(self, raw: Source, names: list[str]) -> None:
        self._raw = raw
        self._names = names

    def value(self, item: Any, depth: int = 0) -> Any:
        """The value; nested extensions are unpacked here, and count into the depth."""
        if isinstance(item, Extension):
            return self._extension(item, depth)
        if type(item) is list:
            return [self.value(part, depth) for part in item]
        if type(item) is dict:
            return {key: self.value(part, depth) for key, part in item.items()}
        return item

    def _extension(self, ext: Extension, depth: int) -> Any:
        at = 64 + ext.offset
        if depth > 64 or ext.code not in range(_LEAF, _IRREGULAR + 1):
            raise CheckpointError(
                f"expected a code of 1 to {_IRREGULAR} nested at most 64 deep, got {ext.code}; upgrade ft-serialize", offset=at
            )
        found = unpack(self._raw, ext.offset, ext.offset + ext.size, depth=min(depth, 60), inline=ext.size)
        try:
            return self._made(ext.code, found, depth + 1)
        except (TypeError, ValueError, KeyError, IndexError, RuntimeError) as error:
            if isinstance(error, CheckpointError):
                raise
            raise CheckpointError(
                f"extension {ext.code} does not hold what it should: {error!s:.80}; the file is forged", offset=at
            ) from None

    def _made(self, code: int, found: Any, depth: int) -> Any:
        if code in (_DTYPE, _DEVICE, _INTEGER):
            _expect(type(found) is str and len(found) < 1 << 16)
            return BY_NAME[found] if code == _DTYPE else device(found) if code == _DEVICE else int(found, 16)
        _expect(type(found) is list)
        if code == _LEAF:
            index, parameter, requires_grad = found
            _expect(type(index) is int and index >= 0 and type(parameter) is bool and type(requires_grad) is bool)
            return Leaf(self._names[index], parameter, requires_grad)
        if code == _IRREGULAR:
            return self._irregular(*found)
        if code == _COMPLEX:
            real, imaginary = found
            return complex(real, imaginary)
        if code == _SIZE:
            _expect(all(type(n) is int for n in found))
            return Size(found)
        if code != _ORDERED:
            values = [self.value(part, depth) for part in found]
            return tuple(values) if code == _TUPLE else set(values)
        pairs, attributes = found
        _expect(type(pairs) is list and type(attributes) is dict and all(type(k) is str and k == "_metadata" for k in attributes))
        made = OrderedDict((key, self.value(part, depth)) for key, part in pairs)
        _expect(len(made) == len(pairs))
        if attributes:
            made.__dict__.update({key: self.value(part, depth) for key, part in attributes.items()})
        return made

    def _irregular(self, kind: Any, parts: Any, size: Any, facts: Any, parameter: Any, requires_grad: Any) -> Irregular:
        _expect(type(kind) is str and type(parts) is list and type(size) is list and type(facts) is list and len(facts) < 3)
        _expect(all(type(i) is int and i >= 0 for i in parts) and all(type(n) is int and 0 <= n < 1 << 63 for n in size))
        _expect(type(parameter) is bool and type(requires_grad) is bool and all(type(fact) in (bool, int, float) for fact in facts))
        return Irregular(kind, tuple(self._names[i] for i in parts), tuple(size), tuple(facts), parameter, requires_grad)


def _expect(fine: bool) -> None:
    if not fine:
        raise ValueError("a part of the wrong type")
