"""The pickle writer of `save`: protocol 2, in the very bytes that torch's own writer gives for the same object.

It is written out here rather than derived from `pickle.Pickler` for two reasons: our functions must appear under torch's
names (`torch._utils._rebuild_tensor_v2`), which `Pickler` refuses because they cannot be imported under them; and a writer
that knows it will be read by a weights-only machine can refuse at once what no such machine reads.

Opcodes: CPython's Lib/pickletools.py. Batching, memo numbering and integer widths follow CPython's C pickler, so files
compare equal byte for byte.
"""

from __future__ import annotations

import copyreg
import functools
import struct
import sys
from _compat_pickle import REVERSE_IMPORT_MAPPING, REVERSE_NAME_MAPPING
from _pickle import PicklingError
from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import islice
from types import BuiltinFunctionType, FunctionType
from typing import Any

from .model import Call, Global, StorageRecord

__all__ = ["Pickler"]

_BATCH = 1000
_latin1 = "latin1"  # one object, so that the memo finds it again, as in CPython
_ENCODE = Global("_codecs", "encode")
_SMALL = [b"K" + bytes([n]) for n in range(256)]
_PUT = [b"q" + bytes([n]) for n in range(256)]
_GET = [b"h" + bytes([n]) for n in range(256)]
_LONG = struct.Struct("<BI").pack  # an opcode and an index or a length
_TUPLES = {1: b"\x85", 2: b"\x86", 3: b"\x87"}


