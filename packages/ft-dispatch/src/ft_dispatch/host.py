"""From Python data to tensors: `tensor`, `as_tensor`, `from_numpy`, `asarray`, `frombuffer`, DLPack.

Nested lists are checked for shape before anything is built, with torch's messages; dtypes are inferred as torch infers them (numbers by
category, NumPy scalars by their own dtype).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ft_core import Tensor, default_device, device, dtype, get_default_dtype, int64, notices
from ft_core.backend import backend_for
from ft_core.dtype import bool_, complex64, complex128, float32, float64, of_python, uint64
from ft_core.dtype import from_numpy as dtype_from_numpy
from ft_core.keys import BELOW, INFER, INFERENCE, NOGRAD
from ft_core.keys import CPU as CPU_BIT
from ft_core.layout import contiguous_strides
from ft_core.state import TL
from ft_core.storage import UntypedStorage
from ft_core.tensor import tensor_from_storage, wrap, wrap_strided

from .registry import binding

CPU = device("cpu")


def from_numpy(array: np.ndarray) -> Tensor:
    """A tensor over the memory of a NumPy array. TypeError for other objects and dtypes, ValueError for negative or odd strides."""
    if not isinstance(array, np.ndarray):
        module = "numpy." if isinstance(array, np.generic) else ""
        raise TypeError(f"expected np.ndarray (got {module}{type(array).__name__})")
    kind = dtype_from_numpy(array.dtype)
    strides = []
    for n, step in zip(array.shape, array.strides, strict=True):
        if step < 0:
            raise ValueError(
                "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently "
                "supported. (You can probably work around this by making a copy of your array  with array.copy().) "
            )
        if step % kind.itemsize and n > 1:
            raise ValueError(
                "given numpy array strides not a multiple of the element byte size. Copy the numpy array to reallocate the memory."
            )
        strides.append(step // kind.itemsize)
    t = wrap_strided(array, CPU.bit | kind.bit, tuple(strides) if array.size else contiguous_strides(array.shape))
    root, nbytes = _memory_of(array, kind)
    t._storage = UntypedStorage(root, nbytes, CPU, resizable=False)
    t._off = 0
    return t


def _memory_of(array: np.ndarray, kind: dtype) -> tuple[np.ndarray, int]:
    """The bytes from the array's first element to its last, as a flat array that keeps it alive."""
    if array.size == 0:
        return np.empty(0, np.uint8), 0
    if array.flags.c_contiguous and array.flags.writeable:
        return array, array.nbytes
    extent = kind.itemsize + sum((n - 1) * step for n, step in zip(array.shape, array.strides, strict=True))
    return np.asarray(_Bytes(array, extent)), extent


class _Bytes:
    """`extent` bytes from an array's first element on, for NumPy's array interface; keeps the array alive."""

    def __init__(self, array: np.ndarray, extent: int) -> None:
        self.owner = array
        self.__array_interface__ = {"shape": (extent,), "typestr": "|u1", "data": array.__array_interface__["data"], "version": 3}


def _numbers_alone(data: Any) -> bool:
    """Whether `data` is a list or tuple of plain Python numbers of one class: nothing in it needs a second look."""
    if data.__class__ is not list and data.__class__ is not tuple:
        return False
    kinds = set(map(type, data))
    return len(kinds) == 1 and not kinds.isdisjoint(_NUMBERS)


_NUMBERS = frozenset((bool, int, float, complex))


def infer(data: Any) -> dtype:
    """The dtype torch gives to Python data: the widest category among its numbers, a NumPy scalar's own dtype."""
    found = _scan(data)
    return get_default_dtype() if found is None else found


