"""Autocast: ops of torch's lists run in a lower precision, or in float32, inside a region of `torch.autocast`.

A mode bit sends calls here; outside a region nothing is paid. An op of the lists runs with autocast off, as torch's does: what it is
made of is not cast again. Casts of weights are kept until the outermost region ends. The lists are in `autocast_lists`, the settings
in `autocast_state`. Source: aten/src/ATen/autocast_mode.h and the torch.amp page.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from ft_core import Tensor, bfloat16, device, dtype, float16, float32, float64
from ft_core.backend import backend_for
from ft_core.keys import AUTOCAST, BELOW, GRAD, LEVEL, NOGRAD
from ft_core.state import TL

from .autocast_lists import POLICIES
from .autocast_state import (
    DEFAULTS,
    Settings,
    autocast_decrement_nesting,
    autocast_increment_nesting,
    change,
    clear_autocast_cache,
    get_autocast_dtype,
    is_autocast_cache_enabled,
    kept,
    settings,
)
from .execute import mapped, tensors_of

if TYPE_CHECKING:
    from .op import Op

F = TypeVar("F", bound=Callable[..., Any])


# -- what a call becomes ---------------------------------------------------------------------------------------------------


def policy_of(names: Iterable[str], tensors: Iterable[Tensor], otherwise: str = "") -> tuple[str, str]:
    """(policy, device type) of the first of `names` that has one on these tensors; ("", "") where autocast leaves the call as it is."""
    enabled = settings().enabled
    for t in tensors:
        kind = t.device.type
        if kind in enabled:
            lists = POLICIES.get(kind, {})
            policy = next((lists[name] for name in names if name in lists), otherwise)
            if policy:
                return policy, kind
    return "", ""


def cast_arguments(op: Op, args: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The arguments as the op's policy wants them; None where it has none. RuntimeError for an op that autocast bans."""
    tensors = tensors_of(op, args)
    policy, kind = policy_of((op.name, op.base), tensors, op.autocast)
    if not policy:
        return None
    if policy == "alone":
        return args
    if policy == "own":
        own = op.__dict__["autocast_to"].get(kind)
        return None if own is None else mapped(op, args, lambda t: _cast(t, own, kind))
    at = op.index_of.get("dtype")
    if policy == "dtype":
        if at is None or args[at] is not None or not tensors or not _eligible(tensors[0], kind):
            return args
        return (*args[:at], float32, *args[at + 1 :])
    target = _target(policy, op.base, kind, tensors)
    return mapped(op, args, lambda t: _cast(t, target, kind))


