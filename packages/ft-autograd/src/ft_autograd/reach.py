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

    __slots__ = ("__weakref__", "_reached", "needed", "roots", "tips")

    def __init__(self, roots: Sequence[Any], wanted: frozenset[Any] | None) -> None:
        self.roots = roots
        self.needed: set[Any] | None = None
        self.tips: set[Any] | None = None
        self._reached: dict[Any, int] | None = None
        if wanted is not None:
            self._limit(wanted)

    def runs(self, edge: Any) -> bool:
        """Whether this backward computes the gradient along `edge`."""
        vertex = vertex_of(edge)
        if self.needed is not None:
            return vertex in self.needed
        if self._reached is None:
            self._reached = reach(self.roots)
        return vertex in self._reached

    def _limit(self, wanted: frozenset[Any]) -> None:
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
