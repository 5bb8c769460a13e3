"""What users call to make sparse tensors and to ask them: checks, torch's messages, then the ops of `sparse`.

Source: torch.sparse_coo_tensor, torch.Tensor.to_sparse, torch.sparse (2.13).
"""

from ft_core import Tensor, get_default_dtype, int64, sparse_coo
from ft_core.layout import LAYOUTS as LAYOUT_NAMES
from ft_core.payload import Coo

from ..layouts import COO, SPARSE, component, refuse_dense
from ..layouts import replace as replace_record
from ..registry import binding
from . import sparse as s
from .view import sizes_of

WORDS = {
    "strided": "Strided", "sparse_coo": "Sparse", "sparse_csr": "SparseCsr", "sparse_csc": "SparseCsc", "sparse_bsr": "SparseBsr",
    "sparse_bsc": "SparseBsc",
}  # fmt: skip
_checks = [False]  # whether constructors check invariants where the caller does not say


def checks_invariants():
    """Whether constructors check invariants unless told; `torch.sparse.check_sparse_tensor_invariants` switches it."""
    return _checks[0]


def set_checks(on):
    """Switch the check of invariants for this process."""
    _checks[0] = bool(on)


def word_of(t):
    """Torch's word for the layout of a tensor in messages: Strided, Sparse, SparseCsr, …."""
    return WORDS[t.layout.name]


