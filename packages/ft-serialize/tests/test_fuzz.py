"""2,000 mutations of real files with a fixed seed: each loads or is refused, runs nothing, and allocates within bounds.

Mutations know the structure: they hit opcodes, names, numbers, the directory and headers, splice records of other files in,
and repair checksums and sizes half of the time, so that damage reaches the layers behind the checksum.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from serialize_standin import MODEL

from ft_serialize.archive import ArchiveWriter
from ft_serialize.errors import CheckpointError
from ft_serialize.torch_file import load_with

DATA = Path(__file__).parent / "data"
ROUNDS = 2000
NUMBERS = (0, 1, 2, 127, 128, 255, 256, 65535, 1 << 31, (1 << 32) - 1)
OPCODES = bytes([*b"\x80.(t)]}aesuN\x88\x89JKMGhjqrR\x81bQXU\x8ac\x85\x86\x87\x8f", *b"012IFSVTpgoix\x93\x94\x95\x8c"])
SNIPPETS = (
    b"cos\nsystem\n", b"cbuiltins\neval\n", b"c__builtin__\ngetattr\n", b"ctorch\nload\n", b"cposix\nsystem\n",
    b"X\x04\x00\x00\x00true\x85R",
    b"ctorch\nDoubleStorage\n", b"ctorch._utils\n_rebuild_tensor_v2\n", b"cbuiltins\nbytearray\n\x8a\x05\x00\x00\x00\x00\x10\x85R",
    b"q\x00h\x00", b"\x8a\x08" + b"\xff" * 7 + b"\x7f", b"((((", b"]" * 50, b"]a", b"}}s", b"Q", b"b",
)  # fmt: skip
FORBIDDEN = {
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "subprocess.Popen",
    "socket.connect",
    "exec",
    "compile",
    "import",
    "ctypes.dlopen",
}


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
            width = rng.choice("BHI")
            raw = struct.pack(f"<{width}", rng.choice(NUMBERS) & (256 ** struct.calcsize(width) - 1))
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


def mutated(rng: random.Random, corpus: dict[str, bytes]) -> bytes:
    """A mutated file: raw damage, or damage to one record inside an otherwise honest archive."""
    data = corpus[rng.choice(sorted(corpus))]
    if data[:2] != b"PK" or rng.random() < 0.3:
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


@pytest.fixture(scope="module")
def corpus():
    return {path.name: path.read_bytes() for path in DATA.glob("*.pt") if path.stat().st_size < 5000}


@pytest.fixture(scope="module")
def events():
    """Audit events of forbidden kinds while `armed`; a hook cannot be removed, so it is installed once and switched."""
    state = {"armed": False, "seen": []}

    def hook(event, args):
        if state["armed"] and any(event == f or event.startswith(f + ".") for f in FORBIDDEN):
            state["seen"].append((event, args))

    sys.addaudithook(hook)
    return state


def test_the_hook_would_notice(events):
    events["armed"] = True
    try:
        eval("1 + 1")
    finally:
        events["armed"] = False
    assert events["seen"]
    events["seen"].clear()


def test_mutations_are_refused_or_harmless(corpus, events):
    rng = random.Random(20240229)
    load_with(MODEL, corpus["plain.pt"])  # imports and caches are not the files' doing
    loaded = refused = unnamed = 0
    tracemalloc.start()
    try:
        for i in range(ROUNDS):
            data = mutated(rng, corpus)
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            events["armed"] = True
            try:
                result = load_with(MODEL, data)
                loaded += 1
                del result
            except CheckpointError as error:
                refused += 1
                unnamed += not str(error)
            except Exception as error:
                raise AssertionError(f"mutation {i} of seed 20240229 raised {error!r}") from error
            finally:
                events["armed"] = False
            peak = tracemalloc.get_traced_memory()[1] - before
            assert peak < len(data) + (64 << 20), f"mutation {i} allocated {peak} bytes"
    finally:
        tracemalloc.stop()
    assert not events["seen"]
    assert not unnamed
    assert refused > ROUNDS // 2
    assert loaded > ROUNDS // 100  # else the mutations are too coarse to get past the first check
