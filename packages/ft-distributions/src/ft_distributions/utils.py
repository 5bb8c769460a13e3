"""torch.distributions.utils: what many distributions share and programs import: broadcasting of parameters, probabilities and
logits, lazily computed attributes, triangular matrices as vectors. No distribution lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from itertools import accumulate
from typing import Any, Final

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor, raw

__all__ = [
    "broadcast_all",
    "clamp_probs",
    "lazy_property",
    "logits_to_probs",
    "probs_to_logits",
    "tril_matrix_to_vec",
    "vec_to_tril_matrix",
]

Number = (bool, int, float)
euler_constant: Final[float] = 0.57721566490153286060  # source: Euler 1735


def is_tensor_like(value: Any) -> bool:
    """Whether a value is a Tensor or takes part in `__torch_function__`."""
    return isinstance(value, Tensor) or hasattr(type(value), "__torch_function__")


def broadcast_all(*values: Any) -> tuple[Tensor, ...]:
    """Numbers and tensors as tensors of one shape; a number takes dtype and device of the first tensor, else the default dtype.

    Raises ValueError for anything else. Source: torch.distributions.utils.broadcast_all.
    """
    if not all(is_tensor_like(v) or isinstance(v, Number) for v in values):
        raise ValueError(
            "Input arguments must all be instances of Number, torch.Tensor or objects implementing __torch_function__.; "
            f"got {', '.join(type(v).__name__ for v in values)}"
        )
    first = next((v for v in values if isinstance(v, Tensor)), None)
    options: dict[str, Any] = {"dtype": torch.get_default_dtype()}
    if first is not None:
        options = {"dtype": first.dtype, "device": first.device}
    return tuple(torch.broadcast_tensors(*(v if is_tensor_like(v) else torch.tensor(v, **options) for v in values)))


def _standard_normal(shape: Any, dtype: Any, device: Any) -> Tensor:
    """Standard normal numbers. Underscored as in torch, whose name programs with distributions of their own import."""
    return torch.empty(shape, dtype=dtype, device=device).normal_()


def _sum_rightmost(value: Tensor, count: int) -> Tensor:
    """The sum over the last `count` dimensions. Underscored as the above."""
    return value if count == 0 else value.reshape(*value.shape[: value.ndim - count], -1).sum(-1)


def binary_cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    """-log probability of `target` under a coin of these logits, element by element."""
    return raw.binary_cross_entropy_with_logits(logits, target, None, None, 0)


def pieces(value: Tensor, dim: int, lengths: Sequence[int]) -> list[Tensor]:
    """Consecutive slices of these lengths along one dimension."""
    starts = accumulate(lengths, initial=0)
    return [value.narrow(dim, start, length) for start, length in zip(starts, lengths, strict=False)]


def one_hot(indices: Tensor, count: int, like: Tensor) -> Tensor:
    """1 at each index, else 0, in dtype and device of `like`: (*, count)."""
    return (indices.unsqueeze(-1) == torch.arange(count, device=indices.device)).to(like)


def logits_to_probs(logits: Tensor, is_binary: bool = False) -> Tensor:
    """Probabilities of log odds (binary), or of unnormalized log probabilities along the last dimension."""
    return torch.sigmoid(logits) if is_binary else torch.softmax(logits, dim=-1)


def clamp_probs(probs: Tensor) -> Tensor:
    """Probabilities kept inside (0, 1) by the dtype's eps."""
    eps = torch.finfo(probs.dtype).eps
    return probs.clamp(min=eps, max=1 - eps)


def probs_to_logits(probs: Tensor, is_binary: bool = False) -> Tensor:
    """The inverse of `logits_to_probs` (up to a constant), of probabilities clamped into (0, 1)."""
    inside = clamp_probs(probs)
    return torch.log(inside) - torch.log1p(-inside) if is_binary else torch.log(inside)


class lazy_property:
    """An attribute computed by a method when first read, with gradients on, and kept in the instance."""

    def __init__(self, wrapped: Callable[[Any], Any]) -> None:
        self.wrapped = wrapped
        update_wrapper(self, wrapped)  # type: ignore[arg-type]  # a descriptor that shows the method's name and docstring

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        with torch.enable_grad():
            value = self.wrapped(instance)
        setattr(instance, self.wrapped.__name__, value)
        return value


def _triangle(size: int, diag: int, device: Any) -> Tensor:
    """True on and below the diagonal `diag` of a square matrix: bool[size, size]."""
    index = torch.arange(size, device=device)
    return index < index.view(-1, 1) + (diag + 1)


def tril_matrix_to_vec(mat: Tensor, diag: int = 0) -> Tensor:
    """The lower triangle of D × D matrices row after row: (*, D, D) -> (*, count).

    Raises ValueError where `diag` is outside [-D, D - 1].
    """
    size = mat.shape[-1]
    if not -size <= diag < size:
        raise ValueError(f"diag ({diag}) provided is outside [{-size}, {size - 1}].")
    return mat[..., _triangle(size, diag, mat.device)]


def vec_to_tril_matrix(vec: Tensor, diag: int = 0) -> Tensor:
    """The inverse of `tril_matrix_to_vec`, zeros elsewhere: (*, count) -> (*, D, D).

    Raises ValueError where no D gives `count` elements.
    """
    count = vec.shape[-1]
    shift = 1 + 2 * diag
    size = (-shift + (shift**2 + 8 * count + 4 * abs(diag) * (diag + 1)) ** 0.5) / 2
    if round(size) - size > torch.finfo(vec.dtype).eps:
        raise ValueError(
            f"The size of last dimension is {count} which cannot be expressed as the lower triangular part of a square D x D matrix."
        )
    side = round(size)
    matrix = vec.new_zeros((*vec.shape[:-1], side, side))
    matrix[..., _triangle(side, diag, vec.device)] = vec
    return matrix
