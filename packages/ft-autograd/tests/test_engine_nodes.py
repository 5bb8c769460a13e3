"""The engine over nodes made by hand: who runs and when, what arrives where, and who owns it. Numbers are small integers, so all is exact."""

import gc
import random
import weakref

import pytest

from ft_autograd import enable_grad, engine, hooks, no_grad
from ft_autograd.engine import run
from ft_autograd.hooks import AccumulateGrad, register_post_accumulate_grad_hook
from ft_autograd.node import EXACT, FRESH, SAVES, Node, Out, next_seq
from ft_autograd.reach import Graph, edges_of, reach, take_apart, vertex_of
from ft_core import Tensor
from ft_core.keys import GRAD
from ft_core.state import TL, grad_enabled
from ft_dispatch import surface as torch

K = torch.zeros(1)._k | GRAD


@pytest.fixture(autouse=True)
def no_other_hooks(monkeypatch):
    """Leaves of other tests may have hooks, and then every backward looks for them."""
    table = set()
    monkeypatch.setattr(engine, "LEAF_HOOKS", table)
    monkeypatch.setattr(hooks, "LEAF_HOOKS", table)


class Hand(Node):
    """A node whose function is given; `log` gets its name when it runs, `gone` counts releases."""

    __slots__ = ("function", "gone", "log", "n_outputs", "tag", "traits")

    def apply(self, g):
        if self.log is not None:
            self.log.append(self.tag)
        return self.function(g)

    def release(self):
        self.gone += 1


class Below(Hand):
    """Not derived from Node directly: it takes the engine's general road."""

    __slots__ = ()


def node(function, *edges, shape=(), traits=FRESH, outputs=1, log=None, tag="", k=K, kind=Hand):
    made = kind.__new__(kind)
    made.function, made.next, made.shape, made.traits = function, edges, shape, traits
    made.n_outputs, made.log, made.tag, made.gone, made.k, made.seq = outputs, log, tag, 0, k, next_seq()
    return made


def leaf(*shape, kind=torch.float32):
    return torch.zeros(*shape, dtype=kind).requires_grad_()


def number(value):
    return torch.tensor(float(value))


def same(g):
    return (g,)


def double(g):
    return (g * 2,)


def backward(root, *, g=None, retain_graph=False, **kwargs):
    given = number(1) if g is None else g
    return run([root], [given], retain_graph=retain_graph, **{"create_graph": False, **kwargs})


# -- order -------------------------------------------------------------------------------------------------------------


def random_graph(rng, log):
    """Nodes in the order of recording over three leaves. Each adds multiples of its cotangents up; edges of every sort."""
    leaves, nodes = [leaf() for _ in range(3)], []
    for tag in range(rng.randint(2, 9)):
        sources = [*leaves, *nodes, *nodes]
        edges, plans = [], []
        for _ in range(rng.randint(1, 3)):
            places = [place(rng, rng.choice(sources)) for _ in range(rng.choice([1, 1, 1, 2]))]
            if len(places) == 1 and rng.random() < 0.8:
                edges.append(places[0] if rng.random() < 0.9 else None)
            else:
                edges.append(tuple(places))
            plans.append([rng.randint(-2, 3) for _ in places])
        outputs = rng.choice([1, 1, 2])
        nodes.append(linear(edges, plans, outputs, rng.choice([Hand, Hand, Below]), log, tag))
    return leaves, nodes


def place(rng, source):
    if isinstance(source, Tensor) or source.n_outputs == 1:
        return source
    return Out(source, rng.randrange(source.n_outputs))


def linear(edges, plans, outputs, kind, log, tag):
    def function(g):
        if outputs > 1 and all(x is None for x in g):
            return tuple([None] * len(plan) if edge.__class__ is tuple else None for edge, plan in zip(edges, plans, strict=True))
        total = sum(x.item() * (i + 1) for i, x in enumerate(g) if x is not None) if outputs > 1 else g.item()
        found = []
        for edge, plan in zip(edges, plans, strict=True):
            parts = [None if times == 0 else number(times * total) for times in plan]
            found.append(parts if edge.__class__ is tuple else parts[0])
        return tuple(found)

    return node(function, *edges, shape=() if outputs == 1 else ((),) * outputs, outputs=outputs, log=log, tag=tag, kind=kind)


