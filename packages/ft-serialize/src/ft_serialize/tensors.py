"""Tensors in and out of every format: the door for users of files, over `formats.py` for documents and `rebuild.py` for tensors.

`read_tensors` and `write_tensors` move whole tables. `open_tensors` keeps the file open, mapped, and gives single tensors and slices
of them; nothing is read before it is asked for.
"""

from __future__ import annotations

import dataclasses
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from . import rebuild
from .atomic import Output, atomic_file
from .errors import DAMAGED, CheckpointError
from .formats import CHUNK, Document, Format, TensorSpec, format_named, format_of, open_document
from .irregular import is_irregular
from .locations import restorer
from .parts import put_together, take_apart
from .source import MappedSource, Source, open_source
from .structure import Irregular, Leaf, flatten, map_leaves

__all__ = ["TensorDocument", "TensorFile", "TensorSlice", "open_tensors", "read_tensors", "write_tensors"]


class TensorDocument(Document):
    """Tensors in memory as a document, from a table or from any nested object."""

    def __init__(self, obj: Any, metadata: Mapping[str, Any] | None = None) -> None:
        tree, self._tensors = flatten(obj, rebuild.is_tensor, _leaf)
        specs = {name: _spec(name, tensor) for name, tensor in self._tensors.items()}
        plain = type(tree) is dict and all(type(v) is Leaf and v == Leaf(k) for k, v in tree.items())
        super().__init__(specs, metadata, None if plain else tree)
        first: dict[Any, str] = {}
        for name, tensor in self._tensors.items():
            same = first.setdefault(rebuild.identity(tensor), name)
            if same != name:
                self.shared.setdefault(same, []).append(name)

    def chunks(self, name: str) -> Iterator[Any]:
        data = rebuild.content(self._tensors[name])
        for at in range(0, len(data), CHUNK):
            yield data[at : at + CHUNK]

    def view(self, name: str) -> memoryview | None:
        return rebuild.content(self._tensors[name])

    def lies_ready(self, name: str) -> bool:
        return rebuild.lies_ready(self._tensors[name])


def _leaf(tensor: Any, name: str) -> tuple[Leaf | Irregular, dict[str, Any]]:
    if is_irregular(tensor):
        return take_apart(tensor, name)
    return Leaf(name, isinstance(tensor, rebuild.Parameter), bool(tensor.requires_grad)), {name: tensor}


def _spec(name: str, tensor: Any) -> TensorSpec:
    if tensor.device.type == "meta":
        raise CheckpointError(
            "a tensor on the meta device has no bytes to write; give it memory with to_empty or drop it", record=name
        )
    if rebuild.is_wrapper(tensor):
        raise CheckpointError(
            f"a {type(tensor).__name__}, whose class holds other tensors, has no bytes to write; save those, or all of it as .pt",
            record=name,
        )
    shape = tuple(int(n) for n in tensor.shape)
    return TensorSpec(name, tensor.dtype.name, shape, math.prod(shape) * tensor.dtype.itemsize)


class TensorFile:
    """An open file of tensors: a mapping from names to tensors that reads when it is asked.

    With `mmap` (the default) tensors of formats that hold plain bytes are views of the file: nothing is copied, and writing to such a
    tensor changes this process only. Compressed, quantized and unaligned ones are decoded into memory of their own.
    A sparse or quantized tensor of ours is here by its parts (`w.indices`, `w.values`); `tree` puts it together.
    """

    def __init__(self, document: Document, map_location: Any = None) -> None:
        self.document = document
        self._restore = restorer(rebuild, map_location)
        self._home: dict[str, Any] = {}  # storages that several names share

    def keys(self) -> list[str]:
        """Names of the tensors, in the file's order."""
        return list(self.document.specs)

    def metadata(self) -> dict[str, Any]:
        """What the file says beside tensors."""
        return self.document.metadata

    def __iter__(self) -> Iterator[str]:
        return iter(self.document.specs)

    def __len__(self) -> int:
        return len(self.document.specs)

    def __contains__(self, name: object) -> bool:
        return name in self.document.specs

    def __getitem__(self, name: str) -> Any:
        return self.get_tensor(name)

    def _spec(self, name: str) -> TensorSpec:
        spec = self.document.specs.get(name)
        if spec is None:
            near = [key for key in self.document.specs if name in key][:3]
            raise KeyError(f"{self.document.name} has no tensor {name!r}{'; there are ' + ', '.join(near) if near else ''}")
        return spec

    def get_tensor(self, name: str) -> Any:
        """The tensor; KeyError where there is none of that name, CheckpointError for damage."""
        spec = self._spec(name)
        try:
            return rebuild.from_storage(self._restore(self._storage(spec), "cpu"), spec.dtype, spec.shape)
        except (CheckpointError, rebuild.RefusedError) as error:
            known = error if isinstance(error, CheckpointError) else CheckpointError(str(error))
            raise known.at(file=self.document.name, record=name, advice=DAMAGED) from None

    def _storage(self, spec: TensorSpec) -> Any:
        first = self.document.canonical(spec.name)
        if first not in self.document.shared:
            return self._fresh(spec)
        if first not in self._home:
            self._home[first] = self._fresh(spec)
        return self._home[first]

    def _fresh(self, spec: TensorSpec) -> Any:
        view = self.document.view(spec.name)
        if view is not None and not view.readonly and rebuild.is_aligned(view, spec.dtype):
            return rebuild.storage_from_bytes(view)
        self.document.admit(spec.name)
        buffer, writable = rebuild.allocate(spec.nbytes)
        self.document.readinto(spec.name, writable)
        return rebuild.storage_from_bytes(buffer)

    def get_slice(self, name: str) -> TensorSlice:
        """The tensor to be indexed before it is read: `file.get_slice("weight")[10:20]`."""
        return TensorSlice(self, self._spec(name))

    def tree(self) -> Any:
        """The object that was saved, tensors in their places; a dict of tensors where the format has no structure."""
        tree = self.document.tree
        made: dict[Any, Any] = {}  # leaves of one memory and kind are one tensor
        return map_leaves(
            {name: Leaf(name) for name in self.document.specs} if tree is None else tree, lambda leaf: self._grown(leaf, made)
        )

    def _grown(self, leaf: Leaf | Irregular, made: dict[Any, Any]) -> Any:
        if isinstance(leaf, Irregular):
            return self._joined(leaf, made)
        spec = self.document.specs[leaf.name]
        key = self.document.canonical(leaf.name), spec.dtype, spec.shape, leaf.parameter, leaf.requires_grad
        if key not in made:
            tensor = self.get_tensor(leaf.name)
            if leaf.parameter:
                tensor = rebuild.rebuild_parameter(tensor, leaf.requires_grad)
            made[key] = tensor if leaf.parameter else tensor.requires_grad_(leaf.requires_grad)
        return made[key]

    def _joined(self, node: Irregular, made: dict[Any, Any]) -> Any:
        key = dataclasses.replace(node, parts=tuple(map(self.document.canonical, node.parts)))
        if key not in made:
            try:
                made[key] = put_together(node, [self.get_tensor(name) for name in node.parts])
            except rebuild.RefusedError as error:
                raise CheckpointError(str(error), file=self.document.name, record=node.parts[0]) from None
        return made[key]

    def close(self) -> None:
        """Release the file; tensors that are views of it stay usable."""
        self.document.close()

    def __enter__(self) -> TensorFile:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class TensorSlice:
    """A tensor that has not been read: its shape and dtype, and `[...]` for a part of it."""

    def __init__(self, file: TensorFile, spec: TensorSpec) -> None:
        self._file = file
        self._spec = spec

    def get_shape(self) -> list[int]:
        """Sizes of the whole tensor."""
        return list(self._spec.shape)

    def get_dtype(self) -> str:
        """Torch's name of the dtype."""
        return self._spec.dtype

    def __getitem__(self, index: Any) -> Any:
        """A tensor of its own with the selected part; of a mapped file only the pages that hold it are read."""
        return self._file.get_tensor(self._spec.name)[index].clone()


