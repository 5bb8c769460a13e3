"""Methods and properties of Tensor that are plain Python over ops.

Transposes, iteration, types, new tensors, and calls on single elements. Each is installed on the class through a binding, or as
a property at the end of this file. What moves a tensor to other memory is in `tensor_memory`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from ft_core import Tensor, dtype, notices
from ft_core.dtype import BY_NAME
from ft_core.keys import DISPATCH, SUB
from ft_core.tensor_host import host_array

from . import legacy_storage as _storages  # noqa: F401  # its bindings
from . import tensor_memory as _memory  # noqa: F401  # its bindings
from .canonical import to_index
from .constructor import construct
from .host import from_numpy
from .ops.complex import IMAG, REAL
from .ops.view import sizes_of
from .overrides import overridable
from .registry import OPS, binding
from .subclasses import as_instance, handler_bits
from .uninitialized import shown
from .views import owned

# -- transposes ----------------------------------------------------------------------------------------------------------------


def _T(self: Tensor) -> Tensor:
    if self.ndim not in (0, 2):
        warnings.warn(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will throw an error in a "
            "future release. Consider `x.mT` to transpose batches of matrices or "
            "`x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse "
            "the dimensions of a tensor.",
            UserWarning,
            stacklevel=3,
        )
    return self.permute(tuple(range(self.ndim - 1, -1, -1)))


def _matrices(self: Tensor, name: str) -> None:
    if self.ndim == 1:
        raise RuntimeError(f"tensor.{name} is only supported on matrices or batches of matrices. Got 1-D tensor.")
    if self.ndim == 0:
        warnings.warn(
            f"Tensor.{name} is deprecated on 0-D tensors. This function is the identity in these cases.", UserWarning, stacklevel=4
        )


def _mT(self: Tensor) -> Tensor:
    _matrices(self, "mT")
    return self if self.ndim == 0 else self.transpose(-2, -1)


def _mH(self: Tensor) -> Tensor:
    _matrices(self, "mH")
    turned = self if self.ndim == 0 else self.transpose(-2, -1)
    return turned.conj()


def _H(self: Tensor) -> Tensor:
    if self.ndim == 0:
        warnings.warn("Tensor.H is deprecated on 0-D tensors. Consider using x.conj().", UserWarning, stacklevel=3)
        return self.conj()
    if self.ndim != 2:
        hint = " For batches of matrices, consider using tensor.mH" if self.ndim > 2 else ""
        raise RuntimeError(f"tensor.H is only supported on matrices (2-D tensors). Got {self.ndim}-D tensor.{hint}")
    return self.transpose(0, 1).conj()


# -- as a container ------------------------------------------------------------------------------------------------------------


@binding("__array_namespace__", function=False)
def array_namespace(self: Tensor, *, api_version: str | None = None) -> Any:
    """The functions of the array API standard over tensors. ValueError for a version of the standard that it does not have.

    torch 2.13 has no such method; libraries that ask for it would take its tensors through a wrapper instead.
    """
    from . import array_api  # noqa: PLC0415  # it stands on the surface, which is assembled from these methods

    if api_version is not None and api_version not in array_api.VERSIONS:
        raise ValueError(
            f"__array_namespace__: expected one of the versions {', '.join(array_api.VERSIONS)} of the standard, but got {api_version!r}"
        )
    return array_api


@binding("to_device", function=False)
def to_device(self: Tensor, device: Any, /, *, stream: Any = None) -> Tensor:
    """The tensor on another device, as the array API standard asks for it. ValueError for a stream, which no backend takes here.

    torch 2.13 has no such method; a library that finds `__array_namespace__` calls it.
    """
    if stream is not None:
        raise ValueError(f"to_device: expected stream to be None, since copies wait for their device, but got {stream!r}")
    return self.to(device)


@binding("__array_wrap__", function=False)
def array_wrap(self: Tensor, array: Any, context: Any = None, return_scalar: bool = False) -> Tensor:
    """What a NumPy function of a tensor gives back (`numpy.sin(x)`): a tensor over its array, bools as uint8 as in torch.

    https://docs.pytorch.org/docs/2.13/tensors.html; NumPy's protocol: https://numpy.org/doc/stable/user/basics.interoperability.html
    """
    from .host import from_numpy  # noqa: PLC0415  # as above

    return from_numpy(array.astype("uint8") if array.dtype == bool else array)


@binding("__iter__", function=False)
def iterate(self: Tensor) -> Iterator[Tensor]:
    """Slices along the first dimension. TypeError for a 0-dim tensor."""
    if self.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter(self.unbind(0))


@binding("__reversed__", function=False)
def backwards(self: Tensor) -> Tensor:
    """Flipped along the first dimension."""
    return self if self.ndim == 0 else self.flip(0)


@binding("__contains__", function=False)
def holds(self: Tensor, element: Any) -> bool:
    """Whether some element equals a number (or a tensor that broadcasts)."""
    if not isinstance(element, (Tensor, bool, int, float, complex)):
        raise RuntimeError(f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}.")
    equal: Any = element == self
    return bool(equal.any().item())


@binding("is_nonzero")
def is_nonzero(input: Tensor) -> bool:
    """Whether the single element is not zero. RuntimeError unless there is exactly one."""
    return bool(input)


@binding("is_same_size")
def is_same_size(input: Tensor, other: Tensor) -> bool:
    """Whether both have the same sizes."""
    return input.shape == other.shape


@binding("dim_order", function=False)
def dim_order(self: Tensor, *, ambiguity_check: bool = False) -> tuple[int, ...]:
    """Dimensions from the outermost in memory to the innermost."""
    strides = self.stride()
    return tuple(sorted(range(self.ndim), key=lambda d: (-strides[d], d)))


@binding("sum_to_size", function=False)
def sum_to_size(self: Tensor, *size: Any) -> Tensor:
    """Summed over the dimensions along which `size` would broadcast to this shape."""
    target, shape = tuple(sizes_of(size)), tuple(self.shape)
    lead = len(shape) - len(target)
    if lead < 0 or any(n not in (1, shape[lead + i]) for i, n in enumerate(target)):
        raise RuntimeError(f"size {{{list(target)}}} is not expandable to size {{{list(shape)}}}.")
    dims = [*range(lead), *[lead + i for i, n in enumerate(target) if n == 1 and shape[lead + i] != 1]]
    if not target:
        return self.sum()  # as torch: integers become int64 even where nothing is added up
    return owned(self.sum(dims, keepdim=True).reshape(target)) if dims else self


# -- types ---------------------------------------------------------------------------------------------------------------------


@binding("type", function=False)
def type_(self: Tensor, dtype: Any = None, non_blocking: bool = False, **kwargs: Any) -> Any:
    """The tensor's type name ("torch.FloatTensor"), or the tensor cast to a dtype, a type name or a tensor type."""
    if dtype is None:
        place = "" if self.device.type == "cpu" else f"{self.device.type}."
        if self.is_sparse or self.is_sparse_csr:
            place += f"{self.layout.name.removesuffix('_coo')}."
        if self.is_quantized:
            place += "quantized."
        return f"torch.{place}{self.dtype.scalar_name}Tensor"
    return self.to(_as_dtype(dtype), non_blocking=non_blocking)


