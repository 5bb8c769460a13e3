"""`assert_close`: two results are equal within the tolerance of their dtype, or the error shows where they differ most.

Containers are walked in step; everything that is not checked because of an argument is named by that argument.
"""

from __future__ import annotations

import cmath
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ft_core import Tensor, dtype
from ft_core.tensor_host import host_array
from ft_dispatch import surface

__all__ = ["assert_allclose", "assert_close"]

_TOLERANCES = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
    "complex32": (1e-3, 1e-5),
    "complex64": (1.3e-6, 1e-5),
    "complex128": (1e-7, 1e-7),
}


class _Rules:
    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)


def assert_close(
    actual: Any,
    expected: Any,
    *,
    allow_subclasses: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    check_device: bool = True,
    check_dtype: bool = True,
    check_layout: bool = True,
    check_stride: bool = False,
    msg: str | Callable[[str], str] | None = None,
) -> None:
    """AssertionError unless `actual` and `expected` agree: tensors, numbers, arrays, and sequences and mappings of them.

    rtol, atol: both or none; the default is that of the dtype (the looser of two dtypes), 0 for integers and bools. TypeError for
    objects that cannot be compared. Source: torch.testing.assert_close.
    """
    if (rtol is None) != (atol is None):
        missing = "atol" if atol is None else "rtol"
        raise ValueError(f"Both 'rtol' and 'atol' must be either specified or omitted, but got no {missing}.")
    rules = _Rules(
        allow_subclasses=allow_subclasses,
        rtol=rtol,
        atol=atol,
        equal_nan=equal_nan,
        check_device=check_device,
        check_dtype=check_dtype,
        check_layout=check_layout,
        check_stride=check_stride,
    )
    text = _difference(actual, expected, rules, "")
    if text is not None:
        raise AssertionError(msg(text) if callable(msg) else text if msg is None else msg)


def _difference(actual: Any, expected: Any, rules: Any, at: str) -> str | None:
    place = f"\n\nThe failure occurred for item {at}" if at else ""
    if isinstance(actual, (str, bytes)) or isinstance(expected, (str, bytes)):
        raise TypeError(f"No comparison pair was able to handle inputs of type {type(actual)} and {type(expected)}.{place}")
    if isinstance(actual, Sequence) and isinstance(expected, Sequence):
        if len(actual) != len(expected):
            return f"The length of the sequences mismatch: {len(actual)} != {len(expected)}{place}"
        pairs = ((i, a, e) for i, (a, e) in enumerate(zip(actual, expected, strict=True)))
        return next((d for i, a, e in pairs if (d := _difference(a, e, rules, f"{at}[{i}]")) is not None), None)
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        if actual.keys() != expected.keys():
            missing, extra = sorted(map(str, expected.keys() - actual.keys())), sorted(map(str, actual.keys() - expected.keys()))
            return (
                f"The keys of the mappings do not match:\nMissing keys in the actual mapping: {missing}\n"
                f"Additional keys in the actual mapping: {extra}{place}"
            )
        items = ((k, actual[k], expected[k]) for k in expected)
        return next((d for k, a, e in items if (d := _difference(a, e, rules, f"{at}[{k!r}]")) is not None), None)
    if actual is None and expected is None:
        return None
    if isinstance(actual, bool) and isinstance(expected, bool):
        return None if actual is expected else f"Booleans mismatch: {actual} is not {expected}{place}"
    if isinstance(actual, _NUMBERS) and isinstance(expected, _NUMBERS):
        first, second = (v.item() if isinstance(v, np.number) else v for v in (actual, expected))
        found = _compare_numbers(first, second, rules)
        return None if found is None else found + place
    a, e = _tensor(actual, expected, rules, place), _tensor(expected, actual, rules, place)
    found = _compare(a, e, rules)
    return None if found is None else found + place


_NUMBERS = (int, float, complex, np.number)


def _compare_numbers(actual: Any, expected: Any, rules: Any) -> str | None:
    if rules.check_dtype and type(actual) is not type(expected):
        return f"The (d)types do not match: {type(actual)} != {type(expected)}."
    if actual == expected or (rules.equal_nan and cmath.isnan(actual) and cmath.isnan(expected)):
        return None
    rtol, atol = _tolerance(_number_dtype(actual), _number_dtype(expected), rules)
    difference = abs(actual - expected)
    if cmath.isfinite(difference) and difference <= atol + rtol * abs(expected):
        return None
    return _report_scalar(actual, expected, rtol, atol)


