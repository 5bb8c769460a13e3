"""One walk through a loader: what every kind shares, and the kind that loads in this process.

A walk draws its base seed from the loader's stream when it begins, so that the stream is at the same place whether there are workers
or not. The kind with workers has a module of its own.
"""

from __future__ import annotations

import warnings
from typing import Any

from ft_core.generator import Generator

from ._utils.fetch import _DatasetKind
from ._utils.pin_memory import accelerator_available, pin_memory
from .datapipes.datapipe import IterDataPipe, MapDataPipe
from .graph_settings import apply_random_seed, apply_sharding
from .sampler import draw_seed

__all__ = ["_BaseDataLoaderIter", "_SingleProcessDataLoaderIter"]

_UNEXPECTED_LENGTH = (
    "Length of IterableDataset {} was reported to be {}(when accessing len(dataloader)), but {} samples have been fetched. "
)
_UNSHARED_PARTS = (
    "For multiprocessing data-loading, this could be caused by not properly configuring the IterableDataset replica at each worker. "
    "Please see https://pytorch.org/docs/stable/data.html#torch.utils.data.IterableDataset for examples."
)


def share_seed(dataset: Any, generator: Generator | None) -> int | None:
    """Seed the random pipes of a pipeline alike in every process; the seed, None for other datasets."""
    if not isinstance(dataset, IterDataPipe):
        return None
    seed = draw_seed(generator)
    apply_random_seed(dataset, Generator().manual_seed(seed))
    return seed


class _BaseDataLoaderIter:
    """A walk: what it took over from the loader, and the count of what it gave."""

    def __init__(self, loader: Any) -> None:
        self._dataset = loader.dataset
        self._shared_seed = share_seed(self._dataset, loader.generator)
        self._dataset_kind = loader._dataset_kind
        self._IterableDataset_len_called = loader._IterableDataset_len_called
        self._auto_collation = loader._auto_collation
        self._drop_last = loader.drop_last
        self._index_sampler = loader._index_sampler
        self._num_workers = loader.num_workers
        self._pin_memory = loader.pin_memory and _pinning_helps(loader.pin_memory_device)
        self._timeout = loader.timeout
        self._collate_fn = loader.collate_fn
        self._sampler_iter = iter(self._index_sampler)
        self._base_seed = draw_seed(loader.generator)
        self._persistent_workers = loader.persistent_workers
        self._num_yielded = 0

    def __iter__(self) -> _BaseDataLoaderIter:
        return self

    def _reset(self, loader: Any, first_iter: bool = False) -> None:
        self._sampler_iter = iter(self._index_sampler)
        self._num_yielded = 0
        self._IterableDataset_len_called = loader._IterableDataset_len_called
        self._shared_seed = share_seed(self._dataset, loader.generator)

    def _next_index(self) -> Any:
        return next(self._sampler_iter)

    def _next_data(self) -> Any:
        raise NotImplementedError

    def __next__(self) -> Any:
        data = self._next_data()
        self._num_yielded += 1
        promised = self._IterableDataset_len_called
        if promised is not None and self._num_yielded > promised and self._dataset_kind == _DatasetKind.Iterable:
            text = _UNEXPECTED_LENGTH.format(self._dataset, promised, self._num_yielded)
            warnings.warn(text + _UNSHARED_PARTS if self._num_workers > 0 else text, stacklevel=2)
        return pin_memory(data) if self._pin_memory else data

    def __len__(self) -> int:
        return len(self._index_sampler)

    def __getstate__(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__} cannot be pickled; pickle the loader and begin a walk where it arrives")


def _pinning_helps(device: str) -> bool:
    if device:
        warnings.warn(
            "pin_memory_device is deprecated, the current accelerator will be used as the device,"
            f"ignore pin_memory_device='{device}'.",
            stacklevel=6,
        )
    if accelerator_available():
        return True
    warnings.warn(
        "'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be used.", stacklevel=6
    )
    return False


class _SingleProcessDataLoaderIter(_BaseDataLoaderIter):
    """A walk that loads in this process, when it is asked."""

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        if self._timeout != 0:
            raise AssertionError(f"timeout must be 0 when loading in this process (num_workers=0), got {self._timeout}")
        if isinstance(self._dataset, (IterDataPipe, MapDataPipe)):
            apply_sharding(self._dataset, 1, 0)
        self._dataset_fetcher = _DatasetKind.create_fetcher(
            self._dataset_kind, self._dataset, self._auto_collation, self._collate_fn, self._drop_last
        )

    def _next_data(self) -> Any:
        return self._dataset_fetcher.fetch(self._next_index())
