"""gumbel_softmax draws what torch draws from the same seed."""

import pytest

import ft_nn as nn
from ft_dispatch import surface as torch

LOGITS = [[0.5, -1.0, 2.0], [0.0, 1.0, -0.5]]
TORCH = [[0.009609, 0.005037, 0.985354], [0.058949, 0.883629, 0.057422]]  # torch 2.13.0, seed 0


def drawn(**options):
    torch.manual_seed(0)
    logits = torch.tensor(LOGITS, requires_grad=True)
    return logits, nn.functional.gumbel_softmax(logits, tau=0.7, **options)


def test_the_soft_sample_is_torchs():
    _, soft = drawn()
    for row, want in zip(soft.tolist(), TORCH, strict=True):
        assert row == pytest.approx(want, abs=2e-6)


def test_the_hard_sample_is_one_hot_with_the_soft_gradient():
    weights = torch.tensor([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])
    logits, hard = drawn(hard=True)
    (hard * weights).sum().backward()
    other, soft = drawn()
    (soft * weights).sum().backward()
    assert hard.detach().round().argmax(1).tolist() == soft.argmax(1).tolist()
    assert torch.allclose(hard.detach().sum(1), torch.ones(2))
    assert torch.allclose(logits.grad, other.grad)
    assert logits.grad.abs().sum().item() > 0
