"""`torch.ops.aten.add.Tensor`: packets and overloads as callables, with torch's names.

An overload is what `__torch_dispatch__` handlers receive and call; calling it runs the op from the top of the interpreters again.
"""

from __future__ import annotations

import functools
from typing import Any

from ft_core.plugin import plugins
from ft_core.tensor import alias_of

from .op import Op
from .registry import PACKETS
from .schema import NO_DEFAULT

_OVERLOADS: dict[str, OpOverload] = {}


class OpOverload:
    """One overload: `str(torch.ops.aten.add.Tensor)` is "aten.add.Tensor"."""

    def __init__(self, base: str, overload: str, op: Op | None, inplace: bool = False) -> None:
        self._op = op
        self._inplace = inplace
        self.base = base
        self.namespace, short = split_namespace(base)
        self.overload_name = overload
        self.__name__ = f"{short}.{overload}"
        self.__qualname__ = self.__name__
        self.__module__ = f"torch._ops.{self.namespace}"

    @property
    def _schema(self) -> str:
        if self._op is None:
            return f"aten::{self.base}(Tensor self) -> Tensor"
        return self._op.schema if "::" in self.base else f"aten::{self._op.schema}"

    @property
    def overloadpacket(self) -> OpOverloadPacket:
        """The packet it belongs to."""
        return packet(self.base)

    _overloadpacket = overloadpacket

    def name(self) -> str:
        """The qualified name, `aten::add.Tensor`; a default overload has none."""
        return "::".join(split_namespace(self.base)) + ("" if self.overload_name == "default" else f".{self.overload_name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._op is None:
            return alias_of(args[0])
        if self._inplace:
            from .call import bind  # noqa: PLC0415
            from .inplace import call_inplace  # noqa: PLC0415

            return call_inplace(self._op, self, bind(self._op, args, kwargs))
        return self._op(*args, **kwargs)

    def __str__(self) -> str:
        return f"{'.'.join(split_namespace(self.base))}.{self.overload_name}"

    def __repr__(self) -> str:
        return f"<OpOverload(op='{'.'.join(split_namespace(self.base))}', overload='{self.overload_name}')>"


class OpOverloadPacket:
    """All overloads of one base name; calling it calls the public function, or the overload that has the keywords given."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.__name__ = split_namespace(base)[1]

    def overloads(self) -> list[str]:
        """Names of the overloads."""
        return list(PACKETS.get(self._base, {}))

    def __getattr__(self, name: str) -> OpOverload:
        if name.startswith("__"):
            raise AttributeError(name)
        found = overload(self._base, name)
        if found._op is None and self._base != "detach":
            raise AttributeError(f"The underlying op of '{'.'.join(split_namespace(self._base))}' has no overload name '{name}'")
        return found

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if "::" in self._base:
            return next(iter(PACKETS[self._base].values()))(*args, **kwargs)
        members = PACKETS.get(self._base, {})
        plain = members.get("default")
        if plain is not None and not kwargs.keys() <= plain.index_of.keys():
            other = next((op for op in members.values() if kwargs.keys() <= op.index_of.keys()), None)
            if other is not None:
                return other(*args, **kwargs)
            raise RuntimeError(
                f"Overloaded torch operator invoked from Python failed to match any schema: {_mismatch(self, plain, kwargs)}"
            )
        from .surface import raw  # noqa: PLC0415

        return getattr(raw, self._base)(*args, **kwargs)

    def __str__(self) -> str:
        return ".".join(split_namespace(self._base))

    def __repr__(self) -> str:
        return f"<OpOverloadPacket(op='{self}')>"


@functools.cache
def packet(base: str) -> OpOverloadPacket:
    """The packet called `base`, made once: programs keep packets as keys and compare them by `is`."""
    return OpOverloadPacket(base)


class Namespace:
    """`torch.ops.aten`."""

    def __getattr__(self, name: str) -> OpOverloadPacket:
        if not _known(name):
            plugins.discover()  # an installed family may bring it
        if not _known(name):
            raise AttributeError(f"'_OpNamespace' 'aten' object has no attribute '{name}'")
        return packet(name)


def _mismatch(packet: OpOverloadPacket, op: Op, kwargs: dict[str, Any]) -> str:
    """What a call with these keywords names that no overload has."""
    strange = ", ".join(repr(name) for name in kwargs if name not in op.index_of)
    return f"{packet} has no argument {strange}; its overloads are {', '.join(packet.overloads())}"


def _known(name: str) -> bool:
    return name in PACKETS or name == "detach" or (name.endswith("_") and name[:-1] in PACKETS)


class UserNamespace:
    """`torch.ops.<namespace>` of ops that users and plugins declare."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, name: str) -> OpOverloadPacket:
        base = f"{self.name}::{name}"
        if base not in PACKETS:
            plugins.discover()
        if base not in PACKETS:
            raise AttributeError(f"'_OpNamespace' '{self.name}' object has no attribute '{name}'")
        return packet(base)


class Ops:
    """`torch.ops`."""

    aten = Namespace()

    def __getattr__(self, name: str) -> UserNamespace:
        if name.startswith("__"):
            raise AttributeError(name)
        return UserNamespace(name)


def split_namespace(base: str) -> tuple[str, str]:
    """(namespace, name) of an op's base name; ours are ATen's."""
    space, _, name = base.rpartition("::")
    return space or "aten", name


ops = Ops()


def overload(base: str, name: str) -> OpOverload:
    """The overload called `base.name`, made once."""
    key = f"{base}.{name}"
    found = _OVERLOADS.get(key)
    if found is None:
        plain = base[:-1] if base.endswith("_") and base not in PACKETS else base
        members = PACKETS.get(plain, {})
        op = members.get(name) or next((o for o in members.values() if o.number_overload == name), None)
        found = _OVERLOADS.setdefault(key, OpOverload(base, name, op, inplace=plain != base))
    return found


def _name_for(op: Op, args: tuple[Any, ...]) -> str:
    """torch's overload name for these arguments: another one where the second operand is a number, or where optional ones are absent."""
    name = op.overload or "default"
    if op.number_overload:
        seconds = [args[i] for i in op.tensor_at[1:] if args[i] is not None]
        if seconds and not any(hasattr(v, "_k") for v in seconds):
            name = op.number_overload
    namer = op.__dict__.get("namer")
    return namer(*args) if namer is not None else name


def overload_for(op: Op, args: tuple[Any, ...]) -> OpOverload:
    """The functional overload torch would report for this call."""
    name = _name_for(op, args)
    found = overload(op.base, name)
    if found._op is None:
        found._op = op
    return found


def inplace_overload_for(op: Op, args: tuple[Any, ...]) -> OpOverload:
    """The in-place overload torch would report for this call."""
    found = overload(op.base + "_", _name_for(op, args))
    if found._op is None:
        found._op = op
    return found


def torch_args(op: Op, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """(args, kwargs) as torch hands them to a handler: trailing defaults left out, keyword-only ones by name."""
    positional = [i for i in range(len(args)) if not op.params[i].kwonly]
    while (
        positional
        and op.params[positional[-1]].default is not NO_DEFAULT
        and args[positional[-1]] is op.params[positional[-1]].default
    ):
        positional.pop()
    named = {op.params[i].name: args[i] for i in range(len(args)) if op.params[i].kwonly and args[i] is not op.params[i].default}
    return tuple([list(args[i]) if isinstance(args[i], tuple) else args[i] for i in positional]), named
