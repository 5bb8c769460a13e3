"""torch's flat namespace: the generated wrappers, the bindings, and the objects of ft_core, assembled once at import.

Upper packages write `from ft_dispatch import surface as torch`. Which names are functions and which methods comes from the op table;
nothing is listed by hand. `raw` holds every op's wrapper by ATen name, also those torch keeps private.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

import ft_core
from ft_core import *  # noqa: F403  # dtypes, Tensor, Size, device, …: the names are ft_core's __all__
from ft_core import Tensor
from ft_core.plugin import plugins

from . import host as _host  # noqa: F401  # its bindings
from . import ops as _table
from . import registry
from . import tensor_methods as _tensor_methods  # noqa: F401  # its bindings
from .autocast import autocast
from .autocast_state import SWITCHES
from .grad_mode import enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad, set_grad_enabled
from .op import Op
from .overrides import default_torch_function, overridable
from .registry import BINDINGS, OPS, PACKETS, Binding

raw = SimpleNamespace()
PUBLIC: dict[str, Any] = {}  # dotted torch name ("add", "nn.functional.softplus") -> function
METHODS: dict[str, Any] = {}  # name -> function, as installed on Tensor


def _bind(name: str, function: Any, scope: str, python: str, aliases: str) -> None:
    for each in (name, *aliases.split()):
        if "function" in scope:
            PUBLIC[each] = function
        if "method" in scope:
            METHODS[each.removeprefix("Tensor.")] = function
    for dotted in python.split():
        PUBLIC[dotted] = function


def _enter_family(family: str) -> None:
    module = import_module(f"ft_dispatch.generated.{family}")
    for op in [o for o in OPS.values() if o.family == family]:
        if not hasattr(module, op.python_name):
            raise ImportError(
                f"ft_dispatch.generated.{family} is stale: it lacks {op.python_name}; run python -m ft_dispatch.codegen"
            )
        _enter(op, vars(module))


def _enter(op: Op, made: dict[str, Any]) -> None:
    """Bind the generated functions of one op under all their names."""
    op.wrapper = wrapper = made[op.python_name]
    wrapper.__name__ = op.base  # what `__torch_function__` handlers read
    setattr(raw, op.python_name, wrapper)
    _bind(op.base, wrapper, op.variants, op.python, op.aliases)
    if op.inplace:
        op.inplace_wrapper = inplace = made[op.python_name + "_"]
        setattr(raw, op.python_name + "_", inplace)
        _bind(op.base + "_", inplace, op.variants, "", " ".join(a + "_" for a in op.aliases.split()))
    for dunder in op.operators.split():
        METHODS[dunder.lstrip("~")] = made[dunder.lstrip("~")]


def adopt(op: Op) -> None:
    """Give an op declared after the surface was assembled (a plugin's, a user's) its wrappers, method and public name."""
    from .codegen import compile_op  # noqa: PLC0415  # only plugins declare ops this late

    before = set(METHODS)
    _enter(op, compile_op(op))
    for name in set(METHODS) - before:
        setattr(Tensor, name, METHODS[name])
    if "function" in op.variants:
        globals()[op.base] = op.wrapper


def _torch_names(binding: Binding) -> tuple[str, ...]:
    """The names under which torch's lists of autocast may know a binding: `linalg_svd` for `linalg.svd`."""
    return (binding.name, *[dotted.replace(".", "_") for dotted in binding.python.split()])


def _shown_name(binding: Binding) -> str:
    """What `__torch_function__` handlers read as the function's name: torch's functions of namespaces carry theirs (`linalg_norm`)."""
    named = (dotted.replace(".", "_") for dotted in binding.python.split() if dotted.startswith(("fft.", "linalg.", "special.")))
    return next(named, binding.name) if binding.name.startswith("_") else binding.name


def _enter_bindings() -> None:
    for binding in BINDINGS.values():
        made = overridable(binding.function, _torch_names(binding), binding.quick) if binding.overridable else binding.function
        binding.wrapper = made
        if binding.overridable:
            binding.wrapper.__name__ = _shown_name(binding)
        for op in binding.shown_by:
            op.shown, op.shown_as_method = binding.function, "function" not in binding.method
            op.shown.__name__ = binding.name
        setattr(raw, binding.name, binding.wrapper)
        _bind(binding.name, binding.wrapper, binding.method, binding.python, binding.aliases)
        for dunder in binding.operators.split():
            METHODS[dunder] = binding.wrapper


def _assemble() -> None:
    for family in _table.FAMILIES:
        _enter_family(family)
    _enter_bindings()
    for base, overloads in PACKETS.items():
        if not hasattr(raw, base):
            setattr(raw, base, next(iter(overloads.values())).wrapper)
    for name, function in METHODS.items():
        setattr(Tensor, name, function)
    Tensor.__torch_function__ = classmethod(default_torch_function)
    for mode in (enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad, set_grad_enabled):
        PUBLIC[mode.__name__] = mode
    PUBLIC.update(SWITCHES, autocast=autocast)
    scope = globals()
    for name, function in PUBLIC.items():
        room, _, rest = name.rpartition(".")
        if not room:
            scope[name] = function
        elif room in ("linalg", "fft", "masked", "sparse", "special"):
            setattr(scope.setdefault(room, SimpleNamespace()), rest, function)


def _receive_family(family: Any, plugin: str) -> None:
    """A plugin's op family: a module, whose import registered its records, or a function that registers them."""
    if not isinstance(family, ModuleType):
        family()


_assemble()
registry.late = adopt
plugins.receive("ft_op_families", _receive_family)


def __getattr__(name: str) -> Any:
    """`surface.<aten base>` also finds ops torch keeps private, so upper packages need one import."""
    try:
        return getattr(raw, name)
    except AttributeError:
        raise AttributeError(f"module 'torch' has no attribute '{name}'") from None


__all__ = [*sorted({*ft_core.__all__, *(name for name in PUBLIC if "." not in name)})]  # noqa: PLE0604  # names of the op table
