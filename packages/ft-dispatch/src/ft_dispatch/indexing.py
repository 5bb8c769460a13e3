"""`x[index]` and `x[index] = value`: Python's index objects taken apart as torch takes them.

Ints, slices, None and `...` become views (select, slice, unsqueeze); tensors, lists and masks are collected and end in one
`index` or `index_put_`. Ints and slices alone have a road of their own, because programs use little else.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from ft_core import Tensor, int64, notices, uint8
from ft_core.dtype import bool_ as bool_dtype
from ft_core.keys import CPU, DTYPES, LEVEL
from ft_core.state import TL

from .canonical import to_index
from .index_routes import picked, places, plan_view, viewed, written
from .ops.index import index as index_op
from .ops.index import is_mask
from .ops.scatter import index_put
from .ops.view import alias, select, slice_, unsqueeze
from .registry import binding
from .routes import UNROUTED

_INTS = {int}
_SCALAR = (
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor "
    "to a number"
)
_WHOLE = slice(None)


def _selected(x: Tensor, dim: int, place: int, real_dim: int) -> Tensor:
    if x.ndim == 0:
        raise IndexError(_SCALAR)
    n = x._a.shape[dim] if not x._k & LEVEL else x.shape[dim]  # vmap hides the payload's first dimension
    if not -n <= place < n:
        raise IndexError(f"index {place} is out of bounds for dimension {real_dim} with size {n}")
    return select.wrapper(x, dim, place)


def _bound(value: Any) -> int | None:
    return None if value is None else to_index(value)


def _sliced(x: Tensor, dim: int, part: slice) -> Tensor:
    step = 1 if part.step is None else to_index(part.step)
    if step == 0:
        raise ValueError("slice step cannot be zero")
    if step < 0:
        raise ValueError("step must be greater than zero")
    start, stop = _bound(part.start), _bound(part.stop)
    if step == 1 and stop is None and start in (None, 0):
        return x
    return slice_.wrapper(x, dim, start, stop, step)


def _as_index(x: Tensor, value: Any) -> Tensor:
    """A list, tuple or array as an index tensor on x's device."""
    from .host import tensor  # noqa: PLC0415  # host's bindings import the table

    made = tensor(value, device=x.device) if not hasattr(value, "__array_interface__") else tensor(value.copy(), device=x.device)
    return made.to(int64) if made.numel() == 0 and made.dtype.category >= 2 else made


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple, range)) or (hasattr(value, "__array_interface__") and not isinstance(value, Tensor))


def _as_tuple(index: Any) -> tuple[Any, ...]:
    """The index as a tuple; a list that holds more than numbers counts as one (deprecated, as in torch)."""
    if isinstance(index, tuple):
        return index
    if isinstance(index, list) and len(index) < 32:
        parts = (Tensor, list, tuple, slice, type(None), type(Ellipsis))
        if any(isinstance(part, parts) for part in index):
            warnings.warn(
                "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in pytorch 2.9; use "
                "x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as tensor index, x[torch.tensor(seq)], "
                "which will result either in an error or a different result",
                UserWarning,
                stacklevel=5,
            )
            return tuple(index)
    return (index,)


def _consumed(part: Any) -> int:
    """How many dims of the tensor one part of the index uses up."""
    if part is None or part is Ellipsis or part is True or part is False:
        return 0
    if isinstance(part, Tensor):
        return part.ndim if is_mask(part) else 1
    return 1


