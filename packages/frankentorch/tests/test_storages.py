"""torch.storage and what torch.serialization has beside files: expressions with torch's own answers, which the oracle test checks."""

from __future__ import annotations

import io
import os
import warnings
from types import SimpleNamespace

import pytest

import frankentorch
from ft_dispatch import typed_storage

pytestmark = pytest.mark.filterwarnings("ignore:TypedStorage is deprecated")

ANSWERS = {
    "torch.UntypedStorage(3).nbytes()": "3",
    "torch.UntypedStorage([1, 2, 255]).tolist()": "[1, 2, 255]",
    "torch.UntypedStorage(3, device='meta')": "...\n[torch.storage.UntypedStorage(device=meta) of size 3]",
    "torch.UntypedStorage([7, 8])": " 7\n 8\n[torch.storage.UntypedStorage(device=cpu) of size 2]",
    "torch.UntypedStorage('a')": "RuntimeError",
    "torch.UntypedStorage(3, 4)": "TypeError",
    "torch.UntypedStorage(-1)": "RuntimeError",
    "torch.UntypedStorage([1, 2])[5]": "IndexError: index 5 out of range for storage of size 2",
    "torch.UntypedStorage([1, 2])['a']": "TypeError: can't index a torch.UntypedStorage with str",
    "torch.UntypedStorage([1, 2]).copy_(torch.UntypedStorage(3))": "RuntimeError: size does not match, self was 2 bytes but src was 3 bytes",
    "torch.UntypedStorage([1, 2, 3])[0:2].tolist()": "[1, 2]",
    "torch.UntypedStorage([1, 2]).fill_(3).tolist()": "[3, 3]",
    "torch.UntypedStorage([1, 2]).element_size()": "1",
    "torch.UntypedStorage([1, 2]).type()": "'torch.storage.UntypedStorage'",
    "torch.UntypedStorage([1, 2]).new().nbytes()": "0",
    "torch.UntypedStorage([1, 2]).float().tolist()": "[1.0, 2.0]",
    "torch.UntypedStorage([1, 2]).bool().type()": "'torch.BoolStorage'",
    "torch.UntypedStorage([1, 2]).is_shared()": "False",
    "torch.UntypedStorage([1, 2]).share_memory_().is_shared()": "True",
    "torch.UntypedStorage([1, 2]).get_device()": "None",
    "torch.UntypedStorage([1, 2]).is_sparse": "False",
    "torch.UntypedStorage([1, 2]).to(device='cpu').tolist()": "[1, 2]",
    "torch.UntypedStorage([1, 2]).filename": "None",
    "torch.UntypedStorage([1, 2]).hpu()": "AssertionError: HPU device module is not loaded",
    "swapped(torch.UntypedStorage([1, 2, 3, 4]), torch.int16)": "[2, 1, 4, 3]",
    "swapped(torch.UntypedStorage([1, 2, 3, 4, 5, 6, 7, 8]), torch.complex64)": "[4, 3, 2, 1, 8, 7, 6, 5]",
    "torch.UntypedStorage.from_buffer(b'\\x01\\x02\\x03\\x04', dtype=torch.int16, byte_order='big').tolist()": "[2, 1, 4, 3]",
    "torch.UntypedStorage.from_buffer(b'abcd', dtype=torch.float32)":
        "RuntimeError: function missing required argument 'byte_order' (pos 2)",
    "torch.FloatStorage([1, 2])": " 1.0\n 2.0\n[torch.storage.TypedStorage(dtype=torch.float32, device=cpu) of size 2]",
    "torch.FloatStorage()": " \n[torch.storage.TypedStorage(dtype=torch.float32, device=cpu) of size 0]",
    "torch.LongStorage([1.5]).tolist()": "[1]",
    "torch.FloatStorage('a')": "TypeError: new(): invalid data type 'str'",
    "torch.FloatStorage(1, 2)": "RuntimeError",
    "torch.FloatStorage(device='meta')": "RuntimeError",
    "torch.FloatStorage(wrap_storage=3)": "TypeError",
    "torch.FloatStorage(torch.UntypedStorage(4))": "TypeError",
    "torch.FloatStorage(wrap_storage=torch.UntypedStorage([0, 0, 128, 63])).tolist()": "[1.0]",
    "torch.TypedStorage([1, 2], dtype=torch.int32).tolist()": "[1, 2]",
    "torch.TypedStorage(wrap_storage=torch.UntypedStorage(8))": "RuntimeError",
    "torch.TypedStorage(1, 2, dtype=torch.int32)": "RuntimeError",
    "torch.FloatStorage.dtype": "torch.float32",
    "torch.Storage is torch.FloatStorage": "True",
    "torch.tensor([1., 2.]).storage().dtype": "torch.float32",
    "torch.tensor([1., 2.]).storage().size()": "2",
    "torch.tensor([1., 2.]).storage().nbytes()": "8",
    "torch.tensor([1., 2.]).storage()[1]": "2.0",
    "torch.tensor([1., 2.]).storage()[0:1]": "RuntimeError: slices are only supported in UntypedStorage.__getitem__",
    "torch.tensor([1., 2.]).storage()[9]": "IndexError: index 9 out of range for storage of size 2",
    "torch.tensor([1., 2.]).storage().type()": "'torch.FloatStorage'",
    "torch.tensor([1., 2.]).storage().pickle_storage_type()": "'FloatStorage'",
    "torch.tensor([1., 2.]).storage().int().tolist()": "[1, 2]",
    "torch.tensor([1., 2.]).storage().complex_float().tolist()": "[(1+0j), (2+0j)]",
    "torch.tensor([1., 2.]).storage().fill_(4).tolist()": "[4.0, 4.0]",
    "torch.tensor([1., 2.]).storage().clone().tolist()": "[1.0, 2.0]",
    "torch.tensor([1., 2.]).storage().copy_(torch.FloatStorage(1))": "RuntimeError: size does not match, self was 8 bytes but src was 4 bytes",
    "len(torch.tensor([1., 2.]).storage())": "2",
    "list(torch.tensor([1., 2.]).storage())": "[1.0, 2.0]",
    "torch.tensor([1., 2.]).storage().untyped().nbytes()": "8",
    "isinstance(torch.tensor([1., 2.]).storage(), torch.FloatStorage)": "True",
    "isinstance(torch.tensor([1., 2.]).storage(), torch.LongStorage)": "False",
    "torch.is_storage(torch.tensor([1., 2.]).storage())": "True",
    "torch.tensor([1, 2]).storage_type() is torch.LongStorage": "True",
    "torch.empty(0).set_(torch.FloatStorage([1, 2])).tolist()": "[1.0, 2.0]",
    "same_memory(torch.arange(4.))": "True",
    "torch.serialization.check_module_version_greater_or_equal(versioned('2.5.1'), (2, 3))": "True",
    "torch.serialization.check_module_version_greater_or_equal(versioned('2.5.1'), (2, 6, 0))": "False",
    "torch.serialization.check_module_version_greater_or_equal(versioned('x'), (2,))":
        "RuntimeError: 'm' module version string is malformed 'x' and cannot be compared with tuple (2,)",
    "torch.serialization.normalize_storage_type(torch.LongStorage) is torch.LongStorage": "True",
    "torch.serialization.validate_cuda_device('cuda:0')": "RuntimeError",
}  # fmt: skip


