"""torch.utils.flop_counter: the floating point operations of products and convolutions, by module and op.

A multiplication and an addition count as two. What takes part: matrix products, and convolutions with their gradients.
Source: torch.utils.flop_counter (2.13).
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable
from math import prod
from typing import Any

from ft_core import Tensor
from ft_dispatch.packets import ops

from . import _pytree as pytree
from ._python_dispatch import TorchDispatchMode
from .module_tracker import ModuleTracker

__all__ = ["FlopCounterMode", "register_flop_formula"]

aten = ops.aten
flop_registry: dict[Any, Callable[..., int]] = {}
"""Formulas by op (`torch.ops.aten.mm`): they take the op's arguments, shapes in place of tensors, and `out_shape`."""


def register_flop_formula(targets: Any, get_raw: bool = False) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Decorator: a formula for an op or several; with `get_raw` it takes tensors and `out_val`. RuntimeError where there is one already."""

    def register(formula: Callable[..., int]) -> Callable[..., int]:
        made = formula if get_raw else _of_shapes(formula)
        for target in targets if isinstance(targets, (list, tuple)) else [targets]:
            if target in flop_registry:
                raise RuntimeError(f"duplicate registrations for {target}")
            flop_registry[target] = made
        return made

    return register


def _of_shapes(formula: Callable[..., int]) -> Callable[..., int]:
    def counted(*args: Any, out_val: Any = None, **kwargs: Any) -> int:
        args, kwargs, shape = pytree.tree_map(lambda x: x.shape if isinstance(x, Tensor) else x, (args, kwargs, out_val))
        return formula(*args, out_shape=shape, **kwargs)

    return counted


@register_flop_formula(aten.mm)
def mm_flop(a_shape: Any, b_shape: Any, *args: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of (m, k) @ (k, n)."""
    return 2 * prod(a_shape) * b_shape[-1]


