"""Products of Householder reflections: QR in LAPACK's packed form, and the orthogonal matrix that it stands for.

H_1 ... H_k with H_i = I - tau_i v_i v_i^H is I - V T V^H (Schreiber and Van Loan 1989), and T = D (I + S D)^-1 for D = diag(tau) and S
the part of V^H V above its diagonal: no division by a tau, which may be zero, and products of matrices throughout.
"""

from ..kinds import OPAQUE
from ..op import op
from ..registry import binding
from ..return_types import structure
from ._given import given
from .linalg_factor import by_columns, columns
from .linalg_solve import linalg_solve_triangular

geqrf_op = op(
    "geqrf(Tensor self) -> (Tensor a, Tensor tau)",
    "QR as R above the reflections' vectors, and their factors.",
    kind=OPAQUE,
    variants="",
)
linalg_householder_product_op = op(
    "linalg_householder_product(Tensor input, Tensor tau) -> Tensor",
    "The first columns of a product of reflections.",
    kind=OPAQUE,
    variants="",
)
ormqr_op = op(
    "ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor",
    "A matrix times a product of reflections, from either side.",
    kind=OPAQUE,
    variants="",
)


def _check_lapack(name, x):
    if x.dtype.category < 2 or x.dtype.itemsize < 4:
        raise NotImplementedError(f"\"{name}_cpu\" not implemented for '{x.dtype.scalar_name}'")


def _check_tau(name, x, tau, said):
    """RuntimeError unless `tau` has x's dtype and batch, one number per reflection."""
    if tau.ndim != x.ndim - 1:
        raise RuntimeError(
            f"{name}: Expected tau to have one dimension less than input, but got tau.ndim equal to {tau.ndim} and input.ndim is "
            f"equal to {x.ndim}"
        )
    if tuple(tau.shape[:-1]) != tuple(x.shape[:-2]):
        raise RuntimeError(
            f"{name}: Expected batch dimensions of tau to be equal to input.shape[:-2], but got {list(tau.shape[:-1])} and "
            f"{list(x.shape[:-2])}"
        )
    if tau.dtype is not x.dtype:
        raise RuntimeError(f"{name}: " + said.format(tau=tau.dtype.scalar_name, x=x.dtype.scalar_name))


@geqrf_op.meta
def _(self):
    if self.ndim < 2:
        raise RuntimeError("torch.geqrf: input must have at least 2 dimensions.")
    _check_lapack("geqrf", self)
    *batch, m, n = self.shape
    return [columns(tuple(self.shape), self.dtype), ((*batch, min(m, n)), self.dtype)]


@linalg_householder_product_op.meta
def _(input, tau):
    name = "torch.linalg.householder_product"
    if input.ndim < 2:
        raise RuntimeError(f"{name}: input must have at least 2 dimensions.")
    m, n = input.shape[-2:]
    if m < n:
        raise RuntimeError(f"{name}: input.shape[-2] must be greater than or equal to input.shape[-1]")
    if tau.ndim and n < tau.shape[-1]:
        raise RuntimeError(f"{name}: input.shape[-1] must be greater than or equal to tau.shape[-1]")
    _check_tau(name, input, tau, "tau dtype {tau} does not match input dtype {x}")
    _check_lapack("orgqr", input)
    return [columns(tuple(input.shape), input.dtype)]


