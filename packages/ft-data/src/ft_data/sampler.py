"""In which order samples are loaded: iterables of indices, or of lists of indices for `BatchSampler`.

Each draws from the random stream what torch's draws, so the same seed gives the same order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

from ft_core.generator import Generator
from ft_dispatch import surface as torch

__all__ = [
    "BatchSampler",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "SubsetRandomSampler",
    "WeightedRandomSampler",
]

T_co = TypeVar("T_co", covariant=True)

DRAWN_AT_ONCE = 32
"""Indices per draw with replacement: as many as torch's, since the stream is shared with others."""


def draw_seed(generator: Generator | None = None) -> int:
    """An int64 seed from the stream, as the loader and RandomSampler take one: two 32-bit words."""
    return torch.empty((), dtype=torch.int64).random_(generator=generator).item()


def _positive(name: str, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{name} should be a positive integer value, but got {name}={value}")


class Sampler(Generic[T_co]):
    """The base of all samplers: `__iter__` yields indices (or lists of them); `__len__`, where there is one, says how many.

    Source: torch.utils.data.Sampler.
    """

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(f"{type(self).__name__}: a sampler writes __iter__, which yields indices")


class SequentialSampler(Sampler[int]):
    """0, 1, … up to the length of `data_source`. Source: torch.utils.data.SequentialSampler."""

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """A permutation of the indices of `data_source`, or with `replacement` independent draws.

    num_samples: how many indices to yield, by default all; more than there are begin another permutation. generator: where None, each
    walk seeds a new one from the default stream. TypeError for a replacement that is no bool, ValueError unless there is at least one
    sample to draw. Source: torch.utils.data.RandomSampler.
    """

    def __init__(
        self, data_source: Sized, replacement: bool = False, num_samples: int | None = None, generator: Generator | None = None
    ) -> None:
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        if not isinstance(replacement, bool):
            raise TypeError(f"replacement should be a boolean value, but got replacement={replacement}")
        if not isinstance(self.num_samples, int) or self.num_samples <= 0:
            raise ValueError(f"num_samples should be a positive integer value, but got num_samples={self.num_samples}")

    @property
    def num_samples(self) -> int:
        """How many indices a walk yields; follows the dataset's size unless given."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        generator = self.generator
        if generator is None:
            generator = torch.Generator().manual_seed(draw_seed())
        yield from self._replaced(generator) if self.replacement else self._permuted(generator)

    def _replaced(self, generator: Generator) -> Iterator[int]:
        n = len(self.data_source)
        whole, rest = divmod(self.num_samples, DRAWN_AT_ONCE)
        for count in [*itertools.repeat(DRAWN_AT_ONCE, whole), rest]:
            yield from torch.randint(high=n, size=(count,), dtype=torch.int64, generator=generator).tolist()

    def _permuted(self, generator: Generator) -> Iterator[int]:
        n = len(self.data_source)
        whole, rest = divmod(self.num_samples, n)
        for count in [*itertools.repeat(n, whole), rest]:  # torch draws the last permutation even where nothing of it is used
            yield from torch.randperm(n, generator=generator).tolist()[:count]

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """The given `indices` in random order. Source: torch.utils.data.SubsetRandomSampler."""

    def __init__(self, indices: Sequence[int], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        for i in torch.randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[i]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """`num_samples` indices, index i with a probability proportional to `weights[i]`, with or without `replacement`.

    weights: a 1-dim sequence of numbers, not necessarily summing to 1. ValueError for other shapes, for a num_samples that is not a
    positive int and for a replacement that is no bool. Source: torch.utils.data.WeightedRandomSampler.
    """

    def __init__(
        self, weights: Sequence[float], num_samples: int, replacement: bool = True, generator: Generator | None = None
    ) -> None:
        _positive("num_samples", num_samples)
        if not isinstance(replacement, bool):
            raise ValueError(f"replacement should be a boolean value, but got replacement={replacement}")
        as_tensor = torch.as_tensor(weights, dtype=torch.float64)
        if as_tensor.ndim != 1:
            raise ValueError(f"weights should be a 1d sequence but given weights have shape {tuple(as_tensor.shape)}")
        self.weights = as_tensor
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        yield from torch.multinomial(self.weights, self.num_samples, self.replacement, generator=self.generator).tolist()

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Lists of `batch_size` indices of another sampler (any iterable); a shorter last one is left out with `drop_last`.

    ValueError for a batch_size that is not a positive int and a drop_last that is no bool. Source: torch.utils.data.BatchSampler.
    """

    def __init__(self, sampler: Sampler[int] | Iterable[int], batch_size: int, drop_last: bool) -> None:
        _positive("batch_size", batch_size)
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        indices = iter(self.sampler)
        least = self.batch_size if self.drop_last else 1
        while len(batch := list(itertools.islice(indices, self.batch_size))) >= least:
            yield batch

    def __len__(self) -> int:
        more = 0 if self.drop_last else self.batch_size - 1
        return (len(self.sampler) + more) // self.batch_size  # type: ignore[arg-type]
