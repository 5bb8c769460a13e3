"""Mutations that know the formats: they change what a reader believes, and mend checksums, lengths and hashes around it.

`files` is the honest corpus; `mutant` makes one file from it. Damage that stops at the first check proves little, so half of the
mutations are made inside a header or a record that is then sealed again.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack
import numpy as np

from ft_serialize.archive import ArchiveWriter
from ft_serialize.ftck import payload_start

DATA = Path(__file__).parent / "data"
NUMBERS = (0, 1, 2, 127, 128, 255, 256, 65535, 1 << 31, (1 << 32) - 1, (1 << 63) - 1, (1 << 64) - 1)
OPCODES = bytes([*b"\x80.(t)]}aesuN\x88\x89JKMGhjqrR\x81bQXU\x8ac\x85\x86\x87\x8f", *b"012IFSVTpgoix\x93\x94\x95\x8c"])
SNIPPETS = (
    b"cos\nsystem\n", b"cbuiltins\neval\n", b"c__builtin__\ngetattr\n", b"ctorch\nload\n", b"cposix\nsystem\n",
    b"X\x04\x00\x00\x00true\x85R",
    b"ctorch\nDoubleStorage\n", b"ctorch._utils\n_rebuild_tensor_v2\n", b"ctorch._utils\n_rebuild_wrapper_subclass\n",
    b"cserialize_tables\nHolder\n", b"cbuiltins\nbytearray\n\x8a\x05\x00\x00\x00\x00\x10\x85R",
    b"q\x00h\x00", b"\x8a\x08" + b"\xff" * 7 + b"\x7f", b"((((", b"]" * 50, b"]a", b"}}s", b"Q", b"b",
    b"\x91" * 100, b"\xdd\xff\xff\xff\xff", b"\xc9\xff\xff\xff\xff\x01", b"\xc6\x7f\xff\xff\xff", b"[" * 500, b'{"a":' * 50, b"../../etc/passwd",
    b"'|O'", b"(1 << 60,)", b"__import__('os')", b"F64", b"bfloat16", b"\xff\xfe", b"\x00" * 64,
)  # fmt: skip
WORDS: tuple[Any, ...] = (
    -1, 0, 1, 3, 1 << 31, 1 << 40, 1 << 62, 1 << 64, -(1 << 63), 1.5, True, None, "", "F64", "U8", "BF16", "float64", "object", "../x",
    [], [0], [1 << 40] * 3, {}, {"a": 1}, [[[[]]]], "__metadata__", "a" * 300,
)  # fmt: skip


def mutate_bytes(rng: random.Random, data: bytes) -> bytes:
    """One to four local changes."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            out[at : at + 1] = bytes([rng.choice(OPCODES)])
        elif kind == 1:
            out[at:at] = rng.choice(SNIPPETS)
        elif kind == 2:
            width = rng.choice("BHIQ")
            raw = struct.pack(rng.choice("<>") + width, rng.choice(NUMBERS) & (256 ** struct.calcsize(width) - 1))
            out[at : at + len(raw)] = raw
        elif kind == 3:
            del out[at : at + rng.randint(1, 20)]
        elif kind == 4:
            source = rng.randrange(len(out) + 1)
            out[at:at] = out[source : source + rng.randint(1, 60)]
        else:
            out[at : at + 1] = bytes([rng.randrange(256)])
        if not out:
            out += b"."
    return bytes(out)


