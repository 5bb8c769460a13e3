"""Encodings of positions against their formulas, element by element, and what they are for."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ft_nn as nn
from ft_dispatch import surface as torch


@pytest.mark.parametrize("cos_first", [False, True])
@pytest.mark.parametrize("full_turns", [False, True])
def test_sines_of_positions(cos_first, full_turns):
    made = nn.SinusoidalPositionalEncoding(6, 0.01, 1.0, cos_first=cos_first, full_turns=full_turns)(torch.tensor([0.0, 2.5]))
    turn = 2 * math.pi if full_turns else 1.0
    angles = [2.5 * turn * f for f in (1.0, 0.1, 0.01)]
    sines, cosines = [math.sin(a) for a in angles], [math.cos(a) for a in angles]
    expected = [c * math.sqrt(2 / 6) for c in (cosines + sines if cos_first else sines + cosines)]
    assert made.shape == (2, 6)
    assert made[1].tolist() == pytest.approx(expected, abs=1e-6)
    assert made.norm(dim=-1).tolist() == pytest.approx([1, 1], abs=1e-6)


def test_sines_are_no_state():
    layer = nn.SinusoidalPositionalEncoding(4)
    assert list(layer.state_dict()) == []
    assert layer(torch.arange(3)).shape == (3, 4)
    assert repr(layer) == "SinusoidalPositionalEncoding(4, scale=0.707107, cos_first=False)"
    for dims in (2, 5):
        with pytest.raises(ValueError, match="must be even and at least 4"):
            nn.SinusoidalPositionalEncoding(dims)


def turned(x, dims, traditional, base, scale, offset):
    """The definition, pair by pair."""
    rows = [list(row) for row in x]
    for place, row in enumerate(rows):
        for i in range(dims // 2):
            a, b = (2 * i, 2 * i + 1) if traditional else (i, i + dims // 2)
            angle = (place + offset) * scale * base ** (-2 * i / dims)
            u, v = row[a], row[b]
            row[a], row[b] = u * math.cos(angle) - v * math.sin(angle), u * math.sin(angle) + v * math.cos(angle)
    return [v for row in rows for v in row]


@settings(deadline=None)
@given(
    st.integers(1, 4).map(lambda n: 2 * n),
    st.integers(0, 3),
    st.booleans(),
    st.integers(0, 7),
    st.sampled_from([0.5, 1.0]),
    st.integers(1, 4),
)
def test_rotations_are_the_definition(dims, extra, traditional, offset, scale, length):
    x = torch.randn(length, dims + extra, dtype=torch.float64)
    found = nn.RoPE(dims, traditional, 100.0, scale)(x, offset)
    assert found.flatten().tolist() == pytest.approx(turned(x.tolist(), dims, traditional, 100.0, scale, offset), abs=1e-12)


def test_products_of_rotated_vectors_see_their_distance_only():
    rope, q, k = nn.RoPE(8), torch.randn(1, 8, dtype=torch.float64), torch.randn(1, 8, dtype=torch.float64)
    near, far = ((rope(q, a) * rope(k, b)).sum().item() for a, b in ((5, 2), (105, 102)))
    assert near == pytest.approx(far, abs=1e-12)


def test_rotations_keep_dtype_and_gradient():
    layer = nn.RoPE(4)
    half = torch.randn(2, 3, 4).bfloat16()
    assert layer(half).dtype == torch.bfloat16
    x = torch.randn(3, 6, requires_grad=True)  # whatever numbers: an element near zero keeps the error of its pair
    layer(x).square().sum().backward()
    assert x.grad.tolist() == [pytest.approx(row, rel=1e-5, abs=1e-6) for row in (2 * x).tolist()]  # a rotation keeps lengths
    assert repr(layer) == "RoPE(4, traditional=False, base=10000, scale=1)"
    with pytest.raises(ValueError, match="expected at least 4 features"):
        layer(torch.ones(2, 3))
    with pytest.raises(ValueError, match="must be even and positive"):
        nn.RoPE(3)


def test_scores_fall_with_distance():
    scores = torch.zeros(1, 4, 2, 3, dtype=torch.float16)
    made = nn.ALiBi()(scores, offset=1)
    assert made.dtype == torch.float16
    slopes = [0.25, 0.0625, 0.015625, 0.00390625]
    for head, slope in enumerate(slopes):
        assert made[0, head].tolist() == [[-slope, 0, -slope], [-2 * slope, -slope, 0]]
    uneven = nn.ALiBi.bias(1, 2, 6)[0, :, 0, 1]
    assert uneven.tolist() == [-s for s in (*slopes, 0.5, 0.125)]
    masked = nn.ALiBi()(scores, mask=torch.full((2, 3), -1.0))
    assert masked[0, 0].tolist() == [[-1, -1.25, -1.5], [-1.25, -1, -1.25]]


def net():
    return nn.Sequential(nn.Linear(1, 1), nn.Sequential(nn.Linear(1, 1), nn.BatchNorm1d(1)))


def learning(module):
    return [name for name, p in module.named_parameters() if p.requires_grad]


def test_freezing_by_names():
    model = net()
    assert model.freeze(keys="bias") is model
    assert learning(model) == ["0.weight", "1.0.weight", "1.1.weight"]
    model.freeze()
    assert learning(model) == []
    model[1].unfreeze(recurse=False)
    assert learning(model) == []  # it holds no parameter itself
    model[1].unfreeze(keys=["weight"])
    assert learning(model) == ["1.0.weight", "1.1.weight"]
    assert model.unfreeze(keys=["nothing"]) is model


def test_freezing_refuses_names_nobody_has():
    model = net()
    with pytest.raises(KeyError, match="Sequential has no parameters named gamma, scale; it has: bias, weight"):
        model.freeze(keys=["weight", "scale", "gamma"], strict=True)
    assert len(learning(model)) == 6
    with pytest.raises(KeyError, match="it has: none"):
        model.freeze(recurse=False, keys="weight", strict=True)
