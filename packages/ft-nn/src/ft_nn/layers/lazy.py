"""Layers that learn their input size from their first input, and then become ordinary ones.

A lazy layer holds uninitialised parameters; a forward pre-hook of its own gives them their shapes, draws their values
and changes the layer's class. Source of names, arguments and messages: torch.nn (2.13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from ..parameter import UninitializedBuffer, UninitializedParameter, is_lazy
from . import batchnorm, conv
from .linear import Linear

if TYPE_CHECKING:  # the mixin stands before a layer in every class that has it
    from ..module import Module as _ModuleBase
else:
    _ModuleBase = object


class LazyModuleMixin(_ModuleBase):
    """The protocol of lazy layers: override :meth:`initialize_parameters`, name ``cls_to_become``."""

    cls_to_become: type | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._load_hook = self._register_load_state_dict_pre_hook(self._lazy_load_hook)
        self._initialize_hook = self.register_forward_pre_hook(self._infer_parameters, with_kwargs=True)

    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:
        """Give every uninitialised tensor its shape, from the arguments of the first call."""
        raise NotImplementedError(f"initialize_parameters is not implemented for {type(self).__name__}")

    def has_uninitialized_params(self) -> bool:
        """Whether a parameter or buffer still waits for its shape."""
        return any(is_lazy(t) for t in (*self._parameters.values(), *self._buffers.values()))

    def _save_to_state_dict(self, destination: dict[str, Any], prefix: str, keep_vars: bool) -> None:
        buffers = {k: v for k, v in self._buffers.items() if k not in self._non_persistent_buffers_set}
        for name, tensor in (*self._parameters.items(), *buffers.items()):
            if tensor is not None:
                # Detaching would lose the class that says there is no shape yet.
                destination[prefix + name] = tensor if is_lazy(tensor) or keep_vars else tensor.detach()

    def _lazy_load_hook(self, state_dict: Any, prefix: str, *rest: Any) -> None:
        """Take the shapes from the values that are about to be loaded."""
        for name, tensor in (*self._parameters.items(), *self._buffers.items()):
            value = state_dict.get(prefix + name)
            if is_lazy(tensor) and value is not None and not is_lazy(value):
                with torch.no_grad():
                    tensor.materialize(value.shape)

    def _infer_parameters(self, module: Any, args: tuple[Any, ...], kwargs: dict[str, Any] | None = None) -> None:
        module.initialize_parameters(*args, **(kwargs or {}))
        if module.has_uninitialized_params():
            raise RuntimeError(f"module {self._get_name()} has not been fully initialized")
        module._initialize_hook.remove()
        module._load_hook.remove()
        del module._initialize_hook
        del module._load_hook
        if module.cls_to_become is not None:
            module.__class__ = module.cls_to_become

    def _materialize(self, **shapes: Any) -> None:
        for name, shape in shapes.items():
            tensor = getattr(self, name)
            if is_lazy(tensor):
                with torch.no_grad():
                    tensor.materialize(shape)


class LazyLinear(LazyModuleMixin, Linear):
    """A ``Linear`` whose ``in_features`` is the last size of its first input. Source: torch.nn.LazyLinear."""

    cls_to_become = Linear

    def __init__(self, out_features: int, bias: bool = True, device: Any = None, dtype: Any = None) -> None:
        super().__init__(0, 0, False)  # without a bias: it is to be uninitialised, too
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_features = out_features
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Draw the weights anew, once there are any."""
        if not self.has_uninitialized_params() and self.in_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """Sizes from ``input`` (*, in_features)."""
        waiting = self.has_uninitialized_params()
        self.in_features = input.shape[-1]
        if waiting:
            self._materialize(weight=(self.out_features, self.in_features))
            if self.bias is not None:
                self._materialize(bias=(self.out_features,))
            self.reset_parameters()


