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
    assert set(CALLS) == set(functional.__all__)
    assert set(RECORDED) == set(functional.__all__)


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
