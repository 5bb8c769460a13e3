"""How long `import` takes, each time in a fresh interpreter: the median of seven, sides alternated.

An installed package has its bytecode; a checkout may not, and a variable in somebody's shell may keep Python from writing
any. So the bytecode of this measurement has a folder of its own, which the first import of each side fills.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from .timing import Result

TIMES = 7
LIMIT = 0.25
CODE = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"


def once(module: str, bytecode: str) -> float:
    """Seconds one import takes in a new process, with its bytecode in the folder `bytecode`. CalledProcessError if it fails."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": bytecode}
    command = [sys.executable, "-c", CODE.format(module)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout)


def measure(with_torch: bool, times: int = TIMES) -> Result:
    """The row "import": target 0.25 s. An import that fails is the row's error."""
    modules = ["frankentorch", "torch"] if with_torch else ["frankentorch"]
    taken: dict[str, list[float]] = {module: [] for module in modules}
    try:
        with tempfile.TemporaryDirectory() as bytecode:
            for module in modules:
                once(module, bytecode)
            for _ in range(times):
                for module in modules:
                    taken[module].append(once(module, bytecode))
    except subprocess.CalledProcessError as error:
        return Result("import", "import", error=(error.stderr.splitlines() or ["no message"])[-1])
    return Result("import", "import", taken["frankentorch"], taken.get("torch", ()), limit=LIMIT)
