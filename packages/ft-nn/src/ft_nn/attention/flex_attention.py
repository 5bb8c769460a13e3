"""Attention whose scores a function changes and whose mask is a function of positions, with masks summed up in blocks.

A ``score_mod(score, b, h, q, kv)`` and a ``mask_mod(b, h, q, kv)`` are written for one pair of positions, all 0-dim tensors, and
batched by vmap. Blocks are kept as torch has them; the computation here is the formula over all pairs, and the block mask decides
by its ``mask_mod``. Source: torch.nn.attention.flex_attention (2.13).
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypedDict

from ft_autograd.func import vmap
from ft_core import Tensor, int32
from ft_dispatch import surface as torch

from .block_mask import DEFAULT_BLOCK, BlockMask, noop_mask, ordered

__all__ = [
    "AuxOutput",
    "AuxRequest",
    "BlockMask",
    "FlexKernelOptions",
    "and_masks",
    "create_block_mask",
    "create_mask",
    "flex_attention",
    "noop_mask",
    "or_masks",
]

# vmap's dims for (batch, head, query, key) around a function whose first argument may be a score with all four.
_ORDER = ((None, None, None, 0), (None, None, 0, None), (None, 0, None, None), (0, None, None, None))


class FlexKernelOptions(TypedDict, total=False):
    """Settings of generated GPU kernels; the formula that computes here has none of them, and results do not depend on them."""

    num_warps: int
    num_stages: int
    BLOCK_M: int
    BLOCK_N: int
    BLOCK_M1: int
    BLOCK_N1: int
    BLOCK_M2: int
    BLOCK_N2: int
    PRESCALE_QK: bool
    ROWS_GUARANTEED_SAFE: bool
    BLOCKS_ARE_CONTIGUOUS: bool
    WRITE_DQ: bool
    FORCE_USE_FLEX_ATTENTION: bool
    USE_TMA: bool
    kpack: int
    matrix_instr_nonkdim: int
    waves_per_eu: int
    BACKEND: Literal["AUTO", "TRITON", "FLASH", "TRITON_DECODE"]


class AuxRequest(NamedTuple):
    """Which further results of :func:`flex_attention` are wanted."""

    lse: bool = False
    max_scores: bool = False


class AuxOutput(NamedTuple):
    """The further results asked for: log of the sum of exponentials and largest score of every query, (B, H, Q)."""

    lse: Tensor | None = None
    max_scores: Tensor | None = None


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


def create_mask(mod_fn: Callable[..., Tensor], B: int | None, H: int | None, Q_LEN: int, KV_LEN: int, device: Any = None) -> Tensor:
    """The mask of a mask_mod (four arguments), or of a score_mod (five) that gives -inf, as a bool tensor (B, H, Q_LEN, KV_LEN)."""
    sizes = (B or 1, H or 1, Q_LEN, KV_LEN)
    parameters = inspect.signature(mod_fn).parameters.values()
    count = sum(p.default is inspect.Parameter.empty for p in parameters if p.kind <= p.POSITIONAL_OR_KEYWORD)
    if count not in (4, 5):
        raise AssertionError(f"Expected 4 or 5 positional args, got {count}")
    if count == 5:
        scores = _over_positions(mod_fn, sizes, device, torch.zeros(sizes, device=device))
        return (scores == -math.inf).logical_not()
    return _over_positions(mod_fn, sizes, device).expand(sizes)


def create_block_mask(
    mask_mod: Callable[..., Tensor],
    B: int | None,
    H: int | None,
    Q_LEN: int,
    KV_LEN: int,
    device: Any = None,
    BLOCK_SIZE: int | tuple[int, int] = DEFAULT_BLOCK,
    _compile: bool = False,
    separate_full_blocks: bool = True,
) -> BlockMask:
    """The blocks of ``mask_mod`` for ``Q_LEN`` queries and ``KV_LEN`` keys; B or H None where it does not depend on them.

    With ``separate_full_blocks=False`` full ones are counted among the partial. Raises ``AssertionError`` for a function that
    takes neither four nor five arguments.
    """
    size = (BLOCK_SIZE, BLOCK_SIZE) if isinstance(BLOCK_SIZE, int) else (BLOCK_SIZE[0], BLOCK_SIZE[1])
    mask = create_mask(mask_mod, B, H, Q_LEN, KV_LEN, device)
    rows, columns = -(-Q_LEN // size[0]), -(-KV_LEN // size[1])
    whole = torch.constant_pad_nd(mask.to(int32), [0, columns * size[1] - KV_LEN, 0, rows * size[0] - Q_LEN])
    counts = whole.reshape(*mask.shape[:2], rows, size[0], columns, size[1]).sum((3, 5))
    full = counts == size[0] * size[1]
    partial = (counts > 0) & full.logical_not() if separate_full_blocks else counts > 0
    kept: Any = ordered(full) if separate_full_blocks else (None, None)
    counted, places = ordered(partial)
    return BlockMask.from_kv_blocks(counted, places, kept[0], kept[1], size, mask_mod, (Q_LEN, KV_LEN))


def _check(query: Tensor, key: Tensor, value: Tensor, block_mask: BlockMask | None, enable_gqa: bool) -> None:
    if not query.ndim == key.ndim == value.ndim == 4:
        raise NotImplementedError("NYI: query, key, and value must be 4D tensors")
    heads, others = query.shape[1], key.shape[1]
    if not enable_gqa and heads != others:
        raise ValueError(
            f"Expect query and key/value to have the same number of heads but got Hq={heads} and Hkv={others}. "
            "Try setting enable_gqa=True for GQA."
        )
    if enable_gqa and heads % others:
        raise ValueError(f"Expect number of query heads to be a multiple of kv heads for GQA but got Hq={heads} and Hkv={others}.")
    if query.shape[-1] != key.shape[-1]:
        raise ValueError(
            f"Expect query and key/value to have the same embedding dimension but got E={query.shape[-1]} and E={key.shape[-1]}."
        )
    if query.shape[0] != key.shape[0] and block_mask is None:
        raise ValueError(
            "Expect query and key/value to have the same batch size, or non-none block_mask, but got block_mask=None, "
            f"Bq={query.shape[0]}, and Bkv={key.shape[0]}."
        )
    if block_mask is not None:
        _check_lengths(block_mask, query.shape[-2], key.shape[-2])


def _check_lengths(block_mask: BlockMask, q_len: int, kv_len: int) -> None:
    made = block_mask.seq_lengths
    if made == (q_len, kv_len):
        return
    text = f"block_mask was created for block_mask.shape={block_mask.shape} but got q_len={q_len} and kv_len={kv_len}. "
    if made[0] >= q_len and made[1] >= kv_len:
        raise ValueError(
            text
            + "As the block mask was created for a larger length than you're using it for, you can either 1. create a new block "
            "mask with the correct length, or 2. 'adjust' the existing block mask to the correct length by calling "
            "block_mask._adjust(q_len, kv_len). This essentially 'crops' the block mask to the upper left corner, which does not work "
            "for all mask_mods!"
        )
    raise ValueError(
        text
        + "As the block mask was created for a smaller length than you're using it for, you likely need to create a new block mask."
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
    kernel_options: FlexKernelOptions | None = None,
    *,
    return_aux: AuxRequest | None = None,
) -> Any:
    """softmax(score_mod(scale * q k^T)) v of query (B, H, Q, E), key (B, H, K, E) and value (B, H, K, V), masked by ``block_mask``.

    A query without any key gives zeros. Returns (B, H, Q, V), with ``return_lse`` also the log of the sum of exponentials, with
    ``return_aux`` an :class:`AuxOutput`. Raises ``ValueError`` for shapes that do not go together.
    """
    if return_lse and return_aux is not None:
        raise ValueError(
            "Cannot specify both return_lse and return_aux. return_lse is deprecated, please use return_aux=AuxRequest(lse=True) instead."
        )
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
