"""Files of a state_dict of 1 GB, with `--files` only: they take minutes and 6 GB of disk.

Except for `.pt`, where torch itself stands there, the other side is the disk: the same bytes through plain system calls in the same run, forced
to the disk where ours are. So a ratio of 1.11 is 0.9 of the disk's rate. What is compared:

writing: as many bytes by `write` in pieces of 16 MB, `fsync`, rename.
reading: the very file by `read` in pieces of 16 MB, from one end to the other, into an array nobody used before (`numpy.empty`, whose
    pages come to be with the first touch, as those of the loaded tensors do). The file is out of the cache each time, on both sides.

Before each timed call, and not timed, memory for both the file's cache and the array is taken, touched and given back (`settle`). A virtual
machine gives free memory back to its host after some seconds, and to get it again costs three times what reading the file does: without
that, ratios of the same code went from 0.5 to 2. The result is freed after the clock has stopped.
The folder is the system's for temporary files; set TMPDIR to measure another disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from .row import Names, row

FILES = "files"
SIZE = 1 << 30
PIECE = 1 << 24
MAP_SECONDS = 0.05
MEMORY = 5 * SIZE // 2
PAGE = 1 << 12


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """One for both sides, removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="frankentorch-files-")


def place(name: str) -> Path:
    """A file in it."""
    return Path(folder().name) / name


def state_dict(torch: Any) -> dict[str, Any]:
    """64 tensors of 16 MB, of which no two pages are alike."""
    return {f"layer{i}.weight": torch.randn(2048, 2048) for i in range(SIZE >> 24)}


def is_ours(torch: Any) -> bool:
    """Which side is being made."""
    return bool(torch.__name__ == "frankentorch")


