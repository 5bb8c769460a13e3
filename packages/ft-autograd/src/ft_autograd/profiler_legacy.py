"""torch.autograd.profiler_legacy: the profiler under the name it had before torch.profiler. Source: torch.autograd.profiler_legacy."""

from __future__ import annotations

from .profiler import profile
from .profiler_util import EventList, FunctionEvent

__all__ = ["EventList", "FunctionEvent", "profile"]
