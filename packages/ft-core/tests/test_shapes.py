"""Shapes: broadcasting, -1, views, expansion and dimension numbers, with torch's sentences."""

import random
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ft_core.layout import broadcast_shapes, contiguous_strides, expand_strides, infer_size, view_strides, wrap_dim, wrap_dims

NOT_A_VIEW = (
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
    "subspaces). Use .reshape(...) instead."
)

AMBIGUOUS = (
    "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be any value and is "
    "ambiguous"
)
TOO_FEW = (
    "expand(torch.FloatTensor{[2, 3]}, size=[3]): the number of sizes provided (1) must be greater or equal to the number of "
    "dimensions in the tensor (2)"
)
CHANGED = (
    "The expanded size of the tensor (4) must match the existing size (2) at non-singleton dimension 0.  "
    "Target sizes: [4, 3].  Tensor sizes: [2, 3]"
)


def test_contiguous_strides_count_empty_dimensions_as_one():
    assert contiguous_strides((2, 3, 4)) == (12, 4, 1)
    assert contiguous_strides((2, 0, 3)) == (3, 3, 1)
    assert contiguous_strides((0, 3)) == (3, 1)
    assert contiguous_strides(()) == ()
    assert contiguous_strides((4, 1)) == contiguous_strides((1, 1)) == (1, 1)


@pytest.mark.parametrize(
    ("shapes", "result"),
    [
        (((2, 3), (3,)), (2, 3)),
        (((2, 1), (1, 3)), (2, 3)),
        (((0,), (1,)), (0,)),
        (((), (4,), (5, 1)), (5, 4)),
        ((), ()),
        (((0,), (1, 0, 1), (1,)), (1, 0, 0)),
    ],
)
def test_broadcast_shapes(shapes, result):
    assert broadcast_shapes(*shapes) == result


def test_broadcast_shapes_names_the_last_dimension_that_differs():
    with pytest.raises(RuntimeError) as caught:
        broadcast_shapes((2, 3), (5, 2, 4))
    assert str(caught.value) == "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 2"
    with pytest.raises(RuntimeError, match=r"tensor a \(2\) must match the size of tensor b \(3\) at non-singleton dimension 0"):
        broadcast_shapes((2,), (3,))


@pytest.mark.parametrize(
    ("shape", "numel", "result"),
    [
        ((-1,), 6, (6,)),
        ((2, -1), 6, (2, 3)),
        ((-1, 3), 0, (0, 3)),
        ((), 1, ()),
        ((0, 2), 0, (0, 2)),
        ((2, -1, 1), 2, (2, 1, 1)),
        ((-1,), 0, (0,)),
    ],
)
def test_infer_size(shape, numel, result):
    assert infer_size(shape, numel) == result


@pytest.mark.parametrize(
    ("shape", "numel", "text"),
    [
        ((4,), 6, "shape '[4]' is invalid for input of size 6"),
        ((-1, 4), 6, "shape '[-1, 4]' is invalid for input of size 6"),
        ((0, -1), 6, "shape '[0, -1]' is invalid for input of size 6"),
        ((-1, 0), 1, "shape '[-1, 0]' is invalid for input of size 1"),
        ((-1, -1), 6, "only one dimension can be inferred"),
        ((2, -3), 6, "invalid shape dimension -3 at index 1 of shape [2, -3]"),
        (
            (-1, 0),
            0,
            AMBIGUOUS,
        ),
    ],
)
def test_infer_size_refuses_as_torch(shape, numel, text):
    with pytest.raises(RuntimeError) as caught:
        infer_size(shape, numel)
    assert str(caught.value) == text


def test_view_strides_follow_runs_of_memory():
    assert view_strides((2, 3), (3, 1), (6,)) == (1,)
    assert view_strides((3, 2), (1, 3), (6,)) is None
    assert view_strides((3, 4), (8, 1), (3, 2, 2)) == (8, 2, 1)
    assert view_strides((3, 4), (8, 1), (12,)) is None
    assert view_strides((), (), (1, 1)) == (1, 1)
    assert view_strides((0, 3), (3, 1), (3, 0)) == (1, 1)
    assert view_strides((0,), (2,), (0,)) == (2,)  # the same empty shape keeps its strides
    assert view_strides((3, 2, 1), (2, 1, 2), (6, 1)) == (1, 2)
    assert view_strides((4, 1), (1, 4), (4,)) == (1,)


