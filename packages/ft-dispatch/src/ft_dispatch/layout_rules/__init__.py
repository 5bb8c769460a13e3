"""What ops do on tensors that are no dense arrays, one file per layout and sort of op; loaded with the first such tensor."""

from . import compressed, compressed_products, coo, coo_arithmetic, coo_products, coo_reductions, quantized