def _scan(data: Any, first: bool = False) -> dtype | None:
    from ft_core.promotion import promote_types  # noqa: PLC0415

    if isinstance(data, Tensor):
        return data.dtype
    if isinstance(data, bool):
        return bool_
    if isinstance(data, np.generic):
        return dtype_from_numpy(data.dtype)
    if isinstance(data, np.ndarray):
        return dtype_from_numpy(data.dtype)
    if isinstance(data, int):
        return int64
    if isinstance(data, float):
        return get_default_dtype()
    if isinstance(data, complex):
        return complex128 if get_default_dtype() is float64 else complex64
    if isinstance(data, (str, bytes)):
        if first:  # a word is a sequence of words to torch, which counts dimensions before it looks at what they hold
            raise ValueError(f"too many dimensions '{type(data).__name__}'")
        raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
    if _numbers_alone(data):
        return _scan(data[0])
    if _is_sequence(data):
        kinds: set[dtype | None] = set()
        for i, item in enumerate(data):
            kinds.add(_scan(item, isinstance(item, str) and i == 0))
        kinds.discard(None)
        result: dtype | None = None
        for kind in sorted(kinds, key=lambda k: k.name):  # type: ignore[union-attr]
            result = kind if result is None else promote_types(result, kind)
        return result
    raise RuntimeError(f"Could not infer dtype of {type(data).__name__}")


def _is_sequence(data: Any) -> bool:
    return isinstance(data, Sequence) or (
        hasattr(data, "__getitem__") and hasattr(data, "__len__") and not isinstance(data, Mapping)
    )


def shape_of(data: Any, depth: int = 0) -> tuple[int, ...]:
    """Shape of nested sequences, found along their first items, `depth` of them around `data`. ValueError where they are ragged.

    A tensor that comes first in a list stands for a number, as in torch, and must hold one.
    """
    if isinstance(data, (Tensor, np.ndarray)):
        return tuple(data.shape)
    if _numbers_alone(data):
        return (len(data),)
    if isinstance(data, (str, bytes)) or not _is_sequence(data):
        return ()
    shape: tuple[int, ...] = (len(data),)
    if len(data) and isinstance(data[0], Tensor):
        _check_numbers(data)
    elif len(data):
        inner = shape_of(data[0], depth + 1)
        _check_rest(data, inner, depth + 1)
        shape += inner
    return shape


def _check_numbers(data: Any) -> None:
    for item in data:
        if isinstance(item, Tensor) and item.numel() != 1:
            if item.dtype.is_floating_point or item.dtype.is_complex:
                raise ValueError("only one element tensors can be converted to Python scalars")
            raise TypeError("only integer tensors of a single element can be converted to an index")
        if not isinstance(item, Tensor) and shape_of_one(item) and _is_sequence(item):
            raise TypeError(f"must be real number, not {type(item).__name__}")


def _check_rest(data: Any, inner: tuple[int, ...], depth: int) -> None:
    """Every item has the shape of the first, down to the numbers."""
    for item in data:
        found = len(item) if hasattr(item, "__len__") and not isinstance(item, str) and shape_of_one(item) else None
        expected = inner[0] if inner else None
        if found != expected:
            if expected is None:
                raise TypeError(f"must be real number, not {type(item).__name__}")
            if found is None:
                raise TypeError(f"expected sequence of length {expected} at dim {depth} (got {type(item).__name__})")
            raise ValueError(f"expected sequence of length {expected} at dim {depth} (got {found})")
        if len(inner) > 1:
            _check_rest(item, inner[1:], depth + 1)
        elif inner and getattr(item, "ndim", 0) != 1 and not _numbers_alone(item):
            _check_numbers(item)


def shape_of_one(item: Any) -> bool:
    """Whether an item of a list is itself a sequence (a 0-dim tensor or array is a number)."""
    return not (isinstance(item, (Tensor, np.ndarray, np.generic)) and getattr(item, "ndim", 0) == 0)


def _plain(data: Any) -> Any:
    """Nested lists of numbers and arrays, which NumPy can read at once."""
    if isinstance(data, Tensor):
        array = data.detach().cpu()
        return array.item() if array.ndim == 0 else array.tolist()
    if isinstance(data, (list, tuple)) and data and isinstance(data[0], Tensor):
        return [item.item() if isinstance(item, Tensor) else item for item in data]
    if _numbers_alone(data):
        return data
    if isinstance(data, (list, tuple)):
        if any(isinstance(item, (Tensor, list, tuple)) for item in data):
            return [_plain(item) for item in data]
        return list(data)
    if hasattr(data, "__getitem__") and hasattr(data, "__len__") and not isinstance(data, np.ndarray):
        return [_plain(item) for item in data]
    return data


