"""torch._dynamo.eval_frame: what `torch.compile` makes of a module."""

from ft_nn.compiled import OptimizedModule

__all__ = ["OptimizedModule"]
