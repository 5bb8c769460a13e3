"""`save` and `load` for torch's own files: the zip format of 1.6 and later, and the format before it.

Loading executes nothing from the file. `weights_only=False` does not change that: files that need no more than tensors,
containers and allowed globals load as they do with True, and any other file is refused with a list of what it names.
Only a caller who also passes a `pickle_module` gets that module run on a file; this package never imports one.
"""

from __future__ import annotations

import io
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from .allow_list import NOT_BUILT, Allowed, RefusedError, find_global
from .archive import ArchiveReader, ArchiveWriter, Zeros, start_crc
from .atomic import atomic_file
from .errors import DAMAGED, CheckpointError, EmptyFileError
from .legacy import read_legacy, write_legacy
from .locations import is_meta, location_tag, restorer
from .model import Global, StorageRecord, TensorModel
from .opcodes import Machine
from .options import (
    MAP_SHARED,
    LoadEndianness,
    get_crc32_options,
    get_default_load_endianness,
    get_default_mmap_options,
    get_storage_alignment,
    skips_data,
)
from .pickler import Pickler
from .scan import scan_pickle
from .source import FileSource, MemorySource, Source, open_source
from .storages import ArchiveStorages

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["check_globals", "load_with", "root_name", "save_with", "unsafe_globals", "write_archive"]

_AHEAD = 2  # storages whose checksums are computed while another is written
_ALWAYS = 1 << 24  # bytes of a file that is verified unasked: it takes no time that anyone would notice
_OLDEST, _NEWEST = 1, 10  # values of the record `version` that torch reads
_PLACED = {
    "torch._utils._rebuild_device_tensor_from_cpu_tensor",
    "torch._utils._rebuild_wrapper_subclass",
    "torch._tensor._rebuild_from_type_v2",
}
_FOREIGN = (
    "this reader executes nothing, whatever weights_only says; pass weights_only=False and pickle_module=pickle together to "
    "run the file's code, only if you trust its source"
)


# -- saving --------------------------------------------------------------------------------------------------------------


class _StorageIds:
    """Numbers storages in the order of their first use and gives the tuple that stands for each in the pickle."""

    def __init__(self, model: TensorModel) -> None:
        self._model = model
        self._keys: dict[Any, str] = {}
        self._dtypes: dict[Any, str] = {}
        self._tags: dict[str, str] = {}  # one object per tag: the pickle's memo goes by identity

    def __call__(self, record: StorageRecord, storages: dict[str, StorageRecord]) -> tuple[Any, ...]:
        if record.nbytes and self._dtypes.setdefault(record.identity, record.dtype_name) != record.dtype_name:
            raise RuntimeError("Cannot save multiple tensors or storages that view the same data as different types")
        key = self._keys.setdefault(record.identity, str(len(self._keys)))
        storages[key] = record
        tag = location_tag(self._model, record.storage)
        module = "torch.storage" if record.type_name == "UntypedStorage" else "torch"
        return "storage", Global(module, record.type_name), key, self._tags.setdefault(tag, tag), record.numel


def save_with(model: TensorModel, obj: Any, f: Any, *, zip_format: bool = True, byteorder_record: bool = True) -> None:
    """`save` for any tensor model: pickle first, so that an object that cannot be written leaves no file behind."""
    if not isinstance(f, (str, os.PathLike)) and not hasattr(f, "write"):
        raise AttributeError("expected 'f' to be string, path, or a file-like object with a 'write' attribute")
    ids = _StorageIds(model)
    if not zip_format:
        if skips_data():
            raise RuntimeError("Cannot use skip_data=True with _use_new_zipfile_serialization=False")
        _with_file(f, lambda write: write_legacy(obj, write, model.reduce, ids))
        return
    alignment = get_storage_alignment()
    storages: dict[str, StorageRecord] = {}
    data = Pickler(model.reduce, lambda record: ids(record, storages)).dumps(obj)

    def write(put: Callable[[Any], Any]) -> None:
        writer = ArchiveWriter(put, root_name(f), alignment=alignment)
        write_archive(writer, data, storages, byteorder_record=byteorder_record, alignment=alignment)

    _with_file(f, write)


