"""`Compare`: measurements as a table. Source: https://docs.pytorch.org/docs/stable/benchmark_utils.html"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .measurement import Measurement, select_unit, trim_sigfig, unit_to_english

__all__ = ["Compare"]

_BEST, _GOOD, _POOR, _PLAIN = "\033[92m\033[1m", "\033[34m\033[1m", "\033[31m", "\033[0m"


class Compare:
    """Tables of measurements: one for each label, a row for each sub-label and number of threads, a column for each description."""

    def __init__(self, results: Sequence[Measurement]) -> None:
        self._results: list[Measurement] = []
        self.extend_results(results)
        self._trim = self._colors = self._warnings = False

    def extend_results(self, results: Iterable[Measurement]) -> None:
        """Take in more. ValueError for what is no Measurement."""
        found = list(results)
        for result in found:
            if not isinstance(result, Measurement):
                raise ValueError(f"Expected an instance of `Measurement`, got {type(result)} instead.")
        self._results.extend(found)

    def trim_significant_figures(self) -> None:
        """Show only the figures that the measurements are worth."""
        self._trim = True

    def colorize(self, rowwise: bool = False) -> None:
        """Mark the best and the worst of a column, or of a row."""
        self._colors, self._rowwise = True, rowwise

    def highlight_warnings(self) -> None:
        """Mark times that spread far with their interquartile range."""
        self._warnings = True

    def print(self) -> None:
        """Print the tables."""
        print(str(self))

    def __str__(self) -> str:
        merged = Measurement.merge(self._results)
        labels = list(dict.fromkeys(found.task_spec.label for found in merged))
        return "\n".join(self._table([found for found in merged if found.task_spec.label == label]) for label in labels)

    def _table(self, results: list[Measurement]) -> str:
        unit, scale = select_unit(min(found.median for found in results))
        columns = list(dict.fromkeys(found.task_spec.description for found in results))
        rows = list(dict.fromkeys((found.task_spec.num_threads, found.task_spec.env or "", found.as_row_name) for found in results))
        cells = {
            ((found.task_spec.num_threads, found.task_spec.env or "", found.as_row_name), found.task_spec.description): found
            for found in results
        }
        names = {row: f"      {row[2]}" + (f"  ({row[1]})" if len({r[1] for r in rows}) > 1 else "") for row in rows}
        wide = max(len(name) for name in names.values())
        texts = {key: self._text(found, scale) for key, found in cells.items()}
        widths = [max([len(str(column or "")), *(len(texts.get((row, column), "")) for row in rows)]) for column in columns]
        head = " " * wide + "".join(f"  |  {column or '':^{width}}" for column, width in zip(columns, widths, strict=True))
        title = results[0].task_spec.label or ""
        lines = [f"[{f' {title} ':-^{max(len(head) - 2, len(title) + 2)}}]", head]
        threads = None
        for row in rows:
            if row[0] != threads:
                threads = row[0]
                lines.append(f"{threads} threads: ".ljust(len(head), "-"))
            line = names[row].ljust(wide)
            for column, width in zip(columns, widths, strict=True):
                text = f"{texts.get((row, column), ''):>{width}}"
                line += f"  |  {self._colored(text, cells, row, column)}"
            lines.append(line)
        return "\n".join([*lines, "", f"Times are in {unit_to_english(unit)}s ({unit}).", ""])

    def _text(self, found: Measurement, scale: float) -> str:
        value = found.median / scale
        shown = f"{trim_sigfig(value, found.significant_figures):g}" if self._trim else f"{value:.1f}"
        if self._warnings and found.has_warnings:
            shown += f" (! {found.iqr / found.median * 100:.0f}%)"
        return shown

    def _colored(
        self,
        text: str,
        cells: dict[tuple[tuple[int, str, str], str | None], Measurement],
        row: tuple[int, str, str],
        column: str | None,
    ) -> str:
        if not self._colors or (row, column) not in cells:
            return text
        rivals = [found.median for (r, c), found in cells.items() if (r == row if self._rowwise else c == column)]
        value, best = cells[row, column].median, min(rivals)
        color = _BEST if value <= best * 1.05 else _GOOD if value <= best * 1.25 else _POOR if value >= best * 2 else ""
        return f"{color}{text}{_PLAIN}" if color else text
