"""torch.utils.flop_counter: counts the multiplications and additions of a program's products, convolutions and attention, by module.

A formula per op, from shapes; ops without one count nothing. Attention counts on the CPU too, where torch 2.13 has no formula for it.
Source: torch.utils.flop_counter.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from math import prod
from typing import Any

from ft_core import Tensor
from ft_dispatch.modes import TorchDispatchMode
from ft_dispatch.packets import OpOverload, OpOverloadPacket
from ft_dispatch.packets import ops as _ops

from . import _pytree as pytree
from .module_tracker import ModuleTracker

__all__ = ["FlopCounterMode", "register_flop_formula"]

flop_registry: dict[Any, Callable[..., int]] = {}
"""By packet (torch.ops.aten.mm): a function of the op's arguments and `out_val`, its result."""


def get_shape(value: Any) -> Any:
    """The shape of a tensor; everything else as it is."""
    return value.shape if isinstance(value, Tensor) else value


def shape_wrapper(formula: Callable[..., int]) -> Callable[..., int]:
    """A formula of tensors, from one of shapes with the result's as `out_shape`."""

    @wraps(formula)
    def of_tensors(*args: Any, out_val: Any = None, **kwargs: Any) -> int:
        args, kwargs, out = pytree.tree_map(get_shape, (args, kwargs, out_val))
        return formula(*args, out_shape=out, **kwargs)

    return of_tensors


def register_flop_formula(targets: Any, get_raw: bool = False) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Decorator: count an op, or several (a list of packets such as torch.ops.aten.mm), by a formula.

    The formula gets the op's arguments with shapes in the places of tensors, and `out_shape`; with `get_raw` the tensors and `out_val`.
    ValueError for a target that is no packet, RuntimeError for one that has a formula.
    """

    def register(formula: Callable[..., int]) -> Callable[..., int]:
        counted = formula if get_raw else shape_wrapper(formula)
        for target in targets if isinstance(targets, (list, tuple)) else (targets,):
            if not isinstance(target, OpOverloadPacket):
                raise ValueError(
                    f"register_flop_formula(targets): expected each target to be OpOverloadPacket (i.e. torch.ops.mylib.foo), got "
                    f"{target} which is of type {type(target)}"
                )
            if target in flop_registry:
                raise RuntimeError(f"duplicate registrations for {target}")
            flop_registry[target] = counted
        return formula

    return register


aten = _ops.aten


@register_flop_formula([aten.mm])
def mm_flop(a_shape: Any, b_shape: Any, *args: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of (m, k) @ (k, n)."""
    (m, k), (k2, n) = a_shape, b_shape
    if k != k2:
        raise AssertionError(f"matmul: inner dimensions must match (k == k2), got {k} and {k2}")
    return int(m * n * 2 * k)


