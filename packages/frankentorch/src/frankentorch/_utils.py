"""torch._utils: helpers for lists of tensors and device indices that libraries import from there.

Source of names: torch/_utils.py (2.13).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ft_core import Tensor
from ft_core import device as _device
from ft_dispatch import surface

from . import accelerator

__all__ = [
    "_element_size", "_flatten_dense_tensors", "_get_all_device_indices", "_get_available_device_type",
    "_get_device_index", "_reorder_tensors_as", "_take_tensors", "_unflatten_dense_tensors",
]  # fmt: skip


def _flatten_dense_tensors(tensors: Sequence[Tensor]) -> Tensor:
    """One dimension with the elements of all tensors, one after another."""
    return surface.cat([t.contiguous().view(-1) for t in tensors])


def _unflatten_dense_tensors(flat: Tensor, tensors: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Views of `flat` in the shapes of `tensors`, one after another."""
    views, at = [], 0
    for like in tensors:
        count = like.numel()
        views.append(flat.narrow(0, at, count).view(like.shape))
        at += count
    return tuple(views)


def _take_tensors(tensors: Iterable[Tensor], size_limit: int) -> Iterator[list[Tensor]]:
    """Lists of tensors of one type, closed when the next tensor would bring them over `size_limit` bytes."""
    waiting: dict[str, tuple[list[Tensor], int]] = defaultdict(lambda: ([], 0))
    for tensor in tensors:
        kind, size = tensor.type(), tensor.numel() * tensor.element_size()
        held, bytes_held = waiting[kind]
        if held and bytes_held + size > size_limit:
            yield held
            held, bytes_held = [], 0
        waiting[kind] = ([*held, tensor], bytes_held + size)
    for held, _ in waiting.values():
        if held:
            yield held


def _reorder_tensors_as(tensors: Iterable[Tensor], ordered_tensors: Iterable[Tensor]) -> tuple[Tensor, ...]:
    """`tensors` (grouped by type) in the order of types of `ordered_tensors`."""
    groups: dict[str, list[Tensor]] = defaultdict(list)
    for tensor in tensors:
        groups[tensor.type()].append(tensor)
    queues = {kind: iter(group) for kind, group in groups.items()}
    return tuple(next(queues[like.type()]) for like in ordered_tensors)


def _element_size(dtype: Any) -> int:
    """Bytes of one element. RuntimeError for what is no dtype."""
    if not hasattr(dtype, "itemsize"):
        raise RuntimeError(f"expected torch.dtype, but got {type(dtype)}")
    return int(dtype.itemsize)


def _get_device_index(device: Any, optional: bool = False, allow_cpu: bool = False) -> int:
    """The index that a device, a string or an integer means; -1 for the CPU where it is allowed.

    Raises ValueError for None unless `optional`, and for the CPU unless `allow_cpu`.
    """
    if isinstance(device, str):
        device = _device(device)
    if isinstance(device, _device):
        if device.type == "cpu":
            if not allow_cpu:
                raise ValueError(f"Expected a non cpu device, but got: {device}")
            return -1
        if device.index is not None:
            return device.index
    elif isinstance(device, int):
        return device
    if not optional:
        raise ValueError(f"Expected a torch.device with a specified index or an integer, but got:{device}")
    return accelerator.current_device_index()


def _get_available_device_type() -> str | None:
    """The type of the accelerator, or None."""
    found = accelerator.current_accelerator()
    return None if found is None else found.type


def _get_all_device_indices() -> list[int]:
    """The indices of the accelerator's devices."""
    return list(range(accelerator.device_count()))


def __getattr__(name: str) -> Any:
    if name == "ExceptionWrapper":
        from ft_data._utils.errors import ExceptionWrapper

        return ExceptionWrapper
    raise AttributeError(f"module 'torch._utils' has no attribute '{name}'", name=name)
