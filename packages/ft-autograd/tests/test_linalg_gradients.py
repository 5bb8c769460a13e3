"""Gradients of linear algebra and transforms against finite differences; what a phase leaves free is taken as moduli."""

import pytest

from ft_autograd.gradcheck import gradcheck, gradgradcheck
from ft_core import complex128, float64
from ft_dispatch import surface as torch

raw = torch.raw
CASES = {
    "cholesky": ((4, 4), lambda x: raw.linalg_cholesky_ex(x @ x.mT.conj() + 4 * torch.eye(4, dtype=x.dtype))[0]),
    "qr": ((5, 3), raw.linalg_qr),
    "qr wide": ((3, 5), raw.linalg_qr),
    "svd": ((5, 3), lambda x: tuple(t.abs() for t in raw._linalg_svd(x))),
    "svd wide": ((3, 5), lambda x: tuple(t.abs() for t in raw._linalg_svd(x))),
    "eigh": ((3, 3), lambda x: tuple(t.abs() for t in raw._linalg_eigh(x + x.mT.conj()))),
    "singular values": ((4, 3), lambda x: raw._linalg_svd(x, False, False)[1]),
    "eigenvalues of eigh": ((3, 3), lambda x: raw._linalg_eigh(x + x.mT.conj(), "L", False)[0]),
    "det": ((2, 3, 3), lambda x: raw._linalg_det(x)[0]),
    "slogdet": ((3, 3), lambda x: raw._linalg_slogdet(x)[:2]),
    "logdet": ((3, 3), lambda x: torch.logdet(x @ x.mT.conj()) + torch.slogdet(x)[1] * 1j),
    "singular values in a complex sum": ((3, 2), lambda x: torch.linalg.svdvals(x) * (1 + 2j)),
    "eigenvalues in a complex sum": ((3, 3), lambda x: raw._linalg_eigh(x + x.mT.conj())[0] * (1 + 2j)),
    "inv": ((3, 3), lambda x: raw.linalg_inv_ex(x)[0]),
    "solve": ((3, 3), lambda x: raw._linalg_solve_ex(x, x * 2 + 1)[0]),
    "pinv": ((4, 3), raw.linalg_pinv_atol_rtol_tensor),
    "lu_factor": ((3, 3), lambda x: raw.linalg_lu_factor_ex(x)[0]),
    "lu_factor tall": ((2, 4, 2), lambda x: raw.linalg_lu_factor_ex(x)[0]),
    "lu_factor wide": ((3, 5), lambda x: raw.linalg_lu_factor_ex(x)[0]),
    "lu": ((4, 3), lambda x: torch.linalg.lu(x)[1:]),
    "lu_solve": ((3, 3), lambda x: raw.linalg_lu_solve(*raw.linalg_lu_factor_ex(x)[:2], x * 2 + 1)),
    "lu_solve adjoint": ((3, 3), lambda x: raw.linalg_lu_solve(*raw.linalg_lu_factor_ex(x)[:2], x * 2 + 1, adjoint=True)),
    "lu_solve right": ((3, 3), lambda x: raw.linalg_lu_solve(*raw.linalg_lu_factor_ex(x)[:2], x + 1, left=False)),
    "lu_solve right adjoint": (
        (3, 3),
        lambda x: raw.linalg_lu_solve(*raw.linalg_lu_factor_ex(x)[:2], x + 1, left=False, adjoint=True),
    ),
    "householder_product": ((5, 3), lambda x: raw.linalg_householder_product(x, x[1, :2])),
    "ormqr": ((4, 3), lambda x: raw.ormqr(x, x[1], x)),
    "ormqr transposed": ((2, 4, 3), lambda x: raw.ormqr(x, x[:, 1], x, True, True)),
    "ormqr right": ((4, 3), lambda x: raw.ormqr(x, x[1], x.mT, False)),
    "ormqr right transposed": ((4, 3), lambda x: raw.ormqr(x, x[1], x.mT, False, True)),
    "matrix_exp": ((2, 3, 3), raw.linalg_matrix_exp),
    "lstsq": ((4, 3), lambda x: torch.linalg.lstsq(x, x.cos())[0]),
    "fft": ((3, 4), lambda x: raw._fft_c2c(x.to(complex128), (0, 1), 1, True)),
    "irfft": ((3, 4), lambda x: raw._fft_c2r(x.to(complex128), (0, 1), 2, 7)),
}


@pytest.mark.parametrize("kind", [float64, complex128])
@pytest.mark.parametrize("name", CASES)
def test_gradient(name, kind) -> None:
    shape, function = CASES[name]
    torch.manual_seed(0)
    x = torch.randn(shape, dtype=kind).requires_grad_()
    assert gradcheck(function, (x,))


@pytest.mark.parametrize(
    "name", ["lu_factor wide", "lu_factor tall", "lu_solve", "householder_product", "ormqr right", "matrix_exp"]
)
def test_second_gradient(name) -> None:
    shape, function = CASES[name]
    torch.manual_seed(0)
    assert gradgradcheck(function, (torch.randn(shape, dtype=float64).requires_grad_(),))


def test_nothing_reflected_has_no_gradient() -> None:
    packed, tau, other = (torch.ones(s, dtype=float64).requires_grad_() for s in ((3, 0), (0,), (3, 2)))
    raw.ormqr(packed, tau, other).sum().backward()
    assert packed.grad is None
    assert other.grad.tolist() == [[1, 1]] * 3


def test_ldl_solve_differentiates_in_the_right_hand_side() -> None:
    torch.manual_seed(0)
    x = torch.randn(3, 3, dtype=complex128)
    for hermitian in (False, True):
        packed, pivots, _ = raw.linalg_ldl_factor_ex(x, hermitian=hermitian)
        b = torch.randn(3, 2, dtype=complex128).requires_grad_()
        assert gradcheck(lambda b, f=packed, p=pivots, h=hermitian: raw.linalg_ldl_solve(f, p, b, hermitian=h), (b,))


def test_what_has_no_gradient_computes_and_says_so_in_backward() -> None:
    x = torch.eye(3).requires_grad_()
    packed, pivots, _ = raw.linalg_ldl_factor_ex(x)
    for made in (packed, raw.linalg_ldl_solve(packed, pivots, torch.eye(3)), raw.geqrf(x)[0]):
        assert made.requires_grad
        with pytest.raises(NotImplementedError, match="is not implemented"):
            made.sum().backward()


@pytest.mark.parametrize("name", ["singular values", "eigenvalues of eigh", "svd", "eigh", "cholesky", "qr"])
def test_forward_mode(name) -> None:
    shape, function = CASES[name]
    torch.manual_seed(0)
    assert gradcheck(function, (torch.randn(shape, dtype=float64).requires_grad_(),), check_forward_ad=True)
