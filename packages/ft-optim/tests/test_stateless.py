"""A step on other tensors than the optimizer's own; the schedule of weight averaging."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from ft_dispatch import surface as torch
from ft_optim import SGD, Adam, swap_in_optimizer_params_and_state
from ft_optim.lr_scheduler.swa import SWALR


def started() -> tuple[Any, Any]:
    p = torch.tensor([1.0, 2.0]).requires_grad_()
    optimizer = Adam([p], lr=0.1)
    p.grad = torch.tensor([0.5, -0.5])
    optimizer.step()
    return p, optimizer


def test_the_step_falls_on_the_other_tensors() -> None:
    p, optimizer = started()
    twin, reference = started()
    packed = deepcopy(optimizer.state_dict())
    packed["param_groups"][0]["lr"] = 0.2
    reference.param_groups[0]["lr"] = 0.2
    other = p.detach().clone().requires_grad_()
    other.grad = twin.grad = torch.tensor([1.0, 1.0])
    before, params, state = p.tolist(), optimizer.param_groups[0]["params"], optimizer.state
    with swap_in_optimizer_params_and_state(optimizer, {"p": other}, packed):
        assert optimizer.param_groups[0]["params"][0] is other
        optimizer.step()
        optimizer.state[other]["new"] = 1
    reference.step()
    assert other.tolist() == twin.tolist()
    assert packed["state"][0]["exp_avg"].tolist() == reference.state[twin]["exp_avg"].tolist()
    assert packed["state"][0]["step"].item() == 2
    assert "new" not in packed["state"][0]
    assert p.tolist() == before
    assert optimizer.param_groups[0]["params"] is params
    assert optimizer.state is state
    assert optimizer.param_groups[0]["lr"] == 0.1
    assert state[p]["step"].item() == 1


def broken(change: Any) -> Any:
    p, optimizer = started()
    packed = deepcopy(optimizer.state_dict())
    return optimizer, {"p": p}, change(packed) or packed


WRONG = [
    (lambda s: [s], "a DCP-style optimizer state_dict"),
    (lambda s: s.update(state=3), "dict mapping packed parameter ids to per-param state dicts, got int"),
    (lambda s: s["state"].update({torch.ones(1): {}}), "state keyed by packed parameter ids"),
    (lambda s: s["state"].update({0: 3}), "state entries to be dictionaries"),
    (lambda s: s["state"].update({7: {}}), r"got extra keys \[7\]"),
    (lambda s: s.update(param_groups={}), "to be a list of param-group dicts, got dict"),
    (lambda s: s["param_groups"].append({}), "different number of parameter groups"),
    (lambda s: s["param_groups"].__setitem__(0, 3), "each optimizer param group to be a dictionary"),
    (lambda s: s["param_groups"][0].update(params=["a"]), "keyed by packed parameter ids"),
    (lambda s: s["param_groups"][0].update(params=[0, 1]), "group 0 has a different number of params"),
    (lambda s: s["param_groups"][0].update(other=1), r"Keys only in swap-in: \['other'\]"),
    (lambda s: s["param_groups"][0].pop("lr") and None, r"Keys only in live: \['lr'\]"),
]


@pytest.mark.parametrize(("change", "text"), WRONG)
def test_what_does_not_fit_is_refused_before_anything_is_swapped(change: Any, text: str) -> None:
    optimizer, params, packed = broken(change)
    groups = optimizer.param_groups[0].copy()
    with pytest.raises(RuntimeError, match=text), swap_in_optimizer_params_and_state(optimizer, params, packed):
        pass
    assert optimizer.param_groups[0] == groups


def test_too_few_tensors_or_a_fresh_optimizer_are_refused() -> None:
    p, optimizer = started()
    with (
        pytest.raises(RuntimeError, match=r"match optimizer.param_groups ordering"),
        swap_in_optimizer_params_and_state(optimizer, {}, optimizer.state_dict()),
    ):
        pass
    fresh = Adam([p])
    with (
        pytest.raises(RuntimeError, match="requires initialized optimizer state"),
        swap_in_optimizer_params_and_state(fresh, {"p": p}, fresh.state_dict()),
    ):
        pass


# -- SWALR -----------------------------------------------------------------------------------------------------------------


def rates(steps: int, **options: Any) -> list[float]:
    optimizer = SGD([torch.ones(1).requires_grad_()], lr=0.5)
    schedule = SWALR(optimizer, 0.05, **options)
    found = []
    for _ in range(steps):
        optimizer.step()
        schedule.step()
        found.append(round(schedule.get_last_lr()[0], 6))
    return found


def test_rates_move_to_a_constant() -> None:
    assert rates(6, anneal_epochs=4) == [0.434099, 0.275, 0.115901, 0.05, 0.05, 0.05]
    assert rates(6, anneal_epochs=4, anneal_strategy="linear") == [0.3875, 0.275, 0.1625, 0.05, 0.05, 0.05]
    assert rates(2, anneal_epochs=0) == [0.05, 0.05]


def test_swalr_state_and_refusals() -> None:
    optimizer = SGD([torch.ones(1).requires_grad_()], lr=0.5)
    schedule = SWALR(optimizer, 0.05, anneal_strategy="linear", anneal_epochs=4)
    state = schedule.state_dict()
    assert "anneal_func" not in state
    other = SWALR(SGD([torch.ones(1).requires_grad_()], lr=0.5), 0.05)
    other.load_state_dict(state)
    assert other.anneal_func(0.25) == 0.25
    for options, text in (
        ({"anneal_strategy": "x"}, "must be one of 'cos' or 'linear', instead got x"),
        ({"anneal_epochs": -1}, "must be equal or greater than 0, got -1"),
        ({"anneal_epochs": 2.0}, "must be equal or greater than 0, got 2.0"),
    ):
        with pytest.raises(ValueError, match=text):
            SWALR(optimizer, 0.05, **options)
    with pytest.raises(ValueError, match="swa_lr has 2 values, param_groups has 1"):
        SWALR(optimizer, [1.0, 2.0])
