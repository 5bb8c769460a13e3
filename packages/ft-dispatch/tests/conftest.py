"""The CPU backend under the dispatcher's tests: calls need kernels, and ft-kernel-cpu is what `[test]` declares for them."""

import ft_kernel_cpu  # noqa: F401  # registers its backend
import pytest
from ft_core.backend import BACKENDS, register_backend


@pytest.fixture(autouse=True, scope="session")
def cpu():
    if "cpu" not in BACKENDS:
        register_backend(ft_kernel_cpu.backend)
