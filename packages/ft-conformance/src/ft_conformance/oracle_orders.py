"""Beyond the first gradient: second derivatives and forward mode of an op on the oracle's samples, in float64.

A zero derivative may come as None or as zeros; torch leaves it to each formula, and so does the comparison: None counts as zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from .asking import attempt, compare_errors
from .compare import Difference, Facts, first_difference
from .replay import cotangent_values
from .translate import Translator, our_facts, torch_facts

if TYPE_CHECKING:
    from .oracle_cases import OracleRun


class Side:
    """One of the two libraries: its namespace, how it differentiates, and how its results become Facts."""

    def __init__(self, space: Any, facts: Callable[[Any], Any], forward: Any) -> None:
        self.tensor, self.space, self.facts, self.forward = space.Tensor, space, facts, forward
        self.grad = space.autograd.grad

    def differentiable(self, value: Any) -> list[Any]:
        """The tensors of a nested result that require grad, in order."""
        if isinstance(value, self.tensor):
            return [value] if value.requires_grad else []
        return [t for item in value for t in self.differentiable(item)] if isinstance(value, (list, tuple)) else []

    def cotangent(self, t: Any) -> Any:
        """The kit's cotangent in t's shape and dtype, itself a leaf that requires grad."""
        values = self.space.from_numpy(np.array(cotangent_values(tuple(t.shape), t.is_complex()), order="C"))
        return values.to(t.dtype).requires_grad_()

    def second(self, result: Any, leaves: Sequence[Any]) -> list[Any] | None:
        """d (gradient . c2) / d (leaves and first cotangents), zeros where nothing depends; None where there is no second order."""
        outputs = self.differentiable(result)
        if not outputs or not leaves:
            return None
        cotangents = [self.cotangent(t) for t in outputs]
        first = self.grad(outputs, leaves, cotangents, create_graph=True, allow_unused=True)
        kept = [t for t in first if t is not None and t.requires_grad]
        if not kept:
            return None
        inputs = [*leaves, *cotangents]
        found = self.grad(kept, inputs, [self.cotangent(t).detach() for t in kept], allow_unused=True)
        return [self.space.zeros_like(t) if g is None else g for t, g in zip(inputs, found, strict=True)]

    def tangents(self, result: Any) -> Any:
        """The tangents of a nested result, zeros where there is none, None for what has no derivative."""
        if isinstance(result, self.tensor):
            primal, tangent = self.forward.unpack_dual(result)
            if not (primal.is_floating_point() or primal.is_complex()):
                return None
            return self.space.zeros_like(primal) if tangent is None else tangent
        return [self.tangents(item) for item in result] if isinstance(result, (list, tuple)) else None


def sides(run: OracleRun) -> tuple[Side, Side]:
    """(torch, we)."""
    theirs = Side(run.torch, lambda value: torch_facts(run.torch, value), run.torch.autograd.forward_ad)
    return theirs, Side(run.ours, our_facts, import_module("ft_autograd.forward_ad"))


def second_order(run: OracleRun, info: Any, mine: Callable[..., Any], sample: Any) -> Difference | None:
    """The gradient of the gradient, with respect to inputs and cotangents."""
    theirs, ours = sides(run)
    translate = Translator(run.torch, run.ours)
    arguments = translate((sample.input, *sample.args)), translate(sample.kwargs)
    pairs = [pair for pair in translate.memo.values() if pair[0].requires_grad]
    process = sample.output_process_fn_grad

    def expected() -> Any:
        return theirs.second(process(info.op(sample.input, *sample.args, **sample.kwargs)), [p[0] for p in pairs])

    def actual() -> Any:
        return ours.second(run.processor(sample)(mine(*arguments[0], **arguments[1])), [p[1] for p in pairs])

    return _judged(run, "gradgrad", expected, actual, theirs, ours)


def forward_mode(run: OracleRun, info: Any, mine: Callable[..., Any], sample: Any) -> Difference | None:
    """The tangents of the outputs for one tangent of each input that requires grad."""
    theirs, ours = sides(run)

    def expected() -> Any:
        with theirs.forward.dual_level():
            dual = Duals(theirs)
            return theirs.tangents(info.op(*dual((sample.input, *sample.args)), **dual(sample.kwargs)))

    def actual() -> Any:
        translate = Translator(run.torch, run.ours)
        arguments = translate((sample.input, *sample.args)), translate(sample.kwargs)
        with ours.forward.dual_level():
            dual = Duals(ours)
            return ours.tangents(mine(*dual(arguments[0]), **dual(arguments[1])))

    return _judged(run, "forward", expected, actual, theirs, ours)


class Duals:
    """Copies arguments with a tangent on every tensor that requires grad; a tensor that occurs twice stays one tensor."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.memo: dict[int, Any] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, self.side.tensor):
            if not value.requires_grad:
                return value
            if id(value) not in self.memo:
                tangent = self.side.cotangent(value).detach()
                self.memo[id(value)] = self.side.forward.make_dual(value.detach(), tangent)
            return self.memo[id(value)]
        if isinstance(value, dict):
            return {key: self(item) for key, item in value.items()}
        return type(value)(self(item) for item in value) if type(value) in (list, tuple) else value


def _judged(
    run: OracleRun, kind: str, expected: Callable[[], Any], actual: Callable[[], Any], theirs: Side, ours: Side
) -> Difference | None:
    wanted, theirs_error = run.ask(expected, (), {})
    run.seed()
    got, error = attempt(actual, (), {})
    if theirs_error is not None and error is None and "is not implemented" in str(theirs_error):
        return None  # torch stops at this order, which is no answer to be held to
    found = compare_errors(error, theirs_error)
    if found is None and theirs_error is None:
        found = _difference(theirs.facts(wanted), ours.facts(got))
    return None if found is None else Difference(kind, str(found))


def _difference(wanted: Any, got: Any) -> Difference | None:
    if wanted is None and got is not None:  # torch has no second order here: ours must be zero
        wanted = [Facts(f.dtype, f.shape, f.strides, np.zeros_like(f.values)) for f in got]
    elif got is None and wanted is not None:
        got = [Facts(f.dtype, f.shape, f.strides, np.zeros_like(f.values)) for f in wanted]
    return first_difference(_plain(got), _plain(wanted), strides=False)


def _plain(value: Any) -> Any:
    """Facts without requires_grad, which says nothing of a derivative's value."""
    if isinstance(value, Facts):
        return Facts(value.dtype, value.shape, value.strides, value.values)
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
