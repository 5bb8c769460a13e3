"""NumPy's scalars where a number may stand: `numpy.float64` is a `float` to Python and has a `dtype` that is none of ours."""

import numpy as np
import pytest

from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

NUMBERS = [(2.5, np.float64), (2.5, np.float32), (2, np.int64), (2, np.uint8), (True, np.bool_), (2j, np.complex128)]
TENSORS = [torch.tensor([1.0, 3.0]), torch.tensor([1, 3]), torch.tensor([True, False])]
TAKE_NUMBERS = sorted(op.name for op in OPS.values() if op.number_names and len(op.tensor_at) == 2)


def outcome(op, *args):
    """The result, or the type of what was raised: the texts name the class of the number they refuse."""
    try:
        return op(*args)
    except Exception as error:  # noqa: BLE001  # whatever it is, both spellings of a number must raise it
        return type(error)


def same(a, b) -> bool:
    if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        return a.dtype == b.dtype and torch.equal(
            torch.view_as_real(a.cfloat()).nan_to_num(), torch.view_as_real(b.cfloat()).nan_to_num()
        )
    return a is b


def test_same_notices() -> None:
    one = torch.ones(2)
    assert not same(one, one + 1)
    assert not same(one, one.double())
    assert not same(one, TypeError)
    assert not same(RuntimeError, TypeError)
    assert same(one, one.clone())


@pytest.mark.parametrize("name", TAKE_NUMBERS)
@pytest.mark.filterwarnings("ignore")
def test_a_numpy_scalar_is_the_number_it_holds(name) -> None:
    op = OPS[name]
    for number, kind in NUMBERS:
        for x in TENSORS:
            assert same(outcome(op, x, kind(number)), outcome(op, x, number)), (kind, x.dtype)
            assert same(outcome(op, kind(number), x), outcome(op, number, x)), (kind, x.dtype)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64])
def test_operators_meet_numpy_scalars_on_either_side(kind) -> None:
    x, two = torch.tensor([1.0, 3.0]), kind(2)
    assert (two - x).tolist() == [1.0, -1.0]
    assert (x - two).tolist() == [-1.0, 1.0]
    assert (two / x).dtype is torch.float32
    assert (two**x).tolist() == [2.0, 8.0]
    assert (two < x).tolist() == [False, True]
    assert torch.clamp(x, max=two).tolist() == [1.0, 2.0]
    assert torch.add(x, x, alpha=two).tolist() == [3.0, 9.0]


def test_numpy_functions_give_tensors() -> None:
    x = torch.tensor([0.0, 1.0])
    assert isinstance(np.sin(x), torch.Tensor)
    assert torch.equal(np.add(np.ones(2), x), torch.tensor([1.0, 2.0], dtype=torch.float64))
    assert np.isfinite(x).dtype is torch.uint8
    assert np.maximum(x, x).dtype is torch.float32
    assert np.sqrt(torch.tensor(4.0)).item() == 2.0
    with pytest.raises(RuntimeError, match="requires grad"):
        np.sin(torch.ones(2, requires_grad=True))