def swapped(storage, dtype):
    storage.byteswap(dtype)
    return storage.tolist()


def same_memory(x):
    """Whether a write through the storage shows in the tensor."""
    x.storage()[0] = 9
    return x[0].item() == 9 and x.storage().data_ptr() == x.data_ptr()


def versioned(version):
    return SimpleNamespace(__name__="m", __version__=version)


def answer(torch, expression):
    """The repr of the value, or the exception; without a text in the table its class is enough."""
    names = {"torch": torch, "swapped": swapped, "same_memory": same_memory, "versioned": versioned}
    try:
        return repr(eval(expression, names))
    except Exception as error:  # noqa: BLE001  # which is part of the answers
        text = f"{type(error).__name__}: {error}"
        return text if ": " in ANSWERS[expression] else type(error).__name__


@pytest.mark.parametrize("expression", ANSWERS)
def test_answers(expression):
    assert answer(frankentorch, expression) == ANSWERS[expression]


@pytest.mark.oracle
@pytest.mark.parametrize("expression", ANSWERS)
def test_the_answers_are_torchs(expression):
    import torch

    assert answer(torch, expression) == ANSWERS[expression]


def test_the_deprecation_is_told_once(monkeypatch):
    monkeypatch.setattr(typed_storage, "_warned", [])
    with pytest.warns(UserWarning, match="TypedStorage is deprecated"):
        frankentorch.arange(3).storage()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frankentorch.FloatStorage(3)


