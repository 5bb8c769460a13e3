"""Methods that give a tensor other memory or another place in it, in place: `resize_`, `set_`, `t_`, `squeeze_` and their like.

The object stays, what it stands on changes. Everything is checked before anything is changed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from ft_core import Tensor, UntypedStorage, contiguous_format, device, get_default_dtype, preserve_format, uint8
from ft_core.backend import BACKENDS, backend_for
from ft_core.keys import BELOW, GRAD, IRREG, LEVEL, NOGRAD
from ft_core.layout import contiguous_strides, memory_format_strides, storage_extent
from ft_core.state import TL
from ft_core.storage import storage_of
from ft_core.tensor import repoint, tensor_from_storage

from . import hooks
from .canonical import to_index
from .host import from_numpy
from .inplace import bump
from .memory import new_tensor
from .meta import Spec
from .ops.view import sizes_of
from .registry import OPS, binding
from .uninitialized import shown


def _room(storage: UntypedStorage, nbytes: int) -> None:
    """Grow a storage that has fewer than `nbytes` bytes. RuntimeError if its memory may not move."""
    if storage.nbytes() < nbytes:
        storage.resize_(nbytes)


@binding("resize_", function=False)
def resize_(self: Tensor, *sizes: Any, memory_format: Any = contiguous_format) -> Tensor:
    """Other sizes over the same memory, which grows where it must; elements that are new are uninitialised.

    RuntimeError for a tensor that requires grad, and where the memory belongs to somebody else (NumPy).
    Source: torch.Tensor.resize_.
    """
    shape = tuple([to_index(n) for n in sizes_of(sizes)])
    if self._k & LEVEL:
        self._of.resize(self, shape, memory_format)  # type: ignore[attr-defined]  # see ft_autograd.levels.level
        return self
    if self.requires_grad:
        raise RuntimeError("cannot resize variables that require grad")
    for n in shape:
        if n < 0:
            raise RuntimeError(f"Trying to create tensor with negative dimension {n}: {list(shape)}")
    if memory_format is preserve_format:
        raise RuntimeError("Unsupported memory formatPreserve")
    written = self.numel()
    if shape != tuple(self._a.shape) or memory_format is not contiguous_format:
        place(self, shape, memory_format_strides(shape, memory_format))
    bump(self)
    return shown(self, written)


def place(t: Tensor, shape: tuple[int, ...], strides: tuple[int, ...]) -> None:
    """Let `t` show other elements of its storage from its offset on; the storage grows where it is too small."""
    offset = t.storage_offset()
    if t.device.type == "meta":
        repoint(t, new_tensor(Spec(shape, t.dtype, strides), t.device, TL.st))
        return
    storage = storage_of(t)
    _room(storage, storage_extent(shape, strides, offset) * t.dtype.itemsize)
    repoint(t, tensor_from_storage(storage, t.dtype, shape, strides, offset))


@binding("resize_as_", function=True)
def resize_as_(input: Tensor, the_template: Tensor, *, memory_format: Any = None) -> Tensor:
    """Resized in place to the sizes of another tensor."""
    return resize_(input, tuple(the_template.shape), memory_format=memory_format or contiguous_format)


@binding("resize", function=False)
def resize(self: Tensor, *sizes: Any) -> Tensor:
    """The same elements in other sizes of the same product (deprecated in torch in favour of reshape)."""
    warnings.warn("non-inplace resize is deprecated", UserWarning, stacklevel=3)
    return self.reshape(sizes_of(sizes))


@binding("resize_as", function=False)
def resize_as(self: Tensor, tensor: Tensor) -> Tensor:
    """The same elements in the sizes of another tensor (deprecated in torch in favour of reshape)."""
    warnings.warn("non-inplace resize_as is deprecated", UserWarning, stacklevel=3)
    return self.reshape(tuple(tensor.shape))


@binding("set_", function=False)
def set_(self: Tensor, source: Any = None, storage_offset: int = 0, size: Any = None, stride: Any = None) -> Tensor:
    """Stand on the memory of a tensor or storage, from an offset on, in given sizes and strides; with nothing given, on no memory.

    RuntimeError for another dtype, where offset, sizes and strides reach past a memory that may not grow, and inside a transform.
    Source: torch.Tensor.set_.
    """
    if self._k & LEVEL or (isinstance(source, Tensor) and source._k & LEVEL):
        raise RuntimeError("set_: a tensor inside a transform has no memory of its own to exchange; use the other tensor instead")
    if isinstance(source, Tensor):
        if source.dtype is not self.dtype:
            raise RuntimeError(f"Could not set tensor of type {_c_name(source)} to a tensor of type {_c_name(self)}")
        if size is None:
            repoint(self, source)
            bump(self)
            return self
    storage = _storage_of(self, source)
    at = to_index(storage_offset)
    if at < 0:
        raise RuntimeError(f"Tensor: invalid storage offset {at}")
    shape = (storage.nbytes() // self.dtype.itemsize - at,) if size is None else tuple([to_index(n) for n in size])
    strides = contiguous_strides(shape) if stride is None else tuple([to_index(n) for n in stride])
    if len(shape) != len(strides):
        raise RuntimeError(f"unequal size length ({len(shape)}) and stride length ({len(strides)})")
    _room(storage, storage_extent(shape, strides, at) * self.dtype.itemsize)
    repoint(self, tensor_from_storage(storage, self.dtype, shape, strides, at))
    bump(self)
    return self


def _c_name(t: Tensor) -> str:
    return {"Float": "float", "Double": "double", "Long": "long int", "Int": "int"}.get(t.dtype.scalar_name, t.dtype.scalar_name)


def _storage_of(t: Tensor, source: Any) -> UntypedStorage:
    if source is None:
        return UntypedStorage(np.empty(0, np.uint8), 0, device("cpu"))
    if isinstance(source, Tensor):
        return storage_of(source)
    untyped = getattr(source, "_untyped_storage", source)
    if not isinstance(untyped, UntypedStorage):
        raise TypeError(f"set_(): argument 'source' (position 1) must be Tensor or Storage, not {type(source).__name__}")
    return untyped


# -- views of itself ---------------------------------------------------------------------------------------------------------


def _becomes(t: Tensor, made: Tensor) -> Tensor:
    """Let `t` be the view `made` of it: its place in memory, its node, its chain of views."""
    chain, is_view = made._viewfn, t._base is not None
    recorded = made._k & GRAD
    repoint(t, made)
    if not made._k & IRREG:
        t._k &= ~IRREG
    bump(t)
    if recorded:
        t._k |= GRAD
        t._node = made._node
    if is_view:
        t._viewfn = chain
        t._vver = t._ver[0]  # type: ignore[index]  # `bump` made the counter
    return t


def _in_place(name: str) -> Callable[..., Tensor]:
    def method(self: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        st = TL.st
        if not st.bits & (NOGRAD | BELOW):
            hooks.check_inplace(self, st)
        return _becomes(self, getattr(self, name)(*args, **kwargs))

    method.__name__ = method.__qualname__ = f"{name}_"
    method.__doc__ = f"In-place form of `{name}`: this tensor becomes that view of itself. Source: torch.Tensor.{name}_."
    return binding(f"{name}_", function=name == "as_strided")(method)


for _name in ("as_strided", "squeeze", "swapaxes", "swapdims", "t", "transpose", "unsqueeze"):
    _in_place(_name)


# -- sharing and pinning -------------------------------------------------------------------------------------------------------


@binding("is_set_to", function=False)
def is_set_to(self: Tensor, tensor: Tensor) -> bool:
    """Whether both stand on the same memory with the same offset, sizes and strides."""
    same = storage_of(self) is storage_of(tensor) and self.storage_offset() == tensor.storage_offset()
    return same and self.shape == tensor.shape and self.stride() == tensor.stride()


@binding("is_pinned", function=False)
def is_pinned(self: Tensor, device: Any = None) -> bool:
    """Whether the memory is page-locked for transfers to an accelerator; never so here."""
    return False


@binding("pin_memory", function=False)
def pin_memory(self: Tensor, device: Any = None) -> Tensor:
    """A copy in page-locked memory, from which an accelerator reads faster. RuntimeError where no accelerator's backend is loaded."""
    pin = next((p for b in BACKENDS.values() if (p := getattr(b, "pin_memory", None)) is not None), None)
    if pin is None:
        raise RuntimeError("Cannot access accelerator device when none is available.")
    return pin(self)  # type: ignore[no-any-return]


