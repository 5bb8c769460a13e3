"""Every public name of ft_nn.functional, called: with torch's recorded sums, and against torch where it is installed.

A function that is listed but cannot be called, or is not listed in the samples, fails here.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from functional_samples import CALLS

from ft_core import Tensor
from ft_dispatch import surface
from ft_nn import functional

RECORDED = json.loads((Path(__file__).parent / "functional_sums.json").read_text(encoding="utf-8"))
"""name -> [[shape, weighted sum], …] of torch 2.13's results."""


COMPUTING = set(functional.__all__) - set(
    """
    TYPE_CHECKING ScalingType SwizzleType Tensor assert_int_or_pair boolean_dispatch handle_torch_function has_torch_function
    has_torch_function_unary has_torch_function_variadic
    """.split()
)
"""Every public name but those that write functions instead of computing; they have tests of their own below."""


def outputs(made):
    """The tensors of a result, as float64 arrays."""
    if isinstance(made, (list, tuple)):
        return [a for part in made for a in outputs(part)]
    return [] if made is None else [np.asarray(made.detach().numpy(), np.float64)]


def summary(array):
    """Shape, and a sum that no two elements enter equally."""
    weights = np.cos(np.arange(array.size) * 0.6180339887)  # source: the golden ratio, whose multiples spread
    return [list(array.shape), float((array.reshape(-1) * weights).sum())]


def called(name, t, f):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CALLS[name](t, f)


def test_every_public_name_has_a_sample():
    assert set(CALLS) == COMPUTING
    assert set(RECORDED) == COMPUTING


@pytest.mark.parametrize("name", sorted(CALLS))
def test_functional_gives_the_recorded_result(name):
    made = called(name, surface, functional)
    found = [summary(a) for a in outputs(made)]
    assert [shape for shape, _ in found] == [shape for shape, _ in RECORDED[name]]
    assert [total for _, total in found] == pytest.approx([total for _, total in RECORDED[name]], rel=2e-5, abs=2e-5)


@pytest.mark.parametrize("name", sorted(n for n in CALLS if n.endswith("_")))
def test_functional_in_place_returns_its_argument(name):
    seen = []

    class Recording:
        def __getattr__(self, wanted):
            def run(first, *rest):
                seen.append((first, getattr(functional, wanted)(first, *rest)))
                return seen[-1][1]

            return run

    called(name, surface, Recording())
    assert isinstance(seen[0][0], Tensor)
    assert seen[0][0] is seen[0][1]


@pytest.mark.oracle
@pytest.mark.parametrize("name", sorted(CALLS))
def test_functional_equals_torch(name):
    torch = pytest.importorskip("torch")
    mine, theirs = (outputs(called(name, t, f)) for t, f in ((surface, functional), (torch, torch.nn.functional)))
    assert len(mine) == len(theirs)
    for a, b in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-6)
    assert [summary(b) for b in theirs] == [[shape, pytest.approx(total, rel=1e-5, abs=1e-5)] for shape, total in RECORDED[name]]


def test_choice_by_a_flag():
    def yes(a, flag=False):
        """Doc."""
        return ("yes", a)

    def no(a, flag=False):
        return ("no", a)

    both = functional.boolean_dispatch("flag", 1, False, yes, no, "m", "both")
    assert [both(1), both(1, True), both(1, flag=True), both(1, False)] == [("no", 1), ("yes", 1), ("yes", 1), ("no", 1)]
    assert (both.__doc__, no.__doc__, both.__module__, both.__name__) == ("Doc.", "Doc.", "m", "both")
    with pytest.raises(RuntimeError, match="only one function can have a docstring"):
        functional.boolean_dispatch("flag", 1, False, yes, no, None, None)


def test_ints_or_pairs():
    assert functional.assert_int_or_pair(3, "stride", "") is None
    assert functional.assert_int_or_pair((1, 2), "stride", "") is None
    with pytest.raises(AssertionError, match="stride must be a pair"):
        functional.assert_int_or_pair((1, 2, 3), "stride", "{} must be a pair")


