"""A trace shows the graph as torch has it, whether a linear map ran as one node or, since somebody had looked at it, as its pieces."""

import pytest

import ft_autograd as autograd
from ft_autograd import replay
from ft_dispatch import surface as torch


def leaf(*shape):
    return torch.randn(shape).requires_grad_()


def plain():
    x, w, b = torch.randn(5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), None


def leaf_input():
    x, w, b = leaf(5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), None


def input_is_weight():
    x, b = leaf(4, 4), leaf(4)
    return torch.linear(x, x, b).tanh().sum(), None


def shared_weight():
    x, w, b = torch.randn(5, 4), leaf(4, 4), leaf(4)
    linear = torch.linear
    return linear(linear(x, w, b).tanh(), w, b).sum(), None


def computed_weight():
    x, w, b = torch.randn(5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w * 2, b).tanh().sum(), None


def frozen_weight():
    x, w, b = leaf(5, 4), torch.randn(3, 4), leaf(3)
    return torch.linear(x, w, b).sum(), None


def only_bias():
    x, w, b = leaf(5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), [b]


def only_weight():
    x, w, b = leaf(5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), [w]


def rows():
    x, w, b = torch.randn(2, 5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), None


def rows_of_a_leaf():
    x, w, b = leaf(2, 5, 4), leaf(4, 4), leaf(4)
    return torch.linear(torch.linear(x, w, b).tanh(), w, b).sum(), None


def rows_for_the_weight():
    x, w, b = leaf(2, 5, 4), leaf(3, 4), leaf(3)
    return torch.linear(x, w, b).tanh().sum(), [w]


def large():
    x, w, b = torch.randn(64, 128), leaf(100, 128), leaf(100)
    return torch.linear(x, w, b).tanh().sum(), None


GRAPHS = [
    plain,
    leaf_input,
    input_is_weight,
    shared_weight,
    computed_weight,
    frozen_weight,
    only_bias,
    only_weight,
    rows,
    rows_of_a_leaf,
    rows_for_the_weight,
    large,
]


def look(node, seen):
    """Walk the graph as a user does, so that fused nodes fall into pieces."""
    for following, _ in [] if node in seen else node.next_functions:
        if following is not None:
            look(following, seen)
    seen.add(node)


def traced(make, looked):
    torch.manual_seed(0)
    out, inputs = make()
    if looked:
        look(out.grad_fn, set())
    with autograd.record() as trace:
        out.backward(inputs=inputs)
    return trace


@pytest.mark.parametrize("make", GRAPHS, ids=lambda make: make.__name__)
def test_one_trace_fused_and_in_pieces(make):
    fused, pieces = traced(make, False), traced(make, True)
    assert len(fused) == len(pieces)
    assert fused.entries == pieces.entries
    assert "AddmmBackward0" in [e.name for e in fused.entries]
    assert ("TBackward0" in [e.name for e in fused.entries]) == (make not in {frozen_weight, only_bias})


def test_what_waits_is_hashed_when_it_is_much(monkeypatch):
    late = traced(shared_weight, False)
    monkeypatch.setattr(replay, "PENDING", 100)
    early = traced(shared_weight, False)
    assert len(early._entries) > 0
    assert early._bytes <= 100
    assert len(late._entries) == 0
    assert early.entries == late.entries


def test_what_waits_is_what_arrived_whatever_became_of_it():
    x = leaf(3)
    y = x * 2
    seen = []
    y.register_hook(seen.append)
    with autograd.record() as trace:
        y.exp().sum().backward()
        before = x.grad.clone()
        seen[0].zero_()
        x.grad.zero_()
    leaves = [e for e in trace.entries if e.name.endswith("AccumulateGrad")]
    assert leaves[0].gradients[0].values() == f"[{', '.join(f'{v:.9g}' for v in before.tolist())}]"
