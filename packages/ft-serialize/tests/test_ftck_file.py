"""FTCK: what is saved comes back, whole or not at all, and whatever is not exactly as it was written is refused."""

import hashlib
import os
import struct
from collections import OrderedDict

import msgpack
import numpy as np
import pytest
from serialize_tables import facts, table, tensor, torch

from ft_core.parameter import Parameter
from ft_serialize import CheckpointError, load_checkpoint, open_tensors, read_tensors, rebuild, save_checkpoint
from ft_serialize.ftck import MAGIC, payload_start


def nested():
    weight = Parameter(tensor(np.arange(12, dtype=np.float32).reshape(3, 4)))
    state = OrderedDict(weight=weight.detach(), bias=tensor(np.ones(3, np.float32)))
    state._metadata = {"": {"version": 1}}
    return {
        "model": state, "parameter": weight, "frozen": Parameter(tensor(np.ones(2)), False), "leaf": tensor(np.ones(2)).requires_grad_(True),
        "optimizer": {"state": {0: {"step": 3, "exp_avg": tensor(np.zeros((3, 4)))}}, "param_groups": [{"lr": 1e-3, "betas": (0.9, 0.999)}]},
        "dtype": torch.float16, "device": torch.device("cpu"), "size": torch.Size([2, 3]), "complex": 1 - 2j, "large": 1 << 100,
        "small": -(1 << 70), "bytes": b"\0\xff" * 50_000, "tags": {"a", "b"}, "nothing": None, "deep": [[[[()]]]], "text": "\u2603" * 100_000,
    }  # fmt: skip


@pytest.mark.parametrize("mmap", [True, False])
def test_a_training_checkpoint_comes_back(tmp_path, mmap):
    obj = nested()
    save_checkpoint(obj, tmp_path / "a.ftck", metadata={"epoch": 3, "why": ["test", 1.5]})
    found = load_checkpoint(tmp_path / "a.ftck", mmap=mmap, verify=True)
    for key in ("dtype", "device", "size", "complex", "large", "small", "bytes", "tags", "nothing", "deep", "text"):
        assert found[key] == obj[key], key
        assert type(found[key]) is type(obj[key]), key
    assert type(found["model"]) is OrderedDict
    assert found["model"]._metadata == {"": {"version": 1}}
    assert found["optimizer"]["param_groups"] == obj["optimizer"]["param_groups"]
    assert found["optimizer"]["state"][0]["step"] == 3
    for key, kind, grad in [("parameter", Parameter, True), ("frozen", Parameter, False), ("leaf", torch.Tensor, True)]:
        assert (type(found[key]), found[key].requires_grad) == (kind, grad)
        assert facts(found[key]) == facts(obj[key])
    assert found["parameter"].data_ptr() == found["model"]["weight"].data_ptr()
    with open_tensors(tmp_path / "a.ftck") as file:
        assert file.metadata() == {"epoch": 3, "why": ["test", 1.5]}


def test_every_dtype_comes_back(tmp_path):
    save_checkpoint(table(), tmp_path / "a.ftck")
    assert {n: facts(t) for n, t in load_checkpoint(tmp_path / "a.ftck").items()} == {n: facts(t) for n, t in table().items()}


def test_loading_copies_nothing_and_writing_changes_only_memory(tmp_path):
    path = tmp_path / "a.ftck"
    save_checkpoint({"a": tensor(np.zeros(5000, np.float32))}, path)
    before = path.read_bytes()
    with open_tensors(path) as file:
        found = file["a"]
        assert found.data_ptr() == rebuild.address(file.document.view("a"))
        assert found.data_ptr() % 64 == 0
    found.add_(1)
    assert found.sum().item() == 5000
    assert path.read_bytes() == before