def build(data: Any, kind: dtype | None, where: device | None) -> Tensor:
    """A new tensor holding a copy of `data` (numbers, nested sequences, arrays); a storage is shared."""
    where = where or default_device() or CPU
    if kind is not None and kind.__class__ is not dtype:
        kind = of_python(kind, "tensor")
    if isinstance(data, np.ndarray):
        kind = kind or dtype_from_numpy(data.dtype)
        host = _cast(data, kind)
        return _placed(host, kind, where)
    if isinstance(data, (bool, int, float, complex)):
        kind = kind or infer(data)
        fits = kind.category > 1 and kind.numpy is not None if kind is not int64 else type(data) is int and -_WORD <= data < _WORD
        if isinstance(data, complex):
            fits = kind.is_complex
        return _placed(_number(data, kind) if fits else _cast(_fitting(np.array(data), kind), kind), kind, where)
    kind = kind or infer(data)
    if isinstance(data, UntypedStorage):
        return _over(data, kind, where)
    shape = shape_of(data)
    host = np.array(_plain(data)) if 0 not in shape else np.empty(shape)
    return _placed(_cast(_fitting(host, kind).reshape(shape), kind), kind, where)


_WORD = 1 << 63


def _fitting(host: np.ndarray, kind: dtype) -> np.ndarray:
    """The numbers of Python data, once it is sure that `kind` holds them: it is the user who wrote them, not an op that computed them.

    Raises: RuntimeError for an integer type that is too small, ValueError and OverflowError beyond 64 bits, TypeError for complex numbers.
    """
    if host.dtype == kind.numpy or kind is bool_:
        return host
    if host.dtype.kind == "c" and not kind.is_complex:
        raise TypeError(
            "must be real number, not complex" if kind.category > 1 else "'complex' object cannot be interpreted as an integer"
        )
    if host.dtype == object and all(isinstance(number, int) for number in host.flat):
        if kind.category > 1:
            return host.astype(np.float64)
        if kind is uint64:
            raise OverflowError("can't convert negative int to unsigned" if min(host.flat) < 0 else "int too big to convert")
        raise ValueError("Overflow when unpacking long long")
    if kind.category != 1 or host.size == 0 or host.dtype.kind not in "iuf":
        return host
    if host.dtype == np.uint64:
        raise ValueError("Overflow when unpacking long long")
    low, high, most = host.min(), host.max(), np.iinfo(kind.numpy).max
    least = np.iinfo(kind.numpy).min or (0 if host.dtype.kind == "f" else -int(most))  # torch takes -1 for 255, but not -1.0
    if kind is uint64 and host.dtype.kind == "i" and low < 0:
        raise OverflowError("can't convert negative int to unsigned")
    if not (least <= low and high <= most):
        raise RuntimeError(f"value cannot be converted to type {kind.name} without overflow")
    return host


def _over(storage: UntypedStorage, kind: dtype, where: device) -> Tensor:
    """The bytes of a storage, read as numbers of `kind`: torch shares them, whichever function is asked."""
    n = storage.nbytes() // kind.itemsize
    return tensor_from_storage(storage, kind, (n,), (1,), 0).to(device=where)


def _number(value: Any, kind: dtype) -> np.ndarray:
    with np.errstate(over="ignore"):
        return backend_for(CPU).scalar(value, kind)


def _cast(array: np.ndarray, kind: dtype) -> np.ndarray:
    if array.dtype == object:
        raise TypeError("can't convert np.ndarray of type numpy.object_.")
    if kind.numpy is None:
        raise RuntimeError(f"tensor: backend NumPy (cpu) has no dtype {kind}; choose another dtype or device")
    with np.errstate(all="ignore"):
        if array.dtype.kind == "c" and not kind.is_complex:
            array = array != 0 if kind is bool_ else array.real
        return np.array(array.astype(kind.numpy), order="C")


def _placed(host: np.ndarray, kind: dtype, where: device) -> Tensor:
    infer_bit = INFER if TL.st.bits & INFERENCE else 0
    if where.type != "cpu":
        backend = backend_for(where)
        array = backend.from_host(host, kind)
        if where.index is None and where.type != "meta":
            where = device(where.type, backend.current_device())
        return wrap_strided(array, where.bit | kind.bit | infer_bit, contiguous_strides(tuple(host.shape)))
    return wrap_strided(host, where.bit | kind.bit | infer_bit, contiguous_strides(host.shape))


_CHAIN = itertools.chain.from_iterable
_OF_KIND = {int: int64, bool: bool_}


