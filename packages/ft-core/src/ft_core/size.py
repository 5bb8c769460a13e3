"""`torch.Size`: the tuple of a tensor's sizes.

It is apart from `Tensor` because shapes are made and compared where no tensor is. `Size(...)` checks its items; code that already
holds a tuple of ints (an array's shape) makes one with `size_of`, which costs a fifth.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from math import prod
from typing import Any


class Size(tuple[int, ...]):
    """A tuple of ints that stays a `torch.Size` under slicing, `+` and `*`, and knows its number of elements.

    Raises TypeError for an item that is not an integer. Source: torch.Size.
    """

    __slots__ = ()

    def __new__(cls, sizes: Iterable[Any] = (), /) -> Size:
        if type(sizes) is Size:
            return sizes
        return _new(cls, [_integer(item, i) for i, item in enumerate(sizes)])

    def numel(self) -> int:
        """The number of elements of a tensor of this size: the product of the sizes."""
        return prod(self)

    def __getitem__(self, index: Any) -> Any:
        item = _getitem(self, index)
        return _new(Size, item) if type(item) is tuple else item

    def __add__(self, other: Any) -> Size:
        if not isinstance(other, tuple):
            raise TypeError(f"can only concatenate tuple (not {type(other).__name__}) to torch.Size")
        return Size(tuple(self) + tuple(other))

    def __radd__(self, other: Any) -> Size:
        if not isinstance(other, tuple):
            return NotImplemented
        return Size(tuple(other) + tuple(self))

    def __mul__(self, times: Any) -> Size:
        product = tuple.__mul__(self, times)
        return product if product is NotImplemented else _new(Size, product)

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"torch.Size([{', '.join(map(repr, self))}])"

    def __reduce__(self) -> tuple[type[Size], tuple[tuple[int, ...]]]:
        return Size, (tuple(self),)


_new = tuple.__new__
_getitem = tuple.__getitem__


def size_of(shape: tuple[int, ...]) -> Size:
    """A Size over a tuple that is known to hold ints only."""
    return _new(Size, shape)


def _integer(item: Any, position: int) -> int:
    if type(item) is int:
        number = item
    else:
        try:
            number = int(operator.index(item))  # int(): a bool is its own index
        except TypeError:
            raise TypeError(f"torch.Size() takes an iterable of 'int' (item {position} is '{type(item).__name__}')") from None
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError("Overflow when unpacking long long")
    return number
