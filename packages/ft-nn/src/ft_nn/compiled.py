"""torch.compile: nothing is compiled; functions and modules run eagerly, with equal results.

So programs that compile where they can run as they stand. A warning says once per process that they run eagerly; `backend="eager"`, which
runs functions as they are in torch too, and `disable=True` give none. Source: torch.compile (2.13).
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

from .module import Module

__all__ = ["OptimizedModule", "checked", "compile"]

MODES = ("default", "lite", "reduce-overhead", "max-autotune-no-cudagraphs", "max-autotune")
BACKENDS = ("aot_eager", "cudagraphs", "eager", "inductor", "onnxrt", "openxla", "tvm")
_said: list[str] = []


def checked(
    *,
    fullgraph: bool = False,
    dynamic: bool | None = None,
    backend: Any = "inductor",
    mode: str | None = None,
    options: dict[str, Any] | None = None,
    disable: bool = False,
) -> None:
    """Refuse arguments that torch.compile refuses, and say once that nothing is compiled. See :func:`compile` for the errors."""
    if mode is not None and options is not None:
        raise RuntimeError("Either mode or options can be specified, but both can't be specified at the same time.")
    if mode is not None and mode not in MODES:
        raise RuntimeError(f"Unrecognized mode={mode}, should be one of: {', '.join(MODES)}")
    if callable(backend):
        raise NotImplementedError(
            "torch.compile: a backend of your own is called with FX graphs, which FrankenTorch does not have; leave `backend` out, and "
            "the function runs eagerly"
        )
    if backend not in BACKENDS:
        raise RuntimeError(f"Invalid backend: {backend!r}, see `torch._dynamo.list_backends()` for available backends.")
    if backend != "eager" and not disable and not _said:
        _said.append(backend)
        warnings.warn(
            "torch.compile: nothing is compiled in FrankenTorch; functions run eagerly, with the same results", stacklevel=3
        )


def compile(
    model: Callable[..., Any] | None = None,
    *,
    fullgraph: bool = False,
    dynamic: bool | None = None,
    backend: Any = "inductor",
    mode: str | None = None,
    options: dict[str, Any] | None = None,
    disable: bool = False,
) -> Any:
    """A function or module that runs as `model` does; without `model`, a decorator. A module is wrapped, as in torch: its parameters'
    names begin with `_orig_mod.`.

    Raises RuntimeError for an unknown mode or backend, and for a mode with options; NotImplementedError for a backend of one's own;
    AssertionError for what cannot be called.
    """
    if model is None:
        return functools.partial(
            compile, fullgraph=fullgraph, dynamic=dynamic, backend=backend, mode=mode, options=options, disable=disable
        )
    checked(fullgraph=fullgraph, dynamic=dynamic, backend=backend, mode=mode, options=options, disable=disable)
    if disable:
        return model
    if isinstance(model, Module):
        return OptimizedModule(model)
    if not callable(model):
        raise AssertionError(f"A callable function is expected, but {type(model)} is provided.")
    if isinstance(model, type):
        return model
    return _eager(model)


def _eager(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function under its own name; `_torchdynamo_orig_callable` is the one that was given."""

    @functools.wraps(function)
    def run_eagerly(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    run_eagerly._torchdynamo_orig_callable = function  # type: ignore[attr-defined]
    return run_eagerly


class OptimizedModule(Module):
    """A module around another, `_orig_mod`, that answers for it: calls, attributes, `training`. Its state dict has the prefix `_orig_mod.`."""

    def __init__(self, mod: Module, dynamo_ctx: Any = None) -> None:
        super().__init__()
        self._orig_mod = mod
        self.training = mod.training

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """The call of the module inside."""
        return self._orig_mod(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name == "_orig_mod":
            return self._modules["_orig_mod"]
        return getattr(self._orig_mod, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN or name in type(self).__dict__ or "_orig_mod" not in self.__dict__.get("_modules", {}):
            super().__setattr__(name, value)
            if name == "training" and "_orig_mod" in self.__dict__.get("_modules", {}):
                self._orig_mod.training = value
        else:
            setattr(self._orig_mod, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self._orig_mod, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return OptimizedModule, (self._orig_mod,)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *dir(self._orig_mod)})

    def __len__(self) -> int:
        if hasattr(self._orig_mod, "__len__"):
            return len(self._orig_mod)
        raise TypeError(f"{type(self._orig_mod).__name__} does not support len()")

    def __iter__(self) -> Any:
        return iter(self._orig_mod)  # type: ignore[call-overload]

    def __getitem__(self, index: Any) -> Any:
        return self._orig_mod[index]  # type: ignore[index]


_OWN = frozenset(vars(Module())) | {"_orig_mod"}
