"""Averaged models: which mean they hold, what happens to buffers, and statistics gathered anew."""

from __future__ import annotations

from typing import Any

import pytest

from ft_autograd.modes import no_grad
from ft_dispatch import surface as torch
from ft_nn import BatchNorm1d, Linear, Sequential, swa_utils


def model(value: float = 0.0) -> Any:
    made = Sequential(Linear(1, 1, bias=False), BatchNorm1d(1))
    set_to(made, value)
    return made


def set_to(made: Any, value: float) -> None:
    with no_grad():
        for p in made.parameters():
            p.fill_(value)
        made[1].running_mean.fill_(10 * value)
        made[1].num_batches_tracked.fill_(int(value))


CHOICES = {
    "default": ({}, 3.0),
    "swa": ({"avg_fn": swa_utils.get_swa_avg_fn()}, 3.0),
    "swa, lists": ({"multi_avg_fn": swa_utils.get_swa_multi_avg_fn()}, 3.0),
    "ema": ({"avg_fn": swa_utils.get_ema_avg_fn(0.5)}, 1.0 * 0.25 + 2.0 * 0.25 + 6.0 * 0.5),
    "ema, lists": ({"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(0.5)}, 1.0 * 0.25 + 2.0 * 0.25 + 6.0 * 0.5),
    "own": ({"avg_fn": lambda average, current, count: current}, 6.0),
}


WHOLE = {"default": 2, "swa": 2, "swa, lists": 2, "ema": 3, "ema, lists": 3, "own": 6}  # integers lose their fraction at each step


@pytest.mark.parametrize("use_buffers", [False, True])
@pytest.mark.parametrize("name", CHOICES)
def test_averages_of_one_two_six(name: str, use_buffers: bool) -> None:
    options, mean = CHOICES[name]
    source = model()
    averaged = swa_utils.AveragedModel(source, use_buffers=use_buffers, **options)
    for value in (1.0, 2.0, 6.0):
        set_to(source, value)
        averaged.update_parameters(source)
    assert averaged.n_averaged.item() == 3
    for p in averaged.parameters():
        assert p.flatten().tolist() == [pytest.approx(mean)]
    assert averaged.module[1].running_mean.tolist() == [pytest.approx(10 * (mean if use_buffers else 6.0))]
    counts = averaged.module[1].num_batches_tracked
    assert counts.item() == (WHOLE[name] if use_buffers else 6)
    assert counts.dtype is torch.int64
    assert source[0].weight.item() == 6.0


def test_the_average_is_a_copy_that_can_be_used_and_saved() -> None:
    source = model(2.0)
    averaged = swa_utils.AveragedModel(source).eval()
    x = torch.ones(3, 1)
    assert averaged(x).tolist() == source.eval()(x).tolist()
    set_to(source, 5.0)
    assert averaged.module[0].weight.item() == 2.0
    other = swa_utils.AveragedModel(model())
    other.load_state_dict(averaged.state_dict())
    assert other.module[0].weight.item() == 2.0
    assert list(averaged.state_dict())[:2] == ["n_averaged", "module.0.weight"]


def test_refusals() -> None:
    for make in (swa_utils.get_ema_avg_fn, swa_utils.get_ema_multi_avg_fn):
        for wrong in (-0.1, 1.1):
            with pytest.raises(ValueError, match=f"Invalid decay value {wrong} provided"):
                make(wrong)
    with pytest.raises(AssertionError, match="Only one of avg_fn and multi_avg_fn"):
        swa_utils.AveragedModel(model(), avg_fn=lambda a, b, n: a, multi_avg_fn=lambda a, b, n: None)


def test_statistics_are_the_mean_over_the_loader() -> None:
    norm = Sequential(BatchNorm1d(1, momentum=0.25)).eval()
    swa_utils.update_bn([torch.tensor([[1.0], [3.0]]), (torch.tensor([[4.0], [8.0]]), "label")], norm)
    assert norm[0].running_mean.tolist() == [4.0]
    assert norm[0].running_var.tolist() == [5.0]
    assert (norm[0].momentum, norm.training) == (0.25, False)
    plain = Linear(1, 1)
    swa_utils.update_bn(None, plain)  # type: ignore[arg-type]  # nothing to gather: the loader is not asked
