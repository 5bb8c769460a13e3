"""Samplers: orders recorded with torch 2.13, lengths, and what is refused."""

import pytest

import ft_data as data
from ft_dispatch import surface as torch


def test_sequential():
    assert list(data.SequentialSampler("abc")) == [0, 1, 2]
    assert len(data.SequentialSampler("abc")) == 3


def test_random_is_torchs():
    torch.manual_seed(0)
    assert list(data.RandomSampler(range(10))) == [6, 9, 0, 7, 3, 5, 4, 2, 1, 8]
    assert list(data.RandomSampler(range(5), num_samples=12)) == [1, 4, 2, 3, 0, 2, 0, 1, 4, 3, 0, 1]
    drawn = list(data.RandomSampler(range(100), replacement=True, num_samples=35))
    assert drawn[:6] + drawn[-4:] == [23, 29, 41, 97, 97, 86, 22, 15, 33, 92]
    assert len(drawn) == 35


def test_generator_is_drawn_from_in_turn():
    generator = torch.Generator().manual_seed(7)
    assert list(data.RandomSampler(range(6), generator=generator)) == [3, 0, 1, 5, 2, 4]
    assert list(data.SubsetRandomSampler([3, 1, 4, 1, 5], generator)) == [1, 5, 1, 4, 3]
    assert list(data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8, True, generator)) == [4, 4, 4, 1, 1, 1, 1, 1]
    assert list(data.WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, False, generator)) == [1, 3, 0, 4, 5]


def test_random_sampler_draws_nothing_before_the_first_index():
    torch.manual_seed(0)
    walk = iter(data.RandomSampler(range(10)))
    torch.manual_seed(0)
    assert next(walk) == 6


def test_random_sampler_follows_a_growing_dataset():
    items = [1, 2]
    sampler = data.RandomSampler(items)
    items.append(3)
    assert len(sampler) == 3
    assert sorted(sampler) == [0, 1, 2]


@pytest.mark.parametrize(
    ("options", "error"),
    [({"replacement": 1}, TypeError), ({"num_samples": 0}, ValueError), ({"num_samples": 1.5}, ValueError)],
)
def test_random_sampler_refuses(options, error):
    with pytest.raises(error, match=next(iter(options))):
        data.RandomSampler(range(3), **options)


def test_random_sampler_refuses_an_empty_dataset():
    with pytest.raises(ValueError, match="num_samples=0"):
        data.RandomSampler([])


@pytest.mark.parametrize(
    ("weights", "count", "replacement"), [([1.0], True, True), ([1.0], 0, True), ([1.0], 1, 0), ([[1.0]], 1, True)]
)
def test_weighted_sampler_refuses(weights, count, replacement):
    with pytest.raises(ValueError, match=r"num_samples|replacement|1d sequence"):
        data.WeightedRandomSampler(weights, count, replacement)


@pytest.mark.parametrize(("drop_last", "expected"), [(False, [[0, 1, 2], [3, 4, 5], [6]]), (True, [[0, 1, 2], [3, 4, 5]])])
def test_batches(drop_last, expected):
    sampler = data.BatchSampler(data.SequentialSampler(range(7)), 3, drop_last)
    assert list(sampler) == list(sampler) == expected
    assert len(sampler) == len(expected)


def test_batches_of_any_iterable():
    assert list(data.BatchSampler("abcd", 3, False)) == [["a", "b", "c"], ["d"]]


@pytest.mark.parametrize(("size", "drop_last"), [(0, False), (True, False), (2.0, False), (2, 0)])
def test_batch_sampler_refuses(size, drop_last):
    with pytest.raises(ValueError, match=r"batch_size|drop_last"):
        data.BatchSampler(range(3), size, drop_last)


def test_distributed_parts_are_torchs():
    parts = [list(data.DistributedSampler(range(10), 3, rank, seed=5)) for rank in range(3)]
    assert parts == [[1, 6, 0, 7], [4, 3, 2, 1], [9, 5, 8, 4]]
    sampler = data.DistributedSampler(range(10), 3, 1, drop_last=True)
    sampler.set_epoch(4)
    assert list(sampler) == [4, 7, 8]
    assert len(sampler) == 3
    assert list(data.DistributedSampler(range(2), 5, 4, shuffle=False)) == [0]


def test_distributed_needs_to_know_its_place():
    with pytest.raises(ValueError, match=r"Invalid rank 3, rank should be in the interval \[0, 2\]"):
        data.DistributedSampler(range(10), 3, 3)
    with pytest.raises(RuntimeError, match="Requires distributed package"):
        data.DistributedSampler(range(10))


def test_base_class_says_what_it_wants():
    with pytest.raises(NotImplementedError, match="__iter__"):
        iter(data.Sampler())
