"""Gradient rules, one file per family; importing this package attaches all of them to the op table. A file dropped here is found."""

import os
from importlib import import_module

FAMILIES = tuple(sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_"))

for _family in FAMILIES:
    import_module(f"{__name__}.{_family}")
