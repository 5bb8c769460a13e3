"""Rarer forms of torch's files, each against torch itself: subclasses, classes of the user, byte orders, what old versions wrote."""

from __future__ import annotations

import contextlib
import copyreg
import io
import struct
import sys
import types
import warnings
import zipfile
from typing import Any

import pytest
from serialize_describe import describe, ft_tensor, torch_tensor
from serialize_forge import BUILD, MARK, PERSID, REDUCE, TUPLE, archive, name, number, pickle, tensor, text
from serialize_tables import torch as ft
from test_attacks import check_completeness

import ft_serialize
from ft_core.parameter import Parameter
from ft_core.tensor import Tensor
from ft_serialize import CheckpointError, options, rebuild
from ft_serialize.allow_list import NOT_BUILT, default_globals, safe_globals
from ft_serialize.archive import ArchiveWriter

BYTES = b"".join(struct.pack("<f", n) for n in (1.0, 2.0, 3.0, 4.0))
FUNCTIONS = types.FunctionType, types.BuiltinFunctionType
HOOKS = name("collections", "OrderedDict") + b")" + REDUCE


@pytest.fixture
def oracle():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch

        yield torch


def saved(obj: Any, save: Any = ft_serialize.save, **how: Any) -> bytes:
    out = io.BytesIO()
    save(obj, out, **how)
    return out.getvalue()


def load(data: bytes, **how: Any) -> Any:
    return ft_serialize.load(io.BytesIO(data), **how)


@pytest.mark.oracle
def test_every_global_of_torch_is_known(oracle):
    theirs = oracle._weights_only_unpickler._get_allowed_globals()
    assert len(theirs) == 144
    assert set(theirs) <= default_globals(rebuild).keys() | NOT_BUILT.keys()
    assert not default_globals(rebuild).keys() & NOT_BUILT.keys()
    more = {"torch.sparse.BoolTensor", "torch.cuda.sparse.BoolTensor", "torch.nested._internal.nested_tensor._rebuild_njt"}
    assert set(NOT_BUILT) - set(theirs) <= more


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["values", "classes"])
def test_every_global_of_torch_loads_from_torchs_own_file(oracle, kind):
    """Those that stand for data are saved by torch, read here, and read by torch again from what is written here."""
    for path, value in oracle._weights_only_unpickler._get_allowed_globals().items():
        is_class = isinstance(value, type)
        if path in NOT_BUILT or "Storage" in path or is_class is not (kind == "classes") or isinstance(value, FUNCTIONS):
            continue  # storage types are no objects of torch's that could be saved, and functions are called
        written = saved([value], oracle.save)
        assert oracle.load(io.BytesIO(saved(load(written)))) == [value], path


@pytest.mark.oracle
@pytest.mark.parametrize("name", ["quint4x2", "quint2x4"])
def test_integers_below_a_byte_are_refused_by_their_name(oracle, name):
    x = oracle.quantize_per_channel(oracle.ones(2, 8), oracle.ones(2), oracle.zeros(2), 0, getattr(oracle, name))
    with pytest.raises(
        CheckpointError, match=rf"torch\.{name}, which FrankenTorch does not have yet; save x\.dequantize"
    ) as caught:
        load(saved(x, oracle.save))
    check_completeness(caught.value)


@pytest.mark.oracle
@pytest.mark.parametrize("layout", ["strided", "jagged"])
def test_nested_tensors_are_refused_with_what_to_save_instead(oracle, layout):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        x = oracle.nested.nested_tensor([oracle.ones(2), oracle.ones(3)], layout=getattr(oracle, layout))
    with pytest.raises(CheckpointError, match=r"nested tensors; save x\.unbind\(\) as a list and load that"):
        load(saved(x, oracle.save))


@pytest.mark.oracle
def test_storages_of_quantized_tensors_tell_their_integers(oracle):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind in (oracle.quint8, oracle.qint8, oracle.qint32):
            theirs = oracle.quantize_per_tensor(oracle.arange(3.0), 0.5, 1, kind).storage()
            ours = load(saved(theirs, oracle.save))
            ours[1] = theirs[1] = 7
            assert ours.tolist() == theirs.tolist() == [1, 7, 5]
            assert str(ours) == str(theirs)