def surface_of():
    """The flat torch-shaped namespace, for functions that run after it stands."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from these bindings

    return surface


# -- COO --------------------------------------------------------------------------------------------------------------------------


def _as_tensor(value, dtype=None, where=None):
    return surface_of().as_tensor(value, dtype=dtype, device=where)


def _components(indices, values, dtype, where):
    torch = surface_of()
    given = values if isinstance(values, Tensor) else None
    values = values.to(device=where, dtype=dtype) if given is not None else torch.tensor(values, dtype=dtype, device=where)
    indices = _as_tensor(indices, int64, values.device)
    return indices, values.expand(1) if values.ndim == 0 else values


def check_coo(indices, values, size):
    """RuntimeError where indices, values and sizes of a COO tensor do not go together; costs no look at the data."""
    if indices.ndim != 2:
        raise RuntimeError(f"indices must be sparse_dim x nnz, but got: {list(indices.shape)}")
    if indices.shape[1] != values.shape[0]:
        raise RuntimeError(
            f"indices and values must have same nnz, but got nnz from indices: {indices.shape[1]}, nnz from values: {values.shape[0]}"
        )
    rank, dense = indices.shape[0], values.ndim - 1
    if size is None:
        return
    if len(size) != rank + dense:
        raise RuntimeError(
            f"'len(size) == sparse_dim + dense_dim' is not satisfied: len(size) = {len(size)}, sparse_dim = {rank}, dense_dim = {dense}"
        )
    expected = [values.shape[0], *size[rank:]]
    if list(values.shape) != expected:
        raise RuntimeError(f"values has incorrect size, expected {expected}, got {list(values.shape)}")


def _bounds(indices):
    """(smallest, largest) coordinate along each sparse dimension, as lists."""
    if not indices.numel():
        return [0] * indices.shape[0], [-1] * indices.shape[0]
    return indices.amin(1).tolist(), indices.amax(1).tolist()


def _check_bounds(indices, size):
    least, most = _bounds(indices)
    for d, n in enumerate(least):
        if n < 0:
            raise RuntimeError(f"found negative index {n} for dim {d}")
    for d, n in enumerate(most):
        if size is not None and n >= size[d]:
            raise RuntimeError(f"size is inconsistent with indices: for dim {d}, size is {size[d]} but found index {n}")
    return most


@binding("sparse_coo_tensor", method=False)
def sparse_coo_tensor(
    indices=None,
    values=None,
    size=None,
    *,
    dtype=None,
    device=None,
    pin_memory=False,
    requires_grad=False,
    check_invariants=None,
    is_coalesced=None,
):
    """A sparse tensor of the given coordinates (sparse_dim, nnz) and values (nnz, *dense sizes); with sizes alone, an empty one.

    Equal coordinates add up. RuntimeError where the parts do not go together; coordinates outside `size` and a wrong
    `is_coalesced` are found only with `check_invariants`. Source: torch.sparse_coo_tensor.
    """
    if values is None:
        if indices is None and size is None:
            raise TypeError("sparse_coo_tensor(): expected indices and values, or a size")
        sizes = tuple(sizes_of((indices if size is None else size,)))
        return empty_coo(sizes, dtype, device, requires_grad)
    places, values = _components(indices, values, dtype, device)
    check_coo(places, values, size)
    check = _checks[0] if check_invariants is None else check_invariants
    if size is None:
        most = _check_bounds(places, None)
        size = (*[n + 1 for n in most], *values.shape[1:])
    elif check:
        _check_bounds(places, size)
    size = tuple(int(n) for n in size)
    if check and is_coalesced and places.shape[1] > 1:
        keys = s.keys_of(places, size[: places.shape[0]])
        if bool((keys[1:] <= keys[:-1]).any()):
            raise RuntimeError("cannot set is_coalesced to true if indices correspond to uncoalesced COO tensor")
    made = s.coo_tensor.wrapper(
        places.shape[0], values.ndim - 1, size, places, values, layout=sparse_coo, is_coalesced=is_coalesced
    )
    return made.requires_grad_() if requires_grad else made


def empty_coo(sizes, dtype, where, requires_grad=False):
    """A COO tensor of sizes alone, all of them sparse."""
    torch = surface_of()
    values = torch.empty((0,), dtype=dtype, device=where)
    places = torch.empty((len(sizes), 0), dtype=int64, device=values.device)
    made = s.coo_tensor.wrapper(len(sizes), 0, tuple(sizes), places, values, layout=sparse_coo, is_coalesced=len(sizes) > 0)
    return made.requires_grad_() if requires_grad else made


def empty_sparse(sizes, order, dtype, where, requires_grad=False):
    """A tensor of a sparse layout without elements: `torch.zeros(sizes, layout=order)`."""
    if order is sparse_coo:
        return empty_coo(tuple(sizes), dtype or get_default_dtype(), where, requires_grad)
    if len(sizes) < 2:
        raise RuntimeError(
            f"torch.zeros: Only batched sparse compressed (non-block) tensors are supported, but got size {list(sizes)}"
        )
    torch = surface_of()
    values = torch.empty((*sizes[:-2], 0), dtype=dtype, device=where)
    lines = sizes[-2] if order.name == "sparse_csr" else sizes[-1]
    first = torch.zeros((*sizes[:-2], lines + 1), dtype=int64, device=values.device)
    second = torch.empty((*sizes[:-2], 0), dtype=int64, device=values.device)
    made = s.compressed_tensor.wrapper(first, second, values, tuple(sizes), layout=order)
    return made.requires_grad_() if requires_grad else made


def _record(t, name, want):
    if not t._k & want:
        kind = {COO: "sparse coordinate tensor", SPARSE: "sparse tensor"}[want]
        raise RuntimeError(f"{name} expected {kind} layout but got {word_of(t)}")
    return t._a


@binding("coalesce", function=False)
def coalesce(self):
    """Coordinates sorted, each once, values of equal ones added; itself if it is so."""
    return self if _record(self, "coalesce", COO).coalesced else s.coalesce_op.wrapper(self)


@binding("is_coalesced", function=False)
def is_coalesced(self):
    """Whether the coordinates are sorted and each occurs once."""
    return _record(self, "is_coalesced", COO).coalesced


@binding("_coalesced_", function=False)
def set_coalesced(self, coalesced):
    """Say whether the coordinates are sorted and unique, unchecked."""
    _record(self, "_coalesced_", COO).coalesced = bool(coalesced)
    return self


def _of(t, name):
    if not t._k & COO:
        refuse_dense(name, t)
    return t._a


@binding("_indices", function=False)
def raw_indices(self):
    """Coordinates (sparse_dim, nnz), in the tensor's memory."""
    return component(_of(self, "_indices").indices)


@binding("_values", function=False)
def raw_values(self):
    """Values (nnz, *dense sizes), in the tensor's memory, outside the graph."""
    return component(_of(self, "_values").values)


