"""The backend contract: what a package must bring so that tensors can live on its device, and what it gets for that.

A backend is one object with its memory functions and a table of kernels over its own arrays; it knows nothing of Tensor,
autograd, type promotion or views. The contract of a kernel is section 4 of docs/explanation/contracts.md; conformance levels say
in which order to build. The registry at the end maps a device type to its backend; ft-conformance checks that a backend keeps
what it declares.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from inspect import getattr_static
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import numpy

from .device import register_device_type
from .plugin.manager import PluginError, plugins

if TYPE_CHECKING:
    from .dtype import dtype as DType

F = TypeVar("F", bound=Callable[..., Any])


class Conformance(IntEnum):
    """How much of the contract a backend declares to keep; each includes those before it, and ft-conformance tests it."""

    L0_MEMORY = 0  # allocate, copy to and from host, copy within
    L1_PRIMITIVES = 1  # the primitives (about 60 kernels): everything else decomposes into them
    L2_TABLE = 2  # every op of the table, by kernel or by decomposition
    L3_GRADIENTS = 3  # gradients and function transforms
    L4_COMPILE = 4  # compiled programs
    L5_SPEED = 5  # fused kernels instead of decompositions where it matters


class Kernel:
    """One entry of a kernel table: the function and what it promises (see `KernelTable.kernel` for the fields)."""

    __slots__ = ("fn", "half", "inplace", "layout", "leaf", "name", "native", "out", "short", "workspace")

    def __init__(
        self,
        name: str,
        fn: Callable[..., Any],
        leaf: Callable[..., Any] | None,
        half: str,
        out: bool,
        layout: str,
        inplace: tuple[int, ...],
        workspace: Callable[..., int] | None,
        native: Any,
        short: Callable[..., Callable[..., Any] | None] | None = None,
    ) -> None:
        self.short = short
        self.name, self.fn, self.leaf, self.half, self.out = name, fn, leaf, half, out
        self.layout, self.inplace, self.workspace, self.native = layout, inplace, workspace, native

    def __call__(self, *args: Any, out: Any) -> Any:
        return self.fn(*args, out=out)

    def __repr__(self) -> str:
        return f"<kernel {self.name}: {self.fn.__module__}.{self.fn.__qualname__}>"


def _choosing(fn: Callable[..., Any], short: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel of a call without a route: it makes the same choice, so that the first call has the bits of the later ones."""

    @functools.wraps(fn)
    def whole(*args: Any, out: Any) -> Any:
        return (short(*args) or fn)(*args, out=out)

    return whole


class KernelTable(dict[str, Kernel]):
    """A backend's kernels by ATen name ("softplus", "add.Tensor"), filled by the decorator `table.kernel`."""

    def kernel(
        self,
        name: str,
        *,
        leaf: Callable[..., Any] | None = None,
        half: str = "cast",
        out: bool = True,
        layout: str = "any",
        inplace: Sequence[int] = (0,),
        workspace: Callable[..., int] | None = None,
        native: Any = None,
        short: Callable[..., Callable[..., Any] | None] | None = None,
    ) -> Callable[[F], F]:
        """Decorator: the function below is the kernel of op `name`; it stays a plain function, and may carry several names.

        leaf: `leaf(*arrays, out=dest)` does the whole job where every other parameter has its default.
        half: "cast" (float16, bfloat16 and fp8 arrive as float32), "rounded" (likewise, and numbers are rounded to the half type first),
            "exact" (as "cast", and a second operand without dims keeps what its wider dtype holds) or "native" (they arrive as they are).
        out: False where it cannot write into a destination; the dispatcher then copies.
        layout: "any", "dense" (no gaps) or "contiguous"; the dispatcher copies inputs that are otherwise.
        inplace: positions of the inputs whose memory `out` may share.
        workspace: scratch bytes from the inputs' shapes.
        native: a form for plans, in the backend's own terms; of a VIEW op `native(array, *params)` is a function and the argument with
            which it makes the view, `(transpose, (1, 0))`.
        short: `short(*arrays, *params)` gives a kernel that may count on inputs of just these shapes, dtypes and layouts and on these
            parameters, or None: what small calls would find out each time is found out once.

        Raises ValueError where `name` has a kernel already, or `half` or `layout` is another word.
        """
        if half not in ("cast", "rounded", "exact", "native"):
            raise ValueError(f'kernel {name}: half is "cast", "rounded", "exact" or "native"; got {half!r}')
        if layout not in ("any", "dense", "contiguous"):
            raise ValueError(f'kernel {name}: layout is "any", "dense" or "contiguous"; got {layout!r}')

        def attach(fn: F) -> F:
            if name in self:
                raise ValueError(
                    f"kernel {name}: {self[name]!r} is there already; got {fn.__module__}.{fn.__qualname__}; remove one"
                )
            whole = fn if short is None else _choosing(fn, short)
            self[name] = Kernel(name, whole, leaf, half, out, layout, tuple(inplace), workspace, native, short)
            return fn

        return attach


