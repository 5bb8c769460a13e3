"""Arguments in canonical form, one line a parameter: what a value becomes, or in which words it is refused."""

from __future__ import annotations

import numpy as np
import pytest

from ft_core import Size, Tensor, device
from ft_dispatch import surface as torch
from ft_dispatch.canonical import canonical, to_index, to_number, wrap_dim
from ft_dispatch.kinds import OPAQUE
from ft_dispatch.op import Op

X = torch.arange(6.0).reshape(2, 3)
POINT = torch.tensor(2.5)
GENERATOR = torch.Generator()


class Kind(Tensor):
    """A subclass, which is looked at where a plain tensor is not."""


OTHER = torch.ones(2).as_subclass(Kind)


class Later:
    """An argument of a captured function, whose number only the run will tell."""

    run_time = True


LATER = Later()


def record(parameters, **fields):
    """An op of these parameters that is in no table."""
    kept = {"number_overload": "", "numbers": None, "dim_extra": 0, "dims_of": 0, "keep": frozenset(), **fields}
    return Op(f"probe({parameters}) -> Tensor", "", OPAQUE, None, **kept)


def fixed(parameter, value, **fields):
    """What the second parameter becomes beside a 2x3 tensor."""
    return canonical(record(f"Tensor self, {parameter}", **fields), (X, value))[1]


