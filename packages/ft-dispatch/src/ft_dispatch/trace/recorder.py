"""The tracing backend: below autograd and above every device, it writes down what would be computed instead of computing it.

Its kernels record a node and return proxies; its casts and copies are nodes too. `execute` stands in for
`ft_dispatch.execute.execute` and shares its code, so a program holds the very kernel calls that the eager road makes. Tensors
outside the function (parameters) take part by reference: the program reads and writes their memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from ft_core import Tensor, device
from ft_core.backend import Backend, Kernel, backend_for
from ft_core.keys import CONJ, INFER, INFERENCE, NEG, TRACED
from ft_core.layout import contiguous_strides
from ft_core.state import TL
from ft_core.tensor import wrap_strided

from ..execute import _general, _pointwise, decomposed, device_of, tensors_of
from ..kinds import ELEMENTWISE, RANDOM
from ..memory import BUILTIN
from ..meta import Spec, pointwise_spec, specs, strides_of
from .values import EXTERNAL, FRESH, INPUT, Block, Proxy, Symbol

if TYPE_CHECKING:
    from ft_core import dtype
    from ft_core.state import State

    from ..op import Op


class TraceError(RuntimeError):
    """A function did something that a captured program cannot repeat."""


class Node(NamedTuple):
    """One step. `what` is "kernel", "cast", "copy" or "number"; `outs` are the arrays it writes, fresh or existing."""

    what: str
    name: str
    op: Any
    kernel: Any
    args: tuple[Any, ...]
    outs: tuple[Any, ...]  # proxies; None for an output that this call does not have


class Leaf:
    """A tensor outside that may have a gradient: what `.grad` was when the function first met it, and whether it began by dropping
    it.
    """

    __slots__ = ("start", "tensor", "zeroed")

    def __init__(self, tensor: Tensor, zeroed: bool) -> None:
        self.tensor, self.start, self.zeroed = tensor, tensor._grad, zeroed


class Tracer:
    """One capture in progress: the nodes so far, the memory they speak of, the tensors outside that they use."""

    def __init__(self, where: device) -> None:
        self.device = where
        self.inner = backend_for(where)
        self.backend = TraceBackend(self)
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self.outside: dict[int, tuple[Any, Proxy]] = {}  # id(array) -> (array, proxy)
        self.seen: dict[int, Tensor] = {}  # id(tensor) -> tensor, whose array the program is bound to
        self.leaves: dict[int, Leaf] = {}
        self.guards: dict[str, bool] = {}  # expression over run-time floats -> the outcome that the program was captured under
        self.expected: list[Any] = []

    def block(
        self, kind: str, shape: tuple[int, ...], kind_of: dtype, strides: tuple[int, ...] | None = None, array: Any = None
    ) -> Proxy:
        """New memory, and the array over all of it."""
        steps = contiguous_strides(shape) if strides is None else tuple(strides)
        made = Block(len(self.blocks), kind, tuple(shape), kind_of, steps, array)
        self.blocks.append(made)
        return Proxy(made, kind_of, shape, steps, 0, self.device)

    def lift(self, array: Any) -> Any:
        """The proxy of an array that exists outside; proxies pass."""
        if isinstance(array, Proxy):
            return array
        held = self.outside.get(id(array))
        if held is None:
            kind: Any = self.inner.dtype_of(array)
            steps = tuple([s // kind.itemsize for s in array.strides])
            held = self.outside[id(array)] = (array, self.block(EXTERNAL, tuple(array.shape), kind, steps, array))
        return held[1]

    def see(self, t: Tensor) -> None:
        """Note a tensor outside: the program holds as long as it keeps its memory."""
        if t._k & TRACED:
            if not isinstance(t._a, Proxy):
                t._a = self.lift(t._a)  # a constant made in the likeness of a traced tensor (the first cotangent of a backward)
            if t._a.block.index >= len(self.blocks) or self.blocks[t._a.block.index] is not t._a.block:
                raise TraceError(
                    "a tensor of an earlier capture has leaked into this one; build state (optimizer, caches) before capturing"
                )
            return
        if id(t) not in self.seen:
            self.seen[id(t)] = t
            if t._k & 1 and t._node is None:
                self.leaves.setdefault(id(t), Leaf(t, False))

    def note_grad(self, t: Tensor, value: Tensor | None) -> None:
        """`t.grad = value` was said inside the function."""
        if t._k & TRACED:
            return
        leaf = self.leaves.setdefault(id(t), Leaf(t, value is None))
        untouched = t._grad is leaf.start and (leaf.start is None or id(leaf.start._a) not in self.outside)
        leaf.zeroed = leaf.zeroed or (value is None and untouched)

    def add(
        self, what: str, name: str, args: tuple[Any, ...], outs: tuple[Proxy | None, ...], op: Any = None, kernel: Any = None
    ) -> None:
        """Write one node down."""
        self.nodes.append(Node(what, name, op, kernel, args, outs))

    def tensor(self, proxy: Proxy, st: State) -> Tensor:
        """A leaf over a proxy."""
        infer = INFER if st.bits & INFERENCE else 0
        return wrap_strided(proxy, TRACED | proxy.kind.bit | infer, proxy.steps)


class _Place:
    """Where results of a trace live, as far as `finish` asks."""

    bit = TRACED


PLACE: Any = _Place()


class _Kernels:
    """The inner backend's table, each kernel replaced by one that records."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer
        self.made: dict[str, Kernel] = {}

    def get(self, name: str) -> Kernel | None:
        """The recording kernel; None where the device has none, so that the op decomposes as it would there."""
        made = self.made.get(name)
        if made is None:
            real = self.tracer.inner.kernels.get(name)
            if real is None:
                return None
            fn = _recording(self.tracer, name, real)
            made = self.made[name] = Kernel(name, fn, None, real.half, real.out, real.layout, real.inplace, None, None)
        return made

    def __getitem__(self, name: str) -> Kernel:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found