def mutate_value(rng: random.Random, value: Any) -> Any:
    """A nested value with one part replaced, removed, doubled or renamed."""
    if isinstance(value, msgpack.ExtType) and rng.random() < 0.8:
        code = value.code if rng.random() < 0.8 else rng.randrange(12)
        return msgpack.ExtType(code, mutate_bytes(rng, value.data) if rng.random() < 0.7 else _repacked(rng, value.data))
    if isinstance(value, dict) and value and rng.random() < 0.85:
        made, key = dict(value), rng.choice(list(value))
        kind = rng.randrange(5)
        if kind == 0:
            del made[key]
        elif kind == 1:
            made[rng.choice([k for k in WORDS if isinstance(k, (str, int))])] = made.pop(key)
        else:
            made[key] = mutate_value(rng, made[key])
        return made
    if isinstance(value, list) and value and rng.random() < 0.85:
        made, at = list(value), rng.randrange(len(value))
        kind = rng.randrange(5)
        if kind == 0:
            del made[at]
        elif kind == 1:
            made.insert(at, made[rng.randrange(len(made))])
        else:
            made[at] = mutate_value(rng, made[at])
        return made
    if isinstance(value, bytes) and rng.random() < 0.6:
        return mutate_bytes(rng, value)
    if isinstance(value, int) and rng.random() < 0.4:
        return value + rng.choice((-1, 1, 64, -64, 4))
    return rng.choice(WORDS)


def _packed(value: Any) -> bytes:
    try:
        return bytes(msgpack.packb(value))
    except (ValueError, OverflowError, TypeError):  # 1 << 64 has no place in msgpack
        return b"\xc1"


def _repacked(rng: random.Random, raw: bytes) -> bytes:
    try:
        return _packed(mutate_value(rng, msgpack.unpackb(raw, strict_map_key=False)))
    except Exception:  # noqa: BLE001  # damage upon damage need not be a message any more
        return raw


