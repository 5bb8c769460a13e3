"""What families of one success probability share: either `probs` or `logits` is given, the other is computed when first read."""

from __future__ import annotations

from typing import Any, ClassVar

from ft_dispatch.surface import Tensor

from .distribution import Distribution
from .utils import lazy_property, logits_to_probs, probs_to_logits


def exactly_one(probs: Any, logits: Any) -> str:
    """Which of the two is given: "probs" or "logits". ValueError for both and for none."""
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")
    return "logits" if probs is None else "probs"


class BinaryParameter(Distribution):
    """A distribution by `probs` or `logits`, elementwise."""

    _names: ClassVar[tuple[str, ...]] = ("probs", "logits")

    @property
    def _param(self) -> Tensor:
        return self.__dict__["logits"] if "logits" in self.__dict__ else self.__dict__["probs"]

    @lazy_property
    def logits(self) -> Tensor:
        """Log odds: batch_shape."""
        return probs_to_logits(self.probs, is_binary=True)

    @lazy_property
    def probs(self) -> Tensor:
        """Success probabilities: batch_shape."""
        return logits_to_probs(self.logits, is_binary=True)

    @property
    def param_shape(self) -> Any:
        """Shape of the parameter that was given."""
        return self._param.size()

    def _new(self, *args: Any, **kwargs: Any) -> Tensor:
        return self._param.new(*args, **kwargs)


class CategoricalParameter(Distribution):
    """A distribution over vectors whose parameters are those of its `_categorical`."""

    _categorical: Any

    @property
    def probs(self) -> Tensor:
        """Probabilities of the categories: batch_shape + (K,)."""
        return self._categorical.probs

    @property
    def logits(self) -> Tensor:
        """Normalized log probabilities: batch_shape + (K,)."""
        return self._categorical.logits

    @property
    def _param(self) -> Tensor:
        return self._categorical._param

    @property
    def param_shape(self) -> Any:
        """Shape of the parameter that was given."""
        return self._categorical.param_shape

    def _new(self, *args: Any, **kwargs: Any) -> Tensor:
        return self._categorical._new(*args, **kwargs)

    def expand(self, batch_shape: Any, _instance: Any = None) -> Any:
        new = self._get_checked_instance(self._home(), _instance)
        for name in ("temperature", "total_count"):
            if name in self.__dict__:
                setattr(new, name, self.__dict__[name])
        new._categorical = self._categorical.expand(batch_shape)
        return new._settle(self, batch_shape, self.event_shape)
