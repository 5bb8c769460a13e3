"""Steps that part one pipe into several: the same samples for each, or each sample for one.

The parts read one walk through the source; what one of them has not reached yet waits in a buffer.
"""

from __future__ import annotations

import copy as copies
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from .._decorator import functional_datapipe
from ..datapipe import IterDataPipe
from ..utils.common import StreamWrapper, check_function

__all__ = ["DemultiplexerIterDataPipe", "ForkerIterDataPipe"]


def _same(value: Any) -> Any:
    return value


_COPIES: dict[str | None, Callable[[Any], Any]] = {None: _same, "shallow": copies.copy, "deep": copies.deepcopy}


class _Source(IterDataPipe[Any]):
    """What the parts share: one walk through the source, and who is still at it."""

    _what: str

    def __init__(self, datapipe: Any, num_instances: int, buffer_size: int) -> None:
        if buffer_size < 0:
            warnings.warn(
                f"Unlimited buffer size is set for `{self._what}`, please be aware of OOM at random places",
                UserWarning,
                stacklevel=4,
            )
        self.main_datapipe = datapipe
        self.num_instances = num_instances
        self.buffer_size = buffer_size
        self.reset()

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        for name in self._walking:
            del state[name]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.reset()

    _walking: tuple[str, ...] = ("_walk", "_ended", "_stopped")
    """Names of what belongs to one walk; it does not travel."""

    def reset(self) -> None:
        """Begin anew."""
        self._walk: Iterator[Any] | None = None
        self._ended = False
        self._stopped = [True] * self.num_instances

    def _begin(self, instance_id: int) -> None:
        if self._walk is None and self._stopped[instance_id]:
            self._walk = iter(self.main_datapipe)
            self._ended = False
            self._stopped = [False] * self.num_instances

    def is_every_instance_exhausted(self) -> bool:
        """Whether the source has ended and every part has seen it."""
        return self._ended and all(self._stopped)

    def get_next_element_by_instance(self, instance_id: int) -> Iterator[Any]:
        """The samples of one part."""
        raise NotImplementedError

    def get_length_by_instance(self, instance_id: int) -> int:
        """How many samples one part has."""
        raise NotImplementedError


class _Part(IterDataPipe[Any]):
    """One of the pipes that a source was parted into."""

    _is_child_datapipe = True

    def __init__(self, main_datapipe: _Source, instance_id: int) -> None:
        self.main_datapipe = main_datapipe
        self.instance_id = instance_id

    def __iter__(self) -> Iterator[Any]:
        return self.main_datapipe.get_next_element_by_instance(self.instance_id)

    def __len__(self) -> int:
        return self.main_datapipe.get_length_by_instance(self.instance_id)

    def _set_main_datapipe_valid_iterator_id(self) -> int:
        main = self.main_datapipe
        if main._valid_iterator_id is None:
            main._valid_iterator_id = 0
        elif main._valid_iterator_id == self._valid_iterator_id:  # this part begins again, so all do
            main._valid_iterator_id += 1
            if not main.is_every_instance_exhausted():
                warnings.warn(
                    "Some child DataPipes are not exhausted when __iter__ is called. We are resetting the buffer and each child "
                    "DataPipe will read from the start again.",
                    UserWarning,
                    stacklevel=4,
                )
            main.reset()
        self._valid_iterator_id = main._valid_iterator_id
        return self._valid_iterator_id

    def _check_valid_iterator_id(self, iterator_id: int) -> bool:
        return iterator_id == self._valid_iterator_id == self.main_datapipe._valid_iterator_id


def _check_count(num_instances: int) -> None:
    if num_instances < 1:
        raise ValueError(f"Expected `num_instances` larger than 0, but {num_instances} is found")


@functional_datapipe("fork")
class ForkerIterDataPipe(IterDataPipe[Any]):
    """`num_instances` pipes with all samples of one; a list of them, or the pipe itself for one.

    buffer_size: how far the first may be ahead of the last (BufferError), -1 for any distance. copy: None gives all the same objects,
    "shallow" and "deep" a copy to each. ValueError for other words, or fewer than one.
    """

    def __new__(cls, datapipe: Any, num_instances: int, buffer_size: int = 1000, copy: str | None = None) -> Any:
        _check_count(num_instances)
        if num_instances == 1:
            return datapipe
        source = _Forked(datapipe, num_instances, buffer_size, copy)
        return [_Part(source, i) for i in range(num_instances)]


