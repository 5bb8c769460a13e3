"""Every family, transform, constraint and divergence beside what torch 2.13 gave for it, draws from the same seed included."""

from __future__ import annotations

import json

import pytest
from agreement import agree
from distribution_cases import (
    CASES,
    CONSTRAINTS,
    GRADIENTS,
    RECORDED,
    SCALARS,
    TRANSFORMS,
    Library,
    library,
    observe,
    observe_constraint,
    observe_divergences,
    observe_gradient,
    observe_transform,
)
from error_cases import ERRORS, refused

import ft_distributions
from ft_dispatch import surface

OURS = Library(ft_distributions, surface)
TRIGAMMA = {"Dirichlet": "trigamma"}  # the gradient of its entropy
TORCH = json.loads(RECORDED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_distribution_equals_recorded(name):
    expected = TORCH["distributions"][name]
    ours = library(ft_distributions, surface, name)
    agree(observe(CASES[name], ours), expected, name, ours.dtype)
    agree(observe(CASES[name], ours, expected["points"]), expected, name, ours.dtype)


@pytest.mark.parametrize("name", TRANSFORMS)
def test_transform_equals_recorded(name):
    agree(observe_transform(TRANSFORMS[name], OURS), TORCH["transforms"][name], name)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_equals_recorded(name):
    agree(observe_constraint(CONSTRAINTS[name], OURS), TORCH["constraints"][name], name)


@pytest.mark.parametrize("name", SCALARS)
def test_divergences_equal_recorded(name):
    agree(observe_divergences(SCALARS[name], OURS), TORCH["divergences"][name], name)


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_equal_recorded(name):
    agree(observe_gradient(GRADIENTS[name], OURS), TORCH["gradients"][name], name, TRIGAMMA.get(name, "float64"))


@pytest.mark.parametrize("name", ERRORS)
def test_refused_as_recorded(name):
    kind, message = refused(ERRORS[name], OURS)
    torchs_kind, torchs_message = TORCH["errors"][name]
    assert kind == torchs_kind != "nothing"
    start = _words(torchs_message.split("\n")[0].replace("<class 'torch.distributions", "<class 'ft_distributions"))
    assert _words(message).startswith(start), f"{message!r} does not begin with torch's {start!r}"


def _words(text):
    """One space between words: some of torch's messages carry the indentation of their source."""
    return " ".join(text.split())


def test_the_table_has_every_family():
    missing = [
        name
        for name in ft_distributions.__all__
        if isinstance(getattr(ft_distributions, name), type)
        and issubclass(getattr(ft_distributions, name), ft_distributions.Distribution)
        and not any(case.partition("-")[0] == name for case in CASES)
    ]
    assert missing == ["Distribution", "ExponentialFamily"]
