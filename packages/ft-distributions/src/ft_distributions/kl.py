"""Kullback-Leibler divergences: the registry, and which entry serves two given types.

The divergences themselves are in `_kl_same` (within a family) and `_kl_cross` (between families); both register here. An entry for
base classes serves subclasses; the most derived one wins, and a tie between the two sides is reported.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from ft_dispatch.surface import Tensor

from .distribution import Distribution

__all__ = ["kl_divergence", "register_kl"]

_KL_REGISTRY: dict[tuple[type, type], Callable[..., Any]] = {}
_KL_MEMOIZE: dict[tuple[type, type], Any] = {}


def register_kl(type_p: type, type_q: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: `function(p, q)` gives KL(p ‖ q) for these types and what derives from them.

    Any class will do, as in torch: libraries have distributions that do not derive from its own. Raises TypeError for what is no class.
    Source: torch.distributions.kl.register_kl.
    """
    for name, cls in (("type_p", type_p), ("type_q", type_q)):
        if not isinstance(cls, type):
            raise TypeError(f"Expected {name} to be a Distribution subclass but got {cls}")

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        _KL_REGISTRY[type_p, type_q] = function
        _KL_MEMOIZE.clear()
        return function

    return enter


def _dispatch_kl(type_p: type, type_q: type) -> Any:
    """The entry for two types, or NotImplemented; a RuntimeWarning where the two sides prefer different ones."""
    orders = type_p.__mro__, type_q.__mro__
    fitting = [(orders[0].index(p), orders[1].index(q)) for p, q in _KL_REGISTRY if p in orders[0] and q in orders[1]]
    if not fitting:
        return NotImplemented
    left, right = min(fitting), min(fitting, key=lambda match: match[::-1])
    left_p, left_q, right_p, right_q = (orders[i % 2][at] for i, at in enumerate((*left, *right)))
    chosen = _KL_REGISTRY[left_p, left_q]
    if chosen is not _KL_REGISTRY[right_p, right_q]:
        warnings.warn(
            f"Ambiguous kl_divergence({type_p.__name__}, {type_q.__name__}). Please register_kl({left_p.__name__}, {right_q.__name__})",
            RuntimeWarning,
            stacklevel=3,
        )
    return chosen


def kl_divergence(p: Distribution, q: Distribution) -> Tensor:
    """KL(p ‖ q), the expectation under p of log p - log q, in nats: the broadcast batch shape.

    Raises NotImplementedError where no entry fits. Source: torch.distributions.kl.kl_divergence.
    """
    types = type(p), type(q)
    function = _KL_MEMOIZE.get(types)
    if function is None:
        function = _KL_MEMOIZE[types] = _dispatch_kl(*types)
    if function is NotImplemented:
        raise NotImplementedError(
            f"No KL(p || q) is implemented for p type {p.__class__.__name__} and q type {q.__class__.__name__}"
        )
    return function(p, q)
