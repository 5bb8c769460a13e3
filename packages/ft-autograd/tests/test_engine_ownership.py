"""The engine over nodes made by hand: what arrives in a leaf, in which shape and dtype, and who owns it."""

from itertools import product

import pytest
from hand_nodes import Below, backward, double, leaf, node, number, same

from ft_autograd import engine, hooks
from ft_autograd.engine import run
from ft_autograd.node import EXACT, FRESH, SEQ, Node
from ft_dispatch import surface as torch


@pytest.fixture(autouse=True)
def no_other_hooks(monkeypatch):
    """Leaves of other tests may have hooks, and then every backward looks for them."""
    table = set()
    monkeypatch.setattr(engine, "LEAF_HOOKS", table)
    monkeypatch.setattr(hooks, "LEAF_HOOKS", table)


# -- ownership ---------------------------------------------------------------------------------------------------------

HELD = number(5)  # what somebody else holds


def held(g):
    return (HELD,)


def viewed(g):
    return (g.view(()),)


def chain(*functions, base=Node):
    """A chain over a leaf: functions from the root inwards; `held` ones are not FRESH."""

    def build():
        x = leaf()
        last = x
        for function in reversed(functions):
            last = node(function, last, traits=0 if function is held else FRESH, base=base)
        return x, last

    return build


def into(*, root, leaves=1, edges):
    """A root whose function gives one cotangent for each of `edges`, numbers of leaves."""

    def build():
        xs = [leaf() for _ in range(leaves)]
        return xs[0], node(root, *[xs[i] for i in edges])

    return build


def met_before(first, second, last=same):
    """Two paths meet at one node: `first` arrives before `second`."""

    def build():
        x = leaf()
        bottom = node(last, x)
        late = node(second, bottom, traits=0 if second is held else FRESH)
        return x, node(lambda g: (*first(g), *double(g)), bottom, late, traits=0 if first is held else FRESH)

    return build


def waited(function):
    """One path, on which the cotangent waits for another node's turn."""

    def build():
        x = leaf()
        bottom, late = node(same, x), node(same, leaf())
        late.seq = next(SEQ)
        return x, node(lambda g: (*function(g), g * 1), bottom, late, traits=0 if function is held else FRESH)

    return build


def through_list(function):
    def build():
        x = leaf()
        return x, node(lambda g: (list(function(g)),), (x,))

    return build


def twice_inside(function):
    def build():
        x = leaf()
        bottom = node(same, x)
        return x, node(lambda g: (*function(g), *function(g)), bottom, bottom, traits=0 if function is held else FRESH)

    return build


OWNERS = {
    "new": (chain(double), False),
    "the user's, handed on": (chain(same), True),
    "a view of the user's": (chain(viewed), True),
    "held by a node": (chain(held), True),
    "new, handed on": (chain(double, same), False),
    "new, handed on twice": (chain(double, same, same), False),
    "a view of what is new": (chain(double, viewed), False),
    "held, handed on": (chain(held, same), True),
    "held, handed on twice": (chain(held, same, same), True),
    "computed from what is held": (chain(held, double), False),
    "computed from the user's": (chain(same, double), False),
    "the user's, handed on twice": (chain(same, same), True),
    "new, handed on, on the general road": (chain(double, same, base=Below), False),
    "held, handed on, on the general road": (chain(held, same, base=Below), True),
    "two new ones": (into(root=lambda g: (g * 1, g * 2), leaves=2, edges=(0, 1)), False),
    "one of two is the user's": (into(root=lambda g: (g, g * 2), leaves=2, edges=(0, 1)), True),
    "a sum in a leaf": (into(root=lambda g: (g, g), edges=(0, 0)), False),
    "a sum, the first held": (met_before(held, double), False),
    "a sum, the second held": (met_before(double, held), False),
    "held, after a wait": (waited(held), True),
    "new, after a wait": (waited(double), False),
    "the user's, after a wait": (waited(same), True),
    "a part of a list": (through_list(double), True),
    "one node twice": (twice_inside(held), False),
}


def test_a_leaf_takes_over_what_nobody_else_holds(monkeypatch):
    told = []
    accumulate = engine.accumulate_into
    monkeypatch.setattr(engine, "accumulate_into", lambda *what: told.append((what[0], what[3])) or accumulate(*what))
    for name, (build, shared) in OWNERS.items():
        told.clear()
        x, root = build()
        mine = number(7)
        backward(root, g=mine)
        asked = [True] if shared else [False] if name == "a view of what is new" else []
        assert [flag for target, flag in told if target is x] == asked, name
        kept = x.grad.item()
        x.grad.add_(1)
        assert (mine.item(), HELD.item(), x.grad.item(), x.grad._base) == (7.0, 5.0, kept + 1, None), name


def test_cotangents_of_several_roots_are_the_users():
    x, y, mine, other = leaf(), leaf(), number(7), number(8)
    run([node(same, x), node(same, y)], [mine, other], retain_graph=False, create_graph=False)
    x.grad.add_(1)
    y.grad.add_(1)
    assert (mine.item(), other.item(), x.grad.item(), y.grad.item()) == (7.0, 8.0, 8.0, 9.0)


