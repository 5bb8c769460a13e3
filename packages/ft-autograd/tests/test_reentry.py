"""Backwards inside backwards: as deep as wanted in strict mode, to a limit in hardened mode, with the state and errors of one thread."""

import threading

import pytest

import ft_autograd as autograd
from ft_autograd import reentry
from ft_autograd.checkpoint import checkpoint
from ft_dispatch import surface as torch
from ft_dispatch.ledger import ledger
from ft_dispatch.mode import mode


class Nested(autograd.Function):
    """The identity times two to the n, whose backward runs a backward through n - 1 of it."""

    @staticmethod
    def forward(ctx, x, n, seen):
        ctx.n, ctx.seen = n, seen
        ctx.save_for_backward(x)
        return x * 1

    @staticmethod
    def backward(ctx, g):
        ctx.seen.append((threading.current_thread().name, autograd.is_grad_enabled()))
        (x,) = ctx.saved_tensors
        if ctx.n == 0:
            return g, None, None
        if ctx.n < 0:
            raise ValueError("deep inside")
        with autograd.enable_grad():
            y = x.detach().requires_grad_()
            z = Nested.apply(y, ctx.n - 1 if ctx.n != 45 else -1 if "fail" in ctx.seen else 44, ctx.seen) * 2
        z.backward(g)
        return y.grad, None, None


def run(depth, *marks):
    x = torch.ones(2, dtype=torch.float64).requires_grad_()
    seen = list(marks)
    Nested.apply(x, depth, seen).sum().backward()
    return x.grad[0].item() / 2.0**depth, seen


def test_strict_mode_goes_as_deep_as_it_must():
    factor, seen = run(400)
    assert factor == 1
    assert len(seen) == 401
    assert len({name for name, _ in seen}) == 21
    assert not any(recorded for _, recorded in seen)
    assert autograd.is_grad_enabled()


def test_an_error_comes_back_through_the_threads():
    with pytest.raises(ValueError, match="deep inside"):
        run(60, "fail")
    assert run(3)[0] == 1


def test_hardened_mode_has_a_limit_and_says_so():
    with mode("hardened"), ledger.recording() as entries:
        assert run(reentry.LIMIT)[0] == 1
        assert entries == []
        with pytest.raises(RuntimeError, match="backward called inside backward, 61 deep: hardened mode goes 60 deep"):
            run(reentry.LIMIT + 1)
    (entry,) = entries
    assert (entry.op, entry.action) == ("backward", "refused: hardened mode goes 60 deep")
    assert run(reentry.LIMIT + 1)[0] == 1


@pytest.mark.filterwarnings("ignore:None of the inputs")  # the inner calls, where nothing is recorded
def test_nested_checkpoints_of_the_old_kind():
    def deep(x, n):
        return x.sin() if n == 0 else checkpoint(deep, x * 1.01, n - 1, use_reentrant=True)

    x = torch.ones(3, dtype=torch.float64).requires_grad_()
    deep(x, 70).sum().backward()
    y = torch.ones(3, dtype=torch.float64).requires_grad_()
    (y * 1.01**70).sin().sum().backward()
    assert torch.allclose(x.grad, y.grad, rtol=1e-10)


def test_the_trace_holds_what_ran_inside():
    with autograd.record() as trace:
        run(45)
    assert sum(entry.name == "NestedBackward" for entry in trace.entries) == 46
