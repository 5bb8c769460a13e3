"""`torch.device`: a device type and an index, parsed and printed as torch does.

Devices are interned, so two equal ones are the same object, compare by identity and may be dictionary keys at no cost. This module
only names places; whether anything can run there is the business of the backends (`ft_core.backend`). Plugins add names with
`register_device_type`. The default device (`with torch.device(...):`) is a stack per thread, kept here because it belongs to the
name.
"""

from __future__ import annotations

import operator
import re
import threading
from typing import Any

from .keys import CPU, CUDA0, DEVICE_OF, META, TRACED, device_bit

_NAMES = "cpu cuda ipu xpu mkldnn opengl opencl ideep hip ve fpga maia xla lazy vulkan mps meta hpu mtia privateuseone"
TORCH_TYPES = tuple(_NAMES.split())
"""The device types torch knows, in the order of its message."""

_types: dict[str, None] = dict.fromkeys(TORCH_TYPES)
_interned: dict[tuple[str, int | None], device] = {}
_STRING = re.compile(r"([A-Za-z_][A-Za-z_0-9]*)(?::(0|[1-9][0-9]*))?")
_accelerator: str | None = None
_ABSENT: Any = object()


class device:
    """Where a tensor lives: `device("cuda:1")`, `device("cuda", 1)`, `device(type="cuda", index=1)`, `device(1)` (the
    accelerator's).

    Attributes: `type` (str), `index` (int or None), `bit` (its key bit; without an index that of index 0).
    Raises RuntimeError for a string that names no device, TypeError for arguments of other types.
    As a context manager it is the default device of this thread's factory functions. Source: torch.device.
    """

    __slots__ = ("__weakref__", "bit", "index", "type")

    type: str
    index: int | None
    bit: int

    def __new__(cls, *args: Any, **kwargs: Any) -> device:
        if len(args) == 1 and not kwargs and args[0].__class__ is str:
            found = _by_text.get(args[0])
            return found if found is not None else _from_string(args[0])
        return _from_arguments(args, kwargs)

    def __getattr__(self, name: str) -> Any:
        # only reached while the slot is empty: most devices that are named never hold a tensor and need no bit
        if name != "bit":
            raise AttributeError(f"'torch.device' object has no attribute '{name}'")
        bit = device_bit(self.type, self.index)
        object.__setattr__(self, "bit", bit)
        if bit != TRACED:  # a proxy's payload knows the device it stands for
            DEVICE_OF.setdefault(bit, _intern(self.type, self.index or 0))
        return bit

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("type", "index", "bit"):
            raise AttributeError(f"attribute '{name}' of 'torch.device' objects is not writable")
        raise AttributeError(f"'torch.device' object has no attribute '{name}'")

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return device, ((self.type,) if self.index is None else (self.type, self.index))

    def __enter__(self) -> device:
        _defaults.stack.append(self)
        return self

    def __exit__(self, *exc: object) -> None:
        _defaults.stack.pop()


def register_device_type(name: str) -> None:
    """Let `device(name)` parse: for plugins that bring a backend for a device type torch does not know. Idempotent.

    Raises ValueError for a name that could not stand before the colon of a device string.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]*", name):
        raise ValueError(f"register_device_type: a name of letters, digits and '_' that starts with no digit; got {name!r}")
    _types.setdefault(name)


def set_accelerator(name: str | None) -> None:
    """Name the device type that a bare index (`device(1)`, `tensor.to(1)`) means; None where there is no accelerator."""
    global _accelerator
    _accelerator = None if name is None else device(name).type


class _Defaults(threading.local):
    def __init__(self) -> None:
        self.stack: list[device] = []
        self.base: device | None = None


_defaults = _Defaults()


def default_device() -> device | None:
    """The device of this thread's factory functions: of the innermost `with device(...)`, else `set_default_device`'s, or None."""
    stack = _defaults.stack
    return stack[-1] if stack else _defaults.base


_device = device  # the parameter below has torch's name, which is the class's


def set_default_device(device: Any) -> None:
    """Set this thread's default device outside any `with device(...)`; None restores the CPU. Source: torch.set_default_device."""
    _defaults.base = None if device is None else _device(device)


def _intern(type: str, index: int | None) -> device:
    found = _interned.get((type, index))
    if found is None:
        made = object.__new__(device)
        object.__setattr__(made, "type", type)
        object.__setattr__(made, "index", index)
        found = _interned.setdefault((type, index), made)
    return found


def _from_string(text: str) -> device:
    if not text:
        raise RuntimeError("Device string must not be empty")
    match = _STRING.fullmatch(text)
    if match is None:
        raise RuntimeError(f"Invalid device string: '{text}'")
    kind, index = match.groups()
    if kind not in _types:
        from .plugin.manager import plugins  # noqa: PLC0415  # an installed plugin may bring the name

        plugins.discover()
    if kind not in _types:
        known = [name for name in _types if name not in TORCH_TYPES]
        added = f"; plugins add: {', '.join(known)}" if known else ""
        raise RuntimeError(f"Expected one of {', '.join(TORCH_TYPES)} device type at start of device string: {kind}{added}")
    return _by_text.setdefault(text, _intern(kind, None if index is None else int(index)))


def _from_arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> device:
    if len(args) + len(kwargs) == 1 and "type" not in kwargs:
        value = kwargs.get("device", _ABSENT) if kwargs else args[0]
        if isinstance(value, device):
            return value
        if isinstance(value, str):
            return _from_string(str(value))
        if value is not _ABSENT and not isinstance(value, bool) and hasattr(value, "__index__"):
            return _from_index(operator.index(value))
    elif 1 <= len(args) + len(kwargs) <= 2 and kwargs.keys() <= {"type", "index"}:
        bound = dict(zip(("type", "index"), args, strict=False))
        if not bound.keys() & kwargs.keys():
            return _from_pair(**bound, **kwargs)
    raise TypeError(_combination(args, kwargs))


def _from_index(index: int) -> device:
    if index < 0:
        raise RuntimeError("Device index must not be negative")
    if _accelerator is None:
        raise RuntimeError("Cannot access accelerator device when none is available.")
    return _intern(_accelerator, index)


def _from_pair(type: Any, index: Any = None) -> device:
    if not isinstance(type, str):
        raise TypeError(f"device(): argument 'type' (position 1) must be str, not {type.__class__.__name__}")
    if ":" in type:
        raise RuntimeError(f"type (string) must not include an index because index was passed explicitly: {type}")
    kind = _from_string(type).type
    if index is None:
        return _intern(kind, None)
    try:
        number = operator.index(index)
    except TypeError:
        raise TypeError(f"device(): argument 'index' (position 2) must be int, not {index.__class__.__name__}") from None
    if number < 0:
        raise RuntimeError("Device index must not be negative")
    return _intern(kind, number)


def _combination(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    got = ", ".join(a.__class__.__name__ for a in args)
    got += (", " if got and kwargs else "") + "".join(f"{k}={v.__class__.__name__}, " for k, v in kwargs.items())
    text = f"device() received an invalid combination of arguments - got ({got}), but expected one of:\n * (torch.device device)\n"
    if len(args) + len(kwargs) == 1:
        if kwargs:
            why = f"some of the keywords were incorrect: {next(iter(kwargs))}"
        else:
            why = f"some of the arguments have invalid types: (!{got}!)"
        text += f"      didn't match because {why}\n"
    return text + " * (str type, int index = -1)\n"


_by_text: dict[str, device] = {}
DEVICE_OF.update({CPU: _intern("cpu", None), META: _intern("meta", None), CUDA0: _intern("cuda", 0)})
