"""What every test process of the checkout needs before anything else is imported.

One BLAS thread per worker: pytest-xdist starts a worker per core, and OpenBLAS reads its thread count once, when NumPy is
loaded. Anything that is about tests themselves (fixtures, samples, tolerances) lives in ft-conformance, not here.
"""

import os
import sys

_LOADED_EARLY = "numpy" in sys.modules

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


def pytest_report_header() -> str:
    """Say which thread count the BLAS of this run has, since its last bits depend on it."""
    if _LOADED_EARLY:
        return "BLAS threads: NumPy was loaded by another plugin before conftest.py could limit them"
    return f"BLAS threads per worker: {os.environ['OPENBLAS_NUM_THREADS']}"