def write_archive(
    archive: ArchiveWriter, data: bytes, storages: dict[str, StorageRecord], *, byteorder_record: bool = True, alignment: int = 64
) -> None:
    """Write the records of a checkpoint in torch's order: the pickle, then each storage, read when its turn comes."""
    records: list[tuple[str, Any]] = [("data.pkl", data), (".format_version", b"1"), (".storage_alignment", b"%d" % alignment)]
    if byteorder_record:
        records.append(("byteorder", sys.byteorder.encode()))
    crc = get_crc32_options()
    for name, content in records:
        archive.record(name, content, compute_crc=crc)
    for name, content, job in _ahead(storages, crc):
        archive.record(name, content, compute_crc=crc, crc=job)
    archive.record("version", b"3\n", compute_crc=crc)
    archive.record(".data/serialization_id", archive.serialization_id().encode(), compute_crc=crc)
    archive.close()


def _ahead(storages: dict[str, StorageRecord], crc: bool) -> Iterator[tuple[str, Any, Future[int] | None]]:
    """Each storage's record name and bytes, with the checksum that was begun while the ones before it were being written."""
    waiting: deque[tuple[str, Any, Future[int] | None]] = deque()
    for key, record in storages.items():
        data = Zeros(record.nbytes) if skips_data() else record.read()
        waiting.append((f"data/{key}", data, start_crc(data) if crc else None))
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _with_file(f: Any, body: Callable[[Callable[[Any], Any]], None]) -> None:
    if isinstance(f, (str, os.PathLike)):
        with atomic_file(f) as output:
            body(output.write)
    else:
        body(f.write)
        flush = getattr(f, "flush", None)
        if flush is not None:
            flush()


def root_name(f: Any) -> str:
    """The archive's root folder: the file's stem, or `archive` where there is none to use."""
    if not isinstance(f, (str, os.PathLike)):
        return "archive"
    stem = PurePath(os.fsdecode(f)).name.rpartition(".")[0] or PurePath(os.fsdecode(f)).name
    return stem if stem.isascii() and stem.isprintable() and "\\" not in stem and stem not in ("", ".", "..") else "archive"


# -- loading -------------------------------------------------------------------------------------------------------------


