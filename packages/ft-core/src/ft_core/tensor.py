"""Tensor: identity, metadata, autograd state. No op lives here: ft_dispatch installs functions and methods on the class.

What a tensor is made of (docs/explanation/contracts.md, DECISIONS 2, 4, 5, 7):

    _a        payload: a dense backend array, or a record for other layouts (`payload.py`)
    _k        key: flags | device | dtype; wrappers OR it and look the union up
    _node     the graph node that made it; None for a leaf
    _ver      one-element version cell shared by aliases; None reads as 0
    _grad     accumulated gradient
    _base     the tensor this one is a view of (never itself a view)
    _storage  shared memory; None while this tensor is the only owner of `_a`

The other slots are set only where they mean something: `_off` with `_storage`; `_strides` (in elements, torch's) with IRREG;
`_viewfn`, `_vver`, `_creation` with `_base`; `_gen` on backends without aliasing; `_hooks`, `_extra` by ft_autograd.
"""

from __future__ import annotations

from math import prod
from typing import Any

from . import upcalls
from .device import device
from .dtype import dtype
from .keys import (
    CONJ,
    CPU,
    DEVICE_OF,
    DEVICES,
    DISPATCH,
    DTYPE_OF,
    DTYPES,
    GRAD,
    INFER,
    IRREG,
    LAYOUT_BITS,
    LAYOUTS,
    LEVEL,
    NEG,
    VIEW,
)
from .layout import (
    contiguous_format,
    contiguous_strides,
    is_channels_last,
    is_contiguous,
    layout,
    memory_format,
    preserve_format,
    strided,
    wrap_dim,
)
from .meta import MetaArray
from .size import Size, size_of
from .state import TL
from .storage import UntypedStorage, storage_of, version_cell
from .tensor_host import HostAccess
from .tensor_pickle import Pickling

new = object.__new__
_SPARSE = LAYOUTS & ~LAYOUT_BITS["quantized"]
_COMPRESSED = _SPARSE & ~LAYOUT_BITS["sparse_coo"]


