"""The handle that every `register_..._hook` returns, for tensors, nodes, modules and optimizers alike."""

from __future__ import annotations

import itertools
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

_ids = itertools.count()


class RemovableHandle:
    """Takes a hook off again: `handle.remove()`, or at the end of a `with` block. It keeps neither the table nor its owner alive.

    hooks_dict: an OrderedDict with the hook under `handle.id`; extra_dict: one or more others from which the id goes too. Source:
    torch.utils.hooks.RemovableHandle.
    """

    __slots__ = ("__weakref__", "_extra", "_table", "id")

    def __init__(self, hooks_dict: OrderedDict[int, Any], *, extra_dict: Any = None) -> None:
        self._table = weakref.ref(hooks_dict)
        extras: Sequence[Any] = extra_dict if isinstance(extra_dict, (list, tuple)) else () if extra_dict is None else (extra_dict,)
        self._extra = tuple([weakref.ref(extra) for extra in extras])
        self.id = next(_ids)

    def remove(self) -> None:
        """Remove the hook; removing twice is fine."""
        for ref in (self._table, *self._extra):
            table = ref()
            if table is not None:
                table.pop(self.id, None)

    def __getstate__(self) -> tuple[Any, ...]:
        return (self._table(), self.id, tuple([ref() for ref in self._extra]))

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        table, self.id, extra = state
        self._table = weakref.ref(OrderedDict() if table is None else table)
        self._extra = tuple([weakref.ref(OrderedDict() if e is None else e) for e in extra])

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *exc: object) -> None:
        self.remove()
