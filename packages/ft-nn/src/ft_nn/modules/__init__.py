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
    activation as _activation,
)
from ..layers import (
    adaptive,
    adaptive_pool,
    attention,
    batchnorm,
    conv,
    dropout,
    lazy,
    linear,
    loss,
    padding,
    rnn_cells,
    shape,
    softmax,
    transformer,
)
from ..layers import embedding as sparse
from ..layers import norm as normalization
from ..layers import pool as _pool
from ..layers import rnn as _rnn
from ..module import Module
from ..parameter_containers import ParameterDict, ParameterList
from . import utils
from ._gathered import gathered

instancenorm = batchnorm
activation = gathered("activation", _activation, softmax, attention)
pooling = gathered("pooling", _pool, adaptive_pool)
rnn = gathered("rnn", _rnn, rnn_cells)
flatten = gathered("flatten", shape)
fold = gathered("fold", shape)
upsampling = gathered("upsampling", shape)
pixelshuffle = gathered("pixelshuffle", shape)
channelshuffle = gathered("channelshuffle", shape)
distance = gathered("distance", shape)

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
    "channelshuffle",
    "container",
    "conv",
    "distance",
    "dropout",
    "flatten",
    "fold",
    "instancenorm",
    "lazy",
    "linear",
    "loss",
    "module",
    "normalization",
    "padding",
    "pixelshuffle",
    "pooling",
    "rnn",
    "sparse",
    "transformer",
    "upsampling",
    "utils",
    *_layers,
]
