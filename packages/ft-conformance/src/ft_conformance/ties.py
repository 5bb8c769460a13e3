"""Among equal elements torch does not say which one an op names: any of them is right, so places are judged by what stands there.

torch.kthvalue, topk, median, mode, and sort and argsort without `stable=True` document this; which place they give follows from the
steps of their selection. A wrong place is still found: it holds another value, or stands twice in one row. Gradients go where the
places say, so those of equal elements are judged together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .compare import Facts, wide

# Position of `dim` among the arguments after the input, and whether a row of places is a choice without repetition.
_OPS = {"kthvalue": (1, False), "topk": (1, True), "median": (0, False), "nanmedian": (0, False), "mode": (0, False),
        "sort": (0, True), "argsort": (0, True), "msort": (0, True)}  # fmt: skip


def judged(
    op: str, values: np.ndarray | None, args: Sequence[Any], kwargs: Mapping[str, Any], actual: Any, expected: Any
) -> tuple[Any, Any]:
    """(actual, expected) with places replaced by the elements they name, where `op` leaves the choice open; else as they are.

    values: the input; args: the arguments after it. A row of `actual` that names a place twice or one outside keeps its places.
    """
    dim = _chosen_along(op, values, args, kwargs)
    if dim is None or values is None:
        return actual, expected
    distinct = _OPS[op.removesuffix("_")][1]
    pairs = [(actual, expected)] if isinstance(expected, Facts) else []
    if isinstance(expected, (list, tuple)) and len(expected) == 2 and isinstance(actual, (list, tuple)) and len(actual) == 2:
        pairs = [(actual[1], expected[1])]
    if not pairs or pairs[0][1].dtype != "int64" or not isinstance(pairs[0][0], Facts):
        return actual, expected
    mine, theirs = pairs[0]
    named = [_named(values, f.values, dim, distinct) for f in (mine, theirs)]
    if mine.shape != theirs.shape or any(n is None for n in named):
        return actual, expected
    mine, theirs = (replace(f, values=n) for f, n in zip((mine, theirs), named, strict=True))
    if isinstance(expected, Facts):
        return mine, theirs
    return [actual[0], mine], [expected[0], theirs]


def judged_gradients(op: str, values: np.ndarray | None, args: Sequence[Any], kwargs: Mapping[str, Any], gradients: Any) -> Any:
    """The gradients of the input with those of equal elements of a row in ascending order, where `op` leaves open which one it names."""
    dim = _chosen_along(op, values, args, kwargs)
    if dim is None or values is None:
        return gradients
    return tuple(_arranged(values, g, dim) if isinstance(g, Facts) and g.shape == values.shape else g for g in gradients)


def _arranged(values: np.ndarray, gradient: Facts, dim: int) -> Facts:
    if gradient.values is None:
        return gradient
    found = wide(gradient.values)
    return replace(gradient, values=np.take_along_axis(found, np.lexsort((found, wide(values)), axis=dim), dim))


def _chosen_along(op: str, values: np.ndarray | None, args: Sequence[Any], kwargs: Mapping[str, Any]) -> int | None:
    """The dim along which `op` chooses among equals of `values` as it likes; None where it chooses nothing, or says how."""
    name = op.removesuffix("_")
    if name not in _OPS or values is None or not values.ndim or kwargs.get("stable"):
        return None
    if name == "msort":
        return 0
    at = _OPS[name][0]
    dim = kwargs.get("dim", args[at] if len(args) > at else -1)
    return -1 if isinstance(dim, bool) or not isinstance(dim, int) else dim


def _named(values: np.ndarray, places: np.ndarray | None, dim: int, distinct: bool) -> np.ndarray | None:
    """The elements that `places` name along `dim`, or None where they cannot be a choice of that row."""
    if places is None or not places.size:
        return None
    if places.ndim < values.ndim:
        places = np.expand_dims(places, dim)
    if places.ndim != values.ndim or places.min() < 0 or places.max() >= values.shape[dim]:
        return None
    if distinct and (np.diff(np.sort(places, axis=dim), axis=dim) == 0).any():
        return None
    return np.take_along_axis(values, places, dim)
