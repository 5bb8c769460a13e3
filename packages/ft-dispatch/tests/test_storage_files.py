"""Storages over files: what they read, what they write, what they refuse. Beside the ops, since ft-core alone has no memory of a CPU."""

import numpy as np
import pytest

from ft_core import UntypedStorage


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sixteen"
    path.write_bytes(bytes(range(16)))
    return path


def test_private_mapping_reads_the_file_and_never_writes_it(file):
    storage = UntypedStorage.from_file(str(file), False, 8)
    assert (storage.nbytes(), storage.tolist(), storage.device.type) == (8, list(range(8)), "cpu")
    storage[0] = 99
    assert storage[0] == 99
    assert file.read_bytes() == bytes(range(16))


def test_shared_mapping_writes_the_file_and_lengthens_it(file):
    storage = UntypedStorage.from_file(file, True, 20)
    storage[19] = 7
    del storage
    assert file.read_bytes() == bytes(range(16)) + b"\0\0\0\7"


def test_shared_mapping_makes_the_file(tmp_path):
    storage = UntypedStorage.from_file(str(tmp_path / "new"), shared=True, nbytes=4)
    assert storage.tolist() == [0, 0, 0, 0]
    assert (tmp_path / "new").stat().st_size == 4


def test_no_bytes_are_no_mapping(file):
    assert UntypedStorage.from_file(str(file)).nbytes() == 0


@pytest.mark.parametrize(
    ("name", "shared", "nbytes", "error", "message"),
    [
        ("sixteen", False, 17, RuntimeError, r"size <16> is smaller than the required mapping size <17>"),
        ("absent", False, 1, RuntimeError, r"unable to open file <.*absent> in read-only mode: No such file or directory \(2\)"),
        ("absent/deeper", True, 1, RuntimeError, r"unable to open file <.*deeper> in read-write mode"),
        ("sixteen", False, -1, RuntimeError, r"unable to mmap -1 bytes from file"),
        (3, False, 1, TypeError, r"filename must be str, not int"),
    ],
)
def test_what_cannot_be_mapped_says_why(file, name, shared, nbytes, error, message):
    path = name if isinstance(name, int) else str(file.parent / name)
    with pytest.raises(error, match=message):
        UntypedStorage.from_file(path, shared, nbytes)
    assert file.read_bytes() == bytes(range(16))


def test_untyped_is_the_storage_itself_and_mapped_memory_stays_where_it_is(file):
    storage = UntypedStorage.from_file(str(file), False, 16)
    assert storage.untyped() is storage
    assert np.shares_memory(storage[4:8].bytes(), storage.bytes())
    with pytest.raises(RuntimeError, match="not resizable"):
        storage.resize_(32)
