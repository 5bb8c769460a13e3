"""Dense strides: torch's predicates, and the strides its ops give their results."""

import random

import pytest

from ft_core.layout import (
    channels_last,
    channels_last_3d,
    channels_last_3d_strides,
    channels_last_strides,
    column_major_strides,
    contiguous_format,
    elementwise_strides,
    is_channels_last,
    is_contiguous,
    is_non_overlapping_and_dense,
    lies_channels_last,
    memory_format_strides,
    ordered_strides,
    prefers_channels_last,
    preserve_format,
    strides_for_like,
    suggest_memory_format,
)


def test_is_contiguous_ignores_dimensions_of_one():
    assert is_contiguous((2, 1, 3), (3, 77, 1))
    assert not is_contiguous((3, 2), (1, 3))
    assert is_contiguous((0, 3), (5, 7))
    assert is_contiguous((), ())


def test_channels_last_is_told_from_contiguous():
    assert channels_last_strides((2, 3, 4, 5)) == (60, 1, 15, 3)
    assert channels_last_3d_strides((2, 3, 4, 5, 6)) == (360, 1, 90, 18, 3)
    assert is_channels_last((2, 3, 4, 5), (60, 1, 15, 3))
    assert not is_channels_last((2, 3, 4, 5), (60, 20, 5, 1))
    assert is_channels_last((2, 3, 1, 1), (3, 1, 1, 1))
    assert not is_channels_last((2, 3), (3, 1))
    assert suggest_memory_format((2, 3, 4, 5), (60, 1, 15, 3)) is channels_last
    assert suggest_memory_format((2, 3, 1, 1), (3, 1, 1, 1)) is contiguous_format
    assert suggest_memory_format((2, 3, 4, 5, 6), (360, 1, 90, 18, 3)) is channels_last_3d


@pytest.mark.parametrize(
    ("shape", "strides", "contiguous", "channels_last", "prefers", "dense"),
    [
        ((1, 2), (1, 2), False, False, False, False),
        ((1, 2), (2, 2), False, False, False, False),
        ((4, 3), (3, 1), True, False, False, True),
        ((4, 3), (1, 4), False, False, False, True),
        ((1, 4, 4), (32, 4, 1), True, False, False, True),
        ((0,), (2,), True, False, False, True),
        ((0, 2, 3, 1), (6, 1, 2, 2), True, True, False, True),
        ((3, 4, 1, 1), (8, 2, 2, 1), False, False, False, False),
        ((1, 1, 1, 4), (8, 1, 8, 1), True, True, True, True),
        ((3, 2, 3, 2), (3, 0, 1, 0), False, False, False, False),
        ((1, 1, 1, 1), (1, 1, 1, 1), True, True, False, True),
        ((1, 1, 2, 1), (2, 2, 1, 2), True, True, False, True),
        ((2, 3, 4, 5), (60, 1, 15, 3), False, True, True, True),
        ((2, 3, 4, 5), (120, 1, 30, 3), False, False, True, False),
        ((2, 3, 2, 4, 5), (120, 1, 60, 15, 3), False, True, True, True),
    ],
)
def test_predicates_of_recorded_layouts(shape, strides, contiguous, channels_last, prefers, dense):
    assert is_contiguous(shape, strides) is contiguous
    assert lies_channels_last(shape, strides) is channels_last
    assert prefers_channels_last(shape, strides) is prefers
    assert is_non_overlapping_and_dense(shape, strides) is dense


def test_channels_last_belongs_to_its_rank():
    five = (2, 3, 2, 4, 5), (120, 1, 60, 15, 3)
    assert is_channels_last(*five, channels_last_3d) is True
    assert is_channels_last(*five) is False
    assert is_channels_last((2, 3, 4, 5), (60, 1, 15, 3), channels_last_3d) is False
    assert is_channels_last((2, 3, 4, 5), (120, 1, 30, 3)) is False
    assert channels_last_strides((4, 1, 2, 3)) == (6, 1, 3, 1)
    assert channels_last_3d_strides((1, 2, 1, 1, 1)) == (2, 1, 2, 2, 2)


@pytest.mark.parametrize(
    ("shape", "form", "text"),
    [
        ((2, 3), channels_last, "required rank 4 tensor to use channels_last format"),
        ((2, 3), channels_last_3d, "required rank 5 tensor to use channels_last_3d format"),
        ((2, 3), preserve_format, "unsupported memory format Preserve"),
    ],
)
def test_memory_format_strides_refuse_as_torch(shape, form, text):
    with pytest.raises(RuntimeError) as caught:
        memory_format_strides(shape, form)
    assert str(caught.value) == text


def test_memory_format_strides():
    assert memory_format_strides((2, 3), contiguous_format) == (3, 1)
    assert memory_format_strides((2, 3, 4, 5), channels_last) == (60, 1, 15, 3)


def test_dense_means_a_permutation_without_gaps():
    assert is_non_overlapping_and_dense((3, 2), (1, 3))
    assert not is_non_overlapping_and_dense((3, 2), (1, 4))
    assert not is_non_overlapping_and_dense((3, 2), (0, 1))