class _LazyConv(LazyModuleMixin, conv._ConvNd):
    _rank: int

    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode)  # type: ignore[arg-type, call-arg]
        self._wait(out_channels, bias, device, dtype)

    def _wait(self, out_channels: int, bias: bool, device: Any, dtype: Any) -> None:
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_channels = out_channels
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Draw the weights anew, once there are any."""
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor, *args: Any, **kwargs: Any) -> None:
        """Channels from ``input`` (N, C, *) or (C, *)."""
        if not self.has_uninitialized_params():
            return
        n = self._rank
        if input.dim() not in (n + 1, n + 2):
            raise RuntimeError(
                f"Expected {n + 1}D (unbatched) or {n + 2}D (batched) input to {type(self).__name__}, but got input of size: "
                f"{input.shape}"
            )
        self.in_channels = input.shape[input.dim() - n - 1]
        if self.in_channels % self.groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        ends = (self.in_channels, self.out_channels)
        first, second = ends if self.transposed else ends[::-1]
        self._materialize(weight=(first, second // self.groups, *self.kernel_size))
        if self.bias is not None:
            self._materialize(bias=(self.out_channels,))
        self.reset_parameters()


class LazyConv1d(_LazyConv, conv.Conv1d):
    """A ``Conv1d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConv1d."""

    cls_to_become = conv.Conv1d


class LazyConv2d(_LazyConv, conv.Conv2d):
    """A ``Conv2d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConv2d."""

    cls_to_become = conv.Conv2d


class LazyConv3d(_LazyConv, conv.Conv3d):
    """A ``Conv3d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConv3d."""

    cls_to_become = conv.Conv3d


class _LazyConvTranspose(_LazyConv):
    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Any = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super(_LazyConv, self).__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode)  # type: ignore[arg-type, call-arg]
        self._wait(out_channels, bias, device, dtype)


class LazyConvTranspose1d(_LazyConvTranspose, conv.ConvTranspose1d):
    """A ``ConvTranspose1d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConvTranspose1d."""

    cls_to_become = conv.ConvTranspose1d


class LazyConvTranspose2d(_LazyConvTranspose, conv.ConvTranspose2d):
    """A ``ConvTranspose2d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConvTranspose2d."""

    cls_to_become = conv.ConvTranspose2d


class LazyConvTranspose3d(_LazyConvTranspose, conv.ConvTranspose3d):
    """A ``ConvTranspose3d`` that takes ``in_channels`` from its first input. Source: torch.nn.LazyConvTranspose3d."""

    cls_to_become = conv.ConvTranspose3d


class _LazyNorm(LazyModuleMixin, batchnorm._NormBase):
    def __init__(
        self,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(0, eps, momentum, False, False)  # no tensors yet: they are to be uninitialised
        self.affine = affine
        self.track_running_stats = track_running_stats
        if self.affine:
            self.weight = UninitializedParameter(device=device, dtype=dtype)
            if bias:
                self.bias = UninitializedParameter(device=device, dtype=dtype)
        if self.track_running_stats:
            self.running_mean = UninitializedBuffer(device=device, dtype=dtype)
            self.running_var = UninitializedBuffer(device=device, dtype=dtype)
            self.num_batches_tracked = torch.tensor(0, dtype=torch.int64, device=device)

    def reset_parameters(self) -> None:
        """Weight one, bias zero, statistics reset, once there are any."""
        if not self.has_uninitialized_params() and self.num_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """The number of features from ``input`` (N, C, *)."""
        if not self.has_uninitialized_params():
            return
        self.num_features = input.shape[1]
        names = [*self._parameters, "running_mean", "running_var"]
        self._materialize(**dict.fromkeys(names, (self.num_features,)))
        self.reset_parameters()


class LazyBatchNorm1d(_LazyNorm, batchnorm.BatchNorm1d):
    """A ``BatchNorm1d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyBatchNorm1d."""

    cls_to_become = batchnorm.BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, batchnorm.BatchNorm2d):
    """A ``BatchNorm2d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyBatchNorm2d."""

    cls_to_become = batchnorm.BatchNorm2d


class LazyBatchNorm3d(_LazyNorm, batchnorm.BatchNorm3d):
    """A ``BatchNorm3d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyBatchNorm3d."""

    cls_to_become = batchnorm.BatchNorm3d


class LazyInstanceNorm1d(_LazyNorm, batchnorm.InstanceNorm1d):
    """An ``InstanceNorm1d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyInstanceNorm1d."""

    cls_to_become = batchnorm.InstanceNorm1d


class LazyInstanceNorm2d(_LazyNorm, batchnorm.InstanceNorm2d):
    """An ``InstanceNorm2d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyInstanceNorm2d."""

    cls_to_become = batchnorm.InstanceNorm2d


class LazyInstanceNorm3d(_LazyNorm, batchnorm.InstanceNorm3d):
    """An ``InstanceNorm3d`` that takes ``num_features`` from its first input. Source: torch.nn.LazyInstanceNorm3d."""

    cls_to_become = batchnorm.InstanceNorm3d