@binding("indices", function=False)
def indices(self):
    """Coordinates of a coalesced tensor."""
    if not _record(self, "indices", COO).coalesced:
        raise RuntimeError("Cannot get indices on an uncoalesced tensor, please call .coalesce() first")
    return component(self._a.indices)


@binding("values", function=False)
def values(self):
    """Values of a coalesced COO tensor, or of a compressed one; differentiable."""
    record = _record(self, "values", SPARSE)
    if isinstance(record, Coo) and not record.coalesced:
        raise RuntimeError("Cannot get values on an uncoalesced tensor, please call .coalesce() first")
    return s.values_op.wrapper(self)


@binding("_nnz", function=False)
def nnz(self):
    """How many elements (blocks, for BSR and BSC) are stored; of a batch, in each matrix."""
    if not self._k & SPARSE:
        refuse_dense("_nnz", self)
    record = self._a
    return record.values.shape[0] if isinstance(record, Coo) else record.plain.shape[-1]


@binding("sparse_dim", function=False, aliases="_dimI")
def sparse_dim(self):
    """How many dimensions are stored sparsely: 0 of a dense tensor."""
    if not self._k & SPARSE:
        return 0
    return self._a.indices.shape[0] if self._k & COO else 2


@binding("dense_dim", function=False, aliases="_dimV")
def dense_dim(self):
    """How many of the last dimensions are stored densely: all of a dense tensor."""
    if not self._k & SPARSE:
        return self.ndim
    record = self._a
    if isinstance(record, Coo):
        return record.values.ndim - 1
    return record.values.ndim - record.compressed.ndim - (0 if record.blocks is None else 2)


@binding("to_dense", function=False)
def to_dense(self, dtype=None, *, masked_grad=None):
    """With all zeros written out; a dense tensor is itself, cast if a dtype is given.

    masked_grad: whether the gradient has values only where this tensor has (True unless told). Source: torch.Tensor.to_dense.
    """
    if self._k & SPARSE:
        return s.to_dense_op.wrapper(self, dtype, masked_grad)
    return self if dtype is None else self.to(dtype)


# -- conversions ------------------------------------------------------------------------------------------------------------------


def _check_target(self, order, blocksize):
    name = f"{'dense' if not self._k & SPARSE else self.layout.name}_to_{'sparse' if order.name == 'sparse_coo' else order.name}"
    blocked = order.name in ("sparse_bsr", "sparse_bsc")
    if blocksize is not None and not blocked:
        raise RuntimeError(
            f"{name}: conversion from {word_of(self)} to {WORDS[order.name]} with blocksize argument given is not supported"
        )
    if blocked and blocksize is None and self.layout is not order:
        raise RuntimeError(
            f"{name}: conversion from {word_of(self)} to {WORDS[order.name]} without blocksize argument given is not supported"
        )


@binding("to_sparse", function=False)
def to_sparse(self, sparse_dim=None, *, layout=None, blocksize=None, dense_dim=None):
    """In a sparse layout (COO unless told), elements that are zero left out. Source: torch.Tensor.to_sparse."""
    if hasattr(sparse_dim, "bit"):  # the layout, by position
        sparse_dim, layout = None, sparse_dim
    if sparse_dim is not None:
        if layout is not None or blocksize is not None or dense_dim is not None:
            raise RuntimeError("to_sparse: sparse_dim argument must not be given with layout, blocksize or dense_dim")
        return s.to_sparse_dim.wrapper(self, sparse_dim)
    order = sparse_coo if layout is None else layout
    if order is self.layout and not blocksize:
        return self
    if order.name == "strided":
        return to_dense(self)
    _check_target(self, order, blocksize)
    if dense_dim is not None and self._k & SPARSE:
        raise RuntimeError(
            f"{self.layout.name}_to_{order.name}: conversion from {word_of(self)} to {WORDS[order.name]} with dense_dim argument given "
            "is not supported"
        )
    if order is sparse_coo:
        return s.to_sparse_op.wrapper(self, layout=None, blocksize=None, dense_dim=dense_dim)
    size = () if blocksize is None else ((blocksize, blocksize) if isinstance(blocksize, int) else tuple(blocksize),)
    return s.converters[order.name].wrapper(self, *size, dense_dim)


