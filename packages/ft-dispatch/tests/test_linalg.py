"""Linear algebra and transforms above the kernels: how results lie in memory, what is refused in torch's words, the composed names."""

from __future__ import annotations

import pytest

from ft_core import complex64, int32
from ft_core.errors import LinAlgError
from ft_dispatch import surface as torch

linalg = torch.linalg


def columns(shape):
    """Strides of a batch of matrices stored column by column."""
    *batch, m, n = shape
    found, step = [], m * n
    for size in reversed(batch):
        found.insert(0, step)
        step *= size
    return (*found, 1, m)


def spd(*batch):
    torch.manual_seed(0)
    x = torch.randn(*batch, 4, 4)
    return x @ x.mT + 4 * torch.eye(4)


FACTORS = {
    "cholesky": linalg.cholesky,
    "cholesky upper": lambda x: linalg.cholesky(x, upper=True),
    "eigh": lambda x: linalg.eigh(x)[1],
    "eig": lambda x: linalg.eig(x)[1],
    "inv": linalg.inv,
    "ldl": lambda x: linalg.ldl_factor(x)[0],
    "lu": lambda x: linalg.lu_factor(x)[0],
    "qr": lambda x: linalg.qr(x)[0],
    "geqrf": lambda x: torch.geqrf(x)[0],
    "householder": lambda x: linalg.householder_product(*torch.geqrf(x)),
    "solve": lambda x: linalg.solve(x, x[..., :2]),
    "lu_solve": lambda x: linalg.lu_solve(*linalg.lu_factor(x), x[..., :2]),
    "lstsq": lambda x: linalg.lstsq(x, x[..., :2])[0],
    "svd": lambda x: linalg.svd(x)[2],
    "triangular": lambda x: torch.triangular_solve(x[..., :2], x)[1],
}


@pytest.mark.parametrize("requires_grad", [False, True])
@pytest.mark.parametrize("batch", [(), (3,), (2, 3)])
@pytest.mark.parametrize("name", FACTORS)
def test_factors_lie_column_by_column(name, batch, requires_grad) -> None:
    for x in (spd(*batch), spd(*batch).mT):
        made = FACTORS[name](x.detach().requires_grad_(requires_grad))
        assert made.stride() == columns(made.shape)


def test_a_system_from_the_right_lies_row_by_row() -> None:
    assert linalg.solve(spd(2), torch.ones(2, 3, 4), left=False).stride() == (12, 4, 1)
    assert linalg.lu_solve(*linalg.lu_factor(spd()), torch.ones(3, 4), left=False).stride() == (4, 1)


def test_the_solution_of_a_tall_system_is_the_top_of_its_right_hand_side() -> None:
    assert linalg.lstsq(torch.eye(5, 3), torch.ones(5, 2))[0].stride() == (1, 5)


@pytest.mark.parametrize(
    ("dim", "strides"), [((2,), (30, 6, 1)), ((1,), (30, 1, 5)), ((0,), (1, 24, 4)), ((1, 0), (5, 1, 20)), ((0, 1, 2), (30, 6, 1))]
)
def test_a_transform_leaves_its_dims_innermost(dim, strides) -> None:
    x = torch.zeros(4, 5, 6, dtype=complex64)
    assert torch.fft.fftn(x, dim=dim).stride() == strides
    assert torch.fft.ifftn(x.to("meta"), dim=dim).stride() == strides


def test_places_lie_dim_by_dim() -> None:
    x = torch.tensor([[1, 0], [2, 3]])
    assert torch.argwhere(x).tolist() == [[0, 0], [1, 0], [1, 1]]
    assert torch.argwhere(x).stride() == torch.nonzero(x).stride() == (1, 3)


def test_lu_comes_apart_and_together() -> None:
    for shape in ((3, 5), (5, 3), (2, 4, 4)):
        torch.manual_seed(1)
        x = torch.randn(shape, dtype=torch.float64)
        p, low, up = linalg.lu(x)
        assert torch.allclose(p @ low @ up, x)
        assert all(torch.equal(a, b) for a, b in zip((p, low, up), torch.lu_unpack(*torch.lu(x)), strict=True))
    p, low, up = torch.lu_unpack(*torch.lu(x), unpack_data=False)
    assert (tuple(low.shape), tuple(up.shape), p.dtype) == ((0,), (0,), x.dtype)
    info = torch.lu(torch.zeros(2, 2), get_infos=True)[2]
    assert info.item() == 1


def test_lu_solve_undoes_each_form_of_its_product() -> None:
    torch.manual_seed(2)
    a, b = (torch.randn(2, 3, 3, dtype=torch.complex128) for _ in range(2))
    packed = linalg.lu_factor(a)
    assert torch.allclose(a @ linalg.lu_solve(*packed, b), b)
    assert torch.allclose(a.mH @ linalg.lu_solve(*packed, b, adjoint=True), b)
    assert torch.allclose(linalg.lu_solve(*packed, b, left=False) @ a, b)
    assert torch.allclose(linalg.lu_solve(*packed, b, left=False, adjoint=True) @ a.mH, b)
    assert torch.equal(torch.lu_solve(b, *packed), linalg.lu_solve(*packed, b))


