"""FrankenTorch's layers: ``torch.nn`` over the surface of ft_dispatch.

Public door of the package: the module protocol, containers, every layer, and the namespaces ``functional``, ``init``,
``parameter`` and ``utils``. What an op does is not here; this package never sees an array.
"""

import importlib as _importlib
from typing import Any as _Any

import ft_autograd as _autograd  # noqa: F401  # parameters are recorded from the first call on

from . import attention, common_types, functional, grad, init, modules, parallel, parameter, utils
from . import reduction as _reduction  # noqa: F401 - torch.nn._reduction
from .containers import Container, ModuleDict, ModuleList, Sequential
from .layers import *  # noqa: F403 - the list is layers.__all__
from .layers import __all__ as _layers
from .module import Module
from .parallel import DataParallel
from .parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter, factory_kwargs
from .parameter_containers import ParameterDict, ParameterList

__all__ = [  # noqa: PLE0604 - strings, all of them
    "Buffer",
    "Container",
    "DataParallel",
    "Module",
    "ModuleDict",
    "ModuleList",
    "Parameter",
    "ParameterDict",
    "ParameterList",
    "Sequential",
    "UninitializedBuffer",
    "UninitializedParameter",
    "attention",
    "common_types",
    "factory_kwargs",
    "functional",
    "grad",
    "init",
    "modules",
    "parallel",
    "parameter",
    "utils",
    *_layers,
]

_LAZY = ("intrinsic", "qat", "quantizable", "quantized")
"""Namespaces of quantization, which few programs ask for: imported on first use."""


def __getattr__(name: str) -> _Any:
    if name in _LAZY:
        return _importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'torch.nn' has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_LAZY})