def mutate_pt(rng: random.Random, data: bytes) -> bytes:
    """Damage to one record inside an otherwise honest archive; to a legacy file anywhere."""
    if data[:2] != b"PK":
        return mutate_bytes(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        records = [(name.partition("/")[2], archive.read(name)) for name in archive.namelist()]
    target = 0 if rng.random() < 0.7 else rng.randrange(len(records))
    records[target] = records[target][0], mutate_bytes(rng, records[target][1])
    if rng.random() < 0.1:
        records.pop(rng.randrange(len(records)))
    out = io.BytesIO()
    writer = ArchiveWriter(out.write)
    for name, content in records:
        writer.record(name, content)
    writer.close()
    return out.getvalue()


def mutate_npy(rng: random.Random, data: bytes) -> bytes:
    """Damage to the header's text, its length mended."""
    length = int.from_bytes(data[8:10], "little")
    text = mutate_bytes(rng, data[10 : 10 + length].rstrip())[:60_000]
    return data[:8] + struct.pack("<H", len(text)) + text + data[10 + length :]


def mutate_npz(rng: random.Random, data: bytes) -> bytes:
    """Damage to one member or name, in an archive that is sound again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = rng.randrange(len(members))
    name, content = members[at]
    change = mutate_npy if content[:6] == b"\x93NUMPY" and rng.random() < 0.7 else mutate_bytes
    members[at] = rng.choice((name, name, name, "../" + name, name[:-4] + ".pkl")), change(rng, content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def mutate_safetensors(rng: random.Random, data: bytes) -> bytes:
    """Damage to the header as JSON or as text, its length mended."""
    length = int.from_bytes(data[:8], "little")
    raw = data[8 : 8 + length]
    raw = json.dumps(mutate_value(rng, json.loads(raw))).encode() if rng.random() < 0.7 else mutate_bytes(rng, raw)
    return len(raw).to_bytes(8, "little") + raw + data[8 + length :]


def mutate_msgpack(rng: random.Random, data: bytes) -> bytes:
    """Damage to the values, packed again."""
    return _repacked(rng, data)


def mutate_ftck(rng: random.Random, data: bytes) -> bytes:
    """Damage to the header's values or bytes, lengths and hash mended."""
    length = int.from_bytes(data[16:24], "little")
    raw, payload = data[64 : 64 + length], data[payload_start(length) :]
    raw = _repacked(rng, raw) if rng.random() < 0.8 else mutate_bytes(rng, raw)
    prefix = data[:16] + struct.pack("<QQ", len(raw), payload_start(len(raw)) + len(payload))
    return (prefix + hashlib.sha256(prefix + raw).digest() + raw).ljust(payload_start(len(raw)), b"\0") + payload


def mutate_gguf(rng: random.Random, data: bytes) -> bytes:
    """An integer of the header replaced where one stands: GGUF's are all 4 or 8 bytes."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(4, min(len(out), 700))
        size = rng.choice((4, 8))
        value = rng.choice((*NUMBERS, *range(41))) & (256**size - 1)
        out[at : at + size] = value.to_bytes(size, "little")
    return bytes(out)


def _beside(kind: str) -> Callable[[random.Random, bytes], bytes]:
    def mutate(rng: random.Random, data: bytes) -> bytes:
        import fuzz_beside

        if kind == "repair":
            return fuzz_beside.mutate_sidecar(rng, data, mutate_value, mutate_bytes)
        if kind == "proof":
            return fuzz_beside.mutate_proof(rng, data, mutate_value)
        return json.dumps(mutate_value(rng, json.loads(data))).encode()

    return mutate


INSIDE: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "pt": mutate_pt, "npy": mutate_npy, "npz": mutate_npz, "safetensors": mutate_safetensors, "msgpack": mutate_msgpack,
    "ftck": mutate_ftck, "gguf": mutate_gguf, "repair": _beside("repair"), "proof": _beside("proof"), "index": _beside("index"),
}  # fmt: skip


def files() -> dict[str, list[bytes]]:
    """Honest files of each format, small."""
    from fuzz_beside import folder
    from serialize_tables import Holder, table, tensor

    from ft_serialize import save, write_tensors

    def written(name: str, obj: Any, **options: Any) -> bytes:
        out = io.BytesIO()
        write_tensors(out, obj, {"k": "v", "n": 3}, format=name, **options)
        return out.getvalue()

    from ft_dispatch import surface as torch

    dense = torch.tensor([[0.0, 1.5, 0.0], [2.0, 0.0, 3.0]])
    channels = torch.tensor([0.5, 0.25]), torch.tensor([0, 1])
    odd = {
        "coo": dense.to_sparse(), "csr": dense.to_sparse_csr(), "bsc": dense.to_sparse_bsc((1, 1)),
        "q": torch.quantize_per_tensor(dense, 0.5, 0, torch.qint8), "c": torch.quantize_per_channel(dense, *channels, 0, torch.quint8),
    }  # fmt: skip
    held = io.BytesIO()
    save({"w": Holder(dense, dense.to_sparse())}, held)
    lean = {n: t for n, t in table().items() if n in ("float32", "bfloat16", "int64", "scalar", "empty")}
    nested = {"model": lean, "list": [1, (2, None)], "state": {0: tensor(np.ones(3))}}
    rows = {"w": tensor(np.ones((2, 64), np.float32)), "ids": tensor(np.arange(5))}
    packed = io.BytesIO()
    np.savez_compressed(packed, a=np.arange(50.0), b=np.asfortranarray(np.ones((3, 4), ">f4")))
    npy = io.BytesIO()
    np.save(npy, np.arange(12.0).reshape(3, 4))
    return {
        "pt": [path.read_bytes() for path in sorted(DATA.glob("*.pt")) if path.stat().st_size < 6000 and "meta" not in path.name]
        + [held.getvalue()],
        "safetensors": [written("safetensors", lean)],
        "npz": [written("npz", lean), packed.getvalue()],
        "npy": [npy.getvalue()],
        "gguf": [written("gguf", rows), written("gguf", rows, encoding="Q4_0"), written("gguf", rows, encoding="Q8_0")],
        "msgpack": [written("msgpack", lean), written("msgpack", {"model": lean, "list": [1, None]})],
        "ftck": [written("ftck", lean), written("ftck", nested), written("ftck", odd)],
        **{kind: [data] for kind, data in folder().honest.items()},
    }


def mutant(rng: random.Random, corpus: dict[str, list[bytes]]) -> tuple[str, bytes]:
    """A format and a damaged file of it."""
    name = rng.choice(sorted(corpus))
    data = rng.choice(corpus[name])
    for _ in range(rng.choice((1, 1, 2))):
        try:
            data = INSIDE[name](rng, data) if rng.random() < 0.65 else mutate_bytes(rng, data)
        except Exception:  # noqa: BLE001  # already too damaged to be taken apart by an honest library
            data = mutate_bytes(rng, data)
    return name, data
