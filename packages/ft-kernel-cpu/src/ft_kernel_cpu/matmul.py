"""Matrix products: one matrix, a batch, with a term added, matrix by vector, inner products.

Floating and complex types go to BLAS by NumPy's shortest road (`ndarray.dot` costs a third of `np.matmul` on small matrices).
NumPy has no fast loop for integers; they are multiplied as floats wherever no partial sum can leave the range in which floats
count exactly. `matmul`, `linear`, `einsum` and `tensordot` are compositions of these and live in ft_dispatch.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import ALLOC, kernel, store

SMALL = 1 << 13  # multiplications below which NumPy's own integer loop is the cheapest


def _refuse_other_ranks(a: np.ndarray, b: np.ndarray) -> None:
    """These kernels are called without a shape rule on the short road; what is wrong there goes to the careful road by ValueError."""
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError(f"two matrices are expected, got {a.ndim} and {b.ndim} dimensions")


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """`a @ b` for matrices or equally long batches of them, of one dtype; integers wrap, bool is any-of-ands."""
    if a.dtype.kind in "fc":
        return a.dot(b) if a.ndim == 2 else np.matmul(_blasable(a), _blasable(b), order="C")
    return _counted(a, b)


def _blasable(x: np.ndarray) -> np.ndarray:
    """A batch each of whose matrices BLAS can read in place; NumPy would fall back to a slow loop otherwise."""
    last, size = x.strides[-1], x.itemsize
    row = x.strides[-2]
    if (last == size and row >= size * x.shape[-1]) or (row == size and last >= size * x.shape[-2]):
        return x
    return np.ascontiguousarray(x)


def _counted(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Integer and bool products, exact: in floats while the largest possible partial sum is below 2**24 or 2**53."""
    depth = a.shape[-1]
    if a.size * b.shape[-1] < SMALL:
        return np.matmul(a, b, order="C")
    bound = depth * _largest(a) * _largest(b)
    if bound < 1 << 24:
        kind: Any = np.float32
    elif bound < 1 << 53:
        kind = np.float64
    else:
        return np.matmul(a, b, order="C")
    found = np.matmul(a.astype(kind), b.astype(kind), order="C")
    if a.dtype == np.bool_:
        return found != 0
    return found.astype(np.int64).astype(a.dtype, copy=False)


def _largest(x: np.ndarray) -> int:
    if x.dtype == np.bool_:
        return 1
    return max(abs(int(x.max())), abs(int(x.min()))) if x.size else 0


def _direct(out: Any) -> bool:
    """Whether `ndarray.dot` may write into `out` itself."""
    return out is not ALLOC and out.flags.c_contiguous and out.dtype.kind in "fc"


@kernel("mm", inplace=())
def mm(a: np.ndarray, b: np.ndarray, *, out: Any) -> np.ndarray:
    """(n, k) by (k, m)."""
    _refuse_other_ranks(a, b)
    if out is ALLOC:
        return a.dot(b) if a.dtype.kind in "fc" else _counted(a, b)
    if _direct(out):
        return a.dot(b, out)
    return store(product(a, b), out)


@kernel("bmm", inplace=())
def bmm(a: np.ndarray, b: np.ndarray, *, out: Any) -> np.ndarray:
    """(batch, n, k) by (batch, k, m)."""
    if _direct(out):
        return np.matmul(_blasable(a), _blasable(b), out=out)
    return store(product(a, b), out)


def added(term: np.ndarray, found: np.ndarray, beta: Any, alpha: Any, out: Any) -> np.ndarray:
    """`beta * term + alpha * found`; found is overwritten, term is not read when beta is 0."""
    kind = found.dtype
    if alpha != 1:
        if kind.kind == "b":
            found &= bool(alpha)
        else:
            np.multiply(found, np.asarray(alpha).astype(kind), out=found)
    if beta == 0:
        return store(found, out)
    if beta != 1:
        term = np.multiply(term, np.asarray(beta).astype(kind))
    return np.add(found, term, out=found if out is ALLOC else out)


@kernel("_mm_nt", inplace=())
def mm_nt(a: np.ndarray, b: np.ndarray, *, out: Any) -> np.ndarray:
    """a @ b.T: BLAS reads the transpose in place."""
    _refuse_other_ranks(a, b)
    return store(product(a, b.T), out)