def test_strides_for_like_keep_the_order():
    assert strides_for_like((3, 2), (1, 3)) == (1, 3)
    assert strides_for_like((3, 4), (2, 6)) == (1, 3)  # ones(4, 6).t()[::2]
    assert strides_for_like((2, 3), (12, 2)) == (3, 1)
    assert strides_for_like((1, 2), (2, 2)) == (1, 1)
    assert strides_for_like((0, 2), (7, 7)) == (7, 7)


def test_elementwise_strides_follow_the_inputs():
    transposed, plain = ((3, 2), (1, 3)), ((3, 2), (2, 1))
    assert elementwise_strides([transposed, plain], (3, 2)) == (1, 3)
    assert elementwise_strides([plain, transposed], (3, 2)) == (2, 1)
    assert elementwise_strides([transposed, ((), ())], (3, 2)) == (1, 3)
    assert elementwise_strides([((2,), (1,)), ((3, 1), (1, 1))], (3, 2)) == (2, 1)


@pytest.mark.parametrize(
    ("operands", "shape", "strides"),
    [
        pytest.param(
            [((3, 1, 3, 4, 2), (0, 1, 0, 2, 1))], (3, 1, 3, 4, 2), (24, 1, 2, 6, 1), id="a stride of 0 compares with nothing"
        ),
        pytest.param([((1, 2, 3, 1), (1, 1, 2, 1))], (1, 2, 3, 1), (6, 1, 2, 2), id="equal strides: the longer one lies outside"),
        pytest.param([((0, 2, 0), (1, 0, 1)), ((), ())], (0, 2, 0), (2, 1, 1), id="a size of 0 is not taken for 1"),
        pytest.param([((4, 3, 1, 1), (1, 4, 1, 24))], (4, 3, 1, 1), (1, 4, 1, 24), id="one dense input hands its strides on"),
        pytest.param([((), ())], (), (), id="no dimensions"),
        pytest.param([((1, 3), (1, 2))], (1, 3), (1, 1), id="gaps are closed, and the order kept"),
        pytest.param([((1, 1), (1, 1)), ((2,), (0,))], (1, 2), (2, 1), id="an expanded dimension says nothing"),
        pytest.param([((2, 3, 4, 5), (60, 1, 15, 3))] * 2, (2, 3, 4, 5), (60, 1, 15, 3), id="channels last"),
        pytest.param([((2, 3), (3, 1))] * 3, (2, 3), (3, 1), id="contiguous"),
    ],
)
def test_elementwise_strides_of_recorded_operands(operands, shape, strides):
    assert elementwise_strides(operands, shape) == strides


def test_ordered_strides_put_the_last_dim_named_innermost():
    assert ordered_strides((4, 5, 6), (2, 0, 1)) == (5, 1, 20)
    assert ordered_strides((4, 0, 6), (0, 2, 1)) == (6, 1, 1)  # torch counts a dim of none as one
    assert ordered_strides((), ()) == ()


def test_column_major_matrices_lie_in_a_row_of_batches():
    assert column_major_strides((2, 3, 4, 5)) == (60, 20, 1, 4)
    assert column_major_strides((4, 5)) == (1, 4)
    assert column_major_strides((0, 3)) == (1, 1)
    assert column_major_strides((7,)) == (1,)
    assert column_major_strides((1, 2)) == (1, 1)
    assert column_major_strides((0, 1, 1)) == (1, 1, 1)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(3))
def test_dense_strides_equal_torch(seed, random_layout):
    torch = pytest.importorskip("torch")
    rng = random.Random(seed)
    for _ in range(1000):
        t = random_layout(rng)
        shape, strides = own = tuple(t.shape), t.stride()
        assert is_contiguous(*own) == t.is_contiguous(), own
        assert is_channels_last(*own) == t.is_contiguous(memory_format=torch.channels_last), own
        assert is_channels_last(*own, channels_last_3d) == t.is_contiguous(memory_format=torch.channels_last_3d), own
        assert is_non_overlapping_and_dense(*own) == torch.ops.aten.is_non_overlapping_and_dense(t), own
        assert strides_for_like(*own) == torch.empty_like(t).stride() == t.clone().stride(), own
        assert elementwise_strides([own], shape) == t.abs().stride(), own
        assert elementwise_strides([own, ((), ())], shape) == (t + 1).stride(), own
        assert repr(suggest_memory_format(shape, strides)) == str(torch._prims_common.suggest_memory_format(t)), own


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(3))
def test_elementwise_strides_equal_torch_for_two_and_three_inputs(seed, random_layout):
    torch = pytest.importorskip("torch")
    rng = random.Random(seed)
    for _ in range(1000):
        first = random_layout(rng)
        shape = list(first.shape)
        others = [
            random_layout(rng, shape),
            random_layout(rng, [1 if rng.random() < 0.3 else s for s in shape[rng.randint(0, len(shape)) :]]),
        ]
        for tensors in ([first, others[0]], [first, others[1]], [first, *others]):
            try:
                result = torch.addcmul(*tensors) if len(tensors) == 3 else torch.add(*tensors)
            except RuntimeError:  # narrowing has made shapes that do not broadcast
                continue
            operands = [(tuple(t.shape), t.stride()) for t in tensors]
            assert elementwise_strides(operands, tuple(result.shape)) == result.stride(), operands
