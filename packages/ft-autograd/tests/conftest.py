"""The CPU backend under autograd's tests: gradients need arithmetic, and ft-kernel-cpu is what `[test]` declares for it.

The tests over the whole table draw on the samples of the op layer's own tests, whose folder is put on the path for them.
"""

import sys
from pathlib import Path

import ft_kernel_cpu  # registers its backend
from ft_core.backend import BACKENDS, register_backend

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "ft-dispatch/tests")]

if "cpu" not in BACKENDS:  # at once: test modules make tensors when they are imported
    register_backend(ft_kernel_cpu.backend)
