"""torch.masked: what is masked out counts for nothing, whatever it holds; rows without a mask give the neutral element."""

from __future__ import annotations

import math

import pytest

import ft_autograd  # noqa: F401  # gradients are asked for
from ft_core import float32, int64
from ft_dispatch import surface as torch

NAMES = sorted(name.removeprefix("masked.") for name in torch.PUBLIC if name.startswith("masked."))
X = torch.tensor([[3.0, -1.0, math.nan, 2.0], [0.5, math.inf, 4.0, -2.0]])
MASK = torch.tensor([[True, True, False, True], [True, False, True, True]])
KEPT = torch.tensor([[3.0, -1.0, 2.0], [0.5, 4.0, -2.0]])
PLAIN = {
    "amax": lambda x: x.amax(1),
    "amin": lambda x: x.amin(1),
    "logsumexp": lambda x: x.logsumexp(1),
    "mean": lambda x: x.mean(1),
    "median": lambda x: x.median(1).values,
    "prod": lambda x: x.prod(1),
    "std": lambda x: x.std(1),
    "sum": lambda x: x.sum(1),
    "var": lambda x: x.var(1),
}
NEUTRAL = {"amax": -math.inf, "amin": math.inf, "logsumexp": -math.inf, "mean": math.nan, "median": math.nan, "prod": 1, "sum": 0}


def of(name):
    return torch.PUBLIC[f"masked.{name}"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_reduction_sees_only_what_the_mask_lets_through(name) -> None:
    assert of(name)(X, 1, mask=MASK).tolist() == pytest.approx(PLAIN[name](KEPT).tolist(), rel=1e-6)
    assert of(name)(KEPT, 1).tolist() == pytest.approx(PLAIN[name](KEPT).tolist(), rel=1e-6)


@pytest.mark.parametrize("name", NEUTRAL)
def test_a_row_without_elements_is_neutral(name) -> None:
    found = of(name)(X, 1, mask=torch.tensor([False]))
    assert found.tolist() == pytest.approx([NEUTRAL[name]] * 2, nan_ok=True)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmin"])
def test_softmax_over_the_rest(name) -> None:
    plain = {"softmax": torch.softmax, "log_softmax": torch.log_softmax, "softmin": lambda x, d: torch.softmax(-x, d)}[name]
    found = of(name)(X, 1, mask=MASK).masked_select(MASK).reshape(2, 3)
    assert torch.allclose(found, plain(KEPT, 1))


def test_running_sums_and_products_pass_over() -> None:
    assert of("cumsum")(X, 1, mask=MASK).tolist() == [[3, 2, 2, 4], [0.5, 0.5, 4.5, 2.5]]
    assert of("cumprod")(X, 1, mask=MASK).tolist() == [[3, -3, -3, -6], [0.5, 0.5, 2, -4]]


def test_places_norms_and_pairs() -> None:
    assert of("argmax")(X, 1, mask=MASK).tolist() == [0, 2]
    assert of("argmin")(X, 1, mask=MASK).tolist() == [1, 3]
    assert of("norm")(X, 2.0, 1, mask=MASK).tolist() == pytest.approx(KEPT.norm(dim=1).tolist())
    assert of("normalize")(X, 1.0, 1, mask=MASK).tolist()[0] == pytest.approx([0.5, -1 / 6, 0, 1 / 3])
    one, two = torch.tensor([0.0, 1.0]), torch.tensor([0.0, 5.0])
    pair = of("logaddexp")(one, two, input_mask=torch.tensor([True, False]), other_mask=torch.tensor([True, True]))
    assert pair.tolist() == pytest.approx([math.log(2), 5])


def test_no_gradient_reaches_what_is_masked_out() -> None:
    x = X.clone().requires_grad_()
    of("sum")(x * 2, mask=MASK).backward()
    assert x.grad.masked_select(MASK.logical_not()).tolist() == [0, 0]
    assert x.grad.masked_select(MASK).tolist() == [2] * 6


def test_dtypes() -> None:
    whole = torch.tensor([1, 2, 3])
    assert of("sum")(whole).dtype is int64
    assert of("var")(whole).dtype is float32
    assert of("argmax")(X, 0, mask=MASK).dtype is float32
    assert of("median")(whole, 0).item() == 2


def test_every_function_of_the_room_is_here() -> None:
    tested = {
        *PLAIN,
        *NEUTRAL,
        "softmax",
        "log_softmax",
        "softmin",
        "cumsum",
        "cumprod",
        "argmax",
        "argmin",
        "norm",
        "normalize",
        "logaddexp",
    }
    assert set(NAMES) == tested


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: of("sum")(X, (0, 0)), RuntimeError, "dim=0 appears multiple times"),
        (lambda: of("sum")(X, 2), IndexError, r"expected to be in range of \[-2, 1\], but got 2"),
        (lambda: of("sum")(X, mask=MASK[None]), IndexError, "mask dimensionality higher"),
        (lambda: of("mean")(torch.tensor([1, 2])), ValueError, "floating point or complex dtype"),
        (lambda: of("median")(torch.tensor([1, 2]), 0, mask=torch.tensor([False])), ValueError, "no fully masked out rows"),
        (lambda: of("var")(X, None, True, correction=1), AssertionError, "Only one of unbiased and correction"),
        (lambda: of("amax")(torch.tensor([1j])), NotImplementedError, "identity of amax"),
    ],
)
def test_refusals(make, error, text) -> None:
    with pytest.raises(error, match=text):
        make()
