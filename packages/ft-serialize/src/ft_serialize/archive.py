"""The zip archives of torch's checkpoints: a reader that accepts one meaning only, and a writer of torch's exact layout.

Zip allows a file to say the same thing twice (local headers and central directory), and every pair that may differ has
been used to show a scanner one file and a loader another. So the reader demands that both agree, that names are unique
and plain, that records are stored (not compressed, not encrypted), lie inside the file and do not overlap. Since records
cannot overlap, reading all of them never takes more memory than the file's size. The CRC of what is parsed is checked always;
that of storages, which may say anything and only cost time, where the caller wants it: torch itself never looks at them.

Layout: APPNOTE.TXT 6.3.10 of the zip format; torch's choices (64-byte alignment by an extra field "FB", flags 0x808) were
measured on files that torch 2.13 wrote.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import CheckpointError
from .source import MemorySource, Source

if TYPE_CHECKING:
    from concurrent.futures import Future  # the threads are imported with the first large record

__all__ = ["ArchiveReader", "ArchiveWriter", "Record", "Zeros", "start_crc"]

ALIGNMENT = 64
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64 = struct.Struct("<4sIQI")
_U32_MAX, _U16_MAX = 0xFFFFFFFF, 0xFFFF
_KNOWN_FLAGS = 0x808  # sizes in a descriptor after the data; names in UTF-8
_MAX_RECORDS = 10_000_000
_WORTH_A_THREAD = 1 << 20  # bytes whose checksum another thread computes
_PIECE = 1 << 24  # bytes that are checked at once


@dataclass(frozen=True, slots=True)
class Record:
    """One member: its name without the archive's root folder, where its bytes are, and their CRC-32."""

    name: str
    offset: int
    size: int
    crc: int
    header: int
    packed: int  # bytes in the archive; `size` where the record is stored
    method: int = 0


