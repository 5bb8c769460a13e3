"""Hooks on modules: handles, the tables shared by all modules, and their registration.

Kept apart from the module itself because a module without hooks never enters this file: ``Module.__call__`` looks at
its own four dictionaries and at :data:`ANY_GLOBAL`, then calls ``forward``. How hooks run is in
:mod:`ft_nn.calling`; hooks on state dicts are in :mod:`ft_nn.state`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from ft_core.handle import RemovableHandle

forward_pre: OrderedDict[int, Callable] = OrderedDict()
forward: OrderedDict[int, Callable] = OrderedDict()
forward_with_kwargs: OrderedDict[int, bool] = OrderedDict()
forward_always_called: OrderedDict[int, bool] = OrderedDict()
backward_pre: OrderedDict[int, Callable] = OrderedDict()
backward: OrderedDict[int, Callable] = OrderedDict()
buffer_registration: OrderedDict[int, Callable] = OrderedDict()
module_registration: OrderedDict[int, Callable] = OrderedDict()
parameter_registration: OrderedDict[int, Callable] = OrderedDict()
# Global backward hooks are all regular or all full; None while there has been none. One cell, shared.
backward_is_full: list[bool | None] = [None]
# True from the first global hook on; it stays so, since a later removal only costs speed.
ANY_GLOBAL: list[bool] = []

MIXED_GLOBAL = (
    "Cannot use both regular backward hooks and full backward hooks as a global Module hook. Please use only one of them."
)
MIXED = "Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one of them."


def add(
    table: Any, hook: Callable, *, extra: tuple[Any, ...] = (), marks: tuple[Any, ...] = (), prepend: bool = False
) -> RemovableHandle:
    """Put ``hook`` into ``table`` (first with ``prepend``) and its id into each of ``marks``; both leave by the handle."""
    handle = RemovableHandle(table, extra_dict=extra)
    table[handle.id] = hook
    for mark in marks:
        mark[handle.id] = True
    if prepend:
        table.move_to_end(handle.id, last=False)
    return handle


def registered(table: Any, module: Any, name: str, value: Any) -> Any:
    """Let the registration hooks in ``table`` see, and possibly replace, a value that ``module`` is about to hold."""
    for hook in table.values():
        output = hook(module, name, value)
        if output is not None:
            value = output
    return value


# ---- hooks on every module


def register_module_buffer_registration_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, name, buffer)`` at every buffer registration; what it returns (if not None) is registered."""
    return add(buffer_registration, hook)


def register_module_module_registration_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, name, submodule)`` at every child registration; what it returns (if not None) is registered."""
    return add(module_registration, hook)


def register_module_parameter_registration_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, name, param)`` at every parameter registration; what it returns (if not None) is registered."""
    return add(parameter_registration, hook)


def register_module_forward_pre_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, args)`` before every module's forward; what it returns replaces the arguments."""
    ANY_GLOBAL[:] = [True]
    return add(forward_pre, hook)


def register_module_forward_hook(hook: Callable, *, with_kwargs: bool = False, always_call: bool = False) -> RemovableHandle:
    """Call ``hook(module, args, output)`` after every module's forward; what it returns replaces the output."""
    ANY_GLOBAL[:] = [True]
    marks = (forward_with_kwargs,) * with_kwargs + (forward_always_called,) * always_call
    return add(forward, hook, extra=(forward_with_kwargs, forward_always_called), marks=marks)


def _global_backward(hook: Callable, full: bool) -> RemovableHandle:
    if backward_is_full[0] is (not full):
        raise RuntimeError(MIXED_GLOBAL)
    backward_is_full[0] = full
    ANY_GLOBAL[:] = [True]
    return add(backward, hook)


def register_module_backward_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, grad_input, grad_output)`` at every module's last node; the full form is the better one."""
    return _global_backward(hook, full=False)


def register_module_full_backward_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, grad_input, grad_output)`` once the gradients of every module's inputs are known."""
    return _global_backward(hook, full=True)


def register_module_full_backward_pre_hook(hook: Callable) -> RemovableHandle:
    """Call ``hook(module, grad_output)`` once the gradients of every module's outputs are known."""
    ANY_GLOBAL[:] = [True]
    return add(backward_pre, hook)


class Hookable:
    """Registration of hooks on one module (a base of ``Module``)."""

    _forward_pre_hooks: OrderedDict[int, Callable]
    _forward_pre_hooks_with_kwargs: OrderedDict[int, bool]
    _forward_hooks: OrderedDict[int, Callable]
    _forward_hooks_with_kwargs: OrderedDict[int, bool]
    _forward_hooks_always_called: OrderedDict[int, bool]
    _backward_pre_hooks: OrderedDict[int, Callable]
    _backward_hooks: OrderedDict[int, Callable]
    _is_full_backward_hook: bool | None

    def register_forward_pre_hook(self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False) -> RemovableHandle:
        """Call ``hook(module, args)`` before forward.

        With ``with_kwargs`` it is ``hook(module, args, kwargs)`` and may return ``(args, kwargs)``; ``prepend`` puts it
        before the hooks that are there.
        """
        marked = self._forward_pre_hooks_with_kwargs
        return add(self._forward_pre_hooks, hook, extra=(marked,), marks=(marked,) * with_kwargs, prepend=prepend)

    def register_forward_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False, always_call: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args, output)`` after forward; what it returns (if not None) replaces the output.

        ``with_kwargs`` adds the keyword arguments before the output; ``always_call`` runs it even when forward raised.
        """
        extra = (self._forward_hooks_with_kwargs, self._forward_hooks_always_called)
        marks = (extra[0],) * with_kwargs + (extra[1],) * always_call
        return add(self._forward_hooks, hook, extra=extra, marks=marks, prepend=prepend)

    def register_full_backward_pre_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_output)`` before the module's backward; it may return a new ``grad_output``."""
        return add(self._backward_pre_hooks, hook, prepend=prepend)

    def register_full_backward_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` after the module's backward; it may return a new ``grad_input``.

        Raises ``RuntimeError`` where a regular backward hook is registered.
        """
        if self._is_full_backward_hook is False:
            raise RuntimeError(MIXED)
        self._is_full_backward_hook = True
        return add(self._backward_hooks, hook, prepend=prepend)

    def register_backward_hook(self, hook: Callable) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` at the node that made the output (deprecated in torch).

        Raises ``RuntimeError`` where a full backward hook is registered.
        """
        if self._is_full_backward_hook is True:
            raise RuntimeError(MIXED)
        self._is_full_backward_hook = False
        return add(self._backward_hooks, hook)
