"""Pipelines of steps: what each gives, what it refuses, how a loader drives them. Expected values are torch's, and asked of it again."""

from __future__ import annotations

import io
import operator
import pickle
import re
from pathlib import Path
from typing import Any

import pytest

import ft_data
from ft_dispatch import surface as ft

pytestmark = pytest.mark.filterwarnings("ignore:.*function is not supported by pickle:UserWarning")


class Side:
    """One library: its tensors, its pipes, and short names for both kinds of source."""

    def __init__(self, torch: Any, data: Any) -> None:
        self.torch, self.data = torch, data
        self.iter, self.map = data.datapipes.iter, data.datapipes.map

    def stream(self, values: Any) -> Any:
        return self.iter.IterableWrapper(values)

    def sequence(self, values: Any) -> Any:
        return self.map.SequenceWrapper(values)


OURS = Side(ft, ft_data)


def fail(x: Any) -> Any:
    raise ValueError("bad")


def forked(s: Side) -> Any:
    a, b = s.stream(range(4)).fork(2)
    return [x for pair in zip(a, b, strict=True) for x in pair], list(a), list(b), len(a)


def copied(s: Side) -> Any:
    a, b = s.stream([[1], [2]]).fork(2, copy="shallow")
    x, y = list(a), list(b)
    return x == y, x[0] is y[0]


def parted(s: Side, **options: Any) -> Any:
    a, b, c = s.stream(range(9)).demux(3, lambda x: x % 3, **options)
    return list(b), list(a), list(c)


def shuffled(s: Side) -> Any:
    s.torch.manual_seed(0)
    pipe = s.stream(range(10)).shuffle(buffer_size=4)
    return list(pipe), list(pipe), list(pipe.set_seed(3)), list(pipe.set_shuffle(False)), len(pipe)


def sharded(s: Side) -> Any:
    kinds = s.iter.ShardingFilter.apply_sharding.__defaults__[0].__class__
    pipe = s.stream(range(12)).sharding_filter()
    pipe.apply_sharding(2, 1, kinds.DISTRIBUTED)
    pipe.apply_sharding(3, 2, kinds.MULTIPROCESSING)
    return list(pipe), len(pipe)


def graph(s: Side) -> Any:
    a = s.stream(range(3))
    made = s.data.graph.traverse_dps(a.map(operator.neg).zip(a))

    def names(part: Any) -> Any:
        return {type(pipe).__name__.removesuffix("IterDataPipe"): names(sources) for pipe, sources in part.values()}

    return names(made), len(s.data.graph_settings.get_all_graph_pipes(made))


def loaded(s: Side, **options: Any) -> Any:
    s.torch.manual_seed(0)
    loader = s.data.DataLoader(s.stream(range(12)).shuffle().sharding_filter(), batch_size=3, **options)
    return [b.tolist() for b in loader], [b.tolist() for b in loader]


def indexed(s: Side) -> Any:
    s.torch.manual_seed(0)
    return [b.tolist() for b in s.data.DataLoader(s.sequence(range(6)), batch_size=2, shuffle=True)]


def through_pickle(s: Side) -> Any:
    pipe = pickle.loads(pickle.dumps(s.stream(range(4)).map(operator.neg).shuffle().set_seed(1)))
    a, b = pickle.loads(pickle.dumps(s.stream(range(3)).fork(2)))
    return list(pipe), list(a), list(b)


IN_ORDER = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
WORKERS = [[9, 0, 5], [11, 10, 7], [4, 3, 6], [1, 8, 2]], [[10, 0, 8], [11, 3, 2], [9, 5, 7], [6, 1, 4]]


def pair(s: Side, data: Any) -> Any:
    return s.data.datapipes.utils.common.validate_pathname_binary_tuple(data)