def expected(nodes, root, stops=frozenset()):
    """What arrives at (vertex, output) when every node serves all its cotangents at once, the latest node first; nodes that ran."""
    arrived, ran = {(id(root), 0): 1.0}, []
    for current in sorted(nodes, key=lambda n: -n.seq):
        held = [arrived.get((id(current), i)) for i in range(current.n_outputs)]
        if current is not root and not any(vertex_of(edge) is current for n in ran for edge in edges_of(n)):
            continue
        ran.append(current)
        if all(x is None for x in held) or current in stops:
            continue
        cotangents = [None if x is None else number(x) for x in held]
        found = current.function(cotangents if current.n_outputs > 1 else cotangents[0])
        for edge, part in zip(current.next, found, strict=True):
            pairs = zip(edge, part, strict=True) if edge.__class__ is tuple else [(edge, part)]
            for inner, grad in pairs:
                if inner is not None and grad is not None:
                    key = (id(inner.node), inner.index) if inner.__class__ is Out else (id(inner), 0)
                    arrived[key] = arrived.get(key, 0.0) + grad.item()
    return arrived, ran


def top_of(nodes, log):
    last = nodes[-1]
    return node(same, last if last.n_outputs == 1 else Out(last, 0), log=log, tag="top")


def in_order(log):
    return log == sorted(set(log), key=lambda tag: -1e9 if tag == "top" else -tag)


def test_random_graphs_give_the_sums_over_all_paths():
    for seed in range(60):
        log = []
        leaves, nodes = random_graph(random.Random(seed), log)
        top = top_of(nodes, log)
        arrived, ran = expected([*nodes, top], top)
        backward(top)
        assert [None if x.grad is None else x.grad.item() for x in leaves] == [arrived.get((id(x), 0)) for x in leaves], seed
        assert in_order(log), seed
        assert set(log) <= {current.tag for current in ran}, seed


def test_random_graphs_captured_at_some_places():
    for seed in range(60):
        rng, log = random.Random(seed), []
        leaves, nodes = random_graph(rng, log)
        top = top_of(nodes, log)
        arrived, _ = expected([*nodes, top], top)
        wanted = [place(rng, rng.choice([*leaves, *nodes])) for _ in range(rng.randint(1, 3))]
        found = backward(top, inputs=wanted, accumulate=False)
        for edge in wanted:
            key = (id(edge.node), edge.index) if edge.__class__ is Out else (id(edge), 0)
            target = (edge.node, edge.index) if edge.__class__ is Out else edge if isinstance(edge, Tensor) else (edge, 0)
            value = found.get(target)
            assert (None if value is None else value.item()) == arrived.get(key), seed
        assert all(x.grad is None for x in leaves), seed
        behind, reached = {vertex_of(edge) for edge in wanted}, reach([top])
        needed = {n.tag for n in [*nodes, top] if n in reached and any(v in behind for v in reach(edges_of(n)))}
        assert in_order(log), seed
        assert set(log) <= needed, seed


def test_of_pending_nodes_the_latest_runs_first():
    log, x = [], leaf()
    a, b, c = (node(same, x, log=log, tag=tag) for tag in "abc")
    middle = node(lambda g: (g, g), a, c, log=log, tag="middle")
    d = node(same, b, log=log, tag="d")
    backward(node(lambda g: (g, g), d, middle, log=log, tag="top"))
    assert log == ["top", "d", "middle", "c", "b", "a"]
    assert x.grad.item() == 3.0


def test_what_a_node_leads_to_waits_where_something_later_is_pending():
    log, x = [], leaf()
    early = node(same, x, log=log, tag="early")
    late = node(same, early, log=log, tag="late")
    backward(node(lambda g: (g, g), early, late, log=log, tag="top"))
    assert log == ["top", "late", "early"]
    assert x.grad.item() == 2.0


def test_roots_may_lie_behind_one_another_and_come_twice():
    log, x = [], leaf()
    inner = node(double, x, log=log, tag="inner")
    outer = node(double, inner, log=log, tag="outer")
    run([inner, outer, inner, x], [number(1), number(10), number(100), number(1000)], retain_graph=True, create_graph=False)
    assert (log, x.grad.item()) == (["outer", "inner"], 1000.0 + 2 * (101.0 + 20.0))


