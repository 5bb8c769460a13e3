"""The backend object: memory on the host machine, raw bfloat16, and its manners where there is no GPU."""

import subprocess
import sys

import ml_dtypes
import numpy as np
import pytest

import ft_core
from ft_core.plugin import PluginManager
from ft_kernel_cuda import CudaBackend, cuda_rt, nvrtc, plugin, runtime

BACKEND = CudaBackend()


def test_importing_needs_neither_cupy_nor_a_driver():
    code = "import sys, ft_kernel_cuda; print('cupy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_plugin_hook_brings_the_backend():
    manager, got = PluginManager(list, lambda name: frozenset()), []
    manager.receive("ft_backends", lambda backend, owner: got.append(backend.device_type))
    manager.register(plugin, "cuda")
    assert got == ["cuda"]


def test_reasons_are_told_in_the_order_of_what_to_do(monkeypatch):
    monkeypatch.setattr(cuda_rt, "driver", lambda: None)
    assert "no NVIDIA driver" in runtime.unavailable_reason()
    assert BACKEND.device_count() == 0
    monkeypatch.setattr(cuda_rt, "driver", object)
    monkeypatch.setattr(runtime.util, "find_spec", lambda name: None)
    assert "install cupy-cuda13x" in runtime.unavailable_reason()


def _broken():
    raise RuntimeError("cudaErrorInsufficientDriver")


def test_driver_errors_and_missing_devices_are_reasons(monkeypatch, host):
    monkeypatch.setattr(cuda_rt, "driver", object)
    monkeypatch.setattr(runtime.util, "find_spec", lambda name: object())
    monkeypatch.setattr(nvrtc, "library", object)
    assert runtime.unavailable_reason() is None
    monkeypatch.setattr(host, "device_count", lambda: 0)
    assert runtime.unavailable_reason() == "the driver sees no device"
    monkeypatch.setattr(host, "device_count", _broken)
    assert "the driver answers: cudaErrorInsufficientDriver" in runtime.unavailable_reason()


@pytest.mark.parametrize("dtype", [ft_core.float32, ft_core.bfloat16, ft_core.float8_e4m3fn, ft_core.int64, ft_core.complex64])
def test_values_survive_the_way_to_the_device_and_back(host, dtype):
    x = np.array([[1, -2, 0], [4, 5, 6]]).astype(dtype.numpy)
    there = BACKEND.from_host(x.T, dtype)
    assert there.flags.c_contiguous
    back = BACKEND.to_host(there, dtype)
    assert back.dtype == x.dtype
    np.testing.assert_array_equal(back, x.T)


def test_bfloat16_is_cast_by_its_name_not_by_its_array(host):
    x = np.array([1.5, -0.1, 3e38], np.float32)
    half = BACKEND.cast(x, ft_core.float32, ft_core.bfloat16)
    assert half.dtype == np.uint16
    assert BACKEND.dtype_of(half) is None
    np.testing.assert_array_equal(BACKEND.to_host(half, ft_core.bfloat16), x.astype(ml_dtypes.bfloat16))
    np.testing.assert_array_equal(
        BACKEND.cast(half, ft_core.bfloat16, ft_core.float64), x.astype(ml_dtypes.bfloat16).astype(np.float64)
    )


def test_strided_view_shares_memory(host):
    array = BACKEND.allocate((2, 3), ft_core.float32)
    root, nbytes = BACKEND.root_of(array)
    assert nbytes == 24
    view = BACKEND.strided_view(root, ft_core.float32, (3,), (1,), 3)
    BACKEND.copy_within(view, BACKEND.from_host(np.arange(3, dtype=np.float32), ft_core.float32))
    assert array[1].tolist() == [0, 1, 2]


def test_scalar_is_a_0_dim_array(host):
    assert BACKEND.scalar(2.5, ft_core.float64).shape == ()
    assert BACKEND.scalar(7, ft_core.int32)[()] == 7


def test_host_engines_are_refused():
    assert BACKEND.generator("philox").offset == 0
    with pytest.raises(ValueError, match="engine \"philox\" is the one on cuda; got 'mt19937'"):
        BACKEND.generator("mt19937")
