"""What each conformance level asks of a device, as checks that a test, a report or a backend's author can run.

L0 memory, L1 every mandatory primitive, L2 every recorded op, L3 its gradients and the transforms, L4 a captured step, L5 every fused op with
its kernel and without. A device is asked up to the level its backend declares (`Backend.conformance`). Expected values are torch's, recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ft_core import device
from ft_core.backend import Backend, Conformance, backend_for
from ft_core.dtype import BY_NAME
from ft_core.layout import contiguous_strides

from . import facade
from .facade import Missing, resolve
from .replay import replay
from .store import Case, Fixtures, StoredTensor
from .transforms import TRANSFORMS

DTYPES = ("float32", "float64", "int64", "int32", "uint8", "bool", "bfloat16", "float16", "complex64")
SHAPES: tuple[tuple[int, ...], ...] = ((), (0,), (5,), (2, 3, 4))


@dataclass(frozen=True)
class Check:
    """One question to a device. `run` returns None or says what is wrong; what it raises is wrong as well."""

    level: Conformance
    name: str
    run: Callable[[], str | None]

    @property
    def id(self) -> str:
        """How tests, reports and lists of expected failures call it: "L2/exp"."""
        return f"L{int(self.level)}/{self.name}"


class Target:
    """A device under test. Raises what `torch.device` and the backend raise for a name nobody has."""

    def __init__(self, name: str = "cpu", fixtures: Fixtures | None = None) -> None:
        self.ours = facade.make()
        self.device = device(name)
        self.backend: Backend = backend_for(self.device)
        self._fixtures = fixtures

    @cached_property
    def fixtures(self) -> Fixtures:
        """The recorded cases, read when first asked for."""
        return self._fixtures or Fixtures()

    @property
    def level(self) -> Conformance:
        """What the backend declares."""
        return self.backend.conformance

    def holds(self, name: str) -> bool:
        """Whether the backend has a dtype."""
        return self.backend.supports(BY_NAME[name])

    def fits(self, case: Case) -> bool:
        """Whether a case says something of this device: its tensors are there, in dtypes the backend has."""
        tensors = list(_stored((case.args, case.kwargs)))
        here = self.device.type == "cpu" or bool(tensors)
        return here and all(self.holds(t.dtype) for t in [*tensors, *_stored(case.result)])

    def _keeps_strides(self, case: Case) -> bool:
        """Whether strides are the recorded ones: on the way to another device an argument with gaps loses them."""
        dense = all(t.strides == contiguous_strides(t.shape) for t in _stored((case.args, case.kwargs)))
        return self.backend.aliasing and (dense or self.device.type == "cpu")

    def built(self, op: str) -> bool:
        """Whether we have every function that the op's cases call."""
        try:
            for call in self.fixtures.calls(op):
                resolve(self.ours, call)
        except Missing:
            return False
        return True

    def cases(self, op: str, part: str) -> str | None:
        """Run the recorded cases of one op; the differences as text. part: "values", "gradients" or "all"."""
        wrong = []
        chosen = [case for case in self.fixtures.cases(op) if self.fits(case)]
        for number, case in enumerate(chosen):
            try:
                found: Any = replay(case, self.ours, where=self.device, strides=self._keeps_strides(case), part=part)
            except Exception as error:  # noqa: BLE001  # a case that raises is a difference like others
                found = f"raised {type(error).__name__}: {error}"
            if found is not None:
                wrong.append(f"case {number} ({case.dtype}): {found}")
        return None if not wrong else f"{len(wrong)} of {len(chosen)} cases differ\n" + "\n".join(wrong[:5])


def checks(target: Target) -> Iterator[Check]:
    """Every check of every level, the lowest level first."""
    yield from memory_checks(target)
    yield from primitive_checks(target)
    for op in target.fixtures.ops():
        if target.built(op):
            yield Check(Conformance.L2_TABLE, op, lambda op=op: target.cases(op, "values"))
    for op in target.fixtures.ops():
        if target.built(op) and any(case.grads is not None and target.fits(case) for case in target.fixtures.cases(op)):
            yield Check(Conformance.L3_GRADIENTS, op, lambda op=op: target.cases(op, "gradients"))
    for name, run in TRANSFORMS.items():
        level = Conformance.L4_COMPILE if name.startswith("capture") else Conformance.L3_GRADIENTS
        yield Check(level, name, lambda run=run: run(target.ours, target.device))
    yield from fused_checks(target)


