"""Every format through the common door: what is written is read again, mapped or not, and what cannot be held is refused."""

import io
import os
import subprocess
import sys
from collections import OrderedDict

import numpy as np
import pytest
from serialize_tables import LACKS, facts, table, tensor, torch

import ft_serialize
from ft_serialize import CheckpointError, convert, open_tensors, read_tensors, write_tensors
from ft_serialize.formats import _FORMATS, Document, cut, format_of

METADATA = {"author": "somebody", "note": "ümlaut \u2603"}


def compare(found, expected, loose=()):
    assert list(found) == list(expected)
    for name, value in expected.items():
        if name not in loose:
            assert facts(found[name]) == facts(value), name


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize("name", LACKS)
def test_a_table_survives_the_format(tmp_path, name, mapped):
    path = tmp_path / f"table.{name}"
    tensors = table(*LACKS[name])
    write_tensors(path, tensors, METADATA)
    with open_tensors(path, mmap=mapped) as file:
        compare({key: file[key] for key in file}, tensors, loose=["scalar"] if name == "gguf" else [])  # gguf has no scalars
        assert METADATA.items() <= file.metadata().items()
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("name", LACKS)
def test_a_file_object_serves_as_well(name):
    tensors = table(*LACKS[name])
    del tensors["scalar"]
    file = io.BytesIO()
    write_tensors(file, tensors, METADATA, format=name)
    compare(read_tensors(io.BytesIO(file.getvalue()), format=name), tensors)
    compare(read_tensors(file.getvalue(), format=name), tensors)


@pytest.mark.parametrize("goal", LACKS)
@pytest.mark.parametrize("start", LACKS)
def test_any_format_converts_to_any_other(tmp_path, start, goal):
    tensors = table(*LACKS[start], *LACKS[goal])
    del tensors["scalar"]
    first, second = tmp_path / f"a.{start}", tmp_path / f"b.{goal}"
    write_tensors(first, tensors, METADATA)
    passed = []
    convert(first, second, step=lambda name, count: passed.append((name, count)))
    with open_tensors(second) as file:
        compare({key: file[key] for key in file}, tensors)
        assert METADATA.items() <= file.metadata().items()
    for name, value in tensors.items():
        assert sum(count for who, count in passed if who == name) == len(facts(value)[2])


@pytest.mark.parametrize("name", ["ftck", "pt", "msgpack"])
def test_structures_survive_where_the_format_has_them(tmp_path, name):
    path = tmp_path / f"nested.{name}"
    obj = {"model": {"layer": {"weight": tensor(np.arange(6.0))}}, "steps": [1, 2.5, None, True, "text"], "empty": {}}
    write_tensors(path, obj, METADATA)
    found = open_tensors(path).tree()
    assert facts(found["model"]["layer"]["weight"]) == facts(obj["model"]["layer"]["weight"])
    assert (found["steps"], found["empty"]) == (obj["steps"], {})


@pytest.mark.parametrize("name", ["safetensors", "npz", "gguf"])
def test_a_structure_becomes_a_table_and_its_numbers_metadata(tmp_path, name):
    path = tmp_path / f"nested.{name}"
    write_tensors(path, OrderedDict(model=OrderedDict(weight=tensor(np.ones(3, np.float32))), epoch=3))
    with open_tensors(path) as file:
        assert file.keys() == ["model.weight"]
        assert file.metadata()["epoch"] in (3, "3")
    with pytest.raises(CheckpointError, match="a set has no place") as caught:
        write_tensors(tmp_path / f"lost.{name}", {"w": tensor(np.ones(3)), "tags": {1, 2}})
    assert caught.value.record == "tags"
    assert not (tmp_path / f"lost.{name}").exists()


