"""Fused optimizer updates: all passes of a step over one cache-sized slice before the next, in place, tensor after tensor.

A step is a dozen elementwise passes over four arrays. On a large tensor memory traffic decides, so the passes run on slices
that stay in the cache (and on several threads); on a small one the calls decide, so it takes no slices and no scratch. The order of
operations is that of torch's single-tensor rules. A *body* is one rule over equal slices; it knows nothing of lists or layouts.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import blas, threads
from .table import ALLOC, kernel

Array = np.ndarray
Lists = Sequence[Sequence[Array]]

BLOCK = 262144  # elements a slice: arrays of a MiB meet again in the third-level cache; shorter ones pay for more calls (measured)
PAGE = 4096  # bytes
LOOK = 131072  # elements of a slice from which a look at every page pays (measured)
WHOLE = 8192  # elements up to which a tensor takes neither slices nor held scratch


# -- how a body meets its arrays -------------------------------------------------------------------------------------------


def _apply(body: Callable[..., None], arrays: tuple[Array, ...], scratch: int, constants: tuple[Any, ...]) -> None:
    """Run `body(*slices, *scratch, *constants, at=addresses)` over all elements of equally shaped arrays; halves in float32.

    `at` holds the addresses of slices and scratch, which cost more to ask for than a small pass; None where nobody knows them.

    Threads take part from about a million elements: 200,000 split over two cost four times what one thread needs (measured).
    """
    first = arrays[0]
    if first.dtype.kind not in "fc" or first.itemsize < 4:
        wide = tuple([a.astype(np.float32) for a in arrays])
        _apply(body, wide, scratch, constants)
        for a, w in zip(arrays, wide, strict=True):
            np.copyto(a, w, casting="unsafe")
        return
    if first.size <= WHOLE:
        body(*arrays, *(ALLOC,) * scratch, *constants, at=None)
        return
    flat = _flattened(arrays)
    if flat is None:
        body(*arrays, *(ALLOC,) * scratch, *constants, at=None)
        return

    size = first.itemsize
    stride = PAGE // size
    begin = [blas.address(a) for a in flat]

    def span(lo: int, hi: int) -> None:
        buffers, room = _room(scratch, first.dtype)
        for start in range(lo, hi, BLOCK):
            stop = min(start + BLOCK, hi)
            if buffers and stop - start < len(buffers[0]):
                buffers = [b[: stop - start] for b in buffers]
            offset = start * size
            slices = [a[start:stop] for a in flat]
            # A number of every page is read first. Loads that know nothing of each other wait for the addresses of their pages all
            # at once; in the middle of a pass each waits alone, a tenth of the step.
            if stop - start >= LOOK:
                for a in slices:
                    a[::stride].copy()
            body(*slices, *buffers, *constants, at=[a + offset for a in begin] + room)

    threads.split(span, first.size)


class _Held(threading.local):
    """Scratch of one thread by dtype: a fresh block of this size costs as much in page faults as two passes over it (measured)."""

    def __init__(self) -> None:
        self.rooms: dict[np.dtype, tuple[list[Array], list[int]]] = {}


_held = _Held()


def _room(count: int, kind: np.dtype) -> tuple[list[Array], list[int]]:
    """`count` scratch arrays of BLOCK elements, and their addresses."""
    arrays, addresses = _held.rooms.setdefault(kind, ([], []))
    while len(arrays) < count:
        made = _aligned(BLOCK, kind)
        arrays.append(made)
        addresses.append(made.ctypes.data)
    return arrays[:count], addresses[:count]


def _aligned(size: int, kind: np.dtype) -> Array:
    """A new array that begins where a line of the cache does: NumPy's own begin 16 bytes later, and then every wide load spans two."""
    room = np.empty(size * kind.itemsize + 64, np.uint8)
    begin = -room.ctypes.data % 64
    return room[begin : begin + size * kind.itemsize].view(kind)


