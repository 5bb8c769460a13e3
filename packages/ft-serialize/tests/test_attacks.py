"""Files made to hurt whoever loads them: each is refused, with the place named, and nothing in it runs."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile

import pytest
from serialize_forge import BUILD, MARK, REDUCE, TUPLE, archive, name, number, pickle, read, tensor, text
from serialize_standin import MODEL

from ft_serialize.errors import CheckpointError
from ft_serialize.torch_file import load_with

GOOD = pickle(tensor())


def test_the_forge_itself_makes_readable_files():
    assert read(archive(GOOD)).array().tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("module", "attribute"),
    [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("os.path", "join"), ("", "os.system"), ("sys", "exit"),
        ("builtins", "eval"), ("__builtin__", "exec"), ("builtins", "getattr"), ("subprocess", "Popen"), ("functools", "partial"),
        ("torch", "load"), ("torch.hub", "load"), ("numpy.core", "_reconstruct"), ("collections", "OrderedDict.__init__"),
    ],
)  # fmt: skip
def test_reduce_of_a_foreign_global_is_refused_and_does_not_run(monkeypatch, module, attribute):
    monkeypatch.setattr(os, "system", lambda command: pytest.fail("executed"))
    with pytest.raises(CheckpointError, match="Weights only load failed") as caught:
        read(archive(pickle(name(module, attribute), text("true"), b"\x85", REDUCE)))
    assert caught.value.record == "data.pkl"
    assert caught.value.offset == 2


def test_blocked_modules_stay_blocked_when_the_user_allows_them():
    from ft_serialize.allow_list import safe_globals

    with safe_globals([(os.system, "os.system")]), pytest.raises(CheckpointError, match="module os is blocked"):
        read(archive(pickle(name("os", "system"), text("true"), b"\x85", REDUCE)))


LIST_IN_SET = name("__builtin__", "set") + b"]" + b"]" + b"a" + b"\x85" + REDUCE
FORGED_PICKLES = {
    "setitem on a list": (pickle(b"]", text("k"), text("v"), b"s"), "Can only SETITEM for dict"),
    "setitems on a tensor": (pickle(tensor(), MARK, text("k"), text("v"), b"u"), "Can only SETITEMS for dict"),
    "odd setitems": (pickle(b"}", MARK, text("k"), b"u"), "pairs"),
    "append to a dict": (pickle(b"}", text("k"), b"a"), "Can only append to lists"),
    "appends to a tuple": (pickle(b")", MARK, text("k"), b"e"), "Can only append to lists"),
    "call of a dtype": (pickle(name("torch", "float32"), b")", REDUCE), "unrecognized function torch.float32"),
    "call of a string": (pickle(text("os.system"), b")", REDUCE), "unrecognized function a str"),
    "call with a list": (pickle(name("collections", "OrderedDict"), b"]", REDUCE), "arguments as a tuple"),
    "newobj of a dtype": (pickle(name("torch", "float32"), b")", b"\x81"), "unrecognized function torch.float32"),
    "build of a dict": (pickle(b"}", b"}", BUILD), "Can only build"),
    "build of a dtype": (pickle(name("torch", "float32"), b"}", BUILD), "Can only build"),
    "build hides a method": (
        pickle(name("collections", "OrderedDict"), b")", REDUCE, b"}", text("items"), text("x"), b"s", BUILD), "named 'items'"),
    "bytearray of a size": (pickle(name("__builtin__", "bytearray"), number(1 << 40), b"\x85", REDUCE), "expected bytes"),
    "encode with a codec": (pickle(name("_codecs", "encode"), text("a"), text("zip"), b"\x86", REDUCE), "latin1"),
    "unhashable key": (pickle(b"}", b"]", text("v"), b"s"), "cannot be a dict key"),
    "unhashable member": (pickle(LIST_IN_SET), "cannot be a dict key or set member"),
    "persistent id of a string": (pickle(text("storage"), b"Q"), "Only persistent_load of storage"),
    "persistent id of a module": (pickle(text("module"), b"\x85", b"Q"), "Only persistent_load of storage"),
    "short storage id": (pickle(text("storage"), b"\x85", b"Q"), "storage id of 5 parts"),
    "memo of nothing": (pickle(b"h\x07"), "never put"),
    "memo index far away": (pickle(b"N", b"r\xff\xff\xff\x7f"), "memo index"),
    "empty stack": (pickle(b"\x85"), "never put"),
    "tuple through a mark": (pickle(MARK, b"\x85"), "never put"),
    "mark left open": (pickle(MARK, b"N"), "exactly one object"),
    "two objects": (pickle(b"N", b"N"), "exactly one object"),
    "text past the end": (b"\x80\x02X\xff\xff\xff\xff.", "truncated"),
    "opcode STACK_GLOBAL": (pickle(text("os"), text("system"), b"\x93"), "Unsupported operand 147"),
    "opcode INST": (pickle(MARK, b"ios\nsystem\n"), "Unsupported operand 105"),
    "opcode EXT1": (pickle(b"\x82\x01"), "Unsupported operand 130"),
    "protocol 4": (b"\x80\x04N.", "protocol 2"),
    "bytes after STOP": (pickle(b"N") + b"N.", "ends before its record"),
    "name without end": (b"\x80\x02c" + b"a" * 5000, "newline"),
    "bad utf-8": (b"\x80\x02X\x01\x00\x00\x00\xff.", "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("case", FORGED_PICKLES)
def test_forged_pickle_is_refused(case):
    data, message = FORGED_PICKLES[case]
    with pytest.raises(CheckpointError, match=message) as caught:
        read(archive(data))
    check_completeness(caught.value)
    assert (caught.value.record, type(caught.value.offset)) == ("data.pkl", int)


def check_completeness(error):
    """Where, what was expected or came, what to do."""
    assert error.file
    assert str(error).startswith(error.file)
    assert ";" in str(error)  # what stands behind it is advice


def test_an_error_without_advice_would_be_noticed():
    for error in (CheckpointError("expected bread"), CheckpointError("expected bread", file="a.pt")):
        with pytest.raises(AssertionError):
            check_completeness(error)


FORGED_TENSORS = {
    "storage shorter than claimed": (tensor(numel=400, sizes=(400,)), "claimed as 1600 bytes"),
    "storage longer than claimed": (tensor(numel=2, sizes=(2,)), "claimed as 8 bytes"),
    "negative numel": (tensor(numel=-4), "forged"),
    "huge numel": (tensor(numel=1 << 62), "claimed as"),
    "other dtype than the record": (tensor(kind="DoubleStorage"), "claimed as 32 bytes"),
    "sizes past the end": (tensor(sizes=(5,)), "needs 20 bytes, its storage has 16"),
    "strides past the end": (tensor(sizes=(2, 2), strides=(3, 1)), "its storage has 16"),
    "offset past the end": (tensor(offset=1), "its storage has 16"),
    "negative stride": (tensor(strides=(-1,)), "integers from 0 on"),
    "negative offset": (tensor(offset=-1), "integers from 0 on"),
    "negative size": (tensor(sizes=(-1,)), "integers from 0 on"),
    "overflowing sizes": (tensor(sizes=(1 << 40, 1 << 40), strides=(0, 0)), "overflows"),
    "too many dims": (tensor(sizes=(1,) * 65, strides=(1,) * 65), "at most 64"),
    "ranks differ": (tensor(sizes=(4,), strides=(1, 1)), "one length"),
    "one key, two types": (tensor() + tensor(kind="IntStorage") + b"\x86", "claimed as"),
}


@pytest.mark.parametrize("case", FORGED_TENSORS)
def test_forged_tensor_is_refused(case):
    opcodes, message = FORGED_TENSORS[case]
    with pytest.raises(CheckpointError, match=message) as caught:
        read(archive(pickle(opcodes)))
    check_completeness(caught.value)


def test_expanded_tensor_is_not_mistaken_for_a_forgery():
    assert read(archive(pickle(tensor(sizes=(1 << 30, 4), strides=(0, 1))))).sizes == (1 << 30, 4)


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_deep_nesting_is_refused(depth):
    for opcodes in (MARK * depth + TUPLE * depth, b"]" * depth + b"a" * (depth - 1), b")" + b"\x85" * depth):
        with pytest.raises(CheckpointError, match="1000 levels"):
            read(archive(pickle(opcodes)))


def test_key_whose_hash_would_take_forever_is_refused():
    doubled = b")" + b"q\x00h\x00\x86" * 60  # 2 ** 60 leaves in 300 bytes
    with pytest.raises(CheckpointError, match="nested objects"):
        read(archive(pickle(b"}", doubled, text("v"), b"s")))


def test_containers_beyond_any_honest_use_are_refused():
    with pytest.raises(CheckpointError, match="more memory"):
        read(archive(pickle(b"]", MARK, b"\x8f" * 600_000, b"e")))


@pytest.mark.parametrize("copied", [
    name("__builtin__", "set") + b"q\x00" + b"]q\x01" + MARK + b"".join(map(number, range(1000))) + b"e0",
    name("_codecs", "encode") + b"q\x00" + text("x" * 100_000) + b"q\x01",
])  # fmt: skip
def test_one_object_copied_many_times_is_refused(copied):
    copies = b"h\x00h\x01\x85R" if b"set" in copied else b"h\x00h\x01X\x06\x00\x00\x00latin1\x86R"
    opcodes = copied.removesuffix(b"0")
    tracemalloc.start()
    with pytest.raises(CheckpointError, match="more memory"):
        read(archive(pickle(MARK, opcodes, copies * 5000, TUPLE)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


# -- archives ----------------------------------------------------------------------------------------------------------


def python_zip(records: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for record, content in records:
            z.writestr(record, content)
    return out.getvalue()


RECORDS = [("m/data.pkl", GOOD), ("m/data/0", b"\0" * 16), ("m/version", b"3\n")]


def test_archive_of_another_writer_is_read():
    assert read(python_zip(RECORDS)).array().tolist() == [0, 0, 0, 0]


def patched(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in data
    return data.replace(old, new, count)


def central(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_record_is_refused():
    with pytest.raises(CheckpointError, match="two records"):
        read(python_zip([*RECORDS, ("m/data.pkl", pickle(b"N"))]))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_compressed_record_is_refused(method):
    with pytest.raises(CheckpointError, match="stored record"):
        read(python_zip(RECORDS, method))


@pytest.mark.parametrize("bad", ["../data.pkl", "/data.pkl", "data.pkl", "m/../x", "m\\data", "m//x", "m/data/", "other/x", "m/\0"])
def test_odd_record_name_is_refused(bad):
    with pytest.raises(CheckpointError, match="root"):
        read(patched(python_zip([*RECORDS, ("m/" + "x" * (len(bad) - 2), b"")]), b"m/" + b"x" * (len(bad) - 2), bad.encode()))


def test_local_header_that_contradicts_the_directory_is_refused():
    data = python_zip(RECORDS)
    for old, new in ((b"m/version", b"m/versiox"), (struct.pack("<I", 16), struct.pack("<I", 15))):
        with pytest.raises(CheckpointError, match="contradicts"):
            read(patched(data, old, new, 1))


def test_encrypted_flag_is_refused():
    data = bytearray(archive(GOOD))
    data[central(data) + 8] |= 1
    with pytest.raises(CheckpointError, match="flags"):
        read(bytes(data))


def wide(data: bytes, **fields: int) -> bytes:
    """The archive with numbers of its zip64 end record, or of the locator or the short record, replaced."""
    places = {"size": (40, 8), "start": (48, 8), "count": (32, 8), "here": (24, 8), "disk": (16, 4), "length": (4, 8)}
    short = {"locator": (-34, 8), "disks": (-26, 4), "few": (-12, 2), "few_here": (-14, 2), "short": (-10, 4), "begin": (-6, 4)}
    out, end64 = bytearray(data), data.rindex(b"PK\x06\x06")
    for field, value in fields.items():
        at, width = (
            (places[field][0] + end64, places[field][1]) if field in places else (len(data) + short[field][0], short[field][1])
        )
        out[at : at + width] = value.to_bytes(width, "little")
    return bytes(out)


ZIP64_TRICKS = {
    "another directory in the wide record": {"start": 0},
    "a wide directory of exabytes": {"size": 1 << 62},
    "records without end": {"count": 1 << 60, "here": 1 << 60},
    "a count for another disk": {"here": 1},
    "a second disk": {"disk": 1},
    "a wide record of another length": {"length": 60},
    "a locator that leads elsewhere": {"locator": 0},
    "two disks in the locator": {"disks": 2},
    "a short record that names fewer": {"few": 1, "few_here": 1},
    "a short record that begins elsewhere": {"begin": 64},
    "a short record of another size": {"short": 1},
}


@pytest.mark.parametrize("trick", ZIP64_TRICKS)
def test_zip64_trick_is_refused(trick):
    data = archive(GOOD)
    assert read(wide(data)).array().tolist() == [0, 0, 0, 0]
    with pytest.raises(CheckpointError, match=r"contradict|damaged|right before|in one part") as caught:
        read(wide(data, **ZIP64_TRICKS[trick]))
    check_completeness(caught.value)


@pytest.mark.parametrize("bit", range(16))
def test_flags_that_the_two_headers_do_not_share_are_refused(bit):
    for place in (6, central(archive(GOOD)) + 8):  # the first record's own header; the directory
        data = bytearray(archive(GOOD))
        data[place + bit // 8] ^= 1 << bit % 8
        with pytest.raises(CheckpointError, match=r"flags|contradicts"):
            read(bytes(data))


def test_a_wide_size_hidden_in_an_extra_field_is_refused():
    data = bytearray(archive(GOOD, (b"\0" * 16,)))
    at = data.index(b"PK\x01\x02", data.index(b"archive/data/0", central(data)) - 46)
    data[at + 20 : at + 28] = b"\xff" * 8  # sizes are said to be in a zip64 field, which is not there
    with pytest.raises(CheckpointError, match=r"stored record|contradicts|overlaps|claimed"):
        read(bytes(data))


@pytest.mark.parametrize("prefix", [b"\x7fELF" + bytes(60), b"\x80\x02}.", b"#!/bin/sh\n"])
def test_an_archive_behind_another_file_is_refused(prefix):
    with pytest.raises(CheckpointError):
        read(prefix + archive(GOOD))


def test_wrong_checksum_is_refused():
    data = archive(GOOD, (b"\1" * 16,))
    with pytest.raises(CheckpointError, match="CRC-32") as caught:
        read(patched(data, b"\1" * 16, b"\1" * 15 + b"\2"))
    assert caught.value.record == "data/0"


def test_overlapping_records_are_refused():
    data = bytearray(python_zip([*RECORDS[:2], ("m/data/1", b"\0" * 16), RECORDS[2]]))
    entries = [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]
    data[entries[2] + 42 : entries[2] + 46] = data[entries[1] + 42 : entries[1] + 46]
    data[entries[2] + 46 : entries[2] + 54] = b"m/data/1"
    with pytest.raises(CheckpointError, match=r"contradicts|overlaps"):
        read(bytes(data))


@pytest.mark.parametrize("suffix", [b"x", b"PK\x05\x06" + b"\0" * 17])
def test_anything_after_the_archive_is_refused(suffix):
    with pytest.raises(CheckpointError):
        read(archive(GOOD) + suffix)


def test_every_truncation_is_refused():
    data = archive(GOOD)
    for size in range(len(data)):
        with pytest.raises(CheckpointError):
            read(data[:size])


def test_torchscript_and_unknown_versions_are_refused():
    with pytest.raises(CheckpointError, match="TorchScript"):
        read(archive(GOOD, **{"constants.pkl": b"x"}))
    for version in (b"0\n", b"11\n", b"x", b""):
        with pytest.raises(CheckpointError, match="expected version 1 to 10"):
            read(python_zip([*RECORDS[:2], ("m/version", version)]))
    with pytest.raises(CheckpointError, match="no such record"):
        read(python_zip(RECORDS[:2]))


@pytest.mark.parametrize(("verify", "always"), [(True, 0), (None, 1 << 24)])
def test_damage_in_a_large_storage_is_found_before_load_returns(tmp_path, monkeypatch, verify, always):
    monkeypatch.setattr("ft_serialize.torch_file._ALWAYS", always)
    data = bytearray(archive(pickle(tensor(numel=1 << 19, sizes=(1 << 19,))), (bytes(4 << 19),)))
    assert read(bytes(data), verify=verify).sizes == (1 << 19,)
    data[1 << 20] ^= 1
    (tmp_path / "a.pt").write_bytes(data)
    for options in ({}, {"mmap": True}) if verify else ({},):
        with pytest.raises(CheckpointError, match="CRC-32") as caught:
            load_with(MODEL, tmp_path / "a.pt", verify=verify, **options)
        assert caught.value.record == "data/0"


def test_storages_are_not_verified_where_nobody_asks_but_pickles_are(monkeypatch):
    monkeypatch.setattr("ft_serialize.torch_file._ALWAYS", 0)
    good = archive(GOOD, (b"\1" * 16,))
    damaged = patched(good, b"\1" * 16, b"\1" * 15 + b"\2")
    assert read(damaged).array().tobytes() == b"\1" * 15 + b"\2"
    with pytest.raises(CheckpointError, match="CRC-32"):
        read(damaged, verify=True)
    with pytest.raises(CheckpointError, match="CRC-32"):
        read(patched(good, b"cpu", b"cpv"), verify=False)
