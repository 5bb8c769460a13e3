"""Modules under torch's names whose layers stand in several files here, or in one file with others."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Gathered(ModuleType):
    """A module that answers with the names of others, the first that has one."""

    _sources: tuple[ModuleType, ...] = ()

    def __getattr__(self, name: str) -> Any:
        for source in self._sources:
            if name in vars(source):
                return vars(source)[name]
        raise AttributeError(f"module 'torch.nn.modules.{self.__name__.rpartition('.')[2]}' has no attribute '{name}'", name=name)

    def __dir__(self) -> list[str]:
        return sorted({name for source in self._sources for name in vars(source)})


def gathered(name: str, *sources: ModuleType) -> ModuleType:
    """``torch.nn.modules.<name>`` over the modules that hold its layers, entered in ``sys.modules`` so that it can be imported."""
    made = _Gathered(f"{__package__}.{name}", f"torch.nn.modules.{name}: layers of {', '.join(s.__name__ for s in sources)}.")
    made._sources = sources
    made.__spec__ = importlib_spec(made.__name__)
    sys.modules[made.__name__] = made
    return made


def importlib_spec(name: str) -> Any:
    """A spec for a module that was made rather than loaded: the import system asks modules for one."""
    from importlib.machinery import ModuleSpec  # noqa: PLC0415

    return ModuleSpec(name, None)
