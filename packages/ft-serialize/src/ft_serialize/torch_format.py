"""torch's `.pt` as one format among others: the reader behind `load` and the writer behind `save`, over Documents.

Converting to `.pt` streams: the pickle is written from specs alone, then each storage from the pieces of its tensor. Converting from
it maps the file, so that memory holds one tensor at a time. What `load` refuses is refused here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from . import rebuild
from .allow_list import STORAGE_DTYPES
from .archive import ArchiveReader, ArchiveWriter
from .atomic import Output
from .errors import CheckpointError
from .formats import Document
from .model import Global, StorageRecord
from .parts import call_of
from .pickler import Pickler
from .source import FileSource, MappedSource, MemorySource, Source
from .spelling import TensorRecord, spell_tensor, storage_type_name
from .structure import Irregular, Leaf
from .tensors import TensorDocument
from .torch_file import load_with, write_archive

__all__ = ["TorchFormat"]

_METADATA = "__metadata__"
_TYPED = frozenset(STORAGE_DTYPES.values())


class TorchDocument(TensorDocument):
    """The tensors of a `.pt` file.

    Attributes:
        source: the map of the file; None where the file was read.
    """

    source: MappedSource | None = None

    def verify(self) -> str:
        if self.source is None or self.source.read(0, min(4, self.source.size)) != b"PK\x03\x04":
            return ""  # what was read was verified then; the old format has no checksums
        return "CRC-32" if ArchiveReader(self.source).verify() else ""


class TorchFormat:
    """The format `pt`."""

    name = "pt"
    suffixes = (".pt", ".pth", ".bin", ".ckpt")

    def recognises(self, head: bytes) -> bool:
        """A zip whose first record is in a folder, or a pickle, whatever its protocol."""
        if head[:4] == b"PK\x03\x04":
            return b".npy" not in head and b"__metadata__.json" not in head
        return head[:1] == b"\x80" and head[1:2] <= b"\x05"

    def open(self, source: Source) -> Document:
        """The tensors of the object in the file, which is loaded by `load`'s own machine."""
        try:
            found = _load(source)
        except CheckpointError as error:
            if error.file == "<buffer>":
                error.file = source.name
            raise
        metadata = {}
        if isinstance(found, dict) and isinstance(found.get(_METADATA), dict):
            metadata = found.pop(_METADATA)
        document = TorchDocument(found, metadata)
        document.name = source.name
        if isinstance(source, MappedSource):
            document.source = source
        source.close()
        return document

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write the document's structure, or a dict of its tensors; metadata under the key `__metadata__`."""
        if options:
            raise TypeError(f"pt: unknown options {', '.join(options)}")
        tree: Any = OrderedDict((name, Leaf(name)) for name in document.specs) if document.tree is None else document.tree
        if document.metadata:
            if not isinstance(tree, dict):
                raise CheckpointError("metadata can be written beside a dict only; wrap the object in one")
            tree = OrderedDict(tree)
            tree[_METADATA] = dict(document.metadata)
        storages: dict[str, StorageRecord] = {}
        data = Pickler(_Spelling(document), _Ids(storages)).dumps(tree)
        write_archive(ArchiveWriter(output.write), data, storages)


class _Spelling:
    """How the pickle writer spells a leaf: the call that rebuilds a contiguous tensor over a storage of its own."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._records: dict[str, StorageRecord] = {}

    def __call__(self, obj: Any) -> Any:
        if isinstance(obj, Irregular):
            return self._irregular(obj)
        if not isinstance(obj, Leaf):
            return rebuild.reduce(obj)
        spec = self._document.specs[obj.name]
        strides, step = [1] * len(spec.shape), 1
        for i in range(len(spec.shape) - 1, -1, -1):
            strides[i] = step
            step *= max(spec.shape[i], 1)
        kind = rebuild.dtype(spec.dtype)
        record = TensorRecord(
            self._storage(obj.name), kind, spec.dtype, 0, spec.shape, tuple(strides), obj.requires_grad, is_parameter=obj.parameter
        )
        return spell_tensor(record, Global("torch", "Tensor"))

    def _irregular(self, node: Irregular) -> Any:
        call = call_of(node, Leaf, self._storage, self._document.specs[node.parts[0]].shape)
        record = TensorRecord(None, None, "", 0, (), (), node.requires_grad, is_parameter=node.parameter, call=call)
        return spell_tensor(record, Global("torch", "Tensor"))

    def _storage(self, name: str, dtype: str = "") -> StorageRecord:
        """The storage of a tensor; `dtype` is what its elements are called where that is not the tensor's own."""
        name = self._document.canonical(name)
        if name not in self._records:
            spec = self._document.specs[name]
            kind = dtype or spec.dtype
            typed = kind in _TYPED
            itemsize = rebuild.BY_NAME[kind].itemsize if typed else 1
            self._records[name] = StorageRecord(
                name, name, storage_type_name(kind), kind if typed else "uint8", spec.nbytes // itemsize, spec.nbytes,
                itemsize, lambda: _Pieces(self._document, name),
            )  # fmt: skip
        return self._records[name]


class _Pieces:
    """The bytes of a tensor, to be asked for once."""

    def __init__(self, document: Document, name: str) -> None:
        self._document = document
        self._name = name
        self.size = document.specs[name].nbytes

    def __iter__(self) -> Iterator[Any]:
        return self._document.chunks(self._name)


class _Ids:
    """Numbers storages in the order of their first use."""

    def __init__(self, storages: dict[str, StorageRecord]) -> None:
        self._keys: dict[Any, str] = {}
        self._storages = storages

    def __call__(self, record: StorageRecord) -> tuple[Any, ...]:
        key = self._keys.setdefault(record.identity, str(len(self._keys)))
        self._storages[key] = record
        module = "torch.storage" if record.type_name == "UntypedStorage" else "torch"
        return "storage", Global(module, record.type_name), key, "cpu", record.numel


def _load(source: Source) -> Any:
    """What `load` makes of the file, mapped where the source is and the format allows it."""
    if isinstance(source, MappedSource) and source.read(0, min(4, source.size)) == b"PK\x03\x04":
        return load_with(rebuild, source.name, "cpu", mmap=True)
    if isinstance(source, MemorySource):
        return load_with(rebuild, source.view, "cpu", verify=True)
    return load_with(rebuild, _reread(source), "cpu", verify=True)


def _reread(source: Source) -> Any:
    """The file object behind a source, at its beginning."""
    if not isinstance(source, FileSource):
        raise CheckpointError("expected a path, a buffer or a seekable file; got none of them", file=source.name)
    source.leave_at(0)
    return source.file
