"""Lion by hand, and several optimizers that act as one."""

from __future__ import annotations

import copy
import pickle
from functools import partial
from typing import Any

import pytest

from ft_dispatch import surface as torch
from ft_optim import LBFGS, SGD, Adam, Lion, MultiOptimizer, lr_scheduler
from ft_optim.grad_scaler import GradScaler


def by_hand(p: float, grads: list[float], lr: float, beta1: float, beta2: float, decay: float) -> tuple[float, float]:
    """(parameter, momentum) after Chen et al., algorithm 2."""
    m = 0.0
    for g in grads:
        c = beta1 * m + (1 - beta1) * g
        p = p - lr * ((c > 0) - (c < 0)) - lr * decay * p
        m = beta2 * m + (1 - beta2) * g
    return p, m


@pytest.mark.parametrize("decay", [0.0, 0.5])
@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("lr", [0.1, "tensor"])
def test_lion_takes_steps_of_one_size(lr: Any, maximize: bool, decay: float) -> None:
    rate = torch.tensor(0.1) if lr == "tensor" else lr
    p = torch.tensor([1.0, 2.0], dtype=torch.float64).requires_grad_()
    optimizer = Lion([p], lr=rate, betas=(0.75, 0.5), weight_decay=decay, maximize=maximize)
    rows = ([3.0, -1.0, 0.5], [-0.25, 4.0, 0.0])
    for pair in zip(*rows, strict=True):
        p.grad = torch.tensor(pair, dtype=torch.float64)
        optimizer.step()
    for i, (start, row) in enumerate(zip((1.0, 2.0), rows, strict=True)):
        value, momentum = by_hand(start, [-g if maximize else g for g in row], 0.1, 0.75, 0.5, decay)
        assert p[i].item() == pytest.approx(value, rel=1e-7)
        assert optimizer.state[p]["exp_avg"][i].item() == pytest.approx(momentum)
    packed = optimizer.state_dict()
    assert list(packed["state"][0]) == ["step", "exp_avg"]
    assert packed["state"][0]["step"].item() == 3
    assert list(packed["param_groups"][0]) == ["lr", "betas", "weight_decay", "maximize", "differentiable", "params"]


def test_lion_takes_complex_numbers_as_pairs() -> None:
    p = torch.tensor([1 + 1j]).requires_grad_()
    optimizer = Lion([p], lr=0.5)
    p.grad = torch.tensor([2 - 3j])
    optimizer.step()
    assert p.tolist() == [0.5 + 1.5j]


@pytest.mark.parametrize("options", [{"lr": -1.0}, {"betas": (1.0, 0.9)}, {"weight_decay": -1.0}])
def test_lion_refuses_options_out_of_range(options: Any) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        Lion([torch.ones(1).requires_grad_()], **options)


# -- several as one --------------------------------------------------------------------------------------------------------


def parameters() -> list[tuple[str, Any]]:
    return [
        ("w", torch.full((2, 2), 1.0).requires_grad_()),
        ("b", torch.full((2,), 2.0).requires_grad_()),
        ("v", torch.full((2, 2), 3.0).requires_grad_()),
    ]


def made(params: Any) -> MultiOptimizer:
    return MultiOptimizer(params, [(lambda name, p: p.ndim == 2, partial(SGD, lr=0.5, momentum=0.5))], rest=partial(Adam, lr=0.1))


def stepped(optimizer: Any, params: list[tuple[str, Any]], times: int = 3) -> list[Any]:
    for i in range(times):
        for _, p in params:
            p.grad = torch.full_like(p, 1.0 + i)
        optimizer.step()
    return [p.tolist() for _, p in params]


@pytest.mark.parametrize("named", [False, True])
def test_each_parameter_goes_its_route(named: bool) -> None:
    params, twins = parameters(), parameters()
    optimizer = made(params if named else [p for _, p in params])
    assert [type(member) for member in optimizer.optimizers] == [SGD, Adam]
    stepped(SGD([p for _, p in twins if p.ndim == 2], lr=0.5, momentum=0.5), [t for t in twins if t[1].ndim == 2])
    stepped(Adam([twins[1][1]], lr=0.1), twins[1:2])
    assert stepped(optimizer, params) == [p.tolist() for _, p in twins]
    assert len(optimizer.state) == 3
    if named:
        assert [group["param_names"] for group in optimizer.param_groups] == [["w", "v"], ["b"]]
    optimizer.zero_grad()
    assert all(p.grad is None for _, p in params)


