"""Moving a module: dtype, device, memory format, shared memory.

All of it is :meth:`Movable._apply`, one function applied to every parameter, gradient and buffer. Parameters keep
their identity wherever the tensor can change its data in place, since optimizers hold them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from ft_core import Parameter, Tensor
from ft_core.dtype import of_python
from ft_core.swap import swap_tensors
from ft_dispatch import surface as torch

from .conversion import get_overwrite_module_params_on_conversion, get_swap_module_params_on_conversion


def parse_to(
    args: tuple[Any, ...], device: Any, dtype: Any, non_blocking: bool, memory_format: Any, tensor: Any
) -> tuple[Any, Any, bool, Any]:
    """(device, dtype, non_blocking, memory_format) of ``to``'s three signatures: device, dtype or a tensor first."""
    rest = list(args)
    first = rest[0] if rest else None
    if isinstance(first, Tensor):
        tensor = rest.pop(0)
    elif isinstance(first, (torch.dtype, type)):
        dtype = rest.pop(0)
    elif rest:
        device = rest.pop(0)
        if rest and (rest[0] is None or isinstance(rest[0], (torch.dtype, type))):
            dtype = rest.pop(0)
    if rest:
        non_blocking = rest.pop(0)
    if rest or not isinstance(non_blocking, (bool, int)):
        raise TypeError(
            "to() received an invalid combination of arguments; expected (device, dtype, non_blocking, *, memory_format), "
            "(dtype, non_blocking, *, memory_format) or (tensor, non_blocking, *, memory_format)"
        )
    if tensor is not None:
        device, dtype = tensor.device, tensor.dtype
    if device is not None and not isinstance(device, torch.device):
        device = torch.device(device)
    return device, of_python(dtype, "to") if isinstance(dtype, type) else dtype, bool(non_blocking), memory_format


def _can_hold(old: Tensor, new: Tensor) -> bool:
    """Whether the object may stay and take the new one's data."""
    fits = new.device.type == old.device.type and type(new) in (type(old), Tensor, Parameter)
    return fits and not get_overwrite_module_params_on_conversion()


def _new_gradient(grad: Tensor, applied: Tensor) -> Tensor:
    """The gradient after a move: the object that was there where it can be, as for parameters."""
    if get_swap_module_params_on_conversion():
        swap_tensors(grad, applied.requires_grad_(grad.requires_grad))
        return grad
    if _can_hold(grad, applied):
        grad.data = applied
        return grad
    return applied.requires_grad_(grad.requires_grad)


