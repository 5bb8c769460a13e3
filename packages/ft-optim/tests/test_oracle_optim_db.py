"""torch's optim_db entire: every optimizer with each of its own inputs, in each implementation torch has for it.

Parameters and state after several steps, checkpoints that go from one library into the other and on, a differentiable step's
gradient, and torch's error inputs with their messages. `test_oracle_optimizers` does the plain steps in two dtypes.
"""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import ft_optim
from ft_dispatch import surface as ft

torch = pytest.importorskip("torch")
common = pytest.importorskip("torch.testing._internal.common_optimizers")

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

ELSEWHERE = {"SparseAdam", "LBFGS"}  # sparse gradients; a closure
INFOS = [info for info in common.optim_db if info.optim_cls.__name__ not in ELSEWHERE]
TOLERANCE = {"rtol": 1e-7, "atol": 1e-7}


class Converter:
    """torch's values as ours; a tensor that occurs twice stays one."""

    def __init__(self) -> None:
        self.made: dict[int, Any] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            if id(value) not in self.made:
                made = ft.tensor(value.detach().tolist(), dtype=getattr(ft, str(value.dtype).removeprefix("torch.")))
                self.made[id(value)] = made.requires_grad_() if value.requires_grad else made
                if value.is_leaf and value.grad is not None:
                    made.grad = self(value.grad)
            return self.made[id(value)]
        if isinstance(value, dict):
            return {key: self(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self(each) for each in value)
        return value


def back(value: Any) -> Any:
    """Our values as torch's."""
    if isinstance(value, ft.Tensor):
        return torch.tensor(value.tolist(), dtype=getattr(torch, str(value.dtype).removeprefix("torch.")))
    if isinstance(value, dict):
        return {key: back(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(back(each) for each in value)
    return value


def same(ours: Any, theirs: Any, where: str, **tolerance: float) -> None:
    """Keys in order, types, dtypes, shapes and numbers."""
    tolerance = tolerance or TOLERANCE
    if isinstance(theirs, torch.Tensor):
        assert isinstance(ours, ft.Tensor), where
        made = back(ours).reshape(tuple(ours.shape))
        torch.testing.assert_close(made, theirs.detach(), msg=lambda text: f"{where}: {text}", **tolerance)
    elif isinstance(theirs, dict):
        assert list(ours) == list(theirs), where
        for key in theirs:
            same(ours[key], theirs[key], f"{where}.{key}", **tolerance)
    elif isinstance(theirs, (list, tuple)):
        assert type(ours) is type(theirs), where
        assert len(ours) == len(theirs), where
        for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            same(a, b, f"{where}[{i}]", **tolerance)
    else:
        assert type(ours) is type(theirs), where
        assert ours == (pytest.approx(theirs) if isinstance(theirs, float) else theirs), where


def implementations(info: Any) -> list[dict[str, bool]]:
    made = [{}]
    if "foreach" in info.supported_impls:
        made += [{"foreach": True}, {"foreach": False}]
    if "fused" in info.supported_impls and "cpu" in info.supports_fused_on:
        made.append({"fused": True})
    return made


def cases() -> list[Any]:
    return [
        pytest.param(info, {**given.kwargs, **how}, id=f"{info.optim_cls.__name__}-{i}-{'-'.join(map(str, how)) or 'plain'}{list(how.values())}")
        for info in INFOS
        for i, given in enumerate(info.optim_inputs_func(device="cpu"))
        for how in implementations(info)
    ]  # fmt: skip


def pair(info: Any, kwargs: dict[str, Any]) -> tuple[Any, Any, list[Any], list[Any]]:
    """(torch's optimizer, ours, its parameters, ours), equal."""
    torch.manual_seed(0)
    shapes = ((3, 4), (6, 2)) if info.optim_cls.__name__ == "Muon" else ((3, 4), (5,), ())
    theirs = [torch.randn(shape, dtype=torch.float64).requires_grad_() for shape in shapes]
    convert = Converter()
    ours = [convert(p) for p in theirs]
    options = {key: value for key, value in kwargs.items() if key != "params"}
    groups = [{"params": theirs[:1]}, {"params": theirs[1:], "lr": options.get("lr", 1e-3)}]
    mine = [{"params": ours[:1]}, {"params": ours[1:], "lr": convert(options.get("lr", 1e-3))}]
    return info.optim_cls(groups, **options), getattr(ft_optim, info.optim_cls.__name__)(mine, **convert(options)), theirs, ours


def step(optimizer: Any, params: list[Any], seed: int) -> BaseException | None:
    """One step with gradients of the seed; what it raised."""
    torch.manual_seed(seed)
    for p in params:
        g = torch.randn(tuple(p.shape), dtype=torch.float64)
        p.grad = g if isinstance(p, torch.Tensor) else Converter()(g)
    try:
        optimizer.step()
    except Exception as error:  # noqa: BLE001  # compared with the other side's
        return error
    return None


@pytest.mark.parametrize(("info", "kwargs"), cases())
def test_steps_and_checkpoints_in_every_implementation(info: Any, kwargs: dict[str, Any]) -> None:
    a, b, theirs, ours = pair(info, kwargs)
    loose = {"rtol": 2e-2, "atol": 1e-4} if info.optim_cls.__name__ == "Muon" else {}  # its iteration runs in bfloat16
    for seed in range(4):
        wrong, mine = step(a, theirs, seed), step(b, ours, seed)
        assert type(mine) is type(wrong), (mine, wrong)
        if wrong is not None:  # capturable on a CPU, a learning rate tensor with foreach
            assert str(mine).partition(":")[0].replace(", and", " and") == str(wrong).partition(":")[0].replace(", and", " and")
            return
    same(ours, theirs, "parameters", **loose)
    same(b.state_dict(), a.state_dict(), "state_dict")
    # each takes the other's checkpoint and goes on
    a2, b2, theirs2, ours2 = pair(info, kwargs)
    for p, q in ((theirs2, ours), (ours2, theirs)):
        for x, y in zip(p, q, strict=True):
            x.detach().copy_(back(y.detach()) if p is theirs2 else Converter()(y.detach()))
    a2.load_state_dict(back(b.state_dict()))
    b2.load_state_dict(Converter()(a.state_dict()))
    same(b2.state_dict(), a2.state_dict(), "loaded")
    for seed in range(4, 6):
        assert step(a2, theirs2, seed) is step(b2, ours2, seed) is step(a, theirs, seed) is None
    same(ours2, theirs, "torch's checkpoint goes on", **loose)
    same(ours, theirs, "nothing of it was shared", **loose) if step(b, ours, 4) is step(b, ours, 5) is None else pytest.fail("step")
    same(ours, theirs2, "our checkpoint goes on", **loose)


@pytest.mark.parametrize("info", [pytest.param(i, id=i.optim_cls.__name__) for i in INFOS if "differentiable" in i.supported_impls])
def test_the_gradient_of_a_differentiable_step(info: Any) -> None:
    name = info.optim_cls.__name__
    steps = 1 if name in ("Adamax", "Rprop") else 2  # torch's own overwrite what a second step's gradient needs
    wanted = differentiated(torch, torch.optim, name, steps)
    # torch corrects the bias in the step count's float32, which costs digits: 1 - 0.999^2 has four left
    assert differentiated(ft, ft_optim, name, steps) == (
        pytest.approx(wanted[0], rel=1e-5),
        pytest.approx(wanted[1], rel=1e-4, abs=1e-9),
    )


def differentiated(lib: Any, optim: Any, name: str, steps: int) -> tuple[list[float], list[float]]:
    """Gradients of a loss after some steps, for the first parameter and for the gradient that the steps took."""
    p = lib.tensor([0.5, -1.5, 2.0], dtype=lib.float64).requires_grad_()
    g = lib.tensor([0.25, 1.0, -0.75], dtype=lib.float64).requires_grad_()
    moved = p.clone()
    optimizer = getattr(optim, name)([moved], lr=0.1, differentiable=True)
    for _ in range(steps):
        moved.grad = g * 1.0
        optimizer.step()
    (moved * moved).sum().backward()
    return p.grad.tolist(), g.grad.tolist()


@pytest.mark.parametrize(
    ("info", "kwargs"),
    [
        pytest.param(info, given.kwargs, id=f"{info.optim_cls.__name__}-{i}")
        for info in INFOS
        if info.supports_complex
        for i, given in enumerate(info.optim_inputs_func(device="cpu"))
        if not given.kwargs.get("capturable") and not given.kwargs.get("fused")
    ],
)
def test_complex_parameters_step_as_torchs(info: Any, kwargs: dict[str, Any]) -> None:
    torch.manual_seed(0)
    convert = Converter()
    p = torch.randn(3, 2, dtype=torch.complex128).requires_grad_()
    q = convert(p)
    a = info.optim_cls([p], **kwargs)
    b = getattr(ft_optim, info.optim_cls.__name__)([q], **convert(kwargs))
    for _ in range(4):
        p.grad = torch.randn(3, 2, dtype=torch.complex128)
        q.grad = Converter()(p.grad)
        a.step()
        b.step()
    same([q], [p], "parameters")
    same(b.state_dict(), a.state_dict(), "state_dict")


def errors() -> list[Any]:
    return [
        pytest.param(info, case, id=f"{info.optim_cls.__name__}-{i}")
        for info in common.optim_db
        if info.optim_cls.__name__ != "SparseAdam"
        for i, case in enumerate(info.optim_error_inputs_func("cpu", torch.float32))
    ]


@pytest.mark.parametrize(("info", "case"), errors())
def test_error_inputs_raise_what_torch_raises(info: Any, case: Any) -> None:
    given = case.optimizer_error_input
    convert = Converter()
    params, kwargs = convert(given.params), convert(given.kwargs)
    with warnings.catch_warnings():
        warnings.simplefilter("error" if issubclass(case.error_type, Warning) else "ignore")
        with pytest.raises(case.error_type) as theirs:
            info.optim_cls(given.params, **given.kwargs).step()
        with pytest.raises(case.error_type, match=case.error_regex) as ours:
            getattr(ft_optim, info.optim_cls.__name__)(params, **kwargs).step()
    assert type(ours.value) is type(theirs.value)
    assert str(ours.value) == str(theirs.value)


def test_a_comparison_notices_what_differs() -> None:
    for ours, theirs in (
        (ft.ones(2), torch.zeros(2)),
        (ft.ones(2), torch.ones(2, dtype=torch.float64)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([1], (1,)),
        (1.0, 1),
    ):
        with pytest.raises(AssertionError):
            same(ours, theirs, "a wrong answer")
