"""Padding by what is there: reflected, replicated and circular borders of the last one to three dims, and `pad`, which chooses.

A border of one number is `constant_pad_nd` in `movement`. Reflection and replication read each dim through a map of places, so
their decompositions are one `index_select` per dim and their backwards one `index_add` per dim. Pad lists count from the last dim.
"""

from ..kinds import COMPOSITE, MOVEMENT
from ..meta import follows_format
from ..op import op
from ..registry import OPS
from .creation import arange
from .index import sizes
from .reduction import scalar_type


def _records(word, n, doc):
    forward = op(
        f"{word}_pad{n}d(Tensor self, SymInt[{2 * n}] padding) -> Tensor",
        doc,
        kind=MOVEMENT,
        variants="",
        out=True,
        keeps_format=n > 1,
    )
    backward = op(
        f"{word}_pad{n}d_backward(Tensor grad_output, Tensor self, SymInt[{2 * n}] padding) -> Tensor",
        "The cotangent of every place summed where it was read.",
        kind=MOVEMENT,
        variants="",
    )
    return forward, backward


REFLECTION = {n: _records("reflection", n, "Borders that mirror the inside, without the edge itself.") for n in (1, 2, 3)}
REPLICATION = {n: _records("replication", n, "Borders that repeat the edge; negative widths cut off.") for n in (1, 2, 3)}
circular = op("_pad_circular(Tensor self, SymInt[] pad) -> Tensor", "Borders from the opposite side.", kind=COMPOSITE, variants="")
pad = op(
    'pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor',
    "Borders of a number, or of reflected, replicated or circular values.",
    kind=COMPOSITE,
    variants="",
)


def reflected(at, size):
    """Places read by reflection for places `at` that count from the first element; works on index tensors and arrays."""
    return (size - 1) - abs((size - 1) - abs(at))


# -- shapes ----------------------------------------------------------------------------------------------------------------------


def _check_input(self, padding, n):
    if len(padding) != 2 * n:
        raise RuntimeError(f"padding size is expected to be {2 * n}, but got: {len(padding)}")
    shape = sizes(self)
    kept = shape[1:] if self.ndim == n + 2 else shape
    if self.ndim not in (n + 1, n + 2) or 0 in kept:
        raise RuntimeError(
            f"Expected {n + 1}D or {n + 2}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, "
            f"but got: {list(shape)}"
        )


def _padded_shape(self, padding, n):
    shape = sizes(self)
    inner = shape[-n:]
    outs = tuple(size + padding[2 * d] + padding[2 * d + 1] for d, size in zip(range(n - 1, -1, -1), inner, strict=True))
    if min(outs) < 1:
        names = "DHW"[-n:]
        before = ", ".join(f"{name}: {size}" for name, size in zip(names, inner, strict=True))
        after = " ".join(f"{name}: {size}" for name, size in zip(names, outs, strict=True))
        raise RuntimeError(f"input ({before}) is too small. Calculated output {after}")
    return (*shape[:-n], *outs)


def _check_dtype(word, self, n):
    if self.dtype.category == 0:
        raise NotImplementedError(f"\"{word}_pad{n}d\" not implemented for '{scalar_type(self.dtype)}'")


def _reflection_meta(self, padding):
    n = len(padding) // 2 or 1
    _check_input(self, padding, n)
    for d in range(n):
        left, right, dim = padding[2 * d], padding[2 * d + 1], self.ndim - 1 - d
        if max(left, right) >= self.shape[dim]:
            raise RuntimeError(
                f"Argument #{4 + 2 * d}: Padding size should be less than the corresponding input dimension, but got: padding "
                f"({left}, {right}) at dimension {dim} of input {list(self.shape)}"
            )
    shape = _padded_shape(self, padding, n)
    _check_dtype("reflection", self, n)
    return shape, self.dtype, follows_format(self, shape)


def _replication_meta(self, padding):
    n = len(padding) // 2 or 1
    _check_input(self, padding, n)
    shape = _padded_shape(self, padding, n)
    _check_dtype("replication", self, n)
    return shape, self.dtype, follows_format(self, shape)


def _backward_meta(grad_output, self, padding):
    return sizes(self), grad_output.dtype, follows_format(self, sizes(self))


# -- decompositions --------------------------------------------------------------------------------------------------------------


def _maps(t, padding, reflect):
    """(dim, index tensor of the places read) for each padded dim of a tensor of the input's sizes."""
    for d in range(len(padding) // 2):
        left, right, dim = padding[2 * d], padding[2 * d + 1], t.ndim - 1 - d
        if left or right:
            size = t.shape[dim]
            at = arange(0, size + left + right, device=t.device) - left
            yield dim, reflected(at, size) if reflect else at.clamp(0, size - 1)


def _through(reflect):
    def padded(self, padding):
        (_reflection_meta if reflect else _replication_meta)(self, padding)
        x = self
        for dim, at in _maps(self, padding, reflect):
            x = x.index_select(dim, at)
        return x.clone() if x is self else x

    def backward(grad_output, self, padding):
        g = grad_output
        for dim, at in _maps(self, padding, reflect):
            shape = list(g.shape)
            shape[dim] = self.shape[dim]
            g = g.new_zeros(shape).index_add(dim, at, g)
        return g.clone() if g is grad_output else g

    return padded, backward


for _found, _meta, _reflect in ((REFLECTION, _reflection_meta, True), (REPLICATION, _replication_meta, False)):
    _padded, _backward = _through(_reflect)
    for _forward_op, _backward_op in _found.values():
        _forward_op.meta(_meta)
        _backward_op.meta(_backward_meta)
        _forward_op.decompose(_padded)
        _backward_op.decompose(_backward)


@circular.decompose
def _(self, pad):
    n = len(pad) // 2
    x = self
    for d in range(n):
        left, right, dim = pad[2 * d], pad[2 * d + 1], self.ndim - 1 - d
        size = self.shape[dim]
        if left > size or right > size:
            raise RuntimeError("Padding value causes wrapping around more than once.")
        if left + right + size < 0:
            raise RuntimeError("Negative padding value is resulting in an empty dimension")
        x = x.narrow(dim, max(-left, 0), size + min(left, 0) + min(right, 0))
    for d in range(n):
        left, right, dim = max(pad[2 * d], 0), max(pad[2 * d + 1], 0), self.ndim - 1 - d
        size = x.shape[dim]
        if left or right:
            x = OPS["cat"].wrapper([x.narrow(dim, size - left, left), x, x.narrow(dim, 0, right)], dim)
    return x.clone() if n == 0 or not any(v > 0 for v in pad) else x


@pad.decompose
def _(self, pad, mode, value):
    if len(pad) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if len(pad) > 2 * self.ndim:
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got padding length "
            f"{len(pad)} and input of dimension {self.ndim}"
        )
    if mode == "constant":
        return OPS["constant_pad_nd"].wrapper(self, pad, 0.0 if value is None else value)
    if mode not in ("reflect", "replicate", "circular"):
        raise NotImplementedError(f"Unrecognised padding mode {mode}")
    if value:
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
    n = len(pad) // 2
    if n not in (1, 2, 3) or self.ndim not in (n + 1, n + 2):
        raise NotImplementedError("Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now")
    if mode == "circular":
        return circular.wrapper(self, pad)
    return (REFLECTION if mode == "reflect" else REPLICATION)[n][0].wrapper(self, pad)
