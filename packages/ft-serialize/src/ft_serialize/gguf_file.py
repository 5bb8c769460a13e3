"""GGUF, llama.cpp's format: typed metadata, then tensors, many of them quantized in blocks.

Headers are parsed here, within bounds; block formats are the `gguf` library's (extra `ft-serialize[gguf]`), which is asked for the size
of a block, to dequantize and to quantize. A quantized tensor reads as float32. Sizes are listed fastest first in the file and turned
around here, so that shapes are torch's. Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from ft_core.dtype import BY_NAME

from .atomic import Output
from .errors import CheckpointError
from .formats import CHUNK, Document, StoredDocument, TensorSpec, spec_of
from .source import Source, SourceStream

__all__ = ["Gguf", "GgufDocument"]

_MAGIC = b"GGUF"
_PLAIN = {
    0: "float32", 1: "float16", 24: "int8", 25: "int16", 26: "int32", 27: "int64", 28: "float64", 30: "bfloat16",
}  # fmt: skip  # codes of ggml types that are dtypes
_CODES = {name: code for code, name in _PLAIN.items()}
_WRITTEN = ("F32", "F16", "BF16", "Q8_0", "Q4_0")
_AS_DTYPE = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9
_MAX_NAME = 1 << 16
_MAX_TEXT = 1 << 24
_BLOCK_ELEMENTS = 1 << 19  # dequantized at once
_ENTRY_COST = 600


def _library() -> Any:
    """gguf.quants and its table of block sizes; CheckpointError that says what to install."""
    try:
        from gguf import constants, quants
    except ImportError:
        raise CheckpointError("quantized tensors need the library of the format; pip install ft-serialize[gguf]") from None
    return quants, constants


@cache
def _block(code: int) -> tuple[str, int, int]:
    """Name, elements and bytes of a block of a quantized type."""
    _, constants = _library()
    try:
        kind = constants.GGMLQuantizationType(code)
        elements, size = constants.GGML_QUANT_SIZES[kind]
    except (ValueError, KeyError):
        raise CheckpointError(f"tensor type {code} is not known to the installed gguf library; upgrade it") from None
    return kind.name, int(elements), int(size)


class _Header:
    """Metadata and tensor table of a file, read once from the beginning."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stream = SourceStream(source)
        self._allowance = source.size + (40 << 20)
        if self._stream.read(4) != _MAGIC:
            raise CheckpointError("expected GGUF at the beginning of the file", offset=0)
        (version,) = self._unpack("<I")
        if version not in (2, 3):
            wrong = "it is big-endian" if version & 0xFFFF == 0 else f"it is version {version}"
            raise CheckpointError(
                f"expected GGUF version 2 or 3, little-endian; {wrong}: convert it with llama.cpp's tools", offset=4
            )
        tensors, pairs = self._unpack("<QQ")
        self._spend(tensors + pairs, 24)
        self.metadata: dict[str, Any] = {}
        for _ in range(pairs):
            at = self._stream.tell()
            key = self._text(_MAX_NAME)
            if key in self.metadata:
                raise CheckpointError(f"the key {key!r:.60} comes twice; the file is forged", offset=at)
            self.metadata[key] = self._value(self._unpack("<I")[0], 0)
        self.entries = [self._entry() for _ in range(tensors)]
        alignment = self.metadata.get("general.alignment", 32)
        if type(alignment) is not int or not 0 < alignment <= 1 << 20 or alignment & (alignment - 1):
            raise CheckpointError(f"expected an alignment that is a power of two, got {alignment!r:.40}")
        self.data = -(-self._stream.tell() // alignment) * alignment
        self.alignment = alignment

    def _unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self._stream.read(struct.calcsize(layout)))

    def _spend(self, count: int, least: int, cost: int = _ENTRY_COST) -> None:
        """Refuse a count whose elements, of at least so many bytes each, cannot follow, or would cost more than is allowed."""
        self._allowance -= count * cost
        at = self._stream.tell()
        if count * least > self._source.size - at or self._allowance < 0:
            raise CheckpointError(
                f"expected fewer than {count} entries in the {self._source.size - at} bytes that follow", offset=at
            )

    def _text(self, limit: int) -> str:
        at = self._stream.tell()
        (length,) = self._unpack("<Q")
        if length > min(limit, self._source.size):
            raise CheckpointError(f"expected a text of at most {limit} bytes, got {length}; the file is damaged", offset=at)
        try:
            return self._stream.read(length).decode()
        except UnicodeDecodeError:
            raise CheckpointError("expected a text in UTF-8; the file is damaged", offset=at) from None

    def _value(self, code: int, depth: int) -> Any:
        at = self._stream.tell()
        if code in _SCALARS:
            if code == 7 and self._stream.read(1)[0] not in (0, 1):
                raise CheckpointError("expected 0 or 1 for a boolean; the file is damaged", offset=at)
            if code == 7:
                self._stream.seek(at)
            return self._unpack(_SCALARS[code])[0]
        if code == _STRING:
            return self._text(_MAX_TEXT)
        if code != _ARRAY or depth > 4:
            raise CheckpointError(
                f"expected a value type of 0 to 12 nested less than five deep, got {code}; the file is damaged", offset=at
            )
        kind, count = self._unpack("<IQ")
        layout = _SCALARS.get(kind)
        self._spend(count, struct.calcsize(layout) if layout else 8, cost=40 if layout else 120)
        if layout and kind != 7:
            return list(struct.unpack(f"<{count}{layout[1]}", self._stream.read(count * struct.calcsize(layout))))
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _entry(self) -> tuple[str, tuple[int, ...], int, int, int]:
        at = self._stream.tell()
        name = self._text(_MAX_NAME)
        (dims,) = self._unpack("<I")
        if dims > 8:
            raise CheckpointError(f"expected at most 8 sizes, got {dims}; the file is damaged", record=name, offset=at)
        shape = self._unpack(f"<{dims}Q")[::-1]
        code, offset = self._unpack("<IQ")
        return name, shape, code, offset, at


