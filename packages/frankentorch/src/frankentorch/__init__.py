"""PyTorch's API, assembled from pip plugins: `import frankentorch as torch`.

This package holds no algorithm. It registers the built-in backends, takes the functions of the op table from
`ft_dispatch.surface`, and puts torch's namespaces around the packages beside it. What is not needed to add two tensors is
imported when it is first used.
"""

from __future__ import annotations

import math as _math
from typing import Any

import ft_autograd as _autograd  # fills the slots through which tensors reach the engine
import ft_kernel_cpu as _cpu
from ft_core.plugin import plugins as _plugins
from ft_dispatch import surface as _surface
from ft_dispatch.mode import start as _start
from ft_dispatch.packets import ops as ops

from . import _functions, _rooms
from ._functions import *  # noqa: F403 - _functions.__all__
from ._top_level import is_top_level as _is_top_level
from .random import default_generator as default_generator
from .random import get_rng_state as get_rng_state
from .random import initial_seed as initial_seed
from .random import manual_seed as manual_seed
from .random import seed as seed
from .random import set_rng_state as set_rng_state
from .version import __version__ as __version__

globals().update({name: getattr(_surface, name) for name in _surface.__all__ if _is_top_level(name)})
mode = _functions.mode  # the op, and FrankenTorch's modes where the argument is a word

_plugins.register(_cpu, "cpu")
_rooms.install()
_start()

enable_grad, no_grad, set_grad_enabled = _autograd.enable_grad, _autograd.no_grad, _autograd.set_grad_enabled
inference_mode, is_grad_enabled = _autograd.inference_mode, _autograd.is_grad_enabled
is_inference_mode_enabled = _autograd.is_inference_mode_enabled

e, inf, nan, newaxis, pi = _math.e, _math.inf, _math.nan, None, _math.pi


def __getattr__(name: str) -> Any:
    """Namespaces and names that are loaded on first use; AttributeError says whether torch has the name."""
    found = _rooms.load(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*__all__, *_rooms.names()})


__all__ = sorted({name for name in globals() if name[0] != "_"} - {"Any", "alias", "annotations"})  # noqa: PLE0605 - a list of strings
