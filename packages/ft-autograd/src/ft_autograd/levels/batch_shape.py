"""Batching rules of ops whose parameters are shapes or orders: the batch is put in front of each.

Ops that only count dims are served by `batch_rules.shifted`; here are those that state sizes, strides, repeats, or that mean
the last two dims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

if TYPE_CHECKING:
    from ft_dispatch.op import Op


def _view(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    return op(args[0], (size, *args[1]))


def _expand(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, sizes = args[0], args[1]
    missing = len(sizes) - (x.ndim - 1)
    for _ in range(missing):
        x = x.unsqueeze(1)
    return op(x, (size, *sizes), *args[2:])


def _permute(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    return op(args[0], (0, *[d + 1 for d in args[1]]))


def _squeeze(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x = args[0]
    ones = tuple([i for i, n in enumerate(x.shape) if i and n == 1])
    return OPS["squeeze.dims"](x, ones) if ones else OPS["alias"](x)


def _squeeze_dims(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    dims = tuple([d + 1 for d in args[1]]) if args[0].ndim > 1 else ()
    return op(args[0], dims) if dims else OPS["alias"](args[0])


def _t(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x = args[0]
    if x.ndim > 3:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {x.ndim - 1}D")
    return x.transpose(1, 2) if x.ndim == 3 else OPS["alias"](x)


def _as_strided(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, sizes, strides, offset = args
    return op(x, (size, *sizes), (x.stride(0), *strides), x.storage_offset() if offset is None else offset)


def _repeat(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, repeats = args
    for _ in range(len(repeats) - (x.ndim - 1)):
        x = x.unsqueeze(1)
    return op(x, (1, *repeats))


def _roll(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, shifts, dims = args
    if dims:
        return op(x, shifts, tuple([d + 1 for d in dims])) if x.ndim > 1 else x.clone()
    shape = tuple(x.shape)
    return op(x.reshape((size, -1)), shifts, (1,)).reshape(shape)


def _pad(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    if len(args[1]) // 2 > args[0].ndim - 1:
        raise RuntimeError(f"constant_pad_nd: pad for {len(args[1]) // 2} dimensions, but the input has {args[0].ndim - 1}")
    return op(*args)


def _sized_backward(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """slice_backward and its kin: (gradient, sizes of the input, dims and places)."""
    made = list(args)
    for i, param in enumerate(op.params):
        if param.name == "input_sizes":
            made[i] = (size, *made[i])
        elif param.name in ("dim", "dim1", "dim2"):
            made[i] = made[i] + 1 if made[i] >= 0 else made[i]
    return op(*made)


def _trace(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    return torch.diagonal(args[0], 0, 1, 2).sum(-1)


def _same(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """The op sees elements, or the last dims only: the batch in front changes nothing."""
    return op(*args)


def _copy(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    x, source, *rest = args
    if not batched[0]:
        x = x.expand((size, *x.shape))
    if batched[1]:
        for _ in range(x.ndim - source.ndim):
            source = source.unsqueeze(1)
    return op(x, source, *rest)


def _cat(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Tensors of shape (0,) are left out whatever the others' rank, as torch does for cat's sake."""
    tensors = [t if flag else t.expand((size, *t.shape)) for t, flag in zip(args[0], batched[0], strict=True)]
    kept = [t for t in tensors if tuple(t.shape[1:]) != (0,)] or tensors
    if any(t.ndim == 1 for t in kept):
        raise RuntimeError("zero-dimensional tensor cannot be concatenated")
    return op(tuple(kept), args[1] + 1 if args[1] >= 0 else args[1])


def _shuffle(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Channels are the second dim: the batch joins the images."""
    x, groups = args
    return op(x.reshape((-1, *x.shape[2:])), groups).reshape(tuple(x.shape))


def _strided_scatter(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Examples lie one after the other; the strides between them are one more."""
    x, src, shape, strides, offset = args
    x = (x if batched[0] else x.expand((size, *x.shape))).contiguous()
    src = src if batched[1] else src.expand((size, *src.shape))
    return op(x, src, (size, *shape), (x.stride(0), *strides), offset)


RULES: dict[str, Any] = {
    "cat": _cat,
    "as_strided_scatter": _strided_scatter,
    "channel_shuffle": _shuffle,
    "_conj": _same,
    "_neg_view": _same,
    "view": _view,
    "_unsafe_view": _view,
    "expand": _expand,
    "permute": _permute,
    "squeeze": _squeeze,
    "squeeze.dims": _squeeze_dims,
    "t": _t,
    "as_strided": _as_strided,
    "repeat": _repeat,
    "roll": _roll,
    "constant_pad_nd": _pad,
    "trace": _trace,
    "copy": _copy,
    "view.dtype": _same,
    "view_as_real": _same,
    "view_as_complex": _same,
    **dict.fromkeys(("slice_backward", "select_backward", "diagonal_backward", "unfold_backward"), _sized_backward),
}