def test_tied_tensors_are_written_once_and_stay_tied(tmp_path):
    weight = tensor(np.arange(1000.0))
    save_checkpoint({"in": weight, "out": weight, "copy": weight.clone()}, tmp_path / "a.ftck")
    found = load_checkpoint(tmp_path / "a.ftck")
    assert found["in"] is found["out"]
    assert found["copy"].data_ptr() != found["in"].data_ptr()
    assert (tmp_path / "a.ftck").stat().st_size < 2 * 8000 + 4096 + 200


def test_what_cannot_be_kept_is_named_and_the_old_file_stays(tmp_path):
    path = tmp_path / "a.ftck"
    save_checkpoint({"a": 1}, path)
    for obj, where in [({"x": {"f": print}}, "x.f"), ({"x": [object()]}, "x.0"), ({"x": {(1, 2): 3}}, "x")]:
        with pytest.raises(CheckpointError, match="expected") as caught:
            save_checkpoint(obj, path)
        assert (caught.value.file, caught.value.record) == (str(path), where)
    loop = []
    loop.append(loop)
    with pytest.raises(CheckpointError, match="inside itself"):
        save_checkpoint({"x": loop}, path)
    assert load_checkpoint(path) == {"a": 1}
    assert os.listdir(tmp_path) == ["a.ftck"]


# -- verification --------------------------------------------------------------------------------------------------------


def test_verify_names_the_tensor_that_is_damaged(tmp_path):
    path = tmp_path / "a.ftck"
    save_checkpoint({"good": tensor(np.ones(3000)), "bad": tensor(np.ones(3000))}, path)
    data = bytearray(path.read_bytes())
    with open_tensors(path) as file:
        at = file.document.header.payload + file.document.header.entries["bad"].offset + 17
    data[at] ^= 1
    path.write_bytes(data)
    assert load_checkpoint(path)["good"].sum().item() == 3000
    for mmap in (True, False):
        with pytest.raises(CheckpointError, match="SHA-256") as caught:
            load_checkpoint(path, verify=True, mmap=mmap)
        assert (caught.value.record, caught.value.file) == ("bad", str(path))


@pytest.mark.parametrize("size", [0, 1, 100, 1 << 20, (1 << 20) + 1, 5 << 20])
def test_the_digest_is_the_same_in_pieces_and_on_all_cores(monkeypatch, size):
    from ft_serialize import treehash

    monkeypatch.setattr(treehash, "LEAF", 1 << 20)
    data = np.random.default_rng(0).integers(0, 256, size, np.uint8).tobytes()
    hasher = treehash.TreeHash()
    list(hasher.through(iter([data[i : i + 300_001] for i in range(0, size, 300_001)])))
    assert treehash.tree_digest(data) == hasher.digest()
    if size <= 1 << 20:
        assert hasher.digest() == hashlib.sha256(data).digest()
    else:
        leaves = b"".join(hashlib.sha256(data[i : i + (1 << 20)]).digest() for i in range(0, size, 1 << 20))
        assert hasher.digest() == hashlib.sha256(b"FTCK sha256 tree of 64 MiB leaves\0" + leaves).digest()


# -- incremental ---------------------------------------------------------------------------------------------------------


def chain(tmp_path):
    big, head = tensor(np.arange(50_000.0)), tensor(np.ones(100))
    save_checkpoint({"big": big, "head": head, "n": 0}, tmp_path / "0.ftck")
    save_checkpoint({"big": big, "head": head * 2, "n": 1}, tmp_path / "1.ftck", base=tmp_path / "0.ftck")
    save_checkpoint({"renamed": big, "head": head * 2, "n": 2}, tmp_path / "2.ftck", base=tmp_path / "1.ftck")
    return big


def test_an_incremental_save_writes_what_changed(tmp_path):
    big = chain(tmp_path)
    sizes = [(tmp_path / f"{i}.ftck").stat().st_size for i in range(3)]
    assert sizes[0] > 400_000
    assert max(sizes[1:]) < 10_000
    for mmap in (True, False):
        found = load_checkpoint(tmp_path / "2.ftck", verify=True, mmap=mmap)
        assert (facts(found["renamed"]), found["head"].tolist(), found["n"]) == (facts(big), [2.0] * 100, 2)


