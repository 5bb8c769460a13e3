"""Lets the tests of this package import their own modules under any import mode."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