class Pickler:
    """Writes one object.

    Args:
        spell: how objects of ours are written: a `Call`, a `Global`, a `StorageRecord`, or None for anything else.
        persistent: turns a `StorageRecord` into the tuple that stands for it in the pickle.
    """

    def __init__(self, spell: Callable[[Any], Any], persistent: Callable[[StorageRecord], tuple[Any, ...]]) -> None:
        self._spell = spell
        self._persistent = persistent
        self._out = bytearray()
        self._memo: dict[Any, int] = {}
        self._keep: list[Any] = []  # what the memo names by id must stay alive

    def dumps(self, obj: Any) -> bytes:
        """The pickle of `obj`. Raises PicklingError for what a weights-only reader could not read anyway or has no name."""
        self._out = bytearray(b"\x80\x02")
        self._memo.clear()
        self._keep.clear()
        self._save(obj)
        self._out += b"."
        return bytes(self._out)

    # -- memo ------------------------------------------------------------------------------------------------------

    def _memoize(self, key: Any, keep: Any) -> None:
        memo = self._memo
        index = len(memo)
        memo[key] = index
        self._keep.append(keep)
        self._out += _PUT[index] if index < 256 else _LONG(0x72, index)

    def _recall(self, key: Any) -> bool:
        index = self._memo.get(key)
        if index is None:
            return False
        self._out += _GET[index] if index < 256 else _LONG(0x6A, index)
        return True

    # -- dispatch --------------------------------------------------------------------------------------------------

    def _save(self, obj: Any) -> None:
        kind = type(obj)
        atom = _ATOMS.get(kind)
        if atom is not None:
            atom(self, obj)
            return
        if self._recall(id(obj)):
            return
        builtin = _BUILTINS.get(kind)
        if builtin is not None:
            builtin(self, obj)
            return
        spelled = obj if kind is Call else self._spell(obj)
        if spelled is None:
            self._foreign(obj)
        elif type(spelled) is Call:
            self._reduce(spelled.function, spelled.args, spelled.state, obj=obj)
        else:
            self._save(spelled)

    def _foreign(self, obj: Any) -> None:
        """An object of a class that is neither built in nor ours: its class's own word, `__reduce_ex__(2)`."""
        if isinstance(obj, (type, FunctionType, BuiltinFunctionType)):
            self._named(obj, obj.__qualname__)
            return
        reducer = copyreg.dispatch_table.get(type(obj))
        reduced = reducer(obj) if reducer is not None else obj.__reduce_ex__(2)
        if isinstance(reduced, str):
            self._named(obj, reduced)
            return
        if not isinstance(reduced, tuple) or not 2 <= len(reduced) <= 5:
            raise PicklingError(
                f"save: {type(obj).__name__}.__reduce_ex__ must return a string or a tuple of two to five; got {reduced!r:.80}"
            )
        self._reduce(*reduced, obj=obj)

    # -- numbers and text ------------------------------------------------------------------------------------------

    def _none(self, obj: None) -> None:
        self._out += b"N"

    def _bool(self, obj: bool) -> None:
        self._out += b"\x88" if obj else b"\x89"

    def _int(self, obj: int) -> None:
        if 0 <= obj < 256:
            self._out += _SMALL[obj]
        elif 0 <= obj < 65536:
            self._out += b"M" + struct.pack("<H", obj)
        elif -(1 << 31) <= obj < 1 << 31:
            self._out += b"J" + struct.pack("<i", obj)
        else:
            size = ((obj if obj >= 0 else ~obj).bit_length() >> 3) + 1
            if size > 255:
                raise PicklingError(f"save: an int of {size} bytes; weights-only readers take at most 255")
            self._out += b"\x8a" + bytes([size]) + obj.to_bytes(size, "little", signed=True)

    def _float(self, obj: float) -> None:
        self._out += b"G" + struct.pack(">d", obj)

    def _str(self, obj: str) -> None:
        raw = obj.encode("utf-8", "surrogatepass")
        self._out += _LONG(0x58, len(raw)) + raw
        self._memoize(id(obj), obj)

    def _bytes(self, obj: bytes) -> None:
        # CPython writes b"" as a call of `bytes`, which is on no allow list; a call of encode means the same everywhere
        self._reduce(_ENCODE, (obj.decode("latin-1"), _latin1), obj=obj)

    def _bytearray(self, obj: bytearray) -> None:
        self._reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)

    def _set(self, obj: Any) -> None:
        self._reduce(type(obj), (list(obj),), obj=obj)

    # -- containers ------------------------------------------------------------------------------------------------

    def _tuple(self, obj: tuple[Any, ...]) -> None:
        if not obj:
            self._out += b")"
            return
        if len(obj) > 3:
            self._out += b"("
        for item in obj:
            if type(item) is int and 0 <= item < 256:  # most of what tuples hold: sizes and strides
                self._out += _SMALL[item]
            else:
                self._save(item)
        if id(obj) in self._memo:
            raise PicklingError("save: a tuple contains itself; weights-only readers cannot rebuild that")
        self._out += _TUPLES.get(len(obj), b"t")
        self._memoize(id(obj), obj)

    def _list(self, obj: list[Any]) -> None:
        self._out += b"]"
        self._memoize(id(obj), obj)
        self._batches(obj, 1, exact=True)

    def _dict(self, obj: dict[Any, Any]) -> None:
        self._out += b"}"
        self._memoize(id(obj), obj)
        self._batches(obj.items(), 2, exact=True)

    def _ordered(self, obj: OrderedDict[Any, Any]) -> None:
        if obj or vars(obj):
            self._foreign(obj)
            return
        self._global("collections", "OrderedDict")  # every tensor has an empty one, for its hooks
        self._out += b")R"
        self._memoize(id(obj), obj)

    def _batches(self, items: Iterable[Any], width: int, *, exact: bool) -> None:
        """List items (width 1) or key-value pairs (width 2), 1000 at a time. CPython marks a last batch of one only if `exact`."""
        one, many = (b"a", b"e") if width == 1 else (b"s", b"u")
        rest, first = iter(items), True
        while batch := list(islice(rest, _BATCH)):
            marked = len(batch) > 1 or (exact and not first)
            self._out += b"(" if marked else b""
            for item in batch:
                if width == 1:
                    self._save(item)
                else:
                    self._save(item[0])
                    self._save(item[1])
            self._out += many if marked else one
            first = False

    # -- calls and names -------------------------------------------------------------------------------------------

    def _reduce(self, function: Any, args: Any, state: Any = None, items: Any = None, pairs: Any = None, *, obj: Any) -> None:
        name = getattr(function, "__name__", "")
        if name == "__newobj_ex__":
            if args[2]:
                raise PicklingError(
                    f"save: {type(obj).__name__} wants keyword arguments for __new__; protocol 2 has no opcode for it"
                )
            name, args = "__newobj__", (args[0], *args[1])
        if name == "__newobj__":
            self._save(args[0])
            self._save(tuple(args[1:]))
            self._out += b"\x81"
        else:
            self._save(function)
            self._save(args)
            self._out += b"R"
        if id(obj) in self._memo:
            raise PicklingError(
                f"save: the arguments that rebuild a {type(obj).__name__} contain it; there is no order to write that in"
            )
        self._memoize(id(obj), obj)
        if items is not None:
            self._batches(items, 1, exact=False)
        if pairs is not None:
            self._batches(pairs, 2, exact=False)
        if state is not None:
            self._save(state)
            self._out += b"b"

    def _storage(self, obj: StorageRecord) -> None:
        self._tuple(self._persistent(obj))
        self._out += b"Q"

    def _named(self, obj: Any, qualname: str) -> None:
        """A class or function by name, after making sure that the name leads back to it."""
        module = getattr(obj, "__module__", None) or "__main__"
        found: Any = sys.modules.get(module)
        for part in qualname.split("."):
            found = getattr(found, part, None)
        if found is not obj:
            raise PicklingError(f"save: cannot write {obj!r}: it is not found as {module}.{qualname}; define it at module level")
        parent, _, last = qualname.rpartition(".")
        if parent:
            holder = functools.reduce(getattr, parent.split("."), sys.modules[module])
            self._reduce(getattr, (holder, last), obj=obj)
        else:
            self._global(module, qualname)

    def _name(self, obj: Global) -> None:
        self._global(obj.module, obj.name)

    def _global(self, module: str, name: str) -> None:
        key = (module, name)
        if self._recall(key):
            return
        if key in REVERSE_NAME_MAPPING:
            module, name = REVERSE_NAME_MAPPING[key]
        else:
            module = REVERSE_IMPORT_MAPPING.get(module, module)
        self._out += b"c" + f"{module}\n{name}\n".encode()
        self._memoize(key, None)


_ATOMS: dict[type, Callable[[Pickler, Any], None]] = {
    type(None): Pickler._none,
    bool: Pickler._bool,
    int: Pickler._int,
    float: Pickler._float,
    Global: Pickler._name,
    StorageRecord: Pickler._storage,
}
_BUILTINS: dict[type, Callable[[Pickler, Any], None]] = {
    str: Pickler._str,
    bytes: Pickler._bytes,
    bytearray: Pickler._bytearray,
    tuple: Pickler._tuple,
    list: Pickler._list,
    dict: Pickler._dict,
    OrderedDict: Pickler._ordered,
    set: Pickler._set,
    frozenset: Pickler._set,
}
