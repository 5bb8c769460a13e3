"""`Tensor.view(dtype)`: the same bytes read as another dtype, under torch's rules.

Where the sizes of the elements differ the last dimension shrinks or grows by their ratio, so its elements must lie side by
side, and where it shrinks every other stride and the offset must be whole multiples of the new element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .registry import OPS

if TYPE_CHECKING:
    from ft_core import Tensor, dtype

Shape = tuple[int, ...]


def view_as_dtype(self: Tensor, kind: dtype) -> Tensor:
    """The memory of `self` read as `kind`.

    RuntimeError where sizes or strides do not allow it, or a conj or neg bit would be lost.
    """
    if kind is self.dtype:
        return OPS["alias"](self)
    for bit, word in ((self.is_conj(), "conjugated"), (self.is_neg(), "negated")):
        if bit and not (
            word == "negated" and kind.is_floating_point == self.is_floating_point() and kind.itemsize == self.itemsize
        ):
            raise RuntimeError(f"torch.Tensor.view is not supported for {word} view tensors when converting to a different dtype.")
    return OPS["view.dtype"](self, kind)


def viewed_as(sizes: Shape, strides: Shape, offset: int, source: dtype, target: dtype) -> tuple[Any, ...]:
    """(sizes, strides, offset, dtype) of the view, in elements of `target`."""
    old, new = source.itemsize, target.itemsize
    if old == new:
        return sizes, strides, offset, target
    if not sizes:
        raise RuntimeError(f"self.dim() cannot be 0 to view {source.scalar_name} as {target.scalar_name} (different element sizes)")
    if strides[-1] != 1:
        raise RuntimeError(
            f"self.stride(-1) must be 1 to view {source.scalar_name} as {target.scalar_name} (different element sizes), "
            f"but got {strides[-1]}"
        )
    if old > new:
        ratio = old // new
        return (*sizes[:-1], sizes[-1] * ratio), (*[s * ratio for s in strides[:-1]], 1), offset * ratio, target
    ratio = new // old
    if sizes[-1] % ratio:
        raise RuntimeError(
            f"self.size(-1) must be divisible by {ratio} to view {source.scalar_name} as {target.scalar_name} "
            f"(different element sizes), but got {sizes[-1]}"
        )
    if offset % ratio:
        raise RuntimeError(
            f"self.storage_offset() must be divisible by {ratio} to view {source.scalar_name} as {target.scalar_name} "
            f"(different element sizes), but got {offset}"
        )
    for dim, step in enumerate(strides[:-1]):
        if step % ratio:
            raise RuntimeError(
                f"self.stride({dim}) must be divisible by {ratio} to view {source.scalar_name} as {target.scalar_name} "
                f"(different element sizes), but got {step}"
            )
    return (*sizes[:-1], sizes[-1] // ratio), (*[s // ratio for s in strides[:-1]], 1), offset // ratio, target
