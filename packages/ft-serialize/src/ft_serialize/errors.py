"""The one exception every reader and writer of this package raises for a bad file.

It is both `RuntimeError` (what torch raises for a broken archive) and `UnpicklingError` (what torch raises where
`weights_only` forbids something), so that `except` clauses written for torch keep working. The class comes from `_pickle`:
the `pickle` module itself, with its executing `load`, is never imported by a reader.
"""

from __future__ import annotations

from _pickle import UnpicklingError

__all__ = ["DAMAGED", "CheckpointError", "EmptyFileError", "NoFileError", "NoFolderError"]

DAMAGED = "the file is damaged or forged: fetch it again from a source you trust, or restore a copy"
"""What to do about a file that is refused for what is in it, where nothing better can be said."""


class CheckpointError(RuntimeError, UnpicklingError):
    """A checkpoint that cannot be read or written safely.

    Attributes:
        file: name of the file, or of the kind of buffer, as far as known.
        record: the record inside an archive (`data.pkl`, `data/3`), or None.
        offset: byte offset of the opcode or header in that record or file, or None.
        reason: what was expected, what came, and mostly what to do, without the place.
        advice: what to do where the reason does not say it.
    """

    def __init__(self, reason: str, *, file: str | None = None, record: str | None = None, offset: int | None = None) -> None:
        self.reason = reason
        self.file = file
        self.record = record
        self.offset = offset
        self.advice = ""
        super().__init__(reason)

    def at(
        self, *, file: str | None = None, record: str | None = None, offset: int | None = None, advice: str = ""
    ) -> CheckpointError:
        """Fill in the parts that are not known yet, and return self: `raise error.at(file=name)`. Reasons give advice after a semicolon."""
        if ";" not in self.reason:
            self.advice = self.advice or advice
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
        text = f"{self.reason}; {self.advice}" if self.advice else self.reason
        return f"{', '.join(place)}: {text}" if place else text


class EmptyFileError(CheckpointError, EOFError):
    """A file without a byte, or one that is at its end; an `EOFError`, too, which torch raises there."""


class NoFolderError(FileNotFoundError, RuntimeError):
    """A file shall be written to a folder that does not exist; a `RuntimeError`, too, which torch raises there."""


class NoFileError(IsADirectoryError, RuntimeError):
    """A file shall be written where a folder is; a `RuntimeError`, too, which torch raises there."""
