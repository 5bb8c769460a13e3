"""The evidence ledger: what hardened mode did that the program did not ask for, each with its reason.

Bounded (the oldest entries go, and are counted), thread safe, and JSON at any time. Reading it changes nothing; `with recording()
as entries:` collects what one block adds.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import time

from ft_core.keys import explain


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: the op (or file, or limit), the key it was called under in words, why, what was done, when (Unix time), on which
    thread.
    """

    op: str
    keys: str
    reason: str
    action: str
    time: float
    thread: str


class Ledger:
    """Entries in the order in which they were written, at most `limit` of them; `dropped` counts those that had to go."""

    def __init__(self, limit: int = 4096) -> None:
        if limit < 1:
            raise ValueError(f"Ledger: a limit of at least 1; got {limit}")
        self._entries: deque[Entry] = deque(maxlen=limit)
        self._lock = threading.Lock()
        self._listeners: list[list[Entry]] = []
        self._written = 0

    def write(self, op: str, keys: int, reason: str, action: str) -> Entry:
        """Add an entry and return it; `keys` is the call's key."""
        entry = Entry(op, explain(keys), reason, action, time(), threading.current_thread().name)
        with self._lock:
            self._entries.append(entry)
            self._written += 1
            for listener in self._listeners:
                listener.append(entry)
        return entry

    @property
    def limit(self) -> int:
        """How many entries are kept."""
        return self._entries.maxlen or 0

    @property
    def dropped(self) -> int:
        """How many old entries had to go."""
        with self._lock:
            return self._written - len(self._entries)

    def entries(self, op: str | None = None) -> list[Entry]:
        """A copy of the entries, oldest first; of one op if given."""
        with self._lock:
            return [e for e in self._entries if op is None or e.op == op]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._written = 0

    def __len__(self) -> int:
        return len(self._entries)

    def to_json(self) -> str:
        """The ledger as JSON: {"dropped": n, "entries": [{"op": …, "keys": …, …}, …]}."""
        with self._lock:
            rows, lost = [asdict(e) for e in self._entries], self._written - len(self._entries)
        return json.dumps({"dropped": lost, "entries": rows}, indent=1)

    @contextmanager
    def recording(self) -> Iterator[list[Entry]]:
        """The entries written (by any thread) while the block runs."""
        found: list[Entry] = []
        with self._lock:
            self._listeners.append(found)
        try:
            yield found
        finally:
            with self._lock:
                self._listeners = [held for held in self._listeners if held is not found]


ledger = Ledger()
"""The ledger of this process."""
