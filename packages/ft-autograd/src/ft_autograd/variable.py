"""torch.autograd.variable: `Variable`, which has long been another name of Tensor."""

from .graph import Variable

__all__ = ["Variable"]
