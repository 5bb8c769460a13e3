"""Tensors of a module that are functions of other tensors: the parametrization runs whenever the tensor is read.

The module gets a class of its own, a subclass of its own class with a property under the tensor's name, and a
:class:`ParametrizationList` that owns the tensors it is computed from. Source: torch.nn.utils.parametrize (2.13).
"""

from __future__ import annotations

import contextlib
import copy
import copyreg
from collections.abc import Iterator, Sequence
from typing import Any

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch

from ..containers import ModuleDict, ModuleList
from ..module import Module

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
    "transfer_parametrizations_and_params",
    "type_before_parametrizations",
]


class _Cache:
    """Values of parametrized tensors while at least one :func:`cached` block is open."""

    depth = 0
    values: dict[tuple[int, str], Tensor] = {}


@contextlib.contextmanager
def cached() -> Iterator[None]:
    """Compute each parametrized tensor once within the block, however often it is read."""
    _Cache.depth += 1
    try:
        yield
    finally:
        _Cache.depth -= 1
        if not _Cache.depth:
            _Cache.values = {}


def _own(module: Module, name: str, tensor: Any) -> None:
    if isinstance(tensor, Parameter):
        module.register_parameter(name, tensor)
    else:
        module.register_buffer(name, tensor)


def _differs(old: Tensor, new: Any, flag: str, names: tuple[str, str]) -> str | None:
    """What a parametrization changes that it may not: a refusal, or None. ``names`` say whose fact stands in which line."""
    if not isinstance(new, Tensor):
        return f"A parametrization must return a tensor. Got {type(new).__name__}."
    for fact in ("dtype", "shape"):
        before, after = getattr(old, fact), getattr(new, fact)
        if before != after:
            text = f"Registering a parametrization may not change the {fact} of the tensor, unless {flag} is enabled."
            return f"{text}\n{names[0]}{fact}: {before}\n{names[1]}{fact}: {after}"
    return None


def _differs_back(old: Tensor, new: Any, name: str) -> str | None:
    """The same of a ``right_inverse``."""
    if not isinstance(new, Tensor):
        return f"parametrization.right_inverse must return a tensor. Got: {type(new).__name__}"
    for fact in ("dtype", "shape"):
        before, after = getattr(old, fact), getattr(new, fact)
        if before != after:
            text = f"The tensor returned by parametrization.right_inverse must have the same {fact} as module.{name}, unless the `unsafe`"
            return f"{text} flag is enabled.\nmodule.{name}.{fact}: {before}\nreturned {fact}: {after}"
    return None


def _refuse(message: str | None) -> None:
    if message is not None:
        raise ValueError(message)


