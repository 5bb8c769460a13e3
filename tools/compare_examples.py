"""Gap: op by op we agree with torch; does a whole training stay with torch's, step after step, at the settings people run it with?

`python tools/compare_examples.py [SCRIPT...]` runs each example to its hundredth step of training (SHORT: fewer) with both and compares
every number that `backward` was called on; exit 1 where one is further off than TOLERANCE. Nothing is passed to the scripts: theirs are the
settings, float32 the numbers. It is also the program that each side runs: `--record SCRIPT FILE COUNT`.
"""

# ruff: noqa: PLC0415 - the child alone imports torch, after it is known which one that is

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TOLERANCE = 1e-3  # relative, of each loss
STEPS = 100
NAMES = "cnn", "lstm", "waves", "vae", "actor_critic", "lstm_lm", "char_gpt", "resnet18"
GAN = {"gan": 2 * STEPS}  # a step of the judge and one of the generator
SHORT = {"mobilenet_v2": 2}  # a rounding error grows tenfold a step: torch on two threads leaves torch on one as soon
SCRIPTS = dict.fromkeys(NAMES, STEPS) | GAN | SHORT
"""How many losses of each example are compared; minilm.py trains nothing."""


def record(script: Path, losses: Path, count: int) -> None:
    """Run a script as `__main__` until `backward` was called `count` times on a loss, and write these losses as JSON."""
    import torch

    torch.set_num_threads(1)
    found: list[float] = []
    backward = torch.Tensor.backward

    def recorded(self, *arguments, **options):
        found.append(self.item())
        backward(self, *arguments, **options)
        if len(found) == count:
            losses.write_text(json.dumps({"torch": str(torch.__version__), "losses": found}))
            raise SystemExit

    torch.Tensor.backward = recorded
    sys.argv = [str(script)]
    sys.path.insert(0, str(script.parent))
    runpy.run_path(str(script), run_name="__main__")
    raise SystemExit(f"{script.name} ended after {len(found)} of {count} losses")


def followed(ours: list[float], theirs: list[float]) -> float:
    """The largest difference of two losses of one step, relative to theirs; infinite where the counts differ or a number is none."""
    if not theirs or len(ours) != len(theirs) or any(a != a for a in (*ours, *theirs)):
        return float("inf")
    return max(0.0 if a == b else abs(a - b) / abs(b) if b else float("inf") for a, b in zip(ours, theirs, strict=True))


def both(script: str) -> tuple[list[float], list[float]]:
    """An example's losses here and in torch; a side that does not come so far is shown and ends the comparison."""
    sides = []
    with tempfile.TemporaryDirectory() as folder:
        for side, command in (("frankentorch", ["-m", "frankentorch", "run"]), ("cpu", [])):
            losses = Path(folder) / f"{side}.json"
            arguments = ["--record", str(EXAMPLES / f"{script}.py"), str(losses), str(SCRIPTS[script])]
            one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
            subprocess.run(
                [sys.executable, *command, __file__, *arguments], cwd=folder, env=one_thread, stdout=subprocess.DEVNULL, check=True
            )
            found = json.loads(losses.read_text())
            if side not in found["torch"]:
                raise SystemExit(f"the losses of {script} should be {side}'s and are those of torch {found['torch']}")
            sides.append(found["losses"])
    return sides[0], sides[1]


def main(scripts: list[str]) -> int:
    """Print a line a script: how far off it was by a tenth of its losses, by half and by the last."""
    unknown = [script for script in scripts if script not in SCRIPTS]
    if unknown:
        raise SystemExit(f"no such example: {', '.join(unknown)}; there are {', '.join(SCRIPTS)}")
    failed = 0
    for script in scripts or SCRIPTS:
        ours, theirs = both(script)
        off = followed(ours, theirs)
        failed += off > TOLERANCE
        early = "  ".join(
            f"{followed(ours[:n], theirs[:n]):.0e} by {n}" for n in (max(1, len(theirs) // 10), max(1, len(theirs) // 2))
        )
        print(f"{script:14} {early}  {off:.1e} by {len(theirs)}{'' if off <= TOLERANCE else '  too far'}", flush=True)
    print(f"{len(scripts or SCRIPTS) - failed} of {len(scripts or SCRIPTS)} examples follow torch within {TOLERANCE:g}")
    return int(failed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--record"]:
        record(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main(sys.argv[1:]))