def test_one_root_of_several_outputs():
    x = leaf()
    pair = node(lambda g: (g[1] * 3 if g[0] is None else None,), x, shape=((), ()), outputs=2)
    backward(Out(pair, 1))
    assert x.grad.item() == 3.0


def test_a_node_that_gets_nothing_leads_on_with_nothing():
    log, x = [], leaf()
    inner = node(double, x, log=log, tag="inner")
    backward(node(lambda g: (None,), inner, log=log, tag="top"))
    assert (log, x.grad) == (["top"], None)


# -- memory of the graph -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Hand, Below])
@pytest.mark.parametrize(("traits", "retain", "gone"), [(SAVES, False, 1), (SAVES, True, 0), (0, False, 0), (FRESH, False, 0)])
def test_what_was_saved_is_let_go_once(kind, traits, retain, gone):
    x = leaf()
    inner = node(same, x, traits=traits, kind=kind)
    top = node(same, inner, traits=traits, kind=kind)
    backward(top, retain_graph=retain)
    assert (inner.gone, top.gone) == (gone, gone)


def test_nodes_that_are_not_needed_neither_run_nor_let_go():
    log, x, y = [], leaf(), leaf()
    a, b = node(double, x, log=log, tag="a", traits=SAVES), node(double, y, log=log, tag="b", traits=SAVES)
    found = backward(node(lambda g: (g, g), a, b, log=log, tag="top"), inputs=[x], accumulate=False)
    assert (log, found[x].item(), list(found), b.gone) == (["top", "a"], 2.0, [x], 0)


def test_a_node_that_is_wanted_itself_does_not_run_unless_something_behind_it_is():
    log, x = [], leaf()
    inner = node(double, x, log=log, tag="inner")
    top = node(double, inner, log=log, tag="top")
    assert backward(top, inputs=[inner], accumulate=False)[inner, 0].item() == 2.0
    assert log == ["top"]
    found = backward(top, inputs=[inner, x], accumulate=False)
    assert (found[inner, 0].item(), found[x].item(), log) == (2.0, 4.0, ["top", "top", "inner"])


def test_inputs_that_are_leaves_accumulate_alone():
    x, y = leaf(), leaf()
    top = node(lambda g: (g, g), x, y)
    assert backward(top, inputs=[y], accumulate=True) == {}
    assert (x.grad, y.grad.item()) == (None, 1.0)


@pytest.mark.parametrize("collecting", [True, False])
@pytest.mark.parametrize("fails", [False, True])
def test_the_collector_is_left_as_it_was(monkeypatch, collecting, fails):
    monkeypatch.setattr(engine, "LONG", 2)
    x, seen = leaf(), []

    def look(g):
        seen.append(gc.isenabled())
        if fails:
            raise ValueError("stop")
        return (g,)

    top = node(look, x)
    for _ in range(5):
        top = node(same, top)
    (gc.enable if collecting else gc.disable)()
    try:
        if fails:
            with pytest.raises(ValueError, match="stop"):
                backward(top)
        else:
            backward(top)
        assert (gc.isenabled(), seen) == (collecting, [False])
        backward(node(same, leaf()))
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_a_stretch_may_end_anywhere(monkeypatch):
    for length in range(1, 8):
        monkeypatch.setattr(engine, "LONG", length)
        log, x = [], leaf()
        a = node(same, x, log=log, tag="a")
        b = node(same, a, log=log, tag="b")
        c = node(lambda g, a=a: (g, g), a, b, log=log, tag="c")
        mine = number(1)
        backward(node(same, node(same, c, log=log, tag="d"), log=log, tag="top"), g=mine)
        assert (log, x.grad.item()) == (["top", "d", "c", "b", "a"], 2.0), length
        y = leaf()
        backward(node(same, node(same, node(same, y))), g=mine)
        y.grad.add_(1)
        assert (mine.item(), y.grad.item()) == (1.0, 2.0), length


