"""xoshiro256++ in 4096 interleaved lanes: a short recurrence that compilers vectorise, for those who do not need torch's numbers.

One lane is Blackman and Vigna's generator (2019, "Scrambled linear pseudorandom number generators"), and as they advise its four
words come from splitmix64 of the seed. NumPy steps all lanes at once; the stream is lane 0, 1, 2 ... of step 0, then of step 1.
Lanes that start at random places of a period of 2**256 - 1 do not overlap in practice. Each 64-bit output is two words, the high
one first. Through NumPy it runs as fast as mt19937, not faster: the gain is a better stream, and a loop that a code generator can
fuse.
"""

from __future__ import annotations

import numpy as np

LANES = 4096  # wide enough that a step costs more arithmetic than calls, small enough that its 128 KiB stay in the cache
MAGIC = b"ftxo256p"

STATE = np.dtype(
    [
        ("magic", "S8"),
        ("seed", "<u8"),
        ("position", "<u8"),  # 32-bit words used of the current step
        ("lanes", "<u8", (4, LANES)),
        ("normal", "<f8"),
        ("normal_valid", "<u4"),
        ("normal32_valid", "<u4"),
        ("normal32", "<f4"),
        ("pad", "<u4"),
    ]
)


def splitmix64(seed: int, count: int) -> np.ndarray:
    """The first `count` outputs of splitmix64 from `seed`: uint64[count]. Source: Steele, Lea and Flood (2014); S. Vigna's
    splitmix64.c.
    """
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


# 0-dim arrays: a ufunc converts a Python or NumPy scalar at the price of 500 elements
_BY = {bits: np.array(bits, np.uint64) for bits in (17, 19, 23, 32, 41, 45)}


def _rotate(x: np.ndarray, by: int, scratch: np.ndarray) -> None:
    np.right_shift(x, _BY[64 - by], out=scratch)
    np.left_shift(x, _BY[by], out=x)
    np.bitwise_or(x, scratch, out=x)


class Xoshiro256pp:
    """The engine `"xoshiro256++"`."""

    name = "xoshiro256++"

    def __init__(self, seed: int) -> None:
        self._scratch = np.empty(LANES, np.uint64)
        self._block = np.empty(LANES, np.uint64)
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """Start the stream of `seed`."""
        self.seed_value = seed
        self._lanes = splitmix64(seed, 4 * LANES).reshape(LANES, 4).T.copy()  # [4, LANES]
        self._position = 0
        self._emit()

    def words32(self, count: int, bits: int = 32) -> np.ndarray:
        """The next n 32-bit words."""
        start = self._position & 1
        outputs = self._outputs(count)
        words = np.empty((outputs.size, 2), np.uint32)
        np.right_shift(outputs, _BY[32], out=words[:, 0], casting="unsafe")
        np.copyto(words[:, 1], outputs, casting="unsafe")
        flat = words.reshape(-1)[start : start + count]
        return flat if bits == 32 else np.bitwise_and(flat, np.uint32((1 << bits) - 1), out=flat).view(np.int32)

    def words64(self, count: int, bits: int = 64) -> np.ndarray:
        """The next n 64-bit words."""
        if self._position & 1:
            words = self.words32(2 * count).astype(np.uint64)
            pairs = (words[0::2] << np.uint64(32)) | words[1::2]
        else:
            pairs = self._outputs(2 * count)
        return pairs if bits == 64 else np.bitwise_and(pairs, np.uint64((1 << bits) - 1), out=pairs).view(np.int64)

    def few32(self, count: int, bits: int) -> list[int]:
        """`words32` as Python's ints."""
        return self.words32(count, bits).tolist()

    def few64(self, count: int, bits: int) -> list[int]:
        """`words64` as Python's ints."""
        return self.words64(count, bits).tolist()

    def mark(self) -> tuple[np.ndarray, int]:
        """The lanes and the position in their outputs."""
        return self._lanes.copy(), self._position

    def rewind(self, mark: tuple[np.ndarray, int]) -> None:
        """Go back to the place that `mark` gave."""
        self._lanes[:], self._position = mark
        self._emit()

    def export(self, normal: float | None, normal32: float | None) -> np.ndarray:
        """The engine's state as bytes, as torch lays it out where torch has the engine."""
        state = np.zeros((), STATE)
        state["magic"], state["seed"], state["position"], state["lanes"] = MAGIC, self.seed_value, self._position, self._lanes
        if normal is not None:
            state["normal"], state["normal_valid"] = normal, 1
        if normal32 is not None:
            state["normal32"], state["normal32_valid"] = normal32, 1
        return np.frombuffer(state.tobytes(), np.uint8).copy()

    def restore(self, state: np.ndarray) -> tuple[float | None, float | None]:
        """Continue from a state that `export` gave."""
        if state.size != STATE.itemsize or state[:8].tobytes() != MAGIC:
            raise RuntimeError(
                f"Expected a xoshiro256++ state of size {STATE.itemsize} but found {state.size} bytes of another engine"
            )
        record = np.frombuffer(state.tobytes(), STATE)[0]
        if record["position"] > 2 * LANES or not record["lanes"].any(axis=0).all():
            raise RuntimeError("Invalid xoshiro256++ state")
        self.seed_value, self._position = int(record["seed"]), int(record["position"])
        self._lanes = record["lanes"].astype(np.uint64)
        self._emit()
        return (
            float(record["normal"]) if record["normal_valid"] else None,
            float(record["normal32"]) if record["normal32_valid"] else None,
        )

    def _outputs(self, words: int) -> np.ndarray:
        """Advance by `words` 32-bit words and return the 64-bit outputs that cover them."""
        first = self._position >> 1
        outputs = np.empty((self._position + words + 1) // 2 - first, np.uint64)
        done, left = 0, words
        while True:
            taken = min(left, 2 * LANES - self._position)
            part = self._block[self._position >> 1 : (self._position + taken + 1) >> 1]
            outputs[done : done + part.size] = part
            done, left, self._position = done + part.size, left - taken, self._position + taken
            if not left:
                return outputs
            self._advance()

    def _emit(self) -> None:
        """The outputs of the current step: rotl(s0 + s3, 23) + s0. The state moves on only when they are used up."""
        s0, _, _, s3 = self._lanes
        np.add(s0, s3, out=self._block)
        _rotate(self._block, 23, self._scratch)
        np.add(self._block, s0, out=self._block)

    def _advance(self) -> None:
        s0, s1, s2, s3 = self._lanes
        shifted = np.left_shift(s1, _BY[17], out=self._block)
        np.bitwise_xor(s2, s0, out=s2)
        np.bitwise_xor(s3, s1, out=s3)
        np.bitwise_xor(s1, s2, out=s1)
        np.bitwise_xor(s0, s3, out=s0)
        np.bitwise_xor(s2, shifted, out=s2)
        _rotate(s3, 45, self._scratch)
        self._position = 0
        self._emit()
