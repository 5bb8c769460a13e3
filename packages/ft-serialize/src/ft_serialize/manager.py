"""Checkpoints of a training run in one folder: the last few and the best are kept, and a run goes on from the newest that is whole.

There is no index to be damaged or to disagree with the files: each file says in its header which step it is and what its metric was.
A file that does not verify is repaired from its sidecar if it has one, and passed over if not.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

from .atomic import remove_leftovers
from .errors import CheckpointError
from .ftck import read_header
from .ftck_file import load_checkpoint, save_checkpoint
from .repair import SUFFIX, sidecar_path
from .scrubbing import PROOF_SUFFIX, scrub
from .source import open_source

__all__ = ["CheckpointManager", "Saved"]

_NAME = re.compile(r"step-(\d{10})\.ftck\Z")


@dataclass(frozen=True, slots=True)
class Saved:
    """A checkpoint in the folder: its step, its metric if it has one, its path, and the files it shares tensors with."""

    step: int
    metric: float | None
    path: str
    bases: tuple[str, ...] = ()


class CheckpointManager:
    """Saves and resumes in a folder that only it writes to.

    Args:
        folder: made if it is not there.
        keep_last: how many of the newest are kept, at least 1.
        keep_best: how many of the best are kept beside them.
        mode: whether the best metric is the smallest ("min") or the largest ("max").
        overhead: of the sidecar beside each checkpoint; 0 for none.
        incremental: write only tensors that changed since the newest checkpoint, which is kept as long as another needs it.

    Raises: ValueError for numbers out of range.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        keep_last: int = 3,
        keep_best: int = 1,
        mode: Literal["min", "max"] = "min",
        overhead: float = 0.0,
        incremental: bool = False,
    ) -> None:
        if keep_last < 1 or keep_best < 0 or mode not in ("min", "max") or not 0 <= overhead <= 1:
            raise ValueError(
                "CheckpointManager: expected keep_last >= 1, keep_best >= 0, mode 'min' or 'max' and 0 <= overhead <= 1; got "
                f"{keep_last}, {keep_best}, {mode!r}, {overhead}"
            )
        self.folder = os.fspath(folder)
        self.keep_last, self.keep_best, self.mode = keep_last, keep_best, mode
        self.overhead, self.incremental = overhead, incremental
        os.makedirs(self.folder, exist_ok=True)
        remove_leftovers(self.folder, ".ftck")
        remove_leftovers(self.folder, SUFFIX)

    def checkpoints(self) -> list[Saved]:
        """Those whose header can be read, oldest step first."""
        found = []
        for entry in sorted(os.listdir(self.folder)):
            named = _NAME.match(entry)
            if named is None:
                continue
            path = os.path.join(self.folder, entry)
            try:
                with closing(open_source(path)) as source:
                    header = read_header(source)
            except (CheckpointError, OSError):
                continue
            metric = header.metadata.get("metric")
            bases = tuple(name for name, _ in header.files)
            found.append(Saved(int(named.group(1)), metric if type(metric) in (int, float) else None, path, bases))
        return found

    def save(self, obj: Any, step: int, metric: float | None = None, metadata: Mapping[str, Any] | None = None) -> str:
        """Write a checkpoint and then remove those that need not be kept; its path.

        Raises: ValueError for a negative step; CheckpointError as `save_checkpoint`. Nothing is removed where saving fails.
        """
        if not 0 <= step < 10**10:
            raise ValueError(f"CheckpointManager.save: expected a step of 0 to 9999999999, got {step}")
        path = os.path.join(self.folder, f"step-{step:010d}.ftck")
        older = [saved for saved in self.checkpoints() if saved.path != path]
        needed = {base for saved in older for base in saved.bases}
        if os.path.basename(path) in needed:
            raise CheckpointError("another checkpoint shares tensors with the one of this step; save under another step", file=path)
        content = {**(metadata or {}), "step": step, "metric": None if metric is None else float(metric)}
        base = older[-1].path if self.incremental and older else None
        save_checkpoint(obj, path, metadata=content, base=base, overhead=self.overhead)
        if not self.overhead and os.path.exists(sidecar_path(path)):
            os.unlink(sidecar_path(path))  # of a file that had this name before
        self._rotate()
        return path

    def best(self) -> Saved | None:
        """The checkpoint with the best metric, or None where none has one."""
        return next(iter(self._ranked(self.checkpoints())), None)

    def _ranked(self, found: list[Saved]) -> list[Saved]:
        sign = 1 if self.mode == "min" else -1
        scored = [saved for saved in found if saved.metric is not None and saved.metric == saved.metric]  # NaN is not good
        return sorted(scored, key=lambda saved: (sign * (saved.metric or 0.0), -saved.step))

    def _rotate(self) -> None:
        """Remove what is neither new nor good nor needed by what is."""
        found = self.checkpoints()
        keep = {saved.path for saved in found[-self.keep_last :]} | {saved.path for saved in self._ranked(found)[: self.keep_best]}
        needed = {os.path.join(self.folder, base) for saved in found if saved.path in keep for base in saved.bases}
        for saved in found:
            if saved.path not in keep | needed:
                for path in (saved.path, sidecar_path(saved.path), saved.path + PROOF_SUFFIX):
                    if os.path.exists(path):
                        os.unlink(path)

    def resume(self, *, map_location: Any = None) -> tuple[Any, int] | None:
        """The object of the newest checkpoint that is whole, and its step; None where there is none at all.

        Each is verified by its hashes before it is loaded, and repaired where it has a sidecar. One that cannot be is warned of and
        passed over. Raises: CheckpointError where there are checkpoints and none is whole.
        """
        problems = []
        for name in sorted((n for n in os.listdir(self.folder) if _NAME.match(n)), reverse=True):
            path = os.path.join(self.folder, name)
            report = scrub(path)
            if report.status == "damaged":
                problems.append(f"{name}: {report.detail}")
                continue
            try:
                obj = load_checkpoint(path, map_location=map_location, verify=True)
            except CheckpointError as error:
                problems.append(f"{name}: {error}")
                continue
            for problem in problems:
                warnings.warn(f"checkpoint passed over: {problem}", stacklevel=2)
            return obj, int(name[5:15])
        if problems:
            raise CheckpointError(
                f"none of the {len(problems)} checkpoints is whole: {'; '.join(problems)[:2000]}", file=self.folder
            )
        return None
