"""The backward engine: pending nodes in one fixed order, the one recorded last first.

An edge always leads to something recorded earlier, so of all pending nodes the one recorded last waits for nobody: whatever leads into it has
run. That gives the order of a dependency-counted queue without counting. Gradients that meet are added in the order in which they arrive,
which that makes fixed too: the same graph gives the same bits. Iterative, so depth costs no stack; a node's saved values go as soon as it has run.

Leaves have no place in the order. Their gradients are handed over at the end, or each when it is complete where somebody could tell: hooks, a
trace, Python code of users within the backward, or a large `.grad` to add to, since two of that size would be held. Only that needs counts
(`_Job.watch_leaves`). What happens to a gradient on arrival (shape, dtype, accumulation) is in `arrival`, the graph itself in `reach`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import repeat
from typing import Any

from ft_core import Parameter, Tensor
from ft_core.keys import ANOMALY, BELOW, COMMON_DTYPES, GRAD, INFER, IRREG, LAYOUTS, LEVEL, NOGRAD, TF_MODE
from ft_core.state import TL
from ft_dispatch.surface import raw

from .arrival import accumulate_into, expected, fit, met
from .hook_answers import all_checked, tensor_hooks
from .node import EXACT, FOREIGN, FRESH, HOOKED, SAVES, SINGLE, Node, Out
from .reach import Graph, reach, take_apart, vertex_of
from .reentry import ENTERED, nested

_add = raw.add
LEAF_HOOKS: set[int] = set()  # ids of the leaves that have hooks, in their `_hooks`: {"tensor": {...}, "post": {...}, "pre": {...}}
# two different dtypes differ in at least one common bit unless both are exotic; with LEVEL, what sends a gradient through `fit`
_FITS = COMMON_DTYPES | LEVEL
_ODD = IRREG | INFER | LEVEL
_WATCHED = HOOKED | FOREIGN
LONG = 10_000  # nodes from which on the collector pauses: a full collection walks the whole graph, again and again
LARGE = 1 << 16  # elements of a leaf from which on its gradient is added to `.grad` as soon as it is complete


def run(
    roots: Sequence[Any],
    grads: Sequence[Tensor],
    *,
    retain_graph: bool,
    create_graph: bool,
    inputs: Sequence[Any] | None = None,
    accumulate: bool = True,
) -> dict[Any, Tensor]:
    """Run backward from `roots` (edges) with their cotangents.

    `inputs` (edges) limits where gradients go: with `accumulate` into `.grad` of those leaves, without it into the returned dict. Returns the
    captured gradients by edge target: a leaf, or (node, output index).
    """
    st = TL.st
    before, data = st.bits, st.data
    outer = data.get("graph")
    if outer is not None and not data.pop(ENTERED, False):
        limits = {"retain_graph": retain_graph, "create_graph": create_graph, "inputs": inputs, "accumulate": accumulate}
        return nested(run, st, roots, grads, **limits)
    st.bits = before & ~(NOGRAD | BELOW | TF_MODE) if create_graph else before & ~TF_MODE | NOGRAD
    paused = False
    try:
        job = data["graph"] = _Job(roots, inputs, accumulate, retain_graph, create_graph, data.get("trace"))
        job.start(roots, grads)
        if not job.run(repeat(None, LONG)):
            paused = gc.isenabled()
            gc.disable()
            job.run(repeat(None))
        job.finish()
        if retain_graph and job.trace is not None:
            job.trace.ran(roots, grads, create_graph, inputs)
        while job.final:
            job.final.pop(0)()
        return job.captured
    finally:
        data["graph"] = outer
        st.bits = before
        if paused:
            gc.enable()


def _target(edge: Any) -> Any:
    if edge.__class__ is Out:
        return (edge.node, edge.index)
    return edge if isinstance(edge, Tensor) else (edge, 0)


class _Job(Graph):
    """One backward run.

    buffers: cotangents of pending nodes, a list where a node has several outputs; heap: (-seq, node) of the same; leaves: gradients on their way;
    shared: vertices whose only cotangent so far somebody else may hold; waiting: edges that still lead into each leaf, if watched; final:
    callbacks for the end.
    """

    __slots__ = (
        "accumulate",
        "buffers",
        "capture",
        "captured",
        "create_graph",
        "final",
        "heap",
        "leaves",
        "retain",
        "shared",
        "trace",
        "waiting",
    )

    def __init__(
        self, roots: Sequence[Any], inputs: Sequence[Any] | None, accumulate: bool, retain: bool, create_graph: bool, trace: Any
    ) -> None:
        self.roots = roots
        self.trace = trace
        self.accumulate = accumulate
        self.retain = retain
        self.create_graph = create_graph
        self.buffers: dict[Any, Any] = {}
        self.heap: list[tuple[int, Any]] = []
        self.leaves: dict[Any, Any] = {}
        self.shared: set[Any] = set()
        self.waiting: dict[Any, int] | None = None
        self.captured: dict[Any, Tensor] = {}
        self.final: list[Any] = []
        self.needed = self.tips = self.capture = None
        if inputs is not None:
            if trace is not None:
                take_apart(roots)
            self.capture = {_target(edge) for edge in inputs}
            self.limit(frozenset([vertex_of(edge) for edge in inputs]))

    def start(self, roots: Sequence[Any], grads: Sequence[Tensor]) -> None:
        """Put the roots' cotangents in place; a root may occur twice, and lie behind another."""
        root = roots[0]
        if len(roots) == 1 and self.needed is None and root.__class__.__base__ is Node:
            self.buffers[root] = grads[0]
            self.shared.add(root)
            self.heap.append((0, root))
        else:
            for edge, grad in zip(roots, grads, strict=True):
                self._put(edge, grad)
        if LEAF_HOOKS or self.trace is not None:
            self.watch_leaves()

    def run(self, steps: Iterable[None]) -> bool:
        """Serve pending nodes, the latest first; False if some may be left after `steps`.

        Where a node has one edge, or a number beside it, and nothing later is pending, what it leads to is next, past buffers and heap:
        chains are made of that.
        """
        heap, buffers, shared = self.heap, self.buffers, self.shared
        whole, retain = self.needed is None, self.retain
        watched = self.trace is not None or self.capture is not None or self.tips is not None or TL.st.bits & ANOMALY
        node: Any = None
        g: Any = None
        grad: Any
        borrowed: Any = False
        traits = 0
        for _ in steps:
            if node is None:
                if not heap:
                    return True
                node = heappop(heap)[1]
                g, borrowed, traits = buffers.pop(node), node in shared, node.traits
            if node.k & _WATCHED or watched or g is None:
                g, grads = self._watched(node, g)
                if grads is None:
                    node = None
                    continue
            else:
                grads = node.apply(g)
            edges = node.next
            if traits & SAVES and not retain:
                node.release()
            if traits & SINGLE or (len(edges) == 2 and edges[1] is None and edges[0].__class__ is not tuple):
                edge, grad = edges[0], grads[0]
                after = edge._plain if edge is not None else None
                if (
                    after is not None
                    and grad is not None
                    and whole
                    and (not heap or (edge not in buffers and edge.seq > -heap[0][0]))
                ):
                    borrowed = not traits & FRESH or (borrowed and _may_share(grad, g))
                    k = edge.k
                    if (not traits & EXACT and grad._a.shape != edge.shape) or (grad._k | GRAD != k and (grad._k ^ k) & _FITS):
                        fitted = fit(grad, edge.shape, k, node)
                        borrowed, grad = borrowed and fitted is grad, fitted
                    node, g, traits = edge, grad, after
                    continue
            node, g, borrowed = self._deliver(node, g, grads, borrowed)
            grads = grad = None  # what was passed on past `g` is not held while the next node runs
            if node is not None:
                traits = node.traits
        self._keep(node, g, borrowed)
        return False

    def _deliver(self, node: Node, g: Any, grads: Any, borrowed: Any) -> tuple[Node | None, Any, Any]:
        """Put what a node computed where its edges lead. Returns what is next, its cotangent and whether somebody may hold that; or None.

        `borrowed`: somebody may hold `g`.
        """
        buffers, leaves, needed = self.buffers, self.leaves, self.needed
        edges, fresh = node.next, node.traits & FRESH
        after: Any = None
        passed: Any = None
        lent: Any = None
        for edge, grad in zip(edges, grads):  # a strict zip costs 60 ns a node; apply's length is generated
            if edge is None:
                continue
            kind = edge.__class__
            if grad is None or kind is Out or kind is tuple:
                self._keep(after, passed, lent)
                after = None
                self._elsewhere(node, edge, grad)
                continue
            if needed is not None and edge not in needed:
                continue
            leaf = kind.__base__ is not Node and (kind is Parameter or kind is Tensor or not isinstance(edge, Node))
            k = edge._k if leaf else edge.k
            held = not fresh or ((borrowed or len(edges) > 1) and _may_share(grad, g))
            wrong = grad._a.shape != (edge.shape if not leaf or k & LEVEL else edge._a.shape)
            if wrong or (grad._k | GRAD != k and (grad._k ^ k) & _FITS):
                fitted = fit(grad, *expected(edge), node)
                held, grad = held and fitted is grad, fitted
            if leaf:
                if edge in leaves or edge._grad is not None or self.waiting is not None:
                    self._to_leaf(edge, grad, held, node)
                    continue
                leaves[edge] = grad
                if held:
                    self.shared.add(edge)
            elif edge is after:
                passed, lent = met(passed, grad) if passed._k & LAYOUTS else _add(passed, grad), False
            elif after is None and edge not in buffers:
                after, passed, lent = edge, grad, held
            else:
                self._keep(edge, grad, held)
        if after is not None and self.heap and -self.heap[0][0] > after.seq:
            self._keep(after, passed, lent)
            after = None
        return after, passed, lent

    def watch_leaves(self, node: Node | None = None) -> None:
        """From now on hand each leaf its gradient when it is complete. `node`: the one being served."""
        pending = [entry[1] for entry in self.heap]
        incoming = reach(pending if node is None else [node, *pending])
        self.waiting = {vertex: n for vertex, n in incoming.items() if not isinstance(vertex, Node)}
        for leaf in [leaf for leaf in self.leaves if leaf not in self.waiting]:
            self._leaf(leaf)

    def finish(self) -> None:
        """Hand the leaves what has not been handed over yet."""
        leaves, shared, create_graph = self.leaves, self.shared, self.create_graph
        if LEAF_HOOKS or self.trace is not None or self.capture is not None:
            for leaf in list(leaves):
                self._leaf(leaf)
            return
        for leaf, grad in leaves.items():
            plain = grad._base is None and not (grad._k | leaf._k) & _ODD
            if plain and leaf._grad is None and not create_graph and leaf not in shared:
                leaf._grad = grad
            else:
                accumulate_into(leaf, grad, create_graph, leaf in shared)

    def _keep(self, node: Node | None, grad: Any, held: Any) -> None:
        """Put a cotangent where it waits for its node's turn, if there is one."""
        buffers = self.buffers
        if node is None:
            return
        if node in buffers:
            before = buffers[node]
            buffers[node] = grad if before is None else met(before, grad) if before._k & LAYOUTS else _add(before, grad)
            self.shared.discard(node)
            return
        buffers[node] = grad
        if held:
            self.shared.add(node)
        heappush(self.heap, (-node.seq, node))

    def _to_leaf(self, leaf: Tensor, grad: Any, held: Any, node: Node | None) -> None:
        """Add to a leaf's gradient, and hand it over if it is watched and this was the last edge into it."""
        leaves = self.leaves
        if self.waiting is None and node is not None and leaf._grad is not None and leaf.numel() > LARGE:
            self.watch_leaves(node)
        if grad is not None:
            if leaf in leaves:
                before = leaves[leaf]
                leaves[leaf] = met(before, grad) if before._k & LAYOUTS else _add(before, grad)
                self.shared.discard(leaf)
            else:
                leaves[leaf] = grad
                if held:
                    self.shared.add(leaf)
        if self.waiting is not None and node is not None:
            left = self.waiting[leaf] = self.waiting[leaf] - 1
            if not left:
                self._leaf(leaf)

    def _elsewhere(self, node: Node, edge: Any, grad: Any) -> None:
        """Deliver along an edge to one of several outputs, along the edges of a list argument, or nothing at all."""
        if edge.__class__ is not tuple:
            self._put(edge, None if grad is None else fit(grad, *expected(edge), node), node)
            return
        for i, inner in enumerate(edge):
            if inner is not None:
                part = None if grad is None else grad[i]
                self._put(inner, None if part is None else fit(part, *expected(inner), node), node)

    def _put(self, edge: Any, grad: Tensor | None, node: Node | None = None) -> None:
        """Deliver along any edge, from `node` or from outside. What got nothing waits for its turn all the same: it may have hooks."""
        vertex, index = (edge.node, edge.index) if edge.__class__ is Out else (edge, 0)
        if self.needed is not None and vertex not in self.needed:
            return
        if isinstance(vertex, Tensor):
            self._to_leaf(vertex, grad, True, node)
        elif vertex.n_outputs == 1:
            if grad is not None or vertex not in self.buffers:
                self._keep(vertex, grad, True)
        else:
            if vertex not in self.buffers:
                self._keep(vertex, None, False)
            if grad is not None:
                held = self.buffers[vertex]
                if held is None:
                    held = self.buffers[vertex] = [None] * len(vertex.shape)
                held[index] = grad if held[index] is None else met(held[index], grad)

    def _watched(self, node: Node, g: Any) -> tuple[Any, tuple[Any, ...] | None]:
        """Serve a node where somebody looks on, or where nothing arrived. Returns its cotangent after the hooks, and what it computed: None
        where that goes nowhere, so that the node has not run and keeps what it saved.
        """
        if node.k & _WATCHED or self.capture is not None:
            g = self._before(node, g)
        if self.tips is not None and node in self.tips:
            return g, None
        if g.__class__ is list and all(value is None for value in g):
            g = None
        if g is None:
            return g, (None,) * len(node.next)
        if self.trace is not None:
            self.trace.before(node)
        if TL.st.bits & ANOMALY:
            from .anomaly import apply_checked  # noqa: PLC0415  # only under anomaly mode

            grads = apply_checked(node, g)
        else:
            grads = node.apply(g)
        if node.k & HOOKED:
            for hook in list(node.extra.get("post", {}).values()):
                replaced = hook(grads, tuple(g) if isinstance(g, list) else (g,))
                if replaced is not None:
                    grads = all_checked(hook, grads, replaced)
        if self.trace is not None:
            self.trace.node(node, g, grads, self.needed)
        return g, grads

    def _before(self, node: Node, g: Any) -> Any:
        """Tensor hooks, retained gradients, pre-hooks and captures of a node's cotangents, in torch's order."""
        if node.k & _WATCHED and self.waiting is None:
            self.watch_leaves(node)
        many = node.n_outputs != 1
        values = list(g) if isinstance(g, list) else [g] if not many else [None] * len(node.shape)
        if node.k & HOOKED:
            for i in range(len(values)):
                values[i] = tensor_hooks(node.extra.get(("tensor", i)), values[i])
            for i in range(len(values)):
                keep = node.extra.get(("retain", i))
                if keep is not None and values[i] is not None and (t := keep()) is not None:
                    t._grad = values[i]
            for hook in list(node.extra.get("pre", {}).values()):
                replaced = hook(tuple(values))
                if replaced is not None:
                    values = list(all_checked(hook, values, replaced))
        if self.capture is not None:
            for i, value in enumerate(values):
                if (node, i) in self.capture and value is not None:
                    self.captured[(node, i)] = value
        return values if many else values[0]

    def _leaf(self, leaf: Tensor) -> None:
        grad = self.leaves.pop(leaf, None)
        if grad is None:
            return
        hooks = leaf._hooks if id(leaf) in LEAF_HOOKS else None
        if hooks:
            if hooks.get("dtype") is not None:
                grad = grad.to(hooks["dtype"])
            grad = tensor_hooks(hooks.get("tensor"), grad)
        if self.trace is not None and (self.capture is None or leaf in self.capture):
            self.trace.leaf(leaf, grad)
        if self.capture is not None:
            if not self.accumulate and leaf in self.capture:
                self.captured[leaf] = grad
            if not self.accumulate or leaf not in self.capture:
                return
        if hooks:
            for hook in list(hooks.get("pre", {}).values()):
                replaced = hook((grad,))
                grad = grad if replaced is None else all_checked(hook, (grad,), replaced)[0]
            if grad is None:
                return
        accumulate_into(leaf, grad, self.create_graph, leaf in self.shared or bool(hooks))
        if hooks:
            for hook in list(hooks.get("post", {}).values()):
                hook(leaf)
            for hook in list(hooks.get("node_post", {}).values()):
                hook((), (grad,))


def _may_share(grad: Tensor, g: Any) -> bool:
    """Whether a gradient may be the cotangent it was computed from, or memory of it; one of several cotangents is never handed on."""
    if grad is g:
        return True
    storage = grad._storage
    return storage is not None and g.__class__ is not list and storage is g._storage
