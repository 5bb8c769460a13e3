"""From indices to a batch: ask the dataset, then collate. The same in this process and in a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ft_core import Tensor

from ..dataset import Subset, TensorDataset
from .collate import collate_tensor_fn, default_collate, default_collate_fn_map

__all__ = ["_BaseDatasetFetcher", "_DatasetKind", "_IterableDatasetFetcher", "_MapDatasetFetcher"]


class _BaseDatasetFetcher:
    """A dataset and what is done with its samples; `fetch` gives the batch for one item of the index sampler."""

    def __init__(self, dataset: Any, auto_collation: bool, collate_fn: Callable[[Any], Any], drop_last: bool) -> None:
        self.dataset = dataset
        self.auto_collation = auto_collation
        self.collate_fn = collate_fn
        self.drop_last = drop_last

    def fetch(self, possibly_batched_index: Any) -> Any:
        """The collated batch; StopIteration where a walk has ended."""
        raise NotImplementedError


class _IterableDatasetFetcher(_BaseDatasetFetcher):
    """Of an iterable dataset only the number of indices matters."""

    def __init__(self, dataset: Any, auto_collation: bool, collate_fn: Callable[[Any], Any], drop_last: bool) -> None:
        super().__init__(dataset, auto_collation, collate_fn, drop_last)
        self.dataset_iter = iter(dataset)
        self.ended = False

    def fetch(self, possibly_batched_index: Any) -> Any:
        if self.ended:
            raise StopIteration
        if not self.auto_collation:
            return self.collate_fn(next(self.dataset_iter))
        wanted = len(possibly_batched_index)
        data = []
        for _ in range(wanted):
            try:
                data.append(next(self.dataset_iter))
            except StopIteration:
                self.ended = True
                break
        if not data or (self.drop_last and len(data) < wanted):
            raise StopIteration
        return self.collate_fn(data)


class _MapDatasetFetcher(_BaseDatasetFetcher):
    """A dataset that is indexed, with a whole batch of indices where it takes one."""

    def fetch(self, possibly_batched_index: Any) -> Any:
        dataset = self.dataset
        if not self.auto_collation:
            return self.collate_fn(dataset[possibly_batched_index])
        if self.collate_fn is default_collate and (batch := _rows_at_once(dataset, possibly_batched_index)):
            return batch
        if getattr(dataset, "__getitems__", None):
            data = dataset.__getitems__(possibly_batched_index)
        else:
            data = [dataset[index] for index in possibly_batched_index]
        return self.collate_fn(data)


def _rows_at_once(dataset: Any, indices: Any) -> list[Tensor] | None:
    """What `default_collate` makes of these rows of a TensorDataset, by one gather per tensor instead of a view per row.

    None where it would make something else: subclasses, tensors in a graph or in another layout, a replaced function for tensors.
    """
    if type(dataset) is Subset:
        return _rows_at_once(dataset.dataset, [dataset.indices[i] for i in indices])
    if type(dataset) is not TensorDataset or default_collate_fn_map.get(Tensor) is not collate_tensor_fn:
        return None
    if not indices or any(type(index) is not int for index in indices):
        return None
    plain = all(type(t) is Tensor and t.ndim and t.is_contiguous() and not t.requires_grad for t in dataset.tensors)
    return [t[indices] for t in dataset.tensors] if plain else None


class _DatasetKind:
    """Whether a dataset is indexed or walked through."""

    Map = 0
    Iterable = 1

    @staticmethod
    def create_fetcher(kind: int, dataset: Any, auto_collation: bool, collate_fn: Any, drop_last: bool) -> Any:
        """What asks a dataset of this kind for a batch."""
        fetcher = _MapDatasetFetcher if kind == _DatasetKind.Map else _IterableDatasetFetcher
        return fetcher(dataset, auto_collation, collate_fn, drop_last)
