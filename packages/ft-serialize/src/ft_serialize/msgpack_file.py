"""msgpack tensors as Flax writes them (`flax_model.msgpack`): nested maps whose arrays are extensions of code 1.

Such an extension holds `[shape, dtype name, bytes]`. Reading walks the maps and leaves arrays where they are; writing streams.
Flax splits arrays over 1 GiB into a map of chunks, which is read and written here, too. Codes 2 and 3 are a complex number and a
NumPy scalar. Source: flax.serialization (msgpack_serialize).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Any

from ft_core.dtype import BY_NAME

from .atomic import Output
from .errors import CheckpointError
from .formats import CHUNK, Document, TensorSpec, cut, spec_of
from .packed import Extension, Span, unpack
from .source import MappedSource, Source
from .structure import Irregular, Leaf, map_leaves

__all__ = ["MsgpackTensors"]

_ARRAY, _COMPLEX, _SCALAR = 1, 2, 3
_CHUNKED = "__msgpack_chunked_array__"
_CHUNK_LIMIT = 1 << 30  # bytes of an array beyond which Flax splits it
_METADATA = "__metadata__"


class MsgpackDocument(Document):
    """An open file: the structure, and for each array the places of its bytes."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._source = source
        self._places: dict[str, list[tuple[int, int]]] = {}
        specs: dict[str, TensorSpec] = {}
        self._specs = specs
        tree = self._walk(unpack(source, 0, source.size), ())
        metadata = tree.pop(_METADATA, {}) if isinstance(tree, dict) else {}
        if not isinstance(metadata, dict):
            raise CheckpointError("expected a map of metadata", record=_METADATA)
        flat = isinstance(tree, dict) and all(isinstance(v, Leaf) and v.name == k for k, v in tree.items())
        super().__init__(specs, metadata, None if flat else tree)

    def _walk(self, value: Any, path: tuple[str, ...]) -> Any:
        name = ".".join(path) or "tensor"
        if isinstance(value, Extension):
            return self._extension(value, name)
        if isinstance(value, Span):
            raise CheckpointError(
                "expected tensors as extensions, got plain binary; this is no file of Flax's", record=name, offset=value.offset
            )
        if isinstance(value, list):
            return [self._walk(item, (*path, str(i))) for i, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if _CHUNKED in value:
            return self._joined(value, name)
        return {key: self._walk(item, (*path, str(key))) for key, item in value.items()}

    def _extension(self, ext: Extension, name: str) -> Any:
        if ext.code == _COMPLEX and ext.size <= 32:
            parts = unpack(self._source, ext.offset, ext.offset + ext.size)
            if isinstance(parts, list) and len(parts) == 2 and all(type(p) in (int, float) for p in parts):
                return complex(*parts)
        if ext.code not in (_ARRAY, _SCALAR):
            raise CheckpointError(
                f"expected extensions of code 1 to 3, got {ext.code}; this is no file of Flax's", record=name, offset=ext.offset
            )
        spec, place = self._array(ext, name)
        return self._add(name, spec, [place])

    def _array(self, ext: Extension, name: str) -> tuple[TensorSpec, tuple[int, int]]:
        fields = unpack(self._source, ext.offset, ext.offset + ext.size)
        if not (isinstance(fields, list) and len(fields) == 3 and isinstance(fields[0], list) and isinstance(fields[1], str)):
            raise CheckpointError(
                "expected shape, dtype and bytes of an array; the file is damaged", record=name, offset=ext.offset
            )
        data = fields[2]
        if isinstance(data, Span):
            start, size = data.offset, data.size
        elif isinstance(data, bytes):
            start, size = ext.offset + ext.size - len(data), len(data)  # it is the last thing in the extension
        else:
            raise CheckpointError("expected the bytes of an array; the file is damaged", record=name, offset=ext.offset)
        spec = spec_of(name, fields[1], tuple(fields[0]))
        if spec.nbytes != size:
            raise CheckpointError(
                f"expected {spec.nbytes} bytes for {fields[1]} {fields[0]}, got {size}", record=name, offset=ext.offset
            )
        return spec, (start, size)

    def _joined(self, value: dict[Any, Any], name: str) -> Leaf:
        """An array that was written in pieces: {marker: true, "shape": {"0": n…}, "chunks": {"0": array…}}."""
        sizes, parts = value.get("shape"), value.get("chunks")
        if not isinstance(sizes, dict) or not isinstance(parts, dict) or not parts:
            raise CheckpointError("expected shape and chunks of an array in pieces; the file is damaged", record=name)
        shape = tuple(sizes.get(str(i)) for i in range(len(sizes)))
        places, dtype = [], None
        for i in range(len(parts)):
            part = parts.get(str(i))
            if not isinstance(part, Extension) or part.code != _ARRAY:
                raise CheckpointError(f"expected an array as chunk {i}; the file is damaged", record=name)
            spec, place = self._array(part, name)
            if dtype not in (None, spec.dtype):
                raise CheckpointError("the pieces of one array have several dtypes; the file is forged", record=name)
            dtype = spec.dtype
            places.append(place)
        whole = spec_of(name, str(dtype), shape)
        if sum(size for _, size in places) != whole.nbytes:
            raise CheckpointError(f"expected {whole.nbytes} bytes in all chunks; the file is damaged", record=name)
        return self._add(name, whole, places)

    def _add(self, name: str, spec: TensorSpec, places: list[tuple[int, int]]) -> Leaf:
        if name in self._specs:
            raise CheckpointError("two tensors would have this name; rename a key", record=name)
        self._specs[name], self._places[name] = spec, places
        return Leaf(name)

    def chunks(self, name: str) -> Iterator[Any]:
        for start, size in self._places[name]:
            for at in range(0, size, CHUNK):
                yield self._source.piece(start + at, min(CHUNK, size - at))

    def view(self, name: str) -> memoryview | None:
        if not isinstance(self._source, MappedSource) or len(self._places[name]) != 1:
            return None
        return self._source.piece(*self._places[name][0])

    def close(self) -> None:
        self._source.close()


class MsgpackTensors:
    """The format `msgpack`."""

    name = "msgpack"
    suffixes = (".msgpack",)

    def recognises(self, head: bytes) -> bool:
        """Never: a map is one byte; the file's name tells."""
        return False

    def open(self, source: Source) -> Document:
        """The structure and its arrays."""
        return MsgpackDocument(source)

    def write(self, document: Document, output: Output, **options: Any) -> None:
        """Write the document's structure, or a map of its tensors; metadata under the key `__metadata__`."""
        if options:
            raise TypeError(f"msgpack: unknown options {', '.join(options)}")
        tree = (
            {name: Leaf(name) for name in document.specs} if document.tree is None else map_leaves(document.tree, lambda leaf: leaf)
        )
        if document.metadata:
            if not isinstance(tree, dict):
                raise CheckpointError("metadata can be written beside a map only; wrap the object in a dict")
            tree = {_METADATA: document.metadata, **tree}
        _Writer(document, output).put(tree, ())


class _Writer:
    def __init__(self, document: Document, output: Output) -> None:
        import msgpack

        self._document = document
        self._write = output.write
        self._packer = msgpack.Packer()

    def put(self, value: Any, path: tuple[str, ...]) -> None:
        """Write one object; CheckpointError for a kind that Flax does not read."""
        if isinstance(value, Irregular):
            raise value.refuse("msgpack", ".".join(path))
        if isinstance(value, Leaf):
            self._tensor(self._document.specs[value.name])
        elif isinstance(value, dict):
            self._write(self._packer.pack_map_header(len(value)))
            for key, item in value.items():
                if type(key) not in (str, int):
                    raise CheckpointError(f"expected keys that are text or integers, got {key!r:.40}", record=".".join(path))
                self._write(self._packer.pack(key))
                self.put(item, (*path, str(key)))
        elif isinstance(value, (list, tuple)):
            self._write(self._packer.pack_array_header(len(value)))
            for i, item in enumerate(value):
                self.put(item, (*path, str(i)))
        elif type(value) is complex:
            self._write(self._packer.pack_ext_type(_COMPLEX, self._packer.pack([value.real, value.imag])))
        elif value is None or type(value) in (bool, float, str) or (type(value) is int and -(1 << 63) <= value < 1 << 64):
            self._write(self._packer.pack(value))
        else:
            raise CheckpointError(f"msgpack has no {type(value).__name__}; write ftck or pt", record=".".join(path))

    def _tensor(self, spec: TensorSpec) -> None:
        if spec.nbytes <= _CHUNK_LIMIT:
            self._array(spec, list(spec.shape), spec.nbytes, self._document.chunks(spec.name))
            return
        count = -(-spec.nbytes // _CHUNK_LIMIT)
        pack = self._packer.pack
        self._write(self._packer.pack_map_header(3) + pack(_CHUNKED) + pack(True) + pack("shape"))
        self._write(pack({str(i): n for i, n in enumerate(spec.shape)}) + pack("chunks") + self._packer.pack_map_header(count))
        itemsize = BY_NAME[spec.dtype].itemsize
        sizes = [min(_CHUNK_LIMIT, spec.nbytes - i * _CHUNK_LIMIT) for i in range(count)]
        for i, run in enumerate(cut(self._document.chunks(spec.name), sizes)):
            self._write(pack(str(i)))
            self._array(spec, [sizes[i] // itemsize], sizes[i], run)

    def _array(self, spec: TensorSpec, shape: list[int], nbytes: int, pieces: Iterator[Any]) -> None:
        head = self._packer.pack_array_header(3) + self._packer.pack(shape) + self._packer.pack(spec.dtype)
        head += b"\xc6" + struct.pack(">I", nbytes)
        self._write(b"\xc9" + struct.pack(">Ib", len(head) + nbytes, _ARRAY) + head)
        written = 0
        for piece in pieces:
            written += self._write(piece)
        if written != nbytes or nbytes != math.prod(shape) * BY_NAME[spec.dtype].itemsize:
            raise CheckpointError(f"expected {nbytes} bytes, the document gave {written}", record=spec.name)
