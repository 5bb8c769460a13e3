"""ft_autograd: gradients. Engine, rules, grad modes, hooks; forward mode and function transforms as levels over the same rules.

Importing it fills the slots through which ft_core and ft_dispatch call up. Public names are those of torch.autograd.
"""

from ft_core import Tensor as _Tensor
from ft_core import upcalls as _upcalls
from ft_dispatch import hooks as _hooks
from ft_dispatch import surface as _surface

from . import record as _record
from . import rules as _rules
from . import views as _views
from .backward import backward, grad, tensor_backward
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
_Tensor.register_post_accumulate_grad_hook = register_post_accumulate_grad_hook

__all__ = [
    "Node",
    "backward",
    "enable_grad",
    "grad",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_grad_enabled",
]
