"""torch.utils.data.graph: which pipes a pipeline is made of."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from .datapipes.datapipe import IterDataPipe, MapDataPipe

__all__ = ["traverse", "traverse_dps"]

DataPipeGraph = dict[int, tuple[Any, Any]]


def _connected(value: Any) -> Iterator[Any]:
    """The pipes in nested collections, in order, not those behind them."""
    if isinstance(value, (IterDataPipe, MapDataPipe)):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _connected(each)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _connected(each)


def traverse_dps(datapipe: Any) -> DataPipeGraph:
    """{id(pipe): (pipe, the graph of its sources)}; a source of two pipes stands under both. RuntimeError for what is no pipe."""
    return _traversed(datapipe, set())


def _traversed(datapipe: Any, above: set[int]) -> DataPipeGraph:
    if not isinstance(datapipe, (IterDataPipe, MapDataPipe)):
        raise RuntimeError(f"Expected `IterDataPipe` or `MapDataPipe`, but {type(datapipe)} is found")
    here = above | {id(datapipe)}
    sources: DataPipeGraph = {}
    for source in _connected(vars(datapipe)):
        if id(source) not in here:
            sources.update(_traversed(source, here))
    return {id(datapipe): (datapipe, sources)}


def traverse(datapipe: Any, only_datapipe: bool | None = None) -> DataPipeGraph:
    """`traverse_dps` under its old name; deprecated, and says so."""
    text = "`traverse` function is deprecated and will be removed after 1.13. Please use `traverse_dps` instead."
    if not only_datapipe:
        text += " And, the behavior will be changed to the equivalent of `only_datapipe=True`."
    warnings.warn(text, FutureWarning, stacklevel=2)
    return traverse_dps(datapipe)
