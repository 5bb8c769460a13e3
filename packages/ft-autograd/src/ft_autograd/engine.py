"""The backward engine: a ready queue over the recorded graph, in one fixed order.

A node is ready when every edge into it has been served; among ready nodes the one recorded last runs first. Gradients that meet are added in the
order in which they arrive, which that makes fixed too: the same graph gives the same bits. Iterative, so depth costs no stack; a node's saved
values go as soon as it has run. What happens to a gradient on arrival (shape, dtype, accumulation) is in `arrival`.
"""

from __future__ import annotations

import gc
import heapq
from collections.abc import Sequence
from typing import Any

from ft_core import Parameter, Tensor
from ft_core.keys import ANOMALY, BELOW, COMMON_DTYPES, INFER, IRREG, LAYOUTS, LEVEL, NOGRAD
from ft_core.state import TL
from ft_dispatch.surface import raw

from .arrival import accumulate_into, expected, fit, met
from .node import HOOKED, Node, Out

_add = raw.add
LEAF_HOOKS: dict[int, dict[str, Any]] = {}  # id(leaf) -> {"tensor": {...}, "post": {...}, "pre": {...}}
# two different dtypes differ in at least one common bit unless both are exotic; with LEVEL, what sends a gradient through `fit`
_FITS = COMMON_DTYPES | LEVEL
_ODD = IRREG | INFER
FINAL: list[Any] = []  # callbacks to run at the end of the outermost backward (Variable._execution_engine.queue_callback)


class Graph:
    """The part of a graph reachable from the roots: how many edges lead into each vertex, and which ones the wanted inputs need."""

    __slots__ = ("__weakref__", "incoming", "needed")
    incoming: dict[Any, int]
    needed: set[Any] | None

    def count(self, roots: Sequence[Any], wanted: frozenset[Any] | None, shown: bool) -> None:
        """Walk the graph from the roots; `wanted` vertices bound what is needed (None: all of it). `shown`: as users see it, in pieces."""
        self.incoming = incoming = dict.fromkeys([_vertex(root) for root in roots], 0)
        stack = [vertex for vertex in incoming if isinstance(vertex, Node)]
        push, pop = stack.append, stack.pop
        while stack:
            for edge in (pop().public() if shown else pop()).next:
                if edge is None:
                    continue
                kind = edge.__class__
                if kind is tuple:
                    for inner in edge:
                        if inner is not None:
                            self._count(inner, push)
                    continue
                if kind is Out:
                    edge = edge.node
                if edge in incoming:
                    incoming[edge] += 1
                else:
                    incoming[edge] = 1
                    if kind is not Tensor and kind is not Parameter and isinstance(edge, Node):
                        push(edge)
        self.needed = None if wanted is None else self._upstream(wanted)

    def runs(self, edge: Any) -> bool:
        """Whether this backward computes the gradient along `edge`."""
        vertex = _vertex(edge)
        return vertex in self.incoming and (self.needed is None or vertex in self.needed)

    def _count(self, edge: Any, push: Any) -> None:
        vertex = _vertex(edge)
        if vertex in self.incoming:
            self.incoming[vertex] += 1
            return
        self.incoming[vertex] = 1
        if isinstance(vertex, Node):
            push(vertex)

    def _upstream(self, wanted: frozenset[Any]) -> set[Any]:
        """Vertices from which some wanted one is reached: the others need not run."""
        vertices = sorted((v for v in self.incoming if isinstance(v, Node)), key=lambda n: n.seq)
        needed = {v for v in self.incoming if v in wanted}
        for node in vertices:
            if node not in needed and any(_vertex(e) in needed for e in _edges(node)):
                needed.add(node)
        return needed


def _vertex(edge: Any) -> Any:
    return edge.node if edge.__class__ is Out else edge


