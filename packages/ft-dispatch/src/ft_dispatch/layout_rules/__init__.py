"""What ops do on tensors that are no dense arrays, one file per layout and sort of op; loaded with the first such tensor."""

from importlib import import_module

for _file in ("coo", "coo_arithmetic", "coo_products", "coo_reductions", "compressed", "compressed_products", "quantized"):
    import_module(f"{__name__}.{_file}")
