"""Composites recorded as one node where nothing sees the pieces (`fused=True` in the op table): one node, no view, one kernel forward.

The graph is torch's all the same: whoever asks for it (`grad_fn`, `next_functions`) makes the pieces at that moment, in the place of the one
node and with the numbers that were kept for them, so gradients meet in the same order and hooks land where torch has them.
"""

from __future__ import annotations

from typing import Any

from ft_core import Tensor
from ft_core.keys import GRAD
from ft_dispatch.registry import OPS
from ft_dispatch.surface import raw

from .generated.matmul import AddmmBackward0
from .generated.view import TBackward0
from .modes import no_grad
from .node import Node, next_seq, unpack_input

_make = object.__new__
_mm, _mm_tn = raw.mm, raw._mm_tn


class FusedLinear(AddmmBackward0):
    """addmm(bias, input, weight.t()): saves `weight` where the pieces save its transpose, and leads to `weight` past that."""

    __slots__ = ()
    s_mat1: Any
    s_mat2: Any
    v_mat1: int
    v_mat2: int
    p_alpha: int
    p_beta: int
    p_mat2_stride: tuple[int, ...]

    def name(self) -> str:
        """What it is to whoever looks."""
        return "AddmmBackward0"

    def apply(self, g: Any) -> tuple[Any, ...]:
        """Gradients of bias, input and weight, of shapes (n, out), (n, in) and (out, in), from a cotangent of (n, out)."""
        _, to_input, to_weight = self.next
        if to_input is not None and self.s_mat2 is not Node and _version(self.s_mat2) != self.v_mat2:
            return self.public().apply(g)  # the error names the transpose
        return (
            g,
            None if to_input is None else _mm(g, unpack_input(self, self.s_mat2, self.v_mat2)),
            None if to_weight is None else _mm_tn(g, unpack_input(self, self.s_mat1, self.v_mat1)),
        )

    def public(self) -> Node:
        """This node as addmm's, behind the weight's transpose."""
        weight = self.next[2]
        if weight is not None:
            shape, k = (weight._a.shape, weight._k) if isinstance(weight, Tensor) else (weight.shape, weight.k)
            turned = _make(TBackward0)
            turned.seq, turned.next, turned.shape, turned.k = self.seq - 1, (weight,), shape[::-1], k
            self.next = (*self.next[:2], turned)
            self.p_mat2_stride = (1, shape[1])
        if self.s_mat2 is not Node:
            with no_grad():
                self.s_mat2 = self.s_mat2.t()
            if weight is not None:
                self.s_mat2._k |= GRAD
                self.s_mat2._node = self.next[2]
        self.__class__ = AddmmBackward0  # type: ignore[assignment]  # same slots: a subclass without any of its own
        return self


def _version(t: Tensor) -> int:
    return 0 if t._ver is None else t._ver[0]


def record_linear(made: Tensor, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """The recorder of `linear`'s fused route."""
    node = _make(FusedLinear)
    next_seq()  # the transpose's, should anybody ask for it
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    to_bias = (bias._node or bias) if bias._k & 1 else None
    to_input = (input._node or input) if input._k & 1 else None
    to_weight = (weight._node or weight) if weight._k & 1 else None
    node.next = (to_bias, to_input, to_weight)
    node.p_beta = node.p_alpha = 1
    node.p_mat2_stride = ()
    if to_weight is None:
        node.s_mat1, node.v_mat1 = Node, 0
    else:
        node.s_mat1 = input
        cell = input._ver
        node.v_mat1 = 0 if cell is None else cell[0]
    if to_input is None:
        node.s_mat2, node.v_mat2 = Node, 0
    else:
        node.s_mat2 = weight
        cell = weight._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    return made


def install() -> None:
    """Give the op its recorder; `record.recorder` finds it there."""
    linear = OPS["linear"]
    linear.__dict__["recorder"] = record_linear
    linear.__dict__["wrt_at"] = (0, 1, 2)
