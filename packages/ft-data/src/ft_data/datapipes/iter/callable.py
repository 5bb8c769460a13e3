"""Steps that compute: one function on every sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..._utils.collate import default_collate
from .._decorator import functional_datapipe
from ..datapipe import IterDataPipe
from ..utils.common import check_function, length_of, of_columns, validate_input_col

__all__ = ["CollatorIterDataPipe", "MapperIterDataPipe"]


@functional_datapipe("map")
class MapperIterDataPipe(IterDataPipe[Any]):
    """`fn` of every sample, or of some of its columns.

    input_col: index or key of the argument, or a list of them; None gives the whole sample. output_col: where the result goes; None
    puts it where the first argument was and drops the others, -1 appends it. Tuples stay tuples.
    Raises: ValueError for an `output_col` without `input_col`, for several, or for a function with other parameters.
    """

    def __init__(self, datapipe: Any, fn: Callable[..., Any], input_col: Any = None, output_col: Any = None) -> None:
        check_function(fn)
        if input_col is None and output_col is not None:
            raise ValueError("`output_col` must be None when `input_col` is None.")
        if isinstance(output_col, (list, tuple)):
            if len(output_col) > 1:
                raise ValueError("`output_col` must be a single-element list or tuple")
            output_col = output_col[0]
        validate_input_col(fn, input_col)
        self.datapipe = datapipe
        self.fn = fn
        self.input_col = input_col
        self.output_col = output_col

    def _apply_fn(self, data: Any) -> Any:
        made = of_columns(self.fn, data, self.input_col)
        if self.input_col is None:
            return made
        row = list(data) if isinstance(data, tuple) else data
        if self.output_col is None:
            first, *others = self.input_col if isinstance(self.input_col, (list, tuple)) else [self.input_col]
            row[first] = made
            for column in sorted(others, reverse=True):
                del row[column]
        elif self.output_col == -1:
            row.append(made)
        else:
            row[self.output_col] = made
        return tuple(row) if isinstance(data, tuple) else row

    def __iter__(self) -> Iterator[Any]:
        for data in self.datapipe:
            yield self._apply_fn(data)

    def __len__(self) -> int:
        return length_of(self, self.datapipe)


@functional_datapipe("collate")
class CollatorIterDataPipe(MapperIterDataPipe):
    """Batches of samples as batches of tensors: `default_collate`, or a function in its place."""

    def __init__(
        self, datapipe: Any, conversion: Callable[..., Any] = default_collate, collate_fn: Callable[..., Any] | None = None
    ) -> None:
        super().__init__(datapipe, conversion if collate_fn is None else collate_fn)