class _Parsed:
    """The views of an index applied, and the index tensors by dim of what they gave."""

    __slots__ = ("dim", "real_dim", "tensors", "x")

    def __init__(self, x: Tensor, parts: tuple[Any, ...]) -> None:
        self.x, self.dim, self.real_dim = x, 0, 0
        self.tensors: dict[int, Tensor] = {}
        parts = tuple([_as_index(x, part) if _is_sequence(part) else part for part in parts])
        rank = x.ndim
        used = sum(map(_consumed, parts))
        if used > rank:
            raise IndexError(_SCALAR if rank == 0 else f"too many indices for tensor of dimension {rank}")
        for part in parts:
            self._take(part, rank - used)

    def _take(self, part: Any, skipped: int) -> None:
        if isinstance(part, slice):
            self.x = _sliced(self.x, self.dim, part)
            self._pass(1)
        elif part is Ellipsis:
            self._pass(skipped)
        elif part is None:
            self.x = unsqueeze.wrapper(self.x, self.dim)
            self.dim += 1
        elif part is True or part is False:
            self._flag(part)
        elif isinstance(part, Tensor):
            self._tensor(part)
        else:
            self._number(part)

    def _pass(self, count: int) -> None:
        self.dim += count
        self.real_dim += count

    def _number(self, part: Any) -> None:
        if isinstance(part, str):
            raise TypeError(f"new(): invalid data type '{type(part).__name__}'")
        try:
            place = to_index(part)
        except TypeError:
            raise IndexError(
                "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices "
                f"(got {type(part).__name__})"
            ) from None
        self.x = _selected(self.x, self.dim, place, self.real_dim)
        self.real_dim += 1

    def _flag(self, flag: bool) -> None:
        """A bool adds a dim of size 1 (True) or 0 (False)."""
        self.x = unsqueeze.wrapper(self.x, self.dim)
        self.tensors[self.dim] = self.x.new_full((1,), flag, dtype=bool_dtype)
        self.dim += 1

    def _tensor(self, part: Tensor) -> None:
        if part.dtype is uint8:
            notices.warn("indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool instead.")
        if part.ndim == 0 and part.dtype.category < 2:
            if is_mask(part):
                self._flag(bool(part))
                return
            if not part._k & LEVEL:  # under vmap it is another number for every example: an index, not a number
                self._number(part.item())
                return
        self.tensors[self.dim] = part
        self._pass(part.ndim if is_mask(part) else 1)

    def indices(self) -> list[Tensor | None]:
        """The argument of `index`: tensors at their dims, None between; a mask stands for all its dims."""
        made: list[Tensor | None] = []
        at = 0
        for dim in sorted(self.tensors):
            made += [None] * (dim - at)
            part = self.tensors[dim]
            made.append(part if part.device == self.x.device else part.to(self.x.device))
            at = dim + (part.ndim if is_mask(part) else 1)
        return made


def _viewed(x: Tensor, parts: tuple[Any, ...]) -> Tensor | None:
    """x[parts] where all parts are ints, slices, None and `...` in bounds; None where the general road must look at them."""
    shape, used = x._a.shape, 0
    for part in parts:
        kind = part.__class__
        if kind is int or kind is slice:
            used += 1
        elif part is not None and part is not Ellipsis:
            return None
    if used > len(shape):
        return None
    at, dim, made, skipped = 0, 0, x, len(shape) - used
    for part in parts:
        if part is None:
            made, dim = unsqueeze.wrapper(made, dim), dim + 1
        elif part is Ellipsis:
            at, dim, skipped = at + skipped, dim + skipped, 0
        elif part.__class__ is int:
            if not -shape[at] <= part < shape[at]:
                return None
            made, at = select.wrapper(made, dim, part), at + 1
        else:
            if part != _WHOLE:
                made = _sliced(made, dim, part)
            at, dim = at + 1, dim + 1
    return made


def _names_rows(x: Tensor, index: list[Any]) -> bool:
    """Whether a list is nothing but places along the first dim of a tensor that nobody else has to see."""
    return not (x._k | TL.st.bits) & UNROUTED and x._a.ndim > 0 and set(map(type, index)) == _INTS


