"""A captured program without writes: every step makes new values, and what the program would have written is listed at its end.

This is what a graph compiler or an exporter wants to see. Views become reads of a place (`as_strided`), writes into a part become a
new whole (`as_strided_scatter`), an update over lists returns the new values of what it updates; then nothing depends on the order
of writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .plan import proxies
from .values import FRESH, INPUT, Block, Proxy

if TYPE_CHECKING:
    from ft_core import dtype

    from .program import Program
    from .recorder import Node


class Value(NamedTuple):
    """One value: its number, shape and dtype."""

    number: int
    shape: tuple[int, ...]
    dtype: dtype


class Step(NamedTuple):
    """`outs = op(*args)`: `op` is an ATen name, or "cast", "number", "empty"; arguments are values and static things."""

    op: str
    args: tuple[Any, ...]
    outs: tuple[Value, ...]


class Functional:
    """The steps; `inputs` and `bound` are the values of argument and outside memory (bound ones with their arrays), `results` the
    program's results, `mutations` pairs (memory, its new value) for what the program writes outside."""

    def __init__(self, program: Program) -> None:
        self.steps: list[Step] = []
        self.inputs: list[Value] = []
        self.bound: list[tuple[Any, Value]] = []
        self._count = 0
        self._root: dict[Block, Value] = {}
        self._start: dict[Block, Value] = {}
        self.inputs = [self._enter(p.block) for p in program.inputs]
        for node in program.nodes:
            self._node(node)
        self.results = [self._read(p) for p in program._outputs]
        self.mutations = [
            (self._start[b], value) for b, value in self._root.items() if b.kind != FRESH and value is not self._start[b]
        ]

    def _value(self, shape: tuple[int, ...], kind: dtype) -> Value:
        self._count += 1
        return Value(self._count - 1, tuple(shape), kind)

    def _enter(self, block: Block) -> Value:
        """The value of a block's memory when the program first meets it."""
        made = self._root[block] = self._value(_root_shape(block), block.dtype)
        self._start[block] = made
        if block.kind == FRESH:
            self.steps.append(Step("empty", (made.shape, made.dtype), (made,)))
        elif block.kind != INPUT:
            self.bound.append((block.array, made))
        return made

    def _current(self, block: Block) -> Value:
        return self._root[block] if block in self._root else self._enter(block)

    def _read(self, p: Proxy) -> Value:
        root = self._current(p.block)
        if p.whole and root.shape == p.shape:
            return root
        made = self._value(p.shape, p.kind)
        self.steps.append(Step("as_strided", (root, p.shape, p.steps, p.offset), (made,)))
        return made

    def _write(self, p: Proxy, value: Value) -> None:
        block = p.block
        if p.whole and _root_shape(block) == p.shape:
            if block not in self._start and block.kind != FRESH:
                self._enter(block)
            self._root[block] = value
            return
        root = self._current(block)
        made = self._root[block] = self._value(root.shape, root.dtype)
        self.steps.append(Step("as_strided_scatter", (root, value, p.shape, p.steps, p.offset), (made,)))

    def _argument(self, value: Any) -> Any:
        if isinstance(value, Proxy):
            return self._read(value)
        if isinstance(value, (list, tuple)) and proxies([value]):
            return [self._argument(v) for v in value]
        return value

    def _node(self, node: Node) -> None:
        args = tuple([self._argument(a) for a in node.args])
        if node.what == "copy":
            self._write(node.outs[0], args[0])
            return
        outs = tuple([self._value(o.shape, o.kind) for o in node.outs if o is not None])
        self.steps.append(Step(node.name, args, outs))
        for o, value in zip([o for o in node.outs if o is not None], outs, strict=True):
            self._write(o, value)

    def __str__(self) -> str:
        lines = [f"v{v.number}: {v.dtype.name}{list(v.shape)}" for v in (*self.inputs, *[v for _, v in self.bound])]
        lines += [
            f"{', '.join(f'v{o.number}' for o in step.outs)} = {step.op}({', '.join(_shown(a) for a in step.args)})"
            for step in self.steps
        ]
        lines += [f"v{memory.number} <- v{value.number}" for memory, value in self.mutations]
        return "\n".join([*lines, f"return {', '.join(f'v{v.number}' for v in self.results)}"])


def _root_shape(block: Block) -> tuple[int, ...]:
    """A block in C order has its own shape; any other is the line of its elements as they lie in memory."""
    whole = Proxy(block, block.dtype, block.shape, block.strides, 0, None)  # type: ignore[arg-type]  # the place alone is asked for
    return block.shape if whole.contiguous else (block.nbytes // block.dtype.itemsize,)


def _shown(value: Any) -> str:
    if isinstance(value, Value):
        return f"v{value.number}"
    if isinstance(value, list):
        return f"[{', '.join(_shown(v) for v in value)}]"
    return repr(value)


def functionalize(program: Program) -> Functional:
    """`program` without writes; it is left as it is."""
    return Functional(program)
