"""Gradients of linear algebra and transforms against finite differences; what a phase leaves free is taken as moduli."""

import pytest

from ft_autograd.gradcheck import gradcheck
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
    "det": ((2, 3, 3), lambda x: raw._linalg_det(x)[0]),
    "slogdet": ((3, 3), lambda x: raw._linalg_slogdet(x)[:2]),
    "inv": ((3, 3), lambda x: raw.linalg_inv_ex(x)[0]),
    "solve": ((3, 3), lambda x: raw._linalg_solve_ex(x, x * 2 + 1)[0]),
    "pinv": ((4, 3), raw.linalg_pinv_atol_rtol_tensor),
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
