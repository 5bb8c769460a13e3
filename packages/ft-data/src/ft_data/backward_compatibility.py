"""What old programs import: a worker_init_fn from before the loader sharded pipes by itself."""

from __future__ import annotations

import warnings


def worker_init_fn(worker_id: int) -> None:
    """Nothing, with a FutureWarning: every worker shards by itself. Source: torch.utils.data.backward_compatibility."""
    warnings.warn(
        "Usage of `backward_compatibility.worker_init_fn` is deprecated as `DataLoader` automatically applies sharding in every worker",
        FutureWarning,
        stacklevel=2,
    )
