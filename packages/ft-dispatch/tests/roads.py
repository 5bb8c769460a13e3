"""Which road a call takes: the careful one, which looks at everything, or the short one, by the route that an earlier call left behind.

A call is a line of Python over the names of `NAMES`, made anew for each call. Both roads must give the same, so `facts` tells of a result
all that a program, or the next call, could see.
"""

from __future__ import annotations

import contextlib

import numpy as np

import ft_autograd
from ft_core import Parameter, Tensor
from ft_dispatch import call as careful
from ft_dispatch import inplace
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

KINDS = {
    "f": torch.float32, "d": torch.float64, "h": torch.float16, "b": torch.bfloat16, "i": torch.int64, "n": torch.int32, "u": torch.uint8,
    "m": torch.bool, "c": torch.complex64, "z": torch.complex128,
}  # fmt: skip


class Handled(Tensor):
    """A subclass whose handler lets every call pass."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return super().__torch_function__(func, types, args, kwargs or {})


def _matrix(kind):
    return torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]).to(kind)


def _recorded(kind=torch.float32):
    return _matrix(kind).requires_grad_()


NAMES = {
    **{name: lambda kind=kind: _matrix(kind) for name, kind in KINDS.items()},
    **{name + "0": lambda kind=kind: torch.tensor(2).to(kind) for name, kind in KINDS.items()},
    **{name + "t": lambda kind=kind: _matrix(kind).reshape(3, 2).t() for name, kind in KINDS.items()},
    "row": lambda: torch.tensor([1.0, -2.0, 4.0]),
    "column": lambda: torch.tensor([[3.0], [0.5]]),
    "wide": lambda: torch.tensor([[3.0], [0.5]]).expand(2, 3),
    "square": lambda: torch.arange(9.0).reshape(3, 3),
    "cube": lambda: torch.arange(24.0).reshape(2, 3, 4),
    "empty": lambda: torch.empty(2, 0, 3),
    "image": lambda: torch.arange(24.0).reshape(1, 2, 3, 4),
    "image_last": lambda: torch.arange(24.0).reshape(1, 2, 3, 4).to(memory_format=torch.channels_last),
    "stripes": lambda: torch.arange(12.0).reshape(2, 6)[:, ::2],
    "parameter": lambda: Parameter(_matrix(torch.float32)),
    "leaf": _recorded,
    "half_leaf": lambda: _recorded(torch.float16),
    "leaf_t": lambda: _recorded().reshape(3, 2).t(),
    "made": lambda: _recorded() * 1,
    "made_view": lambda: (_recorded() * 1)[:],
    "view": lambda: _matrix(torch.float32)[:],
    "ints_view": lambda: _matrix(torch.int64)[:],
    "handled": lambda: _matrix(torch.float32).as_subclass(Handled),
    "meta": lambda: torch.empty(2, 3, device="meta"),
    "conj": lambda: _matrix(torch.complex64).mul(1j).conj(),
    "array": lambda: np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]], np.float32),
    "Line": lambda: [_matrix(torch.float32), _matrix(torch.float32)],
    "generator": lambda: torch.Generator().manual_seed(3),
}  # fmt: skip


class _Names(dict):
    """What a line may name: fresh values of NAMES, and torch's functions."""

    def __missing__(self, name):
        if name in NAMES:
            value = self[name] = NAMES[name]()
            return value
        return torch if name == "torch" else getattr(torch, name)


def run(line):
    """The value of a line."""
    return eval(line, {}, _Names())  # a line of the tables


def facts(value, gradient=True):
    """What can be seen of a result: class, values, dtype, strides, key, version, history, and the gradient that goes back from it."""
    if isinstance(value, (tuple, list)):
        return type(value), tuple(facts(v, gradient) for v in value)
    if not isinstance(value, Tensor):
        return value
    k = value._k
    seen = [type(value), k, tuple(value.shape), value.stride(), value._off if value._storage is not None else 0]
    seen.append(None if value.is_inference() else value._version)
    seen += [
        type(value.grad_fn).__name__,
        value.is_leaf,
        value._base is not None,
        getattr(value, "_creation", None) if value._base is not None else None,
    ]
    if value.device.type == "cpu":
        array = np.asarray(value._a)
        seen += [array.shape, array.strides, array.dtype, repr(array.tolist())]
        if gradient and value.requires_grad and value.grad_fn is not None:
            seen.append(gradients(value))
    return tuple(seen)


def gradients(value):
    """The gradients of every leaf below a result, for a cotangent of ones."""
    leaves, waiting = [], [value.grad_fn]
    while waiting:
        node = waiting.pop()
        if hasattr(node, "variable"):
            leaves.append(node.variable)
        waiting += [following for following, _ in node.next_functions if following is not None]
    found = ft_autograd.grad(value, leaves, torch.ones_like(value).detach(), retain_graph=True, allow_unused=True)
    return [None if g is None else (g.dtype, tuple(g.shape), g.tolist()) for g in found]


def tried(line):
    """The value of a line, or the error it raises."""
    try:
        return run(line)
    except (RuntimeError, TypeError, IndexError, ValueError, NotImplementedError) as error:
        return error


def outcome(line, after=lambda: None):
    """The facts of a line's value, or of what it raises; `after` is called in between, because gradients are made by ops, too."""
    value = tried(line)
    after()
    return (type(value), str(value)) if isinstance(value, Exception) else facts(value)


class Watch:
    """Counts calls of one op that take the careful road; `keys` are what routes would be left under."""

    def __init__(self, monkeypatch, name):
        self.name, self.op, self.keys = name, OPS[name], []
        for module in (careful, inplace):
            monkeypatch.setattr(module, "key_of", self._wrapped(module.key_of))
        if self.op.fused:
            pieces = self.op.decomposition
            monkeypatch.setattr(self.op, "decomposition", lambda *args: (self.keys.append(None), pieces(*args))[1])

    def _wrapped(self, key_of):
        def watched(op, args, bits):
            k, foreign = key_of(op, args, bits)
            if op.name == self.name:
                self.keys.append(k)
            return k, foreign

        return watched

    def forget(self):
        """Leave the op without routes."""
        for table in (self.op.table, self.op.number_table, self.op.inplace_table, self.op.miscast):
            table.clear()

    def road(self, line, under=contextlib.nullcontext):
        """("short" or "careful", outcome of the first call, outcome of the one that took this road), every route forgotten before."""
        seen = []
        self.forget()
        with under():
            first = outcome(line, self.keys.clear)
            self.keys.clear()
            again = outcome(line, lambda: seen.extend(self.keys))
        return "careful" if seen else "short", first, again

    def key(self, line):
        """The key of a line's call."""
        self.forget()
        self.keys.clear()
        outcome(line)
        return self.keys[0] if self.keys else None
