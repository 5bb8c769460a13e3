"""The tests compute on the CPU backend: find it before the first of them. The folder is put on the path for `cases`."""

import sys
from pathlib import Path

from ft_core.backend import backend_for

sys.path.insert(0, str(Path(__file__).parent))
backend_for("cpu")
