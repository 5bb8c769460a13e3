"""ft_dispatch: what an op is and how a call finds its kernel. The op table, keys and routes, modes, the torch-shaped surface.

Importing it builds the table and puts methods on Tensor; arithmetic on data is the backends' affair.
"""

from .op import Op, op
from .registry import OPS, binding, lookup

__all__ = ["OPS", "Op", "binding", "lookup", "op"]
