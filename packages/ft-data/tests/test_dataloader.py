"""The loader in one process: batches, lengths, options that contradict each other, and attributes that stay."""

import functools
import multiprocessing

import pytest

import ft_data as data
from ft_dispatch import surface as torch


class Count(data.IterableDataset):
    def __init__(self, stop, length=None):
        self.stop = stop
        if length is not None:
            type(self).__len__ = lambda self: length

    def __iter__(self):
        return iter(range(self.stop))


def lists(loader):
    return [batch.tolist() for batch in loader]


def test_batches_in_order():
    loader = data.DataLoader(range(7), 3)
    assert lists(loader) == lists(loader) == [[0, 1, 2], [3, 4, 5], [6]]
    assert len(loader) == 3
    assert lists(data.DataLoader(range(7), 3, drop_last=True)) == [[0, 1, 2], [3, 4, 5]]
    assert len(iter(loader)) == 3


def test_order_and_stream_are_torchs():
    torch.manual_seed(3)
    assert lists(data.DataLoader(range(8), 4, shuffle=True)) == [[2, 1, 6, 5], [0, 4, 3, 7]]


def test_without_batches():
    assert list(data.DataLoader(["a", "b"], None)) == ["a", "b"]
    assert lists(data.DataLoader(torch.arange(4), None, sampler=[[0, 1], [3]])) == [[0, 1], [3]]


def test_own_orders():
    assert lists(data.DataLoader(range(9), 2, sampler=[5, 3, 1])) == [[5, 3], [1]]
    loader = data.DataLoader(range(9), batch_sampler=[[1], [2, 3]])
    assert lists(loader) == [[1], [2, 3]]
    assert (len(loader), loader.batch_size) == (2, None)
    assert list(data.DataLoader(range(4), 2, collate_fn=tuple)) == [(0, 1), (2, 3)]


def test_iterable_dataset():
    assert lists(data.DataLoader(Count(5), 2)) == [[0, 1], [2, 3], [4]]
    assert lists(data.DataLoader(Count(5), 2, drop_last=True)) == [[0, 1], [2, 3]]
    assert list(data.DataLoader(Count(3), None)) == [0, 1, 2]
    assert lists(data.DataLoader(Count(4), 2)) == [[0, 1], [2, 3]]
    with pytest.raises(TypeError):
        len(data.DataLoader(Count(3)))


def test_iterable_dataset_that_yields_more_than_it_promised_warns():
    class Promising(Count):
        def __len__(self):
            return 1

    loader = data.DataLoader(Promising(3))
    assert len(loader) == 1
    walk = iter(loader)
    next(walk)
    with pytest.warns(UserWarning, match=r"was reported to be 1\(when accessing len\(dataloader\)\), but 2 samples"):
        next(walk)
    assert len(data.DataLoader(Promising(3), 2, drop_last=True)) == 0


def test_tensor_dataset_rows_at_once_are_what_collating_gives():
    rows = data.TensorDataset(torch.arange(12.0).view(6, 2), torch.arange(6))
    part = data.Subset(rows, [4, 2, 0])
    for dataset in (rows, part):
        at_once = list(data.DataLoader(dataset, 2))
        one_by_one = list(data.DataLoader(dataset, 2, collate_fn=functools.partial(data.default_collate)))
        assert [[t.tolist() for t in batch] for batch in at_once] == [[t.tolist() for t in batch] for batch in one_by_one]
        assert [type(batch) for batch in at_once] == [list] * len(at_once)
    learned = torch.ones(3, requires_grad=True)
    (batch,) = next(iter(data.DataLoader(data.TensorDataset(learned), 2)))
    assert batch.requires_grad
    with pytest.raises(IndexError):
        next(iter(data.DataLoader(rows, 2, sampler=[0, 6])))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"num_workers": -1}, "num_workers option should be non-negative"),
        ({"timeout": -1}, "timeout option should be non-negative"),
        ({"prefetch_factor": 2}, "prefetch_factor option could only be specified in multiprocessing"),
        ({"num_workers": 1, "prefetch_factor": -1}, "prefetch_factor option should be non-negative"),
        ({"persistent_workers": True}, "persistent_workers option needs num_workers > 0"),
        ({"sampler": [1], "shuffle": True}, "sampler option is mutually exclusive with shuffle"),
        ({"batch_sampler": [[1]], "batch_size": 2}, "batch_sampler option is mutually exclusive"),
        ({"batch_sampler": [[1]], "drop_last": True}, "batch_sampler option is mutually exclusive"),
        ({"batch_size": None, "drop_last": True}, "batch_size=None option disables auto-batching"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"multiprocessing_context": "fork"}, "can only be used with multi-process loading"),
        ({"num_workers": 1, "multiprocessing_context": "spoon"}, "should specify a valid start method"),
    ],
)
def test_options_are_checked(options, text):
    with pytest.raises(ValueError, match=text):
        data.DataLoader(range(3), **options)


