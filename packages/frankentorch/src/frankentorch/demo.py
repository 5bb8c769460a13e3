"""`frankentorch demo`: the character GPT of examples/, run as the unmodified torch script it is.

The script travels inside the wheel, so that the demo needs no checkout; what is shown is exactly what
`frankentorch run char_gpt.py` does with a user's own script.
"""

from __future__ import annotations

from pathlib import Path

from .alias import run_script

SCRIPT = Path(__file__).with_name("examples") / "char_gpt.py"

STEPS = 1200
"""Fits two minutes on two cores of 2020, with reading the text and writing the sample."""


def demo(steps: int | None = None, seed: int = 0, out: str = "frankentorch-demo") -> int:
    """Train, write checkpoint and loss curve into `out`, read the checkpoint back and print a sample; return the exit status."""
    return run_script(str(SCRIPT), ["--steps", str(STEPS if steps is None else steps), "--seed", str(seed), "--out", out])
