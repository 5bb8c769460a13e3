"""The functions a checkpoint may call to make tensors, under the names torch gives them, with every argument checked.

A file states offset, sizes and strides freely; a tensor that reached past its storage would read or write foreign memory.
So nothing is handed to the tensor model before types, signs, product of sizes and the last element's position were checked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from inspect import getattr_static
from typing import Any

from .allow_list import RefusedError
from .model import TensorModel

__all__ = ["check_geometry", "tensor_globals"]

MAX_DIMS = 64
_LARGEST = (1 << 63) - 1


def check_geometry(offset: Any, sizes: Any, strides: Any, itemsize: int, nbytes: int | None) -> None:
    """Refuse a view that is malformed or leaves its storage.

    Args:
        offset, sizes, strides: in elements, as the file has them.
        nbytes: size of the storage; None for a tensor without memory.
    """
    if not isinstance(sizes, tuple) or not isinstance(strides, tuple) or len(sizes) != len(strides) or len(sizes) > MAX_DIMS:
        raise RefusedError(f"expected sizes and strides as tuples of one length, at most {MAX_DIMS}; the file is damaged or forged")
    for number in (offset, *sizes, *strides):
        if type(number) is not int or not 0 <= number <= _LARGEST:
            raise RefusedError(f"expected offset, sizes and strides as integers from 0 on, got {number!r:.40}; the file is forged")
    count, last = 1, offset
    for size, stride in zip(sizes, strides, strict=True):
        count *= size
        last += (size - 1) * stride
    if count * itemsize > _LARGEST or offset * itemsize > _LARGEST:
        raise RefusedError("the tensor's size overflows 64 bits; the file is forged")
    if nbytes is not None and count and (last + 1) * itemsize > nbytes:
        raise RefusedError(
            f"a tensor of sizes {sizes}, strides {strides} at offset {offset} needs {(last + 1) * itemsize} bytes, its storage has "
            f"{nbytes}; the file is damaged or forged"
        )


Place = Callable[[Any], Any]


def _stays(device: Any) -> Any:
    return device


class _Rebuild:
    """Torch's rebuild functions over one tensor model; each has its name in files."""

    def __init__(self, model: TensorModel) -> None:
        self.model = model
        self.functions = (  # made once: a value in a pickle is recognised by identity
            self._rebuild_tensor,
            self._rebuild_tensor_v2,
            self._rebuild_tensor_v3,
            self._rebuild_parameter,
            self._rebuild_parameter_with_state,
            self._rebuild_meta_tensor_no_storage,
            self._rebuild_sparse_tensor,
            self._rebuild_qtensor,
            self._rebuild_device_tensor_from_cpu_tensor,
            self._rebuild_wrapper_subclass,
        )

    def make(
        self, storage: Any, dtype: Any, offset: Any, sizes: Any, strides: Any, requires_grad: Any, hooks: Any, metadata: Any
    ) -> Any:
        parts = self.model.parts(storage)
        if parts is None:
            raise RefusedError(f"expected a storage to make a tensor of, got {type(storage).__name__}")
        _check_flags(requires_grad, hooks)
        check_geometry(offset, sizes, strides, self.model.itemsize(dtype), parts[2])
        tensor = self.model.rebuild_tensor(parts[0], dtype, offset, tuple(sizes), tuple(strides), requires_grad)
        if metadata:
            if (
                type(metadata) is not dict
                or not metadata.keys() <= {"conj", "neg"}
                or any(type(v) is not bool for v in metadata.values())
            ):
                raise RefusedError(f"expected a tensor's metadata to be its conj and neg bits, got {metadata!r:.80}")
            self.model.set_bits(tensor, metadata.get("conj", False), metadata.get("neg", False))
        return tensor

    def _rebuild_tensor(self, storage: Any, offset: Any, size: Any, stride: Any) -> Any:
        return self.make(storage, getattr(storage, "dtype", None), offset, size, stride, False, None, None)

    def _rebuild_tensor_v2(
        self, storage: Any, offset: Any, size: Any, stride: Any, grad: Any, hooks: Any, metadata: Any = None
    ) -> Any:
        return self.make(storage, getattr(storage, "dtype", None), offset, size, stride, grad, hooks, metadata)

    def _rebuild_tensor_v3(
        self, storage: Any, offset: Any, size: Any, stride: Any, grad: Any, hooks: Any, dtype: Any, metadata: Any = None
    ) -> Any:
        _check_dtype(self.model, dtype)
        return self.make(storage, dtype, offset, size, stride, grad, hooks, metadata)

    def _rebuild_parameter(self, data: Any, requires_grad: Any = True, hooks: Any = None) -> Any:
        if not self.model.is_tensor(data):
            raise RefusedError(f"expected a tensor to make a Parameter of, got {type(data).__name__}")
        _check_flags(requires_grad, hooks)
        return self.model.rebuild_parameter(data, requires_grad)

    def _rebuild_parameter_with_state(self, data: Any, requires_grad: Any, hooks: Any, state: Any) -> Any:
        made = self._rebuild_parameter(data, requires_grad, hooks)
        _set_state(made, state, self.model.Tensor)
        return made

    def _rebuild_meta_tensor_no_storage(self, dtype: Any, size: Any, stride: Any, requires_grad: Any) -> Any:
        _check_dtype(self.model, dtype)
        _check_flags(requires_grad, None)
        check_geometry(0, size, stride, self.model.itemsize(dtype), None)
        return self.model.rebuild_meta_tensor(dtype, tuple(size), tuple(stride), requires_grad)

    def _rebuild_sparse_tensor(self, layout: Any, data: Any) -> Any:
        if not isinstance(layout, self.model.Layout) or type(data) is not tuple or len(data) not in (3, 4):
            raise RefusedError("expected a sparse layout and the parts of a tensor of it; the file is damaged or forged")
        *parts, last = data
        coalesced = None
        if str(layout) == "torch.sparse_coo" and len(data) == 4:
            *parts, last, coalesced = data
        if len(parts) != (2 if str(layout) == "torch.sparse_coo" else 3):
            raise RefusedError(f"expected the parts of a tensor of {layout}, got {len(data)}; the file is damaged or forged")
        if coalesced is not None and type(coalesced) is not bool:
            raise RefusedError(f"expected whether a tensor is coalesced, got {type(coalesced).__name__}; the file is forged")
        _check_sizes(last)
        return self.model.rebuild_sparse(layout, tuple(parts), tuple(last), coalesced)

    def _rebuild_qtensor(
        self, storage: Any, offset: Any, size: Any, stride: Any, quantizer: Any, requires_grad: Any, hooks: Any
    ) -> Any:
        parts = self.model.parts(storage)
        if parts is None:
            raise RefusedError(f"expected a storage to make a tensor of, got {type(storage).__name__}")
        _check_flags(requires_grad, hooks)
        if requires_grad:
            raise RefusedError("a quantized tensor cannot require gradients; the file is forged")
        self.model.check_quantized(
            parts[1]
        )  # elements of what is not built may be smaller than a byte, which geometry would not believe
        check_geometry(offset, size, stride, self.model.itemsize(parts[1]), parts[2])
        checked = self._quantizer(quantizer, tuple(size))
        return self.model.rebuild_quantized(parts[0], parts[1], offset, tuple(size), tuple(stride), checked)

    def _quantizer(self, found: Any, sizes: tuple[int, ...]) -> tuple[Any, Any, int | None]:
        """Scale, zero point and axis of what a file has as the parameters of a quantized tensor."""
        schemes = {path.removeprefix("torch."): scheme for path, scheme in self.model.schemes().items()}
        if type(found) is tuple and len(found) == 3 and found[0] is schemes["per_tensor_affine"]:
            if type(found[1]) is not float or type(found[2]) is not int or not -_LARGEST <= found[2] <= _LARGEST:
                raise RefusedError("expected a scale and a zero point, a float and an integer; the file is damaged or forged")
            return found[1], found[2], None
        per_channel = schemes["per_channel_affine"], schemes["per_channel_affine_float_qparams"]
        if type(found) is not tuple or len(found) != 4 or all(found[0] is not scheme for scheme in per_channel):
            raise RefusedError("expected how integers stand for numbers, per tensor or per channel; the file is damaged or forged")
        _, scales, zero_points, axis = found
        if type(axis) is not int or not 0 <= axis < len(sizes):
            raise RefusedError(
                f"expected the dimension of the channels, 0 to {len(sizes) - 1}, got {axis!r:.40}; the file is forged"
            )
        return scales, zero_points, axis

    def _rebuild_from_type_v2(self, function: Any, new_type: Any, args: Any, state: Any, *, place: Place = _stays) -> Any:
        if all(function is not known for known in self.functions) or type(args) is not tuple:
            raise RefusedError("expected one of torch's functions that rebuild tensors, and its arguments")
        placed = function in (self._rebuild_device_tensor_from_cpu_tensor, self._rebuild_wrapper_subclass)
        made = function(*args, place=place) if placed else function(*args)
        if type(made) is not new_type:
            made = self.model.as_subclass(made, new_type)
        own = getattr(type(made), "__setstate__", None)
        if own is not None and own is not getattr(self.model.Tensor, "__setstate__", None):
            own(made, state)  # of a class that the user allowed
        else:
            _set_state(made, state, self.model.Tensor)
        return made

    def _rebuild_wrapper_subclass(
        self, kind: Any, dtype: Any, size: Any, stride: Any, offset: Any, layout: Any, device: Any, requires_grad: Any, *, place: Place = _stays
    ) -> Any:  # fmt: skip
        """An object of a class that the user allowed, which looks like a tensor and has no memory; its attributes follow as its state."""
        _check_dtype(self.model, dtype)
        _check_flags(requires_grad, None)
        if not isinstance(layout, self.model.Layout) or not isinstance(device, self.model.Device):
            raise RefusedError(
                "expected the layout and the device of a tensor whose class holds others; the file is damaged or forged"
            )
        if str(layout) != "torch.strided":
            raise RefusedError(f"a tensor of {layout} whose class holds others, which FrankenTorch does not have; save the others")
        check_geometry(offset, size, stride, self.model.itemsize(dtype), None)
        return self.model.rebuild_wrapper(kind, dtype, offset, tuple(size), tuple(stride), place(device), requires_grad)

    def _rebuild_device_tensor_from_cpu_tensor(
        self, data: Any, dtype: Any, device: Any, requires_grad: Any, *, place: Place = _stays
    ) -> Any:
        """A tensor of a device that has no storages; `place` says where the caller of `load` wants it."""
        _check_dtype(self.model, dtype)
        _check_flags(requires_grad, None)
        if not self.model.is_tensor(data) or type(device) is not str:
            raise RefusedError("expected a tensor and the name of a device; the file is damaged or forged")
        return self.model.tensor_to(data, dtype, str(place(device)), requires_grad)

    def generator(self, device: Any) -> Any:
        if not isinstance(device, self.model.Device):
            raise RefusedError(f"expected the device of a generator, got {type(device).__name__}; the file is damaged or forged")
        return self.model.generator(device)

    def set_generator(self, target: Any, state: Any) -> None:
        """Seed, offset (of generators that have one) and state of a random generator; the state has the seed."""
        if type(state) is not tuple or len(state) != 3 or state[1] is not None or not self.model.is_tensor(state[2]):
            raise RefusedError("expected seed and state of a generator of the CPU; the file is damaged, or of another device")
        self.model.set_generator(target, state[2])

    def set_parameter(self, target: Any, state: Any) -> None:
        """What torch 0.1 said of a Parameter after it was made: whether it requires gradients, whether it was volatile, hooks."""
        if type(state) is not tuple or len(state) != 3:
            raise RefusedError("expected whether a Parameter requires gradients, and no hooks; the file is damaged or forged")
        _check_flags(state[0], state[2])
        target.requires_grad = state[0]

    def size(self, values: Any = ()) -> Any:
        if not isinstance(values, (tuple, list)) or any(type(v) is not int for v in values):
            raise RefusedError("expected integers to make a Size of")
        return self.model.size(values)


