"""Our side under torch's dotted names: `ours.nn.functional.softplus`, `ours.Tensor.add_`, put together without the product's
assembly.

The kit tests ft_dispatch, ft_autograd and (where installed) ft_nn as they stand; a name none of them has is `Missing`, which the
reports list instead of failing on.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class Missing(AttributeError):  # noqa: N818 - it says of a name what it is
    """Torch has a name that is not built here."""


def _optional(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


class Space:
    """One namespace: an attribute is a function of the op table, a name of an upper package, or a nested namespace."""

    def __init__(self, prefix: str, sources: tuple[Any, ...], children: dict[str, Any] | None = None) -> None:
        self._prefix = prefix
        self._sources = sources
        self._children = children or {}

    def __getattr__(self, name: str) -> Any:
        if name in self._children:
            return self._children[name]
        from ft_dispatch import surface  # noqa: PLC0415

        upper = [source for source in self._sources if source is not None and source is not surface]
        for source in upper:  # what an upper package says under this name is what users get
            if name in getattr(source, "__all__", ()):
                return getattr(source, name)
        public = surface.PUBLIC.get(self._prefix + name)
        if public is not None:
            return public
        if surface in self._sources and name in surface.__all__:
            return getattr(surface, name)
        raise Missing(f"torch.{self._prefix}{name}")


def make() -> Space:
    """Our torch-shaped namespace, with every package that is installed registered."""
    from ft_core.generator import default_generator  # noqa: PLC0415
    from ft_core.plugin import plugins  # noqa: PLC0415
    from ft_dispatch import surface  # noqa: PLC0415
    from ft_dispatch.packets import ops  # noqa: PLC0415

    cpu, autograd, nn = _optional("ft_kernel_cpu"), _optional("ft_autograd"), _optional("ft_nn")
    if cpu is not None:
        plugins.register(cpu, "cpu")
    functional = Space("nn.functional.", (nn and nn.functional,))
    children = {
        "nn": Space("nn.", (nn,), {"functional": functional}),
        **{name: Space(f"{name}.", ()) for name in ("linalg", "special", "fft", "sparse", "masked")},
        "signal": Space("signal.", (), {"windows": Space("signal.windows.", ())}),
        "_C": Space("_C.", ()),
        "autograd": autograd,
        "ops": ops,
        "raw": surface.raw,
        "default_generator": default_generator,
    }
    return Space("", (surface, autograd), children)


def resolve(space: Any, dotted: str) -> Any:
    """`resolve(ours, "nn.functional.relu")`; raises Missing."""
    for part in dotted.split("."):
        try:
            space = getattr(space, part)
        except AttributeError as error:
            raise Missing(f"torch.{dotted}") from error
    return space


def families() -> dict[str, str]:
    """Family of every public name: "add" -> "binary", "nn.functional.relu" -> "activation"."""
    from ft_dispatch.registry import BINDINGS, OPS  # noqa: PLC0415

    found: dict[str, str] = {}
    nn = _optional("ft_nn")
    functional = None if nn is None else nn.functional
    for name in getattr(functional, "__all__", ()):
        module = getattr(getattr(functional, name, None), "__module__", "") or ""
        found[f"nn.functional.{name}"] = module.rpartition(".")[2]
    records: list[Any] = [*OPS.values(), *BINDINGS.values()]
    for record in records:
        base = record.base if hasattr(record, "base") else record.name
        for name in (
            base,
            base.removeprefix("Tensor."),
            *record.aliases.split(),
            *record.python.split(),
            *record.operators.split(),
        ):
            found.setdefault(name.lstrip("~"), record.family)
            found.setdefault(f"nn.functional.{name}", record.family)
    return found
