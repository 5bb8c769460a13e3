"""torch.functional: an older address of functions that live in `torch`; programs import them from here all the same."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ._rooms import explain

_NAMES = """
atleast_1d atleast_2d atleast_3d block_diag broadcast_shapes broadcast_tensors cartesian_prod cdist chain_matmul einsum istft lu meshgrid
norm pca_lowrank split stft svd_lowrank tensordot unique unique_consecutive unravel_index
""".split()


def __getattr__(name: str) -> Any:
    """The function of that name in `torch`; AttributeError for what torch.functional does not list."""
    found = getattr(import_module(__package__), name, None) if name in _NAMES else None
    if found is None:
        raise AttributeError(explain(name, "torch.functional"), name=name)
    return found


def __dir__() -> list[str]:
    whole = import_module(__package__)
    return [name for name in _NAMES if hasattr(whole, name)]
