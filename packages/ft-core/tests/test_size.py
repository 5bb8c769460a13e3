"""torch.Size: a tuple that stays a Size."""

import copy
import pickle

import numpy as np
import pytest

from ft_core.size import Size, size_of

EXPRESSIONS = [
    "S([1, 2])", "S()", "S([1, 2]) + (3,)", "(3,) + S([1])", "S([1, 2]) * 2", "2 * S([1, 2])", "S([1, 2, 3])[0:1]",
    "S([1, 2, 3])[::2]", "S([1, 2])[1]", "S([2, 3]).numel()", "S([]).numel()", "S((True,))", "S([-1])", "S(x for x in (1, 2))",
    "S([1, 2]) == (1, 2)", "hash(S((1, 2))) == hash((1, 2))", "S([1, 2]) + [3]", "S([1, 2]) + (1.5,)", "S([1.5])", "S(['a'])",
    "S([None])", "S(3)", "S([2**70])", "S([1, 2]) + 3", "S([4, 5]).index(5)",
]  # fmt: skip


def test_size_stays_a_size():
    size = Size([2, 3, 4])
    for made in (
        size[1:],
        size + (5,),
        (5,) + size,
        size * 2,
        2 * size,
        size[::-1],
        copy.deepcopy(size),
        pickle.loads(pickle.dumps(size)),
    ):
        assert type(made) is Size
    assert type(tuple(size)) is tuple
    assert type(size[0]) is int


def test_size_counts_and_prints():
    assert repr(Size((2, 0, 3))) == "torch.Size([2, 0, 3])"
    assert Size((2, 0, 3)).numel() == 0
    assert Size().numel() == 1
    assert {Size((2, 3)): 1}[(2, 3)] == 1


def test_size_takes_whatever_is_an_index():
    assert Size((np.int64(3), True)) == (3, 1)
    assert [type(item) for item in Size((np.int64(3), True))] == [int, int]


def test_size_refuses_as_torch():
    with pytest.raises(TypeError, match=r"torch.Size\(\) takes an iterable of 'int' \(item 1 is 'float'\)"):
        Size((1, 2.5))
    with pytest.raises(TypeError, match=r"can only concatenate tuple \(not list\) to torch.Size"):
        Size((1,)) + [2]


def test_size_of_a_size_is_that_size():
    size = Size((2, 3))
    assert Size(size) is size


@pytest.mark.parametrize(("number", "fits"), [(2**63 - 1, True), (-(2**63), True), (2**63, False), (-(2**63) - 1, False)])
def test_size_holds_64_bits(number, fits):
    if fits:
        assert Size([number]) == (number,)
    else:
        with pytest.raises(ValueError, match=r"^Overflow when unpacking long long$"):
            Size([number])


def test_size_of_skips_the_check_and_nothing_else():
    assert type(size_of((2, 3))) is Size
    assert size_of((2, 3)) == Size((2, 3))


@pytest.mark.oracle
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_size_equals_torch(expression):
    torch = pytest.importorskip("torch")
    assert _outcome(expression, Size) == _outcome(expression, torch.Size)


def _outcome(expression, kind):
    try:
        return repr(eval(expression, {"S": kind}))
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
