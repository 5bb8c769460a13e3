"""Where do two results differ? The one judge of the kit: the oracle, the recorded fixtures and backends' own tests ask it.

Results are compared as *facts* (dtype, shape, strides, host values), so that neither side's library takes part in the verdict. A
judge can be wrong in two ways; the tests of this file feed it wrong answers as well as right ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np


class Tolerance(NamedTuple):
    """|actual - expected| <= atol + rtol * |expected|."""

    rtol: float
    atol: float


EXACT = Tolerance(0.0, 0.0)

TOLERANCES = {
    "float16": Tolerance(1e-3, 1e-5),
    "bfloat16": Tolerance(1.6e-2, 1e-5),
    "float32": Tolerance(1.3e-6, 1e-5),
    "float64": Tolerance(1e-7, 1e-7),
    "complex32": Tolerance(1e-3, 1e-5),
    "complex64": Tolerance(1.3e-6, 1e-5),
    "complex128": Tolerance(1e-7, 1e-7),
}
"""torch.testing.assert_close's defaults; every other dtype is compared exactly."""


def tolerance_of(dtype: str) -> Tolerance:
    """The tolerance for results of `dtype` ("float32"); exact for integers, bools and what has no entry."""
    return TOLERANCES.get(dtype, EXACT)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a tensor: dtype name, shape, strides in elements, values on the host, whether it requires grad."""

    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    values: np.ndarray | None
    requires_grad: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `kind` is structure, dtype, shape, stride, value, requires_grad, grad, error, message or inplace."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


def significant_strides(shape: Sequence[int], strides: Sequence[int]) -> tuple[int, ...]:
    """The strides that say where an element lies: those of dims with more than one element, none for empty tensors."""
    if 0 in shape:
        return ()
    return tuple(s for n, s in zip(shape, strides, strict=True) if n > 1)


def wide(values: np.ndarray) -> np.ndarray:
    """Values in the widest type of their kind, so that differences neither round nor overflow."""
    kind = values.dtype.kind
    if kind == "c":
        return values.astype(np.complex128)
    if kind in "biu":
        return values
    return values.astype(np.float64)  # ml_dtypes' halves have kind "V" or "f"


def wrong_elements(actual: np.ndarray, expected: np.ndarray, tolerance: Tolerance, truth: np.ndarray | None = None) -> np.ndarray:
    """A mask of the elements that are not equal within tolerance; NaN equals NaN, infinities only themselves.

    truth: the result in a wider type where it is known. An element that is within tolerance of the truth, or at least as near to
    it as the expected one, is right: the oracle rounds, too.
    """
    a, e = wide(actual), wide(expected)
    if a.dtype.kind in "biu" or e.dtype.kind in "biu":
        return np.asarray(a != e)
    wrong = ~_close(a, e, tolerance)
    if truth is not None and wrong.any():
        t = wide(truth)
        with np.errstate(all="ignore"):
            held = wide(truth.astype(actual.dtype)) if actual.dtype.kind in "fV" and truth.dtype.kind == "f" else t
            t = np.where(np.isinf(held), held, t)  # beyond what the type holds, infinity is the truth
            nearer = np.abs(a - t) <= np.abs(e - t)
        wrong &= ~(_close(a, t, tolerance) | nearer)
    return np.asarray(wrong)


def _close(a: np.ndarray, e: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    if a.dtype.kind == "c":
        with np.errstate(all="ignore"):
            near = np.isfinite(a) & np.isfinite(e) & (np.abs(a - e) <= tolerance.atol + tolerance.rtol * np.abs(e))
        return near | (_same(a.real, e.real) & _same(a.imag, e.imag)) | (np.isnan(a) & np.isnan(e))
    with np.errstate(all="ignore"):
        near = np.isfinite(a) & np.isfinite(e) & (np.abs(a - e) <= tolerance.atol + tolerance.rtol * np.abs(e))
    return near | _same(a, e)


def _same(a: np.ndarray, e: np.ndarray) -> np.ndarray:
    return (a == e) | (np.isnan(a) & np.isnan(e))


def compare_tensors(
    actual: Facts,
    expected: Facts,
    tolerance: Tolerance | None = None,
    truth: np.ndarray | None = None,
    *,
    strides: bool = True,
    values: bool = True,
    where: str = "",
) -> Difference | None:
    """The first difference between two tensors: dtype, shape, strides, requires_grad, values; None where there is none."""
    at = f"{where}: " if where else ""
    if actual.dtype != expected.dtype:
        return Difference("dtype", f"{at}{actual.dtype}, torch has {expected.dtype}")
    if actual.shape != expected.shape:
        return Difference("shape", f"{at}{actual.shape}, torch has {expected.shape}")
    if strides:
        mine, theirs = (significant_strides(f.shape, f.strides) for f in (actual, expected))
        if mine != theirs:
            return Difference("stride", f"{at}{actual.strides}, torch has {expected.strides} (shape {expected.shape})")
    if actual.requires_grad != expected.requires_grad:
        return Difference("requires_grad", f"{at}{actual.requires_grad}, torch has {expected.requires_grad}")
    if not values or actual.values is None or expected.values is None:
        return None
    wrong = wrong_elements(actual.values, expected.values, tolerance or tolerance_of(expected.dtype), truth)
    if not wrong.any():
        return None
    first = tuple(int(i) for i in np.unravel_index(int(np.argmax(wrong)), wrong.shape)) if wrong.ndim else ()
    mine_value, theirs_value = actual.values[first], expected.values[first]
    listed = f"[{', '.join(map(str, first))}]" if first else ""
    return Difference(
        "value", f"{at}{listed} is {mine_value}, torch has {theirs_value} ({int(wrong.sum())} of {wrong.size} differ)"
    )


def first_difference(
    actual: Any, expected: Any, truth: Any = None, *, strides: bool = True, values: bool = True, where: str = ""
) -> Difference | None:
    """The first difference between two results made of Facts, numbers, strings, None, and tuples, lists and dicts of these."""
    if isinstance(expected, Facts):
        if not isinstance(actual, Facts):
            return Difference("structure", f"{where or 'result'}: {type(actual).__name__}, torch has a tensor")
        known = truth.values if isinstance(truth, Facts) and truth.shape == expected.shape else None
        return compare_tensors(actual, expected, None, known, strides=strides, values=values, where=where)
    if isinstance(expected, (list, tuple)):
        if isinstance(expected, list) != isinstance(actual, list) or not isinstance(actual, (list, tuple)):
            return Difference("structure", f"{where or 'result'}: {type(actual).__name__}, torch has {type(expected).__name__}")
        if len(actual) != len(expected):
            return Difference("structure", f"{where or 'result'}: {len(actual)} items, torch has {len(expected)}")
        known_all = truth if isinstance(truth, (list, tuple)) and len(truth) == len(expected) else [None] * len(expected)
        for i, (a, e, t) in enumerate(zip(actual, expected, known_all, strict=True)):
            found = first_difference(a, e, t, strides=strides, values=values, where=f"{where}[{i}]")
            if found is not None:
                return found
        return None
    if isinstance(expected, dict):
        if not isinstance(actual, dict) or list(actual) != list(expected):
            return Difference("structure", f"{where or 'result'}: {actual!r}, torch has keys {list(expected)}")
        return first_difference(list(actual.values()), list(expected.values()), where=where, strides=strides, values=values)
    return _compare_plain(actual, expected, where or "result") if values else None


def _compare_plain(actual: Any, expected: Any, where: str) -> Difference | None:
    if type(actual) is not type(expected):
        return Difference(
            "structure", f"{where}: {type(actual).__name__} {actual!r}, torch has {type(expected).__name__} {expected!r}"
        )
    if isinstance(expected, (float, complex)):
        if not _close(np.asarray(actual), np.asarray(expected), TOLERANCES["float64"]).all():
            return Difference("value", f"{where}: {actual!r}, torch has {expected!r}")
        return None
    return None if actual == expected else Difference("value", f"{where}: {actual!r}, torch has {expected!r}")
