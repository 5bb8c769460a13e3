"""torch.fft. Generated from the op table; do not edit: `python -m ft_dispatch.stubs`."""

# ruff: noqa: E501, F401, F403, I001, RUF100
# fmt: off
# mypy: disable-error-code="override, misc, empty-body, overload-overlap"
import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, SupportsIndex, TypeAlias, overload

import numpy as np
from ft_core.device import device as _device
from ft_core.dtype import dtype as _dtype
from ft_core.generator import Generator
from ft_core.layout import layout as _layout, memory_format as _memory_format
from ft_core.size import Size
from ft_core.storage import UntypedStorage
from ft_core.tensor import Tensor

_bool: TypeAlias = builtins.bool
_int: TypeAlias = builtins.int
_float: TypeAlias = builtins.float
_complex: TypeAlias = builtins.complex
_str: TypeAlias = builtins.str
_Number: TypeAlias = builtins.int | builtins.float | builtins.complex
_Device: TypeAlias = _device | builtins.str | builtins.int