@register_flop_formula(aten.addmm)
def addmm_flop(self_shape: Any, a_shape: Any, b_shape: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of c + (m, k) @ (k, n); the sum is not counted."""
    return mm_flop(a_shape, b_shape)


@register_flop_formula(aten.bmm)
def bmm_flop(a_shape: Any, b_shape: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of (b, m, k) @ (b, k, n)."""
    (b, m, k), (b2, k2, n) = a_shape, b_shape
    if (b, k) != (b2, k2):
        raise AssertionError(f"bmm: batches and inner dimensions must match, got {tuple(a_shape)} and {tuple(b_shape)}")
    return int(b * m * n * 2 * k)


@register_flop_formula(aten.baddbmm)
def baddbmm_flop(self_shape: Any, a_shape: Any, b_shape: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of c + (b, m, k) @ (b, k, n); the sum is not counted."""
    return bmm_flop(a_shape, b_shape)


# products whose factors backward takes transposed where they lie; torch transposes, then multiplies
register_flop_formula(aten._mm_nt)(lambda a, b, **kwargs: mm_flop(a, b[::-1]))
register_flop_formula(aten._mm_tn)(lambda a, b, **kwargs: mm_flop(a[::-1], b))
_COUNTED_AS = {aten._mm_nt: aten.mm, aten._mm_tn: aten.mm}


def conv_flop_count(x_shape: Sequence[int], w_shape: Sequence[int], out_shape: Sequence[int], transposed: bool = False) -> int:
    """Of a convolution: two for each place (of the input where it is transposed), channel and tap of the weight."""
    places = (x_shape if transposed else out_shape)[2:]
    return prod(places) * prod(w_shape) * x_shape[0] * 2


@register_flop_formula([aten.convolution])
def conv_flop(
    x_shape: Any,
    w_shape: Any,
    _bias: Any,
    _stride: Any,
    _padding: Any,
    _dilation: Any,
    transposed: bool,
    *args: Any,
    out_shape: Any = None,
    **kwargs: Any,
) -> int:
    """Of a convolution or a transposed one."""
    return conv_flop_count(x_shape, w_shape, out_shape, transposed=transposed)


@register_flop_formula(aten.convolution_backward)
def conv_backward_flop(
    grad_out_shape: Any,
    x_shape: Any,
    w_shape: Any,
    _bias: Any,
    _stride: Any,
    _padding: Any,
    _dilation: Any,
    transposed: bool,
    _output_padding: Any,
    _groups: int,
    output_mask: Sequence[bool],
    out_shape: Any,
) -> int:
    """Of a convolution's gradients: each that is asked for costs what the convolution did."""
    once = conv_flop_count(x_shape, w_shape, grad_out_shape, transposed)
    return once * (bool(output_mask[0]) + bool(output_mask[1]))


def sdpa_flop_count(query_shape: Any, key_shape: Any, value_shape: Any) -> int:
    """Of attention over (batch, heads, length, width): two batched products; heads of keys that are shared count as often as they are used."""
    b, h, s_q, d_q = query_shape
    _b2, h_kv, s_k, d_k = key_shape
    d_v = value_shape[-1]
    if b != _b2 or d_q != d_k or h % h_kv or tuple(value_shape[:3]) != (b, h_kv, s_k):
        raise AssertionError(f"sdpa: shapes do not fit: {tuple(query_shape)}, {tuple(key_shape)}, {tuple(value_shape)}")
    return bmm_flop((b * h, s_q, d_q), (b * h, d_k, s_k)) + bmm_flop((b * h, s_q, s_k), (b * h, s_k, d_v))


@register_flop_formula(aten._scaled_dot_product_flash_attention_for_cpu)
def sdpa_flop(query_shape: Any, key_shape: Any, value_shape: Any, *args: Any, out_shape: Any = None, **kwargs: Any) -> int:
    """Of attention's forward."""
    return sdpa_flop_count(query_shape, key_shape, value_shape)


def sdpa_backward_flop_count(grad_out_shape: Any, query_shape: Any, key_shape: Any, value_shape: Any) -> int:
    """Of attention's gradients: five batched products, the scores' being computed again."""
    sdpa_flop_count(query_shape, key_shape, value_shape)  # raises where shapes do not fit
    b, h, s_q, d_q = query_shape
    s_k, d_v = key_shape[2], value_shape[-1]
    scores = bmm_flop((b * h, s_q, d_q), (b * h, d_q, s_k))
    of_values = bmm_flop((b * h, s_q, d_v), (b * h, d_v, s_k)) + bmm_flop((b * h, s_k, s_q), (b * h, s_q, d_v))
    return scores + of_values + bmm_flop((b * h, s_q, s_k), (b * h, s_k, d_q)) + bmm_flop((b * h, d_q, s_q), (b * h, s_q, s_k))


@register_flop_formula(aten._scaled_dot_product_flash_attention_for_cpu_backward)
def sdpa_backward_flop(
    grad_out_shape: Any, query_shape: Any, key_shape: Any, value_shape: Any, *args: Any, out_shape: Any = None, **kwargs: Any
) -> int:
    """Of attention's backward."""
    return sdpa_backward_flop_count(grad_out_shape, query_shape, key_shape, value_shape)


_SUFFIXES = ["", "K", "M", "B", "T"]


def get_suffix_str(number: int) -> str:
    """The thousands in which a number has one to four digits before the point: "", K, M, B or T."""
    return _SUFFIXES[max(0, min(len(_SUFFIXES) - 1, (len(str(number)) - 2) // 3))]


def convert_num_with_suffix(number: int, suffix: str) -> str:
    """A number in thousands of a kind: 1500 with "K" is 1.500K."""
    index = _SUFFIXES.index(suffix)
    return str(number) if not index else f"{number / 1000**index:.3f}{suffix}"


def convert_to_percent_str(num: int, denom: int) -> str:
    """A share: 50.00%; 0% of nothing."""
    return "0%" if denom == 0 else f"{num / denom:.2%}"


class FlopCounterMode(TorchDispatchMode):
    """Context that counts floating point operations of the ops that run in it, backward and recomputation included, by module.

    `depth`: down to which submodules the table goes; `display`: whether it is printed at the end; `custom_mapping`: formulas beside the
    registered ones, by packet: functions of the arguments with shapes in the places of tensors, and `out_shape` (those that have the
    attribute `_get_raw` get tensors and `out_val`). `mods` is ignored, with a warning, as in torch.
    """

    def __init__(
        self, mods: Any = None, depth: int = 2, display: bool = True, custom_mapping: dict[Any, Callable[..., int]] | None = None
    ) -> None:
        super().__init__()
        if mods is not None:
            warnings.warn("mods argument is not needed anymore, you can stop passing it", stacklevel=2)
        self.flop_counts: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
        self.depth = depth
        self.display = display
        own = {k: v if getattr(v, "_get_raw", False) else shape_wrapper(v) for k, v in (custom_mapping or {}).items()}
        self.flop_registry = {**flop_registry, **own}
        self.mod_tracker = ModuleTracker()

    def get_total_flops(self) -> int:
        """All that was counted."""
        return sum(self.flop_counts["Global"].values())

    def get_flop_counts(self) -> dict[str, dict[Any, int]]:
        """By module name ("Global" holds all), by op."""
        return {name: dict(counts) for name, counts in self.flop_counts.items()}

    def get_table(self, depth: int | None = None) -> str:
        """Modules down to `depth` with their ops, counts and shares of all."""
        depth = self.depth if depth is None else depth
        total = self.get_total_flops()
        suffix = get_suffix_str(total)

        def rows_of(name: str, indent: str) -> list[list[str]]:
            counts = self.flop_counts[name]
            named = [(indent + name, sum(counts.values())), *((f"{indent} - {op}", n) for op, n in counts.items())]
            return [[label, convert_num_with_suffix(n, suffix), convert_to_percent_str(n, total)] for label, n in named]

        modules = [name for name in sorted(self.flop_counts) if name != "Global" and name.count(".") < depth]
        rows = [row for name in modules for row in rows_of(name, " " * name.count("."))]
        if total and not any(sum(self.flop_counts[name].values()) >= total for name in modules):
            rows = rows_of("Global", "") + [[" " + label, *rest] for label, *rest in rows]
        return _table(rows or [["Global", "0", "0%"]])

    def __enter__(self) -> FlopCounterMode:
        self.flop_counts.clear()
        self.mod_tracker.__enter__()
        super().__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        self.mod_tracker.__exit__()
        if self.display:
            print(self.get_table(self.depth))

    def __torch_dispatch__(self, func: OpOverload, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Run the op, then count it for every module around it."""
        kwargs = kwargs or {}
        out = func(*args, **kwargs)
        packet = func._overloadpacket
        formula = self.flop_registry.get(packet)
        if formula is not None:
            count = formula(*args, **kwargs, out_val=out)
            for name in set(self.mod_tracker.parents):
                self.flop_counts[name][_COUNTED_AS.get(packet, packet)] += count
        return out


def _table(rows: list[list[str]]) -> str:
    head = ["Module", "FLOP", "% Total"]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(3)]
    widths = [widths[0], max(widths[1], 6), max(widths[2], 9)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}" for a, b, c in lines)