@pytest.mark.parametrize("name", LACKS)
def test_views_are_written_as_what_they_show(tmp_path, name):
    base = tensor(np.arange(24, dtype=np.float32).reshape(4, 6))
    tensors = {"base": base, "turned": base.t(), "part": base[1:3, ::2]}
    write_tensors(tmp_path / f"views.{name}", tensors)
    for key, value in read_tensors(tmp_path / f"views.{name}").items():
        assert value.tolist() == tensors[key].tolist()


def test_mapped_tensors_can_be_written_to_and_the_file_stays(tmp_path):
    path = tmp_path / "a.safetensors"
    write_tensors(path, {"a": tensor(np.zeros(4, np.float32))})
    before = path.read_bytes()
    found = read_tensors(path, mmap=True)["a"]
    found.fill_(7)
    assert found.tolist() == [7, 7, 7, 7]
    assert path.read_bytes() == before


def test_a_slice_is_read_alone(tmp_path):
    path = tmp_path / "a.safetensors"
    whole = tensor(np.arange(60, dtype=np.int32).reshape(10, 6))
    write_tensors(path, {"w": whole, "v": whole})
    with open_tensors(path) as file:
        part = file.get_slice("w")
        assert (part.get_shape(), part.get_dtype()) == ([10, 6], "int32")
        assert part[2:5, ::3].tolist() == whole[2:5, ::3].tolist()
    assert list(read_tensors(path, ["v"])) == ["v"]
    with pytest.raises(KeyError, match="no tensor 'x'"):
        read_tensors(path, ["x"])


def test_load_reads_every_format_by_its_path(tmp_path):
    tensors = {"a": tensor(np.arange(4, dtype=np.float32))}
    for name in LACKS:
        path = tmp_path / f"a.{name}"
        write_tensors(path, tensors)
        assert facts(ft_serialize.load(path)["a"]) == facts(tensors["a"])
        assert ft_serialize.load(path, map_location="meta" if name != "pt" else None)["a"].shape == (4,)


@pytest.mark.parametrize(("name", "lost"), [(n, d) for n, dtypes in LACKS.items() for d in dtypes])
def test_a_dtype_the_format_lacks_is_named_and_nothing_written(tmp_path, name, lost):
    path = tmp_path / f"a.{name}"
    with pytest.raises(CheckpointError, match=f"has no {lost}") as caught:
        write_tensors(path, {"x": table()[lost]})
    assert (caught.value.file, caught.value.record) == (str(path), "x")
    assert os.listdir(tmp_path) == []


def test_meta_tensors_have_no_bytes_to_write(tmp_path):
    with pytest.raises(CheckpointError, match="meta device"):
        write_tensors(tmp_path / "a.ftck", {"x": torch.empty(3, device="meta")})


def test_a_file_of_no_format_says_which_there_are(tmp_path):
    path = tmp_path / "a.unknown"
    path.write_bytes(b"hello world, this is nothing")
    with pytest.raises(CheckpointError, match=r"expected a file in one of the formats .*ftck") as caught:
        open_tensors(path)
    assert caught.value.file == str(path)
    with pytest.raises(CheckpointError, match="tells no format"):
        write_tensors(path, {})
    with pytest.raises(CheckpointError, match="no format 'tablet'"):
        open_tensors(path, format="tablet")


def test_the_content_decides_over_a_wrong_name(tmp_path):
    path = tmp_path / "a.pt"
    write_tensors(path, {"a": tensor(np.ones(2, np.float32))}, format="safetensors")
    assert read_tensors(path)["a"].tolist() == [1, 1]


class Tablet:
    """A plugin's format: one uint8 tensor, as it is."""

    name = "tablet"
    suffixes = (".tablet",)

    def recognises(self, head):
        return head[:6] == b"TABLET"

    def open(self, source):
        from ft_serialize.formats import StoredDocument, spec_of

        return StoredDocument(source, {"law": spec_of("law", "uint8", (source.size - 6,))}, {"law": 6})

    def write(self, document, output, **options):
        output.write(b"TABLET")
        for piece in document.chunks("law"):
            output.write(piece)


