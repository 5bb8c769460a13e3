"""torch.ao.nn: the namespaces of `ft_nn` that quantization works with."""

from ft_nn import intrinsic, qat, quantizable, quantized

__all__ = ["intrinsic", "qat", "quantizable", "quantized"]
