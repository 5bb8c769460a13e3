"""safetensors: a JSON header of names, types and offsets, then the bytes. Read, written, mapped; nothing to execute in it.

The reader is our own because the library's NumPy road cannot load bfloat16 or float8 and holds whole files in memory; the tests
compare with the library in both directions. Refused as the library does: overlaps, holes, bytes that belong to nothing.
Source: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import json
import math
from typing import Any

from .atomic import Output
from .errors import CheckpointError
from .formats import Document, StoredDocument, TensorSpec, spec_of
from .json_scan import JsonScan
from .source import Source

__all__ = ["DTYPES", "Safetensors", "header_of"]

DTYPES = {
    "BOOL": "bool", "U8": "uint8", "I8": "int8", "U16": "uint16", "I16": "int16", "U32": "uint32", "I32": "int32", "U64": "uint64",
    "I64": "int64", "F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64", "C64": "complex64",
    "F8_E4M3": "float8_e4m3fn", "F8_E5M2": "float8_e5m2", "F8_E8M0": "float8_e8m0fnu", "F8_E4M3FNUZ": "float8_e4m3fnuz",
    "F8_E5M2FNUZ": "float8_e5m2fnuz", "F4": "float4_e2m1fn_x2",
}  # fmt: skip
_CODES = {dtype: code for code, dtype in DTYPES.items()}
_METADATA = "__metadata__"
_ALIGNMENT = 64
_HEADER_FREE = 4 << 20  # a header longer than this must be a sixteenth of the file at most
_HEADER_CAP = 100_000_000  # the library's


class Safetensors:
    """The format `safetensors`, one file; several with an index are `safetensors_shards`."""

    name = "safetensors"
    suffixes = (".safetensors",)

    def recognises(self, head: bytes) -> bool:
        """A length that some header has, then an object."""
        return len(head) >= 10 and head[8:9] == b"{" and 2 <= int.from_bytes(head[:8], "little") <= _HEADER_CAP

    def open(self, source: Source) -> Document:
        """The tensors, after every offset has been checked."""
        length = int.from_bytes(source.read(0, 8), "little")
        if length > min(_HEADER_CAP, source.size - 8) or length > max(_HEADER_FREE, source.size // 16):
            raise CheckpointError(
                f"expected a header that fits a file of {source.size} bytes, got a length of {length}; this is no safetensors file",
                offset=0,
            )
        scan = JsonScan(source.read(8, length), "the header", source.size + (48 << 20))
        metadata: dict[str, Any] = {}
        specs: dict[str, TensorSpec] = {}
        ranges: dict[str, tuple[int, int]] = {}
        for name in scan.table():
            if name == _METADATA:
                metadata = {key: scan.string() for key in scan.table()}
                continue
            specs[name], ranges[name] = _entry(name, scan.flat())
        scan.end()
        _check_cover(ranges, source.size - 8 - length)
        return StoredDocument(source, specs, {name: 8 + length + start for name, (start, _) in ranges.items()}, metadata)

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write it; tensors follow each other by falling alignment, as the library orders them."""
        if options:
            raise TypeError(f"safetensors: unknown options {', '.join(options)}")
        order = sorted(document.specs.values(), key=lambda spec: -_alignment(spec))
        output.write(header_of(document, order))
        for spec in order:
            for piece in document.chunks(spec.name):
                output.write(piece)


def _entry(name: str, fields: dict[str, Any]) -> tuple[TensorSpec, tuple[int, int]]:
    """A tensor's spec and its range in the buffer."""
    shape, offsets, code = fields.get("shape"), fields.get("data_offsets"), fields.get("dtype")
    if len(fields) != 3 or type(shape) is not list or type(offsets) is not list or type(code) is not str:
        raise CheckpointError(
            "expected exactly dtype, shape and data_offsets; the header is forged or of a newer format", record=name
        )
    if code not in DTYPES:
        raise CheckpointError(f"expected a dtype among {', '.join(DTYPES)}, got {code!r:.40}", record=name)
    if code == "F4":  # the header counts elements, torch pairs of them
        if not shape or type(shape[-1]) is not int or shape[-1] % 2:
            raise CheckpointError("expected an even last size for a packed 4-bit dtype", record=name)
        shape = [*shape[:-1], shape[-1] // 2]
    spec = spec_of(name, DTYPES[code], tuple(shape), code if code == "F4" else "")
    if len(offsets) != 2 or not all(type(n) is int and n >= 0 for n in offsets) or offsets[1] - offsets[0] != spec.nbytes:
        raise CheckpointError(
            f"expected data_offsets {spec.nbytes} bytes apart, got {offsets!s:.60}; the file is forged", record=name
        )
    return spec, (offsets[0], offsets[1])


def _check_cover(ranges: dict[str, tuple[int, int]], size: int) -> None:
    """Tensors lie one after the other, without overlap or hole, to the end of the file."""
    free = 0
    for name, (start, stop) in sorted(ranges.items(), key=lambda item: item[1]):
        if start != free:
            raise CheckpointError(
                f"expected the tensor to begin at byte {free} of the data, got {start}: it overlaps another, or bytes belong to none",
                record=name,
            )
        free = stop
    if free != size:
        raise CheckpointError(f"expected {free} bytes of data after the header, got {size}; the file is truncated, fetch it again")


def _alignment(spec: TensorSpec) -> int:
    """Bytes of an element."""
    count = math.prod(spec.shape)
    return spec.nbytes // count if count else 1


def header_of(document: Document, order: list[TensorSpec]) -> bytes:
    """Length and header for the document's tensors, whose bytes follow in this order; padded so that they begin aligned."""
    ranges, at = {}, 0
    for spec in order:
        ranges[spec.name] = [at, at + spec.nbytes]
        at += spec.nbytes
    header: dict[str, Any] = {}
    metadata = document.table()
    if metadata:
        header[_METADATA] = {key: value if type(value) is str else json.dumps(value) for key, value in metadata.items()}
    for name, spec in document.specs.items():
        if spec.dtype not in _CODES or name == _METADATA:
            raise CheckpointError(
                f"safetensors has no {spec.dtype}; convert the tensor, or use the format ftck"
                if name != _METADATA
                else "the name is taken by the format; rename the tensor",
                record=name,
            )
        shape = [*spec.shape[:-1], spec.shape[-1] * 2] if spec.dtype == "float4_e2m1fn_x2" and spec.shape else list(spec.shape)
        header[name] = {"dtype": _CODES[spec.dtype], "shape": shape, "data_offsets": ranges[name]}
    raw = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    raw += b" " * (-(len(raw) + 8) % _ALIGNMENT)
    return len(raw).to_bytes(8, "little") + raw
