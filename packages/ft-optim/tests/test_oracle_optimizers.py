"""Every optimizer against an installed torch: the same parameters and gradients, torch's own sets of options, ten steps.

Parameters, the layout of the checkpoint and every number in it are compared. Gradients are set by hand, so nothing but the
update is tested.
"""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import ft_optim
from ft_dispatch import surface as ft

torch = pytest.importorskip("torch")
common = pytest.importorskip("torch.testing._internal.common_optimizers")

pytestmark = pytest.mark.oracle

STEPS = 10
SHAPES = ((3, 4), (5,), (), (2, 3, 4))
MISSING = {"SparseAdam"}  # needs sparse gradients
TOLERANCE = {"float32": {"rtol": 1.3e-6, "atol": 1e-5}, "float64": {"rtol": 1e-7, "atol": 1e-7}}  # torch.testing's defaults


def cases() -> list[Any]:
    infos = [info for info in common.optim_db if info.optim_cls.__name__ not in MISSING]
    return [
        pytest.param(info.optim_cls, given.kwargs, kind, id=f"{info.optim_cls.__name__}-{i}-{given.desc.replace(' ', '_')}-{kind}")
        for info in infos
        for i, given in enumerate(info.optim_inputs_func(device="cpu"))
        for kind in ("float32", "float64")
    ]


def to_ft(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return ft.tensor(value.tolist(), dtype=getattr(ft, str(value.dtype).removeprefix("torch.")))
    if isinstance(value, tuple):
        return tuple(map(to_ft, value))
    return value


def options(kwargs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """torch's options and ours. Capturable needs an accelerator in torch and changes no number, so torch goes without."""
    theirs = {key: value for key, value in kwargs.items() if key not in ("params", "capturable")}
    return theirs, {key: to_ft(value) for key, value in theirs.items()}


def same(ours: Any, theirs: Any, kind: str, where: str) -> None:
    if isinstance(theirs, torch.Tensor):
        assert isinstance(ours, ft.Tensor), where
        assert str(ours.dtype) == str(theirs.dtype), where
        assert tuple(ours.shape) == tuple(theirs.shape), where
        made = torch.tensor(ours.tolist(), dtype=theirs.dtype).reshape(theirs.shape)
        torch.testing.assert_close(made, theirs.detach(), msg=lambda text: f"{where}: {text}", **TOLERANCE[kind])
    elif isinstance(theirs, dict):
        assert list(ours) == list(theirs), where
        for key in theirs:
            same(ours[key], theirs[key], kind, f"{where}.{key}")
    elif isinstance(theirs, (list, tuple)):
        assert len(ours) == len(theirs), where
        assert type(ours) is type(theirs), where
        for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            same(a, b, kind, f"{where}[{i}]")
    elif isinstance(theirs, float):
        assert ours == pytest.approx(theirs, rel=1e-5), where
    else:
        assert ours == theirs, where


def parameters(kind: str, shapes: tuple[tuple[int, ...], ...]) -> tuple[list[Any], list[Any]]:
    dtype = getattr(torch, kind)
    theirs = [torch.randn(shape, dtype=dtype).requires_grad_() for shape in shapes]
    return theirs, [to_ft(p.detach()).requires_grad_() for p in theirs]


@pytest.mark.parametrize(("kind_of", "kwargs", "kind"), cases())
def test_ten_steps_equal_torch(kind_of: type, kwargs: dict[str, Any], kind: str) -> None:
    torch.manual_seed(0)
    name = kind_of.__name__
    shapes = ((3, 4), (6, 2)) if name == "Muon" else ((3, 4), (5,)) if name == "LBFGS" else SHAPES
    theirs, ours = parameters(kind, shapes)
    for_torch, for_us = options(kwargs)
    a, b = kind_of(theirs, **for_torch), getattr(ft_optim, name)(ours, **for_us)
    if name == "LBFGS":
        quadratic_steps(a, b, theirs, ours)
    else:
        gradient_steps(a, b, theirs, ours)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tolerance = "bfloat16" if name == "Muon" else kind
        for i, (p, q) in enumerate(zip(ours, theirs, strict=True)):
            same(p, q, tolerance, f"parameter {i}")
        mine, other = b.state_dict(), a.state_dict()
        if "capturable" in kwargs:
            for group in mine["param_groups"] + other["param_groups"]:
                group.pop("capturable")
        if name == "LBFGS" and kind == "float32":
            # its history holds differences of almost equal gradients, whose float32 digits are noise; float64 compares them
            assert {key: list(value) for key, value in mine["state"].items()} == {
                key: list(value) for key, value in other["state"].items()
            }
            return
        same(mine, other, kind, "state_dict")


TOLERANCE["bfloat16"] = {"rtol": 1.6e-2, "atol": 1e-4}  # Muon's iteration runs in bfloat16


def gradient_steps(a: Any, b: Any, theirs: list[Any], ours: list[Any]) -> None:
    for step in range(STEPS):
        for i, (p, q) in enumerate(zip(theirs, ours, strict=True)):
            if step == 3 and i == 1:
                p.grad = q.grad = None  # a parameter without a gradient is passed over
                continue
            p.grad = torch.randn(p.shape, dtype=p.dtype)
            q.grad = to_ft(p.grad)
        a.step()
        b.step()


def quadratic_steps(a: Any, b: Any, theirs: list[Any], ours: list[Any]) -> None:
    """sum of (x - i)^2 * (1 + |i|) and x^4 / 10, whose gradient both sides are given by hand."""

    def closure(params: list[Any], lib: Any) -> Any:
        loss = 0.0
        for i, p in enumerate(params):
            x = p.detach()
            p.grad = (x - i) * (2 * (1 + i)) + x * x * x * 0.4
            loss = loss + ((x - i) * (x - i) * (1 + i)).sum() + (x * x * x * x).sum() * 0.1
        return loss

    for _ in range(2):
        first = a.step(lambda: closure(theirs, torch))
        second = b.step(lambda: closure(ours, ft))
        assert float(second) == pytest.approx(float(first), rel=1e-4, abs=1e-6)
