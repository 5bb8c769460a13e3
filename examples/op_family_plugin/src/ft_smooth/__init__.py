"""Smooth steps and maxima as ops: the hooks through which FrankenTorch finds them.

The modules are imported when the hooks are called, so that an installed family costs nothing until an op of it is asked for.
"""

from ft_core.plugin import impl


@impl
def ft_op_families():
    from . import kernels, ops  # see above

    return [ops, kernels]


@impl
def ft_rules():
    from . import rules

    return [rules]
