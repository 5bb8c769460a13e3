"""Gradients of normalisations, first and second, against finite differences in float64; statistics that do not require grad."""

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_autograd import grad
from ft_autograd.func import jacfwd, jacrev, jvp, vmap
from ft_autograd.gradcheck import gradcheck, gradgradcheck
from ft_dispatch import surface as torch
from ft_dispatch.packets import ops

raw = torch.raw


def numbers(*shape, seed=7):
    return torch.from_numpy(np.random.default_rng(seed).uniform(-1, 1, shape)).requires_grad_()


def running(n):
    return torch.zeros(n, dtype=torch.float64), torch.ones(n, dtype=torch.float64)


CALLS = {
    "layer": ((3, 4), lambda x, w, b: torch.native_layer_norm(x, (4,), w, b, 1e-3)[0]),
    "rms": ((3, 4), lambda x, w, b: raw._fused_rms_norm(x, (4,), w, 1e-3)[0] + b),
    "group": ((2, 4, 3), lambda x, w, b: torch.native_group_norm(x, w, b, 2, 4, 3, 2, 1e-3)[0]),
    "batch": ((3, 4, 2), lambda x, w, b: torch.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-3)[0]),
    "batch with running": ((3, 4), lambda x, w, b: torch.native_batch_norm(x, w, b, *running(4), True, 0.1, 1e-3)[0]),
    "batch in evaluation": ((3, 4), lambda x, w, b: torch.native_batch_norm(x, w, b, *running(4), False, 0.1, 1e-3)[0]),
    "updating": ((3, 4), lambda x, w, b: ops.aten._batch_norm_with_update(x, w, b, *running(4), 0.1, 1e-3)[0]),
}


@pytest.mark.parametrize("name", CALLS)
def test_norm_gradients(name):
    shape, call = CALLS[name]
    arguments = numbers(*shape), numbers(4, seed=8), numbers(4, seed=9)
    assert gradcheck(call, arguments)
    assert gradgradcheck(call, arguments)


def test_layer_norm_third_derivative():
    x = numbers(2, 4)

    def second(x):
        (first,) = grad(torch.native_layer_norm(x, (4,), None, None, 1e-3)[0].pow(3).sum(), x, create_graph=True)
        return grad(first.pow(2).sum(), x, create_graph=True)[0]

    assert gradcheck(second, (x,))


def test_statistics_of_layer_and_batch_norm_do_not_require_grad():
    x = numbers(3, 4)
    assert [t.requires_grad for t in torch.native_layer_norm(x, (4,), None, None, 1e-5)] == [True, False, False]
    assert [t.requires_grad for t in torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)] == [True, False, False]
    assert all(t.requires_grad for t in torch.native_group_norm(x.reshape(1, 3, 4), None, None, 1, 3, 4, 3, 1e-5))


def test_batch_norm_with_update_moves_the_running_statistics():
    x, (mean, var) = numbers(6, 4).detach(), running(4)
    made = ops.aten._batch_norm_with_update(x, None, None, mean, var, 0.5, 1e-3)
    assert torch.allclose(mean, x.mean(0) / 2)
    assert torch.allclose(var, (1 + x.var(0)) / 2)
    assert made[3].dtype is torch.uint8
    assert made[3].numel() == 0


def test_layer_norm_hessians_of_every_order_of_modes():
    x = numbers(1, 3).detach()

    def f(x):
        return torch.native_layer_norm(x, (3,), None, None, 1e-3)[0].pow(3).sum()

    whole = jacrev(jacrev(f))(x).reshape(3, 3)
    step, columns = 1e-6, torch.eye(3, dtype=torch.float64)
    slopes = [(jacrev(f)(x + step * d) - jacrev(f)(x - step * d)).reshape(3) / (2 * step) for d in columns]
    assert torch.allclose(whole, torch.stack(slopes), atol=1e-7)
    for outer, inner in ((jacfwd, jacrev), (jacrev, jacfwd), (jacfwd, jacfwd)):
        assert torch.allclose(outer(inner(f))(x).reshape(3, 3), whole)


def test_detach_reaches_a_tensor_of_an_outer_transform():
    x = numbers(3).detach()

    def rows(y):
        return vmap(lambda v: jvp(lambda z: (y * 2).detach() * z, (y,), (v,))[1])(torch.eye(3, dtype=torch.float64))

    value, tangent = jvp(rows, (x,), (torch.ones_like(x),))
    assert torch.allclose(value, torch.diag_embed(2 * x))
    assert tangent.abs().sum() == 0
