"""Capture: a step recorded below autograd replays bit for bit, and refuses what it cannot repeat."""

import linecache

import numpy as np
import pytest

import ft_autograd
from ft_core import device
from ft_dispatch import surface as torch
from ft_dispatch.trace import GuardError, TraceError, capture

RNG = np.random.default_rng(7)


def tensor(*shape, grad=False, dtype=np.float32):
    t = torch.tensor((RNG.standard_normal(shape) * 0.4).astype(dtype))
    return t.requires_grad_() if grad else t


def parameters(seed):
    rng = np.random.default_rng(seed)
    sizes = ((32, 4), (32,), (32, 32), (32,), (2, 32), (2,))
    return [torch.tensor((rng.standard_normal(s) * 0.3).astype(np.float32)).requires_grad_() for s in sizes]


def step_of(params, zero="first"):
    w1, b1, w2, b2, w3, b3 = params

    def step(x, y, lr):
        if zero == "first":
            for p in params:
                p.grad = None
        h = torch.addmm(b1, x, w1.t()).tanh()
        h = torch.addmm(b2, h, w2.t()).relu()
        loss = ((torch.addmm(b3, h, w3.t()) - y) ** 2).mean()
        loss.backward()
        with ft_autograd.no_grad():
            for p in params:
                p.add_(p.grad, alpha=-lr)
        if zero == "last":
            for p in params:
                p.grad = None
        return loss

    return step


@pytest.mark.parametrize("zero", ["first", "last"])
def test_mlp_step_replays_bit_for_bit(zero):
    eager, replayed = parameters(0), parameters(0)
    step = step_of(eager, zero)
    program = capture(step_of(replayed, zero), tensor(1, 4), tensor(1, 2), 0.1)
    assert all(np.array_equal(p.detach().numpy(), q.detach().numpy()) for p, q in zip(eager, replayed, strict=True)), (
        "capture computed"
    )
    for i in range(10):
        x, y, lr = tensor(1, 4), tensor(1, 2), 0.1 / (i + 1)
        assert step(x, y, lr).item() == program(x, y, lr).item()
        for p, q in zip(eager, replayed, strict=True):
            assert np.array_equal(p.detach().numpy(), q.detach().numpy())
            assert (p.grad is None) == (q.grad is None)
            if p.grad is not None:
                assert np.array_equal(p.grad.numpy(), q.grad.numpy())


def test_versions_rise_as_in_eager_mode():
    params = parameters(1)
    program = capture(step_of(params), tensor(1, 4), tensor(1, 2), 0.1)
    before = [p._version for p in params]
    program(tensor(1, 4), tensor(1, 2), 0.1)
    assert [p._version - b for p, b in zip(params, before, strict=True)] == [1] * 6


def test_the_source_is_readable_and_in_tracebacks():
    program = capture(lambda x: x.exp() * 2 + x, tensor(3))
    text = program.replay_source()
    assert text.startswith("def replay(x0):")
    assert "aten::exp float32[3]" in text
    assert "".join(linecache.getlines(program._replay.__code__.co_filename)) == text


def test_buffers_are_reused_and_dead_steps_dropped():
    def chain(x):
        x.sin()  # nobody uses it
        for _ in range(8):
            x = (x * 1.5).tanh()
        return x

    program = capture(chain, tensor(1000))
    assert [n.name for n in program.nodes].count("sin") == 0
    assert len(program.nodes) == 16
    assert "4000 bytes of buffers in 1 slots" in program.replay_source()
    x = tensor(1000)
    assert np.array_equal(program(x).numpy(), chain(x).numpy())


def test_results_are_not_overwritten_by_the_next_run():
    program = capture(lambda x: (x * 2).exp(), tensor(4))
    x = tensor(4)
    first = program(x)
    kept = first.numpy().copy()
    program(tensor(4))
    assert np.array_equal(first.numpy(), kept)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.t() @ x,
        lambda x: x.t().contiguous() + 1,
        lambda x: x.sum(0) + x.mean(1).sum(),
        lambda x: x.narrow(0, 1, 2).exp(),
        lambda x: (x.t() + x.t()).reshape(-1),
        lambda x: x.clone().t().mul_(3).t(),
        lambda x: torch.where(x > 0, x, -x),
        lambda x: x.to(torch.float64).cumsum(0).to(torch.float32),
        lambda x: x.to(torch.bfloat16) * 3 + 1,
        lambda x: torch.softmax(x, 1),
        lambda x: x.amax(1, keepdim=True) - torch.zeros(3, 1),
        lambda x: x.max(1),
        lambda x: {"a": [x + 1, (x.exp(), 3)], "b": None},
        lambda x: torch.arange(3.0).unsqueeze(1) * x,
    ],
)
def test_replay_equals_eager(function):
    program = capture(function, tensor(3, 4))
    for _ in range(2):
        x = tensor(3, 4)
        same(program(x), function(x))


