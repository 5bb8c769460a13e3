"""FTCK files: saved whole or not at all, loaded by mapping, verified on demand, and saved incrementally.

`save_checkpoint` takes any nested object of tensors, containers and numbers; `load_checkpoint` gives it back over a map of the file,
in milliseconds whatever its size. What the bytes should hash to is in the header; `verify=True`, or `frankentorch scrub`, checks it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from .atomic import Output, atomic_file
from .errors import CheckpointError
from .formats import Document, StoredDocument, TensorSpec
from .ftck import ALIGNMENT, MAGIC, Entry, Header, pack_header, read_header
from .source import MappedSource, MemorySource, Source, open_source
from .tensors import TensorDocument, TensorFile, open_tensors
from .treehash import TreeHash, start_digest, tree_digest

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Ftck", "FtckDocument", "load_checkpoint", "save_checkpoint"]

_BLANK = bytes(32)
_HELD = 1 << 28  # bytes that wait to be hashed


class FtckDocument(StoredDocument):
    """An open file and the files it shares tensors with.

    Attributes:
        header: everything before the payload.
    """

    def __init__(self, source: Source) -> None:
        self.header = header = read_header(source)
        self._bases = [self._base(source, name, digest) for name, digest in header.files]
        specs = {name: entry.spec for name, entry in header.entries.items()}
        super().__init__(
            source, specs, {name: header.payload + e.offset for name, e in header.entries.items()}, header.metadata, header.tree
        )
        first: dict[tuple[int, int, int], str] = {}
        for name, entry in header.entries.items():
            same = first.setdefault((entry.file, entry.offset, entry.spec.nbytes), name)
            if same != name and entry.spec.nbytes:
                self.shared.setdefault(same, []).append(name)
            if entry.file:
                self._check_base(entry)

    def _base(self, source: Source, name: str, digest: bytes) -> tuple[Source, Header]:
        """A file this one shares bytes with, which must be the very file that was meant."""
        if isinstance(source, MemorySource) and not isinstance(source, MappedSource):
            raise CheckpointError(
                "it shares tensors with other files; open an incremental checkpoint by its path, with those beside it"
            )
        path = os.path.join(os.path.dirname(source.name), name)
        try:
            base = MappedSource(path) if isinstance(source, MappedSource) else open_source(path)
        except OSError as error:
            raise CheckpointError(
                f"it shares tensors with {name}, which cannot be read: {error}; keep them together", record=name
            ) from None
        header = read_header(base)
        if header.digest != digest:
            raise CheckpointError(f"it shares tensors with {name}, which is another file by now; keep them together", record=name)
        return base, header

    def _check_base(self, entry: Entry) -> None:
        _, header = self._bases[entry.file - 1]
        places = {(e.offset, e.spec.nbytes, e.digest) for e in header.entries.values() if not e.file}
        if (entry.offset, entry.spec.nbytes, entry.digest) not in places:
            raise CheckpointError("the other file does not hold these bytes; this one is forged", record=entry.spec.name)

    def _at(self, name: str) -> tuple[Source, int]:
        entry = self.header.entries[name]
        if not entry.file:
            return self._source, self._places[name]
        source, header = self._bases[entry.file - 1]
        return source, header.payload + entry.offset

    def _alone(self, name: str) -> StoredDocument:
        source, place = self._at(name)
        return StoredDocument(source, self.specs, {name: place})

    def chunks(self, name: str) -> Iterator[Any]:
        return self._alone(name).chunks(name)

    def readinto(self, name: str, buffer: memoryview) -> None:
        self._alone(name).readinto(name, buffer)

    def view(self, name: str) -> memoryview | None:
        return self._alone(name).view(name)

    def verify(self) -> str:
        """Hash every tensor, on all cores; CheckpointError that names the first whose bytes are not those that were saved."""
        jobs = []
        for name in self.specs:
            view = self.view(name)
            if view is None:
                hasher = TreeHash()
                for _ in hasher.through(self.chunks(name)):
                    pass
                self._compare(name, hasher.digest())
            else:
                jobs.append((name, start_digest(view)))
        for name, job in jobs:
            self._compare(name, tree_digest(job))
        return "SHA-256"

    def _compare(self, name: str, digest: bytes) -> None:
        expected = self.header.entries[name].digest
        if digest != expected:
            source, at = self._at(name)
            raise CheckpointError(
                f"expected bytes with SHA-256 {expected.hex()[:16]}…, got {digest.hex()[:16]}…; the file is damaged: "
                "`frankentorch scrub` it, or load an older checkpoint",
                file=source.name,
                record=name,
                offset=at,
            )

    def close(self) -> None:
        for base, _ in self._bases:
            base.close()
        super().close()


class Ftck:
    """The format `ftck`. Option `base`: the path of a checkpoint in the same folder whose unchanged tensors are not written again."""

    name = "ftck"
    suffixes = (".ftck",)

    def recognises(self, head: bytes) -> bool:
        """The magic."""
        return head[:8] == MAGIC

    def open(self, source: Source) -> FtckDocument:
        """The document, its header verified; the payload is verified by `FtckDocument.verify`."""
        return FtckDocument(source)

    def write(self, document: Document, output: Output, *, base: str | os.PathLike[str] | None = None, **options: Any) -> None:
        """Write the header's place, then the payload, hashed on its way, then the header."""
        if options:
            raise TypeError(f"ftck: unknown options {', '.join(options)}")
        files, old = ([], {}) if base is None else _base_entries(os.fspath(base))
        _Writer(document, output, files, old).run()


