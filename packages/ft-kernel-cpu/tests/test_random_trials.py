"""Decisions of gamma trials for classes of shapes, beside the inequality they stand for."""

import numpy as np
import pytest

from ft_core.generator import Generator
from ft_kernel_cpu.random_trials import SINK, Classes, Trials


def made(shapes, size=1 << 12):
    shapes = np.array(shapes, np.float64)
    small = shapes < 1
    c = 1 / np.sqrt(9 * (shapes + small - 1 / 3))
    classes = Classes.among(c, small)
    words = Generator().manual_seed(4).words64(size, 53)
    return Trials(words, classes, np.empty((2, 2 * size * classes.small.size), np.uint16)), words * 2.0**-53


def height(x, c):
    v = (1 + c * x) ** 3
    return 0.5 * x * x + (1 - v + np.log(v)) / (9 * c * c)


def test_below_the_critical_c_a_trial_is_accepted_and_above_it_is_not():
    trials, u = made([1.0, 0.1])
    x = np.sqrt(-2 * np.log1p(-u[1:])) * np.cos(2 * np.pi * u[:-1])
    pairs = np.flatnonzero(trials._critical[: trials.size] < 0.5)
    critical = trials._critical[pairs].astype(np.float64)
    assert pairs.size > 100
    for side, accepted in ((0.998, True), (1.002, False)):
        c, inside = critical * side, 1 + critical * side * x[pairs] > 0
        assert np.array_equal(np.log(1 - u[pairs + 2])[inside] < height(x[pairs], c)[inside], np.full(inside.sum(), accepted))


def test_classes_are_narrow_and_tell_small_shapes_from_others():
    shapes = np.random.default_rng(0).uniform(0.01, 5, 500)
    trials, _ = made(shapes)
    classes = trials.classes
    assert np.array_equal(classes.small[classes.of], shapes < 1)
    assert np.all(classes.high**2 - classes.low**2 <= 1 / 30)


def test_shapes_without_a_table_are_of_a_class_of_their_own():
    classes = Classes.among(np.array([0.2, np.nan, 0.5, 0.3]), np.zeros(4, np.bool_))
    assert classes.of.tolist() == [0, 2, 2, 1]


@pytest.mark.parametrize("shape", [0.3, 1.0, 6.0])
def test_a_step_by_the_table_is_a_step_by_the_trials(shape):
    trials, _ = made([shape])
    c = float(trials.classes.low[0])
    for state in (*range(1000), *range(trials.size, trials.size + 1000)):
        following, found = int(trials.following[0, state]), trials.after(state, c, shape < 1)
        if following != SINK:
            assert found is not None
            trial = trials.accepted(np.array([state], np.int32), np.array([0]), np.array([shape < 1]))
            assert found == (following, int(trial[0]))