def test_the_collector_rests_in_long_graphs_only(monkeypatch):
    seen, accumulate = [], engine.accumulate_into
    monkeypatch.setattr(engine, "accumulate_into", lambda *what: seen.append(gc.isenabled()) or accumulate(*what))
    for length in (10, 1):
        monkeypatch.setattr(engine, "LONG", length)
        backward(node(same, node(same, leaf())))
    assert seen == [True, False]


# -- ownership ---------------------------------------------------------------------------------------------------------

HELD = number(5)  # what somebody else holds


def held(g):
    return (HELD,)


def viewed(g):
    return (g.view(()),)


def chain(*functions, kind=Hand):
    """A chain over a leaf: functions from the root inwards; `held` ones are not FRESH."""

    def build():
        x = leaf()
        last = x
        for function in reversed(functions):
            last = node(function, last, traits=0 if function is held else FRESH, kind=kind)
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
        late.seq = next_seq()
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
    "new, handed on, on the general road": (chain(double, same, kind=Below), False),
    "held, handed on, on the general road": (chain(held, same, kind=Below), True),
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
    for kind in (Hand, Below):
        backward(node(lambda g: (wide,), leaf(), traits=0, kind=kind))
        backward(node(lambda g: (wide, wide), leaf(), leaf(), traits=0, kind=kind))
        backward(node(lambda g: (wide,), node(same, leaf(), kind=kind), traits=0, kind=kind))
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


@pytest.mark.parametrize("kind", [Hand, Below])
@pytest.mark.parametrize("traits", [FRESH, 0, FRESH | EXACT])
def test_gradients_take_the_shape_and_dtype_of_what_they_are_for(kind, traits):
    seen = []

    def look(g):
        seen.append((tuple(g.shape), g.dtype))
        return (g,)

    x = leaf(2)
    inner = node(look, x, shape=(2,), kind=kind)
    wide = torch.ones(2, dtype=torch.float64) if traits & EXACT else torch.ones(3, 2, dtype=torch.float64)
    backward(node(lambda g: (wide,), inner, traits=traits, kind=kind))
    assert seen == [((2,), torch.float32)]
    assert (tuple(x.grad.shape), x.grad.dtype, x.grad.tolist()) == ((2,), torch.float32, [1.0 if traits & EXACT else 3.0] * 2)


@pytest.mark.parametrize("kind", [Hand, Below])
@pytest.mark.parametrize("many", [False, True])
def test_a_leaf_gets_its_own_shape_and_dtype(kind, many):
    x, y = leaf(2), leaf(1, 2, kind=torch.float64)
    wide = torch.ones(3, 2, dtype=torch.float64)
    edges = (x, y, x) if many else (x,)
    backward(node(lambda g: (wide,) * len(edges), *edges, traits=0, kind=kind))
    assert (x.grad.tolist(), x.grad.dtype) == ([6.0 if many else 3.0] * 2, torch.float32)
    if many:
        assert (y.grad.tolist(), y.grad.dtype) == ([[3.0, 3.0]], torch.float64)


# -- callbacks, modes, nesting -----------------------------------------------------------------------------------------


def test_callbacks_run_in_order_at_the_end_of_the_outermost_backward():
    log, x, y = [], leaf(), leaf()

    def inside(g):
        engine.FINAL.append(lambda: log.append("first"))
        engine.FINAL.append(lambda: log.append("second"))
        backward(node(same, y, log=log, tag="nested"))
        log.append("still inside")
        return (g,)

    backward(node(inside, x, log=log, tag="outer"))
    assert log == ["outer", "nested", "still inside", "first", "second"]
    assert engine.FINAL == []
    assert y.grad.item() == 1.0


def test_a_nested_backward_is_told_and_an_outer_one_is_not(monkeypatch):
    depths, x = [], leaf()
    nested = engine.nested
    monkeypatch.setattr(engine, "nested", lambda *args, **kwargs: depths.append(len(depths)) or nested(*args, **kwargs))

    def deeper(levels):
        def function(g):
            if levels:
                backward(node(deeper(levels - 1), x))
            return (g,)

        return function

    backward(node(deeper(0), x))
    assert depths == []
    backward(node(deeper(3), x))
    assert (depths, x.grad.item(), TL.st.data["graph"]) == ([0, 1, 2], 5.0, None)


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("recording", [False, True])
def test_functions_run_with_recording_as_create_graph_says(create_graph, recording):
    seen = []
    with enable_grad() if recording else no_grad():
        backward(node(lambda g: seen.append(grad_enabled()) or (g,), leaf()), create_graph=create_graph)
        assert (seen, grad_enabled()) == ([create_graph], recording)


