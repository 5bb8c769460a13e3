"""Worker processes: torch's order and seeds, what travels, and what options change. Values recorded with torch 2.13."""

import multiprocessing
import random

import numpy as np
import pytest

import ft_data as data
from ft_core import Parameter
from ft_dispatch import surface as torch

pytestmark = pytest.mark.usefixtures("nothing_left")


class Drawn(data.Dataset):
    """An index, and a draw of each library that a worker seeds."""

    def __len__(self):
        return 8

    def __getitem__(self, i):
        return i, random.randrange(1000), int(torch.randint(1000, ())), np.random.randint(1000)  # noqa: NPY002  # the generator that workers seed


class Shared(data.IterableDataset):
    """0 … 10, every worker its own part."""

    def __iter__(self):
        worker = data.get_worker_info()
        return iter(range(worker.id, 11, worker.num_workers))


class Made(data.Dataset):
    """What `make(i)` gives."""

    def __init__(self, make, length=6):
        self.make, self.length = make, length

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        return self.make(i)


def lists(loader):
    return [batch.tolist() for batch in loader]


def test_order_and_seeds_are_torchs():
    torch.manual_seed(3)
    loader = data.DataLoader(Drawn(), 4, shuffle=True, num_workers=2)
    assert [[column.tolist() for column in batch] for batch in loader] == [
        [[2, 1, 6, 5], [223, 215, 536, 418], [967, 628, 895, 711], [842, 594, 425, 949]],
        [[0, 4, 3, 7], [92, 682, 299, 602], [91, 933, 908, 844], [913, 687, 49, 179]],
    ]
    assert [[column.tolist() for column in batch] for batch in loader] == [
        [[7, 6, 0, 5], [774, 943, 888, 562], [547, 723, 937, 364], [918, 284, 833, 383]],
        [[1, 3, 4, 2], [359, 490, 919, 632], [59, 672, 892, 51], [267, 220, 613, 466]],
    ]


def test_stream_is_left_where_one_process_leaves_it():
    for workers in (0, 2):
        torch.manual_seed(3)
        for _ in data.DataLoader(range(8), 4, shuffle=True, num_workers=workers):
            pass
        assert torch.randint(1000, (3,)).tolist() == [360, 280, 840]


def test_parts_of_an_iterable_dataset_come_in_turn():
    assert lists(data.DataLoader(Shared(), 2, num_workers=2)) == [[0, 2], [1, 3], [4, 6], [5, 7], [8, 10], [9]]
    assert lists(data.DataLoader(Shared(), 2, num_workers=3)) == [[0, 3], [1, 4], [2, 5], [6, 9], [7, 10], [8]]


def test_worker_knows_what_it_is():
    def told(i):
        worker = data.get_worker_info()
        return worker.id, worker.num_workers, worker.seed, worker.dataset.length, worker.worker_method, torch.initial_seed()

    generator = torch.Generator().manual_seed(1)
    base = torch.empty((), dtype=torch.int64).random_(generator=torch.Generator().manual_seed(1)).item()
    rows = list(data.DataLoader(Made(told, 4), None, num_workers=2, generator=generator))
    assert rows == [[i % 2, 2, base + i % 2, 4, "multiprocessing", base + i % 2] for i in range(4)]
    assert data.get_worker_info() is None


def test_init_function_runs_after_seeding():
    def init(worker_id):
        data.get_worker_info().dataset.length = worker_id + torch.initial_seed() * 0 + 100

    loader = data.DataLoader(Made(lambda i: data.get_worker_info().dataset.length), 1, num_workers=2, worker_init_fn=init)
    assert lists(loader) == [[100], [101]] * 3


@pytest.mark.parametrize("size", [3, 50_000])  # through the pipe, and through shared memory
def test_every_kind_of_data_arrives(size):
    def sample(i):
        return {
            "tensor": torch.full((size,), float(i)),
            "half": torch.full((size,), i, dtype=torch.bfloat16),
            "bool": torch.ones(size, dtype=torch.bool),
            "array": np.full(size, i, np.uint16),
            "text": "x" * size,
            "bytes": b"y" * size,
            "nested": [torch.full((2, size), i), (i, None)],
            "empty": torch.empty(0, 3),
        }

    for i, got in enumerate(data.DataLoader(Made(sample, 5), None, num_workers=2, collate_fn=lambda x: x)):
        expected = sample(i)
        assert list(got) == list(expected)
        for name in ("tensor", "half", "bool"):
            assert got[name].dtype is expected[name].dtype
            assert torch.equal(got[name], expected[name])
        assert np.array_equal(got["array"], expected["array"])
        assert got["array"].dtype == np.uint16
        assert (got["text"], got["bytes"]) == (expected["text"], expected["bytes"])
        assert torch.equal(got["nested"][0], expected["nested"][0])
        assert got["nested"][1] == (i, None)
        assert got["empty"].shape == (0, 3)
        got["tensor"] += 1  # the memory is the program's own
        got["array"] += 1
        assert got["tensor"][0] == i + 1


