"""torch.testing.assert_allclose, which programs older than `assert_close` call."""

from __future__ import annotations

import warnings
from typing import Any

from ft_core import Tensor, float16, float32, float64

from .comparison import assert_close

__all__ = ["assert_allclose"]

_TOLERANCES = {float16: (1e-3, 1e-3), float32: (1e-4, 1e-5), float64: (1e-5, 1e-8)}  # every other dtype: equal


def assert_allclose(
    actual: Any, expected: Any, rtol: float | None = None, atol: float | None = None, equal_nan: bool = True, msg: str = ""
) -> None:
    """Deprecated: `assert_close` of two tensors (or what makes one) with other defaults, whose dtypes may differ and NaNs are equal.

    AssertionError if they differ, ValueError for one of rtol and atol alone. Source: torch.testing.assert_allclose.
    """
    from .. import tensor

    warnings.warn(
        "`torch.testing.assert_allclose()` is deprecated since 1.12 and will be removed in a future release. Please use "
        "`torch.testing.assert_close()` instead.",
        FutureWarning,
        stacklevel=2,
    )
    first = actual if isinstance(actual, Tensor) else tensor(actual)
    second = expected if isinstance(expected, Tensor) else tensor(expected, dtype=first.dtype)
    if rtol is None and atol is None:
        pairs = [_TOLERANCES.get(t.dtype, (0.0, 0.0)) for t in (first, second)]
        rtol, atol = (max(values) for values in zip(*pairs, strict=True))
    assert_close(first, second, rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=False, msg=msg or None)
