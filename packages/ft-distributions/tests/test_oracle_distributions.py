"""The table of `distribution_cases` against an installed torch: other seeds than the recorded one, and float32."""

from __future__ import annotations

import distribution_cases as table
import pytest
from agreement import agree

import ft_distributions
from ft_dispatch import surface

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.oracle

SEEDS = (3, 2024)


def libraries(name, dtype):
    dtype = "float32" if name.endswith("-single") else dtype
    return table.Library(ft_distributions, surface, dtype), table.Library(torch.distributions, torch, dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", table.CASES)
def test_distribution_equals_torch(name, dtype, monkeypatch):
    for seed in SEEDS:
        monkeypatch.setattr(table, "SEED", seed)
        ours, theirs = libraries(name, dtype)
        expected = table.observe(table.CASES[name], theirs)
        agree(table.observe(table.CASES[name], ours, expected["points"]), expected, name, ours.dtype)


@pytest.mark.parametrize("name", table.GRADIENTS)
def test_gradients_equal_torch(name, monkeypatch):
    for seed in SEEDS:
        monkeypatch.setattr(table, "SEED", seed)
        ours, theirs = libraries(name, "float64")
        expected = table.observe_gradient(table.GRADIENTS[name], theirs)
        tolerance = "trigamma" if name == "Dirichlet" else "float64"
        agree(table.observe_gradient(table.GRADIENTS[name], ours), expected, name, tolerance)


def test_divergences_are_registered_for_the_same_pairs():
    def pairs(module):
        return {(p.__name__, q.__name__) for p, q in module._KL_REGISTRY}

    assert pairs(ft_distributions.kl) == pairs(torch.distributions.kl)


@pytest.mark.parametrize("module", ["", "constraints", "transforms", "kl", "constraint_registry", "utils"])
def test_names_are_torchs(module):
    ours, theirs = (getattr(library, module) if module else library for library in (ft_distributions, torch.distributions))
    assert set(ours.__all__) == set(theirs.__all__)


def test_families_have_torchs_attributes():
    for name in ft_distributions.__all__:
        theirs = getattr(torch.distributions, name)
        if isinstance(theirs, type):
            public = {each for each in dir(theirs) if not each.startswith("_")}
            assert public <= set(dir(getattr(ft_distributions, name))), name


def test_the_recording_is_what_torch_says():
    import json

    fresh = json.loads(json.dumps(table.record(torch.distributions, torch)))
    agree(fresh, json.loads(table.RECORDED.read_text(encoding="utf-8")), "recorded")
