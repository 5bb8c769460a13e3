"""Checkpointing beyond one call and one backward: groups of backwards, and what the debug mode says where two runs differ."""

import pytest

import ft_autograd as autograd
from ft_autograd.checkpoint import CheckpointError, GraphExecGroup, checkpoint, set_checkpoint_debug_enabled
from ft_dispatch import surface as torch


@pytest.fixture
def x():
    return torch.linspace(-1, 1, 6).requires_grad_()


def counted(function):
    def run(x):
        run.calls += 1
        return function(x)

    run.calls = 0
    return run


def halves(x):
    return x[:3].sin().exp(), x[3:].cos().exp()


def test_each_backward_runs_again(x):
    f = counted(halves)
    first, second = checkpoint(f, x, use_reentrant=False, early_stop=False)
    first.sum().backward(retain_graph=True)
    second.sum().backward(retain_graph=True)
    assert f.calls == 3


def test_a_group_runs_again_once(x):
    f = counted(halves)
    expected = autograd.grad(sum(part.sum() for part in halves(x)), x)[0]
    first, second = checkpoint(f, x, use_reentrant=False, early_stop=False)
    with GraphExecGroup():
        first.sum().backward(retain_graph=True)
        second.sum().backward()
    assert f.calls == 2
    assert torch.equal(x.grad, expected)
    with GraphExecGroup(), pytest.raises(RuntimeError, match="GraphExecGroup contexts cannot be nested"):
        GraphExecGroup().__enter__()


def turns(x):
    turns.calls += 1
    return x.sin().exp() if turns.calls % 2 else x.cos().tanh().exp()


def broken(x, **further):
    turns.calls = 0
    out = checkpoint(turns, x, use_reentrant=False, early_stop=False, **further)
    with pytest.raises(CheckpointError) as raised:
        out.sum().backward()
    return str(raised.value)


def test_debug_shows_the_ops_of_both_runs(x):
    said = broken(x, debug=True)
    assert said.startswith("An error happened while unpacking tensors")
    assert "$1: torch.float32[6] = torch.ops.aten.sin.default($0)   (1 of 2 in original)" in said
    assert "= torch.ops.aten.tanh.default($1)   (2 of 3 in recompute)" in said
    assert f"{__file__}:" in said
    assert "ft_autograd/checkpoint.py:" not in said
    assert "A different number of tensors was saved" in broken(x)


def test_debug_for_a_block(x):
    with set_checkpoint_debug_enabled(True):
        assert "in recompute)" in broken(x)
    with set_checkpoint_debug_enabled(False):
        assert "in recompute)" not in broken(x, debug=True)
    with set_checkpoint_debug_enabled(None):
        assert "in recompute)" in broken(x, debug=True)
    with pytest.raises(ValueError, match="debug=True is incompatible with non-default context_fn"):
        checkpoint(halves, x, use_reentrant=False, debug=True, context_fn=lambda: (None, None))


def test_debug_changes_no_gradient(x):
    checkpoint(lambda x: x.sin().exp(), x, use_reentrant=False, debug=True).sum().backward()
    assert torch.equal(x.grad, autograd.grad(x.sin().exp().sum(), x)[0])


@pytest.mark.parametrize("reentrant", [False, True])
def test_the_second_run_has_the_autocast_of_the_first(reentrant):
    w = torch.linspace(-1, 1, 12).reshape(3, 4).requires_grad_()
    x = torch.linspace(0, 2, 6).reshape(2, 3).requires_grad_()
    seen = []

    def f(x, w):
        y = x @ w
        seen.append(y.dtype)
        return y.tanh()

    with torch.autocast("cpu"):
        out = checkpoint(f, x, w, use_reentrant=reentrant)
        expected = autograd.grad((x @ w).tanh().float().sum(), (x, w))
    out.float().sum().backward()
    assert seen == [torch.bfloat16] * 2
    for t, g in zip((x, w), expected, strict=True):
        assert torch.equal(t.grad, g)
