"""Bytes under tensors: how storages are made, read, moved, resized and shared, and what they refuse."""

import copy
import pickle

import numpy as np
import pytest

from ft_core import UntypedStorage
from ft_core.backend import BACKENDS, backend_for
from ft_core.device import device, register_device_type
from ft_core.dtype import BY_NAME
from ft_core.storage import storage_from_bytes, storage_of
from ft_dispatch import surface as torch

FORMS = """torch.UntypedStorage() received an invalid combination of arguments - got ({}), but expected one of:
 * (*, torch.device device = None)
 * (int size, *, torch.device device = None)
 * (object sequence, *, torch.device device = None)"""


def of(*values):
    return UntypedStorage(list(values))


@pytest.mark.parametrize(
    ("args", "values"),
    [((), []), ((0,), []), (([],), []), (([1, 2, 300, -1],), [1, 2, 44, 255]), (((7,),), [7])],
)
def test_storages_are_made_of_sizes_and_sequences(args, values):
    storage = UntypedStorage(*args)
    assert (storage.tolist(), storage.nbytes(), storage.size(), len(storage)) == (values, *[len(values)] * 3)
    assert (str(storage.device), storage.is_cuda, storage.exported, storage.resizable, storage.generation) == (
        "cpu",
        False,
        False,
        True,
        0,
    )
    assert UntypedStorage(5).nbytes() == 5


@pytest.mark.parametrize(
    ("args", "kind", "text"),
    [
        (("a", 1, None), TypeError, FORMS.format("str, int")),
        ((1.5,), TypeError, FORMS.format("float")),
        ((-1,), RuntimeError, "torch.UntypedStorage(): expected a size of 0 or more bytes, got -1"),
        (
            ([1, 2.5],),
            RuntimeError,
            "torch.UntypedStorage(): tried to construct a storage from a sequence (list), but one of the items was of type float instead "  # noqa: ISC004
            "of int",
        ),
    ],
)
def test_other_arguments_are_refused(args, kind, text):
    with pytest.raises(kind) as caught:
        UntypedStorage(*args)
    assert str(caught.value) == text


def test_storages_on_meta_have_a_size_only():
    storage = UntypedStorage(12, device="meta")
    assert (storage.nbytes(), storage.device.type, repr(storage)) == (
        12,
        "meta",
        "...\n[torch.storage.UntypedStorage(device=meta) of size 12]",
    )
    assert of(1, 2).to(device="meta").nbytes() == 2


def test_attributes_are_slots():
    storage = of(1)
    with pytest.raises(AttributeError, match=r"^'UntypedStorage' object has no attribute 'colour'$"):
        storage.colour  # noqa: B018  # reading is the call
    assert (storage.is_sparse, storage.is_sparse_csr, storage.is_hpu, storage.filename, storage.get_device()) == (
        False,
        False,
        False,
        None,
        None,
    )
    assert (storage.element_size(), storage.is_pinned(), storage.untyped() is storage, storage.new().nbytes()) == (
        1,
        False,
        True,
        0,
    )


@pytest.mark.parametrize(("index", "value"), [(0, 1), (-1, 3), (-3, 1), (2, 3)])
def test_an_index_reads_and_writes_one_byte(index, value):
    storage = of(1, 2, 3)
    assert storage[index] == value
    assert type(storage[index]) is int
    storage[index] = 9
    assert sorted(storage) == sorted({1, 2, 3} - {value} | {9})


@pytest.mark.parametrize(
    ("part", "values"), [(slice(1, 3), [2, 3]), (slice(None), [1, 2, 3]), (slice(0, 2, 1), [1, 2]), (slice(2, 1), [])]
)
def test_a_slice_looks_at_the_same_bytes(part, values):
    storage = of(1, 2, 3)
    piece = storage[part]
    assert (piece.tolist(), piece.nbytes(), piece.resizable) == (values, len(values), False)
    storage[part] = 0
    assert piece.tolist() == [0] * len(values)


@pytest.mark.parametrize(
    ("index", "kind", "text"),
    [
        (3, IndexError, "index 3 out of range for storage of size 3"),
        (-4, IndexError, "index -4 out of range for storage of size 3"),
        ("a", TypeError, "can't index a torch.UntypedStorage with str"),
        (slice(0, 3, 2), RuntimeError, "Trying to slice with a step of 2, but only a step of 1 is supported"),
    ],
)
def test_an_index_that_is_none_is_refused(index, kind, text):
    storage = of(1, 2, 3)
    for call in (lambda: storage[index], lambda: storage.__setitem__(index, 0)):
        with pytest.raises(kind) as caught:
            call()
        assert str(caught.value) == text
    assert storage.tolist() == [1, 2, 3]


