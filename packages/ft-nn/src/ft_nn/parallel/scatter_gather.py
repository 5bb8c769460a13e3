"""Arguments in parts and results put together again, through any nesting of tuples, lists and dictionaries.

Source: torch.nn.parallel.scatter_gather (2.13).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from . import comm
from .devices import index_of

__all__ = ["gather", "is_namedtuple", "scatter", "scatter_kwargs"]


def _named(obj: Any) -> bool:
    return isinstance(obj, tuple) and hasattr(obj, "_asdict") and hasattr(obj, "_fields")


def is_namedtuple(obj: Any) -> bool:
    """Whether ``obj`` is a namedtuple (deprecated in torch)."""
    warnings.warn("`is_namedtuple` is deprecated, please use the python checks instead", FutureWarning, stacklevel=2)
    return _named(obj)


def scatter(inputs: Any, target_gpus: Sequence[Any], dim: int = 0) -> Any:
    """For each device the part of ``inputs`` that is its: tensors are cut along ``dim``, other objects are shared.

    A tensor gives a tuple, anything else a list. Raises what :func:`comm.scatter` raises where tensors are to be cut.
    """
    if isinstance(inputs, Tensor):
        return comm.scatter(inputs, [index_of(x, True) for x in target_gpus], None, dim)
    if not isinstance(inputs, (tuple, list, dict)) or not inputs:
        return [inputs for _ in target_gpus]
    parts = zip(
        *(scatter(value, target_gpus, dim) for value in (inputs.items() if isinstance(inputs, dict) else inputs)), strict=False
    )
    if _named(inputs):
        return [type(inputs)(*part) for part in parts]
    if isinstance(inputs, dict):
        return [type(inputs)(part) for part in parts]
    return list(parts) if isinstance(inputs, tuple) else [list(part) for part in parts]


def scatter_kwargs(
    inputs: tuple[Any, ...], kwargs: dict[str, Any] | None, target_gpus: Sequence[Any], dim: int = 0
) -> tuple[tuple[Any, ...], tuple[dict[str, Any], ...]]:
    """Positional and keyword arguments for each device, filled up with empty ones where one of them has less parts."""
    args = list(scatter(inputs, target_gpus, dim)) if inputs else []
    named = list(scatter(kwargs, target_gpus, dim)) if kwargs else []
    args += [()] * (len(named) - len(args))
    named += [{} for _ in range(len(args) - len(named))]
    return tuple(args), tuple(named)


def _tensors(outputs: Sequence[Tensor], target: Any, dim: int) -> Tensor:
    if any(t.device.type == "cpu" for t in outputs):
        raise AssertionError("Gather function not implemented for CPU tensors")
    if all(t.dim() == 0 for t in outputs) and dim == 0:
        warnings.warn(
            "Was asked to gather along dimension 0, but all input tensors were scalars; will instead unsqueeze and return a vector.",
            stacklevel=4,
        )
        outputs = [t.view(1) for t in outputs]
    return comm.gather(outputs, dim, torch.device("cpu") if target == "cpu" else target)


def gather(outputs: Any, target_device: Any, dim: int = 0) -> Any:
    """The results of all devices as one, on ``target_device``: tensors are concatenated along ``dim``.

    Raises ``AssertionError`` for tensors on the CPU, ``ValueError`` for dictionaries of different sizes.
    """
    first = outputs[0]
    if isinstance(first, Tensor):
        return _tensors(outputs, target_device, dim)
    if first is None:
        return None
    if isinstance(first, dict):
        if not all(len(first) == len(other) for other in outputs):
            raise ValueError("All dicts must have the same number of keys")
        return type(first)((key, gather([other[key] for other in outputs], target_device, dim)) for key in first)
    made = (gather(values, target_device, dim) for values in zip(*outputs, strict=True))
    return type(first)._make(made) if _named(first) else type(first)(made)