class Tensor(HostAccess, Pickling):
    """An n-dimensional array with a dtype and a device, and optionally a place in an autograd graph.

    Built by `torch.tensor`, `torch.zeros`, …; the constructor takes what `torch.Tensor` takes (sizes or data, in the default dtype).
    Source: https://docs.pytorch.org/docs/stable/tensors.html
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_a",
        "_base",
        "_creation",
        "_extra",
        "_gen",
        "_grad",
        "_hooks",
        "_k",
        "_node",
        "_off",
        "_storage",
        "_strides",
        "_ver",
        "_viewfn",
        "_vver",
    )

    _a: Any
    _k: int
    _node: Any
    _ver: list[int] | None
    _grad: Tensor | None
    _base: Tensor | None
    _storage: UntypedStorage | None
    _off: int
    _strides: tuple[int, ...]

    _plain = None  # where an edge of a backward graph leads, a plain node has its traits under this name
    __array_priority__ = 1000
    __hash__ = object.__hash__
    _make_subclass: Any
    _make_wrapper_subclass: Any

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """torch.Tensor(2, 3), torch.Tensor([1.0, 2.0]), torch.Tensor(): sizes, data, or nothing (`ft_dispatch.constructor`)."""
        return upcalls.construct(cls, args, kwargs)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Everything was done in `__new__`; the tensors that ops make pass neither."""

    # -- metadata ------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> Size:
        """Size of every dimension, a `torch.Size`."""
        return size_of(self._a.shape)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self._a.shape)

    def dim(self) -> int:
        """Number of dimensions."""
        return len(self._a.shape)

    ndimension = dim

    def numel(self) -> int:
        """Number of elements."""
        return prod(self._a.shape)

    nelement = numel

    def size(self, dim: int | None = None) -> Size | int:
        """Sizes of all dimensions, or of one (negative counts from the end; IndexError out of range)."""
        if dim.__class__ is int and not self._k & LEVEL:  # a transform hides the payload's first dimension
            try:
                return self._a.shape[dim]  # type: ignore[no-any-return]
            except IndexError:
                pass
        return self.shape if dim is None else self.shape[wrap_dim(dim, self.ndim, wrap_scalar=False)]

    def stride(self, dim: int | None = None) -> tuple[int, ...] | int:
        """Step in elements along every dimension, or along one."""
        if self._k & IRREG:
            if self._k & _COMPRESSED:
                raise RuntimeError("Sparse CSR tensors do not have strides")
            strides = self._strides
        else:
            strides = contiguous_strides(self._a.shape)
        return strides if dim is None else strides[wrap_dim(dim, self.ndim, wrap_scalar=False)]

    def storage_offset(self) -> int:
        """First element's position in the storage, in elements."""
        return 0 if self._storage is None else self._off

    def element_size(self) -> int:
        """Bytes of one element."""
        return self.dtype.itemsize

    @property
    def itemsize(self) -> int:
        """Bytes of one element."""
        return self.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements, gaps not counted."""
        if self._k & _SPARSE:
            raise RuntimeError(
                "nbytes is not defined for sparse tensors.  If you want the size of the constituent tensors, add the nbytes of the "
                "indices and values.  If you want the size of the  equivalent dense tensor, multiply numel() by element_size()"
            )
        return self.numel() * self.dtype.itemsize

    @property
    def dtype(self) -> dtype:
        """Element type."""
        return DTYPE_OF[self._k & DTYPES]

    @property
    def device(self) -> device:
        """Where the data lives."""
        where = DEVICE_OF.get(self._k & DEVICES)
        return self._a.device if where is None else where  # a proxy of a trace knows its own

    @property
    def layout(self) -> layout:
        """`torch.strided`, or the payload's own layout."""
        return getattr(self._a, "layout", strided)

    def is_contiguous(self, memory_format: memory_format = contiguous_format) -> bool:
        """Whether the elements lie in memory in the order of `memory_format`."""
        if memory_format is contiguous_format or memory_format is preserve_format:
            return not self._k & IRREG or self._lies_in_order()
        return is_channels_last(self._a.shape, self.stride(), memory_format)

    def _lies_in_order(self) -> bool:
        if self._k & _SPARSE:
            if self._k & _COMPRESSED:
                raise RuntimeError("Sparse CSR tensors do not have is_contiguous")
            return False
        return is_contiguous(self._a.shape, self._strides)

    def is_floating_point(self) -> bool:
        """Whether the dtype is a real floating point type."""
        return self.dtype.is_floating_point

    def is_complex(self) -> bool:
        """Whether the dtype is complex."""
        return self.dtype.is_complex

    def is_signed(self) -> bool:
        """Whether the dtype has a sign."""
        return self.dtype.is_signed

    def is_conj(self) -> bool:
        """Whether the values are the conjugate of the memory's."""
        return bool(self._k & CONJ)

    def is_neg(self) -> bool:
        """Whether the values are the negative of the memory's."""
        return bool(self._k & NEG)

    def is_inference(self) -> bool:
        """Whether it was made under `inference_mode`."""
        return bool(self._k & INFER)

    def get_device(self) -> int:
        """Index of the device, -1 on the CPU."""
        where = self.device
        return -1 if where.index is None else where.index

    is_cpu = property(lambda self: self.device.type == "cpu", doc="Whether the data is on the CPU.")
    is_cuda = property(lambda self: self.device.type == "cuda", doc="Whether the data is on a CUDA device.")
    is_meta = property(lambda self: self.device.type == "meta", doc="Whether there is metadata only.")
    is_mps = property(lambda self: self.device.type == "mps", doc="Whether the data is on an Apple GPU.")
    is_xpu = property(lambda self: self.device.type == "xpu", doc="Whether the data is on an Intel GPU.")
    is_sparse = property(lambda self: self.layout.name == "sparse_coo", doc="Whether the layout is sparse COO.")
    is_sparse_csr = property(lambda self: self.layout.name == "sparse_csr", doc="Whether the layout is sparse CSR.")
    is_quantized = property(lambda self: self.dtype.name.startswith("q"), doc="Whether the dtype is a quantized one.")
    is_nested = property(lambda self: False, doc="Whether it is a nested tensor.")
    is_mkldnn = property(lambda self: False, doc="Whether the layout is oneDNN's.")

    # -- memory --------------------------------------------------------------------------------------------------

    def untyped_storage(self) -> UntypedStorage:
        """The memory under this tensor and its aliases. NotImplementedError for a sparse one, whose components have memory."""
        storage: Any = storage_of(self)
        if self._k & LAYOUTS:
            storage.refuse()
        return storage

    def data_ptr(self) -> int:
        """Address of the first element."""
        if self.numel() == 0 or isinstance(self._a, MetaArray):
            return 0
        return storage_of(self).data_ptr() + self._off * self.dtype.itemsize

    @property
    def _version(self) -> int:
        if self._k & INFER:
            raise RuntimeError("Inference tensors do not track version counter.")
        return 0 if self._ver is None else self._ver[0]

    def _is_view(self) -> bool:
        return self._base is not None

    # -- autograd state ------------------------------------------------------------------------------------------

    @property
    def requires_grad(self) -> bool:
        """Whether operations on it are recorded for backward; true of any view of what requires grad."""
        k = self._k
        if k & VIEW and not k & GRAD:
            base = self._base
            return base is not None and bool(base._k & GRAD)
        return bool(k & GRAD)

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        if not isinstance(value, bool):
            raise RuntimeError("requires_grad must be a bool")
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Switch recording on or off for a leaf, in place. RuntimeError for a non-leaf or a dtype that has no gradient, TypeError for no bool."""
        if not isinstance(requires_grad, bool):
            raise TypeError(
                f"requires_grad_(): argument 'requires_grad' (position 1) must be bool, not {type(requires_grad).__name__}"
            )
        if self.grad_fn is not None:
            if not requires_grad:
                raise RuntimeError(
                    "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a "
                    "subgraph that doesn't require differentiation use var_no_grad = var.detach()."
                )
            return self
        if requires_grad:
            kind = self.dtype
            if not (kind.is_floating_point or kind.is_complex):
                raise RuntimeError("only Tensors of floating point and complex dtype can require gradients")
            if self._k & INFER and not self._inference_allowed():
                raise RuntimeError("Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.")
            self._k |= GRAD
        else:
            self._k &= ~GRAD
        return self

    @staticmethod
    def _inference_allowed() -> bool:
        from .keys import INFERENCE  # noqa: PLC0415

        return bool(TL.st.bits & INFERENCE)

    @property
    def grad_fn(self) -> Any:
        """The node that produced it, None for a leaf."""
        if self._k & VIEW:
            upcalls.refresh_view(self)
        node = self._node
        return None if node is None else node.public()

    @property
    def is_leaf(self) -> bool:
        """Whether the user made it (nothing in the graph produced it)."""
        if self._k & VIEW:
            upcalls.refresh_view(self)
        return self._node is None

    @property
    def output_nr(self) -> int:
        """Which output of its node it is."""
        return getattr(self._node, "index", 0)

    @property
    def grad(self) -> Tensor | None:
        """The accumulated gradient, or None. UserWarning for a non-leaf, which has none unless `retain_grad` asked for it."""
        held = self._grad
        if held is None and self._node is not None and not self.retains_grad:
            _warn_of_no_grad()
        return held

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if value is not None:
            _check_grad(self, value)
        if TL.st.tracer is not None:
            TL.st.tracer.note_grad(self, value)
        self._grad = value

    @grad.deleter
    def grad(self) -> None:
        self.grad = None

    @property
    def data(self) -> Tensor:
        """An alias outside the graph, with a version counter of its own."""
        alias = alias_of(self)
        alias._ver = None
        return alias

    @data.setter
    def data(self, value: Tensor) -> None:
        repoint(self, value)

    def backward(
        self, gradient: Tensor | None = None, retain_graph: bool | None = None, create_graph: bool = False, inputs: Any = None
    ) -> None:
        """Accumulate the gradient of this tensor into the leaves. Source: torch.Tensor.backward."""
        upcalls.backward(self, gradient, retain_graph, create_graph, inputs)

    def register_hook(self, hook: Any) -> Any:
        """Call `hook(grad)` whenever a gradient for this tensor is computed; it may return a replacement."""
        return upcalls.register_hook(self, hook)

    def retain_grad(self) -> None:
        """Keep `.grad` of a non-leaf after backward."""
        upcalls.retain_grad(self)

    @property
    def retains_grad(self) -> bool:
        """Whether `retain_grad` was asked of this non-leaf."""
        return bool(getattr(self, "_extra", None) and self._extra.get("retains_grad"))


def _check_grad(t: Tensor, value: Any) -> None:
    if not isinstance(value, Tensor):
        raise TypeError(f"assigned grad expected to be a Tensor or None but got grad of type {type(value).__name__}")
    if value is t:
        raise RuntimeError("can't assign Variable as its own grad")
    if t._k & LAYOUTS and not value._k & LAYOUTS:
        raise RuntimeError("attempting to assign a gradient to a tensor that has data of a different type")
    wanted = (getattr(t, "_extra", None) or {}).get("grad_dtype", t.dtype)
    if wanted is not None and value.dtype is not wanted:
        raise RuntimeError(
            f"attempting to assign a gradient with dtype '{value.dtype.scalar_name.lower()}' to a tensor with grad_dtype "
            f"'{wanted.scalar_name}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the "
            "tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the "
            "dtypes of a tensor and its gradient may break downstream systems that assume they match."
        )
    if value.device != t.device:
        raise RuntimeError(f"assigned grad has data located on a different device: expected {t.device}, got {value.device}")
    if tuple(value.shape) != tuple(t.shape):
        raise RuntimeError(
            f"attempting to assign a gradient of size '{list(value.shape)}' to a tensor of size '{list(t.shape)}'. Please ensure that the "
            "gradient and the tensor are the same size"
        )


def _warn_of_no_grad() -> None:
    import warnings  # noqa: PLC0415  # few programs do this

    warnings.warn(
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during "
        "autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf "
        "Tensor.",
        UserWarning,
        stacklevel=3,
    )


# -- making tensors ----------------------------------------------------------------------------------------------------


def wrap(array: Any, key: int) -> Tensor:
    """A leaf over a regular (C-contiguous, non-empty) array nobody else owns; `key` holds its device and dtype bits."""
    o = new(Tensor)
    o._a = array
    o._k = key
    o._ver = o._grad = o._base = o._storage = o._node = None
    return o


def wrap_strided(array: Any, key: int, strides: tuple[int, ...]) -> Tensor:
    """Like `wrap` for any dense strides (in elements): IRREG is set unless they are the contiguous ones of a non-empty array."""
    o = wrap(array, key & ~IRREG)
    shape = array.shape
    if 0 in shape or strides != contiguous_strides(shape):
        o._k |= IRREG
        o._strides = strides
    return o


def tensor_from_storage(
    storage: UntypedStorage, kind: dtype, shape: tuple[int, ...], strides: tuple[int, ...], offset: int
) -> Tensor:
    """A leaf over `storage`: `shape`, `strides` and `offset` in elements; bounds must have been checked by the caller."""
    from .backend import backend_for  # noqa: PLC0415

    backend = backend_for(storage.device)
    array = backend.strided_view(storage.root, kind, shape, strides, offset)
    o = wrap_strided(array, storage.device.bit | kind.bit, tuple(strides))
    o._storage = storage
    o._off = offset
    return o


def alias_of(t: Tensor) -> Tensor:
    """A leaf over the same memory that shares the version counter and is no view (what `detach` returns).

    Of a tensor whose class does its work it is another object of that class with the same attributes.
    """
    if t._k & DISPATCH:
        o = new(type(t))
        o.__dict__.update(t.__dict__)
    else:
        o = new(Tensor)
    o._storage = storage_of(t)
    o._off = t._off
    o._a = t._a
    o._k = k = t._k & ~(GRAD | VIEW)
    if k & IRREG:
        o._strides = t._strides
    o._ver = None if k & INFER else version_cell(t)
    o._grad = o._base = o._node = None
    if not k & CPU and hasattr(t, "_gen"):
        o._gen = t._gen
    return o


def repoint(t: Tensor, value: Tensor) -> None:
    """Let `t` stand on `value`'s memory (`t.data = value`, `set_`, module conversion); its place in the graph stays."""
    if not isinstance(value, Tensor):
        raise TypeError(f"Variable data has to be a tensor, but got {type(value).__name__}")
    if t._k & GRAD and not (value.dtype.is_floating_point or value.dtype.is_complex):
        raise RuntimeError("data set to a tensor that requires gradients must be floating point or complex dtype")
    t._storage = storage_of(value)
    t._off = value._off
    t._a = value._a
    keep = t._k & (GRAD | VIEW | INFER)
    t._k = value._k & ~(GRAD | VIEW | INFER) | keep
    if value._k & IRREG:
        t._strides = value._strides
