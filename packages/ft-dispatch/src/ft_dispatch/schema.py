"""Reads ATen signatures: `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`.

The grammar is the one of torch's native_functions.yaml. Records are parsed on their first slow call, not at import: six hundred
signatures would cost a fifth of the import budget.
"""

from __future__ import annotations

import ast
import re
from typing import Any, NamedTuple

import ft_core

_HEAD = re.compile(r"^(?P<name>(?:\w+::)?\w+)(?:\.(?P<overload>\w+))?\((?P<params>.*)\)\s*->\s*(?P<returns>.*)$", re.DOTALL)
_TYPE = re.compile(r"^(?P<base>\w+)(?:\((?P<alias>[^)]*)\))?(?P<inner>\?)?(?P<list>\[(?P<size>\d*)\])?(?P<optional>\?)?$")
_WORDS = {"Mean": 1, "Sum": 2, "contiguous_format": None, "long": None, "strided": None}
NO_DEFAULT: Any = type("NoDefault", (), {"__repr__": lambda self: "<required>"})()


class Param(NamedTuple):
    """One parameter. `base` is the element type of a list; `size` the n of `int[n]`; `write` says whether it is mutated."""

    name: str
    base: str
    is_list: bool = False
    size: int | None = None
    optional: bool = False
    default: Any = NO_DEFAULT
    kwonly: bool = False
    alias: str | None = None
    write: bool = False
    optional_items: bool = False

    @property
    def is_tensor(self) -> bool:
        """Whether it holds tensors (one, or a list)."""
        return self.base == "Tensor"

    @property
    def type_name(self) -> str:
        """The type as the signature writes it."""
        listed = f"[{self.size or ''}]" if self.is_list else ""
        return f"{self.base}{'?' if self.optional_items else ''}{listed}{'?' if self.optional else ''}"


class Signature(NamedTuple):
    """A parsed signature: name, overload, parameters, returns (names may be empty)."""

    name: str
    overload: str
    params: tuple[Param, ...]
    returns: tuple[Param, ...]


def parse(text: str) -> Signature:
    """Parse one signature; ValueError names the part that does not read."""
    match = _HEAD.match(text.strip())
    if match is None:
        raise ValueError(f"schema: expected 'name.overload(Type name, ...) -> Type', got {text!r}")
    params = []
    kwonly = False
    for part in _split(match["params"]):
        if part == "*":
            kwonly = True
            continue
        params.append(_param(part, kwonly, text))
    returns = match["returns"].strip()
    if returns.startswith("(") and returns.endswith(")"):
        returns = returns[1:-1]
    outputs = tuple(_param(part, False, text) for part in _split(returns))
    return Signature(match["name"], match["overload"] or "", tuple(params), outputs)


def split_name(text: str) -> tuple[str, str]:
    """(base name, overload) of a signature, without parsing the rest."""
    head = text[: text.index("(")].strip()
    base, _, overload = head.partition(".")
    return base, overload


def _split(text: str) -> list[str]:
    """Split at top-level commas."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _param(part: str, kwonly: bool, text: str) -> Param:
    declared, equals, default = part.partition("=")
    words = declared.split()
    match = _TYPE.match(words[0])
    if match is None:
        raise ValueError(f"schema: cannot read the type {words[0]!r} in {text!r}")
    alias = match["alias"]
    inner = match["inner"] is not None
    is_list = match["list"] is not None
    return Param(
        name=words[1] if len(words) > 1 else "",
        base="int" if match["base"] == "SymInt" else match["base"],
        is_list=is_list,
        size=int(match["size"]) if match["size"] else None,
        optional=match["optional"] is not None or (inner and not is_list),
        default=_default(default.strip()) if equals else NO_DEFAULT,
        kwonly=kwonly,
        alias=alias,
        write=alias is not None and "!" in alias,
        optional_items=inner and is_list,
    )


def _default(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith("["):
        return tuple(ast.literal_eval(text))
    if text.isidentifier() and text not in ("True", "False", "None"):
        return getattr(ft_core, text)  # a dtype
    return ast.literal_eval(text)