def _numbers(data: Any, kind: dtype | None) -> Tensor:
    """A CPU tensor of numbers of one class: one, a list of them, or a list of lists. KeyError, ValueError for all other data."""
    st = TL.st
    if st.bits & ~(NOGRAD | BELOW) or default_device() is not None:
        raise KeyError
    of = data.__class__
    if of is list or of is tuple:
        kinds = set(map(type, data))
        if kinds == _LISTS:
            kinds = set(map(type, _CHAIN(data)))
        if len(kinds) != 1 or not data:
            raise KeyError
        of = kinds.pop()
    elif of is int and not -_WORD <= data < _WORD:
        raise KeyError
    own = get_default_dtype() if of is float else _OF_KIND[of]
    if kind is None:
        kind = own
    if not (kind is own or (of is float and kind in _REALS)) or kind not in _HELD:
        raise KeyError
    array = st.run(np.array, data, kind.numpy)
    if not array.size:
        raise KeyError
    return wrap(array, CPU_BIT | kind.bit)


_LISTS = {list}
_REALS = frozenset((float32, float64))
_HELD = _REALS | {int64, bool_}


def _quick_tensor(careful: Callable[..., Tensor]) -> Callable[..., Tensor]:
    def tensor(data: Any, **named: Any) -> Tensor:
        if not named or (len(named) == 1 and ("dtype" in named or "requires_grad" in named)):
            try:
                made = _numbers(data, named.get("dtype"))
            except (KeyError, TypeError, ValueError, OverflowError):
                return careful(data, **named)
            return made.requires_grad_() if named.get("requires_grad") else made
        return careful(data, **named)

    return tensor


@binding("tensor", method=False, quick=_quick_tensor)
def tensor(
    data: Any, *, dtype: dtype | None = None, device: Any = None, requires_grad: bool = False, pin_memory: bool = False
) -> Tensor:
    """A new leaf tensor with a copy of `data`: numbers, nested sequences, NumPy arrays, tensors. Source: torch.tensor."""
    where = _device(device)
    if isinstance(data, Tensor):
        import warnings  # noqa: PLC0415

        warnings.warn(
            "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() "
            "or sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).",
            UserWarning,
            stacklevel=4,
        )
        made = data.detach().clone().to(device=where or data.device, dtype=dtype or data.dtype)
    else:
        made = build(data, dtype, where)
    return made.requires_grad_() if requires_grad else made


def _device(where: Any) -> device | None:
    return where if where is None or isinstance(where, device) else device(where)


@binding("as_tensor", method=False)
def as_tensor(data: Any, dtype: dtype | None = None, device: Any = None) -> Tensor:
    """A tensor that shares `data`'s memory where it can (tensor, NumPy array), else a copy."""
    where = _device(device)
    if isinstance(dtype, type):
        dtype = of_python(dtype, "as_tensor")
    if isinstance(data, Tensor):
        return data.to(device=where or data.device, dtype=dtype or data.dtype)
    if isinstance(data, np.ndarray):
        shared = _shared(data)
        return shared.to(device=where or shared.device, dtype=dtype or shared.dtype)
    return build(data, dtype, where)


@binding("asarray", method=False)
def asarray(
    obj: Any, *, dtype: dtype | None = None, device: Any = None, copy: bool | None = None, requires_grad: bool | None = None
) -> Tensor:
    """A tensor of `obj`; `copy` True always copies, False never, None only where needed; it requires grad as `obj` does unless told.

    Source: torch.asarray.
    """
    made = as_tensor(obj, dtype, device)
    if copy and isinstance(obj, (Tensor, np.ndarray)) and made.data_ptr() == as_tensor(obj).data_ptr():
        made = made.clone()
    if copy is False:
        if not isinstance(obj, (Tensor, np.ndarray)):
            raise ValueError("can't alias arbitrary sequence objects")
        held = obj.dtype if isinstance(obj, Tensor) else dtype_from_numpy(obj.dtype)
        if dtype is not None and dtype is not held:
            raise ValueError(f"can't alias tensor with dtype '{held.scalar_name}' into dtype '{dtype.scalar_name}'.")
    if requires_grad is None:
        if made.requires_grad:
            notices.once(
                "torch.asarray: unspecified requires_grad now defaults to obj.requires_grad instead of False. Pass requires_grad=False "
                "explicitly to get the old behavior and silence this warning."
            )
        return made
    return made.requires_grad_() if requires_grad else made.detach() if made.requires_grad else made