class ArchiveReader:
    """The records of a torch zip archive.

    Args:
        source: the bytes; they are checked completely, except for record contents, before the constructor returns.
        verify: check the CRC of the records that `readinto` reads, too.

    Raises: CheckpointError for anything but a plain, unambiguous archive with one root folder.
    """

    methods: tuple[int, ...] = (0,)  # compression methods that are read

    def __init__(self, source: Source, *, verify: bool = True) -> None:
        self.source = source
        self._verify = verify
        self.records: dict[str, Record] = {}
        self._sums: list[tuple[Record, Any]] = []
        self.root = ""
        start, size, count = self._directory()
        self._parse(source.read(start, size), start, count)
        self._check_layout(start)
        # torch writes 0 for every checksum under set_crc32_options(False)
        self._has_checksums = any(record.crc for record in self.records.values())

    def __contains__(self, name: str) -> bool:
        return name in self.records

    def read(self, name: str, *, limit: int | None = None) -> bytes:
        """A record's bytes, CRC checked; CheckpointError when it is missing or longer than `limit`."""
        record = self.record(name)
        if limit is not None and record.size > limit:
            raise self._error(f"expected at most {limit} bytes, got {record.size}", name, record.header)
        data = self.source.read(record.offset, record.size)
        self._check_crc(record, zlib.crc32(data))
        return data

    def readinto(self, name: str, buffer: memoryview) -> None:
        """Fill `buffer`, which must have the record's size or a few bytes less, with the record's first bytes.

        The CRC of a large record is known to be right only after `finish`, which whoever reads records so must call.
        """
        record = self.record(name)
        self.source.readinto(record.offset, buffer)
        if not self._verify or not self._has_checksums:
            return
        tail = self.source.read(record.offset + len(buffer), record.size - len(buffer))
        if len(buffer) < _WORTH_A_THREAD:
            self._check_crc(record, zlib.crc32(tail, zlib.crc32(buffer)))
            return
        from .treehash import pool  # only large files need threads

        self._sums.append((record, pool().submit(lambda: zlib.crc32(tail, zlib.crc32(buffer)))))

    def finish(self) -> None:
        """Wait for the checksums that are computed while reading goes on; CheckpointError for one that is wrong."""
        while self._sums:
            record, job = self._sums.pop()
            self._check_crc(record, job.result())

    def verify(self) -> int:
        """Check the CRC of every record, on all cores; the number of records, 0 where the archive has no checksums.

        Raises: CheckpointError that names the first damaged record.
        """
        from .treehash import pool  # only whoever verifies needs threads

        if not self._has_checksums:
            return 0
        records = list(self.records.values())
        run = pool().map if isinstance(self.source, MemorySource) else map  # a file has one position
        for record, found in zip(records, run(self._crc_of, records), strict=True):
            self._check_crc(record, found)
        return len(records)

    def _crc_of(self, record: Record) -> int:
        crc = 0
        for at in range(0, record.size, _PIECE):
            crc = zlib.crc32(self.source.piece(record.offset + at, min(_PIECE, record.size - at)), crc)
        return crc

    def record(self, name: str) -> Record:
        """The record of that name; CheckpointError when there is none."""
        try:
            return self.records[name]
        except KeyError:
            raise self._error("the archive has no such record; it is not a complete torch checkpoint", name) from None

    def _check_crc(self, record: Record, found: int) -> None:
        if found != record.crc and self._has_checksums:
            reason = (
                f"CRC-32 is {found:08x}, the archive says {record.crc:08x}; the file is damaged, fetch it again, or it was written to "
                "in place (mapped as MAP_SHARED, skip_data): load it with verify=False"
            )
            raise self._error(reason, record.name, record.offset)

    def _error(self, reason: str, record: str | None = None, offset: int | None = None) -> CheckpointError:
        return CheckpointError(reason, file=self.source.name, record=record, offset=offset)

    # -- the end of the file -----------------------------------------------------------------------------------------

    def _directory(self) -> tuple[int, int, int]:
        """Offset, size and number of entries of the central directory."""
        end = self.source.size - _END.size
        if end < 0 or self.source.read(end, 4) != b"PK\x05\x06":
            raise self._error(
                "failed finding central directory: expected it to end the file (torch writes no archive comment); the file is "
                "truncated, or something was appended to it"
            )
        _, disk, first_disk, here, count, size, start, comment = _END.unpack(self.source.read(end, _END.size))
        if disk or first_disk or here != count or comment:
            raise self._error("expected an archive in one part without a comment", offset=end)
        stop, locator = end, end - _LOCATOR64.size
        if locator >= 0 and self.source.read(locator, 4) == b"PK\x06\x07":
            stop, *wide = self._directory64(locator)
            short = size, start, count
            if any(s != w and s != full for s, w, full in zip(short, wide, (_U32_MAX, _U32_MAX, _U16_MAX), strict=True)):
                raise self._error("the two end records contradict each other; the archive is forged", offset=stop)
            size, start, count = wide
        if start + size != stop or count > _MAX_RECORDS or count * _CENTRAL.size > size:
            raise self._error(
                f"expected {count} entries in {size} bytes at {start}, right before byte {stop}; the archive is damaged or forged",
                offset=end,
            )
        return start, size, count

    def _directory64(self, locator: int) -> tuple[int, int, int, int]:
        """Offset of the zip64 end record, then what it says: size and offset of the directory, number of entries."""
        magic, disk, where, disks = _LOCATOR64.unpack(self.source.read(locator, _LOCATOR64.size))
        if magic != b"PK\x06\x07" or disk or disks > 1 or where + _END64.size != locator:
            raise self._error("expected a zip64 end record right before its locator", offset=locator)
        magic, length, _, _, disk, first, here, count, size, start = _END64.unpack(self.source.read(where, _END64.size))
        if magic != b"PK\x06\x06" or length != _END64.size - 12 or disk or first or here != count:
            raise self._error("the zip64 end record is damaged or forged", offset=where)
        return where, size, start, count

    # -- the central directory ---------------------------------------------------------------------------------------

    def _parse(self, data: bytes, start: int, count: int) -> None:
        at = 0
        for _ in range(count):
            if at + _CENTRAL.size > len(data):
                raise self._error("the central directory is shorter than its number of entries", offset=start + at)
            fields = _CENTRAL.unpack_from(data, at)
            magic, _, _, flags, method, _, _, crc, packed, size, n, e, c, disk, _, _, header = fields
            stop = at + _CENTRAL.size + n + e + c
            if magic != b"PK\x01\x02" or stop > len(data):
                raise self._error("a central directory entry is damaged", offset=start + at)
            raw = data[at + _CENTRAL.size : at + _CENTRAL.size + n]
            extra = data[at + _CENTRAL.size + n : stop - c]
            size, packed, header = _zip64(extra, size, packed, header)
            name = self._name(raw, start + at)
            if method not in self.methods or (not method and size != packed):
                raise self._error(f"expected a stored record, got compression method {method}; repack it uncompressed", name)
            if flags & ~_KNOWN_FLAGS or c or disk:
                raise self._error(
                    f"expected flags among {_KNOWN_FLAGS:#x}, got {flags:#x}; the archive is encrypted or forged", name
                )
            if name in self.records:
                raise self._error("the archive has two records of this name; it is forged", name)
            begin = self._data_offset(raw, header, Record(name, 0, size, crc, header, packed, method), flags)
            self.records[name] = Record(name, begin, size, crc, header, packed, method)
            at = stop
        if at != len(data):
            raise self._error("the central directory is longer than its entries", offset=start + at)

    def _name(self, raw: bytes, offset: int) -> str:
        try:
            full = raw.decode("utf-8")
        except UnicodeDecodeError:
            full = ""
        root, slash, name = full.partition("/")
        parts = name.split("/")
        if not slash or not root or "\\" in full or "\0" in full or any(p in ("", ".", "..") for p in (root, *parts)):
            raise self._error(
                f"expected a record named <root>/<name>, got {raw[:80]!r}; this is no torch checkpoint", offset=offset
            )
        if self.root and root != self.root:
            raise self._error(f"expected one root folder {self.root!r}, got also {root!r}; this is no torch checkpoint", name)
        self.root = root
        return name

    def _data_offset(self, raw: bytes, header: int, record: Record, flags: int) -> int:
        """Where a record's data begin, after its local header has been found to say what the directory says."""
        local = _LOCAL.unpack(self.source.read(header, _LOCAL.size))
        magic, _, lflags, method, _, _, lcrc, lpacked, lsize, n, e = local
        body = self.source.read(header + _LOCAL.size, n + e)
        lsize, lpacked, _ = _zip64(body[n:], lsize, lpacked, 0)
        described = bool(flags & 8) and (lcrc, lpacked, lsize) == (0, 0, 0)
        same = (lcrc, lpacked, lsize) == (record.crc, record.packed, record.size)
        if magic != b"PK\x03\x04" or lflags != flags or method != record.method or body[:n] != raw or not (described or same):
            raise self._error(
                "the record's own header contradicts the central directory; the archive is forged", record.name, header
            )
        return int(header + _LOCAL.size + n + e)

    def _check_layout(self, directory: int) -> None:
        """Records lie one after the other, before the directory, and share no byte."""
        free = 0
        for record in sorted(self.records.values(), key=lambda r: r.header):
            if record.header < free or record.offset + record.packed > directory:
                raise self._error(
                    "the record overlaps another or leaves the file; the archive is forged", record.name, record.header
                )
            free = record.offset + record.packed


