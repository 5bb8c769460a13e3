"""Functions of torch's top level that are no ops: questions about objects, process-wide switches, thread counts."""

from __future__ import annotations

import warnings
from typing import Any

import ft_core as _core
from ft_core import Tensor, UntypedStorage, notices
from ft_core.backend import BACKENDS
from ft_core.keys import DETERMINISTIC
from ft_core.state import TL
from ft_dispatch import surface
from ft_dispatch.mode import mode as _mode
from ft_dispatch.typed_storage import TypedStorage
from ft_kernel_cpu.threads import get_num_threads, set_num_threads

__all__ = [
    "_assert",
    "are_deterministic_algorithms_enabled",
    "compiled_with_cxx11_abi",
    "get_default_device",
    "get_deterministic_debug_mode",
    "get_device_module",
    "get_float32_matmul_precision",
    "get_num_interop_threads",
    "get_num_threads",
    "has_lapack",
    "has_mkl",
    "has_openmp",
    "has_spectral",
    "is_deterministic_algorithms_warn_only_enabled",
    "is_storage",
    "is_vulkan_available",
    "is_warn_always_enabled",
    "legacy_contiguous_format",
    "mode",
    "set_default_tensor_type",
    "set_deterministic_debug_mode",
    "set_float32_matmul_precision",
    "set_num_interop_threads",
    "set_num_threads",
    "set_warn_always",
    "typename",
    "use_deterministic_algorithms",
]

legacy_contiguous_format = _core.contiguous_format  # torch's old name of the same object


# -- questions -----------------------------------------------------------------------------------------------------------


def is_storage(obj: Any) -> bool:
    """Whether `obj` is a storage."""
    return isinstance(obj, (UntypedStorage, TypedStorage))


def get_device_module(device: Any = None) -> Any:
    """The namespace of a device type, `torch.cuda` for "cuda:1"; without an argument, that of the accelerator or the CPU.

    RuntimeError for a type that has none.
    """
    import frankentorch as torch

    if device is None:
        found = torch.accelerator.current_accelerator()
        kind = "cpu" if found is None else found.type
    elif isinstance(device, (str, _core.device)):
        kind = _core.device(device).type
    else:
        raise RuntimeError(f"Invalid value of device '{device}', expect torch.device, str, or None")
    module = getattr(torch, kind, None)
    if module is None:
        raise RuntimeError(f"Device '{kind}' does not have a corresponding module registered as 'torch.{kind}'.")
    return module


def compiled_with_cxx11_abi() -> bool:
    """Which C++ ABI torch was built with: True, as in all of its builds since 2.7; there is no C++ here."""
    return True


def is_vulkan_available() -> bool:
    """Whether Vulkan can compute: no."""
    return False


has_lapack = has_spectral = True
has_mkl = has_openmp = False


def _assert(condition: Any, message: str) -> None:
    """`assert` as a call. AssertionError with `message` where the condition is not truthy."""
    assert condition, message  # noqa: S101  # what the function is for; python -O switches torch's off too


def typename(obj: Any) -> str:
    """`torch.FloatTensor` for tensors, the qualified class or function name for other objects."""
    if isinstance(obj, Tensor):
        return obj.type()
    module = getattr(obj, "__module__", None) or ""
    qualified = getattr(obj, "__qualname__", None) or getattr(obj, "__name__", None)
    if qualified is None:
        module, qualified = type(obj).__module__ or "", type(obj).__qualname__
    return qualified if module in ("", "builtins") else f"{module}.{qualified}"


def mode(input: Any, dim: int = -1, keepdim: bool = False, *, out: Any = None) -> Any:
    """Of a tensor: torch.mode, the most frequent value along `dim`. Of "strict" or "hardened": a context of FrankenTorch's."""
    if isinstance(input, str):
        return _mode(input)
    return surface.mode(input, dim, keepdim, out=out)


# -- switches ------------------------------------------------------------------------------------------------------------

_warn_only = False
_matmul_precision = "highest"


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """On this thread, only ops whose result has the same bits each time: for any number of threads, too.

    Matrix products then run on one thread in the whole process, since BLAS gives other bits with other numbers of threads.
    """
    global _warn_only
    _warn_only = bool(mode and warn_only)
    st = TL.st
    st.bits = st.bits | DETERMINISTIC if mode else st.bits & ~DETERMINISTIC
    for backend in BACKENDS.values():
        backend.set_deterministic(bool(mode))


def are_deterministic_algorithms_enabled() -> bool:
    """Whether `use_deterministic_algorithms` is on."""
    return bool(TL.st.bits & DETERMINISTIC)


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """Whether it only warns."""
    return _warn_only


def set_deterministic_debug_mode(debug_mode: int | str) -> None:
    """`use_deterministic_algorithms` by a word: "default" (0), "warn" (1) or "error" (2). RuntimeError for another."""
    words = {"default": 0, "warn": 1, "error": 2}
    level = words.get(debug_mode, -1) if isinstance(debug_mode, str) else debug_mode
    if level not in (0, 1, 2):
        raise RuntimeError(
            f"invalid value for debug_mode, expected one of 'default' (0), 'warn' (1), 'error' (2), but got {debug_mode!r}"
        )
    use_deterministic_algorithms(level > 0, warn_only=level == 1)


def get_deterministic_debug_mode() -> int:
    """0, 1 or 2; see `set_deterministic_debug_mode`."""
    return (1 if _warn_only else 2) if are_deterministic_algorithms_enabled() else 0


def set_default_tensor_type(t: Any, /) -> None:
    """The default dtype by an old type's name, "torch.DoubleTensor". AttributeError for a name that is none, TypeError for other objects."""
    from ft_dispatch.legacy_types import NAMES

    name = (t if isinstance(t, str) else getattr(t, "__name__", "")).removeprefix("torch.")
    if name not in NAMES:
        if isinstance(t, str):
            raise AttributeError(f"module 'torch' has no attribute {name!r}")
        raise TypeError("invalid type object")
    notices.warn(
        "torch.set_default_tensor_type() is deprecated as of PyTorch 2.1, please use torch.set_default_dtype() and "
        "torch.set_default_device() as alternatives."
    )
    _core.set_default_dtype(getattr(_core, NAMES[name]))


def set_warn_always(b: bool, /) -> None:
    """Whether warnings that are given once are given each time."""
    notices.set_always(bool(b))


def is_warn_always_enabled() -> bool:
    """See `set_warn_always`."""
    return notices.is_always()


def get_float32_matmul_precision() -> str:
    """ "highest", "high" or "medium". The CPU backend computes float32 products in float32 whatever it says."""
    return _matmul_precision


def set_float32_matmul_precision(precision: str) -> None:
    """See `get_float32_matmul_precision`; another word has no effect, and a warning says so."""
    global _matmul_precision
    if precision in ("highest", "high", "medium"):
        _matmul_precision = precision
    else:
        notices.warn(
            f"{precision} is not one of 'highest', 'high', or 'medium'; the current setFloat32MatmulPrecision call has no effect."
        )


def get_default_device() -> _core.device:
    """The device of factory functions that name none."""
    return _core.default_device() or _core.device("cpu")


# -- threads -------------------------------------------------------------------------------------------------------------


def get_num_interop_threads() -> int:
    """How many ops run at the same time: one, since calls return when they are done."""
    return 1


def set_num_interop_threads(num: int) -> None:
    """Accepted for torch's sake; a number other than 1 has no effect here and says so."""
    if num < 1:
        raise RuntimeError("Expected number of threads to be positive")
    if num > 1:
        warnings.warn("set_num_interop_threads: one op runs at a time on the CPU; the number has no effect", stacklevel=2)
