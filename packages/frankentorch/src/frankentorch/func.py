"""torch.func: function transforms, of ft_autograd; `functional_call` and the stacking of modules, of ft_nn."""

from __future__ import annotations

from importlib import import_module, util
from typing import Any

from ._rooms import explain

_TRANSFORMS = tuple(
    "debug_unwrap functionalize grad grad_and_value hessian jacfwd jacrev jvp linearize rearrange stack_module_state vjp vmap".split()
)
_MODULES = {
    **dict.fromkeys(("functional_call", "replace_all_batch_norm_modules_"), "ft_nn.utils.substitution"),
    **dict.fromkeys(("custom_function", "value_and_grad"), "ft_autograd.custom_function"),
    **dict.fromkeys("tree_flatten tree_map tree_map_with_path tree_reduce tree_unflatten".split(), "ft_autograd.trees"),
}
"""Names that are elsewhere; those of the last two are no torch's, but known from functional array libraries."""

__all__ = [  # noqa: F822 - names that are looked up when they are asked for
    "debug_unwrap",
    "functional_call",
    "functionalize",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "linearize",
    "replace_all_batch_norm_modules_",
    "stack_module_state",
    "vjp",
    "vmap",
]


def __getattr__(name: str) -> Any:
    """A transform, looked up in ft_autograd.functional on first use."""
    if name in _MODULES:
        found = getattr(import_module(_MODULES[name]), name)
    elif name in _TRANSFORMS and util.find_spec("ft_autograd.func") is not None:
        found = getattr(import_module("ft_autograd.func"), name, None)
    else:
        found = None
    if found is None:
        raise AttributeError(explain(name, "torch.func"), name=name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    known = list(_MODULES)
    if util.find_spec("ft_autograd.func") is not None:
        module = import_module("ft_autograd.func")
        known += [name for name in _TRANSFORMS if hasattr(module, name)]
    return sorted(known)
