"""Complex views: marks instead of copies, parts over the same memory."""

from __future__ import annotations

import pytest

from ft_core import complex128, float64, int64
from ft_dispatch import surface as torch


def z():
    return torch.tensor([1 + 2j, 3 - 4j])


def test_conj_is_a_mark_over_the_same_memory() -> None:
    x = z()
    y = x.conj()
    assert y.is_conj()
    assert y.data_ptr() == x.data_ptr()
    assert y.tolist() == [1 - 2j, 3 + 4j]
    assert not y.conj().is_conj()
    assert (y * 1).tolist() == [1 - 2j, 3 + 4j]
    assert torch.arange(3).conj().is_conj() is False


def test_views_of_a_conjugate_stay_marked() -> None:
    y = z().conj().reshape(2, 1).t()
    assert y.is_conj()
    assert y.resolve_conj().tolist() == [[1 - 2j, 3 + 4j]]
    assert not y.resolve_conj().is_conj()


def test_imag_of_a_conjugate_is_marked_negative() -> None:
    x = z()
    part = x.conj().imag
    assert part.is_neg()
    assert part.tolist() == [-2, 4]
    assert part.resolve_neg().tolist() == [-2, 4]
    assert part.data_ptr() == x.imag.data_ptr()


def test_parts_can_be_assigned() -> None:
    x = z()
    x.real = torch.tensor([7.0, 8.0])
    x.imag = 0
    assert x.tolist() == [7, 8]
    with pytest.raises(RuntimeError, match="imag is not implemented for tensors with non-complex dtypes"):
        torch.arange(2).imag  # noqa: B018  # reading is the call


def test_a_last_dimension_of_two_and_back() -> None:
    x = z()
    pairs = torch.view_as_real(x)
    assert pairs.tolist() == [[1, 2], [3, -4]]
    pairs[0, 1] = 9
    assert x.tolist() == [1 + 9j, 3 - 4j]
    assert torch.view_as_complex(pairs).data_ptr() == x.data_ptr()


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: torch.view_as_real(z().conj()), "doesn't work on unresolved conjugated tensors"),
        (lambda: torch.view_as_complex(torch.zeros(2, 3)), "Tensor must have a last dimension of size 2"),
        (lambda: torch.view_as_complex(torch.zeros(2, 3).t()), "Tensor must have a last dimension with stride 1"),
        (lambda: torch.view_as_complex(torch.zeros(2, 2, dtype=int64)), "only supported for half, float and double"),
        (
            lambda: torch.polar(torch.ones(2), torch.ones(2, dtype=float64)),
            "Expected object of scalar type Float but got scalar type Double",
        ),
    ],
)
def test_refusals(make, text) -> None:
    with pytest.raises(RuntimeError, match=text):
        make()


def test_numbers_from_modulus_and_argument() -> None:
    made = torch.polar(torch.tensor([[2.0]], dtype=float64), torch.tensor([0.0, 3.0], dtype=float64))
    assert made.dtype is complex128
    assert made.abs().tolist()[0] == pytest.approx([2, 2])
    assert made.angle().tolist()[0] == pytest.approx([0, 3])


def test_the_carried_out_conjugate_of_real_numbers_is_their_tensor() -> None:
    for x in (torch.arange(3), torch.tensor([True]), z().imag, torch.tensor([1.0], requires_grad=True)):
        assert torch.conj_physical(x) is x
        assert x.conj_physical() is x
    out = torch.zeros(3, dtype=int64)
    assert torch.conj_physical(torch.arange(3), out=out) is out
    assert out.tolist() == [0, 1, 2]
    assert torch.conj_physical(z()).tolist() == [1 - 2j, 3 + 4j]
    with pytest.raises(TypeError, match="must be Tensor, not list"):
        torch.conj_physical([1.0])
