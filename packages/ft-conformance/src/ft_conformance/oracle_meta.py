"""An op on the meta device against the same op with data: dtype, shape and strides must be those of the real run.

Where torch itself refuses a sample on meta tensors (its sizes depend on data) we may, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .asking import attempt
from .compare import Difference, first_difference
from .translate import Translator, our_facts

if TYPE_CHECKING:
    from .oracle_cases import OracleRun


def on_meta(run: OracleRun, info: Any, mine: Callable[..., Any], sample: Any) -> Difference | None:
    """What differs between ours on meta copies of a sample and ours on the sample, or None. A sample that ours refuses says nothing."""
    arguments = (sample.input, *sample.args)
    run.seed()
    real, error = attempt(mine, *_translated(run, arguments, sample.kwargs))
    if error is not None:
        return None
    args, kwargs = _translated(run, arguments, sample.kwargs)
    memo: dict[int, Any] = {}
    made, error = attempt(mine, moved(run.ours, args, memo), moved(run.ours, kwargs, memo))
    if error is not None:
        _, theirs = attempt(info.op, moved(run.torch, arguments, memo := {}), moved(run.torch, sample.kwargs, memo))
        return (
            None if theirs is not None else Difference("meta", f"raised {type(error).__name__}: {str(error)[:160]}; torch computes")
        )
    found = first_difference(our_facts(made), our_facts(real), values=False)
    return None if found is None else Difference("meta", str(found))


def _translated(run: OracleRun, args: Any, kwargs: Any) -> tuple[Any, Any]:
    translate = Translator(run.torch, run.ours)
    return tuple(translate(args)), translate(kwargs)


def moved(library: Any, value: Any, memo: dict[int, Any]) -> Any:
    """Arguments with every tensor replaced by one on meta of its dtype, shape and strides, and the device where it is named."""
    if isinstance(value, library.Tensor):
        if id(value) not in memo:
            memo[id(value)] = library.empty_strided(tuple(value.shape), value.stride(), dtype=value.dtype, device="meta")
        return memo[id(value)]
    if isinstance(value, dict):
        return {key: moved(library, item, memo) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(moved(library, item, memo) for item in value)
    return library.device("meta") if value == "cpu" or isinstance(value, library.device) else value