class GgufDocument(StoredDocument):
    """An open GGUF file; quantized tensors are dequantized while they are read.

    Attributes:
        blocks: for each quantized tensor, the code of its type.
    """

    def __init__(self, source: Source) -> None:
        header = _Header(source)
        self.blocks: dict[str, int] = {}
        specs: dict[str, TensorSpec] = {}
        places: dict[str, int] = {}
        for name, shape, code, offset, at in header.entries:
            if name in specs:
                raise CheckpointError("two tensors have this name; the file is forged", record=name, offset=at)
            specs[name] = spec = self._spec(name, shape, code)
            places[name] = header.data + offset
            if offset % header.alignment or places[name] + spec.stored_bytes > source.size:
                raise CheckpointError(
                    f"expected {spec.stored_bytes} bytes at {places[name]}, aligned to {header.alignment}, in a file of {source.size}; "
                    "it is truncated, fetch it again",
                    record=name,
                    offset=at,
                )
        _check_overlap(specs, places)
        super().__init__(source, specs, places, header.metadata)

    def _spec(self, name: str, shape: tuple[int, ...], code: int) -> TensorSpec:
        if code in _PLAIN:
            return spec_of(name, _PLAIN[code], shape)
        kind, elements, size = _block(code)
        if not shape or shape[-1] % elements:
            raise CheckpointError(
                f"expected rows in blocks of {elements} for {kind}, got shape {shape}; the file is damaged", record=name
            )
        self.blocks[name] = code
        plain = spec_of(name, "float32", shape)
        return spec_of(name, "float32", shape, kind, plain.nbytes // 4 // elements * size)

    def chunks(self, name: str) -> Iterator[Any]:
        if name not in self.blocks:
            yield from super().chunks(name)
            return
        quants, constants = _library()
        _, elements, size = _block(self.blocks[name])
        kind = constants.GGMLQuantizationType(self.blocks[name])
        step = max(1, _BLOCK_ELEMENTS // elements) * size
        start, total = self._places[name], self.specs[name].stored_bytes
        for at in range(0, total, step):
            stored = np.frombuffer(self._source.piece(start + at, min(step, total - at)), np.uint8)
            try:
                with np.errstate(all="ignore"):  # damaged scales are infinite or NaN, and so are their products
                    plain = quants.dequantize(stored, kind)
            except NotImplementedError:
                raise CheckpointError(
                    f"the gguf library cannot dequantize {kind.name}; install a newer one", file=self.name, record=name
                ) from None
            yield memoryview(np.ascontiguousarray(plain, "<f4").reshape(-1)).cast("B")  # type: ignore[arg-type]

    def readinto(self, name: str, buffer: memoryview) -> None:
        if name in self.blocks:
            Document.readinto(self, name, buffer)
        else:
            super().readinto(name, buffer)

    def view(self, name: str) -> memoryview | None:
        return None if name in self.blocks else super().view(name)


def _check_overlap(specs: dict[str, TensorSpec], places: dict[str, int]) -> None:
    free = 0
    for name in sorted(places, key=lambda n: (places[n], specs[n].stored_bytes)):
        if places[name] < free:
            raise CheckpointError("the tensor's bytes overlap another's; the file is forged", record=name, offset=places[name])
        free = places[name] + specs[name].stored_bytes


class Gguf:
    """The format `gguf`. Option `encoding`: F32, F16, BF16, Q8_0 or Q4_0 for all tensors of floating point; as they are by default."""

    name = "gguf"
    suffixes = (".gguf",)

    def recognises(self, head: bytes) -> bool:
        """The magic."""
        return head[:4] == _MAGIC

    def open(self, source: Source) -> Document:
        """The tensors; quantized ones as float32."""
        return GgufDocument(source)

    def write(self, document: Document, output: Output, *, encoding: str | None = None, **options: Any) -> None:
        """Write version 3. Under Q8_0 and Q4_0 tensors of one dimension, or with rows of broken blocks, become F32, as in llama.cpp."""
        if options:
            raise TypeError(f"gguf: unknown options {', '.join(options)}")
        if encoding is not None and encoding not in _WRITTEN:
            raise CheckpointError(f"expected an encoding among {', '.join(_WRITTEN)}, got {encoding!r}")
        codes = {name: _code(spec, encoding) for name, spec in document.specs.items()}
        metadata = {"general.architecture": "unknown", **document.table()}
        metadata.pop("general.alignment", None)  # ours is the default
        output.write(_MAGIC + struct.pack("<IQQ", 3, len(codes), len(metadata)))
        for key, value in metadata.items():
            output.write(_packed_text(key) + _packed(key, value))
        at = 0
        for name, spec in document.specs.items():
            if len(spec.shape) > 4:
                raise CheckpointError(f"expected at most 4 dimensions, got {len(spec.shape)}; reshape the tensor", record=name)
            dims = spec.shape[::-1] or (1,)
            output.write(_packed_text(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, codes[name], at))
            at += -(-_stored(spec, codes[name]) // 32) * 32
        for name, spec in document.specs.items():
            output.pad(32)
            for piece in _encoded(document, spec, codes[name]):
                output.write(piece)
        output.pad(32)


def _code(spec: TensorSpec, encoding: str | None) -> int:
    """The type that a tensor is written as."""
    kind = BY_NAME[spec.dtype]
    if encoding is None or not kind.is_floating_point or kind.itemsize == 1:
        if spec.dtype not in _CODES:
            raise CheckpointError(f"gguf has no {spec.dtype}; convert the tensor, or use safetensors or ftck", record=spec.name)
        return _CODES[spec.dtype]
    if encoding in _AS_DTYPE:
        return _CODES[_AS_DTYPE[encoding]]
    code = {"Q8_0": 8, "Q4_0": 2}[encoding]
    return code if len(spec.shape) > 1 and spec.shape[-1] % _block(code)[1] == 0 else 0


def _stored(spec: TensorSpec, code: int) -> int:
    count = math.prod(spec.shape)
    if code in _PLAIN:
        return count * BY_NAME[_PLAIN[code]].itemsize
    _, elements, size = _block(code)
    return count // elements * size


def _encoded(document: Document, spec: TensorSpec, code: int) -> Iterator[Any]:
    """The tensor's bytes in the type it is written as."""
    if _PLAIN.get(code) == spec.dtype:
        yield from document.chunks(spec.name)
        return
    source = np.dtype(BY_NAME[spec.dtype].numpy)
    unit = 32 * source.itemsize  # whole blocks of Q8_0 and Q4_0
    for piece in _regrouped(document.chunks(spec.name), unit):
        numbers = np.frombuffer(piece, source)
        with np.errstate(over="ignore"):
            if code in _PLAIN:
                made: Any = numbers.astype(BY_NAME[_PLAIN[code]].numpy).view(np.uint8)
            else:
                quants, constants = _library()
                made = quants.quantize(numbers.astype(np.float32), constants.GGMLQuantizationType(code))
        yield memoryview(np.ascontiguousarray(made)).cast("B")  # type: ignore[arg-type]


def _regrouped(pieces: Iterator[Any], unit: int) -> Iterator[Any]:
    """The same bytes in pieces of whole units of at most CHUNK bytes; the last piece is what is left."""
    rest = b""
    for piece in pieces:
        joined = rest + bytes(piece) if rest else memoryview(piece).cast("B")
        whole = min(len(joined), CHUNK) // unit * unit
        for at in range(0, len(joined) // unit * unit, whole or 1):
            yield joined[at : at + whole]
        rest = bytes(joined[len(joined) // unit * unit :])
    if rest:
        yield rest


def _packed_text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _packed(key: str, value: Any) -> bytes:
    """A metadata value with its type; integers take 32 bits where they fit, as llama.cpp expects."""
    if isinstance(value, (list, tuple)):
        code = _common_type(key, value)
        return struct.pack("<IIQ", _ARRAY, code, len(value)) + b"".join(_packed_item(code, item) for item in value)
    code = _type_of(key, value)
    return struct.pack("<I", code) + _packed_item(code, value)


def _common_type(key: str, values: Any) -> int:
    """The one type of a list's items."""
    codes = {_type_of(key, item) for item in values}
    if len(codes) < 2:
        return codes.pop() if codes else 5
    if codes <= {4, 5, 11}:
        return 5 if all(-(1 << 31) <= item < 1 << 31 for item in values) else 11
    if codes <= {6, 12}:
        return 12
    raise CheckpointError(f"expected a list of one type under {key!r}; gguf has no mixed lists")


def _type_of(key: str, value: Any) -> int:
    if isinstance(value, bool):
        return 7
    if isinstance(value, int) and -(1 << 63) <= value < 1 << 64:
        return 4 if 0 <= value < 1 << 32 else 5 if -(1 << 31) <= value < 0 else 11 if value < 1 << 63 else 10
    if isinstance(value, float):
        return 6 if _is_single(value) else 12
    if isinstance(value, str):
        return _STRING
    raise CheckpointError(
        f"gguf has no metadata of type {type(value).__name__} (or so large), under {key!r}; write text or numbers"
    )


def _is_single(value: float) -> bool:
    """Whether 32 bits hold the number."""
    try:
        return math.isnan(value) or bool(struct.unpack("<f", struct.pack("<f", value))[0] == value)
    except OverflowError:
        return False


def _packed_item(code: int, value: Any) -> bytes:
    return _packed_text(value) if code == _STRING else struct.pack(_SCALARS[code], value)