def test_ormqr_applies_the_whole_product() -> None:
    torch.manual_seed(3)
    x, c = torch.randn(5, 3, dtype=torch.complex128), torch.randn(5, 2, dtype=torch.complex128)
    packed, tau = torch.geqrf(x)
    whole = torch.ormqr(packed, tau, torch.eye(5, dtype=x.dtype))
    assert torch.allclose(whole.mH @ whole, torch.eye(5, dtype=x.dtype))
    assert torch.allclose(whole[:, :3], linalg.householder_product(packed, tau))
    assert torch.allclose(whole[:, :3] @ packed[:3].triu(), x)
    assert torch.allclose(torch.ormqr(packed, tau, c, transpose=True), whole.mH @ c)
    assert torch.allclose(torch.ormqr(packed, tau, c.mT, left=False), c.mT @ whole)


def test_low_rank_factors_find_a_low_rank() -> None:
    torch.manual_seed(4)
    x = torch.randn(9, 2, dtype=torch.float64) @ torch.randn(2, 6, dtype=torch.float64)
    for matrix in (x, x.mT):
        u, s, v = torch.svd_lowrank(matrix, q=3)
        assert torch.allclose((u * s) @ v.mT, matrix)
    u, s, v = torch.pca_lowrank(x + 5, q=3)
    assert torch.allclose((u * s) @ v.mT, x - x.mean(0))
    shifted = torch.svd_lowrank(x + 5, q=3, M=torch.full((9, 6), 5.0, dtype=torch.float64))
    assert torch.allclose((shifted[0] * shifted[1]) @ shifted[2].mT, x)


def test_the_power_of_nothing_is_recorded() -> None:
    x = torch.ones(2, 2).requires_grad_()
    made = linalg.matrix_power(x, 0)
    assert made.tolist() == [[1, 0], [0, 1]]
    made.sum().backward()
    assert x.grad.tolist() == [[0, 0], [0, 0]]


def test_vander_takes_a_lone_number() -> None:
    assert linalg.vander(torch.tensor(3.0), N=3).tolist() == [[1, 3, 9]]
    with pytest.raises(RuntimeError, match="but got Bool"):
        linalg.vander(torch.tensor([True, False]))


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (2, 0, 3)])
def test_the_norm_of_an_empty_matrix_is_zero(shape) -> None:
    x = torch.zeros(shape)
    for order in ("fro", "nuc", 2, 1 if shape[-1] == 0 else float("inf")):
        assert not linalg.matrix_norm(x, order).any()


REFUSALS = [
    (lambda: linalg.lu(torch.ones(3)), RuntimeError, "linalg.lu: Expected tensor with 2 or more dimensions"),
    (lambda: linalg.lu(torch.ones(2, 2, dtype=int32)), NotImplementedError, "\"lu_cpu\" not implemented for 'Int'"),
    (lambda: torch.lu_unpack(torch.eye(3), torch.tensor([1, 2, 3])), RuntimeError, "contiguous tensor of torch.int32"),
    (lambda: torch.lu_unpack(torch.eye(3), torch.tensor([1, 2, 9]).int()), RuntimeError, "between 1 and LU.size"),
    (lambda: linalg.lu_solve(torch.eye(3), torch.tensor([1, 2, 0]).int(), torch.eye(3)), RuntimeError, "between 1 and LU.size"),
    (lambda: linalg.lu_solve(torch.eye(3), torch.tensor([1, 2, 3]).int(), torch.ones(4, 3)), RuntimeError, "equation AX = B"),
    (lambda: linalg.lu_solve(torch.eye(3), torch.tensor([1, 2]).int(), torch.eye(3)), RuntimeError, "Number of pivots"),
    (lambda: linalg.ldl_factor(torch.zeros(2, 2)), LinAlgError, "D\\[1,1\\] is zero"),
    (lambda: linalg.ldl_solve(torch.eye(3), torch.ones(3), torch.eye(3)), RuntimeError, "pivots to be integers. Got Float"),
    (lambda: linalg.ldl_solve(torch.eye(3), torch.tensor([1, 2, 7]), torch.eye(3)), RuntimeError, "pivots between 1 and 3"),
    (lambda: linalg.householder_product(torch.ones(2, 3), torch.ones(2)), RuntimeError, "must be greater than or equal to"),
    (lambda: linalg.householder_product(torch.ones(3, 3), torch.ones(2).double()), RuntimeError, "tau dtype Double does not"),
    (lambda: torch.ormqr(torch.ones(3, 2), torch.ones(2), torch.ones(2, 2)), RuntimeError, "other.shape\\[-2\\] must be equal"),
    (lambda: torch.geqrf(torch.ones(3)), RuntimeError, "input must have at least 2 dimensions"),
    (lambda: torch.matrix_exp(torch.ones(2, 3)), RuntimeError, "batches of square matrices"),
    (lambda: torch.pca_lowrank(torch.ones(4, 3), q=5), ValueError, "not greater than min"),
    (lambda: torch.pca_lowrank(torch.ones(4, 3), niter=-1), ValueError, "niter"),
    (lambda: linalg.matrix_norm(torch.ones(2, 2).bfloat16(), 2), RuntimeError, "Low precision dtypes not supported"),
    (lambda: linalg.matrix_norm(torch.ones(2, 2), dim=(0, 5)), IndexError, "Dimension out of range"),
    (lambda: linalg.matrix_norm(torch.ones(2, 2).double(), dtype=torch.float32), RuntimeError, "without narrowing"),
    (lambda: linalg.norm(torch.ones(2, 2, 2), "fro"), RuntimeError, "the input must be 1D or 2D. Got 3D"),
]


@pytest.mark.parametrize(("call", "error", "words"), REFUSALS)
def test_refusals_are_torchs(call, error, words) -> None:
    with pytest.raises(error, match=words):
        call()
