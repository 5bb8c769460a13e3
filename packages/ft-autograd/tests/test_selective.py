"""Selective checkpointing keeps what the policy says and computes the rest again, with the same gradients."""

import functools

import pytest

from ft_autograd.checkpoint import checkpoint
from ft_autograd.selective import CheckpointPolicy, create_selective_checkpoint_contexts
from ft_dispatch import surface as torch
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.packets import ops

MM = ops.aten.mm.default


class Seen(TorchDispatchMode):
    def __init__(self):
        self.names = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.names.append(str(func))
        return func(*args, **(kwargs or {}))


def setting():
    torch.manual_seed(0)
    return torch.randn(4, 4).requires_grad_(), torch.randn(4, 4).requires_grad_()


def f(a, b):
    return ((a @ b).tanh() @ b).sin().sum()


def policy(ctx, func, *args, **kwargs):
    return CheckpointPolicy.MUST_SAVE if func is MM else CheckpointPolicy.PREFER_RECOMPUTE


def run(**options):
    a, b = setting()
    out = checkpoint(f, a, b, use_reentrant=False, **options)
    with Seen() as seen:
        out.backward()
    return a.grad, b.grad, seen.names


def contexts(what, **options):
    return functools.partial(create_selective_checkpoint_contexts, what, **options)


@pytest.mark.parametrize("what", [[MM], policy, lambda ctx, func, *args: func is MM], ids=["list", "policy", "bool"])
def test_saved_ops_do_not_run_again(what):
    a, b = setting()
    f(a, b).backward()
    *grads, names = run(context_fn=contexts(what))
    assert torch.equal(grads[0], a.grad)
    assert torch.equal(grads[1], b.grad)
    assert "aten.mm.default" not in names
    assert "aten.tanh.default" in names
    assert run()[2].count("aten.mm.default") == 2


def test_a_policy_hears_which_run_it_is():
    heard = []

    def asked(ctx, func, *args, **kwargs):
        heard.append(ctx.is_recompute)
        return CheckpointPolicy.PREFER_RECOMPUTE

    run(context_fn=contexts(asked))
    assert False in heard
    assert True in heard
    assert heard == sorted(heard)


def test_a_function_that_runs_other_ops_again():
    a, b = setting()
    calls = []

    def changing(x, y):
        calls.append(1)
        return ((x @ y).tanh() @ y if len(calls) == 1 else ((x @ y) @ y).tanh() @ y).sin().sum()

    out = checkpoint(changing, a, b, use_reentrant=False, context_fn=contexts([MM]))
    with pytest.raises(RuntimeError, match=r"aten\.mm\.default encountered during backward, but not found in storage"):
        out.backward()


def test_bad_policies():
    with pytest.raises(TypeError, match="must be either a function or a list of ops"):
        create_selective_checkpoint_contexts(3)
    with pytest.raises(ValueError, match="to be an OpOverload"):
        create_selective_checkpoint_contexts([ops.aten.mm])


@pytest.mark.parametrize("policy", [CheckpointPolicy.MUST_CPU_OFFLOAD, CheckpointPolicy.PREFER_CPU_OFFLOAD])
def test_offloaded_results_come_back(policy):
    ran = []

    def chosen(ctx, op, *args, **kwargs):
        if not ctx.is_recompute:
            ran.append(tuple(ctx.op_output.shape))
        return policy if op == MM else CheckpointPolicy.PREFER_RECOMPUTE

    x, w = torch.ones(2, 3).requires_grad_(), torch.ones(3, 2).requires_grad_()
    y = checkpoint(
        lambda a: (a @ w).sin(), x, use_reentrant=False, context_fn=functools.partial(create_selective_checkpoint_contexts, chosen)
    )
    y.sum().backward()
    assert torch.allclose(x.grad, torch.full((2, 3), 2 * torch.tensor(3.0).cos().item()))
    assert (2, 2) in ran