def _conversion(name, blocked):
    order = LAYOUT_NAMES[f"sparse_{name}"]

    def in_blocks(self, blocksize, dense_dim=None):
        return to_sparse(self, layout=order, blocksize=blocksize, dense_dim=dense_dim)

    def in_lines(self, dense_dim=None):
        return to_sparse(self, layout=order, dense_dim=dense_dim)

    convert = in_blocks if blocked else in_lines
    convert.__name__ = convert.__qualname__ = f"to_sparse_{name}"
    convert.__doc__ = f"In layout {order}. Source: torch.Tensor.to_sparse_{name}."
    binding(f"to_sparse_{name}", function=False)(convert)


for _name in ("csr", "csc", "bsr", "bsc"):
    _conversion(_name, _name[0] == "b")


@binding("to_sparse_coo", function=False)
def to_sparse_coo(self):
    """In layout torch.sparse_coo."""
    return to_sparse(self)


# -- sizes in place ---------------------------------------------------------------------------------------------------------------


def _resized(self, size, sparse_dim, dense_dim, name):
    if not self._k & COO:
        refuse_dense(name, self)
    size = tuple(int(n) for n in size)
    if len(size) != sparse_dim + dense_dim:
        raise RuntimeError(
            f"'len(size) == sparse_dim + dense_dim' is not satisfied: len(size) = {len(size)}, sparse_dim = {sparse_dim}, "
            f"dense_dim = {dense_dim}"
        )
    return size


@binding("sparse_resize_", function=False)
def sparse_resize_(self, size, sparse_dim, dense_dim):
    """Other sizes in place; the elements stay, so sizes may only grow unless there are none. Source: torch.Tensor.sparse_resize_."""
    size = _resized(self, size, sparse_dim, dense_dim, "sparse_resize_")
    record = self._a
    if not record.values.shape[0]:
        return sparse_resize_and_clear_(self, size, sparse_dim, dense_dim)
    mine, rank = tuple(record.shape), record.indices.shape[0]
    words = (
        "You could try the following options: 1. If you need an empty sparse tensor of this size, call "
        "`x = torch.sparse_coo_tensor(size)`. 2. If you need to resize this tensor, you have the following options: 1. For both sparse "
        "and dense dimensions, keep the number of them constant and the size of them non-shrinking, and then try the same call again. "
        "2. Or, create a new sparse tensor with the correct indices and values from this sparse tensor."
    )
    for what, have, want in (("sparse", rank, sparse_dim), ("dense", len(mine) - rank, dense_dim)):
        if have != want:
            raise RuntimeError(
                f"changing the number of {what} dimensions (from {have} to {want}) on a non-empty sparse tensor is not supported. {words}"
            )
    for what, have, want in (("sparse", mine[:rank], size[:rank]), ("dense", mine[rank:], size[rank:])):
        if any(b < a for a, b in zip(have, want, strict=True)):
            raise RuntimeError(
                f"shrinking the size of {what} dimensions (from {list(have)} to {list(want)}) on a non-empty sparse tensor is not "
                f"supported. {words}"
            )
    values = record.values
    if size[rank:] != mine[rank:]:
        grown = values.new_zeros((values.shape[0], *size[rank:]))
        grown[tuple(slice(n) for n in values.shape)] = values
        values = grown
    replace_record(self, s.coo(record.indices, values, size, record.coalesced))
    return self


@binding("sparse_resize_and_clear_", function=False)
def sparse_resize_and_clear_(self, size, sparse_dim, dense_dim):
    """Other sizes in place, without any elements. Source: torch.Tensor.sparse_resize_and_clear_."""
    size = _resized(self, size, sparse_dim, dense_dim, "sparse_resize_and_clear_")
    values = self._a.values
    places = values.new_empty((sparse_dim, 0), dtype=int64)
    replace_record(self, s.coo(places, values.new_empty((0, *size[sparse_dim:])), size, True))
    return self


@binding("resize_as_sparse_")
def resize_as_sparse_(input, the_template):
    """The sizes of another sparse tensor, in place."""
    if not the_template._k & COO or not input._k & COO:
        raise RuntimeError("resize_as_sparse_: expected sparse tensors for input and template")
    if input.shape != the_template.shape:
        sparse_resize_(input, the_template.shape, the_template.sparse_dim(), the_template.dense_dim())
    return input
