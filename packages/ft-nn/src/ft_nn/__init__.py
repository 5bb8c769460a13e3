"""FrankenTorch's layers: ``torch.nn`` over the surface of ft_dispatch.

Public door of the package: the module protocol, containers, every layer, and the namespaces ``functional``, ``init``,
``parameter`` and ``utils``. What an op does is not here; this package never sees an array.
"""

import ft_autograd as _autograd  # noqa: F401  # parameters are recorded from the first call on

from . import attention, common_types, functional, grad, init, modules, parallel, parameter, utils
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