@pytest.mark.parametrize("options", [{"shuffle": True}, {"sampler": [0]}, {"batch_sampler": [[0]]}])
def test_iterable_dataset_has_no_order(options):
    (name,) = options
    with pytest.raises(ValueError, match=f"IterableDataset: expected unspecified {name} option, but got {name}="):
        data.DataLoader(Count(3), **options)
    assert lists(data.DataLoader(Count(2), shuffle=False)) == [[0], [1]]


def test_context_is_a_context():
    with pytest.raises(TypeError, match="should be a valid context object"):
        data.DataLoader(range(3), num_workers=1, multiprocessing_context=3)
    context = multiprocessing.get_context("spawn")
    assert data.DataLoader(range(3), num_workers=1, multiprocessing_context=context).multiprocessing_context is context


def test_what_others_were_made_from_stays():
    loader = data.DataLoader(range(3))
    for name in ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers"):
        with pytest.raises(ValueError, match=f"{name} attribute should not be set after DataLoader is initialized"):
            setattr(loader, name, None)
    loader.collate_fn = len
    assert list(loader) == [1, 1, 1]


def test_timeout_needs_workers():
    with pytest.raises(AssertionError, match="timeout must be 0"):
        iter(data.DataLoader(range(3), timeout=1))


def test_pin_memory_without_accelerator_warns():
    loader = data.DataLoader(range(2), pin_memory=True)
    with pytest.warns(UserWarning, match="no accelerator is found"):
        assert lists(loader) == [[0], [1]]
    with pytest.warns(UserWarning, match="pin_memory") as caught:
        list(data.DataLoader(range(2), pin_memory=True, pin_memory_device="cuda"))
    assert [str(w.message).partition(",")[0] for w in caught] == [
        "pin_memory_device is deprecated",
        "'pin_memory' argument is set as true but no accelerator is found",
    ]
    assert [w.filename for w in caught] == [__file__] * 2


@pytest.mark.parametrize("workers", [0, 1])
def test_pin_memory_with_accelerator_asks_the_batch(monkeypatch, workers):
    monkeypatch.setattr(data.iterators, "accelerator_available", lambda: True)
    loader = data.DataLoader(range(4), 2, pin_memory=True, collate_fn=Pinnable, num_workers=workers)
    assert [batch.pinned for batch in loader] == [True, True]


class Pinnable:
    """A batch of a class of one's own."""

    def __init__(self, samples):
        self.samples, self.pinned = samples, False

    def pin_memory(self):
        self.pinned = True
        return self


def test_error_of_the_dataset_passes_through():
    with pytest.raises(ZeroDivisionError):
        list(data.DataLoader(data.Subset([1], [0]), collate_fn=lambda batch: 1 / 0))


def test_walk_is_not_pickled():
    import pickle

    with pytest.raises(NotImplementedError, match="cannot be pickled"):
        pickle.dumps(iter(data.DataLoader(range(3))))


def test_names_are_torchs():
    assert sorted(data.__all__) == data.__all__
    assert data.dataloader.DataLoader is data.DataLoader
    assert data._utils.collate.default_collate is data.default_collate
    assert data.sampler.Sampler is data.Sampler
    assert data.get_worker_info() is None
