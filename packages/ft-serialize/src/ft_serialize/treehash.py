"""SHA-256 as a tree, so that all cores can hash one tensor: leaves of 64 MiB, and above them one hash of the leaves' hashes.

A tensor of one leaf has the plain SHA-256 that any tool computes; the mark in front of several keeps the two kinds apart.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

__all__ = ["LEAF", "TreeHash", "beside", "pool", "start_digest", "tree_digest", "workers"]

LEAF = 1 << 26
_MARK = b"FTCK sha256 tree of 64 MiB leaves\0"
_WORTH_A_THREAD = 1 << 20


@cache
def workers() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@cache
def pool() -> ThreadPoolExecutor:
    """Threads for hashing, as many as this process may use cores; hashlib releases the interpreter."""
    return ThreadPoolExecutor(workers(), "ft-hash")


@cache
def beside() -> ThreadPoolExecutor | None:
    """Threads for what is computed while the caller writes, one core left to it; None where there is no other core.

    A writer that shares its core with them takes twice as long on a busy machine, and six times where two of them run.
    """
    return ThreadPoolExecutor(workers() - 1, "ft-beside") if workers() > 1 else None


if hasattr(os, "register_at_fork"):
    for _made in (pool, beside):
        os.register_at_fork(after_in_child=_made.cache_clear)  # a child has none of its parent's threads


def _join(leaves: list[bytes]) -> bytes:
    return leaves[0] if len(leaves) == 1 else hashlib.sha256(_MARK + b"".join(leaves)).digest()


def _leaf(view: memoryview) -> bytes:
    return hashlib.sha256(view).digest()


def start_digest(view: memoryview) -> list[Future[bytes]]:
    """Begin hashing in the background; `tree_digest` of the result is the digest."""
    parts = [view[at : at + LEAF] for at in range(0, len(view), LEAF)] or [view]
    if len(view) >= _WORTH_A_THREAD:
        return [pool().submit(_leaf, part) for part in parts]
    done: Future[bytes] = Future()
    done.set_result(_leaf(view))
    return [done]


def tree_digest(data: memoryview | bytes | list[Future[bytes]]) -> bytes:
    """The digest of bytes, on all cores; or the result of `start_digest`."""
    return _join([leaf.result() for leaf in (data if isinstance(data, list) else start_digest(memoryview(data).cast("B")))])


class TreeHash:
    """The same digest of bytes that come in pieces."""

    def __init__(self) -> None:
        self._leaves: list[bytes] = []
        self._open = hashlib.sha256()
        self._filled = 0

    def update(self, piece: Any) -> None:
        """Take in the next piece."""
        view = memoryview(piece).cast("B")
        while len(view):
            if self._filled == LEAF:
                self._leaves.append(self._open.digest())
                self._open, self._filled = hashlib.sha256(), 0
            part = view[: LEAF - self._filled]
            self._open.update(part)
            self._filled += len(part)
            view = view[len(part) :]

    def digest(self) -> bytes:
        """The digest of everything so far."""
        return _join([*self._leaves, self._open.digest()])

    def through(self, pieces: Iterator[Any]) -> Iterator[Any]:
        """The pieces, hashed as they pass."""
        for piece in pieces:
            self.update(piece)
            yield piece
