"""What stands for data while a function is captured: blocks of memory, arrays over them, and run-time numbers.

A `Proxy` has what the layers above a kernel ask of an array (shape, strides, dtype, device) and no values. Memory is explicit:
views are proxies over one block, and a write names the block it changes, so a captured program aliases exactly as the eager one
does.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan, prod
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from ft_core.layout import contiguous_strides

if TYPE_CHECKING:
    from ft_core import device, dtype

_BYTES = np.dtype(np.uint8)
FRESH, INPUT, EXTERNAL = "fresh", "input", "external"


class Block:
    """One piece of memory: made by the program (FRESH), an argument's (INPUT), or a tensor's outside (EXTERNAL; `array`)."""

    __slots__ = ("array", "dtype", "index", "kind", "shape", "strides", "symbolic")

    def __init__(
        self, index: int, kind: str, shape: tuple[int, ...], dtype: dtype, strides: tuple[int, ...], array: Any = None
    ) -> None:
        self.index, self.kind, self.shape, self.dtype, self.strides, self.array = index, kind, shape, dtype, strides, array
        self.symbolic = False  # holds one run-time number, made anew in each run

    @property
    def nbytes(self) -> int:
        """Bytes from the first element to the last."""
        if 0 in self.shape:
            return 0
        return (1 + sum((n - 1) * s for n, s in zip(self.shape, self.strides, strict=True))) * self.dtype.itemsize

    def __repr__(self) -> str:
        return f"{self.kind}{self.index}"


class Proxy:
    """An array over (part of) a block; sizes, strides and offset count elements of `kind`."""

    __slots__ = ("block", "device", "kind", "offset", "shape", "steps")

    def __init__(
        self, block: Block, kind: dtype, shape: tuple[int, ...], steps: tuple[int, ...], offset: int, where: device
    ) -> None:
        self.block, self.kind, self.shape, self.steps, self.offset, self.device = (
            block,
            kind,
            tuple(shape),
            tuple(steps),
            offset,
            where,
        )

    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: prod(self.shape))
    itemsize = property(lambda self: self.kind.itemsize)
    nbytes = property(lambda self: self.block.nbytes)
    strides = property(lambda self: tuple([s * self.itemsize for s in self.steps]))
    dtype = _BYTES  # this and `flags` are what a backend's root_of looks at: one flat piece of memory, whatever its elements
    flags = SimpleNamespace(c_contiguous=True)

    @property
    def whole(self) -> bool:
        """Whether it is the block exactly as it was made."""
        b = self.block
        return self.offset == 0 and self.kind is b.dtype and self.shape == b.shape and self.steps == b.strides

    @property
    def contiguous(self) -> bool:
        """Whether elements lie in C order without gaps."""
        return 0 in self.shape or all(
            n == 1 or s == c for n, s, c in zip(self.shape, self.steps, contiguous_strides(self.shape), strict=True)
        )

    @property
    def place(self) -> tuple[Any, ...]:
        """What tells it from other arrays over the same block."""
        return self.kind, self.shape, self.steps, self.offset

    def __repr__(self) -> str:
        return f"{self.kind.name}{list(self.shape)} over {self.block!r}"


class Symbol(float):
    """A float argument of a captured function: arithmetic builds an expression, comparisons become guards.

    As a plain float it is NaN, so that code which reads it behind Python's back (`math.sqrt(lr)`) shows.
    """

    __slots__ = ("guards", "text", "value")
    run_time = True
    text: str
    value: float
    guards: dict[str, bool]

    def __new__(cls, text: str, value: float, guards: dict[str, bool]) -> Symbol:
        made = float.__new__(cls, nan)
        made.text, made.value, made.guards = text, value, guards
        return made

    def __float__(self) -> float:
        """Asked for as a plain number: it becomes static, and the program holds for this value only."""
        self.guards[f"{self.text} == {self.value!r}"] = True
        return self.value

    __hash__ = float.__hash__

    def __bool__(self) -> bool:
        return _compared("({0}) != 0", self, 0, lambda a, b: a != 0)

    def __repr__(self) -> str:
        return f"<run-time float {self.text}>"


def _text(value: Any) -> str:
    return value.text if isinstance(value, Symbol) else repr(value)


def _value(value: Any) -> Any:
    return value.value if isinstance(value, Symbol) else value


def _compared(form: str, a: Any, b: Any, function: Callable[[Any, Any], bool]) -> bool:
    if not isinstance(b, (int, float)):
        return NotImplemented
    outcome = bool(function(_value(a), _value(b)))
    a.guards[form.format(_text(a), _text(b))] = outcome
    return outcome


def _arithmetic(form: str, function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def method(self: Symbol, other: Any = 0) -> Any:
        if not isinstance(other, (int, float)):
            return NotImplemented
        return Symbol(form.format(_text(self), _text(other)), function(self.value, _value(other)), self.guards)

    return method


def _comparison(form: str, function: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    return lambda self, other: _compared(form, self, other, function)


for _name, _form, _function in (
    ("__add__", "({0} + {1})", lambda a, b: a + b),
    ("__radd__", "({1} + {0})", lambda a, b: b + a),
    ("__sub__", "({0} - {1})", lambda a, b: a - b),
    ("__rsub__", "({1} - {0})", lambda a, b: b - a),
    ("__mul__", "({0} * {1})", lambda a, b: a * b),
    ("__rmul__", "({1} * {0})", lambda a, b: b * a),
    ("__truediv__", "({0} / {1})", lambda a, b: a / b),
    ("__rtruediv__", "({1} / {0})", lambda a, b: b / a),
    ("__pow__", "({0} ** {1})", lambda a, b: a**b),
    ("__rpow__", "({1} ** {0})", lambda a, b: b**a),
    ("__neg__", "(-{0})", lambda a, b: -a),
    ("__abs__", "abs({0})", lambda a, b: abs(a)),
):
    setattr(Symbol, _name, _arithmetic(_form, _function))
for _name, _sign, _test in (
    ("__eq__", "==", lambda a, b: a == b),
    ("__ne__", "!=", lambda a, b: a != b),
    ("__lt__", "<", lambda a, b: a < b),
    ("__le__", "<=", lambda a, b: a <= b),
    ("__gt__", ">", lambda a, b: a > b),
    ("__ge__", ">=", lambda a, b: a >= b),
):
    setattr(Symbol, _name, _comparison(f"{{0}} {_sign} {{1}}", _test))
