"""torch.utils.data.graph_settings: what a loader tells the pipes of a pipeline: their part, whether to shuffle, and from which seed."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

from .datapipes.iter.sharding import SHARDING_PRIORITIES
from .graph import DataPipeGraph, traverse_dps
from .sampler import draw_seed

__all__ = ["apply_random_seed", "apply_sharding", "apply_shuffle_seed", "apply_shuffle_settings", "get_all_graph_pipes"]


def get_all_graph_pipes(graph: DataPipeGraph) -> list[Any]:
    """Every pipe of a graph once."""
    found: dict[int, Any] = {}

    def collect(part: DataPipeGraph) -> None:
        for key, (pipe, sources) in part.items():
            if key not in found:
                found[key] = pipe
                collect(sources)

    collect(graph)
    return list(found.values())


def _has(pipe: Any, *names: str) -> bool:
    return all(inspect.ismethod(getattr(pipe, name, None)) for name in names)


def apply_sharding(
    datapipe: Any, num_of_instances: int, instance_id: int, sharding_group: SHARDING_PRIORITIES = SHARDING_PRIORITIES.DEFAULT
) -> Any:
    """Tell every sharding pipe which part is this worker's; returns the pipeline. RuntimeError where one lies behind another."""

    def tell(graph: DataPipeGraph, before: Any) -> None:
        for pipe, sources in graph.values():
            now = before
            if _has(pipe, "apply_sharding"):
                if before is not None:
                    raise RuntimeError(
                        "Sharding twice on a single pipeline is likely unintended and will cause data loss. Sharding already applied "
                        f"to {before} while trying to apply to {pipe}"
                    )
                now = pipe
                old = len(inspect.signature(pipe.apply_sharding).parameters) < 3
                pipe.apply_sharding(num_of_instances, instance_id, **({} if old else {"sharding_group": sharding_group}))
            tell(sources, now)

    tell(traverse_dps(datapipe), None)
    return datapipe


def apply_shuffle_settings(datapipe: Any, shuffle: bool | None = None) -> Any:
    """Switch every shuffling pipe on or off; returns the pipeline, with a shuffle at its end where one is wanted and there was none."""
    if shuffle is None:
        return datapipe
    shufflers = [pipe for pipe in get_all_graph_pipes(traverse_dps(datapipe)) if _has(pipe, "set_shuffle", "set_seed")]
    if not shufflers and shuffle:
        warnings.warn(
            "`shuffle=True` was set, but the datapipe does not contain a `Shuffler`. Adding one at the end. Be aware that the default "
            "buffer size might not be sufficient for your task.",
            stacklevel=2,
        )
        datapipe = datapipe.shuffle()
        shufflers = [datapipe]
    for shuffler in shufflers:
        shuffler.set_shuffle(shuffle)
    return datapipe


def apply_random_seed(datapipe: Any, rng: Any) -> Any:
    """Draw a seed for every random pipe from the generator `rng`, in order; returns the pipeline."""
    for pipe in get_all_graph_pipes(traverse_dps(datapipe)):
        if _has(pipe, "set_seed"):
            pipe.set_seed(draw_seed(rng))
    return datapipe


def apply_shuffle_seed(datapipe: Any, rng: Any) -> Any:
    """`apply_random_seed` under its old name; deprecated, and says so."""
    warnings.warn(
        "`apply_shuffle_seed` is deprecated since 1.12 and will be removed in the future releases. Please use `apply_random_seed` "
        "instead.",
        FutureWarning,
        stacklevel=2,
    )
    return apply_random_seed(datapipe, rng)
