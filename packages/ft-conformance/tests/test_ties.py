"""Places among equals: any of them is right, a place that holds another value or stands twice is not."""

import numpy as np

from ft_conformance.compare import Facts, first_difference
from ft_conformance.ties import judged, judged_gradients

X = np.array([[3, 1, 3, 1]])


def places(*values):
    array = np.array([values], np.int64)
    return Facts("int64", array.shape, (array.shape[1], 1), array)


def values(*numbers):
    array = np.array([numbers])
    return Facts("int32", array.shape, (array.shape[1], 1), array)


def verdict(op, mine, theirs, args=(), kwargs=None):
    pair = (values(3, 3), mine), (values(3, 3), theirs)
    return first_difference(*judged(op, X, args, kwargs or {}, *pair))


def test_another_of_two_equals_is_right():
    assert verdict("topk", places(2, 0), places(0, 2), (2,)) is None
    assert verdict("topk", places(2, 0), places(0, 2), (2, 1)) is None


def test_a_place_that_holds_something_else_is_wrong():
    assert verdict("topk", places(1, 0), places(0, 2), (2,)).kind == "value"


def test_a_place_named_twice_is_wrong_where_places_are_a_choice():
    assert verdict("topk", places(0, 0), places(0, 2), (2,)) is not None


def test_stable_sorts_and_other_ops_are_compared_place_by_place():
    assert verdict("sort", places(2, 0), places(0, 2), (), {"stable": True}) is not None
    assert verdict("searchsorted", places(2, 0), places(0, 2)) is not None


def gradient(*numbers):
    array = np.array([numbers], np.float32)
    return (Facts("float32", array.shape, (array.shape[1], 1), array),)


def gradient_verdict(op, mine, theirs, args=(), kwargs=None):
    mine, theirs = (judged_gradients(op, X, args, kwargs or {}, g) for g in (mine, theirs))
    return first_difference(mine, theirs)


def test_a_gradient_may_go_to_another_of_two_equals():
    assert gradient_verdict("topk", gradient(0, 0, 5, 0), gradient(5, 0, 0, 0), (1,)) is None
    assert gradient_verdict("sort", gradient(1, 2, 3, 4), gradient(3, 4, 1, 2)) is None


def test_a_gradient_at_another_value_or_along_another_dim_is_wrong():
    assert gradient_verdict("topk", gradient(0, 5, 0, 0), gradient(5, 0, 0, 0), (1,)).kind == "value"
    assert gradient_verdict("topk", gradient(0, 0, 4, 0), gradient(5, 0, 0, 0), (1,)).kind == "value"
    assert gradient_verdict("topk", gradient(0, 0, 5, 0), gradient(5, 0, 0, 0), (1, 0)).kind == "value"
    assert gradient_verdict("msort", gradient(1, 2, 3, 4), gradient(3, 4, 1, 2)).kind == "value"


def test_gradients_of_stable_sorts_and_other_ops_are_compared_place_by_place():
    assert gradient_verdict("sort", gradient(1, 2, 3, 4), gradient(3, 4, 1, 2), (), {"stable": True}).kind == "value"
    assert gradient_verdict("cumsum", gradient(1, 2, 3, 4), gradient(3, 4, 1, 2)).kind == "value"