def test_mapped_storages_write_through_only_where_shared(tmp_path):
    path = tmp_path / "a"
    frankentorch.UntypedStorage.from_file(path, shared=True, nbytes=4).fill_(7)
    assert path.read_bytes() == b"\7\7\7\7"
    private = frankentorch.UntypedStorage.from_file(path, nbytes=4)
    private[0] = 9
    assert (private.tolist(), path.read_bytes()) == ([9, 7, 7, 7], b"\7\7\7\7")
    assert frankentorch.ByteStorage.from_file(path, size=2).tolist() == [7, 7]
    with pytest.raises(RuntimeError, match="size <4> is smaller than the required mapping size <5>"):
        frankentorch.UntypedStorage.from_file(path, nbytes=5)


def test_skipped_data_are_neither_written_nor_read():
    whole, blank = io.BytesIO(), io.BytesIO()
    frankentorch.save(frankentorch.ones(1000), whole)
    with frankentorch.serialization.skip_data():
        frankentorch.save(frankentorch.ones(1000), blank)
    assert len(whole.getvalue()) == len(blank.getvalue())
    assert frankentorch.load(io.BytesIO(blank.getvalue())).count_nonzero() == 0
    with frankentorch.serialization.skip_data():
        assert frankentorch.load(io.BytesIO(whole.getvalue())).shape == (1000,)
    assert frankentorch.load(io.BytesIO(whole.getvalue())).sum() == 1000


def test_a_temporary_folder_goes_with_its_block():
    with frankentorch.serialization.mkdtemp() as folder:
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)


def stored(torch):
    x = torch.tensor([1.0, 2.0])
    return {"typed": x.storage(), "tensor": x, "untyped": torch.UntypedStorage([1, 2])}


@pytest.mark.parametrize("zip_format", [True, False])
def test_storages_in_files_stay_what_they_are(zip_format):
    out = io.BytesIO()
    frankentorch.save(stored(frankentorch), out, _use_new_zipfile_serialization=zip_format)
    check_stored(frankentorch, frankentorch.load(io.BytesIO(out.getvalue())))


@pytest.mark.oracle
def test_storages_in_files_go_both_ways():
    import torch

    for writer, reader in ((frankentorch, torch), (torch, frankentorch)):
        out = io.BytesIO()
        writer.save(stored(writer), out)
        check_stored(reader, reader.load(io.BytesIO(out.getvalue()), weights_only=True))


def check_stored(torch, found):
    """Dtypes and elements, and that the tensor still stands on the storage."""
    assert (type(found["typed"]), found["typed"].dtype) == (torch.TypedStorage, torch.float32)
    assert (found["typed"].tolist(), found["untyped"].tolist()) == ([1.0, 2.0], [1, 2])
    found["tensor"].fill_(5)
    assert found["typed"].tolist() == [5.0, 5.0]
