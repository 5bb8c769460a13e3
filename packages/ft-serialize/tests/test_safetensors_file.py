"""safetensors: read and written as its own library does, mapped, sharded, and closed to forged headers."""

import json

import numpy as np
import pytest
from serialize_tables import LACKS, facts, table, tensor

from ft_serialize import CheckpointError, convert, open_tensors, read_tensors, save_sharded, write_tensors
from ft_serialize.tensors import TensorDocument


@pytest.fixture
def safetensors():
    """The format's own library, where it is installed: an oracle, no dependency."""
    pytest.importorskip("safetensors.numpy")
    return pytest.importorskip("safetensors")


def build(header, data=b"", length=None):
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(raw) if length is None else length).to_bytes(8, "little") + raw + data


def entry(shape=(2,), offsets=(0, 8), dtype="F32", **more):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets), **more}


def read(data):
    return read_tensors(data, format="safetensors")


def test_the_library_reads_our_files(safetensors, tmp_path):
    tensors = table(*LACKS["safetensors"])
    write_tensors(tmp_path / "a.safetensors", tensors, {"k": "v"})
    found = dict(safetensors.deserialize((tmp_path / "a.safetensors").read_bytes()))
    assert set(found) == set(tensors)
    for name, value in tensors.items():
        assert (tuple(found[name]["shape"]), bytes(found[name]["data"])) == facts(value)[1:]
    with safetensors.safe_open(tmp_path / "a.safetensors", "np") as file:
        assert file.metadata() == {"k": "v"}


def test_we_read_the_librarys_files(safetensors, tmp_path):
    tensors = table(*LACKS["safetensors"], "complex64")
    arrays = {name: np.frombuffer(facts(t)[2], t.dtype.numpy).reshape(facts(t)[1]) for name, t in tensors.items()}
    safetensors.numpy.save_file(arrays, tmp_path / "a.safetensors", {"k": "v"})
    with open_tensors(tmp_path / "a.safetensors") as file:
        assert {name: facts(file[name]) for name in file} == {name: facts(t) for name, t in tensors.items()}
        assert file.metadata() == {"k": "v"}


def test_tensors_of_a_mapped_file_are_aligned_views(tmp_path):
    from ft_serialize import rebuild

    write_tensors(tmp_path / "a.safetensors", {"b": tensor(np.ones(3, np.int8)), "d": tensor(np.ones(3))})
    with open_tensors(tmp_path / "a.safetensors") as file:
        assert rebuild.address(file.document.view("d")) == rebuild.address(rebuild.content(file["d"]))


def test_packed_four_bit_floats_count_pairs():
    from ft_serialize.safetensors_file import Safetensors
    from ft_serialize.source import MemorySource

    document = Safetensors().open(MemorySource(build({"a": entry((2, 4), (0, 4), "F4")}, b"\1\2\3\4")))
    assert (document.specs["a"].dtype, document.specs["a"].shape) == ("float4_e2m1fn_x2", (2, 2))


