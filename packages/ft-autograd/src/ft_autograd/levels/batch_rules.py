"""Batching rules by kind: which function serves an op under vmap.

A rule is `rule(op, args, batched, size)`: args of the level below, `batched[i]` whether args[i] has the batch as its first
dimension (a tuple of bools for a list), and it returns outputs that all have it first. Elementwise ops line ranks up; ops with
dims shift them by one; the rest is listed by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_dispatch.kinds import ELEMENTWISE
from ft_dispatch.registry import OPS

from . import batch_index, batch_matrix, batch_product, batch_shape
from .batch_image import image, image_rank

if TYPE_CHECKING:
    from ft_dispatch.op import Op

BatchRule = Callable[..., Any]

# ops that treat leading dimensions alike and count their dims from the front: all dims move up by one
SHIFTED = frozenset(
    "amax amin all.dim all.dims any.dim any.dims linalg_vector_norm logsumexp mean.dim nansum prod.dim_int sum.dim_IntList "
    "std.correction var.correction std_mean.correction var_mean.correction median.dim nanmedian.dim mode cummax cummin cumprod "
    "cumsum logcumsumexp _softmax _log_softmax _softmax_backward_data _log_softmax_backward_data _safe_softmax sort sort.stable "
    "topk kthvalue max.dim min.dim argmax argmin glu glu_backward flip diagonal select.int slice.Tensor transpose.int "
    "squeeze.dims unsqueeze unbind.int split.Tensor split_with_sizes unfold "
    "diag_embed alias tril triu gather scatter.src scatter.value scatter.reduce scatter.value_reduce scatter_add scatter_reduce.two stack "
    "count_nonzero count_nonzero.dim_IntList aminmax rot90 roll pixel_shuffle pixel_unshuffle _to_copy empty_like full_like "
    "slice_scatter select_scatter diagonal_scatter _fft_c2c _fft_r2c _fft_c2r".split()
)
# reductions over everything, and the op that does it along one dimension
WHOLE = {
    "sum": "sum.dim_IntList", "mean": "mean.dim", "prod": "prod.dim_int", "max": "amax", "min": "amin", "all": "all.dim", "any": "any.dim",
    "median": "median.dim", "nanmedian": "nanmedian.dim",
}  # fmt: skip
NAMED: dict[str, BatchRule] = {**batch_shape.RULES, **batch_index.RULES, **batch_product.RULES, **batch_matrix.RULES}
_DIMS = ("dim", "dims", "dim0", "dim1", "dim2", "dimension")


def rule_for(op: Op) -> BatchRule | None:
    """The batching rule of an op: by name, else by kind; None where a decomposition or the loop must do."""
    rule = NAMED.get(op.name)
    if rule is not None:
        return rule
    if op.kind is ELEMENTWISE:
        return elementwise
    if op.name in SHIFTED:
        return shifted
    if op.name in WHOLE:
        return whole
    return image if image_rank(op) else None


def elementwise(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """Batch first, then dims of size 1 up to the common rank: broadcasting does the rest."""
    ranks = {i: args[i].ndim - batched[i] for i in op.tensor_at if isinstance(args[i], Tensor)}
    rank = max(ranks.values())
    made = list(args)
    for i, own in ranks.items():
        if batched[i]:
            made[i] = _as_number_would(op, args, ranks, i) if own == 0 and rank else args[i]
            made[i] = pad(made[i], rank)
    for i in op.lists_at:
        made[i] = tuple([t if flag else t.unsqueeze(0) for t, flag in zip(args[i], batched[i], strict=True)])
    first = op.tensor_at[0] if op.tensor_at else None
    if first is not None and not batched[first] and isinstance(made[first], Tensor) and op.meta_rule is not None:
        made[first] = made[first].expand(
            (size, *[1] * (rank - ranks[first]), *made[first].shape)
        )  # ops that keep the first one's shape
    out = op(*made)
    if isinstance(out, Tensor) and out.ndim == rank:
        return out.expand((size, *out.shape))  # its pieces did not need what is batched
    return out


def _as_number_would(op: Op, args: tuple[Any, ...], ranks: dict[int, int], i: int) -> Tensor:
    """A 0-dim example gives way to tensors with dims in type promotion; its payload has a dim, so the cast is made here."""
    kind = args[i].dtype
    others = [args[j].dtype for j, own in ranks.items() if own and op.params[j].name not in op.keep]
    for other in others:
        if other.category >= kind.category and other is not kind and op.params[i].name not in op.keep:
            return args[i].to(other)
    return args[i]


def pad(t: Tensor, rank: int) -> Tensor:
    """A payload with dims of size 1 behind the batch, up to `rank` visible ones."""
    missing = rank - (t.ndim - 1)
    if missing <= 0:
        return t
    shape = tuple(t.shape)
    return t.reshape((shape[0], *[1] * missing, *shape[1:]))


def shifted(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """Every tensor with the batch first, every dim one further; a 0-dim example gets a dim for the time of the op."""
    made = list(args)
    rank = 0
    tensors = [i for i in op.tensor_at if isinstance(args[i], Tensor)]
    for i in tensors:
        made[i] = args[i] if batched[i] else args[i].expand((size, *args[i].shape))
        rank = max(rank, made[i].ndim - 1)
    for i in op.lists_at:
        made[i] = tuple([t if flag else t.expand((size, *t.shape)) for t, flag in zip(args[i], batched[i], strict=True)])
        rank = max([rank, *[t.ndim - 1 for t in made[i]]])
    scalar = False
    if tensors and any(p.name in _DIMS for p in op.params) and op.base != "unsqueeze":
        scalar = made[op.index_of.get("index", tensors[0]) if op.base == "gather" else tensors[0]].ndim == 1
        for i in tensors if op.base.startswith(("gather", "scatter")) else tensors[:1]:
            if made[i].ndim == 1:
                made[i] = made[i].unsqueeze(1)
    flat = _shift_dims(op, made, rank)
    out = op(*made)
    if flat is not None:
        return _unflattened(out, flat)
    return _drop(out) if scalar else out


def _shift_dims(op: Op, made: list[Any], rank: int) -> int | None:
    """Shift the dims in place. Where there are none, all visible dims are meant: as a list, or joined into one, whose rank to restore
    is returned."""
    keep = op.index_of.get("keepdim")
    for i, param in enumerate(op.params):
        if param.name not in _DIMS:
            continue
        value = made[i]
        if isinstance(value, int):
            made[i] = value + 1 if value >= 0 else value
        elif value:
            made[i] = tuple([d + 1 for d in value])
        elif param.is_list and op.base != "flip":
            made[i] = tuple(range(1, max(rank, 1) + 1))
        elif op.base in ("argmax", "argmin", "count_nonzero", "aminmax"):
            made[0] = made[0].reshape((made[0].shape[0], -1))
            made[i] = 1
            return rank if keep is not None and made[keep] else 0
    return None


def _unflattened(out: Any, rank: int) -> Any:
    def one(t: Tensor) -> Tensor:
        return t.reshape((t.shape[0], *[1] * rank))

    return one(out) if isinstance(out, Tensor) else type(out)(*map(one, out)) if hasattr(out, "_fields") else tuple(map(one, out))


def _drop(out: Any) -> Any:
    if isinstance(out, Tensor):
        return out.squeeze(1) if out.ndim > 1 else out
    made = [_drop(t) for t in out]
    return made if isinstance(out, list) else type(out)(*made) if hasattr(out, "_fields") else tuple(made)


def whole(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """A reduction of everything: examples flattened, reduced along their one dimension."""
    along = OPS[WHOLE[op.name]]
    flat = args[0].reshape((size, -1))
    dim = along.index_of["dim"]
    values: list[Any] = [flat, *along.defaults[1:]]
    values[dim] = (1,) if along.params[dim].is_list else 1
    if "keepdim" in along.index_of:
        values[along.index_of["keepdim"]] = False
    if "dtype" in along.index_of:
        values[along.index_of["dtype"]] = args[op.index_of["dtype"]]
    out = along(*values)
    return out if isinstance(out, Tensor) else out[0]
