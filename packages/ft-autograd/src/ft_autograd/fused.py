"""Composites recorded as one node where nothing sees the pieces (`fused=True` in the op table): one node, no view, one kernel forward.

The graph is torch's all the same: whoever asks for it (`grad_fn`, `next_functions`) makes the pieces at that moment, in the place of the one
node and with the numbers that were kept for them, so gradients meet in the same order and hooks land where torch has them.
"""

from __future__ import annotations

import math
from typing import Any

from ft_core import Tensor
from ft_core.keys import GRAD
from ft_dispatch.registry import OPS
from ft_dispatch.surface import raw

from .arrival import expected
from .generated.matmul import AddmmBackward0
from .generated.view import TBackward0, ViewBackward0
from .modes import no_grad
from .node import SAVES, SEQ, SINGLE, Node, unpack_input

_mm, _mm_tn, _reshape = raw.mm, raw._mm_tn, raw.reshape


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
            shape = expected(weight)[0]
            turned = TBackward0()
            turned.seq, turned.next, turned.shape, turned.k = self.seq - 1, (weight,), shape[::-1], self.k
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


class FusedRows(ViewBackward0):
    """addmm(bias, input.view(rows, in), weight.t()).view(lead, out) for inputs of more than two dimensions.

    Until it is taken apart, `p_self_shape` holds what is saved: (input, its version, weight, its version).
    """

    __slots__ = ()
    traits = ViewBackward0.traits & ~SINGLE | SAVES
    p_self_shape: tuple[Any, ...]

    def name(self) -> str:
        """What it is to whoever looks."""
        return "ViewBackward0"

    def apply(self, g: Any) -> tuple[Any, ...]:
        """Gradients of bias, input and weight, of shapes (rows, out), (lead, in) and (out, in), from a cotangent of (lead, out)."""
        _, to_input, to_weight = self.next
        x, v_x, weight, v_weight = self.p_self_shape
        changed = (x is not Node and _version(x) != v_x) or (weight is not Node and _version(weight) != v_weight)
        if changed:
            return self.public().apply(g)  # the error names the operand as the pieces see it
        rows = _reshape(g, (-1, g._a.shape[-1]))
        to_x = to_w = None
        if to_input is not None:
            made = _mm(rows, unpack_input(self, weight, v_weight))
            to_x = _reshape(made, (*self.shape[:-1], made._a.shape[1]))
        if to_weight is not None:
            x = unpack_input(self, x, v_x)
            to_w = _mm_tn(rows, _reshape(x, (-1, x._a.shape[-1])))
        return rows, to_x, to_w

    def release(self) -> None:
        """Forget the operands."""
        self.p_self_shape = (Node, 0, Node, 0)

    def public(self) -> Node:
        """This node as the last view's, behind addmm, the rows of the input, and the weight's transpose."""
        to_bias, to_input, to_weight = self.next
        x, v_x, weight, v_weight = self.p_self_shape
        shape = (math.prod(self.shape[:-1]), self.shape[-1])
        if to_input is not None:
            lead = expected(to_input)[0]
            rows: Any = ViewBackward0()
            rows.seq, rows.next, rows.shape, rows.k = self.seq - 3, (to_input,), (shape[0], lead[-1]), self.k
            rows.p_self_shape = lead
            to_input = rows
        if x is not Node:
            with no_grad():
                x = x.view((shape[0], x.shape[-1]))
            if to_input is not None:
                x._k |= GRAD
                x._node = to_input
        inner = _addmm(self.seq - 1, shape, self.k, (to_bias, to_input, to_weight))
        inner.s_mat1, inner.v_mat1, inner.s_mat2, inner.v_mat2 = x, v_x, weight, v_weight
        self.next = (inner.public(),)
        self.p_self_shape = shape
        self.__class__ = ViewBackward0  # type: ignore[assignment]  # same slots: a subclass without any of its own
        return self


def _version(t: Tensor) -> int:
    return 0 if t._ver is None else t._ver[0]


def _addmm(seq: int, shape: Any, k: int, edges: tuple[Any, ...]) -> FusedLinear:
    """A node of one product, but for what it saves."""
    node = FusedLinear()
    node.seq, node.shape, node.k, node.next = seq, shape, k, edges
    node.p_beta = node.p_alpha = 1
    node.p_mat2_stride = ()
    return node


def record_linear(made: Tensor, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """The recorder of `linear`'s fused route."""
    to_bias = (bias._node or bias) if bias._k & 1 else None
    to_input = (input._node or input) if input._k & 1 else None
    to_weight = (weight._node or weight) if weight._k & 1 else None
    x: Any = Node
    w: Any = Node
    v_x = v_w = 0
    if to_weight is not None:
        x, cell = input, input._ver
        v_x = 0 if cell is None else cell[0]
    if to_input is not None:
        w, cell = weight, weight._ver
        v_w = 0 if cell is None else cell[0]
    next(SEQ)  # the transpose's, should anybody ask for it
    shape, edges = made._a.shape, (to_bias, to_input, to_weight)
    node: Any
    if len(shape) == 2:
        node = _addmm(next(SEQ), shape, made._k, edges)
        node.s_mat1, node.v_mat1, node.s_mat2, node.v_mat2 = x, v_x, w, v_w
    else:
        next(SEQ)  # the rows', and the product's
        next(SEQ)
        node = FusedRows()
        node.seq, node.shape, node.k, node.next = next(SEQ), shape, made._k, edges
        node.p_self_shape = (x, v_x, w, v_w)
    made._node = node
    return made


def install() -> None:
    """Give the op its recorder; `record.recorder` finds it there."""
    linear = OPS["linear"]
    linear.__dict__["recorder"] = record_linear
    linear.__dict__["wrt_at"] = (0, 1, 2)
