"""The judge is fed wrong answers: whatever can differ is found, and what is equal passes."""

import math

import numpy as np
import pytest

from ft_conformance.compare import Facts, Tolerance, first_difference, significant_strides, tolerance_of, wrong_elements

VALUES = np.arange(6, dtype=np.float32).reshape(2, 3)
RIGHT = Facts("float32", (2, 3), (3, 1), VALUES)


def _with(**changes):
    fields = {"dtype": "float32", "shape": (2, 3), "strides": (3, 1), "values": VALUES, "requires_grad": False} | changes
    return Facts(**fields)


def _changed(at, to):
    values = VALUES.copy()
    values[at] = to
    return _with(values=values)


WRONG = {
    "value": [_changed((1, 2), 5.0001), _changed((0, 0), math.nan), _changed((0, 1), math.inf)],
    "dtype": [_with(dtype="float64")],
    "shape": [_with(shape=(3, 2), values=VALUES.reshape(3, 2)), _with(shape=(2, 3, 1))],
    "stride": [_with(strides=(1, 2))],
    "requires_grad": [_with(requires_grad=True)],
    "structure": [1.0, None, [RIGHT], (RIGHT, RIGHT)],
}


@pytest.mark.parametrize(("kind", "answer"), [(kind, answer) for kind, answers in WRONG.items() for answer in answers])
def test_wrong_answers_are_found(kind, answer):
    found = first_difference(answer, RIGHT)
    assert found is not None
    assert found.kind == kind


def test_equal_answers_pass():
    assert first_difference(RIGHT, RIGHT) is None
    assert first_difference(_changed((1, 2), 5.000001), RIGHT) is None
    assert first_difference([RIGHT, (1, 2.0, None)], [RIGHT, (1, 2.0, None)]) is None
    assert first_difference(_with(strides=(7, 9), shape=(1, 1), values=VALUES[:1, :1]),
                            _with(strides=(1, 1), shape=(1, 1), values=VALUES[:1, :1])) is None  # fmt: skip


def test_nan_and_infinity_equal_themselves_only():
    special = np.array([math.nan, math.inf, -math.inf])
    assert not wrong_elements(special, special, Tolerance(0, 0)).any()
    assert wrong_elements(np.array([1e38]), np.array([math.inf]), tolerance_of("float32")).all()
    assert wrong_elements(np.array([math.inf]), np.array([-math.inf]), tolerance_of("float32")).all()
    assert wrong_elements(np.array([0.0]), np.array([math.nan]), tolerance_of("float32")).all()
    both = np.array([complex(math.nan, 1)])
    assert not wrong_elements(both, both, tolerance_of("complex64")).any()


def test_integers_are_compared_exactly_also_beyond_float64():
    a, b = np.array([2**62]), np.array([2**62 + 1])
    assert wrong_elements(a, b, tolerance_of("int64")).all()
    assert not wrong_elements(a, a, tolerance_of("int64")).any()
    assert wrong_elements(np.array([True]), np.array([False]), tolerance_of("bool")).all()


def test_infinity_is_the_truth_beyond_what_the_type_holds():
    torchs, truth, limit = np.array([np.nan], np.float32), np.array([93058.0]), tolerance_of("float16")
    assert not wrong_elements(np.array([np.inf], np.float16), torchs, limit, truth).any()
    assert wrong_elements(np.array([-np.inf], np.float16), torchs, limit, truth).all()
    assert wrong_elements(np.array([np.inf], np.float16), torchs, limit, truth / 2).all()
    assert wrong_elements(np.array([np.inf], np.float32), torchs, limit, truth).all()


def test_truth_acquits_only_what_is_near_it():
    torchs, truth = np.array([1.001]), np.array([1.0])
    limit = Tolerance(1e-6, 1e-6)
    assert not wrong_elements(np.array([1.0]), torchs, limit, truth).any()
    assert not wrong_elements(np.array([0.9995]), torchs, limit, truth).any()  # nearer than torch's own
    assert wrong_elements(np.array([0.99]), torchs, limit, truth).all()
    assert wrong_elements(np.array([1.0]), torchs, limit).all()


def test_numbers_types_and_lengths_count():
    assert first_difference(1, 1.0).kind == "structure"
    assert first_difference(True, 1).kind == "structure"
    assert first_difference(2, 3).kind == "value"
    assert first_difference([1, 2], [1]).kind == "structure"
    assert first_difference((1,), [1]).kind == "structure"
    assert first_difference({"a": 1}, {"b": 1}).kind == "structure"
    assert first_difference({"a": 1}, {"a": 2}).kind == "value"
    assert "[1][0]" in str(first_difference([0, [5]], [0, [6]]))


def test_strides_of_single_elements_say_nothing():
    assert significant_strides((1, 3), (99, 1)) == (1,)
    assert significant_strides((0, 3), (3, 1)) == ()
    assert significant_strides((2, 3), (3, 1)) == (3, 1)
