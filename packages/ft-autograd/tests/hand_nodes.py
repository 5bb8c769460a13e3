"""Nodes of the backward graph made by hand, for tests of the engine: a function is given, and what ran is logged."""

from ft_autograd.engine import run
from ft_autograd.node import FRESH, Node, next_seq
from ft_core.keys import GRAD
from ft_dispatch import surface as torch

K = torch.zeros(1)._k | GRAD


class Hand(Node):
    """A node whose function is given; `log` gets its name when it runs, `gone` counts releases."""

    __slots__ = ("function", "gone", "log", "n_outputs", "tag", "traits")

    def apply(self, g):
        if self.log is not None:
            self.log.append(self.tag)
        return self.function(g)

    def release(self):
        self.gone += 1


class Below(Hand):
    """Not derived from Node directly: it takes the engine's general road."""

    __slots__ = ()


def node(function, *edges, shape=(), traits=FRESH, outputs=1, log=None, tag="", k=K, kind=Hand):
    made = kind.__new__(kind)
    made.function, made.next, made.shape, made.traits = function, edges, shape, traits
    made.n_outputs, made.log, made.tag, made.gone, made.k, made.seq = outputs, log, tag, 0, k, next_seq()
    return made


def leaf(*shape, kind=torch.float32):
    return torch.zeros(*shape, dtype=kind).requires_grad_()


def number(value):
    return torch.tensor(float(value))


def same(g):
    return (g,)


def double(g):
    return (g * 2,)


def backward(root, *, g=None, retain_graph=False, **kwargs):
    given = number(1) if g is None else g
    return run([root], [given], retain_graph=retain_graph, **{"create_graph": False, **kwargs})
