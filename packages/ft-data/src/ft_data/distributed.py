"""The sampler that gives each process of a group its own part of a dataset; apart, because it alone asks about process groups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sized
from typing import Any

from ft_dispatch import surface as torch

from .sampler import Sampler

__all__ = ["DistributedSampler"]


class DistributedSampler(Sampler[Any]):
    """Every `num_replicas`-th index, beginning at `rank`, of an order that all processes agree on.

    shuffle: permute by `seed` plus the epoch given to `set_epoch`. The parts have one length: the order is filled up from its own
    beginning, or with `drop_last` cut. RuntimeError where num_replicas or rank is left out and there is no process group to ask;
    ValueError for a rank outside 0 … num_replicas - 1. Source: torch.utils.data.distributed.DistributedSampler.
    """

    def __init__(
        self,
        dataset: Sized,
        num_replicas: int | None = None,
        rank: int | None = None,
        shuffle: bool = True,
        seed: int = 0,
        drop_last: bool = False,
    ) -> None:
        if num_replicas is None or rank is None:
            raise RuntimeError(
                "Requires distributed package to be available: there is no process group here to ask; give num_replicas and rank"
            )
        if not 0 <= rank < num_replicas:
            raise ValueError(f"Invalid rank {rank}, rank should be in the interval [0, {num_replicas - 1}]")
        self.dataset = dataset
        self.num_replicas = num_replicas
        self.rank = rank
        self.epoch = 0
        self.drop_last = drop_last
        uneven = drop_last and len(dataset) % num_replicas
        self.num_samples = math.ceil((len(dataset) - num_replicas if uneven else len(dataset)) / num_replicas)
        self.total_size = self.num_samples * num_replicas
        self.shuffle = shuffle
        self.seed = seed

    def __iter__(self) -> Iterator[int]:
        n = len(self.dataset)
        if self.shuffle:
            generator = torch.Generator().manual_seed(self.seed + self.epoch)
            order = torch.randperm(n, generator=generator).tolist()
        else:
            order = list(range(n))
        repeated = order * math.ceil(self.total_size / n) if n else order
        return iter(repeated[self.rank : self.total_size : self.num_replicas])

    def __len__(self) -> int:
        return self.num_samples

    def set_epoch(self, epoch: int) -> None:
        """Let the next walk take the order of `epoch`; without it every epoch has the same one."""
        self.epoch = epoch
