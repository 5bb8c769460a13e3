"""npy and npz against NumPy itself, and against files that would have it execute or unpack too much."""

import io
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest
from serialize_tables import facts, table, tensor

from ft_serialize import CheckpointError, convert, open_tensors, read_tensors, write_tensors

ARRAYS = {
    "plain": np.arange(12, dtype=np.float32).reshape(3, 4),
    "fortran": np.asfortranarray(np.arange(24).reshape(2, 3, 4)),
    "big": np.arange(5, dtype=">f8"),
    "big_complex": np.array([1 + 2j, 3 - 4j], ">c16"),
    "scalar": np.float64(2.5),
    "empty": np.empty((0, 3), np.int16),
    "flags": np.array([True, False]),
}


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("mapped", [False, True])
def test_we_read_numpys_archives(tmp_path, save, mapped):
    save(tmp_path / "a.npz", **ARRAYS)
    found = read_tensors(tmp_path / "a.npz", mmap=mapped)
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        native = array.astype(array.dtype.newbyteorder("="))
        assert facts(found[name]) == (native.dtype.name, native.shape, native.tobytes()), name


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_we_read_numpys_arrays(name, version):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asanyarray(ARRAYS[name]), version=version)
    native = ARRAYS[name].astype(ARRAYS[name].dtype.newbyteorder("="))
    assert facts(read_tensors(file.getvalue())["array"]) == (native.dtype.name, native.shape, native.tobytes())


def test_numpy_reads_ours(tmp_path):
    tensors = table("bfloat16", "float8_e4m3fn", "float8_e5m2")
    write_tensors(tmp_path / "a.npz", tensors, {"k": "v"})
    with np.load(tmp_path / "a.npz", allow_pickle=False) as found:
        assert {n: (found[n].dtype.name, found[n].shape, found[n].tobytes()) for n in tensors} == {
            n: facts(t) for n, t in tensors.items()
        }
    write_tensors(tmp_path / "a.npy", {"w": tensors["weight"]})
    assert np.load(tmp_path / "a.npy").tobytes() == facts(tensors["weight"])[2]


def test_a_single_array_says_what_it_cannot_hold(tmp_path):
    for tensors, reason in [(table(), "npy holds one"), ({"x": table()["bfloat16"]}, "npy cannot say bfloat16")]:
        with pytest.raises(CheckpointError, match=reason):
            write_tensors(tmp_path / "a.npy", tensors)


def npy(header, data=b"", version=1):
    raw = header.encode("latin-1")
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(raw)) + raw + data


def text(descr="'<f4'", shape="(2,)", order="False"):
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


FORGED = {
    "an object array": (npy(text("'|O'"), b"\x80\x04\x95cposix\nsystem\n."), "object and structured"),
    "fields with objects": (npy(text("[('a', '|O')]"), bytes(8)), "object and structured"),
    "an expression for a header": (npy("{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2,), }"), "expected a header"),
    "nested parentheses": (npy("(" * 9000 + ")" * 900), "expected a header"),
    "sums in a shape": (npy(text(shape="(1 + 1,)"), bytes(8)), "expected a header"),
    "a negative size": (npy(text(shape="(-2,)"), bytes(8)), "expected a header"),
    "sizes without commas": (npy(text(shape="(1 2)"), bytes(8)), "expected a header"),
    "a shape that overflows": (npy(text(shape="(4000000000000, 4000000000000)"), bytes(8)), "no memory"),
    "more data than the shape": (npy(text(), bytes(12)), "expected 8 bytes"),
    "less data than the shape": (npy(text(), bytes(4)), "expected 8 bytes"),
    "a header past the end": (npy(text(), bytes(8))[:40], "inside the file"),
    "a header of megabytes": (npy(text() + " " * (1 << 20), bytes(8), version=2), "at most 10000"),
    "version 9": (npy(text(), bytes(8), version=9), "version 1, 2 or 3"),
    "raw bytes without a name": (npy(text("'|V2'"), bytes(4)), "were they bfloat16"),
    "text": (npy(text("'<U1'"), bytes(8)), "dtype of numbers"),
    "dates": (npy(text("'<M8'"), bytes(16)), "dtype of numbers"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_array_is_refused(name):
    data, reason = FORGED[name]
    with pytest.raises(CheckpointError, match=reason):
        read_tensors(data, format="npy")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.npy", data)
    with pytest.raises(CheckpointError, match=reason):
        read_tensors(archive.getvalue(), format="npz")


def zipped(*members, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *a, **k: None)  # a duplicate is what is wanted here
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


GOOD = npy(text(), bytes(8))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(("a.npy", GOOD), ("a.npy", GOOD)), "two records"),
        (zipped(("../a.npy", GOOD)), "member named"),
        (zipped(("/a.npy", GOOD)), "member named"),
        (zipped(("a.pkl", GOOD)), "member named"),
        (zipped(("a.npy", GOOD), method=zipfile.ZIP_BZIP2), "method 12"),
        (zipped(("a.npy", GOOD), method=zipfile.ZIP_LZMA), "method 14"),
    ],
)
def test_a_forged_archive_is_refused(data, reason):
    with pytest.raises(CheckpointError, match=reason):
        read_tensors(data, format="npz")


def test_damage_in_a_member_is_found_by_its_checksum():
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = bytearray(zipped(("a.npy", npy(text(shape="(1000,)"), bytes(range(200)) * 20)), method=method))
        data[150] ^= 4
        with pytest.raises(CheckpointError) as caught:
            read_tensors(bytes(data), format="npz")
        assert caught.value.record in ("a.npy", "a")


def test_a_bomb_is_refused_before_it_is_unpacked_and_streams_where_asked(tmp_path):
    count = 40_000_000
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("a.npy", "w") as member:
        member.write(npy(text(shape=f"({count},)")))
        for _ in range(count // 1_000_000):
            member.write(bytes(4_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match="frankentorch convert"):
            read_tensors(path)
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size + (64 << 20)
        tracemalloc.reset_peak()
        convert(path, tmp_path / "flat.safetensors")
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    with open_tensors(tmp_path / "flat.safetensors") as file:
        assert file["a"].shape == (count,)


def test_bfloat16_needs_its_name(tmp_path):
    write_tensors(tmp_path / "a.npz", {"x": tensor(table()["bfloat16"].float().numpy()).bfloat16()})
    assert read_tensors(tmp_path / "a.npz")["x"].dtype.name == "bfloat16"
