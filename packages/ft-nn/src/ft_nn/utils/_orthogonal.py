"""The matrix functions behind orthogonal parametrizations, over matrices (*, n, k) and differentiable.

Sources: C. Bischof and C. Van Loan, The WY representation for products of Householder matrices (1987), in its compact form;
N. Higham, Functions of matrices (2008), chapter 10, for the exponential.
"""

from __future__ import annotations

import math

from ft_core import Tensor
from ft_core import finfo as _finfo
from ft_dispatch import surface as torch

_TERMS = 18
"""Of the exponential's series: 1 / 19! is below half an ulp of float64 for matrices of norm 1."""


def is_orthogonal(q: Tensor) -> bool:
    """Whether Q^H Q is the identity within rounding."""
    n, k = q.shape[-2:]
    identity = torch.eye(k, dtype=q.dtype, device=q.device)
    return bool(torch.allclose(q.mH @ q, identity, atol=10.0 * n * _finfo(q.dtype).eps))


def make_orthogonal(a: Tensor) -> Tensor:
    """The orthogonal factor of the QR decomposition whose diagonal is positive, which is unique."""
    q, r = torch.linalg.qr(a)
    return q * r.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


def exponential(a: Tensor) -> Tensor:
    """The matrix exponential: a Taylor series of a / 2^s, squared s times."""
    n = a.shape[-1]
    norm = float(a.detach().abs().sum(-2).max()) if a.numel() else 0.0
    squarings = max(0, math.ceil(math.log2(norm))) if norm > 1 and math.isfinite(norm) else 0
    small = a * 0.5**squarings
    identity = torch.eye(n, dtype=a.dtype, device=a.device)
    made = identity + small / _TERMS
    for term in range(_TERMS - 1, 0, -1):
        made = identity + (small @ made) / term
    for _ in range(squarings):
        made = made @ made
    return made


def reflected(below: Tensor) -> Tensor:
    """The first k columns of H_1 H_2 … H_k, whose vectors are the columns below the diagonal of ``below`` under a one.

    With V the vectors, the product is I - V T V^H, and T is the inverse of a triangular matrix made of V^H V.
    """
    n, k = below.shape[-2:]
    identity = torch.eye(n, k, dtype=below.dtype, device=below.device)
    vectors = below.tril(-1) + identity
    inner = vectors.mH @ vectors
    triangle = inner.triu(1) + torch.diag_embed(inner.diagonal(dim1=-2, dim2=-1) / 2)
    top = vectors[..., :k, :].mH
    return identity - vectors @ torch.linalg.solve_triangular(triangle, top, upper=True)


def reflectors(q: Tensor) -> Tensor:
    """For q with orthonormal columns: the vectors of :func:`reflected` below the diagonal, and on it the signs that give q back.

    Above the diagonal stands the triangular factor, as LAPACK leaves it there; nothing reads it.
    """
    columns, vectors, signs, rows = q, [], [], []
    for j in range(q.shape[-1]):
        x = columns[..., j:, 0]
        first, size = x[..., :1], x.norm(2, -1, True)
        beta = -size * (1 - 2 * (first < 0).to(x.dtype))
        alone = x[..., 1:].abs().sum(-1, keepdim=True) == 0
        tail = (x[..., 1:] / (first - beta)).masked_fill(alone, 0)
        vector = torch.cat([torch.zeros_like(columns[..., :j, 0]), torch.ones_like(first), tail], -1).unsqueeze(-1)
        scale = 2 / (vector * vector).sum((-2, -1), keepdim=True)
        columns = (columns - scale * vector @ (vector.mT @ columns))[..., 1:]
        rows.append(torch.cat([torch.zeros_like(q[..., 0, : j + 1]), columns[..., j, :]], -1))
        vectors.append(vector)
        signs.append(first.where(alone, beta).sign() * (1 - 2 * alone.to(x.dtype)))
    identity = torch.eye(q.shape[-2], q.shape[-1], dtype=q.dtype, device=q.device)
    above = torch.cat([torch.stack(rows, -2), torch.zeros_like(q[..., q.shape[-1] :, :])], -2)
    return torch.cat(vectors, -1).tril(-1) + identity * torch.cat(signs, -1).unsqueeze(-2) + above
