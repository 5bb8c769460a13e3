"""Gradients of the families reduction, extreme, scan, stats, softmax, activation, norm, loss and special, in float64.

Every call is differentiated along a random direction and compared with a symmetric difference.
"""

from __future__ import annotations

import numpy as np
import pytest

import ft_autograd
import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_dispatch import surface as torch

raw = torch.raw
STEP = 1e-6


def tensor(array):
    return torch.from_numpy(np.array(array))


def first(result):
    return result[0] if isinstance(result, tuple) else result


ROWS = tensor(np.linspace(-1, 1, 12).reshape(3, 4) ** 3)
CLASSES = tensor(np.array([1, 3, 0]))
CALLS = {
    "sum": lambda x: x.sum((0, 1), keepdim=True),
    "mean": lambda x: x.mean(1),
    "nansum": lambda x: raw.nansum(x, (1,)),
    "prod": lambda x: x.prod(1),
    "amax": lambda x: x.amax(1),
    "max": lambda x: x.max(1).values,
    "whole min": lambda x: x.min(),
    "logsumexp": lambda x: x.logsumexp(1),
    "norm 1": lambda x: raw.linalg_vector_norm(x, 1, (1,)),
    "norm 2": lambda x: raw.linalg_vector_norm(x, 2, (0,)),
    "norm 3.5": lambda x: raw.linalg_vector_norm(x, 3.5, None),
    "cumsum": lambda x: x.cumsum(0),
    "cumprod": lambda x: x.cumprod(1),
    "cummax": lambda x: x.cummax(1).values,
    "logcumsumexp": lambda x: x.logcumsumexp(1),
    "var": lambda x: x.var(1),
    "std": lambda x: x.std(0, correction=0),
    "var_mean": lambda x: torch.var_mean(x, 1)[0] * torch.var_mean(x, 1)[1],
    "median": lambda x: x.median(1).values,
    "softmax": lambda x: x.softmax(1),
    "log_softmax": lambda x: x.log_softmax(0),
    "relu": torch.relu,
    "gelu": raw.gelu,
    "gelu tanh": lambda x: raw.gelu(x, approximate="tanh"),
    "silu": raw.silu,
    "mish": raw.mish,
    "elu": lambda x: raw.elu(x, 1.5, 2.0, 0.7),
    "celu": lambda x: torch.celu(x, 1.3),
    "leaky_relu": lambda x: raw.leaky_relu(x, 0.2),
    "hardswish": raw.hardswish,
    "softplus": lambda x: raw.softplus(x, 2, 20),
    "log_sigmoid": raw.log_sigmoid,
    "glu": lambda x: raw.glu(x, 1),
    "layer_norm": lambda x: torch.layer_norm(x, (4,), ROWS.select(0, 0)),
    "rms_norm": lambda x: torch.rms_norm(x, (4,)),
    "group_norm": lambda x: torch.group_norm(x, 2),
    "batch_norm": lambda x: first(raw.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)),
    "mse_loss": lambda x: raw.mse_loss(x, ROWS),
    "huber_loss": lambda x: raw.huber_loss(x, ROWS, 2, 0.3),
    "bce with logits": lambda x: torch.binary_cross_entropy_with_logits(x, ROWS.abs()),
    "cross entropy": lambda x: raw.cross_entropy_loss(x, CLASSES),
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "log_ndtr": raw.special_log_ndtr,
    "lgamma": lambda x: (x + 3).lgamma(),
    "digamma": lambda x: (x + 3).digamma(),
    "i0": lambda x: x.i0(),
    "i1e": raw.special_i1e,
}


def points(seed: int = 7):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((3, 4)), rng.standard_normal((3, 4)), rng


def gradient(f, x, g):
    leaf = tensor(x).requires_grad_(True)
    (f(leaf) * tensor(g)).sum().backward()
    return leaf.grad.numpy()


@pytest.mark.parametrize("name", CALLS)
def test_gradient_is_the_slope_along_a_direction(name) -> None:
    f = CALLS[name]
    x, v, rng = points()
    g = rng.standard_normal(tuple(f(tensor(x)).shape))
    slope = (f(tensor(x + STEP * v)).numpy() - f(tensor(x - STEP * v)).numpy()) / (2 * STEP)
    assert abs((gradient(f, x, g) * v).sum() - (slope * g).sum()) < 1e-6 * max(1, abs((slope * g).sum()))


def test_a_zero_among_the_factors_keeps_its_gradient() -> None:
    for x in ([2.0, 0.0, 3.0], [0.0, 0.0, 3.0], [1.0, 2.0, 4.0]):
        leaf = tensor(np.array(x)).requires_grad_(True)
        leaf.prod().backward()
        expected = [np.prod([v for j, v in enumerate(x) if j != i]) for i in range(3)]
        assert leaf.grad.tolist() == expected


def test_cumprod_through_zeros() -> None:
    x = np.array([2.0, 0.0, 3.0, 0.0, 5.0])
    got = gradient(lambda t: t.cumprod(0), x, np.ones(5))
    expected = [sum(np.prod(np.delete(x[: k + 1], i)) for k in range(i, 5)) for i in range(5)]
    np.testing.assert_allclose(got, expected)


def test_amax_splits_its_gradient_between_ties() -> None:
    leaf = tensor(np.array([1.0, 3.0, 3.0])).requires_grad_(True)
    leaf.amax().backward()
    assert leaf.grad.tolist() == [0, 0.5, 0.5]


def test_norm_at_the_origin_has_gradient_zero() -> None:
    leaf = tensor(np.zeros(3)).requires_grad_(True)
    raw.linalg_vector_norm(leaf, 2).backward()
    assert leaf.grad.tolist() == [0, 0, 0]


def test_batch_norm_updates_running_statistics_before_backward() -> None:
    x, _, _ = points()
    leaf = tensor(x).requires_grad_(True)
    mean, var = torch.zeros(4, dtype=torch.float64), torch.ones(4, dtype=torch.float64)
    torch.batch_norm(leaf, None, None, mean, var, True, 0.1, 1e-5, False).sum().backward()
    np.testing.assert_allclose(mean.numpy(), 0.1 * x.mean(0))
    np.testing.assert_allclose(leaf.grad.numpy(), 0, atol=1e-12)


@pytest.mark.parametrize(
    "name", ["softmax", "gelu", "silu", "layer_norm", "group_norm", "rms_norm", "batch_norm", "std", "logcumsumexp", "lgamma"]
)
def test_second_derivative_is_the_slope_of_the_first(name) -> None:
    f = CALLS[name]
    x, v, rng = points()
    g = rng.standard_normal(tuple(f(tensor(x)).shape))
    leaf = tensor(x).requires_grad_(True)
    (once,) = ft_autograd.grad([(f(leaf) * tensor(g)).sum()], [leaf], create_graph=True)
    (twice,) = ft_autograd.grad([(once * tensor(v)).sum()], [leaf])
    slope = (gradient(f, x + STEP * v, g) - gradient(f, x - STEP * v, g)) / (2 * STEP)
    np.testing.assert_allclose(twice.numpy(), slope, rtol=1e-5, atol=1e-7)