def memory_checks(target: Target) -> Iterator[Check]:
    """Allocation and copies, per dtype."""
    for name in DTYPES:
        if target.holds(name):
            yield Check(Conformance.L0_MEMORY, f"round_trip/{name}", lambda name=name: _round_trip(target, name))
            yield Check(Conformance.L0_MEMORY, f"copy/{name}", lambda name=name: _copies(target, name))


def _pattern(shape: tuple[int, ...], name: str) -> np.ndarray:
    kind = BY_NAME[name].numpy
    values = np.arange(int(np.prod(shape, dtype=np.int64))).reshape(shape) % 7
    return np.asarray(values % 2 == 1 if kind.kind == "b" else values, kind)


def _round_trip(target: Target, name: str) -> str | None:
    backend, kind = target.backend, BY_NAME[name]
    for shape in SHAPES:
        given = _pattern(shape, name)
        back = backend.to_host(backend.from_host(given, kind), kind)
        if back.shape != shape or back.dtype != given.dtype or not np.array_equal(back, given):
            return f"from_host and to_host: {given!r} came back as {back!r}"
        if tuple(backend.allocate(shape, kind).shape) != shape:
            return f"allocate({shape}) made an array of another shape"
    return None


def _copies(target: Target, name: str) -> str | None:
    ours, kind = target.ours, BY_NAME[name]
    for shape in SHAPES:
        host = ours.from_numpy(_pattern(shape, "int64")).to(kind)
        there = host.to(target.device, copy=True)
        if there.device.type != target.device.type or there.dtype is not kind or tuple(there.shape) != shape:
            return f".to({target.device}) made {there.dtype} {tuple(there.shape)} on {there.device}"
        twin = there.clone()
        there.copy_(ours.zeros(shape, dtype=kind).to(target.device))
        if twin.cpu().tolist() != host.tolist():
            return f"a clone of {host.tolist()} became {twin.cpu().tolist()} when the original was written to"
        if there.cpu().tolist() != ours.zeros(shape, dtype=kind).tolist():
            return f"copy_ of zeros left {there.cpu().tolist()}"
    return None


def recorded_for(target: Target, base: str) -> list[str]:
    """The recorded ops that call an ATen op: `index` is what indexing calls, `scatter_reduce` has one record per reduction."""
    names = {base, f"nn.functional.{base}", "__getitem__" if base == "index" else base}
    return [op for op in target.fixtures.ops() if (op in names or op.partition(".")[0] == base) and target.built(op)]


def primitive_checks(target: Target) -> Iterator[Check]:
    """Each mandatory primitive: it is there, and the ops recorded for it are right."""
    from ft_dispatch.primitives import mandatory  # noqa: PLC0415  # the whole op table

    for op in mandatory():

        def run(name: str = op.name, base: str = op.base) -> str | None:
            if name not in target.backend.kernels:
                return f'the backend has no kernel {name}: bring @kernel("{name}"); see docs/reference/primitives.md'
            return next((found for each in recorded_for(target, base) if (found := target.cases(each, "values"))), None)

        yield Check(Conformance.L1_PRIMITIVES, op.name, run)


def fused_checks(target: Target) -> Iterator[Check]:
    """Ops that have a kernel and a decomposition: the recorded cases again, without the kernel."""
    from ft_dispatch.registry import OPS  # noqa: PLC0415

    for op in list(OPS.values()):
        if op.decomposition is None or op.name not in target.backend.kernels:
            continue
        recorded = recorded_for(target, op.base)
        if recorded:

            def run(name: str = op.name, recorded: list[str] = recorded) -> str | None:
                with without_kernel(target.backend, name):
                    return next((found for each in recorded if (found := target.cases(each, "all"))), None)

            yield Check(Conformance.L5_SPEED, op.name, run)


@contextmanager
def without_kernel(backend: Backend, name: str) -> Iterator[None]:
    """Inside the block the backend has no kernel of this name, and no route remembers it."""
    held = backend.kernels.pop(name)
    forget_routes()
    try:
        yield
    finally:
        backend.kernels[name] = held
        forget_routes()


def forget_routes() -> None:
    """Empty every route table: the next call of any op is resolved anew."""
    from ft_dispatch.registry import OPS  # noqa: PLC0415

    for op in OPS.values():
        op.table.clear()
        op.number_table.clear()
        op.inplace_table.clear()


def _stored(value: Any) -> Iterator[StoredTensor]:
    if isinstance(value, StoredTensor):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _stored(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _stored(item)
