"""Short hashes of arrays, several times faster than a cryptographic hash of all their bytes: recorded gradients are compared by them.

Small arrays are hashed by SHA-1 as they are. Larger ones are first reduced, row by row of 16 KiB, by the universal hash NH of UMAC
(RFC 4418, section 5.2: sums of products of 32-bit words after a fixed key is added), and the rows' sums are hashed. Two arrays that differ
agree in a row's sum with probability 2⁻³² at most, wherever they differ. Against somebody who looks for collisions it is no defence.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache

import numpy as np

HEAD = 32  # bytes that are handed back as they are, so that a difference can be shown
LENGTH = 10  # bytes of a hash
_SMALL = 16384  # bytes up to which NumPy's calls cost more than SHA-1
_ROW = 4096  # 32-bit words under one sum
_CHUNK = 16 * _ROW  # words whose products stay in the cache
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@cache
def _key() -> np.ndarray:
    """The words that NH adds: any fixed random ones do."""
    return np.frombuffer(hashlib.shake_128(b"ft_core.fingerprint").digest(4 * _ROW), dtype="<u4")


def fingerprint(array: np.ndarray) -> tuple[bytes, bytes]:
    """(hash of 10 bytes, the first 32 bytes) of an array's values, in column-major order where it lies so and row-major else.

    Shape and dtype are not in it. Linear in the array's bytes; a copy is made where they are small or not in one piece.
    """
    if array.nbytes <= _SMALL:
        return fingerprint_of_bytes(array.tobytes("A"))
    if not array.flags.c_contiguous:
        array = array.T if array.flags.f_contiguous else np.ascontiguousarray(array)
    flat = array.reshape(-1).view(np.uint8)
    whole = flat.size & -8
    total = hashlib.sha1(flat[whole:].tobytes(), usedforsecurity=False)
    words = flat[:whole].view(np.uint32)
    rows = words.size - words.size % _ROW
    for start in range(0, rows, _CHUNK):
        total.update(_sums(words[start : min(start + _CHUNK, rows)].reshape(-1, _ROW)))
    total.update(_sums(words[rows:].reshape(1, -1)))
    return total.digest()[:LENGTH], flat[:HEAD].tobytes()


def fingerprint_of_bytes(data: bytes) -> tuple[bytes, bytes]:
    """What `fingerprint` gives for an array of at most 16 KiB of which only the bytes are left."""
    return hashlib.sha1(data, usedforsecurity=False).digest()[:LENGTH], data[:HEAD]


class _Scratch(threading.local):
    """One thread's memory for a chunk's products: memory that is asked for anew each time costs more than the sums."""

    def __init__(self) -> None:
        self.words = np.empty(_CHUNK, np.uint32)
        self.high = np.empty(_CHUNK // 2, np.uint64)


_scratch = _Scratch()


def _sums(words: np.ndarray) -> bytes:
    """NH of each row of 32-bit words: the sum, modulo 2⁶⁴, of the products of neighbours, each with its word of the key added."""
    rows, length = words.shape
    keyed = np.add(words, _key()[:length], out=_scratch.words[: words.size].reshape(rows, length))
    pairs = keyed.view(np.uint64)
    high = np.right_shift(pairs, _HALF, out=_scratch.high[: pairs.size].reshape(pairs.shape))
    pairs &= _LOW
    high *= pairs
    return high.sum(axis=1).tobytes()
