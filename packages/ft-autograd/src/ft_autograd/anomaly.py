"""Anomaly mode: backward stops at the first NaN, and an error in backward is shown with the forward call that recorded the
node."""

from __future__ import annotations

import warnings
from typing import Any

from ft_core import Tensor
from ft_core.keys import ANOMALY, LEVEL, NOGRAD
from ft_core.state import TL, bits_set

from .node import HOOKED, Node

_CHECK_NAN = "anomaly_check_nan"


def is_anomaly_enabled() -> bool:
    """Whether this thread looks for anomalies."""
    return bool(TL.st.bits & ANOMALY)


def is_anomaly_check_nan_enabled() -> bool:
    """Whether NaN in a gradient counts as one."""
    return bool(TL.st.data.get(_CHECK_NAN, True))


def set_anomaly_enabled(enabled: bool, check_nan: bool = True) -> None:
    """Anomaly mode on or off on this thread, from now on."""
    set_detect_anomaly(enabled, check_nan)


class set_detect_anomaly:
    """Anomaly mode on or off, at once as a function, until the end of a `with` block as a context. Source:
    torch.autograd.set_detect_anomaly."""

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        st = TL.st
        self._before = (st.bits & ANOMALY, st.data.get(_CHECK_NAN, True))
        st.bits = st.bits | ANOMALY if mode else st.bits & ~ANOMALY
        st.data[_CHECK_NAN] = check_nan

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        st.bits = st.bits & ~ANOMALY | self._before[0]
        st.data[_CHECK_NAN] = self._before[1]


class detect_anomaly:
    """A context in which backward finds the forward call behind a NaN or an error. Slow; for debugging. Source:
    torch.autograd.detect_anomaly."""

    def __init__(self, check_nan: bool = True) -> None:
        self.check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should only be enabled for debugging.",
            stacklevel=2,
        )

    def __enter__(self) -> None:
        self._mode = set_detect_anomaly(True, self.check_nan)

    def __exit__(self, *exc: object) -> None:
        self._mode.__exit__()


def _say_where(node: Node) -> None:
    found = node.extra.get("metadata", {}).get("traceback_") if node.k & HOOKED else None
    if found is None:
        warnings.warn(
            f"Error detected in {node.name()}. No forward pass information available. Enable detect anomaly during forward pass "
            f"for more information.",
            stacklevel=4,
        )
        return
    warnings.warn(
        f"Error detected in {node.name()}. Traceback of forward call that caused the error:\n{''.join(found)}", stacklevel=4
    )


def apply_checked(node: Node, g: Any) -> tuple[Any, ...]:
    """Run a node for the engine. RuntimeError for NaN among its gradients; either kind of trouble is preceded by the forward traceback."""
    try:
        grads = node.apply(g)
    except Exception:
        _say_where(node)
        raise
    if is_anomaly_check_nan_enabled():
        for i, grad in enumerate(_flat(grads)):
            if isinstance(grad, Tensor) and not grad._k & LEVEL and grad.dtype.category >= 2 and _has_nan(grad):
                _say_where(node)
                raise RuntimeError(f"Function '{node.name()}' returned nan values in its {i}th output.")
    return grads


def _flat(grads: Any) -> list[Any]:
    made: list[Any] = []
    for grad in grads:
        made.extend(grad) if isinstance(grad, (tuple, list)) else made.append(grad)
    return made


def _has_nan(grad: Tensor) -> bool:
    from ft_dispatch import surface as torch  # noqa: PLC0415  # the whole op table

    with bits_set(on=NOGRAD, off=ANOMALY):
        return bool(torch.isnan(grad).any())