def _flattened(arrays: tuple[Array, ...]) -> list[Array] | None:
    """The arrays as flat views in memory order, if all lie alike and without gaps; else None."""
    if not all(a.flags.c_contiguous for a in arrays):
        strides = arrays[0].strides
        order = sorted(range(len(strides)), key=lambda i: -strides[i])
        arrays = tuple([a.transpose(order) for a in arrays])
        if not all(a.flags.c_contiguous for a in arrays):
            return None
    return [a.reshape(-1) for a in arrays]


def _compute_type(array: Array) -> np.dtype:
    return array.dtype if array.dtype.kind in "fc" and array.itemsize >= 4 else np.dtype(np.float32)


def _axpby(letter: str, number: Any) -> Callable[..., Any] | None:
    """OpenBLAS' y = a * x + b * y in one pass; unlike its axpy it never splits the work among threads of its own."""
    size, pointer = ctypes.c_int64, ctypes.c_void_p
    return blas.routine(f"cblas_{letter}axpby", None, size, number, pointer, size, number, pointer, size)


_AXPBY = {np.dtype(np.float32): _axpby("s", ctypes.c_float), np.dtype(np.float64): _axpby("d", ctypes.c_double)}
_WORTH_A_CALL = 8192  # elements from which one pass through ctypes beats two or three through NumPy (measured)


def _blend(y: Array, keep: Array | None, x: Array, factor: Array, s: Any, at: Any = None) -> None:
    """y = keep * y + factor * x in place (keep None: 1); `s` is scratch. x and y of one shape, at the addresses (y, x)."""
    if y.size >= _WORTH_A_CALL and (at is not None or (y.flags.c_contiguous and x.flags.c_contiguous)):
        axpby = _AXPBY.get(y.dtype)
        if axpby is not None:
            to, source = (blas.address(y), blas.address(x)) if at is None else at
            axpby(y.size, factor.item(), source, 1, 1.0 if keep is None else keep.item(), to, 1)
            return
    if keep is not None:
        np.multiply(y, keep, out=y)
    np.add(y, np.multiply(x, factor, out=s), out=y)


def _constants(kind: np.dtype, *numbers: float) -> tuple[Array, ...]:
    return tuple([np.asarray(number, kind) for number in numbers])


def _skips(grads: Sequence[Array], grad_scale: Array | None, found_inf: Array | None) -> bool:
    """Whether infinities were found (then nothing may change); otherwise takes the loss scale out of the gradients."""
    if found_inf is not None and found_inf.reshape(-1)[0] != 0:
        return True
    if grad_scale is not None:
        for g in grads:
            np.divide(g, grad_scale, out=g, casting="unsafe")
    return False


def _gradient(g: Array, p: Array, s: Any, spare: Any, maximize: bool, decay: Array | None) -> Array:
    """-g where it is maximised, plus decay * p, in `spare`; `g` itself stays, `s` is scratch."""
    if maximize:
        g = spare = np.negative(g, out=spare)
    if decay is not None:
        g = np.add(g, np.multiply(p, decay, out=s), out=spare)
    return g


# -- SGD -------------------------------------------------------------------------------------------------------------------


def _descend(p: Array, g: Array, s: Any, *numbers: Array, at: Any) -> None:
    _blend(p, None, g, numbers[1], s, at)


def _roll(p: Array, g: Array, buffer: Array, s: Any, *numbers: Array, at: Any) -> None:
    """Momentum as sums in place, so that g + wd * p is never written down."""
    rate, _, _, wd, mu, part, _, part_wd = numbers
    _blend(buffer, mu, g, part, s, at and (at[2], at[1]))
    if wd:
        _blend(buffer, None, p, part_wd, s, at and (at[2], at[0]))
    _blend(p, None, buffer, rate, s, at and (at[0], at[2]))