class _Load:
    """One call of `load`: everything that is the same for all pickles and storages of the file."""

    def __init__(
        self,
        model: TensorModel,
        source: Source,
        map_location: Any,
        encoding: str,
        pickle_module: Any,
        verify: bool | None,
        pickle_args: dict[str, Any],
    ) -> None:
        self.model = model
        self.source = source
        self.map_location = map_location
        self.restore = restorer(model, map_location)
        self.encoding = encoding
        self.pickle_module = pickle_module
        self.pickle_args = pickle_args
        self.verify = verify

    def find(self, path: str) -> Allowed | None:
        """The allow list's entry."""
        entry = find_global(self.model, path)
        if path not in _PLACED or entry is None or entry.call is None:
            return entry
        return replace(entry, call=partial(entry.call, place=self.place))

    def place(self, device: str) -> Any:
        """Where a tensor goes that has no storage to be mapped."""
        wanted = self.map_location
        if callable(wanted):
            raise RefusedError(
                f"a tensor of device {device}, which has no storage for a function; give map_location as text or dict"
            )
        if isinstance(wanted, dict):
            return wanted.get(device, wanted.get(str(device), device))
        return device if wanted is None else wanted

    def run(self, source: Source, start: int, end: int, find: Any, persistent: Callable[[tuple[Any, ...]], Any]) -> Any:
        """Run the pickle at [start, end) of `source`, after refusing all globals that are not allowed at once."""
        summary = scan_pickle(source, start)
        if summary.end != end:
            raise CheckpointError("the pickle ends before its record does; the file is damaged or forged", offset=summary.end)
        check_globals(summary.globals, find)
        data = source.content if isinstance(source, MemorySource) and source.size == end else None
        data = source.read(start, end - start) if data is None else data
        return Machine(data, find, persistent, encoding=self.encoding, origin=start).run()

    def zip(self, path: str | None) -> Any:
        """The object in a zip archive; `path` is given where its storages shall be mapped."""
        archive = ArchiveReader(self.source, verify=self.source.size <= _ALWAYS if self.verify is None else self.verify)
        if "constants.pkl" in archive:
            raise CheckpointError(
                "Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``: they are programs; save "
                "the module's state_dict instead"
            )
        version = archive.read("version", limit=32).strip()
        if not version.isdigit() or not _OLDEST <= int(version) <= _NEWEST:
            raise CheckpointError(f"expected version {_OLDEST} to {_NEWEST}, got {version!r}; a newer format?", record="version")
        storages = ArchiveStorages(
            archive,
            self.model,
            self.restore,
            mapped=_map_file(path, self.source.size) if path is not None else None,
            byteorder=_byteorder(archive),
            meta=is_meta(self.map_location),
        )
        if self.verify and storages.mapped:
            archive.verify()
        data = archive.read("data.pkl")
        try:
            if self.pickle_module is not None:
                found = self.foreign(data, storages)
            else:
                found = self.run(MemorySource(data), 0, len(data), self.find, storages)
        except CheckpointError as error:
            if error.file == "<buffer>":
                error.file = None
            raise error.at(record="data.pkl") from error.__cause__
        archive.finish()
        return found

    def foreign(self, data: bytes, storages: ArchiveStorages) -> Any:
        """Run the file's pickle with the module that the caller passed: it may execute anything."""
        load = self

        class Unpickler(self.pickle_module.Unpickler):  # type: ignore[name-defined]
            def persistent_load(self, pid: Any) -> Any:
                return storages(pid)

            def find_class(self, module: str, name: str) -> Any:
                entry = load.find(f"{module}.{name}") if module not in ("sys", "os", "posix", "nt") else None
                return super().find_class(module, name) if entry is None else entry.value

        return Unpickler(io.BytesIO(data), encoding=self.encoding, **self.pickle_args).load()


def check_globals(named: dict[str, int], find: Callable[[str], Allowed | None]) -> None:
    """Refuse a pickle that names a global outside the allow list, with torch's sentence about the first and a list of all."""
    missing: dict[str, int] = {}
    for path, offset in named.items():
        try:
            if find(path) is None:
                missing[path] = offset
        except RefusedError as refusal:
            raise CheckpointError(f"Weights only load failed. {refusal}", offset=offset) from None
    if not missing:
        return
    for path, offset in missing.items():
        if path in NOT_BUILT:
            what, advice = NOT_BUILT[path]
            raise CheckpointError(
                f"Weights only load failed. GLOBAL {path} is torch's own, and FrankenTorch does not have what it makes yet, {what}; "
                f"{advice} and load that",
                offset=offset,
            )
    first, offset = next(iter(missing.items()))
    shown = first.removeprefix("builtins.")
    others = "" if len(missing) == 1 else f" Also not allowed: {', '.join(list(missing)[1:20])}."
    raise CheckpointError(
        f"Weights only load failed. Unsupported global: GLOBAL {shown} was not an allowed global by default. Please use "
        f"`torch.serialization.add_safe_globals([{shown}])` or the `torch.serialization.safe_globals([{shown}])` context manager "
        f"to allowlist this global if you trust this class/function.{others} Otherwise: {_FOREIGN}",
        offset=offset,
    )


def _byteorder(archive: ArchiveReader) -> str:
    if "byteorder" in archive:
        order = archive.read("byteorder", limit=16)
        if order not in (b"little", b"big"):
            raise CheckpointError(f"Unknown endianness type: {order!r}", record="byteorder")
        return order.decode()
    default = get_default_load_endianness()
    return {LoadEndianness.BIG: "big", LoadEndianness.NATIVE: sys.byteorder}.get(default, "little")  # type: ignore[arg-type]


