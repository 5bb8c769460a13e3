"""torch.autograd.forward_ad: dual tensors inside `dual_level`. The level is the jvp level of `levels`; it sees ops on dual
tensors only.

Gradients that backward computes from dual tensors are dual (forward over reverse); a leaf's first `.grad` keeps the value alone, as in torch,
unless `create_graph=True`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ft_core import Tensor
from ft_core.state import TL

from . import func  # noqa: F401  # opens the doors of ft_dispatch for level tensors
from .levels.dual_level import DualInterpreter
from .levels.jvp_level import OFF, DualTensor, forward_mode

_LEVEL = "dual_level"


class UnpackedDualTensor(NamedTuple):
    """What unpack_dual returns; `tangent` is None for a tensor that is not dual."""

    primal: Tensor
    tangent: Tensor | None


def _current() -> DualInterpreter | None:
    return TL.st.data.get(_LEVEL)


def enter_dual_level() -> int:
    """Begin forward mode; returns the level's number, 0. RuntimeError inside another dual level."""
    if _current() is not None:
        raise RuntimeError("Nested forward mode AD is not supported at the moment")
    level = DualInterpreter()
    level.__enter__()
    TL.st.data[_LEVEL] = level
    return 0


def exit_dual_level(*, level: int | None = None) -> None:
    """End forward mode; dual tensors that outlive it stand for their primal."""
    held = _current()
    if held is None:
        raise RuntimeError("Dual level must be a positive number.")
    if level not in (None, 0):
        raise RuntimeError("Trying to exit a forward AD level that was not the last one that was created. This is not supported.")
    TL.st.data[_LEVEL] = None
    held.__exit__()


class dual_level:
    """A context of forward mode: `with dual_level(): d = make_dual(x, t); unpack_dual(f(d)).tangent`."""

    def __enter__(self) -> int:
        return enter_dual_level()

    def __exit__(self, *exc: object) -> None:
        exit_dual_level()


def make_dual(tensor: Tensor, tangent: Tensor, *, level: int | None = None) -> Tensor:
    """`tensor` with a tangent of its shape. RuntimeError outside of a level, ValueError for dtypes without a derivative."""
    held = _current()
    if held is None:
        raise RuntimeError(
            "Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() first."
        )
    for name, t in (("primal", tensor), ("tangent", tangent)):
        if not isinstance(t, Tensor):
            raise AttributeError(f"Expected {name} to be a Tensor, but got {type(t).__name__}: it has no 'is_floating_point'")
        if t.dtype.category < 2:
            raise ValueError(f"Expected {name} to be floating point or complex, but got: {t.dtype}")
    if held.owns(tensor):
        raise RuntimeError(
            "Making a dual Tensor based on a Tensor that already has a forward gradient at the same level 0 is not supported."
        )
    if tuple(tensor.shape) != tuple(tangent.shape):
        raise RuntimeError(
            f"Trying to set a forward gradient that has a different size than that of the original Tensor, this is not "
            f"supported. Tensor is of size {list(tensor.shape)} while the given forward gradient is of size "
            f"{list(tangent.shape)}."
        )
    if tensor.dtype.category != tangent.dtype.category:
        raise RuntimeError(f"Expected the tangent to have the dtype of the tensor, {tensor.dtype}; got {tangent.dtype}")
    return held.made_dual(tensor, tangent)


def unpack_dual(tensor: Tensor, *, level: int | None = None) -> UnpackedDualTensor:
    """(primal, tangent) of a tensor; outside of a level the tangent is None."""
    held = _current()
    if held is None or not held.owns(tensor):
        return UnpackedDualTensor(tensor._a if isinstance(tensor, DualTensor) and held is None else tensor, None)
    held.refresh(tensor)  # type: ignore[arg-type]  # it is the level's
    with _off(held):
        return UnpackedDualTensor(held.unpacked(tensor), held.tangent(tensor))


_set_fwd_grad_enabled = forward_mode


def _is_fwd_grad_enabled() -> bool:
    """Whether forward mode is on."""
    return not TL.st.data.get(OFF)


class _off:
    """Takes the dual level off the stack where it is the innermost one; below another transform it is so already, or must not
    be touched."""

    def __init__(self, level: DualInterpreter) -> None:
        self._lowered: Any = level.below() if TL.st.levels and TL.st.levels[-1] is level else None

    def __enter__(self) -> None:
        if self._lowered is not None:
            self._lowered.__enter__()

    def __exit__(self, *exc: object) -> None:
        if self._lowered is not None:
            self._lowered.__exit__(*exc)


__all__ = ["UnpackedDualTensor", "dual_level", "enter_dual_level", "exit_dual_level", "make_dual", "unpack_dual"]