def same(a, b):
    """One object, or the same value of the same class, item by item."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a is b or (type(a) is type(b) and not isinstance(a, Tensor) and a == b)


def test_the_comparison_sees_another_class():
    assert same((1, 2.0), (1, 2.0))
    assert not same(1, 1.0)
    assert not same(1, True)
    assert not same((1,), (1, 2))
    assert not same(X, X.clone())


BECOMES = [
    ("Tensor other", X, X),
    ("Tensor? other", X, X),
    ("Tensor other", OTHER, OTHER),
    ("Tensor? other", None, None),
    ("Tensor[] many", [X, POINT], (X, POINT)),
    ("Tensor[] many", (X,), (X,)),
    ("Tensor[] many", [], ()),
    ("Tensor?[] many", [None, X], (None, X)),
    ("Tensor[]? many", None, None),
    ("int n", 3, 3),
    ("int n", -7, -7),
    ("int n", np.int64(3), 3),
    ("int n", torch.tensor(3), 3),
    ("int? n", None, None),
    ("int? n", 3, 3),
    ("int dim", 1, 1),
    ("int dim", -1, 1),
    ("int dim", -2, 0),
    ("int dim0", -1, 1),
    ("int axis", -1, 1),
    ("int? dim", None, None),
    ("int? dim", -1, 1),
    ("int dim", np.int32(-1), 1),
    ("int[2] pair", 3, (3, 3)),
    ("int[2] pair", [3], (3, 3)),
    ("int[2] pair", (1, 2), (1, 2)),
    ("int[2] pair", Size((1, 2)), (1, 2)),
    ("int[2] pair", [np.int64(1), torch.tensor(2)], (1, 2)),
    ("int[2] pair", [], ()),
    ("int[1] one", 3, (3,)),
    ("int[1] one", [1, 2, 3], (1, 2, 3)),
    ("int[] sizes", [3, 4], (3, 4)),
    ("int[] sizes", [3], (3,)),
    ("int[]? sizes", None, None),
    ("int[1] dim", -1, (1,)),
    ("int[1] dim", [0, -1], (0, 1)),
    ("int[2] dim", [-1], (1,)),
    ("int[] dims", -1, (1,)),
    ("int[1]? dim", None, None),
    ("float p", 2.5, 2.5),
    ("float p", 2, 2.0),
    ("float p", True, 1.0),
    ("float p", POINT, 2.5),
    ("float p", np.float32(0.5), 0.5),
    ("float p", LATER, LATER),
    ("float? p", None, None),
    ("float[] p", [1, 2.5], (1.0, 2.5)),
    ("float[] p", 3, (3.0,)),
    ("Scalar s", 2, 2),
    ("Scalar s", 2.5, 2.5),
    ("Scalar s", True, True),
    ("Scalar s", 1j, 1j),
    ("Scalar s", np.float32(0.5), 0.5),
    ("Scalar s", np.float64(0.5), 0.5),
    ("Scalar s", POINT, 2.5),
    ("Scalar? s", None, None),
    ("Scalar[] s", [1, POINT], (1, 2.5)),
    ("bool flag", True, True),
    ("bool flag", False, False),
    ("bool flag", 1, True),
    ("bool flag", 0, False),
    ("bool flag", torch.tensor(True), True),
    ("bool[2] flags", [1, 0], (True, False)),
    ("bool[2] flags", (True, False), (True, False)),
    ("bool? flag", None, None),
    ("ScalarType dtype", torch.float32, torch.float32),
    ("ScalarType dtype", None, None),
    ("Layout layout", torch.strided, torch.strided),
    ("MemoryFormat form", torch.channels_last, torch.channels_last),
    ("Device device", "meta", device("meta")),
    ("Device device", device("cpu"), device("cpu")),
    ("Device? device", None, None),
    ("str mode", "linear", "linear"),
    ("Generator? generator", None, None),
    ("Generator? generator", GENERATOR, GENERATOR),
    ("Stream stream", "whatever", "whatever"),
]


@pytest.mark.parametrize(("parameter", "value", "expected"), BECOMES, ids=[f"{p}-{v!r:.20}" for p, v, _ in BECOMES])
def test_a_value_becomes(parameter, value, expected):
    assert same(fixed(parameter, value), expected)


def told(name, expected, got):
    return rf"^probe\(\): argument '{name}' \(position 2\) must be {expected}, not {got}$"


REFUSED = [
    ("Tensor other", 3, TypeError, told("other", "Tensor", "int")),
    ("Tensor other", None, TypeError, told("other", "Tensor", "NoneType")),
    ("Tensor? other", 2.5, TypeError, told("other", "Tensor", "float")),
    ("Tensor[] many", X, TypeError, told("many", "tuple of Tensors", "Tensor")),
    ("Tensor[] many", [X, None], TypeError, "^expected Tensor as element 1 in argument 1, but got NoneType$"),
    ("Tensor[] many", [3], TypeError, "^expected Tensor as element 0 in argument 1, but got int$"),
    ("Tensor?[] many", [None, 3], TypeError, "^expected Tensor as element 1 in argument 1, but got int$"),
    ("int n", 2.5, TypeError, told("n", "int", "float")),
    ("int n", "3", TypeError, told("n", "int", "str")),
    ("int n", None, TypeError, told("n", "int", "NoneType")),
    ("int n", POINT, TypeError, told("n", "int", "Tensor")),
    ("int dim", 2, IndexError, r"^Dimension out of range \(expected to be in range of \[-2, 1\], but got 2\)$"),
    ("int dim", -3, IndexError, r"\[-2, 1\], but got -3\)$"),
    ("int[2] pair", [1, 2, 3], RuntimeError, r"^probe: pair must be a single int or 2 ints, but got \[1, 2, 3\]$"),
    ("int[3] pair", [1, 2], RuntimeError, r"^probe: pair must be a single int or 3 ints, but got \[1, 2\]$"),
    ("int[2] pair", "ab", TypeError, told("pair", "tuple of ints", "str")),
    ("int[2] pair", [1.5, 2], TypeError, told("pair", "tuple of ints", "list")),
    ("int[] sizes", 3, TypeError, told("sizes", "tuple of ints", "int")),
    ("int[1] dim", [2], IndexError, r"\[-2, 1\], but got 2\)$"),
    ("int[1] dim", 1.0, TypeError, told("dim", "tuple of ints", "float")),
    ("float p", "x", TypeError, told("p", "float", "str")),
    ("float p", None, TypeError, told("p", "float", "NoneType")),
    ("float[] p", ["x"], TypeError, told("p", "float", "str")),
    ("Scalar s", "x", TypeError, told("s", "Number", "str")),
    ("Scalar[] s", [1, "x"], TypeError, told("s", "Number", "str")),
    ("bool flag", "x", TypeError, told("flag", "bool", "str")),
    ("bool flag", 2.5, TypeError, told("flag", "bool", "float")),
    ("bool flag", [True], TypeError, told("flag", "bool", "list")),
    ("bool[2] flags", 2.5, TypeError, told("flags", "bool", "float")),
    ("ScalarType dtype", "float32", TypeError, told("dtype", r"torch\.dtype", "str")),
    ("Layout layout", "strided", TypeError, told("layout", r"torch\.layout", "str")),
    ("MemoryFormat form", 3, TypeError, told("form", r"torch\.memory_format", "int")),
    ("str mode", 3, TypeError, told("mode", "str", "int")),
    ("Generator? generator", 3, TypeError, told("generator", r"torch\.Generator", "int")),
]


@pytest.mark.parametrize(("parameter", "value", "kind", "words"), REFUSED, ids=[f"{p}-{v!r:.20}" for p, v, _, _ in REFUSED])
def test_a_value_is_refused(parameter, value, kind, words):
    with pytest.raises(kind, match=words):
        fixed(parameter, value)


@pytest.mark.parametrize("value", [2, 2.5, 1j, True, X, OTHER])
def test_a_number_may_stand_where_the_record_says_so(value):
    assert same(fixed("Tensor other", value, numbers="other"), value)
    assert same(fixed("Tensor other", value, number_overload="Scalar"), value)
    if not isinstance(value, Tensor):
        with pytest.raises(TypeError, match=told("other", "Tensor", type(value).__name__)):
            fixed("Tensor other", value, numbers="another")


def test_what_is_neither_tensor_nor_number_is_refused_beside_a_tensor():
    with pytest.raises(TypeError, match=told("other", "Tensor", "str")):
        fixed("Tensor other", "x", numbers="other")
    with pytest.raises(TypeError, match=told("other", "Tensor", "NoneType")):
        fixed("Tensor other", None, numbers="other")
    assert fixed("Tensor? other", None, numbers="other") is None


def test_numbers_alone_are_no_call():
    both = record("Tensor self, Tensor other", numbers="self other")
    with pytest.raises(
        TypeError, match=r"^probe\(\) received an invalid combination of arguments - got \(int, float\), but expected a"
    ):
        canonical(both, (2, 2.5))
    assert canonical(both, (2, X)) == (2, X)


def test_dims_count_in_the_rank_of_the_tensor_that_the_record_names():
    assert fixed("int dim", 2, dim_extra=1) == 2
    assert fixed("int dim", -1, dim_extra=1) == 2
    with pytest.raises(IndexError, match=r"\[-3, 2\], but got 3"):
        fixed("int dim", 3, dim_extra=1)
    later = record("Tensor self, Tensor other, int dim", dims_of=1)
    assert canonical(later, (POINT, X, -1))[2] == 1
    many = record("Tensor[] tensors, int dim=0")
    assert canonical(many, ([X, X], -1))[1] == 1
    assert canonical(many, ([], -1))[1] == 0
    pairs = record("Tensor[] tensors, int[1] dim")
    assert canonical(pairs, ([X], -1))[1] == (1,)


def test_what_is_left_out_takes_its_default():
    rest = record("Tensor self, int n=3, *, float p=0.5, Tensor? other=None")
    assert canonical(rest, (X,)) == (X, 3, 0.5, None)
    assert canonical(rest, (X, 4)) == (X, 4, 0.5, None)
    assert canonical(rest, (X, 4, 1)) == (X, 4, 1.0, None)
    assert canonical(record("bool flag"), (True,)) == (True,)


def test_an_op_that_needs_no_fixing_passes_its_arguments_on():
    given = ("anything",)
    assert canonical(record("Stream stream"), given) is given


@pytest.mark.parametrize(("dim", "rank", "expected"), [(0, 0, 0), (-1, 0, 0), (0, 1, 0), (-1, 1, 0), (2, 3, 2), (-3, 3, 0)])
def test_a_dim_is_counted_from_the_front(dim, rank, expected):
    assert wrap_dim(dim, rank) == expected


@pytest.mark.parametrize(
    ("dim", "rank", "bounds"), [(1, 0, r"\[-1, 0\]"), (-2, 0, r"\[-1, 0\]"), (3, 3, r"\[-3, 2\]"), (-4, 3, r"\[-3, 2\]")]
)
def test_a_dim_out_of_range_is_refused(dim, rank, bounds):
    with pytest.raises(IndexError, match=rf"expected to be in range of {bounds}, but got {dim}"):
        wrap_dim(dim, rank)


def test_numbers_of_other_libraries_are_numbers():
    assert same(to_index(np.uint8(3)), 3)
    assert same(to_number(np.int32(3)), 3)
    assert same(to_number(torch.tensor([4])), 4)
    with pytest.raises(TypeError, match="not a number"):
        to_number([1])
