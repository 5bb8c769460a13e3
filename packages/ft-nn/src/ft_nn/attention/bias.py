"""Causal masks as objects: attention sees which one it is, and needs no (queries, keys) tensor where it can do without.

Source: torch.nn.attention.bias (2.13).
"""

from __future__ import annotations

import warnings
from enum import IntEnum, auto
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

__all__ = ["CausalBias", "CausalVariant", "causal_lower_right", "causal_upper_left"]


class CausalVariant(IntEnum):
    """Where the diagonal of a causal mask begins: at the first key, or so that it ends at the last."""

    UPPER_LEFT = auto()
    LOWER_RIGHT = auto()


class CausalBias(Tensor):
    """The mask of ``variant`` for ``seq_len_q`` queries and ``seq_len_kv`` keys, for scaled_dot_product_attention's attn_mask.

    Warns where the lower right variant leaves queries without any key.
    """

    variant: CausalVariant
    seq_len_q: int
    seq_len_kv: int

    def __new__(cls, variant: CausalVariant, seq_len_q: int, seq_len_kv: int) -> Any:
        return torch.zeros(()).expand(seq_len_q, seq_len_kv).as_subclass(cls)  # one element, however many pairs

    def __init__(self, variant: CausalVariant, seq_len_q: int, seq_len_kv: int) -> None:
        if not isinstance(variant, CausalVariant):
            raise AssertionError(f"variant must be a CausalVariant, got {type(variant).__name__}")
        self.variant = variant
        self.seq_len_q = seq_len_q
        self.seq_len_kv = seq_len_kv
        if seq_len_q > seq_len_kv and variant is CausalVariant.LOWER_RIGHT:
            warnings.warn(
                "Lower right causal bias will produce NaNs in the output when seq_len_q > seq_len_kv!", UserWarning, stacklevel=3
            )

    def _materialize(self, device: Any = None) -> Tensor:
        """The mask as a bool tensor (queries, keys), True where attention is allowed."""
        diagonal = self.seq_len_kv - self.seq_len_q if self.variant is CausalVariant.LOWER_RIGHT else 0
        return torch.ones(self.seq_len_q, self.seq_len_kv, device=device, dtype=torch.bool).tril(diagonal)

    @staticmethod
    def _dispatch(
        query: Tensor,
        key: Tensor,
        value: Tensor,
        attn_mask: CausalBias,
        dropout_p: float = 0.0,
        is_causal: bool = False,
        **options: Any,
    ) -> Tensor:
        """scaled_dot_product_attention with this mask. ``ValueError`` where ``is_causal`` is asked for as well."""
        if is_causal:
            raise ValueError("CausalBias should not be used with causal=True")
        corner = attn_mask.variant is CausalVariant.UPPER_LEFT or attn_mask.seq_len_q == attn_mask.seq_len_kv
        mask = None if corner else attn_mask._materialize(query.device)
        return torch.scaled_dot_product_attention(query, key, value, mask, dropout_p, corner, **options)

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Attention with this mask; anything else as for any tensor."""
        if getattr(func, "__name__", "").endswith("scaled_dot_product_attention"):
            return cls._dispatch(*args, **(kwargs or {}))
        return super().__torch_function__(func, types, args, kwargs or {})

    def __repr__(self) -> str:  # type: ignore[override]
        return repr(self._materialize())


def _two(what: str, size: tuple[int, ...]) -> tuple[int, int]:
    if len(size) != 2:
        raise AssertionError(f"{what} only supports 2D tensors")
    return size[0], size[1]


def causal_upper_left(*size: int) -> CausalBias:
    """Query i sees keys 0 to i; ``size`` is (queries, keys)."""
    return CausalBias(CausalVariant.UPPER_LEFT, *_two("causal_upper_left", size))


def causal_lower_right(*size: int) -> CausalBias:
    """The last query sees every key, the one before all but the last; ``size`` is (queries, keys)."""
    return CausalBias(CausalVariant.LOWER_RIGHT, *_two("causal_lower_right", size))
