"""The CPU backend under autograd's tests: gradients need arithmetic, and ft-kernel-cpu is what `[test]` declares for it."""

import pytest

import ft_kernel_cpu  # registers its backend
from ft_core.backend import BACKENDS, register_backend


@pytest.fixture(autouse=True, scope="session")
def cpu():
    if "cpu" not in BACKENDS:
        register_backend(ft_kernel_cpu.backend)