def test_a_failure_leaves_nothing_behind():
    def fail(g):
        raise ZeroDivisionError

    before, x = TL.st.bits, leaf()
    with pytest.raises(ZeroDivisionError):
        backward(node(fail, x))
    assert (TL.st.bits, TL.st.data["graph"], x.grad) == (before, None, None)


# -- hooks -------------------------------------------------------------------------------------------------------------


def test_hooks_of_a_node_run_around_it_and_replace():
    log, x = [], leaf()
    inner = node(double, x, log=log, tag="run")
    inner.register_prehook(lambda g: log.append(("pre", g[0].item())) or number(10))
    inner.register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(20),))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())) or number(7))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())) or (number(8),))
    inner.register_hook(lambda gi, go: log.append(("post", gi[0].item(), go[0].item())))
    backward(node(same, inner))
    assert log == [("pre", 1.0), ("pre", 10.0), "run", ("post", 40.0, 20.0), ("post", 7.0, 20.0), ("post", 8.0, 20.0)]
    assert x.grad.item() == 8.0


def test_hooks_of_a_node_of_several_outputs_see_them_all():
    seen, x = [], leaf()
    pair = node(lambda g: (g[0] if g[1] is None else g[1],), x, shape=((), ()), outputs=2)
    pair.register_prehook(lambda g: seen.append([None if t is None else t.item() for t in g]))
    pair.register_hook(lambda gi, go: seen.append([None if t is None else t.item() for t in go]))
    backward(node(double, Out(pair, 1)))
    assert seen == [[None, 2.0], [None, 2.0]]
    pair.register_prehook(lambda g: (number(1), number(9)))
    backward(node(double, Out(pair, 0)), retain_graph=True)
    assert (seen[2:], x.grad.item()) == ([[2.0, None], [1.0, 9.0]], 11.0)


def test_a_node_with_hooks_that_gets_nothing_still_calls_the_first_of_them():
    seen, x = [], leaf()
    inner = node(double, x)
    inner.register_prehook(seen.append)
    backward(node(lambda g: (None,), inner))
    assert (seen, x.grad) == ([(None,)], None)


def test_a_prehook_may_give_what_did_not_come():
    x = leaf()
    inner = node(double, x)
    inner.register_prehook(lambda g: (number(3),))
    backward(node(lambda g: (None,), inner))
    assert x.grad.item() == 6.0


def test_hooks_of_a_leaf_run_around_its_accumulation():
    log, x = [], leaf()
    x.register_hook(lambda g: log.append(("tensor", g.item())) or number(2))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())) or number(3))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())) or (number(4), "ignored"))
    AccumulateGrad(x).register_prehook(lambda g: log.append(("pre", g[0].item())))
    AccumulateGrad(x).register_hook(lambda gi, go: log.append(("node", gi, go[0].item(), x.grad.item())))
    register_post_accumulate_grad_hook(x, lambda t: log.append(("post", t is x, x.grad.item())))
    backward(node(same, x))
    assert log == [("tensor", 1.0), ("pre", 2.0), ("pre", 3.0), ("pre", 4.0), ("node", (), 4.0, 4.0), ("post", True, 4.0)]
    log.clear()
    found = backward(node(same, x), inputs=[x], accumulate=False)
    assert (log, found[x].item(), x.grad.item()) == ([("tensor", 1.0)], 2.0, 4.0)
    other = leaf()
    backward(node(lambda g: (g, g), x, other), inputs=[other], accumulate=True)
    assert (log, x.grad.item(), other.grad.item()) == ([("tensor", 1.0)], 4.0, 1.0)
    assert id(x) in hooks.LEAF_HOOKS


def test_what_a_hook_was_shown_is_not_taken_over():
    shown, x = [], leaf()
    x.register_hook(shown.append)
    backward(node(double, x))
    x.grad.add_(1)
    assert (shown[0].item(), x.grad.item()) == (2.0, 3.0)


