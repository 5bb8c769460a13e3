"""torch.utils.module_tracker: which modules run now, forward or backward, by their names.

Source: torch.utils.module_tracker (2.13).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from ft_autograd.engine import FINAL
from ft_autograd.graph import register_multi_grad_hook
from ft_core import Tensor
from ft_nn.module import register_module_forward_hook, register_module_forward_pre_hook

from ._pytree import tree_leaves

__all__ = ["ModuleTracker"]


class ModuleTracker:
    """Context in which `parents` holds "Global" and the names of the modules that run: their class, and below it their attribute.

    A module's backward runs from the gradients of its outputs to those of its inputs.
    """

    def __init__(self) -> None:
        self.parents = {"Global"}
        self._names: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
        self._hooks: list[Any] = []
        self._waiting = False

    def _name(self, module: Any) -> str:
        if module not in self._names:
            self._names[module] = type(module).__name__
        name = self._names[module]
        for child, submodule in module.named_children():
            if submodule not in self._names:
                self._names[submodule] = f"{name}.{child}"
                self._name(submodule)
        return name

    def _entering(self, name: str) -> Callable[..., None]:
        def enter(*grads: Any) -> None:
            if not self._waiting:  # a module none of whose inputs takes a gradient is left when backward ends
                self._waiting = True
                FINAL.append(self._left)
            self.parents.add(name)

        return enter

    def _left(self) -> None:
        self.parents, self._waiting = {"Global"}, False

    def _watch(self, values: Any, hook: Callable[..., None]) -> None:
        tensors = [leaf for leaf in tree_leaves(values) if isinstance(leaf, Tensor) and leaf.requires_grad]
        if tensors:
            self._hooks.append(register_multi_grad_hook(tensors, hook))

    def _before(self, module: Any, args: Any) -> None:
        name = self._name(module)
        self.parents.add(name)
        self._watch(args, lambda *grads: self.parents.discard(name))

    def _after(self, module: Any, args: Any, output: Any) -> None:
        name = self._name(module)
        self.parents.discard(name)
        self._watch(output, self._entering(name))

    def __enter__(self) -> ModuleTracker:
        self._handles = [register_module_forward_pre_hook(self._before), register_module_forward_hook(self._after)]
        return self

    def __exit__(self, *error: object) -> None:
        for handle in (*self._handles, *self._hooks):
            handle.remove()
        self._hooks.clear()
