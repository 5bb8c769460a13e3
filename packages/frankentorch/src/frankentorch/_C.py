"""torch._C: the private names of torch's extension module that programs use all the same."""
# ruff: noqa: N999 - torch's name

from typing import Any

from ft_core import Generator, Size
from ft_core.errors import LinAlgError as _LinAlgError
from ft_core.keys import TF_MODE
from ft_core.state import TL
from ft_dispatch.autocast_state import SUPPORTED
from ft_dispatch.autocast_state import is_any_autocast_enabled as _is_any_autocast_enabled
from ft_dispatch.overrides import DisableTorchFunction, DisableTorchFunctionSubclass
from ft_dispatch.overrides import disabled_torch_function as _disabled_torch_function_impl

__all__ = [
    "DisableTorchFunction", "DisableTorchFunctionSubclass", "Generator", "Size", "_LinAlgError",
    "_autocast_supported_devices", "_disabled_torch_function_impl",
    "_get_tracing_state", "_is_any_autocast_enabled", "_is_torch_function_all_disabled", "_is_torch_function_enabled", "_log_api_usage_once",
]  # fmt: skip


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