@pytest.mark.parametrize("path", NOT_BUILT)
def test_what_is_not_built_is_named_with_what_to_do(path):
    with pytest.raises(
        CheckpointError, match=rf"GLOBAL {path} is torch's own, and .* does not have .* yet, .*; save .* and load that$"
    ) as caught:
        load(archive(pickle(name(*path.rsplit(".", 1)))))
    check_completeness(caught.value)


# -- classes of the user ---------------------------------------------------------------------------------------------------


@pytest.fixture
def module():
    """A module in which classes stand under their names, for both sides one after the other."""
    made = types.ModuleType("serialize_user")
    sys.modules["serialize_user"] = made
    yield made
    del sys.modules["serialize_user"]


def placed(module: Any, cls: type, called: str) -> type:
    cls.__module__, cls.__qualname__, cls.__name__ = "serialize_user", called, called
    setattr(module, called, cls)
    return cls


def subclasses(base: Any) -> list[type]:
    class Plain(base):
        pass

    class Told(base):
        def __setstate__(self, state: Any) -> None:
            self.told = state

    class Telling(base):
        def __getstate__(self) -> Any:
            return {"mark": 5}

    return [Plain, Told, Telling]


@pytest.mark.oracle
@pytest.mark.parametrize("index", range(3))
def test_subclasses_of_tensor_go_both_ways(oracle, module, index):
    theirs, ours = (placed(module, subclasses(base)[index], "Mine") for base in (oracle.Tensor, Tensor))
    module.Mine = theirs
    t = oracle.ones(2).as_subclass(theirs)
    t.mark = 3
    written = saved(t, oracle.save)
    with pytest.raises(CheckpointError, match=r"GLOBAL serialize_user\.Mine was not an allowed global"):
        load(written)
    module.Mine = ours
    with safe_globals([ours]):
        found = load(written)
    assert type(found) is ours
    again = saved(found)
    module.Mine = theirs
    with oracle.serialization.safe_globals([theirs]):
        expected, back = oracle.load(io.BytesIO(written)), oracle.load(io.BytesIO(again))
    assert found.__dict__ == expected.__dict__
    if index != 1:  # what a class makes of its state is its own matter
        assert back.__dict__ == expected.__dict__
    assert back.tolist() == found.tolist() == [1.0, 1.0]


def classes() -> list[type]:
    class Attributes:
        def __init__(self) -> None:
            self.x = 1

    class Slots:
        __slots__ = ("x",)

        def __init__(self) -> None:
            self.x = 2

    class Reduced:
        def __reduce__(self) -> Any:
            return type(self), ()

    class Stateful:
        def __getstate__(self) -> Any:
            return {"z": 5}

        def __setstate__(self, state: Any) -> None:
            self.x = state["z"]

    class Arguments:
        def __new__(cls, *args: Any) -> Any:
            made = object.__new__(cls)
            made.x = args
            return made

        def __getnewargs__(self) -> Any:
            return 1, 2

    class Registered:
        pass

    class Listed(list):
        pass

    class Mapped(dict):
        pass

    copyreg.pickle(Registered, lambda obj: (type(obj), ()))
    return [Attributes, Slots, Reduced, Stateful, Arguments, Registered, Listed, Mapped]


@pytest.mark.oracle
@pytest.mark.parametrize("index", range(8))
def test_classes_of_the_user_are_treated_as_torch_treats_them(oracle, module, index):
    cls = placed(module, classes()[index], "Mine")
    obj = cls()
    if isinstance(obj, list):
        obj.append(1)
    if isinstance(obj, dict):
        obj["a"] = 1
    files = saved(obj, oracle.save), saved(obj)

    def outcome(side: Any, allow: Any, data: bytes) -> Any:
        try:
            with allow:
                found = side.load(io.BytesIO(data))
        except Exception as error:  # noqa: BLE001  # whatever it is, both sides must agree that it is one
            return "refused", "Can only" in str(error), "was not an allowed global" in str(error)
        return type(found), getattr(found, "x", None)

    for data in files:
        theirs = outcome(oracle, oracle.serialization.safe_globals([cls]), data)
        assert outcome(ft_serialize, safe_globals([cls]), data) == theirs
        refused = "refused", False, True
        assert outcome(oracle, contextlib.nullcontext(), data) == outcome(ft_serialize, contextlib.nullcontext(), data) == refused
    assert (theirs[0] == "refused") is (index >= 6)


