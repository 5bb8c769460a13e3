"""torch.nn.modules: every layer under the module names that programs import from (`batchnorm._BatchNorm`, `utils._pair`).

The layers live in :mod:`ft_nn.layers` and beside it; nothing is defined here. Source of names: torch.nn.modules (2.13).
"""

from __future__ import annotations

from .. import containers as container
from .. import module
from ..containers import Container, ModuleDict, ModuleList, Sequential
from ..layers import *  # noqa: F403 - the list is layers.__all__
from ..layers import (
    __all__ as _layers,
)
from ..layers import (
    activation,
    adaptive,
    batchnorm,
    conv,
    dropout,
    lazy,
    linear,
    loss,
    padding,
    rnn,
    transformer,
)
from ..layers import embedding as sparse
from ..layers import norm as normalization
from ..layers import pool as pooling
from ..module import Module
from ..parameter_containers import ParameterDict, ParameterList
from . import utils

instancenorm = batchnorm

__all__ = [  # noqa: PLE0604 - strings, all of them
    "Container",
    "Module",
    "ModuleDict",
    "ModuleList",
    "ParameterDict",
    "ParameterList",
    "Sequential",
    "activation",
    "adaptive",
    "batchnorm",
    "container",
    "conv",
    "dropout",
    "instancenorm",
    "lazy",
    "linear",
    "loss",
    "module",
    "normalization",
    "padding",
    "pooling",
    "rnn",
    "sparse",
    "transformer",
    "utils",
    *_layers,
]
