"""Torch's format before 1.6: five pickles one after the other, then the storages, each after its number of elements.

The object's pickle comes before the sizes it needs, and storages lie in the order of a key list that follows it. So the
object is run twice: first with dummies in place of everything but storages, to learn each storage's element size; then
for real, when every storage's place in the file is known and checked.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from typing import Any

from .allow_list import Allowed, RefusedError, StorageType
from .errors import CheckpointError
from .locations import Restore
from .model import StorageRecord, TensorModel
from .pickler import Pickler
from .scan import scan_pickle
from .source import Source
from .storages import parse_claim, swap_bytes

__all__ = ["read_legacy", "write_legacy"]

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
_NUMEL = struct.Struct("<q")

Find = Callable[[str], Allowed | None]
Run = Callable[[Source, int, int, Find, Callable[[tuple[Any, ...]], Any]], Any]


class _Dummy:
    """Stands for whatever a call would have made while storages are only being counted."""

    @staticmethod
    def make(*args: Any) -> _Dummy:
        return _Dummy()


class _Claims:
    """First run: collects what the object says about its storages."""

    def __init__(self, model: TensorModel, available: int) -> None:
        self._model = model
        self._available = available
        self.found: dict[str, tuple[StorageType, str, int]] = {}

    def __call__(self, pid: tuple[Any, ...]) -> _Dummy:
        kind, key, location, numel = parse_claim(pid, 6)
        _parse_view(pid[5], numel)
        claim = kind, location, numel
        if self.found.setdefault(key, claim) != claim:
            raise RefusedError(f"storage {key!r} is claimed with two types, places or sizes")
        if numel * self._model.itemsize(kind.dtype) > self._available:
            raise RefusedError(f"storage {key!r} is claimed as {numel} x {kind.name}, more than is left of the file")
        return _Dummy()


def _parse_view(view: Any, numel: int) -> tuple[str, int, int] | None:
    """What torch before 0.4 says of a storage that is a part of another: its key, where it begins and how many elements it has."""
    if view is None:
        return None
    if type(view) is not tuple or len(view) != 3 or type(view[0]) is not str or any(type(n) is not int or n < 0 for n in view[1:]):
        raise RefusedError("expected key, offset and size of a storage that is a part of another; the file is damaged or forged")
    if view[1] + view[2] > numel:
        raise RefusedError(
            f"a part of {view[2]} elements at {view[1]} of a storage that has {numel}; the file is damaged or forged"
        )
    return view


def _find_dummies(find: Find) -> Find:
    def find_dummy(path: str) -> Allowed | None:
        entry = find(path)
        if entry is None or isinstance(entry.value, StorageType) or path.startswith(("collections.", "builtins.", "_codecs.")):
            return entry
        if entry.call is None:
            return entry
        return Allowed(path, _Dummy, _Dummy.make, _Dummy.make, lambda target, state: None)

    return find_dummy


def read_legacy(source: Source, model: TensorModel, restore: Restore, run: Run, find: Find) -> tuple[Any, int]:
    """The object in a legacy file, and the offset where the file's next object would begin.

    Args:
        run: (source, start, end, find, persistent) -> object; runs one pickle and names its place in errors.
        find: the allow list.

    Raises: CheckpointError.
    """
    at = 0

    def plain() -> Any:
        nonlocal at
        start, at = at, scan_pickle(source, at).end
        return run(source, start, at, lambda path: None, _no_storage)

    if plain() != MAGIC:
        raise CheckpointError("Invalid magic number; corrupt file?", file=source.name)
    if (protocol := plain()) != PROTOCOL:
        raise CheckpointError(f"Invalid protocol version: {protocol}", file=source.name)
    info = plain()
    little = type(info) is not dict or info.get("little_endian", True)
    begin, at = at, scan_pickle(source, at).end
    end = at
    claims = _Claims(model, source.size - end)
    run(source, begin, end, _find_dummies(find), claims)
    keys = plain()
    if type(keys) is not list or any(type(key) is not str for key in keys) or sorted(keys) != sorted(claims.found):
        raise CheckpointError("the list of storages is not the list of those the object names", file=source.name, offset=end)
    places: dict[str, tuple[int, int]] = {}
    for key in keys:
        kind, _, numel = claims.found[key]
        if (stored := _NUMEL.unpack(source.read(at, 8))[0]) != numel:
            raise CheckpointError(f"storage {key!r} has {stored} elements, the object says {numel}", file=source.name, offset=at)
        nbytes = numel * model.itemsize(kind.dtype)
        source.check(at + 8, nbytes)
        places[key] = at + 8, nbytes
        at += 8 + nbytes
    loaded: dict[str, Any] = {}
    views: dict[tuple[str, str, int, int], Any] = {}

    def persistent(pid: tuple[Any, ...]) -> Any:
        kind, key, location, numel = parse_claim(pid, 6)
        if key not in loaded:
            offset, nbytes = places[key]
            buffer, view = model.allocate(nbytes)
            source.readinto(offset, view)
            if little != (sys.byteorder == "little"):
                swap_bytes(view, kind.dtype, model.itemsize(kind.dtype))
            storage = restore(model.storage_from_bytes(buffer), location)
            loaded[key] = model.typed(storage, kind.dtype, numel)
        part = _parse_view(pid[5], numel)
        if part is None:
            return loaded[key]
        if (key, *part) not in views:
            item, (whole, _, _) = model.itemsize(kind.dtype), model.parts(loaded[key]) or (None, None, 0)
            views[key, *part] = model.typed(model.storage_part(whole, part[1] * item, part[2] * item), kind.dtype, part[2])
        return views[key, *part]

    return run(source, begin, end, find, persistent), at


def _no_storage(pid: tuple[Any, ...]) -> Any:
    raise RefusedError("a storage where the legacy format has only numbers and names")


def write_legacy(obj: Any, write: Callable[[Any], Any], spell: Callable[[Any], Any], storage_id: Callable[..., Any]) -> None:
    """Write `obj` in the legacy format. `storage_id(record, storages)` numbers a storage and gives its five-part id."""
    storages: dict[str, StorageRecord] = {}

    def plain(value: Any) -> bytes:
        return Pickler(lambda o: None, lambda record: _no_storage(())).dumps(value)

    info = {
        "protocol_version": PROTOCOL,
        "little_endian": sys.byteorder == "little",
        "type_sizes": {"short": 2, "int": 4, "long": 4},
    }
    for header in (MAGIC, PROTOCOL, info):
        write(plain(header))
    write(Pickler(spell, lambda record: (*storage_id(record, storages), None)).dumps(obj))
    keys = sorted(storages)
    write(plain(keys))
    for key in keys:
        record = storages[key]
        write(_NUMEL.pack(record.numel))
        write(memoryview(record.read()).cast("B")[: record.numel * record.itemsize])