@binding("scalar_tensor", method=False)
def scalar_tensor(s: Any, *, dtype: dtype | None = None, device: Any = None, requires_grad: bool = False) -> Tensor:
    """A 0-dim tensor of one number, in the default dtype unless told."""
    made = build(s, dtype or get_default_dtype(), _device(device))
    return made.requires_grad_() if requires_grad else made


_READ_ONLY = (
    "and PyTorch does not support non-writable tensors. This means {}. You may want to copy the {} to protect its data or make it "
    "writable before converting it to a tensor. This type of warning will be suppressed for the rest of this program."
)


def _shared(array: np.ndarray) -> Tensor:
    """`from_numpy` of a user's array, with torch's warning for one that is not to be written."""
    made = from_numpy(array)
    if not array.flags.writeable:
        words = _READ_ONLY.format("writing to this tensor will result in undefined behavior", "array")
        notices.once(f"The given NumPy array is not writable, {words}")
    return made


@binding("from_numpy", method=False)
def from_numpy_binding(ndarray: np.ndarray) -> Tensor:
    """A tensor over the memory of a NumPy array. TypeError for other objects and dtypes, ValueError for negative or odd strides.

    Source: torch.from_numpy.
    """
    return _shared(ndarray)


@binding("frombuffer", method=False)
def frombuffer(buffer: Any, *, dtype: dtype, count: int = -1, offset: int = 0, requires_grad: bool = False) -> Tensor:
    """A 1-dim tensor over an object that exports a buffer. ValueError where dtype, count and offset do not fit."""
    view = memoryview(buffer)
    size = view.nbytes
    if view.readonly:
        words = _READ_ONLY.format("you can write to the underlying (supposedly non-writable) buffer using the tensor", "buffer")
        notices.once(f"The given buffer is not writable, {words}")
    if size == 0 or count == 0 or count < -1:
        raise ValueError(f"both buffer length ({size}) and count ({count}) must not be 0")
    if offset < 0 or offset >= size:
        raise ValueError(f"offset ({offset} bytes) must be non-negative and no greater than buffer length ({size} bytes) minus 1")
    item = dtype.itemsize
    if count < 0 and (size - offset) % item:
        raise ValueError(
            f"buffer length ({size - offset} bytes) after offset ({offset} bytes) must be a multiple of element size ({item})"
        )
    n = (size - offset) // item if count < 0 else count
    if offset + n * item > size:
        raise ValueError(
            f"requested buffer length ({count} * {item} bytes) after offset ({offset} bytes) must not be greater than actual "
            f"buffer length ({size} bytes)"
        )
    raw = np.frombuffer(buffer, np.uint8)
    t = tensor_from_storage(UntypedStorage(raw[offset : offset + n * item], n * item, CPU, resizable=False), dtype, (n,), (1,), 0)
    return t.requires_grad_() if requires_grad else t


class _Capsule:
    """A DLPack capsule of host memory as the object that NumPy asks for one."""

    def __init__(self, capsule: Any) -> None:
        self.capsule = capsule

    def __dlpack__(self, **asked: Any) -> Any:
        return self.capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


class _Writable:
    """The memory of an array that NumPy calls read-only because its capsule is of the old kind, which cannot say."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        self.__array_interface__ = {**array.__array_interface__, "data": (array.__array_interface__["data"][0], False)}


@binding("from_dlpack", method=False)
def from_dlpack(ext_tensor: Any, *, device: Any = None, copy: bool | None = None) -> Tensor:
    """A tensor over the memory of an object that speaks DLPack, or of a capsule (such as `torch.utils.dlpack.to_dlpack` makes)."""
    if not hasattr(ext_tensor, "__dlpack__"):
        return from_numpy(np.asarray(_Writable(np.from_dlpack(_Capsule(ext_tensor)))))
    array = np.from_dlpack(ext_tensor)
    return from_numpy(array if array.flags.writeable else array.copy())


from . import subclasses as _subclasses  # noqa: E402, F401  # Tensor's subclasses may be defined as soon as tensors can be made
