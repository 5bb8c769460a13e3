"""Scrub: verify files against what they should be, repair them from their sidecars, and leave a proof of each repair.

A proof is a JSON file, `<file>.proof.json`, that says which symbols were wrong, which hashes they and the file had before and after, which
repair symbols were used and when. `verify_proof` checks it without trusting it: it takes the symbols out again, decodes them from the
sidecar, and compares.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from .atomic import atomic_file
from .errors import CheckpointError
from .formats import open_document
from .ftck_file import FtckDocument
from .json_scan import unique_keys
from .repair import Damage, Sidecar, file_bytes, file_digest, sidecar_path
from .source import MappedSource, open_source

__all__ = ["PROOF_SUFFIX", "Report", "scrub", "verify_proof"]

PROOF_SUFFIX = ".proof.json"
_MAX_PROOF = 64 << 20
_DIGEST_TEXT = re.compile(r"[0-9a-f]{32}\Z")
_KEYS = {
    "format", "file", "size", "sha256_after", "symbol_bytes", "symbols", "digests_before", "digests_after", "root_before", "root_after",
    "length_before", "repair_symbols", "sidecar", "repaired_at", "sha256_of_this",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What scrubbing one file found.

    status: "sound" (verified), "repaired", "unprotected" (nothing says what it should be), "damaged" (and not repaired).
    """

    path: str
    status: str
    detail: str
    proof: str = ""

    @property
    def fine(self) -> bool:
        """Whether the file is now what it should be, as far as anything can tell."""
        return self.status in ("sound", "repaired", "unprotected")


def scrub(path: str | os.PathLike[str], *, repair: bool = True) -> Report:
    """Verify one file, by its sidecar and, for FTCK, by the hashes inside; repair it where it is damaged and a sidecar allows.

    Args:
        repair: False only says what is wrong.

    Raises: FileNotFoundError; CheckpointError never for the file itself: the report says what is wrong.
    """
    name = os.path.realpath(os.fspath(path))
    if not os.path.exists(sidecar_path(name)):
        return _inner(name)
    try:
        sidecar = Sidecar(sidecar_path(name))
        data = file_bytes(name)
        damage = sidecar.examine(data)
        if damage is None:
            lost = sidecar.lost_packets()
            more = f"; {lost} repair symbols of its sidecar are damaged, protect it again" if lost else ""
            return Report(name, "sound", f"{len(sidecar.digests)} symbols of {sidecar.symbol} bytes are as they were{more}")
        if _verifies(name):
            return Report(name, "sound", "it has its own hashes; the sidecar is of another state of the file: protect it again")
        what = f"{len(damage.symbols)} of {len(sidecar.digests)} symbols are damaged, {len(data)} of {sidecar.size} bytes are there"
        if not repair:
            return Report(name, "damaged", what)
        whole = sidecar.recover(data, damage)
    except CheckpointError as error:
        return Report(name, "damaged", str(error))
    with atomic_file(name) as output:
        output.write(memoryview(whole))  # type: ignore[arg-type]
    proof = name + PROOF_SUFFIX
    with atomic_file(proof) as output:
        output.write(_sealed(_proof(name, sidecar, damage)))
    return Report(name, "repaired", what, proof)


def _verifies(name: str) -> bool:
    """Whether the file has hashes of its own that hold: then it was saved again since it was protected, and is not damaged."""
    try:
        with open_document(MappedSource(name)) as document:
            return isinstance(document, FtckDocument) and bool(document.verify())  # a CRC is no proof against chance
    except CheckpointError:
        return False


def _inner(name: str) -> Report:
    """What a file without a sidecar says about itself."""
    try:
        with open_document(MappedSource(name)) as document:
            if not (hashes := document.verify()):
                return Report(
                    name,
                    "unprotected",
                    "it can be read, but neither it nor a sidecar has hashes; `frankentorch scrub --protect` it",
                )
            return Report(
                name, "sound", f"{len(document.specs)} tensors have their {hashes}; no sidecar: damage could not be repaired"
            )
    except CheckpointError as error:
        return Report(name, "damaged", str(error))


# -- proofs --------------------------------------------------------------------------------------------------------------