class Backend:
    """Base class of backends: override what stands under the first banner, and what you have of the second.

    Shapes are tuples of int, dtypes are `ft_core.dtype`, strides and offsets count elements. An *array* is whatever the backend
    computes on; it has `.shape`, `.ndim`, `.size` as NumPy's do. Memory belongs to the array: the dispatcher never frees."""

    # ------------------------------------------- required -------------------------------------------

    name: ClassVar[str]  # for people: "NumPy", "CuPy"
    device_type: ClassVar[str]  # for programs: the word before the colon in "cuda:0"
    array_type: type  # the class of its arrays
    aliasing: ClassVar[bool] = True  # strided views over shared memory; False: the dispatcher keeps arrays immutable
    ALLOC: Any = None  # the value of a kernel's `out=` that means "allocate"
    kernels: KernelTable

    def allocate(self, shape: tuple[int, ...], dtype: DType) -> Any:
        """A new C-contiguous array, its contents undefined."""
        raise _lacks(self, "allocate(shape, dtype)")

    def from_host(self, array: numpy.ndarray, dtype: DType) -> Any:
        """A copy of a host array, whose NumPy dtype is `dtype.numpy`, on the current device."""
        raise _lacks(self, "from_host(array, dtype)")

    def to_host(self, array: Any, dtype: DType) -> numpy.ndarray:
        """The values as a host array of `dtype.numpy`; it may share memory only where the backend's memory is the host's."""
        raise _lacks(self, "to_host(array, dtype)")

    def copy_within(self, dst: Any, src: Any) -> None:
        """Write `src` into `dst`: both on this device, equal shape and dtype, any strides, no overlap."""
        raise _lacks(self, "copy_within(dst, src)")

    def supports(self, dtype: DType) -> bool:
        """Whether arrays of this dtype can exist here."""
        raise _lacks(self, "supports(dtype)")

    def strided_view(self, root: Any, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> Any:
        """An array over the memory of `root` (flat, bytes) without a copy; required where `aliasing` is True."""
        raise _lacks(self, "strided_view(root, dtype, shape, strides, offset)")

    # ------------------------------------- what you get for free -------------------------------------
    # Decompositions for every op without a kernel, dtype promotion, in-place and out= forms, views, autograd, printing and files
    # need no line here. The methods below describe one device without queues; override those that your device has an answer to.

    def placing(self, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...]) -> Callable[[Any, int], Any]:
        """`(root, offset) -> array`: `strided_view` for many arrays that differ in their offset only."""
        return lambda root, offset: self.strided_view(root, dtype, shape, strides, offset)

    def cast(self, array: Any, source: DType, target: DType) -> Any:
        """A copy of `array` (dtype `source`) in dtype `target`, converted as C does; by way of the host unless overridden."""
        return self.from_host(self.to_host(array, source).astype(target.numpy), target)

    def caster(self, source: DType, target: DType) -> Callable[[Any], Any]:
        """`cast` for many arrays of one dtype."""
        return lambda array: self.cast(array, source, target)

    def scalar(self, number: complex, dtype: DType) -> Any:
        """A 0-dim array of `dtype` that holds a Python number; integers wrap, as torch's do."""
        host = numpy.array(number)
        return self.from_host(host.astype(dtype.numpy), dtype)

    def rounded_scalar(self, number: complex, first: DType, dtype: DType) -> Any:
        """`scalar` of `dtype`, rounded to the dtype `first` on the way."""
        array = self.scalar(number, first)
        return array if first is dtype else self.cast(array, first, dtype)

    def empty_strided(self, shape: tuple[int, ...], strides: tuple[int, ...], dtype: DType) -> Any:
        """A new array with the given strides (in elements, none negative), its contents undefined."""
        extent = 1 + sum((n - 1) * s for n, s in zip(shape, strides, strict=True)) if 0 not in shape else 0
        root, _ = self.root_of(self.allocate((extent,), dtype))
        return self.strided_view(root, dtype, shape, strides, 0)

    def contiguous(self, array: Any, dtype: DType) -> Any:
        """`array` itself where it is C-contiguous (without aliasing it always is), else a copy that is."""
        if not self.aliasing:
            return array
        dense = self.allocate(tuple(array.shape), dtype)
        self.copy_within(dense, array)
        return dense

    def root_of(self, array: Any) -> tuple[Any, int]:
        """The flat memory under a C-contiguous array, as `strided_view` takes it, and its size in bytes."""
        return array, getattr(array, "nbytes", 0)

    def data_ptr(self, root: Any) -> int:
        """Address of the memory `root`; 0 where there is no such thing."""
        return 0

    def dtype_of(self, array: Any) -> DType | None:
        """The dtype of an array, or None where arrays do not know it (raw bits)."""
        return None

    def bytes_of(self, root: Any) -> numpy.ndarray:
        """The memory `root` as a flat uint8 host array (a view where the memory is the host's)."""
        raise _lacks(self, "bytes_of(root), which byte access to a storage needs")

    conformance: ClassVar[Conformance] = Conformance.L1_PRIMITIVES
    code_printer: Any = None  # prints the loop language of `compile` for this device; None: compiled programs call the kernels

    def set_deterministic(self, on: bool) -> None:
        """Told when `use_deterministic_algorithms` changes: from now on results may not depend on the number of threads."""

    def unavailable_reason(self) -> str | None:
        """Why this device cannot be used in this process (no driver, no device), or None where it can."""
        return None

    def device_count(self) -> int:
        """How many devices of this type there are; 0 where none is usable."""
        return 0 if self.unavailable_reason() else 1

    def current_device(self) -> int:
        """The index that a device without an index means."""
        return 0

    def set_device(self, index: int) -> None:
        """Make `index` the current device of this thread. Raises ValueError where there is no such device."""
        if not 0 <= index < self.device_count():
            raise ValueError(f"{self.device_type}: device index is below {self.device_count()}; got {index}")

    def set_num_threads(self, count: int) -> None:
        """Let one op use up to `count` threads of the host; nothing to do where kernels have no threads of their own."""

    def synchronize(self, index: int | None = None) -> None:
        """Wait for all work queued on the device; nothing to wait for where calls return when they are done."""

    def stream(self, priority: int = 0) -> Any:
        """A new queue of work, or None where the device has no queues."""
        return None

    def event(self, timing: bool = False) -> Any:
        """A marker in a queue that can be waited for, or None where the device has no queues."""
        return None

    def generator(self, engine: str) -> Any:
        """The state of a random engine on this device, or None where the host's generator fills arrays."""
        return None

    def memory_info(self, index: int | None = None) -> tuple[int, int] | None:
        """(free, total) bytes of the device, or None where that is unknown."""
        return None

    def properties(self, index: int) -> dict[str, Any] | None:
        """What a device is: name, major, minor, total_memory (bytes), multi_processor_count; None where that is unknown."""
        return None

    def free(self) -> None:
        """Give cached memory back to the system, if the backend caches any (torch's empty_cache)."""


