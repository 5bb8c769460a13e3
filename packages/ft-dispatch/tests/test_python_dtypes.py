"""Python's number types where a dtype is asked for: `torch.zeros(2, dtype=int)`, `x.to(float)`."""

import numpy as np
import pytest

from ft_core import can_cast, finfo, iinfo, promote_types
from ft_dispatch import surface as torch

X = torch.ones(2)
KINDS = [(bool, torch.bool), (int, torch.int64), (float, torch.float64), (complex, torch.complex128)]
MAKERS = {
    "zeros": lambda kind: torch.zeros(2, dtype=kind),
    "full": lambda kind: torch.full((2,), 1, dtype=kind),
    "empty": lambda kind: torch.empty(2, dtype=kind),
    "eye": lambda kind: torch.eye(2, dtype=kind),
    "tensor": lambda kind: torch.tensor([1], dtype=kind),
    "tensor of a number": lambda kind: torch.tensor(1, dtype=kind),
    "as_tensor": lambda kind: torch.as_tensor([1], kind),
    "asarray": lambda kind: torch.asarray([1], dtype=kind),
    "scalar_tensor": lambda kind: torch.scalar_tensor(1, dtype=kind),
    "frombuffer": lambda kind: torch.frombuffer(np.zeros(16, np.uint8), dtype=kind),
    "ones_like": lambda kind: torch.ones_like(X, dtype=kind),
    "full_like": lambda kind: torch.full_like(X, 1, dtype=kind),
    "new_zeros": lambda kind: X.new_zeros(2, dtype=kind),
    "new_tensor": lambda kind: X.new_tensor([1], dtype=kind),
    "new_full": lambda kind: X.new_full((2,), 1, dtype=kind),
    "to": X.to,
    "to a device": lambda kind: X.to("cpu", kind),
    "to by name": lambda kind: X.to(dtype=kind),
    "sum": lambda kind: X.sum(dtype=kind),
    "sum of a dimension": lambda kind: X.sum(0, dtype=kind),
    "cumsum": lambda kind: X.cumsum(0, dtype=kind),
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(("kind", "dtype"), KINDS)
def test_they_stand_for_a_dtype(name, kind, dtype) -> None:
    for _ in range(2):  # the second time by the short road
        assert MAKERS[name](kind).dtype is dtype


@pytest.mark.parametrize("name", ["zeros", "tensor", "as_tensor", "asarray", "ones_like", "to", "sum", "cumsum"])
@pytest.mark.parametrize("kind", [str, dict, "int"])
def test_other_types_do_not(name, kind) -> None:
    with pytest.raises((TypeError, RuntimeError), match=r"dtype|invalid combination|Invalid device|Expected one of"):
        MAKERS[name](kind)


def test_views_and_questions() -> None:
    assert torch.ones(2, dtype=torch.float64).view(int).dtype is torch.int64
    assert promote_types(int, torch.float32) is promote_types(torch.float32, int) is torch.float32
    assert promote_types(float, float) is torch.float64
    assert can_cast(int, float)
    assert not can_cast(float, int)
    assert (finfo(float).dtype, iinfo(int).dtype) == ("float64", "int64")