def test_what_had_to_be_fitted_is_new(monkeypatch):
    told, accumulate = [], engine.accumulate_into
    monkeypatch.setattr(engine, "accumulate_into", lambda *what: told.append(what[3]) or accumulate(*what))
    wide = torch.ones(3)
    for base in (Node, Below):
        backward(node(lambda g: (wide,), leaf(), traits=0, base=base))
        backward(node(lambda g: (wide, wide), leaf(), leaf(), traits=0, base=base))
        backward(node(lambda g: (wide,), node(same, leaf(), base=base), traits=0, base=base))
    assert told == []
    assert wide.tolist() == [1.0] * 3


def test_leaves_that_get_the_same_gradient_do_not_share_it():
    x, y = leaf(), leaf()
    backward(node(double, node(lambda g: (g, g), x, y)))
    x.grad.add_(1)
    assert (x.grad.item(), y.grad.item()) == (3.0, 2.0)


def test_a_leaf_takes_the_very_tensor_that_was_made_for_it():
    x, made = leaf(), number(3)
    backward(node(lambda g: (made,), x))
    assert x.grad is made
    backward(node(lambda g: (number(4),), x))
    assert (x.grad is made, made.item()) == (True, 7.0)


def test_with_create_graph_gradients_are_added_out_of_place():
    x, made = leaf(), number(3)
    backward(node(lambda g: (made,), x, traits=0), create_graph=True)
    assert x.grad is made
    backward(node(lambda g: (number(4),), x), create_graph=True)
    assert (x.grad.item(), made.item()) == (7.0, 3.0)


# -- shapes and dtypes on the way --------------------------------------------------------------------------------------


def test_gradients_take_the_shape_and_dtype_of_what_they_are_for():
    for base, traits in product((Node, Below), (FRESH, 0, FRESH | EXACT)):
        seen = []

        def look(g, seen=seen):
            seen.append((tuple(g.shape), g.dtype))
            return (g,)

        x = leaf(2)
        inner = node(look, x, shape=(2,), base=base)
        wide = torch.ones(2, dtype=torch.float64) if traits & EXACT else torch.ones(3, 2, dtype=torch.float64)
        backward(node(lambda g, wide=wide: (wide,), inner, traits=traits, base=base))
        assert seen == [((2,), torch.float32)]
        assert (tuple(x.grad.shape), x.grad.dtype, x.grad.tolist()) == ((2,), torch.float32, [1.0 if traits & EXACT else 3.0] * 2)


def test_a_leaf_gets_its_own_shape_and_dtype():
    for base, many in product((Node, Below), (False, True)):
        x, y = leaf(2), leaf(1, 2, kind=torch.float64)
        wide = torch.ones(3, 2, dtype=torch.float64)
        edges = (x, y, x) if many else (x,)
        given = (wide,) * len(edges)
        backward(node(lambda g, given=given: given, *edges, traits=0, base=base))
        assert (x.grad.tolist(), x.grad.dtype) == ([6.0 if many else 3.0] * 2, torch.float32)
        if many:
            assert (y.grad.tolist(), y.grad.dtype) == ([[3.0, 3.0]], torch.float64)


# -- gradients of both sorts, and of none ------------------------------------------------------------------------------


def spread():
    return torch.tensor([0.0, 2.0, 0.0]).to_sparse()


def test_sparse_and_dense_gradients_meet_anywhere():
    """In a leaf, at a node at once, at a node after a wait; whichever comes first."""
    dense = torch.ones(3)
    for first, second in ((spread(), dense), (dense, spread()), (spread(), spread())):
        total = [4.0 if first.is_sparse and second.is_sparse else 1.0 + 2.0 * (i == 1) for i in range(3)]
        total = [0.0, 4.0, 0.0] if first.is_sparse and second.is_sparse else total
        for meet in ("leaf", "leaf along a list", "node", "node after a wait"):
            x = leaf(3)
            bottom = x if meet.startswith("leaf") else node(same, x, shape=(3,), k=x._k)
            if meet == "node after a wait":
                late = node(lambda g, second=second: (second,), bottom, shape=(3,), k=x._k)
                root = node(lambda g, first=first: (first, torch.ones(3)), bottom, late, shape=())
            elif meet == "leaf along a list":
                root = node(lambda g, first=first, second=second: ([first, second],), (bottom, bottom), shape=())
            else:
                root = node(lambda g, first=first, second=second: (first, second), bottom, bottom, shape=())
            backward(root)
            found = x.grad.to_dense() if x.grad.is_sparse else x.grad
            assert found.tolist() == total, (meet, first.is_sparse, second.is_sparse)


def test_a_leaf_in_another_order_gets_its_gradient_in_that_order():
    x = torch.zeros(3, 2).t().requires_grad_()
    backward(node(lambda g: (torch.ones(2, 3),), x))
    assert x.grad.stride() == (1, 2)
    y = leaf(2, 3)
    backward(node(lambda g: (torch.ones(3, 2).t(),), y))
    assert y.grad.stride() == (3, 1)
    z = leaf(6)
    backward(node(lambda g: (torch.ones(2, 3).view(6),), z))
    assert (z.grad._base, z.grad.tolist()) == (None, [1.0] * 6)
    whole = z.grad
    backward(node(lambda g: (torch.ones(6),), z))
    assert z.grad is whole
    assert whole.tolist() == [2.0] * 6
