"""PyTorchFileReader and PyTorchFileWriter: what one writes the other reads, and torch's too."""

import io

import pytest
from serialize_tables import tensor, torch

import ft_serialize
from ft_serialize import CheckpointError, PyTorchFileReader, PyTorchFileWriter


def written(file):
    writer = PyTorchFileWriter(file)
    writer.write_record("a", b"123", 3)
    writer.write_record("folder/t", tensor([1.0, 2.0]).untyped_storage(), 16)
    writer.write_record("empty", "", 0)
    assert (writer.get_all_written_records(), writer.serialization_id()) == ({"a", "folder/t", "empty"}, "")
    writer.write_end_of_file()
    return writer


NAMES = ["a", "folder/t", "empty", "version", "byteorder", ".data/serialization_id"]


def test_records_come_back(tmp_path):
    writer = written(tmp_path / "w.pt")
    reader = PyTorchFileReader(str(tmp_path / "w.pt"))
    assert (writer.archive_name(), reader.get_all_records()) == ("w", NAMES)
    assert (reader.get_record("a"), reader.get_record("version"), reader.get_record_size("folder/t")) == (b"123", b"3\n", 16)
    assert (reader.has_record("a"), reader.has_record("b")) == (True, False)
    assert reader.serialization_id() == writer.serialization_id()
    raw = (tmp_path / "w.pt").read_bytes()
    assert raw[reader.get_record_offset("a") :][:3] == b"123"
    assert raw[reader.get_record_header_offset("a") :][:4] == b"PK\x03\x04"
    found = reader.get_storage_from_record("folder/t", 2, torch.float64)
    assert (found.numel(), found.set_(found.untyped_storage()).tolist()) == (0, [1.0, 2.0])


def test_a_file_that_was_not_finished_is_not_there(tmp_path):
    writer = PyTorchFileWriter(tmp_path / "w.pt")
    writer.write_record("a", b"123", 3)
    with pytest.raises(ValueError, match="written before"):
        writer.write_record("a", b"1", 1)
    with pytest.raises(ValueError, match="5 bytes, 1 were given"):
        writer.write_record("b", b"1", 5)
    del writer
    assert not list(tmp_path.iterdir())
    with pytest.raises(RuntimeError, match="was finished"):
        written(io.BytesIO()).write_record("b", b"", 0)


def test_what_cannot_be_read_is_refused(tmp_path):
    out = io.BytesIO()
    ft_serialize.save({"a": tensor([1.5])}, out)
    reader = PyTorchFileReader(io.BytesIO(out.getvalue()))
    with pytest.raises(RuntimeError, match="failed locating file x: file not found"):
        reader.get_record("x")
    with pytest.raises(RuntimeError, match="does not match expected size"):
        reader.get_storage_from_record("data/0", 30, torch.float32)
    with pytest.raises(CheckpointError, match="central directory"):
        PyTorchFileReader(io.BytesIO(b"abc"))
    with pytest.raises(ValueError, match="storage_alignment: expected an int from 1 to 65472, got 0"):
        PyTorchFileWriter(io.BytesIO(), storage_alignment=0)


@pytest.mark.oracle
def test_torch_reads_ours_and_we_read_torchs(tmp_path):
    oracle = pytest.importorskip("torch")
    written(tmp_path / "w.pt")
    theirs = oracle._C.PyTorchFileReader(str(tmp_path / "w.pt"))
    ours = PyTorchFileReader(tmp_path / "w.pt")
    assert theirs.get_all_records() == NAMES
    for name in NAMES:
        assert theirs.get_record(name) == ours.get_record(name)
        assert theirs.get_record_offset(name) == ours.get_record_offset(name)
    writer = oracle._C.PyTorchFileWriter(str(tmp_path / "t.pt"))
    writer.write_record("a", b"123", 3)
    writer.write_end_of_file()
    again = PyTorchFileReader(tmp_path / "t.pt")
    assert (again.get_all_records(), again.get_record("a")) == (["a", "version", "byteorder", ".data/serialization_id"], b"123")
    assert again.serialization_id() == writer.serialization_id()