def _quick_getitem(careful: Callable[..., Tensor]) -> Callable[..., Tensor]:
    def getitem(self: Tensor, index: Any) -> Tensor:
        try:
            kind = index.__class__
            if kind is int:
                shape = self._a.shape
                if not (self._k | TL.st.bits) & UNROUTED and shape and -shape[0] <= index < shape[0]:
                    return select.wrapper(self, 0, index)  # type: ignore[no-any-return]
            elif kind is tuple or kind is slice:
                return viewed(self, index)
            elif kind is Tensor:
                k = self._k
                routed = k & index._k & CPU and not (k | index._k | TL.st.bits) & UNROUTED
                if routed and index._a.ndim and self._a.ndim and index._k & DTYPES != uint8.bit:  # bytes are warned about
                    return picked(index_op, self, (index,))
            elif kind is list and self._k & CPU and _names_rows(self, index):
                return picked(index_op, self, (places(index),))
        except (KeyError, AttributeError):
            pass
        return careful(self, index)

    return getitem


def _quick_setitem(careful: Callable[..., None]) -> Callable[..., None]:
    def setitem(self: Tensor, index: Any, value: Any) -> None:
        if not written(self, index, value):
            careful(self, index, value)

    return setitem


@binding("__getitem__", function=False, quick=_quick_getitem)
def getitem(self: Tensor, index: Any) -> Tensor:
    """self[index]: a view for ints, slices, None and `...`; a copy where tensors, lists or masks take part. IndexError
    as torch's.
    """
    kind = type(index)
    if kind is int:
        return _selected(self, 0, index, 0)
    if kind is slice:
        if self.ndim == 0:
            raise IndexError("slice() cannot be applied to a 0-dim tensor.")
        made = _sliced(self, 0, index)
        made = alias.wrapper(self) if made is self else made
        plan_view(self, index, made)
        return made
    if kind is Tensor and index.ndim and self.ndim and index.device == self.device and index.dtype is not uint8:
        return picked(index_op, self, (index,))
    if kind is tuple and not self._k & LEVEL:
        view = _viewed(self, index)
        if view is not None:
            view = alias.wrapper(self) if view is self else view
            plan_view(self, index, view)
            return view
    parsed = _Parsed(self, _as_tuple(index))
    if not parsed.tensors:
        return alias.wrapper(self) if parsed.x is self else parsed.x
    return picked(index_op, parsed.x, parsed.indices())


def _without_leading_ones(value: Tensor, rank: int) -> Tensor:
    """The value with surplus leading dims of size 1 dropped, as torch allows in assignments."""
    shape = tuple(value.shape)
    surplus = len(shape) - rank
    if surplus <= 0:
        return value
    extra = next((i for i, n in enumerate(shape) if n != 1), len(shape))
    return value.reshape(shape[min(extra, surplus) :]) if extra else value


def _assign(view: Tensor, value: Any) -> None:
    if isinstance(value, Tensor):
        view.copy_(_without_leading_ones(value, view.ndim))
    else:
        view.fill_(value)


@binding("__setitem__", function=False, quick=_quick_setitem)
def setitem(self: Tensor, index: Any, value: Any) -> None:
    """self[index] = value, value a tensor that broadcasts or a number. Nothing is written before all checks have passed."""
    if not isinstance(value, (Tensor, bool, int, float, complex)):
        value = _value(self, value)
    kind = type(index)
    if kind is int:
        _assign(_selected(self, 0, index, 0), value)
        return
    if kind is slice:
        _assign(_sliced(self, 0, index), value)
        return
    parsed = _Parsed(self, _as_tuple(index))
    if not parsed.tensors:
        _assign(parsed.x, value)
        return
    if not isinstance(value, Tensor):
        value = parsed.x.new_full((), value)
    elif value.device != self.device and value.ndim == 0:
        value = value.to(self.device)
    index_put.inplace_wrapper(parsed.x, parsed.indices(), _without_leading_ones(value, 0))


def _value(x: Tensor, value: Any) -> Any:
    """What stands for a value that is neither tensor nor number: a NumPy scalar's number; else TypeError in torch's words."""
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        return value.item()
    module = "numpy." if type(value).__module__ == "numpy" else ""
    raise TypeError(f"can't assign a {module}{type(value).__name__} to a torch.{x.dtype.scalar_name}Tensor")


@binding("__delitem__", function=False)
def delitem(self: Tensor, index: Any) -> None:
    """TypeError: the elements of a tensor cannot be taken out."""
    raise TypeError("Tensor does not support deleting items")