def test_an_incremental_save_needs_the_very_files_it_names(tmp_path):
    chain(tmp_path)
    for name, change, reason in [
        ("0.ftck", lambda p: save_checkpoint({"other": 1}, p), "another file by now"),
        ("0.ftck", os.unlink, "cannot be read"),
    ]:
        change(tmp_path / name)
        with pytest.raises(CheckpointError, match=reason) as caught:
            load_checkpoint(tmp_path / "1.ftck")
        assert caught.value.record == name
    with pytest.raises(CheckpointError, match="by its path"):
        read_tensors((tmp_path / "1.ftck").read_bytes())
    with pytest.raises(CheckpointError, match="same folder"):
        save_checkpoint({}, tmp_path / "b.ftck", base="/somewhere/else.ftck")
    with pytest.raises(CheckpointError, match="cannot be the file"):
        save_checkpoint({}, tmp_path / "1.ftck", base=tmp_path / "1.ftck")


# -- forged headers ------------------------------------------------------------------------------------------------------


def build(content=None, payload=b"", raw=None, **prefix):
    content = {"metadata": {}, "files": [], "tensors": [], "tree": None} | (content or {})
    raw = msgpack.packb(content) if raw is None else raw
    fields = {"magic": MAGIC, "version": 1, "zero": 0, "length": len(raw), "size": payload_start(len(raw)) + len(payload)} | prefix
    head = struct.pack("<8sIIQQ", *fields.values())
    digest = prefix.get("digest", hashlib.sha256(head + raw).digest())
    return (head + digest + raw).ljust(payload_start(len(raw)), b"\0") + payload


def entry(name="a", kind="float32", shape=(2,), file=0, offset=0, digest=None):
    return [name, kind, list(shape), file, offset, hashlib.sha256(bytes(8)).digest() if digest is None else digest]


def ext(code, content):
    return msgpack.ExtType(code, content if isinstance(content, bytes) else msgpack.packb(content))


