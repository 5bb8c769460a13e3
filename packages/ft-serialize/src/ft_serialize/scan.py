"""A static walk over one pickle: where it ends, which globals it names, whether every opcode is one we read.

Nothing is built and nothing is called, so a reader can refuse a file before its first object exists and can list every
global that is missing at once. The legacy format needs the walk also because its pickles do not say how long they are.
"""

from __future__ import annotations

from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from dataclasses import dataclass, field

from .errors import CheckpointError
from .source import Source, SourceStream

__all__ = ["PickleSummary", "global_path", "scan_pickle"]

MAX_NAME = 1000  # bytes of a module or global name

# Opcode -> bytes of argument that follow it. Those whose argument says its own length are in _SIZED, GLOBAL has two lines.
FIXED = {
    0x80: 1, 0x2E: 0,  # PROTO STOP
    0x28: 0, 0x74: 0, 0x85: 0, 0x86: 0, 0x87: 0, 0x29: 0,  # MARK TUPLE TUPLE1 TUPLE2 TUPLE3 EMPTY_TUPLE
    0x5D: 0, 0x7D: 0, 0x8F: 0,  # EMPTY_LIST EMPTY_DICT EMPTY_SET
    0x61: 0, 0x65: 0, 0x73: 0, 0x75: 0,  # APPEND APPENDS SETITEM SETITEMS
    0x4E: 0, 0x88: 0, 0x89: 0,  # NONE NEWTRUE NEWFALSE
    0x4A: 4, 0x4B: 1, 0x4D: 2, 0x47: 8,  # BININT BININT1 BININT2 BINFLOAT
    0x68: 1, 0x6A: 4, 0x71: 1, 0x72: 4,  # BINGET LONG_BINGET BINPUT LONG_BINPUT
    0x52: 0, 0x81: 0, 0x62: 0, 0x51: 0,  # REDUCE NEWOBJ BUILD BINPERSID
}  # fmt: skip
_SIZED = {0x58: 4, 0x55: 1, 0x8A: 1}  # BINUNICODE SHORT_BINSTRING LONG1: bytes of the length itself
GLOBAL, STOP, PROTO = 0x63, 0x2E, 0x80


@dataclass
class PickleSummary:
    """What `scan_pickle` found: the end offset, and the offset at which each global is first named."""

    end: int
    globals: dict[str, int] = field(default_factory=dict)


def global_path(module: str, name: str) -> str:
    """`module.name` after the renames from Python 2, which protocol 2 writers still use (`__builtin__` for `builtins`)."""
    if (module, name) in NAME_MAPPING:
        module, name = NAME_MAPPING[module, name]
    elif module in IMPORT_MAPPING:
        module = IMPORT_MAPPING[module]
    return f"{module}.{name}"


def decode_name(raw: bytes, offset: int) -> str:
    """A module or global name as text; CheckpointError when it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise CheckpointError(f"expected a name in UTF-8, got {raw[:40]!r}; the file is damaged", offset=offset) from None


def scan_pickle(source: Source, offset: int = 0) -> PickleSummary:
    """Walk the pickle that starts at `offset` of `source`.

    Raises: CheckpointError for an opcode outside the readable set, and where the source ends before STOP.
    """
    stream = SourceStream(source, offset)
    summary = PickleSummary(offset)
    read = stream.read
    while True:
        code = read(1)[0]
        if code in FIXED:
            read(FIXED[code])
            if code == STOP:
                summary.end = stream.tell()
                return summary
        elif code in _SIZED:
            count = int.from_bytes(read(_SIZED[code]), "little")
            _skip(stream, count, source)
        elif code == GLOBAL:
            start = stream.tell() - 1
            module = decode_name(stream.readline(MAX_NAME), start)
            name = decode_name(stream.readline(MAX_NAME), start)
            summary.globals.setdefault(global_path(module, name), start)
        else:
            raise CheckpointError(
                f"Unsupported operand {code} (opcode {bytes([code])!r}): not one that state_dicts need; if you wrote this "
                "file, save it again with torch.save and pickle_protocol=2",
                offset=stream.tell() - 1,
            )


def _skip(stream: SourceStream, count: int, source: Source) -> None:
    source.check(stream.tell(), count)
    stream.seek(stream.tell() + count)
