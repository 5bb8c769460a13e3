"""Older names of linear algebra: those torch keeps, those it removed and answers with where to go, and Vandermonde matrices."""

from ..registry import binding
from .reduction import linalg_vector_norm

_REMOVED = {
    "eig": "`torch.linalg.eig` returns complex tensors instead of real ones that mimic them; `torch.linalg.eigvals` the values alone",
    "lstsq": "`torch.linalg.lstsq` takes its arguments in the other order and does not return the QR decomposition",
    "matrix_rank": "Please use `torch.linalg.matrix_rank`; its parameter 'hermitian' was called 'symmetric'",
    "solve": "`torch.linalg.solve` takes its arguments in the other order and does not return the LU factorization",
    "symeig": "`torch.linalg.eigh` reads the lower triangle by default where this read the upper one; `torch.linalg.eigvalsh` the values alone",
}


def _removed(name, advice):
    def gone(*args, **kwargs):
        raise RuntimeError(f"This function was deprecated since version 1.9 and is now removed. {advice}.")

    gone.__name__ = gone.__qualname__ = name
    gone.__doc__ = f"Removed from torch, which says so: RuntimeError. {advice}."
    binding(name, method=name != "matrix_rank")(gone)


for _name, _advice in _REMOVED.items():
    _removed(_name, _advice)


@binding("frobenius_norm", method=False)
def frobenius_norm(input, dim, keepdim=False, *, out=None):
    """2-norm along one or two dims, real. RuntimeError for more. Source: aten::frobenius_norm.dim."""
    dims = (dim,) if isinstance(dim, int) else tuple(dim)
    if len(dims) > 2:
        raise RuntimeError(f"Expected at most 2 dimensions, but got {len(dims)} dimensions instead.")
    return linalg_vector_norm.wrapper(input, 2, dims, keepdim, out=out)


@binding("nuclear_norm", method=False)
def nuclear_norm(input, dim=None, keepdim=False, *, out=None):
    """Sum of the singular values of the matrices in two dims (of a matrix, unless told). Source: aten::nuclear_norm."""
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if isinstance(dim, bool):  # torch's other overload: (input, keepdim)
        dim, keepdim = None, dim
    return surface.raw.linalg_matrix_norm(input, "nuc", (-2, -1) if dim is None else dim, keepdim, out=out)


@binding("vander", method=False)
def vander(x, N=None, increasing=False):
    """Powers N - 1 to 0 of each number of a vector (k,), in rows: (k, N); from 0 up where `increasing`. N is k unless told.

    Integers become int64. RuntimeError for what is no vector, and for a negative N. Source: torch.vander.
    """
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    if x.ndim != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    n = x.shape[0] if N is None else N
    if n < 0:
        raise RuntimeError("N must be non-negative.")
    x = x if x.dtype.category >= 2 else x.long()
    if n == 0:
        return x.new_empty((x.shape[0], 0))
    ones = surface.ones_like(x).unsqueeze(-1)
    made = surface.cat([ones, x.unsqueeze(-1).expand((x.shape[0], n - 1)).cumprod(-1)], -1) if n > 1 else ones
    return made if increasing else made.flip(1)
