"""The array API standard over tensors: what `Tensor.__array_namespace__()` returns.

Names, parameters and defaults are the standard's (2024.12, data-apis.org/array-api); the work is the op table's. Two things differ from
torch's functions of the same name beyond the spelling: dtypes promote whatever the ranks of the operands, unsigned integers of all widths
among them, and `var` and `std` divide by the count unless `correction` says otherwise. Operators and indices are the tensor's own, so torch's:
mixed dtypes promote by rank, `//` and `%` treat infinities and signed zeros as torch does, and a slice has no negative step.
"""

from __future__ import annotations

import math as _math

from ft_core import Tensor as Tensor
from ft_core import complex64 as complex64
from ft_core import complex128 as complex128
from ft_core import float32 as float32
from ft_core import float64 as float64
from ft_core import int8 as int8
from ft_core import int16 as int16
from ft_core import int32 as int32
from ft_core import int64 as int64
from ft_core import uint8 as uint8
from ft_core import uint16 as uint16
from ft_core import uint32 as uint32
from ft_core import uint64 as uint64
from ft_core.dtype import bool_ as bool  # noqa: F401 - in __all__, which is computed

from . import _creation, _elementwise, _information, _manipulation, _reductions
from . import fft as fft
from . import linalg as linalg
from ._creation import *  # noqa: F403
from ._elementwise import *  # noqa: F403
from ._information import *  # noqa: F403
from ._manipulation import *  # noqa: F403
from ._reductions import *  # noqa: F403

__array_api_version__ = "2024.12"
VERSIONS = ("2021.12", "2022.12", "2023.12", "2024.12")
"""Versions whose names are all here."""

e, inf, nan, newaxis, pi = _math.e, _math.inf, _math.nan, None, _math.pi

_DTYPES = "bool complex64 complex128 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64"
__all__ = sorted(  # noqa: PLE0605 - a list of strings
    [
        "__array_api_version__",
        "__array_namespace_info__",
        *"e inf nan newaxis pi fft linalg".split(),
        *_DTYPES.split(),
        *_creation.__all__,
        *_elementwise.__all__,
        *_information.__all__,
        *_manipulation.__all__,
        *_reductions.__all__,
    ]
)
__array_namespace_info__ = _information.__array_namespace_info__
