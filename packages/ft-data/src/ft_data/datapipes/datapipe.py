"""IterDataPipe and MapDataPipe: datasets whose steps are also methods, and the chunk that a batch of them is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, TypeVar

from ..dataset import Dataset, IterableDataset
from ._single_iterator import single_iterator

__all__ = ["DFIterDataPipe", "DataChunk", "IterDataPipe", "MapDataPipe"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class DataChunk(list[T]):
    """A batch of samples: a list that also keeps them as `items`."""

    def __init__(self, items: Iterable[T]) -> None:
        items = list(items)
        super().__init__(items)
        self.items = items

    def as_str(self, indent: str = "") -> str:
        """The samples on one line."""
        return f"{indent}[{', '.join(str(i) for i in self)}]"

    def raw_iterator(self) -> Iterator[T]:
        """The samples, past an `__iter__` that a subclass may have."""
        yield from self.items


class _Steps:
    """What both kinds share: names of steps that are found as methods."""

    functions: ClassVar[dict[str, Callable[..., Any]]]

    def __getattr__(self, attribute_name: str) -> Any:
        step = type(self).functions.get(attribute_name)
        if step is None:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{attribute_name}'")
        bound = functools.partial(step, self)
        return functools.update_wrapper(bound, step, assigned=("__doc__",))

    @classmethod
    def register_function(cls, function_name: str, function: Callable[..., Any]) -> None:
        """Let `pipe.function_name(...)` call `function(pipe, ...)`."""
        cls.functions[function_name] = function

    @classmethod
    def register_datapipe_as_function(cls, function_name: str, cls_to_register: Callable[..., Any]) -> None:
        """Let `pipe.function_name(...)` make `cls_to_register(pipe, ...)`. Exception where the name is taken."""
        if function_name in cls.functions:
            raise Exception(f"Unable to add DataPipe function name {function_name} as it is already taken")  # torch's type

        def step(source: Any, *args: Any, **kwargs: Any) -> Any:
            return cls_to_register(source, *args, **kwargs)

        cls.functions[function_name] = functools.update_wrapper(step, cls_to_register, assigned=("__doc__",))

    def __repr__(self) -> str:
        return type(self).__qualname__

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.functions]


class IterDataPipe(_Steps, IterableDataset[T_co]):
    """A step of a pipeline over a stream: a subclass writes `__iter__`, and `reset` where it holds state that a new walk begins anew.

    Only the newest iterator of a pipe is valid; RuntimeError for whoever goes on with an older one.
    Source: torch.utils.data.IterDataPipe.
    """

    functions: ClassVar[dict[str, Callable[..., Any]]] = {}
    _valid_iterator_id: int | None = None
    _number_of_samples_yielded: int = 0
    _is_child_datapipe: bool = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__iter__" in vars(cls):
            cls.__iter__ = single_iterator(vars(cls)["__iter__"])  # type: ignore[method-assign]

    def __iter__(self) -> Iterator[T_co]:
        return self  # type: ignore[return-value]  # a subclass may write __next__ instead

    def reset(self) -> None:
        """Begin anew; called when a walk begins."""


class DFIterDataPipe(IterDataPipe[Any]):
    """The class by which torch tells pipes of data frames apart; none of the steps here makes one."""

    def _is_dfpipe(self) -> bool:
        return True


class MapDataPipe(_Steps, Dataset[T_co]):
    """A step of a pipeline over samples with an index: a subclass writes `__getitem__` and `__len__`.

    Source: torch.utils.data.MapDataPipe.
    """

    functions: ClassVar[dict[str, Callable[..., Any]]] = {}
