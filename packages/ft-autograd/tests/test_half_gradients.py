"""Gradients of half types, bit for bit against torch: a rule in torch's order of operations rounds where torch rounds."""

# a case is a call to be made later, whatever it is made of

import warnings

import pytest

import ft_autograd
from ft_dispatch import surface as ours

pytestmark = pytest.mark.oracle
N = 1024  # whole vectors: what is left over goes through scalar loops, some of which round otherwise in torch
HALVES = ("bfloat16", "float16")

ONE = {
    "log": lambda t, x: x.log(),
    "log2": lambda t, x: x.log2(),
    "log10": lambda t, x: x.log10(),
    "log1p": lambda t, x: x.log1p(),
    "sqrt": lambda t, x: x.sqrt(),
    "exp2": lambda t, x: x.exp2(),
    "atan": lambda t, x: x.atan(),
    "atanh": lambda t, x: (x * 0.25).atanh(),
    "sinc": lambda t, x: x.sinc(),
    "cubed": lambda t, x: x**3,
    "one over": lambda t, x: x**-1,
    "a root": lambda t, x: x**0.3,
    "a base": lambda t, x: 0.3**x,
    "add, sub, rsub": lambda t, x: (x + 0.3) * (x - 0.3) * (0.3 - x),
    "add alpha": lambda t, x: t.add(x * x, x, alpha=0.3) * x,
    "mul, div": lambda t, x: x * 0.3 / 0.7,
    "fmod": lambda t, x: t.fmod(x * x, 0.3) * x,
    "remainder": lambda t, x: t.remainder(x * x, 0.3) * x,
    "xlogy of a number": lambda t, x: t.xlogy(x, 0.3) * t.xlogy(0.3, x),
    "clamp": lambda t, x: x.clamp(0.3, 1.3),
    "hardshrink": lambda t, x: t.raw.hardshrink(x, 0.3) if t is ours else t.nn.functional.hardshrink(x, 0.3),
    "logit": lambda t, x: t.logit(x * 0.25),
}
TWO = {
    "atan2": lambda t, x, y: t.atan2(x, y),
    "hypot": lambda t, x, y: t.hypot(x, y),
    "ldexp": lambda t, x, y: t.ldexp(x, y),
    "logaddexp": lambda t, x, y: t.logaddexp(x, y),
    "logaddexp2": lambda t, x, y: t.logaddexp2(x, y),
    "xlogy": lambda t, x, y: t.xlogy(x, y),
    "addcdiv": lambda t, x, y: t.addcdiv(x, y, x, value=0.3),
    "pow": lambda t, x, y: t.pow(x, y),
    "a batch of one": lambda t, x, y: t.matmul(x.reshape(16, 8, 8), y[:64].reshape(1, 8, 8)),
    "trilinear": lambda t, x, y: t._trilinear(
        x[:24].reshape(8, 3), y[:48].reshape(4, 3, 4), x[-32:].reshape(8, 4), [1, 3], [0], [1, 2], [2, 3]
    ),
}


@pytest.fixture(scope="module")
def oracle():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("torch")


def differing(oracle, function, dtype, count) -> int:
    """How many numbers of the gradients are not torch's, to the bit."""
    oracle.manual_seed(0)
    kind = getattr(oracle, dtype)
    theirs = [(oracle.rand(N) * 3 + 0.125).to(kind).requires_grad_() for _ in range(count)]
    mine = [ours.tensor(x.tolist(), dtype=getattr(ours, dtype), requires_grad=True) for x in theirs]
    expected, made = function(oracle, *theirs), function(ours, *mine)
    cotangent = oracle.randn(expected.shape).to(kind)
    grads = oracle.autograd.grad(expected, theirs, cotangent)
    found = ft_autograd.grad(made, mine, ours.tensor(cotangent.tolist(), dtype=getattr(ours, dtype)))
    return sum(int((e != oracle.tensor(m.tolist()).to(kind)).sum()) for e, m in zip(grads, found, strict=True))


@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", ONE)
def test_of_one_operand(oracle, name, dtype) -> None:
    assert differing(oracle, ONE[name], dtype, 1) == 0


@pytest.mark.parametrize("dtype", HALVES)
@pytest.mark.parametrize("name", TWO)
def test_of_two_operands(oracle, name, dtype) -> None:
    assert differing(oracle, TWO[name], dtype, 2) == 0


def test_the_comparison_sees_another_order(oracle) -> None:
    assert differing(oracle, lambda t, x: x * x * 0.3 if t is oracle else x * 0.3 * x, "bfloat16", 1) > 0
