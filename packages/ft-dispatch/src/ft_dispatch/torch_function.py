"""The protocol `__torch_function__` for functions that are written in Python: is somebody to be asked first, and asking them.

`frankentorch.overrides` and `ft_nn.functional` show these under torch's names; generated wrappers ask by `ft_dispatch.overrides`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ft_core.keys import TF_MODE
from ft_core.state import TL

from .overrides import dispatch_function, hop_skipped, overloaded
from .surface import METHODS, PUBLIC


def has_torch_function(relevant_args: Iterable[Any]) -> bool:
    """Whether a mode is active or one of the arguments overrides `__torch_function__`."""
    st = TL.st
    if hop_skipped(st):
        return False
    return bool(st.bits & TF_MODE) or (not st.data.get("subclass_off") and bool(overloaded(relevant_args)))


def has_torch_function_unary(tensor: Any) -> bool:
    """`has_torch_function` of one argument."""
    return has_torch_function((tensor,))


def has_torch_function_variadic(*args: Any) -> bool:
    """`has_torch_function` of the arguments."""
    return has_torch_function(args)


def handle_torch_function(public_api: Callable[..., Any], relevant_args: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
    """Ask modes and overriding arguments in order for the result of `public_api`. TypeError where all return NotImplemented."""
    asked = overloaded(relevant_args)
    types = tuple(type(value) for value in asked)
    if TL.st.bits & TF_MODE:
        handled, value = dispatch_function(public_api, args, kwargs)
        if handled:
            return value
    for value in asked:
        result = type(value).__torch_function__(public_api, types, args, kwargs)
        if result is not NotImplemented:
            return result
    raise TypeError(
        f"no implementation found for '{resolve_name(public_api)}' on types that implement __torch_function__: {list(types)}"
    )


def resolve_name(f: Any) -> str | None:
    """The public name of a function: "torch.add", "torch.Tensor.item"; None for what is no function of ours."""
    for name, function in PUBLIC.items():
        if function is f:
            return f"torch.{name}"
    return next((f"torch.Tensor.{name}" for name, function in METHODS.items() if function is f), None)
