"""ft_conformance: the test kit. Does a backend, ours or yours, compute what torch computes?

`compare` says where two results differ, `oracle` asks an installed torch (op by op, from torch's own samples), `fixtures` holds
torch's answers for where no torch is installed, `parity` writes the report. Nothing a user's program needs is here.
"""

from .compare import Difference, Tolerance, first_difference, tolerance_of

__all__ = ["Difference", "Tolerance", "first_difference", "tolerance_of"]
