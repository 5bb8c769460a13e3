"""COO tensors: elementwise ops. A function that leaves zeros where they are works on the values; what would fill them in is refused.

Source: torch.sparse (2.13), which of them exist, when coordinates are coalesced first, and the messages.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_core.shapes import broadcast_shapes

from .. import surface as torch
from ..layouts import COO, layout_rule, missing, replace, write_rule
from ..meta import common_dtype
from ..ops.sparse import coo, keys_of
from ..registry import OPS
from .coo import added_to, alias, broadcast_to, coalesced, parts, with_values

UNARY = (
    "abs asin asinh atan atanh ceil deg2rad erf erfinv expm1 floor frac isinf isnan isneginf isposinf log1p rad2deg relu "
    "round.decimals sgn sign signbit sin sinh sqrt tan tanh trunc nan_to_num"
)
"""Ops that leave zeros where they are; coordinates are coalesced first, since f(a) + f(b) is not f(a + b)."""


def _on_values(name: str, coalesce: bool) -> None:
    op = OPS[name]

    def rule(self: Tensor, *params: Any) -> Tensor:
        t = coalesced(self) if coalesce else self
        return with_values(t, op(t._a.values, *params))

    layout_rule(name, "sparse_coo")(rule)


for _name in UNARY.split():
    _on_values(_name, True)
for _name in ("conj_physical", "_conj", "neg"):
    _on_values(_name, False)


@layout_rule("threshold_backward", "sparse_coo")
def threshold_backward(grad_output: Tensor, self: Tensor, threshold: Any) -> Tensor:
    held = coalesced(self)
    g = coalesced(grad_output) if grad_output._k & COO else grad_output.sparse_mask(held)
    if not g._a.indices.equal(held._a.indices):
        g = coalesced(torch.add(g, torch.zeros_like(held)).sparse_mask(held))
    return with_values(held, OPS["threshold_backward"](g._a.values, held._a.values, threshold))


# -- sums -----------------------------------------------------------------------------------------------------------------------------


def _scaled(values: Tensor, alpha: Any, kind: Any) -> Tensor:
    values = values.to(kind)
    return values if alpha == 1 else values * alpha


def _sum(a: Tensor, b: Tensor, alpha: Any) -> Tensor:
    """a + alpha * b of two COO tensors."""
    if a._a.shape != b._a.shape:
        raise RuntimeError(f"add: expected sizes of 'self' and 'other' to match, but {list(a._a.shape)} != {list(b._a.shape)}")
    (places, mine, rank), (others, its, rank_b) = parts(a), parts(b)
    if rank != rank_b:
        raise RuntimeError(f"add: expected 'self' and 'other' to have same number of sparse dimensions, but {rank} != {rank_b}")
    kind = common_dtype([a, b])
    mine, its = mine.to(kind), _scaled(its, alpha, kind)
    both = a._a.coalesced and b._a.coalesced
    if places is others or (places._a.shape == others._a.shape and places.equal(others)):
        return coo(places, mine + its, a._a.shape, both)
    joined = coo(torch.cat([places, others], 1), torch.cat([mine, its]), a._a.shape)
    return coalesced(joined) if both else joined


def _same_size(dense: Tensor, t: Tensor) -> None:
    if dense._a.shape != t._a.shape:
        raise RuntimeError(
            f"add: expected 'self' and 'other' to have same size, but self has size {list(dense._a.shape)} while other has size "
            f"{list(t._a.shape)} (FYI: dense-sparse addition does not currently support broadcasting)"
        )


@layout_rule("add.Tensor", "sparse_coo")
def add(self: Any, other: Any, alpha: Any) -> Tensor:
    if not (isinstance(self, Tensor) and self._k & COO):
        dense = self if isinstance(self, Tensor) else torch.tensor(self)
        _same_size(dense, other)
        return added_to(dense.to(common_dtype([self, other])).clone(memory_format=torch.contiguous_format), other, alpha)
    if not (isinstance(other, Tensor) and other._k & COO):
        raise RuntimeError("add(sparse, dense) is not supported. Use add(dense, sparse) instead.")
    return _sum(self, other, alpha)


@layout_rule("sub.Tensor", "sparse_coo")
def sub(self: Any, other: Any, alpha: Any) -> Tensor:
    return add(self, other, -alpha)


@layout_rule("rsub.Tensor", "sparse_coo")
def rsub(self: Tensor, other: Any, alpha: Any) -> Tensor:
    return add(other, self, -alpha)


def _add_to(x: Tensor, other: Any, alpha: Any) -> None:
    """x += alpha * other: only the elements that other has are touched where x is dense."""
    if x._k & COO:
        made = add(x, other, alpha)
        _fits(made.dtype, x.dtype)
        replace(x, made.to(x.dtype))
        return
    _same_size(x, other)
    _fits(common_dtype([x, other]), x.dtype)
    if x.is_contiguous():
        added_to(x, other, alpha)
    else:
        x.copy_(added_to(x.clone(memory_format=torch.contiguous_format), other, alpha))


def _fits(kind: Any, target: Any) -> None:
    if not torch.can_cast(kind, target):
        raise RuntimeError(f"Can't convert result type {kind.scalar_name} to output type {target.scalar_name} in add operation")


write_rule("add.Tensor", "sparse_coo")(_add_to)
write_rule("sub.Tensor", "sparse_coo")(lambda x, other, alpha: _add_to(x, other, -alpha))


# -- products ---------------------------------------------------------------------------------------------------------------------------


def _times_dense(t: Tensor, dense: Any) -> Tensor:
    """COO times dense: the coordinates stay, or are repeated where the dense one is larger."""
    if not isinstance(dense, Tensor) or dense.ndim == 0:
        return with_values(t, OPS["mul.Tensor"](t._a.values, dense))
    kind = common_dtype([t, dense])
    shape = broadcast_shapes(t._a.shape, dense._a.shape)
    if shape != t._a.shape:
        t = broadcast_to(t, shape)
    indices, values, rank = parts(t)
    taken = taken_at(dense.expand(shape), indices, rank)
    return coo(indices, values.to(kind) * taken.to(kind), shape, t._a.coalesced)


def taken_at(dense: Tensor, indices: Tensor, rank: int) -> Tensor:
    """The values (nnz, *dense sizes) of a dense tensor at sparse coordinates."""
    if rank == 0:
        return dense.unsqueeze(0).expand((indices.shape[1], *dense.shape))
    return dense[tuple(indices[d] for d in range(rank))]


def common_places(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Where two coalesced COO tensors both have an element: positions in a and in b."""
    (places, _, rank), (others, _, _) = parts(a), parts(b)
    sizes = a._a.shape[:rank]
    mine, its = keys_of(places, sizes), keys_of(others, sizes)
    if not its.shape[0]:
        none = its.new_empty((0,))
        return none, none
    at = torch.searchsorted(its, mine).clamp(max=its.shape[0] - 1)
    held = (its.index_select(0, at) == mine).nonzero().reshape(-1)
    return held, at.index_select(0, held)


