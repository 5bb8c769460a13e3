"""Every hook of FrankenTorch: this file is the extension API.

A plugin is a module (or any object) whose functions carry the mark `impl` and a name from this file, announced by one line of its
pyproject.toml:

    [project.entry-points.frankentorch]
    abacus = "ft_abacus.plugin"

All hooks are optional, take no argument and return a list (or a mapping): they say what there is and do no work. They are called
once, when something unknown is asked for. Import what is heavy inside the things returned, not at the top of the plugin's module.
"""

from __future__ import annotations

# A specification is a signature and its docstring:
# mypy: disable-error-code="empty-body"
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from ft_core.backend import Backend

PROJECT = "frankentorch"

hook = pluggy.HookspecMarker(PROJECT)
impl = pluggy.HookimplMarker(PROJECT)


@hook
def ft_backends() -> Sequence[Backend]:
    """Devices: one `ft_core.backend.Backend` for each device type that the plugin serves.

    The object must exist without its hardware: a missing driver is told by its `unavailable_reason()`, not by an exception here.

        @impl
        def ft_backends():
            return [AbacusBackend()]        # then: frankentorch.ones(3, device="abacus")

    .. versionadded:: 0.1
    """


@hook
def ft_op_families() -> Sequence[ModuleType | Callable[[], object]]:
    """Ops: modules that register op records when imported, or functions that do so when called.

        @impl
        def ft_op_families():
            from ft_knots import ops        # ops.py: trefoil = op("trefoil(Tensor self) -> Tensor", kind=ELEMENTWISE, ...)
            return [ops]                    # then: frankentorch.ops.aten.trefoil(x)

    .. versionadded:: 0.1
    """


@hook
def ft_rules() -> Sequence[ModuleType | Callable[[], object]]:
    """Gradient rules: modules that attach them when imported, or functions that do so when called. Asked for by ft-autograd only.

        @impl
        def ft_rules():
            from ft_knots import rules      # rules.py: @local("trefoil", wrt="self")
            return [rules]

    .. versionadded:: 0.1
    """


@hook
def ft_formats() -> Sequence[Any]:
    """File formats: objects with the members of `ft_serialize.formats.Format`, which turn files into documents and back.

    A format with a name and suffixes of its own is read by `load` and `open_tensors`, written by `write_tensors`, and takes part in
    `frankentorch convert` and `inspect`.

        @impl
        def ft_formats():
            return [StoneTablet()]          # then: frankentorch.load("law.tablet")

    .. versionadded:: 0.1
    """


@hook
def ft_commands() -> Mapping[str, Callable[[list[str]], int]]:
    """Commands of the `frankentorch` program: a name, and a function from the remaining arguments to an exit status.

    The first line of the function's docstring is the help text.

        @impl
        def ft_commands():
            return {"polish": polish}       # then: frankentorch polish weights.pt

    .. versionadded:: 0.1
    """


HOOKS: tuple[str, ...] = ("ft_backends", "ft_op_families", "ft_rules", "ft_formats", "ft_commands")