def _tensor(value: Any, other: Any, rules: Any, place: str) -> Tensor:
    related = type(value) is type(other) or isinstance(value, type(other)) or isinstance(other, type(value))
    if (
        isinstance(value, Tensor)
        and isinstance(other, Tensor)
        and (related if rules.allow_subclasses else type(value) is type(other))
    ):
        return value.detach()
    if isinstance(value, (np.ndarray, np.generic)) and isinstance(other, (np.ndarray, np.generic)):
        return surface.tensor(np.asarray(value))
    raise TypeError(f"No comparison pair was able to handle inputs of type {type(value)} and {type(other)}.{place}")


def _number_dtype(value: Any) -> dtype:
    kinds: dict[type, dtype] = {bool: surface.int64, int: surface.int64, float: surface.float64, complex: surface.complex128}
    return kinds[type(value)]


def _compare(a: Tensor, e: Tensor, rules: Any) -> str | None:
    if a.shape != e.shape:
        return f"The values for attribute 'shape' do not match: {a.shape} != {e.shape}."
    for wanted, name in ((rules.check_layout, "layout"), (rules.check_device, "device"), (rules.check_dtype, "dtype")):
        if wanted and getattr(a, name) != getattr(e, name):
            return f"The values for attribute '{name}' do not match: {getattr(a, name)} != {getattr(e, name)}."
    if rules.check_stride and a.stride() != e.stride():
        return f"The values for attribute 'stride()' do not match: {a.stride()} != {e.stride()}."
    if a.is_meta or e.is_meta:
        return None
    rtol, atol = _tolerance(a.dtype, e.dtype, rules)
    if a.layout is not e.layout:
        a, e = (t if t.layout is surface.strided else t.to_dense() for t in (a, e))
    if a.layout is not surface.strided:
        return _compare_sparse(a, e, (rtol, atol), rules)
    return _compare_values(a, e, rtol, atol, rules, "Tensor-likes")


_PARTS = {
    surface.sparse_coo: ("COO", ("indices", "values")),
    surface.sparse_csr: ("CSR", ("crow_indices", "col_indices", "values")),
    surface.sparse_csc: ("CSC", ("ccol_indices", "row_indices", "values")),
    surface.sparse_bsr: ("BSR", ("crow_indices", "col_indices", "values")),
    surface.sparse_bsc: ("BSC", ("ccol_indices", "row_indices", "values")),
}


def _compare_sparse(a: Tensor, e: Tensor, tolerance: tuple[float, float], rules: Any) -> str | None:
    """Indices must be equal, values close."""
    kind, parts = _PARTS[a.layout]
    if kind == "COO" and a.sparse_dim() != e.sparse_dim():
        return f"The number of sparse dimensions in sparse COO tensors does not match: {a.sparse_dim()} != {e.sparse_dim()}"
    if a._nnz() != e._nnz():
        return f"The number of specified values in sparse {kind} tensors does not match: {a._nnz()} != {e._nnz()}"
    for part in parts:
        rtol, atol = tolerance if part == "values" else (0.0, 0.0)
        first, second = (getattr(t, f"_{part}" if kind == "COO" else part)().detach() for t in (a, e))
        found = _compare_values(first, second, rtol, atol, rules, f"Sparse {kind} {part}")
        if found is not None:
            return found
    return None


def _compare_values(a: Tensor, e: Tensor, rtol: float, atol: float, rules: Any, who: str) -> str | None:
    x, y = _wide(host_array(a.cpu())), _wide(host_array(e.cpu()))
    with np.errstate(all="ignore"):
        difference = np.abs(x - y)
        close = (x == y) | (np.isfinite(y) & (difference <= atol + rtol * np.abs(y)))
        if rules.equal_nan:
            close |= np.isnan(x) & np.isnan(y)
        if close.all():
            return None
        if x.ndim == 0:
            return _report_scalar(a.item(), e.item(), rtol, atol)
        return _report(a, e, close, rtol, atol, who)


