"""torch._inductor.config: settings of a compiler that is not there. Programs set them; nothing reads them."""

from types import SimpleNamespace

debug = False
fx_graph_cache = True
max_autotune = False
max_autotune_gemm = False
coordinate_descent_tuning = False
epilogue_fusion = True
freezing = False
cpp_wrapper = False
triton = SimpleNamespace(cudagraphs=False, unique_kernel_names=True)
cpp = SimpleNamespace(threads=-1)