def _sgd_body(decay: bool, nesterov: bool, first: bool, plain: bool) -> Callable[..., None]:
    """SGD with whatever of decay and momentum is on; `plain` is without momentum, `first` begins the buffer with the gradient."""

    def body(p: Array, g: Array, *rest: Any, at: Any) -> None:
        buffer, s, u = (None, *rest[:2]) if plain else rest[:3]
        rate, _, sign, wd, mu, _, one_minus, _ = rest[-8:]
        at_u = at and at[-1]
        u = np.multiply(p, wd, out=u) if decay else np.multiply(g, sign, out=u)
        if decay:
            _blend(u, None, g, sign, s, at and (at_u, at[1]))
        if not plain:
            if first:
                np.copyto(buffer, u)
            else:
                _blend(buffer, mu, u, one_minus, s, at and (at[2], at_u))
            if nesterov:
                _blend(u, None, buffer, mu, s, at and (at_u, at[2]))
            else:
                u, at_u = buffer, at and at[2]
        _blend(p, None, u, rate, s, at and (at[0], at_u))

    return body


@kernel("_fused_sgd_", half="native", out=False)
@kernel("_fused_sgd_.tensor_lr", half="native", out=False)
def fused_sgd(
    params: Sequence[Array], grads: Sequence[Array], buffers: Sequence[Array], weight_decay: float, momentum: float, lr: Any,
    dampening: float, nesterov: bool, maximize: bool, is_first_step: bool, grad_scale: Array | None = None,
    found_inf: Array | None = None, *, out: Any,
) -> tuple[()]:  # fmt: skip
    if _skips(grads, grad_scale, found_inf):
        return ()
    rate, sign, part = -float(lr), -1.0 if maximize else 1.0, 1 - dampening
    plain, decay = momentum == 0, weight_decay != 0
    numbers = rate, rate * sign, sign, weight_decay, momentum, part * sign, part, part * weight_decay
    body, spare = _sgd_body(decay, nesterov, is_first_step, plain), 2
    if plain and not decay:
        body, spare = _descend, 1
    elif not (plain or nesterov or is_first_step):
        body, spare = _roll, 1
    kind = None
    for arrays in zip(*((params, grads) if plain else (params, grads, buffers)), strict=True):
        if arrays[0].dtype is not kind:
            kind = arrays[0].dtype
            inside = _compute_type(arrays[0])
            constants = _constants(inside, *numbers)
            bare = spare == 1 and inside in _AXPBY and _AXPBY[inside] is not None
        _apply(body, arrays, 0 if bare else spare, (ALLOC,) + constants if bare else constants)  # BLAS adds without scratch
    return ()


# -- Adam ------------------------------------------------------------------------------------------------------------------


def _adam_body(maximize: bool, decay: str, amsgrad: bool) -> Callable[..., None]:
    """Adam with `decay` "", "l2" or "decoupled". A step is bound by passes, so its constants are folded into seven of them:

    rate * m / (sqrt(v) / root + eps) is (rate * root) * (m / (sqrt(v) + eps * root)), and both moments are one weighted sum each.
    """
    spare = maximize or decay == "l2"

    def body(p: Array, g: Array, m: Array, v: Array, *rest: Any, at: Any) -> None:
        top, s = rest[:2] if amsgrad else (v, rest[0])
        wd, shrink, beta1, weight1, beta2, weight2, eps, step = rest[-8:]
        of_p, of_g, of_m, of_v = at[:4] if at else (None,) * 4
        of_s = at and at[4 + amsgrad]
        if decay == "decoupled":
            np.multiply(p, shrink, out=p)
        if spare:
            g, of_g = _gradient(g, p, s, rest[1 + amsgrad], maximize, wd if decay == "l2" else None), at and at[-1]
        _blend(m, beta1, g, weight1, s, at and (of_m, of_g))
        s = np.square(g, out=s)  # a load less than multiply(g, g): a quarter faster
        _blend(v, beta2, s, weight2, s, at and (of_v, of_s))
        if amsgrad:
            np.maximum(top, v, out=top)
        s = np.sqrt(top, out=s)
        np.add(s, eps, out=s)
        np.divide(m, s, out=s)
        _blend(p, None, s, step, s, at and (of_p, of_s))

    return body


