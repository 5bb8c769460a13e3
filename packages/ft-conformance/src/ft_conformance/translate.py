"""Between torch's objects and ours: arguments of torch's samples become ours, byte for byte and stride for stride; results become
Facts.

Functions of torch's own test code (`lambda x, **kw: wrapper_set_seed(torch.bernoulli, x, **kw)`) are run against us by giving
them another `torch`: the same code object over globals in which that name is our namespace.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from ft_core import Size, Tensor, device
from ft_core.dtype import BY_NAME
from ft_core.layout import strided
from ft_core.overlap import storage_extent
from ft_core.storage import UntypedStorage
from ft_core.tensor import tensor_from_storage
from ft_core.tensor_host import host_array

from .compare import Facts
from .facade import Missing

CPU = device("cpu")

MAX_DIMS = 64
"""What NumPy's arrays can have."""


class Unconvertible(Exception):  # noqa: N818 - it says of a sample what it is
    """A sample that the kit does not bring to our side (quantized, nested)."""


class BrokenResult(Exception):  # noqa: N818 - a finding
    """A tensor of ours whose metadata or values cannot be read."""


class Translator:
    """Turns the arguments of one call into ours; a tensor that occurs twice stays one tensor."""

    def __init__(self, torch: Any, ours: Any) -> None:
        self.torch = torch
        self.ours = ours
        self.memo: dict[int, tuple[Any, Tensor]] = {}
        self._storages: dict[int, tuple[Any, UntypedStorage]] = {}  # by address: tensors that share memory go on sharing it

    def __call__(self, value: Any) -> Any:
        torch = self.torch
        if isinstance(value, torch.Tensor):
            if id(value) not in self.memo:
                self.memo[id(value)] = (value, self.tensor(value))
            return self.memo[id(value)][1]
        if isinstance(value, torch.dtype):
            return BY_NAME[dtype_name(value)]
        if isinstance(value, torch.Size):
            return Size(value)
        if isinstance(value, torch.device):
            return device(str(value))
        if isinstance(value, (torch.memory_format, torch.layout)):
            return getattr(self.ours, str(value).removeprefix("torch."))
        if isinstance(value, torch.Generator):
            return self.ours.Generator().set_state_bytes(value.get_state().numpy())
        if isinstance(value, dict):
            return {key: self(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
            return type(value)(self(item) for item in value)
        if isinstance(value, slice):
            return slice(self(value.start), self(value.stop), self(value.step))
        if isinstance(value, types.FunctionType):
            return rebound(value, self.ours)
        if type(value).__module__.partition(".")[0] == "torch":
            if is_dataclass(value):  # options: ours of the same name
                made = getattr(self.ours.nn, type(value).__name__)
                return made(**{f.name: self(getattr(value, f.name)) for f in fields(value)})
            raise Unconvertible(f"{type(value).__module__}.{type(value).__name__}")
        return value

    def tensor(self, t: Any) -> Tensor:
        """Our tensor with the same bytes, sizes and strides; a leaf that requires grad where `t` does."""
        if t.is_quantized or t.is_nested or t.device.type != "cpu":
            raise Unconvertible(f"{t.layout}, {t.dtype}, {t.device}")
        source = t.detach()
        if t.layout is not self.torch.strided:
            made = self._sparse(source)
        elif source.is_conj():
            made = self.tensor(source.conj()).conj()
        elif source.is_neg():
            made = self.ours.raw._neg_view(self.tensor(self.torch._neg_view(source)))
        else:
            made = self._strided(source)
        return made.requires_grad_() if t.requires_grad else made

    def _sparse(self, t: Any) -> Tensor:
        order = dtype_name(t.layout)
        parts: tuple[Tensor, ...]
        if order == "sparse_coo":
            parts = self._strided(t._indices()), self._strided(t._values())
            return self.ours.sparse_coo_tensor(*parts, tuple(t.shape), is_coalesced=t.is_coalesced())
        if order not in ("sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc"):
            raise Unconvertible(order)
        rows = order in ("sparse_csr", "sparse_bsr")
        indices = (t.crow_indices(), t.col_indices()) if rows else (t.ccol_indices(), t.row_indices())
        parts = *map(self._strided, indices), self._strided(t.values())
        return self.ours.sparse_compressed_tensor(*parts, tuple(t.shape), layout=getattr(self.ours, order))

    def _strided(self, t: Any) -> Tensor:
        kind = BY_NAME[dtype_name(t.dtype)]
        if kind.numpy is None or t.dim() > MAX_DIMS:
            raise Unconvertible(f"{t.dtype}, {t.dim()} dimensions")
        shape, strides, offset = tuple(t.shape), tuple(t.stride()), t.storage_offset()
        storage = self._storage(t)
        if 0 not in shape and storage_extent(shape, strides, offset) * t.element_size() > storage.nbytes():
            raise Unconvertible("a tensor larger than its memory: torch resized it before it refused an earlier case")
        return tensor_from_storage(storage, kind, shape, strides, offset)

    def _storage(self, t: Any) -> UntypedStorage:
        """Our copy of all the memory under `t`, what its views do not show included."""
        theirs = t.untyped_storage()
        at = theirs.data_ptr()
        if not at or at not in self._storages:
            symbolic = t._is_zerotensor()  # has no memory at all
            size = theirs.nbytes()
            whole = self.torch.empty(0, dtype=self.torch.uint8)
            raw = np.zeros(size, np.uint8) if symbolic or not size else whole.set_(theirs).numpy().copy()
            made = UntypedStorage(raw, raw.nbytes, CPU, resizable=theirs.resizable())
            if not at:
                return made
            self._storages[at] = (theirs, made)
        return self._storages[at][1]


def dtype_name(kind: Any) -> str:
    """`torch.float32` or our float32 as "float32"."""
    return str(kind).removeprefix("torch.")


# -- results ---------------------------------------------------------------------------------------------------------------


def our_facts(value: Any) -> Any:
    """A result of ours as Facts and plain values."""
    if isinstance(value, Tensor):
        if value.layout is not strided:
            return str(value.layout), our_facts(value.detach().to_dense()), value.requires_grad
        try:
            host = np.array(host_array(value)) if value.device.type == "cpu" else None
            return Facts(value.dtype.name, tuple(value.shape), tuple(value.stride()), host, value.requires_grad)
        except Exception as error:
            raise BrokenResult(f"the result cannot be read: {type(error).__name__}: {error}") from error
    return _plain(value, our_facts)


def torch_facts(torch: Any, value: Any) -> Any:
    """A result of torch's as Facts and plain values; halves become float32, which holds them exactly."""

    def facts(item: Any) -> Any:
        if not isinstance(item, torch.Tensor):
            return _plain(item, facts)
        if item.layout is not torch.strided:
            return str(item.layout), facts(item.detach().to_dense()), item.requires_grad
        if BY_NAME[dtype_name(item.dtype)].numpy is None:
            raise Unconvertible(str(item.dtype))  # complex32: NumPy has no such type
        return Facts(dtype_name(item.dtype), tuple(item.shape), tuple(item.stride()), host_values(torch, item), item.requires_grad)

    return facts(value)


def host_values(torch: Any, t: Any) -> np.ndarray | None:
    """The values of a torch tensor as a NumPy array; None where NumPy has no such type and no wider one."""
    plain = t.detach().resolve_conj().resolve_neg()
    if plain.device.type != "cpu":
        return None
    if plain.is_floating_point() and dtype_name(plain.dtype) not in ("float32", "float64"):
        plain = plain.to(torch.float32)
    try:
        return np.array(plain.numpy(force=True))  # force: a zero that torch keeps symbolic
    except TypeError:
        return None


def _plain(value: Any, convert: Callable[[Any], Any]) -> Any:
    if isinstance(value, (list, tuple)):
        items = [convert(item) for item in value]
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, dict):
        return {key: convert(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, complex, str)):
        return value
    return str(value)


# -- torch's test code over our namespace ----------------------------------------------------------------------------------


def seeded(ours: Any) -> Callable[..., Any]:
    """Our form of the helper in torch's test code that seeds before a random op and restores the stream after it."""

    def wrapper_set_seed(op: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        generator = ours.default_generator
        before = generator.get_state_bytes()
        generator.manual_seed(42)
        try:
            return op(*args, **kwargs)
        finally:
            generator.set_state_bytes(before)

    return wrapper_set_seed


def rebound(function: Any, ours: Any) -> Callable[..., Any]:
    """`function` with our namespace for `torch`, and what it calls in torch's test code rebound likewise."""
    scope: dict[str, Any] = {"__builtins__": builtins}
    for name in _names_in(function.__code__):
        if name == "torch":
            scope[name] = ours
        elif name == "wrapper_set_seed":
            scope[name] = seeded(ours)
        elif name == "F":
            scope[name] = ours.nn.functional
        elif name in function.__globals__:
            scope[name] = _rebound_value(function.__globals__[name], ours)
    cells = tuple(types.CellType(_rebound_value(cell.cell_contents, ours)) for cell in function.__closure__ or ())
    made = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__, cells)
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def _names_in(code: types.CodeType) -> set[str]:
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= _names_in(constant)
    return found


def _rebound_value(value: Any, ours: Any) -> Any:
    module = getattr(value, "__module__", None) or ""
    if isinstance(value, types.FunctionType) and module.startswith("torch.testing._internal"):
        return rebound(value, ours)
    if isinstance(value, types.ModuleType) and value.__name__.partition(".")[0] == "torch":
        raise Missing(value.__name__)
    return value
