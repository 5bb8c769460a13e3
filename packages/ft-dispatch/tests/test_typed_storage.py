"""Storages of elements, torch's deprecated class: what they take, tell, convert and refuse."""

import copy
import pickle
import warnings

import pytest

from ft_core import BY_NAME, UntypedStorage, device
from ft_dispatch import surface as torch
from ft_dispatch import typed_storage as module
from ft_dispatch.typed_storage import DTYPES, TypedStorage, filled, warn_once

FORMS = (
    "TypedStorage.__init__ received an invalid combination of arguments. Expected one of:\n"
    " * (*, torch.device device, torch.dtype dtype)\n * (int size, *, torch.device device, torch.dtype dtype)\n"
    " * (Sequence data, *, torch.device device, torch.dtype dtype)\n * (*, UntypedStorage wrap_storage, torch.dtype dtype)"
)


@pytest.fixture(autouse=True)
def warned(monkeypatch):
    monkeypatch.setattr(module, "_warned", [True])


class FloatStorage(TypedStorage):
    """A legacy class, which has a dtype of its own."""

    dtype = torch.float32


def of(*values, kind=torch.float32):
    return TypedStorage(list(values), dtype=kind)


@pytest.mark.parametrize(
    ("args", "kind", "values"),
    [
        ((), None, []),
        ((0,), torch.int16, []),
        (([1, 2],), torch.int16, [1, 2]),
        (([1, 2],), None, [1.0, 2.0]),
        (((True, False),), torch.bool, [True, False]),
    ],
)
def test_storages_are_made_of_sizes_and_data(args, kind, values):
    s = TypedStorage(*args, dtype=kind)
    assert (s.tolist(), list(s), len(s), s.size(), s.dtype) == (values, values, len(values), len(values), kind or torch.float32)
    assert (s.nbytes(), s.element_size()) == (len(values) * s.dtype.itemsize, s.dtype.itemsize)
    assert TypedStorage(3, dtype=torch.int16).nbytes() == 6


def test_storages_are_put_around_bytes():
    x = torch.tensor([1, 2, 3], dtype=torch.int16)
    s = TypedStorage(wrap_storage=x.untyped_storage(), dtype=torch.int16)
    s[0] = 9
    assert (x.tolist(), s.untyped() is x.untyped_storage(), s.data_ptr()) == ([9, 2, 3], True, x.data_ptr())
    odd = TypedStorage(wrap_storage=UntypedStorage([1, 0, 2]), dtype=torch.int16)
    assert (len(odd), odd.tolist()) == (1, [1])


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda: TypedStorage(1, 2), RuntimeError, FORMS + "\nToo many positional arguments"),
        (
            lambda: TypedStorage(1, wrap_storage=UntypedStorage(4), dtype=torch.int8),
            RuntimeError,
            FORMS + "\nNo positional arguments and no device should be given when using 'wrap_storage'",
        ),
        (
            lambda: TypedStorage(wrap_storage=UntypedStorage(4), dtype=torch.int8, device="cpu"),
            RuntimeError,
            FORMS + "\nNo positional arguments and no device should be given when using 'wrap_storage'",
        ),
        (lambda: TypedStorage(wrap_storage=UntypedStorage(4)), RuntimeError, FORMS + "\nArgument 'dtype' must be specified"),
        (
            lambda: TypedStorage(wrap_storage=b"1234", dtype=torch.int8),
            TypeError,
            FORMS + "\nArgument 'wrap_storage' must be UntypedStorage, but got <class 'bytes'>",
        ),
        (lambda: TypedStorage("ab"), TypeError, "new(): invalid data type 'str'"),
        (lambda: TypedStorage(1.5), TypeError, "new(): invalid data type 'float'"),
    ],
)
def test_other_arguments_are_refused(call, kind, text):
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text


