"""torch.autograd.functional, dual tensors and batched cotangents: known Jacobians, strict mode, messages."""

import pytest

import ft_autograd
from ft_autograd import forward_ad as fwAD
from ft_autograd import functional as F
from ft_dispatch import surface as torch


def vector(values=(0.3, 0.7, -0.2)):
    return torch.tensor(list(values), dtype=torch.float64)


def close(a, b):
    assert tuple(a.shape) == tuple(b.shape)
    assert torch.allclose(a, b, rtol=1e-12, atol=1e-12), (a, b)


def two(x, y):
    return x * y.sum(), (x * x).sum()


@pytest.mark.parametrize("mode", [{}, {"vectorize": True}, {"vectorize": True, "strategy": "forward-mode"}])
def test_jacobian(mode):
    x, y = vector(), vector((1.0, 2.0))
    close(F.jacobian(lambda x: x.sin(), x, **mode), torch.diag(x.cos()))
    found = F.jacobian(two, (x, y), **mode)
    close(found[0][0], torch.diag(torch.ones(3, dtype=torch.float64) * 3))
    close(found[0][1], x[:, None].expand(3, 2))
    close(found[1][0], 2 * x)
    close(found[1][1], torch.zeros(2, dtype=torch.float64))


@pytest.mark.parametrize("mode", [{}, {"vectorize": True}, {"vectorize": True, "outer_jacobian_strategy": "forward-mode"}])
def test_hessian(mode):
    x, y = vector(), vector((1.0, 2.0, 3.0))
    close(F.hessian(lambda x: (x**3).sum(), x, **mode), torch.diag(6 * x))
    found = F.hessian(lambda x, y: (x * x * y).sum(), (x, y), **mode)
    close(found[0][0], torch.diag(2 * y))
    close(found[0][1], torch.diag(2 * x))
    close(found[1][1], torch.zeros(3, 3, dtype=torch.float64))


def test_products():
    x, v = vector(), vector((1.0, -1.0, 2.0))
    out, g = F.vjp(lambda x: x.sin(), x, v)
    close(out, x.sin())
    close(g, v * x.cos())
    close(F.jvp(lambda x: x.sin(), x, v)[1], v * x.cos())
    cubes = lambda x: (x**3).sum() + x[0] * x[1]  # noqa: E731
    h = F.hessian(cubes, x)
    close(F.hvp(cubes, x, v)[1], h @ v)
    close(F.vhp(cubes, x, v)[1], h @ v)
    close(F.vjp(lambda x: x.sum(), x)[1], torch.ones(3, dtype=torch.float64))


def test_create_graph():
    x = vector().requires_grad_()
    j = F.jacobian(lambda x: x**3, x, create_graph=True)
    (g,) = ft_autograd.grad(j.sum(), x)
    close(g, 6 * x.detach())
    assert not F.jacobian(lambda x: x**3, x).requires_grad


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: F.jacobian(lambda x: x.detach() * 2, x, strict=True), RuntimeError, "does not require gradient"),
        (lambda x: F.jacobian(lambda x, y: x * 2, (x, x + 1), strict=True), RuntimeError, "is independent of input 1"),
        (lambda x: F.jacobian(lambda x: 3, x), TypeError, "must be either a Tensor or a tuple of Tensors"),
        (lambda x: F.jacobian(lambda x: x, "x"), TypeError, "The inputs given to jacobian"),
        (lambda x: F.jacobian(lambda x: x, x, strategy="sideways"), AssertionError, "Expected strategy to be either"),
        (
            lambda x: F.jacobian(lambda x: x, x, strategy="forward-mode"),
            NotImplementedError,
            "only implemented for `vectorize=True`",
        ),
        (lambda x: F.vjp(lambda x: x, x), RuntimeError, "v can only be None if"),
        (lambda x: F.vjp(lambda x: x, x, x[:2]), RuntimeError, "v has invalid size"),
        (lambda x: F.vhp(lambda x: x, x, x), RuntimeError, "should contain a single element"),
        (lambda x: F.hvp(lambda x: (x.sum(), x.sum()), x, x), RuntimeError, "should return a single Tensor"),
    ],
)
def test_refusals(call, error, message):
    with pytest.raises(error, match=message):
        call(vector())


def test_batched_cotangents():
    x, w = vector().requires_grad_(), vector((2.0, 3.0, 4.0)).requires_grad_()
    out = x * w
    eye = torch.eye(3, dtype=torch.float64)
    gx, gw = ft_autograd.grad(out, (x, w), eye, is_grads_batched=True, retain_graph=True)
    close(gx, torch.diag(w.detach()))
    close(gw, torch.diag(x.detach()))
    unused = vector().requires_grad_()
    found = ft_autograd.grad(out, (x, unused), eye, is_grads_batched=True, allow_unused=True)
    assert found[1] is None


# -- dual tensors --------------------------------------------------------------------------------------------------------


def test_dual_tensors():
    x, t = vector(), vector((1.0, 2.0, 3.0))
    with fwAD.dual_level():
        dual = fwAD.make_dual(x, t)
        primal, tangent = fwAD.unpack_dual(dual.sin() * x)
        assert fwAD.unpack_dual(x).tangent is None
        assert fwAD.unpack_dual(x * 2).tangent is None
    close(primal, x.sin() * x)
    close(tangent, x.cos() * t * x)


def test_dual_tensors_and_writes():
    x, t = vector(), vector((1.0, 2.0, 3.0))
    with fwAD.dual_level():
        dual = fwAD.make_dual(x, t) * 1
        head = dual[:2]
        dual.mul_(2)
        head.add_(1)
        close(fwAD.unpack_dual(dual).tangent, t * 2)
        close(fwAD.unpack_dual(head).primal, x[:2] * 2 + 1)


def test_a_dual_tensor_after_its_level_is_its_primal():
    with fwAD.dual_level():
        dual = fwAD.make_dual(vector(), vector())
    close(dual + 1, vector() + 1)
    assert fwAD.unpack_dual(dual).tangent is None


def test_dual_refusals():
    with pytest.raises(RuntimeError, match="no level exists"):
        fwAD.make_dual(vector(), vector())
    with fwAD.dual_level():
        with pytest.raises(RuntimeError, match="Nested forward mode AD is not supported"):
            fwAD.enter_dual_level()
        with pytest.raises(ValueError, match=r"Expected primal to be floating point or complex, but got: torch\.int64"):
            fwAD.make_dual(torch.ones(3, dtype=torch.int64), vector())
        with pytest.raises(RuntimeError, match="different size"):
            fwAD.make_dual(vector(), vector((1.0,)))
        with pytest.raises(RuntimeError, match="does not require grad"):
            fwAD.make_dual(vector(), vector()).sum().backward()
    with pytest.raises(RuntimeError, match="Dual level must be a positive number"):
        fwAD.exit_dual_level()
