"""Every schedule against an installed torch: fifty epochs of rates and momenta, the checkpoint, and a jump where torch has a
closed form."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import ft_optim
from ft_dispatch import surface as ft

torch = pytest.importorskip("torch")

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

EPOCHS = 50
CASES = {
    "LambdaLR": lambda s, o: s.LambdaLR(o, lambda e: 0.95**e),
    "LambdaLR per group": lambda s, o: s.LambdaLR(o, [lambda e: 0.95**e, lambda e: 1 / (e + 1)]),
    "MultiplicativeLR": lambda s, o: s.MultiplicativeLR(o, lambda e: 0.9 if e % 3 else 1.1),
    "StepLR": lambda s, o: s.StepLR(o, 7, 0.5),
    "MultiStepLR": lambda s, o: s.MultiStepLR(o, [5, 12, 12, 30], 0.3),
    "ConstantLR": lambda s, o: s.ConstantLR(o, 0.4, 9),
    "LinearLR": lambda s, o: s.LinearLR(o, 0.2, 0.8, 13),
    "ExponentialLR": lambda s, o: s.ExponentialLR(o, 0.93),
    "PolynomialLR": lambda s, o: s.PolynomialLR(o, 20, 1.7),
    "CosineAnnealingLR": lambda s, o: s.CosineAnnealingLR(o, 11, 0.003),
    "WarmRestarts": lambda s, o: s.CosineAnnealingWarmRestarts(o, 4, 2, 0.001),
    "CyclicLR": lambda s, o: s.CyclicLR(o, 0.01, 0.1, 6, 9),
    "CyclicLR triangular2": lambda s, o: s.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], 6, mode="triangular2", base_momentum=0.7),
    "CyclicLR exp_range": lambda s, o: s.CyclicLR(o, 0.01, 0.1, 6, mode="exp_range", gamma=0.98, cycle_momentum=False),
    "CyclicLR own scale": lambda s, o: s.CyclicLR(o, 0.01, 0.1, 6, scale_fn=lambda x: 1 / x, scale_mode="cycle"),
    "OneCycleLR": lambda s, o: s.OneCycleLR(o, 0.3, total_steps=60),
    "OneCycleLR three phases": lambda s, o: s.OneCycleLR(
        o, [0.3, 0.2], epochs=6, steps_per_epoch=10, three_phase=True, anneal_strategy="linear"
    ),
    "SequentialLR": lambda s, o: s.SequentialLR(
        o, [s.LinearLR(o, 0.1, total_iters=5), s.ExponentialLR(o, 0.9), s.CosineAnnealingLR(o, 9)], [5, 20]
    ),
    "ChainedScheduler": lambda s, o: s.ChainedScheduler([s.ConstantLR(o, 0.5, 4), s.ExponentialLR(o, 0.97)], o),
    "Sequential in Sequential": lambda s, o: s.SequentialLR(
        o, [s.SequentialLR(o, [s.ConstantLR(o, 0.5, 2), s.StepLR(o, 3)], [4]), s.ExponentialLR(o, 0.9)], [10]
    ),
}


def optimizers(kind: str) -> tuple[Any, Any]:
    made = []
    for lib, optim in ((torch, torch.optim), (ft, ft_optim)):
        groups = [{"params": [lib.zeros(2).requires_grad_()]}, {"params": [lib.zeros(3).requires_grad_()], "lr": 0.02}]
        made.append(optim.SGD(groups, lr=0.1, momentum=0.9) if kind == "SGD" else optim.Adam(groups, lr=0.1))
    return made[0], made[1]


def facts(optimizer: Any) -> list[Any]:
    return [{key: value for key, value in group.items() if key != "params"} for group in optimizer.param_groups]


def close(ours: Any, theirs: Any) -> None:
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        for key in theirs:
            close(ours[key], theirs[key])
    elif isinstance(theirs, (list, tuple)):
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            close(a, b)
    elif isinstance(theirs, float):
        assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-18)
    elif not callable(theirs):
        assert ours == theirs


@pytest.mark.parametrize("kind", ["SGD", "Adam"])
@pytest.mark.parametrize("name", CASES)
def test_schedule_equals_torch_for_fifty_epochs(name: str, kind: str) -> None:
    theirs, ours = optimizers(kind)
    a, b = CASES[name](torch.optim.lr_scheduler, theirs), CASES[name](ft_optim.lr_scheduler, ours)
    for _ in range(EPOCHS):
        close(facts(ours), facts(theirs))
        close(b.get_last_lr(), a.get_last_lr())
        theirs.step()
        ours.step()
        a.step()
        b.step()
    mine, other = b.state_dict(), a.state_dict()
    close(dict(sorted(mine.items())), dict(sorted(other.items())))


@pytest.mark.parametrize("name", CASES)
def test_checkpoint_resumes_the_schedule(name: str) -> None:
    _, first = optimizers("SGD")
    a = CASES[name](ft_optim.lr_scheduler, first)
    for _ in range(8):
        first.step()
        a.step()
    _, second = optimizers("SGD")
    b = CASES[name](ft_optim.lr_scheduler, second)
    b.load_state_dict(a.state_dict())
    second.load_state_dict(first.state_dict())
    for _ in range(15):
        a.step()
        b.step()
        close(facts(second), facts(first))


@pytest.mark.parametrize(
    "name",
    ["StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR", "WarmRestarts"],
)
def test_jump_to_an_epoch_equals_torch(name: str) -> None:
    theirs, ours = optimizers("SGD")
    a, b = CASES[name](torch.optim.lr_scheduler, theirs), CASES[name](ft_optim.lr_scheduler, ours)
    for epoch in (3, 17, 6, 40):
        a.step(epoch)
        b.step(epoch)
        close(facts(ours), facts(theirs))


@pytest.mark.parametrize(
    "options", [{}, {"mode": "max", "threshold_mode": "abs", "threshold": 0.01}, {"cooldown": 2, "min_lr": [0.01, 0.0]}]
)
def test_plateau_equals_torch(options: dict[str, Any]) -> None:
    theirs, ours = optimizers("SGD")
    a = torch.optim.lr_scheduler.ReduceLROnPlateau(theirs, patience=2, factor=0.5, **options)
    b = ft_optim.lr_scheduler.ReduceLROnPlateau(ours, patience=2, factor=0.5, **options)
    for epoch in range(EPOCHS):
        metric = 1 / (1 + epoch // 7) + 0.001 * (epoch % 3)
        a.step(metric)
        b.step(metric)
        close(facts(ours), facts(theirs))
    close(b.state_dict(), a.state_dict())


def test_warnings_equal_torch() -> None:
    theirs, ours = optimizers("SGD")
    found = []
    for optimizer, optim in ((theirs, torch.optim), (ours, ft_optim)):
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
            scheduler.step()  # before optimizer.step()
            scheduler.step(5)
            scheduler.get_lr()
        found.append([(str(w.message), w.category) for w in seen])
    assert found[0] == found[1]
    assert len(found[0]) == 3
