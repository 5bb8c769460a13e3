"""Classes as nodes and constants of trees, specs built by hand, specs as text: the rest of torch.utils._pytree."""

import enum
import json
import time
from dataclasses import dataclass, field

import pytest

from frankentorch.utils import _pytree as pytree


class Colour(enum.Enum):
    """Of a context."""

    RED = 1


@dataclass
class Pair:
    """Two fields of data and one that `__init__` does not take."""

    x: object
    y: object = None
    made: int = field(init=False, default=7)


@dataclass(frozen=True)
class Config:
    """A constant: it has equality and a hash."""

    norm: str


class Plain:
    """No dataclass, but made from its fields."""

    def __init__(self, a, b):
        self.a, self.b = a, b


@pytest.fixture
def registered():
    before = dict(pytree.SUPPORTED_NODES)
    yield
    pytree.SUPPORTED_NODES.clear()
    pytree.SUPPORTED_NODES.update(before)


def test_a_dataclass_is_a_node(registered):
    pytree.register_dataclass(Pair, serialized_type_name="tests.Pair")
    leaves, spec = pytree.tree_flatten([Pair(1, (2, 3)), Pair(4)])
    assert leaves == [1, 2, 3, 4]
    assert pytree.tree_unflatten([10, 20, 30, 40], spec) == [Pair(10, (20, 30)), Pair(40)]
    paths, _ = pytree.tree_flatten_with_path(Pair(1, (2, 3)))
    assert [pytree.keystr(path) for path, _ in paths] == [".x", ".y[0]", ".y[1]"]
    assert pytree.treespec_loads(pytree.treespec_dumps(spec)) == spec
    with pytest.warns(UserWarning, match="already registered as pytree node. Overwriting"):
        pytree.register_dataclass(Pair, field_names=["x"], drop_field_names=["y"])
    assert pytree.tree_leaves(Pair(1, 2)) == [1]


def test_a_class_made_from_its_fields(registered):
    with pytest.raises(ValueError, match="field_names must be specified with a list of all fields used to initialize"):
        pytree.register_dataclass(Plain)
    pytree.register_dataclass(Plain, field_names=["a", "b"])
    made = pytree.tree_map(lambda n: n + 1, Plain(1, 2))
    assert (made.a, made.b) == (2, 3)
    with pytest.raises(ValueError, match=r"Missing fields in `field_names`: {'y'}(.|\n)*Unexpected fields in `field_names`: {'z'}"):
        pytree.register_dataclass(Pair, field_names=["x", "z"])
    assert Pair not in pytree.SUPPORTED_NODES


def test_constants_have_no_leaves(registered):
    pytree.register_constant(Config)
    leaves, spec = pytree.tree_flatten((1, Config("l2")))
    assert leaves == [1]
    assert pytree.tree_unflatten([2], spec) == (2, Config("l2"))
    assert spec != pytree.tree_structure((1, Config("l1")))
    assert [pytree.is_constant_class(c) for c in (Config, Pair, 3)] == [True, False, False]
    with pytest.raises(TypeError, match="non-default `__eq__`"):
        pytree.register_constant(Plain)
    with pytest.raises(TypeError, match="non-default `__hash__`"):
        pytree.register_constant(Pair)


def test_specs_made_by_hand():
    star = pytree.treespec_leaf()
    assert pytree.treespec_tuple([star, pytree.treespec_dict(a=star)]) == pytree.tree_structure((1, {"a": 2}))
    assert pytree.treespec_dict({"b": star}, c=star) == pytree.tree_structure({"b": 1, "c": 2})
    with pytest.raises(ValueError, match="Expected a tuple of TreeSpec values, got"):
        pytree.treespec_tuple([3])
    with pytest.raises(ValueError, match="Expected a dictionary of TreeSpec values, got"):
        pytree.treespec_dict(a=3)


def test_contexts_as_text(registered):
    both = {"to_dumpable_context": str, "from_dumpable_context": int}
    pytree.register_pytree_node(
        Plain, lambda v: ([v.a], v.b), lambda c, b: Plain(*c, b), serialized_type_name="tests.Plain", **both
    )
    spec = pytree.tree_structure(Plain(1, 5))
    assert '"context": "5"' in pytree.treespec_dumps(spec)
    assert pytree.treespec_loads(pytree.treespec_dumps(spec)) == spec
    with pytest.raises(ValueError, match=r"Both to_dumpable_context and from_dumpable_context for .* must be None or registered"):
        pytree.register_pytree_node(Pair, list, list, to_dumpable_context=str)
    keyed = pytree.tree_structure({Colour.RED: 1})
    assert pytree.treespec_loads(pytree.treespec_dumps(keyed)) == keyed
    written = json.dumps({"c": Colour.RED}, cls=pytree.EnumEncoder)
    assert json.loads(written, object_hook=pytree.enum_object_hook) == {"c": Colour.RED}
    for foreign in ("os:path", "no.such.module:Colour"):
        with pytest.raises(TypeError, match="expected an Enum class of a module that is loaded"):
            pytree.enum_object_hook({"__enum__": True, "fqn": foreign, "name": "RED"})
    with pytest.warns(FutureWarning, match="Please use `treespec_dumps`"):
        text = pytree.pytree_to_str(keyed)
    with pytest.warns(FutureWarning, match="Please use `treespec_loads`"):
        assert pytree.str_to_pytree(text) == keyed


def test_helpers():
    assert pytree.arg_tree_leaves([1, 2], {"a": 3}, b=(4,)) == [1, 2, 3, 4]
    assert [pytree.map_only(int)(lambda n: n + 1)(value) for value in (1, "a")] == [2, "a"]
    assert [pytree.map_only(lambda v: v == 1)(str)(value) for value in (1, 2)] == ["1", 2]
    assert [pytree.map_only((int, str))(bool)(value) for value in (0, "", None)] == [False, False, None]
    with pytest.raises(TypeError, match="Argument must be a type, a tuple of types, or a callable"):
        pytree.map_only(3)
    with pytest.raises(TypeError, match="not an acceptable base type"):
        type("Sub", (pytree.structseq,), {})
    assert pytree.is_structseq(time.localtime())