def call_binding(names: tuple[str, ...], function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run a Python function over ops under the policy of the first of `names` that has one, with autocast off inside."""
    tensors = [t for value in (*args, *kwargs.values()) for t in _tensors_in(value)]
    policy, kind = policy_of(names, tensors)
    if not policy or kwargs.get("out") is not None:
        return function(*args, **kwargs)
    if policy == "dtype":
        given = inspect.signature(function).bind(*args, **kwargs).arguments
        if given.get("dtype") is None and tensors and _eligible(tensors[0], kind):
            kwargs = {**kwargs, "dtype": float32}
    elif policy != "alone":
        target = _target(policy, names[0], kind, tensors)

        def each(value: Any) -> Any:
            if isinstance(value, Tensor):
                return _cast(value, target, kind)
            return type(value)(each(v) for v in value) if value.__class__ in (list, tuple) else value

        args, kwargs = tuple([each(v) for v in args]), {name: each(v) for name, v in kwargs.items()}
    with autocast_off():
        return function(*args, **kwargs)


class autocast_off:
    """A `with` block in which no call is cast, whatever the settings say: the inside of an op of the lists."""

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        st = TL.st
        self._before = st.bits & AUTOCAST
        st.bits &= ~AUTOCAST

    def __exit__(self, *exc: object) -> None:
        TL.st.bits |= self._before


def _tensors_in(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    return [t for v in value for t in _tensors_in(v)] if value.__class__ in (list, tuple) else []


def _eligible(t: Tensor, kind: str) -> bool:
    return t.is_floating_point() and t.dtype is not float64 and t.device.type == kind


def _target(policy: str, name: str, kind: str, tensors: list[Tensor]) -> dtype:
    lower = settings().dtypes[kind]
    if policy == "lower":
        return lower
    if policy == "float32":
        return float32
    if policy == "promote":
        found = {t.dtype for t in tensors if _eligible(t, kind)}
        if found - {lower, float32}:
            raise RuntimeError("Unexpected floating ScalarType in at::autocast::prioritize")
        return float32 if float32 in found else lower
    raise RuntimeError(
        f"torch.nn.functional.{name} and torch.nn.BCELoss are unsafe to autocast.\n"
        "Many models use a sigmoid layer right before the binary cross entropy layer.\n"
        "In this case, combine the two layers using torch.nn.functional.binary_cross_entropy_with_logits\n"
        "or torch.nn.BCEWithLogitsLoss.  binary_cross_entropy_with_logits and BCEWithLogits are\nsafe to autocast."
    )


def _cast(t: Tensor, target: dtype, kind: str) -> Tensor:
    if t.dtype is target or not _eligible(t, kind):
        return t
    st = TL.st
    now = st.autocast
    weight = (
        now.cache_enabled and target is now.dtypes[kind] and t.dtype is float32 and t._k & GRAD and not t._k & LEVEL
        and t._node is None and t._base is None
    )  # fmt: skip
    casts = kept(st).casts
    if weight:
        held = casts.get((id(t), target))
        # what was cast under no_grad has no way back to the weight: recording wants its own
        if held is not None and held[0] is t and (held[1].requires_grad or st.bits & (NOGRAD | BELOW)):
            return held[1]
    with autocast_off():
        made = t.to(target)
    if weight:
        casts[id(t), target] = t, made
    return made


# -- regions ---------------------------------------------------------------------------------------------------------------


def cuda_missing() -> bool:
    """Whether this process has no CUDA device."""
    try:
        return backend_for("cuda").device_count() == 0
    except (AssertionError, RuntimeError):
        return True


class autocast:
    """Context and decorator: ops of torch's lists run in `dtype` inside. Source: torch.amp.autocast.

    Args:
        device_type: "cpu" or "cuda", or another type that torch names and no backend here has.
        dtype: bfloat16 or float16; unless told bfloat16 on the CPU and float16 on CUDA, or what `set_autocast_dtype` chose.
        enabled: False makes a region in which nothing is cast.
        cache_enabled: whether casts of weights are kept until the outermost region ends.

    Raises: ValueError for a device type that is no string, RuntimeError for one without autocast. Another dtype, or CUDA without a
    device, is a warning and a region that casts nothing.
    """

    def __init__(
        self, device_type: str, dtype: dtype | None = None, enabled: bool = True, cache_enabled: bool | None = None
    ) -> None:
        if not isinstance(device_type, str):
            raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")
        self.device = device_type
        self.fast_dtype = get_autocast_dtype(device_type) if dtype is None else dtype
        self._cache_enabled = is_autocast_cache_enabled() if cache_enabled is None else cache_enabled
        kind = device(device_type).type
        if enabled and kind == "cuda" and cuda_missing():
            warnings.warn("CUDA is not available or torch_xla is imported. Disabling autocast.", stacklevel=2)
            enabled = False
        elif enabled and kind != "cuda" and self.fast_dtype not in (bfloat16, float16):
            name = device_type.upper()
            warnings.warn(
                f"In {name} autocast, but the target dtype is not supported. Disabling autocast.\n"
                f"{name} Autocast only supports dtypes of torch.bfloat16, torch.float16 currently.",
                stacklevel=2,
            )
            enabled = False
        self._enabled = enabled
        self._before: list[Settings] = []

    def __enter__(self) -> autocast:
        now = settings()
        self._before.append(now)
        kind = device(self.device).type
        enabled = now.enabled | {kind} if self._enabled else now.enabled - {kind}
        change(Settings(enabled, {**now.dtypes, kind: self.fast_dtype}, self._cache_enabled))
        autocast_increment_nesting()
        return self

    def __exit__(self, *exc: object) -> None:
        if autocast_decrement_nesting() == 0:
            clear_autocast_cache()
        before = self._before.pop()
        kind = device(self.device).type
        now = settings()
        enabled = now.enabled | {kind} if kind in before.enabled else now.enabled - {kind}
        change(Settings(enabled, {**now.dtypes, kind: before.dtypes[kind]}, before.cache_enabled))

    def __call__(self, func: F) -> F:
        if not callable(func):
            raise TypeError(
                f"autocast()(func) requires a callable, but got {type(func).__name__}. Did you mean to use autocast as a context "
                "manager? For example:\n    with torch.autocast(device_type=...):\n        output = model(input)"
            )
        return autocast_decorator(self, func)


def autocast_decorator(autocast_instance: autocast, func: F) -> F:
    """`func` with every call inside the region `autocast_instance`."""

    @functools.wraps(func)
    def decorated(*args: Any, **kwargs: Any) -> Any:
        with autocast_instance:
            return func(*args, **kwargs)

    return decorated  # type: ignore[return-value]


class restored:
    """A `with` block under the settings that a first run had, for its repetition; casts of weights end with it where nothing else keeps them."""

    __slots__ = ("_before", "then")

    def __init__(self, then: Settings | None) -> None:
        self.then = then

    def __enter__(self) -> None:
        self._before = TL.st.autocast
        change(self.then or DEFAULTS)
        autocast_increment_nesting()

    def __exit__(self, *exc: object) -> None:
        if autocast_decrement_nesting() == 0:
            clear_autocast_cache()
        change(self._before or DEFAULTS)
