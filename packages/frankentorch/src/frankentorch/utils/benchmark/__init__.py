"""torch.utils.benchmark: timing statements and comparing the times.

`Timer(stmt).blocked_autorange()` gives a `Measurement`; `Compare` makes tables of them. What torch has beside it for C++ statements, for
counting instructions and for random inputs is not here.
"""

from .compare import Compare
from .measurement import Measurement, TaskSpec, select_unit, trim_sigfig, unit_to_english
from .timer import Timer, timer

__all__ = ["Compare", "Measurement", "TaskSpec", "Timer", "select_unit", "timer", "trim_sigfig", "unit_to_english"]
