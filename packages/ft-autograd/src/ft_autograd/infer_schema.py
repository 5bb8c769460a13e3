"""A schema from the annotations of a Python function: `(x: Tensor, n: int = 2) -> Tensor` is `(Tensor x, SymInt n=2) -> Tensor`."""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
from collections.abc import Callable, Iterable
from typing import Any

import ft_core
from ft_core import Tensor

_PLAIN: dict[Any, str] = {
    Tensor: "Tensor",
    int: "SymInt",
    float: "float",
    bool: "bool",
    str: "str",
    int | float | bool: "Scalar",
    ft_core.dtype: "ScalarType",
    ft_core.device: "Device",
}
_LISTS = (list, collections.abc.Sequence)


def infer_schema(prototype_function: Callable[..., Any], /, *, mutates_args: Any, op_name: str | None = None) -> str:
    """The schema of an annotated function, without a name unless `op_name` is given. ValueError names what cannot be read.

    mutates_args: names of the arguments that are written to, or "unknown" for all tensors. Source: torch.library.infer_schema.
    """
    signature = inspect.signature(prototype_function, eval_str=True)

    def refuse(what: str) -> ValueError:
        return ValueError(f"infer_schema(func): {what} Got func with signature {signature})")

    unknown = mutates_args == "unknown"
    written: set[str] = set() if unknown else set([mutates_args] if isinstance(mutates_args, str) else _names(mutates_args))
    parts: list[str] = []
    starred = False
    for at, (name, param) in enumerate(signature.parameters.items()):
        if param.kind not in (param.POSITIONAL_OR_KEYWORD, param.KEYWORD_ONLY):
            raise refuse("We do not support positional-only args, varargs, or varkwargs.")
        if param.kind is param.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        if param.annotation is param.empty:
            raise refuse(f"Parameter {name} must have a type annotation.")
        text = _type(param.annotation)
        if text is None:
            raise refuse(f"Parameter {name} has unsupported type {param.annotation}. The valid types are: {_valid()}.")
        if text.startswith("Tensor") and (unknown or name in written):
            text = f"Tensor(a{at}!){text[len('Tensor') :]}"
        elif name in written:
            raise refuse(f"Parameter {name} is in mutable_args but only Tensors or collections of Tensors can be mutated.")
        if param.default is not param.empty and not isinstance(
            param.default, (int, float, bool, str, type(None), ft_core.dtype, ft_core.device)
        ):
            raise refuse(f"Parameter {name} has an unsupported default value type {type(param.default)}.")
        parts.append(f"{text} {name}" + ("" if param.default is param.empty else f"={_default(param.default)}"))
    missing = written - set(signature.parameters)
    if missing:
        raise refuse(
            f"{missing} in mutates_args were not found in the custom op's signature. mutates_args should contain the names of all args "
            "that the custom op mutates, or just the string 'unknown' if you don't know."
        )
    return f"{op_name or ''}({', '.join(parts)}) -> {_returns(signature.return_annotation, refuse)}"


def _names(mutates_args: Iterable[str]) -> list[str]:
    return list(mutates_args)


def _valid() -> str:
    return ", ".join(sorted(set(_PLAIN.values()))) + ", lists of these, and Optional"


def _type(kind: Any) -> str | None:
    plain = _PLAIN.get(kind) if isinstance(kind, collections.abc.Hashable) else None
    if plain is not None:
        return plain
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        rest = [a for a in inside if a is not type(None)]
        if len(rest) == len(inside) or not rest:
            return None
        found = _type(rest[0] if len(rest) == 1 else typing.Union[tuple(rest)])  # noqa: UP007  # made at run time
        return None if found is None else f"{found}?"
    if origin in _LISTS and len(inside) == 1:
        found = _type(inside[0])
        return None if found is None else f"{found}[]"
    return None


def _default(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).removeprefix("torch.")


def _returns(kind: Any, refuse: Callable[[str], ValueError]) -> str:
    if kind is None or kind is type(None):
        return "()"
    if kind is inspect.Signature.empty:
        raise refuse("No return type annotation was provided. Please add one.")
    inside = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        found = [_type(part) for part in inside]
        if all(part is not None for part in found):
            return f"({', '.join(map(str, found))})" if len(found) != 1 else str(found[0])
    text = _type(kind)
    if text is None:
        raise refuse(f"Return has unsupported type {kind}. The valid types are: {_valid()}.")
    return text