class ParametrizationList(ModuleList):
    """The parametrizations of one tensor, in order, and what they start from.

    ``original`` where the first one takes one tensor, else ``original0``, ``original1``, …, as many as its ``right_inverse``
    returns. Made by :func:`register_parametrization`. Raises ``ValueError`` where, without ``unsafe``, dtype or shape change.
    """

    original: Tensor
    unsafe: bool

    def __init__(self, modules: Sequence[Module], original: Tensor, unsafe: bool = False) -> None:
        if not modules:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        before = original.detach()
        new = self._inverted(original)
        self.is_tensor = isinstance(new, Tensor)
        if self.is_tensor:
            self.ntensors = 1
            for fact in ("dtype", "device"):
                if getattr(new, fact) != getattr(original, fact):
                    raise ValueError(
                        f"When `right_inverse` outputs one tensor, it may not change the {fact}.\noriginal.{fact}: "
                        f"{getattr(original, fact)}\nright_inverse(original).{fact}: {getattr(new, fact)}"
                    )
            with torch.no_grad():
                original.set_(new)
            _own(self, "original", original)
        elif isinstance(new, Sequence):
            self.ntensors = len(new)
            for i, part in enumerate(new):
                self._start_from(i, part, original)
        else:
            raise ValueError(
                f"'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got {type(new).__name__}"
            )
        if not unsafe:
            _refuse(_differs(before, self(), "`unsafe` flag", ("unparametrized ", "parametrized ")))

    def _inverted(self, original: Tensor) -> Any:
        """What the parametrizations must start from to give ``original``, as far as they know."""
        new: Any = original
        with torch.no_grad():
            for module in reversed(list(self)):
                if hasattr(module, "right_inverse"):
                    with contextlib.suppress(NotImplementedError):
                        new = module.right_inverse(new)
        return new

    def _start_from(self, i: int, part: Any, original: Tensor) -> None:
        if not isinstance(part, Tensor):
            raise ValueError(
                "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). "
                f"Got element {i} of the sequence with type {type(part).__name__}."
            )
        if isinstance(original, Parameter):
            part = Parameter(part, original.requires_grad)
        part.requires_grad_(original.requires_grad)
        _own(self, f"original{i}", part)

    def right_inverse(self, value: Any) -> None:
        """Let the parametrized tensor become ``value``: ask every parametrization, from the last to the first, what gives it."""
        with torch.no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError(f"parametrization {type(module).__name__} does not implement right_inverse.")
                value = module.right_inverse(value)
            names = ["original"] if self.is_tensor else [f"original{i}" for i in range(self.ntensors)]
            parts = [value] if self.is_tensor else value
            if not isinstance(parts, Sequence):
                raise ValueError(f"'right_inverse' must return a sequence of tensors. Got {type(value).__name__}.")
            if len(parts) != len(names):
                raise ValueError(
                    f"'right_inverse' must return a sequence of tensors of length {len(names)}. Got a sequence of length {len(parts)}."
                )
            for name, part in zip(names, parts, strict=True):
                if not isinstance(part, Tensor):
                    raise ValueError(f"`right_inverse` should return a tensor. Got {type(part).__name__}")
                if part.dtype != getattr(self, name).dtype:
                    raise ValueError(
                        f"The tensor returned by `right_inverse` has dtype {part.dtype} while `{name}` has dtype "
                        f"{getattr(self, name).dtype}"
                    )
            for name, part in zip(names, parts, strict=True):
                getattr(self, name).set_(part)

    def forward(self) -> Tensor:
        """The parametrized tensor."""
        first, *others = self
        starts = [self.original] if self.is_tensor else [getattr(self, f"original{i}") for i in range(self.ntensors)]
        x = first(*starts)
        for module in others:
            x = module(x)
        return x


def _copy(self: Module, memo: dict[int, Any]) -> Module:
    """deepcopy of a parametrized module: the class made for it is shared."""
    held = memo.get(id(self))
    if held is not None:
        return held
    made = memo[id(self)] = self.__new__(self.__class__)
    made.__dict__ = copy.deepcopy(self.__dict__, memo)
    for slot in copyreg._slotnames(self.__class__):  # type: ignore[attr-defined]
        if hasattr(self, slot):
            setattr(made, slot, copy.deepcopy(getattr(self, slot), memo))
    return made


def _no_state(self: Module) -> Any:
    raise RuntimeError(
        "Serialization of parametrized modules is only supported through state_dict(). See:\n"
        "https://pytorch.org/tutorials/beginner/saving_loading_models.html"
        "#saving-loading-a-general-checkpoint-for-inference-and-or-resuming-training"
    )


def _give_class(module: Module) -> None:
    cls = module.__class__
    members: dict[str, Any] = {"__getstate__": _no_state}
    if not hasattr(cls, "__deepcopy__"):
        members["__deepcopy__"] = _copy
    module.__class__ = type(f"Parametrized{cls.__name__}", (cls,), members)