def _as_dtype(asked: Any) -> dtype:
    if not isinstance(asked, (str, type, dtype)) and not hasattr(asked, "dtype"):
        raise TypeError("dtype must be a type, str, or dtype object")
    if isinstance(asked, dtype):
        return asked
    if isinstance(getattr(asked, "dtype", None), dtype):
        return asked.dtype
    name = asked if isinstance(asked, str) else f"{asked.__module__}.{asked.__name__}"
    word = name.rpartition(".")[2].removesuffix("Tensor")
    for kind in BY_NAME.values():
        if kind.scalar_name == word:
            return kind
    raise ValueError(f"invalid type: {name!r}")


@binding("as_subclass", function=False, overridable=False)
def as_subclass(self: Tensor, cls: type) -> Tensor:
    """The same tensor (memory, history) as an object of a subclass. TypeError for what is no subclass of Tensor."""
    if not (isinstance(cls, type) and issubclass(cls, Tensor)):
        raise TypeError(f"as_subclass(): argument 'cls' must be a subclass of Tensor, not {cls!r}")
    made = as_instance(OPS["alias"](self), cls)
    made._k = made._k & ~(SUB | DISPATCH) | handler_bits(cls)
    return made


# -- new tensors ---------------------------------------------------------------------------------------------------------------


@binding("new_tensor", function=False)
def new_tensor(
    self: Tensor, data: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **kwargs: Any
) -> Tensor:
    """A copy of `data`, in this tensor's dtype and device unless told."""
    from . import surface  # noqa: PLC0415  # the surface is assembled from these bindings

    where = self.device if device is None else device
    if isinstance(data, Tensor):
        notices.warn(
            "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
            "sourceTensor.detach().clone().requires_grad_(True), rather than tensor.new_tensor(sourceTensor)."
        )
        made = data.detach().clone().to(device=where, dtype=dtype or self.dtype)
        return made.requires_grad_() if requires_grad else made
    make: Any = surface.tensor
    return make(data, dtype=dtype or self.dtype, device=where, requires_grad=requires_grad)


@binding("new", function=False)
def new(self: Tensor, *args: Any, **kwargs: Any) -> Tensor:
    """Old form: sizes make an uninitialised tensor, data a copy, nothing an empty one; in this tensor's dtype and device."""
    return construct(self.dtype, args, kwargs, self.device)


# -- a Python function on every element ------------------------------------------------------------------------------------------


