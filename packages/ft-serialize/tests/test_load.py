"""How `load` and `save` are asked: map_location, mmap, files, encodings, safe globals, options, pickle modules."""

from __future__ import annotations

import io
import pickle
import re

import numpy as np
import pytest
from serialize_forge import REDUCE, archive, name, read, text
from serialize_forge import pickle as forged
from serialize_standin import MODEL, Device, Storage, Tensor, from_numpy

from ft_serialize import allow_list, locations, options
from ft_serialize.errors import CheckpointError
from ft_serialize.torch_file import load_with, save_with, unsafe_globals


def saved(obj, **how) -> bytes:
    out = io.BytesIO()
    save_with(MODEL, obj, out, **how)
    return out.getvalue()


@pytest.fixture
def one():
    return saved(from_numpy(np.arange(3, dtype=np.float32)))


class Trusted:
    def __init__(self, value=0):
        self.value = value


def double(x):
    return 2 * x


@pytest.mark.parametrize(
    "place", ["cpu", b"cpu", Device("cpu"), {"cpu": "cpu"}, {"cuda:0": "cpu"}, {}, None, lambda s, l: s, lambda s, l: None]
)
def test_map_location_that_means_cpu(one, place):
    assert read(one, map_location=place).array().tolist() == [0, 1, 2]


@pytest.mark.parametrize("place", ["meta", Device("meta"), {"cpu": "meta"}, lambda s, l: Storage(s.nbytes(), "meta")])
def test_map_location_that_means_meta(one, place):
    loaded = read(one, map_location=place)
    assert (loaded.storage.where, loaded.storage.nbytes(), loaded.sizes) == ("meta", 12, (3,))


def test_map_location_callable_sees_storage_and_tag(one):
    seen = []
    read(one, map_location=lambda storage, tag: seen.append((storage.nbytes(), tag)))
    assert seen == [(12, "cpu")]


def test_unusable_and_unknown_devices_are_errors(one):
    with pytest.raises(RuntimeError, match="Attempting to deserialize object on a CUDA device"):
        read(one, map_location="cuda:0")
    with pytest.raises(RuntimeError, match="don't know how to restore data location"):
        read(one, map_location="toaster")


@pytest.mark.parametrize("priority", [5, 50])
def test_registered_package_saves_and_restores(monkeypatch, priority):
    monkeypatch.setattr(locations, "_packages", [])
    locations.register_package(
        priority,
        lambda storage: "toaster" if storage.where == "toaster" else None,
        lambda storage, tag: Storage(storage.data, "toaster") if tag == "toaster" else None,
    )
    assert read(saved(from_numpy(np.ones(2))), map_location="toaster").storage.where == "toaster"
    if priority < 10:  # the stand-in has a tag for any storage, so only an earlier package can name it
        t = from_numpy(np.ones(2))
        t.storage.where = "toaster"
        assert b"toaster" in saved(t)


def test_sharing_survives_and_a_write_shows_in_every_alias():
    t = from_numpy(np.zeros((2, 3)))
    row = Tensor(t.storage, t.dtype, 3, (3,), (1,))
    loaded = read(saved({"all": t, "row": row, "again": t}))
    loaded["row"].array()[:] = 7
    assert loaded["all"].array().tolist() == [[0, 0, 0], [7, 7, 7]]
    assert loaded["again"] is loaded["all"]


def test_one_memory_under_two_dtypes_is_not_saved():
    t = from_numpy(np.zeros(4, np.float32))
    other = from_numpy(np.zeros(4, np.int32))
    other.storage = t.storage
    with pytest.raises(RuntimeError, match="view the same data as different types"):
        saved([t, other])


def test_failed_save_leaves_no_file(tmp_path):
    with pytest.raises(pickle.PicklingError, match="not found as"):
        save_with(MODEL, lambda: 1, tmp_path / "x.pt")
    assert not (tmp_path / "x.pt").exists()


def test_mmap_needs_a_path_and_the_zip_format(one, tmp_path):
    with pytest.raises(ValueError, match="file path"):
        read(one, mmap=True)
    path = tmp_path / "old.pt"
    save_with(MODEL, [1], path, zip_format=False)
    with pytest.raises(RuntimeError, match="mmap can only be used"):
        load_with(MODEL, path, mmap=True)


