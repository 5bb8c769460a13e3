"""Transforms of whole vectors and matrices: onto simplices, triangular factors and positive definite matrices."""

from __future__ import annotations

import math
from typing import Any

from ft_dispatch import surface as torch
from ft_dispatch.surface import Tensor

from . import constraints
from ._transform_base import SameByClass, Transform, at_least
from ._transform_scalar import clipped_sigmoid, softplus
from .utils import tril_matrix_to_vec, vec_to_tril_matrix


def _shifted(x: Tensor) -> Tensor:
    """x moved one place to the right along the last dimension, behind a 1; its last element is dropped."""
    return _padded(x[..., :-1], 1, 0)


def _padded(x: Tensor, left: int, right: int) -> Tensor:
    """Ones before and behind the last dimension."""
    return torch.constant_pad_nd(x, (left, right), 1)


class CorrCholeskyTransform(Transform):
    """A vector of length D (D - 1) / 2 to the Cholesky factor of a D × D correlation matrix.

    Partial correlations tanh(x) fill the lower triangle; each row is scaled to unit length by what its left neighbours leave over.
    Source: torch.distributions.CorrCholeskyTransform; Lewandowski, Kurowicka and Joe 2009.
    """

    domain = constraints.real_vector
    codomain = constraints.corr_cholesky
    bijective = True

    def _call(self, x: Tensor) -> Tensor:
        eps = torch.finfo(x.dtype).eps
        partial = vec_to_tril_matrix(torch.tanh(x).clamp(min=-1 + eps, max=1 - eps), diag=-1)
        left_over = (1 - partial**2).sqrt().cumprod(-1)
        size = partial.shape[-1]
        return (partial + torch.eye(size, dtype=x.dtype, device=x.device)) * _shifted(left_over)

    def _inverse(self, y: Tensor) -> Tensor:
        left_over = _shifted(1 - torch.cumsum(y * y, dim=-1))
        partial = tril_matrix_to_vec(y, diag=-1) / tril_matrix_to_vec(left_over, diag=-1).sqrt()
        return (partial.log1p() - partial.neg().log1p()) / 2

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor, intermediates: Any = None) -> Tensor:
        left_over = 1 - (y * y).cumsum(dim=-1)
        sticks = 0.5 * tril_matrix_to_vec(left_over, diag=-2).log().sum(-1)
        return sticks - 2 * (x + softplus(-2 * x) - math.log(2.0)).sum(dim=-1)

    def forward_shape(self, shape: Any) -> Any:
        at_least(len(shape), 1)
        count = shape[-1]
        size = round((0.25 + 2 * count) ** 0.5 + 0.5)
        if size * (size - 1) // 2 != count:
            raise ValueError(f"Input is not a flattened lower-diagonal number: {count} is not D (D - 1) / 2 for any D")
        return shape[:-1] + (size, size)

    def inverse_shape(self, shape: Any) -> Any:
        at_least(len(shape), 2)
        if shape[-2] != shape[-1]:
            raise ValueError(f"Input is not square: {tuple(shape[-2:])}")
        return shape[:-2] + (shape[-1] * (shape[-1] - 1) // 2,)


class SoftmaxTransform(SameByClass):
    """y = softmax(x); not bijective, since a constant added to x is lost."""

    domain = constraints.real_vector
    codomain = constraints.simplex

    def _call(self, x: Tensor) -> Tensor:
        weights = (x - x.max(-1, True)[0]).exp()
        return weights / weights.sum(-1, True)

    def _inverse(self, y: Tensor) -> Tensor:
        return y.log()

    def forward_shape(self, shape: Any) -> Any:
        at_least(len(shape), 1)
        return shape

    def inverse_shape(self, shape: Any) -> Any:
        at_least(len(shape), 1)
        return shape


class StickBreakingTransform(SameByClass):
    """A vector of length K to a point of the simplex with K + 1 parts: each part is a share of what the ones before left over."""

    domain = constraints.real_vector
    codomain = constraints.simplex
    bijective = True

    def _call(self, x: Tensor) -> Tensor:
        share = clipped_sigmoid(x - _log_parts_left(x))
        return _padded(share, 0, 1) * _padded((1 - share).cumprod(-1), 1, 0)

    def _inverse(self, y: Tensor) -> Tensor:
        parts = y[..., :-1]
        left_over = (1 - parts.cumsum(-1)).clamp(min=torch.finfo(y.dtype).tiny)
        return parts.log() - left_over.log() + _log_parts_left(parts)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        x = x - _log_parts_left(x)
        return (-x + torch.log_sigmoid(x) + y[..., :-1].log()).sum(-1)

    def forward_shape(self, shape: Any) -> Any:
        at_least(len(shape), 1)
        return shape[:-1] + (shape[-1] + 1,)

    def inverse_shape(self, shape: Any) -> Any:
        at_least(len(shape), 1)
        return shape[:-1] + (shape[-1] - 1,)


def _log_parts_left(x: Tensor) -> Tensor:
    """log of K, K - 1, …, 1, in dtype and device of x."""
    count = x.shape[-1]
    return (count + 1 - x.new_ones(count).cumsum(-1)).log()


class LowerCholeskyTransform(SameByClass):
    """A square matrix to a lower triangular one with a positive diagonal: the upper triangle is dropped, the diagonal exponentiated."""

    domain = constraints.independent(constraints.real, 2)
    codomain = constraints.lower_cholesky

    def _call(self, x: Tensor) -> Tensor:
        return x.tril(-1) + x.diagonal(dim1=-2, dim2=-1).exp().diag_embed()

    def _inverse(self, y: Tensor) -> Tensor:
        return y.tril(-1) + y.diagonal(dim1=-2, dim2=-1).log().diag_embed()


class PositiveDefiniteTransform(SameByClass):
    """A square matrix to the positive definite one whose Cholesky factor `LowerCholeskyTransform` makes of it."""

    domain = constraints.independent(constraints.real, 2)
    codomain = constraints.positive_definite

    def _call(self, x: Tensor) -> Tensor:
        factor = LowerCholeskyTransform()(x)
        return factor @ factor.mT

    def _inverse(self, y: Tensor) -> Tensor:
        return LowerCholeskyTransform().inv(torch.linalg.cholesky(y))
