"""Capture a function once, then run it as a list of kernel calls: `capture(step, x, y, lr)` gives a `Program`.

What is captured lies below autograd, so one program holds forward, backward and the optimizer's update. Tensor and float arguments
are inputs; everything else among the arguments is static. Tensors outside (parameters, buffers) are used where they are. Whatever
the program relies on is a guard, checked before each run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ft_core import Tensor, default_device, device, upcalls
from ft_core.keys import DISPATCH, FUNC, GRAD, TRACE, TRACED
from ft_core.state import TL
from ft_core.tensor import wrap_strided

from ..inplace import bump
from .recorder import Leaf, Node, TraceError, Tracer
from .source import Writer
from .values import EXTERNAL, FRESH, INPUT, Block, Proxy, Symbol

_CPU = device("cpu")


class GuardError(RuntimeError):
    """A program does not hold for these arguments, or for the tensors outside as they are now; capture the function again."""


def capture(function: Callable[..., Any], *args: Any) -> Program:
    """Run `function` on stand-ins for `args` and keep what it would compute; nothing is computed, no parameter changes.

    Nested tuples, lists and dicts of tensors, floats and static values may be arguments and results. Raises TraceError where the
    function needs a value (`.item()`, `if tensor:`), a size that depends on data, another device, or tensors left from an earlier
    capture.
    """
    st = TL.st
    if st.tracer is not None:
        raise TraceError("capture: a capture is in progress in this thread; call the inner function directly")
    if st.bits & (FUNC | DISPATCH):
        raise TraceError("capture: captures run outside transforms and dispatch modes; capture the transformed function instead")
    where = next((t.device for t in _flat(args) if isinstance(t, Tensor)), None) or default_device() or _CPU
    tracer = Tracer(where)
    program = Program(function, tracer, args)
    bits, st.tracer = st.bits, tracer
    st.bits |= TRACE
    _watch(1)
    try:
        results = function(*program._stand_ins)
    finally:
        _watch(-1)
        st.tracer, st.bits = None, bits
        grads = {key: leaf.tensor._grad for key, leaf in tracer.leaves.items()}
        for leaf in tracer.leaves.values():
            leaf.tensor._grad = leaf.start
    program._finish(results, grads)
    return program


_watching = [0]
_lock = threading.Lock()


def _watch(change: int) -> None:
    with _lock:
        _watching[0] += change
        upcalls.observe = _refuse if _watching[0] else None


def _refuse(t: Tensor, what: str) -> None:
    if TL.st.tracer is not None or t._k & TRACED:
        raise TraceError(
            f"{what}(): a captured function may not look at values, which differ in each run; "
            f"return the tensor and call {what}() on the result"
        )


def _flat(value: Any) -> list[Any]:
    if isinstance(value, (tuple, list)):
        return [leaf for v in value for leaf in _flat(v)]
    if isinstance(value, dict):
        return [leaf for v in value.values() for leaf in _flat(v)]
    return [value]


def _mapped(function: Callable[[Any], Any], value: Any) -> Any:
    """`value` with every leaf replaced; named tuples and other sequence classes become plain ones."""
    if isinstance(value, (tuple, list)):
        made = [_mapped(function, v) for v in value]
        return made if isinstance(value, list) else tuple(made)
    if isinstance(value, dict):
        return {k: _mapped(function, v) for k, v in value.items()}
    return function(value)


class Program:
    """A captured function. Call it like the function; `nodes` are its steps, `replay_source()` its text.

    `inputs` are the stand-ins of tensor arguments, `bound` the tensors outside that it reads or writes, `mutated` those it writes.
    Results are leaves with memory of their own, `.grad` of parameters is set (or added to) as the function would.
    """

    def __init__(self, function: Callable[..., Any], tracer: Tracer, args: tuple[Any, ...]) -> None:
        self.name = getattr(function, "__name__", "function")
        self.device = tracer.device
        self._tracer = tracer
        self._floats: list[str] = []
        self._static: list[tuple[int, Any]] = []
        self._shapes: list[tuple[int, Any]] = []
        self.inputs: list[Proxy] = []
        self._at: list[int] = []  # places of tensor arguments among the flat ones; each tensor once
        self._float_at: list[int] = []
        self._run_lock = threading.Lock()
        position = iter(range(len(_flat(args))))
        known: dict[int, Tensor] = {}
        self._input_of: dict[int, int] = {}  # place -> index of the input, also where a tensor is given twice
        self._stand_ins = _mapped(lambda leaf: self._stand_in(leaf, next(position), known), args)

    def _stand_in(self, leaf: Any, at: int, known: dict[int, Tensor]) -> Any:
        if isinstance(leaf, Tensor):
            made = known.get(id(leaf))
            if made is None:
                proxy = self._tracer.block(INPUT, tuple(leaf.shape), leaf.dtype, tuple(leaf.stride()))
                made = known[id(leaf)] = self._tracer.tensor(proxy, TL.st)
                made._k |= leaf._k & GRAD
                self._input_of[at] = len(self.inputs)
                self.inputs.append(proxy)
                self._at.append(at)
                self._shapes.append((at, (tuple(leaf.shape), leaf.stride(), leaf.dtype, leaf.device)))
            else:
                self._input_of[at] = self.inputs.index(made._a)
            return made
        if type(leaf) is float:
            name = f"r{len(self._floats)}"
            self._floats.append(name)
            self._float_at.append(at)
            return Symbol(name, leaf, self._tracer.guards)
        self._static.append((at, leaf))
        return leaf

    def _finish(self, results: Any, grads: dict[int, Any]) -> None:
        tracer = self._tracer
        self.nodes: list[Node] = tracer.nodes
        self.bound = list(tracer.seen.values())
        self._arrays = [(t, t._a) for t in self.bound]
        self._outputs: list[Proxy] = []
        self._results = _mapped(self._result, results)
        self._grads: list[tuple[Leaf, int | None]] = []
        for key, leaf in tracer.leaves.items():
            end = grads[key]
            traced = end is not None and bool(end._k & TRACED)
            self._grads.append((leaf, self._output(end._a) if traced else None if end is None else -1))
        held = {id(t._a) for t in self.bound}
        constant = {b for b in tracer.blocks if b.kind == EXTERNAL and id(b.array) not in held}
        writer = Writer(tracer.nodes, self._outputs, self.inputs, self._floats, tracer.inner, constant)
        self.nodes = writer.nodes
        self._text = writer.text()
        self._replay = writer.compile(self._text)
        self._keys = [self.device.bit | p.kind.bit for p in self._outputs]
        written = {o.block for node in self.nodes for o in node.outs if o is not None}
        self.mutated = [t for t in self.bound if t._a is not None and _block(tracer, t) in written]
        self._mutated_inputs = [i for i, p in enumerate(self.inputs) if p.block in written]
        guards = " and ".join(f"{'' if outcome else 'not '}({text})" for text, outcome in tracer.guards.items()) or "True"
        self._holds = eval(f"lambda {', '.join(self._floats)}: {guards}") if tracer.guards else None
        self._guard_text = guards

    def _result(self, leaf: Any) -> Any:
        if not isinstance(leaf, Tensor) or not leaf._k & TRACED:
            return leaf
        if leaf._a.block.kind == INPUT and leaf._a.whole:
            return _Input(self.inputs.index(next(p for p in self.inputs if p.block is leaf._a.block)))
        return _Output(self._output(leaf._a))

    def _output(self, proxy: Proxy) -> int:
        """Which result of the replay this array is: whole fresh blocks leave as they are, everything else as a copy."""
        tracer = self._tracer
        taken = {p.block for p in self._outputs}
        if proxy.block.kind != FRESH or not proxy.whole or proxy.block in taken:
            copy = tracer.block(FRESH, proxy.shape, proxy.kind)
            tracer.add("copy", "copy", (proxy,), (copy,))
            proxy = copy
        self._outputs.append(proxy)
        return len(self._outputs) - 1

    # -- running -------------------------------------------------------------------------------------------------------------

    def replay_source(self) -> str:
        """The program as Python text: a function over arrays that calls the backend's kernels in order."""
        return self._text

    def guards(self) -> list[str]:
        """What the program relies on, in words."""
        found = [f"argument {at}: {facts[2]} of shape {facts[0]}, strides {facts[1]}, on {facts[3]}" for at, facts in self._shapes]
        found += [f"argument {at} == {value!r}" for at, value in self._static]
        found += [f"run-time floats: {self._guard_text}"] if self._holds else []
        return [*found, f"{len(self.bound)} tensors outside keep their memory"]

    def __call__(self, *args: Any) -> Any:
        flat = _flat(args)
        self._check(flat)
        st = TL.st
        arrays = [flat[at]._a for at in self._at]
        floats = [flat[at] for at in self._float_at]
        with self._run_lock:
            made = st.run(self._replay, *arrays, *floats)
        for t in self.mutated:
            bump(t)
        for i in self._mutated_inputs:
            bump(flat[self._at[i]])
        tensors = [wrap_strided(a, k, p.steps) for a, k, p in zip(made, self._keys, self._outputs, strict=True)]
        for leaf, which in self._grads:
            if which is None:
                leaf.tensor._grad = None
            elif which >= 0:
                leaf.tensor._grad = tensors[which]
        return _mapped(lambda r: r.of(tensors, flat, self._at) if isinstance(r, _Slot) else r, self._results)

    def _check(self, flat: list[Any]) -> None:
        if len(flat) != len(self._shapes) + len(self._static) + len(self._floats) + len(self._input_of) - len(self._at):
            raise GuardError(f"{self.name}: captured for other arguments; got {len(flat)} values")
        for at, (shape, strides, kind, where) in self._shapes:
            t = flat[at]
            if (
                not isinstance(t, Tensor)
                or t._a.shape != shape
                or t.dtype is not kind
                or t.stride() != strides
                or t.device != where
            ):
                raise GuardError(
                    f"{self.name}: argument {at} was {kind} of shape {shape}, strides {strides}, on {where}; got {_described(t)}"
                )
        for at, value in self._static:
            if flat[at] != value:
                raise GuardError(f"{self.name}: argument {at} is static and was {value!r}; got {flat[at]!r}")
        for at, which in self._input_of.items():
            if flat[at] is not flat[self._at[which]]:
                raise GuardError(f"{self.name}: arguments {self._at[which]} and {at} were one tensor")
        for t, array in self._arrays:
            if t._a is not array:
                raise GuardError(
                    f"{self.name}: a tensor outside of shape {list(t.shape)} has other memory now (set_, .data, resize_)"
                )
        for leaf, _ in self._grads:
            if not leaf.zeroed and leaf.tensor._grad is not leaf.start:
                raise GuardError(
                    f"{self.name}: .grad of a parameter was {_word(leaf.start)} when captured; got {_word(leaf.tensor._grad)}"
                )
        if self._holds is not None and not self._holds(*[flat[at] for at in self._float_at]):
            raise GuardError(f"{self.name}: the captured branch needs {self._guard_text}")

    def __repr__(self) -> str:
        return f"<program of {self.name}: {len(self.nodes)} steps, {len(self.inputs)} inputs, {len(self.mutated)} tensors written>"


def _described(t: Any) -> str:
    return (
        f"{t.dtype} of shape {tuple(t.shape)}, strides {t.stride()}, on {t.device}" if isinstance(t, Tensor) else type(t).__name__
    )


def _word(grad: Any) -> str:
    return "None" if grad is None else "a tensor of its own"


def _block(tracer: Tracer, t: Tensor) -> Block | None:
    held = tracer.outside.get(id(t._a))
    return None if held is None else held[1].block


class _Slot:
    """A result in the returned structure."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index

    def of(self, tensors: list[Tensor], flat: list[Any], at: list[int]) -> Tensor:
        """The result of this run: one of its new tensors, or one of its arguments."""
        raise NotImplementedError


class _Output(_Slot):
    def of(self, tensors: list[Tensor], flat: list[Any], at: list[int]) -> Tensor:
        return tensors[self.index]


class _Input(_Slot):
    def of(self, tensors: list[Tensor], flat: list[Any], at: list[int]) -> Tensor:
        return flat[at[self.index]]
