"""The opcode machine: rebuilds plain data, and what the allow list names, from one protocol-2 pickle.

It is not an unpickler with a filter. It never imports by name, and a value can be called only if the allow list gave it
a caller: what GLOBAL pushes is data until REDUCE or NEWOBJ finds that caller by identity. It builds lists, dicts, tuples,
sets, numbers and strings itself, fills only containers it made, and stops at limits drawn from the pickle's size.

The opcode set is torch's for `weights_only=True` (torch/_weights_only_unpickler.py names it; the semantics of each opcode
are those of CPython's pickletools documentation).
"""

from __future__ import annotations

import struct
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

from .allow_list import Allowed, RefusedError, check_key
from .errors import CheckpointError
from .scan import MAX_NAME, decode_name, global_path

__all__ = ["MAX_DEPTH", "Machine"]

MAX_DEPTH = 1000  # nesting of containers; pickle's own writer gives up at about the same depth
BASE_BUDGET = 16 << 20  # bytes of containers allowed for any file ...
BUDGET_PER_BYTE = 64  # ... and for each byte of pickle: about three times what a real writer's output needs

_U16, _U32, _I32, _F64 = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<i"), struct.Struct(">d")
_DICTS = (dict, OrderedDict, Counter)
_MARKED = object()
_CALL_COST = 400  # bytes of what a call makes: about a tensor without its memory
_COPY_COST = 100  # bytes per member of a dict or set that an allowed function makes of its argument


