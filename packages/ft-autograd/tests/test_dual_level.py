"""Forward over reverse in a dual_level: the tangent of a gradient is the Hessian times the direction; what becomes of `.grad`; writes."""

import gc
import weakref

import pytest

import ft_autograd
import ft_autograd.forward_ad as fwAD
from ft_autograd import functional
from ft_dispatch import surface as torch

X = ((0.3, -1.2, 0.7), (2.0, 0.4, -0.6))
V = ((1.0, -0.5, 2.0), (0.25, 1.5, -1.0))


def matrix(rows):
    return torch.tensor(rows, dtype=torch.float64)


def through_view(x):
    y = x * 2
    y[:, 1].mul_(x[:, 0])
    y[0] += x[1]
    return y.pow(3).sum()


FUNCTIONS = {
    "square": lambda x: (x * x).sum(),
    "saved output": lambda x: x.exp().sum(),
    "two saved outputs": lambda x: (x.sigmoid() * x.tanh()).sum(),
    "product": lambda x: x.prod(),
    "matrices": lambda x: (x @ x.t()).tanh().sum(),
    "softmax": lambda x: x.softmax(1)[:, 0].pow(3).sum(),
    "log_softmax": lambda x: x.log_softmax(0).pow(2).sum(),
    "logsumexp": lambda x: x.logsumexp(1).prod(),
    "norm": lambda x: x.norm() * x.sum(),
    "variance": lambda x: x.var(1).sqrt().sum(),
    "maximum": lambda x: x.max(1).values.pow(3).sum(),
    "sorted": lambda x: (x.sort(1).values.pow(2) * torch.arange(3.0, dtype=x.dtype)).sum(),
    "cumprod": lambda x: x.cumprod(1).pow(2).sum(),
    "cumprod of a zero": lambda x: (x - 0.7).cumprod(1).pow(2).sum(),
    "layer norm": lambda x: torch.raw.native_layer_norm(x, (3,), None, None, 1e-5)[0].pow(3).sum(),
    "parts": lambda x: sum((p.pow(3).sum() for p in x.split([1, 2], 1)), x.sum() ** 2),
    "indexing": lambda x: (x[:, [0, 2, 2]] * x[0]).pow(2).sum(),
    "joined": lambda x: torch.cat([x * x, x.sin()], 1).pow(2).sum(),
    "inverse": lambda x: torch.inverse((x @ x.t()) + 3 * torch.eye(2, dtype=x.dtype)).pow(2).sum(),
    "written in place": lambda x: x.clone().mul_(x).exp_().sum(),
    "written through a view": through_view,
    "new tensor written to": lambda x: torch.zeros((2, 3), dtype=x.dtype).add_(x).pow(3).sum(),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("create_graph", [False, True])
def test_the_tangent_of_a_gradient(name, create_graph):
    f, v = FUNCTIONS[name], matrix(V)
    x = matrix(X).requires_grad_()
    _, expected = functional.hvp(f, matrix(X), v)
    with fwAD.dual_level():
        (g,) = ft_autograd.grad(f(fwAD.make_dual(x, v)), x, create_graph=create_graph)
        value, tangent = fwAD.unpack_dual(g)
    assert torch.allclose(tangent, expected), (tangent, expected)
    assert not torch.allclose(tangent, expected + 1e-3)
    assert value.requires_grad is create_graph
    (plain,) = ft_autograd.grad(f(x), x)
    assert torch.allclose(value, plain)


@pytest.mark.parametrize(
    "name", [name for name in FUNCTIONS if "written" not in name]
)  # a value that was written to is gone, as in torch
def test_backward_from_the_tangent(name):
    f, v = FUNCTIONS[name], matrix(V)
    x = matrix(X).requires_grad_()
    _, expected = functional.hvp(f, matrix(X), v)
    with fwAD.dual_level():
        tangent = fwAD.unpack_dual(f(fwAD.make_dual(x, v))).tangent
        (found,) = ft_autograd.grad(tangent, x)
    assert torch.allclose(found, expected)


def test_gradients_of_leaves():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with fwAD.dual_level():
        d = fwAD.make_dual(x, torch.ones(2))
        assert not d.is_leaf
        assert d.grad_fn.next_functions[0][0].variable is x
        (d**3).sum().backward()
        assert fwAD.unpack_dual(x.grad).tangent is None  # a first gradient keeps its value alone
        (d**3).sum().backward()
        assert fwAD.unpack_dual(x.grad).tangent.tolist() == [6.0, 12.0]
    assert type(x.grad) is type(d) is torch.Tensor
    assert x.grad.tolist() == [6.0, 24.0]


def test_a_dual_leaf():
    with fwAD.dual_level():
        d = fwAD.make_dual(torch.tensor([1.0, 2.0]), torch.ones(2))
        with pytest.raises(RuntimeError, match="does not require grad and does not have a grad_fn"):
            d.sum().backward()
        d.requires_grad_()
        assert d.is_leaf
        (d**3).sum().backward()
    assert d.grad.tolist() == [3.0, 12.0]
    assert d.requires_grad


def test_hooks_see_tangents():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    seen = []
    with fwAD.dual_level():
        d = fwAD.make_dual(x, torch.ones(2))
        for t in (d, x):
            t.register_hook(lambda g: seen.append(fwAD.unpack_dual(g).tangent.tolist()))
        (d**2).sum().backward()
    assert seen == [[2.0, 2.0], [2.0, 2.0]]


def test_a_leaf_is_not_written_through_its_dual():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with fwAD.dual_level(), pytest.raises(RuntimeError, match="a view of a leaf Variable that requires grad is being used"):
        fwAD.make_dual(x, torch.ones(2)).mul_(2)


def test_a_write_reaches_what_the_dual_was_made_of():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    with fwAD.dual_level():
        fwAD.make_dual(y, torch.ones(2)).mul_(x.detach())
    y.sum().backward()
    assert y.tolist() == [3.0, 12.0]
    assert x.grad.tolist() == [3.0, 6.0]


def test_duals_in_functions():
    class Exp(ft_autograd.Function):
        @staticmethod
        def forward(ctx, x):
            y = x.exp()
            ctx.save_for_backward(y)
            ctx.save_for_forward(y)
            return y

        @staticmethod
        def backward(ctx, g):
            return ctx.saved_tensors[0] * g

        @staticmethod
        def jvp(ctx, t):
            return ctx.saved_tensors[0] * t

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with fwAD.dual_level():
        y = Exp.apply(fwAD.make_dual(x, torch.ones(2)))
        (g,) = ft_autograd.grad(y.sum(), x, retain_graph=True)
        assert torch.allclose(fwAD.unpack_dual(g).tangent, x.detach().exp())
        (g,) = ft_autograd.grad(fwAD.unpack_dual(y).tangent.sum(), x)
        assert torch.allclose(g, x.detach().exp())


def test_what_a_level_made_goes_when_it_is_dropped():
    gc.collect()
    gc.disable()
    try:
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        with fwAD.dual_level():
            y = fwAD.make_dual(x, torch.ones(2)).sin()
            held = weakref.ref(y)
        del y
        assert held() is None
    finally:
        gc.enable()