def test_layout_and_sharing_survive():
    def sample(i):
        x = torch.arange(20_000.0).view(100, 200)
        weight = Parameter(torch.ones(9000))
        return x, x.t(), x[3], weight, torch.ones(2, requires_grad=True)

    for x, turned, row, weight, learned in data.DataLoader(Made(sample, 2), None, num_workers=1, collate_fn=lambda x: x):
        assert turned.stride() == (1, 200)
        x[0, 5] = -1
        assert turned[5, 0] == -1
        assert row.tolist()[:2] == [600.0, 601.0]
        assert row.untyped_storage().nbytes() == 800  # not the 80,000 of what it was a row of
        assert isinstance(weight, Parameter)
        assert weight.requires_grad
        assert learned.requires_grad


def test_batches_that_are_kept_stay_what_they_are():
    loader = data.DataLoader(Made(lambda i: torch.full((5000,), i), 120), 1, num_workers=2)
    kept = list(loader)
    assert all(batch.eq(i).all() for i, batch in enumerate(kept))


def test_batches_of_growing_size():
    sizes = [2_000 * 2 ** (i % 6) for i in range(24)]
    loader = data.DataLoader(Made(lambda i: torch.full((sizes[i],), i), 24), None, num_workers=2)
    for i, batch in enumerate(loader):
        assert batch.shape == (sizes[i],)
        assert batch.eq(i).all()


def test_child_of_the_program_keeps_its_batch():
    loader = data.DataLoader(Made(lambda i: torch.full((50_000,), i), 30), None, num_workers=1)
    walk = iter(loader)
    batch = next(walk)
    ours, theirs = multiprocessing.get_context("fork").Pipe()

    def look(batch):
        theirs.recv()
        theirs.send(bool(batch.eq(0).all()))

    child = multiprocessing.get_context("fork").Process(target=look, args=(batch,))
    child.start()
    for batch in walk:  # noqa: B007  # the child's batch is gone here, and its memory might be written again
        pass
    ours.send(None)
    assert ours.recv()
    child.join()


def test_persistent_workers_are_the_same_processes():
    loader = data.DataLoader(Drawn(), 4, shuffle=True, num_workers=2, persistent_workers=True)
    torch.manual_seed(3)
    first = [[column.tolist() for column in batch] for batch in loader]
    pids = [worker.pid for worker in loader._iterator._workers]
    second = [[column.tolist() for column in batch] for batch in loader]
    assert [worker.pid for worker in loader._iterator._workers] == pids
    assert first[0][1] == [223, 215, 536, 418]
    assert second[0][1] not in (first[0][1], [774, 943, 888, 562])  # the workers' streams go on
    next(iter(loader))  # an epoch that is left
    assert len(list(loader)) == 2
    assert [worker.pid for worker in loader._iterator._workers] == pids
    parts = data.DataLoader(Shared(), 2, num_workers=2, persistent_workers=True)
    assert lists(parts) == lists(parts) == [[0, 2], [1, 3], [4, 6], [5, 7], [8, 10], [9]]


def test_out_of_order_batches_all_arrive():
    import time

    loader = data.DataLoader(Made(lambda i: time.sleep(0.3 * (i == 0)) or i, 12), 1, num_workers=2, in_order=False)
    rows = [batch.item() for batch in loader]
    assert sorted(rows) == list(range(12))
    assert rows[0] != 0


def test_prefetch_is_bounded():
    counter = multiprocessing.Value("i", 0)

    def count(i):
        with counter.get_lock():
            counter.value += 1
        return i

    walk = iter(data.DataLoader(Made(count, 50), 1, num_workers=2, prefetch_factor=3))
    next(walk)
    while counter.value < 7:
        next_moment()
    for _ in range(5):
        next_moment()
    assert counter.value == 7  # six, and one for the batch that was taken


def next_moment():
    import time

    time.sleep(0.02)


def test_indices_larger_than_a_pipe_do_not_lock_both_sides():
    order = [list(range(30_000))] * 12
    dataset = Made(lambda i: i)
    dataset.__class__ = type("Whole", (Made,), {"__getitems__": lambda self, indices: ["x" * 300_000]})
    loader = data.DataLoader(dataset, batch_sampler=order, num_workers=2, prefetch_factor=4, collate_fn=lambda x: len(x[0]))
    assert list(loader) == [300_000] * 12


def test_sampler_may_give_tensors():
    loader = data.DataLoader(torch.arange(10) * 2, None, sampler=[torch.tensor([1, 2]), torch.tensor([3])], num_workers=1)
    assert lists(loader) == [[2, 4], [6]]


def test_more_workers_than_cores_warn():
    with pytest.warns(UserWarning, match="This DataLoader will create 10000 worker processes in total"):
        data.DataLoader(range(3), num_workers=10_000)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_other_start_methods(method):
    torch.manual_seed(3)
    rows = data.TensorDataset(torch.arange(40_000.0).view(4, 10_000))
    loader = data.DataLoader(rows, 2, num_workers=2, multiprocessing_context=method)
    assert [batch.shape for (batch,) in loader] == [(2, 10_000)] * 2


def test_what_cannot_be_pickled_is_said_where_it_must_be():
    loader = data.DataLoader(Made(lambda i: i), num_workers=1, multiprocessing_context="spawn")
    with pytest.warns(UserWarning, match="Got pickle error"), pytest.raises(Exception, match="pickle"):
        iter(loader)
