"""Which names a checkpoint may use, and what each of them may do: torch's list for `weights_only=True`, mapped to our objects.

An entry pairs the value that GLOBAL pushes with the functions that REDUCE, NEWOBJ and BUILD may run. Most values are data
(dtypes, storage types) and have none. The functions are ours and check every argument: `bytearray` takes bytes, never a
size; `_codecs.encode` knows latin-1 only; a set or dict key may not be a tuple tree built to hang `hash`.

Users extend the list with `add_safe_globals`; what they add may be called with whatever the file says, as in torch.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import TensorModel

__all__ = [
    "NOT_BUILT",
    "Allowed",
    "RefusedError",
    "StorageType",
    "add_safe_globals",
    "check_key",
    "clear_safe_globals",
    "default_globals",
    "find_global",
    "get_safe_globals",
    "safe_globals",
]


class RefusedError(Exception):
    """Raised where a file asks for what is not allowed; the machine turns it into CheckpointError with the opcode's offset."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A global a checkpoint may name.

    path: its name in files. value: what GLOBAL pushes. call, new, build: what REDUCE, NEWOBJ and BUILD may run, or None.
    """

    path: str
    value: Any
    call: Callable[..., Any] | None = None
    new: Callable[..., Any] | None = None
    build: Callable[[Any, Any], None] | None = None


@dataclass(frozen=True, slots=True)
class StorageType:
    """`torch.FloatStorage` and its kin: in files they only say the dtype of a storage's elements."""

    name: str
    dtype: Any


STORAGE_DTYPES = {
    "DoubleStorage": "float64",
    "FloatStorage": "float32",
    "HalfStorage": "float16",
    "BFloat16Storage": "bfloat16",
    "LongStorage": "int64",
    "IntStorage": "int32",
    "ShortStorage": "int16",
    "CharStorage": "int8",
    "ByteStorage": "uint8",
    "BoolStorage": "bool",
    "ComplexDoubleStorage": "complex128",
    "ComplexFloatStorage": "complex64",
    "QUInt8Storage": "quint8",
    "QInt8Storage": "qint8",
    "QInt32Storage": "qint32",
    "QUInt4x2Storage": "quint4x2",
    "QUInt2x4Storage": "quint2x4",
}
DTYPES = (
    "float64 float32 float16 bfloat16 complex32 complex64 complex128 int64 int32 int16 int8 uint8 uint16 uint32 uint64 bool "
    "float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu float4_e2m1fn_x2 qint8 quint8 qint32 quint4x2 "
    "quint2x4 bits8 bits16 bits1x8 bits2x4 bits4x2 int1 int2 int3 int4 int5 int6 int7 uint1 uint2 uint3 uint4 uint5 uint6 uint7"
).split()
NOT_BUILT = {
    "torch._utils._rebuild_nested_tensor": ("nested tensors", "save x.unbind() as a list"),
    "torch.nested._internal.nested_tensor._rebuild_njt": ("nested tensors", "save x.unbind() as a list"),
    "torch._utils._rebuild_device_tensor_from_numpy": ("tensors of devices without storages, as NumPy arrays", "save x.cpu()"),
    **{f"torch.{place}.{kind}Tensor": ("an old class of tensors, as data", "save the dtype") for place in ("cuda", "sparse", "cuda.sparse")
       for kind in "BFloat16 Bool Byte Char Double Float Half Int Long Short".split()},
}  # fmt: skip
"""Globals of torch's own list that make what is not built here, and what to save in its place."""
BLOCKED_MODULES = frozenset({"sys", "os", "posix", "nt"})
MAX_KEY_NODES = 1000


def check_key(key: Any) -> None:
    """Refuse a dict key or set member that cannot be hashed, or whose hash would walk a huge or deep tree of tuples."""
    if isinstance(key, (list, dict, set, bytearray)):
        raise RefusedError(f"a {type(key).__name__} cannot be a dict key or set member; the file is damaged or forged")
    if not isinstance(key, tuple):
        return
    nodes, pending = 0, [key]
    while pending:
        item = pending.pop()
        nodes += len(item)
        if nodes > MAX_KEY_NODES:
            raise RefusedError(f"a dict key of more than {MAX_KEY_NODES} nested objects; no checkpoint needs that")
        for part in item:
            if isinstance(part, tuple):
                pending.append(part)
            else:
                check_key(part)


# -- constructors of plain objects ---------------------------------------------------------------------------------------


def _make_dict(kind: Callable[..., Any]) -> Callable[..., Any]:
    def make(items: Any = ()) -> Any:
        pairs = list(items.items()) if type(items) is dict else items
        if type(pairs) not in (list, tuple) or any(type(p) not in (list, tuple) or len(p) != 2 for p in pairs):
            raise RefusedError("expected a dict or a list of pairs to make a dict of")
        made = kind()
        for key, value in pairs:
            check_key(key)
            made[key] = value
        return made

    return make


def _make_set(items: Any = ()) -> set[Any]:
    if type(items) not in (list, tuple):
        raise RefusedError(f"expected a list to make a set of, got {type(items).__name__}")
    for item in items:
        check_key(item)
    return set(items)


