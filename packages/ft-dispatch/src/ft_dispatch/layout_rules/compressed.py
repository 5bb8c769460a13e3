"""CSR, CSC, BSR and BSC: checks, conversions, copies, and what works on the values alone. Source: torch.sparse (2.13).

Every conversion goes through the same two steps: `elements` takes a tensor apart into (batch, row, column, value), and `build` sorts
such elements and counts them per line. A line is what is compressed: a row, a column, or one of blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from ft_core import Tensor, layout
from ft_core.layout import LAYOUTS as LAYOUT_NAMES
from ft_core.payload import Compressed

from .. import surface as torch
from ..layouts import COMPRESSED, component, layout_rule, replace, write_rule
from ..ops._sparse_bindings import WORDS, word_of
from ..ops.sparse import coo, over
from ..registry import OPS
from .compressed_checks import BLOCKED, ROWS
from .coo import coalesced, parts
from .coo import empty as empty_coo

ALL = "sparse_csr sparse_csc sparse_bsr sparse_bsc"


def compressed(order: layout, first: Tensor, second: Tensor, values: Tensor, shape: tuple[int, ...]) -> Tensor:
    """A tensor over components that nobody checks again."""
    return over(Compressed(order, first, second, values, shape), values)


def with_values(t: Tensor, values: Tensor) -> Tensor:
    """Other values at the same places."""
    r = t._a
    return compressed(r.layout, r.compressed, r.plain, values, r.shape)


def _each(r: Compressed, function: Callable[[Tensor], Tensor], shape: tuple[int, ...]) -> Tensor:
    """Every component through a function of batches."""
    return compressed(r.layout, function(r.compressed), function(r.plain), function(r.values), shape)


# -- conversions ----------------------------------------------------------------------------------------------------------------------


def elements(t: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(batch, row, column, values) of every stored element or block, in the order in which they are stored."""
    r = t._a
    lines = r.compressed.shape[-1] - 1
    counts = r.compressed.diff(dim=-1).reshape(-1).to(torch.int64)
    line = torch.repeat_interleave(torch.arange(counts.shape[0], device=counts.device), counts)
    batch = line.div(lines, rounding_mode="floor") if lines else line
    line = line - batch * lines
    plain = r.plain.reshape(-1).to(torch.int64)
    row, col = (line, plain) if r.by_rows else (plain, line)
    return batch, row, col, r.values.reshape((plain.shape[0], *r.values.shape[r.compressed.ndim :]))