@binding("slice_inverse")
def slice_inverse(input: Tensor, src: Tensor, dim: int = 0, start: Any = None, end: Any = None, step: int = 1) -> Tensor:
    """A view of the memory of `input` as `src` lies in its own: undoes a slice for functionalised code. Source: aten::slice_inverse."""
    return input.as_strided(tuple(src.shape), src.stride(), src.storage_offset())


@binding("from_file", method=False)
def from_file(
    filename: str,
    shared: bool | None = None,
    size: int = 0,
    *,
    dtype: Any = None,
    layout: Any = None,
    device: Any = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """A vector of `size` elements over a memory-mapped file: read as they are used, and with `shared` written back.

    With shared=True a file that is too short is made longer; otherwise RuntimeError. Source: torch.from_file.
    """
    kind = dtype or get_default_dtype()
    if pin_memory:
        raise RuntimeError("tensors constructed from a file cannot be pinned")
    count = size * kind.itemsize
    held = UntypedStorage.from_file(filename, bool(shared), count).bytes()
    made = from_numpy(held) if count else OPS["empty.memory_format"]((0,), dtype=uint8)
    made = made.view(kind)
    return made.requires_grad_() if requires_grad else made


@binding("is_shared", function=False)
def is_shared(self: Tensor) -> bool:
    """Whether other processes can map the memory: so on CUDA, and after `share_memory_`."""
    return storage_of(self).is_shared()


@binding("share_memory_", function=False)
def share_memory_(self: Tensor) -> Tensor:
    """Move the memory, with every tensor over it, to where forked processes see each other's writes. Nothing to do on CUDA."""
    storage_of(self).share_memory_()
    return self


@binding("record_stream", function=False)
def record_stream(self: Tensor, stream: Any) -> None:
    """Tell the memory's owner that `stream` uses it, so that it is not given away too early. RuntimeError for a CPU tensor."""
    keep = getattr(backend_for(self.device), "record_stream", None)
    if keep is None:
        raise RuntimeError(
            f"record_stream: expected a tensor on a device with streams; got one on {self.device}; leave the call out"
        )
    keep(self._a, stream)


@binding("new_empty_strided", function=False)
def new_empty_strided(
    self: Tensor,
    size: Any,
    stride: Any,
    dtype: Any = None,
    layout: Any = None,
    device: Any = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """An uninitialised tensor of given sizes and strides, in this one's dtype and device unless told."""
    made = OPS["empty_strided"](
        tuple(size), tuple(stride), dtype=dtype or self.dtype, device=self.device if device is None else device
    )
    return shown(made).requires_grad_() if requires_grad else shown(made)
