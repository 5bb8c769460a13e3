"""Masks of attention summed up in blocks: which blocks of pairs are partly allowed, which wholly.

Source of names, order of indices and printed forms: torch.nn.attention.flex_attention.BlockMask (2.13).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

from ft_core import Tensor, int32
from ft_dispatch import surface as torch

DEFAULT_BLOCK = 128
"""Positions along each side of a block where nothing else is asked for."""

TENSORS = (
    "kv_num_blocks kv_indices full_kv_num_blocks full_kv_indices q_num_blocks q_indices full_q_num_blocks full_q_indices "
    "dq_write_order dq_write_order_full dq_kv_order"
).split()
"""The attributes that hold tensors, in torch's order."""


def noop_mask(batch: Tensor, head: Tensor, token_q: Tensor, token_kv: Tensor) -> Tensor:
    """The mask that allows everything."""
    return batch.new_ones(size=(), dtype=torch.bool, device=batch.device)


def _sliced_mask_mod_error(batch: Tensor, head: Tensor, token_q: Tensor, token_kv: Tensor) -> Tensor:
    """The mask_mod of a part of a block mask: it cannot know which part it is. ``RuntimeError`` says how to go on."""
    raise RuntimeError(
        "Cannot use mask_mod from a sliced BlockMask. When you slice a BlockMask using [], the mask_mod function is replaced "
        "because its indices no longer match: set block_mask.mask_mod to the one that fits the part."
    )


def ordered(blocks: Tensor) -> tuple[Tensor, Tensor]:
    """How many blocks each row of a 0/1 matrix has, and all columns with those first: int32."""
    order = blocks.to(int32).argsort(dim=-1, descending=True, stable=True)
    return blocks.sum(-1).to(int32), order.to(int32).contiguous()


def dense(counts: Tensor, indices: Tensor, columns: int) -> Tensor:
    """The 0/1 matrix (*, rows, columns) that :func:`ordered` was made from."""
    used = torch.arange(indices.shape[-1], device=indices.device) < counts.unsqueeze(-1)
    places = indices.long().where(used, columns)  # the rest goes into a column that is cut off
    made = torch.zeros((*indices.shape[:-1], columns + 1), dtype=int32, device=indices.device)
    return made.scatter(-1, places, 1)[..., :columns]


