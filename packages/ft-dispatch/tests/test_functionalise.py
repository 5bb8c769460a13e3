"""A device whose arrays never change behaves as one with strided memory: views, writes, versions, gradients."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import ft_autograd
from ft_core.backend import BACKENDS, Backend, KernelTable, register_backend
from ft_core.errors import NoRouteError
from ft_dispatch import surface as torch

EXAMPLE = Path(__file__).parents[3] / "examples/backend_plugin/src/ft_abacus/__init__.py"


def load():
    spec = importlib.util.spec_from_file_location("ft_abacus", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", autouse=True)
def abacus():
    held = dict(BACKENDS)
    if "abacus" not in BACKENDS:
        register_backend(load().AbacusBackend())
    yield
    BACKENDS.clear()
    BACKENDS.update(held)


VIEWS = {
    "select": lambda x: x.select(0, 1),
    "slice": lambda x: x.narrow(1, 1, 2),
    "t": lambda x: x.t(),
    "view": lambda x: x.view(3, 2),
    "chain": lambda x: x.t().narrow(0, 1, 2).select(1, 0),
    "unsqueeze": lambda x: x.unsqueeze(1),
    "diagonal": lambda x: x.diagonal(),
    "split": lambda x: x.split(2, 1)[1],
    "unbind": lambda x: x.unbind(0)[1],
    "unfold": lambda x: x.unfold(1, 2, 2),
    "detach": lambda x: x.detach(),
    "as_strided": lambda x: x.as_strided((2, 2), (3, 2)),
    "alias of a view": lambda x: x.t().detach(),
}
WRITES = {
    "add_": lambda v: v.add_(10),
    "mul_ by itself": lambda v: v.mul_(v),
    "zero_": lambda v: v.zero_(),
    "copy_": lambda v: v.copy_(torch.full(tuple(v.shape), 7.0, device=v.device)),
    "out=": lambda v: torch.exp(v.clone(), out=v),
}


def close(a, b):
    return np.allclose(np.asarray(a.cpu().numpy()), np.asarray(b.cpu().numpy()), rtol=1e-6, equal_nan=True)


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_write_reaches_base_and_siblings(view, write):
    states = []
    for where in ("cpu", "abacus"):
        base = torch.arange(6.0, device=where).view(2, 3)
        sibling, v = base.t(), VIEWS[view](base)
        WRITES[write](v)
        states.append((base, sibling, v, base * 2, sibling + v.sum()))
    for here, there in zip(*states, strict=True):
        assert close(here, there)
        assert here.shape == there.shape
    assert [t.stride() for t in states[0][:3]] == [t.stride() for t in states[1][:3]]
    assert states[0][0]._version == states[1][0]._version


def test_a_write_to_the_base_reaches_views_printed_and_read():
    base = torch.zeros(2, 2, device="abacus")
    row = base.select(0, 1)
    base.add_(3)
    assert row.tolist() == [3, 3]
    assert "3., 3." in repr(row)
    row.mul_(2)
    assert base.tolist() == [[3, 3], [6, 6]]


def test_overlap_and_dtypes_are_checked_as_elsewhere():
    x = torch.ones(1, device="abacus").expand(3)
    with pytest.raises(RuntimeError, match="single memory location"):
        x.add_(1)
    n = torch.ones(2, dtype=torch.int64, device="abacus")
    with pytest.raises(RuntimeError, match="can't be cast"):
        n.add_(0.5)
    n.add_(torch.ones(2, dtype=torch.int32, device="abacus"))
    assert n.tolist() == [2, 2]
    assert n.dtype is torch.int64


def test_gradients_flow_through_views_that_were_written_to():
    grads = []
    for where in ("cpu", "abacus"):
        x = torch.arange(6.0, device=where).view(2, 3).clone().requires_grad_()
        y = x * 2
        y.select(0, 0).mul_(3)
        y.t().narrow(0, 1, 2).add_(1)
        (y * y).sum().backward()
        grads.append(x.grad)
    assert close(*grads)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.tanh().sum(0),
        lambda x: torch.sigmoid(x).mean(),
        lambda x: torch.softmax(x, 1),
        lambda x: torch.log_softmax(x, 0),
        lambda x: x.relu().amax(1),
        lambda x: x.clamp(-0.5, 0.5),
        lambda x: x.var(0),
        lambda x: (x > 0) & (x <= 1),
        lambda x: x.sinh() + x.cosh() + x.tan() + x.asinh(),
        lambda x: x.maximum(x.t().reshape(2, 3)).hypot(x),
        lambda x: torch.addmm(torch.ones(2, device=x.device), x, x.t()),
        lambda x: x.remainder(0.3) + x.fmod(0.7) + (x // 0.4),
        lambda x: x.exp2() + x.log1p() + x.atan() + x.sign(),
    ],
)
def test_what_has_no_kernel_decomposes(function):
    x = torch.tensor([[0.1, -0.7, 2.0], [-1.5, 0.4, 0.9]])
    assert close(function(x), function(x.to("abacus")))


def test_a_training_run_ends_where_the_cpu_ends():
    losses = []
    for where in ("cpu", "abacus"):
        rng = np.random.default_rng(3)
        made = [rng.standard_normal(s).astype(np.float32) for s in ((8, 2), (8,), (1, 8), (1,))]
        params = [torch.tensor(a).to(where).requires_grad_() for a in made]
        x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], device=where)
        y = torch.tensor([[0.0], [1.0], [1.0], [0.0]], device=where)
        for _ in range(40):
            h = torch.addmm(params[1], x, params[0].t()).tanh()
            loss = ((torch.addmm(params[3], h, params[2].t()) - y) ** 2).mean()
            loss.backward()
            with ft_autograd.no_grad():
                for p in params:
                    p.add_(p.grad, alpha=-0.05)
                    p.grad = None
        losses.append(loss.item())
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_a_backend_without_the_two_kernels_says_so():
    class Poor(load().AbacusBackend):
        name, device_type, kernels = "Poor", "poor", KernelTable()

    assert issubclass(Poor, Backend)
    register_backend(Poor())
    base = torch.zeros(4).to("poor")
    with pytest.raises(NoRouteError, match="as_strided: backend Poor does not alias memory"):
        base.narrow(0, 1, 2)
