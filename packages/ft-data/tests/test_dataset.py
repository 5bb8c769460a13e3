"""Datasets and the ways to join, cut and pair them; random_split draws what torch draws (values recorded with torch 2.13)."""

import pytest

import ft_data as data
from ft_dispatch import surface as torch


class Letters(data.Dataset):
    """A dataset that is asked for whole batches, and counts how often."""

    def __init__(self, text, asked=None):
        self.text, self.asked = text, asked if asked is not None else []

    def __len__(self):
        return len(self.text)

    def __getitem__(self, i):
        return self.text[i]

    def __getitems__(self, indices):
        self.asked.append(indices)
        return [self.text[i] for i in indices]


class Count(data.IterableDataset):
    def __init__(self, stop):
        self.stop = stop

    def __iter__(self):
        return iter(range(self.stop))

    def __len__(self):
        return self.stop


def test_dataset_says_what_a_subclass_owes():
    with pytest.raises(NotImplementedError, match="should implement __getitem__"):
        data.Dataset()[0]
    with pytest.raises(TypeError):
        len(data.Dataset())


def test_tensor_dataset_pairs_rows():
    rows = data.TensorDataset(torch.arange(6).view(3, 2), torch.tensor([7, 8, 9]))
    assert len(rows) == 3
    x, y = rows[1]
    assert (x.tolist(), y.item()) == ([2, 3], 8)
    with pytest.raises(AssertionError, match=r"^Size mismatch between tensors.*\[3, 2\]"):
        data.TensorDataset(torch.zeros(3), torch.zeros(2))


def test_concat_finds_the_dataset_of_an_index():
    joined = Letters("ab") + Letters("cde") + Letters("f")
    assert [joined[i] for i in range(len(joined))] == list("abcdef")
    assert (joined[-1], joined[-6]) == ("f", "a")
    assert data.ConcatDataset([Letters("ab"), Letters("cde")]).cumulative_sizes == [2, 5]
    with pytest.raises(ValueError, match="absolute value of index should not exceed dataset length"):
        joined[-7]
    with pytest.raises(IndexError):
        joined[6]
    with pytest.warns(FutureWarning, match="renamed to `cumulative_sizes`"):
        assert joined.cummulative_sizes == [5, 6]


def test_concat_wants_datasets_with_an_index():
    with pytest.raises(AssertionError, match="should not be an empty iterable"):
        data.ConcatDataset([])
    with pytest.raises(AssertionError, match="does not support IterableDataset"):
        data.ConcatDataset([Count(2)])


def test_chain_walks_one_after_the_other():
    chain = Count(2) + Count(3)
    assert isinstance(chain, data.ChainDataset)
    assert list(chain) == [0, 1, 0, 1, 2]
    assert len(chain) == 5
    mixed = data.ChainDataset([Count(1), Letters("a")])
    walk = iter(mixed)
    assert next(walk) == 0
    with pytest.raises(AssertionError, match="only supports IterableDataset"):
        next(walk)
    with pytest.raises(AssertionError, match="only supports IterableDataset"):
        len(mixed)


def test_stack_makes_tuples_or_dicts():
    assert data.StackDataset(Letters("abc"), range(3))[1] == ("b", 1)
    named = data.StackDataset(letter=Letters("abc"), number=range(3))
    assert named[2] == {"letter": "c", "number": 2}
    assert len(named) == 3
    asked = []
    both = data.StackDataset(Letters("abc", asked), range(3))
    assert both.__getitems__([2, 0]) == [("c", 2), ("a", 0)]
    assert asked == [[2, 0]]
    assert named.__getitems__([1]) == [{"letter": "b", "number": 1}]


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ((), {}, "At least one dataset"),
        ((range(2),), {"a": range(2)}, "both types are given"),
        ((range(2), range(3)), {}, r"Size mismatch between datasets.*\[2, 3\]"),
        ((), {"a": range(2), "b": range(3)}, "Size mismatch between datasets"),
    ],
)
def test_stack_refuses(args, kwargs, text):
    with pytest.raises(ValueError, match=text):
        data.StackDataset(*args, **kwargs)


def test_stack_checks_what_a_dataset_hands_out():
    short = Letters("abc")
    short.__class__ = type("Short", (Letters,), {"__getitems__": lambda self, indices: ["x"]})
    with pytest.raises(ValueError, match="Expected 2, got 1"):
        data.StackDataset(short, range(3)).__getitems__([0, 1])


def test_subset_passes_batches_on():
    asked = []
    part = data.Subset(Letters("abcdef", asked), [5, 3, 1])
    assert (len(part), part[0], part.__getitems__([2, 0])) == (3, "f", ["b", "f"])
    assert asked == [[1, 5]]
    assert data.Subset(torch.arange(10), [4, 2])[[1, 0]].tolist() == [2, 4]
    assert data.Subset(range(10), [4, 2]).__getitems__([1]) == [2]


def test_subset_with_half_an_override_is_refused():
    class Upper(data.Subset):
        def __getitem__(self, i):
            return super().__getitem__(i).upper()

    with pytest.raises(NotImplementedError, match=r"Upper overrides __getitem__ but not __getitems__"):
        Upper(Letters("ab"), [0])


def test_random_split_is_torchs():
    generator = torch.Generator().manual_seed(42)
    assert [s.indices for s in data.random_split(range(10), [3, 7], generator)] == [[2, 6, 1], [8, 4, 5, 0, 9, 3, 7]]
    assert [s.indices for s in data.random_split(range(10), [0.35, 0.35, 0.3], generator)] == [[3, 5, 8, 9], [4, 6, 1], [0, 7, 2]]


def test_random_split_checks_lengths():
    with pytest.raises(ValueError, match=r"Sum of input lengths does not equal.*sum to 5, the dataset has 10"):
        data.random_split(range(10), [2, 3])
    with pytest.raises(ValueError, match="Fraction at index 0 is not between 0 and 1"):
        data.random_split(range(10), [1.5, -0.5])
    with pytest.warns(UserWarning, match="Length of split at index 1 is 0"):
        data.random_split(range(2), [0.9, 0.1])