@given(data=st.data())
def test_a_view_reads_the_elements_in_the_same_order(data):
    """Against NumPy, which copies where memory does not allow a view."""
    sizes = data.draw(st.lists(st.integers(1, 4), max_size=4))
    steps = [data.draw(st.sampled_from([1, 1, 2])) for _ in sizes]
    memory = np.arange(prod(sizes) * prod(steps)).reshape([size * step for size, step in zip(sizes, steps, strict=True)])
    x = memory[tuple(slice(None, None, step) for step in steps)]
    x = x.transpose(data.draw(st.permutations(range(x.ndim))))
    rest, target = x.size, []
    while rest > 1:
        target.append(data.draw(st.sampled_from([n for n in range(2, rest + 1) if rest % n == 0])))
        rest //= target[-1]
    target = tuple(target) if data.draw(st.booleans()) else (*target, 1)
    strides = view_strides(x.shape, tuple(step // x.itemsize for step in x.strides), target)
    copied = x.copy()
    expected = x.reshape(target)
    if strides is None:
        assert not np.shares_memory(expected, x)
    else:
        seen = np.lib.stride_tricks.as_strided(x, target, [step * x.itemsize for step in strides])
        assert np.array_equal(seen, copied.reshape(target))


def test_expand_strides_repeat_with_zero():
    assert expand_strides((2, 1), (1, 1), (3, 2, 4)) == ((3, 2, 4), (0, 1, 0))
    assert expand_strides((1, 3), (3, 1), (1, 1, -1)) == ((1, 1, 3), (3, 3, 1))
    assert expand_strides((), (), (2,)) == ((2,), (0,))
    assert expand_strides((), (), (1,)) == ((1,), (0,))
    assert expand_strides((), (), ()) == ((), ())
    assert expand_strides((3,), (1,), (0, 1, -1)) == ((0, 1, 3), (0, 3, 1))


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        (
            (3,),
            TOO_FEW,
        ),
        (
            (4, 3),
            CHANGED,
        ),
        ((-1, 2, 3), "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension 0"),
    ],
)
def test_expand_strides_refuses_as_torch(sizes, text):
    with pytest.raises(RuntimeError) as caught:
        expand_strides((2, 3), (3, 1), sizes)
    assert str(caught.value) == text


def test_expand_strides_refuses_negative_sizes():
    with pytest.raises(RuntimeError, match="sizes are not negative"):
        expand_strides((2, 1), (1, 1), (2, -2))


def test_wrap_dim_counts_from_both_ends():
    assert [wrap_dim(dim, 3) for dim in (-3, -1, 0, 2)] == [0, 2, 0, 2]
    assert wrap_dim(-1, 0) == 0
    assert wrap_dim(0, 0) == 0
    assert wrap_dims((-1, 0), 3) == (2, 0)
    assert wrap_dims((0,), 0) == (0,)
    assert wrap_dims((), 2) == ()


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda: wrap_dim(2, 2), IndexError, "Dimension out of range (expected to be in range of [-2, 1], but got 2)"),
        (lambda: wrap_dim(1, 0), IndexError, "Dimension out of range (expected to be in range of [-1, 0], but got 1)"),
        (lambda: wrap_dim(0, 0, wrap_scalar=False), IndexError, "Dimension specified as 0 but tensor has no dimensions"),
        (lambda: wrap_dims((0, -2), 2), RuntimeError, "dim 0 appears multiple times in the list of dims"),
    ],
)
def test_wrap_dim_refuses_as_torch(call, kind, text):
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(3))
def test_view_and_expand_equal_torch(seed, random_layout):
    pytest.importorskip("torch")
    rng = random.Random(seed)
    views = 0
    for _ in range(1500):
        t = random_layout(rng)
        shape, strides = tuple(t.shape), t.stride()
        target = _random_target(rng, t)
        theirs = _outcome(lambda t, target: _geometry(t.view(target)), t, target)
        assert _outcome(_view, shape, strides, target, t.numel()) == theirs, (shape, strides, target)
        views += isinstance(theirs, tuple)
        sizes = [rng.choice([-1, 1, 2]) for _ in range(rng.choice([0, 0, 1]))] + [rng.choice([s, s, -1, 2]) for s in shape]
        theirs = _outcome(lambda t, sizes: _geometry(t.expand(sizes)), t, sizes)
        if "overflow" not in theirs:  # torch's accident with -1 on a 0-dim tensor
            assert _outcome(expand_strides, shape, strides, sizes) == theirs, (shape, strides, sizes)
    assert views > 500


def _random_target(rng, t):
    if rng.random() < 0.15 or not t.numel():
        return [rng.choice([-1, -2, 0, 1, 2, 3]) for _ in range(rng.randint(0, 3))]
    rest, target = t.numel(), []
    while rest > 1:
        factor = rng.choice([n for n in range(2, rest + 1) if rest % n == 0])
        target.append(factor)
        rest //= factor
    for _ in range(rng.randint(0, 2)):
        target.insert(rng.randint(0, len(target)), 1)
    target = rng.choice([target, [size for size in t.shape if size != 1], list(t.shape)])
    if target and rng.random() < 0.2:
        target[rng.randrange(len(target))] = -1
    return target


def _view(shape, strides, target, numel):
    target = infer_size(target, numel)
    found = view_strides(shape, strides, target)
    if found is None:
        raise RuntimeError(NOT_A_VIEW)
    return target, found


def _geometry(t):
    return tuple(t.shape), t.stride()


def _outcome(call, *args):
    try:
        return call(*args)
    except RuntimeError as error:
        return str(error)