def test_the_warning_comes_once_and_for_the_caller(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_warned", [])
    with pytest.warns(UserWarning, match=r"^TypedStorage is deprecated. It will be removed in the future") as told:
        s = TypedStorage(2, dtype=torch.int8)
    assert (len(told), told[0].filename) == (1, __file__)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        s.nbytes()
    for use in ("tolist", "clone", "nbytes", "size", "untyped", "type", "cpu", "data_ptr", "is_shared", "is_pinned", "element_size", "resizable",
                "get_device", "pickle_storage_type", "share_memory_"):  # fmt: skip
        monkeypatch.setattr(module, "_warned", [])
        with pytest.warns(UserWarning, match="TypedStorage is deprecated") as told:
            getattr(s, use)()
        assert [w.filename for w in told] == [__file__], use
    module._warned.append(True)
    loose, path = of(1.0), tmp_path / "four"
    path.write_bytes(b"1234")
    calls = (
        lambda: TypedStorage.from_file(path, False, 4, dtype=torch.int8),
        lambda: TypedStorage.from_buffer(b"12", dtype=torch.int8),
        lambda: s[0],
        lambda: s.__setitem__(0, 1),
        lambda: list(s),
        lambda: s.fill_(1),
        lambda: s.copy_(s),
        lambda: s.to(device="cpu"),
        lambda: loose.resize_(2),
    )
    for call in calls:
        monkeypatch.setattr(module, "_warned", [])
        with pytest.warns(UserWarning, match="TypedStorage is deprecated"):
            call()
    monkeypatch.setattr(module, "_warned", [])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TypedStorage(2, dtype=torch.int8, _internal=True)
        s._wrap(s._untyped_storage)
    assert module._warned == []
    with pytest.warns(UserWarning, match="TypedStorage is deprecated") as told:
        warn_once(1)
    assert told[0].filename == __file__


def test_what_a_storage_says_of_itself():
    s = of(1.0, 2.0)
    assert (s.device, s.is_cuda, s.is_hpu, s.is_sparse, s.filename, s.get_device()) == (
        device("cpu"),
        False,
        False,
        False,
        None,
        None,
    )
    assert (s.is_shared(), s.is_pinned(), s.resizable()) == (False, False, True)
    assert s.share_memory_() is s
    assert (s.is_shared(), s.resizable(), s.tolist()) == (True, False, [1.0, 2.0])
    assert repr(s) == " 1.0\n 2.0\n[torch.storage.TypedStorage(dtype=torch.float32, device=cpu) of size 2]"
    meta = TypedStorage(2, dtype=torch.int16, device="meta")
    assert repr(meta) == "...\n[torch.storage.TypedStorage(dtype=torch.int16, device=meta) of size 2]"


@pytest.mark.parametrize(("name", "kind"), sorted(DTYPES.items()))
def test_legacy_names_of_dtypes(name, kind):
    s = TypedStorage(wrap_storage=UntypedStorage(16), dtype=BY_NAME[kind])
    assert (s.pickle_storage_type(), s.type()) == (name, f"torch.{name}")


@pytest.mark.parametrize(("index", "value"), [(0, 1.0), (-1, 3.0), (-3, 1.0), (2, 3.0)])
def test_elements_are_read_and_written(index, value):
    s = of(1.0, 2.0, 3.0)
    assert s[index] == value
    s[index] = 9
    assert s[index] == 9.0
    assert sorted(s.tolist()) == sorted({1.0, 2.0, 3.0} - {value} | {9.0})
    s[0:2] = 0
    assert s.tolist()[:2] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda s: s[3], IndexError, "index 3 out of range for storage of size 3"),
        (lambda s: s[-4], IndexError, "index -4 out of range for storage of size 3"),
        (lambda s: s.__setitem__(3, 1), IndexError, "index 3 out of range for storage of size 3"),
        (lambda s: s[0:1], RuntimeError, "slices are only supported in UntypedStorage.__getitem__"),
        (lambda s: s["a"], TypeError, f"can't index a {TypedStorage} with <class 'str'>"),
        (lambda s: s.__setitem__("a", 1), RuntimeError, f"can't index a {TypedStorage} with <class 'str'>"),
        (lambda s: s.__setitem__(0, s), RuntimeError, f"cannot set item with value type {TypedStorage}"),
        (lambda s: s.__setitem__(0, s.untyped()), RuntimeError, f"cannot set item with value type {UntypedStorage}"),
        (lambda s: s.copy_(of(1.0)), RuntimeError, "size does not match, self was 12 bytes but src was 4 bytes"),
        (lambda s: s.hpu(), AssertionError, "HPU device module is not loaded"),
        (lambda s: s.pin_memory(), RuntimeError, "Cannot access accelerator device when none is available."),
        (
            lambda s: FloatStorage.from_buffer(b"1234", dtype=torch.int8),
            RuntimeError,
            "from_buffer: 'dtype' can only be specified in UntypedStorage.from_buffer and TypedStorage.from_buffer",
        ),
    ],
)
def test_what_cannot_be_done_is_refused(call, kind, text):
    s = of(1.0, 2.0, 3.0)
    with pytest.raises(kind) as caught:
        call(s)
    assert str(caught.value) == text
    assert s.tolist() == [1.0, 2.0, 3.0]