def _zip64(extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """Sizes and offset with those that did not fit into 32 bits taken from the zip64 extra field."""
    values: Iterator[int] = iter(())
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            usable = min(length, len(extra) - at - 4) // 8
            values = iter(struct.unpack_from(f"<{usable}Q", extra, at + 4))
            break
        at += 4 + length
    size = next(values, size) if size == _U32_MAX else size
    packed = next(values, packed) if packed == _U32_MAX else packed
    header = next(values, header) if header == _U32_MAX else header
    return size, packed, header


class Zeros:
    """Zero bytes as a record's content, in pieces."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __iter__(self) -> Iterator[bytes]:
        whole, rest = divmod(self.size, _PIECE)
        blank = bytes(_PIECE if whole else rest)
        for _ in range(whole):
            yield blank
        if rest:
            yield blank[:rest]


def start_crc(data: Any) -> Future[int] | None:
    """Begin computing the CRC of a large bytes-like object in another thread; None where that is not worth it, or no core is free."""
    if not isinstance(data, (bytes, memoryview)) and not hasattr(data, "dtype"):
        return None
    view = memoryview(data).cast("B")
    if len(view) < _WORTH_A_THREAD:
        return None
    from .treehash import beside  # only large files need threads

    threads = beside()
    return None if threads is None else threads.submit(zlib.crc32, view)


class ArchiveWriter:
    """Writes records in torch's layout: stored, each record's data at a multiple of 64 bytes, sizes in descriptors.

    Args:
        write: takes bytes-like objects; called in order, nothing is ever rewritten, so pipes will do.
        root: the folder that all records are in; torch takes the file's stem, or `archive`. Empty for none.
        alignment: where data may begin, in bytes.
        zip64_from: sizes and offsets from here on take 64-bit fields (a test lowers it).
    """

    def __init__(
        self, write: Callable[[Any], Any], root: str = "archive", *, alignment: int = ALIGNMENT, zip64_from: int = _U32_MAX
    ) -> None:
        self._alignment = alignment
        self._write = write
        self._root = root
        self._limit = zip64_from
        self._at = 0
        self._entries: list[tuple[bytes, int, int, int, int]] = []  # name, flags, crc, size, header offset
        self._names: set[str] = set()

    def record(self, name: str, data: Any, *, compute_crc: bool = True, crc: Future[int] | None = None) -> None:
        """Append a record; ValueError for a name written before.

        Args:
            data: a contiguous bytes-like object, or an iterable of them whose `size` is their length in all.
            crc: what `start_crc` gave for the data.
        """
        if name in self._names:
            raise ValueError(f"archive: record {name!r} was written before; names are unique")
        self._names.add(name)
        streamed = hasattr(data, "size") and not hasattr(data, "dtype")
        pieces = data if streamed else [memoryview(data).cast("B")]
        size, header = data.size if streamed else len(pieces[0]), self._at
        flags = _KNOWN_FLAGS if size else 0x800
        raw = f"{self._root}/{name}".encode() if self._root else name.encode()
        wide = size >= self._limit or header >= self._limit
        zip64 = struct.pack("<2H2Q", 1, 16, size, size) if wide else b""
        begin = header + _LOCAL.size + len(raw) + len(zip64) + 4
        pad = -begin % self._alignment
        extra = zip64 + struct.pack("<2sH", b"FB", pad) + b"Z" * pad
        prefix = _LOCAL.pack(b"PK\x03\x04", 0, flags, 0, 0, 0, 0, 0, 0, len(raw), len(extra)) + raw + extra
        self._put(prefix)
        total = 0
        for piece in pieces if size else ():
            total = zlib.crc32(piece, total) if compute_crc and crc is None else 0
            self._put(memoryview(piece).cast("B"))
        if size:
            if self._at != header + len(prefix) + size:
                raise ValueError(f"archive: record {name!r} was to have {size} bytes, it has {self._at - header - len(prefix)}")
            if crc is not None:  # where no thread has come to it yet, it is done here: on a busy machine waiting takes longer
                total = zlib.crc32(pieces[0]) if crc.cancel() else crc.result()
            layout = "<4sI2Q" if wide else "<4s3I"
            self._put(struct.pack(layout, b"PK\x07\x08", total, size, size))
        self._entries.append((raw, flags, total, size, header))

    def serialization_id(self) -> str:
        """40 digits from the names and checksums so far: equal contents give equal digits, as in torch."""
        names = hashlib.sha256(b"\0".join(raw for raw, *_ in self._entries)).digest()
        sums = hashlib.sha256(b"".join(struct.pack("<IQ", crc, size) for _, _, crc, size, _ in self._entries)).digest()
        return "".join(f"{int.from_bytes(digest[:8], 'little'):020d}" for digest in (names, sums))

    def close(self) -> None:
        """Write the central directory; the archive is complete after this."""
        start = self._at
        for raw, flags, crc, size, header in self._entries:
            big_size, big_header = size >= self._limit, header >= self._limit
            values = [size, size] * big_size + [header] * big_header
            extra = struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values) if values else b""
            shown, where = _U32_MAX if big_size else size, _U32_MAX if big_header else header
            fields = (b"PK\x01\x02", 0, 0, flags, 0, 0, 0, crc, shown, shown, len(raw), len(extra), 0, 0, 0, 0, where)
            self._put(_CENTRAL.pack(*fields) + raw + extra)
        end, count = self._at, len(self._entries)
        size = end - start
        # torch writes the 64-bit end record always, and a reader takes it where the short one has no room
        self._put(_END64.pack(b"PK\x06\x06", _END64.size - 12, 0x31E, 0x2D, 0, 0, count, count, size, start))
        self._put(_LOCATOR64.pack(b"PK\x06\x07", 0, end, 1))
        few, short = min(count, _U16_MAX), min(size, _U32_MAX)
        self._put(_END.pack(b"PK\x05\x06", 0, 0, few, few, short, _U32_MAX if start >= self._limit else start, 0))

    def _put(self, data: Any) -> None:
        self._write(data)
        self._at += len(data)
