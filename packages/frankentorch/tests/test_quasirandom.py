"""Sobol sequences. Expected points: torch 2.13.0."""

import pytest

import frankentorch as torch
from frankentorch.quasirandom import SobolEngine


def test_the_first_points():
    engine = SobolEngine(3)
    assert engine.draw(4).tolist() == [[0.0] * 3, [0.5] * 3, [0.75, 0.25, 0.25], [0.25, 0.75, 0.75]]
    assert engine.draw(2, dtype=torch.float64).tolist() == [[0.375, 0.375, 0.625], [0.875, 0.875, 0.125]]
    assert engine.fast_forward(3).draw(1).tolist() == [[0.6875, 0.8125, 0.4375]]
    assert engine.reset().draw().tolist() == [[0.0] * 3]


def test_scrambled_points_follow_the_seed():
    engine = SobolEngine(3, scramble=True, seed=3)
    want = [[0.0685, 0.2245, 0.6992], [0.5497, 0.7255, 0.3091], [0.8698, 0.4687, 0.9338], [0.2640, 0.9657, 0.0735]]
    assert torch.allclose(engine.draw(4), torch.tensor(want), atol=6e-5)
    assert not torch.allclose(SobolEngine(3, scramble=True, seed=4).draw(4), torch.tensor(want), atol=6e-5)
    assert repr(engine) == "SobolEngine(dimension=3, scramble=True, seed=3)"


@pytest.mark.parametrize("scramble", [False, True])
@pytest.mark.parametrize("dimension", [1, 2, 60, 1200])
def test_every_dimension_is_balanced(dimension, scramble):
    points = SobolEngine(dimension, scramble=scramble, seed=0).draw_base2(5)
    places = (points * 32).floor().sort(0)[0]
    assert torch.equal(places, torch.arange(32.0).unsqueeze(1).expand(32, dimension))


def test_passing_over_is_drawing():
    for first in (0, 1, 5):
        for more in (1, 2, 7, 33):
            drawn, passed = SobolEngine(4, scramble=True, seed=1), SobolEngine(4, scramble=True, seed=1)
            for engine in (drawn, passed):
                engine.draw(first)
            drawn.draw(more)
            passed.fast_forward(more)
            assert torch.equal(drawn.draw(3), passed.draw(3))


def test_destinations_and_refusals():
    out = torch.empty(0)
    assert SobolEngine(2).draw(2, out=out) is out
    assert out.tolist() == [[0.0, 0.0], [0.5, 0.5]]
    for wrong in (0, 21202):
        with pytest.raises(ValueError, match="Supported range of dimensionality"):
            SobolEngine(wrong)
    engine = SobolEngine(1)
    engine.draw(3)
    with pytest.raises(ValueError, match="balance properties"):
        engine.draw_base2(2)
    with pytest.raises(RuntimeError, match="at most 21201"):
        torch._sobol_engine_initialize_state(torch.zeros(2, 30, dtype=torch.int64), 3)
    with pytest.raises(RuntimeError, match=r"torch\.int64"):
        torch._sobol_engine_draw(torch.zeros(3), 1, torch.zeros(3, 30, dtype=torch.int64), 3, 0, None)


@pytest.mark.oracle
@pytest.mark.parametrize(("dimension", "scramble"), [(50, False), (21201, False), (40, True)])
def test_points_are_torchs(dimension, scramble):
    theirs = pytest.importorskip("torch").quasirandom.SobolEngine(dimension, scramble, 7)
    ours = SobolEngine(dimension, scramble, 7)
    assert ours.draw(5).tolist() == theirs.draw(5).tolist()
    assert ours.fast_forward(9).draw(2).tolist() == theirs.fast_forward(9).draw(2).tolist()
