"""A program as a readable Python function over arrays: one line per kernel call, temporaries in planned buffers.

The text is registered in linecache, so tracebacks, debuggers and profilers show it. Names: `x` arguments, `p` memory outside, `b`
blocks, `v` views, `c` constants; the comment behind a call says what it makes.
"""

from __future__ import annotations

import linecache
from itertools import count
from typing import Any

from ft_core.backend import Backend

from ..kinds import ELEMENTWISE
from .plan import Plan, _array, folded, needed
from .recorder import Node
from .values import EXTERNAL, FRESH, INPUT, Block, Proxy, Symbol

_serial = count()


class Writer:
    """Writes `replay(x0, …, r0, …)` for nodes, and holds the names its text refers to."""

    def __init__(
        self,
        nodes: list[Node],
        results: list[Proxy],
        inputs: list[Proxy],
        floats: list[str],
        backend: Backend,
        constant: set[Block],
    ) -> None:
        kept = {p.block for p in results if p.block.kind == FRESH}
        self.nodes = folded(needed(nodes, kept), constant, backend)
        self.kept, self.results, self.inputs, self.floats, self.backend = kept, results, inputs, floats, backend
        self.plan = Plan(self.nodes, kept)
        self.names: dict[str, Any] = {
            "copy": backend.copy_within,
            "cast": backend.cast,
            "scalar": backend.scalar,
            "ALLOC": backend.ALLOC,
        }
        self.names["empty"], self.names["empty_strided"], self.names["view"] = (
            backend.allocate,
            backend.empty_strided,
            backend.strided_view,
        )
        self._constants: dict[int, str] = {}
        self._held: list[Any] = []
        self._arrays: dict[Any, str] = {}
        self._made: set[Block] = set()
        self._slots = [backend.root_of(backend.allocate((max(n, 1),), _bytes()))[0] for n in self.plan.sizes]
        self.staged = self._staged_inputs()
        self.lines: list[str] = []

    # -- names ---------------------------------------------------------------------------------------------------------------

    def constant(self, value: Any, hint: str = "c") -> str:
        """A name bound to `value`."""
        name = self._constants.get(id(value))
        if name is None:
            name = f"{hint}{len(self._constants)}" if hint == "c" else self._unique(hint)
            self._constants[id(value)] = name
            self.names[name] = value
            self._held.append(value)  # ids are names here, so what they name must stay
        return name

    def _unique(self, hint: str) -> str:
        name, n = hint, 1
        while name in self.names:
            n += 1
            name = f"{hint}_{n}"
        return name

    def array(self, p: Proxy) -> str:
        """The name of an array, after whatever lines it takes to have it."""
        key = (p.block, *p.place)
        name = self._arrays.get(key)
        if name is None:
            name = self._arrays[key] = self._new_array(p)
        return name

    def _new_array(self, p: Proxy) -> str:
        block = p.block
        if block.kind == EXTERNAL:
            return self._bound(f"p{block.index}", _array(p, self.backend))
        if block in self.plan.slot:
            return self._bound(
                f"b{block.index}" if p.whole else f"v{block.index}", self._view(self._slots[self.plan.slot[block]], p)
            )
        if block.kind == INPUT:
            if block not in self.staged:
                return f"x{block.index}"
            return self._bound(f"x{block.index}s" if p.whole else f"v{block.index}", self._view(self.staged[block], p))
        whole = f"b{block.index}"
        if block not in self._made and not block.symbolic:
            self._made.add(block)
            shape, kind = repr(block.shape), self.constant(block.dtype, block.dtype.name)
            irregular = not Proxy(block, block.dtype, block.shape, block.strides, 0, p.device).contiguous
            self.lines.append(
                f"{whole} = empty_strided({shape}, {block.strides!r}, {kind})" if irregular else f"{whole} = empty({shape}, {kind})"
            )
        if p.whole:
            return whole
        name = f"v{block.index}_{len(self._arrays)}"
        self.lines.append(f"{name} = view({whole}, {self.constant(p.kind, p.kind.name)}, {p.shape!r}, {p.steps!r}, {p.offset})")
        return name

    def _bound(self, hint: str, array: Any) -> str:
        name = self._unique(hint)
        self.names[name] = array
        return name

    def _view(self, root: Any, p: Proxy) -> Any:
        return self.backend.strided_view(root, p.kind, p.shape, p.steps, p.offset)

    def _staged_inputs(self) -> dict[Block, Any]:
        """Arguments that the program views or that lie irregularly: copied into memory of its own first, so that views are made
        once.
        """
        used: dict[Block, bool] = {}
        for node in self.nodes:
            for p in _all(node):
                if p.block.kind == INPUT:
                    used[p.block] = used.get(p.block, False) or not p.whole or not p.contiguous
        return {
            b: self.backend.root_of(self.backend.allocate((max(b.nbytes, 1),), _bytes()))[0] for b, viewed in used.items() if viewed
        }

    # -- text ----------------------------------------------------------------------------------------------------------------

    def value(self, value: Any) -> str:
        """An argument as text."""
        if isinstance(value, Proxy):
            return self.array(value)
        if isinstance(value, Symbol):
            return value.text
        if isinstance(value, (list, tuple)):
            inner = ", ".join(self.value(v) for v in value)
            return f"[{inner}]" if isinstance(value, list) else f"({inner},)" if len(value) == 1 else f"({inner})"
        plain = value is None or isinstance(value, (bool, int, str)) or (isinstance(value, float) and abs(value) < float("inf"))
        return repr(value) if plain else self.constant(value)

    def _call(self, node: Node) -> str:
        op, kernel = node.op, node.kernel
        extras = node.args[len(op.tensor_at) :]
        leaf = kernel.leaf is not None and op.kind is ELEMENTWISE and _at_default(extras, op.defaults[len(op.tensor_at) :])
        function = self.constant(kernel.leaf if leaf else kernel.fn, op.python_name)
        args = node.args[: len(op.tensor_at)] if leaf else node.args
        return f"{function}({', '.join(self.value(a) for a in args)}"

    def _node(self, node: Node) -> None:
        out = node.outs[0]
        if node.what == "number":
            self.lines.append(
                f"b{out.block.index} = scalar({self.value(node.args[0])}, {self.constant(node.args[1], node.args[1].name)})"
            )
            self._arrays[(out.block, *out.place)] = f"b{out.block.index}"
        elif node.what == "copy":
            source = self.array(node.args[0])
            self.lines.append(f"copy({self.array(out)}, {source})")
        elif node.what == "cast":
            array, source, target = node.args
            text = f"cast({self.array(array)}, {self.constant(source, source.name)}, {self.constant(target, target.name)})"
            self.lines.append(f"copy({self.array(out)}, {text})  # {target.name}{list(out.shape)}")
        else:
            self._kernel(node)

    def _kernel(self, node: Node) -> None:
        call = self._call(node)
        if node.op.n_outputs == 0:
            self.lines.append(f"{call}, out=ALLOC)  # aten::{node.name} in place")
            return
        made = ", ".join(f"{o.kind.name}{list(o.shape)}" for o in node.outs if o is not None)
        note = f"  # aten::{node.name} {made}"
        if node.kernel.out and None not in node.outs and node.op.n_outputs != -1:
            outs = [self.array(o) for o in node.outs]
            if len(outs) == 1:
                self.lines.append(f"{call}, out={outs[0]}){note}")
                return
            self.lines.append(f"made = {call}, out=({', '.join(outs)})){note}")
            self.lines += [f"made[{i}] is {name} or copy({name}, made[{i}])" for i, name in enumerate(outs)]
            return
        self.lines.append(f"made = {call}, out=ALLOC){note}")
        single = node.op.n_outputs == 1
        for i, o in enumerate(node.outs):
            if o is not None:
                self.lines.append(f"copy({self.array(o)}, {'made' if single else f'made[{i}]'})")

    def text(self) -> str:
        """The whole function."""
        for block in self.staged:
            whole = Proxy(block, block.dtype, block.shape, block.strides, 0, self.inputs[0].device)
            self.lines.append(f"copy({self.array(whole)}, x{block.index})")
        for node in self.nodes:
            self._node(node)
        written = {o.block for node in self.nodes for o in node.outs if o is not None}
        for block in self.staged:
            if block in written:
                whole = Proxy(block, block.dtype, block.shape, block.strides, 0, self.inputs[0].device)
                self.lines.append(f"copy(x{block.index}, {self.array(whole)})")
        names = [self.array(p) for p in self.results]
        head = ", ".join([f"x{p.block.index}" for p in self.inputs] + self.floats)
        what = f"{len(self.nodes)} steps; {sum(self.plan.sizes)} bytes of buffers in {len(self.plan.sizes)} slots."
        body = [f'"""{what}"""', *self.lines, f"return {'(' + ', '.join(names) + (',' if len(names) == 1 else '') + ')'}"]
        return f"def replay({head}):\n" + "".join(f"    {line}\n" for line in body)

    def compile(self, text: str) -> Any:
        """The function, its text known to linecache."""
        name = f"<frankentorch program {next(_serial)}>"
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        exec(compile(text, name, "exec"), self.names)
        return self.names["replay"]


def _at_default(values: tuple[Any, ...], defaults: tuple[Any, ...]) -> bool:
    return all(type(v) is not Symbol and (v is d or v == d) for v, d in zip(values, defaults, strict=True))


def _all(node: Node) -> list[Proxy]:
    from .plan import proxies  # noqa: PLC0415

    return [*proxies(node.args), *[o for o in node.outs if o is not None]]


def _bytes() -> Any:
    from ft_core import uint8  # noqa: PLC0415

    return uint8
