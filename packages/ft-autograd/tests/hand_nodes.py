"""Nodes of the backward graph made by hand, for tests of the engine: a function is given, and what ran is logged."""

from functools import cache

from ft_autograd.engine import run
from ft_autograd.node import FRESH, SEQ, SINGLE, Node
from ft_core.keys import GRAD
from ft_dispatch import surface as torch

K = torch.zeros(1)._k | GRAD


class Below(Node):
    """Nodes that are not derived from Node directly, as users' are not, take the engine's general road."""

    __slots__ = ()


def _apply(node, g):
    if node.log is not None:
        node.log.append(node.tag)
    return node.function(g)


def _release(node):
    node.gone += 1


@cache
def hand(traits, outputs, base=Node):
    """The class of nodes with these traits and so many outputs."""
    body = {"traits": traits, "n_outputs": outputs, "apply": _apply, "release": _release}
    return type("Hand", (base,), {"__slots__": ("function", "gone", "log", "tag"), **body})


def node(function, *edges, shape=(), traits=FRESH, outputs=1, log=None, tag="", k=K, base=Node):
    """A node whose backward is `function`; `log` gets `tag` when it runs, `gone` counts releases."""
    if len(edges) == 1 and not isinstance(edges[0], tuple):
        traits |= SINGLE
    made = object.__new__(hand(traits, outputs, base))
    made.function, made.next, made.shape = function, edges, shape
    made.log, made.tag, made.gone, made.k, made.seq = log, tag, 0, k, next(SEQ)
    return made


def leaf(*shape, kind=torch.float32):
    return torch.zeros(shape, dtype=kind).requires_grad_()


def number(value):
    return torch.tensor(float(value))


def same(g):
    return (g,)


def double(g):
    return (g * 2,)


def backward(root, *, g=None, retain_graph=False, **kwargs):
    given = number(1) if g is None else g
    return run([root], [given], retain_graph=retain_graph, **{"create_graph": False, **kwargs})
