"""``Module``: the base of every layer and model.

The protocol is torch's; its parts live in files of their own: members (what a module holds), hooks and calling (what
runs around ``forward``), state (state dicts), moving (dtype and device). This file ties them together and keeps what
is left: the call, training mode, gradients and the printed form.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from .calling import call_with_hooks
from .hooks import (
    ANY_GLOBAL,
    Hookable,
    backward,
    backward_pre,
    buffer_registration,
    forward,
    forward_pre,
    module_registration,
    parameter_registration,
    register_module_backward_hook,
    register_module_buffer_registration_hook,
    register_module_forward_hook,
    register_module_forward_pre_hook,
    register_module_full_backward_hook,
    register_module_full_backward_pre_hook,
    register_module_module_registration_hook,
    register_module_parameter_registration_hook,
)
from .members import Members
from .moving import Movable
from .state import EXTRA_STATE, Stateful
from .state import _IncompatibleKeys as _IncompatibleKeys

__all__ = [
    "Module",
    "register_module_backward_hook",
    "register_module_buffer_registration_hook",
    "register_module_forward_hook",
    "register_module_forward_pre_hook",
    "register_module_full_backward_hook",
    "register_module_full_backward_pre_hook",
    "register_module_module_registration_hook",
    "register_module_parameter_registration_hook",
]


def indent_tail(text: str, spaces: int) -> str:
    """``text`` with every line but the first indented by ``spaces``."""
    return text.replace("\n", "\n" + " " * spaces)


# torch's names, which subclasses and wrappers outside import
_addindent, _EXTRA_STATE_KEY_SUFFIX, T_destination = indent_tail, EXTRA_STATE, TypeVar("T_destination", bound=dict[str, Any])
_global_forward_hooks, _global_forward_pre_hooks = forward, forward_pre
_global_backward_hooks, _global_backward_pre_hooks = backward, backward_pre
_global_buffer_registration_hooks, _global_parameter_registration_hooks = buffer_registration, parameter_registration
_global_module_registration_hooks = module_registration


def _forward_unimplemented(self: Any, *input: Any) -> None:
    raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')


class Module(Members, Hookable, Stateful, Movable):
    """Base class of all layers and models: override ``__init__`` and :meth:`forward`, call the instance.

    Parameters, buffers and modules assigned as attributes are held under their names; ``state_dict``, ``to``,
    ``parameters`` and the rest see them from then on. Source: torch.nn.Module (2.13).
    """

    dump_patches: bool = False
    training: bool
    call_super_init: bool = False
    _compiled_call_impl: Callable[..., Any] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.call_super_init is False and kwargs:
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'")
        if self.call_super_init is False and args:
            raise TypeError(f"{type(self).__name__}.__init__() takes 1 positional argument but {len(args) + 1} were given")
        # Past __setattr__: it reads the very dictionaries that are made here.
        self.__dict__.update(
            training=True,
            _parameters={},
            _buffers={},
            _non_persistent_buffers_set=set(),
            _backward_pre_hooks=OrderedDict(),
            _backward_hooks=OrderedDict(),
            _is_full_backward_hook=None,
            _forward_hooks=OrderedDict(),
            _forward_hooks_with_kwargs=OrderedDict(),
            _forward_hooks_always_called=OrderedDict(),
            _forward_pre_hooks=OrderedDict(),
            _forward_pre_hooks_with_kwargs=OrderedDict(),
            _state_dict_hooks=OrderedDict(),
            _state_dict_pre_hooks=OrderedDict(),
            _load_state_dict_pre_hooks=OrderedDict(),
            _load_state_dict_post_hooks=OrderedDict(),
            _modules={},
        )
        if self.call_super_init:
            super().__init__(*args, **kwargs)

    forward: Callable[..., Any] = _forward_unimplemented

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """:meth:`forward` with all hooks that apply; without any it is forward alone."""
        d = self.__dict__
        if d["_forward_hooks"] or d["_forward_pre_hooks"] or d["_backward_hooks"] or d["_backward_pre_hooks"] or ANY_GLOBAL:
            return call_with_hooks(self, args, kwargs)
        return self.forward(*args, **kwargs)

    def _call_impl(self, *args: Any, **kwargs: Any) -> Any:
        """The call under the name that subclasses and wrappers of torch's know."""
        return Module.__call__(self, *args, **kwargs)

    _wrapped_call_impl = _call_impl

    def _slow_forward(self, *input: Any, **kwargs: Any) -> Any:
        """Forward without hooks: what torch runs while it traces for scripts."""
        return self.forward(*input, **kwargs)

    def compile(self, *args: Any, **kwargs: Any) -> None:
        """Compile the call, with the arguments of ``torch.compile``: it runs eagerly, and a warning says so."""
        from .compiled import checked  # noqa: PLC0415 - few programs compile

        checked(*args, **kwargs)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        # Modules pickled by older versions lack the tables that came later.
        for name in (
            "_forward_pre_hooks",
            "_forward_pre_hooks_with_kwargs",
            "_forward_hooks_with_kwargs",
            "_forward_hooks_always_called",
            "_state_dict_hooks",
            "_state_dict_pre_hooks",
            "_load_state_dict_pre_hooks",
            "_load_state_dict_post_hooks",
            "_backward_pre_hooks",
        ):
            self.__dict__.setdefault(name, OrderedDict())
        self.__dict__.setdefault("_non_persistent_buffers_set", set())
        self.__dict__.setdefault("_is_full_backward_hook", None)

    # ---- modes and gradients

    def train(self, mode: bool = True) -> Any:
        """Put this module and all below it into training mode (dropout drops, batch norm learns); returns itself."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Any:
        """``train(False)``."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Any:
        """Turn recording on or off for all parameters; returns itself."""
        for p in self.parameters():
            p.requires_grad_(requires_grad)
        return self

    def freeze(self, *, recurse: bool = True, keys: str | Iterable[str] | None = None, strict: bool = False) -> Any:
        """Take parameters out of training, of this module and with ``recurse`` of all below it; returns itself.

        ``keys`` are the names they have in the module that holds them ("bias"); all by default. With ``strict`` each must be
        there, or ``KeyError`` names those that are not and nothing changes. An addition: torch has :meth:`requires_grad_` only.
        """
        return self._require_grad_of(False, recurse, keys, strict)

    def unfreeze(self, *, recurse: bool = True, keys: str | Iterable[str] | None = None, strict: bool = False) -> Any:
        """Take parameters back into training; the arguments are those of :meth:`freeze`. Returns itself."""
        return self._require_grad_of(True, recurse, keys, strict)

    def _require_grad_of(self, value: bool, recurse: bool, keys: Any, strict: bool) -> Any:
        wanted = None if keys is None else {keys} if isinstance(keys, str) else set(keys)
        owners = list(self.modules()) if recurse else [self]
        named = [(name, p) for owner in owners for name, p in owner._parameters.items() if p is not None]
        unknown = sorted((wanted or set()) - {name for name, _ in named})
        if strict and unknown:
            known = ", ".join(sorted({name for name, _ in named})) or "none"
            raise KeyError(f"{self._get_name()} has no parameters named {', '.join(unknown)}; it has: {known}")
        for name, p in named:
            if wanted is None or name in wanted:
                p.requires_grad_(value)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop all gradients, or with ``set_to_none=False`` detach them and fill them with zeros."""
        for p in self.parameters():
            if p.grad is None:
                continue
            if set_to_none:
                p.grad = None
            else:
                p.grad.detach_() if p.grad.grad_fn is not None else p.grad.requires_grad_(False)
                p.grad.zero_()

    def apply(self, fn: Callable[[Any], None]) -> Any:
        """Call ``fn(module)`` on all modules, children first; returns itself."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    # ---- printing

    def _get_name(self) -> str:
        return type(self).__name__

    def extra_repr(self) -> str:
        """What stands inside the parentheses of the printed form; override it in layers with settings."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        children = [f"({key}): {indent_tail(repr(module), 2)}" for key, module in self._modules.items()]
        if not children and len(lines) <= 1:
            return f"{self._get_name()}({extra})"
        body = "".join(f"\n  {line}" for line in lines + children)
        return f"{self._get_name()}({body}\n)"

    def _replicate_for_data_parallel(self) -> Any:
        """A shallow copy that shares hooks but has its own tables, as replicas are made from."""
        replica = object.__new__(type(self))
        replica.__dict__ = copy.copy(self.__dict__)
        for name in ("_parameters", "_buffers", "_modules"):
            replica.__dict__[name] = self.__dict__[name].copy() if name != "_parameters" else {}
        replica._is_replica = True
        return replica
