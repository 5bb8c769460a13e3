"""Fixtures on disk: one compressed file of cases, each a call with its arguments and torch's answer.

The file is an npz of two byte arrays: `index`, JSON, and `data`, the memory of all tensors, equal blocks once. It is read without
pickle, refuses other versions, and is written by `python -m ft_conformance.record`.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ml_dtypes  # noqa: F401  # lets numpy.dtype read "bfloat16"
import numpy as np

VERSION = 1

PATH = Path(__file__).with_name("data") / "fixtures.npz"


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """A tensor as recorded: `raw` holds its memory from the first to the last element."""

    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    raw: bytes
    requires_grad: bool = False

    def values(self) -> np.ndarray:
        """The elements in order, as a new array."""
        kind = np.dtype(self.dtype)
        flat = np.frombuffer(self.raw, kind)
        if 0 in self.shape:
            return np.empty(self.shape, kind)
        steps = tuple(s * kind.itemsize for s in self.strides)
        return np.array(np.lib.stride_tricks.as_strided(flat, self.shape, steps))


@dataclass(slots=True)
class Word:
    """A name that each library has its own object for: kind is dtype, layout, memory_format or device."""

    kind: str
    name: str


@dataclass(slots=True)
class Case:
    """One recorded call."""

    op: str
    call: str
    dtype: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    result: Any
    truth: Any = None
    grads: Any = None
    grad_truth: Any = None


@dataclass(slots=True)
class Writer:
    """Collects cases; equal blocks of memory are stored once."""

    torch_version: str
    cases: list[dict[str, Any]] = field(default_factory=list)
    blocks: list[bytes] = field(default_factory=list)
    _places: dict[bytes, int] = field(default_factory=dict)
    _size: int = 0

    def add(self, case: Case) -> None:
        """Encode one case. TypeError for arguments the format does not know."""
        row: dict[str, Any] = {"op": case.op, "call": case.call, "dtype": case.dtype}
        for name in ("args", "kwargs", "result", "truth", "grads", "grad_truth"):
            value = getattr(case, name)
            if value is not None and value != {}:
                row[name] = self._encode(value)
        self.cases.append(row)

    def _encode(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else {"float": repr(value)}
        if isinstance(value, complex):
            return {"complex": [repr(value.real), repr(value.imag)]}
        if isinstance(value, StoredTensor):
            return {
                "tensor": [
                    value.dtype,
                    value.shape,
                    value.strides,
                    self._place(value.raw),
                    len(value.raw),
                    int(value.requires_grad),
                ]
            }
        if isinstance(value, Word):
            return {"word": [value.kind, value.name]}
        if isinstance(value, list):
            return [self._encode(item) for item in value]
        if isinstance(value, tuple):
            return {"tuple": [self._encode(item) for item in value]}
        if isinstance(value, dict):
            return {"dict": [[key, self._encode(item)] for key, item in value.items()]}
        if isinstance(value, slice):
            return {"slice": [self._encode(v) for v in (value.start, value.stop, value.step)]}
        if value is Ellipsis:
            return {"ellipsis": 1}
        raise TypeError(f"fixtures hold no {type(value).__name__}")

    def _place(self, raw: bytes) -> int:
        digest = hashlib.sha256(raw).digest()
        if digest not in self._places:
            self._places[digest] = self._size
            self.blocks.append(raw)
            self._size += len(raw)
        return self._places[digest]

    def write(self, path: Path) -> int:
        """Write the file and return its size in bytes."""
        index = json.dumps({"version": VERSION, "torch": self.torch_version, "cases": self.cases}, separators=(",", ":")).encode()
        path.parent.mkdir(exist_ok=True)
        np.savez_compressed(path, index=np.frombuffer(index, np.uint8), data=np.frombuffer(b"".join(self.blocks), np.uint8))
        return path.stat().st_size


class Fixtures:
    """A file of cases, decoded case by case. ValueError for another version."""

    def __init__(self, path: Path = PATH) -> None:
        with np.load(path, allow_pickle=False) as held:
            index = json.loads(held["index"].tobytes())
            self._data = held["data"].tobytes()
        if index.get("version") != VERSION:
            raise ValueError(
                f"{path.name}: version {VERSION} expected, got {index.get('version')}; run python -m ft_conformance.record"
            )
        self.torch_version: str = index["torch"]
        self._rows: dict[str, list[dict[str, Any]]] = {}
        for row in index["cases"]:
            self._rows.setdefault(row["op"], []).append(row)

    def ops(self) -> list[str]:
        """Names of the recorded ops."""
        return list(self._rows)

    def calls(self, op: str) -> set[str]:
        """The dotted functions an op's cases call."""
        return {row["call"] for row in self._rows[op]}

    def cases(self, op: str) -> list[Case]:
        """The cases of one op."""
        return [self._case(row) for row in self._rows[op]]

    def _case(self, row: dict[str, Any]) -> Case:
        parts = {name: self._decode(row[name]) for name in ("result", "truth", "grads", "grad_truth", "args") if name in row}
        return Case(row["op"], row["call"], row["dtype"], parts.pop("args", ()), self._decode(row.get("kwargs", {"dict": []})),
                    parts.pop("result", None), **parts)  # fmt: skip

    def _decode(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._decode(item) for item in value]
        if not isinstance(value, dict):
            return value
        ((tag, body),) = value.items()
        if tag == "tensor":
            dtype, shape, strides, start, size, grad = body
            return StoredTensor(dtype, tuple(shape), tuple(strides), self._data[start : start + size], bool(grad))
        if tag == "tuple":
            return tuple(self._decode(item) for item in body)
        if tag == "dict":
            return {key: self._decode(item) for key, item in body}
        if tag == "word":
            return Word(*body)
        if tag == "float":
            return float(body)
        if tag == "complex":
            return complex(float(body[0]), float(body[1]))
        if tag == "slice":
            return slice(*(self._decode(v) for v in body))
        if tag == "ellipsis":
            return Ellipsis
        raise ValueError(f"fixtures: unknown tag {tag!r}")