PAYLOAD = bytes(128)
FORGED = {
    "another magic": (build()[1:] + b"\0", "recognised|one of the formats|magic"),
    "version 2": (b"\x89FTCK\r\n\x1a\x02" + build()[9:], "version 1"),
    "a header with another hash": (build()[:70] + b"!" + build()[71:], "SHA-256"),
    "a truncated file": (build({"tensors": [entry()]}, PAYLOAD)[:-1], "truncated"),
    "bytes after the end": (build() + b"x", "appended"),
    "a header past the end": (build(raw=b"\xc0")[:16] + struct.pack("<Q", 1 << 62) + build(raw=b"\xc0")[24:], "truncated"),
    "an unknown field": (build({"run": "import os"}), "upgrade"),
    "a field less": (build(raw=msgpack.packb({"metadata": {}, "files": [], "tensors": []})), "the fields"),
    "a list for a header": (build(raw=msgpack.packb([1])), "the fields"),
    "a number for a header": (build(raw=b"\x07"), "the fields"),
    "metadata of a list": (build({"metadata": []}), "map of metadata"),
    "a tensor of five parts": (build({"tensors": [entry()[:5]]}, PAYLOAD), "name, dtype"),
    "a shape of text": (build({"tensors": [entry(shape=["2"])]}, PAYLOAD), "shape"),
    "a dtype of objects": (build({"tensors": [entry(kind="object")]}, PAYLOAD), "dtype of torch's"),
    "an alias for a dtype": (build({"tensors": [entry(kind="double")]}, PAYLOAD), "dtype of torch's"),
    "a short digest": (build({"tensors": [entry(digest=b"x")]}, PAYLOAD), "name, dtype"),
    "a name twice": (build({"tensors": [entry(), entry()]}, PAYLOAD), "each name once"),
    "an unaligned tensor": (build({"tensors": [entry(offset=4)]}, PAYLOAD), "multiple of 64"),
    "a negative offset": (build({"tensors": [entry(offset=-64)]}, PAYLOAD), "multiple of 64"),
    "a tensor past the end": (build({"tensors": [entry(offset=128)]}, PAYLOAD), "payload of 128"),
    "an offset of exabytes": (build({"tensors": [entry(offset=1 << 62)]}, PAYLOAD), "payload of 128"),
    "tensors that overlap": (build({"tensors": [entry(shape=(32,)), entry("b", offset=64)]}, PAYLOAD), "overlap"),
    "a file that is not listed": (build({"tensors": [entry(file=1)]}, PAYLOAD), "a file that is listed"),
    "a path for a file": (build({"files": [["../etc/passwd", bytes(32)]]}), "beside this one"),
    "an absolute path": (build({"files": [["/etc/passwd", bytes(32)]]}), "beside this one"),
    "a parent folder": (build({"files": [["..", bytes(32)]]}), "beside this one"),
    "a thousand files": (build({"files": [["x", bytes(32)]] * 1001}), "at most 1000"),
    "an unknown extension": (build({"tree": ext(77, [])}), "code of 1 to 10"),
    "an extension of rubbish": (build({"tree": ext(2, b"\xc1")}), "begins no msgpack"),
    "a leaf of nothing": (build({"tree": ext(1, [0, False, False])}), "what it should"),
    "a negative leaf": (build({"tensors": [entry()], "tree": ext(1, [-1, False, False])}, PAYLOAD), "what it should"),
    "a dtype that is none": (build({"tree": ext(4, "object")}), "what it should"),
    "a device that is none": (build({"tree": ext(5, "toaster")}), "what it should"),
    "a size of text": (build({"tree": ext(6, ["a"])}), "what it should"),
    "a number that is none": (build({"tree": ext(8, "0x__import__")}), "what it should"),
    "attributes of a dict": (build({"tree": ext(3, [[], {"items": 1}])}), "what it should"),
    "a set of lists": (build({"tree": ext(9, [[]])}), "what it should"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_refused(name):
    data, reason = FORGED[name]
    with pytest.raises(CheckpointError, match=reason):
        open_tensors(data, format="ftck")


def test_extensions_nested_without_end_are_refused():
    tree = ext(2, [])
    for _ in range(200):
        tree = ext(2, [tree])
    with pytest.raises(CheckpointError, match="64 deep"):
        open_tensors(build({"tree": tree}), format="ftck")


def test_the_files_that_are_forged_above_are_sound_but_for_that():
    data = build({"tensors": [entry(), entry("b", offset=64)], "tree": {"x": ext(1, [1, True, True])}}, PAYLOAD)
    found = open_tensors(data, format="ftck").tree()
    assert (type(found["x"]), found["x"].tolist()) == (Parameter, [0, 0])


@pytest.mark.parametrize("held", [0, 1 << 28])
def test_digests_are_those_of_the_bytes_however_they_lie(tmp_path, monkeypatch, held):
    monkeypatch.setattr("ft_serialize.ftck_file._HELD", held)
    base = torch.arange(1 << 19).reshape((1 << 9, 1 << 10))
    saved = {"plain": base, "turned": base.t(), "part": base[3:, ::2], "row": base[5], "empty": base[:0]}
    save_checkpoint(saved, tmp_path / "a.ftck")
    loaded = load_checkpoint(tmp_path / "a.ftck", verify=True)
    for name, t in saved.items():
        assert torch.equal(t, loaded[name])
    data = bytearray((tmp_path / "a.ftck").read_bytes())
    data[-8] ^= 1
    (tmp_path / "a.ftck").write_bytes(data)
    with pytest.raises(CheckpointError, match="SHA-256"):
        load_checkpoint(tmp_path / "a.ftck", verify=True)
