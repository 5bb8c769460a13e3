"""GradScaler: a loss scale that keeps small gradients of half-precision training from underflowing, and finds its own size.

The loss is multiplied by the scale; before a step the gradients are divided by it and looked at for infinities. A step with any
is left out and the scale backed off; after enough steps without, it grows. Scale and count are tensors and change by one op, so a
capture of a step holds for the next.
"""

from __future__ import annotations

import inspect
import warnings
from collections import abc, defaultdict
from enum import Enum
from typing import TYPE_CHECKING, Any

from ft_core import Tensor, device
from ft_core.keys import NOGRAD
from ft_core.state import bits_set
from ft_dispatch import surface as torch
from ft_dispatch.autocast import cuda_missing

if TYPE_CHECKING:
    from .optimizer import Optimizer

__all__ = ["GradScaler", "OptState"]


class OptState(Enum):
    """How far one optimizer has come since the last `update`."""

    READY = 0
    UNSCALED = 1
    STEPPED = 2


class _Copies:
    """One tensor on every device that asks for it; always a copy, since it is written."""

    def __init__(self, master: Tensor) -> None:
        self.master = master
        self._per_device_tensors: dict[device, Tensor] = {}

    def get(self, where: device) -> Tensor:
        """The copy on `where`, made on first use."""
        held = self._per_device_tensors.get(where)
        if held is None:
            held = self._per_device_tensors[where] = self.master.to(device=where, copy=True)
        return held


def _refresh_per_optimizer_state() -> dict[str, Any]:  # a module's function: instances are pickled
    return {"stage": OptState.READY, "found_inf_per_device": {}}


