"""Embeddings of quantization-aware training. Source: torch.ao.nn.qat.modules.embedding_ops (2.13)."""

from __future__ import annotations

from typing import Any, ClassVar

from ft_core import Parameter, Tensor
from ft_dispatch import surface as torch

from ... import functional
from ...layers import Embedding as FloatEmbedding
from ...layers import EmbeddingBag as FloatEmbeddingBag
from .linear import checked_qconfig, qconfig_of

__all__ = ["Embedding", "EmbeddingBag"]


def _checked(qconfig: Any, what: str) -> Any:
    """``qconfig``, whose weight's scheme must be one scale and zero point a row, both floats. ``AssertionError`` otherwise."""
    found = checked_qconfig(qconfig).weight().qscheme
    if found != torch.per_channel_affine_float_qparams:
        raise AssertionError(f"{what} weights requires a qscheme of torch.per_channel_affine_float_qparams Got {found}")
    return qconfig


def _float_of(cls: Any, mod: Any, what: str) -> Any:
    """The settings of a float layer of the right class. ``AssertionError`` for another class or other settings."""
    if type(mod) is not cls._FLOAT_MODULE:
        raise AssertionError(f" qat.{cls.__name__}.from_float only works for {cls._FLOAT_MODULE.__name__}")
    return _checked(qconfig_of(mod), what)


class Embedding(FloatEmbedding):
    """Rows of ``weight_fake_quant(weight)``, chosen by indices. Source: torch.ao.nn.qat.Embedding."""

    _FLOAT_MODULE: ClassVar[type] = FloatEmbedding

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        device: Any = None,
        dtype: Any = None,
        qconfig: Any = None,
    ) -> None:
        options = {"device": device, "dtype": dtype}
        super().__init__(
            num_embeddings, embedding_dim, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, _weight, **options
        )
        self.qconfig = _checked(qconfig, "Embedding")
        self.weight_fake_quant = qconfig.weight(factory_kwargs=options)

    def forward(self, input: Tensor) -> Tensor:
        """Indices (*) -> (*, embedding_dim)."""
        weight = self.weight_fake_quant(self.weight)
        return functional.embedding(
            input, weight, self.padding_idx, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse
        )

    @classmethod
    def from_float(cls, mod: Any, use_precomputed_fake_quant: bool = False) -> Any:
        """The layer for training, of a float one that has a ``qconfig``, over the same memory.

        Raises ``AssertionError`` for another class, for a layer without settings, and for settings of another scheme.
        """
        qconfig = _float_of(cls, mod, "Embedding")
        options = mod.padding_idx, mod.max_norm, mod.norm_type, mod.scale_grad_by_freq, mod.sparse, mod.weight
        return cls(mod.num_embeddings, mod.embedding_dim, *options, qconfig=qconfig)

    def to_float(self) -> FloatEmbedding:
        """The float layer with this weight."""
        options = self.padding_idx, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse, None
        made = FloatEmbedding(self.num_embeddings, self.embedding_dim, *options)
        made.weight = Parameter(self.weight.detach())
        return made.train(self.training)


class EmbeddingBag(FloatEmbeddingBag):
    """Sums, means or maxima of bags of rows of ``weight_fake_quant(weight)``. Source: torch.ao.nn.qat.EmbeddingBag."""

    _FLOAT_MODULE: ClassVar[type] = FloatEmbeddingBag

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: Tensor | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        qconfig: Any = None,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        options = {"device": device, "dtype": dtype}
        super().__init__(
            num_embeddings, embedding_dim, max_norm, norm_type, scale_grad_by_freq, mode, sparse, _weight, include_last_offset,
            padding_idx, **options,
        )  # fmt: skip
        self.qconfig = _checked(qconfig, "Embedding Bag")
        self.weight_fake_quant = qconfig.weight(factory_kwargs=options)

    def forward(self, input: Tensor, offsets: Tensor | None = None, per_sample_weights: Tensor | None = None) -> Tensor:
        """Indices (bags, n), or (n,) with the offsets at which bags begin -> (bags, embedding_dim)."""
        return functional.embedding_bag(
            input, self.weight_fake_quant(self.weight), offsets, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.mode,
            self.sparse, per_sample_weights, self.include_last_offset, self.padding_idx,
        )  # fmt: skip

    @classmethod
    def from_float(cls, mod: Any, use_precomputed_fake_quant: bool = False) -> Any:
        """The layer for training, of a float one that has a ``qconfig``, over the same memory.

        Raises ``AssertionError`` for another class, for a layer without settings, and for settings of another scheme.
        """
        qconfig = _float_of(cls, mod, "Embedding Bag")
        options = mod.max_norm, mod.norm_type, mod.scale_grad_by_freq, mod.mode, mod.sparse, mod.weight, mod.include_last_offset
        return cls(mod.num_embeddings, mod.embedding_dim, *options, mod.padding_idx, qconfig=qconfig)

    def to_float(self) -> FloatEmbeddingBag:
        """The float layer with this weight."""
        options = self.max_norm, self.norm_type, self.scale_grad_by_freq, self.mode, self.sparse, None, self.include_last_offset
        made = FloatEmbeddingBag(self.num_embeddings, self.embedding_dim, *options, self.padding_idx)
        made.weight = Parameter(self.weight.detach())
        return made.train(self.training)
