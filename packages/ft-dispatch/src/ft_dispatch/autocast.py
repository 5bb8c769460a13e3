"""Autocast: which ops run in a lower precision inside `torch.autocast`, and the cast itself.

A mode bit sends calls here; outside a region nothing is paid. The lists are torch's for the CPU. Casts of leaves that require grad are
cached for the region, so a weight used twice is cast once. Source: aten/src/ATen/autocast_mode.h and the torch.amp page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ft_core import Tensor, bfloat16, device, dtype, float16, float32
from ft_core.keys import AUTOCAST, GRAD
from ft_core.state import TL

from .execute import mapped, tensors_of

if TYPE_CHECKING:
    from ft_core.state import State

    from .op import Op

F = TypeVar("F", bound=Callable[..., Any])

LOWER = "mm bmm addmm baddbmm addbmm addmv mv convolution linalg_vecdot scaled_dot_product_attention"
FLOAT32 = (
    "binary_cross_entropy prod prod.dim_int trace mse_loss nll_loss_forward nll_loss2d_forward ctc_loss kl_div "
    "binary_cross_entropy_with_logits grid_sampler smooth_l1_loss huber_loss l1_loss cumprod cumsum quantile nanquantile cdist_forward "
    "avg_pool3d polar stft linalg_vector_norm"
)
PROMOTE = "cat stack index_copy"

POLICY: dict[str, str] = {
    **dict.fromkeys(LOWER.split(), "lower"),
    **dict.fromkeys(FLOAT32.split(), "float32"),
    **dict.fromkeys(PROMOTE.split(), "promote"),
}

FAST_DTYPE: dict[str, dtype] = {"cpu": bfloat16, "cuda": float16}


class Region:
    """What one autocast region asks for, and its cache of cast weights."""

    __slots__ = ("cache", "cache_enabled", "device_type", "kind", "outer")

    def __init__(self, device_type: str, kind: dtype, cache_enabled: bool, outer: Region | None) -> None:
        self.device_type = device_type
        self.kind = kind
        self.cache_enabled = cache_enabled
        self.outer = outer
        self.cache: dict[int, tuple[Tensor, Tensor]] = {}


def cast_arguments(op: Op, args: tuple[Any, ...], st: State) -> tuple[Any, ...]:
    """The arguments in the dtype that the op's policy asks for; unchanged on another device type."""
    region: Region = st.autocast
    tensors = [t for t in tensors_of(op, args) if t.is_floating_point()]
    if not tensors or tensors[0].device.type != region.device_type:
        return args
    if op.autocast == "lower":
        target = region.kind
    elif op.autocast == "float32":
        target = float32
    elif op.autocast == "own":
        target = op.__dict__["autocast_to"].get(region.device_type)
        if target is None:
            return args
    else:
        target = float32 if any(t.dtype is float32 for t in tensors) else region.kind
        if any(t.dtype.itemsize > 4 for t in tensors):
            return args
    bits = st.bits
    st.bits = bits & ~AUTOCAST
    try:
        return mapped(op, args, lambda t: _cast(t, target, region))
    finally:
        st.bits = bits


def _cast(t: Tensor, target: dtype, region: Region) -> Tensor:
    if not t.is_floating_point() or t.dtype is target or t.dtype.itemsize > 4:
        return t
    weight = region.cache_enabled and t._node is None and t._k & GRAD and t.dtype is float32
    if weight:
        held = region.cache.get(id(t))
        if held is not None and held[0] is t:
            return held[1]
    made = t.to(target)
    if weight and made._k & GRAD:  # one that was cast under no_grad has no history: it must not be found where one is wanted
        region.cache[id(t)] = (t, made)
    return made


class autocast:
    """Context and decorator: ops of torch's lists run in `dtype` inside. Source: torch.amp.autocast.

    device_type: "cpu" or "cuda". dtype: bfloat16 on the CPU and float16 on CUDA unless told. enabled: False makes a region in which
    nothing is cast. cache_enabled: whether cast weights are kept until the region ends.
    """

    def __init__(
        self, device_type: str, dtype: dtype | None = None, enabled: bool = True, cache_enabled: bool | None = None
    ) -> None:
        if not isinstance(device_type, str):
            raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")
        self.device = device(device_type).type
        self.fast_dtype = dtype or get_autocast_dtype(self.device)
        if enabled and self.device == "cpu" and self.fast_dtype not in (bfloat16, float16):
            import warnings  # noqa: PLC0415

            warnings.warn(
                "In CPU autocast, but the target dtype is not supported. Disabling autocast.\n"
                "CPU Autocast only supports dtype of torch.bfloat16, torch.float16 currently.",
                UserWarning,
                stacklevel=2,
            )
            enabled = False
        self.enabled = enabled
        self.cache_enabled = cache_enabled is not False
        self._before: list[tuple[int, Region | None]] = []

    def __enter__(self) -> autocast:
        st = TL.st
        self._before.append((st.bits & AUTOCAST, st.autocast))
        if self.enabled:
            st.autocast = Region(self.device, self.fast_dtype, self.cache_enabled, st.autocast)
            st.bits |= AUTOCAST
        elif st.autocast is None or st.autocast.device_type == self.device:
            st.bits &= ~AUTOCAST
        return self

    def __exit__(self, *exc: object) -> None:
        st = TL.st
        bit, st.autocast = self._before.pop()
        st.bits = st.bits & ~AUTOCAST | bit

    def __call__(self, function: F) -> F:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self:
                return function(*args, **kwargs)

        return wrapped  # type: ignore[return-value]


def get_autocast_dtype(device_type: str) -> dtype:
    """The dtype of autocast regions that are not told one."""
    return FAST_DTYPE.get(device_type, float16)


def set_autocast_dtype(device_type: str, kind: dtype) -> None:
    """Choose the dtype of autocast regions that are not told one."""
    FAST_DTYPE[device_type] = kind


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """Whether this thread is in an autocast region for `device_type`."""
    st = TL.st
    return bool(st.bits & AUTOCAST) and st.autocast.device_type == device_type


def clear_autocast_cache() -> None:
    """Forget cast weights of the current region."""
    if TL.st.autocast is not None:
        TL.st.autocast.cache.clear()
