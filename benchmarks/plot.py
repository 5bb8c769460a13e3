"""The ratios as a PNG, from the standard library alone: a plotting library would be the largest dependency of this checkout.

One bar a row, on a logarithmic axis: to the left of 1 we are faster. A tick across the bar marks the target.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from .timing import Result

Colour = tuple[int, int, int]
INK: Colour = (30, 30, 30)
GREY: Colour = (205, 205, 205)
MET: Colour = (46, 134, 87)
MISSED: Colour = (196, 78, 60)
PLAIN: Colour = (90, 120, 170)

# 3 x 5 letters, five octal digits each, one digit a row: readable at twice the size, and small enough to read here.
_LETTERS = {
    "A": 0o25755, "B": 0o65656, "C": 0o34443, "D": 0o65556, "E": 0o74647, "F": 0o74644, "G": 0o34553, "H": 0o55755, "I": 0o72227,
    "J": 0o11152, "K": 0o55655, "L": 0o44447, "M": 0o57755, "N": 0o65555, "O": 0o25552, "P": 0o65644, "Q": 0o25563, "R": 0o65655,
    "S": 0o34216, "T": 0o72222, "U": 0o55557, "V": 0o55552, "W": 0o55775, "X": 0o55255, "Y": 0o55222, "Z": 0o71247,
    "0": 0o75557, "1": 0o26227, "2": 0o71747, "3": 0o71717, "4": 0o55711, "5": 0o74717, "6": 0o74757, "7": 0o71222, "8": 0o75757,
    "9": 0o75717, ".": 0o00002, ",": 0o00024, "(": 0o12221, ")": 0o42224, "+": 0o02720, "-": 0o00700, "_": 0o00007, "/": 0o11244,
    "=": 0o07070, " ": 0,
}  # fmt: skip
SCALE, ROW, LEFT, SPAN, TOP = 2, 22, 330, 420, 40
FLOOR, CEILING = 1 / 8, 8.0
MARKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


class Canvas:
    """An RGB picture, white at first, with the origin at the upper left; what lies outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows = [bytearray(b"\xff" * (3 * width)) for _ in range(height)]

    def box(self, x0: int, y0: int, x1: int, y1: int, colour: Colour) -> None:
        """Fill columns x0 to x1 and rows y0 to y1, ends excluded."""
        x0, x1 = max(0, x0), min(self.width, x1)
        for y in range(max(0, y0), min(self.height, y1)):
            self.rows[y][3 * x0 : 3 * x1] = bytes(colour) * max(0, x1 - x0)

    def text(self, x: int, y: int, text: str, colour: Colour = INK) -> None:
        """Write in capitals from (x, y), 8 columns a letter; letters the font lacks leave their place empty."""
        for letter in text.upper():
            bits = _LETTERS.get(letter, 0)
            for place in range(15):
                if bits >> (14 - place) & 1:
                    cx, cy = x + SCALE * (place % 3), y + SCALE * (place // 3)
                    self.box(cx, cy, cx + SCALE, cy + SCALE, colour)
            x += 4 * SCALE

    def png(self) -> bytes:
        """The file: header, one compressed stream of unfiltered rows, end.

        Source: the PNG specification, W3C, sections 5 and 11.
        """
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        stream = zlib.compress(b"".join(b"\0" + row for row in self.rows), 9)
        chunks = [(b"IHDR", header), (b"IDAT", stream), (b"IEND", b"")]
        framed = [struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks]
        return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def place(ratio: float) -> int:
    """The column of a ratio on the logarithmic axis; what is off the axis stands at its end."""
    bounded = min(max(ratio, FLOOR), CEILING)
    return LEFT + round(SPAN * math.log(bounded / FLOOR) / math.log(CEILING / FLOOR))


def draw(results: Sequence[Result], path: Path) -> None:
    """Write the picture of all rows that have a ratio."""
    shown = [(r, ratio) for r in results if (ratio := r.ratio) is not None]
    canvas = Canvas(LEFT + SPAN + 90, TOP + ROW * len(shown) + 12)
    for mark in MARKS:
        label = f"{mark:g}"
        canvas.text(place(mark) - 4 * len(label), 14, label)
        canvas.box(place(mark), TOP - 8, place(mark) + 1, canvas.height, INK if mark == 1 else GREY)
    for i, (result, ratio) in enumerate(shown):
        y = TOP + ROW * i
        canvas.text(LEFT - 20 - 8 * len(result.name), y + 4, result.name)
        low, high = sorted((place(ratio), place(1.0)))
        canvas.box(low, y + 2, max(high, low + 2), y + 16, {"met": MET, "missed": MISSED}.get(result.verdict, PLAIN))
        if result.target is not None:
            canvas.box(place(result.target), y - 1, place(result.target) + 2, y + 19, INK)
        canvas.text(LEFT + SPAN + 20, y + 4, f"{ratio:.2f}")
    path.write_bytes(canvas.png())
