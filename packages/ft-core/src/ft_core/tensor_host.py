"""How values leave a tensor: item, tolist, numpy, bool and number conversion, DLPack, printing.

Everything goes through `host_array`, the one door by which data becomes visible to Python; a trace or a transform level refuses or guards
there. Nothing here computes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import notices, upcalls
from .backend import backend_for
from .keys import BELOW, CONJ, CPU, DTYPE_BITS, GRAD, INFER, IRREG, LAYOUTS, NEG, NOGRAD, VIEW
from .meta import MetaArray
from .payload import Quantized
from .state import TL

if TYPE_CHECKING:
    from .tensor import Tensor

    _Base = Tensor  # checkers then know what `self` offers
else:
    _Base = object


_AS_THEY_LIE = CONJ | NEG | LAYOUTS  # the bits under which memory and values differ
_OURS = "uint8 int8 int16 int32 int64 float16 float32 float64 bool complex64 complex128".split()
_ORDINARY = GRAD | VIEW | IRREG | INFER | CPU | sum(DTYPE_BITS[name] for name in _OURS)
"""The bits of a tensor whose numbers NumPy reads as Python's, as they lie in memory: nobody has to be asked about these."""
_UNRECORDED = _ORDINARY & ~GRAD


def host_array(t: Tensor, what: str = "item") -> np.ndarray:
    """The values as a NumPy array (a view of the tensor's memory on the CPU); `what` names the caller in errors."""
    if upcalls.observe is not None:
        upcalls.observe(t, what)
    if isinstance(t._a, MetaArray) and t.device.type != "meta":
        if what == "item":
            return np.asarray(upcalls.wrapped_item(t))
        whose = "." if what == "numpy" else f", got {type(t).__name__}"
        raise RuntimeError(f".{what}() is not supported for tensor subclasses{whose}")
    if t.device.type == "meta":
        raise RuntimeError(f"Tensor.{what}() cannot be called on meta tensors")
    backend = backend_for(t.device)
    if t._storage is not None and not backend.aliasing:
        upcalls.refresh_alias(t)
    array = backend.to_host(t._a, t.dtype)
    if t._k & _AS_THEY_LIE:
        if t._k & LAYOUTS:
            return _represented(t, what)
        array = np.conj(array) if t._k & CONJ else array
        array = -array if t._k & NEG else array
    return array


_NO_LIST = "load_scalar: invalid type; call dequantize() or int_repr() first"


def _represented(t: Tensor, what: str) -> np.ndarray:
    """The real numbers that a quantized tensor stands for, in float32. RuntimeError for a sparse one, whose components have values."""
    record = t._a
    if not isinstance(record, Quantized):
        raise RuntimeError(
            f"Cannot access data pointer of Tensor that doesn't have storage: {what} of a tensor of layout {t.layout}; call to_dense() first"
        )
    ints = host_array(record.ints, what)
    if record.axis is None:
        return ((ints.astype(np.int64) - record.zero_point) * np.float32(record.scale)).astype(np.float32)
    along = tuple(-1 if d == record.axis else 1 for d in range(ints.ndim))
    scale, zero = (host_array(x, what).reshape(along) for x in (record.scale, record.zero_point))
    return ((ints - zero) * scale).astype(np.float32)


_EXPORTED = _ORDINARY & ~(GRAD | VIEW | IRREG | INFER)


