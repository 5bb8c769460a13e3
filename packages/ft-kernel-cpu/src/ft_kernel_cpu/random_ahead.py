"""Small float32 normals worked out some calls ahead.

Box-Muller in torch's arithmetic is eighty passes, so sixteen numbers cost what a thousand do. A program that draws small tensors of
one size one after the other gets the numbers of many calls from one run: the words that are to come are looked at, and the stream is
put back. What was worked out belongs to these words and to nothing else: each call draws its own words as ever and compares, so neither
seeds, nor saved states, nor draws by others in between need to be noticed.
"""

from __future__ import annotations

import numpy as np

from ft_core.generator import Generator

from .random_normal32 import fill16, scale

_ROW = 16
MOST = 512  # numbers of one call up to which calls cost more than numbers
_AHEAD = 4096  # words looked at in advance


class Ahead:
    """The words of the next calls that fill `size` numbers, and their numbers as soon as one such call has followed another."""

    __slots__ = ("at", "size", "values", "words")

    def __init__(self, size: int, words: np.ndarray, values: np.ndarray | None) -> None:
        self.size, self.values, self.at = size, values, 0
        self.words = [call.tobytes() for call in words]  # bytes compare at a third of what arrays take


def normal32(generator: Generator, row: np.ndarray, mean: float, std: float) -> None:
    """N(mean, std**2) into float32[n], 16 <= n <= MOST, with the generator locked; its engine is torch's."""
    n = row.size
    words = generator.words32(n + _ROW if n % _ROW else n, 24)
    known = generator.ahead
    if known is None or known.size != n or (known.at < len(known.words) and words.tobytes() != known.words[known.at]):
        generator.ahead = Ahead(n, _coming(generator, words.size, 1), None)
        row[:] = _values(words.reshape(1, -1), n)[0]
    elif known.values is None or known.at == len(known.words):
        coming = np.concatenate((words.reshape(1, -1), _coming(generator, words.size, _AHEAD // words.size)))
        values = _values(coming, n)
        generator.ahead = Ahead(n, coming[1:], values[1:])
        row[:] = values[0]
    else:
        row[:] = known.values[known.at]
        known.at += 1
    if mean != 0 or std != 1:
        scale(row, mean, std, np.empty(n))


def _coming(generator: Generator, count: int, calls: int) -> np.ndarray:
    """The words that the next `calls` calls will draw: int32[calls, count]."""
    mark = generator.mark()
    words = generator.words32(count * calls, 24).reshape(calls, count)
    generator.rewind(mark)
    return words


def _values(words: np.ndarray, n: int) -> np.ndarray:
    """Standard normals of each call: float32[calls, n]. The last 16 are drawn anew where n is no multiple of 16."""
    calls, whole = len(words), n // _ROW * _ROW
    blocks = words[:, :whole].reshape(-1)
    if whole < n:
        blocks = np.concatenate((blocks, words[:, -_ROW:].reshape(-1)))
    blocks, found = np.ascontiguousarray(blocks), np.empty(blocks.size, np.float32)
    fill16(blocks, found, 0.0, 1.0, np.empty((5, blocks.size // 2)))
    if whole == n:
        return found.reshape(calls, n)
    values = np.empty((calls, n), np.float32)
    values[:, :whole] = found[: calls * whole].reshape(calls, whole)
    values[:, n - _ROW :] = found[calls * whole :].reshape(calls, _ROW)
    return values
