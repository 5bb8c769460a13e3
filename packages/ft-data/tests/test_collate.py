"""Collating and converting: leaves, nested containers and their classes, and what is refused."""

from collections import OrderedDict, UserList, defaultdict, namedtuple
from types import MappingProxyType

import numpy as np
import pytest

import ft_data as data
from ft_data._utils.collate import collate, default_collate_fn_map
from ft_data._utils.errors import ExceptionWrapper
from ft_data._utils.pin_memory import pin_memory
from ft_dispatch import surface as torch

Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("batch", "dtype", "values"),
    [
        ([1, 2], torch.int64, [1, 2]),
        ([True, False], torch.bool, [True, False]),
        ([0.5, 1.0], torch.float64, [0.5, 1.0]),
        ([np.float32(1), np.float32(2)], torch.float32, [1.0, 2.0]),
        ([np.int16(1), np.int16(2)], torch.int16, [1, 2]),
        ([np.array([1, 2], np.uint8), np.array([3, 4], np.uint8)], torch.uint8, [[1, 2], [3, 4]]),
        ([np.array(1.5), np.array(2.5)], torch.float64, [1.5, 2.5]),
    ],
)
def test_leaves_become_tensors(batch, dtype, values):
    made = data.default_collate(batch)
    assert (made.dtype, made.tolist()) == (dtype, values)


def test_tensors_are_stacked():
    assert data.default_collate([torch.zeros(2, 3), torch.ones(2, 3)]).shape == (2, 2, 3)
    with pytest.raises(RuntimeError, match="stack expects each tensor to be equal size"):
        data.default_collate([torch.zeros(2), torch.zeros(3)])


def test_texts_stay():
    assert data.default_collate(["a", "bc"]) == ["a", "bc"]
    assert data.default_collate([b"a", b"b"]) == [b"a", b"b"]


def test_containers_keep_their_class():
    assert isinstance(data.default_collate([OrderedDict(a=1), OrderedDict(a=2)]), OrderedDict)
    made = data.default_collate([defaultdict(list, a=1), defaultdict(list, a=2)])
    assert (made.default_factory, made["a"].tolist()) == (list, [1, 2])
    assert isinstance(data.default_collate([MappingProxyType({"a": 1})] * 2), MappingProxyType)
    made = data.default_collate([Point(1, 2.0), Point(3, 4.0)])
    assert (type(made), made.x.tolist(), made.y.tolist()) == (Point, [1, 3], [2.0, 4.0])
    assert isinstance(data.default_collate([UserList([1, 2])] * 2), UserList)
    made = data.default_collate([(1, "a"), (2, "b")])
    assert (type(made), made[0].tolist(), made[1]) == (list, [1, 2], ("a", "b"))
    assert [column.tolist() for column in data.default_collate([range(2), range(2)])] == [[0, 0], [1, 1]]


def test_collating_leaves_the_samples_alone():
    samples = [{"a": [1]}, {"a": [2]}]
    data.default_collate(samples)
    assert samples == [{"a": [1]}, {"a": [2]}]


@pytest.mark.parametrize(
    ("batch", "error", "text"),
    [
        ([object()], TypeError, r"default_collate: batch must contain .*found <class 'object'>"),
        ([None, None], TypeError, "NoneType"),
        ([np.array(["a"])], TypeError, "found <U1"),
        ([np.array([None])], TypeError, "found object"),
        ([[1, 2], [1]], RuntimeError, "each element in list of batch should be of equal size"),
        ([{"a": 1}, {"b": 1}], KeyError, "a"),
    ],
)
def test_collate_refuses(batch, error, text):
    with pytest.raises(error, match=text):
        data.default_collate(batch)


def test_map_takes_exact_classes_before_instances():
    class Tagged(torch.Tensor):
        pass

    def shapes(batch, *, collate_fn_map):
        return [tuple(t.shape) for t in batch]

    def first(batch, *, collate_fn_map):
        return batch[0]

    tagged = torch.zeros(2).as_subclass(Tagged)
    assert collate([tagged, tagged], collate_fn_map={torch.Tensor: shapes, Tagged: first}) is tagged
    assert collate([tagged, tagged], collate_fn_map={torch.Tensor: shapes}) == [(2,), (2,)]
    assert collate([{"a": 1}], collate_fn_map={int: first}) == {"a": 1}


def test_default_map_may_be_extended(monkeypatch):
    class Money(int):
        pass

    def total(batch, *, collate_fn_map):
        return sum(batch)

    monkeypatch.setitem(default_collate_fn_map, Money, total)
    assert data.default_collate([Money(2), Money(3)]) == 5


def test_convert():
    made = data.default_convert({"a": np.array([1, 2]), "b": (np.float32(2), "t"), "c": [np.array(3)], "d": Point(np.array(1), 2)})
    assert made["a"].tolist() == [1, 2]
    assert (type(made["b"]), made["b"][0].dtype, made["b"][1]) == (list, torch.float32, "t")
    assert made["c"][0].item() == 3
    assert (type(made["d"]), made["d"].x.item(), made["d"].y) == (Point, 1, 2)
    names = np.array(["a"])
    assert data.default_convert(names) is names
    tensor = torch.zeros(1)
    assert data.default_convert(tensor) is tensor
    array = np.zeros(2)
    data.default_convert(array)[0] = 5  # shares the array's memory
    assert array[0] == 5


def test_pin_memory_reaches_every_part():
    class Part:
        def __init__(self):
            self.pinned = False

        def pin_memory(self):
            self.pinned = True
            return self

    nest = {"a": [Part(), 1], "b": (Part(), "text"), "c": Point(Part(), 0.5)}
    made = pin_memory(nest)
    assert made["a"][0].pinned
    assert made["b"][0].pinned
    assert made["c"].x.pinned
    assert (type(made["b"]), type(made["c"]), made["b"][1], made["a"][1]) == (tuple, Point, "text", 1)


# ---- exceptions on their way ----


class OddError(Exception):
    """The base of classes with constructors of their own."""


def wrapped(error):
    try:
        raise error
    except (LookupError, ValueError, OddError):
        return ExceptionWrapper(where="in a test")


def test_exception_arrives_with_its_traceback():
    with pytest.raises(
        ValueError, match=r"^Caught ValueError in a test\.\nOriginal Traceback \(most recent call last\):"
    ) as caught:
        wrapped(ValueError("why")).reraise()
    assert "raise error" in str(caught.value)
    assert str(caught.value).endswith("ValueError: why\n")


def test_key_error_stays_readable():
    with pytest.raises(KeyError) as caught:
        wrapped(KeyError("k")).reraise()
    assert "\nOriginal Traceback" in str(caught.value)


def test_exception_that_takes_no_text():
    class Picky(OddError):
        def __init__(self, a, b):
            super().__init__(a, b)

    with pytest.raises(RuntimeError, match="Caught Picky in a test"):
        wrapped(Picky(1, 2)).reraise()


def test_exception_with_a_message_field():
    class Worded(OddError):
        message = "x"

        def __init__(self, message):
            super().__init__()
            self.message = message

    with pytest.raises(Worded) as caught:
        wrapped(Worded("y")).reraise()
    assert caught.value.message.startswith("Caught Worded in a test")