def _root(digests: list[bytes]) -> str:
    """One hash over the digests of all symbols."""
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _proof(name: str, sidecar: Sidecar, damage: Damage) -> dict[str, Any]:
    before = list(sidecar.digests)
    for i, found in zip(damage.symbols, damage.found, strict=True):
        before[i] = found
    return {
        "format": "frankentorch decode proof 1",
        "file": os.path.basename(name),
        "size": sidecar.size,
        "length_before": damage.length,
        "sha256_after": sidecar.sha256.hex(),
        "symbol_bytes": sidecar.symbol,
        "symbols": damage.symbols,
        "digests_before": [digest.hex() for digest in damage.found],
        "digests_after": [sidecar.digests[i].hex() for i in damage.symbols],
        "root_before": _root(before),
        "root_after": _root(sidecar.digests),
        "repair_symbols": {str(group): used for group, used in damage.used.items()},
        "sidecar": sidecar.digest.hex(),
        "repaired_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def _sealed(proof: dict[str, Any]) -> bytes:
    seal = hashlib.sha256(json.dumps(proof, sort_keys=True).encode()).hexdigest()
    return json.dumps({**proof, "sha256_of_this": seal}, indent=1).encode()


def verify_proof(path: str | os.PathLike[str]) -> str:
    """Check the proof of a repair against the file and its sidecar; a sentence about what was proved.

    The symbols that were damaged are taken out of the file as it is now and decoded again from the rest and the sidecar.

    Raises: CheckpointError that names what does not agree, or that the file or its sidecar is not there; FileNotFoundError for the proof.
    """
    name = os.fspath(path)
    proof = _read_proof(name)

    def check(fine: bool, what: str) -> None:
        if not fine:
            raise CheckpointError(
                f"the proof does not hold: {what}; scrub the file again, and do not rely on this proof", file=name
            )

    target = os.path.join(os.path.dirname(name), proof["file"])
    check(os.path.basename(target) == proof["file"], "it names a file elsewhere")
    try:
        sidecar, found = Sidecar(sidecar_path(target)), file_digest(target).hex()
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"it is about {proof['file']!r:.80}, which cannot be read: {error}; keep them together", file=name
        ) from None
    check(sidecar.digest.hex() == proof["sidecar"], "the sidecar is another one than the repair used")
    check(found == proof["sha256_after"] == sidecar.sha256.hex(), "the file is not what the repair left")
    symbols, count = proof["symbols"], len(sidecar.digests)
    in_order = all(type(i) is int and 0 <= i < count for i in symbols) and sorted(set(symbols)) == symbols
    check(
        in_order and len(symbols) == len(proof["digests_before"]) == len(proof["digests_after"]),
        "its symbols are not listed in order",
    )
    check([sidecar.digests[i].hex() for i in symbols] == proof["digests_after"], "a symbol is said to have become what it is not")
    before = list(sidecar.digests)
    for i, digest in zip(symbols, proof["digests_before"], strict=True):
        check(digest != before[i].hex(), f"symbol {i} was not damaged")
        before[i] = bytes.fromhex(digest)
    check(_root(before) == proof["root_before"], "the hashes before do not give the root before")
    check(_root(sidecar.digests) == proof["root_after"], "the hashes after do not give the root after")
    data = file_bytes(target)
    holes = data.copy()
    for i in symbols:
        holes[i * sidecar.symbol : (i + 1) * sidecar.symbol] = 0
    again = sidecar.recover(holes, Damage(symbols, [], len(data)))
    check(bool(np.array_equal(again, data)), "decoding again gives other bytes")
    return f"{proof['file']}: {len(symbols)} of {count} symbols, repaired {proof['repaired_at']}, decode again to the same bytes"


def _read_proof(name: str) -> dict[str, Any]:
    with closing(open_source(name)) as source:
        raw = source.read(0, source.size) if source.size <= _MAX_PROOF else b""
    try:
        proof = json.loads(raw.decode(), object_pairs_hook=unique_keys)  # bytes could choose another codec
    except CheckpointError as error:
        raise error.at(file=name) from None
    except (ValueError, RecursionError):
        proof = None
    if type(proof) is not dict or set(proof) != _KEYS or proof["format"] != "frankentorch decode proof 1":
        raise CheckpointError(
            "expected the JSON of a decode proof with its fifteen fields; take the file that scrub wrote", file=name
        )
    seal = proof.pop("sha256_of_this")
    if hashlib.sha256(json.dumps(proof, sort_keys=True).encode()).hexdigest() != seal:
        raise CheckpointError(
            "the proof was changed after it was written: it does not have its own SHA-256; do not rely on it", file=name
        )
    lists = [proof[key] for key in ("symbols", "digests_before", "digests_after")]
    if (
        any(type(found) is not list for found in lists)
        or any(type(item) is not int for item in lists[0])
        or any(type(item) is not str or not _DIGEST_TEXT.match(item) for found in lists[1:] for item in found)
        or type(proof["file"]) is not str
    ):
        raise CheckpointError("expected symbols as numbers and their digests in hexadecimal; the proof is forged", file=name)
    return proof