class Movable:
    """``to`` and its shorthands (a base of ``Module``)."""

    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    children: Callable[[], Iterator[Any]]

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Any:
        """Replace every parameter, gradient and buffer by ``fn`` of it; returns itself."""
        if recurse:
            for module in self.children():
                module._apply(fn)
        for key, param in self._parameters.items():
            if param is None:
                continue
            with torch.no_grad():
                applied = fn(param)
                grad_applied = None if param.grad is None else fn(param.grad)
            self._replace_parameter(key, param, applied, grad_applied)
        for key, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[key] = fn(buffer)
        return self

    def _replace_parameter(self, key: str, param: Any, applied: Tensor, grad_applied: Tensor | None) -> None:
        # Optimizers hold the object, so its data changes and it stays, unless the new data is of another device kind.
        grad = param.grad
        if grad is not None:
            param.grad = None  # a gradient of another dtype would be refused
        if get_swap_module_params_on_conversion():
            try:
                swap_tensors(param, Parameter(applied, param.requires_grad))
            except Exception as error:
                param.grad = grad
                raise RuntimeError(f"_apply(): Couldn't swap {type(self).__name__}.{key}") from error
            out = param
        elif _can_hold(param, applied):
            param.data = applied
            out = param
        else:
            param.grad = grad  # the old parameter stays whole, for whoever holds it
            out = Parameter(applied, param.requires_grad)
            self._parameters[key] = out
        if grad is not None and grad_applied is not None:
            out.grad = _new_gradient(grad, grad_applied)

    def to(
        self,
        *args: Any,
        device: Any = None,
        dtype: Any = None,
        non_blocking: bool = False,
        memory_format: Any = None,
        tensor: Any = None,
    ) -> Any:
        """Move and cast in place: ``to(device, dtype)``, ``to(dtype)``, ``to(tensor)``, ``to(memory_format=...)``.

        Only floating point and complex members are cast; 4-D and 5-D ones take a memory format. Raises ``TypeError`` for
        an integral dtype. Returns itself.
        """
        device, dtype, non_blocking, memory_format = parse_to(args, device, dtype, non_blocking, memory_format, tensor)
        if dtype is not None:
            if not (dtype.is_floating_point or dtype.is_complex):
                raise TypeError(f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}")
            if dtype.is_complex:
                warnings.warn(
                    "Complex modules are a new feature under active development whose design may change, and some modules "
                    "might not work as expected when using complex tensors as parameters or buffers.",
                    stacklevel=2,
                )

        def convert(t: Tensor) -> Tensor:
            wanted = dtype if t.is_floating_point() or t.is_complex() else None
            if t.is_meta and device is not None and device.type != "meta":
                raise NotImplementedError(
                    "Cannot copy out of meta tensor; no data! Please use torch.nn.Module.to_empty() instead of "
                    "torch.nn.Module.to() when moving module from meta to a different device."
                )
            if memory_format is not None and t.dim() in (4, 5):
                return t.to(device, wanted, non_blocking, memory_format=memory_format)
            return t.to(device, wanted, non_blocking)

        return self._apply(convert)

    def to_empty(self, *, device: Any, recurse: bool = True) -> Any:
        """Move to ``device`` without copying: fresh, uninitialised memory. Returns itself."""
        return self._apply(lambda t: torch.empty_like(t, device=device), recurse=recurse)

    def type(self, dst_type: Any) -> Any:
        """Cast every parameter and buffer to ``dst_type`` (integral members too). Returns itself."""
        return self._apply(lambda t: t.type(dst_type))

    def _cast_floating(self, dtype: Any) -> Any:
        return self._apply(lambda t: t.to(dtype) if t.is_floating_point() else t)

    def float(self) -> Any:
        """Cast floating point members to float32. Returns itself."""
        return self._cast_floating(torch.float32)

    def double(self) -> Any:
        """Cast floating point members to float64. Returns itself."""
        return self._cast_floating(torch.float64)

    def half(self) -> Any:
        """Cast floating point members to float16. Returns itself."""
        return self._cast_floating(torch.float16)

    def bfloat16(self) -> Any:
        """Cast floating point members to bfloat16. Returns itself."""
        return self._cast_floating(torch.bfloat16)

    def cpu(self) -> Any:
        """Move to the CPU. Returns itself."""
        return self._apply(lambda t: t.cpu())

    def _to_accelerator(self, kind: str, device: Any) -> Any:
        place = kind if device is None else torch.device(kind, device) if isinstance(device, int) else torch.device(device)
        return self._apply(lambda t: t.to(place))

    def cuda(self, device: Any = None) -> Any:
        """Move to a CUDA device (the current one by default). Returns itself."""
        return self._to_accelerator("cuda", device)

    def xpu(self, device: Any = None) -> Any:
        """Move to an XPU device. Returns itself."""
        return self._to_accelerator("xpu", device)

    def ipu(self, device: Any = None) -> Any:
        """Move to an IPU device. Returns itself."""
        return self._to_accelerator("ipu", device)

    def mtia(self, device: Any = None) -> Any:
        """Move to an MTIA device. Returns itself."""
        return self._to_accelerator("mtia", device)

    def share_memory(self) -> Any:
        """Move all members into shared memory. Returns itself."""
        return self._apply(lambda t: t.share_memory_())