class Machine:
    """Runs one pickle held in `data`.

    Args:
        data: the bytes of exactly one pickle, as `scan_pickle` found it.
        find: maps a global's path to what may be done with it, or None.
        persistent: builds the object for a persistent id (a tuple).
        encoding: how Python 2 byte strings are decoded; "bytes" keeps them.
        origin: added to every offset in errors, for a pickle inside a larger file.
    """

    def __init__(
        self,
        data: bytes,
        find: Callable[[str], Allowed | None],
        persistent: Callable[[tuple[Any, ...]], Any],
        *,
        encoding: str = "utf-8",
        origin: int = 0,
    ) -> None:
        self.data = data
        self.find = find
        self.persistent = persistent
        self.encoding = encoding
        self.origin = origin
        self.at = 0
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.budget = BASE_BUDGET + BUDGET_PER_BYTE * len(data)
        self.allowed: dict[int, Allowed] = {}  # id of a pushed global -> its entry; entries keep the object alive

    def run(self) -> Any:
        """The object the pickle describes.

        Raises: CheckpointError with the opcode's offset for anything that is malformed, not allowed or too large.
        """
        data, handlers, end = self.data, _HANDLERS, len(self.data)
        start = 0
        try:
            while self.at < end:
                start = self.at
                self.at += 1
                code = data[start]
                if code == 0x2E:
                    return self._stop()
                handlers[code](self)
        except CheckpointError as error:
            raise error.at(offset=self.origin + start) from error.__cause__
        except RefusedError as refusal:
            raise CheckpointError(str(refusal), offset=self.origin + start) from None
        except KeyError:
            raise CheckpointError(f"Unsupported operand {data[start]}", offset=self.origin + start) from None
        except (IndexError, struct.error):
            raise CheckpointError(
                "the pickle takes what it never put: an empty stack, a missing memo entry or missing bytes; it is damaged "
                "or forged",
                offset=self.origin + start,
            ) from None
        raise CheckpointError("the pickle ends without STOP; it is truncated", offset=self.origin + end)

    # -- what every handler uses -----------------------------------------------------------------------------------

    def charge(self, count: int) -> None:
        """Pay for a container before it is made."""
        self.budget -= count
        if self.budget < 0:
            raise RefusedError(
                f"the pickle asks for far more memory than its {len(self.data)} bytes can honestly need; it is not a checkpoint"
            )

    def take(self, count: int) -> bytes:
        """The next `count` bytes of argument."""
        piece = self.data[self.at : self.at + count]
        if len(piece) != count:
            raise IndexError
        self.at += count
        return piece

    def unpack(self, layout: struct.Struct) -> Any:
        """One number of argument."""
        value = layout.unpack_from(self.data, self.at)[0]
        self.at += layout.size
        return value

    def pop(self) -> Any:
        """The top of the stack; a mark in its place is an error."""
        value = self.stack.pop()
        if value is _MARKED:
            raise IndexError
        return value

    def top(self) -> Any:
        """The top of the stack, left in place."""
        value = self.stack[-1]
        if value is _MARKED:
            raise IndexError
        return value

    def pop_mark(self) -> list[Any]:
        """Everything above the last mark, and the mark."""
        mark = self.marks.pop()
        items = self.stack[mark + 1 :]
        del self.stack[mark:]
        return items

    def _stop(self) -> Any:
        if self.marks or len(self.stack) != 1 or self.at != len(self.data):
            raise RefusedError("expected exactly one object and nothing after STOP; the pickle is damaged or forged")
        result = self.pop()
        check_depth(result)
        return result

    # -- objects ---------------------------------------------------------------------------------------------------

    def global_(self) -> None:
        """GLOBAL: push what the allow list has under that name."""
        names = []
        for _ in range(2):
            end = self.data.find(b"\n", self.at, self.at + MAX_NAME + 1)
            if end < 0:
                raise IndexError
            names.append(decode_name(self.data[self.at : end], self.origin + self.at))
            self.at = end + 1
        entry = self.find(global_path(*names))
        if entry is None:
            raise RefusedError(f"Unsupported global: GLOBAL {global_path(*names)} was not an allowed global by default.")
        self.allowed[id(entry.value)] = entry
        self.stack.append(entry.value)

    def _caller(self, target: Any, what: str) -> Allowed:
        entry = self.allowed.get(id(target))
        if entry is None or entry.call is None:
            shown = entry.path if entry is not None else f"a {type(target).__name__}"
            raise RefusedError(
                f"Trying to call reduce for unrecognized function {shown} ({what}); only what the allow list marks as callable "
                "may be called"
            )
        return entry

    def _call(self, function: Callable[..., Any], args: Any, path: str) -> Any:
        if type(args) is not tuple:
            raise RefusedError(f"{path}: expected its arguments as a tuple, got {type(args).__name__}")
        self.charge(_CALL_COST)
        for arg in args:  # a short opcode may copy a long memoized object again and again
            if isinstance(arg, (str, bytes, bytearray)):
                self.charge(len(arg))
            elif isinstance(arg, (list, tuple, dict, set)):
                self.charge(_COPY_COST * len(arg))
        try:
            return function(*args)
        except (CheckpointError, RefusedError):
            raise
        except Exception as error:
            raise CheckpointError(f"{path}: {type(error).__name__}: {error}; the arguments in the file do not fit it") from error

    def reduce(self) -> None:
        """REDUCE: call an allowed function."""
        args, target = self.pop(), self.pop()
        entry = self._caller(target, "REDUCE")
        self.stack.append(self._call(entry.call, args, entry.path))  # type: ignore[arg-type]

    def newobj(self) -> None:
        """NEWOBJ: make an instance of an allowed class, without its __init__."""
        args, target = self.pop(), self.pop()
        entry = self._caller(target, "NEWOBJ")
        make = entry.new or entry.call
        self.stack.append(self._call(make, args, entry.path))  # type: ignore[arg-type]

    def build(self) -> None:
        """BUILD: give an OrderedDict its attributes, or an instance of a class the user allowed its state."""
        state, target = self.pop(), self.top()
        if type(target) is OrderedDict:
            _set_attributes(target, state)
            return
        entry = next((e for e in self.allowed.values() if e.build is not None and e.value is type(target)), None)
        if entry is None:
            raise RefusedError(
                f"Can only build Tensor, Parameter, OrderedDict or types allowlisted via `add_safe_globals`, but got {type(target)}"
            )
        self._call(entry.build, (target, state), entry.path)  # type: ignore[arg-type]

    def persid(self) -> None:
        """BINPERSID: fetch the storage a tuple names."""
        pid = self.pop()
        if type(pid) is not tuple or not pid or pid[0] not in ("storage", b"storage"):
            raise RefusedError(f"Only persistent_load of storage is allowed, but got {type(pid).__name__}")
        self.stack.append(self.persistent(pid))

    # -- containers ------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """MARK."""
        if len(self.marks) >= MAX_DEPTH:
            raise RefusedError(f"more than {MAX_DEPTH} levels of nesting; no checkpoint needs that")
        self.marks.append(len(self.stack))
        self.stack.append(_MARKED)

    def put_tuple(self, items: list[Any]) -> None:
        """Push a tuple of items already taken off the stack."""
        self.charge(48 + 8 * len(items))
        self.stack.append(tuple(items))

    def tuple_of(self, count: int) -> None:
        """TUPLE1 to TUPLE3."""
        items = [self.pop() for _ in range(count)]
        self.put_tuple(items[::-1])

    def fill(self, make: Callable[[], Any], cost: int) -> None:
        """EMPTY_LIST, EMPTY_DICT, EMPTY_SET."""
        self.charge(cost)
        self.stack.append(make())

    def extend(self, items: list[Any]) -> None:
        """APPEND and APPENDS."""
        target = self.top()
        if type(target) is not list:
            raise RefusedError(f"Can only append to lists, but got {type(target)}")
        self.charge(8 * len(items))
        target.extend(items)

    def set_items(self, items: list[Any], opcode: str) -> None:
        """SETITEM and SETITEMS: only into dicts, never through a __setitem__ that a class defines."""
        target = self.top()
        if type(target) not in _DICTS:
            raise RefusedError(f"Can only {opcode} for dict, collections.OrderedDict, collections.Counter, but got {type(target)}")
        if len(items) % 2:
            raise RefusedError(f"{opcode}: expected keys and values in pairs, got {len(items)} objects")
        self.charge(64 * len(items))
        for key, value in zip(items[::2], items[1::2], strict=True):
            check_key(key)
            target[key] = value

    # -- memo, numbers, text ---------------------------------------------------------------------------------------

    def put(self, index: int) -> None:
        """BINPUT and LONG_BINPUT."""
        if index > len(self.data):
            raise RefusedError(f"memo index {index} in a pickle of {len(self.data)} bytes; it is forged")
        if index not in self.memo:
            self.charge(100)
        self.memo[index] = self.top()

    def get(self, index: int) -> None:
        """BINGET and LONG_BINGET."""
        if index not in self.memo:
            raise IndexError
        self.stack.append(self.memo[index])

    def unicode(self) -> None:
        """BINUNICODE."""
        self._text(self.take(self.unpack(_U32)), "utf-8", "surrogatepass")

    def string(self) -> None:
        """SHORT_BINSTRING: a Python 2 str."""
        raw = self.take(self.take(1)[0])
        if self.encoding == "bytes":
            self.stack.append(raw)
        else:
            self._text(raw, self.encoding, "strict")

    def _text(self, raw: bytes, encoding: str, errors: str) -> None:
        try:
            self.stack.append(str(raw, encoding, errors))
        except (UnicodeDecodeError, LookupError) as error:
            raise RefusedError(
                f"expected text in {encoding}: {error}; pass encoding='latin1' or 'bytes' for a Python 2 file"
            ) from None

    def long(self) -> None:
        """LONG1."""
        self.stack.append(int.from_bytes(self.take(self.take(1)[0]), "little", signed=True))

    def proto(self) -> None:
        """PROTO."""
        version = self.take(1)[0]
        if version != 2 or self.at != 2:
            raise RefusedError(f"expected pickle protocol 2 at the start, got {version}; save it again with pickle_protocol=2")