def single(t: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """`elements` with blocks taken apart into single elements."""
    batch, row, col, values = elements(t)
    if t._a.blocks is None:
        return batch, row, col, values
    bh, bw = t._a.blocks
    inner = torch.arange(bh * bw, device=row.device)
    row = (row.unsqueeze(1) * bh + inner.div(bw, rounding_mode="floor")).reshape(-1)
    col = (col.unsqueeze(1) * bw + inner % bw).reshape(-1)
    return torch.repeat_interleave(batch, bh * bw), row, col, values.reshape((row.shape[0], *values.shape[3:]))


def build(
    order: layout,
    batch_shape: tuple[int, ...],
    matrix: tuple[int, int],
    found: tuple[Tensor, ...],
    shape: tuple[int, ...],
    kind: Any,
) -> Tensor:
    """A tensor from elements in any order, each place once. `matrix`: rows and columns, in blocks where there are blocks."""
    batch, row, col, values = found
    lines, others = matrix if order.name in ROWS else matrix[::-1]
    line, plain = (row, col) if order.name in ROWS else (col, row)
    batches = prod(batch_shape)
    slot = batch * lines + line
    keys = slot * others + plain
    if keys.shape[0] > 1 and not bool((keys[1:] > keys[:-1]).all()):
        arranged = keys.argsort()
        slot, plain, values = (x.index_select(0, arranged) for x in (slot, plain, values))
    counts = torch.bincount(slot, minlength=batches * lines).reshape((batches, lines))
    ends = counts.cumsum(1)
    nnz = int(ends[0, -1].item()) if lines and batches else 0
    if batches > 1 and lines and not bool((ends[:, -1] == nnz).all()):
        raise RuntimeError("Expect the same number of specified elements per batch.")
    first = torch.cat([ends.new_zeros((batches, 1)), ends], 1).to(kind).reshape((*batch_shape, lines + 1))
    second = plain.to(kind).reshape((*batch_shape, nnz))
    return compressed(order, first, second, values.reshape((*batch_shape, nnz, *values.shape[1:])), shape)


def in_blocks(
    found: tuple[Tensor, ...], matrix: tuple[int, int], block: tuple[int, int]
) -> tuple[tuple[Tensor, ...], tuple[int, int]]:
    """Elements gathered into blocks, and rows and columns of blocks."""
    batch, row, col, values = found
    (bh, bw), (rows, cols) = block, (matrix[0] // block[0], matrix[1] // block[1])
    brow, bcol = row.div(bh, rounding_mode="floor"), col.div(bw, rounding_mode="floor")
    keys, place = torch.unique((batch * rows + brow) * cols + bcol, return_inverse=True)
    made = values.new_zeros((keys.shape[0], bh, bw, *values.shape[1:]))
    made[place, row % bh, col % bw] = values
    upper = keys.div(cols, rounding_mode="floor") if cols else keys
    batch = upper.div(rows, rounding_mode="floor") if rows else upper
    return (batch, upper - batch * rows, keys - upper * cols, made), (rows, cols)


def _check_block(name: str, block: Any, matrix: tuple[int, int]) -> None:
    if len(block) != 2:
        raise RuntimeError(f"{name}: blocksize needs to be a tuple of size 2, but got {len(block)}")
    if block[0] <= 0 or block[1] <= 0:
        raise RuntimeError(f"{name}: blocksize needs to be positive, but got {list(block)}")
    if matrix[0] % block[0] or matrix[1] % block[1]:
        raise RuntimeError(
            f"{name}: tensor sparse size ({matrix[0]},{matrix[1]}) must be divisible by given blocksize ({block[0]},{block[1]})"
        )


def _made(name: str, found: tuple[Tensor, ...], shape: tuple[int, ...], rank: int, block: Any, kind: Any = torch.int64) -> Tensor:
    """Elements of a tensor of `shape` with `rank` batch dimensions, in layout `name`."""
    matrix: tuple[int, int] = (shape[rank], shape[rank + 1])
    if name in BLOCKED:
        found, matrix = in_blocks(found, matrix, block)
    return build(LAYOUT_NAMES[name], shape[:rank], matrix, found, shape, kind)


def from_dense(self: Tensor, name: str, block: Any, dense_dim: int) -> Tensor:
    """A dense tensor in layout `name`: what is zero (whole blocks of it) is left out."""
    rank = self.ndim - 2 - dense_dim
    shape = tuple(self.shape)
    if rank < 0:
        raise RuntimeError(f"dense_to_{name}: a tensor of at least {2 + dense_dim} dimensions is expected, but got {self.ndim}")
    if name in BLOCKED:
        _check_block(f"dense_to_{name}", block, (shape[rank], shape[rank + 1]))
    t = torch.raw._to_sparse_sparse_dim(self, rank + 2)
    return _made(name, _of_coo(t, rank), shape, rank, block)


def _of_coo(t: Tensor, rank: int) -> tuple[Tensor, ...]:
    """Elements of a coalesced COO tensor whose first `rank` sparse dimensions are a batch."""
    indices, values, _ = parts(t)
    batch = indices.new_zeros((indices.shape[1],))
    for d in range(rank):
        batch = batch * t._a.shape[d] + indices[d]
    return batch, indices[rank], indices[rank + 1], values


def from_coo(self: Tensor, name: str, block: Any) -> Tensor:
    """A COO tensor with two sparse dimensions in layout `name`."""
    if self._a.indices.shape[0] != 2:
        raise RuntimeError(
            f"sparse_coo_to_{name}: conversion from Sparse to {WORDS[name]} for input tensors with sparse_dim()!=2 is not supported"
        )
    if name in BLOCKED:
        _check_block(f"sparse_coo_to_{name}", block, self._a.shape[:2])
    return _made(name, _of_coo(coalesced(self), 0), self._a.shape, 0, block)


def to_coo(self: Tensor) -> Tensor:
    """As COO; batch dimensions become sparse ones."""
    r = self._a
    batch, row, col, values = single(self)
    lead = r.shape[: r.compressed.ndim - 1]
    rows = []
    for n in reversed(lead):
        rows.append(batch % n)
        batch = batch.div(n, rounding_mode="floor")
    made = coo(torch.stack([*reversed(rows), row, col]), values, r.shape, r.layout.name == "sparse_csr")
    return coalesced(made)


@layout_rule("_to_dense", ALL)
def to_dense(self: Tensor, dtype: Any, masked_grad: Any) -> Tensor:
    if dtype is not None:
        raise RuntimeError("dtype argument is not supported by sparse_csr_to_dense")
    return OPS["_to_dense"](to_coo(self))


@layout_rule("_to_sparse.sparse_dim", ALL)
def to_sparse_dim(self: Tensor, sparse_dim: int) -> Tensor:
    rank = self._a.compressed.ndim + 1
    if sparse_dim != rank:
        raise RuntimeError(f"sparse dim argument for sparse_compressed_to_sparse must be {rank}, got {sparse_dim}")
    return to_coo(self)


@layout_rule("_to_sparse", ALL)
def to_sparse(self: Tensor, layout: Any, blocksize: Any, dense_dim: Any) -> Tensor:
    return to_coo(self) if layout is None or layout.name == "sparse_coo" else convert(self, layout.name, blocksize)


def convert(self: Tensor, name: str, block: Any) -> Tensor:
    """From one compressed layout to another."""
    r = self._a
    mine, held = r.layout.name, r.blocks
    rank = r.compressed.ndim - 1
    if mine in BLOCKED and name not in BLOCKED:
        raise RuntimeError(f"sparse_compressed_to_{name}: expected SparseCsr or SparseCsc layout but got {word_of(self)}")
    if mine == name and block is not None and tuple(block) != held:
        raise RuntimeError(
            f"to_{name}: conversion from {WORDS[mine]} to {WORDS[name]} with blocksize changed from {list(held or ())} to {list(block)} "
            "is not supported"
        )
    if mine == name:
        return self
    kind = r.compressed.dtype
    if mine in BLOCKED:  # the same blocks, counted along the other side
        bh, bw = held  # type: ignore[misc]
        matrix = (r.shape[rank] // bh, r.shape[rank + 1] // bw)
        return build(LAYOUT_NAMES[name], r.shape[:rank], matrix, elements(self), r.shape, kind)
    if name in BLOCKED:
        _check_block(f"{mine}_to_{name}", block, r.shape[rank : rank + 2])
    return _made(name, elements(self), r.shape, rank, block, kind)


def _conversion(name: str) -> None:
    def rule(self: Tensor, *given: Any) -> Tensor:
        return convert(self, name, given[0] if len(given) == 2 else None)

    layout_rule(f"_to_{name}", ALL)(rule)


for _name in ALL.split():
    _conversion(_name)


# -- copies ---------------------------------------------------------------------------------------------------------------------------


@layout_rule("values", ALL)
def values_of(self: Tensor) -> Tensor:
    return component(self._a.values)


@layout_rule("clone", ALL)
def clone(self: Tensor, memory_format: Any) -> Tensor:
    r = self._a
    return compressed(r.layout, r.compressed.clone(), r.plain.clone(), r.values.clone(), r.shape)


@layout_rule("alias", ALL)
def alias(self: Tensor) -> Tensor:
    return with_values(self, self._a.values)


@layout_rule("_to_copy", ALL)
def to_copy(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, non_blocking: bool, memory_format: Any) -> Tensor:
    r = self._a
    values = r.values.to(device=device or r.values.device, dtype=dtype or r.values.dtype, copy=True)
    first, second = (x.to(device=values.device, copy=True) for x in (r.compressed, r.plain))
    return compressed(r.layout, first, second, values, r.shape)


@write_rule("copy", ALL)
def copy(x: Tensor, src: Tensor, non_blocking: bool) -> None:
    if x.layout is not src.layout:
        raise RuntimeError(
            f"copy of sparse compressed tensors having different layouts is not supported. self layout is {word_of(x)} and src layout "
            f"is {word_of(src)}"
        )
    if x._a.shape != src._a.shape or x._a.plain.shape != src._a.plain.shape:
        raise RuntimeError(
            "copy_: only sparse compressed tensors with the same number of specified elements are supported, and of the same sizes."
        )
    replace(x, to_copy(src, x.dtype, None, x.device, None, False, None))


def _like(self: Tensor, dtype: Any, layout: Any, device: Any) -> Tensor:
    """An empty tensor of the same sizes, in `layout`."""
    r = self._a
    order = layout or r.layout
    values = r.values.new_empty((0,), dtype=dtype or self.dtype, device=device or self.device)
    if order.name == "strided":
        return values.new_zeros(r.shape)
    if order.name == "sparse_coo":
        return empty_coo(r.shape, r.compressed.ndim + 1, values)
    rank = r.compressed.ndim - 1
    bh, bw = (r.blocks or (1, 1)) if order.name in BLOCKED else (1, 1)
    lines = (r.shape[rank] // bh) if order.name in ROWS else (r.shape[rank + 1] // bw)
    block = (bh, bw) if order.name in BLOCKED else ()
    first = r.compressed.new_zeros((*r.shape[:rank], lines + 1))
    second = first.new_empty((*r.shape[:rank], 0))
    return compressed(order, first, second, values.new_empty((*r.shape[:rank], 0, *block, *r.shape[rank + 2 :])), r.shape)


@layout_rule("empty_like", ALL)
def empty_like(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, memory_format: Any) -> Tensor:
    if layout is not None and layout is not self.layout:
        return _like(self, dtype, layout, device)
    return to_copy(self, dtype, layout, device, pin_memory, False, memory_format)


@layout_rule("full_like", ALL)
def full_like(self: Tensor, fill_value: Any, dtype: Any, layout: Any, device: Any, pin_memory: Any, memory_format: Any) -> Tensor:
    if fill_value == 0:
        return _like(self, dtype, layout, device)
    return empty_like(self, dtype, layout, device, pin_memory, memory_format).fill_(fill_value)


@write_rule("fill.Scalar", ALL)
def fill(x: Tensor, value: Any) -> None:
    if value == 0:
        replace(x, _like(x, None, None, None))
    else:
        x._a.values.fill_(value)


@write_rule("normal_functional", ALL)
def normal(x: Tensor, mean: float, std: float, generator: Any) -> None:
    x._a.values.normal_(mean, std, generator=generator)


# -- dimensions -----------------------------------------------------------------------------------------------------------------------


_TURNED = {"sparse_csr": "sparse_csc", "sparse_csc": "sparse_csr", "sparse_bsr": "sparse_bsc", "sparse_bsc": "sparse_bsr"}


@layout_rule("transpose.int", ALL)
def transpose(self: Tensor, dim0: int, dim1: int) -> Tensor:
    r = self._a
    rank = r.compressed.ndim - 1
    if dim0 == dim1:
        return alias(self)
    shape = list(r.shape)
    shape[dim0], shape[dim1] = shape[dim1], shape[dim0]
    if {dim0, dim1} == {rank, rank + 1}:
        values = r.values if r.blocks is None else r.values.transpose(rank + 1, rank + 2)
        return compressed(LAYOUT_NAMES[_TURNED[r.layout.name]], r.compressed, r.plain, values, tuple(shape))
    if max(dim0, dim1) < rank:
        return _each(r, lambda x: x.transpose(dim0, dim1), tuple(shape))
    raise RuntimeError(
        f"transpose(): can only transpose tensors with sparse dimensions of both kinds exchanged, or two batch dimensions; got {dim0} and {dim1}"
    )


@layout_rule("t", ALL)
def t(self: Tensor) -> Tensor:
    return transpose(self, 0, 1)


@layout_rule("select.int", ALL)
def select(self: Tensor, dim: int, index: int) -> Tensor:
    r = self._a
    rank = r.compressed.ndim - 1
    n = r.shape[dim]
    if not -n <= index < n:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(r.shape)} at dimension {dim}")
    index %= n
    left = (*r.shape[:dim], *r.shape[dim + 1 :])
    if dim < rank:
        return _each(r, lambda x: x.select(dim, index), left)
    if rank:
        raise RuntimeError(
            "select(): a dimension that is no batch dimension can only be selected of tensors without batch dimensions"
        )
    return OPS["select.int"](to_coo(self), dim, index)


# -- on the values ---------------------------------------------------------------------------------------------------------------------


UNARY = (
    "abs asin asinh atan atanh ceil deg2rad erf erfinv expm1 floor frac isinf isnan isneginf isposinf log1p neg rad2deg relu "
    "round.decimals sgn sign signbit sin sinh sqrt tan tanh trunc angle conj_physical _conj positive"
)


def _on_values(name: str) -> None:
    op = OPS[name]
    layout_rule(name, ALL)(lambda self, *params: with_values(self, op(self._a.values, *params)))


for _name in UNARY.split():
    if _name in OPS:
        _on_values(_name)


@layout_rule("threshold_backward", ALL)
def threshold_backward(grad_output: Tensor, self: Tensor, threshold: Any) -> Tensor:
    g = grad_output if grad_output._k & COMPRESSED else grad_output.sparse_mask(self)
    return with_values(self, OPS["threshold_backward"](g._a.values, self._a.values, threshold))


def same_places(a: Tensor, b: Tensor) -> bool:
    """Whether two tensors of one layout store the same places."""
    x, y = a._a, b._a
    if x.layout is not y.layout or x.blocks != y.blocks or x.plain._a.shape != y.plain._a.shape:
        return False
    return bool(x.compressed.equal(y.compressed)) and bool(x.plain.equal(y.plain))


def back(made: Tensor, like: Tensor) -> Tensor:
    """A COO result in the layout (and blocks) of `like`."""
    r = like._a
    return _made(
        r.layout.name, _of_coo(made, r.compressed.ndim - 1), made._a.shape, r.compressed.ndim - 1, r.blocks, r.compressed.dtype
    )
