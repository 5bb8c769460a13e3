"""GGUF against its own library: files in both directions, every block format, and closed to forged headers."""

import struct
import sys

import gguf
import numpy as np
import pytest
from serialize_tables import LACKS, facts, table, tensor

from ft_serialize import CheckpointError, convert, open_tensors, read_tensors, write_tensors

QUANTIZED = sorted((set(gguf.quants._type_traits) - {gguf.GGMLQuantizationType.BF16}), key=int)


def weights(shape=(6, 512)):
    return np.random.default_rng(3).standard_normal(shape).astype(np.float32)


def blocks(kind, rows=6, columns=512):
    """Random bytes as blocks of a type; scales of half precision are kept finite."""
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    return np.random.default_rng(int(kind)).integers(0, 60, (rows, columns // elements * size), dtype=np.uint8)


@pytest.mark.parametrize("mapped", [False, True])
def test_every_quantized_type_reads_as_the_library_dequantizes_it(tmp_path, mapped):
    writer = gguf.GGUFWriter(tmp_path / "a.gguf", "test")
    stored = {kind.name: blocks(kind) for kind in QUANTIZED}
    for name, data in stored.items():
        writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType[name])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with open_tensors(tmp_path / "a.gguf", mmap=mapped) as file:
        for name, data in stored.items():
            expected = gguf.quants.dequantize(data, gguf.GGMLQuantizationType[name]).astype(np.float32)
            assert facts(file[name]) == ("float32", (6, 512), expected.tobytes()), name
            assert file.document.specs[name].encoding == name
            assert file.document.specs[name].stored_bytes == data.nbytes
    assert len(stored) >= 20


def test_a_long_quantized_tensor_is_the_same_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("ft_serialize.gguf_file._BLOCK_ELEMENTS", 1000)
    data = weights((40, 512))
    write_tensors(tmp_path / "a.gguf", {"w": tensor(data)}, encoding="Q8_0")
    expected = gguf.quants.dequantize(gguf.quants.quantize(data, gguf.GGMLQuantizationType.Q8_0), gguf.GGMLQuantizationType.Q8_0)
    assert facts(read_tensors(tmp_path / "a.gguf")["w"])[2] == expected.astype(np.float32).tobytes()


@pytest.mark.parametrize("encoding", ["F32", "F16", "BF16", "Q8_0", "Q4_0"])
def test_the_library_reads_what_we_write(tmp_path, encoding):
    data = weights()
    tensors = {"w": tensor(data), "bias": tensor(data[0]), "odd": tensor(data[:, :50]), "ids": tensor(np.arange(4, dtype=np.int32))}
    metadata = {
        "general.architecture": "llama", "text": "ümlaut", "count": 7, "minus": -7, "wide": 1 << 40, "half": 0.5, "third": 1 / 3, "yes": True,
        "words": ["a", "b"], "numbers": [1, 2, 3], "mixed": [1, -2], "far": [-1, 1 << 31], "floats": [0.5, 1 / 3],
        "huge": 1e300, "unsigned": (1 << 64) - 1,
    }  # fmt: skip
    write_tensors(tmp_path / "a.gguf", tensors, metadata, encoding=encoding)
    reader = gguf.GGUFReader(tmp_path / "a.gguf")
    found = {t.name: t for t in reader.tensors}
    whole = encoding in ("F32", "F16", "BF16")
    kinds = {name: found[name].tensor_type.name for name in tensors}
    assert kinds == {"w": encoding, "bias": encoding if whole else "F32", "odd": encoding if whole else "F32", "ids": "I32"}
    kind = gguf.GGMLQuantizationType[encoding]
    assert found["w"].data.tobytes() == np.ascontiguousarray(gguf.quants.quantize(data, kind)).tobytes()
    assert [int(n) for n in found["w"].shape] == [512, 6]
    assert {key: reader.fields[key].contents() for key in metadata} == metadata
    with open_tensors(tmp_path / "a.gguf") as file:
        assert file.metadata() == metadata
        assert file["w"].shape == (6, 512)


def test_plain_types_pass_as_they_are(tmp_path):
    tensors = table(*LACKS["gguf"])
    del tensors["scalar"]
    write_tensors(tmp_path / "a.gguf", tensors)
    assert {n: facts(t) for n, t in read_tensors(tmp_path / "a.gguf").items()} == {n: facts(t) for n, t in tensors.items()}


def test_half_precision_is_quantized_through_float32(tmp_path):
    data = weights().astype(np.float16)
    write_tensors(tmp_path / "a.safetensors", {"w": tensor(data)})
    convert(tmp_path / "a.safetensors", tmp_path / "a.gguf", encoding="Q4_0")
    kind = gguf.GGMLQuantizationType.Q4_0
    assert (
        gguf.GGUFReader(tmp_path / "a.gguf").tensors[0].data.tobytes()
        == gguf.quants.quantize(data.astype(np.float32), kind).tobytes()
    )


def test_what_cannot_be_written_is_said(tmp_path):
    for tensors, options, reason in [
        ({"w": tensor(weights())}, {"encoding": "Q5_K"}, "encoding among"),
        ({"w": tensor(np.zeros((1, 1, 1, 1, 2), np.float32))}, {}, "at most 4"),
        ({"w": tensor(np.zeros(2))}, {"metadata": {"k": [1, "a"]}}, "mixed lists"),
        ({"w": tensor(np.zeros(2))}, {"metadata": {"k": {"a": 1}}}, "of type dict"),
    ]:
        with pytest.raises(CheckpointError, match=reason):
            write_tensors(tmp_path / "a.gguf", tensors, **options)


def test_without_the_library_the_error_says_what_to_install(tmp_path, monkeypatch):
    write_tensors(tmp_path / "q.gguf", {"w": tensor(weights())}, encoding="Q8_0")
    write_tensors(tmp_path / "f.gguf", {"w": tensor(weights())})
    from ft_serialize import gguf_file

    gguf_file._block.cache_clear()
    monkeypatch.setitem(sys.modules, "gguf", None)
    with pytest.raises(CheckpointError, match=r"pip install ft-serialize\[gguf\]"):
        read_tensors(tmp_path / "q.gguf")
    assert read_tensors(tmp_path / "f.gguf")["w"].shape == (6, 512)


def string(value):
    raw = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(raw)) + raw