@pytest.mark.parametrize("shared", [False, True])
def test_writes_to_a_mapped_tensor_reach_the_file_only_if_asked(one, tmp_path, shared):
    path = tmp_path / "one.pt"
    path.write_bytes(one)
    with options.set_default_mmap_options(options.MAP_SHARED if shared else options.MAP_PRIVATE):
        load_with(MODEL, path, mmap=True).array()[0] = 9
    loaded = load_with(MODEL, path, mmap=True)  # a map does not check CRCs, which the write made stale
    assert loaded.array().tolist() == ([9, 1, 2] if shared else [0, 1, 2])


def test_several_legacy_objects_in_one_file():
    out = io.BytesIO()
    for value in ("first", from_numpy(np.ones(3))):
        save_with(MODEL, value, out, zip_format=False)
    out.seek(0)
    assert load_with(MODEL, out) == "first"
    assert load_with(MODEL, out).array().tolist() == [1, 1, 1]


def test_legacy_sizes_that_lie_are_refused():
    data = saved(from_numpy(np.zeros(3, np.float32)), zip_format=False)
    for forged_file, message in (
        (data[:-1], "truncated"),
        (data[:-20] + (4).to_bytes(8, "little") + data[-12:], "the object says 3"),
        (data.replace(b"K\x03Nt", b"K\xffNt"), "more than is left"),
        (b"\x80\x02K\x01." + data[15:], "magic number"),
    ):
        assert forged_file != data
        with pytest.raises(CheckpointError, match=message):
            read(forged_file)


def test_big_endian_files_are_swapped():
    t = from_numpy(np.arange(3, dtype=">f4").astype("f4"))
    data = saved(t)
    swapped = np.arange(3, dtype=">f4").tobytes()
    from ft_serialize.archive import ArchiveReader, ArchiveWriter
    from ft_serialize.source import MemorySource

    reader, out = ArchiveReader(MemorySource(data)), io.BytesIO()
    writer = ArchiveWriter(out.write)
    for record in reader.records:
        writer.record(record, {"byteorder": b"big", "data/0": swapped}.get(record, reader.read(record)))
    writer.close()
    assert read(out.getvalue()).array().tolist() == [0, 1, 2]


def test_files_without_checksums_are_read_and_written(monkeypatch):
    monkeypatch.setitem(options.save_settings.__dict__, "compute_crc32", True)
    options.set_crc32_options(False)
    data = saved(from_numpy(np.arange(2.0)))
    assert read(data).array().tolist() == [0, 1]
    assert data != saved_with_crc()


def saved_with_crc() -> bytes:
    options.set_crc32_options(True)
    return saved(from_numpy(np.arange(2.0)))


def test_file_that_cannot_seek_is_refused():
    class Pipe(io.RawIOBase):
        def seek(self, *args):
            raise io.UnsupportedOperation("seek")

    with pytest.raises(io.UnsupportedOperation, match="pre-load the data into a buffer"):
        load_with(MODEL, Pipe())