class GradScaler:
    """Scales losses, unscales gradients, skips steps that overflowed, and adapts the scale.

    Args:
        device: device type of the gradients, "cuda" or "cpu"; with "cuda" and no such device it disables itself with a warning.
        init_scale: first scale.
        growth_factor: of the scale after `growth_interval` finite steps, above 1.
        backoff_factor: of the scale after a step that overflowed, below 1.
        growth_interval: how many finite steps in a row let it grow.
        enabled: False makes every method pass through.

    Raises: AssertionError for factors on the wrong side of 1. Source: torch.amp.GradScaler.

    Example:
        scaler = GradScaler("cpu")
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
    """

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        self._device = device
        self._enabled = enabled
        if enabled and device == "cuda" and cuda_missing():
            warnings.warn("torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.", stacklevel=2)
            self._enabled = False
        if not self._enabled:
            return
        if growth_factor <= 1.0:
            raise AssertionError("The growth factor must be > 1.0.")
        if backoff_factor >= 1.0:
            raise AssertionError("The backoff factor must be < 1.0.")
        self._init_scale = init_scale
        self._scale: Tensor | None = None  # made on the device of the first loss
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._init_growth_tracker = 0
        self._growth_tracker: Tensor | None = None
        self._per_optimizer_states: defaultdict[int, dict[str, Any]] = defaultdict(_refresh_per_optimizer_state)

    # -- one iteration ---------------------------------------------------------------------------------------------

    def scale(self, outputs: Any) -> Any:
        """`outputs`, a tensor or nested iterables of tensors, times the scale. ValueError for anything else in them."""
        if not self._enabled:
            return outputs
        copies: list[_Copies] = []

        def scaled(value: Any) -> Any:
            if isinstance(value, Tensor):
                if not copies:
                    copies.append(_Copies(self._scale_on(value.device)))
                return value * copies[0].get(value.device)
            if isinstance(value, abc.Iterable):
                each = map(scaled, value)
                return type(value)(each) if isinstance(value, (list, tuple)) else each  # type: ignore[call-arg]
            raise ValueError("outputs must be a Tensor or an iterable of Tensors")

        if isinstance(outputs, Tensor):
            return outputs * self._scale_on(outputs.device).to(outputs.device)
        return scaled(outputs)

    def unscale_(self, optimizer: Optimizer) -> None:
        """Divide the gradients of an optimizer by the scale, for clipping; `step` does it otherwise.

        Raises: RuntimeError the second time in one iteration, or after `step`; ValueError for float16 gradients, which are those of
        parameters in half precision.
        """
        if not self._enabled:
            return
        scale, _ = self._check_scale_growth_tracker("unscale_")
        state = self._per_optimizer_states[id(optimizer)]
        if state["stage"] is OptState.UNSCALED:
            raise RuntimeError("unscale_() has already been called on this optimizer since the last update().")
        if state["stage"] is OptState.STEPPED:
            raise RuntimeError("unscale_() is being called after step().")
        inverse = scale.double().reciprocal().float()  # through float64, as torch: rounded once
        state["found_inf_per_device"] = self._unscale_grads_(optimizer, inverse, _zero_like(scale), False)
        state["stage"] = OptState.UNSCALED

    def step(self, optimizer: Optimizer, *args: Any, **kwargs: Any) -> Any:
        """`optimizer.step(*args, **kwargs)` on unscaled gradients, unless one of them is infinite or NaN; returns its value or None.

        An optimizer with `_step_supports_amp_scaling` (a fused one) steps always and is given `grad_scale` and `found_inf` as
        attributes. Raises: RuntimeError for a closure, or a second step before `update`; AssertionError before the first `scale`, or
        where no parameter has a gradient.
        """
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if "closure" in kwargs:
            raise RuntimeError("Closure use is not currently supported if GradScaler is enabled.")
        self._check_scale_growth_tracker("step")
        state = self._per_optimizer_states[id(optimizer)]
        if state["stage"] is OptState.STEPPED:
            raise RuntimeError("step() has already been called since the last update().")
        if getattr(optimizer, "_step_supports_amp_scaling", False):
            return self._scaled_step(optimizer, state, args, kwargs)
        if state["stage"] is OptState.READY:
            self.unscale_(optimizer)
        if not state["found_inf_per_device"]:
            raise AssertionError("No inf checks were recorded for this optimizer.")
        value = self._maybe_opt_step(optimizer, state, *args, **kwargs)
        state["stage"] = OptState.STEPPED
        return value

    def update(self, new_scale: float | Tensor | None = None) -> None:
        """Back the scale off if a step of this iteration overflowed, let it grow if enough were finite, or set it to `new_scale`.

        Raises: AssertionError before the first `scale`, where no step was taken, or for a `new_scale` that is neither a float nor a
        one-element tensor of the scaler's device that needs no gradient.
        """
        if not self._enabled:
            return
        scale, tracker = self._check_scale_growth_tracker("update")
        if new_scale is not None:
            if isinstance(new_scale, float):
                scale.fill_(new_scale)
            else:
                if new_scale.device.type != self._device or new_scale.numel() != 1 or new_scale.requires_grad:
                    raise AssertionError(
                        "new_scale should be a float or a 1-element torch.cuda.FloatTensor or torch.FloatTensor with "
                        "requires_grad=False."
                    )
                scale.copy_(new_scale)
        else:
            flags = [f for state in self._per_optimizer_states.values() for f in state["found_inf_per_device"].values()]
            if not flags:
                raise AssertionError("No inf checks were recorded prior to update.")
            torch._amp_update_scale_(
                scale, tracker, _total(flags, scale.device), self._growth_factor, self._backoff_factor, self._growth_interval
            )
        self._per_optimizer_states = defaultdict(_refresh_per_optimizer_state)

    # -- its parts -------------------------------------------------------------------------------------------------

    def _scale_on(self, where: device) -> Tensor:
        if self._scale is None:
            self._lazy_init_scale_growth_tracker(where)
        return self._scale  # type: ignore[return-value]

    def _lazy_init_scale_growth_tracker(self, dev: device) -> None:
        if self._growth_tracker is not None:
            raise AssertionError("_growth_tracker initialized before _scale")
        self._scale = torch.full((), self._init_scale, dtype=torch.float32, device=dev)
        self._growth_tracker = torch.full((), self._init_growth_tracker, dtype=torch.int32, device=dev)

    def _check_scale_growth_tracker(self, funcname: str) -> tuple[Tensor, Tensor]:
        fix = "This may indicate your script did not use scaler.scale(loss or outputs) earlier in the iteration."
        if self._scale is None:
            raise AssertionError(f"Attempted {funcname} but _scale is None.  {fix}")
        if self._growth_tracker is None:
            raise AssertionError(f"Attempted {funcname} but _growth_tracker is None.  {fix}")
        return self._scale, self._growth_tracker

    def _unscale_grads_(self, optimizer: Optimizer, inv_scale: Tensor, found_inf: Tensor, allow_fp16: bool) -> dict[device, Tensor]:
        """Gradients times `inv_scale` in place; for each device among them whether one had an infinity."""
        factors, flags = _Copies(inv_scale), _Copies(found_inf)
        alike: defaultdict[tuple[device, Any], list[Tensor]] = defaultdict(list)
        with bits_set(on=NOGRAD):
            for group in optimizer.param_groups:
                for p in group["params"]:
                    if not isinstance(p, Tensor):
                        raise AssertionError(f"expected param to be torch.Tensor, got {type(p).__name__}")
                    g: Any = p.grad
                    if g is None:
                        continue
                    if not allow_fp16 and g.dtype is torch.float16:
                        raise ValueError("Attempting to unscale FP16 gradients.")
                    if g.is_sparse:
                        if g.dtype is torch.float16:
                            g = p.grad = g.coalesce()  # duplicates that are finite may overflow in their sum
                        g = g._values()
                    alike[g.device, g.dtype].append(g)
            for (where, _), grads in alike.items():
                torch._amp_foreach_non_finite_check_and_unscale_(grads, flags.get(where), factors.get(where))
        return flags._per_device_tensors

    def _scaled_step(self, optimizer: Any, state: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The step of an optimizer that divides by the scale itself."""
        takes_scaler = "grad_scaler" in inspect.signature(optimizer.step).parameters
        if takes_scaler:
            warnings.warn(
                "GradScaler is going to stop passing itself as a keyword argument to the passed optimizer. In the near future "
                "GradScaler registers `grad_scale: Tensor` and `found_inf: Tensor` to the passed optimizer and let the optimizer use "
                "them directly.",
                FutureWarning,
                stacklevel=3,
            )
            kwargs["grad_scaler"] = self
        else:
            if state["stage"] is OptState.READY:
                self._check_inf_per_device(optimizer)
            scale, _ = self._check_scale_growth_tracker("step")
            given = getattr(optimizer, "grad_scale", None)
            if state["stage"] is not OptState.UNSCALED:
                given = scale * (1 if given is None else given)
            optimizer.grad_scale = given
            optimizer.found_inf = _total(list(state["found_inf_per_device"].values()), scale.device)
        value = optimizer.step(*args, **kwargs)
        state["stage"] = OptState.STEPPED
        if not takes_scaler:
            del optimizer.grad_scale, optimizer.found_inf
        return value

    def _maybe_opt_step(self, optimizer: Optimizer, optimizer_state: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if sum(f.item() for f in optimizer_state["found_inf_per_device"].values()):
            return None
        return optimizer.step(*args, **kwargs)

    def _check_inf_per_device(self, optimizer: Optimizer) -> dict[device, Tensor]:
        """Look for infinities and leave the gradients scaled."""
        scale, _ = self._check_scale_growth_tracker("_check_inf_per_device")
        one = torch.full((), 1.0, dtype=torch.float32, device=scale.device)
        found = self._unscale_grads_(optimizer, one, _zero_like(scale), True)
        self._per_optimizer_states[id(optimizer)]["found_inf_per_device"] = found
        return found

    def _found_inf_per_device(self, optimizer: Optimizer) -> dict[device, Tensor]:
        return self._per_optimizer_states[id(optimizer)]["found_inf_per_device"]  # type: ignore[no-any-return]

    # -- its state -------------------------------------------------------------------------------------------------

    def _get_scale_async(self) -> Tensor | None:
        return self._scale

    def get_scale(self) -> float:
        """The scale now, 1.0 where disabled."""
        if not self._enabled:
            return 1.0
        return self._init_scale if self._scale is None else self._scale.item()  # type: ignore[return-value]

    def get_growth_factor(self) -> float:
        """The growth factor."""
        return self._growth_factor

    def set_growth_factor(self, new_factor: float) -> None:
        """Use another growth factor from now on."""
        self._growth_factor = new_factor

    def get_backoff_factor(self) -> float:
        """The backoff factor."""
        return self._backoff_factor

    def set_backoff_factor(self, new_factor: float) -> None:
        """Use another backoff factor from now on."""
        self._backoff_factor = new_factor

    def get_growth_interval(self) -> int:
        """How many finite steps in a row let the scale grow."""
        return self._growth_interval

    def set_growth_interval(self, new_interval: int) -> None:
        """Use another interval from now on."""
        self._growth_interval = new_interval

    def _get_growth_tracker(self) -> int:
        if not self._enabled:
            return 0
        return self._init_growth_tracker if self._growth_tracker is None else self._growth_tracker.item()  # type: ignore[return-value]

    def is_enabled(self) -> bool:
        """Whether it scales at all."""
        return self._enabled

    def state_dict(self) -> dict[str, Any]:
        """{"scale", "growth_factor", "backoff_factor", "growth_interval", "_growth_tracker"} as numbers; empty where disabled."""
        if not self._enabled:
            return {}
        return {
            "scale": self.get_scale(),
            "growth_factor": self._growth_factor,
            "backoff_factor": self._backoff_factor,
            "growth_interval": self._growth_interval,
            "_growth_tracker": self._get_growth_tracker(),
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` returned; RuntimeError for the empty one of a disabled scaler. Nothing where disabled."""
        if not self._enabled:
            return
        if not state_dict:
            raise RuntimeError(
                "The source state dict is empty, possibly because it was saved from a disabled instance of GradScaler."
            )
        taken = {
            name: state_dict[name] for name in ("scale", "growth_factor", "backoff_factor", "growth_interval", "_growth_tracker")
        }
        self._init_scale = taken["scale"]
        self._init_growth_tracker = taken["_growth_tracker"]
        if self._scale is not None:
            self._scale.fill_(taken["scale"])
        if self._growth_tracker is not None:
            self._growth_tracker.fill_(taken["_growth_tracker"])
        self._growth_factor = taken["growth_factor"]
        self._backoff_factor = taken["backoff_factor"]
        self._growth_interval = taken["growth_interval"]

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        if self._enabled:
            if self._per_optimizer_states:
                raise AssertionError(
                    "A GradScaler instance may only be pickled at the beginning of an iteration, or at the end after scaler.update()."
                )
            state["_init_scale"] = self.get_scale()
            state["_init_growth_tracker"] = self._get_growth_tracker()
            state["_scale"] = state["_growth_tracker"] = None  # made anew on the device of the first loss
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


def _zero_like(scale: Tensor) -> Tensor:
    return torch.full((), 0.0, dtype=torch.float32, device=scale.device)


def _total(flags: list[Tensor], where: device) -> Any:
    """The sum of one-element tensors, on one device; 0 of none, as `sum` has it."""
    return sum([f.to(where) for f in flags])
