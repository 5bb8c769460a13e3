"""torch.utils.collect_env: what to put into a bug report; `python -m frankentorch.utils.collect_env` prints it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from typing import NamedTuple

import frankentorch

__all__ = ["SystemEnv", "get_env_info", "get_pretty_env_info", "main"]

_PACKAGES = ("cupy", "flake8", "frankentorch", "ft-", "llvmlite", "ml-dtypes", "mypy", "numpy", "nvidia", "onednn", "torch")


class SystemEnv(NamedTuple):
    """What is known about this installation."""

    torch_version: str
    is_debug_build: str
    cuda_compiled_version: str
    os: str
    libc_version: str
    python_version: str
    python_platform: str
    is_cuda_available: str
    cpu_info: str
    pip_packages: tuple[str, ...]


def get_env_info() -> SystemEnv:
    """Ask the system, the interpreter and the installed packages."""
    installed = {
        f"{found.metadata['Name']}=={found.version}"
        for found in importlib.metadata.distributions()
        if str(found.metadata["Name"]).lower().replace("_", "-").startswith(_PACKAGES)
    }
    return SystemEnv(
        torch_version=frankentorch.__version__,
        is_debug_build="False",
        cuda_compiled_version="None, kernels are compiled where they run",
        os=f"{platform.system()} {platform.release()} ({platform.machine()})",
        libc_version="-".join(part for part in platform.libc_ver() if part) or "N/A",
        python_version=f"{sys.version.replace(os.linesep, ' ')} ({sys.maxsize.bit_length() + 1}-bit runtime)",
        python_platform=platform.platform(),
        is_cuda_available=str(frankentorch.cuda.is_available()),
        cpu_info=f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {frankentorch.get_num_threads()} used",
        pip_packages=tuple(sorted(installed)),
    )


def get_pretty_env_info() -> str:
    """The same as text, a line for each fact."""
    info = get_env_info()
    titles = {
        "torch_version": "PyTorch version",
        "is_debug_build": "Is debug build",
        "cuda_compiled_version": "CUDA used to build PyTorch",
        "os": "OS",
        "libc_version": "Libc version",
        "python_version": "Python version",
        "python_platform": "Python platform",
        "is_cuda_available": "Is CUDA available",
        "cpu_info": "CPU",
    }
    lines = [f"{title}: {getattr(info, field)}" for field, title in titles.items()]
    return "\n".join([*lines, "", "Versions of relevant libraries:", *(f"[pip3] {package}" for package in info.pip_packages)])


def main() -> None:
    """Print it."""
    print("Collecting environment information...")
    print(get_pretty_env_info())


if __name__ == "__main__":
    main()