def _lacks(backend: Backend, method: str) -> NotImplementedError:
    where = f"{type(backend).__module__}.{type(backend).__qualname__}"
    return NotImplementedError(f"backend {backend.name}: required method {method} is missing; write it in {where}")


# ---- the registry ----

BACKENDS: dict[str, Backend] = {}
"""Device type to backend. The hot path reads this; everybody else calls `backend_for`."""

PROVIDERS = {"cpu": "ft-kernel-cpu", "cuda": "ft-kernel-cuda"}
"""What to install for a device type that we have a package for."""


def register_backend(backend: Backend) -> Backend:
    """Make `backend` the one that serves its device type.

    Raises PluginError where a required part is missing, PluginConflictError (naming both plugins) where the device type is taken.
    """
    # getattr_static, since `array_type` may be a property that imports the array library
    missing = [a for a in ("name", "device_type", "array_type", "kernels") if getattr_static(backend, a, None) is None]
    required = ["allocate", "from_host", "to_host", "supports"] + ["copy_within", "strided_view"] * bool(backend.aliasing)
    missing += [m for m in required if getattr(type(backend), m) is getattr(Backend, m)]
    if missing:
        raise PluginError(
            f"backend {type(backend).__qualname__}: lacks {', '.join(missing)}; see the first banner of ft_core.backend.Backend"
        )
    held = BACKENDS.get(backend.device_type)
    if held is backend:
        return backend
    plugins.claim("device", backend.device_type)
    if held is not None:
        raise PluginError(
            f'device "{backend.device_type}": {held.name} (of {type(held).__module__}) has it; got {backend.name}; drop one'
        )
    register_device_type(backend.device_type)
    BACKENDS[backend.device_type] = backend
    return backend


def backend_for(device: Any) -> Backend:
    """The backend of a device, or of a device type given as a string; looks for installed plugins where it is not known.

    Raises torch's AssertionError for CUDA without a usable backend; RuntimeError for any other that is missing or cannot be used.
    """
    kind = device if isinstance(device, str) else device.type
    backend = BACKENDS.get(kind)
    if backend is None:
        plugins.discover()
        backend = BACKENDS.get(kind)
    if backend is None:
        raise _absent(kind)
    reason = backend.unavailable_reason()
    if reason is not None:
        raise _unusable(kind, reason)
    return backend


def _absent(kind: str) -> Exception:
    advice = (
        f"install {PROVIDERS[kind]}" if kind in PROVIDERS else "install a plugin that serves it (`frankentorch plugins` lists them)"
    )
    return _unusable(kind, f"there is no backend for it, only for {_listed(BACKENDS)}; {advice}")


def _unusable(kind: str, reason: str) -> Exception:
    if kind == "cuda":  # torch's sentence first: programs match it
        return AssertionError(f"Torch not compiled with CUDA enabled ({reason})")
    return RuntimeError(f'device "{kind}" cannot be used: {reason}')


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in sorted(names)) or "none"


def _receive(backend: Backend, plugin: str) -> None:
    if not isinstance(backend, Backend):
        raise PluginError(f"plugin {plugin}: ft_backends returns ft_core.backend.Backend objects; got {type(backend).__qualname__}")
    register_backend(backend)


plugins.receive("ft_backends", _receive)