Entry = tuple[Any, Callable[..., Any] | None, Callable[[Any, Any], None] | None]


def tensor_globals(model: TensorModel) -> dict[str, Entry]:
    """Path to (value, caller, what BUILD does) of every tensor-related global that files may name."""
    rebuild = _Rebuild(model)
    from_type = rebuild._rebuild_from_type_v2
    found: dict[str, tuple[Any, Callable[..., Any] | None]] = {f"torch._utils.{f.__name__}": (f, f) for f in rebuild.functions}
    found["torch._tensor._rebuild_from_type_v2"] = from_type, from_type
    found["torch.Size"] = model.Size, rebuild.size
    found["torch.device"] = model.Device, model.Device
    found.update((path, (scheme, None)) for path, scheme in model.schemes().items())
    found["torch.serialization._get_layout"] = model.layout, model.layout
    found["torch.Tensor"] = model.Tensor, None
    found["torch.nn.parameter.Parameter"] = model.Parameter, rebuild._rebuild_parameter
    found["torch._C.Generator"] = model.Generator, rebuild.generator
    builders: dict[str, Callable[[Any, Any], None]] = {
        "torch.nn.parameter.Parameter": rebuild.set_parameter, "torch._C.Generator": rebuild.set_generator,
    }  # fmt: skip
    return {path: (*entry, builders.get(path)) for path, entry in found.items()}


