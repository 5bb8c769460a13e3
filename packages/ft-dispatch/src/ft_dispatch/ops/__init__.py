"""The op table: one file per family, one record per op. A file dropped here is a family; importing this package loads all of them.

Records are declared with `ft_dispatch.op.op`; gradient rules and kernels of a family stand in the file of the same name in ft_autograd.rules and in
each backend package.
"""

import os
from importlib import import_module

FAMILIES = tuple(sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_"))

for _family in FAMILIES:
    import_module(f"{__name__}.{_family}")

for _part in (
    "_creation_bindings",
    "_elementwise",
    "_lacking",
):  # names, decompositions, checks: of several families, or used by some
    import_module(f"{__name__}.{_part}")
for _part in ("_sparse_bindings", "_sparse_compressed", "_sparse_namespace"):  # they use records of several families
    import_module(f"{__name__}.{_part}")