def _edges(node: Node) -> list[Any]:
    found = []
    for edge in node.next:
        if edge is None:
            continue
        if edge.__class__ is tuple:
            found.extend([e for e in edge if e is not None])
        else:
            found.append(edge)
    return found


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
    before = st.bits
    st.bits = before & ~(NOGRAD | BELOW) if create_graph else before | NOGRAD
    data = st.data
    outer, paused = data.get("graph"), False
    try:
        capture = {_target(edge): None for edge in inputs} if inputs is not None else {}
        wanted = frozenset(_vertex(edge) for edge in inputs) if inputs is not None else None
        job = data["graph"] = _Job(roots, wanted, capture, accumulate, retain_graph, create_graph)
        if len(job.incoming) > 10_000 and gc.isenabled():
            paused = True
            gc.disable()  # a full collection walks the whole graph, again and again; nothing here makes cycles
        if len(roots) == 1 and wanted is None and roots[0].__class__ is not Out and isinstance(roots[0], Node):
            job.buffers[roots[0]] = grads[0]
            job.shared.add(roots[0])
            job.heap.append((0, roots[0]))
        else:
            job.start(roots, grads)
        job.run()
        if retain_graph and (trace := data.get("trace")) is not None:
            trace.ran(roots, grads, create_graph, inputs)
        while FINAL and outer is None:
            FINAL.pop(0)()
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
    """One backward run."""

    __slots__ = ("accumulate", "buffers", "capture", "captured", "create_graph", "heap", "plain", "retain", "shared")

    def __init__(
        self,
        roots: Sequence[Any],
        wanted: frozenset[Any] | None,
        capture: dict[Any, None],
        accumulate: bool,
        retain: bool,
        create_graph: bool,
    ) -> None:
        self.count(roots, wanted, TL.st.data.get("trace") is not None)
        self.capture = capture
        self.captured: dict[Any, Tensor] = {}
        self.accumulate = accumulate
        self.retain = retain
        self.create_graph = create_graph
        self.buffers: dict[Any, Any] = {}
        self.heap: list[tuple[int, Any]] = []
        self.shared: set[Any] = set()  # vertices whose only cotangent so far somebody else may hold

    def start(self, roots: Sequence[Any], grads: Sequence[Tensor]) -> None:
        """Put the roots' cotangents in place; those that no edge leads to are ready when all are there (a root may occur twice)."""
        incoming = self.incoming
        first = [vertex for vertex in dict.fromkeys(map(_vertex, roots)) if not incoming[vertex]]
        for edge, grad in zip(roots, grads, strict=True):
            self._put(edge, grad)
        for vertex in first:
            self._ready(vertex)

    def deliver(self, edge: Any, grad: Tensor | None) -> None:
        """Put one cotangent where `edge` leads, and serve the vertex when this was the last edge into it."""
        vertex = self._put(edge, grad)
        incoming = self.incoming
        incoming[vertex] -= 1
        if incoming[vertex] == 0:
            self._ready(vertex)

    def _put(self, edge: Any, grad: Tensor | None) -> Any:
        vertex, index = (edge.node, edge.index) if edge.__class__ is Out else (edge, 0)
        needed = self.needed
        if grad is not None and (needed is None or vertex in needed):
            self._add(vertex, index, grad)
        return vertex

    def _add(self, vertex: Any, index: int, grad: Tensor) -> None:
        buffers = self.buffers
        if isinstance(vertex, Tensor) or vertex.n_outputs == 1:
            held = buffers.get(vertex)
            if held is None:
                self.shared.add(vertex)
                buffers[vertex] = grad
            else:
                self.shared.discard(vertex)
                buffers[vertex] = met(held, grad) if held._k & LAYOUTS else _add(held, grad)
            return
        held = buffers.get(vertex)
        if held is None:
            held = buffers[vertex] = [None] * len(vertex.shape)
        held[index] = grad if held[index] is None else met(held[index], grad)

    def _ready(self, vertex: Any) -> None:
        if isinstance(vertex, Tensor):
            self._leaf(vertex)
        elif self.needed is None or vertex in self.needed:
            heapq.heappush(self.heap, (-vertex.seq, vertex))
        else:
            self._skip(vertex)

    def _skip(self, node: Node) -> None:
        """A node no wanted input needs: its edges count as served, with nothing in them."""
        for edge in _edges(node):
            self.deliver(edge, None)

    def run(self) -> None:
        """Serve ready nodes until none is left.

        Where a node's only successor has no other predecessor and nothing recorded later is ready, it runs next anyway: its cotangent goes
        there directly, past buffers and heap. Long chains are made of that.
        """
        heap, buffers, incoming = self.heap, self.buffers, self.incoming
        needed, pop, retain, shared = self.needed, heapq.heappop, self.retain, self.shared
        traced = TL.st.data.get("trace") is not None
        watched = TL.st.bits & ANOMALY or traced
        plain = self.plain = not self.capture and not LEAF_HOOKS and not traced
        straight = plain and needed is None
        following: Any = None
        while following is not None or heap:
            if following is None:
                node = pop(heap)[1]
                g = buffers.pop(node, None)
                borrowed = node in shared
            else:
                node = following
            hooked = node.k & HOOKED
            if hooked or not plain:
                g = self._before(node, g)
            if g is None or (needed is not None and not any(_vertex(e) in needed for e in _edges(node))):
                grads: Any = (None,) * len(node.next)
            elif watched or hooked:
                grads = self._apply(node, g)
            else:
                grads = node.apply(g)
            if not retain:
                node.release()
            if straight and len(node.next) == 1:
                edge, grad = node.next[0], grads[0]
                if (
                    grad is not None
                    and isinstance(edge, Node)
                    and edge.n_outputs == 1
                    and incoming[edge] == 1
                    and edge not in buffers  # nor has any other predecessor run already
                    and (not heap or edge.seq > -heap[0][0])
                ):
                    borrowed = not node.fresh or (borrowed and _may_share(grad, g))
                    if grad._a.shape != edge.shape or (grad._k ^ edge.k) & _FITS:
                        fitted = fit(grad, edge.shape, edge.k, node)
                        borrowed, grad = borrowed and fitted is grad, fitted
                    following, g = edge, grad
                    continue
            following = None
            self._hand_on(node, g, grads, borrowed)

    def _hand_on(self, node: Node, g: Any, grads: Any, borrowed: bool) -> None:
        """Deliver what a node computed along its edges, and mark ready what waited for nothing else. `borrowed`: somebody may hold `g`."""
        buffers, incoming, needed, shared = self.buffers, self.incoming, self.needed, self.shared
        plain, single = self.plain, len(node.next) == 1
        for edge, grad in zip(node.next, grads):  # a strict zip costs 60 ns a node; apply's length is generated
            if edge is None:
                continue
            kind = edge.__class__
            if kind is tuple or kind is Out:
                self._elsewhere(node, edge, grad)
                continue
            inner = isinstance(edge, Node)
            if grad is not None and (needed is None or edge in needed):
                if inner:
                    shape, key = edge.shape, edge.k
                else:
                    shape, key = edge._a.shape, edge._k
                    if key & LEVEL:
                        shape = tuple(edge.shape)
                held = not node.fresh or (_may_share(grad, g) and (borrowed or not single))
                if grad._a.shape != shape or (grad._k ^ key) & _FITS:
                    fitted = fit(grad, shape, key, node)
                    held, grad = held and fitted is grad, fitted
                if edge in buffers:
                    before = buffers[edge]
                    buffers[edge] = met(before, grad) if before._k & LAYOUTS else _add(before, grad)
                    shared.discard(edge)
                else:
                    buffers[edge] = grad
                    if held:
                        shared.add(edge)
            left = incoming[edge] - 1
            if left:
                incoming[edge] = left
            elif inner and needed is None:
                heapq.heappush(self.heap, (-edge.seq, edge))
            elif plain and not inner:
                self._give(edge, buffers.pop(edge, None))
            else:
                incoming[edge] = 0
                self._ready(edge)

    def _give(self, leaf: Tensor, grad: Tensor | None) -> None:
        """Hand a leaf without hooks its gradient."""
        if grad is None:
            return
        shared = leaf in self.shared
        if leaf._grad is None and not self.create_graph and not shared and grad._base is None and not grad._k & _ODD:
            leaf._grad = grad
        else:
            accumulate_into(leaf, grad, self.create_graph, shared)

    def _elsewhere(self, node: Node, edge: Any, grad: Any) -> None:
        """Deliver along an edge to one of several outputs, or along the edges of a list argument."""
        if edge.__class__ is tuple:
            self._spread(node, edge, grad)
        else:
            self.deliver(edge, None if grad is None else fit(grad, edge.node.shape[edge.index], 0, node))

    def _spread(self, node: Node, edges: tuple[Any, ...], grads: Any) -> None:
        for i, edge in enumerate(edges):
            if edge is not None:
                grad = None if grads is None else grads[i]
                if grad is not None:
                    grad = fit(grad, *expected(edge), node)
                self.deliver(edge, grad)

    def _apply(self, node: Node, g: Any) -> tuple[Any, ...]:
        if TL.st.bits & ANOMALY:
            from .anomaly import apply_checked  # noqa: PLC0415  # only under anomaly mode

            grads = apply_checked(node, g)
        else:
            grads = node.apply(g)
        if node.k & HOOKED:
            for hook in list(node.extra.get("post", {}).values()):
                replaced = hook(grads, tuple(g) if isinstance(g, list) else (g,))
                if replaced is not None:
                    grads = replaced if isinstance(replaced, tuple) else (replaced,)
        trace = TL.st.data.get("trace")
        if trace is not None:
            trace.node(node, g, grads)
        return grads

    def _before(self, node: Node, g: Any) -> Any:
        """Tensor hooks, retained gradients, pre-hooks and captures of a node's cotangents, in torch's order."""
        many = isinstance(g, list)
        values = list(g) if many else [g]
        if node.k & HOOKED:
            for i in range(len(values)):
                values[i] = _tensor_hooks(node.extra.get(("tensor", i)), values[i])
            for i in range(len(values)):
                keep = node.extra.get(("retain", i))
                if keep is not None and values[i] is not None and (t := keep()) is not None:
                    t._grad = values[i]
            for hook in list(node.extra.get("pre", {}).values()):
                replaced = hook(tuple(values))
                if replaced is not None:
                    values = list(replaced) if isinstance(replaced, tuple) else [replaced]
        for i, value in enumerate(values):
            if (node, i) in self.capture and value is not None:
                self.captured[(node, i)] = value
        return values if many else values[0]

    def _leaf(self, leaf: Tensor) -> None:
        grad = self.buffers.pop(leaf, None)
        if grad is None:
            return
        hooks = LEAF_HOOKS.get(id(leaf)) if LEAF_HOOKS else None
        if hooks:
            grad = _tensor_hooks(hooks.get("tensor"), grad)
        trace = TL.st.data.get("trace")
        if trace is not None and (not self.capture or leaf in self.capture):
            trace.leaf(leaf, grad)
        if self.capture and not self.accumulate:
            if leaf in self.capture:
                self.captured[leaf] = grad
            return
        if self.capture and leaf not in self.capture:
            return
        if hooks:
            for hook in list(hooks.get("pre", {}).values()):
                replaced = hook((grad,))
                grad = grad if replaced is None else (replaced[0] if isinstance(replaced, tuple) else replaced)
        accumulate_into(leaf, grad, self.create_graph, leaf in self.shared or bool(hooks))
        if hooks:
            for hook in list(hooks.get("node_post", {}).values()):
                hook((), (grad,))
            for hook in list(hooks.get("post", {}).values()):
                hook(leaf)


def _may_share(grad: Tensor, g: Any) -> bool:
    """Whether a gradient may be the cotangent it was computed from, or memory of it; one of several cotangents is never handed on."""
    if grad is g:
        return True
    storage = grad._storage
    return storage is not None and g.__class__ is not list and storage is g._storage


def _tensor_hooks(hooks: dict[int, Any] | None, grad: Any) -> Any:
    if not hooks or grad is None:
        return grad
    for hook in list(hooks.values()):
        replaced = hook(grad)
        if replaced is not None:
            if not isinstance(replaced, Tensor):
                raise TypeError(f"expected Tensor, but hook returned '{type(replaced).__name__}'")
            grad = replaced
    return grad