def _tolerance(a: dtype, e: dtype, rules: Any) -> tuple[float, float]:
    if rules.rtol is not None:
        return rules.rtol, rules.atol
    first, second = (_TOLERANCES.get(kind.name, (0.0, 0.0)) for kind in (a, e))
    return max(first[0], second[0]), max(first[1], second[1])


def _wide(array: np.ndarray) -> np.ndarray:
    """In a type where differences neither wrap nor round: exact integers become Python's only where int64 is too small."""
    if array.dtype.kind == "c":
        return array.astype(np.complex128)
    if array.dtype.kind == "u" and array.dtype.itemsize == 8:
        return array.astype(np.longdouble)
    return array.astype(np.longdouble if array.dtype.kind in "iu" else np.float64)


def _report_scalar(actual: Any, expected: Any, rtol: float, atol: float) -> str:
    exact = rtol == 0 and atol == 0
    allowed = ("", "") if exact else (f" (up to {atol} allowed)", f" (up to {rtol} allowed)")
    difference = abs(actual - expected)
    relative = float("inf") if expected == 0 else difference / abs(expected)
    return (
        f"Scalars are not {'equal' if exact else 'close'}!\n\nExpected {expected} but got {actual}.\n"
        f"Absolute difference: {difference}{allowed[0]}\nRelative difference: {relative}{allowed[1]}"
    )


def _distances(a: Tensor, e: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Absolute and relative differences, rounded as torch's report rounds them: in the tensors' dtype, integers in int64 and float32."""
    kind = surface.promote_types(a.dtype, e.dtype)
    x, y = (host_array(t.cpu().to(kind)) for t in (a, e))
    if kind.is_floating_point or kind.is_complex:
        difference = np.abs(x - y)
        return difference, difference / np.abs(y)
    whole = np.abs(x.astype(np.int64) - y.astype(np.int64))
    return whole, whole.astype(np.float32) / np.abs(y.astype(np.int64)).astype(np.float32)


def _report(a: Tensor, e: Tensor, close: np.ndarray, rtol: float, atol: float, who: str) -> str:
    exact = rtol == 0 and atol == 0
    bad = int((~close).sum())
    rows = [f"{who} are not {'equal' if exact else 'close'}!", ""]
    rows.append(f"Mismatched elements: {bad} / {close.size} ({100 * bad / close.size:.1f}%)")
    for name, values, allowed in zip(("absolute", "relative"), _distances(a, e), (atol, rtol), strict=True):
        masked = np.where(close, values.dtype.type(0), values)
        where = int(np.argmax(np.nan_to_num(masked.astype(np.float64), nan=np.inf)))
        index = tuple(int(i) for i in np.unravel_index(where, masked.shape))
        limit = "" if exact else f" (up to {allowed} allowed)"
        largest = masked.reshape(-1)[where]
        rows.append(
            f"Greatest {name} difference: {int(largest) if masked.dtype.kind == 'i' else float(largest)} at index {index}{limit}"
        )
    return "\n".join(rows)


_OLD_TOLERANCES = {"float16": (1e-3, 1e-3), "float32": (1e-4, 1e-5), "float64": (1e-5, 1e-8)}


def assert_allclose(
    actual: Any, expected: Any, rtol: float | None = None, atol: float | None = None, equal_nan: bool = True, msg: str = ""
) -> None:
    """The old form of `assert_close`: dtypes may differ, and what is no tensor becomes one. Source: torch.testing.assert_allclose."""
    warnings.warn(
        "`torch.testing.assert_allclose()` is deprecated since 1.12 and will be removed in a future release. Please use "
        "`torch.testing.assert_close()` instead. You can find detailed upgrade instructions in "
        "https://github.com/pytorch/pytorch/issues/61844.",
        FutureWarning,
        stacklevel=2,
    )
    a = actual if isinstance(actual, Tensor) else surface.tensor(actual)
    e = expected if isinstance(expected, Tensor) else surface.tensor(expected, dtype=a.dtype)
    if rtol is None and atol is None:
        pairs = [_OLD_TOLERANCES.get(t.dtype.name, (0.0, 0.0)) for t in (a, e)]
        rtol, atol = (max(column) for column in zip(*pairs, strict=True))
    assert_close(a, e, rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=False, msg=msg or None)
