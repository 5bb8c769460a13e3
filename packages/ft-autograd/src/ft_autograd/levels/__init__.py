"""Levels: the interpreters of torch.func. A transform wraps tensors; ops on wrapped tensors go to the transform, which asks
the level below.

level       the wrapper class, the stack, the door through which ft_dispatch comes
grad_level  reverse mode: a graph of its own, of the same nodes and rules as everyday autograd
jvp_level   forward mode: a tangent beside every value
vmap_level  a hidden leading dimension; `batch_*` hold the rules by kind of op
tree        nested arguments and results, flattened and rebuilt
"""

from .level import Interpreter, Level, level, level_inplace

__all__ = ["Interpreter", "Level", "level", "level_inplace"]
