"""The tuple helpers of torch.nn.modules.utils, which layers outside of torch use. Source: torch.nn.modules.utils (2.13)."""

from __future__ import annotations

from typing import Any

from ..sizes import ntuple as _ntuple
from ..sizes import pair as _pair
from ..sizes import quadruple as _quadruple
from ..sizes import reversed_and_repeated as _reverse_repeat_tuple
from ..sizes import single as _single
from ..sizes import triple as _triple

__all__ = [
    "_list_with_default",
    "_ntuple",
    "_pair",
    "_quadruple",
    "_reverse_repeat_tuple",
    "_single",
    "_triple",
    "consume_prefix_in_state_dict_if_present",
]


def _list_with_default(out_size: Any, defaults: list[int]) -> Any:
    """Sizes, with those that are None taken from the end of ``defaults``; a number as it is. ``ValueError`` for too many."""
    if isinstance(out_size, int):
        return out_size
    if len(defaults) <= len(out_size):
        raise ValueError(f"Input dimension should be at least {len(out_size) + 1}")
    return [v if v is not None else d for v, d in zip(out_size, defaults[-len(out_size) :], strict=False)]


def consume_prefix_in_state_dict_if_present(state_dict: dict[str, Any], prefix: str) -> None:
    """Take ``prefix`` (such as "module.") off the keys of a state dict and of its metadata, in place."""
    for key in list(state_dict):
        if key.startswith(prefix):
            state_dict[key[len(prefix) :]] = state_dict.pop(key)
    metadata = getattr(state_dict, "_metadata", None)
    if metadata is not None:
        for key in [key for key in metadata if key and (key == prefix.replace(".", "") or key.startswith(prefix))]:
            metadata[key[len(prefix) :]] = metadata.pop(key)