class _Writer:
    def __init__(self, document: Document, output: Output, files: list[tuple[str, bytes]], old: dict[Any, tuple[int, int]]) -> None:
        self._document = document
        self._output = output
        self._files = files
        self._entries: dict[str, Entry] = {}
        self._length = 0
        for spec in document.specs.values():
            self._place(spec, old)

    def _place(self, spec: TensorSpec, old: dict[Any, tuple[int, int]]) -> None:
        """Decide where a tensor goes: with the name that shares its memory, where an older file has it, or at the end."""
        name = spec.name
        first = self._document.canonical(name)
        if first != name:
            known = self._entries[first]
            self._entries[name] = Entry(spec, known.file, known.offset, known.digest)
            return
        if old:
            hasher = TreeHash()
            for _ in hasher.through(self._document.chunks(name)):
                pass
            place = old.get((hasher.digest(), spec.nbytes))
            if place is not None:
                self._entries[name] = Entry(spec, *place, hasher.digest())
                return
        self._entries[name] = Entry(spec, 0, self._length, _BLANK)
        self._length = -(-(self._length + spec.nbytes) // ALIGNMENT) * ALIGNMENT

    def run(self) -> None:
        """Write everything."""
        used = sorted({entry.file for entry in self._entries.values()} - {0})
        files = [self._files[i - 1] for i in used]
        renumbered = {0: 0, **{old: new for new, old in enumerate(used, 1)}}
        entries = {n: Entry(e.spec, renumbered[e.file], e.offset, e.digest) for n, e in self._entries.items()}

        def header(digests: Mapping[str, bytes]) -> bytes:
            done = [e if e.file else Entry(e.spec, 0, e.offset, digests.get(n, _BLANK)) for n, e in entries.items()]
            return pack_header(self._document.metadata, files, done, self._document.tree, self._length)[0]

        place = self._output.tell()
        blank = header({})
        self._output.write(bytes(len(blank)))
        digests = self._payload(entries)
        self._output.rewrite(place, header(digests))

    def _payload(self, entries: dict[str, Entry]) -> dict[str, bytes]:
        """Write the tensors of this file; their digests by name.

        What has been written is hashed at the end, on all cores, while the system carries it to the disk: hashing beside the copying
        takes the cores that copy, and the whole took longer by a sixth, or by half where the two took turns.
        """
        digests: dict[str, bytes] = {}
        later: list[tuple[str, memoryview]] = []
        hashing = _Hashing()
        for name, entry in entries.items():
            if entry.file or self._document.canonical(name) != name:
                continue
            view = self._document.view(name)
            if view is not None:
                written = self._output.write(view)
                if self._document.lies_ready(name):
                    later.append((name, view))
                else:
                    hashing.add(name, view)
            else:
                hasher = TreeHash()
                written = sum(self._output.write(piece) for piece in hasher.through(self._document.chunks(name)))
                digests[name] = hasher.digest()
            if written != entry.spec.nbytes:
                raise CheckpointError(f"expected {entry.spec.nbytes} bytes, the document gave {written}", record=name)
            self._output.write(bytes(-written % ALIGNMENT))
        self._output.flush()
        for name, view in later:
            hashing.add(name, view)
        digests |= hashing.digests()
        return {name: digests[first] for name in entries if (first := self._document.canonical(name)) in digests}


class _Hashing:
    """Tree digests of several tensors, on all cores; few wait at once, since the bytes of one may be a copy."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[str, int, list[Future[bytes]]]] = deque()
        self._held = 0
        self._found: dict[str, bytes] = {}

    def add(self, name: str, view: memoryview) -> None:
        """Have a tensor hashed; waits for others while more than _HELD bytes are in work."""
        self._jobs.append((name, len(view), start_digest(view)))
        self._held += len(view)
        while self._held > _HELD and len(self._jobs) > 1:
            self._finish()

    def digests(self) -> dict[str, bytes]:
        """The digests by name, when all are there."""
        while self._jobs:
            self._finish()
        return self._found

    def _finish(self) -> None:
        name, size, job = self._jobs.popleft()
        self._found[name] = tree_digest(job)
        self._held -= size


def _base_entries(path: str) -> tuple[list[tuple[str, bytes]], dict[Any, tuple[int, int]]]:
    """The files whose tensors may be shared, and where: the base's own, and those that it shares itself."""
    with closing(open_source(path)) as source:
        header = read_header(source)
    files = [(os.path.basename(path), header.digest), *header.files]
    return files, {(e.digest, e.spec.nbytes): (e.file + 1, e.offset) for e in header.entries.values() if e.spec.nbytes}


def save_checkpoint(
    obj: Any,
    path: str | os.PathLike[str],
    *,
    metadata: Mapping[str, Any] | None = None,
    base: str | os.PathLike[str] | None = None,
    overhead: float = 0.0,
) -> None:
    """Write an object of tensors, containers, numbers and text; the path holds the old file or the new one, never a part.

    Args:
        obj: what `load_checkpoint` shall give: state_dicts, optimizer states, counters. Tensors that are the same memory in the same
            way stay shared; other views get memory of their own.
        metadata: text and numbers that can be read without the tensors.
        base: an earlier checkpoint in the same folder; tensors it has with the same bytes are not written again, and it must be kept.
        overhead: with 0.1, a sidecar of a tenth of the file's size repairs up to that much damage (`pip install ft-serialize[repair]`).

    Raises: CheckpointError for an object that cannot be written; OSError as the system has it.
    """
    final = os.path.realpath(os.fspath(path))
    if base is not None and os.path.dirname(os.path.realpath(os.fspath(base))) != os.path.dirname(final):
        raise CheckpointError("the base of an incremental checkpoint must be in the same folder", file=os.fspath(base))
    if base is not None and os.path.realpath(os.fspath(base)) == final:
        raise CheckpointError("the base of an incremental checkpoint cannot be the file that is written", file=os.fspath(base))
    document = TensorDocument(obj, metadata)
    try:
        with atomic_file(path) as output:
            Ftck().write(document, output, base=base)
        if overhead:
            from .repair import protect

            protect(path, overhead)
    except CheckpointError as error:
        raise error.at(file=os.fspath(path)) from error.__cause__


def load_checkpoint(
    path: str | os.PathLike[str] | Any, *, map_location: Any = None, mmap: bool = True, verify: bool = False
) -> Any:
    """The object that `save_checkpoint` wrote; its tensors are views of the mapped file until they are written to.

    Args:
        mmap: False reads the tensors into memory of their own.
        verify: hash every tensor first, on all cores.

    Raises: CheckpointError with file, tensor and byte for a file that is damaged or no FTCK file.
    """
    with open_tensors(path, format="ftck", map_location=map_location, mmap=mmap) as file:
        if verify:
            _document(file).verify()
        return file.tree()


def _document(file: TensorFile) -> FtckDocument:
    if not isinstance(file.document, FtckDocument):
        raise CheckpointError("expected a file in the format ftck", file=file.document.name)
    return file.document
