"""torch._C: the private names of torch's extension module that programs use all the same."""
# ruff: noqa: N999 - torch's name

from typing import Any

import ft_nn.functional as _nn
from ft_core import Generator, Size, Tensor, device, dtype
from ft_core.errors import LinAlgError as _LinAlgError
from ft_core.keys import TF_MODE
from ft_core.state import TL
from ft_dispatch import surface as _VariableFunctions
from ft_dispatch.autocast_state import SUPPORTED
from ft_dispatch.autocast_state import is_any_autocast_enabled as _is_any_autocast_enabled
from ft_dispatch.grad_mode import set_grad_enabled as _set_grad
from ft_dispatch.overrides import DisableTorchFunction, DisableTorchFunctionSubclass
from ft_dispatch.overrides import disabled_torch_function as _disabled_torch_function_impl

__all__ = [
    "DisableTorchFunction", "DisableTorchFunctionSubclass", "Generator", "Size", "TensorBase", "_LinAlgError", "_TensorBase",
    "_VariableFunctions", "_autocast_supported_devices", "_disabled_torch_function_impl", "_get_default_device", "_get_tracing_state",
    "_has_mkldnn", "_is_any_autocast_enabled", "_is_torch_function_all_disabled", "_is_torch_function_enabled",
    "_jit_set_profiling_executor", "_jit_set_profiling_mode", "_len_torch_function_stack", "_log_api_usage_once", "_nn",
    "_set_grad_enabled", "device", "dtype", "has_lapack", "has_mkl", "has_openmp",
]  # fmt: skip

TensorBase = _TensorBase = Tensor
has_lapack = True
has_mkl = has_openmp = _has_mkldnn = False


def _len_torch_function_stack() -> int:
    """How many modes see functions."""
    return len(TL.st.function_modes)


def _get_default_device() -> str:
    """The type of the device of factory functions that name none."""
    from ._functions import get_default_device

    return get_default_device().type


def _set_grad_enabled(enabled: bool) -> None:
    """Record gradients from now on, or not."""
    _set_grad(enabled)


def _jit_set_profiling_executor(enabled: bool) -> bool:
    """Choose how scripts are run: there are none. Returns torch's default."""
    return True


def _jit_set_profiling_mode(enabled: bool) -> bool:
    """See `_jit_set_profiling_executor`."""
    return True


def _get_tracing_state() -> None:
    """The recorder of torch.jit.trace at work: there is none, so None."""


def _log_api_usage_once(event: str) -> None:
    """torch counts what is used where its owners asked for it; nothing is counted here."""


def __getattr__(name: str) -> Any:
    """What reads and writes archives, on first use."""
    if name in ("PyTorchFileReader", "PyTorchFileWriter"):
        import ft_serialize

        return getattr(ft_serialize, name)
    raise AttributeError(f"module 'torch._C' has no attribute {name!r}", name=name)


def _autocast_supported_devices() -> list[str]:
    return list(SUPPORTED)


def _is_torch_function_enabled() -> bool:
    """Whether subclasses are asked on this thread."""
    return not TL.st.data.get("subclass_off")


def _is_torch_function_all_disabled() -> bool:
    """Whether neither subclasses nor modes are asked, while there are modes."""
    st = TL.st
    return bool(st.data.get("subclass_off")) and bool(st.function_modes) and not st.bits & TF_MODE
