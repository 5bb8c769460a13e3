"""JSON from strangers, taken apart piece by piece, so that a small file cannot make a large structure.

`json.loads` builds whatever the text describes: three characters, `[],`, cost 64 bytes. Headers of tensor files have a fixed shape, so
they are walked in that shape, each entry is checked and made compact before the next is read, and the number of entries is bounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # undocumented, and what json itself is made of
from typing import Any

from .errors import CheckpointError

__all__ = ["ENTRY_COST", "JsonScan", "unique_keys"]

ENTRY_COST = 600
"""Bytes an entry of a table may take in memory, generously."""

_SPACE = re.compile(r"[ \t\r\n]*")
_FLAT = re.compile(r"\{[^{}]{0,4096}\}")


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """`object_pairs_hook` for json: CheckpointError where a key comes twice."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise CheckpointError("a key comes twice in one object; the file is forged")
    return made


class JsonScan:
    """A cursor over JSON text.

    Args:
        raw: UTF-8. Raises CheckpointError where it is not.
        what: what errors call it: "the header".
        allowance: bytes that tables read from it may take in memory.
    """

    def __init__(self, raw: bytes, what: str, allowance: int) -> None:
        try:
            self.text = raw.decode()
        except UnicodeDecodeError as error:
            raise CheckpointError(f"{what} is not UTF-8: {error}; the file is damaged", offset=error.start) from None
        self.what = what
        self.at = 0
        self._entries = allowance // ENTRY_COST

    def error(self, expected: str) -> CheckpointError:
        """A CheckpointError that names the place and what stands there."""
        found = self.text[self.at : self.at + 20]
        return CheckpointError(
            f"{self.what}: expected {expected} at character {self.at}, got {found!r}; the file is damaged or forged"
        )

    def _space(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too

    def mark(self, character: str) -> bool:
        """Whether the next character is this one; if so, step over it."""
        self._space()
        if not self.text.startswith(character, self.at):
            return False
        self.at += 1
        return True

    def string(self) -> str:
        """The next string."""
        if not self.mark('"'):
            raise self.error("a string")
        try:
            text, self.at = scanstring(self.text, self.at, True)
        except ValueError:
            raise self.error("the end of a string") from None
        return text

    def table(self) -> Iterator[str]:
        """The keys of the object that begins here; whoever iterates reads each value before the next key."""
        if not self.mark("{"):
            raise self.error("an object")
        seen = set()
        if self.mark("}"):
            return
        while True:
            key = self.string()
            self._entries -= 1
            if key in seen or self._entries < 0:
                raise self.error(
                    f"each key once ({key!r:.60} is there before)" if key in seen else "fewer entries for a file of this size"
                )
            seen.add(key)
            if not self.mark(":"):
                raise self.error("a colon")
            yield key
            if self.mark("}"):
                return
            if not self.mark(","):
                raise self.error("a comma")

    def flat(self) -> dict[str, Any]:
        """The next value, an object of at most 4 kB without objects in it."""
        self._space()
        found = _FLAT.match(self.text, self.at)
        if found is None:
            raise self.error("an object of a few fields")
        try:
            value: dict[str, Any] = json.loads(found.group(), object_pairs_hook=unique_keys)
        except (ValueError, RecursionError):
            raise self.error("an object of a few fields") from None
        self.at = found.end()
        return value

    def end(self) -> None:
        """CheckpointError unless only white space follows."""
        self._space()
        if self.at != len(self.text):
            raise self.error("the end")