def _give_property(module: Module, name: str) -> None:
    def read(self: Module) -> Tensor:
        parametrizations: Any = self.parametrizations
        if not _Cache.depth:
            return parametrizations[name]()
        key = (id(self), name)
        if key not in _Cache.values:
            _Cache.values[key] = parametrizations[name]()
        return _Cache.values[key]

    def write(self: Module, value: Tensor) -> None:
        parametrizations: Any = self.parametrizations
        parametrizations[name].right_inverse(value)

    setattr(module.__class__, name, property(read, write))


def _check_further(module: Module, name: str, parametrization: Any) -> None:
    """ValueError where another parametrization on top would change dtype or shape, forth or back."""
    before = getattr(module, name)
    after = parametrization(before)
    _refuse(_differs(before, after, "the `unsafe` flag", (f"module.{name}.", f"parametrization(module.{name}).")))
    if hasattr(parametrization, "right_inverse"):
        with contextlib.suppress(NotImplementedError):
            _refuse(_differs_back(before, parametrization.right_inverse(after), name))


def register_parametrization(module: Any, tensor_name: str, parametrization: Any, *, unsafe: bool = False) -> Any:
    """Read ``module.<tensor_name>`` as ``parametrization(original)`` from now on; several stack. Returns the module.

    ``right_inverse(tensor)`` of the parametrization, where there is one, finds the original for an assigned tensor; it may return
    several. ``unsafe`` allows another dtype or shape. Raises ``ValueError`` for a name without tensor, or where dtype or shape
    change.
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        if not unsafe:
            _check_further(module, tensor_name, parametrization)
        held = module.parametrizations[tensor_name]
        held.append(parametrization)
        held.unsafe |= unsafe
        return module
    if tensor_name not in module._buffers and tensor_name not in module._parameters:
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name '{tensor_name}'"
        )
    made = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe=unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        _give_class(module)
        module.parametrizations = ModuleDict()
    _give_property(module, tensor_name)
    module.parametrizations[tensor_name] = made
    return module


def is_parametrized(module: Any, tensor_name: str | None = None) -> bool:
    """Whether the module, or the one tensor of it, is parametrized."""
    found = getattr(module, "parametrizations", None)
    if not isinstance(found, ModuleDict):
        return False
    return len(found) > 0 if tensor_name is None else tensor_name in found


def remove_parametrizations(module: Any, tensor_name: str, leave_parametrized: bool = True) -> Any:
    """Make ``module.<tensor_name>`` a plain tensor again: with its present value, or else the original. Returns the module.

    Raises ``ValueError`` where it is not parametrized, or is made of several tensors and the original is asked for.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    held = module.parametrizations[tensor_name]
    if held.is_tensor:
        plain = held.original
        if leave_parametrized:
            with torch.no_grad():
                plain.set_(getattr(module, tensor_name))
    elif leave_parametrized:
        value = getattr(module, tensor_name)
        plain = Parameter(value) if value.requires_grad else value
    else:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of tensors."
        )
    delattr(module.__class__, tensor_name)
    del module.parametrizations[tensor_name]
    _own(module, tensor_name, plain)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = module.__class__.__bases__[0]
    return module


def type_before_parametrizations(module: Any) -> type:
    """The class the module had before it was parametrized."""
    return module.__class__.__bases__[0] if is_parametrized(module) else type(module)


def transfer_parametrizations_and_params(from_module: Any, to_module: Any, tensor_name: str | None = None) -> Any:
    """Give ``to_module`` the parametrizations of one tensor, or of all, and the originals behind them. Returns it."""
    if not is_parametrized(from_module):
        return to_module
    for name in list(from_module.parametrizations) if tensor_name is None else [tensor_name]:
        if not hasattr(to_module, name):
            setattr(to_module, name, Parameter(getattr(from_module, name)))
        source = from_module.parametrizations[name]
        for parametrization in source:
            register_parametrization(to_module, name, parametrization)
        target = to_module.parametrizations[name]
        for original in ["original"] if source.is_tensor else [f"original{i}" for i in range(source.ntensors)]:
            setattr(target, original, getattr(source, original))
    return to_module