GIVES: dict[str, tuple[Any, Any]] = {
    "map": (lambda s: list(s.stream(range(3)).map(operator.neg)), [0, -1, -2]),
    "map, columns": (lambda s: list(s.stream([(1, 2, 3)]).map(operator.add, input_col=[0, 2])), [(4, 2)]),
    "map, append": (lambda s: list(s.stream([(1, 2)]).map(operator.neg, input_col=1, output_col=-1)), [(1, 2, -2)]),
    "map, key": (lambda s: list(s.stream([{"a": 1}]).map(operator.neg, input_col="a", output_col="c")), [{"a": 1, "c": -1}]),
    "filter": (lambda s: list(s.stream(range(5)).filter(lambda x: x % 2 == 0)), [0, 2, 4]),
    "batch": (lambda s: [(type(b).__name__, b) for b in s.stream(range(3)).batch(2)], [("DataChunk", [0, 1]), ("DataChunk", [2])]),
    "batch, lengths": (lambda s: [len(s.stream(range(5)).batch(2, drop_last=d)) for d in (False, True)], [3, 2]),
    "batch, drop": (lambda s: list(s.stream(range(5)).batch(2, drop_last=True)), [[0, 1], [2, 3]]),
    "unbatch": (lambda s: list(s.stream([[1, [2, 3]], [[4], 5]]).unbatch()), [1, [2, 3], [4], 5]),
    "unbatch all": (lambda s: list(s.stream([[1, [2, 3]], [[4], 5]]).unbatch(unbatch_level=-1)), [1, 2, 3, 4, 5]),
    "concat": (lambda s: list(s.stream(range(2)).concat(s.stream("ab"))), [0, 1, "a", "b"]),
    "zip": (lambda s: list(s.stream(range(3)).zip(s.stream("ab"))), [(0, "a"), (1, "b")]),
    "mux": (lambda s: list(s.stream(range(3)).mux(s.stream("ab"), s.stream([7, 8, 9]))), [0, "a", 7, 1, "b", 8]),
    "lengths": (lambda s: [len(getattr(s.stream(range(3)), n)(s.stream("ab"))) for n in ("concat", "zip", "mux")], [5, 2, 4]),
    "fork": (forked, ([0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 2, 3], [0, 1, 2, 3], 4)),
    "fork, copies": (copied, (True, False)),
    "fork, one": (lambda s: list(s.stream(range(2)).fork(1)), [0, 1]),
    "demux": (parted, ([1, 4, 7], [0, 3, 6], [2, 5, 8])),
    "demux, none": (
        lambda s: [list(p) for p in s.stream(range(6)).demux(2, lambda x: x % 3 if x % 3 < 2 else None, drop_none=True)],
        [[0, 3], [1, 4]],
    ),
    "groupby": (lambda s: list(s.stream(range(9)).groupby(lambda x: x % 3, group_size=2)), [[0, 3], [1, 4], [2, 5], [6], [7], [8]]),
    "groupby, full": (
        lambda s: list(
            s.stream(range(9)).groupby(lambda x: x % 2, keep_key=True, buffer_size=4, group_size=3, guaranteed_group_size=2)
        ),
        [(1, [0, 2]), (1, [1, 3, 5]), (0, [4, 6, 8]), (1, [7])],
    ),
    "groupby, drop": (
        lambda s: list(
            s.stream([1, 2, 2, 4, 5, 5]).groupby(
                lambda x: x, buffer_size=3, group_size=3, guaranteed_group_size=2, drop_remaining=True
            )
        ),
        [[2, 2], [5, 5], [4]],
    ),
    "shuffle": (
        shuffled,
        ([1, 2, 0, 6, 5, 7, 3, 9, 8, 4], [1, 4, 3, 2, 6, 7, 8, 0, 9, 5], [1, 4, 2, 3, 0, 8, 7, 5, 9, 6], [*range(10)], 10),
    ),
    "shuffle, inside": (lambda s: sorted(s.stream([[1, 2], [3]]).shuffle(unbatch_level=1).set_seed(1)), [1, 2, 3]),
    "sampler": (lambda s: list(s.iter.Sampler(s.stream(range(3)))), [0, 1, 2]),
    "collate": (lambda s: [b.tolist() for b in s.stream(range(3)).batch(2).collate()], [[0, 1], [2]]),
    "names": (
        lambda s: (repr(s.stream([1]).map(operator.neg)), str(s.stream([1]))),
        ("MapperIterDataPipe", "IterableWrapperIterDataPipe"),
    ),
    "sharding": (sharded, ([5, 11], 2)),
    "graph": (graph, ({"Zipper": {"Mapper": {"IterableWrapper": {}}, "IterableWrapper": {}}}, 3)),
    "chunk": (lambda s: (s.data.DataChunk([1, 2]).as_str("-"), [*s.data.DataChunk(iter([1])).raw_iterator()]), ("-[1, 2]", [1])),
    "sequence, map": (lambda s: list(s.sequence([1, 2]).map(operator.neg)), [-1, -2]),
    "sequence, batch": (lambda s: [s.sequence(range(5)).batch(2)[i] for i in range(3)], [[0, 1], [2, 3], [4]]),
    "sequence, concat": (lambda s: [s.sequence([1, 2]).concat(s.sequence([3]))[i] for i in range(3)], [1, 2, 3]),
    "sequence, zip": (lambda s: [s.sequence([1, 2]).zip(s.sequence([3, 4, 5]))[i] for i in range(2)], [(1, 3), (2, 4)]),
    "sequence, shuffle": (lambda s: list(s.sequence(range(6)).shuffle().set_seed(2)), [2, 3, 1, 4, 5, 0]),
    "mapping": (lambda s: s.sequence({"a": 1})["a"], 1),
    "loader": (
        loaded,
        ([[9, 11, 0], [10, 5, 7], [4, 1, 3], [8, 6, 2]], [[6, 11, 8], [1, 5, 3], [0, 2, 7], [4, 10, 9]]),
    ),
    "loader, in order": (lambda s: loaded(s, shuffle=False), (IN_ORDER, IN_ORDER)),
    "loader, workers": (lambda s: loaded(s, num_workers=2), WORKERS),
    "loader, workers that stay": (lambda s: loaded(s, num_workers=2, persistent_workers=True), WORKERS),
    "loader, indexed": (indexed, [[0, 4], [3, 5], [2, 1]]),
    "pickle": (through_pickle, ([-1, -3, 0, -2], [0, 1, 2], [0, 1, 2])),
}


