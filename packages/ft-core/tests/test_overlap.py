"""Overlap: within a tensor and between two, with torch's answers."""

import random

import pytest

from ft_core.layout import Overlap, Span, has_internal_overlap, overlap_status, partially_overlap, storage_extent


def test_internal_overlap():
    assert has_internal_overlap((3, 2), (1, 3)) is Overlap.NO
    assert has_internal_overlap((2, 3), (0, 1)) is Overlap.FULL
    assert has_internal_overlap((2, 2), (1, 1)) is Overlap.TOO_HARD
    assert has_internal_overlap((2, 1, 2), (12, 0, 1)) is Overlap.TOO_HARD
    assert has_internal_overlap((2,), (0,)) is Overlap.FULL
    assert has_internal_overlap((), ()) is Overlap.NO
    assert [bool(has_internal_overlap(*t)) for t in (((3,), (1,)), ((3,), (0,)), ((3,), (2,)))] == [False, True, False]


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        (Span((4,), (1,), 0, 4), Span((4,), (1,), 0, 4), Overlap.FULL),
        (Span((4,), (1,), 0, 4), Span((4,), (1,), 4, 4), Overlap.PARTIAL),
        (Span((4,), (1,), 0, 4), Span((4,), (1,), 16, 4), Overlap.NO),
        (Span((2, 2), (2, 1), 0, 4), Span((2, 2), (1, 2), 0, 4), Overlap.PARTIAL),
        (Span((4,), (2,), 0, 4), Span((4,), (1,), 0, 4), Overlap.TOO_HARD),
        (Span((0,), (1,), 0, 4), Span((4,), (1,), 0, 4), Overlap.NO),
        (Span((4,), (1,), 0, 4), Span((2,), (1,), 8, 8), Overlap.PARTIAL),
        (Span((), (), 0, 8), Span((), (), 4, 8), Overlap.PARTIAL),
        (Span((), (), 0, 8), Span((), (), 8, 1), Overlap.NO),
        (Span((), (), 8, 4), Span((2,), (2,), 0, 8), Overlap.TOO_HARD),
        (Span((2,), (1,), 16, 8), Span((4,), (1,), 16, 4), Overlap.FULL),
        (Span((0,), (1,), 20, 4), Span((), (), 16, 8), Overlap.NO),
        (Span((), (), 16, 1), Span((), (), 8, 8), Overlap.NO),
        (Span((4,), (1,), 8, 8), Span((4,), (1,), 8, 8), Overlap.FULL),
    ],
)
def test_overlap_of_two(a, b, status):
    assert overlap_status(a, b) is status
    assert overlap_status(b, a) is status


def test_partial_overlap_may_admit_the_same_elements():
    span = ((4,), (1,), 3)
    assert not partially_overlap(span, span)
    assert partially_overlap(span, span, allow_same=False)
    assert partially_overlap(span, ((4,), (1,), 4))
    assert not partially_overlap(span, ((4,), (1,), 7), allow_same=False)


def test_storage_extent_reaches_the_last_element():
    assert storage_extent((2, 3), (3, 1)) == 6
    assert storage_extent((2, 3), (10, 2), 5) == 20
    assert storage_extent((2, 0), (1, 1), 5) == 0
    assert storage_extent((), (), 5) == 6
    assert storage_extent((1, 2), (1, 1), 5) == 7
    assert storage_extent((0,), (2,)) == 0


@pytest.mark.oracle
def test_internal_overlap_equals_torch(random_layout):
    torch = pytest.importorskip("torch")
    rng = random.Random(0)
    answers = [Overlap.NO, Overlap.FULL, Overlap.TOO_HARD]
    for _ in range(1000):
        t = random_layout(rng)
        expected = answers[torch.ops.aten._debug_has_internal_overlap(t)]
        assert has_internal_overlap(tuple(t.shape), t.stride()) is expected, (t.shape, t.stride())


@pytest.mark.oracle
def test_overlap_of_two_raises_where_torch_raises():
    torch = pytest.importorskip("torch")
    rng = random.Random(0)
    raised = 0
    for _ in range(500):
        memory = torch.zeros(12)
        pair = [memory.as_strided((4,), (rng.choice([1, 1, 2]),), rng.randint(0, 5)) for _ in range(2)]
        spans = [(tuple(t.shape), t.stride(), t.storage_offset()) for t in pair]
        try:
            pair[0].add_(pair[1])
            refused = False
        except RuntimeError:
            refused = True
        raised += refused
        assert partially_overlap(*spans) == refused, spans
    assert 50 < raised < 450
