"""Ops on quantized tensors: what moves integers, what compares numbers, and what computes in float32 and rounds to the same grid.

Source: torch's QuantizedCPU backend (2.13), which of them exist and with what quantizer they answer.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor, float32
from ft_core.payload import QUANTIZED

from .. import surface as torch
from ..kinds import VIEW
from ..layouts import component, layout_rule, write_rule
from ..ops.quantized import over, range_of, to_ints
from ..registry import OPS

Q = "quantized"


def like(t: Tensor, ints: Tensor) -> Tensor:
    """Other integers with the quantizer of `t`."""
    r = t._a
    return over(ints, t.dtype, r.scale, r.zero_point, r.axis, r.scheme)


def real(t: Any) -> Any:
    """The numbers a quantized tensor stands for; anything else as it is."""
    return dequantize(t) if isinstance(t, Tensor) and t._k & QUANTIZED else t


def _params(t: Tensor) -> tuple[Any, Any]:
    """scale and zero point, shaped to broadcast."""
    r = t._a
    if r.axis is None:
        return r.scale, r.zero_point
    along = tuple(-1 if d == r.axis else 1 for d in range(t.ndim))
    return r.scale.reshape(along), r.zero_point.reshape(along)


def on_grid(t: Tensor, numbers: Tensor) -> Tensor:
    """Float numbers with the quantizer of `t`, which is per tensor."""
    held, least, largest = range_of(t.dtype)
    scale, zero = t._a.scale, t._a.zero_point
    return over(to_ints(numbers, scale, zero, held, least, largest), t.dtype, scale, zero)


@layout_rule("dequantize.self", Q)
def dequantize(self: Tensor) -> Tensor:
    scale, zero = _params(self)
    if self._a.axis is None:
        return (self._a.ints.to(torch.int32) - zero).to(float32) * torch.tensor(scale, dtype=float32, device=self.device)
    return (self._a.ints - zero).to(float32) * scale.to(float32)


@layout_rule("int_repr", Q)
def int_repr(self: Tensor) -> Tensor:
    return self._a.ints.clone()


def _uniform(t: Tensor) -> None:
    if t._a.axis is not None:
        raise RuntimeError("Setting strides is possible only on uniformly quantized tensor")


# -- the same memory, copies ---------------------------------------------------------------------------------------------------------


def _as_view(name: str) -> None:
    op = OPS[name]

    def rule(self: Tensor, *params: Any) -> Any:
        _uniform(self)
        made = op(self._a.ints, *params)
        return [like(self, part) for part in made] if isinstance(made, (list, tuple)) else like(self, made)

    layout_rule(name, Q)(rule)


for _name, _op in list(OPS.items()):
    if _op.kind is VIEW and _name not in ("view_as_real", "view_as_complex", "view.dtype", "alias", "select.int"):
        _as_view(_name)


@layout_rule("select.int", Q)
def select(self: Tensor, dim: int, index: int) -> Tensor:
    """A slice; of the dimension with the scales, one of them stays."""
    r = self._a
    ints = OPS["select.int"](r.ints, dim, index)
    if r.axis is None:
        return like(self, ints)
    if dim == r.axis:
        return over(ints, self.dtype, float(r.scale[index].to(float32).item()), int(r.zero_point[index].item()))
    return over(ints, self.dtype, r.scale, r.zero_point, r.axis - (dim < r.axis), r.scheme)


@layout_rule("alias", Q)
def alias(self: Tensor) -> Tensor:
    return like(self, component(self._a.ints))


@layout_rule("clone", Q)
def clone(self: Tensor, memory_format: Any) -> Tensor:
    return like(self, self._a.ints.clone(memory_format=memory_format or torch.preserve_format))


@layout_rule("_to_copy", Q)
def to_copy(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, non_blocking: bool, memory_format: Any) -> Tensor:
    if dtype is not None and dtype is not self.dtype:
        raise RuntimeError("Creation of quantized tensor requires quantized dtype like torch.quint8")
    return like(self, self._a.ints.to(device=device or self.device, copy=True))


@write_rule("copy", Q)
def copy(x: Tensor, src: Tensor, non_blocking: bool) -> None:
    if not x._k & QUANTIZED:
        raise RuntimeError(
            "Copying from quantized Tensor to non-quantized Tensor is not allowed, please use dequantize to get a float Tensor"
        )
    if src._k & QUANTIZED:
        if src.dtype is not x.dtype:
            raise RuntimeError("Quantized copy only works with the same dtype")
        src = real(src) if (src._a.scale, src._a.zero_point) != (x._a.scale, x._a.zero_point) else src
    if not src._k & QUANTIZED:
        if src.dtype is not float32:
            raise RuntimeError(f"Quantized copy only works with kFloat as source Tensor, got {src.dtype.scalar_name}")
        src = on_grid(x, src.expand(x.shape))
    x._a.ints.copy_(src._a.ints)


@layout_rule("empty_like", Q)
def empty_like(self: Tensor, dtype: Any, layout: Any, device: Any, pin_memory: Any, memory_format: Any) -> Tensor:
    return like(self, torch.empty_like(self._a.ints, device=device))


@write_rule("fill.Scalar", Q)
def fill(x: Tensor, value: Any) -> None:
    x._a.ints.copy_(on_grid(x, torch.full(x.shape, float(value), dtype=float32, device=x.device))._a.ints)


# -- integers moved ---------------------------------------------------------------------------------------------------------------------


def _on_ints(name: str) -> None:
    op = OPS[name]

    def rule(self: Tensor, *params: Any) -> Any:
        _uniform(self)
        made = op(self._a.ints, *params)
        return (like(self, made[0]), *made[1:]) if isinstance(made, tuple) else like(self, made)

    layout_rule(name, Q)(rule)


for (
    _name
) in "index_select index.Tensor flip max min max.dim min.dim sort sort.stable topk channel_shuffle reflection_pad2d".split():
    _on_ints(_name)


def _joined(name: str) -> None:
    op = OPS[name]

    def rule(tensors: tuple[Tensor, ...], dim: int) -> Tensor:
        first = tensors[0]
        for t in tensors:
            if not t._k & QUANTIZED or t.dtype is not first.dtype or t._a.axis is not None:
                raise RuntimeError(f"{name}: quantized tensors of one dtype, per tensor, are expected; got {t.dtype}")
        same = [
            t if t._a.scale == first._a.scale and t._a.zero_point == first._a.zero_point else on_grid(first, real(t))
            for t in tensors
        ]
        return like(first, op(tuple(t._a.ints for t in same), dim))

    layout_rule(name, Q)(rule)


_joined("cat")
_joined("stack")


def _masked(x: Tensor, mask: Tensor, value: Any) -> None:
    number: Any = value.item() if isinstance(value, Tensor) else value
    one = on_grid(x, torch.tensor([float(number)], dtype=float32, device=x.device))._a.ints
    x._a.ints.copy_(torch.where(mask, one, x._a.ints))


write_rule("masked_fill.Scalar masked_fill.Tensor", Q)(_masked)


# -- numbers compared ------------------------------------------------------------------------------------------------------------------


def _compared(name: str) -> None:
    op = OPS[name]
    layout_rule(name, Q)(lambda self, other: op(real(self), real(other)))


for _name in ("eq.Tensor", "ne.Tensor", "lt.Tensor", "le.Tensor", "gt.Tensor", "ge.Tensor"):
    _compared(_name)


# -- computed in float32 ------------------------------------------------------------------------------------------------------------------

SAME_GRID = (
    "clamp.Tensor hardtanh leaky_relu gelu mean mean.dim std.correction avg_pool2d avg_pool3d _adaptive_avg_pool2d "
    "_adaptive_avg_pool3d upsample_nearest2d upsample_nearest3d _upsample_nearest_exact2d _upsample_nearest_exact3d upsample_bilinear2d"
)
"""Ops whose result keeps the quantizer of their input."""


def _in_float(name: str) -> None:
    op = OPS[name]

    def rule(self: Tensor, *params: Any) -> Tensor:
        _uniform(self)
        return on_grid(self, op(real(self), *params))

    layout_rule(name, Q)(rule)


for _name in SAME_GRID.split():
    if _name in OPS:
        _in_float(_name)


@layout_rule("relu", Q)
def relu(self: Tensor) -> Tensor:
    _uniform(self)
    return like(self, self._a.ints.clamp(min=self._a.zero_point))


@layout_rule("threshold", Q)
def threshold(self: Tensor, threshold: Any, value: Any) -> Tensor:
    _uniform(self)
    bound, other = on_grid(self, torch.tensor([float(threshold), float(value)], dtype=float32, device=self.device))._a.ints
    return like(self, torch.where(self._a.ints > bound, self._a.ints, other))


@layout_rule("max_pool2d_with_indices", Q)
def max_pool2d_with_indices(self: Tensor, *params: Any) -> tuple[Tensor, Tensor]:
    _uniform(self)
    values, places = OPS["max_pool2d_with_indices"](real(self), *params)
    return on_grid(self, values), places


_FIXED = {
    "sigmoid": {"quint8": (1 / 256, 0), "qint8": (1 / 256, -128), "qint32": (1.0 / 2**32, -(2**31))},
    "hardsigmoid": {"quint8": (1 / 256, 0), "qint8": (1 / 256, -128), "qint32": (1.0 / 2**32, -(2**31))},
    "tanh": {"quint8": (2 / 256, 128), "qint8": (2 / 256, 0), "qint32": (2.0 / 2**32, 0)},
}
"""Quantizers of the results of functions whose range is known."""


def _fixed(name: str) -> None:
    op = OPS[name]

    def rule(self: Tensor) -> Tensor:
        scale, zero = _FIXED[name][self.dtype.name]
        held, least, largest = range_of(self.dtype)
        return over(to_ints(op(real(self)), scale, zero, held, least, largest), self.dtype, scale, zero)

    layout_rule(name, Q)(rule)


for _name in _FIXED:
    _fixed(_name)
