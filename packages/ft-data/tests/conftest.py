"""The tests compute on the CPU backend: find it before the first of them. What every test with workers needs stands here, too."""

import os
from pathlib import Path

import pytest

import ft_autograd  # noqa: F401  # samples may require grad
from ft_core.backend import backend_for

backend_for("cpu")

SHARED_MEMORY = Path("/dev/shm")  # where Linux shows the names of shared memory; other systems do not


def pytest_collection_modifyitems(items):
    """Two workers on a machine with one core, and forks beside the threads of pytest-xdist, are what is tested here."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning"))
        item.add_marker(pytest.mark.filterwarnings("ignore:.*use of fork.*may lead to deadlocks:DeprecationWarning"))


@pytest.fixture
def nothing_left():
    """After the test no segment that this process's loaders named is left; the workers themselves are the test's to look at."""
    yield
    if SHARED_MEMORY.is_dir():
        assert sorted(SHARED_MEMORY.glob(f"ft{os.getpid():x}*w*s*")) == []
