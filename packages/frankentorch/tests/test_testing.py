"""torch.testing.assert_close is fed wrong answers: every way of differing must be an AssertionError that says where."""

import math

import numpy as np
import pytest

import frankentorch as torch
from frankentorch.testing import assert_close

ones = torch.ones(2, 3)


def _off(value=1e-4):
    wrong = ones.clone().numpy()
    wrong[1, 2] += value
    return torch.from_numpy(wrong)


EQUAL = [
    (ones, ones.clone()),
    (ones, _off(1e-7)),
    (1, 1),
    (1.0, 1.0 + 1e-9),
    ([ones, {"a": 1}], [ones, {"a": 1}]),
    (np.ones(2), np.ones(2)),
    (torch.tensor(math.inf), torch.tensor(math.inf)),
    (torch.tensor([2**62]), torch.tensor([2**62])),
    (None, None),
    (True, True),
]

WRONG = [
    (_off(), ones, r"Mismatched elements: 1 / 6 \(16.7%\)[\s\S]*at index \(1, 2\)"),
    (ones, torch.ones(3, 2), "shape"),
    (ones, torch.ones(2, 3, dtype=torch.float64), "dtype"),
    (torch.tensor([math.nan]), torch.tensor([math.nan]), "not close"),
    (torch.tensor([math.inf]), torch.tensor([-math.inf]), "not close"),
    (torch.tensor([1e38]), torch.tensor([math.inf]), "not close"),
    (torch.tensor([2**62]), torch.tensor([2**62 + 1]), "not equal"),
    (torch.tensor([True]), torch.tensor([False]), "not equal"),
    (1, 2, "Expected 2 but got 1"),
    ([1, 2], [1], "length"),
    ({"a": 1}, {"b": 1}, "keys"),
    ({"a": [ones]}, {"a": [_off()]}, r"item \['a'\]\[0\]"),
    (True, False, "Booleans"),
]


@pytest.mark.parametrize(("actual", "expected"), EQUAL)
def test_equal_results_pass(actual, expected):
    assert_close(actual, expected)


@pytest.mark.parametrize(("actual", "expected", "match"), WRONG)
def test_wrong_answers_fail(actual, expected, match):
    with pytest.raises(AssertionError, match=match):
        assert_close(actual, expected)


def test_arguments_widen_and_name_what_is_not_checked():
    assert_close(_off(), ones, rtol=0, atol=1e-3)
    assert_close(ones, ones.to(torch.float64), check_dtype=False)
    assert_close(torch.tensor([math.nan]), torch.tensor([math.nan]), equal_nan=True)
    with pytest.raises(AssertionError, match="stride"):
        assert_close(torch.ones(3, 2).t(), ones, check_stride=True)
    with pytest.raises(AssertionError, match=r"^mine$"):
        assert_close(1, 2, msg="mine")
    with pytest.raises(ValueError, match="rtol"):
        assert_close(1, 1, rtol=1.0)
    with pytest.raises(TypeError, match="No comparison pair"):
        assert_close(ones, 1)
    with pytest.raises(TypeError, match="No comparison pair"):
        assert_close("a", "a")


@pytest.mark.filterwarnings("ignore:`torch.testing.assert_allclose:FutureWarning")
def test_the_older_comparison():
    close = torch.testing.assert_allclose
    with pytest.warns(FutureWarning, match=r"Please use `torch.testing.assert_close\(\)` instead"):
        close(torch.ones(2), torch.ones(2) + 1e-5)
    close(torch.ones(2, dtype=torch.float64), [1, 1])
    close(torch.tensor([math.nan]), torch.tensor([math.nan]))
    close(torch.ones(2, dtype=torch.int32), torch.ones(2))
    for off, kind in [(2e-3, torch.float16), (1e-3, torch.float32), (1e-4, torch.float64), (1e-5, torch.complex64)]:
        with pytest.raises(AssertionError, match=r"not (close|equal)"):
            close(torch.tensor([1.0 + off * 2], dtype=kind), torch.ones(1, dtype=kind))
    with pytest.raises(AssertionError, match=r"up to 0.0001 allowed"):
        close([1.0, 2.0], [1.0, 3.0])
    with pytest.raises(AssertionError, match=r"^words$"):
        close(1, 2, msg="words")
    with pytest.raises(AssertionError, match="shape"):
        close(torch.ones(2), torch.ones(3))
    with pytest.raises(ValueError, match="no atol"):
        close(1.0, 1.0, rtol=0.0)


MESSAGES = {
    "integers": ((torch.tensor([1, 1]), torch.tensor([1, 5])), "difference: 4 at index (1,)\nGreatest relative difference: 0.800000011920929 at"),
    "half": ((torch.ones(1).half(), torch.ones(1).half() * 1.01), "Greatest relative difference: 0.009674072265625 at index (0,)"),
    "numbers": ((1, 2), "Expected 2 but got 1.\nAbsolute difference: 1\nRelative difference: 0.5"),
    "kinds of numbers": ((1, 1.0), "The (d)types do not match: <class 'int'> != <class 'float'>."),
    "sparse places": ((torch.eye(2).to_sparse(), torch.eye(2)[:, :1].expand(2, 2).contiguous().to_sparse()), "Sparse COO indices are not"),
    "sparse counts": ((torch.eye(2).to_sparse(), torch.zeros(2, 2).to_sparse()), "in sparse COO tensors does not match: 2 != 0"),
    "sparse values": ((torch.eye(2).to_sparse(), (2 * torch.eye(2)).to_sparse()), "Sparse COO values are not close!"),
    "sparse rows": ((torch.eye(2).to_sparse_csr(), torch.eye(2).flip(0).to_sparse_csr()), "Sparse CSR col_indices are not equal!"),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_said_is_torchs(name):
    (actual, expected), text = MESSAGES[name]
    with pytest.raises(AssertionError) as found:
        assert_close(actual, expected)
    assert text in str(found.value)
    assert_close(actual, actual)


def test_layouts_may_differ_where_they_are_not_checked():
    assert_close(torch.eye(2).to_sparse(), torch.eye(2), check_layout=False)
    with pytest.raises(AssertionError, match="Tensor-likes are not close"):
        assert_close(torch.eye(2).to_sparse(), torch.ones(2, 2), check_layout=False)


def test_the_old_form():
    with pytest.warns(FutureWarning, match="assert_allclose"):
        torch.testing.assert_allclose(torch.ones(2), [1.0, 1.0 + 5e-5])
    with pytest.warns(FutureWarning), pytest.raises(AssertionError, match="up to 1e-05 allowed"):
        torch.testing.assert_allclose(torch.ones(2), torch.zeros(2))


def test_made_tensors_refuse_nan_bounds():
    with pytest.raises(ValueError, match="cannot be NaN, but got low=nan and high=9"):
        torch.testing.make_tensor((2,), dtype=torch.float32, device="cpu", low=math.nan)
