"""torch.onnx: whether an export is under way, which models ask. Export itself is not built yet, and its names say so."""

from __future__ import annotations

from typing import NoReturn

from ._rooms import explain

__all__ = ["is_in_onnx_export"]


def is_in_onnx_export() -> bool:
    """Whether this code runs inside an export to ONNX: no."""
    return False


def __getattr__(name: str) -> NoReturn:
    raise AttributeError(explain(name, "torch.onnx"), name=name)
