"""torch.utils.deterministic: whether memory nobody wrote to is filled while `torch.use_deterministic_algorithms` is on.

Source: https://docs.pytorch.org/docs/stable/deterministic.html
"""

import sys
import types

from ft_dispatch.uninitialized import FILL


class _Deterministic(types.ModuleType):
    @property
    def fill_uninitialized_memory(self) -> bool:
        """Whether `torch.empty` and its relatives, and what `resize_` adds, hold NaN or the largest integer; True unless set.

        Assigning anything but a bool is a RuntimeError.
        """
        return FILL[0]

    @fill_uninitialized_memory.setter
    def fill_uninitialized_memory(self, mode: bool) -> None:
        if not isinstance(mode, bool):
            raise RuntimeError(f"expected a bool, but got {type(mode).__name__}")
        FILL[0] = mode


sys.modules[__name__].__class__ = _Deterministic
