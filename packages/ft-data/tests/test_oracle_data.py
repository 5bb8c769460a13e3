"""Order, batches and seeds against an installed torch, from the same seed, with and without workers."""

from __future__ import annotations

import random
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest

import ft_data
from ft_dispatch import surface as ft

torch = pytest.importorskip("torch")
from torch.utils import data as torch_data  # noqa: E402

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("nothing_left")]

SIDES = ((torch, torch_data), (ft, ft_data))
Point = namedtuple("Point", "x y")


def plain(value: Any) -> Any:
    """A batch as values that compare: tensors as (dtype, shape, values), containers with their class."""
    if isinstance(value, (torch.Tensor, ft.Tensor)):
        return str(value.dtype), tuple(value.shape), value.tolist()
    if isinstance(value, dict):
        return type(value).__name__, {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [plain(part) for part in value]
    return value


def both(run: Any, seed: int = 5) -> None:
    """`run(lib, data)` gives the same on both sides when everything is seeded alike."""
    found = []
    for lib, data in SIDES:
        lib.manual_seed(seed)
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        found.append((plain(run(lib, data)), lib.randint(1 << 20, (2,)).tolist()))
    assert found[0] == found[1]


def dataset(lib: Any, data: Any) -> Any:
    """Samples of every kind, with draws from every stream a worker seeds."""

    class Samples(data.Dataset):
        def __len__(self) -> int:
            return 23

        def __getitem__(self, i: int) -> Any:
            return {
                "x": lib.full((2, 3), float(i)),
                "drawn": (random.random(), lib.rand(3), np.random.rand(), lib.randn(20)),  # noqa: NPY002
                "point": Point(np.arange(3, dtype=np.int16) + i, np.float32(i)),
                "text": str(i),
                "more": OrderedDict(flag=i % 2 == 0, number=i, list=[i, 2.0 * i]),
            }

    return Samples()


@pytest.mark.parametrize("workers", [0, 1, 2, 3])
@pytest.mark.parametrize("options", [{"shuffle": True}, {"shuffle": True, "drop_last": True}, {}, {"batch_size": None}], ids=str)
def test_epochs(workers, options):
    def run(lib, data):
        loader = data.DataLoader(dataset(lib, data), **{"batch_size": 4, "num_workers": workers, **options})
        return [list(loader), len(loader), list(loader)]

    both(run)


@pytest.mark.parametrize("prefetch", [1, 5])
def test_persistent_workers(prefetch):
    def run(lib, data):
        options = {"num_workers": 2, "persistent_workers": True, "prefetch_factor": prefetch, "shuffle": True}
        loader = data.DataLoader(dataset(lib, data), 4, **options)
        return [list(loader), list(loader), list(loader)]

    both(run)


@pytest.mark.parametrize("workers", [0, 2])
def test_generator_of_ones_own(workers):
    def run(lib, data):
        generator = lib.Generator().manual_seed(11)
        loader = data.DataLoader(dataset(lib, data), 5, shuffle=True, generator=generator, num_workers=workers)
        return [list(loader), list(loader), lib.randperm(5, generator=generator)]

    both(run)


@pytest.mark.parametrize("seed", [0, 1, 2**40 + 3])
def test_samplers(seed):
    def run(lib, data):
        g = lib.Generator().manual_seed(seed)
        weights = lib.rand(50, generator=g, dtype=lib.float64)
        return [
            list(data.RandomSampler(range(100))),
            list(data.RandomSampler(range(7), num_samples=30)),
            list(data.RandomSampler(range(7), num_samples=14, generator=g)),
            list(data.RandomSampler(range(1000), True, 100, g)),
            list(data.RandomSampler(range(1000), True, 64)),
            list(data.SubsetRandomSampler(range(10, 90, 3), g)),
            list(data.WeightedRandomSampler(weights, 200, True, g)),
            list(data.WeightedRandomSampler(weights, 20, False, g)),
            list(data.WeightedRandomSampler(weights.tolist(), 20)),
            list(data.BatchSampler(data.RandomSampler(range(17), generator=g), 5, True)),
            [s.indices for s in data.random_split(range(97), [0.2, 0.3, 0.5], g)],
            [s.indices for s in data.random_split(range(10), [4, 6])],
        ]

    both(run)


@pytest.mark.parametrize("size", [1, 5, 10, 11])
@pytest.mark.parametrize("drop_last", [False, True])
def test_distributed_sampler(size, drop_last):
    def run(lib, data):
        samplers = [data.DistributedSampler(range(size), 4, rank, seed=3, drop_last=drop_last) for rank in range(4)]
        rows = []
        for epoch in range(3):
            for sampler in samplers:
                sampler.set_epoch(epoch)
                rows.append((list(sampler), len(sampler), sampler.total_size))
        return rows

    both(run)


@pytest.mark.parametrize("workers", [0, 1, 2, 3])
@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("batch_size", [3, None])
def test_iterable_dataset(workers, drop_last, batch_size):
    def run(lib, data):
        class Parts(data.IterableDataset):
            def __iter__(self):
                worker = data.get_worker_info()
                first, step = (worker.id, worker.num_workers) if worker else (0, 1)
                for i in range(first, 20 + 3 * first, step):
                    yield i, lib.rand(2)

        options = {"drop_last": drop_last} if batch_size else {}
        loader = data.DataLoader(Parts(), batch_size, num_workers=workers, **options)
        return [list(loader), list(loader)]

    both(run)


def test_collate_and_convert():
    def run(lib, data):
        samples = [
            {"a": np.ones((2, 2)) * i, "b": [lib.arange(3), (i, None)], "c": np.bool_(i % 2), "d": range(2)} for i in range(3)
        ]
        for sample in samples:
            del sample["b"][1:]
        strange = {"x": np.array(["a"]), "y": (np.int8(3), b"z"), "w": Point(np.zeros(1), "t")}
        converted = data.default_convert(strange)
        converted["x"] = converted["x"].tolist()
        return [data.default_collate(samples), converted, data.default_convert([np.float64(2), 3])]

    both(run)


@pytest.mark.parametrize(
    "make",
    [
        lambda data: data.DataLoader(range(3), num_workers=-1),
        lambda data: data.DataLoader(range(3), timeout=-1),
        lambda data: data.DataLoader(range(3), prefetch_factor=2),
        lambda data: data.DataLoader(range(3), num_workers=1, prefetch_factor=-2),
        lambda data: data.DataLoader(range(3), persistent_workers=True),
        lambda data: data.DataLoader(range(3), sampler=[1], shuffle=True),
        lambda data: data.DataLoader(range(3), 2, batch_sampler=[[1]]),
        lambda data: data.DataLoader(range(3), None, drop_last=True),
        lambda data: data.DataLoader(range(3), 0),
        lambda data: data.DataLoader(range(3), multiprocessing_context="spawn"),
        lambda data: data.DataLoader(range(3), num_workers=1, multiprocessing_context="x"),
        lambda data: data.DataLoader(range(3), num_workers=1, multiprocessing_context=1),
        lambda data: data.DataLoader(data.ChainDataset([]), shuffle=True),
        lambda data: data.DataLoader([], shuffle=True),
        lambda data: setattr(data.DataLoader(range(3)), "dataset", 1),
        lambda data: data.RandomSampler(range(3), replacement=2),
        lambda data: data.WeightedRandomSampler([[1.0]], 1),
        lambda data: data.BatchSampler([1], 0, False),
        lambda data: data.StackDataset(),
        lambda data: data.StackDataset([1], [2, 3]),
        lambda data: data.StackDataset([1], a=[2]),
        lambda data: data.ConcatDataset([]),
        lambda data: data.ConcatDataset([[1]])[-2],
        lambda data: data.Dataset()[0],
        lambda data: data.random_split(range(5), [1, 2]),
        lambda data: data.random_split(range(5), [1.5, -0.5]),
        lambda data: data.default_collate([object()]),
        lambda data: data.default_collate([[1], [1, 2]]),
        lambda data: data.DistributedSampler(range(5), 2, 2),
        lambda data: data.DataLoader([1, "a"], 2).__iter__().__next__(),
    ],
)
def test_errors_are_torchs(make):
    with pytest.raises(Exception, match="") as theirs:
        make(torch_data)
    with pytest.raises(type(theirs.value)) as ours:
        make(ft_data)
    assert str(ours.value).startswith(str(theirs.value)[:40])


def test_worker_error_text_is_torchs():
    texts = []
    for _, data in SIDES:
        with pytest.raises(ZeroDivisionError) as caught:
            list(data.DataLoader(range(4), num_workers=2, collate_fn=lambda x: 1 / 0))
        texts.append(str(caught.value).splitlines())
    assert texts[0][:2] == texts[1][:2]
    assert texts[0][-1] == texts[1][-1]


def test_names_are_torchs():
    assert [name for name in torch_data.__all__ if not hasattr(ft_data, name)] == []
    for name in ("DataLoader", "RandomSampler", "WeightedRandomSampler", "BatchSampler", "DistributedSampler", "random_split"):
        import inspect

        theirs, ours = (list(inspect.signature(getattr(data, name)).parameters) for _, data in SIDES)
        assert ours == theirs
