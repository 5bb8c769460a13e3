"""What results are to arguments: a shared memory, an argument handed on and a view must be told where torch has none."""

import pytest

from ft_conformance.kinship import first_stranger, kinship
from ft_core import Tensor
from ft_dispatch import surface as torch


def found(ours, theirs, x=None):
    x = torch.arange(4.0) if x is None else x
    return first_stranger((((x,), {}), Tensor), (((x,), {}), Tensor), (ours(x), theirs(x)))


def test_facts():
    x = torch.arange(4.0)
    assert kinship(x, [torch.ones(4), x]) == (1, True, False)
    assert kinship(x[1:], [x]) == (None, True, True)
    assert kinship(x.detach(), [x]) == (None, True, False)
    assert kinship(x + 1, [x]) == (None, False, False)


def test_a_result_that_is_what_torchs_is():
    assert found(lambda x: x + 1, lambda x: x * 1) is None
    assert found(lambda x: x[1:], lambda x: x[:2]) is None
    assert found(lambda x: x + 1, lambda x: (x + 1).view(2, 2)) is None  # a view of a temporary is as good


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda x: x.view(2, 2), lambda x: x.view(2, 2).clone()),  # memory shared by mistake
        (lambda x: x.clone(), lambda x: x.view(2, 2)),
        (lambda x: x, lambda x: x.clone()),
        (lambda x: x.clone(), lambda x: x),
        (lambda x: (x + 1).view(2, 2), lambda x: x + 1),  # a view that nobody asked for
        (lambda x: x.detach(), lambda x: x[:]),
        (lambda x: [x + 1, x], lambda x: [x + 1, x + 2]),
    ],
)
def test_wrong_kin_is_told(ours, theirs):
    assert found(ours, theirs).kind == "kinship"


def test_what_has_no_memory_to_share():
    assert found(lambda x: x[:0], lambda x: x[:0]) is None
    assert found(lambda x: x.to_sparse(), lambda x: x.to_sparse()) is None
