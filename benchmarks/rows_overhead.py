"""The overhead ladder: what a call costs when there is next to nothing to compute, from one op to a training step of a tiny net.

Every rung contains the ones below it, so a step that is slower than its parts shows where to look.
"""

from __future__ import annotations

from typing import Any

from .row import Names, row

LADDER = "ladder"


def eights(torch: Any) -> Names:
    """Vectors of 8, with and without gradient, and a matrix."""
    return {
        "torch": torch,
        "add": torch.add,
        "x": torch.full((8,), 0.5),
        "y": torch.full((8,), 0.25),
        "p": torch.full((8,), 0.5, requires_grad=True),
        "q": torch.full((8,), 0.25, requires_grad=True),
        "z": torch.zeros(8),
        "m": torch.full((8, 8), 0.5),
    }


row("add, 8 elements", "add(x, y)", group=LADDER, target=0.8)(eights)
row("add, operator", "x + y", group=LADDER, target=0.8)(eights)
row("add, recorded", "add(p, y)", group=LADDER, target=1.0)(eights)
row("add_", "x.add_(z)", group=LADDER, target=0.8)(eights)
row("mul by a number", "x * 1.5", group=LADDER, target=0.8)(eights)
row("tanh, recorded", "p.tanh()", group=LADDER, target=1.0)(eights)
row("t() view", "m.t()", group=LADDER, target=1.0)(eights)
row("sum", "x.sum()", group=LADDER, target=1.0)(eights)
row("mul, sum, backward", "p.grad = q.grad = None; (p * q).sum().backward()", group=LADDER, target=0.4)(eights)


@row("Linear(8, 8) call", "layer(x)", group=LADDER, target=0.8)
def linear(torch: Any) -> Names:
    """A module call on one row, recorded."""
    return {"layer": torch.nn.Linear(8, 8), "x": torch.randn(1, 8)}


def chained(torch: Any) -> Names:
    """A thousand recorded ops, one after the other, then all the way back."""

    def run(x: Any, length: int) -> None:
        x.grad = None
        y = x
        for _ in range(length):
            y = y.neg()
        y.sum().backward()

    return {"run": run, "x": torch.full((8,), 0.5, requires_grad=True)}


row("chain of 1,000, forward and backward", "run(x, 1000)", group=LADDER, target=0.6)(chained)


def policy_step(torch: Any) -> Names:
    """A policy net of 4-32-32-2 on one observation: forward, backward, SGD.

    The rate is so small that the weights stay what they are.
    """
    nn = torch.nn
    net = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 2))
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-6)
    observation, advantage = torch.randn(1, 4), torch.tensor([[1.0, -1.0]])

    def step() -> None:
        loss = (net(observation) * advantage).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return {"step": step}


row("policy step, 4-32-32-2, SGD", "step()", group=LADDER, target=0.45)(policy_step)
