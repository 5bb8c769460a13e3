"""`python -m frankentorch`: the same program as the console script, for environments whose script folder is not on PATH."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
