"""msgpack from strangers: read within bounds, large binary left where it is.

The library packs; it is not used to unpack, because nested array headers make it allocate many times the file's size, and because it
would read every tensor into memory. Here each element must be paid for with a byte that is there, depth is bounded, and a binary or
extension longer than a limit comes back as a `Span`: offset and length in the source.
Source: https://github.com/msgpack/msgpack/blob/master/spec.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from .errors import CheckpointError
from .source import Source, SourceStream

__all__ = ["Extension", "Span", "unpack"]

_MAX_DEPTH = 64
_INLINE = 1 << 16
_KEYS = (str, int, bytes, bool, float, type(None))
_COST = 120  # bytes an element may take in memory
_NUMBERS = {
    0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q",
}  # fmt: skip
_LENGTHS = {
    0xC4: (">B", "bin"), 0xC5: (">H", "bin"), 0xC6: (">I", "bin"), 0xC7: (">B", "ext"), 0xC8: (">H", "ext"), 0xC9: (">I", "ext"),
    0xD9: (">B", "str"), 0xDA: (">H", "str"), 0xDB: (">I", "str"), 0xDC: (">H", "array"), 0xDD: (">I", "array"), 0xDE: (">H", "map"),
    0xDF: (">I", "map"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes that were not read: where they are in the source."""

    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Extension:
    """A value of an application's own type: its code, and where its bytes are in the source."""

    code: int
    offset: int
    size: int


def unpack(source: Source, start: int, end: int, *, depth: int = 0, inline: int = _INLINE) -> Any:
    """The one object in [start, end) of a source. A binary of more than `inline` bytes is a Span.

    Raises: CheckpointError with the offset for anything but exactly one object within the bounds.
    """
    reader = _Reader(source, start, end, inline)
    value = reader.value(depth)
    if reader.tell() != end:
        raise CheckpointError(f"expected the object to end at byte {end}; something follows it", offset=reader.tell())
    return value


class _Reader:
    def __init__(self, source: Source, start: int, end: int, inline: int) -> None:
        self._source = source
        self._inline = inline
        self._stream = SourceStream(source, start, block=min(1 << 16, max(1, end - start)))
        self._end = end
        self._budget = (source.size + (40 << 20)) // _COST
        self.tell = self._stream.tell

    def _take(self, count: int) -> bytes:
        if self.tell() + count > self._end:
            raise CheckpointError(f"expected {count} more bytes, the object's place ends at {self._end}", offset=self.tell())
        return self._stream.read(count)

    def _spend(self, elements: int) -> None:
        self._budget -= elements
        if self._budget < 0 or elements > self._end - self.tell():
            raise CheckpointError("more elements than bytes are there to hold them; the file is forged", offset=self.tell())

    def value(self, depth: int) -> Any:
        """The next object."""
        at = self.tell()
        if depth > _MAX_DEPTH:
            raise CheckpointError(f"expected nesting of at most {_MAX_DEPTH} levels; the file is forged", offset=at)
        code = self._take(1)[0]
        if code < 0x80 or code >= 0xE0:
            return code if code < 0x80 else code - 0x100
        if code < 0xC0:
            kind, length = ("map", code & 15) if code < 0x90 else ("array", code & 15) if code < 0xA0 else ("str", code & 31)
            return self._sized(kind, length, depth)
        if code in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[code]
        if code in _NUMBERS:
            layout = _NUMBERS[code]
            return struct.unpack(layout, self._take(struct.calcsize(layout)))[0]
        if 0xD4 <= code <= 0xD8:
            return self._sized("ext", 1 << (code - 0xD4), depth)
        if code in _LENGTHS:
            layout, kind = _LENGTHS[code]
            return self._sized(kind, struct.unpack(layout, self._take(struct.calcsize(layout)))[0], depth)
        raise CheckpointError(f"byte {code:#x} begins no msgpack object; the file is damaged", offset=at)

    def _sized(self, kind: str, length: int, depth: int) -> Any:
        at = self.tell()
        if kind == "map":
            self._spend(2 * length)
            return self._map(length, depth)
        if kind == "array":
            self._spend(length)
            return [self.value(depth + 1) for _ in range(length)]
        if kind == "ext":
            code = struct.unpack("b", self._take(1))[0]
            return Extension(code, *self._skip(length))
        if kind == "bin":
            return self._take(length) if length <= self._inline else Span(*self._skip(length))
        try:
            return self._take(length).decode()
        except UnicodeDecodeError as error:
            raise CheckpointError(f"expected text in UTF-8: {error}; the file is damaged", offset=at) from None

    def _skip(self, length: int) -> tuple[int, int]:
        at = self.tell()
        if at + length > self._end:
            raise CheckpointError(f"expected {length} more bytes, the object's place ends at {self._end}", offset=at)
        self._stream.seek(at + length)
        return at, length

    def _map(self, length: int, depth: int) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for _ in range(length):
            at = self.tell()
            key = self.value(depth + 1)
            if not isinstance(key, _KEYS) or key in made:
                raise CheckpointError(f"expected each key once, a text or a number, got {key!r:.60}; the file is forged", offset=at)
            made[key] = self.value(depth + 1)
        return made
