"""What was timed, and how sure one may be of it. Source: https://docs.pytorch.org/docs/stable/benchmark_utils.html"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Measurement", "TaskSpec", "select_unit", "trim_sigfig", "unit_to_english"]

_MOST_FIGURES = 4
_QUARTERS = 4  # measurements from which a quarter means something
_LEAST_INTERVAL = 25e-9  # seconds: no clock is surer
_NORMAL_90 = 1.645  # half-width of a 90 % interval, in standard errors
_WIDE, _VERY_WIDE = 0.1, 0.25  # interquartile range over median, from which a warning is given
_UNITS = (("ns", "nanosecond", 1e-9), ("us", "microsecond", 1e-6), ("ms", "millisecond", 1e-3), ("s", "second", 1.0))


def select_unit(seconds: float) -> tuple[str, float]:
    """The unit in which a time reads best, and its seconds: ("us", 1e-6)."""
    found = "ns", 1e-9
    for name, _, scale in _UNITS:
        if seconds >= scale:
            found = name, scale
    return found


def unit_to_english(unit: str) -> str:
    """`us` is microsecond."""
    return next(english for name, english, _ in _UNITS if name == unit)


def trim_sigfig(value: float, figures: int) -> float:
    """The number to so many significant figures."""
    if not value:
        return value
    return float(round(value, figures - 1 - math.floor(math.log10(abs(value)))))


@dataclass(frozen=True)
class TaskSpec:
    """What is timed: the statement, its setup, and how a table shall call it."""

    stmt: str
    setup: str
    global_setup: str = ""
    label: str | None = None
    sub_label: str | None = None
    description: str | None = None
    env: str | None = None
    num_threads: int = 1

    @property
    def title(self) -> str:
        """Label and sub-label; without a label the statement, where it is one line."""
        if self.label is not None:
            return self.label + (f": {self.sub_label}" if self.sub_label else "")
        if "\n" not in self.stmt:
            return self.stmt + (f": {self.sub_label}" if self.sub_label else "")
        body = self.stmt if len(self.stmt.splitlines()) <= 12 else "\n".join(self.stmt.splitlines()[:12]) + "\n..."
        return f"stmt:{f' ({self.sub_label})' if self.sub_label else ''}\n" + "\n".join(f"  {line}" for line in body.splitlines())

    def setup_str(self) -> str:
        """The setup as text for a report; empty where there is none."""
        if self.setup == "pass" or not self.setup:
            return ""
        return (
            "setup:\n" + "\n".join(f"  {line}" for line in self.setup.splitlines())
            if "\n" in self.setup
            else f"setup: {self.setup}"
        )

    def summarize(self) -> str:
        """Everything that is said about the task above its times."""
        return "\n".join(part for part in (self.title, self.description or "", self.setup_str()) if part)


@dataclass(repr=False)
class Measurement:
    """Times of one task: `raw_times` seconds for `number_per_run` runs each. The task's fields are attributes, too."""

    number_per_run: int
    raw_times: list[float]
    task_spec: TaskSpec
    metadata: dict[Any, Any] | None = field(default=None)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "task_spec":
            raise AttributeError(name)
        return getattr(self.task_spec, name)

    @property
    def times(self) -> list[float]:
        """Seconds per run."""
        return [taken / self.number_per_run for taken in self.raw_times]

    @property
    def median(self) -> float:
        """Median seconds per run."""
        return statistics.median(self.times)

    @property
    def mean(self) -> float:
        """Mean seconds per run."""
        return statistics.fmean(self.times)

    @property
    def iqr(self) -> float:
        """The range of the middle half of the times."""
        low, high = self._quartiles()
        return high - low

    def _quartiles(self) -> tuple[float, float]:
        if len(self.times) < 2:
            return self.times[0], self.times[0]
        low, _, high = statistics.quantiles(self.times, n=4, method="inclusive")
        return low, high

    @property
    def significant_figures(self) -> int:
        """How many figures the median deserves: from a 90 % interval of the middle half, at most four."""
        ordered = sorted(self.times)
        middle = ordered[len(ordered) // 4 : math.ceil(3 * len(ordered) / 4)] or ordered
        spread = statistics.pstdev(middle) / math.sqrt(len(middle))
        figures = math.floor(math.log10(self.median / max(_NORMAL_90 * spread, _LEAST_INTERVAL)))
        return min(max(figures, 1), _MOST_FIGURES)

    @property
    def has_warnings(self) -> bool:
        """Whether the times spread so far that the median says little."""
        return not self.meets_confidence(_WIDE)

    @property
    def title(self) -> str:
        """The task's title."""
        return self.task_spec.title

    @property
    def as_row_name(self) -> str:
        """What a table calls the row: the sub-label, or the statement."""
        return self.task_spec.sub_label or self.task_spec.stmt or "[Unknown]"

    def meets_confidence(self, threshold: float = 0.1) -> bool:
        """Whether the middle half of the times lies within that part of the median."""
        return self.iqr / self.median < threshold

    @staticmethod
    def merge(measurements: Iterable[Measurement]) -> list[Measurement]:
        """Measurements of equal tasks made one: their times are put together, each as one run."""
        groups: dict[TaskSpec, list[float]] = defaultdict(list)
        for found in measurements:
            groups[found.task_spec].extend(found.times)
        return [Measurement(1, times, spec) for spec, times in groups.items()]

    def __repr__(self) -> str:
        unit, scale = select_unit(self.median)
        lines = [object.__repr__(self), self.task_spec.summarize()]
        threads = f"{self.task_spec.num_threads} thread{'s' if self.task_spec.num_threads > 1 else ''}"
        if len(self.raw_times) == 1:
            lines += [f"  {self.median / scale:.2f} {unit}", f"  1 measurement, {self.number_per_run} runs , {threads}"]
        else:
            low, high = self._quartiles()
            lines.append(f"  Median: {self.median / scale:.2f} {unit}")
            if len(self.raw_times) >= _QUARTERS:
                lines.append(f"  IQR:    {self.iqr / scale:.2f} {unit} ({low / scale:.2f} to {high / scale:.2f})")
            lines.append(f"  {len(self.raw_times)} measurements, {self.number_per_run} runs per measurement, {threads}")
        if self.has_warnings:
            part = self.iqr / self.median * 100
            advice = (
                "could indicate system fluctuation" if part < _VERY_WIDE * 100 else "suggests significant environmental influence"
            )
            lines.append(f"  WARNING: Interquartile range is {part:.1f}% of the median measurement.\n           This {advice}.")
        return "\n".join(lines)