def _check_machine() -> None:
    if sys.byteorder != "little":
        raise CheckpointError("this machine is big-endian and these formats are little-endian; only .pt files are converted")


def open_tensors(
    f: str | os.PathLike[str] | Any, *, format: str | None = None, map_location: Any = None, mmap: bool = True
) -> TensorFile:
    """Open a file of any known format; a context manager.

    Args:
        f: a path, a bytes-like object or a seekable file object.
        format: its name where neither the first bytes nor the file's name tell it.
        mmap: view the file instead of reading it (paths only).

    Raises: CheckpointError for a file that is not sound; FileNotFoundError and the like.
    """
    _check_machine()
    source: Source
    if mmap and isinstance(f, (str, os.PathLike)):
        source = MappedSource(os.fsdecode(f))
    else:
        source = open_source(f)
    return TensorFile(open_document(source, format), map_location)


def read_tensors(
    f: str | os.PathLike[str] | Any,
    names: Iterable[str] | None = None,
    *,
    format: str | None = None,
    map_location: Any = None,
    mmap: bool = False,
) -> dict[str, Any]:
    """The tensors of a file by name; only those of `names` where given.

    Raises: KeyError for a name that is not there; otherwise as `open_tensors`.
    """
    with closing(open_tensors(f, format=format, map_location=map_location, mmap=mmap)) as file:
        return {name: file.get_tensor(name) for name in (file.keys() if names is None else names)}


def write_tensors(
    f: Any,
    tensors: Any,
    metadata: Mapping[str, Any] | None = None,
    *,
    format: str | None = None,
    **options: Any,
) -> None:
    """Write tensors to a file that appears whole or not at all.

    Args:
        f: a path; or a file object with `write`, which gets the bytes at the end.
        tensors: a dict from names to tensors; any nested object for the formats that keep structures (`ftck`, `pt`, `msgpack`).
        metadata: text, numbers and lists of them.
        format: the name of the format; by default the ending of the path decides.
        options: what the format takes, such as `encoding="Q8_0"` for gguf.

    Raises: CheckpointError for what the format cannot hold.
    """
    _check_machine()
    path = os.fsdecode(f) if isinstance(f, (str, os.PathLike)) else None
    found = _chosen(path, format)
    document = TensorDocument(tensors, metadata)
    try:
        if path is not None:
            with atomic_file(path) as output:
                found.write(document, output, **options)
        else:
            gathered = _Memory()
            found.write(document, gathered, **options)
            f.write(gathered.value())
    except CheckpointError as error:
        raise error.at(file=path) from error.__cause__


def _chosen(path: str | None, format: str | None) -> Format:
    if format is not None:
        return format_named(format)
    found = format_of(path) if path is not None else None
    if found is None:
        raise CheckpointError(
            "the file's name tells no format; end it in .safetensors, .ftck, .npz, .gguf or .pt, or give format=", file=path
        )
    return found


class _Memory(Output):
    """An `Output` that stays in memory."""

    def __init__(self) -> None:
        super().__init__(-1)

    def flush(self) -> None:
        """Nothing to hand on."""

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._pending += view
        return len(view)

    def rewrite(self, offset: int, data: bytes) -> None:
        self._pending[offset : offset + len(data)] = data

    def value(self) -> bytes:
        """Everything written."""
        return bytes(self._pending)
