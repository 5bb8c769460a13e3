"""torch.utils.module_tracker: in which modules a program is, in forward and in backward.

Source: https://docs.pytorch.org/docs/stable/module_tracker.html
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from ft_autograd.graph import register_multi_grad_hook
from ft_autograd.variable import Variable
from ft_core import Tensor
from ft_core.state import TL

from . import _pytree as pytree

__all__ = ["ModuleTracker"]


class ModuleTracker:
    """Context in which `parents` holds the names of the modules around what runs: "Global", "Net", "Net.fc.0".

    Names begin at the class of the outermost module that is called. In backward a module is entered when the gradient of its output is known
    and left when those of its inputs are; where no input asks for one, at the end of the backward.
    """

    parents: set[str]

    def __init__(self) -> None:
        self.parents = {"Global"}
        self._names: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
        self._complete: weakref.WeakSet[Any] = weakref.WeakSet()
        self._asked = False
        self._hooks: list[Any] = []

    @property
    def is_bw(self) -> bool:
        """Whether a backward is running."""
        return TL.st.data.get("graph") is not None

    def _name_of(self, module: Any) -> str:
        name = self._names.setdefault(module, type(module).__name__)
        if module not in self._complete:
            for inner, child in module.named_children():
                self._names[child] = f"{name}.{inner}"
                self._name_of(child)
            self._complete.add(module)
        return name

    def _enter(self, name: str) -> Callable[[Any], None]:
        def enter(_: Any) -> None:
            if self.is_bw and not self._asked:
                Variable._execution_engine.queue_callback(self._leave_all)
                self._asked = True
            self.parents.add(name)

        return enter

    def _leave(self, name: str) -> Callable[[Any], None]:
        return lambda _: self.parents.discard(name)

    def _leave_all(self) -> None:
        self.parents = {"Global"}
        self._asked = False

    def _before(self, module: Any, inputs: Any) -> None:
        name = self._name_of(module)
        self._enter(name)(None)
        tensors = _asking(inputs)
        if tensors:
            self._hooks.append(register_multi_grad_hook(tensors, self._leave(name)))

    def _after(self, module: Any, inputs: Any, output: Any) -> None:
        name = self._name_of(module)
        self._leave(name)(None)
        tensors = _asking(output)
        if tensors:
            self._hooks.append(register_multi_grad_hook(tensors, self._enter(name), mode="any"))

    def __enter__(self) -> ModuleTracker:
        from ft_nn.module import register_module_forward_hook, register_module_forward_pre_hook

        self._hooks = [register_module_forward_pre_hook(self._before), register_module_forward_hook(self._after, always_call=True)]
        return self

    def __exit__(self, *error: object) -> None:
        for hook in self._hooks:
            hook.remove()
        self._hooks = []


def _asking(tree: Any) -> list[Tensor]:
    return [t for t in pytree.tree_leaves(tree) if isinstance(t, Tensor) and t.requires_grad]