@pytest.mark.oracle
def test_states_of_generators_go_both_ways(oracle):
    theirs = oracle.Generator().manual_seed(5)
    oracle.rand(3, generator=theirs)
    ours = ft.Generator()
    ours.set_state(load(saved(theirs.get_state(), oracle.save)))
    assert ft.rand(3, generator=ours).tolist() == oracle.rand(3, generator=theirs).tolist()
    back = oracle.Generator()
    back.set_state(oracle.load(io.BytesIO(saved(ours.get_state()))))
    assert ft.rand(3, generator=ours).tolist() == oracle.rand(3, generator=back).tolist()


@pytest.mark.oracle
def test_generators_go_both_ways(oracle):
    theirs = oracle.Generator().manual_seed(1 << 40)
    oracle.rand(3, generator=theirs)
    theirs_file = saved([theirs, theirs], oracle.save)
    ours, same = load(theirs_file)
    assert same is ours
    expected = oracle.rand(3, generator=theirs).tolist()
    ours_file = saved(ours)
    assert ft.rand(3, generator=ours).tolist() == expected
    with oracle.serialization.safe_globals([oracle.Generator]):
        back = oracle.load(io.BytesIO(ours_file))
    assert oracle.rand(3, generator=back).tolist() == expected
    assert back.initial_seed() == ours.initial_seed() == 1 << 40


LIES = [
    (b"X\x03\x00\x00\x00cpu", b"X\x03\x00\x00\x00xpu"), (b"K\x05N", b"K\x05K\x01"), (b"K\x05N", b"K\x05]"),
    (b"ByteStorage", b"CharStorage"), (b"\x87q", b"\x86q"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), LIES)
def test_a_generator_that_lies_is_refused(old, new):
    with zipfile.ZipFile(io.BytesIO(saved(ft.Generator().manual_seed(5)))) as z:
        data, state = z.read("archive/data.pkl"), z.read("archive/data/0")
    assert load(archive(data, (state,))).initial_seed() == 5
    assert old in data
    with pytest.raises(CheckpointError) as caught:
        load(archive(data.replace(old, new, 1), (state,)))
    check_completeness(caught.value)
    with pytest.raises(CheckpointError, match=r"a generator's state"):
        load(archive(data, (b"\xff" * len(state),)))


# -- byte orders -----------------------------------------------------------------------------------------------------------