def twice(s: Side) -> Any:
    pipe = s.stream(range(5))
    a, b = iter(pipe), iter(pipe)
    next(a), next(b)
    return next(a)


def undetermined(s: Side, how: Any) -> Any:
    def made(self: Any, *args: Any) -> None:
        pass

    kind = type("Q", (s.data.IterDataPipe,), {"__init__": made, "__iter__": lambda self: iter([1])})
    pipe = s.data.non_deterministic(kind) if how is None else s.data.non_deterministic(how)(kind)
    pipe(False)
    with s.data.guaranteed_datapipes_determinism():
        pipe(False) if how else None
        return pipe(True)


class Kind:
    """What a pipe's `type` must answer, as torch's own does."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    def issubtype(self, other: Any) -> bool:
        return issubclass(self.kind, other.kind)

    def issubtype_of_instance(self, sample: Any) -> bool:
        return isinstance(sample, self.kind)

    def __repr__(self) -> str:
        return self.kind.__name__


def typed(s: Side, kind: type | None, *samples: Any) -> Any:
    def __iter__(self: Any) -> Any:
        yield from samples

    names = {"__iter__": s.data.runtime_validation(__iter__)} | ({} if kind is None else {"type": Kind(kind)})
    return type("Typed", (s.data.IterDataPipe,), names)


def argument(s: Side, hint: Any, value: Any) -> Any:
    def takes(pipe, count=0):  # the hints are what is asked, and both libraries have their own
        return count

    takes.__annotations__ = {"pipe": hint, "count": int}
    return s.data.argument_validation(takes)(value, count="a hint that is no pipe is not looked at")


def unchecked(s: Side) -> Any:
    with s.data.runtime_validation_disabled():
        return list(typed(s, int, 1, "x")())


TYPES: dict[str, Any] = {
    "samples of a type": (lambda s: list(typed(s, int, 1, True)()), [1, True]),
    "samples of another, unchecked": (unchecked, [1, "x"]),
    "an argument of a type": (
        lambda s: argument(s, typed(s, int), typed(s, bool)()),
        "a hint that is no pipe is not looked at",
    ),
    "an argument that is no pipe's": (lambda s: argument(s, int, 3), "a hint that is no pipe is not looked at"),
}


REFUSES: dict[str, tuple[Any, type[Exception], str]] = {
    "too many columns": (
        lambda s: s.stream([(1, 2)]).map(operator.neg, input_col=[0, 1]),
        ValueError,
        "neg takes 1 parameters, but 2",
    ),
    "a place and no columns": (lambda s: s.stream([]).map(operator.neg, output_col=1), ValueError, "must be None when `input_col`"),
    "no function": (lambda s: s.stream([]).map(3), TypeError, "A callable function is expected"),
    "no bool": (lambda s: list(s.stream([1]).filter(lambda x: x)), ValueError, "Boolean output is required for `filter_fn`"),
    "an exception inside": (
        lambda s: list(s.stream([1]).map(fail)),
        ValueError,
        r"bad\nThis exception is thrown by __iter__ of MapperIterDataPipe\(datapipe=IterableWrapperIterDataPipe, fn=fail",
    ),
    "too deep": (lambda s: list(s.stream([[1]]).unbatch(unbatch_level=2)), IndexError, "unbatch_level 2 exceeds the depth"),
    "no batch": (lambda s: s.stream([]).batch(0), AssertionError, "larger than 0"),
    "nothing to join": (lambda s: s.iter.Concater(), ValueError, "at least one DataPipe"),
    "no pipe to join": (lambda s: s.stream([]).zip([1]), TypeError, "All inputs are required to be `IterDataPipe`"),
    "a fork of none": (lambda s: s.stream([]).fork(0), ValueError, "`num_instances` larger than 0, but 0"),
    "a fork too far": (lambda s: list(s.stream(range(9)).fork(2, buffer_size=2)[0]), BufferError, "buffer size 2 is insufficient"),
    "copies of a kind": (lambda s: s.stream([]).fork(2, copy="x"), ValueError, "Unknown copy method `x`"),
    "a number outside": (lambda s: list(s.stream([5]).demux(2, lambda x: x)[0]), ValueError, "between 0 and 1. 5 is returned"),
    "too many wait": (lambda s: parted(s, buffer_size=1), BufferError, "buffer size 1 is insufficient"),
    "no length": (lambda s: len(s.stream(iter([])).batch(2)), TypeError, "doesn't have valid length"),
    "a group too small": (
        lambda s: list(s.stream([1, 2, 3]).groupby(lambda x: x, buffer_size=3, group_size=3, guaranteed_group_size=2)),
        RuntimeError,
        "Failed to group items",
    ),
    "sizes of groups": (lambda s: s.stream([]).groupby(lambda x: x, group_size=5, buffer_size=3), AssertionError, "<= buffer_size"),
    "a second walk": (
        twice,
        RuntimeError,
        r"invalidated because another iterator .*IterableWrapperIterDataPipe\(deepcopy=True, iterable",
    ),
    "an unknown step": (lambda s: s.stream([]).nothing, AttributeError, "object has no attribute 'nothing"),
    "a shard outside": (
        lambda s: s.stream([]).sharding_filter().apply_sharding(2, 2),
        ValueError,
        r"instance_id\(2\) should be smaller",
    ),
    "sharding twice": (
        lambda s: s.data.graph_settings.apply_sharding(s.stream([]).sharding_filter().sharding_filter(), 2, 0),
        RuntimeError,
        "Sharding twice on a single pipeline",
    ),
    "a batch outside": (lambda s: s.sequence(range(4)).batch(2)[2], IndexError, "Index 2 is out of bound"),
    "an index outside": (lambda s: s.sequence([1]).concat(s.sequence([2]))[2], IndexError, "Index 2 is out of range"),
    "an index outside of one": (lambda s: s.sequence([1]).zip(s.sequence([2, 3]))[1], IndexError, "one of the input MapDataPipes"),
    "a name twice": (
        lambda s: s.data.functional_datapipe("map")(s.iter.Filter),
        Exception,
        "function name map as it is already taken",
    ),
    "chance": (lambda s: undetermined(s, None), TypeError, "Q is non-deterministic, but you set"),
    "chance by arguments": (lambda s: undetermined(s, lambda random: random), TypeError, "Q is non-deterministic with the inputs"),
    "chance of no pipe": (lambda s: s.data.non_deterministic(int), TypeError, "Only `IterDataPipe` can be decorated"),
    "a sample of another type": (
        lambda s: list(typed(s, int, 1, "x")()),
        RuntimeError,
        r"Expected an instance as subtype of int, but found x\(<class 'str'>\)",
    ),
    "samples of no type": (lambda s: list(typed(s, None, 1)()), AttributeError, "no attribute 'type"),
    "types of no walk": (lambda s: s.data.runtime_validation(fail), TypeError, "Can not decorate function fail with"),
    "an argument that is no pipe": (
        lambda s: argument(s, s.data.IterDataPipe, 3),
        TypeError,
        "Expected argument 'pipe' as a IterDataPipe, but found <class 'int'>",
    ),
    "an argument that is a pipe with indices": (
        lambda s: argument(s, s.data.MapDataPipe, s.sequence([1])),
        TypeError,
        "Expected argument 'pipe' as a IterDataPipe, but found",
    ),
    "an argument of another type": (
        lambda s: argument(s, typed(s, bool), typed(s, int)()),
        TypeError,
        "Expected type of argument 'pipe' as a subtype of hint bool, but found int",
    ),
    "an argument without a type": (lambda s: argument(s, s.data.IterDataPipe, s.stream([])), AttributeError, "no attribute 'type"),
    "no pair": (lambda s: pair(s, [1, 2]), TypeError, "should be tuple type, but it is type <class 'list'>"),
    "three of a pair": (lambda s: pair(s, (1, 2, 3)), TypeError, "length should be 2, but got 3"),
    "a pair without a path": (
        lambda s: pair(s, (1, 2)),
        TypeError,
        "should have string type pathname, but it is type <class 'int'>",
    ),
    "a pair without a stream": (lambda s: pair(s, ("a", "b")), TypeError, "should have IOBase or.*but it is type <class 'str'>"),
    "a graph of no pipe": (lambda s: s.data.graph.traverse_dps([1]), RuntimeError, "Expected `IterDataPipe` or `MapDataPipe`"),
    "a mode to write": (lambda s: s.iter.FileOpener([], mode="w"), ValueError, "Invalid mode w"),
}


GIVES |= TYPES | {
    "a pair": (lambda s: pair(s, ("a", io.BytesIO())), None),
    "a pair with our stream": (
        lambda s: pair(s, ("a", s.data.datapipes.utils.common.StreamWrapper(io.BytesIO()))),
        None,
    ),
}


@pytest.mark.parametrize("name", GIVES)
def test_steps_give_what_torchs_give(name: str) -> None:
    ask, expected = GIVES[name]
    assert ask(OURS) == expected


@pytest.mark.parametrize("name", REFUSES)
def test_steps_refuse_what_torchs_refuse(name: str) -> None:
    ask, kind, text = REFUSES[name]
    with pytest.raises(kind, match=text):
        ask(OURS)


@pytest.mark.oracle
@pytest.mark.parametrize("name", [*GIVES, *REFUSES])
def test_expectations_are_torchs(name: str) -> None:
    torch = pytest.importorskip("torch")
    from torch.utils import data

    side = Side(torch, data)
    if name in GIVES:
        ask, expected = GIVES[name]
        assert ask(side) == expected
        return
    ask, kind, text = REFUSES[name]
    with pytest.raises(Exception, match=text) as caught:  # the type is what is asked
        ask(side)
    assert caught.type is kind


# -- files -----------------------------------------------------------------------------------------------------------------


def test_files_are_listed_opened_and_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name * 2)
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "z.txt").write_text("zz")
    listed = OURS.iter.FileLister(str(tmp_path), "*.txt", recursive=True)
    assert [Path(p).relative_to(tmp_path).as_posix() for p in listed] == ["a.txt", "b.txt", "s/z.txt"]
    assert [Path(p).name for p in OURS.iter.FileLister([str(tmp_path)], ["*.md", "a*"])] == ["a.txt", "c.md"]
    assert [Path(p).name for p in OURS.iter.FileLister(str(tmp_path / "a.txt"))] == ["a.txt"]
    opened = OURS.iter.FileLister(str(tmp_path), "*.txt").open_files()
    assert [stream.read() for _, stream in opened] == ["a.txta.txt", "b.txtb.txt"]
    pieces = OURS.iter.FileLister(str(tmp_path), "a.txt").open_files(mode="b").read_from_stream(4)
    assert [data for _, data in pieces] == [b"a.tx", b"ta.t", b"xt"]
    assert len(OURS.iter.FileLister(str(tmp_path), length=3)) == 3


def test_streams_close_with_the_last_that_was_read_out_of_them(tmp_path: Path) -> None:
    from ft_data.datapipes.utils.common import StreamWrapper

    (tmp_path / "a").write_text("x")
    parent = StreamWrapper((tmp_path / "a").open(), name="a")
    child = StreamWrapper((tmp_path / "a").open(), parent)
    parent.autoclose()
    assert not parent.closed
    StreamWrapper.close_streams({"k": [child]})
    assert parent.closed
    assert parent.file_obj.closed
    assert re.match("StreamWrapper<a,", repr(parent))


def test_a_shuffle_is_added_where_there_is_none() -> None:
    with pytest.warns(UserWarning, match="does not contain a `Shuffler`"):
        loader = ft_data.DataLoader(OURS.stream(range(50)), batch_size=None, shuffle=True)
    ft.manual_seed(0)
    found = [int(x) for x in loader]
    assert found != sorted(found)
    assert sorted(found) == list(range(50))


def test_an_abandoned_part_begins_again_with_all_others() -> None:
    a, b = OURS.stream(range(3)).fork(2)
    walk = iter(a)
    assert next(walk) == 0
    assert list(b) == [0, 1, 2]
    with pytest.warns(UserWarning, match="Some child DataPipes are not exhausted"):
        assert list(a) == [0, 1, 2]
    with pytest.raises(RuntimeError, match="new iterator has been created from one of the ChildDataPipes"):
        next(walk)


@pytest.mark.parametrize("module", [pytest.param("torch.utils.data", marks=pytest.mark.oracle), "ft_data"])
def test_the_old_function_for_workers_does_nothing_but_warn(module: str) -> None:
    old = pytest.importorskip(f"{module}.backward_compatibility")
    with pytest.warns(FutureWarning, match="`DataLoader` automatically applies sharding in every worker"):
        assert old.worker_init_fn(0) is None