def _recording(tracer: Tracer, name: str, real: Kernel) -> Callable[..., Any]:
    def record(*args: Any, out: Any) -> Any:
        from ..registry import OPS  # noqa: PLC0415

        op = OPS[name]
        lifted = list(args)
        for i in op.tensor_at:
            if lifted[i] is not None:
                lifted[i] = tracer.lift(lifted[i])
        for i in op.lists_at:
            if lifted[i] is not None:
                lifted[i] = [None if a is None else tracer.lift(a) for a in lifted[i]]
        if out is not TraceBackend.ALLOC:
            tracer.add("kernel", name, tuple(lifted), (tracer.lift(out),), op, real)
            return out
        if op.n_outputs == 0:  # an update over lists, which writes into its arguments
            written = [a for i in op.lists_at if op.params[i].write and lifted[i] is not None for a in lifted[i]]
            tracer.add("kernel", name, tuple(lifted), tuple(written), op, real)
            return ()
        outs = tuple([None if e is None else tracer.block(FRESH, e[0], e[1]) for e in tracer.expected])
        tracer.add("kernel", name, tuple(lifted), outs, op, real)
        return outs[0] if op.n_outputs == 1 else list(outs) if op.n_outputs == -1 else outs

    return record


class TraceBackend(Backend):
    """The backend of one capture; `inner` is the device's own, which the program will run on."""

    name = "trace"
    device_type = "trace"
    array_type = Proxy
    aliasing = True
    ALLOC = object()

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer
        self.kernels = _Kernels(tracer)  # type: ignore[assignment]  # it answers what is asked of a table

    def allocate(self, shape: tuple[int, ...], dtype: dtype) -> Proxy:
        return self.tracer.block(FRESH, shape, dtype)

    def empty_strided(self, shape: tuple[int, ...], strides: tuple[int, ...], dtype: dtype) -> Proxy:
        return self.tracer.block(FRESH, shape, dtype, strides)

    def supports(self, dtype: dtype) -> bool:
        return self.tracer.inner.supports(dtype)

    def strided_view(self, root: Any, dtype: dtype, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Proxy:
        return Proxy(root.block, dtype, shape, strides, offset, root.device)

    def copy_within(self, dst: Any, src: Any) -> None:
        self.tracer.add("copy", "copy", (self.tracer.lift(src),), (self.tracer.lift(dst),))

    def cast(self, array: Any, source: dtype, target: dtype) -> Proxy:
        made = self.tracer.block(FRESH, tuple(array.shape), target)
        self.tracer.add("cast", "cast", (self.tracer.lift(array), source, target), (made,))
        return made

    def scalar(self, number: Any, dtype: dtype) -> Any:
        if not isinstance(number, Symbol):
            return self.tracer.inner.scalar(number, dtype)
        made = self.tracer.block(FRESH, (), dtype)
        made.block.symbolic = True
        self.tracer.add("number", "number", (number, dtype), (made,))
        return made

    def contiguous(self, array: Any, dtype: dtype) -> Any:
        proxy = self.tracer.lift(array)
        if proxy.contiguous:
            return array
        made = self.tracer.block(FRESH, proxy.shape, proxy.kind)
        self.copy_within(made, proxy)
        return made

    def dtype_of(self, array: Any) -> Any:
        return array.kind if isinstance(array, Proxy) else self.tracer.inner.dtype_of(array)


def active(st: State) -> Tracer:
    """This thread's capture; TraceError for a traced tensor that is used outside of one."""
    if st.tracer is None:
        raise TraceError(
            "a tensor without values, from inside a captured function, was used after the capture; return it instead of keeping it "
            "(state that the function makes on its first call, such as momentum buffers, must exist before: call the function once)"
        )
    return st.tracer


def backend_of_trace() -> Backend:
    """The tracing backend of this thread."""
    return active(TL.st).backend


def execute(op: Op, args: tuple[Any, ...], k: int, st: State, dest: Tensor | None = None) -> Any:
    """The backend step under a capture: record `op`, or run its decomposition where the device has no kernel."""
    tracer = active(st)
    for t in tensors_of(op, args) if dest is None else [*tensors_of(op, args), dest]:
        tracer.see(t)
    where = device_of(op, args, k)
    if where != tracer.device:
        raise TraceError(
            f"{op.base}: the program is captured for {tracer.device}, and this needs {where}; move tensors before capturing"
        )
    if k & (CONJ | NEG) or op.base in ("_conj", "_neg_view"):
        raise TraceError(f"{op.base}: lazily conjugated views cannot be captured; call .resolve_conj() or .conj_physical() before")
    if op.name in BUILTIN:
        return _memory(op, args, specs(op, args, k)[0], tracer, st)  # type: ignore[index]  # memory ops have meta rules
    kernel = tracer.backend.kernels.get(op.name)
    if op.implementation is not None:
        raise TraceError(f"{op.base}: a user's op runs Python on tensors, which a captured program cannot hold; capture around it")
    if kernel is None:
        return decomposed(op, args, where)
    tracer.expected = _expected(op, args, k, kernel)
    run = _pointwise if op.kind is ELEMENTWISE else _general
    return run(op, kernel, args, k, st, tracer.backend, dest, PLACE)


def _expected(op: Op, args: tuple[Any, ...], k: int, kernel: Kernel) -> list[Any]:
    """(shape, dtype) of what the kernel itself returns, before results of half types are cast back."""
    if op.kind is ELEMENTWISE:
        compute, spec = pointwise_spec(op, args, k)
        inside = compute.opmath if kernel.half != "native" else compute
        direct = spec.dtype is inside or spec.dtype is not compute
        return [(spec.shape, spec.dtype if direct else inside)]
    wanted = specs(op, args, k)
    if wanted is None or (op.data_dependent and None in wanted):
        raise TraceError(f"{op.base}: the size of its result depends on data, so it cannot be part of a captured program")
    raised = kernel.half != "native" and op.kind is not RANDOM and any(t.dtype.opmath is not t.dtype for t in tensors_of(op, args))
    return [None if s is None else (s.shape, s.dtype.opmath if raised else s.dtype) for s in wanted]


def _memory(op: Op, args: tuple[Any, ...], spec: Spec, tracer: Tracer, st: State) -> Tensor:
    """empty, clone, _to_copy."""
    backend = tracer.backend
    made = tracer.block(FRESH, spec.shape, spec.dtype, strides_of(spec))
    if op.base in ("clone", "_to_copy"):
        x = args[0]
        target = args[3] if op.base == "_to_copy" else None
        if target is not None and target.type != tracer.device.type:
            raise TraceError(
                f"to: a captured program stays on one device, {tracer.device}; got {target}; move tensors before or after"
            )
        array = x._a
        if x.dtype is not spec.dtype:
            array = backend.cast(array, x.dtype, spec.dtype)
        backend.copy_within(made, array)
    return tracer.tensor(made, st)


__all__ = ["INPUT", "Node", "TraceBackend", "TraceError", "Tracer", "active", "backend_of_trace", "execute"]
