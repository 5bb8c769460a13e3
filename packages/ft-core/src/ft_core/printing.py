"""What `repr(tensor)` prints, to the character what torch prints.

It works on host arrays only: `repr_of` takes a tensor apart, `tensor_repr` puts the text together, `array_text` lays out the
numbers. A float array is printed as integers with a point, with fixed decimals, or in scientific notation, all elements alike, in
columns as wide as the widest element shown; large arrays show their edges. Source: torch.set_printoptions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .device import device
from .dtype import BY_NAME, dtype, float8_e8m0fnu, float64, get_default_dtype
from .keys import LAYOUT_BITS
from .layout import layout, strided

if TYPE_CHECKING:
    from .tensor import Tensor

# -- options -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class PrintOptions:
    """Digits after the point, elements above which only edges are shown, how many at each edge, line width, notation."""

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None  # None: decided by the values


_PROFILES: dict[str, dict[str, float]] = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}

options = PrintOptions()
"""The options in force, for all threads."""


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Change how tensors are printed; a `profile` ("default", "short", "full") first, then what is given beside it.

    `sci_mode` returns to None (decided by the values) with every call that does not give it, as in torch. Source:
    torch.set_printoptions.
    """
    given = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth}
    chosen = {**_PROFILES.get(profile or "", {}), **{name: value for name, value in given.items() if value is not None}}
    for name, value in chosen.items():
        setattr(options, name, value)
    options.sci_mode = sci_mode


def get_printoptions() -> dict[str, Any]:
    """The options in force, as keyword arguments of `set_printoptions`. Source: torch.get_printoptions."""
    return asdict(options)


@contextmanager
def printoptions(**kwargs: Any) -> Iterator[None]:
    """`set_printoptions(**kwargs)` for a `with` block. Source: torch.printoptions."""
    before = get_printoptions()
    set_printoptions(**kwargs)
    try:
        yield
    finally:
        set_printoptions(**before)


# -- numbers -----------------------------------------------------------------------------------------------------------


class _Column:
    """How the elements of one array are written: `width`, and `text(value)` padded to it."""

    __slots__ = ("_write", "width")

    def __init__(self, values: np.ndarray, kind: dtype) -> None:
        self._write: Callable[[Any], str] = str
        if kind.is_floating_point:
            values = values[_counts(values, kind)]
            self._write = _float_writer(np.abs(values))
        elif values.size and values.dtype != np.bool_:
            values = np.array([values.min(), values.max()])  # one of them is the longest
        self.width = max((len(self._write(value)) for value in values.ravel().tolist()), default=1)

    def text(self, value: Any) -> str:
        return self._write(value).rjust(self.width)


def _counts(values: np.ndarray, kind: dtype) -> np.ndarray:
    """Which elements decide how all are written: zeros, infinities and nan do not."""
    if kind is float8_e8m0fnu:
        # it has no zero: torch takes the least number for it, and nan for a number
        return np.asarray(values != 2.0**-127)
    return np.asarray(np.isfinite(values) & (values != 0))


def _float_writer(magnitudes: np.ndarray) -> Callable[[float], str]:
    scientific = bool(options.sci_mode) if magnitudes.size else False
    if magnitudes.size and options.sci_mode is None:
        least, most = float(magnitudes.min()), float(magnitudes.max())
        scientific = most / least > 1000.0 or most > 1.0e8 or least < 1.0e-4
    digits = options.precision
    if scientific:
        return lambda value: f"{value:.{digits}e}"
    if bool((magnitudes == np.ceil(magnitudes)).all()):
        return lambda value: f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"
    return lambda value: f"{value:.{digits}f}"


class _ComplexColumn:
    """Real and imaginary parts, each in a column of its own; the imaginary one is written close to its sign."""

    __slots__ = ("imag", "real", "width")

    def __init__(self, values: np.ndarray, kind: dtype) -> None:
        self.real = _Column(values.real, kind.to_real())
        self.imag = _Column(values.imag, kind.to_real())
        self.width = self.real.width + self.imag.width + 1

    def text(self, value: complex) -> str:
        imag = self.imag.text(value.imag).lstrip() + "j"
        return self.real.text(value.real) + (imag if imag[0] in "+-" else "+" + imag)