@register_flop_formula([aten.addmm, aten.baddbmm])
def addmm_flop(self_shape: Any, a_shape: Any, b_shape: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of a product that is added to something."""
    return 2 * prod(a_shape) * b_shape[-1]


@register_flop_formula(aten.bmm)
def bmm_flop(a_shape: Any, b_shape: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of (b, m, k) @ (b, k, n)."""
    return 2 * prod(a_shape) * b_shape[-1]


_TURNED = {
    aten._mm_tn: (aten.mm, lambda a, b: 2 * prod(a.shape) * b.shape[1]),
    aten._mm_nt: (aten.mm, lambda a, b: 2 * prod(a.shape) * b.shape[0]),
}
"""Products with a turned factor, which are one op here, and what torch counts them as."""


def conv_flop_count(x_shape: Any, w_shape: Any, out_shape: Any, transposed: bool = False) -> int:
    """Of a convolution: one product of filter and channels for each place of the result (of the input, where transposed)."""
    places = (x_shape if transposed else out_shape)[2:]
    return 2 * prod(places) * prod(w_shape) * x_shape[0]


@register_flop_formula(aten.convolution)
def conv_flop(
    x_shape: Any, w_shape: Any, _bias: Any, _stride: Any, _padding: Any, _dilation: Any, transposed: bool, *args: Any, out_shape: Any = None,
    **kwargs: Any,
) -> int:  # fmt: skip
    """Of a convolution."""
    return conv_flop_count(x_shape, w_shape, out_shape, transposed=transposed)


@register_flop_formula(aten.convolution_backward)
def conv_backward_flop(
    grad_out_shape: Any, x_shape: Any, w_shape: Any, _bias: Any, _stride: Any, _padding: Any, _dilation: Any, transposed: bool,
    _output_padding: Any, _groups: Any, output_mask: Any, out_shape: Any,
) -> int:  # fmt: skip
    """Of the gradients of a convolution's input and weight, each a convolution."""

    def turned(shape: Any) -> list[int]:
        return [shape[1], shape[0], *shape[2:]]

    count = 0
    if output_mask[0]:
        count += conv_flop_count(grad_out_shape, w_shape, out_shape[0], not transposed)
    if output_mask[1]:
        first, second = (grad_out_shape, x_shape) if transposed else (x_shape, grad_out_shape)
        count += conv_flop_count(turned(first), turned(second), turned(out_shape[1]))
    return count


class FlopCounterMode:
    """Context that counts. `depth`: how deep the table goes; `display`: print it at the end; `custom_mapping`: formulas for further ops."""

    def __init__(
        self, mods: Any = None, depth: int = 2, display: bool = True, custom_mapping: dict[Any, Callable[..., int]] | None = None
    ) -> None:
        if mods is not None:
            warnings.warn("mods argument is not needed anymore, you can stop passing it", stacklevel=2)
        self.flop_counts: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
        self.depth, self.display = depth, display
        raw = {
            op: formula if getattr(formula, "_get_raw", False) else _of_shapes(formula)
            for op, formula in (custom_mapping or {}).items()
        }
        self.flop_registry = {**flop_registry, **raw}
        self.mod_tracker = ModuleTracker()

    def get_total_flops(self) -> int:
        """All that was counted."""
        return sum(self.flop_counts["Global"].values())

    def get_flop_counts(self) -> dict[str, dict[Any, int]]:
        """Counts by module name, then by op; "Global" has them all."""
        return {name: dict(counts) for name, counts in self.flop_counts.items()}

    def get_table(self, depth: int | None = None) -> str:
        """The counts as text: a row for each module down to `depth` and for its ops, "Global" where the modules do not have them all."""
        depth = self.depth if depth is None else depth
        total = self.get_total_flops()
        names = sorted(name for name in self.flop_counts if name != "Global" and name.count(".") < depth)
        held = {name: sum(self.flop_counts[name].values()) for name in self.flop_counts}
        whole = any(held[name] >= total for name in names)
        rows = [row for name in names for row in self._rows(name, name.count(".") + (not whole))]
        if "Global" in self.flop_counts and not whole:
            rows = self._rows("Global", 0) + rows
        return _laid_out([("Module", "FLOP", "% Total"), *(rows or [("Global", "0", "0%")])])

    def _rows(self, name: str, indent: int) -> list[tuple[str, str, str]]:
        total, counts, pad = self.get_total_flops(), self.flop_counts[name], " " * indent
        power = max(0, min(4, (len(str(total)) - 2) // 3))  # 1.01B is shown as 1010M

        def row(label: str, count: int) -> tuple[str, str, str]:
            text = f"{count / 1000**power:.3f}{'KMBT'[power - 1]}" if power else str(count)
            return pad + label, text, f"{count / total:.2%}" if total else "0%"

        return [row(name, sum(counts.values())), *(row(f" - {op}", count) for op, count in counts.items())]

    def __enter__(self) -> FlopCounterMode:
        self.flop_counts.clear()
        self.mod_tracker.__enter__()
        self.mode = _Counting(self)
        self.mode.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.mode.__exit__(*error)
        self.mod_tracker.__exit__()
        if self.display:
            print(self.get_table(self.depth))  # what `display` asks for

    def _count(self, func: Any, args: Any, kwargs: Any, out: Any) -> None:
        packet = func._overloadpacket
        if packet in _TURNED:
            packet, formula = _TURNED[packet]
            self._add(packet, formula(*args))
        elif packet in self.flop_registry:
            self._add(packet, self.flop_registry[packet](*args, **kwargs, out_val=out))

    def _add(self, packet: Any, count: int) -> None:
        for name in set(self.mod_tracker.parents):
            self.flop_counts[name][packet] += count


class _Counting(TorchDispatchMode):
    """Sees the ops for a counter."""

    def __init__(self, counter: FlopCounterMode) -> None:
        super().__init__()
        self.counter = counter

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        self.counter._count(func, args, kwargs or {}, out)
        return out


def _laid_out(cells: list[tuple[str, str, str]]) -> str:
    """Three columns, the first to the left, below a line of dashes."""
    widths = [max(len(head) + 2, *(len(row[i]) for row in cells[1:])) for i, head in enumerate(cells[0])]
    lines = [f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}" for a, b, c in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
