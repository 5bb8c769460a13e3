"""The one exception every reader and writer of this package raises for a bad file.

It is both `RuntimeError` (what torch raises for a broken archive) and `UnpicklingError` (what torch raises where
`weights_only` forbids something), so that `except` clauses written for torch keep working. The class comes from `_pickle`:
the `pickle` module itself, with its executing `load`, is never imported by a reader.
"""

from __future__ import annotations

from _pickle import UnpicklingError

__all__ = ["CheckpointError"]


class CheckpointError(RuntimeError, UnpicklingError):
    """A checkpoint that cannot be read or written safely.

    Attributes:
        file: name of the file, or of the kind of buffer, as far as known.
        record: the record inside an archive (`data.pkl`, `data/3`), or None.
        offset: byte offset of the opcode or header in that record or file, or None.
        reason: what was expected, what came, and what to do, without the place.
    """

    def __init__(self, reason: str, *, file: str | None = None, record: str | None = None, offset: int | None = None) -> None:
        self.reason = reason
        self.file = file
        self.record = record
        self.offset = offset
        super().__init__(reason)

    def at(self, *, file: str | None = None, record: str | None = None, offset: int | None = None) -> CheckpointError:
        """Fill in the parts of the place that are not known yet, and return self: `raise error.at(file=name)`."""
        self.file = file if self.file is None else self.file
        self.record = record if self.record is None else self.record
        self.offset = offset if self.offset is None else self.offset
        return self

    def __str__(self) -> str:
        place = [] if self.file is None else [str(self.file)]
        if self.record is not None:
            place.append(f"record {self.record!r}")
        if self.offset is not None:
            place.append(f"byte {self.offset}")
        return f"{', '.join(place)}: {self.reason}" if place else self.reason
