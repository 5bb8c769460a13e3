"""Transforms against torch.func: every composition of three, writes in place, random numbers, and refusals word for word."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

import itertools
import warnings

import pytest

import ft_autograd
from ft_autograd import func
from ft_dispatch import surface as torch

pytestmark = pytest.mark.oracle
POINTS = [[[-0.9, 0.3], [0.7, -0.2]], [[0.1, 1.1], [-0.5, 0.4]]]
ROW = [0.5, 1.0, 2.0]
ROWS = [[0.5, 1.0, 2.0], [3.0, 4.0, 5.0]]


@pytest.fixture(scope="module")
def oracle():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("torch")


def tower(ns, transforms, names):
    """names applied from the inside out to an elementwise function; arrays lose one dimension to each vmap."""
    f = lambda x: (x * x).exp() / (1 + x.sigmoid()) - (x + 2).log() * x.pow(3)  # noqa: E731
    for name in names:
        f = {
            "grad": lambda f: lambda x: transforms.grad(lambda y: f(y).sum())(x),
            "jvp": lambda f: lambda x: transforms.jvp(f, (x,), (x.cos(),))[1],
            "vmap": lambda f: lambda x: transforms.vmap(f)(x) if x.dim() else f(x),
        }[name](f)
    return f


@pytest.mark.parametrize("names", list(itertools.product(("grad", "jvp", "vmap"), repeat=3)), ids="-".join)
def test_all_compositions_of_three(oracle, names):
    ours = tower(torch, func, names)(torch.tensor(POINTS, dtype=torch.float64))
    theirs = tower(oracle, oracle.func, names)(oracle.tensor(POINTS, dtype=oracle.float64))
    assert oracle.allclose(oracle.tensor(ours.tolist(), dtype=oracle.float64), theirs, rtol=1e-9, atol=1e-12)


def no_grad(ns):
    return ft_autograd.no_grad() if ns is torch else ns.no_grad()


def autograd(ns):
    return ft_autograd if ns is torch else ns.autograd


def _shift(ns, x):
    with no_grad(ns):
        return x * x * 3


def _seeded(ns, value):
    ns.manual_seed(3)
    return value


def _written(ns, x):
    y = ns.zeros(3)
    y[0] = x[1] * x[2]
    y[1:].add_(x[1:]).mul_(x[1:])
    return y


CASES = {
    "write into a copy": lambda ns, f, x, b: f.grad(lambda x: x.clone().mul_(x).sum())(x),
    "write into zeros, backward": lambda ns, f, x, b: f.jacrev(lambda x: _written(ns, x))(x),
    "write into zeros, forward": lambda ns, f, x, b: f.jacfwd(lambda x: _written(ns, x))(x),
    "write into the input": lambda ns, f, x, b: f.grad(lambda x: x.add_(1).sum())(x),
    "write into what is captured": lambda ns, f, x, b: (lambda c: f.grad(lambda x: c.add_(x).sum())(x))(ns.zeros(3)),
    "vmap writes its input": lambda ns, f, x, b: (f.vmap(lambda x: x.mul_(2))(b), b)[1],
    "vmap writes into what all share": lambda ns, f, x, b: f.vmap(lambda x: ns.zeros(3).mul_(x))(b),
    "new_zeros": lambda ns, f, x, b: f.vmap(lambda x: x.new_zeros(3).add_(x))(b),
    "control flow": lambda ns, f, x, b: f.vmap(lambda x: x if x.sum() > 0 else -x)(b),
    "item": lambda ns, f, x, b: f.vmap(lambda x: x.sum().item())(b),
    "out_dims None": lambda ns, f, x, b: f.vmap(lambda x: x, out_dims=None)(b),
    "no tensor": lambda ns, f, x, b: f.vmap(lambda x: 3)(b),
    "in_dims too large": lambda ns, f, x, b: f.vmap(lambda x: x, in_dims=3)(b),
    "in_dims None": lambda ns, f, x, b: f.vmap(lambda x: x, in_dims=None)(b),
    "sizes differ": lambda ns, f, x, b: f.vmap(lambda x, y: x, in_dims=(0, 1))(b, b),
    "no inputs": lambda ns, f, x, b: f.vmap(lambda: x)(),
    "out_dims": lambda ns, f, x, b: f.vmap(lambda x: (x, x * 2), out_dims=(1, 0))(b),
    "shared output": lambda ns, f, x, b: f.vmap(lambda x: ns.ones(2))(b),
    "dict": lambda ns, f, x, b: f.vmap(lambda d: d["a"] * d["b"], in_dims=({"a": 0, "b": None},))({"a": b, "b": b[0]}),
    "random error": lambda ns, f, x, b: f.vmap(lambda x: ns.rand(3) * x)(b),
    "random different": lambda ns, f, x, b: f.vmap(lambda x: ns.rand(3) * x, randomness="different")(_seeded(ns, b)),
    "random same": lambda ns, f, x, b: f.vmap(lambda x: ns.rand(3) * x, randomness="same")(_seeded(ns, b)),
    "randn_like different": lambda ns, f, x, b: f.vmap(lambda x: ns.randn_like(x) * x, randomness="different")(_seeded(ns, b)),
    "randn_like same": lambda ns, f, x, b: f.vmap(lambda x: ns.randn_like(x) * x, randomness="same")(_seeded(ns, b)),
    "dropout different": lambda ns, f, x, b: f.vmap(lambda x: ns.dropout(x, 0.5, True), randomness="different")(_seeded(ns, b)),
    "dropout same": lambda ns, f, x, b: f.vmap(lambda x: ns.dropout(x, 0.5, True), randomness="same")(_seeded(ns, b)),
    "no_grad inside": lambda ns, f, x, b: f.grad(lambda x: (x * x - _shift(ns, x)).sum())(x),
    "detach": lambda ns, f, x, b: f.grad(lambda x: (x * x.detach()).sum())(x),
    "detach, forward": lambda ns, f, x, b: f.jvp(lambda x: x * x.detach(), (x,), (ns.ones(3),)),
    "aux": lambda ns, f, x, b: f.grad(lambda x: ((x * x).sum(), x * 2), has_aux=True)(x),
    "no scalar": lambda ns, f, x, b: f.grad(lambda x: x * x)(x),
    "a number": lambda ns, f, x, b: f.grad(lambda x: 3.0)(x),
    "argnums": lambda ns, f, x, b: f.grad(lambda x, y: (x * y * y).sum(), argnums=(0, 1))(x, x + 1),
    "argnums too large": lambda ns, f, x, b: f.grad(lambda x, y: (x * y).sum(), argnums=2)(x, x + 1),
    "primals no tuple": lambda ns, f, x, b: f.jvp(lambda x: x, x, x),
    "strict": lambda ns, f, x, b: f.jvp(lambda x: ns.ones(3), (x,), (x,), strict=True),
    "independent": lambda ns, f, x, b: f.jvp(lambda x: ns.ones(3), (x,), (x,)),
    "autograd inside": lambda ns, f, x, b: f.grad(
        lambda x: autograd(ns).grad((x**3).sum(), x, create_graph=True)[0].sum()
    )(x),
    "requires_grad_ inside": lambda ns, f, x, b: f.grad(lambda x: x.requires_grad_().sum())(x),
    "autograd below": lambda ns, f, x, b: (
        lambda w: autograd(ns).grad(f.grad(lambda x: (x * x * w).sum())(x).sum(), w)
    )(ns.ones(3).requires_grad_()),
    "index by example": lambda ns, f, x, b: f.vmap(lambda x, i: x[i])(b, ns.tensor([[0, 1], [2, 2]])),
}  # fmt: skip


def outcome(ns, transforms, case):
    try:
        found = case(ns, transforms, ns.tensor(ROW), ns.tensor(ROWS))
    except (RuntimeError, ValueError, IndexError) as error:
        return type(error).__name__, str(error)
    return [t.tolist() for t in (found if isinstance(found, (tuple, list)) else (found,))]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_same_values_and_same_words(oracle, name):
    ours, theirs = outcome(torch, func, CASES[name]), outcome(oracle, oracle.func, CASES[name])
    if isinstance(theirs, tuple):
        assert ours == theirs
    else:
        assert isinstance(ours, list), ours
        assert str(ours) == str(theirs) or oracle.allclose(oracle.tensor(ours), oracle.tensor(theirs), rtol=1e-6)
