"""Attention whose scores a function changes and whose mask is a function of positions, with masks summed up in blocks.

A ``score_mod(score, b, h, q, kv)`` and a ``mask_mod(b, h, q, kv)`` are written for one pair of positions, all 0-dim tensors, and
batched by vmap. Blocks are kept as torch has them; the computation here is the formula over all pairs, and the block mask decides
by its ``mask_mod``. Source: torch.nn.attention.flex_attention (2.13).
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ft_autograd.func import vmap
from ft_core import Tensor, int32
from ft_dispatch import surface as torch

__all__ = [
    "AuxOutput",
    "AuxRequest",
    "BlockMask",
    "and_masks",
    "create_block_mask",
    "create_mask",
    "flex_attention",
    "noop_mask",
    "or_masks",
]

_DEFAULT_BLOCK = 128
# vmap's dims for (batch, head, query, key) around a function whose first argument may be a score with all four.
_ORDER = ((None, None, None, 0), (None, None, 0, None), (None, 0, None, None), (0, None, None, None))


class AuxRequest(NamedTuple):
    """Which further results of :func:`flex_attention` are wanted."""

    lse: bool = False
    max_scores: bool = False


class AuxOutput(NamedTuple):
    """The further results asked for: log of the sum of exponentials and largest score of every query, (B, H, Q)."""

    lse: Tensor | None = None
    max_scores: Tensor | None = None


def noop_mask(batch: Tensor, head: Tensor, token_q: Tensor, token_kv: Tensor) -> Tensor:
    """The mask that allows everything."""
    return batch.new_ones(size=(), dtype=torch.bool, device=batch.device)


def _joined(
    masks: tuple[Callable[..., Tensor], ...], start: bool, combine: Callable[[Tensor, Tensor], Tensor]
) -> Callable[..., Tensor]:
    if not all(callable(mask) for mask in masks):
        raise RuntimeError(f"All inputs should be callable mask_mods: {masks}")

    def mask_mod(b: Tensor, h: Tensor, q_idx: Tensor, kv_idx: Tensor) -> Tensor:
        made = torch.full((), start, dtype=torch.bool, device=b.device)
        for mask in masks:
            made = combine(made, mask(b, h, q_idx, kv_idx))
        return made

    return mask_mod


def or_masks(*mask_mods: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """A mask that allows what one of the given ones allows."""
    return _joined(mask_mods, False, lambda a, b: a | b)


def and_masks(*mask_mods: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """A mask that allows what all of the given ones allow."""
    return _joined(mask_mods, True, lambda a, b: a & b)


def _over_positions(function: Callable[..., Tensor], sizes: tuple[int, ...], device: Any, score: Tensor | None = None) -> Tensor:
    """``function`` of every (batch, head, query, key), and of its score where one is given: shape ``sizes``."""
    for dims in _ORDER:
        function = vmap(function, in_dims=dims if score is None else (0, *dims))
    positions = [torch.arange(n, device=device) for n in sizes]
    return function(*positions) if score is None else function(score, *positions)


def create_mask(
    mod_fn: Callable[..., Tensor], B: int | None, H: int | None, Q_LEN: int, KV_LEN: int, device: Any = "cpu"
) -> Tensor:
    """The mask of a mask_mod, or of a score_mod that gives -inf, as a bool tensor (B, H, Q_LEN, KV_LEN)."""
    sizes = (B or 1, H or 1, Q_LEN, KV_LEN)
    if len(inspect.signature(mod_fn).parameters) == 5:
        scores = _over_positions(mod_fn, sizes, device, torch.zeros(sizes, device=device))
        return (scores == -math.inf).logical_not()
    return _over_positions(mod_fn, sizes, device).expand(sizes)


class BlockMask:
    """A mask, and which of its blocks are partly and wholly allowed.

    For each row of blocks: ``kv_num_blocks`` (B, H, rows) partial ones, their columns first in ``kv_indices`` (B, H, rows, columns),
    the same of full ones with ``full_``, and by columns with ``q_``. Made by :func:`create_block_mask`.
    """

    def __init__(
        self, blocks: Tensor, full: Tensor, seq_lengths: tuple[int, int], block_size: tuple[int, int], mask_mod: Any
    ) -> None:
        self.seq_lengths = seq_lengths
        self.BLOCK_SIZE = block_size
        self.mask_mod = mask_mod
        self.kv_num_blocks, self.kv_indices = _ordered(blocks)
        self.full_kv_num_blocks, self.full_kv_indices = _ordered(full)
        self.q_num_blocks, self.q_indices = _ordered(blocks.transpose(-2, -1))
        self.full_q_num_blocks, self.full_q_indices = _ordered(full.transpose(-2, -1))
        self._blocks = blocks | full

    @property
    def shape(self) -> tuple[int, ...]:
        """(B, H, queries, keys)."""
        return (*self.kv_num_blocks.shape[:-1], *self.seq_lengths)

    def numel(self) -> int:
        """How many pairs of positions it says something about."""
        return math.prod(self.shape)

    def sparsity(self) -> float:
        """The percentage of pairs in blocks that are skipped whole."""
        rows, columns = self.BLOCK_SIZE
        return 100 * (1 - int(self._blocks.sum()) * rows * columns / self.numel())

    def to_dense(self) -> Tensor:
        """Which blocks hold anything allowed: int32 (B, H, rows of blocks, columns of blocks)."""
        return self._blocks.to(int32)

    def __repr__(self) -> str:
        return f"BlockMask(shape={self.shape}, sparsity={self.sparsity():.2f}%, BLOCK_SIZE={self.BLOCK_SIZE})"


def _ordered(blocks: Tensor) -> tuple[Tensor, Tensor]:
    """How many blocks each row has, and all columns with those first."""
    order = blocks.to(int32).argsort(dim=-1, descending=True, stable=True)
    return blocks.sum(-1).to(int32), order.to(int32)


def create_block_mask(
    mask_mod: Callable[..., Tensor],
    B: int | None,
    H: int | None,
    Q_LEN: int,
    KV_LEN: int,
    device: Any = None,
    BLOCK_SIZE: int | tuple[int, int] = _DEFAULT_BLOCK,
) -> BlockMask:
    """The blocks of ``mask_mod`` for ``Q_LEN`` queries and ``KV_LEN`` keys; B or H None where it does not depend on them."""
    size = (BLOCK_SIZE, BLOCK_SIZE) if isinstance(BLOCK_SIZE, int) else tuple(BLOCK_SIZE)
    mask = create_mask(mask_mod, B, H, Q_LEN, KV_LEN, "cpu" if device is None else device)
    rows, columns = -(-Q_LEN // size[0]), -(-KV_LEN // size[1])
    whole = torch.constant_pad_nd(mask.to(int32), [0, columns * size[1] - KV_LEN, 0, rows * size[0] - Q_LEN])
    counts = whole.reshape(*mask.shape[:2], rows, size[0], columns, size[1]).sum((3, 5))
    full = counts == size[0] * size[1]
    return BlockMask((counts > 0) & full.logical_not(), full, (Q_LEN, KV_LEN), (size[0], size[1]), mask_mod)


def _check(query: Tensor, key: Tensor, value: Tensor, block_mask: BlockMask | None, enable_gqa: bool) -> None:
    if not query.ndim == key.ndim == value.ndim == 4:
        raise NotImplementedError("NYI: query, key, and value must be 4D tensors")
    if not enable_gqa and query.shape[1] != key.shape[1]:
        raise ValueError(
            f"Expect query and key/value to have the same number of heads but got Hq={query.shape[1]} and Hkv={key.shape[1]}. "
            "Try setting enable_gqa=True for GQA."
        )
    if enable_gqa and query.shape[1] % key.shape[1]:
        raise ValueError(
            f"Expect number of query heads to be a multiple of kv heads for GQA but got Hq={query.shape[1]} and Hkv={key.shape[1]}."
        )
    if query.shape[-1] != key.shape[-1]:
        raise ValueError(
            f"Expect query and key/value to have the same embedding dimension but got {query.shape[-1]} and {key.shape[-1]}."
        )
    wanted = (query.shape[-2], key.shape[-2])
    if block_mask is not None and (block_mask.seq_lengths[0] < wanted[0] or block_mask.seq_lengths[1] < wanted[1]):
        raise ValueError(
            f"block_mask was created for block_mask.shape={block_mask.shape} but got q_len={wanted[0]} and kv_len={wanted[1]}."
        )


def flex_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    score_mod: Callable[..., Tensor] | None = None,
    block_mask: BlockMask | None = None,
    scale: float | None = None,
    enable_gqa: bool = False,
    return_lse: bool = False,
    *,
    return_aux: AuxRequest | None = None,
) -> Any:
    """softmax(score_mod(scale * q k^T)) v of query (B, H, Q, E), key (B, H, K, E) and value (B, H, K, V), masked by ``block_mask``.

    A query without any key gives zeros. Returns (B, H, Q, V), with ``return_lse`` also the log of the sum of exponentials, with
    ``return_aux`` an :class:`AuxOutput`. Raises ``ValueError`` for shapes that do not go together.
    """
    _check(query, key, value, block_mask, enable_gqa)
    groups = query.shape[1] // key.shape[1]
    if groups > 1:
        key, value = key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1)
    kind = query.dtype.opmath
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    scores = query.to(kind).matmul(key.to(kind).transpose(-2, -1)) * factor
    sizes = tuple(scores.shape)
    if score_mod is not None:
        scores = _over_positions(score_mod, sizes, scores.device, scores)
    if block_mask is not None:
        allowed = _over_positions(block_mask.mask_mod, sizes, scores.device)
        scores = scores.masked_fill(allowed.logical_not(), -math.inf)
    out = torch.raw._safe_softmax(scores, -1).matmul(value.to(kind)).to(query.dtype)
    if return_aux is not None:
        return out, AuxOutput(scores.logsumexp(-1) if return_aux.lse else None, scores.amax(-1) if return_aux.max_scores else None)
    return (out, scores.logsumexp(-1)) if return_lse else out