@kernel("_mm_tn", inplace=())
def mm_tn(a: np.ndarray, b: np.ndarray, *, out: Any) -> np.ndarray:
    """a.T @ b: BLAS reads the transpose in place."""
    _refuse_other_ranks(a, b)
    return store(product(a.T, b), out)


@kernel("addmm")
def addmm(term: np.ndarray, a: np.ndarray, b: np.ndarray, beta: Any, alpha: Any, *, out: Any) -> np.ndarray:
    """beta * term + alpha * (a @ b); term broadcasts to (n, m)."""
    _refuse_other_ranks(a, b)
    found = a.dot(b) if a.dtype.kind in "fc" else _counted(a, b)
    if beta == 1 and alpha == 1:
        return np.add(found, term, out=found if out is ALLOC else out)
    return added(term, found, beta, alpha, out)


@kernel("linear", inplace=())
def linear(a: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, *, out: Any) -> np.ndarray:
    """a @ weight.T (+ bias) for floating matrices or contiguous stacks of rows; anything else is left to the composition (ValueError)."""
    if weight.ndim != 2 or (bias is not None and bias.ndim != 1) or not a.size or a.dtype.kind != "f":
        raise ValueError(f"floats, a matrix of weights and a vector are expected, got weights of {weight.ndim} dims, {a.dtype}")
    if a.ndim == 2:
        found = a.dot(weight.T)
        return store(found, out) if bias is None else np.add(found, bias, out=found if out is ALLOC else out)
    if a.ndim < 2 or not a.flags.c_contiguous:
        raise ValueError(f"rows in memory order are expected, got {a.ndim} dimensions with strides {a.strides}")
    found = a.reshape(-1, a.shape[-1]).dot(weight.T)
    if bias is not None:
        np.add(found, bias, out=found)
    return store(found.reshape(*a.shape[:-1], len(weight)), out)


@kernel("baddbmm")
def baddbmm(term: np.ndarray, a: np.ndarray, b: np.ndarray, beta: Any, alpha: Any, *, out: Any) -> np.ndarray:
    """beta * term + alpha * (a @ b) for batches."""
    return added(term, product(a, b), beta, alpha, out)


@kernel("addbmm")
def addbmm(term: np.ndarray, a: np.ndarray, b: np.ndarray, beta: Any, alpha: Any, *, out: Any) -> np.ndarray:
    """beta * term + alpha * (sum of a[i] @ b[i]): one product of depth batch * k."""
    batch, n, k = a.shape
    left = a.transpose(1, 0, 2).reshape(n, batch * k)
    return added(term, product(left, b.reshape(batch * k, b.shape[2])), beta, alpha, out)


@kernel("mv", inplace=())
def mv(a: np.ndarray, x: np.ndarray, *, out: Any) -> np.ndarray:
    """(n, m) by (m,)."""
    return store(a.dot(x) if a.dtype.kind in "fc" else _counted(a, x[:, None])[:, 0], out)


@kernel("addmv")
def addmv(term: np.ndarray, a: np.ndarray, x: np.ndarray, beta: Any, alpha: Any, *, out: Any) -> np.ndarray:
    """beta * term + alpha * (a @ x)."""
    found = a.dot(x) if a.dtype.kind in "fc" else _counted(a, x[:, None])[:, 0].copy()
    return added(term, found, beta, alpha, out)


@kernel("addr")
def addr(term: np.ndarray, x: np.ndarray, y: np.ndarray, beta: Any, alpha: Any, *, out: Any) -> np.ndarray:
    """beta * term + alpha * outer(x, y)."""
    return added(term, np.multiply.outer(x, y), beta, alpha, out)


@kernel("dot", inplace=())
def dot(x: np.ndarray, y: np.ndarray, *, out: Any) -> np.ndarray:
    """Inner product of two vectors, 0-dim."""
    return store(np.asarray(x.dot(y)).astype(x.dtype, copy=False), out)


@kernel("vdot", inplace=())
def vdot(x: np.ndarray, y: np.ndarray, *, out: Any) -> np.ndarray:
    """Inner product with the first vector conjugated, 0-dim."""
    return store(np.asarray(np.vdot(x, y)).astype(x.dtype, copy=False), out)
