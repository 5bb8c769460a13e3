"""GradScaler: scaled losses, unscaled gradients, steps left out, and how the scale finds its size."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from ft_dispatch import surface as torch
from ft_optim import SGD, Adagrad, Adam, AdamW
from ft_optim.grad_scaler import GradScaler, OptState


def one(value: float = 1.0) -> Any:
    return torch.tensor([value]).requires_grad_()


def scaled(scaler: GradScaler, p: Any, factor: float = 2.0) -> None:
    """Gradient `factor` times the scale."""
    p.grad = None
    scaler.scale((p * factor).sum()).backward()


def test_a_step_sees_the_plain_gradient() -> None:
    p = one()
    scaler, optimizer = GradScaler("cpu", init_scale=8.0), SGD([p], lr=0.25)
    scaled(scaler, p)
    assert p.grad.tolist() == [16.0]
    scaler.step(optimizer)
    assert (p.grad.tolist(), p.tolist()) == ([2.0], [0.5])
    scaler.update()
    assert scaler.get_scale() == 8.0
    assert scaler._get_growth_tracker() == 1


@pytest.mark.parametrize("bad", [float("inf"), float("nan")])
def test_an_overflow_skips_the_step_and_backs_off(bad: float) -> None:
    p, q = one(), one()
    scaler = GradScaler("cpu", init_scale=8.0, backoff_factor=0.25)
    optimizer, other = SGD([p], lr=0.25), SGD([q], lr=0.25)
    scaled(scaler, p)
    scaled(scaler, q)
    p.grad = torch.tensor([bad])
    assert scaler.step(optimizer) is None
    scaler.step(other)
    scaler.update()
    assert (p.tolist(), q.tolist()) == ([1.0], [0.5])
    assert (scaler.get_scale(), scaler._get_growth_tracker()) == (2.0, 0)


def test_the_scale_grows_after_enough_steps_in_a_row() -> None:
    p = one()
    scaler, optimizer = GradScaler("cpu", init_scale=4.0, growth_factor=4.0, growth_interval=3), SGD([p], lr=0.0)
    seen = []
    for i in range(7):
        scaled(scaler, p, float("inf") if i == 1 else 2.0)
        scaler.step(optimizer)
        scaler.update()
        seen.append(scaler.get_scale())
    assert seen == [4.0, 2.0, 2.0, 2.0, 8.0, 8.0, 8.0]


def test_unscaling_first_leaves_room_for_clipping() -> None:
    p = one()
    scaler, optimizer = GradScaler("cpu", init_scale=8.0), SGD([p], lr=0.25)
    scaled(scaler, p)
    scaler.unscale_(optimizer)
    assert p.grad.tolist() == [2.0]
    p.grad = p.grad.clamp(max=1.0)
    with pytest.raises(RuntimeError, match="already been called on this optimizer"):
        scaler.unscale_(optimizer)
    scaler.step(optimizer)
    assert p.tolist() == [0.75]
    with pytest.raises(RuntimeError, match="is being called after step"):
        scaler.unscale_(optimizer)
    with pytest.raises(RuntimeError, match="already been called since the last update"):
        scaler.step(optimizer)


@pytest.mark.parametrize("unscaled", [False, True])
@pytest.mark.parametrize("kind", [SGD, Adam, AdamW, Adagrad])
def test_a_fused_optimizer_takes_the_scale_itself(kind: Any, unscaled: bool) -> None:
    p, plain = one(), one()
    scaler, optimizer, reference = GradScaler("cpu", init_scale=8.0), kind([p], lr=0.25, fused=True), kind([plain], lr=0.25)
    for factor in (2.0, float("inf"), 3.0):
        scaled(scaler, p, factor)
        if unscaled:
            scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        assert not hasattr(optimizer, "grad_scale")
        assert not hasattr(optimizer, "found_inf")
        if factor < 10:
            plain.grad = torch.tensor([factor])
            reference.step()
        assert p.tolist() == pytest.approx(plain.tolist())
    assert scaler.get_scale() == 4.0


def test_an_optimizer_that_asks_for_the_scaler_gets_it() -> None:
    class Own(SGD):
        _step_supports_amp_scaling = True

        def step(self, closure: Any = None, *, grad_scaler: Any = None) -> Any:
            return grad_scaler

    p = one()
    scaler = GradScaler("cpu")
    scaled(scaler, p)
    with pytest.warns(FutureWarning, match="stop passing itself"):
        assert scaler.step(Own([p])) is scaler


def test_losses_in_containers() -> None:
    scaler = GradScaler("cpu", init_scale=2.0)
    a, (b, c) = scaler.scale([torch.tensor(1.0), (torch.tensor(2.0), torch.tensor(3.0))])
    assert [a.item(), b.item(), c.item()] == [2.0, 4.0, 6.0]
    assert [t.item() for t in scaler.scale(iter([torch.tensor(5.0)]))] == [10.0]
    with pytest.raises(ValueError, match="must be a Tensor or an iterable of Tensors"):
        scaler.scale(3)


def test_calls_in_the_wrong_order_are_refused() -> None:
    p = one()
    scaler, optimizer = GradScaler("cpu"), SGD([p])
    for early in (lambda: scaler.step(optimizer), scaler.update, lambda: scaler.unscale_(optimizer)):
        with pytest.raises(AssertionError, match="_scale is None"):
            early()
    scaler.scale(torch.ones(()))
    with pytest.raises(AssertionError, match="No inf checks were recorded for this optimizer"):
        scaler.step(optimizer)
    with pytest.raises(AssertionError, match="No inf checks were recorded prior to update"):
        GradScaler.update(scaler_with_scale())
    with pytest.raises(RuntimeError, match="Closure use"):
        scaler.step(optimizer, closure=lambda: 0)
    half = torch.ones(1, dtype=torch.float16).requires_grad_()
    half.grad = torch.ones(1, dtype=torch.float16)
    with pytest.raises(ValueError, match="unscale FP16 gradients"):
        scaler.unscale_(SGD([half]))
    assert half.grad.tolist() == [1.0]


def scaler_with_scale() -> GradScaler:
    scaler = GradScaler("cpu")
    scaler.scale(torch.ones(()))
    return scaler


@pytest.mark.parametrize("factors", [{"growth_factor": 1.0}, {"backoff_factor": 1.0}])
def test_factors_on_the_wrong_side_are_refused(factors: Any) -> None:
    with pytest.raises(AssertionError, match="factor must be"):
        GradScaler("cpu", **factors)


def test_a_scale_of_ones_own() -> None:
    scaler = scaler_with_scale()
    scaler.update(4.0)
    assert scaler.get_scale() == 4.0
    scaler.update(torch.tensor(16.0))
    assert scaler.get_scale() == 16.0
    for wrong in (torch.ones(2), torch.ones(1).requires_grad_()):
        with pytest.raises(AssertionError, match="new_scale should be a float or a 1-element"):
            scaler.update(wrong)


def test_state_goes_into_another_scaler_and_through_pickle() -> None:
    p = one()
    scaler = GradScaler("cpu", init_scale=8.0, growth_interval=5)
    scaled(scaler, p)
    optimizer = SGD([p])
    scaler.step(optimizer)
    with pytest.raises(AssertionError, match="may only be pickled at the beginning"):
        pickle.dumps(scaler)
    scaler.update()
    state = scaler.state_dict()
    assert state == {"scale": 8.0, "growth_factor": 2.0, "backoff_factor": 0.5, "growth_interval": 5, "_growth_tracker": 1}
    for other in (GradScaler("cpu"), scaler_with_scale(), pickle.loads(pickle.dumps(scaler))):
        other.load_state_dict(state)
        assert other.state_dict() == state
        assert other.scale(torch.ones(())).item() == 8.0
    with pytest.raises(RuntimeError, match="source state dict is empty"):
        scaler.load_state_dict({})


def test_getters_and_setters() -> None:
    scaler = GradScaler("cpu")
    for name, value in (("growth_factor", 3.0), ("backoff_factor", 0.25), ("growth_interval", 7)):
        getattr(scaler, f"set_{name}")(value)
        assert getattr(scaler, f"get_{name}")() == value
    assert scaler.is_enabled()
    assert scaler._per_optimizer_states[0]["stage"] is OptState.READY


def test_disabled_it_passes_everything_through() -> None:
    p = one()
    scaler, optimizer = GradScaler("cpu", enabled=False), SGD([p], lr=0.25)
    scaled(scaler, p)
    scaler.unscale_(optimizer)
    scaler.step(optimizer)
    scaler.update()
    scaler.load_state_dict({})
    assert p.tolist() == [0.5]
    assert (scaler.get_scale(), scaler._get_growth_tracker(), scaler.state_dict()) == (1.0, 0, {})