def _mapped(self: Tensor, others: tuple[Tensor, ...], function: Callable[..., Any], name: str) -> Tensor:
    if self.device.type != "cpu":
        raise TypeError(f"{name}() is only implemented on CPU tensors")
    if self.requires_grad:
        raise RuntimeError(f"Can't call {name}() on Variable that requires grad. Use var.detach().{name}() instead.")
    rows = [host_array(t.expand(self.shape), name).reshape(-1).tolist() for t in (self, *others)]
    values = host_array(self, name).reshape(-1).copy()
    for i, row in enumerate(zip(*rows, strict=True)):
        values[i] = function(*row)
    return self.copy_(from_numpy(values.reshape(self.shape)))


@binding("apply_", function=False)
def apply_(self: Tensor, callable: Callable[[Any], Any]) -> Tensor:
    """Every element replaced by what a Python function makes of it; slow, CPU only."""
    return _mapped(self, (), callable, "apply_")


@binding("map_", function=False)
def map_(self: Tensor, tensor: Tensor, callable: Callable[[Any, Any], Any]) -> Tensor:
    """Every element replaced by a Python function of it and the other tensor's."""
    return _mapped(self, (tensor,), callable, "map_")


@binding("map2_", function=False)
def map2_(self: Tensor, x: Tensor, y: Tensor, callable: Callable[[Any, Any, Any], Any]) -> Tensor:
    """Every element replaced by a Python function of it and two other tensors'."""
    return _mapped(self, (x, y), callable, "map2_")


# -- what a dense tensor answers -----------------------------------------------------------------------------------------------


@binding("is_distributed")
def is_distributed(input: Tensor) -> bool:
    """Whether the tensor is spread over processes: no."""
    return False


@binding("const_data_ptr", function=False)
def const_data_ptr(self: Tensor) -> int:
    """Address of the first element, for reading."""
    return self.data_ptr()


@binding("module_load", function=False)
def module_load(self: Tensor, other: Tensor, assign: bool = False) -> Tensor:
    """What `Module.load_state_dict` puts in this tensor's place: a copy into it (assign False), or `other`; a new object each time."""
    return other.detach() if assign else self.copy_(other).detach()


# -- functions of the same name ------------------------------------------------------------------------------------------------


def _asked(name: str) -> None:
    def ask(input: Tensor) -> Any:
        if not isinstance(input, Tensor):
            raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
        return getattr(Tensor, name)(input)

    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = f"`Tensor.{name}` as a function. Source: torch.{name}."
    binding(name, method=False)(ask)


for _name in ("get_device", "is_complex", "is_floating_point", "is_inference", "is_signed", "numel"):
    _asked(_name)


@binding("is_tensor", method=False, overridable=False)
def is_tensor(obj: Any) -> bool:
    """Whether an object is a tensor."""
    return isinstance(obj, Tensor)


@binding("result_type", method=False)
def result_type(tensor1: Any, tensor2: Any) -> dtype:
    """The dtype an elementwise op of the two (tensors or numbers) would have."""
    from .meta import common_dtype  # noqa: PLC0415  # not needed by methods

    return common_dtype([tensor1, tensor2])


@binding("empty_permuted", method=False)
def empty_permuted(
    size: Any, physical_layout: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **kwargs: Any
) -> Tensor:
    """Uninitialised and dense, with the dimensions lying in memory in the order of `physical_layout`, outermost first."""
    sizes, order = [to_index(n) for n in size], [to_index(d) for d in physical_layout]
    if sorted(order) != list(range(len(sizes))):
        raise RuntimeError(
            f"Number of dimensions in size does not match the length of the physical_layout, or a dimension comes twice: {order}"
        )
    strides, step = [0] * len(sizes), 1
    for d in reversed(order):
        strides[d] = step
        step *= max(sizes[d], 1)
    made = shown(OPS["empty_strided"](tuple(sizes), tuple(strides), dtype=dtype, device=device))
    return made.requires_grad_() if requires_grad else made


def _property(name: str, read: Callable[[Tensor], Any], doc: str) -> None:
    read.__name__ = name
    setattr(Tensor, name, property(overridable(read), doc=doc))


def _no(self: Tensor) -> bool:
    return False


_property("T", _T, "Dimensions in reverse order.")
_property("mT", _mT, "The last two dimensions exchanged.")
_property("H", _H, "A matrix transposed and conjugated.")
_property("mH", _mH, "The last two dimensions exchanged and conjugated.")
for _name, _doc in (
    ("is_ipu", "an IPU"),
    ("is_maia", "a MAIA device"),
    ("is_mtia", "an MTIA device"),
    ("is_vulkan", "Vulkan"),
    ("is_xla", "XLA"),
):
    setattr(Tensor, _name, property(_no, doc=f"Whether the data is on {_doc}: no backend of ours is."))
for _name, _made in (
    ("name", property(lambda self: None, doc="Always None; torch keeps it for old code.")),
    ("volatile", property(_no, doc="Always False; torch keeps it for old code.")),
    ("real", REAL),
    ("imag", IMAG),
):
    setattr(Tensor, _name, _made)
