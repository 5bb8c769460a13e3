"""Runs recorded cases against us: arguments are built from the fixture, the result and the gradients are compared with torch's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ft_core import Tensor, device
from ft_core.dtype import BY_NAME
from ft_core.storage import UntypedStorage
from ft_core.tensor import tensor_from_storage

from .compare import Difference, Facts, first_difference
from .facade import resolve
from .store import Case, StoredTensor, Word
from .ties import judged
from .translate import our_facts

CPU = device("cpu")


def cotangent_values(shape: tuple[int, ...], is_complex: bool) -> np.ndarray:
    """The cotangent of every gradient case: small numbers of both signs that float16 holds exactly."""
    count = int(np.prod(shape, dtype=np.int64))
    values = (((np.arange(count) * 7919) % 13 - 6.0) / 8).reshape(shape)
    return np.asarray(values * (1 + 0.5j) if is_complex else values)


class Builder:
    """Makes our arguments from recorded ones, on one device, and keeps the leaves that require grad, in order."""

    def __init__(self, ours: Any, where: device = CPU) -> None:
        self.ours = ours
        self.where = where
        self.leaves: list[Tensor] = []
        self._made: dict[int, Tensor] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, StoredTensor):
            return self._tensor(value)
        if isinstance(value, Word):
            return self._word(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self(item) for item in value)
        if isinstance(value, dict):
            return {key: self(item) for key, item in value.items()}
        if isinstance(value, slice):
            return slice(self(value.start), self(value.stop), self(value.step))
        return value

    def _tensor(self, stored: StoredTensor) -> Tensor:
        raw = np.frombuffer(stored.raw, np.uint8).copy()
        storage = UntypedStorage(raw, raw.nbytes, CPU)
        made = tensor_from_storage(storage, BY_NAME[stored.dtype], stored.shape, stored.strides, 0)
        if self.where != CPU:
            made = made.to(self.where)
        if stored.requires_grad:
            made.requires_grad_()
            self.leaves.append(made)
        return made

    def _word(self, word: Word) -> Any:
        if word.kind == "dtype":
            return BY_NAME[word.name]
        return device(word.name) if word.kind == "device" else getattr(self.ours, word.name)


def facts_of(value: Any) -> Any:
    """A recorded result as Facts."""
    if isinstance(value, StoredTensor):
        return Facts(value.dtype, value.shape, value.strides, value.values(), value.requires_grad)
    if isinstance(value, (list, tuple)):
        return type(value)(facts_of(item) for item in value)
    if isinstance(value, dict):
        return {key: facts_of(item) for key, item in value.items()}
    return value


def replay(
    case: Case,
    ours: Any,
    function: Callable[..., Any] | None = None,
    *,
    where: device = CPU,
    strides: bool = True,
    part: str = "all",
) -> Difference | None:
    """The first difference between our answer and the recorded one; None where all agrees.

    function: what to call instead of the op's own function; where: the device its tensors are on; strides: whether they are compared;
    part: "values", "gradients" or "all". Raises Missing where we lack it, and whatever the call raises.
    """
    function = function or resolve(ours, case.call)
    build = Builder(ours, where)
    args, kwargs = build(case.args), build(case.kwargs)
    ours.default_generator.manual_seed(0)
    result = function(*args, **kwargs)
    if part != "gradients":
        found = _answer(case, _facts(result), strides)
        if found is not None:
            return found
    if case.grads is None or part == "values":
        return None
    outputs = [t for t in _tensors(result) if t.requires_grad]
    cotangents = []
    for t in outputs:
        values = cotangent_values(tuple(t.shape), t.is_complex())
        cotangents.append(ours.from_numpy(np.array(values, order="C")).to(t.dtype).to(t.device))
    grads = ours.grad(outputs, build.leaves, cotangents, allow_unused=True)
    found = first_difference(_facts(tuple(grads)), facts_of(case.grads), facts_of(case.grad_truth), strides=False)
    return None if found is None else Difference("grad", str(found))


def _answer(case: Case, actual: Any, strides: bool) -> Difference | None:
    expected = facts_of(case.result)
    found = first_difference(actual, expected, facts_of(case.truth), strides=strides)
    if found is not None and found.kind == "value" and isinstance(case.args[0], StoredTensor):
        chosen = judged(case.op, case.args[0].values(), case.args[1:], case.kwargs, actual, expected)
        found = first_difference(*chosen, facts_of(case.truth), strides=strides)
    return found


def _facts(value: Any) -> Any:
    """`our_facts` of what may be on another device: its values come to the host, its strides are read where it is."""
    if isinstance(value, Tensor) and value.device != CPU:
        return replace(our_facts(value.cpu()), strides=tuple(value.stride()))
    if isinstance(value, (list, tuple)) and any(t.device != CPU for t in _tensors(value)):
        return [_facts(item) for item in value] if isinstance(value, list) else tuple([_facts(item) for item in value])
    return our_facts(value)


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    return [t for item in value for t in _tensors(item)] if isinstance(value, (list, tuple)) else []
