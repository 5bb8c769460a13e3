"""Batching rules of ops that index by data: a batch of indices needs the number of the example beside it.

`index` and `index_put` put an arange over the batch in front of the user's index tensors; where those are not adjacent torch
moves the indexed dims to the front, and so does this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

if TYPE_CHECKING:
    from ft_dispatch.op import Op

Indices = tuple[Any, ...]


def _plain_masks(indices: Indices, batched: tuple[bool, ...]) -> tuple[list[Any], list[bool]]:
    """Indices with masks replaced by positions. RuntimeError for a batched mask: each example would select a different
    number."""
    made: list[Any] = []
    flags: list[bool] = []
    for t, flag in zip(indices, batched, strict=True):
        if t is None or t.dtype.name not in ("bool", "uint8"):
            made.append(t)
            flags.append(flag)
            continue
        if flag:
            raise RuntimeError(
                "vmap: It looks like you're attempting to index with a mask that differs per example; the result's shape would "
                "depend on data. We don't support that; use torch.where or a product with the mask."
            )
        parts = torch.nonzero(t, as_tuple=True)
        made += parts
        flags += [False] * len(parts)
    return made, flags


def _layout(indices: list[Any]) -> tuple[list[int], int]:
    """(dims that are indexed, where the result has the indexed dims)."""
    at = [i for i, t in enumerate(indices) if t is not None]
    adjacent = at == list(range(at[0], at[0] + len(at)))
    return at, at[0] if adjacent else 0


def _lined_up(indices: list[Any], batched: list[bool], size: int) -> tuple[list[Any], int]:
    """(indices with the batch in front where they have one, ranks made equal; rank of an example's index)."""
    rank = max(t.ndim - flag for t, flag in zip(indices, batched, strict=True) if t is not None)
    made: list[Any] = []
    for t, flag in zip(indices, batched, strict=True):
        if t is not None and flag:
            t = t.reshape((size, *[1] * (rank - t.ndim + 1), *t.shape[1:]))
        made.append(t)
    return made, rank


def _examples(size: int, rank: int, like: Tensor) -> Tensor:
    return torch.arange(size, device=like.device).reshape((size, *[1] * rank))


def _index(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, (indices, flags) = args[0], _plain_masks(args[1], batched[1])
    at, place = _layout(indices)
    if not any(flags):
        out = op(x, (None, *indices))
        if at != list(range(at[0], at[0] + len(at))):
            rank = max(indices[i].ndim for i in at)
            out = out.movedim(rank, 0)
        return out
    indices, rank = _lined_up(indices, flags, size)
    if not batched[0]:
        return op(x, tuple(indices)).movedim(place, 0)
    out = op(x, (_examples(size, rank, x), *indices))
    if at[0] == 0 or place == 0:
        return out
    return _placed(out, rank, place)


def _placed(t: Tensor, rank: int, place: int) -> Tensor:
    """(B, index dims, rest) -> (B, rest before `place`, index dims, rest)."""
    before = [1 + rank + i for i in range(place)]
    after = list(range(1 + rank + place, t.ndim))
    return t.permute((0, *before, *range(1, 1 + rank), *after))


def _gathered(t: Tensor, rank: int, place: int) -> Tensor:
    """The inverse of `_placed`."""
    moved = list(range(1 + place, 1 + place + rank))
    return t.permute((0, *moved, *[i for i in range(1, t.ndim) if i not in moved]))


def _index_put(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, values, accumulate = args[0], args[2], args[3]
    indices, flags = _plain_masks(args[1], batched[1])
    at, place = _layout(indices)
    x = x if batched[0] else x.expand((size, *x.shape)).clone()
    indices, rank = _lined_up(indices, flags, size)
    made = (_examples(size, rank, x), *indices)
    picked = torch.broadcast_shapes(
        *[tuple(t.shape[1:]) if flag else tuple(t.shape) for t, flag in zip(indices, flags, strict=True) if t is not None]
    )
    rest = [n for i, n in enumerate(x.shape[1:]) if i not in at]
    shape = (*rest[:place], *picked, *rest[place:])
    if batched[2]:
        values = values.reshape((size, *[1] * (len(shape) - values.ndim + 1), *values.shape[1:]))
    values = values.expand((size, *shape))
    return op(x, made, _gathered(values, rank, place) if place else values, accumulate)


def _index_select(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, dim, index = args
    if x.ndim == batched[0]:  # examples of rank 0
        picked = _index_select(op, (x.unsqueeze(-1), 0, index), batched, size)
        return picked.squeeze(1) if picked.ndim > 1 else picked
    if not batched[2]:
        return op(x, dim + 1, index)
    index = index.unsqueeze(1) if index.ndim == 1 else index
    return _index(OPS["index.Tensor"], (x, (*[None] * dim, index)), (batched[0], (*[False] * dim, True)), size)


def _embedding(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    weight, indices = args[0], args[1]
    if not batched[0]:
        return op(*args)
    return _index(OPS["index.Tensor"], (weight, (indices,)), (True, (batched[1],)), size)


def _embedding_backward(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Each example writes into rows of its own in one long table."""
    g, indices, count, padding, scale = args
    g = g if batched[0] else g.expand((size, *g.shape))
    indices = indices if batched[1] else indices.expand((size, *indices.shape))
    shift = torch.arange(size, device=indices.device).reshape((size, *[1] * (indices.ndim - 1))) * count
    if padding >= 0:
        g = torch.where((indices == padding).unsqueeze(-1), 0.0, g)
    out = op(g, indices + shift, count * size, -1, scale)
    return out.reshape((size, count, -1))


def _masked_select(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    if batched[1]:
        _plain_masks((args[1],), (True,))
    x, mask = args
    picked = torch.nonzero(mask.expand(torch.broadcast_shapes(tuple(mask.shape), tuple(x.shape[1:]))), as_tuple=True)
    return x[(slice(None), *picked)]


def _rows(t: Tensor, flag: Any, size: int, shape: tuple[int, ...] | None = None) -> Tensor:
    """One row per example, broadcast to `shape` first."""
    t = t if flag else t.unsqueeze(0)
    if shape is not None:
        t = t.reshape((t.shape[0], *[1] * (len(shape) - t.ndim + 1), *t.shape[1:])).expand((size, *shape))
    return t.expand((size, *t.shape[1:])).reshape((size, -1))


def _masked_scatter(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Each place under the mask takes the element whose number is that of the places before it; too few are an index out of range."""
    x, mask, source = args
    shape = torch.broadcast_shapes(tuple(x.shape[batched[0] :]), tuple(mask.shape[batched[1] :]))
    here, values = _rows(mask, batched[1], size, shape), _rows(source, batched[2], size)
    made = _rows(x, batched[0], size, shape)
    if values.shape[1]:
        made = torch.where(here, values.gather(1, torch.where(here, here.cumsum(1) - 1, 0)), made)
    elif bool(here.any()):
        raise RuntimeError("Number of elements of source < number of ones in mask")
    return made.reshape((size, *shape))


def _searchsorted(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Rows of boundaries and rows of values have equal leading dims; values of other shapes are rows for the time of the op."""
    edges, values, *rest = args
    if not batched[0]:
        if edges.ndim == 1 and rest[3] is None:
            return op(edges, values, *rest)
        edges = edges.expand((size, *edges.shape))
    if not batched[1]:
        values = values.expand((size, *values.shape))
    sorter = rest[3]
    if sorter is not None and not batched[op.index_of["sorter"]]:
        rest[3] = sorter.expand((size, *sorter.shape))
    if edges.ndim > 2:
        return op(edges.contiguous(), values.contiguous(), *rest)
    return op(edges.contiguous(), values.reshape((size, -1)).contiguous(), *rest).reshape(tuple(values.shape))


RULES: dict[str, Any] = {
    "searchsorted.Tensor": _searchsorted,
    "index.Tensor": _index,
    "_unsafe_index.Tensor": _index,
    "index_put": _index_put,
    "_unsafe_index_put": _index_put,
    "index_select": _index_select,
    "embedding": _embedding,
    "embedding_dense_backward": _embedding_backward,
    "masked_scatter": _masked_scatter,
    "masked_select": _masked_select,
}