GOOD = {"a": entry(), "b": entry((1,), (8, 12))}
FORGED = {
    "a length past the end": (build(GOOD, bytes(12), length=10_000), "fits a file"),
    "a length of terabytes": (build(GOOD, bytes(12), length=1 << 62), "fits a file"),
    "a header larger than its file deserves": (build(b"{" + b" " * (5 << 20) + b"}"), "fits a file"),
    "a truncated file": (build(GOOD, bytes(11)), "truncated"),
    "bytes after the data": (build(GOOD, bytes(13)), "expected 12 bytes"),
    "an overlap": (build({"a": entry(), "b": entry((2,), (4, 12))}, bytes(12)), "overlaps"),
    "the same bytes twice": (build({"a": entry(), "b": entry()}, bytes(8)), "overlaps"),
    "a hole": (build({"a": entry(), "b": entry((1,), (12, 16))}, bytes(16)), "belong to none"),
    "a size that lies": (build({"a": entry((3,))}, bytes(8)), "12 bytes apart"),
    "a shape whose product overflows": (build({"a": entry((1 << 40, 1 << 40), (0, 0))}), "no memory"),
    "a shape of zeros and giants": (build({"a": entry((0, 1 << 61, 1 << 61), (0, 0))}), "no memory"),
    "a negative size": (build({"a": entry((-2,))}, bytes(8)), "shape"),
    "a size of true": (build({"a": entry((True,))}, bytes(8)), "shape"),
    "a fractional size": (build({"a": entry((2.0,))}, bytes(8)), "shape"),
    "negative offsets": (build({"a": entry((2,), (-8, 0))}, bytes(8)), "8 bytes apart"),
    "three offsets": (build({"a": entry((2,), (0, 8, 8))}, bytes(8)), "8 bytes apart"),
    "an unknown dtype": (build({"a": entry(dtype="PICKLE")}, bytes(8)), "dtype among"),
    "an unknown field": (build({"a": entry(code="import os")}, bytes(8)), "exactly dtype"),
    "a name twice": (build(b'{"a":%b,"a":%b}' % ((json.dumps(entry()).encode(),) * 2), bytes(8)), "each key once"),
    "a field twice": (build(b'{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', bytes(8)), "comes twice"),
    "deep nesting": (build(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "few fields"),
    "nesting in a field": (build(b'{"a":{"shape":' + b"[" * 4000 + b"]" * 4000 + b"}}"), "few fields"),
    "a list for a header": (build(b"[1, 2]"), "an object"),
    "text after the header": (build(b"{} {}"), "the end"),
    "text that is not UTF-8": (build(b'{"\xff":1}'), "UTF-8"),
    "metadata of numbers": (build({"__metadata__": {"a": 1}}), "a string"),
    "a number of thousands of digits": (build(b'{"a":{"dtype":"F32","shape":[' + b"9" * 5000 + b'],"data_offsets":[0,8]}}'), "few fields"),
    "no header at all": (b"", "0 in all"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_header_is_refused(name):
    data, reason = FORGED[name]
    with pytest.raises(CheckpointError, match=reason) as caught:
        read(data)
    assert caught.value.file == "<buffer>"


def test_the_files_that_are_forged_above_are_sound_but_for_that():
    assert list(read(build(GOOD, bytes(12)))) == ["a", "b"]


# -- several files -------------------------------------------------------------------------------------------------------


def shards(tmp_path, size=300):
    tensors = {f"w{i}": tensor(np.full((5, 10), i, np.float32)) for i in range(4)}
    save_sharded(TensorDocument(tensors, {"k": "v"}), tmp_path / "m.safetensors.index.json", size)
    return tensors, tmp_path / "m.safetensors.index.json"


@pytest.mark.parametrize("mapped", [False, True])
def test_shards_read_as_one(tmp_path, mapped):
    tensors, index = shards(tmp_path)
    assert len(list(tmp_path.glob("*.safetensors"))) == 4
    assert json.loads(index.read_text())["metadata"]["total_size"] == 800
    with open_tensors(index, mmap=mapped) as file:
        assert {name: facts(file[name]) for name in file} == {name: facts(t) for name, t in tensors.items()}
    convert(index, tmp_path / "one.safetensors")
    assert list(read_tensors(tmp_path / "one.safetensors")) == list(tensors)


def test_saving_again_replaces_the_index_before_old_shards_go(tmp_path):
    _, index = shards(tmp_path)
    old = set(tmp_path.glob("*.safetensors"))
    tensors, _ = shards(tmp_path, 500)
    assert not old & set(tmp_path.glob("*.safetensors"))
    assert list(read_tensors(index)) == list(tensors)
    assert len(list(tmp_path.glob("*.safetensors"))) == 2


@pytest.mark.parametrize(
    "file", ["../m-00001-of-00004.safetensors", "/etc/passwd", "a\\b.safetensors", "sub/x.safetensors", "x.bin"]
)
def test_an_index_names_files_beside_it_and_nothing_else(tmp_path, file):
    _, index = shards(tmp_path)
    content = json.loads(index.read_text())
    content["weight_map"]["w0"] = file
    index.write_text(json.dumps(content))
    with pytest.raises(CheckpointError, match="beside the index"):
        open_tensors(index)


def test_an_index_and_its_files_must_agree(tmp_path):
    _, index = shards(tmp_path)
    content = json.loads(index.read_text())
    names = list(content["weight_map"].values())
    for change, reason in [
        (lambda m: m.update(ghost=names[0]), "it does not"),
        (lambda m: m.update(w0=names[1]), "it does not"),
        (lambda m: m.update(w0="other.safetensors"), "cannot be read"),
    ]:
        altered = json.loads(json.dumps(content))
        change(altered["weight_map"])
        index.write_text(json.dumps(altered))
        with pytest.raises(CheckpointError, match=reason):
            open_tensors(index)
    del content["weight_map"]["w0"]
    save_sharded(TensorDocument({"a": tensor(np.ones(2)), "b": tensor(np.ones(2))}), tmp_path / "n.safetensors.index.json", 10_000)
    lost = json.loads((tmp_path / "n.safetensors.index.json").read_text())
    del lost["weight_map"]["b"]
    (tmp_path / "n.safetensors.index.json").write_text(json.dumps(lost))
    with pytest.raises(CheckpointError, match="places elsewhere"):
        open_tensors(tmp_path / "n.safetensors.index.json")


def test_one_stream_cannot_hold_shards(tmp_path):
    with pytest.raises(CheckpointError, match="save_sharded"):
        write_tensors(tmp_path / "m.safetensors.index.json", {"a": tensor(np.ones(2))})
    with pytest.raises(ValueError, match="ending in"):
        save_sharded(TensorDocument({}), tmp_path / "m.json")
