"""From CUDA C++ text to a cubin, by NVRTC, with a cache on disk.

NVRTC compiles for any architecture without a driver or a device, so the tests compile every kernel on machines that have neither.
The library is found by cuda-pathfinder where CuPy brought it, else in the wheel nvidia-cuda-nvrtc, else on the loader's path. A
cached file is named by the sha256 of everything the result depends on (text, architecture, options, NVRTC's version) and moved
into place whole.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import tempfile
from functools import cache
from importlib import import_module, util
from pathlib import Path

OPTIONS = ("--std=c++17", "--fmad=true", "--disable-warnings")
MISSING = "NVRTC is not installed; install nvidia-cuda-nvrtc (59 MB, needs no driver), or a CUDA toolkit from 13.0"


class CompileError(RuntimeError):
    """A kernel's text was refused; the message holds NVRTC's log. This is a fault of ours, not of the caller."""


@cache
def library() -> ctypes.CDLL | None:
    """The NVRTC library, or None where this machine has none."""
    for path in _candidates():
        try:
            return ctypes.CDLL(path)
        except OSError:
            continue
    return None


def _candidates() -> list[str]:
    found: list[str] = []
    if util.find_spec("cuda") is not None and util.find_spec("cuda.pathfinder") is not None:
        pathfinder = import_module("cuda.pathfinder")
        try:
            found.append(pathfinder.load_nvidia_dynamic_lib("nvrtc").abs_path)
        except RuntimeError:  # its DynamicLibNotFoundError is one
            pass
    spec = util.find_spec("nvidia")
    for root in (spec.submodule_search_locations or []) if spec is not None else []:
        found += [str(p) for p in sorted(Path(root).glob("*/lib/libnvrtc.so.*"), reverse=True)]
    return [p for p in found if p] + ["libnvrtc.so.13", "libnvrtc.so.12", "nvrtc64_130_0.dll"]


def version() -> tuple[int, int]:
    """(major, minor) of NVRTC. Raises CompileError where it is missing."""
    major, minor = ctypes.c_int(), ctypes.c_int()
    _check(_loaded().nvrtcVersion(ctypes.byref(major), ctypes.byref(minor)), "nvrtcVersion")
    return major.value, minor.value


def compile_text(text: str, arch: str) -> bytes:
    """The cubin of `text` for `arch` ("sm_90"), without the cache. Raises CompileError with NVRTC's log."""
    lib, program = _loaded(), ctypes.c_void_p()
    title = text.split("\n", 1)[0].encode()
    _check(lib.nvrtcCreateProgram(ctypes.byref(program), text.encode(), title, 0, None, None), "nvrtcCreateProgram")
    try:
        options = [f"--gpu-architecture={arch}".encode(), *(o.encode() for o in OPTIONS)]
        status = lib.nvrtcCompileProgram(program, len(options), (ctypes.c_char_p * len(options))(*options))
        if status:
            raise CompileError(f"nvrtc: {title.decode()} does not compile for {arch}:\n{_fetched(program, 'ProgramLog').decode()}")
        return _fetched(program, "CUBIN")
    finally:
        lib.nvrtcDestroyProgram(ctypes.byref(program))


def cubin(text: str, arch: str, folder: Path | None = None) -> bytes:
    """The cubin of `text` for `arch`, from the disk cache where it is there. A cache that cannot be written is done without."""
    folder = folder or Path.home() / ".cache" / "frankentorch" / "cuda"
    parts = (text, arch, " ".join(OPTIONS), ".".join(map(str, version())))
    path = folder / (hashlib.sha256("\0".join(parts).encode()).hexdigest() + ".cubin")
    try:
        return path.read_bytes()
    except OSError:
        image = compile_text(text, arch)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as partial:
            partial.write(image)
        os.replace(partial.name, path)
    except OSError:
        pass
    return image


def _loaded() -> ctypes.CDLL:
    lib = library()
    if lib is None:
        raise CompileError(f"nvrtc: {MISSING}")
    return lib


def _check(status: int, call: str) -> None:
    if status:
        lib = _loaded()
        lib.nvrtcGetErrorString.restype = ctypes.c_char_p
        raise CompileError(f"nvrtc: {call} failed: {lib.nvrtcGetErrorString(status).decode()}")


def _fetched(program: ctypes.c_void_p, what: str) -> bytes:
    lib, size = _loaded(), ctypes.c_size_t()
    _check(getattr(lib, f"nvrtcGet{what}Size")(program, ctypes.byref(size)), f"nvrtcGet{what}Size")
    buffer = ctypes.create_string_buffer(size.value)
    _check(getattr(lib, f"nvrtcGet{what}")(program, buffer), f"nvrtcGet{what}")
    return buffer.raw if what == "CUBIN" else buffer.value
