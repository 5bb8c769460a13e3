"""The signature parser: what it reads, what it refuses."""

import pytest

from ft_dispatch.schema import NO_DEFAULT, parse, split_name


def test_a_signature_is_read_in_full():
    s = parse("add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor")
    assert (s.name, s.overload) == ("add", "Tensor")
    assert [p.name for p in s.params] == ["self", "other", "alpha"]
    assert [p.kwonly for p in s.params] == [False, False, True]
    assert s.params[0].default is NO_DEFAULT
    assert s.params[2].default == 1


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Tensor(a!) self", "write", True),
        ("Tensor(a) self", "alias", "a"),
        ("Tensor? weight=None", "optional", True),
        ("Tensor[] tensors", "is_list", True),
        ("Tensor?[] indices", "optional_items", True),
        ("int[2] stride=1", "size", 2),
        ("SymInt[] size", "base", "int"),
        ("int[1]? dim=None", "optional", True),
        ("int reduction=Mean", "default", 1),
        ("int[2] padding=[0, 1]", "default", (0, 1)),
        ("float? scale=None", "base", "float"),
        ("str mode='none'", "default", "none"),
        ("bool flag=True", "default", True),
    ],
)
def test_parameters(text, field, value):
    (param,) = parse(f"f({text}) -> Tensor").params
    assert getattr(param, field) == value


def test_outputs_may_be_named_or_listed():
    assert [p.name for p in parse("max.dim(Tensor self, int dim) -> (Tensor values, Tensor indices)").returns] == [
        "values",
        "indices",
    ]
    assert parse("unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]").returns[0].is_list


def test_a_name_is_split_without_parsing_the_rest():
    assert split_name("sum.dim_IntList(anything") == ("sum", "dim_IntList")
    assert split_name("exp(Tensor self) -> Tensor") == ("exp", "")


@pytest.mark.parametrize("text", ["nonsense", "f(Tensor self)", "f(Ten-sor self) -> Tensor"])
def test_what_does_not_read_is_named(text):
    with pytest.raises(ValueError, match="schema"):
        parse(text)