def test_functions_of_others_ask_their_arguments():
    class Sees:
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            return (func, types, args, kwargs)

    def mine(a, b):
        return functional.handle_torch_function(mine, (a, b), a, b=b)

    seen, plain = Sees(), surface.ones(1)
    assert functional.has_torch_function((plain, seen))
    assert functional.has_torch_function_unary(seen)
    assert functional.has_torch_function_variadic(plain, seen)
    assert not functional.has_torch_function_variadic(plain, plain)
    assert mine(plain, seen) == (mine, (Sees,), (plain,), {"b": seen})


def test_what_is_not_built_says_so():
    assert not hasattr(functional, "scaled_grouped_mm")
    with pytest.raises(AttributeError, match=r"torch 2\.13 has it, it is not built yet"):
        functional.scaled_grouped_mm  # noqa: B018
    with pytest.raises(AttributeError, match=r"has no attribute 'no_such_name'$"):
        functional.no_such_name  # noqa: B018


REFUSED = {
    "dtype": lambda t, F: F.grouped_mm(t.ones(3, 4, 4, dtype=t.float64), t.ones(3, 4, 4, dtype=t.float64)),
    "rank": lambda t, F: F.grouped_mm(t.ones(4), t.ones(3, 4, 4)),
    "rank of the second": lambda t, F: F.grouped_mm(t.ones(3, 4, 4), t.ones(4)),
    "contraction": lambda t, F: F.grouped_mm(t.ones(3, 4, 4), t.ones(3, 8, 4)),
    "strides": lambda t, F: F.grouped_mm(t.ones(3, 4, 5), t.ones(3, 5, 4)),
    "layout": lambda t, F: F.grouped_mm(t.ones(3, 4, 8)[..., ::2], t.ones(3, 4, 4)),
    "no offsets": lambda t, F: F.grouped_mm(t.ones(4, 4), t.ones(3, 4, 4)),
    "offsets": lambda t, F: F.grouped_mm(t.ones(3, 4, 4), t.ones(3, 4, 4), offs=t.ones(3, dtype=t.int32)),
    "offsets' rank": lambda t, F: F.grouped_mm(t.ones(4, 4), t.ones(3, 4, 4), offs=t.ones(1, 3, dtype=t.int32)),
    "offsets' dtype": lambda t, F: F.grouped_mm(t.ones(4, 4), t.ones(3, 4, 4), offs=t.ones(3, dtype=t.int64)),
    "offsets' number": lambda t, F: F.grouped_mm(t.ones(4, 4), t.ones(3, 4, 4), offs=t.ones(2, dtype=t.int32)),
    "groups": lambda t, F: F.grouped_mm(t.ones(2, 4, 4), t.ones(3, 4, 4)),
    "bias": lambda t, F: F.grouped_mm(t.ones(3, 4, 4), t.ones(3, 4, 4), bias=t.ones(4)),
    "out dtype": lambda t, F: F.grouped_mm(t.ones(3, 4, 4), t.ones(3, 4, 4), out_dtype=t.bfloat16),
}


@pytest.mark.oracle
@pytest.mark.parametrize("name", REFUSED)
def test_grouped_products_refuse_as_torch(name):
    torch = pytest.importorskip("torch")
    with pytest.raises(RuntimeError) as expected:
        REFUSED[name](torch, torch.nn.functional)
    with pytest.raises(RuntimeError) as found:
        REFUSED[name](surface, functional)
    assert str(found.value) == str(expected.value)


def test_scaled_products_name_what_they_take():
    one = surface.ones(())
    with pytest.raises(ValueError, match=r"Invalid scaling configuration(.|\n)*should be float8(.|\n)*=Float,"):
        functional.scaled_mm(
            surface.ones(2, 2), surface.ones(2, 2), one, functional.ScalingType.TensorWise, one, functional.ScalingType.TensorWise
        )
    assert repr(functional.ScalingType.RowWise) == "<_ScalingType.RowWise: 1>"
    assert int(functional.SwizzleType.SWIZZLE_32_4_4) == 1