def test_a_plugins_format_is_one_among_the_others(tmp_path, monkeypatch):
    format_of("x.pt")  # the built-in formats are there
    monkeypatch.setitem(_FORMATS, "tablet", Tablet())
    path = tmp_path / "law.tablet"
    write_tensors(path, {"law": tensor(np.arange(10, dtype=np.uint8))})
    assert ft_serialize.load(path)["law"].tolist() == list(range(10))
    convert(path, tmp_path / "law.npy")
    assert np.load(tmp_path / "law.npy").tolist() == list(range(10))


def test_a_plugins_object_that_is_no_format_is_refused():
    from ft_serialize.formats import _receive

    with pytest.raises(TypeError, match="has no suffixes, recognises, open, write"):
        _receive(type("Half", (), {"name": "half"})(), "stone")


def test_cut_makes_runs_of_exact_sizes():
    runs = [b"".join(run) for run in cut(iter([b"abc", b"defgh", b"i"]), [2, 0, 5, 2])]
    assert runs == [b"ab", b"", b"cdefg", b"hi"]
    with pytest.raises(CheckpointError, match="more bytes"):
        [b"".join(run) for run in cut(iter([b"abc"]), [4])]


def test_a_document_that_gives_other_bytes_than_it_says_is_caught(tmp_path):
    class Liar(Document):
        def chunks(self, name):
            yield b"12"

    from ft_serialize.formats import spec_of
    from ft_serialize.ftck_file import Ftck
    from ft_serialize.tensors import _Memory

    liar = Liar({"a": spec_of("a", "uint8", (3,))})
    with pytest.raises(CheckpointError, match="expected 3 bytes"):
        liar.readinto("a", memoryview(bytearray(3)))
    with pytest.raises(CheckpointError, match="expected 3 bytes"):
        Ftck().write(liar, _Memory())


@pytest.mark.oracle
def test_torch_loads_what_was_converted_to_its_format(tmp_path):
    oracle = pytest.importorskip("torch")
    tensors = table()
    weight = tensor(np.ones((2, 3), np.float32))
    write_tensors(tmp_path / "a.ftck", {"table": tensors, "tied": [weight, weight], "step": 3})
    convert(tmp_path / "a.ftck", tmp_path / "a.pt")
    found = oracle.load(tmp_path / "a.pt", weights_only=True)
    for name, value in tensors.items():
        kind, shape, raw = facts(value)
        assert (str(found["table"][name].dtype), tuple(found["table"][name].shape)) == (f"torch.{kind}", shape)
        assert bytes(found["table"][name].flatten().view(oracle.uint8).tolist()) == raw
    assert found["tied"][0].data_ptr() == found["tied"][1].data_ptr()
    assert found["step"] == 3


CONVERT = """
import sys
import ft_kernel_cpu
from ft_core.backend import register_backend
from ft_serialize import convert
register_backend(ft_kernel_cpu.backend)
from ft_dispatch import surface  # methods of tensors
convert(sys.argv[1], sys.argv[2])
with open("/proc/self/status") as file:
    print(next(line.split()[1] for line in file if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is measured is Linux's")
@pytest.mark.parametrize(("source", "goal"), [("pt", "safetensors"), ("safetensors", "ftck"), ("ftck", "npz"), ("npz", "pt")])
def test_a_large_file_passes_through_little_memory(tmp_path, source, goal):
    size = 200 << 20
    paths = tmp_path / f"a.{source}", tmp_path / f"b.{goal}"
    write_tensors(paths[0], {"w": tensor(np.ones(size // 8)), "v": tensor(np.ones(3))})
    ran = subprocess.run([sys.executable, "-c", CONVERT, *map(str, paths)], capture_output=True, text=True, check=True)
    assert int(ran.stdout) << 10 < size // 2  # the interpreter and its libraries take a quarter
    assert paths[1].stat().st_size > size
