"""Ready parametrizations: orthogonal matrices, weights of spectral norm one, weights as a length and a direction.

Sources: torch.nn.utils.parametrizations (2.13); M. Lezcano-Casado, Trivializations for gradient-based optimization on manifolds
(2019); T. Salimans and D. Kingma, Weight normalization (2016); T. Miyato et al., Spectral normalization (2018).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from ft_core import Tensor, finfo
from ft_dispatch import surface as torch

from .. import functional as F
from ..layers import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from ..module import Module
from .parametrize import register_parametrization

__all__ = ["orthogonal", "spectral_norm", "weight_norm"]
_FIRST_ITERATIONS = 15  # of the power method, from random vectors; torch's number


def _is_orthogonal(q: Tensor) -> bool:
    """Whether Q^H Q is the identity within rounding."""
    n, k = q.shape[-2:]
    identity = torch.eye(k, dtype=q.dtype, device=q.device)
    return bool(torch.allclose(q.mH @ q, identity, atol=10.0 * n * finfo(q.dtype).eps))


def _make_orthogonal(a: Tensor) -> Tensor:
    """The orthogonal factor of the QR decomposition whose diagonal is positive, which is unique."""
    q, r = torch.linalg.qr(a)
    return q * r.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


class _OrthMaps(Enum):
    matrix_exp = auto()
    cayley = auto()
    householder = auto()


class _Orthogonal(Module):
    """A matrix (n, k) with orthonormal columns (rows, where n < k) from an unconstrained one."""

    base: Any

    def __init__(self, weight: Tensor, orthogonal_map: _OrthMaps, *, use_trivialization: bool = True) -> None:
        super().__init__()
        if weight.is_complex() and orthogonal_map is _OrthMaps.householder:
            raise ValueError("The householder parametrization does not support complex tensors.")
        self.shape = weight.shape
        self.orthogonal_map = orthogonal_map
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, X: Tensor) -> Tensor:
        """The orthogonal matrix; X (*, n, k)."""
        wide = X.shape[-2] < X.shape[-1]
        x = X.mT if wide else X
        q = self._reflections(x) if self.orthogonal_map is _OrthMaps.householder else self._rotation(x)
        if hasattr(self, "base"):
            q = self.base @ q
        return q.mT if wide else q

    def _reflections(self, x: Tensor) -> Tensor:
        """A product of k Householder reflections, then the signs on the diagonal."""
        below = x.tril(-1)
        tau = 2 / (1 + (below * below).sum(-2))
        return torch.linalg.householder_product(below, tau) * x.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)

    def _rotation(self, x: Tensor) -> Tensor:
        """The exponential, or the Cayley transform, of the skew matrix whose lower half is x's."""
        n, k = x.shape[-2:]
        x = x.tril()
        if n != k:
            x = torch.cat([x, x.new_zeros(n, n - k).expand(*x.shape[:-2], -1, -1)], dim=-1)
        skew = x - x.mH
        if self.orthogonal_map is _OrthMaps.matrix_exp:
            q = torch.linalg.matrix_exp(skew)
        else:
            identity = torch.eye(n, dtype=skew.dtype, device=skew.device)
            q = torch.linalg.solve(torch.add(identity, skew, alpha=-0.5), torch.add(identity, skew, alpha=0.5))
        return q[..., :k]

    def right_inverse(self, Q: Tensor) -> Tensor:
        """What gives Q, or the nearest this map can: Q itself becomes the base where there is one."""
        if Q.shape != self.shape:
            raise ValueError(f"Expected a matrix or batch of matrices of shape {self.shape}. Got a tensor of shape {Q.shape}.")
        with torch.no_grad():
            return self._with_base(Q) if hasattr(self, "base") else self._without_base(Q)

    def _without_base(self, given: Tensor) -> Tensor:
        if self.orthogonal_map is not _OrthMaps.householder:
            raise NotImplementedError(
                "It is not possible to assign to the matrix exponential or the Cayley parametrizations when use_trivialization=False."
            )
        wide = given.shape[-2] < given.shape[-1]
        packed, tau = torch.geqrf(given.mT if wide else given)
        signs = packed.diagonal(dim1=-2, dim2=-1)
        signs.copy_(signs.sign().where(tau != 0, -signs.sign()))  # a reflection that does nothing changes no sign
        return packed.mT if wide else packed

    def _with_base(self, given: Tensor) -> Tensor:
        q = given.mT if given.shape[-2] < given.shape[-1] else given
        n, k = q.shape[-2:]
        if n == k:
            self.base = q.clone() if _is_orthogonal(q) else _make_orthogonal(q)
        else:
            rest = torch.randn(*q.shape[:-2], n, n - k, dtype=q.dtype, device=q.device)
            self.base = _make_orthogonal(torch.cat([q, rest], dim=-1))
        start = torch.zeros_like(given)
        start.diagonal(dim1=-2, dim2=-1).fill_(-1.0)  # the signs of the reflections; the other maps do not see the diagonal
        return start


