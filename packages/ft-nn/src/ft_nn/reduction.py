"""The reduction of a loss: torch's names, their numbers in ATen, and the older two flags.

Shared by the functions and the loss modules, so that both warn and fail with the same words.
"""

from __future__ import annotations

import warnings

from ft_core import Tensor

_ENUM = {"none": 0, "mean": 1, "elementwise_mean": 1, "sum": 2}


def enum(reduction: str) -> int:
    """ATen's number for ``reduction``; ``ValueError`` for an unknown name."""
    if reduction == "elementwise_mean":
        warnings.warn("reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.", stacklevel=3)
    try:
        return _ENUM[reduction]
    except KeyError:
        raise ValueError(f"{reduction} is not a valid value for reduction") from None


def from_flags(size_average: bool | None, reduce: bool | None, emit_warning: bool = True) -> str:
    """The name that the deprecated flags stand for (both default to True)."""
    mean = size_average is None or size_average
    name = "none" if reduce is not None and not reduce else "mean" if mean else "sum"
    if emit_warning:
        warnings.warn(f"size_average and reduce args will be deprecated, please use reduction='{name}' instead.", stacklevel=4)
    return name


def resolve(size_average: bool | None, reduce: bool | None, reduction: str) -> int:
    """ATen's number for the reduction asked for by name or by the deprecated flags."""
    if size_average is not None or reduce is not None:
        return enum(from_flags(size_average, reduce))
    return enum(reduction)


def reduced(loss: Tensor, reduction: str, message: str = "{} is not valid") -> Tensor:
    """``loss`` as it is, its mean or its sum; ``ValueError`` for another name."""
    if reduction == "none":
        return loss
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    raise ValueError(message.format(reduction))


get_enum, legacy_get_string = enum, from_flags  # torch's names of them


def legacy_get_enum(size_average: bool | None, reduce: bool | None, emit_warning: bool = True) -> int:
    """ATen's number for the deprecated flags."""
    return enum(from_flags(size_average, reduce, emit_warning))
