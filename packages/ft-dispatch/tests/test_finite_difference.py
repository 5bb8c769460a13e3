"""torch.gradient: exact on the polynomials its order promises, at even and uneven points."""

from __future__ import annotations

import pytest

import ft_autograd
from ft_core import float64, uint8
from ft_dispatch import surface as torch

T = torch.tensor([0.0, 0.5, 1.5, 1.75, 3.0], dtype=float64)


@pytest.mark.parametrize("edge_order", [1, 2])
def test_a_parabola_inside_and_at_its_ends(edge_order) -> None:
    x = torch.arange(6, dtype=float64) * 0.25
    (found,) = torch.gradient(3 * x * x - x, spacing=0.25, edge_order=edge_order)
    slope = (6 * x - 1).tolist()
    assert found.tolist()[1:-1] == pytest.approx(slope[1:-1])
    ends = [slope[0], slope[-1]] if edge_order == 2 else [slope[0] + 0.75, slope[-1] - 0.75]
    assert [found[0].item(), found[-1].item()] == pytest.approx(ends)


def test_a_parabola_at_uneven_points() -> None:
    (found,) = torch.gradient(2 * T * T + T, spacing=(T,), edge_order=2)
    assert found.tolist() == pytest.approx((4 * T + 1).tolist())


def test_each_dim_has_its_own_spacing() -> None:
    grid = T[:, None] * 3 + torch.arange(4, dtype=float64)[None] * 5
    rows, columns = torch.gradient(grid, spacing=[T, torch.arange(4, dtype=float64) * 2])
    assert torch.allclose(rows, torch.full_like(rows, 3.0))
    assert torch.allclose(columns, torch.full_like(columns, 2.5))
    assert torch.equal(torch.gradient(grid, dim=-1, spacing=2)[0], columns)
    assert torch.equal(torch.gradient(grid, dim=-1, spacing=torch.tensor(2.0))[0], columns)


def test_gradients_equal_differences() -> None:
    x = torch.linspace(-1, 1, 15, dtype=float64).reshape(5, 3).sin().requires_grad_()
    assert ft_autograd.gradcheck(lambda x: torch.gradient(x * x, spacing=[T, 0.5 + T[:3]], edge_order=2), (x,))


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: torch.gradient(torch.ones(3, 3), edge_order=3), RuntimeError, "only supports edge_order=1 and edge_order=2"),
        (lambda: torch.gradient(torch.ones(3, 3), dim=(1, 1)), RuntimeError, "dim 1 appears multiple times"),
        (lambda: torch.gradient(torch.ones(3, 1)), RuntimeError, "at least edge_order\\+1"),
        (lambda: torch.gradient(torch.ones(3, 3), spacing=[1.0]), RuntimeError, "a list of length equal to 'self.dim"),
        (lambda: torch.gradient(torch.ones(3, 3), spacing=[1.0, 2.0], dim=0), RuntimeError, "and a dim argument of length 1"),
        (lambda: torch.gradient(torch.ones(5), spacing=T), TypeError, "a list of 1-d tensors, not Tensor"),
        (lambda: torch.gradient(torch.ones(3, dtype=uint8)), RuntimeError, "does not support uint8"),
        (lambda: torch.gradient([1.0, 2.0]), TypeError, "must be Tensor, not list"),
        (lambda: torch.gradient(torch.ones(3), spacing=[T]), RuntimeError, "1-d tensor with 3 elements"),
        (lambda: torch.gradient(torch.ones(3), dim=2), IndexError, "Dimension out of range"),
    ],
)
def test_refusals(make, error, text) -> None:
    with pytest.raises(error, match=text):
        make()
