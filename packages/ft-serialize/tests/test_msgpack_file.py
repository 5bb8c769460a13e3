"""msgpack tensors in Flax's spelling, and the bounded reader under them."""

import struct
import tracemalloc

import msgpack
import numpy as np
import pytest
from serialize_tables import facts, table, tensor

from ft_serialize import CheckpointError, open_tensors, read_tensors, write_tensors
from ft_serialize.packed import Extension, Span, unpack
from ft_serialize.source import MemorySource


def array(value, dtype=None, shape=None):
    """An array as flax.serialization writes it."""
    content = [list(value.shape) if shape is None else shape, dtype or value.dtype.name, value.tobytes()]
    return msgpack.ExtType(1, msgpack.packb(content, use_bin_type=True))


def read(obj):
    return read_tensors(obj if isinstance(obj, bytes) else msgpack.packb(obj), format="msgpack")


def test_a_file_of_flax_is_read_with_its_nesting(tmp_path):
    kernel, bias = np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(20_000, np.float16)
    path = tmp_path / "flax_model.msgpack"
    path.write_bytes(msgpack.packb({"params": {"dense": {"kernel": array(kernel), "bias": array(bias)}}, "step": 7}))
    for mapped in (False, True):
        with open_tensors(path, mmap=mapped) as file:
            assert file.keys() == ["params.dense.kernel", "params.dense.bias"]
            assert file["params.dense.bias"].tolist() == bias.tolist()
            assert file.tree()["step"] == 7


def test_msgpack_reads_ours_as_flax_would(tmp_path):
    tensors = table()
    write_tensors(tmp_path / "a.msgpack", tensors)
    found = msgpack.unpackb((tmp_path / "a.msgpack").read_bytes(), ext_hook=lambda code, data: (code, *msgpack.unpackb(data)))
    assert {n: (f[0], f[2], tuple(f[1]), f[3]) for n, f in found.items()} == {
        n: (1, facts(t)[0], facts(t)[1], facts(t)[2]) for n, t in tensors.items()
    }


def test_large_arrays_in_pieces_are_joined(tmp_path, monkeypatch):
    whole = np.arange(1000, dtype=np.int32).reshape(10, 100)
    pieces = {"0": array(whole.reshape(-1)[:600]), "1": array(whole.reshape(-1)[600:])}
    marked = {"w": {"__msgpack_chunked_array__": True, "shape": {"0": 10, "1": 100}, "chunks": pieces}}
    assert facts(read(marked)["w"])[2] == whole.tobytes()
    monkeypatch.setattr("ft_serialize.msgpack_file._CHUNK_LIMIT", 1600)
    write_tensors(tmp_path / "a.msgpack", {"w": tensor(whole)})
    assert set(msgpack.unpackb((tmp_path / "a.msgpack").read_bytes())["w"]["chunks"]) == {"0", "1", "2"}
    assert facts(read_tensors(tmp_path / "a.msgpack")["w"]) == ("int32", (10, 100), whole.tobytes())


ONE = np.ones(2, np.float32)
FORGED = {
    "an array that lies about its size": ({"w": array(ONE, shape=[3])}, "expected 12 bytes"),
    "a negative size": ({"w": array(ONE, shape=[-2])}, "shape"),
    "a dtype of objects": ({"w": array(ONE, dtype="object")}, "dtype of torch's"),
    "an unknown extension": ({"w": msgpack.ExtType(77, b"")}, "code 1 to 3"),
    "an extension of rubbish": ({"w": msgpack.ExtType(1, b"\x01")}, "shape, dtype and bytes"),
    "plain binary": ({"w": bytes(100_000)}, "plain binary"),
    "a chunk that is missing": ({"w": {"__msgpack_chunked_array__": True, "shape": {"0": 2}, "chunks": {"1": array(ONE)}}}, "as chunk 0"),
    "chunks that do not fill": ({"w": {"__msgpack_chunked_array__": True, "shape": {"0": 4}, "chunks": {"0": array(ONE)}}}, "in all chunks"),
    "an array header without end": (b"\xdd\xff\xff\xff\xff", "more elements than bytes"),
    "nested headers without end": (b"\xdd\x00\x00\xff\xff" * 50 + bytes(70_000), "nesting|more elements"),
    "a map without end": (b"\xdf\xff\xff\xff\xff", "more elements"),
    "a text without end": (b"\xdb\xff\xff\xff\xff", "ends at"),
    "deep nesting": (b"\x91" * 1000 + b"\x01", "at most 64"),
    "a key twice": (b"\x82\xa1a\x01\xa1a\x02", "each key once"),
    "a list for a key": (b"\x81\x90\x01", "each key once"),
    "two objects": (b"\x01\x01", "something follows"),
    "a byte that begins nothing": (b"\xc1", "begins no msgpack"),
    "nothing": (b"", "ends at|in all"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_refused(name):
    content, reason = FORGED[name]
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=reason):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_the_reader_agrees_with_msgpack():
    values = [
        None, True, 0, 127, 128, -1, -33, 255, 256, 65536, 1 << 32, -(1 << 63), 1.5, "", "x" * 40, "y" * 300, "ü" * 40_000, b"", b"z" * 300,
        [], [1] * 20, [[2] * 70_000], {}, {"a": {1: None}}, {str(i): i for i in range(20)}, struct.unpack("<f", b"\0\0\xc0?")[0],
    ]  # fmt: skip
    for value in values:
        raw = msgpack.packb(value)
        assert unpack(MemorySource(b"?" + raw + b"?"), 1, 1 + len(raw)) == value
    raw = msgpack.packb(bytes(70_000))
    assert unpack(MemorySource(raw), 0, len(raw)) == Span(5, 70_000)
    for size in (1, 2, 3, 4, 8, 16, 300, 70_000):
        raw = msgpack.packb(msgpack.ExtType(5, bytes(size)))
        assert unpack(MemorySource(raw), 0, len(raw)) == Extension(5, len(raw) - size, size)


def test_what_flax_cannot_read_is_not_written(tmp_path):
    with pytest.raises(CheckpointError, match="msgpack has no set"):
        write_tensors(tmp_path / "a.msgpack", {"w": tensor(ONE), "s": {1}})
    with pytest.raises(CheckpointError, match="keys that are text"):
        write_tensors(tmp_path / "a.msgpack", {"w": tensor(ONE), "s": {2.5: 1}})
