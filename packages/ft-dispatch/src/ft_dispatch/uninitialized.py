"""What a tensor nobody wrote to holds while deterministic algorithms are asked for: NaN, or the largest integer, so that reading it shows.

Source: torch.utils.deterministic.
"""

from __future__ import annotations

from ft_core import Tensor, iinfo
from ft_core.dtype import bool_
from ft_core.keys import DETERMINISTIC, NOGRAD
from ft_core.state import TL, bits_set

FILL = [True]
"""torch.utils.deterministic.fill_uninitialized_memory."""


def shown(t: Tensor, written: int = 0) -> Tensor:
    """`t`, whose elements from the `written`th on nobody wrote to, filled if deterministic algorithms are asked for."""
    if not TL.st.bits & DETERMINISTIC or not FILL[0] or t.device.type == "meta" or t.numel() <= written:
        return t
    kind = t.dtype
    number = True if kind is bool_ else float("nan") if kind.is_floating_point or kind.is_complex else iinfo(kind).max
    with bits_set(NOGRAD):
        (t.as_strided((t.numel() - written,), (1,), t.storage_offset() + written) if written else t).fill_(number)
    return t