def _map_file(path: str, size: int) -> memoryview:
    import mmap  # not every platform has it, and only mmap=True needs it

    shared = get_default_mmap_options() == MAP_SHARED
    with open(path, "r+b" if shared else "rb") as file:
        return memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_WRITE if shared else mmap.ACCESS_COPY))


def _check_head(head: bytes) -> None:
    if not head:
        raise EmptyFileError("expected a file that torch.save wrote, got one without a byte or at its end; save it again")
    if head == b"\x1f\x8b":
        raise CheckpointError("the file is compressed by gzip; unpack it, or load what `gzip.open` gives")


def load_with(
    model: TensorModel,
    f: Any,
    map_location: Any = None,
    *,
    mmap: bool = False,
    encoding: str = "utf-8",
    pickle_module: Any = None,
    pickle_args: dict[str, Any] | None = None,
    verify: bool | None = None,
) -> Any:
    """`load` for any tensor model; `pickle_module` is what may execute the file, None for the machine that executes nothing.

    pickle_args: what that module's Unpickler takes beside the encoding.
    verify: check every storage's CRC, which torch never does: True, False, or None to do so for small files only.
    """
    with closing(open_source(f)) as source:
        job = _Load(model, source, map_location, encoding, pickle_module, verify, pickle_args or {})
        try:
            _check_head(source.read(0, min(2, source.size)))
            if source.read(0, min(4, source.size)) == b"PK\x03\x04":
                if not mmap:
                    return job.zip(None)
                if not isinstance(f, (str, os.PathLike)):
                    raise ValueError("f must be a file path in order to use the mmap argument")
                return job.zip(os.fsdecode(f))
            if mmap:
                raise RuntimeError(
                    "mmap can only be used with files saved with `torch.save(_use_new_zipfile_serialization=True)`, please "
                    "torch.save your checkpoint with this option in order to use mmap."
                )
            if pickle_module is not None:
                raise CheckpointError("files of the format before torch 1.6 are read without pickle only; leave pickle_module out")
            result, end = read_legacy(source, model, job.restore, job.run, job.find)
            if isinstance(source, FileSource):
                source.leave_at(end)  # one file may hold several objects of this format
            return result
        except CheckpointError as error:
            raise error.at(file=source.name, advice=DAMAGED) from error.__cause__


def named_globals(source: Source) -> dict[str, int]:
    """The globals that a checkpoint names, whether allowed or not, and where; nothing is run.

    Raises: CheckpointError where the pickle of a zip archive, or the first of a legacy file, cannot be walked to its end.
    """
    if source.read(0, min(4, source.size)) == b"PK\x03\x04":
        return scan_pickle(MemorySource(ArchiveReader(source).read("data.pkl"))).globals
    first = scan_pickle(source)
    named, at = dict(first.globals), first.end
    for _ in range(3):  # version, system and object; storages follow, which are no pickles
        try:
            summary = scan_pickle(source, at)
        except CheckpointError:
            break
        named, at = named | summary.globals, summary.end
    return named


def refused_globals(model: TensorModel, named: dict[str, int]) -> list[str]:
    """Those of the named globals that `load` would refuse as unsafe; what is only not built here is not among them."""
    return [path for path in named if not _is_allowed(model, path)]


def unsafe_globals(model: TensorModel, f: Any) -> list[str]:
    """`get_unsafe_globals_in_checkpoint` for any tensor model."""
    with closing(open_source(f)) as source:
        try:
            if source.read(0, min(4, source.size)) != b"PK\x03\x04":
                raise ValueError("Expected input to be a checkpoint returned by torch.save")
            archive = ArchiveReader(source)
            if "constants.pkl" in archive:
                raise ValueError("Expected input to be a checkpoint returned by torch.save but got a torchscript checkpoint")
            return refused_globals(model, named_globals(source))
        except CheckpointError as error:
            raise error.at(file=source.name, advice=DAMAGED) from None


def _is_allowed(model: TensorModel, path: str) -> bool:
    try:
        return path in NOT_BUILT or find_global(model, path) is not None
    except RefusedError:
        return False