def plain_write(content: list[bytes], path: Path) -> None:
    """The bytes on the disk, under their name."""
    descriptor = os.open(f"{path}.part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    for piece in content:
        os.write(descriptor, piece)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(f"{path}.part", path)


def plain_read(path: Path) -> Any:
    """The bytes in memory that nobody used before."""
    import numpy as np  # noqa: PLC0415  # after the threads are set

    buffer = np.empty(path.stat().st_size, np.uint8)
    view = memoryview(buffer)  # type: ignore[arg-type]  # arrays do export buffers
    with open(path, "rb", buffering=0) as file:
        at = 0
        while count := file.readinto(view[at : at + PIECE]):
            at += count
    return buffer


def forget(path: Path) -> None:
    """Take a file out of the system's cache."""
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def settle() -> None:
    """Have the system hold the memory that a file of 1 GB and its content take, so that no timed call waits for a host to find it."""
    import numpy as np  # noqa: PLC0415

    np.empty(MEMORY, np.uint8)[::PAGE] = 1


def saving(torch: Any, suffix: str) -> Names:
    """Save on our side; on the other write as many bytes of the same kind."""
    if not is_ours(torch):
        content = [os.urandom(PIECE) for _ in range(SIZE // PIECE)]
        return {"settle": settle, "step": lambda: plain_write(content, place(f"plain-{suffix}"))}
    from ft_serialize import write_tensors  # noqa: PLC0415  # the other side needs nothing of ours

    state = state_dict(torch)
    return {"settle": settle, "step": lambda: write_tensors(place(f"saved.{suffix}"), state)}


def reading(torch: Any, suffix: str) -> Names:
    """Load from the disk into memory on our side; on the other read as many bytes."""
    path = place(f"read.{suffix}")
    if not is_ours(torch):
        return {"settle": settle, "forget": forget, "path": path, "step": lambda: plain_read(path)}
    from ft_serialize import read_tensors, write_tensors  # noqa: PLC0415

    write_tensors(path, state_dict(torch))
    return {"settle": settle, "forget": forget, "path": path, "step": lambda: read_tensors(path)}


@row("save 1 GB .ftck, hashed | plain write", "step()", group=FILES, before="settle()")
def save_ftck(torch: Any) -> Names:
    """Written, hashed on all cores, forced to the disk, renamed. No target: hashes are no part of a disk's rate; the row after this has it."""
    return saving(torch, "ftck")


@row("save 1 GB .ftck | plain write and the same hashes", "step()", group=FILES, target=1 / 0.9, before="settle()")
def save_ftck_beside_hashes(torch: Any) -> Names:
    """What the file costs apart from its hashes: the other side writes, then hashes as many bytes on as many cores."""
    names = saving(torch, "ftck")
    if is_ours(torch):
        return names
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # the other side's own threads

    content, path = [os.urandom(PIECE) for _ in range(SIZE // PIECE)], place("plain-hashed")
    threads = ThreadPoolExecutor(len(os.sched_getaffinity(0)))

    def step() -> None:
        plain_write(content, path)
        list(threads.map(lambda piece: hashlib.sha256(piece).digest(), content))

    return {"settle": settle, "step": step}


@row("save 1 GB .safetensors | plain write", "step()", group=FILES, target=1 / 0.9, before="settle()")
def save_safetensors(torch: Any) -> Names:
    """Written, forced to the disk, renamed."""
    return saving(torch, "safetensors")


@row("load 1 GB .ftck | plain read", "kept = step()", group=FILES, target=1 / 0.9, before="settle(); forget(path)")
def load_ftck(torch: Any) -> Names:
    """Into memory, not verified."""
    return reading(torch, "ftck")


@row("load 1 GB .safetensors | plain read", "kept = step()", group=FILES, target=1 / 0.9, before="settle(); forget(path)")
def load_safetensors(torch: Any) -> Names:
    """Into memory."""
    return reading(torch, "safetensors")


def maps_in_time(names: Names) -> None:
    """AssertionError if mapping a checkpoint of 1 GB takes 50 ms."""
    began = time.perf_counter()
    names["step"]()
    taken = time.perf_counter() - began
    if taken > MAP_SECONDS:
        raise AssertionError(f"mapping took {taken * 1e3:.0f} ms, not {MAP_SECONDS * 1e3:.0f}")


@row("map 1 GB .ftck | torch.load(mmap=True)", "step()", group=FILES, target=1.0, check=maps_in_time)
def map_ftck(torch: Any) -> Names:
    """All tensors, nothing read; torch maps its own format."""
    if not is_ours(torch):
        torch.save(state_dict(torch), place("map.pt"))
        return {"step": lambda: torch.load(place("map.pt"), mmap=True)}
    from ft_serialize import load_checkpoint, save_checkpoint  # noqa: PLC0415

    save_checkpoint(state_dict(torch), place("map.ftck"))
    return {"step": lambda: load_checkpoint(place("map.ftck"))}


@row("verify 1 GB .ftck | one SHA-256", "step()", group=FILES)
def verify_ftck(torch: Any) -> Names:
    """The tree hash on all cores against one hash on one."""
    if not is_ours(torch):
        content = os.urandom(SIZE)
        return {"step": lambda: hashlib.sha256(content).digest()}
    from ft_serialize import load_checkpoint, save_checkpoint  # noqa: PLC0415

    save_checkpoint(state_dict(torch), place("verify.ftck"))
    return {"step": lambda: load_checkpoint(place("verify.ftck"), verify=True)}


@row("torch.load 1 GB .pt", "kept = step()", group=FILES, target=1.0, before="settle()")
def load_pt(torch: Any) -> Names:
    """The same file on both sides, in the system's cache."""
    path = place("load.pt")
    if is_ours(torch):
        torch.save(state_dict(torch), path)
    return {"settle": settle, "step": lambda: torch.load(path)}


@row("torch.save 1 GB .pt, on the disk", "step()", group=FILES, target=1.0, before="settle()")
def save_pt(torch: Any) -> Names:
    """Ours forces its bytes to the disk before it renames; torch's are forced there, too, for the comparison."""
    state, path = state_dict(torch), place(f"{torch.__name__}.pt")

    def step() -> None:
        torch.save(state, path)
        with open(path, "rb") as file:
            os.fsync(file.fileno())

    return {"settle": settle, "step": step}
