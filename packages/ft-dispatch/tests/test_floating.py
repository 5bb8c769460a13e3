"""float_power and frexp: double precision whatever comes in, and numbers taken apart."""

from __future__ import annotations

import pytest

import ft_autograd
from ft_core import complex128, float32, float64, int32
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

X = torch.tensor([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("base", "exponent", "expected", "dtype"),
    [
        (X, 2, [1, 4, 9], float64),
        (2, X, [2, 4, 8], float64),
        (torch.tensor([1, 2]), torch.tensor([-1, -1]), [1, 0.5], float64),
        (torch.tensor([True, False]), 0, [1, 1], float64),
        (X, 1j, [1, 2**1j, 3**1j], complex128),
        (torch.tensor([1j]), X[1], [-1], complex128),
    ],
)
def test_powers_are_double(base, exponent, expected, dtype) -> None:
    found = torch.float_power(base, exponent)
    assert found.dtype is dtype
    assert found.tolist() == pytest.approx(expected)


def test_in_place_and_out_need_the_wide_dtype() -> None:
    x = X.to(float64)
    assert x.float_power_(2) is x
    assert x.tolist() == [1, 4, 9]
    out = torch.empty(0, dtype=float64)
    assert torch.float_power(X, 2, out=out) is out
    with pytest.raises(RuntimeError, match="given to float_power_ has dtype Float"):
        X.clone().float_power_(2)
    with pytest.raises(RuntimeError, match="the output given to float_power has dtype Float"):
        torch.float_power(X, 2, out=torch.empty(3))
    with pytest.raises(RuntimeError, match="doesn't match the broadcast shape"):
        torch.ones(1, dtype=float64).float_power_(X)
    with pytest.raises(TypeError, match=r"got \(int, int\)"):
        torch.float_power(2, 3)


def test_frexp_takes_apart_and_its_gradient_scales() -> None:
    x = torch.tensor([6.0, -0.3, 0.0], requires_grad=True)
    found = torch.frexp(x)
    assert found.mantissa.tolist() == pytest.approx([0.75, -0.6, 0])
    assert found.exponent.tolist() == [3, -1, 0]
    assert (found.mantissa.dtype, found.exponent.dtype) == (float32, int32)
    assert ft_autograd.grad(found.mantissa.sum(), x)[0].tolist() == [0.125, 2, 1]
    with pytest.raises(RuntimeError, match="only supports floating-point dtypes"):
        torch.frexp(torch.tensor([1]))


@pytest.mark.parametrize("kind", [float32, float64])
def test_frexp_in_terms_of_logarithms(kind) -> None:
    x = torch.tensor([0.0, -0.0, 1.0, 0.5, -8.0, 7.999, 1e-30, 1e30, 1e-45, float("inf")], dtype=kind)
    for mine, kernels in zip(OPS["frexp.Tensor"].decomposition(x), torch.frexp(x), strict=True):
        assert torch.equal(mine, kernels)


def test_hash_tensor_is_the_same_in_pieces() -> None:
    record = OPS["hash_tensor"]
    for x in (torch.linspace(-1, 1, 35).reshape(5, 7), torch.tensor(3), torch.tensor([[-1, 5, 2]])):
        for dim in ((), (0,), (-1 % max(x.ndim, 1),)):
            assert record.decomposition(x, dim, True, 0).tolist() == record(x, dim, keepdim=True).tolist()
    with pytest.raises(RuntimeError, match="Unknown hash_tensor mode: 2"):
        torch.hash_tensor(X, mode=2)
    with pytest.raises(NotImplementedError, match="not implemented for 'ComplexFloat'"):
        torch.hash_tensor(torch.tensor([1j]))
    with pytest.raises(RuntimeError, match="Expected reduction dim to be specified"):
        torch.hash_tensor(X[:0])


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "complex64"])
def test_airy_refuses_what_torch_has_no_kernel_for(kind) -> None:
    with pytest.raises(NotImplementedError, match="airy_ai_cpu"):
        torch.special.airy_ai(torch.ones(1, dtype=getattr(torch, kind)))
