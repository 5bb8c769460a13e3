"""Contractions by cuBLAS through CuPy: float32 without TF32 unless CuPy's own setting asks for it, as torch's default."""

from __future__ import annotations

from typing import Any

from .elementwise import evaluate
from .launch import store
from .runtime import machine
from .table import kernel


def product(x: Any, y: Any, out: Any = None) -> Any:
    """Matrix product over the last two dimensions (or two vectors), batched by broadcasting."""
    if out is None or not out.flags.c_contiguous:
        return store(machine().xp.matmul(x, y), out)
    return machine().xp.matmul(x, y, out=out)


@kernel("bmm", inplace=())
@kernel("mm", inplace=())
def mm(self: Any, mat2: Any, *, out: Any = None) -> Any:
    return product(self, mat2, out)


@kernel("mv", inplace=())
def mv(self: Any, vec: Any, *, out: Any = None) -> Any:
    return product(self, vec, out)


@kernel("dot", inplace=())
def dot(self: Any, tensor: Any, *, out: Any = None) -> Any:
    """Sum of products of two vectors, as a 0-dim array."""
    result = machine().xp.matmul(self.reshape(1, -1), tensor.reshape(-1, 1)).reshape(())
    return store(result, out)


def _scaled_sum(self: Any, made: Any, beta: Any, alpha: Any, out: Any) -> Any:
    """beta * self + alpha * made; a beta of 0 does not read self, so its NaN do not spread (torch's rule)."""
    name = made.dtype.name
    if not machine().is_array(beta) and beta == 0:
        return evaluate("a * b", (made, alpha), [name] * 2, out, name)
    return evaluate("c * b + a * d", (made, self, beta, alpha), [name] * 4, out, name)


@kernel("addmm")
@kernel("baddbmm")
def addmm(self: Any, mat1: Any, mat2: Any, beta: Any = 1, alpha: Any = 1, *, out: Any = None) -> Any:
    return _scaled_sum(self, product(mat1, mat2), beta, alpha, out)


@kernel("addmv")
def addmv(self: Any, mat: Any, vec: Any, beta: Any = 1, alpha: Any = 1, *, out: Any = None) -> Any:
    return _scaled_sum(self, product(mat, vec), beta, alpha, out)