def orthogonal(module: Any, name: str = "weight", orthogonal_map: str | None = None, *, use_trivialization: bool = True) -> Any:
    """Keep ``module.<name>`` (*, n, k) orthogonal: Q^H Q = I where n >= k, else Q Q^H = I. Returns the module.

    ``orthogonal_map`` is matrix_exp (default for square and complex), cayley or householder. Raises ``ValueError`` for another,
    for vectors, and for a name without tensor.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if weight.ndim < 2:
        raise ValueError(f"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions.")
    if orthogonal_map is None:
        square = weight.shape[-2] == weight.shape[-1]
        orthogonal_map = "matrix_exp" if square or weight.is_complex() else "householder"
    if orthogonal_map not in _OrthMaps.__members__:
        raise ValueError(f'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: {orthogonal_map}')
    made = _Orthogonal(weight, _OrthMaps[orthogonal_map], use_trivialization=use_trivialization)
    return register_parametrization(module, name, made, unsafe=True)


class _WeightNorm(Module):
    """g v / |v|, the norm over all dims but one (-1: over all)."""

    def __init__(self, dim: int | None = 0) -> None:
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g: Tensor, weight_v: Tensor) -> Tensor:
        """The weight."""
        return torch._weight_norm(weight_v, weight_g, self.dim)

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """(norms, weight)."""
        return torch.norm_except_dim(weight, 2, self.dim), weight


def weight_norm(module: Any, name: str = "weight", dim: int | None = 0) -> Any:
    """Hold ``module.<name>`` as its norms along ``dim`` (``original0``) and a direction (``original1``). Returns the module.

    A state_dict of the older :func:`ft_nn.utils.weight_norm` (``<name>_g``, ``<name>_v``) loads too.
    """
    register_parametrization(module, name, _WeightNorm(dim), unsafe=True)

    def rename(state_dict: dict[str, Any], prefix: str, *rest: Any) -> None:
        old = [f"{prefix}{name}_g", f"{prefix}{name}_v"]
        if all(key in state_dict for key in old):
            for i, key in enumerate(old):
                state_dict[f"{prefix}parametrizations.{name}.original{i}"] = state_dict.pop(key)

    module._register_load_state_dict_pre_hook(rename)
    return module


class _SpectralNorm(Module):
    """The weight divided by its largest singular value, which the power method follows in training."""

    _u: Any
    _v: Any

    def __init__(self, weight: Tensor, n_power_iterations: int = 1, dim: int = 0, eps: float = 1e-12) -> None:
        super().__init__()
        ndim = weight.ndim
        if not -ndim <= dim < ndim:
            raise IndexError(f"Dimension out of range (expected to be in range of [-{ndim}, {ndim - 1}] but got {dim})")
        if n_power_iterations <= 0:
            raise ValueError(f"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}")
        self.dim = dim % ndim
        self.eps = eps
        if ndim > 1:
            self.n_power_iterations = n_power_iterations
            matrix = self._matrix(weight)
            u, v = (matrix.new_empty(n).normal_(0, 1) for n in matrix.shape)
            self.register_buffer("_u", F.normalize(u, dim=0, eps=eps))
            self.register_buffer("_v", F.normalize(v, dim=0, eps=eps))
            self._power_method(matrix, _FIRST_ITERATIONS)

    def _matrix(self, weight: Tensor) -> Tensor:
        return weight.movedim(self.dim, 0).flatten(1)

    def _power_method(self, matrix: Tensor, n: int) -> None:
        with torch.no_grad():
            for _ in range(n):
                self._u.copy_(F.normalize(torch.mv(matrix, self._v), dim=0, eps=self.eps))
                self._v.copy_(F.normalize(torch.mv(matrix.mH, self._u), dim=0, eps=self.eps))

    def forward(self, weight: Tensor) -> Tensor:
        """The scaled weight; a vector by its own norm."""
        if weight.ndim == 1:
            return F.normalize(weight, dim=0, eps=self.eps)
        matrix = self._matrix(weight)
        if self.training:
            self._power_method(matrix, self.n_power_iterations)
        u, v = self._u.clone(), self._v.clone()  # the next iteration writes them, and the backward still needs these
        return weight / torch.vdot(u, torch.mv(matrix, v))

    def right_inverse(self, value: Tensor) -> Tensor:
        """The value itself: it may have any norm."""
        return value


def spectral_norm(
    module: Any, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> Any:
    """Divide ``module.<name>`` by its largest singular value, as a matrix with the rows of ``dim``. Returns the module.

    ``dim`` is 0, or 1 for transposed convolutions. Raises ``ValueError`` for a name without tensor or no iterations.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if dim is None:
        dim = 1 if isinstance(module, (ConvTranspose1d, ConvTranspose2d, ConvTranspose3d)) else 0
    return register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim, eps))
