"""State dicts: a module's persistent tensors by dotted name, out and in again.

Kept apart from the module because it is a protocol of its own, with its own hooks, that subclasses override in two
places: ``_save_to_state_dict`` and ``_load_from_state_dict``. Keys, metadata, hook order and messages are torch's.
"""

from __future__ import annotations

import functools
import warnings
import weakref
from collections import OrderedDict, namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from ft_core import Parameter, Tensor
from ft_core.swap import swap_tensors
from ft_dispatch import surface as torch

from . import hooks
from .conversion import get_swap_module_params_on_conversion
from .parameter import is_lazy

EXTRA_STATE = "_extra_state"


class _IncompatibleKeys(namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])):
    """What ``load_state_dict`` found: keys it missed and keys it did not know."""

    __slots__ = ()

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return super().__repr__()

    __str__ = __repr__


class _BoundHook:
    """A load pre-hook that also gets its module, held weakly so that copies of the module do not share it."""

    def __init__(self, hook: Callable, module: Any | None) -> None:
        self.hook = hook
        self.module = None if module is None else weakref.ref(module)
        functools.update_wrapper(self, hook)

    def __call__(self, *args: Any) -> Any:
        if self.module is None:
            return self.hook(*args)
        module = self.module()
        if module is None:
            raise RuntimeError("You are trying to call the hook of a dead Module!")
        return self.hook(module, *args)

    def __getstate__(self) -> dict[str, Any]:
        return {"hook": self.hook, "module": None if self.module is None else self.module()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        _BoundHook.__init__(self, state["hook"], state["module"])


def _as_parameter(param: Any, value: Any) -> Any:
    """``value`` as what ``param`` is: a parameter with its requires_grad, or a plain tensor."""
    if not isinstance(param, Parameter):
        return value
    return value.requires_grad_(param.requires_grad) if isinstance(value, Parameter) else Parameter(value, param.requires_grad)


def _swap_in(param: Any, value: Any, assign: bool) -> None:
    """Give ``param`` the content that its ``module_load`` makes of ``value``."""
    new = param.module_load(value, assign=assign)
    if new is param or new is value:
        raise RuntimeError(
            "module_load returned one of self or other, please .detach() the result if returning one of the inputs in module_load"
        )
    swap_tensors(param, _as_parameter(param, new))


class Stateful:
    """``state_dict``, ``load_state_dict`` and their hooks (a base of ``Module``)."""

    _version = 1
    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _non_persistent_buffers_set: set[str]
    _modules: dict[str, Any]
    _state_dict_hooks: OrderedDict[int, Callable]
    _state_dict_pre_hooks: OrderedDict[int, Callable]
    _load_state_dict_pre_hooks: OrderedDict[int, Callable]
    _load_state_dict_post_hooks: OrderedDict[int, Callable]

    # ---- hooks

    def register_state_dict_post_hook(self, hook: Callable) -> hooks.RemovableHandle:
        """Call ``hook(module, state_dict, prefix, local_metadata)`` after saving; it may change the dict in place."""
        hook._from_public_api = True  # type: ignore[attr-defined]  # a mark on the user's function, as torch leaves it
        return hooks.add(self._state_dict_hooks, hook)

    def _register_state_dict_hook(self, hook: Callable) -> hooks.RemovableHandle:
        """As the public form, but what the hook returns replaces the state dict."""
        if getattr(hook, "_from_public_api", False):
            raise RuntimeError(
                "Cannot register the same function as the state dict post hook that was previously registered via "
                "register_state_dict_post_hook"
            )
        return hooks.add(self._state_dict_hooks, hook)

    def register_state_dict_pre_hook(self, hook: Callable) -> hooks.RemovableHandle:
        """Call ``hook(module, prefix, keep_vars)`` before saving."""
        return hooks.add(self._state_dict_pre_hooks, hook)

    def _register_load_state_dict_pre_hook(self, hook: Callable, with_module: bool = False) -> hooks.RemovableHandle:
        return hooks.add(self._load_state_dict_pre_hooks, _BoundHook(hook, self if with_module else None))

    def register_load_state_dict_pre_hook(self, hook: Callable) -> hooks.RemovableHandle:
        """Call ``hook(module, state_dict, prefix, local_metadata, strict, missing, unexpected, errors)`` before loading."""
        return self._register_load_state_dict_pre_hook(hook, with_module=True)

    def register_load_state_dict_post_hook(self, hook: Callable) -> hooks.RemovableHandle:
        """Call ``hook(module, incompatible_keys)`` after loading; it may change the two lists in place."""
        return hooks.add(self._load_state_dict_post_hooks, hook)

    # ---- extra state

    def get_extra_state(self) -> Any:
        """Override to put something beside tensors into the state dict; give :meth:`set_extra_state` too."""
        raise RuntimeError(f"{type(self).__name__}.get_extra_state is not defined; override it together with set_extra_state")

    def set_extra_state(self, state: Any) -> None:
        """Override to take back what :meth:`get_extra_state` gave."""
        raise RuntimeError(f"{type(self).__name__}.set_extra_state is not defined; override it together with get_extra_state")

    # ---- saving

    def _save_to_state_dict(self, destination: dict[str, Any], prefix: str, keep_vars: bool) -> None:
        """Write this module's own tensors (not its children's) into ``destination``."""
        for name, param in self._parameters.items():
            if param is not None:
                destination[prefix + name] = param if keep_vars else param.detach()
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = buffer if keep_vars else buffer.detach()
        if type(self).get_extra_state is not Stateful.get_extra_state:
            destination[prefix + EXTRA_STATE] = self.get_extra_state()

    def state_dict(self, *args: Any, destination: Any = None, prefix: str = "", keep_vars: bool = False) -> Any:
        """An ``OrderedDict`` of all parameters and persistent buffers by dotted name, detached unless ``keep_vars``.

        Its ``_metadata`` holds each module's ``version``. The tensors share memory with the module's.
        """
        if args:
            warnings.warn(
                "Positional args are being deprecated, use kwargs instead. Refer to "
                "https://pytorch.org/docs/main/generated/torch.nn.Module.html#torch.nn.Module.state_dict for details.",
                FutureWarning,
                stacklevel=2,
            )
            destination = args[0] if destination is None else destination
            prefix = args[1] if len(args) > 1 and prefix == "" else prefix
            keep_vars = args[2] if len(args) > 2 and keep_vars is False else keep_vars
        if destination is None:
            destination = OrderedDict()
            destination._metadata = OrderedDict()
        local_metadata = {"version": self._version}
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = local_metadata
        for hook in self._state_dict_pre_hooks.values():
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
        for hook in self._state_dict_hooks.values():
            replaced = hook(self, destination, prefix, local_metadata)
            if getattr(hook, "_from_public_api", False):
                if replaced is not None:
                    raise RuntimeError("state_dict post-hook must return None")
            elif replaced is not None:
                destination = replaced
        return destination

    # ---- loading

    def _load_from_state_dict(
        self,
        state_dict: Any,
        prefix: str,
        local_metadata: dict[str, Any],
        strict: bool,
        missing_keys: list[str],
        unexpected_keys: list[str],
        error_msgs: list[str],
    ) -> None:
        """Take this module's own tensors (not its children's) from ``state_dict``; findings go into the three lists."""
        for hook in self._load_state_dict_pre_hooks.values():
            hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)
        buffers = {k: v for k, v in self._buffers.items() if k not in self._non_persistent_buffers_set}
        local = {k: v for k, v in (*self._parameters.items(), *buffers.items()) if v is not None}
        assign = local_metadata.get("assign_to_params_buffers", False)
        for name, param in local.items():
            key = prefix + name
            if key in state_dict:
                error = self._load_one(name, key, param, state_dict[key], assign)
                if error:
                    error_msgs.append(error)
            elif strict:
                missing_keys.append(key)
        extra = prefix + EXTRA_STATE
        if type(self).set_extra_state is not Stateful.set_extra_state:
            if extra in state_dict:
                self.set_extra_state(state_dict[extra])
            elif strict:
                missing_keys.append(extra)
        elif strict and extra in state_dict:
            unexpected_keys.append(extra)
        if strict:
            self._find_unexpected(state_dict, prefix, local, unexpected_keys)

    def _find_unexpected(self, state_dict: Any, prefix: str, local: dict[str, Any], unexpected_keys: list[str]) -> None:
        for key in state_dict:
            if key.startswith(prefix) and key != prefix + EXTRA_STATE:
                name, *deeper = key[len(prefix) :].split(".", 1)
                if name not in local if not deeper else name not in self._modules:
                    unexpected_keys.append(key)

    def _load_one(self, name: str, key: str, param: Any, value: Any, assign: bool) -> str | None:
        """Copy ``value`` into ``param``, or hold it instead of it; the error message where that cannot be."""
        if not isinstance(value, Tensor) and not hasattr(value, "__torch_function__"):
            return (
                f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like object from checkpoint '
                f"but received {type(value)}"
            )
        lazy = is_lazy(param)
        if not lazy and param.dim() == 0 and tuple(value.shape) == (1,):  # scalars were saved as (1,) before torch 0.4
            value = value[0]
        if not lazy and tuple(value.shape) != tuple(param.shape):
            return (
                f"size mismatch for {key}: copying a param with shape {value.shape} from checkpoint, the shape in current "
                f"model is {param.shape}."
            )
        if param.is_meta and not value.is_meta and not assign:
            warnings.warn(
                f"for {key}: copying from a non-meta parameter in the checkpoint to a meta parameter in the current model, "
                "which is a no-op. (Did you mean to pass `assign=True` to assign items in the state dictionary to their "
                "corresponding key in the module instead of copying them in place?)",
                stacklevel=6,
            )
        swap = get_swap_module_params_on_conversion()
        try:
            with torch.no_grad():
                if swap:
                    _swap_in(param, value, assign)
                elif not assign:
                    param.copy_(value)
                else:
                    setattr(self, name, _as_parameter(param, value))
        except Exception as error:  # noqa: BLE001 - whatever failed belongs into the one report of all keys
            return (
                f'While {"swapping" if swap else "copying"} the parameter named "{key}", whose dimensions in the model are '
                f"{param.size()} and whose dimensions in the checkpoint are {value.size()}, an exception occurred : {error.args}."
            )
        return None

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False) -> _IncompatibleKeys:
        """Copy tensors by name into this module and all below it.

        With ``strict`` the keys must be exactly those of :meth:`state_dict`; with ``assign`` the given tensors are held
        themselves (dtype and device included). Returns ``(missing_keys, unexpected_keys)``. Raises ``RuntimeError``
        listing every key that did not fit.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        missing: list[str] = []
        unexpected: list[str] = []
        errors: list[str] = []
        metadata = getattr(state_dict, "_metadata", None)
        loaded: Any = OrderedDict(state_dict)
        if metadata is not None:
            loaded._metadata = metadata

        def load(module: Any, local: Any, prefix: str) -> None:
            local_metadata = {} if metadata is None else metadata.get(prefix[:-1], {})
            if assign:
                local_metadata["assign_to_params_buffers"] = assign
            module._load_from_state_dict(local, prefix, local_metadata, True, missing, unexpected, errors)
            for name, child in module._modules.items():
                if child is not None:
                    child_prefix = f"{prefix}{name}."
                    load(child, {k: v for k, v in local.items() if k.startswith(child_prefix)}, child_prefix)
            incompatible = _IncompatibleKeys(missing, unexpected)
            for hook in module._load_state_dict_post_hooks.values():
                if hook(module, incompatible) is not None:
                    raise AssertionError(
                        "Hooks registered with ``register_load_state_dict_post_hook`` are not expected to return new "
                        "values, if incompatible_keys need to be modified, it should be done inplace."
                    )

        load(self, loaded, "")
        if strict:
            quoted = [", ".join(f'"{k}"' for k in keys) for keys in (unexpected, missing)]
            if unexpected:
                errors.insert(0, f"Unexpected key(s) in state_dict: {quoted[0]}. ")
            if missing:
                errors.insert(0, f"Missing key(s) in state_dict: {quoted[1]}. ")
        if errors:
            report = "\n\t".join(errors)
            raise RuntimeError(f"Error(s) in loading state_dict for {type(self).__name__}:\n\t{report}")
        return _IncompatibleKeys(missing, unexpected)