def test_addresses():
    assert UntypedStorage().data_ptr() == 0
    storage = of(1, 2)
    assert storage.data_ptr() == storage.bytes().ctypes.data == storage[:].data_ptr()


def test_copies_have_bytes_of_their_own():
    storage = of(1, 2)
    twin, deep, again = storage.clone(), *copy.deepcopy([storage, storage])
    assert deep is again
    loaded = pickle.loads(pickle.dumps(storage))
    storage.fill_(7)
    assert [s.tolist() for s in (storage, twin, deep, loaded)] == [[7, 7], [1, 2], [1, 2], [1, 2]]
    assert storage != twin
    assert storage == storage  # equality is identity
    assert len({storage, twin, storage}) == 2


def test_bytes_are_filled_and_copied_in_place():
    storage = of(1, 2)
    assert storage.fill_(257) is storage
    assert storage.tolist() == [1, 1]
    assert storage.copy_(of(5, 6)) is storage
    assert storage.tolist() == [5, 6]
    with pytest.raises(RuntimeError, match=r"^size does not match, self was 2 bytes but src was 3 bytes$"):
        storage.copy_(of(1, 2, 3))
    assert storage.tolist() == [5, 6]


def test_a_storage_prints_its_bytes():
    assert repr(of(1, 22)) == " 1\n 22\n[torch.storage.UntypedStorage(device=cpu) of size 2]"


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("uint8", [1, 2, 3], [1, 2, 3]),
        ("int16", [1, 2, 3, 4, 5], [2, 1, 4, 3, 5]),
        ("float32", [1, 2, 3, 4], [4, 3, 2, 1]),
        ("complex64", [1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 3, 2, 1, 8, 7, 6, 5, 9]),
    ],
)
def test_bytes_are_swapped_number_by_number(kind, before, after):
    storage = of(*before)
    storage.byteswap(BY_NAME[kind])
    assert storage.tolist() == after


def test_storages_move_between_the_host_and_another_device(monkeypatch):
    """A device of the host's own memory stands for one."""
    here = backend_for("cpu")
    twin = type("Twin", (type(here),), {"device_type": "twin", "unavailable_reason": lambda self: None})()
    monkeypatch.setitem(BACKENDS, "twin", twin)
    register_device_type("twin")
    there = of(1, 2).to(device="twin:0")
    assert (str(there.device), there.get_device(), there.tolist()) == ("twin:0", 0, [1, 2])
    back = there.cpu()
    assert (str(back.device), back.tolist()) == ("cpu", [1, 2])
    back.fill_(7)
    assert there.tolist() == [1, 2]
    assert UntypedStorage([3, 4], device="twin:0").tolist() == [3, 4]


def test_moving_to_where_it_is_moves_nothing():
    storage = of(1, 2)
    assert storage.to(device="cpu") is storage.cpu() is storage
    with pytest.raises(AssertionError, match=r"^HPU device module is not loaded$"):
        storage.hpu()
    with pytest.raises(RuntimeError, match=r"^Cannot access accelerator device when none is available.$"):
        storage.pin_memory()


@pytest.mark.parametrize(
    ("kwargs", "values"),
    [
        ({}, [1, 2, 3, 4]),
        ({"count": 2}, [1, 2]),
        ({"offset": 1}, [2, 3, 4]),
        ({"offset": 4}, []),
        ({"offset": 1, "count": 3}, [2, 3, 4]),
        ({"count": 0}, []),
        ({"byte_order": "little", "dtype": BY_NAME["int16"]}, [1, 2, 3, 4]),
        ({"byte_order": "big", "dtype": BY_NAME["int16"]}, [2, 1, 4, 3]),
        ({"byte_order": "native", "dtype": BY_NAME["int16"], "offset": 2}, [3, 4]),
        ({"byte_order": "big", "dtype": BY_NAME["int16"], "offset": 1, "count": 1}, [3, 2]),
    ],
)
def test_buffers_are_copied_in_the_order_of_this_machine(kwargs, values):
    given = bytearray([1, 2, 3, 4])
    storage = UntypedStorage.from_buffer(given, **kwargs)
    given[:] = b"\0" * 4
    assert storage.tolist() == values


