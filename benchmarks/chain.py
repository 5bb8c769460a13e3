"""What depth costs: `python -m benchmarks.chain` records and runs back a short chain of ops and one of a million, per node.

Beside the rows because one round takes seconds: the long chain is timed once, with the collector as the user left it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import thread_time
from typing import Any

SHORT, LONG, LIMIT = 1_000, 1_000_000, 2.0


def timed(torch: Any, length: int) -> tuple[float, float, float]:
    """Seconds to record, to run back and to drop a chain."""
    x = torch.ones(1, requires_grad=True)
    start = thread_time()
    y = x
    for _ in range(length):
        y = y * 1.0
    recorded = thread_time()
    y.backward()
    back = thread_time()
    del y
    return recorded - start, back - recorded, thread_time() - back


def main(argv: Sequence[str] | None = None) -> int:
    """Print microseconds per node and the ratio; 1 if the long chain costs more than twice a short one's nodes."""
    import frankentorch as torch  # noqa: PLC0415  # as in `run`: a usage message must not cost an import

    timed(torch, SHORT)
    short = [min(times) / SHORT * 1e6 for times in zip(*[timed(torch, SHORT) for _ in range(50)], strict=True)]
    long = [seconds / LONG * 1e6 for seconds in timed(torch, LONG)]
    print(f"{'µs per node':12} {'record':>8} {'backward':>9} {'drop':>6} {'all':>7}")
    for name, parts in ((f"{SHORT:,}", short), (f"{LONG:,}", long)):
        print(f"{name:12} {parts[0]:8.2f} {parts[1]:9.2f} {parts[2]:6.2f} {sum(parts):7.2f}")
    ratio = sum(long) / sum(short)
    print(f"a node of the long chain costs {ratio:.2f} times one of the short chain (limit {LIMIT:g})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