def _times_sparse(a: Tensor, b: Tensor) -> Tensor:
    if a._a.shape != b._a.shape:
        shape = broadcast_shapes(a._a.shape, b._a.shape)
        a, b = (t if t._a.shape == shape else broadcast_to(t, shape) for t in (a, b))
    if a._a.indices._a.shape[0] != b._a.indices._a.shape[0]:
        raise RuntimeError(
            f"mul: expected 'self' and 'other' to have same number of sparse dimensions, but {a.sparse_dim()} != {b.sparse_dim()}"
        )
    sorted_already = a._a.coalesced and b._a.coalesced
    a, b = coalesced(a), coalesced(b)
    mine, its = common_places(a, b)
    values = a._a.values.index_select(0, mine) * b._a.values.index_select(0, its)
    return coo(a._a.indices.index_select(1, mine), values, a._a.shape, sorted_already)


@layout_rule("mul.Tensor", "sparse_coo")
def mul(self: Any, other: Any) -> Tensor:
    sparse = [isinstance(t, Tensor) and bool(t._k & COO) for t in (self, other)]
    if all(sparse):
        return _times_sparse(self, other)
    return _times_dense(self, other) if sparse[0] else _times_dense(other, self)


def _divisor(name: str, self: Any, other: Any) -> None:
    if not isinstance(self, Tensor) or (isinstance(other, Tensor) and (other.ndim or other._k & COO)) or not self._k & COO:
        shape = list(other.shape) if isinstance(other, Tensor) else []
        raise RuntimeError(f"{name} requires a scalar or zero-dim dense tensor divisor (got shape {shape} for divisor)")