def _adam(
    lists: Lists, steps: Sequence[Array], lr: float, beta1: float, beta2: float, weight_decay: float, eps: float, amsgrad: bool,
    maximize: bool, decay: str,
) -> None:  # fmt: skip
    decay = decay if weight_decay else ""
    body = _adam_body(maximize, decay, amsgrad)
    scratch = 2 if maximize or decay == "l2" else 1
    known: dict[Any, tuple[Array, ...]] = {}
    for arrays, step in zip(zip(*lists, strict=True), steps, strict=True):
        count = step.item()
        key = (arrays[0].dtype, count)
        constants = known.get(key)
        if constants is None:
            rate = lr / (1 - beta1**count)
            root = (1 - beta2**count) ** 0.5
            numbers = weight_decay, 1 - lr * weight_decay, beta1, 1 - beta1, beta2, 1 - beta2, eps * root, -rate * root
            constants = known[key] = _constants(_compute_type(arrays[0]), *numbers)
        _apply(body, arrays, scratch, constants)


@kernel("_fused_adam_", half="native", out=False)
@kernel("_fused_adam_.tensor_lr", half="native", out=False)
def fused_adam(
    params: Sequence[Array],
    grads: Sequence[Array],
    exp_avgs: Sequence[Array],
    exp_avg_sqs: Sequence[Array],
    max_exp_avg_sqs: Sequence[Array],
    state_steps: Sequence[Array],
    lr: Any,
    beta1: float,
    beta2: float,
    weight_decay: float,
    eps: float,
    amsgrad: bool,
    maximize: bool,
    grad_scale: Array | None = None,
    found_inf: Array | None = None,
    *,
    out: Any,
    decay: str = "l2",
) -> tuple[()]:
    if not _skips(grads, grad_scale, found_inf):
        lists = (params, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs) if amsgrad else (params, grads, exp_avgs, exp_avg_sqs)
        _adam(lists, state_steps, float(lr), beta1, beta2, weight_decay, eps, amsgrad, maximize, decay)
    return ()


@kernel("_fused_adamw_", half="native", out=False)
@kernel("_fused_adamw_.tensor_lr", half="native", out=False)
def fused_adamw(*args: Any, out: Any) -> tuple[()]:
    return fused_adam(*args, out=out, decay="decoupled")


# -- Adagrad ---------------------------------------------------------------------------------------------------------------


def _adagrad_body(maximize: bool, decay: bool) -> Callable[..., None]:
    def body(p: Array, g: Array, total: Array, s: Any, t: Any, rate: Array, eps: Array, wd: Array, at: Any) -> None:
        g = _gradient(g, p, s, t, maximize, wd if decay else None)
        np.add(total, np.square(g, out=s), out=total)
        s = np.sqrt(total, out=s)
        np.add(s, eps, out=s)
        np.divide(g, s, out=s)
        _blend(p, None, s, rate, s, at and (at[0], at[3]))

    return body


@kernel("_fused_adagrad_", half="native", out=False)
@kernel("_fused_adagrad_.tensor_lr", half="native", out=False)
def fused_adagrad(
    params: Sequence[Array],
    grads: Sequence[Array],
    state_sums: Sequence[Array],
    state_steps: Sequence[Array],
    lr: Any,
    lr_decay: float,
    weight_decay: float,
    eps: float,
    maximize: bool,
    grad_scale: Array | None = None,
    found_inf: Array | None = None,
    *,
    out: Any,
) -> tuple[()]:
    if _skips(grads, grad_scale, found_inf):
        return ()
    body = _adagrad_body(maximize, weight_decay != 0)
    for p, g, total, step in zip(params, grads, state_sums, state_steps, strict=True):
        rate = float(lr) / (1 + (step.item() - 1) * lr_decay)
        _apply(body, (p, g, total), 2, _constants(_compute_type(p), -rate, eps, weight_decay))
    return ()


# -- the loss scale --------------------------------------------------------------------------------------------------------


@kernel("_amp_foreach_non_finite_check_and_unscale_", half="native", out=False)
def amp_foreach_non_finite_check_and_unscale(grads: Sequence[Array], found_inf: Array, inv_scale: Array, *, out: Any) -> tuple[()]:
    factor = inv_scale.reshape(-1)[0]
    for g in grads:
        if not np.isfinite(g).all():
            found_inf.fill(1)
        if factor != 1:
            np.multiply(g, factor, out=g, casting="unsafe")  # a float32 scalar: halves are widened, float64 stays
    return ()
