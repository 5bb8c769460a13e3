"""Sidecars: `<file>.repair` beside any file holds what is needed to find damage in it and to undo it.

    header: msgpack, twice (at the beginning and at the end), each with its SHA-256: name, size and SHA-256 tree digest of the file,
            symbol size, groups, and a digest of 16 bytes for each symbol
    packets: the repair symbols, each with its number and a digest

The code recovers what is missing; it cannot tell wrong from right. So every symbol and packet is hashed before it is used, and a
repaired file replaces the damaged one only when the whole has the digest that was recorded. Damage up to about the chosen overhead,
in runs or scattered by sectors, is undone; a sidecar that is damaged itself loses only the packets that are hit.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .atomic import Output, atomic_file
from .errors import DAMAGED, CheckpointError
from .fountain import MAX_GROUP, decode, encode, symbol_size
from .packed import unpack
from .source import MappedSource, MemorySource
from .treehash import TreeHash, tree_digest

__all__ = ["SUFFIX", "Damage", "Sidecar", "protect", "sidecar_path"]

SUFFIX = ".repair"
_MAGIC = b"\x89FTRQ\r\n\x1a"
_DIGEST = 16
_MAX_SYMBOL = 65_528  # the code's own limit
_SPARE = 2  # packets more than the overhead asks for: they make decoding certain but for one in a million
_FIELDS = {"version": int, "size": int, "sha256": bytes, "symbol": int, "groups": int, "repair": list, "digests": bytes}


def sidecar_path(path: str | os.PathLike[str]) -> str:
    """Where the sidecar of a file is."""
    return os.fspath(path) + SUFFIX


def protect(path: str | os.PathLike[str], overhead: float = 0.1, symbol: int | None = None) -> str:
    """Write the sidecar of a file; its path.

    Args:
        overhead: how much of the file may be lost, 0 to 1 exclusive of 0; the sidecar is about that part of its size, and 1 % more.
        symbol: bytes of a symbol, a multiple of 8; by default a disk's sector, less for small files.

    Raises: ValueError for an overhead out of range; CheckpointError where the library is missing.
    """
    if not 0 < overhead <= 1:
        raise ValueError(f"protect: overhead is a part of the file's size, more than 0 and at most 1; got {overhead}")
    data = file_bytes(path)
    size = symbol_size(len(data)) if symbol is None else symbol
    symbols = _symbols(data, size)
    groups = max(1, -(-len(symbols) // MAX_GROUP))
    packets: list[list[bytes]] = []
    for group in range(groups):
        mine = symbols[group::groups]
        count = int(np.ceil(len(mine) * overhead)) + _SPARE
        packets.append(encode(mine, count) if len(mine) else [])
    header = {
        "version": 1,
        "size": len(data),
        "sha256": tree_digest(memoryview(data)),  # type: ignore[arg-type]
        "symbol": size,
        "groups": groups,
        "repair": [len(found) for found in packets],
        "digests": b"".join(_digests(symbols)),
    }
    with atomic_file(sidecar_path(path)) as output:
        _write(output, header, packets)
    return sidecar_path(path)


def _write(output: Output, header: dict[str, Any], packets: list[list[bytes]]) -> None:
    import msgpack

    raw = msgpack.packb(header)
    block = hashlib.sha256(raw).digest() + raw
    lengths = struct.pack("<Q", len(block))
    output.write(_MAGIC + lengths + block)
    for group in packets:
        for packet in group:
            output.write(packet + _digest(packet))
    output.write(block + lengths + _MAGIC)


def _symbols(data: np.ndarray, size: int) -> np.ndarray:
    """(count, size) symbols of the bytes, the last filled with zeros."""
    count = -(-len(data) // size)
    padded = data if count * size == len(data) else np.concatenate([data, np.zeros(count * size - len(data), np.uint8)])
    return padded.reshape(count, size)


def _digest(data: Any) -> bytes:
    return hashlib.sha256(data).digest()[:_DIGEST]


def _digests(symbols: np.ndarray) -> Iterator[bytes]:
    return (_digest(row) for row in symbols)


@dataclass(slots=True)
class Damage:
    """What is wrong with a file: the symbols that are, by index, and the digests they have now."""

    symbols: list[int]
    found: list[bytes]
    length: int
    used: dict[int, list[int]] = field(default_factory=dict)  # group -> repair packets given to the decoder


class Sidecar:
    """An open sidecar.

    Attributes:
        path: of the sidecar.
        size, sha256: of the file it protects, undamaged.
        symbol: bytes of a symbol.
        digest: SHA-256 of the header, by which a proof names it.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        with open(path, "rb") as file:
            self._data = file.read()
        raw, self._start = self._header()
        self.digest = hashlib.sha256(raw).digest()
        try:
            content = unpack(MemorySource(raw), 0, len(raw), inline=len(raw))
        except CheckpointError as error:
            error.file = path
            raise error.at(advice=DAMAGED) from None
        if type(content) is not dict or {key: type(value) for key, value in content.items()} != _FIELDS or content["version"] != 1:
            raise CheckpointError("expected a sidecar of version 1 with its seven fields; upgrade ft-serialize", file=path)
        self.size: int = content["size"]
        self.sha256: bytes = content["sha256"]
        self.symbol: int = content["symbol"]
        self.groups: int = content["groups"]
        self._repair: list[int] = content["repair"]
        digests = content["digests"]
        count = -(-self.size // self.symbol) if self.symbol > 0 and self.size >= 0 else -1
        fine = (
            len(digests) == count * _DIGEST
            and self.groups == len(self._repair)
            and all(type(n) is int and n >= 0 for n in self._repair)
        )
        room = sum(self._repair) * (self.symbol + 4 + _DIGEST) <= len(self._data) if fine else False
        if not room or self.symbol % 8 or self.symbol > _MAX_SYMBOL or len(self.sha256) != 32:
            raise CheckpointError("the fields of the sidecar contradict each other; it is forged", file=path)
        self.digests = [digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)]

    def _header(self) -> tuple[bytes, int]:
        """The header from whichever of its two places is whole, and where packets begin."""
        data, least = self._data, len(_MAGIC) + 8
        for at, step in ((8, 1), (len(data) - least, -1)):
            if len(data) < 2 * least + 32:
                break
            (length,) = struct.unpack_from("<Q", data, at)
            start = least if step > 0 else at - length
            block = data[start : start + length] if 32 <= length <= len(data) and start >= least else b""
            if len(block) > 32 and hashlib.sha256(block[32:]).digest() == block[:32]:
                return block[32:], least + length
        raise CheckpointError(
            "neither copy of the sidecar's header is whole; it cannot be used: protect the file again", file=self.path
        )

    def packets(self, group: int) -> list[tuple[int, bytes]]:
        """The undamaged repair packets of a group, numbered. One that bears another number than its place gives it counts as damaged."""
        width = self.symbol + 4 + _DIGEST
        first = len(range(group, len(self.digests), self.groups))  # repair symbols are numbered after the group's own
        start = self._start + sum(self._repair[:group]) * width
        found = []
        for i in range(self._repair[group]):
            record = self._data[start + i * width : start + (i + 1) * width]
            numbered = record[:4] == (first + i).to_bytes(4, "big")
            if len(record) == width and numbered and _digest(record[:-_DIGEST]) == record[-_DIGEST:]:
                found.append((i, record[:-_DIGEST]))
        return found

    def lost_packets(self) -> int:
        """Repair packets that are damaged."""
        return sum(self._repair) - sum(len(self.packets(group)) for group in range(self.groups))

    def examine(self, data: np.ndarray) -> Damage | None:
        """What is wrong with the file's bytes, or None."""
        rows = _symbols(data[: self.size], self.symbol)
        now = list(_digests(rows))
        now += [bytes(_DIGEST)] * (len(self.digests) - len(now))  # what was cut off
        wrong = [i for i, (a, b) in enumerate(zip(now, self.digests, strict=True)) if a != b]
        if not wrong and len(data) == self.size:
            return None
        return Damage(wrong, [now[i] for i in wrong], len(data))

    def _too_few(self, lost: int, symbols: int, packets: int, damage: Damage) -> CheckpointError:
        return CheckpointError(
            f"{lost} of {symbols} symbols are lost and {packets} repair symbols are left: too few; restore the file from a copy",
            file=self.path.removesuffix(SUFFIX),
            offset=damage.symbols[0] * self.symbol,
        )

    def recover(self, data: np.ndarray, damage: Damage) -> np.ndarray:
        """The undamaged bytes; CheckpointError where too much is lost, and never anything but the bytes that were protected."""
        if self.size > len(data) + len(self._data):
            raise self._too_few(len(damage.symbols), len(self.digests), sum(self._repair), damage)
        symbols = np.zeros((len(self.digests), self.symbol), np.uint8)
        present = data[: self.size]
        symbols.reshape(-1)[: len(present)] = present
        good = np.ones(len(symbols), bool)
        good[damage.symbols] = False
        for group in range(self.groups):
            mine = slice(group, None, self.groups)
            if good[mine].all():
                continue
            packets = self.packets(group)
            made = decode(symbols[mine], good[mine], [packet for _, packet in packets])
            if made is None:
                lost = int((~good[mine]).sum())
                raise self._too_few(lost, len(good[mine]), len(packets), damage)
            damage.used[group] = [number for number, _ in packets]
            symbols[mine] = made
        whole = symbols.reshape(-1)[: self.size]
        if tree_digest(memoryview(whole)) != self.sha256:  # type: ignore[arg-type]
            raise CheckpointError(
                "what was decoded does not have the digest of the file that was protected; nothing was changed: restore it from a copy",
                file=self.path.removesuffix(SUFFIX),
            )
        return whole


def file_bytes(path: str | os.PathLike[str]) -> np.ndarray:
    """A file's bytes, mapped: pages are read when they are looked at."""
    return np.frombuffer(MappedSource(os.fspath(path)).view, np.uint8)


def file_digest(path: str) -> bytes:
    """The tree digest of a file."""
    hasher = TreeHash()
    with open(path, "rb") as file:
        while piece := file.read(1 << 24):
            hasher.update(piece)
    return hasher.digest()