def _make_bytes(text: Any, encoding: Any) -> bytes:
    if type(text) is not str or encoding not in ("latin1", "latin-1"):
        raise RefusedError(
            f"expected a str in latin1, which is how protocol 2 writes bytes; got {type(text).__name__}, {encoding!r}"
        )
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        raise RefusedError("the text of a bytes object has characters above 255; the file is damaged") from None


def _make_bytearray(data: Any = b"", encoding: Any = None) -> bytearray:
    if type(data) is str:
        data = _make_bytes(data, encoding)
    if type(data) is not bytes:
        raise RefusedError(f"expected bytes to make a bytearray of, got {type(data).__name__}")
    return bytearray(data)


def _make_complex(real: Any, imag: Any = 0.0) -> complex:
    if type(real) not in (float, int) or type(imag) not in (float, int):
        raise RefusedError("expected two numbers to make a complex of")
    return complex(real, imag)


# -- the list ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def default_globals(model: TensorModel) -> dict[str, Allowed]:
    """Path to entry for everything allowed without the user's word. A dtype the model does not have is left out."""
    from .rebuilders import tensor_globals  # rebuilders refuse with this module's exception

    entries = [
        Allowed("collections.OrderedDict", OrderedDict, _make_dict(OrderedDict)),
        Allowed("collections.Counter", Counter, _make_dict(Counter)),
        Allowed("_codecs.encode", _make_bytes, _make_bytes),
        Allowed("builtins.bytearray", bytearray, _make_bytearray),
        Allowed("builtins.set", set, _make_set),
        Allowed("builtins.complex", complex, _make_complex),
    ]
    for name in DTYPES:
        found = model.dtype(name)
        if found is not None:
            entries.append(Allowed(f"torch.{name}", found))
    for name, kind in STORAGE_DTYPES.items():
        found = model.dtype(kind)
        if found is not None:
            storage_type = StorageType(name, found)
            entries += [Allowed(f"torch.{name}", storage_type), Allowed(f"torch.cuda.{name}", storage_type)]
    untyped = StorageType("UntypedStorage", model.dtype("uint8"))
    entries += [Allowed("torch.storage.UntypedStorage", untyped), Allowed("torch.UntypedStorage", untyped)]
    for path, value in model.old_types().items():
        entries.append(Allowed(path, value))
    for path, (value, call, build) in tensor_globals(model).items():
        entries.append(Allowed(path, value, call, build=build))
    return {entry.path: entry for entry in entries}


_lock = threading.Lock()
_user: dict[Any, Allowed] = {}


def _user_entry(item: Any) -> Allowed:
    if isinstance(item, tuple):
        if len(item) != 2:
            raise ValueError(
                f"Expected tuple of length 2 (global, str of callable full path), but got tuple of length: {len(item)}"
            )
        value, path = item
        if type(path) is not str:
            raise TypeError(f"Expected second item in tuple to be str of callable full path, but got: {type(path)}")
    else:
        value, path = item, f"{item.__module__}.{item.__qualname__}"
    if isinstance(value, type):
        return Allowed(path, value, value, lambda *args: value.__new__(value, *args), _set_state)
    return Allowed(path, value, value)


def _set_state(instance: Any, state: Any) -> None:
    """What BUILD means for a class the user allowed: its `__setstate__`, or the attributes in `state`."""
    if hasattr(instance, "__setstate__"):
        instance.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        instance.__dict__.update(state)
    for name, value in (slots or {}).items():
        setattr(instance, name, value)


def find_global(model: TensorModel, path: str) -> Allowed | None:
    """The entry for a path as files spell it, or None; modules that run commands are refused whoever allowed them."""
    module = path.rpartition(".")[0]
    if module.partition(".")[0] in BLOCKED_MODULES:
        raise RefusedError(f"Trying to load unsupported GLOBAL {path} whose module {module} is blocked.")
    entry = default_globals(model).get(path)  # type: ignore[arg-type]  # modules and instances hash by identity
    if entry is None:
        entry = next((e for e in list(_user.values()) if e.path == path), None)
    return entry


def add_safe_globals(safe_globals: Sequence[Any]) -> None:
    """Allow functions and classes to be used by files that are loaded from now on.

    Args:
        safe_globals: functions or classes, or tuples (object, path as the file spells it).

    Raises: ValueError or TypeError for a tuple of another shape. Source: torch.serialization.add_safe_globals.
    """
    made = {item: _user_entry(item) for item in safe_globals}
    with _lock:
        _user.update(made)


def get_safe_globals() -> list[Any]:
    """What the user has allowed, as given. Source: torch.serialization.get_safe_globals."""
    with _lock:
        return list(_user)


def clear_safe_globals() -> None:
    """Take back everything the user has allowed. Source: torch.serialization.clear_safe_globals."""
    with _lock:
        _user.clear()


class safe_globals:  # torch's name
    """Context manager: these objects are allowed inside it. Source: torch.serialization.safe_globals."""

    def __init__(self, safe_globals: Sequence[Any]) -> None:
        self.safe_globals = list(safe_globals)

    def __enter__(self) -> None:
        add_safe_globals(self.safe_globals)

    def __exit__(self, *exc: object) -> None:
        with _lock:
            for item in self.safe_globals:
                _user.pop(item, None)
