"""A module whose batch is spread over all accelerators of this process. Source: torch.nn.parallel.data_parallel (2.13)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..module import Module
from .devices import accelerator, all_indices, index_of, place
from .parallel_apply import parallel_apply
from .replicate import replicate
from .scatter_gather import gather, scatter_kwargs

__all__ = ["DataParallel", "data_parallel"]


def _check_place(module: Module, where: Any) -> None:
    for tensor in chain(module.parameters(), module.buffers()):
        if tensor.device != where:
            raise RuntimeError(
                f"module must have its parameters and buffers on device {where} (device_ids[0]) but found one of them on device: "
                f"{tensor.device}"
            )


class DataParallel(Module):
    """``module`` with its batch (dimension ``dim``) cut into one part a device, run at once and put together again.

    Without an accelerator it is the module, called as it is. ``device_ids`` are the devices (all of them by default),
    ``output_device`` where the result is put (the first). Source: torch.nn.DataParallel.
    """

    def __init__(self, module: Any, device_ids: Sequence[Any] | None = None, output_device: Any = None, dim: int = 0) -> None:
        super().__init__()
        self.module = module
        self.device_ids: list[int] = []
        if accelerator() is None:
            return
        self.dim = dim
        self.device_ids = [index_of(x, True) for x in (all_indices() if device_ids is None else device_ids)]
        self.output_device = index_of(self.device_ids[0] if output_device is None else output_device, True)
        self.src_device_obj = place(self.device_ids[0])
        if len(self.device_ids) == 1:
            self.module.to(self.src_device_obj)

    def forward(self, *inputs: Any, **kwargs: Any) -> Any:
        """The module's result of the whole batch."""
        if not self.device_ids:
            return self.module(*inputs, **kwargs)
        _check_place(self.module, self.src_device_obj)
        parts, named = self.scatter(inputs, kwargs, self.device_ids)
        if not parts:
            parts, named = ((),), ({},)
        if len(self.device_ids) == 1:
            return self.module(*parts[0], **named[0])
        replicas = self.replicate(self.module, self.device_ids[: len(parts)])
        return self.gather(self.parallel_apply(replicas, parts, named), self.output_device)

    def replicate(self, module: Any, device_ids: Sequence[Any]) -> list[Any]:
        """Copies of ``module``, without a history where nothing is recorded."""
        return replicate(module, device_ids, not torch.is_grad_enabled())

    def scatter(self, inputs: tuple[Any, ...], kwargs: dict[str, Any] | None, device_ids: Sequence[Any]) -> Any:
        """Arguments for each device."""
        return scatter_kwargs(inputs, kwargs, device_ids, dim=self.dim)

    def parallel_apply(self, replicas: Sequence[Any], inputs: Sequence[Any], kwargs: Any) -> list[Any]:
        """The results of the replicas."""
        return parallel_apply(replicas, inputs, kwargs, self.device_ids[: len(replicas)])

    def gather(self, outputs: Any, output_device: Any) -> Any:
        """The results as one."""
        return gather(outputs, output_device, dim=self.dim)


def data_parallel(
    module: Module,
    inputs: Any,
    device_ids: Sequence[Any] | None = None,
    output_device: Any = None,
    dim: int = 0,
    module_kwargs: dict[str, Any] | None = None,
) -> Tensor:
    """``DataParallel(module)(*inputs)`` without keeping the wrapper. ``RuntimeError`` without an accelerator."""
    if accelerator() is None:
        raise RuntimeError("device type could not be determined")
    _check_place(module, place(index_of((device_ids or all_indices())[0], True)))
    wrapped = DataParallel(module, device_ids, output_device, dim)
    given = inputs if isinstance(inputs, tuple) else () if inputs is None else (inputs,)
    return wrapped(*given, **(module_kwargs or {}))
