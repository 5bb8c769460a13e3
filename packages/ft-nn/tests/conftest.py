"""The CPU backend under the layers' tests, which compute; ft-kernel-cpu is what `[test]` declares for them.

The folder is put on the path, so that test files may import `functional_samples` under any import mode.
"""

import sys
from pathlib import Path

import pytest

import ft_kernel_cpu  # registers its backend
from ft_core.backend import BACKENDS, register_backend

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True, scope="session")
def cpu():
    if "cpu" not in BACKENDS:
        register_backend(ft_kernel_cpu.backend)
