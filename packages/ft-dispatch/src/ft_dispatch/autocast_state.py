"""Autocast's settings, one immutable record per thread, and torch's functions that read and change them.

Immutable, so that a checkpoint can keep what a first run saw. What the settings do to a call stands in `autocast`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from ft_core import Tensor, bfloat16, device, dtype, float16
from ft_core.keys import AUTOCAST
from ft_core.state import TL

if TYPE_CHECKING:
    from ft_core.state import State


class Settings(NamedTuple):
    """What one thread's autocast does: for which device types, in which dtype, and whether casts of weights are kept."""

    enabled: frozenset[str] = frozenset()
    dtypes: dict[str, dtype] = {  # never written: a change makes a new one
        "cpu": bfloat16,
        "cuda": float16,
        "hpu": bfloat16,
        "ipu": float16,
        "maia": bfloat16,
        "mps": float16,
        "mtia": float16,
        "privateuseone": float16,
        "xla": bfloat16,
        "xpu": float16,
    }
    cache_enabled: bool = True


DEFAULTS = Settings()
SUPPORTED = DEFAULTS.dtypes.keys()
"""Device types that have an autocast."""


class _Kept:
    """How deep this thread is in regions, and its casts of weights: (id, dtype) -> (weight, cast)."""

    __slots__ = ("casts", "nesting")

    def __init__(self) -> None:
        self.nesting = 0
        self.casts: dict[tuple[int, dtype], tuple[Tensor, Tensor]] = {}


def kept(st: State) -> _Kept:
    """This thread's depth and casts."""
    held = st.data.get("autocast")
    if held is None:
        held = st.data["autocast"] = _Kept()
    return held  # type: ignore[no-any-return]


def settings() -> Settings:
    """This thread's settings."""
    return TL.st.autocast or DEFAULTS


def change(changed: Settings) -> None:
    """Make `changed` this thread's settings."""
    st = TL.st
    st.autocast = changed
    st.bits = st.bits | AUTOCAST if changed.enabled else st.bits & ~AUTOCAST


# -- torch's switches ------------------------------------------------------------------------------------------------------


def _device_type(function: str, device_type: Any, wrong: str) -> str:
    if not isinstance(device_type, str):
        raise TypeError(f"{function}(): argument 'device_type' (position 1) must be str, not {type(device_type).__name__}")
    kind = device(device_type).type
    if kind not in SUPPORTED:
        raise RuntimeError(wrong)
    return kind


_NO_KEY = "unknown device type for autocast in get_autocast_dispatch_key_from_device_type"


def get_autocast_dtype(device_type: str) -> dtype:
    """The dtype of regions for a device type that are not told one. RuntimeError for one without autocast."""
    return settings().dtypes[_device_type("get_autocast_dtype", device_type, "unsupported scalarType")]


def set_autocast_dtype(device_type: str, dtype: dtype) -> None:
    """Choose the dtype of a device type on this thread."""
    kind = _device_type("set_autocast_dtype", device_type, "unsupported scalarType")
    if not isinstance(dtype, _DTYPE):
        raise TypeError(f"set_autocast_dtype(): argument 'dtype' (position 2) must be torch.dtype, not {type(dtype).__name__}")
    now = settings()
    change(now._replace(dtypes={**now.dtypes, kind: dtype}))


_DTYPE = dtype  # the class; parameters of that name hide it


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """Whether this thread casts for `device_type`."""
    return _device_type("is_autocast_enabled", device_type, _NO_KEY) in settings().enabled


def set_autocast_enabled(device_type: Any, enabled: Any = None) -> None:
    """Switch autocast of a device type on or off for this thread; with one argument, a bool, that of CUDA."""
    if enabled is None:
        if not isinstance(device_type, bool):
            raise TypeError(
                f"set_autocast_enabled(): argument 'enabled' (position 1) must be bool, not {type(device_type).__name__}"
            )
        device_type, enabled = "cuda", device_type
    kind = _device_type("set_autocast_enabled", device_type, _NO_KEY)
    if not isinstance(enabled, bool):
        raise TypeError(f"set_autocast_enabled(): argument 'enabled' (position 2) must be bool, not {type(enabled).__name__}")
    now = settings()
    change(now._replace(enabled=now.enabled | {kind} if enabled else now.enabled - {kind}))


def autocast_increment_nesting() -> int:
    """One region deeper; returns how deep."""
    held = kept(TL.st)
    held.nesting += 1
    return held.nesting


def autocast_decrement_nesting() -> int:
    """One region less; returns how deep."""
    held = kept(TL.st)
    held.nesting -= 1
    return held.nesting


def is_any_autocast_enabled() -> bool:
    """Whether this thread casts for any device type."""
    return bool(settings().enabled)


def is_autocast_cache_enabled() -> bool:
    """Whether casts of weights are kept."""
    return settings().cache_enabled


def set_autocast_cache_enabled(enabled: bool) -> None:
    """Whether casts of weights are kept from now on. TypeError for anything but a bool."""
    if not isinstance(enabled, bool):
        raise TypeError(f"enabled must be a bool (got {type(enabled).__name__})")
    change(settings()._replace(cache_enabled=enabled))


def clear_autocast_cache() -> None:
    """Forget the casts of weights."""
    kept(TL.st).casts.clear()


def _old(word: str, device_type: str) -> dict[str, Callable[..., Any]]:
    """torch's switches for one device type, which only warn and forward."""

    def made(name: str, instead: str, shown: str, function: Callable[..., Any], kind: type | None) -> Callable[..., Any]:
        def switch(*args: Any) -> Any:
            if kind is bool and (len(args) != 1 or not isinstance(args[0], bool)):
                raise TypeError(
                    f"enabled must be a bool (got {type(args[0]).__name__})" if args else f"{name}() takes one argument"
                )
            warnings.warn(f"torch.{name}({shown}) is deprecated. Please use {instead} instead.", DeprecationWarning, stacklevel=2)
            return function(device_type, *args)

        switch.__name__ = switch.__qualname__ = name
        switch.__doc__ = f"Deprecated form of `{instead}`."
        return switch

    at = f"'{device_type}'"
    rows: list[tuple[str, str, str, Callable[..., Any], type | None]] = [
        (f"get_autocast_{word}_dtype", f"torch.get_autocast_dtype({at})", "", get_autocast_dtype, None),
        (f"set_autocast_{word}_dtype", f"torch.set_autocast_dtype({at}, dtype)", "dtype", set_autocast_dtype, None),
    ]
    if word != "gpu":
        rows += [
            (f"is_autocast_{word}_enabled", f"torch.is_autocast_enabled({at})", "", is_autocast_enabled, None),
            (f"set_autocast_{word}_enabled", f"torch.set_autocast_enabled({at}, enabled)", "enabled", set_autocast_enabled, bool),
        ]
    return {row[0]: made(*row) for row in rows}


SWITCHES: dict[str, Callable[..., Any]] = {
    **{
        function.__name__: function
        for function in (
            autocast_decrement_nesting, autocast_increment_nesting, clear_autocast_cache, get_autocast_dtype, is_autocast_cache_enabled,
            is_autocast_enabled, set_autocast_cache_enabled, set_autocast_dtype, set_autocast_enabled,
        )
    },
    **_old("cpu", "cpu"), **_old("gpu", "cuda"), **_old("ipu", "ipu"), **_old("xla", "xla"),
}  # fmt: skip
"""torch's functions about autocast by name."""
