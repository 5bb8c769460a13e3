"""How the oracle asks a question: calling without falling over, comparing exceptions, the same arguments in a wider type.

Apart from the cases, since every part of the oracle and the recorder of fixtures asks in the same way.
"""

from __future__ import annotations

import unittest
import warnings
from collections.abc import Callable
from typing import Any

from .compare import Difference
from .facade import Missing
from .translate import Unconvertible

UNDEFINED_VALUES = frozenset(
    ("empty", "empty_like", "empty_strided", "empty_permuted", "new_empty", "new_empty_strided", "resize_", "resize_as_")
)
"""Ops whose values are whatever the memory held."""

WIDER = {"float16": "float64", "bfloat16": "float64", "float32": "float64", "complex64": "complex128"}


class Widener:
    """Copies arguments with every float tensor in float64 and every complex one in complex128, dtype arguments too.

    integers: integer tensors become float64 as well, for ops that compute floats of them and take no indices.
    """

    def __init__(self, torch: Any, integers: bool = False) -> None:
        self.torch, self.integers = torch, integers
        self.memo: dict[int, tuple[Any, Any]] = {}

    def __call__(self, value: Any) -> Any:
        torch = self.torch
        if isinstance(value, torch.Tensor):
            if id(value) not in self.memo:
                wide = WIDER.get(str(value.dtype).removeprefix("torch."), "float64" if self.integers else None)
                made = value.detach().to(getattr(torch, wide)) if wide else value.detach().clone()
                self.memo[id(value)] = (value, made.requires_grad_() if value.requires_grad else made)
            return self.memo[id(value)][1]
        if isinstance(value, torch.dtype):
            return getattr(torch, WIDER.get(str(value).removeprefix("torch."), str(value).removeprefix("torch.")))
        if isinstance(value, dict):
            return {key: self(item) for key, item in value.items()}
        if type(value) in (list, tuple):
            return type(value)(self(item) for item in value)
        return value


def drawing_as(torch: Any, dtype: Any) -> Any:
    """A context in which torch.randn draws for the wider type what it draws for `dtype`: a truth by other draws is the truth of another case."""
    wide = getattr(torch, WIDER.get(str(dtype).removeprefix("torch."), ""), None)

    class Drawing(torch.overrides.TorchFunctionMode):  # type: ignore[misc]
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            if func is torch.randn and wide is not None and kwargs.get("dtype") is wide:
                return func(*args, **{**kwargs, "dtype": dtype}).to(wide)
            return func(*args, **kwargs)

    return Drawing()


def refuted(info: Any, suite: str, test: str) -> bool:
    """Whether torch's own database expects that torch fails this test of its derivatives in float64 on the CPU.

    Such a derivative is no answer to be held to: as_strided_scatter's, for one, is that of the part which was overwritten.
    """
    for mark in info.decorators:
        meant = getattr(mark, "cls_name", None) == suite and mark.test_name == test and mark.device_type in (None, "cpu")
        in_float64 = meant and (mark.dtypes is None or "torch.float64" in map(str, mark.dtypes))
        if in_float64 and unittest.expectedFailure in mark.decorators:
            return True
    return False


def unprocessed(sample: Any) -> bool:
    """Whether torch compares this sample's result as it stands."""
    process = sample.output_process_fn_grad
    return process is None or process.__code__.co_code == (lambda x: x).__code__.co_code


def attempt(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, BaseException | None]:
    """(result, None) or (None, exception); a missing name is no exception of the op."""
    try:
        return function(*args, **kwargs), None
    except (Missing, Unconvertible):
        raise
    except Exception as error:  # noqa: BLE001  # exceptions are results here
        return None, error


def attempt_warned(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, BaseException | None, list[str]]:
    """As `attempt`, and the texts of the warnings that were given."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        result, error = attempt(function, args, kwargs)
    return result, error, [str(warning.message) for warning in given]


def compare_errors(mine: BaseException | None, theirs: BaseException | None) -> Difference | None:
    """A difference unless both raised the same type (or ours a subclass of it), or neither raised."""
    if theirs is None and mine is not None:
        return Difference("error", f"raised {type(mine).__name__}: {_first_line(mine)}; torch computes")
    if theirs is not None and mine is None:
        return Difference("error", f"computed; torch raises {type(theirs).__name__}: {_first_line(theirs)}")
    if theirs is None or isinstance(mine, type(theirs)):
        return None
    wanted = type(theirs)
    known = wanted if wanted.__module__ == "builtins" else next(c for c in wanted.__mro__ if c.__module__ == "builtins")
    if isinstance(mine, known) and known is not Exception:
        return None
    text = f"raised {type(mine).__name__}: {_first_line(mine)}; torch raises {wanted.__name__}: {_first_line(theirs)}"
    return Difference("error", text)


def _first_line(error: BaseException | None) -> str:
    return (str(error).splitlines() or [""])[0][:160]


def flat(value: Any, tensor: type) -> list[Any]:
    """The tensors in nested tuples and lists, in order."""
    if isinstance(value, tensor):
        return [value]
    if isinstance(value, (list, tuple)):
        return [t for item in value for t in flat(item, tensor)]
    return []
