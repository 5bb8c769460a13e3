"""`frankentorch doctor`: what this machine and this environment give us, as the first thing to paste into a bug report.

Everything is asked for, nothing is assumed: a library that is missing is a line that says what to install, never an error, since
whoever runs this has a problem already.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import platform
import sys
from dataclasses import dataclass

OURS = (
    "ft-core",
    "ft-dispatch",
    "ft-kernel-cpu",
    "ft-kernel-cuda",
    "ft-autograd",
    "ft-nn",
    "ft-optim",
    "ft-data",
    "ft-distributions",
    "ft-serialize",
    "frankentorch",
)
THEIRS = (
    "numpy",
    "ml_dtypes",
    "pluggy",
    "llvmlite",
    "onednn-cpu-gomp",
    "cupy-cuda13x",
    "safetensors",
    "gguf",
    "msgpack",
    "raptorq",
    "torch",
)
THREAD_SETTINGS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `fine` is False where something that was installed does not work."""

    section: str
    name: str
    value: str
    fine: bool = True


def report() -> list[Finding]:
    """All findings, section by section."""
    return [*versions(), *processor(), *threads(), *tiers(), *devices()]


def versions() -> list[Finding]:
    """Python, our packages, and the libraries they stand on; ours must all have one version."""
    found = [Finding("versions", "Python", f"{platform.python_version()} ({sys.executable})")]
    ours = {name: version for name in OURS if (version := _version(name))}
    agree = len(set(ours.values())) == 1
    if agree:
        found.append(Finding("versions", f"{len(ours)} packages of ours", next(iter(ours.values()))))
    else:
        told = ", ".join(f"{name} {version}" for name, version in ours.items()) or "none installed"
        found.append(Finding("versions", "packages of ours", f"{told}: reinstall them in one pip call", fine=False))
    found += [Finding("versions", name, version) for name in THEIRS if (version := _version(name))]
    return found


def processor() -> list[Finding]:
    """Architecture, and the vector extensions NumPy dispatches to."""
    import numpy

    simd = numpy.show_config(mode="dicts").get("SIMD Extensions", {})
    extensions = ", ".join([*simd.get("baseline", []), *simd.get("found", [])]) or "none known to NumPy"
    return [
        Finding("processor", "machine", f"{platform.machine()}, {platform.system()} {platform.release()}"),
        Finding("processor", "vector extensions", extensions),
    ]


def threads() -> list[Finding]:
    """Cores this process may use, and the settings that BLAS reads when NumPy is loaded."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    found = [Finding("threads", "cores", f"{usable} usable of {os.cpu_count()}")]
    found += [Finding("threads", name, os.environ[name]) for name in THREAD_SETTINGS if name in os.environ]
    return found


def tiers() -> list[Finding]:
    """The ways ft-kernel-cpu can compute here: NumPy, LLVM, oneDNN."""
    found = [Finding("CPU tiers", "NumPy", _blas())]
    if importlib.util.find_spec("llvmlite") is None:
        found.append(Finding("CPU tiers", "LLVM", "not installed: the extra ft-kernel-cpu[jit] brings it"))
    else:
        try:
            binding = importlib.import_module("llvmlite.binding")
            version = ".".join(str(part) for part in binding.llvm_version_info)
            found.append(Finding("CPU tiers", "LLVM", f"LLVM {version} for {binding.get_host_cpu_name()}"))
        except Exception as error:  # noqa: BLE001 - a broken shared library may raise anything, and this is what we report
            found.append(Finding("CPU tiers", "LLVM", f"installed, does not load: {error}", fine=False))
    onednn = _version("onednn-cpu-gomp")
    found.append(Finding("CPU tiers", "oneDNN", onednn or "not installed: the extra ft-kernel-cpu[onednn] brings it (x86 Linux)"))
    return found


def devices() -> list[Finding]:
    """A line per plugin: the devices it brings, or why it brings none."""
    from .plugins_cmd import collect

    found = []
    for row in collect():
        brought = ", ".join(row.brings) or "nothing"
        fine = row.status != "failed"
        found.append(Finding("plugins", row.name, f"{row.status}: {brought if fine else row.reason}", fine))
    return [*found, *_availability()]


def _availability() -> list[Finding]:
    """What each backend says about its own hardware."""
    from ft_core.backend import BACKENDS

    found = []
    for kind, backend in sorted(BACKENDS.items()):
        reason = backend.unavailable_reason()
        found.append(Finding("devices", kind, f"{backend.device_count()} usable" if reason is None else reason))
    return found


def _blas() -> str:
    import numpy

    blas = numpy.show_config(mode="dicts").get("Build Dependencies", {}).get("blas", {})
    return f"{numpy.__version__} with {blas.get('name', 'no BLAS named')} {blas.get('version', '')}".strip()


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def show_report() -> int:
    """Print the report; 1 if something that is installed does not work, else 0."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    findings = report()
    console = Console()
    for section in dict.fromkeys(finding.section for finding in findings):
        table = Table(title=section, title_justify="left", title_style="bold", show_header=False, box=None, padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for finding in findings:
            if finding.section == section:
                table.add_row(finding.name, Text(finding.value), style=None if finding.fine else "red")
        console.print(table)
        console.print()
    return 0 if all(finding.fine for finding in findings) else 1
