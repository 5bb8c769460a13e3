"""A step that lets some samples pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .._decorator import functional_datapipe
from ..datapipe import IterDataPipe
from ..utils.common import StreamWrapper, check_function, of_columns, validate_input_col

__all__ = ["FilterIterDataPipe"]


@functional_datapipe("filter")
class FilterIterDataPipe(IterDataPipe[Any]):
    """The samples for which `filter_fn`, of the sample or of its column or columns `input_col`, is true.

    ValueError where it returns anything but a bool.
    """

    def __init__(self, datapipe: Any, filter_fn: Callable[..., bool], input_col: Any = None) -> None:
        check_function(filter_fn)
        validate_input_col(filter_fn, input_col)
        self.datapipe = datapipe
        self.filter_fn = filter_fn
        self.input_col = input_col

    def __iter__(self) -> Iterator[Any]:
        for data in self.datapipe:
            passes = of_columns(self.filter_fn, data, self.input_col)
            if not isinstance(passes, bool):
                raise ValueError("Boolean output is required for `filter_fn` of FilterIterDataPipe, got", type(passes))
            if passes:
                yield data
            else:
                StreamWrapper.close_streams(data)
