"""A machine without a GPU: the kernels' CUDA text compiled by g++ and run on NumPy arrays, one host thread for each CUDA thread.

It takes the place of `runtime.Machine`, so the tests drive the same packing, the same text and the same index arithmetic as on a
device. What it cannot show: the speed, the atomics (its adds are serial), and NVRTC's own code generation.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from ft_kernel_cuda import source
from ft_kernel_cuda.runtime import Machine, use_machine

SHIM = r"""
#include <math.h>
#include <cmath>
#define FT_HOST
#define FT_KERNEL extern "C" void
#define FT_FN static inline
#define FT_MEMBER
#define __shared__ static
#define __align__(n) __attribute__((aligned(n)))
struct Index { unsigned x; };
static thread_local Index threadIdx, blockIdx;
static Index blockDim, gridDim;
inline float cyl_bessel_i0(float x) { return (float)std::cyl_bessel_i(0.0, (double)fabsf(x)); }
inline double cyl_bessel_i0(double x) { return std::cyl_bessel_i(0.0, fabs(x)); }
template <class T> T sinpi(T x) { return sin(x * (T)3.14159265358979323846); }
template <class T> T erfinv(T y) {  // by Newton's method: a test's function, not a kernel's
  double x = 0;
  for (int k = 0; k < 60; ++k) x -= (erf(x) - (double)y) / (1.1283791670955126 * exp(-x * x));
  return (T)x;
}
"""

SERIAL = r"""
extern "C" void run_ENTRY(unsigned grid, unsigned block, const Words* words) {
  gridDim.x = grid; blockDim.x = block;
  for (unsigned b = 0; b < grid; ++b)
    for (unsigned t = 0; t < block; ++t) { blockIdx.x = b; threadIdx.x = t; ENTRY(*words); }
}
"""

THREADED_SHIM = r"""
#include <barrier>
#include <thread>
#include <vector>
static std::barrier<>* team_barrier;
#define __syncthreads() team_barrier->arrive_and_wait()
"""

THREADED = r"""
extern "C" void run_ENTRY(unsigned grid, unsigned block, const Words* words) {
  gridDim.x = grid; blockDim.x = block;
  for (unsigned b = 0; b < grid; ++b) {
    std::barrier<> barrier(block);
    team_barrier = &barrier;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < block; ++t) threads.emplace_back([=] { blockIdx.x = b; threadIdx.x = t; ENTRY(*words); });
    for (auto& t : threads) t.join();
  }
}
"""


class HostMachine(Machine):
    """NumPy arrays; kernels through g++, kept in `folder`. While `collecting`, launches are only noted, to be built in one go."""

    xp = np

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.loaded: dict[tuple, object] = {}
        self.noted: dict[tuple, str] | None = None

    def is_array(self, value: object) -> bool:
        return isinstance(value, np.ndarray)

    def pointer(self, array: np.ndarray) -> int:
        return array.ctypes.data

    def view(self, root, dtype, shape, strides, offset):
        return np.ndarray(shape, dtype, root, offset, strides)

    def read(self, array: np.ndarray) -> np.ndarray:
        return np.zeros_like(array) if self.noted is not None else array.copy()

    def device_count(self) -> int:
        return 1

    def current_device(self) -> int:
        return 0

    def resident_threads(self) -> int:
        return 1024

    @contextmanager
    def collecting(self):
        self.noted = {}
        try:
            yield self.noted
        finally:
            self.noted = None

    def launch(self, file, macros, entry, grid, block, words) -> None:
        if self.noted is not None:
            self.noted[file, macros] = entry
            return
        if (file, macros) not in self.loaded:
            self.build({(file, macros): entry})
        threads = block if file == "philox.cu" else min(block, 32) if file in ("reduce.cu", "softmax.cu") else 8
        buffer = ctypes.create_string_buffer(words, len(words))
        view = np.frombuffer(buffer, np.int64)
        if file == "reduce.cu" and view[9] > threads:  # a team must fit into a block
            view[9] = threads
        self.loaded[file, macros](grid, threads, buffer)

    def build(self, units: dict[tuple, str]) -> None:
        """Compile several specialisations into one library: the prelude once, each text under its own names."""
        pieces = [SHIM, source.text("prelude.cuh"), source.text("complex.cuh")]
        threaded = any("__syncthreads" in source.text(file) for file, _ in units)
        pieces += [THREADED_SHIM] * threaded
        for k, ((file, macros), entry) in enumerate(units.items()):
            undefine = "".join(f"#undef {m}\n" for m in (*ALL_MACROS, entry))
            define = "".join(f"#define {name} {value}\n" for name, value in (*macros, (entry, f"{entry}_{k}")))
            runner = (THREADED if "__syncthreads" in source.text(file) else SERIAL).replace("ENTRY", f"{entry}_{k}")
            pieces.append(f"{undefine}{define}namespace unit_{k} {{\n{source.text(file)}\n{runner}}}\n")
        library = self._compiled("".join(pieces))
        for k, (unit, entry) in enumerate(units.items()):
            run = getattr(library, f"run_{entry}_{k}")
            run.argtypes = [ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p]
            self.loaded[unit] = run

    def _compiled(self, text: str) -> ctypes.CDLL:
        library = self.folder / (hashlib.sha256(text.encode()).hexdigest() + ".so")
        if not library.exists():
            partial = library.with_suffix(f".{os.getpid()}")
            command = ["g++", "-std=c++20", "-O0", "-w", "-shared", "-fPIC", "-pthread", "-x", "c++", "-", "-o", str(partial)]
            built = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stderr[:4000]
            partial.replace(library)
        return ctypes.CDLL(str(library))


ALL_MACROS = (
    "FT_R FT_ARITY FT_T0 FT_T1 FT_T2 FT_T3 FT_EXPR FT_POLICY FT_ACC FT_MEAN FT_COMBINE FT_LOG FT_BACKWARD FT_WRITE FT_ADD FT_CHECK"
)
ALL_MACROS = tuple(ALL_MACROS.split())


@pytest.fixture(scope="session")
def host_machine(tmp_path_factory):
    """One for the session, so that a kernel is compiled once."""
    if shutil.which("g++") is None:
        pytest.skip("g++ is not installed; it runs the kernels' text on the host")
    return HostMachine(tmp_path_factory.mktemp("kernels"))


@pytest.fixture
def host(host_machine):
    """The host machine in the place of the device."""
    before = use_machine(host_machine)
    yield host_machine
    use_machine(before)


@pytest.fixture
def noting(tmp_path):
    """A machine that notes launches and runs nothing; needs no compiler."""
    machine = HostMachine(tmp_path)
    before = use_machine(machine)
    with machine.collecting():
        yield machine
    use_machine(before)
