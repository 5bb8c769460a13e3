"""segment_reduce above the kernel: its decomposition, its gradient where elements repeat, vanish or are NaN, and its refusals."""

from __future__ import annotations

import math

import pytest

import ft_autograd
from ft_core import float64
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS

X = torch.tensor([[1.0, 0.0, 2.0, 2.0, 0.0, 3.0], [0.5, 0.0, 0.0, -1.0, 4.0, 4.0]], dtype=float64)
OFFSETS = torch.tensor([[0, 2, 2, 5], [1, 1, 4, 6]])
RECORD = OPS["segment_reduce"]


@pytest.mark.parametrize("initial", [None, 2.0])
@pytest.mark.parametrize("how", ["sum", "mean", "prod", "max", "min"])
def test_the_decomposition_is_the_kernel(how, initial) -> None:
    args = (X, how, None, None, OFFSETS, 1, False, initial)
    assert torch.equal(RECORD.decomposition(*args).nan_to_num(7), RECORD(*args).nan_to_num(7))


@pytest.mark.parametrize("how", ["sum", "mean", "prod"])
def test_gradients_equal_differences(how) -> None:
    x = X.clone().requires_grad_()

    def reduced(x):
        return torch.segment_reduce(x, how, offsets=OFFSETS, axis=1, initial=1.5)

    assert ft_autograd.gradcheck(reduced, (x,))
    assert ft_autograd.gradgradcheck(reduced, (x + 5,))  # away from zero, where a product's second derivative divides


@pytest.mark.parametrize(
    ("how", "values", "expected"),
    [
        ("max", [2.0, 2.0, 1.0], [0.5, 0.5, 0.0]),  # equal elements share
        ("max", [1.0, math.nan, 2.0], [0.0, 1.0, 0.0]),
        ("prod", [0.0, 2.0, 3.0], [6.0, 0.0, 0.0]),
        ("prod", [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]),
        ("prod", [math.nan, 2.0, 3.0], [6.0, math.nan, math.nan]),
    ],
)
def test_gradient_of_a_segment(how, values, expected) -> None:
    x = torch.tensor([*values, 9.0], requires_grad=True)
    torch.segment_reduce(x, how, lengths=torch.tensor([3]), unsafe=True).sum().backward()
    assert x.grad.tolist() == pytest.approx([*expected, 0], nan_ok=True)


def test_the_older_name_is_the_same_function() -> None:
    assert torch._segment_reduce(X[0], "sum", lengths=torch.tensor([6])).tolist() == [8]


def test_offsets_are_read_where_lengths_are_given_too() -> None:
    assert torch.segment_reduce(X[0], "sum", lengths=torch.tensor([2, 4]), offsets=torch.tensor([0, 6])).tolist() == [8]


LENGTHS = torch.tensor([6])


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: torch.segment_reduce(X[0], "sum"), RuntimeError, "Either lengths or offsets must be defined"),
        (lambda: torch.segment_reduce(X[0], "sum", lengths=LENGTHS, indices=LENGTHS), RuntimeError, "indices based reduction"),
        (lambda: torch.segment_reduce(X[0], "median", lengths=LENGTHS), RuntimeError, "reduce argument must be either"),
        (lambda: torch.segment_reduce(X, "sum", lengths=LENGTHS, axis=1), RuntimeError, "axis to be the last dimension of lengths"),
        (lambda: torch.segment_reduce(X, "sum", offsets=OFFSETS[:1], axis=1), RuntimeError, "the same sizes before dimension 1"),
        (lambda: torch.segment_reduce(LENGTHS, "sum", lengths=LENGTHS), NotImplementedError, "not implemented for 'Long'"),
        (lambda: torch.segment_reduce(X[0], "sum", lengths=X[0]), RuntimeError, "expected lengths to be int32 or int64"),
        (lambda: torch._chunk_cat([X], 0, 0), RuntimeError, "expects positive num_chunks"),
        (lambda: torch._chunk_cat([], 0, 1), RuntimeError, "a non-empty input tensor list"),
        (lambda: torch._chunk_cat([X[:0]], 0, 1), RuntimeError, "expects non-empty tensor"),
        (lambda: torch._chunk_cat([X, X[0]], 1, 1), RuntimeError, "dim < ndim for all input tensors"),
        (lambda: torch._chunk_cat([X, X[:1]], 1, 1), RuntimeError, "same sizes of 0,...,dim-1"),
        (
            lambda: torch._chunk_cat([X, X[None]], -1, 1),
            RuntimeError,
            "expects non-negative dim when input tensors have different ndims",
        ),
    ],
)
def test_refusals(make, error, text) -> None:
    with pytest.raises(error, match=text):
        make()