def test_missing_and_garbage_files(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_with(MODEL, tmp_path / "none.pt")
    for garbage in (b"", b"hello", b"PK\x03\x04", b"\x80\x02."):
        with pytest.raises(CheckpointError):
            read(garbage)


def test_the_error_is_what_torch_raises_and_names_the_place(tmp_path):
    path = tmp_path / "bad.pt"
    path.write_bytes(archive(forged(name("a", "b"), name("c", "d"), b")", REDUCE)))
    with pytest.raises(pickle.UnpicklingError) as caught:
        load_with(MODEL, path)
    error = caught.value
    assert isinstance(error, RuntimeError)
    assert (error.file, error.record, error.offset) == (str(path), "data.pkl", 2)
    assert re.search(r"Unsupported global: GLOBAL a\.b was not an allowed global by default\. Please use `torch", str(error))
    assert "Also not allowed: c.d" in str(error)


def test_safe_globals_are_allowed_inside_the_block_only():
    data = saved([Trusted(5)])
    path = f"{Trusted.__module__}.Trusted"
    assert unsafe_globals(MODEL, data) == [path]
    with pytest.raises(CheckpointError, match=re.escape(f"GLOBAL {path} was not")):
        read(data)
    with allow_list.safe_globals([Trusted]):
        assert read(data)[0].value == 5
        assert unsafe_globals(MODEL, data) == []
        assert allow_list.get_safe_globals() == [Trusted]
    assert allow_list.get_safe_globals() == []


def test_safe_global_under_another_name():
    data = archive(forged(name("old.place", "twice"), b"K\x05", b"\x85", REDUCE))
    try:
        allow_list.add_safe_globals([(double, "old.place.twice")])
        assert read(data) == 10
    finally:
        allow_list.clear_safe_globals()
    with pytest.raises(CheckpointError):
        read(data)
    with pytest.raises(ValueError, match="length 2"):
        allow_list.add_safe_globals([(double, "a", "b")])
    with pytest.raises(TypeError, match="to be str"):
        allow_list.add_safe_globals([(double, 1)])


def test_failure_inside_an_allowed_function_names_the_place():
    with allow_list.safe_globals([(double, "x.y")]), pytest.raises(CheckpointError, match=r"x\.y: TypeError") as caught:
        read(archive(forged(name("x", "y"), b")", REDUCE)))
    assert isinstance(caught.value.__cause__, TypeError)


def test_a_pickle_module_that_the_caller_passes_runs_the_file():
    assert read(saved([Trusted(5)]), pickle_module=pickle)[0].value == 5
    assert read(saved(from_numpy(np.ones(2))), pickle_module=pickle).array().tolist() == [1, 1]


def test_python_2_strings_follow_the_encoding():
    data = archive(forged(b"U\x02\xc3\xbc"))
    assert read(data) == "ü"
    assert read(data, encoding="bytes") == b"\xc3\xbc"
    assert read(data, encoding="latin1") == "Ã¼"
    with pytest.raises(CheckpointError, match="encoding='latin1'"):
        read(data, encoding="ascii")


def test_self_reference_through_a_list_is_kept():
    loop: list = [text("x")]
    loop.append(loop)
    loaded = read(saved(loop))
    assert loaded[1] is loaded


def test_wide_archive_fields_are_written_and_read():
    import zipfile

    from ft_serialize.archive import ArchiveReader, ArchiveWriter
    from ft_serialize.source import MemorySource

    out = io.BytesIO()
    writer = ArchiveWriter(out.write, zip64_from=100)
    contents = {"small": b"x", "large": b"y" * 150, "late": b"z" * 3, "empty": b""}
    for record, content in contents.items():
        writer.record(record, content)
    writer.close()
    with zipfile.ZipFile(out) as z:
        assert z.testzip() is None
        assert [z.read(f"archive/{record}") for record in contents] == list(contents.values())
    reader = ArchiveReader(MemorySource(out.getvalue()))
    assert {record: reader.read(record) for record in reader.records} == contents
    assert all(record.offset % 64 == 0 for record in reader.records.values())
    with pytest.raises(ValueError, match="unique"):
        writer.record("small", b"")


def test_large_reads_go_forward_in_pieces_and_end_with_the_file(tmp_path, monkeypatch):
    from ft_serialize import source

    monkeypatch.setattr(source, "_PIECE", 1000)
    content = bytes(range(256)) * 40
    (tmp_path / "a").write_bytes(content)
    found = source.open_source(tmp_path / "a")
    places, real = [], found.file

    class Watched:
        def readinto(self, buffer):
            places.append((real.tell(), len(buffer)))
            return real.readinto(buffer)

        def __getattr__(self, name):
            return getattr(real, name)

    found.file = Watched()
    buffer = memoryview(bytearray(10_001))
    found.readinto(7, buffer)
    assert bytes(buffer) == content[7:10_008]
    assert places == [(7 + at, min(1000, 10_001 - at)) for at in range(0, 10_001, 1000)]
    (tmp_path / "a").write_bytes(content[:100])
    with pytest.raises(CheckpointError, match="became shorter"):
        found.readinto(7, buffer)
    found.close()
