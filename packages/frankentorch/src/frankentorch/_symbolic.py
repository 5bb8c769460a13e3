"""Functions for sizes that may be symbols, and control flow that may be captured; eagerly, numbers are numbers and branches run.

Source: torch.sym_max, torch.cond, torch.while_loop and their like (2.13).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor

__all__ = [
    "cond",
    "sym_constrain_range",
    "sym_constrain_range_for_size",
    "sym_float",
    "sym_fresh_size",
    "sym_int",
    "sym_ite",
    "sym_max",
    "sym_min",
    "sym_not",
    "sym_sqrt",
    "sym_sum",
    "while_loop",
]


def _number(value: Any) -> None:
    if isinstance(value, Tensor) or not (isinstance(value, (int, float)) or type(value).__module__ == "numpy"):
        raise AssertionError(f"expected an int or a float, but got {type(value)}")


def sym_float(a: Any) -> float:
    """`float(a)`."""
    return float(a)


def sym_int(a: Any) -> int:
    """`a` without its fraction: floor of what is above 0, ceiling of what is below."""
    return math.floor(a) if a >= 0 else math.ceil(a)


def sym_max(a: Any, b: Any) -> Any:
    """The larger of two numbers, a float if either is one. AssertionError for what is no number."""
    for value in (a, b):
        _number(value)
    if isinstance(a, float) or isinstance(b, float):
        return max(float(a), float(b))
    return max(a, b)


def sym_min(a: Any, b: Any) -> Any:
    """The smaller of two numbers, a float if either is one. AssertionError for what is no number."""
    for value in (a, b):
        _number(value)
    if isinstance(a, float) or isinstance(b, float):
        return min(float(a), float(b))
    return min(a, b)


def sym_not(a: Any) -> bool:
    """`not a`."""
    return not a


def sym_ite(b: bool, t: Any, f: Any) -> Any:
    """`t if b else f`, both of one type. AssertionError otherwise."""
    if not isinstance(b, bool):
        raise AssertionError(f"expected SymBool or bool, got {type(b)}")
    if type(t) is not type(f):
        raise AssertionError(f"type mismatch: {type(t)} vs {type(f)}")
    return t if b else f


def sym_sum(*args: Any) -> Any:
    """Sum of numbers, given one by one or as one list."""
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        args = tuple(args[0])
    return sum(args)


def sym_sqrt(a: Any) -> float:
    """`math.sqrt(a)`; ValueError below 0."""
    return math.sqrt(a)


def sym_fresh_size(expr: Any) -> int:
    """`expr` as an int: a size that depends on nothing known."""
    return int(expr)


def sym_constrain_range(size: Any, *, min: int | None = None, max: int | None = None) -> None:
    """RuntimeError unless min <= size <= max; both bounds are included, and absent ones hold for any int64."""
    low, high = (-(2**63) if min is None else min), (2**63 - 1 if max is None else max)
    if not low <= size <= high:
        raise RuntimeError(f"Invalid value range for {size} between [{low}, {high}].")


def sym_constrain_range_for_size(size: Any, *, min: int | None = None, max: int | None = None) -> None:
    """`sym_constrain_range` of a size, which is never below 0."""
    sym_constrain_range(size, min=0 if min is None else min, max=max)


def cond(pred: Any, true_fn: Callable[..., Any], false_fn: Callable[..., Any], operands: Sequence[Any] = ()) -> Any:
    """`true_fn(*operands)` where `pred` (a bool, a number, or a tensor of one element) is true, else `false_fn(*operands)`.

    Gradients flow through the branch that ran. RuntimeError for a tensor of more elements.
    """
    if isinstance(pred, Tensor):
        if pred.numel() != 1:
            raise RuntimeError(f"Expected pred to be bool or single-element tensor, but got {pred}.")
        pred = bool(pred)
    elif not isinstance(pred, (bool, int, float)):
        raise RuntimeError(f"Expected pred to be bool or tensor, but got {pred}.")
    if not callable(true_fn) or not callable(false_fn):
        raise RuntimeError("Expect both branches to be callable.")
    return (true_fn if pred else false_fn)(*operands)


def while_loop(cond_fn: Callable[..., Any], body_fn: Callable[..., Any], carried_inputs: Sequence[Any]) -> Any:
    """`carried_inputs` after `body_fn(*carried)` has replaced them for as long as `cond_fn(*carried)` is true.

    cond_fn gives a bool or a bool tensor of one element; body_fn gives as many values as it takes. RuntimeError for what is no
    function, for another condition, and for another number of values.
    """
    if not callable(cond_fn) or not callable(body_fn):
        raise RuntimeError("Expect cond_fn and body_fn to be callable.")
    if not isinstance(carried_inputs, (tuple, list)):
        raise RuntimeError(f"Expect carried_inputs to be a tuple or a list, but got {type(carried_inputs).__name__}.")
    carried: Any = tuple(carried_inputs)
    while _holds(cond_fn(*carried)):
        made = body_fn(*carried)
        carried = made if isinstance(made, (tuple, list)) else (made,)
        if len(carried) != len(carried_inputs):
            raise RuntimeError(
                f"body_fn should return as many elements as carried_inputs: {len(carried_inputs)}, but got {len(carried)}"
            )
    return carried


def _holds(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Tensor) and value.dtype.name == "bool" and value.numel() == 1:
        return bool(value)
    raise RuntimeError(f"cond_fn must return a boolean scalar tensor or a boolean, but got {value!r}")
