"""RaptorQ (RFC 6330) over a file cut into symbols: the extra `ft-serialize[repair]`, wrapped so that symbol i is bytes [i·T, (i+1)·T).

The library may split each symbol into sub-symbols and interleaves these, so that a run of the file would not be one symbol, and 4 KB of
damage would hurt eight of them. Here the data are put in the order in which its symbols come out as runs of the file, and every
encoding checks that they did. Files of more than 32,768 symbols are several groups; symbol i is in group i mod groups, so that a long
hole is shared by all.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import CheckpointError

__all__ = ["MAX_GROUP", "decode", "encode", "symbol_size"]

MAX_GROUP = 32_768  # symbols; the code itself could take 56,403
_SECTOR = 4096
_SMALLEST = 64
_WORKING_SET = 10 << 20  # RFC 6330's WS as the library sets it
_ALIGNMENT = 8


def symbol_size(nbytes: int) -> int:
    """Bytes of a symbol: a disk's sector, or less where a file would have too few of them to spread damage over."""
    size = _SECTOR
    while size > _SMALLEST and nbytes < 256 * size:
        size //= 2
    return size


def _library() -> Any:
    try:
        import raptorq
    except ImportError:
        raise CheckpointError("repairing files needs the library of the code; pip install ft-serialize[repair]") from None
    return raptorq


def _columns(count: int, size: int) -> list[slice]:
    """The parts into which the library cuts a symbol of `size` bytes when there are `count`: RFC 6330, sections 4.3 and 4.4.1.2."""
    units = size // _ALIGNMENT
    parts = 1
    while parts < units and count > _WORKING_SET // (_ALIGNMENT * -(-units // parts)):
        parts += 1
    long, rest = divmod(units, parts)
    widths = [(long + (i < rest)) * _ALIGNMENT for i in range(parts)]
    ends = np.cumsum(widths).tolist()
    return [slice(end - width, end) for width, end in zip(widths, ends, strict=True)]


def _arranged(symbols: np.ndarray) -> bytes:
    """(count, size) symbols in the order of bytes from which the library makes them again."""
    columns = _columns(*symbols.shape)
    return symbols.tobytes() if len(columns) == 1 else b"".join(symbols[:, part].tobytes() for part in columns)


def _restored(data: bytes, count: int, size: int) -> np.ndarray:
    made = np.empty((count, size), np.uint8)
    at = 0
    for part in _columns(count, size):
        width = part.stop - part.start
        made[:, part] = np.frombuffer(data, np.uint8, count * width, at).reshape(count, width)
        at += count * width
    return made


def encode(symbols: np.ndarray, repair: int) -> list[bytes]:
    """`repair` packets of 4 bytes of number and a symbol, for a group of (count, size) uint8 symbols."""
    count, size = symbols.shape
    packets = _library().Encoder.with_defaults(_arranged(symbols), size + 4).get_encoded_packets(repair)
    for i in (0, count // 2, count - 1):  # the order of bytes is the library's affair, so it is checked, not trusted
        if packets[i][4:] != symbols[i].tobytes() or packets[i][:4] != i.to_bytes(4, "big"):
            raise CheckpointError("the installed raptorq arranges symbols in another way than 2.0 does; install raptorq 2.0")
    return [bytes(packet) for packet in packets[count : count + repair]]


def decode(symbols: np.ndarray, good: np.ndarray, packets: list[bytes]) -> np.ndarray | None:
    """The group with its damaged symbols recovered, or None where what is left does not suffice.

    Args:
        symbols: (count, size) uint8; rows that are not `good` are ignored.
        packets: repair packets, undamaged.
    """
    count, size = symbols.shape
    if int(good.sum()) + len(packets) < count:
        return None
    decoder = _library().Decoder.with_defaults(count * size, size + 4)
    for i in np.flatnonzero(good).tolist():
        data = decoder.decode(i.to_bytes(4, "big") + symbols[i].tobytes())
        if data is not None:
            return _restored(data, count, size)
    for packet in packets:
        data = decoder.decode(packet)
        if data is not None:
            return _restored(data, count, size)
    return None
