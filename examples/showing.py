"""What the larger examples share: their options, the digits, a line of progress, a log of the losses, pictures.

No torch in here: `frankentorch run` and `python` find this file beside the script they start, and either torch may stand behind it.
"""

import argparse
import json
import sys
import time
from pathlib import Path


def options(text, steps, **more):
    """A parser of the options that all have: --steps, --seed, --out, --log-losses and --double; `more` are further numbers, name=(default, help)."""
    parser = argparse.ArgumentParser(description=text.split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=steps, help=f"training steps (default {steps})")
    parser.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default 0)")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for what is written (default: here)")
    parser.add_argument("--log-losses", type=Path, metavar="FILE", help="write the loss of every step as JSON")
    parser.add_argument("--double", action="store_true", help="numbers of 64 bits, for comparing two machines step by step")
    for name, (default, what) in more.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"{what} (default {default})")
    found = parser.parse_args()
    if found.steps < 1:
        parser.error("--steps must be at least 1")
    found.out.mkdir(parents=True, exist_ok=True)
    return found


def digits():
    """The 1,797 handwritten digits that travel inside scikit-learn: float32 images (1797, 8, 8) from 0 to 1, and int64 labels (1797,)."""
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError as error:
        raise SystemExit(f"{error}; the digits come with scikit-learn: pip install scikit-learn") from None
    found = load_digits()
    return (found.images / 16).astype("float32"), found.target.astype("int64")


class Progress:
    """Counts steps: one line that is rewritten on a terminal, and a line every tenth of the way elsewhere.

    Call it after each step with the loss as a float and, in `more`, what else the line should say. `losses` keeps all of them.
    """

    def __init__(self, steps):
        self.steps, self.losses, self.began, self.more = steps, [], time.perf_counter(), {}

    def __call__(self, loss, **more):
        self.losses.append(loss)
        self.more.update(more)
        step, terminal = len(self.losses), sys.stdout.isatty()
        last = step == self.steps
        if not last and step % (10 if terminal else max(1, self.steps // 10)):
            return
        recent = self.losses[-20:]
        rate = step / (time.perf_counter() - self.began)
        words = "".join(f"  {name} {value}" for name, value in self.more.items())
        line = (
            f"step {step:>{len(str(self.steps))}}/{self.steps}  loss {sum(recent) / len(recent):.4f}{words}"
            f"  {rate:.1f} steps/s  {(self.steps - step) / rate:.0f} s left"
        )
        print(line, end="\r" if terminal and not last else "\n", flush=True)

    def log(self, path, torch, **more):
        """Write the losses, who computed them and `more` as JSON; nothing where `path` is None."""
        if path:
            path.write_text(json.dumps({"torch": str(torch.__version__), **more, "losses": self.losses}, indent=1) + "\n")


def curve(values, path):
    """A picture of positive numbers over the steps, as char_gpt.py draws its loss."""
    from char_gpt import draw

    draw(values, path)


def tiles(rows, path, scale=6, gap=4):
    """A picture of grey images in rows: `rows` is a list of lists of 2-d lists of numbers, 0 for black and 1 for white."""
    from char_gpt import Canvas

    high, wide = len(rows[0][0]), len(rows[0][0][0])
    canvas = Canvas(max(map(len, rows)) * (scale * wide + gap) + gap, len(rows) * (scale * high + gap) + gap)
    for row, images in enumerate(rows):
        for column, image in enumerate(images):
            left, top = gap + column * (scale * wide + gap), gap + row * (scale * high + gap)
            for y in range(scale * high):
                line = image[y // scale]
                for x in range(scale * wide):
                    canvas.dot(left + x, top + y, (round(255 * min(1.0, max(0.0, line[x // scale]))),) * 3)
    canvas.save(path)