@ormqr_op.meta
def _(self, input2, input3, left, transpose):
    name, side = "torch.ormqr", -2 if left else -1
    for x, called in ((self, "input"), (input3, "other")):
        if x.ndim < 2:
            raise RuntimeError(f"{name}: {called} must have at least 2 dimensions.")
    m, n = self.shape[-2:]
    if input3.shape[side] != m:
        raise RuntimeError(f"{name}: other.shape[{side}] must be equal to input.shape[-2]")
    if input2.ndim and input2.shape[-1] > min(m, n):
        raise RuntimeError(f"{name}: tau.shape[-1] must be less than or equal to min(other.shape[{side}], input.shape[-1])")
    _check_tau(name, self, input2, "Expected input and tau to have the same dtype, but input has dtype{x} and tau has dtype {tau}")
    if input3.ndim != self.ndim:
        raise RuntimeError(
            f"{name}: Expected other to have the same number of dimensions as input, but got other.ndim equal to {input3.ndim} and "
            f"input.ndim is equal to {self.ndim}"
        )
    if tuple(input3.shape[:-2]) != tuple(self.shape[:-2]):
        raise RuntimeError(
            f"{name}: Expected batch dimensions of other to be equal to input.shape[:-2], but got {list(input3.shape[:-2])}"
        )
    if input3.dtype is not self.dtype:
        raise RuntimeError(
            f"{name}: Expected input and other to have the same dtype, but input has dtype{self.dtype.scalar_name} and other has "
            f"dtype {input3.dtype.scalar_name}"
        )
    _check_lapack("ormqr", self)
    return [columns(tuple(input3.shape), self.dtype)]


def _adjoint(x):
    return x.transpose(-2, -1).conj()


def _eye(m, n, like):
    from .. import surface  # noqa: PLC0415  # the surface is assembled from this file

    return surface.eye(m, n, dtype=like.dtype, device=like.device)


def compact(packed, tau):
    """V, S, (I + S D)^-1 and T of I - V T V^H."""
    m, k = packed.shape[-2], tau.shape[-1]
    v = packed.narrow(-1, 0, k).tril(-1) + _eye(m, k, packed)
    s = (_adjoint(v) @ v).triu(1)
    inner = _eye(k, k, packed) + s * tau.unsqueeze(-2)
    inverted = linalg_solve_triangular(inner, _eye(k, k, packed).expand(inner.shape), upper=True, unitriangular=True)
    return v, s, inverted, tau.unsqueeze(-1) * inverted


@linalg_householder_product_op.decompose
def _(input, tau):
    v, _, _, t = compact(input, tau)
    n = input.shape[-1]
    return by_columns(_eye(input.shape[-2], n, input) - v @ (t @ _adjoint(v).narrow(-1, 0, n)))


@ormqr_op.decompose
def _(self, input2, input3, left, transpose):
    v, _, _, t = compact(self, input2)
    t = _adjoint(t) if transpose else t
    taken = v @ (t @ (_adjoint(v) @ input3)) if left else ((input3 @ v) @ t) @ _adjoint(v)
    return by_columns(input3 - taken)


# -- the names users type ------------------------------------------------------------------------------------------------------

_GEQRF = structure("geqrf", "a tau")


@binding("geqrf")
def geqrf(input, *, out=None):
    """(a, tau) of matrices (*, m, n): R on and above a's diagonal, the reflections' vectors below it, their factors in tau (*, min(m, n)).

    The input is float32, float64 or complex. Source: torch.geqrf; LAPACK's routine of that name.
    """
    return _GEQRF(*given(out, *geqrf_op(input), cast=True))


def householder_product(input, tau, *, out=None):
    """The first n columns of H_1 ... H_k, H_i = I - tau_i v_i v_i^H, v_i from below the diagonal of column i of the input (*, m, n).

    tau is (*, k) with k <= n <= m, of the input's dtype (float32, float64 or complex); RuntimeError for other shapes.
    Source: torch.linalg.householder_product.
    """
    return given(out, linalg_householder_product_op(input, tau), cast=True)


binding("_linalg_public_householder_product", method=False, function=False, python="linalg.householder_product")(
    householder_product
)


@binding("orgqr")
def orgqr(input, input2, *, out=None):
    """The older name of linalg.householder_product."""
    return householder_product(input, input2, out=out)


@binding("ormqr")
def ormqr(input, input2, input3, left=True, transpose=False, *, out=None):
    """Q input3, or input3 Q for left=False, for the whole m by m Q of the reflections in input (*, m, n) and input2 (tau); Q^H with transpose.

    All of one dtype (float32, float64 or complex) and batch; RuntimeError otherwise. Source: torch.ormqr.
    """
    return given(out, ormqr_op(input, input2, input3, left, transpose))
