"""What a trace costs: `python -m benchmarks.recording` runs backward plain and under `autograd.record()`, and prints the ratio.

What is left to do until somebody reads the trace (hashes of small gradients, entries made of notes) has a column of its own. Beside
the rows because torch has nothing to compare with: both sides are ours, taken in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from time import thread_time  # others on a shared machine are not in it
from typing import Any

ROUNDS, LIMIT = 40, 2.0


def models(torch: Any) -> Iterator[tuple[str, Any, Any]]:
    """(name, model, input): a CNN, an encoder layer, an MLP and a tiny policy net."""
    nn = torch.nn
    body = [
        nn.Conv2d(3, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
    ]
    yield (
        "CNN, 8×3×24×24",
        nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10)),
        torch.randn(8, 3, 24, 24),
    )
    yield "transformer block, 16×33×64", nn.TransformerEncoderLayer(64, 4, 256, 0.0, batch_first=True), torch.randn(16, 33, 64)
    wide = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10))
    yield "MLP 784-256-256-10, batch 64", wide, torch.randn(64, 784)
    tiny = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 2))
    yield "policy net 4-32-32-2", tiny, torch.randn(1, 4)


def timed(torch: Any, model: Any, x: Any, recorded: bool) -> tuple[float, float]:
    """Seconds of this thread's in one backward, and in reading the trace of it."""
    model.zero_grad()
    loss = model(x).square().mean()
    start = thread_time()
    with torch.autograd.record() if recorded else nullcontext() as trace:
        loss.backward()
    ran = thread_time()
    if recorded:
        trace.entries  # noqa: B018  # makes what was left to do when somebody asks
    return ran - start, thread_time() - ran


def main(argv: Sequence[str] | None = None) -> int:
    """Print milliseconds (the best of forty) and ratios; 1 if recording more than doubles a backward."""
    import frankentorch as torch  # noqa: PLC0415  # as in `run`: a usage message must not cost an import

    torch.manual_seed(0)
    worst = 0.0
    print(f"{'backward, ms':30} {'plain':>8} {'recorded':>9} {'ratio':>6} {'reading the trace':>18}")
    for name, model, x in models(torch):
        sides = [[timed(torch, model, x, recorded) for recorded in (False, True)] for _ in range(ROUNDS)]
        plain, recorded = (min(times[0] for times in side) * 1e3 for side in zip(*sides, strict=True))
        read = min(times[1] for _, times in sides) * 1e3
        worst = max(worst, recorded / plain)
        print(f"{name:30} {plain:8.3f} {recorded:9.3f} {recorded / plain:6.2f} {read:18.3f}")
    print(f"recording costs at most {worst:.2f} times the backward (limit {LIMIT:g})")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
