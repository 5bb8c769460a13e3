"""Batching rules of image ops: pooling, resizing, padding, patches. The batch joins the images: (B, N, C, …) -> (B*N, C, …).

An example without the N dimension needs nothing: its batch takes the place of N.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ft_core import Tensor

if TYPE_CHECKING:
    from ft_dispatch.op import Op

_NAMES = ("pool", "upsample", "reflection_pad", "replication_pad")
_RANK = re.compile(r"([123])d")
_PATCHES = {"im2col": 4, "col2im": 3}


def image_rank(op: Op) -> int:
    """Rank of the op's input with its N dimension; 0 for what is no image op."""
    if op.base in _PATCHES:
        return _PATCHES[op.base]
    found = _RANK.search(op.base) if any(name in op.base for name in _NAMES) else None
    return int(found[1]) + 2 if found else 0


def image(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Any:
    """The op on all images of all examples at once."""
    made = list(args)
    for i in op.tensor_at:
        if made[i] is not None and not batched[i]:
            made[i] = made[i].expand((size, *made[i].shape))
    first = made[op.tensor_at[0]]
    if first.ndim - 1 < image_rank(op):
        return op(*made)
    lead = first.shape[1]
    for i in op.tensor_at:
        if made[i] is not None:
            made[i] = made[i].reshape((size * lead, *made[i].shape[2:]))
    for i, param in enumerate(op.params):
        if param.name == "input_size":
            made[i] = (size * args[i][0], *args[i][1:])
    out = op(*made)
    return _spread(out, size, lead) if isinstance(out, Tensor) else tuple([_spread(t, size, lead) for t in out])


def _spread(t: Tensor, size: int, lead: int) -> Tensor:
    return t.reshape((size, lead, *t.shape[1:]))