def _set_attributes(target: OrderedDict[Any, Any], state: Any) -> None:
    """A state_dict's `_metadata` is an attribute of its OrderedDict; an attribute may not hide a method."""
    if type(state) is not dict:
        raise RefusedError(f"expected an OrderedDict's attributes as a dict, got {type(state).__name__}")
    for name, value in state.items():
        if type(name) is not str or hasattr(OrderedDict, name):
            raise RefusedError(f"an OrderedDict may not get an attribute named {name!r}; the file is forged")
        target.__dict__[name] = value


def check_depth(root: Any) -> None:
    """Refuse a result nested deeper than MAX_DEPTH: printing or copying it would exhaust the stack of whoever does."""
    level: list[Any] = [root]
    seen: set[int] = set()
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(v for v in item.values() if isinstance(v, (dict, list, tuple)))
            elif isinstance(item, (list, tuple)):
                below.extend(v for v in item if isinstance(v, (dict, list, tuple)))
        level = []
        for item in below:
            if id(item) not in seen:
                seen.add(id(item))
                level.append(item)
        if not level:
            return
    raise RefusedError(f"more than {MAX_DEPTH} levels of nesting; no checkpoint needs that")


_HANDLERS: dict[int, Callable[[Machine], None]] = {
    0x80: Machine.proto,
    0x63: Machine.global_,
    0x52: Machine.reduce,
    0x81: Machine.newobj,
    0x62: Machine.build,
    0x51: Machine.persid,
    0x28: Machine.mark,
    0x74: lambda m: m.put_tuple(m.pop_mark()),
    0x85: lambda m: m.tuple_of(1),
    0x86: lambda m: m.tuple_of(2),
    0x87: lambda m: m.tuple_of(3),
    0x29: lambda m: m.stack.append(()),
    0x5D: lambda m: m.fill(list, 64),
    0x7D: lambda m: m.fill(dict, 64),
    0x8F: lambda m: m.fill(set, 216),
    0x61: lambda m: m.extend([m.pop()]),
    0x65: lambda m: m.extend(m.pop_mark()),
    0x73: lambda m: m.set_items([m.pop(), m.pop()][::-1], "SETITEM"),
    0x75: lambda m: m.set_items(m.pop_mark(), "SETITEMS"),
    0x4E: lambda m: m.stack.append(None),
    0x88: lambda m: m.stack.append(True),
    0x89: lambda m: m.stack.append(False),
    0x4A: lambda m: m.stack.append(m.unpack(_I32)),
    0x4B: lambda m: m.stack.append(m.take(1)[0]),
    0x4D: lambda m: m.stack.append(m.unpack(_U16)),
    0x47: lambda m: m.stack.append(m.unpack(_F64)),
    0x58: Machine.unicode,
    0x55: Machine.string,
    0x8A: Machine.long,
    0x71: lambda m: m.put(m.take(1)[0]),
    0x72: lambda m: m.put(m.unpack(_U32)),
    0x68: lambda m: m.get(m.take(1)[0]),
    0x6A: lambda m: m.get(m.unpack(_U32)),
}
