"""What a backward reaches from its roots, and which part of it the wanted inputs need. Walked only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .node import Node, Out


def vertex_of(edge: Any) -> Any:
    """Where an edge leads: a node, or a leaf."""
    return edge.node if edge.__class__ is Out else edge


def edges_of(node: Node) -> list[Any]:
    """The edges of a node that lead somewhere, those of list arguments included."""
    found = []
    for edge in node.next:
        if edge is None:
            continue
        if edge.__class__ is tuple:
            found.extend([e for e in edge if e is not None])
        else:
            found.append(edge)
    return found


def reach(roots: Iterable[Any]) -> dict[Any, int]:
    """Every vertex reachable from `roots`, and how many edges lead into it from reachable ones."""
    incoming = dict.fromkeys([vertex_of(root) for root in roots], 0)
    stack = [vertex for vertex in incoming if isinstance(vertex, Node)]
    while stack:
        for edge in edges_of(stack.pop()):
            vertex = vertex_of(edge)
            if vertex in incoming:
                incoming[vertex] += 1
            else:
                incoming[vertex] = 1
                if isinstance(vertex, Node):
                    stack.append(vertex)
    return incoming


class Graph:
    """The graph of one backward. `needed`: vertices its wanted inputs are reached from (None: all are); `tips`: those without another behind."""

    __slots__ = ("__weakref__", "needed", "roots", "tips")
    roots: Sequence[Any]
    needed: set[Any] | None
    tips: set[Any] | None

    def runs(self, edges: Iterable[Any]) -> list[bool]:
        """Whether this backward computes the gradient along each of `edges`."""
        computed = reach(self.roots) if self.needed is None else self.needed
        return [vertex_of(edge) in computed for edge in edges]

    def limit(self, wanted: frozenset[Any]) -> None:
        """Find what is needed for `wanted`."""
        reached = reach(self.roots)
        needed = {vertex for vertex in wanted if vertex in reached}
        tips = {vertex for vertex in needed if isinstance(vertex, Node)}
        nodes = [vertex for vertex in reached if isinstance(vertex, Node)]
        nodes.sort(key=lambda node: node.seq)  # what a node leads to was recorded before it
        for node in nodes:
            if any(vertex_of(edge) in needed for edge in edges_of(node)):
                needed.add(node)
                tips.discard(node)
        self.needed, self.tips = needed, tips


def take_apart(roots: Iterable[Any]) -> None:
    """Show the graph as users see it: fused nodes in pieces."""
    seen = {vertex_of(root) for root in roots}
    stack = [vertex for vertex in seen if isinstance(vertex, Node)]
    while stack:
        for edge in edges_of(stack.pop().public()):
            vertex = vertex_of(edge)
            if vertex not in seen:
                seen.add(vertex)
                if isinstance(vertex, Node):
                    stack.append(vertex)