def build(pairs=(), tensors=(), data=bytes(64), version=3, counts=None):
    head = b"GGUF" + struct.pack("<IQQ", version, *(counts or (len(tensors), len(pairs))))
    head += b"".join(string(key) + value for key, value in pairs) + b"".join(tensors)
    return head.ljust(-(-len(head) // 32) * 32, b"\0") + data


def info(name="w", dims=(4,), code=0, offset=0, count=None):
    return string(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims) if count is None else count, *dims, code, offset)


U32 = struct.pack("<II", 4, 7)
FORGED = {
    "tensors without end": (build(counts=(1 << 60, 0)), "fewer than"),
    "pairs without end": (build(counts=(0, 1 << 60)), "fewer than"),
    "a key longer than the file": (build([("k", U32)])[:24] + struct.pack("<Q", 1 << 62) + bytes(64), "text of at most"),
    "an array without end": (build([("k", struct.pack("<IIQ", 9, 4, 1 << 60))]), "fewer than"),
    "an array of arrays of arrays": (build([("k", struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 6)]), "nested less"),
    "texts that are not there": (build([("k", struct.pack("<IIQ", 9, 8, 1 << 40))]), "fewer than"),
    "a value type of 99": (build([("k", struct.pack("<I", 99))]), "value type"),
    "a boolean of 7": (build([("k", struct.pack("<IB", 7, 7))]), "0 or 1"),
    "a key twice": (build([("k", U32), ("k", U32)]), "comes twice"),
    "text that is not UTF-8": (build([("k", struct.pack("<I", 8) + string(b"\xff\xfe"))]), "UTF-8"),
    "a tensor twice": (build(tensors=[info(), info(offset=32)]), "two tensors"),
    "overlapping tensors": (build(tensors=[info("a"), info("b")]), "overlap"),
    "a tensor past the end": (build(tensors=[info(offset=64)]), "in a file of"),
    "an offset of terabytes": (build(tensors=[info(offset=1 << 50)]), "in a file of"),
    "a size that overflows": (build(tensors=[info(dims=(1 << 40, 1 << 40))]), "no memory"),
    "an unaligned tensor": (build(tensors=[info(offset=4)]), "aligned to 32"),
    "dimensions without end": (build(tensors=[info(count=1 << 30)]), "at most 8 sizes"),
    "rows of broken blocks": (build(tensors=[info(dims=(33,), code=8)]), "blocks of 32"),
    "an unknown type": (build(tensors=[info(code=4)]), "not known"),
    "an alignment of 3": (build([("general.alignment", struct.pack("<II", 4, 3))]), "power of two"),
    "an alignment of zero": (build([("general.alignment", struct.pack("<II", 4, 0))]), "power of two"),
    "version 1": (build(version=1), "version 2 or 3"),
    "big-endian": (build(version=3 << 24), "big-endian"),
    "an empty file": (b"GGUF", "in all"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_header_is_refused(name):
    data, reason = FORGED[name]
    with pytest.raises(CheckpointError, match=reason):
        read_tensors(data, format="gguf")


def test_the_files_that_are_forged_above_are_sound_but_for_that():
    assert read_tensors(build([("k", U32)], [info(), info("b", offset=32)]), format="gguf").keys() == {"w", "b"}
