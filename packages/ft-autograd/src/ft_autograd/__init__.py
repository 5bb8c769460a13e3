"""ft_autograd: gradients. Engine, rules, grad modes, hooks; forward mode and function transforms as levels over the same rules.

Importing it fills the slots through which ft_core and ft_dispatch call up. Public names are those of torch.autograd.
"""

from importlib import import_module as _import_module
from typing import Any as _Any

from ft_core import Tensor as _Tensor
from ft_core import upcalls as _upcalls
from ft_core.plugin import plugins as _plugins
from ft_dispatch import hooks as _hooks

from . import fused as _fused
from . import record as _record
from . import rules as _rules  # noqa: F401  # attaches every rule
from . import views as _views
from .backward import backward, grad, tensor_backward
from .function import Function
from .grad_dtype import grad_dtype as _grad_dtype
from .gradcheck import gradcheck, gradgradcheck
from .hooks import AccumulateGrad, register_hook, register_post_accumulate_grad_hook, retain_grad
from .modes import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from .node import Node

_upcalls.fill(
    refresh_view=_views.refresh_view,
    backward=tensor_backward,
    register_hook=register_hook,
    retain_grad=retain_grad,
    accumulate_node=AccumulateGrad,
)
_hooks.fill(
    record=_record.record,
    recorder=_record.recorder,
    check_inplace=_views.check_inplace,
    prepare_inplace=_views.prepare_inplace,
    finish_inplace=_views.finish_inplace,
)
_fused.install()


def _receive_rules(rules: _Any, plugin: str) -> None:
    """A plugin's gradient rules: a module, whose import attached them, or a function that attaches them."""
    if callable(rules):
        rules()


_plugins.receive("ft_rules", _receive_rules)
_Tensor.register_post_accumulate_grad_hook = register_post_accumulate_grad_hook  # type: ignore[method-assign, assignment]

_Tensor.grad_dtype = _grad_dtype  # type: ignore[method-assign, assignment]

_LAZY = {
    "Variable": "variable",
    "SavedTensor": "saved",
    "allow_mutation_on_saved_tensors": "saved",
    "detect_anomaly": "anomaly",
    "set_detect_anomaly": "anomaly",
    "is_anomaly_enabled": "anomaly",
    "Trace": "replay",
    "enforce_grad_layout_policy": "grad_mode",
    "set_multithreading_enabled": "grad_mode",
    "TraceError": "replay",
    "is_anomaly_check_nan_enabled": "anomaly",
    "is_multithreading_enabled": "grad_mode",
    "DeviceType": "profiler_util",
    "ProfilerActivity": "profiler_util",
    "kineto_available": "profiler_util",
}
_MODULES = frozenset(
    "anomaly anomaly_mode checkpoint coverage forward_ad func function functional grad_mode graph library profiler profiler_legacy profiler_util "
    "replay saved selective variable vmap".split()
)


def record() -> _Any:
    """`with torch.autograd.record() as trace:` keeps the schedule of every backward in the block, with a hash of each gradient.

    The `Trace` can be saved, loaded, compared (`diff`) and run again (`replay`). See ft_autograd.replay.
    """
    from .replay import record as recording  # noqa: PLC0415  # json and hashlib, for few programs

    return recording()


def __getattr__(name: str) -> _Any:
    """What few programs use, loaded when it is asked for."""
    if name in _LAZY:
        found = getattr(_import_module(f"{__name__}.{_LAZY[name]}"), name)
    elif name in _MODULES:
        return _import_module(f"{__name__}.{name}")
    else:
        from .absent import absent  # noqa: PLC0415  # for an error

        old = "functions of instances, which torch itself refuses to run"
        absent(__name__, {"NestedIOFunction": old})(name)
    globals()[name] = found
    return found


__all__ = [
    "Function",
    "Node",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "forward_ad",
    "function",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "inference_mode",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "record",
    "set_detect_anomaly",
    "set_grad_enabled",
]