@layout_rule("div.Tensor", "sparse_coo")
def div(self: Any, other: Any) -> Tensor:
    _divisor("Sparse division", self, other)
    return with_values(self, OPS["div.Tensor"](self._a.values, other))


@layout_rule("div.Tensor_mode", "sparse_coo")
def div_mode(self: Any, other: Any, rounding_mode: str | None) -> Tensor:
    _divisor("Sparse division", self, other)
    t = self if rounding_mode is None else coalesced(self)
    return with_values(t, OPS["div.Tensor_mode"](t._a.values, other, rounding_mode=rounding_mode))


@layout_rule("floor_divide", "sparse_coo")
def floor_divide(self: Any, other: Any) -> Tensor:
    _divisor("Sparse floor division", self, other)
    t = coalesced(self)
    return with_values(t, OPS["floor_divide"](t._a.values, other))


@layout_rule("pow.Tensor_Tensor", "sparse_coo")
def pow(self: Any, exponent: Any) -> Tensor:
    if isinstance(exponent, Tensor) or not isinstance(self, Tensor):
        missing(OPS["pow.Tensor_Tensor"], (exponent if isinstance(exponent, Tensor) else self)._k)
    if exponent == 0:
        raise RuntimeError("pow: cannot raise to zeroth power on sparse tensor; it would make the result tensor dense")
    t = coalesced(self)
    return with_values(t, OPS["pow.Tensor_Tensor"](t._a.values, exponent))


@layout_rule("square", "sparse_coo")
def square(self: Tensor) -> Tensor:
    return pow(self, 2)


@layout_rule("positive", "sparse_coo")
def positive(self: Tensor) -> Tensor:
    return alias(self)


# -- masks --------------------------------------------------------------------------------------------------------------------------------


@layout_rule("sparse_mask", "sparse_coo")
def sparse_mask(self: Tensor, mask: Tensor) -> Tensor:
    if not mask._k & COO:
        raise NotImplementedError(
            f"Could not run 'aten::_nnz' with arguments from the 'CPU' backend: sparse_mask takes a sparse mask, got {mask.layout}"
        )
    if mask._a.shape != self._a.shape:
        raise RuntimeError(
            f"sparse_mask(): operands have incompatible sizes; self has size {list(self._a.shape)} but mask has size {list(mask._a.shape)}"
        )
    indices, _, rank = parts(mask)
    if not self._k & COO:
        return coo(indices, taken_at(self, indices, rank).clone(), mask._a.shape, mask._a.coalesced)
    if self._a.indices is indices:
        return self
    held = coalesced(self)
    sizes = mask._a.shape[:rank]
    keys, mine = keys_of(indices, sizes), keys_of(held._a.indices, sizes)
    made = held._a.values.new_zeros((keys.shape[0], *held._a.values.shape[1:]))
    if mine.shape[0]:
        at = torch.searchsorted(mine, keys).clamp(max=mine.shape[0] - 1)
        found = mine.index_select(0, at) == keys
        rows = held._a.values.index_select(0, at)
        made = torch.where(found.reshape((-1, *[1] * (rows.ndim - 1))), rows, made)
    return coo(indices, made, mask._a.shape, mask._a.coalesced)


@layout_rule("_sparse_mask_projection", "sparse_coo")
def sparse_mask_projection(self: Tensor, mask: Tensor, accumulate_matches: bool) -> Tensor:
    return sparse_mask(self, mask)


@layout_rule("view_as_real", "sparse_coo")
def view_as_real(self: Tensor) -> Tensor:
    return coo(self._a.indices, torch.view_as_real(self._a.values), (*self._a.shape, 2), self._a.coalesced)


@layout_rule("view_as_complex", "sparse_coo")
def view_as_complex(self: Tensor) -> Tensor:
    return coo(self._a.indices, torch.view_as_complex(self._a.values), self._a.shape[:-1], self._a.coalesced)
