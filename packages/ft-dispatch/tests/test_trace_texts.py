"""Captured programs in full: the text that runs, the steps without writes, the guards in words.

What is written here is what a reader of a program sees, so that a change of it is a decision.
"""

from textwrap import dedent

import numpy as np
import pytest

from ft_dispatch import surface as torch
from ft_dispatch.surface import raw
from ft_dispatch.trace import capture, functionalize

W = torch.ones(3)


def ones(*shape):
    return torch.ones(shape)


def written(y, view):
    view(y).mul_(10)
    return y


def updated(x):
    p = x * 2
    raw._fused_sgd_(
        [p], [x], [], weight_decay=0.0, momentum=0.0, lr=0.1, dampening=0.0, nesterov=False, maximize=False, is_first_step=True
    )
    return p


PROGRAMS = {
    "chain": (
        lambda x: (x * 2).exp() + x,
        (ones(3),),
        """
        def replay(x0):
            '3 steps; 12 bytes of buffers in 1 slots.'
            mul(x0, p1, out=b2)  # aten::mul.Tensor float32[3]
            exp(b2, out=b3)  # aten::exp float32[3]
            b4 = empty((3,), float32)
            add(b3, x0, out=b4)  # aten::add.Tensor float32[3]
            return (b4,)
        """,
        """
        v0: float32[3]
        v1: float32[]
        v2 = mul.Tensor(v0, v1)
        v3 = exp(v2)
        v4 = add.Tensor(v3, v0, 1)
        return v4
        """,
    ),
    "slots": (
        lambda x: ((x.sin() + 1) * (x.cos() + 2)).tanh(),
        (ones(3),),
        """
        def replay(x0):
            '6 steps; 24 bytes of buffers in 2 slots.'
            sin(x0, out=b1)  # aten::sin float32[3]
            add(b1, p2, out=b3)  # aten::add.Tensor float32[3]
            cos(x0, out=b4)  # aten::cos float32[3]
            add(b4, p5, out=b6)  # aten::add.Tensor float32[3]
            mul(b3, b6, out=b7)  # aten::mul.Tensor float32[3]
            b8 = empty((3,), float32)
            tanh(b7, out=b8)  # aten::tanh float32[3]
            return (b8,)
        """,
        """
        v0: float32[3]
        v2: float32[]
        v5: float32[]
        v1 = sin(v0)
        v3 = add.Tensor(v1, v2, 1)
        v4 = cos(v0)
        v6 = add.Tensor(v4, v5, 1)
        v7 = mul.Tensor(v3, v6)
        v8 = tanh(v7)
        return v8
        """,
    ),
    "sizes": (
        lambda x: x.sum(0).exp() + x.sum(1).sin().sum() + x.exp().sum(0),
        (ones(2, 3),),
        """
        def replay(x0):
            '9 steps; 48 bytes of buffers in 3 slots.'
            sum_dim_IntList(x0, (0,), False, None, out=b1)  # aten::sum.dim_IntList float32[3]
            exp(b1, out=b2)  # aten::exp float32[3]
            sum_dim_IntList(x0, (1,), False, None, out=b3)  # aten::sum.dim_IntList float32[2]
            sin(b3, out=b4)  # aten::sin float32[2]
            sum(b4, None, out=b5)  # aten::sum float32[]
            add(b2, b5, out=b6)  # aten::add.Tensor float32[3]
            exp(x0, out=b7)  # aten::exp float32[2, 3]
            sum_dim_IntList(b7, (0,), False, None, out=b8)  # aten::sum.dim_IntList float32[3]
            b9 = empty((3,), float32)
            add(b6, b8, out=b9)  # aten::add.Tensor float32[3]
            return (b9,)
        """,
        """
        v0: float32[2, 3]
        v1 = sum.dim_IntList(v0, (0,), False, None)
        v2 = exp(v1)
        v3 = sum.dim_IntList(v0, (1,), False, None)
        v4 = sin(v3)
        v5 = sum(v4, None)
        v6 = add.Tensor(v2, v5, 1)
        v7 = exp(v0)
        v8 = sum.dim_IntList(v7, (0,), False, None)
        v9 = add.Tensor(v6, v8, 1)
        return v9
        """,
    ),
    "float": (
        lambda x, r: x * (r * 2 + 1),
        (
            ones(3),
            0.5,
        ),
        """
        def replay(x0, r0):
            '2 steps; 0 bytes of buffers in 0 slots.'
            b1 = scalar(((r0 * 2) + 1), float32)
            b2 = empty((3,), float32)
            mul(x0, b1, out=b2)  # aten::mul.Tensor float32[3]
            return (b2,)
        """,
        """
        v0: float32[3]
        v1 = number(<run-time float ((r0 * 2) + 1)>, torch.float32)
        v2 = mul.Tensor(v0, v1)
        return v2
        """,
    ),
    "two floats": (
        lambda x, r, s: torch.add(x, x, alpha=-r) / s,
        (
            ones(2),
            0.5,
            2.0,
        ),
        """
        def replay(x0, r0, r1):
            '3 steps; 8 bytes of buffers in 1 slots.'
            add(x0, x0, (-r0), out=b1)  # aten::add.Tensor float32[2]
            b2 = scalar(r1, float32)
            b3 = empty((2,), float32)
            div_Tensor(b1, b2, out=b3)  # aten::div.Tensor float32[2]
            return (b3,)
        """,
        """
        v0: float32[2]
        v1 = add.Tensor(v0, v0, <run-time float (-r0)>)
        v2 = number(<run-time float r1>, torch.float32)
        v3 = div.Tensor(v1, v2)
        return v3
        """,
    ),
    "cast": (
        lambda x: x.to(torch.float64) + 1,
        (ones(3),),
        """
        def replay(x0):
            '3 steps; 48 bytes of buffers in 2 slots.'
            copy(b2, cast(x0, float32, float64))  # float64[3]
            copy(b1, b2)
            b4 = empty((3,), float64)
            add(b1, p3, out=b4)  # aten::add.Tensor float64[3]
            return (b4,)
        """,
        """
        v0: float32[3]
        v2: float64[]
        v1 = cast(v0, torch.float32, torch.float64)
        v3 = add.Tensor(v1, v2, 1)
        return v3
        """,
    ),
    "several": (
        lambda x: x.max(1),
        (ones(2, 3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b1 = empty((2,), float32)
            b2 = empty((2,), int64)
            made = max_dim(x0, 1, False, out=(b1, b2))  # aten::max.dim float32[2], int64[2]
            made[0] is b1 or copy(b1, made[0])
            made[1] is b2 or copy(b2, made[1])
            return (b1, b2)
        """,
        """
        v0: float32[2, 3]
        v1, v2 = max.dim(v0, 1, False)
        return v1, v2
        """,
    ),
    "list": (
        lambda x: torch.cat([x, x + 1]),
        (ones(2),),
        """
        def replay(x0):
            '2 steps; 8 bytes of buffers in 1 slots.'
            add(x0, p1, out=b2)  # aten::add.Tensor float32[2]
            b3 = empty((4,), float32)
            cat([x0, b2], 0, out=b3)  # aten::cat float32[4]
            return (b3,)
        """,
        """
        v0: float32[2]
        v1: float32[]
        v2 = add.Tensor(v0, v1, 1)
        v3 = cat([v0, v2], 0)
        return v3
        """,
    ),
    "parts": (
        lambda x: x.split(1)[1] * 2,
        (ones(2),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            copy(x0s, x0)
            b2 = empty((1,), float32)
            mul(v0, p1, out=b2)  # aten::mul.Tensor float32[1]
            return (b2,)
        """,
        """
        v0: float32[2]
        v2: float32[]
        v1 = as_strided(v0, (1,), (1,), 1)
        v3 = mul.Tensor(v1, v2)
        return v3
        """,
    ),
    "view": (
        lambda x: x.narrow(0, 1, 2).exp(),
        (ones(4),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            copy(x0s, x0)
            b1 = empty((2,), float32)
            exp(v0, out=b1)  # aten::exp float32[2]
            return (b1,)
        """,
        """
        v0: float32[4]
        v1 = as_strided(v0, (2,), (1,), 1)
        v2 = exp(v1)
        return v2
        """,
    ),
    "transposed": (
        lambda x: x.t() + 1,
        (ones(2, 3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            copy(x0s, x0)
            b1 = empty_strided((3, 2), (1, 3), float32)
            add(v0, p2, out=b1)  # aten::add.Tensor float32[3, 2]
            return (b1,)
        """,
        """
        v0: float32[2, 3]
        v2: float32[]
        v1 = as_strided(v0, (3, 2), (1, 3), 0)
        v3 = add.Tensor(v1, v2, 1)
        v4 = empty((6,), torch.float32)
        v5 = as_strided_scatter(v4, v3, (3, 2), (1, 3), 0)
        v6 = as_strided(v5, (3, 2), (1, 3), 0)
        return v6
        """,
    ),
    "irregular argument": (
        lambda x: x + 1,
        (ones(2, 3).t(),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            copy(x0s, x0)
            b1 = empty_strided((3, 2), (1, 3), float32)
            add(x0s, p2, out=b1)  # aten::add.Tensor float32[3, 2]
            return (b1,)
        """,
        """
        v0: float32[6]
        v2: float32[]
        v1 = as_strided(v0, (3, 2), (1, 3), 0)
        v3 = add.Tensor(v1, v2, 1)
        v4 = empty((6,), torch.float32)
        v5 = as_strided_scatter(v4, v3, (3, 2), (1, 3), 0)
        v6 = as_strided(v5, (3, 2), (1, 3), 0)
        return v6
        """,
    ),
    "argument written": (
        lambda x: written(x, lambda y: y.narrow(0, 1, 2)).sum(),
        (ones(4),),
        """
        def replay(x0):
            '2 steps; 0 bytes of buffers in 0 slots.'
            copy(x0s, x0)
            mul(v0, p1, out=v0)  # aten::mul.Tensor float32[2]
            b2 = empty((), float32)
            sum(x0s, None, out=b2)  # aten::sum float32[]
            copy(x0, x0s)
            return (b2,)
        """,
        """
        v0: float32[4]
        v2: float32[]
        v1 = as_strided(v0, (2,), (1,), 1)
        v3 = mul.Tensor(v1, v2)
        v4 = as_strided_scatter(v0, v3, (2,), (1,), 1)
        v5 = sum(v4, None)
        v0 <- v4
        return v5
        """,
    ),
    "whole argument written": (
        lambda x: x.mul_(3),
        (ones(4),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            mul(x0, p1, out=x0)  # aten::mul.Tensor float32[4]
            return ()
        """,
        """
        v0: float32[4]
        v1: float32[]
        v2 = mul.Tensor(v0, v1)
        v0 <- v2
        return
        """,
    ),
    "part written": (
        lambda x: written(x.clone(), lambda y: y.narrow(0, 1, 2)),
        (ones(4),),
        """
        def replay(x0):
            '2 steps; 0 bytes of buffers in 0 slots.'
            b1 = empty((4,), float32)
            copy(b1, x0)
            v1_2 = view(b1, float32, (2,), (1,), 1)
            mul(v1_2, p2, out=v1_2)  # aten::mul.Tensor float32[2]
            return (b1,)
        """,
        """
        v0: float32[4]
        v2: float32[]
        v1 = as_strided(v0, (2,), (1,), 1)
        v3 = mul.Tensor(v1, v2)
        v4 = as_strided_scatter(v0, v3, (2,), (1,), 1)
        return v4
        """,
    ),
    "result of a view": (
        lambda x: (x + 1)[1:],
        (ones(3),),
        """
        def replay(x0):
            '2 steps; 12 bytes of buffers in 1 slots.'
            add(x0, p1, out=b2)  # aten::add.Tensor float32[3]
            b3 = empty((2,), float32)
            copy(b3, v2)
            return (b3,)
        """,
        """
        v0: float32[3]
        v1: float32[]
        v2 = add.Tensor(v0, v1, 1)
        v3 = as_strided(v2, (2,), (1,), 1)
        return v3
        """,
    ),
    "twice": (
        lambda x: [(y := x + 1), y],
        (ones(3),),
        """
        def replay(x0):
            '2 steps; 0 bytes of buffers in 0 slots.'
            b2 = empty((3,), float32)
            add(x0, p1, out=b2)  # aten::add.Tensor float32[3]
            b3 = empty((3,), float32)
            copy(b3, b2)
            return (b2, b3)
        """,
        """
        v0: float32[3]
        v1: float32[]
        v2 = add.Tensor(v0, v1, 1)
        return v2, v2
        """,
    ),
    "nothing": (
        lambda x: None,
        (ones(3),),
        """
        def replay(x0):
            '0 steps; 0 bytes of buffers in 0 slots.'
            return ()
        """,
        """
        v0: float32[3]
        return
        """,
    ),
    "argument": (
        lambda x: x,
        (ones(3),),
        """
        def replay(x0):
            '0 steps; 0 bytes of buffers in 0 slots.'
            return ()
        """,
        """
        v0: float32[3]
        return
        """,
    ),
    "outside": (
        lambda x: x * W,
        (ones(3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b2 = empty((3,), float32)
            mul(x0, p1, out=b2)  # aten::mul.Tensor float32[3]
            return (b2,)
        """,
        """
        v0: float32[3]
        v1: float32[3]
        v2 = mul.Tensor(v0, v1)
        return v2
        """,
    ),
    "outside written": (
        lambda x: W.add_(x),  # noqa: PLW0108  # the others are lambdas, too
        (ones(3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            add(p1, x0, out=p1)  # aten::add.Tensor float32[3]
            return ()
        """,
        """
        v0: float32[3]
        v1: float32[3]
        v2 = add.Tensor(v1, v0, 1)
        v1 <- v2
        return
        """,
    ),
    "constant": (
        lambda x: x + torch.arange(3.0),
        (ones(3),),
        """
        def replay(x0):
            '2 steps; 12 bytes of buffers in 1 slots.'
            arange_start_step(0, 3.0, 1, None, None, None, None, out=b1)  # aten::arange.start_step float32[3]
            b2 = empty((3,), float32)
            add(x0, b1, out=b2)  # aten::add.Tensor float32[3]
            return (b2,)
        """,
        """
        v0: float32[3]
        v1 = arange.start_step(0, 3.0, 1, None, None, None, None)
        v2 = add.Tensor(v0, v1, 1)
        return v2
        """,
    ),
    "folded": (
        lambda x: x * (torch.ones(3) * 2),
        (ones(3),),
        """
        def replay(x0):
            '3 steps; 12 bytes of buffers in 1 slots.'
            full((3,), 1, c1, None, None, None, out=b1)  # aten::full float32[3]
            mul(b1, p2, out=b3)  # aten::mul.Tensor float32[3]
            b4 = empty((3,), c1)
            mul(x0, b3, out=b4)  # aten::mul.Tensor float32[3]
            return (b4,)
        """,
        """
        v0: float32[3]
        v2: float32[]
        v1 = full((3,), 1, torch.float32, None, None, None)
        v3 = mul.Tensor(v1, v2)
        v4 = mul.Tensor(v0, v3)
        return v4
        """,
    ),
    "random": (
        lambda x: (torch.rand(3), x)[1] + 1,
        (ones(3),),
        """
        def replay(x0):
            '2 steps; 12 bytes of buffers in 1 slots.'
            uniform(b1, 0.0, 1.0, None, out=b1)  # aten::uniform float32[3]
            b3 = empty((3,), float32)
            add(x0, p2, out=b3)  # aten::add.Tensor float32[3]
            return (b3,)
        """,
        """
        v0: float32[3]
        v3: float32[]
        v1 = empty((3,), torch.float32)
        v2 = uniform(v1, 0.0, 1.0, None)
        v4 = add.Tensor(v0, v3, 1)
        return v4
        """,
    ),
    "reduction": (
        lambda x: x.sum(1, keepdim=True),
        (ones(2, 3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b1 = empty((2, 1), float32)
            sum_dim_IntList(x0, (1,), True, None, out=b1)  # aten::sum.dim_IntList float32[2, 1]
            return (b1,)
        """,
        """
        v0: float32[2, 3]
        v1 = sum.dim_IntList(v0, (1,), True, None)
        return v1
        """,
    ),
    "half": (
        lambda x: x * 2 + 1,
        (ones(3).to(torch.bfloat16),),
        """
        def replay(x0):
            '7 steps; 18 bytes of buffers in 2 slots.'
            copy(b1, cast(x0, bfloat16, float32))  # float32[3]
            mul(b1, p2, out=b3)  # aten::mul.Tensor float32[3]
            copy(b4, cast(b3, float32, bfloat16))  # bfloat16[3]
            copy(b5, cast(b4, bfloat16, float32))  # float32[3]
            copy(b6, cast(p7, bfloat16, float32))  # float32[]
            add(b5, b6, out=b8)  # aten::add.Tensor float32[3]
            b9 = empty((3,), bfloat16)
            copy(b9, cast(b8, float32, bfloat16))  # bfloat16[3]
            return (b9,)
        """,
        """
        v0: bfloat16[3]
        v2: float32[]
        v6: bfloat16[]
        v1 = cast(v0, torch.bfloat16, torch.float32)
        v3 = mul.Tensor(v1, v2)
        v4 = cast(v3, torch.float32, torch.bfloat16)
        v5 = cast(v4, torch.bfloat16, torch.float32)
        v7 = cast(v6, torch.bfloat16, torch.float32)
        v8 = add.Tensor(v5, v7, 1)
        v9 = cast(v8, torch.float32, torch.bfloat16)
        return v9
        """,
    ),
    "two arguments": (
        lambda x, y: x - y,
        (
            ones(3),
            ones(3),
        ),
        """
        def replay(x0, x1):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b2 = empty((3,), float32)
            sub(x0, x1, out=b2)  # aten::sub.Tensor float32[3]
            return (b2,)
        """,
        """
        v0: float32[3]
        v1: float32[3]
        v2 = sub.Tensor(v0, v1, 1)
        return v2
        """,
    ),
    "inf": (
        lambda x: x.clamp(max=float("inf"), min=-1),
        (ones(2),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b3 = empty((2,), float32)
            clamp(x0, p1, p2, out=b3)  # aten::clamp.Tensor float32[2]
            return (b3,)
        """,
        """
        v0: float32[2]
        v1: float32[]
        v2: float32[]
        v3 = clamp.Tensor(v0, v1, v2)
        return v3
        """,
    ),
    "dead": (
        lambda x: (x.sin(), x + 1)[1],
        (ones(2),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            b3 = empty((2,), float32)
            add(x0, p2, out=b3)  # aten::add.Tensor float32[2]
            return (b3,)
        """,
        """
        v0: float32[2]
        v1: float32[]
        v2 = add.Tensor(v0, v1, 1)
        return v2
        """,
    ),
    "update over lists": (
        updated,
        (ones(2),),
        """
        def replay(x0):
            '2 steps; 0 bytes of buffers in 0 slots.'
            b2 = empty((2,), float32)
            mul(x0, p1, out=b2)  # aten::mul.Tensor float32[2]
            _fused_sgd_([b2], [x0], [], 0.0, 0.0, 0.1, 0.0, False, False, True, None, None, out=ALLOC)  # aten::_fused_sgd_ in place
            return (b2,)
        """,
        """
        v0: float32[2]
        v1: float32[]
        v2 = mul.Tensor(v0, v1)
        v3, v4 = _fused_sgd_([v2], [v0], [], 0.0, 0.0, 0.1, 0.0, False, False, True, None, None)
        v0 <- v4
        return v3
        """,
    ),
    "outside overwritten": (
        lambda x: W.copy_(x),  # noqa: PLW0108  # the others are lambdas, too
        (ones(3),),
        """
        def replay(x0):
            '1 steps; 0 bytes of buffers in 0 slots.'
            copy_2(p1, x0, False, out=p1)  # aten::copy float32[3]
            return ()
        """,
        """
        v0: float32[3]
        v1: float32[3]
        v2 = copy(v1, v0, False)
        v1 <- v2
        return
        """,
    ),
    "half, reduced": (
        lambda x: x.sum(0),
        (ones(2, 3).to(torch.bfloat16),),
        """
        def replay(x0):
            '3 steps; 36 bytes of buffers in 2 slots.'
            copy(b1, cast(x0, bfloat16, float32))  # float32[2, 3]
            sum_dim_IntList(b1, (0,), False, None, out=b2)  # aten::sum.dim_IntList float32[3]
            b3 = empty((3,), bfloat16)
            copy(b3, cast(b2, float32, bfloat16))  # bfloat16[3]
            return (b3,)
        """,
        """
        v0: bfloat16[2, 3]
        v1 = cast(v0, torch.bfloat16, torch.float32)
        v2 = sum.dim_IntList(v1, (0,), False, None)
        v3 = cast(v2, torch.float32, torch.bfloat16)
        return v3
        """,
    ),
    "half, multiplied": (
        lambda x: x @ x.t(),
        (ones(2, 2).to(torch.bfloat16),),
        """
        def replay(x0):
            '4 steps; 48 bytes of buffers in 3 slots.'
            copy(x0s, x0)
            copy(b1, cast(x0s, bfloat16, float32))  # float32[2, 2]
            copy(b2, cast(v0, bfloat16, float32))  # float32[2, 2]
            mm(b1, b2, out=b3)  # aten::mm float32[2, 2]
            b4 = empty((2, 2), bfloat16)
            copy(b4, cast(b3, float32, bfloat16))  # bfloat16[2, 2]
            return (b4,)
        """,
        """
        v0: bfloat16[2, 2]
        v1 = cast(v0, torch.bfloat16, torch.float32)
        v2 = as_strided(v0, (2, 2), (1, 2), 0)
        v3 = cast(v2, torch.bfloat16, torch.float32)
        v4 = mm(v1, v3)
        v5 = cast(v4, torch.float32, torch.bfloat16)
        return v5
        """,
    ),
    "running sum of halves": (
        lambda x: torch.cumsum(x, 0),
        (ones(2).to(torch.float16),),
        """
        def replay(x0):
            '3 steps; 16 bytes of buffers in 2 slots.'
            copy(b1, cast(x0, float16, float32))  # float32[2]
            cumsum(b1, 0, None, out=b2)  # aten::cumsum float32[2]
            b3 = empty((2,), float16)
            copy(b3, cast(b2, float32, float16))  # float16[2]
            return (b3,)
        """,
        """
        v0: float16[2]
        v1 = cast(v0, torch.float16, torch.float32)
        v2 = cumsum(v1, 0, None)
        v3 = cast(v2, torch.float32, torch.float16)
        return v3
        """,
    ),
}


@pytest.mark.parametrize(("function", "args", "source", "steps"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_program_reads_as_recorded(function, args, source, steps):
    program = capture(function, *args)
    assert program.replay_source().replace('"""', "'").strip() == dedent(source).strip()
    assert str(functionalize(program)).strip() == dedent(steps).strip()
    if "uniform" not in source:
        fresh = [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]
        same(program(*fresh), function(*args))


def same(got, want):
    if isinstance(want, (list, tuple)):
        assert type(got) is (list if isinstance(want, list) else tuple)
        for a, b in zip(got, want, strict=True):
            same(a, b)
    elif isinstance(want, torch.Tensor):
        assert (got.dtype, got.stride()) == (want.dtype, want.stride())
        assert np.array_equal(got.to(torch.float64).numpy(), want.to(torch.float64).numpy())
    else:
        assert got is want