# -- arrays ------------------------------------------------------------------------------------------------------------


def array_text(array: np.ndarray, kind: dtype, indent: int) -> str:
    """The nested brackets of an array; lines after the first are indented by `indent` blanks."""
    if array.size == 0:
        return "[]"
    if kind.is_floating_point:
        array = array.astype(np.float64)  # exact, and what Python formats
    edges = array.size > options.threshold
    shown = _edges_of(array) if edges else array
    column = _ComplexColumn(shown, kind) if kind.is_complex else _Column(shown, kind)
    return _nested(array, indent, edges, column)


def _edges_of(array: np.ndarray) -> np.ndarray:
    """Only the elements that a summary shows: `edgeitems` from both ends of every longer dimension."""
    n = options.edgeitems
    for dim, size in enumerate(array.shape):
        if size > 2 * n:
            array = np.take(array, [*range(n), *range(size - n, size)], axis=dim)
    return array


def _nested(array: np.ndarray, indent: int, edges: bool, column: _Column | _ComplexColumn) -> str:
    if array.ndim == 0:
        return column.text(array.item())
    n = options.edgeitems
    left_out = edges and array.shape[0] > 2 * n
    first, last = (array[:n], array[array.shape[0] - n :]) if left_out else (array, array[:0])
    if array.ndim == 1:
        dots = [" ..." if n else "..."] if left_out else []
        items = [column.text(v) for v in first.tolist()] + dots + [column.text(v) for v in last.tolist()]
        per_line = max(1, (options.linewidth - indent) // (column.width + 2))
        rows = [", ".join(items[i : i + per_line]) for i in range(0, len(items), per_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(rows) + "]"
    blocks = [_nested(part, indent + 1, edges, column) for part in first]
    blocks += ["..."] if left_out else []
    blocks += [_nested(part, indent + 1, edges, column) for part in last]
    return "[" + ("," + "\n" * (array.ndim - 1) + " " * (indent + 1)).join(blocks) + "]"


# -- tensors -----------------------------------------------------------------------------------------------------------

Part = tuple[str, "np.ndarray | None", tuple[int, ...], dtype]
"""A component of a sparse tensor: its label, values (None on meta), shape and dtype."""


def tensor_repr(
    array: np.ndarray | None,
    shape: tuple[int, ...],
    kind: dtype,
    where: device,
    *,
    prefix: str = "tensor(",
    order: layout = strided,
    parts: Sequence[Part] = (),
    contents: str | None = None,
    grad_fn: str | None = None,
    requires_grad: bool = False,
    quantizer: Sequence[str] = (),
    more: Sequence[str] = (),
) -> str:
    """The text of one tensor.

    Args:
        array: its values on the host, or None for a tensor without data (meta) and for sparse ones.
        shape, kind, where, order: its size, dtype, device and layout.
        parts: the components of a sparse tensor, the values last.
        contents: a text to print in place of the values.
        quantizer: how a quantized tensor's integers stand for numbers, which are then in `array`.
        grad_fn: the name of its node; where there is none, `requires_grad` may be printed.
        more: facts that come last.
    """
    indent = len(prefix)
    facts = [f"device='{where}'"] if where.type != "cpu" else []
    if parts:
        facts += _facts_of_sparse(shape, kind, parts)
        text = (",\n" + " " * indent).join(_part_text(part, indent) for part in parts) if contents is None else contents
    elif quantizer:
        facts += [f"size={tuple(shape)}", f"dtype={kind}", *quantizer]
        text = contents if contents is not None else "..." if array is None else array_text(array, BY_NAME["float32"], indent)
    else:
        facts += _facts_of_dense(array, shape, kind)
        text = contents if contents is not None else "..." if array is None else array_text(array, kind, indent)
    if order is not strided:
        facts.append(f"layout={order}")
    if grad_fn is not None:
        facts.append(f"grad_fn=<{grad_fn}>")
    elif requires_grad:
        facts.append("requires_grad=True")
    facts += more
    return _with_facts(prefix + text, facts, indent, on_new_line=order.name == "sparse_coo")


def _facts_of_dense(array: np.ndarray | None, shape: tuple[int, ...], kind: dtype) -> list[str]:
    """`size` where the values do not tell it, `dtype` where they do not."""
    empty = 0 in shape
    size = [f"size={tuple(shape)}"] if array is None or (empty and len(shape) != 1) or not (empty or options.edgeitems) else []
    plain = kind is get_default_dtype() if array is None or empty else _is_evident(kind)
    return size if plain else [*size, f"dtype={kind}"]


def _facts_of_sparse(shape: tuple[int, ...], kind: dtype, parts: Sequence[Part]) -> list[str]:
    facts = [f"size={tuple(shape)}"]
    if parts[-1][1] is not None:
        facts.append(f"nnz={parts[-2][2][-1]}")
    return facts if _is_evident(kind) else [*facts, f"dtype={kind}"]


def _is_evident(kind: dtype) -> bool:
    """Whether a reader takes printed numbers to be of this dtype: int64, bool, the default float, and the complex beside it."""
    default = get_default_dtype()
    complex_kind = BY_NAME["complex128" if default is float64 else "complex64"]
    return kind in (default, complex_kind, BY_NAME["int64"], BY_NAME["bool"])


def _part_text(part: Part, indent: int) -> str:
    label, values, shape, kind = part
    opening = f"{label}=tensor("
    text = "..." if values is None else array_text(values, kind, indent + len(opening))
    size = f", size={tuple(shape)}" if values is None or 0 in shape else ""
    return f"{opening}{text}{size})"


def _with_facts(text: str, facts: list[str], indent: int, on_new_line: bool) -> str:
    """`text` with the facts behind it, each on the same line where it fits."""
    column = len(text) - text.rfind("\n") + 1
    for fact in facts:
        if on_new_line or column + len(fact) + 2 > options.linewidth:
            text += ",\n" + " " * indent + fact
            column = indent + len(fact)
            on_new_line = False
        else:
            text += ", " + fact
            column += len(fact) + 2
    return text + ")"


_SPARSE_PARTS = {
    "sparse_coo": ("_indices", "_values"),
    "sparse_csr": ("crow_indices", "col_indices", "values"),
    "sparse_csc": ("ccol_indices", "row_indices", "values"),
    "sparse_bsr": ("crow_indices", "col_indices", "values"),
    "sparse_bsc": ("ccol_indices", "row_indices", "values"),
}
"""The methods that give a sparse tensor's components, by layout; the labels are their names without the underscore."""


def repr_of(t: Tensor, contents: str | None = None, more: Sequence[str] = ()) -> str:
    """`repr(t)`; `contents` replaces the values (`Tensor.__repr__(tensor_contents=…)`), `more` facts come last."""
    from .parameter import Parameter  # noqa: PLC0415  # it imports tensor, which imports this module when it prints
    from .tensor import Tensor  # noqa: PLC0415

    plain = type(t) is Tensor or type(t) is Parameter
    order = t.layout
    parts = [
        (method.lstrip("_"), _values_of(part), tuple(part.shape), part.dtype)
        for method in _SPARSE_PARTS.get(order.name, ())
        for part in (getattr(t, method)(),)
    ]
    try:
        node = t.grad_fn
        name = None if node is None else type(node).__name__
    except RuntimeError:  # a view made under no_grad and then changed in place has no node to show
        name = "Invalid"
    text = tensor_repr(
        None if parts else _values_of(t),
        tuple(t.shape),
        t.dtype,
        t.device,
        prefix="tensor(" if plain else f"{type(t).__name__}(",
        order=order,
        parts=parts,
        contents=contents,
        grad_fn=name,
        requires_grad=t.requires_grad,
        quantizer=_quantizer_of(t),
        more=more,
    )
    return f"Parameter({text})" if isinstance(t, Parameter) and not plain else text


def _quantizer_of(t: Tensor) -> list[str]:
    """`quantization_scheme=…, scale=…` of a quantized tensor."""
    if not t._k & LAYOUT_BITS["quantized"]:
        return []
    record: Any = t._a
    facts = [f"quantization_scheme=torch.{record.scheme}", f"scale={record.scale!s}", f"zero_point={record.zero_point!s}"]
    return facts if record.axis is None else [*facts, f"axis={record.axis}"]


def _values_of(t: Tensor) -> np.ndarray | None:
    from .tensor_host import host_array  # noqa: PLC0415

    return None if t.is_meta else host_array(t, "__repr__")
