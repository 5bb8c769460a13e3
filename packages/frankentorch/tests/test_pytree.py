"""torch.utils._pytree: taking apart and putting together is the identity, for every kind of node."""

from collections import OrderedDict, defaultdict, deque, namedtuple

import pytest

from frankentorch.utils._pytree import (
    register_pytree_node,
    tree_all,
    tree_any,
    tree_flatten,
    tree_leaves,
    tree_map,
    tree_map_only,
    tree_unflatten,
)

Point = namedtuple("Point", "x y")

TREES = [
    1,
    None,
    [1, (2, 3)],
    {"a": 1, "b": [2, {"c": 3}]},
    OrderedDict(z=1, a=2),
    defaultdict(list, {"k": [1, 2]}),
    deque([1, 2], maxlen=3),
    Point(1, [2, 3]),
    [],
    ({}, ()),
]


@pytest.mark.parametrize("tree", TREES, ids=repr)
def test_unflatten_undoes_flatten(tree):
    leaves, spec = tree_flatten(tree)
    back = tree_unflatten(leaves, spec)
    assert back == tree
    assert type(back) is type(tree)
    assert spec.num_leaves == len(leaves)
    assert spec == tree_flatten(tree)[1]


def test_map_over_several_trees():
    assert tree_map(lambda a, b: a + b, {"x": [1, 2]}, {"x": [10, 20]}) == {"x": [11, 22]}
    assert tree_map_only(int, lambda v: v * 2, [1, "a"]) == [2, "a"]
    assert tree_map(lambda p: p.x, [Point(1, 2)], is_leaf=lambda v: isinstance(v, Point)) == [1]


def test_structures_that_differ_are_refused():
    with pytest.raises(ValueError, match="type mismatch"):
        tree_map(lambda a, b: a, [1], (1,))
    with pytest.raises(ValueError, match="mismatch"):
        tree_map(lambda a, b: a, [1], [1, 2])
    with pytest.raises(ValueError, match="length 1"):
        tree_unflatten([1], tree_flatten([1, 2])[1])
    with pytest.raises(TypeError, match="TreeSpec"):
        tree_unflatten([1], [1])


def test_registered_classes_are_nodes():
    class Box:
        def __init__(self, item):
            self.item = item

    register_pytree_node(Box, lambda box: ([box.item], None), lambda children, _: Box(*children))
    assert tree_leaves([Box((1, 2)), 3]) == [1, 2, 3]
    assert tree_map(lambda v: v + 1, Box(1)).item == 2
    with pytest.raises(ValueError, match="already"):
        register_pytree_node(Box, None, None)


def test_all_and_any():
    assert tree_all(lambda v: v > 0, [1, (2,)])
    assert not tree_all(lambda v: v > 1, [1, (2,)])
    assert tree_any(lambda v: v > 1, [1, (2,)])