def test_storages_are_filled_copied_resized_in_place():
    s, other = of(1.0, 2.0), of(5.0, 6.0)
    assert s.fill_(4) is s
    assert s.tolist() == [4.0, 4.0]
    assert s.copy_(other) is s
    assert s.tolist() == [5.0, 6.0]
    assert s.copy_(UntypedStorage(8).fill_(0)).tolist() == [0.0, 0.0]
    assert s.resize_(3) is None
    assert (len(s), s.nbytes(), s.tolist()[:2]) == (3, 12, [0.0, 0.0])


@pytest.mark.parametrize("twin", [lambda s: s.clone(), copy.copy, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_copies_have_memory_of_their_own(twin):
    s = of(1, 2, kind=torch.int16)
    made = twin(s)
    s.fill_(7)
    assert (type(made), made.dtype, made.tolist(), made == s) == (TypedStorage, torch.int16, [1, 2], False)


def test_a_deep_copy_keeps_what_is_shared():
    s = of(1.0)
    a, b, c = copy.deepcopy([s, s, TypedStorage(wrap_storage=s.untyped(), dtype=torch.int32)])
    assert a is b
    assert a.untyped() is c.untyped()


def test_storages_are_equal_over_the_same_memory_and_dtype():
    s = of(1.0)
    same = TypedStorage(wrap_storage=s.untyped(), dtype=torch.float32)
    other = TypedStorage(wrap_storage=s.untyped(), dtype=torch.int32)
    assert s == same
    assert hash(s) == hash(same)
    assert s != other
    assert s != of(1.0)
    assert s != 3


@pytest.mark.parametrize("asked", [torch.int16, "torch.ShortStorage", "ShortStorage", type("Short", (), {"dtype": torch.int16})])
def test_elements_are_converted(asked):
    s = of(1.0, 2.0)
    made = s.type(asked)
    assert (made.dtype, made.tolist(), made.nbytes()) == (torch.int16, [1, 2], 4)
    same = s.type(torch.float32)
    same.fill_(0)
    assert s.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("move", [lambda s: s.cpu(), lambda s: s.to(device="cpu")])
def test_moving_to_where_it_is_shares_the_memory(move):
    s = of(1.0)
    assert move(s) == s
    assert s.to(device="meta").device.type == "meta"
    assert s.to(device="meta").nbytes() == 4


def test_buffers_and_files(tmp_path):
    assert TypedStorage.from_buffer(b"\1\0\2\0", byte_order="little", dtype=torch.int16).tolist() == [1, 2]
    assert FloatStorage.from_buffer(b"\0\0\x80\x3f", "little").tolist() == [1.0]
    assert TypedStorage.from_buffer(b"\x3f\x80\0\0", "big").dtype is torch.float32
    path = tmp_path / "file"
    path.write_bytes(bytes(range(8)))
    s = TypedStorage.from_file(path, False, 3, dtype=torch.int16)
    assert (s.tolist(), s.resizable()) == ([0x100, 0x302, 0x504], False)
    FloatStorage.from_file(path, True, 3)[2] = 1.0
    assert path.stat().st_size == 12
    assert TypedStorage.from_file(path).nbytes() == 0


def test_memory_for_what_is_given():
    assert filled((), torch.int64, None).nbytes() == 0
    assert filled((3,), torch.int64, "cpu").nbytes() == 24
    assert filled(([1, 2],), torch.int64, None).tolist() == [1, *[0] * 7, 2, *[0] * 7]
    assert filled((2,), torch.int8, "meta").device.type == "meta"
