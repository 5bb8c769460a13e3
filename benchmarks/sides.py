"""The two sides: FrankenTorch and torch, in one process, with the same number of threads.

`import_as` runs a script that says `import torch` with either of them behind that name, without touching `sys.modules`: both
sides must be able to hold their own copy of the same script at the same time.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ORACLE = "2.13"


def set_threads(count: int) -> None:
    """Tell every BLAS and OpenMP how many threads to use; before NumPy or torch is imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(count)


def load(name: str, threads: int) -> ModuleType | None:
    """The library `name` with `threads` threads; None where it is not installed. RuntimeError for a torch of another version."""
    if importlib.util.find_spec(name) is None:
        return None
    module = importlib.import_module(name)
    if name == "torch" and not module.__version__.startswith(ORACLE):
        raise RuntimeError(f"benchmarks compare with torch {ORACLE}, here is {module.__version__}; install torch=={ORACLE}.0")
    module.set_num_threads(threads)
    return module


def import_as(torch: Any, script: Path) -> dict[str, Any]:
    """The names a script defines when `torch` is what it imports under that name; it finds the modules beside it, as when started."""
    prefix = torch.__name__
    beside = str(script.parent)
    if beside not in sys.path:
        sys.path.append(beside)

    def choose(name: str, scope: Any = None, local: Any = None, wanted: Any = (), level: int = 0) -> Any:
        if level == 0 and (name == "torch" or name.startswith("torch.")):
            if not wanted:
                importlib.import_module(prefix + name[len("torch") :])
                return torch
            return importlib.import_module(prefix + name[len("torch") :])
        return builtins.__import__(name, scope, local, wanted, level)

    names: dict[str, Any] = {"__name__": script.stem, "__file__": str(script)}
    names["__builtins__"] = {**vars(builtins), "__import__": choose}
    exec(compile(script.read_text(), str(script), "exec"), names)  # our own script, once per side
    return names
