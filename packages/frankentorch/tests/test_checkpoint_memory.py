"""What checkpointing is for: a deep network's backward in a third of the memory, with the same gradients."""

import tracemalloc

import pytest

import frankentorch as torch
from frankentorch import nn
from frankentorch.utils.checkpoint import checkpoint_sequential


def peak(run):
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("reentrant", [False, True])
def test_a_deep_mlp_needs_a_third_of_the_memory(reentrant):
    torch.manual_seed(0)
    net = nn.Sequential(*[layer for _ in range(50) for layer in (nn.Linear(64, 64), nn.Tanh())])
    x = torch.randn(2048, 64, requires_grad=reentrant)  # else reentry would leave the first piece without gradients
    net(x).square().mean().backward()
    expected = [p.grad.clone() for p in net.parameters()]
    net.zero_grad(set_to_none=False)  # the gradients' own memory is in neither figure
    plain = peak(lambda: net(x).square().mean().backward())
    net.zero_grad(set_to_none=False)
    saving = peak(lambda: checkpoint_sequential(net, 10, x, use_reentrant=reentrant).square().mean().backward())
    assert saving <= plain / 3
    assert all(torch.equal(p.grad, g) for p, g in zip(net.parameters(), expected, strict=True))