def test_a_hook_that_returns_no_tensor_is_refused():
    x = leaf()
    x.register_hook(lambda g: 3)
    with pytest.raises(TypeError, match=r"^expected Tensor, but hook returned 'int'$"):
        backward(node(same, x))
    assert x.grad is None


def test_hooks_of_leaves_that_are_roots():
    seen, x = [], leaf()
    x.register_hook(lambda g: seen.append(g.item()))
    run([x, node(double, x)], [number(1), number(10)], retain_graph=False, create_graph=False)
    assert (seen, x.grad.item()) == ([21.0], 21.0)
    backward(x)
    assert (seen, x.grad.item()) == ([21.0, 1.0], 22.0)


def test_a_watched_leaf_is_handed_its_gradient_with_the_last_edge_into_it():
    log, x, y = [], leaf(), leaf()
    y.register_hook(lambda g: None)

    def look(g):
        log.append((None if x.grad is None else x.grad.item(), None if y.grad is None else y.grad.item()))
        return (g,)

    first = node(look, x)
    second = node(lambda g: (*look(g), g, (g,)), first, y, (y,))
    backward(node(lambda g: (*look(g), g), second, y))
    assert log == [(None, None), (None, None), (None, 3.0)]
    assert (x.grad.item(), y.grad.item()) == (1.0, 3.0)


def test_edges_along_which_nothing_comes_count_as_used():
    log, y = [], leaf()
    y.register_hook(lambda g: None)
    last = node(lambda g: log.append(y.grad.item()) or (g,), leaf())
    middle = node(lambda g: (g, None, [None]), last, y, (y,))
    backward(node(lambda g: (g, g), middle, y))
    assert log == [1.0]


# -- what a trace is told ----------------------------------------------------------------------------------------------


class Told:
    """Stands in the place of a trace."""

    def __init__(self):
        self.log = []

    def node(self, node, g, grads):
        self.log.append(("node", node.tag, g.item(), [None if grad is None else grad.item() for grad in grads]))

    def leaf(self, leaf, grad):
        self.log.append(("leaf", grad.item()))

    def ran(self, roots, grads, create_graph, inputs):
        self.log.append(("ran", len(roots), [g.item() for g in grads], create_graph, inputs))


@pytest.mark.parametrize(("retain", "inputs"), [(True, None), (False, None), (True, "x"), (True, "y")])
def test_a_trace_is_told_of_nodes_and_leaves_as_they_run(monkeypatch, retain, inputs):
    told, x, y = Told(), leaf(), leaf()
    monkeypatch.setitem(TL.st.data, "trace", told)
    top = node(lambda g: (g * 2, g * 3), node(double, x, tag="inner"), y, tag="top")
    wanted = None if inputs is None else [x if inputs == "x" else y]
    backward(top, retain_graph=retain, inputs=wanted)
    expected = [("node", "top", 1.0, [2.0, 3.0])]
    expected += [("leaf", 3.0)] if inputs != "x" else []
    expected += [("node", "inner", 2.0, [4.0]), ("leaf", 4.0)] if inputs != "y" else []
    assert told.log == expected + ([("ran", 1, [1.0], False, wanted)] if retain else [])


# -- what is reached ---------------------------------------------------------------------------------------------------


def test_reach_counts_the_edges_into_every_vertex():
    x, y = leaf(), leaf()
    pair = node(same, x, shape=((), ()), outputs=2)
    middle = node(same, Out(pair, 0), None, (Out(pair, 1), None, y))
    top = node(same, middle, x, middle)
    assert edges_of(middle)[0].node is pair
    assert [vertex_of(edge) for edge in edges_of(middle)] == [pair, pair, y]
    assert reach([top]) == {top: 0, middle: 2, x: 2, pair: 2, y: 1}
    assert reach([x, middle]) == {x: 1, middle: 0, pair: 2, y: 1}
    assert reach([]) == {}


