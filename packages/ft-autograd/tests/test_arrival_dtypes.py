"""A cotangent arrives in the dtype of the output it belongs to, real where that is real, also where a node has several outputs."""

import pytest

import ft_autograd as autograd
from ft_autograd import Function
from ft_core import complex128, float32, float64
from ft_dispatch import surface as torch


class Two(Function):
    """x and its square, which keeps the dtypes of the cotangents it gets."""

    seen = ()

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * 1, x * x

    @staticmethod
    def backward(ctx, first, second):
        Two.seen = (first.dtype, second.dtype)
        return first + 2 * ctx.saved_tensors[0] * second


MAKERS = {
    "unbind": lambda x: x.unbind(0)[:2],
    "split": lambda x: x.split(1)[:2],
    "max": lambda x: (x.max(1)[0], x.max(0)[0]),
    "sort": lambda x: (x.sort(0)[0], x.sort(1)[0]),
    "std_mean": lambda x: torch.std_mean(x, 1),
    "svd": lambda x: torch.raw._linalg_svd(x)[1:2] * 2,
    "slogdet": lambda x: torch.raw._linalg_slogdet(x)[1:2] * 2,
    "function": Two.apply,
}


@pytest.mark.parametrize("kind", [float32, float64])
@pytest.mark.parametrize("name", MAKERS)
def test_cotangents_of_several_outputs(name, kind):
    torch.manual_seed(0)
    x = torch.randn(3, 3, dtype=kind).requires_grad_()
    arrived = []
    first, second = MAKERS[name](x)
    for part in (first, second):
        part.register_hook(lambda g: arrived.append(g.dtype))
    total = (first.to(complex128) * (2 + 3j)).sum() + (second * 4j).sum() + second.to(float64).sum()
    gradient = autograd.grad(total.real, x)[0]
    assert set(arrived) == {kind}
    again = MAKERS[name](x)
    assert torch.allclose(gradient, autograd.grad(again[0].sum() * 2 + again[1].sum(), x)[0])
    if name == "function":
        assert Two.seen == (kind, kind)
