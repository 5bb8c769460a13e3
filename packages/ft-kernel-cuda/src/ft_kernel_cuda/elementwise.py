"""The engine under all ELEMENTWISE kernels: one C++ expression over operands that broadcast, and its launch.

A family file lists rows of (ATen name, expression); `rows` makes each a kernel. In an expression `a`, `b`, `c`, `d` are the
operands in schema order, arrays and numbers alike, `T` is the dtype it is computed in, `i` the index of the element. An operand
may be half stored: it is widened to float on load and the result is rounded once on store, so `Elementwise.typed` is the fused
form of cast, op, cast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .launch import BLOCK, Words, broadcast_strides, coalesce, grid_for
from .runtime import machine
from .source import STORAGE
from .table import array_dtype, kernel

REAL = {"complex64": "float32", "complex128": "float64"}


class Elementwise:
    """A kernel given by an expression. `result`: "same", "bool" or "real" (a complex operand gives its real type)."""

    def __init__(self, name: str, expression: str, arity: int, result: str = "same", complex_too: bool = False) -> None:
        self.name, self.expression, self.arity, self.result, self.complex_too = name, expression, arity, result, complex_too
        self.__qualname__ = f"Elementwise({name})"

    def __call__(self, *operands: Any, out: Any = None) -> Any:
        """The result for arrays of one dtype and Python numbers, as an array of that dtype (or bool, or real)."""
        compute = next((x.dtype.name for x in operands if machine().is_array(x)), None)
        if compute is None:
            raise TypeError(
                f"{self.name}: an array is expected among the operands; got {operands}; make one of the numbers a tensor"
            )
        names = [x.dtype.name if machine().is_array(x) else compute for x in operands]
        if self.result == "bool":
            result = "bool"
        else:
            result = REAL.get(compute, compute) if self.result == "real" else compute
        return self.typed(operands, names, out, out.dtype.name if out is not None else result)

    def typed(self, operands: Sequence[Any], names: Sequence[str], out: Any, result: str) -> Any:
        """The same where the dtypes are told: `names` of the operands and of the `result` ("bfloat16" over a uint16 array)."""
        if any(n in REAL for n in names) and not self.complex_too:
            raise NotImplementedError(
                f'"{self.name}" not implemented for complex tensors on cuda; compute on the cpu, or on its parts'
            )
        return evaluate(self.expression, operands, names, out, result)


def evaluate(expression: str, operands: Sequence[Any], names: Sequence[str], out: Any, result: str, shape: Any = None) -> Any:
    """Launch one expression; `shape` is needed only where no operand is an array."""
    here = machine()
    operands = [x if here.is_array(x) else _number(x, n) for x, n in zip(operands, names, strict=True)]
    if shape is None:
        shape = np.broadcast_shapes(*(x.shape for x in operands if here.is_array(x)))
    if out is None:
        out = here.empty(shape, array_dtype(result))
    if out.size == 0:
        return out
    arrays = [out, *operands]
    strides = [broadcast_strides(x, shape) if here.is_array(x) else (0,) * len(shape) for x in arrays]
    sizes, merged = coalesce(shape, strides)
    words = Words()
    words.put(0, out.size, len(sizes), *sizes)
    for k, (array, steps) in enumerate(zip(arrays, merged, strict=True)):
        words.put(19 + 12 * k, *steps)
        if here.is_array(array):
            words.put(14 + k, here.pointer(array))
        else:
            words.put_number(80 + 2 * (k - 1), array)
    macros = (
        ("FT_R", STORAGE[result]),
        ("FT_ARITY", str(len(operands))),
        *((f"FT_T{k}", STORAGE[n]) for k, n in enumerate(names)),
        ("FT_EXPR", expression),
    )
    here.launch("elementwise.cu", macros, "ft_elementwise", grid_for(out.size), BLOCK, words.pack())
    return out


def _number(value: Any, name: str) -> Any:
    """A Python number from what stands for one: a 0-dim host array, a NumPy scalar, None (which no expression reads) as 0."""
    value = 0 if value is None else value.item() if hasattr(value, "item") else value
    return complex(value) if name in REAL else value


def rows(table: dict[str, str], arity: int, result: str = "same", complex_too: frozenset[str] = frozenset()) -> None:
    """Register each (ATen name: expression) as a kernel; its `native` form is the engine's own object."""
    for name, expression in table.items():
        entry = Elementwise(name, expression, arity, result, name in complex_too)
        kernel(name, native=entry, inplace=tuple(range(arity)))(entry)