def same(got, want):
    if isinstance(want, (list, tuple)):
        assert len(got) == len(want)
        for a, b in zip(got, want, strict=True):
            same(a, b)
    elif isinstance(want, dict):
        same(list(got.values()), list(want.values()))
    elif isinstance(want, torch.Tensor):
        assert (got.dtype, got.shape, got.stride()) == (want.dtype, want.shape, want.stride())
        assert np.array_equal(np.asarray(got.to(torch.float64).numpy()), np.asarray(want.to(torch.float64).numpy()), equal_nan=True)
    else:
        assert got == want


def test_arguments_written_to_change_outside():
    def fill(x):
        x.narrow(0, 1, 2).mul_(10)
        return x.sum()

    program = capture(fill, torch.ones(4))
    x = torch.ones(4)
    assert program(x).item() == 22
    assert x.tolist() == [1, 10, 10, 1]
    assert x._version == 1


def test_floats_are_inputs_and_the_branches_they_took_are_guards():
    def scaled(x, lr, power):
        y = x * (1 - lr) ** 2 if lr < 0.5 else x
        return y + power / 4

    program = capture(scaled, torch.ones(2), 0.25, 1.0)
    for lr, power in ((0.25, 1.0), (0.125, 3.0), (0.0, -2.0)):
        assert program(torch.ones(2), lr, power).tolist() == scaled(torch.ones(2), lr, power).tolist()
    with pytest.raises(GuardError, match=r"r0 < 0\.5"):
        program(torch.ones(2), 0.75, 1.0)


def test_static_arguments_and_shapes_are_guarded():
    program = capture(lambda x, n: x * n, torch.ones(3), 2)
    assert program(torch.ones(3), 2).tolist() == [2, 2, 2]
    with pytest.raises(GuardError, match="static and was 2"):
        program(torch.ones(3), 3)
    with pytest.raises(GuardError, match=r"shape \(3,\)"):
        program(torch.ones(4), 2)
    with pytest.raises(GuardError, match="float64"):
        program(torch.ones(3, dtype=torch.float64), 2)
    with pytest.raises(GuardError, match="strides"):
        program(torch.ones(6).as_strided((3,), (2,)), 2)


def test_memory_outside_is_guarded():
    w = torch.ones(3)
    program = capture(lambda x: x * w, torch.ones(3))
    w.mul_(2)
    assert program(torch.ones(3)).tolist() == [2, 2, 2]
    w.data = torch.zeros(3)
    with pytest.raises(GuardError, match="other memory"):
        program(torch.ones(3))


def test_gradients_that_would_accumulate_are_guarded():
    w = tensor(3, grad=True)
    program = capture(lambda x: (x * w).sum().backward(), torch.ones(3))
    assert w.grad is None
    program(torch.ones(3))
    assert w.grad.tolist() == [1, 1, 1]
    with pytest.raises(GuardError, match="grad of a parameter was None"):
        program(torch.ones(3))
    w.grad = None
    program(torch.ones(3))


@pytest.mark.parametrize("look", [torch.Tensor.item, bool, torch.Tensor.tolist, float, repr])
def test_values_are_refused(look):
    with pytest.raises(TraceError, match="may not look at values"):
        capture(lambda x: look(x.sum()), torch.ones(2))
    assert torch.ones(2).sum().item() == 2


def test_a_failed_capture_leaves_nothing_behind():
    w = tensor(3, grad=True)

    def broken(x):
        (x * w).sum().backward()
        raise KeyError("no")

    with pytest.raises(KeyError):
        capture(broken, torch.ones(3))
    assert w.grad is None
    assert (w * 2).shape == (3,)


def test_leaked_stand_ins_say_so():
    kept = []
    capture(lambda x: kept.append(x + 1) or x * 2, torch.ones(2))
    with pytest.raises(TraceError, match="return it instead of keeping it"):
        kept[0] + 1
    with pytest.raises(TraceError, match="earlier capture"):
        capture(lambda x: x + kept[0], torch.ones(2))


def test_captures_do_not_nest():
    with pytest.raises(TraceError, match="in progress"):
        capture(lambda x: capture(lambda y: y, x), torch.ones(2))


def test_sizes_that_depend_on_data_are_refused():
    with pytest.raises(TraceError, match="depends on data"):
        capture(torch.bincount, torch.tensor([1, 2]))


def test_devices_do_not_change_inside():
    with pytest.raises(TraceError, match="one device"):
        capture(lambda x: x.to("meta") + 1, torch.ones(2))
    assert capture(lambda x: x.device == device("cpu"), torch.ones(2))(torch.ones(2)) is True
