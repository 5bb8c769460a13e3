"""safetensors in several files with an index, `model.safetensors.index.json`, as model hubs keep large models.

The index names files beside it and nothing else: a path in it is refused. Writing puts the new files under names that the old index
does not use, then replaces the index, then removes what only the old one named: at any moment the index on disk is whole.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from .atomic import Output, atomic_file
from .errors import CheckpointError
from .formats import Document, TensorSpec
from .json_scan import JsonScan
from .safetensors_file import Safetensors
from .source import FileSource, MappedSource, Source, open_source

__all__ = ["SafetensorsShards", "save_sharded"]

_SUFFIX = ".safetensors.index.json"
_MAX_INDEX = 64 << 20
_PLAIN = re.compile(r"[^/\\:\0]+\.safetensors\Z")
_ONE = Safetensors()


class ShardedDocument(Document):
    """Tensors spread over files; each file is opened when it is first needed."""

    def __init__(self, index: Source, weight_map: dict[str, str], metadata: dict[str, Any]) -> None:
        self.name = index.name
        self._index = index
        self._map = weight_map
        self._shards: dict[str, Document] = {}
        specs = {}
        for name, file in weight_map.items():
            shard = self._shards[file] if file in self._shards else self._open(file)
            if name not in shard.specs:
                raise CheckpointError(f"the index says that {file} holds this tensor; it does not", record=name)
            specs[name] = shard.specs[name]
        for file, shard in self._shards.items():
            for name in shard.specs:
                if weight_map.get(name) != file:
                    raise CheckpointError(
                        f"{file} holds this tensor, which the index places elsewhere or does not know", record=name
                    )
        super().__init__(specs, metadata)

    def _open(self, file: str) -> Document:
        path = os.path.join(os.path.dirname(self.name), file)
        try:
            source = MappedSource(path) if isinstance(self._index, MappedSource) else open_source(path)
        except OSError as error:
            raise CheckpointError(f"the index names {file}, which cannot be read: {error}; fetch it too", record=file) from None
        self._shards[file] = shard = _open_one(source)
        return shard

    def chunks(self, name: str) -> Iterator[Any]:
        return self._shards[self._map[name]].chunks(name)

    def readinto(self, name: str, buffer: memoryview) -> None:
        self._shards[self._map[name]].readinto(name, buffer)

    def view(self, name: str) -> memoryview | None:
        return self._shards[self._map[name]].view(name)

    def close(self) -> None:
        for shard in self._shards.values():
            shard.close()
        self._index.close()


def _open_one(source: Source) -> Document:
    try:
        return _ONE.open(source)
    except CheckpointError as error:
        raise error.at(file=source.name) from None


class SafetensorsShards:
    """The format `safetensors-sharded`."""

    name = "safetensors-sharded"
    suffixes = (_SUFFIX,)

    def recognises(self, head: bytes) -> bool:
        """Never: it is JSON like any other; the file's name tells."""
        return False

    def open(self, source: Source) -> Document:
        """All tensors of all files that the index names, which must lie beside it."""
        if source.size > _MAX_INDEX or not isinstance(source, (FileSource, MappedSource)):
            raise CheckpointError(f"expected an index file of at most {_MAX_INDEX} bytes; open it by its path")
        scan = JsonScan(source.read(0, source.size), "the index", source.size + (40 << 20))
        weight_map: dict[str, str] = {}
        metadata: dict[str, Any] = {}
        files: dict[str, str] = {}  # one object per file name
        for key in scan.table():
            if key == "weight_map":
                for name in scan.table():
                    file = scan.string()
                    if not _PLAIN.match(file):
                        raise CheckpointError(
                            f"expected the name of a file beside the index, got {file!r:.80}; it is forged", record=name
                        )
                    weight_map[name] = files.setdefault(file, file)
            elif key == "metadata":
                metadata = scan.flat()
            else:
                raise scan.error("metadata or weight_map")
        scan.end()
        metadata.pop("total_size", None)
        return ShardedDocument(source, weight_map, metadata)

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Not to one stream: CheckpointError that names `save_sharded`."""
        raise CheckpointError("several files are written by save_sharded(document, path, max_shard_bytes), or convert --shard-size")


def save_sharded(
    tensors: Any,
    index: str | os.PathLike[str],
    max_shard_bytes: int = 5_000_000_000,
    step: Callable[[str], None] | None = None,
) -> None:
    """Write tensors as `<stem>-00001-of-0000N.safetensors` and the index `<stem>.safetensors.index.json`.

    Args:
        tensors: a dict from names to tensors, or an open document.
        index: the path of the index; it must end in `.safetensors.index.json`.
        max_shard_bytes: no file holds more tensor bytes than this, unless one tensor does.
        step: called with each tensor's name when it is written.
    """
    path = os.fspath(index)
    folder, base = os.path.split(path)
    if not base.endswith(_SUFFIX) or max_shard_bytes < 1:
        raise ValueError(f"save_sharded: expected a path ending in {_SUFFIX} and a positive size, got {base!r}, {max_shard_bytes}")
    document = tensors if isinstance(tensors, Document) else _document_of(tensors)
    groups = _grouped(document, max_shard_bytes)
    old = _files_of(path)
    stem = base.removesuffix(_SUFFIX)
    names = _shard_names(stem, len(groups))
    if any(name in old or os.path.exists(os.path.join(folder, name)) for name in names):
        names = _shard_names(f"{stem}-{secrets.token_hex(4)}", len(groups))
    weight_map: dict[str, str] = {}
    for name, group in zip(names, groups, strict=True):
        with atomic_file(os.path.join(folder, name)) as output:
            _ONE.write(_Part(document, group, step), output)
        weight_map.update((spec.name, name) for spec in group)
    total = sum(spec.nbytes for spec in document.specs.values())
    content = {"metadata": {**document.table(), "total_size": total}, "weight_map": {n: weight_map[n] for n in document.specs}}
    with atomic_file(path) as output:
        output.write(json.dumps(content, indent=2).encode())
    for name in old - set(names):
        if os.path.exists(os.path.join(folder, name)):
            os.unlink(os.path.join(folder, name))


def _document_of(tensors: Any) -> Document:
    from .tensors import TensorDocument  # which imports every format

    return TensorDocument(tensors)


class _Part(Document):
    """Some tensors of a document."""

    def __init__(self, whole: Document, specs: list[TensorSpec], step: Callable[[str], None] | None) -> None:
        super().__init__({spec.name: spec for spec in specs})
        self._whole = whole
        self._step = step

    def chunks(self, name: str) -> Iterator[Any]:
        yield from self._whole.chunks(name)
        if self._step is not None:
            self._step(name)


def _grouped(document: Document, limit: int) -> list[list[TensorSpec]]:
    groups: list[list[TensorSpec]] = [[]]
    size = 0
    for spec in document.specs.values():
        if groups[-1] and size + spec.nbytes > limit:
            groups.append([])
            size = 0
        groups[-1].append(spec)
        size += spec.nbytes
    return groups


def _shard_names(stem: str, count: int) -> list[str]:
    return [f"{stem}-{i:05d}-of-{count:05d}.safetensors" for i in range(1, count + 1)]


def _files_of(path: str) -> set[str]:
    """The files an index already there names; empty where there is none that can be read."""
    try:
        with SafetensorsShards().open(open_source(path)) as document:
            return set(document._map.values()) if isinstance(document, ShardedDocument) else set()
    except (OSError, CheckpointError):
        return set()
