"""Products of every rank against NumPy, einsum's grammar, and torch's words for operands that do not fit."""

from __future__ import annotations

import numpy as np
import pytest

import ft_kernel_cpu  # noqa: F401  # registers the CPU backend
from ft_dispatch import surface as torch
from ft_dispatch.execute import decomposed
from ft_dispatch.registry import OPS

raw = torch.raw
RANKS = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 4)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3, 4)),
    ((5, 2, 3), (3,)),
    ((2, 3), (5, 3, 4)),
    ((3,), (5, 3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((6, 1, 2, 3), (5, 3, 4)),
    ((0, 2, 3), (3, 4)),
    ((2, 0), (0, 3)),
]


def pair(shapes, seed=3):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


@pytest.mark.parametrize("shapes", RANKS, ids=str)
def test_matmul_equals_numpy(shapes) -> None:
    a, b = pair(shapes)
    found = torch.from_numpy(a) @ torch.from_numpy(b)
    np.testing.assert_allclose(found.numpy(), a @ b, rtol=1e-12)
    assert found.is_contiguous()


@pytest.mark.parametrize("lead", [(), (5,), (2, 5)])
@pytest.mark.parametrize("with_bias", [False, True])
def test_linear_is_a_product_with_the_transpose(lead, with_bias) -> None:
    x, w, b = pair([(*lead, 3), (4, 3), (4,)])
    found = raw.linear(*(torch.from_numpy(v) for v in ((x, w, b) if with_bias else (x, w))))
    np.testing.assert_allclose(found.numpy(), x @ w.T + (b if with_bias else 0), rtol=1e-12)


EQUATIONS = [
    "ij,jk",
    "ij,jk->ki",
    "bij,bjk->bik",
    "ii",
    "ii->i",
    "ij->ji",
    "i,j->ij",
    "ij,ij->",
    "...ij,...jk->...ik",
    "ij,j,i->i",
    "abc,cd,bd->a",
]


@pytest.mark.parametrize("equation", EQUATIONS)
def test_einsum_equals_numpy(equation) -> None:
    sizes = {"i": 3, "j": 4, "k": 2, "b": 5, "a": 2, "c": 3, "d": 4}
    left = equation.split("->")[0].split(",")
    shapes = [tuple(sizes[s] for s in part.replace("...", "b")) for part in left]
    operands = pair(shapes)
    expected = np.einsum(equation, *operands)
    found = torch.einsum(equation, *map(torch.from_numpy, operands))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-10)


def test_einsum_takes_sublists() -> None:
    a, b = pair([(2, 3), (3, 4)])
    found = torch.einsum(torch.from_numpy(a), [0, 1], torch.from_numpy(b), [1, 2], [2, 0])
    np.testing.assert_allclose(found.numpy(), (a @ b).T, rtol=1e-12)


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("ij,jk->il", "output subscript l does not appear"),
        ("ij", "more operands were provided"),
        ("ij,jk,kl", "fewer operands were provided"),
        ("i,jk", "does not match the number of dimensions"),
        ("ij,ik", "subscript i has size 3 for operand 1 which does not broadcast with previously seen size 2"),
        ("i1,jk", "invalid subscript"),
        ("ij,jk->ii", "appears more than once"),
    ],
)
def test_einsum_refuses(equation, text) -> None:
    with pytest.raises(RuntimeError, match=text):
        torch.einsum(equation, torch.zeros(2, 3), torch.zeros(3, 4))


def test_tensordot_and_its_relatives() -> None:
    a, b = pair([(2, 3, 4), (4, 3, 5)])
    x, y = torch.from_numpy(a), torch.from_numpy(b)
    np.testing.assert_allclose(torch.tensordot(x, y, ([1, 2], [1, 0])).numpy(), np.tensordot(a, b, ([1, 2], [1, 0])), rtol=1e-12)
    np.testing.assert_allclose(torch.tensordot(x, y, 1).numpy(), np.tensordot(a, b, 1), rtol=1e-12)
    np.testing.assert_allclose(torch.kron(x[0], y[0]).numpy(), np.kron(a[0], b[0]), rtol=1e-12)
    np.testing.assert_allclose(torch.outer(x[0, 0], y[0, 0]).numpy(), np.outer(a[0, 0], b[0, 0]), rtol=1e-12)
    chain = pair([(3, 7), (7, 2), (2, 5)])
    found = raw.linalg_multi_dot([torch.from_numpy(m) for m in chain])
    np.testing.assert_allclose(found.numpy(), chain[0] @ chain[1] @ chain[2], rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda a: torch.mm(a, a), RuntimeError, r"mat1 and mat2 shapes cannot be multiplied \(3x4 and 3x4\)"),
        (lambda a: torch.mm(a, a[0]), RuntimeError, "mat2 must be a matrix"),
        (lambda a: torch.mm(a, a.t().double()), RuntimeError, "same dtype, but got: float != double"),
        (lambda a: torch.mm(a.bool(), a.t().bool()), NotImplementedError, "not implemented for 'Bool'"),
        (lambda a: torch.bmm(a[None], a[None]), RuntimeError, r"to be: \[1, 4\] but got: \[1, 3\]"),
        (lambda a: torch.addmm(torch.ones(5), a, a.t()), RuntimeError, "must match the existing size"),
        (lambda a: torch.mv(a, torch.ones(3)), RuntimeError, r"size mismatch, got input \(3\), mat \(3x4\), vec \(3\)"),
        (lambda a: torch.dot(a, a), RuntimeError, "1D tensors expected, but got 2D and 2D tensors"),
        (lambda a: torch.matmul(torch.tensor(1.0), a), RuntimeError, "both arguments to matmul need to be at least 1D"),
        (lambda a: torch.tensordot(a, a, 1), RuntimeError, "contracted dimensions need to match"),
    ],
)
def test_refusals_are_torchs(call, error, text) -> None:
    with pytest.raises(error, match=text):
        call(torch.zeros(3, 4))


CALLS = {
    "addmm": [(2, 4), (2, 3), (3, 4), 0.5, 2.0],
    "baddbmm": [(4,), (5, 2, 3), (5, 3, 4), 1, 2.0],
    "addbmm": [(2, 4), (5, 2, 3), (5, 3, 4), 0, 1],
    "addmv": [(2,), (2, 3), (3,), 0.5, 2],
    "addr": [(2, 3), (2,), (3,), 1, 3],
    "mv": [(2, 3), (3,)],
    "dot": [(3,), (3,)],
}


@pytest.mark.parametrize("name", CALLS)
def test_kernel_and_decomposition_agree(name) -> None:
    shapes = [v for v in CALLS[name] if isinstance(v, tuple)]
    args = (*map(torch.from_numpy, pair(shapes)), *(v for v in CALLS[name] if not isinstance(v, tuple)))
    op = OPS[name]
    np.testing.assert_allclose(op(*args).numpy(), decomposed(op, args, args[0].device).numpy(), rtol=1e-10, atol=1e-12)
