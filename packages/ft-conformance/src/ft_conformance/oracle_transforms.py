"""Transforms of an op on the oracle's samples, in float64: vmap against a loop over examples, forward over reverse against torch.

vmap is held to our own loop, so that only batching is judged; where it refuses, torch's must refuse too. What vmap ran example by example
is counted: `loops` of the run has the ops of the table that have no batching rule.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .asking import UNDEFINED_VALUES, attempt, compare_errors, flat
from .compare import Difference, first_difference
from .kinship import DENSE
from .oracle_orders import sides
from .replay import cotangent_values
from .translate import Translator, our_facts, torch_facts

if TYPE_CHECKING:
    from .oracle_cases import OracleRun

_LOOPED = re.compile(r"performance drop .* batching rule for aten::([\w.]*\w)")


def swapped(value: Any, by: dict[int, Any], tensor: type) -> Any:
    """Nested arguments with other tensors in the place of some."""
    if isinstance(value, tensor):
        return by.get(id(value), value)
    if isinstance(value, dict):
        return {key: swapped(item, by, tensor) for key, item in value.items()}
    return type(value)(swapped(item, by, tensor) for item in value) if type(value) in (list, tuple) else value


class Call:
    """One call of an op on one side: its arguments, and the tensors among them."""

    def __init__(self, function: Callable[..., Any], args: Any, kwargs: Any, tensor: type) -> None:
        self.function, self.args, self.kwargs, self.tensor = function, args, kwargs, tensor
        found = {id(t): t for t in flat([args, list(kwargs.values())], tensor)}
        self.tensors = list(found.values())

    def __call__(self, *given: Any) -> Any:
        """The op with `given` for the first tensors."""
        by = {id(t): value for t, value in zip(self.tensors, given, strict=False)}
        return self.function(*swapped(self.args, by, self.tensor), **swapped(self.kwargs, by, self.tensor))


def _stacked(space: Any, results: list[Any]) -> Any:
    first = results[0]
    if isinstance(first, space.Tensor):
        return space.stack([r.detach() for r in results])
    if isinstance(first, (list, tuple)):
        columns = [_stacked(space, list(column)) for column in zip(*results, strict=True)]
        return columns if isinstance(first, list) else tuple(columns)
    return first


def batched(run: OracleRun, info: Any, mine: Callable[..., Any], sample: Any) -> Difference | None:
    """vmap over all tensors, then over the first alone, against a loop over two examples."""
    translate = Translator(run.torch, run.ours)
    args, kwargs = translate((sample.input, *sample.args)), translate(sample.kwargs)
    plain = {id(t): t.detach() for t in flat([args, list(kwargs.values())], run.ours.Tensor)}
    call = Call(mine, swapped(args, plain, run.ours.Tensor), swapped(kwargs, plain, run.ours.Tensor), run.ours.Tensor)
    if not call.tensors or any(str(t.layout) != DENSE for t in call.tensors):
        return None  # sparse tensors have no batches to loop over
    for count in sorted({len(call.tensors), 1}, reverse=True):
        found = _batch_of_two(run, info, sample, call, count)
        if found is not None:
            return Difference("vmap", f"over {count} of {len(call.tensors)} tensors: {found}")
    return None


def _batch_of_two(run: OracleRun, info: Any, sample: Any, call: Call, count: int) -> Difference | None:
    ours, first = run.ours, call.tensors[:count]
    run.seed()
    one, error = attempt(call, tuple(t.clone() for t in first), {})
    again, _ = attempt(call, tuple(t.clone() for t in first), {})
    if error is not None or first_difference(our_facts(again), our_facts(one)) is not None:
        return None  # refused, or random: there is no loop to compare with
    second = [t.flip(tuple(range(t.dim()))) if t.is_floating_point() and t.dim() else t.clone() for t in first]
    two, error = attempt(call, tuple(t.clone() for t in second), {})
    if error is not None or _shapes(two, ours.Tensor) != _shapes(one, ours.Tensor):
        second, two = first, one
    vmap = import_module("ft_autograd.func").vmap
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        got, error = attempt(vmap(call), tuple(ours.stack([a, b]) for a, b in zip(first, second, strict=True)), {})
    run.loops.update(match[1] for w in said if (match := _LOOPED.search(str(w.message))))
    if error is not None:
        return compare_errors(error, _torch_refuses(run, info, sample, count))
    values = info.name not in UNDEFINED_VALUES
    return first_difference(our_facts(got), our_facts(_stacked(ours, [one, two])), strides=False, values=values)


def _shapes(result: Any, tensor: type) -> list[Any]:
    return [tuple(t.shape) for t in flat([result], tensor)]


def _torch_refuses(run: OracleRun, info: Any, sample: Any, count: int) -> BaseException | None:
    call = Call(info.op, (sample.input, *sample.args), sample.kwargs, run.torch.Tensor)
    batch = tuple(run.torch.stack([t.detach(), t.detach()]) for t in call.tensors[:count])
    return attempt(run.torch.func.vmap(call), batch, {})[1]


def _hermitian(info: Any, op: Callable[..., Any]) -> Callable[..., Any]:
    """`op` of its first argument plus the adjoint where torch's own gradient tests do so.

    Off hermitian matrices these ops read one triangle and their rules the whole, so the order of two derivatives matters there.
    """
    if getattr(info.gradcheck_wrapper, "__name__", "") != "gradcheck_wrapper_hermitian_input":
        return op
    return lambda x, *args, **kwargs: op(x + x.mH, *args, **kwargs)


def forward_over_reverse(run: OracleRun, info: Any, mine: Callable[..., Any], sample: Any) -> Difference | None:
    """A product with the Hessian of (outputs . cotangents): ours by jvp of vjp, torch's by its double backward."""
    theirs, _ = sides(run)
    translate = Translator(run.torch, run.ours)
    call = Call(_hermitian(info, mine), translate((sample.input, *sample.args)), translate(sample.kwargs), run.ours.Tensor)
    pairs = [pair for pair in translate.memo.values() if pair[0].requires_grad and not pair[0].is_complex()]
    mask: list[bool] = []

    def expected() -> Any:
        made = sample.output_process_fn_grad(_hermitian(info, info.op)(sample.input, *sample.args, **sample.kwargs))
        outputs = [t for t in flat([made], run.torch.Tensor) if t.is_floating_point() or t.is_complex()]
        mask[:] = [t.requires_grad for t in outputs]
        leaves = [pair[0] for pair in pairs]
        wanted = [t for t in outputs if t.requires_grad]
        if not wanted or not leaves or any(t.is_complex() for t in wanted):
            return None
        first = theirs.grad(wanted, leaves, [theirs.cotangent(t).detach() for t in wanted], create_graph=True, allow_unused=True)
        kept = [(g, t) for g, t in zip(first, leaves, strict=True) if g is not None and g.requires_grad]
        if not kept:
            return [run.torch.zeros_like(t) for t in leaves]
        found = theirs.grad([g for g, _ in kept], leaves, [theirs.cotangent(t).detach() for _, t in kept], allow_unused=True)
        return [run.torch.zeros_like(t) if h is None else h for h, t in zip(found, leaves, strict=True)]

    wanted, error = run.ask(expected, (), {})
    if wanted is None or error is not None:
        return None  # no second order, or torch refuses
    process = run.processor(sample)
    call.tensors = [pair[1] for pair in pairs]
    func = import_module("ft_autograd.func")

    def outputs(*leaves: Any) -> tuple[Any, ...]:
        made = [t for t in flat([process(call(*leaves))], run.ours.Tensor) if t.is_floating_point() or t.is_complex()]
        return tuple(t for t, needed in zip(made, mask, strict=True) if needed)

    def cotangent(t: Any) -> Any:
        return run.ours.from_numpy(cotangent_values(tuple(t.shape), False)).to(t.dtype)

    def gradient(*leaves: Any) -> Any:
        values, pull = func.vjp(outputs, *leaves)
        return pull(tuple(cotangent(t) for t in values))

    leaves = tuple(pair[1].detach() for pair in pairs)

    def actual() -> Any:
        return func.jvp(gradient, leaves, tuple(cotangent(t) for t in leaves))[1]

    run.seed()
    got, error = attempt(actual, (), {})
    if error is not None:
        return Difference("hessian", f"{type(error).__name__}: {error}")
    found = first_difference(our_facts(tuple(got)), torch_facts(run.torch, tuple(wanted)), strides=False)
    return None if found is None else Difference("hessian", str(found))
