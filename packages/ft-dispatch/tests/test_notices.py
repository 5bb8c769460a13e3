"""Warnings that torch gives once a process. Texts: torch 2.13.0."""

import warnings

import numpy as np
import pytest

import ft_autograd  # noqa: F401  # some of them are about gradients
from ft_core import notices
from ft_dispatch import surface as torch


def _read_only():
    array = np.ones(2)
    array.flags.writeable = False
    return array


ONCE = {
    "meshgrid": (lambda: torch.meshgrid(torch.arange(2)), "torch.meshgrid: in an upcoming release"),
    "cross": (lambda: torch.cross(torch.ones(3), torch.ones(3)), "Using torch.cross without specifying the dim arg is deprecated"),
    "chain_matmul": (lambda: torch.chain_matmul(torch.eye(2), torch.eye(2)), "torch.chain_matmul is deprecated"),
    "cholesky": (lambda: torch.cholesky(torch.eye(2)), "torch.cholesky is deprecated in favor of torch.linalg.cholesky"),
    "qr": (lambda: torch.qr(torch.eye(2)), "torch.qr is deprecated in favor of torch.linalg.qr"),
    "lu": (lambda: torch.lu(torch.eye(2)), "torch.lu is deprecated in favor of torch.linalg.lu_factor"),
    "triangular_solve": (lambda: torch.triangular_solve(torch.eye(2), torch.eye(2)), "torch.triangular_solve is deprecated"),
    "complex to real": (lambda: torch.ones(1, dtype=torch.complex64).float(), "Casting complex values to real discards"),
    "complex into real": (lambda: torch.ones(1).copy_(torch.tensor([1j])), "Casting complex values to real discards"),
    "float of what requires grad": (
        lambda: float(torch.ones(1, requires_grad=True)),
        "Converting a tensor with requires_grad=True",
    ),
    "read-only array": (lambda: torch.from_numpy(_read_only()), "The given NumPy array is not writable"),
    "read-only buffer": (lambda: torch.frombuffer(b"ab", dtype=torch.uint8), "The given buffer is not writable"),
    "old form": (
        lambda: torch.ones(1).add_(2, torch.ones(1)),
        "This overload of add_ is deprecated:\n\tadd_\\(Number alpha, Tensor other",
    ),
    "bytes as condition": (lambda: torch.where(torch.ones(1, dtype=torch.uint8), 1, 2), "where received a uint8 condition"),
}

EACH_TIME = {
    "range": (lambda: torch.range(0, 3), "torch.range is deprecated"),
    "std": (lambda: torch.std(torch.ones(1, 3), 0), r"std\(\): degrees of freedom is <= 0"),
    "var": (lambda: torch.var(torch.ones(1, 4), 0), r"var\(\): degrees of freedom is <= 0"),
    "new_tensor": (lambda: torch.ones(1).new_tensor(torch.ones(1)), "To copy construct from a tensor"),
    "bytes as index": (
        lambda: torch.ones(1)[torch.ones(1, dtype=torch.uint8)],
        "indexing with dtype torch.uint8 is now deprecated",
    ),
}


@pytest.fixture
def nothing_given(monkeypatch):
    monkeypatch.setattr(notices, "GIVEN", set())


def _given(call):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    return caught


@pytest.mark.parametrize("case", ONCE)
@pytest.mark.usefixtures("nothing_given")
def test_is_given_once_for_the_line_of_the_program(case):
    call, text = ONCE[case]
    with pytest.warns(UserWarning, match=text) as caught:
        call()
    assert caught[0].filename == __file__
    assert not _given(call)


@pytest.mark.parametrize("case", EACH_TIME)
def test_is_given_for_the_line_of_the_program(case):
    call, text = EACH_TIME[case]
    with pytest.warns(UserWarning, match=text) as caught:
        call()
    assert caught[0].filename == __file__


@pytest.mark.usefixtures("nothing_given")
def test_always_is_each_time(monkeypatch):
    monkeypatch.setattr(notices, "_always", False)
    notices.set_always(True)
    assert notices.is_always()
    assert [len(_given(lambda: torch.meshgrid(torch.arange(2)))) for _ in range(2)] == [1, 1]
    notices.set_always(False)
    assert not _given(lambda: torch.meshgrid(torch.arange(2)))


@pytest.mark.parametrize(
    "call",
    [
        lambda: torch.meshgrid(torch.arange(2), indexing="ij"),
        lambda: torch.cross(torch.ones(3), torch.ones(3), dim=0),
        lambda: torch.ones(1, dtype=torch.complex64).bool(),
        lambda: float(torch.ones(1, requires_grad=True).detach()),
        lambda: torch.from_numpy(np.ones(2)),
        lambda: torch.std(torch.ones(2, 3), 0),
        lambda: torch.ones(1).add_(torch.ones(1), alpha=2),
    ],
)
@pytest.mark.usefixtures("nothing_given")
def test_what_is_right_is_done_without_a_word(call):
    assert not _given(call)