@pytest.mark.parametrize(
    ("kwargs", "kind", "text"),
    [
        ({"dtype": BY_NAME["int16"]}, RuntimeError, "function missing required argument 'byte_order' (pos 2)"),
        ({"byte_order": "odd"}, ValueError, "invalid byte_order 'odd' (expected 'big', 'little', or 'native')"),
        ({"offset": 5}, ValueError, "offset must be non-negative and no greater than buffer length (4) , but got 5"),
        ({"offset": -1}, ValueError, "offset must be non-negative and no greater than buffer length (4) , but got -1"),
        (
            {"byte_order": "big", "dtype": BY_NAME["int16"], "offset": 1},
            ValueError,
            "buffer size (4) must be a multiple of element size (2)",
        ),
        ({"offset": 2, "count": 3}, ValueError, "buffer has only 2 bytes after offset 2, 3 were asked for"),
    ],
)
def test_buffers_that_do_not_fit_are_refused(kwargs, kind, text):
    with pytest.raises(kind) as caught:
        UntypedStorage.from_buffer(b"\1\2\3\4", **kwargs)
    assert str(caught.value) == text


def test_resizing_moves_the_tensors_that_still_fit():
    x = torch.arange(4.0)
    tail, head = x[2:], x[:2]
    storage = x.untyped_storage()
    assert storage.resize_(24) is storage
    assert (storage.nbytes(), storage.generation) == (24, 1)
    x[3] = 9.0
    assert (tail.tolist(), storage.data_ptr()) == ([2.0, 9.0], x.data_ptr())
    storage.resize_(16)
    assert x.tolist() == [0.0, 1.0, 2.0, 9.0]
    x[3] = 8.0
    assert tail.tolist() == [2.0, 8.0]
    storage.resize_(8)
    head[1] = 5.0
    assert (storage.generation, storage.bytes().view(np.float32).tolist()) == (3, [0.0, 5.0])
    assert tail._a.tolist() == [2.0, 8.0]  # no longer inside: it keeps what it stood on


def test_resizing_follows_strides():
    x = torch.arange(6.0).reshape(2, 3)
    turned = x.t()
    x.untyped_storage().resize_(24)
    x[1, 0] = 7.0
    assert turned.tolist() == [[0.0, 7.0], [1.0, 4.0], [2.0, 5.0]]


def test_memory_of_others_is_not_resized():
    storage = of(1, 2, 3)[:2]
    with pytest.raises(RuntimeError, match=r"^Trying to resize storage that is not resizable$"):
        storage.resize_(9)
    assert storage.nbytes() == 2


def test_sharing_moves_the_memory_once_with_all_that_stands_on_it():
    x = torch.arange(4.0)
    view, storage = x[1:].view(3), x.untyped_storage()
    assert storage.is_shared() is False
    assert storage.share_memory_() is storage
    address = storage.data_ptr()
    assert (storage.is_shared(), storage.resizable, storage.generation) == (True, False, 1)
    view[0] = 9.0
    assert (x.tolist(), x.data_ptr(), view.data_ptr()) == ([0.0, 9.0, 2.0, 3.0], address, address + 4)
    assert storage.share_memory_() is storage
    assert (storage.data_ptr(), storage.generation) == (address, 1)
    empty = UntypedStorage()
    assert empty.share_memory_() is empty


def test_memory_that_arrays_look_at_is_not_moved():
    x = torch.ones(2)
    x.numpy()
    with pytest.raises(RuntimeError, match=r"^share_memory_: NumPy arrays look at this memory and cannot move with it; clone"):
        x.untyped_storage().share_memory_()


def test_a_tensor_has_one_storage_made_when_asked_for():
    x = torch.ones(2, 3)
    assert x._storage is None
    storage = storage_of(x)
    assert storage_of(x) is x.untyped_storage() is storage
    assert (storage.nbytes(), x.storage_offset(), str(storage.device)) == (24, 0, "cpu")
    assert torch.ones(2, device="meta").untyped_storage().nbytes() == 8
    with pytest.raises(NotImplementedError, match=r"^Cannot access storage of SparseTensorImpl$"):
        torch.eye(2).to_sparse().untyped_storage()


def test_bytes_become_a_storage_on_the_cpu_only():
    data = np.arange(3, dtype=np.uint8)
    storage = storage_from_bytes(data)
    assert (storage.tolist(), storage.device, np.shares_memory(storage.bytes(), data)) == ([0, 1, 2], device("cpu"), True)
    assert storage_from_bytes(data, device("cpu")).nbytes() == 3
    with pytest.raises(RuntimeError, match=r"^storage_from_bytes: only the CPU keeps raw bytes, got meta"):
        storage_from_bytes(data, device("meta"))


def test_a_file_made_for_sharing_is_its_owners(tmp_path):
    UntypedStorage.from_file(tmp_path / "new", shared=True, nbytes=1)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
    empty = UntypedStorage.from_file(tmp_path / "new")
    assert (empty.tolist(), empty.resizable) == ([], False)
