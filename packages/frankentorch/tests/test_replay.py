"""The Deterministic Autograd Contract: one hash for every repetition of a backward, with any number of threads; traces on the command line."""

import pytest

import frankentorch as torch
from frankentorch import nn
from frankentorch.cli import main
from frankentorch.nn import functional as F

REPETITIONS = 10  # the slow test runs a thousand; a schedule that depends on timing shows in a few


class Block(nn.Module):
    """A transformer block of width 64 with four heads."""

    def __init__(self):
        super().__init__()
        self.before, self.between = nn.LayerNorm(64), nn.LayerNorm(64)
        self.qkv, self.out = nn.Linear(64, 192), nn.Linear(64, 64)
        self.mlp = nn.Sequential(nn.Linear(64, 256), nn.GELU(), nn.Linear(256, 64))

    def forward(self, x):
        heads = self.qkv(self.before(x)).reshape(*x.shape[:2], 3, 4, 16).permute(2, 0, 3, 1, 4)
        x = x + self.out(F.scaled_dot_product_attention(*heads.unbind(0), is_causal=True).transpose(1, 2).reshape(x.shape))
        return x + self.mlp(self.between(x))


def cnn():
    body = [
        nn.Conv2d(3, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
    ]
    return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10)), torch.randn(8, 3, 24, 24)


def block():
    return Block(), torch.randn(16, 33, 64)


def wide():
    return nn.Sequential(nn.Linear(777, 513), nn.Tanh(), nn.Linear(513, 7)), torch.randn(256, 777)


@pytest.fixture
def deterministic():
    threads = torch.get_num_threads()
    torch.use_deterministic_algorithms(True)
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


def trace_of(model, x):
    model.zero_grad()
    with torch.autograd.record() as trace:
        model(x).square().mean().backward()
    return trace


@pytest.mark.parametrize("make", [cnn, block, wide])
def test_one_hash_for_every_repetition_and_number_of_threads(deterministic, make):
    torch.manual_seed(0)
    model, x = make()
    first = trace_of(model, x)
    for threads in (1, 2, 4):
        torch.set_num_threads(threads)
        for _ in range(REPETITIONS):
            assert first.diff(trace_of(model, x)) is None
            assert first.digest == trace_of(model, x).digest


@pytest.mark.parametrize("make", [cnn, block, wide])
def test_recording_changes_no_bit(make):
    torch.manual_seed(0)
    model, x = make()
    model(x).square().mean().backward()
    plain = [p.grad for p in model.parameters()]
    trace_of(model, x)
    assert all(torch.equal(p.grad, g) and p.grad is not g for p, g in zip(model.parameters(), plain, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("make", [cnn, block])
def test_a_thousand_repetitions_give_one_hash(deterministic, make, threads):
    torch.manual_seed(0)
    model, x = make()
    first = trace_of(model, x).digest  # with the number of threads that the machine has
    torch.set_num_threads(threads)
    assert {trace_of(model, x).digest for _ in range(1000)} == {first}


def test_set_num_threads_comes_back():
    before = torch.get_num_threads()
    with torch.mode("hardened"):
        torch.set_num_threads(2)
        assert torch.get_num_threads() == 2
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)


def test_the_command_compares_two_files(tmp_path, capsys):
    torch.manual_seed(0)
    model, x = cnn()
    a, b, c = (str(tmp_path / name) for name in "abc")
    trace_of(model, x).save(a)
    trace_of(model, x).save(b)
    assert main(["replay", a, b]) == 0
    assert capsys.readouterr().out.startswith("equal: ")
    trace_of(model, x * 2).save(c)
    assert main(["replay", a, c]) == 1
    assert "first difference at node" in capsys.readouterr().out
    assert main(["replay", a, str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