class HostAccess(_Base):
    """Mixed into Tensor: the methods through which values leave it."""

    __slots__ = ()

    def item(self) -> bool | int | float | complex:
        """The single value as a Python number; RuntimeError unless there is exactly one element."""
        array = self._a
        if not self._k & ~_ORDINARY and upcalls.observe is None and array.__class__ is np.ndarray and array.size == 1:
            return array.item()  # type: ignore[no-any-return]
        n = self.numel()
        if n != 1:
            raise RuntimeError(f"a Tensor with {n} elements cannot be converted to Scalar")
        value = host_array(self, "item").reshape(()).item()
        return float(value) if self.is_floating_point() else value

    def tolist(self) -> Any:
        """Nested lists of Python numbers; a number for a 0-dim tensor."""
        if self._k & LAYOUTS:
            raise RuntimeError(
                _NO_LIST if isinstance(self._a, Quantized) else "Cannot access data pointer of Tensor that doesn't have storage"
            )
        if not self._k & ~_ORDINARY and upcalls.observe is None and self._a.__class__ is np.ndarray:
            return self._a.tolist()
        array = host_array(self, "tolist")
        if self.dtype.itemsize < 4 and self.is_floating_point():
            array = array.astype(np.float32)
        return array.tolist()

    def numpy(self, *, force: bool = False) -> np.ndarray:
        """A NumPy array over the same memory; RuntimeError for tensors that require grad, TypeError where NumPy has no such dtype."""
        if force:
            return host_array(self, "numpy")
        if not self._k & ~_EXPORTED and upcalls.observe is None and self._a.__class__ is np.ndarray:
            storage = self.untyped_storage()
            storage.exported = True
            storage.resizable = False
            return self._a.view()
        if self._k & (GRAD | VIEW) and self.requires_grad and not TL.st.bits & (NOGRAD | BELOW):
            raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
        if self.device.type != "cpu":
            raise TypeError(
                f"can't convert {self.device} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."
            )
        if self._k & LAYOUTS and not isinstance(self._a, Quantized):
            words = {"sparse_coo": "Sparse"}.get(self.layout.name, "".join(w.title() for w in self.layout.name.split("_")))
            raise TypeError(f"can't convert {words} layout tensor to numpy. Use Tensor.to_dense() first.")
        if self._k & CONJ:
            raise RuntimeError(
                "Can't call numpy() on Tensor that has conjugate bit set. Use tensor.resolve_conj().numpy() instead."
            )
        if self._k & NEG:
            raise RuntimeError("Can't call numpy() on Tensor that has negative bit set. Use tensor.resolve_neg().numpy() instead.")
        kind = self.dtype
        if kind.numpy is None or kind.numpy.kind == "V" or kind.numpy.type.__module__ != "numpy":
            raise TypeError(f"Got unsupported ScalarType {kind.scalar_name}")
        storage = self.untyped_storage()
        storage.exported = True
        storage.resizable = False
        host_array(self, "numpy")
        if self._k & IRREG and self.numel():
            return self._a[...]
        return self._a.view()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        array = self.numpy()
        return array if dtype is None else array.astype(dtype, copy=False)

    def __bool__(self) -> bool:
        array = self._a
        if not self._k & ~_ORDINARY and upcalls.observe is None and array.__class__ is np.ndarray and array.size == 1:
            return bool(array)
        n = self.numel()
        if n != 1:
            count = "no values" if n == 0 else "more than one value"
            raise RuntimeError(f"Boolean value of Tensor with {count} is ambiguous")
        return bool(host_array(self, "item").reshape(()).item())

    def _one(self) -> Any:
        array = self._a
        if not self._k & ~_UNRECORDED and upcalls.observe is None and array.__class__ is np.ndarray and array.size == 1:
            return array.item()
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        if self._k & (GRAD | VIEW) and self.requires_grad:
            notices.once(
                "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
                "Consider using tensor.detach() first."
            )
        return self.item()

    def _real(self, name: str) -> Any:
        value = self._one()
        if not isinstance(value, complex):
            return value
        if value.imag:
            raise RuntimeError(f"value cannot be converted to type {name} without overflow")
        return value.real

    def __int__(self) -> int:
        return int(self._real("int64_t"))

    def __float__(self) -> float:
        return float(self._real("double"))

    def __complex__(self) -> complex:
        return complex(self._one())

    def __index__(self) -> int:
        if self.numel() != 1 or self.is_floating_point() or self.is_complex():
            raise TypeError("only integer tensors of a single element can be converted to an index")
        value: Any = self.item()
        return int(value)

    def __len__(self) -> int:
        shape = self.shape
        if not shape:
            raise TypeError("len() of a 0-d tensor")
        return shape[0]

    def __dlpack__(self, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: Any = None) -> Any:
        if self.requires_grad:
            raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
        if self.is_conj():
            raise BufferError("Can't export tensors with the conjugate bit set")
        return self.numpy().__dlpack__(max_version=max_version, copy=copy)

    def __dlpack_device__(self) -> tuple[int, int]:
        codes = {"cpu": 1, "cuda": 2}
        where = self.device
        if where.type not in codes:
            raise BufferError(f"__dlpack_device__: no DLPack code for device type {where.type!r}")
        return codes[where.type], where.index or 0

    def __repr__(self, *, tensor_contents: str | None = None) -> str:  # type: ignore[override]  # mypy drops the name in dunders
        from .printing import repr_of  # noqa: PLC0415  # printing is loaded when something is printed

        return repr_of(self, tensor_contents)

    def __format__(self, spec: str) -> str:
        if self.ndim == 0 and not self.is_meta:
            return self.item().__format__(spec)
        return object.__format__(self, spec)
