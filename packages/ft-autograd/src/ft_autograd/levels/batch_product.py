"""Batching rules of products: every one of them is a matmul with a batch, or a product summed over the last dim.

addmm and its relatives decompose into these; convolutions fold the batch into the images or into the groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ft_core import Tensor
from ft_dispatch import surface as torch

if TYPE_CHECKING:
    from ft_dispatch.op import Op


def _matmul(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    a, b = args
    ranks = [t.ndim - flag for t, flag in zip(args, batched, strict=True)]
    expected = 3 if op.base == "bmm" else 2
    for name, rank in zip(("self", "mat2"), ranks, strict=True):
        if rank != expected:
            raise RuntimeError(
                f"{op.base}: {name} must be a {'batch of matrices' if expected == 3 else 'matrix'}, got {rank}-D tensor"
            )
    rows, inner = a.shape[-2:]
    other, columns = b.shape[-2:]
    if inner != other and expected == 2:
        raise RuntimeError(f"mat1 and mat2 shapes cannot be multiplied ({rows}x{inner} and {other}x{columns})")
    return torch.matmul(a, b)


def _mv(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    a, v = args
    return torch.matmul(a, v.unsqueeze(-1)).squeeze(-1)


def _dot(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    a, b = args
    if a.shape[-1] != b.shape[-1] or {a.ndim - batched[0], b.ndim - batched[1]} != {1}:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor {list(a.shape[batched[0] :])} and src {list(b.shape[batched[1] :])} to "
            f"have the same number of elements, but got different sizes"
        )
    if op.base == "vdot" and a.is_complex():
        a = a.conj_physical()
    return torch.matmul(a.unsqueeze(-2), b.unsqueeze(-1)).squeeze(-1).squeeze(-1)


def _fold(t: Tensor, dim: int) -> Tensor:
    """The batch, now first, joined with visible dim `dim`: (B, …, C, …) -> (…, B*C, …)."""
    moved = t.movedim(0, dim)
    shape = tuple(moved.shape)
    return moved.reshape((*shape[:dim], shape[dim] * shape[dim + 1], *shape[dim + 2 :]))


def _unfold(t: Tensor, dim: int, size: int) -> Tensor:
    shape = tuple(t.shape)
    return t.reshape((*shape[:dim], size, shape[dim] // size, *shape[dim + 1 :])).movedim(dim, 0)


def _convolution(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> Tensor:
    """Examples that share the weight are more images; examples with their own weight are more groups."""
    x, weight, bias, stride, padding, dilation, transposed, output_padding, groups = args
    in_x, in_w, in_b = batched[0], batched[1], batched[2]
    if in_x and not in_w:
        out = _unfold(
            op(_fold(x, 0), weight, None if in_b else bias, stride, padding, dilation, transposed, output_padding, groups), 0, size
        )
    else:
        folded_x = _fold(x, 1) if in_x else x.repeat(1, size, *[1] * (x.ndim - 2))
        folded_w = _fold(weight, 0) if in_w else weight.repeat(size, *[1] * (weight.ndim - 1))
        made = op(folded_x, folded_w, None, stride, padding, dilation, transposed, output_padding, groups * size)
        out = _unfold(made, 1, size)
        if bias is not None and not in_b:
            out = out + bias.reshape((-1, *[1] * (out.ndim - 3)))
    if bias is not None and in_b:
        out = out + bias.reshape((size, 1, -1, *[1] * (out.ndim - 3)))
    return out


def _convolution_backward(op: Op, args: tuple[Any, ...], batched: tuple[Any, ...], size: int) -> tuple[Any, ...]:
    """The same as grouped convolution of all examples at once: gradients of input, weight and bias per example."""
    g, x, weight, _, stride, padding, dilation, transposed, output_padding, groups, mask = args
    g, x = (t if flag else t.expand((size, *t.shape)) for t, flag in zip((g, x), batched[:2], strict=True))
    weight = weight if batched[2] else weight.expand((size, *weight.shape))
    rest = (stride, padding, dilation, transposed, output_padding, groups * size, (mask[0], mask[1], False))
    d_x, d_w, _ = op(_fold(g, 1), _fold(x, 1), _fold(weight, 0), None, *rest)
    d_b = g.sum((1, *range(3, g.ndim))) if mask[2] else None
    return (None if d_x is None else _unfold(d_x, 1, size), None if d_w is None else _unfold(d_w, 0, size), d_b)


RULES: dict[str, Any] = {
    "mm": _matmul,
    "bmm": _matmul,
    "mv": _mv,
    "dot": _dot,
    "vdot": _dot,
    "convolution": _convolution,
    "convolution_backward": _convolution_backward,
}
