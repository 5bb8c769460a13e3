"""The readers of files that stand beside others, for the fuzzer: sidecars, proofs of repairs, indices of shards.

Each has a folder with what it stands beside, all of it honest: a damaged file of 20,000 bytes with its sidecar, the same file repaired
with its proof, and two shards with their index. A mutant takes the place of the sidecar, the proof or the index.
"""

from __future__ import annotations

import hashlib
import json
import random
import struct
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
from serialize_tables import tensor

from ft_serialize import open_tensors, protect, save_sharded, scrub, verify_proof
from ft_serialize.repair import Sidecar, file_bytes
from ft_serialize.treehash import tree_digest

MAGIC = b"\x89FTRQ\r\n\x1a"
KINDS = ("repair", "proof", "index")


class Folder:
    """The files that stay, and what is read of them."""

    def __init__(self) -> None:
        self._held = tempfile.TemporaryDirectory(prefix="fuzz-beside-")
        self.path = Path(self._held.name)
        sound = np.random.default_rng(3).integers(0, 256, 20_000, np.uint8)
        for name in ("damaged", "repaired"):
            sound.tofile(self.path / name)
            protect(self.path / name)
        broken = sound.copy()
        broken[1000:1500] = 0
        broken.tofile(self.path / "damaged")
        broken.tofile(self.path / "repaired")
        proof = scrub(self.path / "repaired").proof
        table = {"a": tensor(np.ones((2, 3), np.float32)), "b": tensor(np.arange(5)), "c": tensor(np.float32(1))}
        save_sharded(table, self.path / "m.safetensors.index.json", max_shard_bytes=40)
        self.places = {
            "repair": self.path / "damaged.repair",
            "proof": Path(proof),
            "index": self.path / "m.safetensors.index.json",
        }
        self.honest = {kind: place.read_bytes() for kind, place in self.places.items()}

    def put(self, kind: str, data: bytes) -> None:
        """Put a mutant in its place; the three kinds do not touch each other."""
        self.places[kind].write_bytes(data)

    def read(self, kind: str) -> None:
        """What a user would have read; AssertionError for a repair that gives other bytes than its sidecar promises."""
        if kind == "proof":
            verify_proof(self.places["proof"])
        elif kind == "index":
            with open_tensors(self.places["index"]) as file:
                file.tree()
        else:
            sidecar = Sidecar(str(self.places["repair"]))
            data = file_bytes(self.path / "damaged")
            damage = sidecar.examine(data)
            sidecar.lost_packets()
            if damage is not None and tree_digest(memoryview(sidecar.recover(data, damage))) != sidecar.sha256:
                raise AssertionError("a repair gave wrong bytes")


@cache
def folder() -> Folder:
    """One for the process."""
    return Folder()


def mutate_sidecar(rng: random.Random, data: bytes, mutate_value: Any, mutate_bytes: Any) -> bytes:
    """Damage to the header's values, sealed again, in both copies or in one; or to a packet, with its digest mended."""
    (length,) = struct.unpack_from("<Q", data, 8)
    block, packets = data[16 : 16 + length], bytearray(data[16 + length : -16 - length])
    header = msgpack.unpackb(block[32:])
    if rng.random() < 0.4:
        width = header["symbol"] + 20
        at = rng.randrange(len(packets) // width) * width
        body = bytearray(packets[at : at + width - 16])
        body[rng.randrange(4) if rng.random() < 0.5 else rng.randrange(len(body))] ^= 1 << rng.randrange(8)
        packets[at : at + width] = body + hashlib.sha256(body).digest()[:16]
        other = block
    else:
        raw = msgpack.packb(mutate_value(rng, header)) if rng.random() < 0.8 else mutate_bytes(rng, block[32:])
        other = hashlib.sha256(raw).digest() + raw
    first, last = rng.choice(((other, other), (other, block), (block, other)))
    return MAGIC + struct.pack("<Q", len(first)) + first + packets + last + struct.pack("<Q", len(last)) + MAGIC


def mutate_proof(rng: random.Random, data: bytes, mutate_value: Any) -> bytes:
    """Damage to the values, sealed again."""
    content = json.loads(data)
    del content["sha256_of_this"]
    made = mutate_value(rng, content)
    if type(made) is dict:
        made["sha256_of_this"] = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    return json.dumps(made).encode()
