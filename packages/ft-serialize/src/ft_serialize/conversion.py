"""Any format into any other, in pieces: what is in memory at once is a chunk, or one tensor where its bytes must be rearranged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from . import rebuild
from .atomic import atomic_file
from .errors import CheckpointError
from .formats import Document, TensorSpec, format_named, format_of, open_document
from .safetensors_shards import SafetensorsShards, save_sharded
from .source import MappedSource, Source, open_source

__all__ = ["convert"]


class _Passing(Document):
    """A document that is read once: it tells how far, and lets go of what has been read."""

    def __init__(self, inner: Document, step: Callable[[str, int], None] | None) -> None:
        super().__init__(inner.specs, inner.metadata, inner.tree)
        self.shared = inner.shared
        self.name = inner.name
        self._inner = inner
        self._step = step

    def chunks(self, name: str) -> Iterator[Any]:
        for piece in self._inner.chunks(name):
            yield piece
            rebuild.let_go(piece)
            if self._step is not None:
                self._step(name, memoryview(piece).nbytes)


def _source_of(path: str) -> Source:
    """A map of the file, whose pieces are let go; the file itself where its format copies what it reads."""
    source = MappedSource(path)
    return open_source(path) if source.read(0, min(4, source.size)) == b"PK\x03\x04" and path.lower().endswith(".npz") else source


def convert(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    start: Callable[[dict[str, TensorSpec]], None] | None = None,
    step: Callable[[str, int], None] | None = None,
    max_shard_bytes: int | None = None,
    **options: Any,
) -> dict[str, TensorSpec]:
    """Write the tensors of one file to another, which appears whole or not at all; the specs of what was read.

    Args:
        from_format, to_format: names of formats where content and file names do not tell.
        start: called with the specs before anything is written.
        step: called with a tensor's name and the number of bytes that just passed.
        max_shard_bytes: for an index `*.safetensors.index.json`, bytes of tensors in one file.
        options: what the target's format takes: `encoding="Q4_0"` for gguf.

    Raises: CheckpointError for a source that is not sound or a target format that cannot hold what is in it.
    """
    goal = os.fspath(target)
    wanted = format_named(to_format) if to_format is not None else format_of(goal)
    if wanted is None:
        raise CheckpointError(
            "the name tells no format; end it in .safetensors, .ftck, .npz, .gguf or .pt, or name the format", file=goal
        )
    with open_document(_source_of(os.fspath(source)), from_format) as document:
        if start is not None:
            start(document.specs)
        passing = _Passing(document, step)
        try:
            if isinstance(wanted, SafetensorsShards):
                save_sharded(passing, goal, **({} if max_shard_bytes is None else {"max_shard_bytes": max_shard_bytes}), **options)
            else:
                with atomic_file(goal) as output:
                    wanted.write(passing, output, **options)
        except CheckpointError as error:
            raise error.at(file=goal) from error.__cause__
        return document.specs
