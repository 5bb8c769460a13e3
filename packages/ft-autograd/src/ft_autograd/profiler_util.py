"""torch.autograd.profiler_util: events and their averages, under torch's module name."""

from .profiler import EventList, FunctionEvent, FunctionEventAvg, Interval, MemRecordsAcc

__all__ = ["EventList", "FunctionEvent", "FunctionEventAvg", "Interval", "MemRecordsAcc"]