def test_a_predicate_may_ask_for_the_name() -> None:
    params = parameters()
    optimizer = MultiOptimizer(params, [(lambda name, p: name == "b", partial(SGD, lr=1.0))], rest=partial(SGD, lr=0.0))
    stepped(optimizer, params, 1)
    assert [p.flatten()[0].item() for _, p in params] == [1.0, 1.0, 3.0]


def test_saving_and_loading_as_one() -> None:
    params, again = parameters(), parameters()
    optimizer, other = made(params), made(again)
    stepped(optimizer, params)
    packed = optimizer.state_dict()
    assert [group["params"] for group in packed["param_groups"]] == [[0, 1], [2]]
    assert sorted(packed["state"]) == [0, 1, 2]
    assert list(packed["state"][2]) == ["step", "exp_avg", "exp_avg_sq"]
    for (_, p), (_, q) in zip(params, again, strict=True):
        q.detach().copy_(p.detach())
    packed["param_groups"][1]["lr"] = optimizer.param_groups[1]["lr"] = 0.7
    other.load_state_dict(copy.deepcopy(packed))
    assert other.optimizers[1].param_groups[0]["lr"] == 0.7
    assert stepped(optimizer, params) == stepped(other, again)
    with pytest.raises(ValueError, match="different number of parameter groups"):
        SGD([torch.ones(1).requires_grad_()]).load_state_dict(packed)


def by_rank(name: str, p: Any) -> bool:
    return p.ndim == 2


def test_copies_and_pickles_go_on_alike() -> None:
    params = parameters()
    optimizer = MultiOptimizer([p for _, p in params], [(by_rank, partial(SGD, lr=0.5, momentum=0.5))], rest=Adam)
    stepped(optimizer, params)
    for twin in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
        theirs = [("", p) for group in twin.param_groups for p in group["params"]]
        assert sorted(map(str, stepped(twin, theirs, 1))) != sorted(str(p.tolist()) for _, p in params)
        assert [type(member) for member in twin.optimizers] == [SGD, Adam]
        assert len(twin.state) == 3


def test_groups_schedulers_closures_and_scalers() -> None:
    params = parameters()
    optimizer = made([{"params": [params[0]], "lr": 0.25}, {"params": params[1:]}])
    assert [group["lr"] for group in optimizer.param_groups] == [0.25, 0.5, 0.1]
    schedule = lr_scheduler.ExponentialLR(optimizer, 0.5)
    assert optimizer.step(lambda: 7.0) == 7.0
    schedule.step()
    assert [group["lr"] for group in optimizer.optimizers[0].param_groups] == [0.125, 0.25]
    added = torch.ones(2, 2).requires_grad_()
    optimizer.add_param_group({"params": [("added", added)], "lr": 1.0})
    assert optimizer.optimizers[0].param_groups[-1]["params"][0] is added
    scaler = GradScaler("cpu", init_scale=4.0)
    scaler.scale(added.sum()).backward()
    scaler.step(optimizer)
    assert added.tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_what_has_no_route_is_refused_whole() -> None:
    params = parameters()
    routes = [(lambda name, p: p.ndim == 2, partial(SGD, lr=0.5))]
    with pytest.raises(ValueError, match=r"no route takes the parameter b of shape \(2,\)"):
        MultiOptimizer(params, routes)
    optimizer = MultiOptimizer([params[0]], routes)
    with pytest.raises(ValueError, match="no route takes the parameter b"):
        optimizer.add_param_group({"params": params[1:]})
    assert len(optimizer.param_groups) == 1
    with pytest.raises(ValueError, match="more than one parameter group"):
        optimizer.add_param_group({"params": [params[0]]})
    with pytest.raises(TypeError, match="LBFGS evaluates the loss itself"):
        MultiOptimizer([params[0][1]], [], rest=LBFGS)
    with pytest.raises(ValueError, match="empty parameter list"):
        MultiOptimizer([], [], rest=SGD)
