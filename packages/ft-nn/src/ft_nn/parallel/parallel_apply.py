"""Several modules at once, each in a thread of its own. Source: torch.nn.parallel.parallel_apply (2.13)."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .devices import index_of

__all__ = ["get_a_var", "parallel_apply"]


def get_a_var(obj: Any) -> Tensor | None:
    """The first tensor in nested lists, tuples and dictionaries; None where there is none."""
    if isinstance(obj, Tensor):
        return obj
    if isinstance(obj, dict):
        obj = list(obj.items())
    for value in obj if isinstance(obj, (list, tuple)) else ():
        found = get_a_var(value)
        if found is not None:
            return found
    return None


def parallel_apply(
    modules: Sequence[Any], inputs: Sequence[Any], kwargs_tup: Sequence[dict[str, Any]] | None = None, devices: Any = None
) -> list[Any]:
    """``module(*input, **kwargs)`` of each module, at the same time and under the caller's grad mode, in their order.

    Raises ``AssertionError`` where the lists differ in length, ``RuntimeError`` without an accelerator; what a module raises
    is raised.
    """
    for name, given in (("inputs", inputs), ("kwargs_tup", kwargs_tup), ("devices", devices)):
        if given is not None and len(given) != len(modules):
            raise AssertionError(f"The number of modules {len(modules)} is not equal to the number of {name} {len(given)}")
    for device in devices if devices is not None else [None] * len(modules):
        index_of(None if isinstance(device, int) else device, True)
    recorded = torch.is_grad_enabled()

    results: list[Any] = [None] * len(modules)
    errors: list[BaseException] = []

    def work(i: int, module: Any, given: Any, kwargs: dict[str, Any]) -> None:
        try:
            with torch.set_grad_enabled(recorded):
                results[i] = module(*(given if isinstance(given, (list, tuple)) else (given,)), **kwargs)
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            errors.append(error)

    rows = zip(range(len(modules)), modules, inputs, kwargs_tup or [{}] * len(modules), strict=True)
    threads = [Thread(target=work, args=row) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
