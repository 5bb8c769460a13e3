"""Builds files by hand, honest ones and forged ones: pickles from opcodes, archives from records."""

from __future__ import annotations

import io
import struct
from typing import Any

from serialize_standin import MODEL

from ft_serialize.archive import ArchiveWriter
from ft_serialize.torch_file import load_with

MARK, STOP, TUPLE, REDUCE, PERSID, BUILD = b"(", b".", b"t", b"R", b"Q", b"b"


def text(value: str) -> bytes:
    """BINUNICODE."""
    raw = value.encode()
    return b"X" + struct.pack("<I", len(raw)) + raw


def number(value: int) -> bytes:
    """LONG1, any size."""
    raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def name(module: str, attribute: str) -> bytes:
    """GLOBAL."""
    return f"c{module}\n{attribute}\n".encode()


def pickle(*parts: bytes) -> bytes:
    """A protocol 2 pickle of these opcodes."""
    return b"\x80\x02" + b"".join(parts) + STOP


def tensor(
    numel: int = 4, offset: int = 0, sizes: tuple[int, ...] = (4,), strides: tuple[int, ...] = (1,), kind: str = "FloatStorage"
) -> bytes:
    """Opcodes of a tensor over storage "0"."""
    pid = MARK + text("storage") + name("torch", kind) + text("0") + text("cpu") + number(numel) + TUPLE + PERSID
    shape, steps = (MARK + b"".join(map(number, v)) + TUPLE for v in (sizes, strides))
    hooks = name("collections", "OrderedDict") + b")" + REDUCE
    return (
        name("torch._utils", "_rebuild_tensor_v2") + MARK + pid + number(offset) + shape + steps + b"\x89" + hooks + TUPLE + REDUCE
    )


def archive(data: bytes, storages: tuple[bytes, ...] = (b"\0" * 16,), **extra: bytes) -> bytes:
    """A zip checkpoint around a pickle."""
    out = io.BytesIO()
    writer = ArchiveWriter(out.write)
    writer.record("data.pkl", data)
    writer.record("byteorder", b"little")
    for i, content in enumerate(storages):
        writer.record(f"data/{i}", content)
    for record, content in extra.items():
        writer.record(record, content)
    writer.record("version", b"3\n")
    writer.close()
    return out.getvalue()


def read(data: bytes, **options: Any) -> Any:
    """Load from memory with the stand-in model."""
    return load_with(MODEL, data, **options)
