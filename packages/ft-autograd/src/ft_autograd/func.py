"""torch.func: transforms of functions, grad, vjp, jvp, vmap and what follows from them. Each composes with each, to any depth.

Importing this module opens the doors through which ft_dispatch hands ops on level tensors up. `functional_call` is with the
modules, in ft_nn.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ft_core import Tensor
from ft_core.state import TL
from ft_dispatch import hooks
from ft_dispatch import surface as torch

from .jacobian import hessian, jacfwd, jacrev
from .levels.level import Level, level, level_inplace
from .rearrange import rearrange
from .transforms import grad, grad_and_value, jvp, linearize, vjp
from .vmap import vmap

hooks.fill(level=level, level_inplace=level_inplace)


def functionalize(func: Callable[..., Any], *, remove: str = "mutations") -> Callable[..., Any]:
    """`func` with the same results; what functionalize removes (mutations, views) shows in a trace only, and traces here hold
    functional ops anyway.

    remove: "mutations" or "mutations_and_views"; RuntimeError for anything else. Source: torch.func.functionalize.
    """
    if remove not in ("mutations", "mutations_and_views"):
        raise RuntimeError(
            f"functionalize(f, remove='mutations'): received invalid argument for remove={remove}. Valid options are:\n"
            "     remove='mutations': all inplace and out= operators will be removed from the program, and replaced\n"
            "         with their out-of-place equivalents.\n"
            "     remove='mutations_and_views': In addition to the above, all aliasing operators {view} will be\n"
            "         replaced with their non-aliasing counterparts, {view}_copy.\n"
        )

    @functools.wraps(func, assigned=("__name__", "__doc__", "__module__"), updated=())
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **kwargs)

    return wrapper


def stack_module_state(models: Sequence[Any]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """(parameters, buffers) of modules of one class, each stacked along a new first dim, for vmap over an ensemble.

    Parameters come as leaves that require grad where the modules' do. RuntimeError for no or mixed models. Source:
    torch.func.stack_module_state.
    """
    if len(models) == 0:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if not (all(m.training for m in models) or all(not m.training for m in models)):
        raise RuntimeError("stack_module_state: Expected all models to have the same training/eval mode.")
    if any(type(m) is not type(models[0]) for m in models):
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    params = _stacked([dict(m.named_parameters()) for m in models])
    return params, _stacked([dict(m.named_buffers()) for m in models])


def _stacked(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    made = {}
    for name, first in states[0].items():
        values = [state[name] for state in states]
        if len({v.requires_grad for v in values}) > 1:
            raise RuntimeError(f"Expected {name} from each model to have the same .requires_grad")
        made[name] = torch.stack([v.detach() for v in values]).requires_grad_(first.requires_grad)
    return made


def debug_unwrap(tensor: Tensor, *, recurse: bool = True) -> Tensor:
    """What a transform's tensor stands for, one level further down, or (`recurse`) at the bottom. To look at in a debugger: a result
    computed from it has left the transform.
    """
    while isinstance(tensor, Level):
        tensor = tensor._a
        if not recurse:
            break
    return tensor


def active() -> bool:
    """Whether a transform runs on this thread."""
    return bool(TL.st.levels)


__all__ = [
    "debug_unwrap",
    "functionalize",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "linearize",
    "rearrange",
    "stack_module_state",
    "vjp",
    "vmap",
]