def _cropped(counts: Tensor, indices: Tensor, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    indices, counts = indices[..., :rows, :columns], counts[..., :rows].clamp(max=columns)
    return (indices < counts.unsqueeze(-1)).sum(-1).to(int32), indices


class BlockMask:
    """A mask, and which of its blocks are partly and wholly allowed.

    For each row of blocks: ``kv_num_blocks`` (B, H, rows) partial ones, their columns first in ``kv_indices`` (B, H, rows, columns),
    the same of full ones with ``full_``, and by columns with ``q_``; what is not known is None. Made by
    :func:`create_block_mask` or :meth:`from_kv_blocks`.
    """

    seq_lengths: tuple[int, int]
    kv_num_blocks: Tensor
    kv_indices: Tensor
    full_kv_num_blocks: Tensor | None
    full_kv_indices: Tensor | None
    q_num_blocks: Tensor | None
    q_indices: Tensor | None
    full_q_num_blocks: Tensor | None
    full_q_indices: Tensor | None
    BLOCK_SIZE: tuple[int, int]
    mask_mod: Callable[..., Tensor]

    def __init__(
        self,
        seq_lengths: tuple[int, int],
        kv_num_blocks: Tensor,
        kv_indices: Tensor,
        full_kv_num_blocks: Tensor | None,
        full_kv_indices: Tensor | None,
        q_num_blocks: Tensor | None,
        q_indices: Tensor | None,
        full_q_num_blocks: Tensor | None,
        full_q_indices: Tensor | None,
        BLOCK_SIZE: tuple[int, int] = (DEFAULT_BLOCK, DEFAULT_BLOCK),
        mask_mod: Callable[..., Tensor] = noop_mask,
        *,
        dq_write_order: Tensor | None = None,
        dq_write_order_full: Tensor | None = None,
        dq_kv_order: Tensor | None = None,
        dq_kv_order_spt: bool | None = None,
    ) -> None:
        if kv_indices.dim() < 2:
            raise RuntimeError("BlockMask must have at least 2 dimensions")
        _both("full_kv_num_blocks", full_kv_num_blocks, "full_kv_indices", full_kv_indices)
        _both("full_q_num_blocks", full_q_num_blocks, "full_q_indices", full_q_indices)
        self.seq_lengths = seq_lengths
        self.kv_num_blocks, self.kv_indices = kv_num_blocks, kv_indices
        self.full_kv_num_blocks, self.full_kv_indices = full_kv_num_blocks, full_kv_indices
        self.q_num_blocks, self.q_indices = q_num_blocks, q_indices
        self.full_q_num_blocks, self.full_q_indices = full_q_num_blocks, full_q_indices
        self.BLOCK_SIZE = BLOCK_SIZE
        self.mask_mod = mask_mod
        self.dq_write_order, self.dq_write_order_full = dq_write_order, dq_write_order_full
        self.dq_kv_order, self.dq_kv_order_spt = dq_kv_order, dq_kv_order_spt

    @classmethod
    def from_kv_blocks(
        cls,
        kv_num_blocks: Tensor,
        kv_indices: Tensor,
        full_kv_num_blocks: Tensor | None = None,
        full_kv_indices: Tensor | None = None,
        BLOCK_SIZE: int | tuple[int, int] = DEFAULT_BLOCK,
        mask_mod: Callable[..., Tensor] | None = None,
        seq_lengths: tuple[int, int] | None = None,
        compute_q_blocks: bool = True,
    ) -> BlockMask:
        """A block mask from its rows; the columns (``q_``) follow, unless ``compute_q_blocks`` is False.

        Without ``seq_lengths`` the blocks are whole. Raises ``RuntimeError`` for indices of less than two dimensions,
        ``AssertionError`` where only one half of the full blocks is given.
        """
        if kv_indices.dim() < 2:
            raise RuntimeError("BlockMask must have at least 2 dimensions")
        _both("full_kv_num_blocks", full_kv_num_blocks, "full_kv_indices", full_kv_indices)
        columns = kv_indices.shape[-1]
        q: Any = (None, None)
        full_q: Any = (None, None)
        if compute_q_blocks:
            q = ordered(dense(kv_num_blocks, kv_indices, columns).transpose(-2, -1))
            if full_kv_num_blocks is not None and full_kv_indices is not None:
                full_q = ordered(dense(full_kv_num_blocks, full_kv_indices, columns).transpose(-2, -1))
        size = (BLOCK_SIZE, BLOCK_SIZE) if isinstance(BLOCK_SIZE, int) else (BLOCK_SIZE[0], BLOCK_SIZE[1])
        lengths = (kv_indices.shape[-2] * size[0], columns * size[1]) if seq_lengths is None else seq_lengths
        mod = noop_mask if mask_mod is None else mask_mod
        rows = kv_num_blocks, kv_indices, full_kv_num_blocks, full_kv_indices
        return cls(lengths, *rows, q[0], q[1], full_q[0], full_q[1], size, mod)

    def as_tuple(self, flatten: bool = True) -> tuple[Any, ...]:
        """All parts: lengths, tensors in the order of :data:`TENSORS`, block size and mask_mod; pairs whole without ``flatten``."""
        lengths = self.seq_lengths if flatten else (self.seq_lengths,)
        size = self.BLOCK_SIZE if flatten else (self.BLOCK_SIZE,)
        return (*lengths, *(getattr(self, name) for name in TENSORS), self.dq_kv_order_spt, *size, self.mask_mod)

    @property
    def shape(self) -> tuple[int, ...]:
        """(B, H, queries, keys)."""
        return (*self.kv_indices.shape[:-2], *self.seq_lengths)

    def __getitem__(self, index: Any) -> BlockMask:
        """The part for some batches, heads and rows of blocks; integers keep their dimension. Its mask_mod must be set anew."""
        given = index if isinstance(index, tuple) else (index,)
        whole = (*given, slice(None), slice(None), slice(None))[:3]
        sizes = self.kv_num_blocks.shape[:3]
        picks = tuple(
            slice(i % n if -n <= i < n else i, (i % n if -n <= i < n else i) + 1) if isinstance(i, int) else i
            for i, n in zip(whole, sizes, strict=True)
        )
        return self._with([None if t is None else t[picks] for t in self._rows()], _sliced_mask_mod_error, self.seq_lengths)

    def _rows(self) -> list[Tensor | None]:
        return [self.kv_num_blocks, self.kv_indices, self.full_kv_num_blocks, self.full_kv_indices]

    def _with(self, rows: list[Any], mask_mod: Any, lengths: tuple[int, int]) -> BlockMask:
        known = self.q_indices is not None
        a, b, c, d = rows
        return self.from_kv_blocks(a, b, c, d, self.BLOCK_SIZE, mask_mod, lengths, known)

    def _adjust(self, new_q_len: int, new_kv_len: int) -> BlockMask:
        """The upper left corner for shorter lengths."""
        rows, columns = -(-new_q_len // self.BLOCK_SIZE[0]), -(-new_kv_len // self.BLOCK_SIZE[1])
        kept: list[Any] = [*_cropped(self.kv_num_blocks, self.kv_indices, rows, columns), None, None]
        if self.full_kv_num_blocks is not None and self.full_kv_indices is not None:
            kept[2:] = _cropped(self.full_kv_num_blocks, self.full_kv_indices, rows, columns)
        return self._with(kept, self.mask_mod, (new_q_len, new_kv_len))

    def numel(self) -> int:
        """How many pairs of positions it says something about."""
        return math.prod(self.shape)

    def sparsity(self) -> float:
        """The percentage of pairs in blocks that are skipped whole; below zero where blocks reach beyond the lengths."""
        blocks = int(self.kv_num_blocks.sum())
        if self.full_kv_num_blocks is not None:
            blocks += int(self.full_kv_num_blocks.sum())
        return 100 * (1 - blocks * self.BLOCK_SIZE[0] * self.BLOCK_SIZE[1] / self.numel())

    def to_dense(self) -> Tensor:
        """Which blocks hold anything allowed: int32 (B, H, rows of blocks, columns of blocks)."""
        columns = self.kv_indices.shape[-1]
        made = dense(self.kv_num_blocks, self.kv_indices, columns)
        if self.full_kv_num_blocks is not None and self.full_kv_indices is not None:
            made = made | dense(self.full_kv_num_blocks, self.full_kv_indices, columns)
        return made

    def to_string(self, grid_size: int | tuple[int, int] = (20, 20), limit: int = 4) -> str:
        """The blocks drawn: two characters each, full, empty or shaded where several blocks share a cell of the grid.

        ``grid_size`` bounds rows and columns, ``limit`` how many pairs of batch and head are drawn.
        """
        blocks = self.to_dense()
        *batches, rows, columns = blocks.shape
        most = (grid_size, grid_size) if isinstance(grid_size, int) else grid_size
        down, across = max(1, -(-rows // most[0])), max(1, -(-columns // most[1]))
        drawn = []
        for number, place in enumerate(itertools.product(*[range(n) for n in batches])):
            if number == limit:
                drawn += [
                    "...",
                    "To print out more, set BlockMask.to_string(limit=N)",
                    "You can also index (BlockMask[batch, head]) to choose a specific batch or head",
                ]
                break
            lines = [
                "".join(_shade(blocks[place][r : r + down, c : c + across]) * 2 for c in range(0, columns, across))
                for r in range(0, rows, down)
            ]
            drawn.append("\n".join([str(place), *lines, ""]))
        return "\n".join(drawn)

    def to(self, device: Any) -> BlockMask:
        """The same block mask with its tensors on ``device``."""
        moved = {name: None if (t := getattr(self, name)) is None else t.to(device) for name in TENSORS}
        return BlockMask(
            self.seq_lengths,
            **moved,  # type: ignore[arg-type]
            BLOCK_SIZE=self.BLOCK_SIZE,
            mask_mod=self.mask_mod,
            dq_kv_order_spt=self.dq_kv_order_spt,
        )

    def __str__(self) -> str:
        return f"BlockMask(shape={self.shape}, sparsity={self.sparsity():.2f}%, \n{self.to_string().strip()}\n)"

    def __repr__(self) -> str:
        shapes = {name: None if (t := getattr(self, name)) is None else t.shape for name in TENSORS[:8]}
        rows = [f"{name}={shape}" for name, shape in shapes.items()]
        rows += [f"BLOCK_SIZE={self.BLOCK_SIZE}", f"shape={self.shape}", f"sparsity={self.sparsity():.2f}%"]
        rows.append(f"mask_mod={getattr(self.mask_mod, '__name__', self.mask_mod)}")
        return "BlockMask(\n    " + ",\n    ".join(rows) + "\n)"


def _shade(section: Tensor) -> str:
    share = section.float().mean().item()
    return "█" if share == 1 else " " if share == 0 else "░"


def _both(first: str, a: Any, second: str, b: Any) -> None:
    if (a is None) != (b is None):
        raise AssertionError(f"{first} and {second} must be both provided or omitted")