class _Forked(_Source):
    _what = "fork"
    _walking = (*_Source._walking, "_buffer", "_places", "_slowest")

    def __init__(self, datapipe: Any, num_instances: int, buffer_size: int, copy: str | None) -> None:
        if copy not in _COPIES:
            raise ValueError(f"Unknown copy method `{copy}` requested, choose one of None, `shallow` or `deep`.")
        self.copy_fn = _COPIES[copy]
        super().__init__(datapipe, num_instances, buffer_size)

    def reset(self) -> None:
        """Begin anew."""
        super().reset()
        self._buffer: deque[Any] = deque()
        self._places = [0] * self.num_instances  # how many samples each part was given
        self._slowest = 0

    def get_next_element_by_instance(self, instance_id: int) -> Iterator[Any]:
        """All samples, those that others have taken already from the buffer."""
        self._begin(instance_id)
        try:
            while not self._stopped[instance_id]:
                at = self._places[instance_id] - self._slowest
                if at == len(self._buffer):
                    if self._ended:
                        break
                    try:
                        self._buffer.append(next(self._walk))  # type: ignore[arg-type]
                    except StopIteration:
                        self._ended = True
                        break
                    if 0 <= self.buffer_size < len(self._buffer):
                        raise BufferError(f"ForkerIterDataPipe buffer overflow,buffer size {self.buffer_size} is insufficient.")
                value = self._buffer[at]
                self._places[instance_id] += 1
                slowest = min(self._places)
                if slowest > self._slowest:
                    self._slowest = slowest
                    self._buffer.popleft()
                yield self.copy_fn(value)
        finally:
            self._stopped[instance_id] = True
            if all(self._stopped):
                self._walk = None
                StreamWrapper.close_streams(list(self._buffer))
                self._buffer.clear()

    def get_length_by_instance(self, instance_id: int) -> int:
        """That of the source."""
        return len(self.main_datapipe)


@functional_datapipe("demux")
class DemultiplexerIterDataPipe(IterDataPipe[Any]):
    """`num_instances` pipes; each sample goes to the one whose number `classifier_fn` gives, None nowhere where `drop_none`.

    buffer_size: how many samples may wait for others (BufferError), -1 for any number. ValueError for numbers outside.
    """

    def __new__(
        cls, datapipe: Any, num_instances: int, classifier_fn: Callable[[Any], int | None], drop_none: bool = False, buffer_size: int = 1000
    ) -> Any:  # fmt: skip
        _check_count(num_instances)
        check_function(classifier_fn)
        source = _Demuxed(datapipe, num_instances, classifier_fn, drop_none, buffer_size)
        return [_Part(source, i) for i in range(num_instances)]


class _Demuxed(_Source):
    _what = "demux"
    _walking = (*_Source._walking, "_buffers")

    def __init__(
        self, datapipe: Any, num_instances: int, classifier_fn: Callable[[Any], int | None], drop_none: bool, buffer_size: int
    ) -> None:
        self.classifier_fn = classifier_fn
        self.drop_none = drop_none
        super().__init__(datapipe, num_instances, buffer_size)

    def reset(self) -> None:
        """Begin anew."""
        super().reset()
        self._buffers: list[deque[Any]] = [deque() for _ in range(self.num_instances)]

    def _number_of(self, value: Any) -> int | None:
        number = self.classifier_fn(value)
        if number is None and self.drop_none:
            StreamWrapper.close_streams(value)
            return None
        if number is None or not 0 <= number < self.num_instances:
            raise ValueError(
                f"Output of the classification fn should be between 0 and {self.num_instances - 1}. {number} is returned."
            )
        return number

    def get_next_element_by_instance(self, instance_id: int) -> Iterator[Any]:
        """The samples of one number; those of others that come first wait for them."""
        self._begin(instance_id)
        own = self._buffers[instance_id]
        try:
            while not self._stopped[instance_id]:
                if own:
                    yield own.popleft()
                    continue
                if self._ended:
                    break
                try:
                    value = next(self._walk)  # type: ignore[arg-type]
                except StopIteration:
                    self._ended = True
                    break
                number = self._number_of(value)
                if number == instance_id:
                    yield value
                elif number is not None:
                    self._buffers[number].append(value)
                    if 0 <= self.buffer_size < sum(map(len, self._buffers)):
                        raise BufferError(
                            f"DemultiplexerIterDataPipe buffer overflow, buffer size {self.buffer_size} is insufficient."
                        )
        finally:
            self._stopped[instance_id] = True
            if all(self._stopped):
                self._walk = None
            StreamWrapper.close_streams(list(own))
            own.clear()

    def get_length_by_instance(self, instance_id: int) -> int:
        """TypeError: only walking through tells."""
        raise TypeError("DemultiplexerIterDataPipe instance doesn't have valid length")