def with_order(data: bytes, order: bytes | None) -> bytes:
    """The archive with another byteorder record, or without one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        writer = ArchiveWriter(out.write)
        for full in z.namelist():
            record = full.partition("/")[2]
            content = order if record == "byteorder" else z.read(full)
            if content is not None:
                writer.record(record, content)
    writer.close()
    return out.getvalue()


@pytest.mark.oracle
@pytest.mark.parametrize("assumed", [None, "LITTLE", "BIG", "NATIVE"])
@pytest.mark.parametrize("order", [b"little", b"big", None])
def test_byte_orders_are_read_as_torch_reads_them(oracle, order, assumed):
    made = [
        oracle.tensor([1.0, 2.0]), oracle.tensor([1 + 2j]), oracle.tensor([3], dtype=oracle.int16), oracle.tensor([True]),
        oracle.tensor([1.5]).bfloat16(), oracle.quantize_per_tensor(oracle.ones(2), 0.5, 0, oracle.qint32),
    ]  # fmt: skip
    data = with_order(saved(made, oracle.save), order)
    kinds = oracle.serialization.LoadEndianness, options.LoadEndianness
    theirs, ours = (None if assumed is None else getattr(kind, assumed) for kind in kinds)
    oracle.serialization.set_default_load_endianness(theirs)
    options.set_default_load_endianness(ours)
    try:
        assert describe(load(data), ft_tensor) == describe(oracle.load(io.BytesIO(data)), torch_tensor)
    finally:
        oracle.serialization.set_default_load_endianness(None)
        options.set_default_load_endianness(None)


# -- tensors of devices without storages -------------------------------------------------------------------------------------


def device_tensor(device: str) -> bytes:
    function = name("torch._utils", "_rebuild_device_tensor_from_cpu_tensor")
    return archive(
        pickle(function + MARK + tensor() + name("torch", "float64") + text(device) + b"\x88" + TUPLE + REDUCE), (BYTES,)
    )


@pytest.mark.oracle
@pytest.mark.parametrize("where", [{}, {"map_location": "cpu"}, {"map_location": "meta"}, {"map_location": {"cpu": "meta"}}])
def test_tensors_without_storages_go_where_they_shall(oracle, where):
    theirs, ours = oracle.load(io.BytesIO(device_tensor("cpu")), **where), load(device_tensor("cpu"), **where)
    assert describe(ours, ft_tensor) == describe(theirs, torch_tensor)


def test_tensors_without_storages_need_a_device_that_is_there():
    assert load(device_tensor("xla:0"), map_location="cpu").tolist() == [1.0, 2.0, 3.0, 4.0]
    for how, message in (({}, "map_location='cpu'"), ({"map_location": lambda storage, tag: storage}, "as text or dict")):
        with pytest.raises(CheckpointError, match=message) as caught:
            load(device_tensor("xla:0"), **how)
        check_completeness(caught.value)


# -- old versions -----------------------------------------------------------------------------------------------------------


def view_of_storage(key: str, offset: int, size: int) -> bytes:
    """Opcodes of a tensor over a part of storage "0"."""
    part = MARK + text(key) + number(offset) + number(size) + TUPLE
    pid = MARK + text("storage") + name("torch", "FloatStorage") + text("0") + text("cpu") + number(4) + part + TUPLE + PERSID
    shape = number(size) + b"\x85" + number(1) + b"\x85"
    return name("torch._utils", "_rebuild_tensor_v2") + MARK + pid + number(0) + shape + b"\x89" + HOOKS + TUPLE + REDUCE


def legacy(data: bytes) -> bytes:
    """A file of the format before torch 1.6 around a pickle, with one storage."""
    heads = [pickle(number(0x1950A86A20F9469CFC6C)), pickle(number(1001)), pickle(b"}" + text("little_endian") + b"\x88s")]
    return b"".join(heads) + data + pickle(b"]" + text("0") + b"a") + struct.pack("<q", 4) + BYTES


WHOLE = view_of_storage("a", 0, 4)
VIEWS = pickle(MARK + WHOLE + view_of_storage("b", 1, 2) + view_of_storage("b", 1, 2) + TUPLE)


@pytest.mark.oracle
def test_storages_that_are_parts_of_others_are_read_as_torch_reads_them(oracle):
    theirs = oracle.load(io.BytesIO(legacy(VIEWS)))
    for ours in (load(legacy(VIEWS)), load(legacy(VIEWS), map_location="meta")):
        assert [tuple(t.shape) for t in ours] == [tuple(t.shape) for t in theirs]
    whole, part, again = load(legacy(VIEWS))
    assert [t.tolist() for t in (whole, part, again)] == [t.tolist() for t in theirs]
    whole[1] = 9.0
    theirs[0][1] = 9.0
    assert part.tolist() == again.tolist() == theirs[1].tolist() == [9.0, 3.0]
    assert part.untyped_storage() is again.untyped_storage()


@pytest.mark.parametrize(("offset", "size"), [(3, 2), (0, 5), (-1, 2), (1 << 62, 1)])
def test_parts_that_leave_their_storage_are_refused(offset, size):
    with pytest.raises(CheckpointError, match=r"part") as caught:
        load(legacy(pickle(view_of_storage("b", offset, size))))
    check_completeness(caught.value)


OLD = name("torch.nn.parameter", "Parameter") + tensor() + b"\x85\x81"


@pytest.mark.oracle
@pytest.mark.parametrize("grad", [b"\x88", b"\x89"])
def test_parameters_of_old_versions_are_read_as_torch_reads_them(oracle, grad):
    data = archive(pickle(OLD + grad + b"\x89" + HOOKS + b"\x87" + BUILD), (BYTES,))
    ours, theirs = load(data), oracle.load(io.BytesIO(data))
    assert type(ours) is Parameter
    assert (ours.requires_grad, ours.tolist()) == (theirs.requires_grad, theirs.tolist())


@pytest.mark.parametrize("state", [b"}", b"\x88\x89\x86", b"N\x89" + HOOKS + b"\x87", b"\x88\x89]\x87"])
def test_a_state_that_no_parameter_has_is_refused(state):
    with pytest.raises(CheckpointError, match="expected") as caught:
        load(archive(pickle(OLD + state + BUILD), (BYTES,)))
    check_completeness(caught.value)
