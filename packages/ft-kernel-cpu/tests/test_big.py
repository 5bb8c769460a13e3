"""More elements than a signed 32-bit index counts: places, sums and writes behind element 2^31 of an int8 vector. Needs 5 GB."""

import pytest

from ft_dispatch import surface as torch

COUNT = 2**31 + 11
pytestmark = pytest.mark.big


@pytest.fixture(scope="module")
def ones():
    return torch.ones(COUNT, dtype=torch.int8)


def test_shape_and_sum(ones):
    assert ones.numel() == ones.shape[0] == COUNT
    assert ones.sum().item() == COUNT


def test_places_behind_the_limit(ones):
    at = 2**31 + 5
    ones[at] = 7
    assert ones[at].item() == ones[-6].item() == 7
    assert ones.argmax().item() == at
    assert ones[at - 1 : at + 2].tolist() == [1, 7, 1]
    assert ones[at:].storage_offset() == at
    ones[at] = 1


def test_writes_and_views(ones):
    rows = ones[: 2**31].view(2, 2**30)
    rows[1, -1] = 3
    assert ones[2**31 - 1].item() == 3
    ones[2**31 - 1] = 1
    ones[2**31 :].mul_(2)
    assert ones[2**31 :].sum().item() == 22
    ones[2**31 :].fill_(1)
    assert ones.index_select(0, torch.tensor([2**31 + 1, 0])).tolist() == [1, 1]
