"""Gradients of views, joins, complex parts and writes; torch's own samples where torch is installed."""

from __future__ import annotations

import pytest

import ft_autograd
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

X = torch.linspace(-1, 1, 12, dtype=torch.float64).reshape(3, 4)
CALLS = {
    "as_strided that overlaps": lambda x: x.as_strided((3, 2), (2, 1), 1),
    "cat": lambda x: torch.cat([x, x[:1] * 2, torch.zeros(0)]),
    "stack": lambda x: torch.stack([x, x * 3], 1),
    "diagonal": lambda x: x.diagonal(1),
    "diag_embed": torch.diag_embed,
    "expand": lambda x: x.unsqueeze(1).expand(3, 2, 4),
    "flip, roll, rot90": lambda x: x.flip(0).roll((1, 2), (0, 1)).rot90(),
    "pad": lambda x: torch.constant_pad_nd(x, (1, -1, 2, 0), 3),
    "permute": lambda x: x.reshape(3, 2, 2).permute(2, 0, 1),
    "repeat": lambda x: x.repeat(2, 1, 3),
    "repeat_interleave": lambda x: x.repeat_interleave(torch.tensor([2, 0, 1]), 0),
    "select and slice": lambda x: x.select(0, -1) * x.narrow(1, 1, 2).sum(),
    "one of split": lambda x: x.split([1, 3], 1)[1],
    "one of unbind": lambda x: x.unbind(1)[2],
    "unfold": lambda x: x.unfold(1, 3, 1),
    "pixel_shuffle": lambda x: torch.pixel_shuffle(x.reshape(4, 1, 3), 2),
    "trace": lambda x: x[:, :3].trace(),
    "where": lambda x: torch.where(x > 0, x, 2 * x),
    "clamp": lambda x: x.clamp(-0.5, 0.7),
    "parts": lambda x: OPS["complex"](x, x * x).conj().imag * x,
    "polar": lambda x: torch.view_as_real(torch.polar(x + 2, x + 1)),
    "copy": lambda x: torch.zeros(2, 3, 4, dtype=torch.float64).copy_(x * x),
}


@pytest.mark.parametrize("name", CALLS)
def test_gradient_equals_a_difference(name) -> None:
    function = CALLS[name]
    x = X.clone().requires_grad_()
    out = function(x)
    torch.manual_seed(0)
    g, direction = torch.randn(out.shape, dtype=torch.float64), torch.randn(X.shape, dtype=torch.float64)
    (grad,) = ft_autograd.grad(out, x, g)
    step = 1e-6
    with ft_autograd.no_grad():
        difference = ((function(X + step * direction) - function(X - step * direction)) * g).sum() / (2 * step)
    assert (grad * direction).sum().item() == pytest.approx(difference.item(), rel=1e-6, abs=1e-8)


def test_a_view_needs_only_the_shape_it_came_from() -> None:
    x = torch.ones(3, requires_grad=True)
    h = x * 2
    y = h[1:] * 3
    h.add_(1)
    y.sum().backward()
    assert x.grad.tolist() == [0, 6, 6]


def test_a_missing_piece_counts_as_zero() -> None:
    x = torch.ones(5, requires_grad=True)
    first, _, third = x.split(2)
    (first.sum() + 2 * third.sum()).backward()
    assert x.grad.tolist() == [1, 1, 0, 0, 2]


def test_an_overwritten_part_gets_no_gradient() -> None:
    x = torch.ones(2, 3, requires_grad=True)
    h = x * 1
    h.diagonal().fill_(5)
    h.sum().backward()
    assert x.grad.tolist() == [[0, 1, 1], [1, 0, 1]]


def test_draws_cut_the_history() -> None:
    x = torch.ones(3, requires_grad=True)
    h = x * 2
    h.uniform_()
    (h.sum() + x.sum()).backward()
    assert x.grad.tolist() == [1, 1, 1]


def test_a_transposed_tensor_keeps_its_history() -> None:
    x = torch.arange(6.0).reshape(2, 3).requires_grad_()
    h = x * 2
    h.t_()
    assert h.grad_fn.name() == "TBackward0"
    (h * torch.arange(6.0).reshape(3, 2)).sum().backward()
    assert x.grad.tolist() == [[0, 4, 8], [2, 6, 10]]


FAMILIES = ("movement", "_arranging", "view", "shaping", "complex", "random", "_sampling", "cast", "compare", "fill")
ELSEWHERE = {
    "as_strided.partial_views": "its samples look past the part of a storage that the kit hands over",
    "chalf": "NumPy has no complex numbers of two halves",
}

OUT_DIFFERS = {
    "narrow_copy": "torch writes a transposed out= in the wrong order",
    "split_with_sizes_copy": "torch returns None where out= is given",
    "unbind_copy": "torch returns None where out= is given",
    "bernoulli": "a transposed out= is filled in another order",
    "normal": "an integer out= is refused with another exception",
    "normal.number_mean": "an out= of another size is resized where torch refuses it",
    "diag": "a uint8 out= takes a bool result, as other ops let it",
    "where": "a uint8 out= takes a bool result, as other ops let it",
}


@pytest.mark.oracle
@pytest.mark.parametrize("dtype", ["float32", "complex64", "int64", "bool"])
def test_samples_equal_torch(dtype) -> None:
    pytest.importorskip("torch")
    from ft_conformance import facade, oracle

    library, database = oracle.load_oracle()
    run = oracle.OracleRun(library, facade.make(), facade.families(), grad=True)
    found = list(oracle.reports(run, oracle.select(run, database, (), FAMILIES), [dtype]))
    assert len(found) > 60
    wrong = [(r.op, r.first) for r in found if r.status == "fail" and r.dtype == dtype and r.op not in ELSEWHERE]
    assert not [(name, first) for name, first in wrong if not (name in OUT_DIFFERS and first.startswith("out:"))]