def _check_sizes(sizes: Any) -> None:
    if not isinstance(sizes, tuple) or len(sizes) > MAX_DIMS or any(type(n) is not int or not 0 <= n <= _LARGEST for n in sizes):
        raise RefusedError(
            f"expected up to {MAX_DIMS} sizes as integers from 0 on, got {sizes!r:.60}; the file is damaged or forged"
        )


def _check_flags(requires_grad: Any, hooks: Any) -> None:
    if type(requires_grad) is not bool:
        raise RefusedError(f"expected requires_grad as a bool, got {type(requires_grad).__name__}")
    if hooks is not None and (type(hooks) not in (OrderedDict, dict) or hooks):
        raise RefusedError("expected no backward hooks; torch never writes any")


def _check_dtype(model: TensorModel, dtype: Any) -> None:
    if not isinstance(dtype, model.Dtype):
        raise RefusedError(f"expected a dtype, got {type(dtype).__name__}")


def _set_state(target: Any, state: Any, base: type) -> None:
    """Attributes that the user hung on a tensor. One may not hide a method or property: that is for code, not for files.

    base: the class of tensors, of which nothing may be hidden; values that a subclass has for its attributes may be.
    """
    if type(state) is tuple and len(state) == 2:
        if state[1]:
            raise RefusedError("a tensor's state has slots; only plain attributes are read")
        state = state[0]
    if state is None:
        return
    if type(state) is not dict:
        raise RefusedError(f"expected a tensor's attributes as a dict, got {type(state).__name__}")
    for name, value in state.items():
        hidden = getattr_static(type(target), name, None) if type(name) is str else None
        if type(name) is not str or hasattr(base, name) or callable(hidden) or hasattr(type(hidden), "__get__"):
            raise RefusedError(f"a tensor may not get an attribute named {name!r:.80}; the file is forged")
        target.__dict__[name] = value
