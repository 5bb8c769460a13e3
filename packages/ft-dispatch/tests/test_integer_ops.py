"""Ops over integers only: what they say to other dtypes, again and again."""

import pytest

from ft_dispatch import surface as torch

F, B, I = torch.ones(2), torch.tensor([True, True]), torch.tensor([4, 6])


@pytest.mark.parametrize("name", ["gcd", "lcm"])
@pytest.mark.parametrize(
    ("a", "b", "said"), [(F, F, "Float"), (I, F, "Float"), (F, I, "Float"), (B, B, "Bool"), (F.cfloat(), I, "ComplexFloat")]
)
def test_common_divisors_and_multiples_refuse_what_is_no_integer(name, a, b, said) -> None:
    for _ in range(2):
        with pytest.raises(NotImplementedError, match=f"\"{name}_cpu\" not implemented for '{said}'"):
            getattr(torch, name)(a, b)


def test_a_bool_beside_an_integer_is_one() -> None:
    assert torch.gcd(I, B).tolist() == [1, 1]
    assert torch.lcm(B, I).tolist() == [4, 6]


@pytest.mark.parametrize(("x", "said"), [(F, "Float"), (B, "Bool"), (F.double(), "Double"), (F.view((1, 2)), "Float")])
def test_bincount_names_the_dtype_first(x, said) -> None:
    with pytest.raises(NotImplementedError, match=f"\"bincount_cpu\" not implemented for '{said}'"):
        torch.bincount(x)


@pytest.mark.parametrize("x", [torch.tensor([-1]), torch.ones((2, 2), dtype=torch.int64)])
def test_bincount_counts_from_zero_in_one_dimension(x) -> None:
    with pytest.raises(RuntimeError, match="1-d non-negative integral inputs"):
        torch.bincount(x)
