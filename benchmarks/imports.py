"""How long `import` takes, each in a fresh interpreter: the median of seven, bytecode cached, sides alternated."""

from __future__ import annotations

import subprocess
import sys

from .timing import Result

TIMES = 7
LIMIT = 0.25
CODE = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"


def once(module: str) -> float:
    """Seconds one import takes in a new process. CalledProcessError if it fails."""
    done = subprocess.run([sys.executable, "-c", CODE.format(module)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure(with_torch: bool, times: int = TIMES) -> Result:
    """The row "import": target 0.25 s."""
    modules = ["frankentorch", "torch"] if with_torch else ["frankentorch"]
    taken: dict[str, list[float]] = {module: [] for module in modules}
    for module in modules:
        once(module)  # fills the caches of the disk and of bytecode
    for _ in range(times):
        for module in modules:
            taken[module].append(once(module))
    return Result("import", "import", taken["frankentorch"], taken.get("torch", ()), limit=LIMIT)
