"""torch.func.rearrange: dimensions by name, "b (h p) c -> b h (p c)": split, permuted and merged, on any tensor and under any transform.

The notation is that of einops (https://einops.rocks): names, groups in parentheses, `1` for a dimension of size one, `...` for the rest.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

_REST = "…"
_TOKEN = re.compile(r"\s*(\.\.\.|[()]|\w+)")
Side = list[Any]  # one entry per dimension: a list of the names merged in it, or _REST for those between


def _parse(text: str) -> Side:
    found: Side = []
    group: list[str] | None = None
    seen: set[str] = set()
    at = 0
    if text.count("...") > 1 or text.count(".") not in (0, 3) or ("." in text and "..." not in text):
        raise ValueError("Expression may contain dots only inside ellipsis (...); only one ellipsis for tensor ")
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"Unknown character '{text[at:].strip()[0]}'")
        at, token = match.end(), match[1]
        if token == "(":
            if group is not None:
                raise ValueError("Axis composition is one-level (brackets inside brackets not allowed)")
            group = []
        elif token == ")":
            if group is None:
                raise ValueError("Brackets are not balanced")
            found.append(group)
            group = None
        elif token == "1":
            if group is None:
                found.append([])
        else:
            name = _REST if token == "..." else _checked(token)
            if name in seen:
                raise ValueError(f"Indexing expression contains duplicate dimension '{name}'")
            seen.add(name)
            if group is not None:
                group.append(name)
            else:
                found.append(_REST if name == _REST else [name])
    if group is not None:
        raise ValueError(f"Imbalanced parentheses in expression: '{text}'")
    return found


def _checked(name: str) -> str:
    if name.isdecimal():
        raise ValueError("rearrange only supports unnamed axes of size 1")
    if not name.isidentifier():
        raise ValueError(f"Invalid axis identifier: {name}\nnot a valid python identifier")
    if name[0] == "_" or name[-1] == "_":
        raise ValueError(f"Invalid axis identifier: {name}\naxis name should not start or end with underscore")
    return name


def _names(side: Side) -> list[str]:
    return [name for part in side for name in ([_REST] if part == _REST else part)]


@functools.lru_cache(256)
def _plan(pattern: str, ndim: int, given: tuple[str, ...]) -> tuple[Side, Side, list[str]]:
    """(left, right, right's names in order), the ellipsis spelled out; ValueError for a pattern that does not fit."""
    parts = pattern.split("->")
    if len(parts) != 2:
        raise ValueError("Pattern must contain a single '->' separator")
    left, right = map(_parse, parts)
    if _REST in _names(right) and _REST not in _names(left):
        raise ValueError(f"Ellipsis found in right side, but not left side of a pattern {pattern}")
    if _REST in _names(left) and _REST not in left:
        raise ValueError(f"Ellipsis is parenthesis in the left side is not allowed: {pattern}")
    one_sided = set(_names(left)) ^ set(_names(right))
    if one_sided:
        raise ValueError(f"Identifiers only on one side of rearrange expression (should be on both): {one_sided}")
    unknown = set(given) - set(_names(left))
    if unknown:
        raise ValueError(f"Identifiers not found in rearrange expression: {unknown}")
    rest = [f"{_REST}{i}" for i in range(ndim - (len(left) - 1))] if _REST in left else []
    fixed = len(left) - (_REST in left)
    if fixed > ndim or (fixed < ndim and _REST not in left):
        how = "less than or equal to" if _REST in left else "equal to"
        raise ValueError(f"Number of dimensions in pattern ({fixed}) must be {how} the number of dimensions in the tensor ({ndim})")
    left, right = _spelled(left, rest), _spelled(right, rest)
    return left, right, _names(right)


def _spelled(side: Side, rest: list[str]) -> Side:
    made: Side = []
    for part in side:
        if part == _REST:
            made += [[name] for name in rest]
        else:
            made.append([name for inner in part for name in (rest if inner == _REST else [inner])])
    return made


def _lengths(left: Side, shape: Sequence[int], given: dict[str, int]) -> dict[str, int]:
    """The size of every name; ValueError where the tensor's sizes leave it open or contradict those given."""
    sizes = dict(given)
    for part, size in zip(left, shape, strict=True):
        known, unknown = 1, [name for name in part if name not in sizes]
        for name in part:
            known *= sizes.get(name, 1)
        if len(unknown) > 1:
            raise ValueError(f"cannot infer the sizes of two dimensions at once {unknown[0]} and {unknown[1]}; give one of them")
        if (unknown and (known == 0 or size % known)) or (not unknown and known != size):
            raise ValueError(
                f"expected a dimension ({' '.join(part)}) of size {known}{' times another' if unknown else ''}, got {size}"
            )
        if unknown:
            sizes[unknown[0]] = size // known
    return sizes


def rearrange(tensor: Tensor | Sequence[Tensor], pattern: str, **axes_lengths: int) -> Tensor:
    """`tensor` (a list is stacked first) with the dimensions that the left of `pattern` names in the order and groups of the right.

    axes_lengths: sizes of names that stand in a group. A view where strides allow it. ValueError for a pattern that is wrong or does not
    fit, TypeError for sizes that are no int. Source: torch.func.rearrange.
    """
    whole = tensor if isinstance(tensor, Tensor) else torch.stack(list(tensor))
    for length in axes_lengths.values():
        if type(length) is not int:
            raise TypeError(f"rearrange axis lengths must be integers, got: {type(length)}")
    left, right, order = _plan(pattern, whole.dim(), tuple(axes_lengths))
    sizes = _lengths(left, tuple(whole.shape), axes_lengths)
    names = _names(left)
    apart = whole.reshape([sizes[name] for name in names])
    turned = apart.permute([names.index(name) for name in order])
    merged = []
    for part in right:
        size = 1
        for name in part:
            size *= sizes[name]
        merged.append(size)
    return turned.reshape(merged)
