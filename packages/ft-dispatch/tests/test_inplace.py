"""In-place and `out=` forms: checks first, one write, one bump."""

import pytest

from ft_dispatch import surface as torch


def test_a_write_bumps_the_version_once():
    x = torch.ones(3)
    for expected in (1, 2):
        x.add_(torch.ones(3))
        assert x._version == expected
    x.mul_(2)
    assert (x._version, x.tolist()) == (3, [6.0, 6.0, 6.0])


def test_aliases_see_the_write():
    x = torch.zeros(2, 2)
    x.view(4).add_(1)
    assert x.tolist() == [[1.0, 1.0], [1.0, 1.0]]


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: torch.ones(3, dtype=torch.int64).add_(1.5), "result type Float can't be cast to the desired output type Long"),
        (lambda: torch.ones(3).add_(torch.ones(2, 3)), r"output with shape \[3\] doesn't match the broadcast shape \[2, 3\]"),
        (
            lambda: torch.ones(4).expand(3, 4).add_(1),
            "more than one element of the written-to tensor refers to a single memory location",
        ),
        (
            lambda: _shifted().clone(),
            "some elements of the input tensor and the written-to tensor refer to a single memory location",
        ),
    ],
)
def test_refused_writes(write, message):
    with pytest.raises(RuntimeError, match=message):
        write()


def _shifted():
    a = torch.ones(3)
    return a.narrow(0, 1, 2).add_(a.narrow(0, 0, 2))


def test_a_refused_write_changes_nothing():
    x = torch.ones(3, dtype=torch.int64)
    with pytest.raises(RuntimeError):
        x.add_(1.5)
    assert (x.tolist(), x._version) == ([1, 1, 1], 0)


def test_full_overlap_is_allowed():
    x = torch.ones(3)
    x.add_(x)
    assert x.tolist() == [2.0, 2.0, 2.0]


def test_out_is_written_and_returned():
    out = torch.empty(3)
    assert torch.add(torch.ones(3), 1, out=out) is out
    assert out.tolist() == [2.0, 2.0, 2.0]


def test_out_of_another_size_is_resized_with_torchs_warning():
    out = torch.empty(2)
    with pytest.warns(UserWarning, match="An output with one or more elements was resized"):
        torch.add(torch.ones(3), 1, out=out)
    assert out.tolist() == [2.0, 2.0, 2.0]


def test_out_may_be_wider_but_not_of_a_lower_category():
    out = torch.empty(3, dtype=torch.float64)
    torch.add(torch.ones(3), 1, out=out)
    assert out.tolist() == [2.0, 2.0, 2.0]
    with pytest.raises(RuntimeError, match="result type Float can't be cast to the desired output type Long"):
        torch.add(torch.ones(3), 1, out=torch.empty(3, dtype=torch.int64))


def test_out_with_strides_is_filled_in_place():
    base = torch.zeros(2, 3)
    torch.add(torch.ones(3, 2), 1, out=base.t())
    assert base.tolist() == [[2.0, 2.0, 2.0], [2.0, 2.0, 2.0]]


def test_out_refuses_gradients():
    x = torch.ones(2)
    x.requires_grad_()
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        torch.add(x, 1, out=torch.empty(2))