def test_a_limited_graph_knows_what_is_needed_and_where_it_ends():
    x, y = leaf(), leaf()
    inner, other = node(same, x), node(same, y)
    middle = node(same, inner, other)
    top = node(same, middle)
    graph = Graph()
    graph.roots, graph.needed = [top], None
    assert graph.runs([inner, y, Out(top, 0), leaf()]) == [True, True, True, False]
    graph.limit(frozenset([inner]))
    assert (graph.needed, graph.tips) == ({inner, middle, top}, {inner})
    assert graph.runs([inner, other, x]) == [True, False, False]
    graph.limit(frozenset([inner, x, leaf()]))
    assert (graph.needed, graph.tips) == ({x, inner, middle, top}, set())
    graph.limit(frozenset([leaf()]))
    assert (graph.needed, graph.tips) == (set(), set())


def test_taking_apart_looks_at_every_node_once():
    seen, x = [], leaf()

    class Shown(Hand):
        __slots__ = ()

        def public(self):
            seen.append(self.tag)
            return self

    bottom = node(same, x, tag="bottom", kind=Shown)
    pair = node(same, bottom, bottom, tag="pair", kind=Shown, outputs=2, shape=((), ()))
    take_apart([node(same, Out(pair, 0), (pair, x), tag="top", kind=Shown), x])
    assert seen == ["top", "pair", "bottom"]


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


def test_hooks_that_refer_to_their_leaf_go_with_it():
    for register in (Tensor.register_hook, register_post_accumulate_grad_hook):
        x = leaf()
        register(x, lambda g, x=x: None)
        gone = weakref.ref(x)
        assert id(x) in hooks.LEAF_HOOKS
        del x
        gc.collect()
        assert gone() is None
        assert set() == hooks.LEAF_HOOKS


def test_large_gradients_are_added_when_they_are_complete(monkeypatch):
    monkeypatch.setattr(engine, "LARGE", 2)
    for size, added in ((2, False), (3, True)):
        x, seen = leaf(size), []
        x.grad = torch.ones(size)
        last = node(lambda g, x=x, seen=seen: seen.append(x.grad[0].item()) or (g,), leaf(size), shape=(size,))
        first = node(lambda g: (g, g * 2), last, x, shape=(size,))
        backward(node(lambda g: (g, g * 4), first, x, shape=(size,)), g=torch.ones(size))
        assert (seen, x.grad[0].item()) == ([7.0 if added else 1.0], 7.0)


def test_leaves_that_are_complete_already_are_handed_over_when_watching_begins():
    seen, x, y = [], leaf(), leaf()
    inner = node(same, y)
    inner.register_prehook(lambda g: seen.append(None if x.grad is None else x.grad.item()))
    outer = node(lambda g: (g, g), node(same, inner), x)
    backward(outer)
    assert (seen, x.grad.item(), y.grad.item()) == ([1.0], 1.0, 1.0)


def test_failures_before_anything_was_watched_leave_leaves_alone():
    x = leaf()

    def fail(g):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        backward(node(lambda g: (g, g), x, node(fail, leaf())))
    assert x.grad is None


def test_as_many_cotangents_as_roots():
    with pytest.raises(ValueError, match="zip"):
        run([leaf(), leaf()], [number(1)], retain_graph=False, create_graph=False)


def test_fused_nodes_are_taken_apart_for_a_trace(monkeypatch):
    taken = []
    monkeypatch.setattr(engine, "take_apart", taken.append)
    root = node(same, leaf())
    backward(root)
    assert taken == []
    monkeypatch.setitem(TL.st.data, "trace", Told())
    backward(root)
    assert taken == [[root]]


def test_a_multiple_output_that_got_only_nothing_takes_what_comes_later():
    x = leaf()
    pair = node(lambda g: (g[0] * 3 if g[1] is None else g[0] * 5,), x, shape=((), ()), outputs=2)
    middle = node(lambda g: (g, None), Out(pair, 0), Out(pair, 1))
    backward(node(lambda g: (None, g), Out(pair, 0), middle))
    assert x.grad.item() == 3.0


def test_only_what_is_watched_counts_hooked_nodes(monkeypatch):
    calls = []
    watch = engine._Job.watch_leaves
    monkeypatch.setattr(engine._Job, "watch_leaves", lambda job, node=None: calls.append(node) or watch(job, node))
    inner = node(same, node(same, leaf()))
    inner.register_prehook(lambda g: None)
    second = node(same, inner)
    second.register_prehook(lambda g: None)
    backward(node(same, second))
    assert calls == [second]
    calls.clear()
    backward(node(same, leaf()))
    assert calls == []
