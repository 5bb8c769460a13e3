"""The engine over nodes made by hand: who runs and when, what is let go, what nests. Numbers are small integers, so all is exact."""

import gc
import random
from itertools import product

import pytest
from hand_nodes import Below, backward, double, leaf, node, number, same

from ft_autograd import enable_grad, engine, hooks, no_grad
from ft_autograd.engine import run
from ft_autograd.node import FRESH, SAVES, Node, Out
from ft_autograd.reach import Graph, edges_of, reach, vertex_of
from ft_autograd.variable import Variable
from ft_core import Tensor
from ft_core.state import TL, grad_enabled

queue = Variable._execution_engine.queue_callback


@pytest.fixture(autouse=True)
def no_other_hooks(monkeypatch):
    """Leaves of other tests may have hooks, and then every backward looks for them."""
    table = set()
    monkeypatch.setattr(engine, "LEAF_HOOKS", table)
    monkeypatch.setattr(hooks, "LEAF_HOOKS", table)


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
        nodes.append(linear(edges, plans, outputs, rng.choice([Node, Node, Below]), log, tag))
    return leaves, nodes


def place(rng, source):
    if isinstance(source, Tensor) or source.n_outputs == 1:
        return source
    return Out(source, rng.randrange(source.n_outputs))


def linear(edges, plans, outputs, base, log, tag):
    def function(g):
        if outputs > 1 and all(x is None for x in g):
            return tuple([None] * len(plan) if edge.__class__ is tuple else None for edge, plan in zip(edges, plans, strict=True))
        total = sum(x.item() * (i + 1) for i, x in enumerate(g) if x is not None) if outputs > 1 else g.item()
        found = []
        for edge, plan in zip(edges, plans, strict=True):
            parts = [None if times == 0 else number(times * total) for times in plan]
            found.append(parts if edge.__class__ is tuple else parts[0])
        return tuple(found)

    return node(function, *edges, shape=() if outputs == 1 else ((),) * outputs, outputs=outputs, log=log, tag=tag, base=base)


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


def test_a_multiple_output_that_got_only_nothing_takes_what_comes_later():
    x = leaf()
    pair = node(lambda g: (g[0] * 3 if g[1] is None else g[0] * 5,), x, shape=((), ()), outputs=2)
    middle = node(lambda g: (g, None), Out(pair, 0), Out(pair, 1))
    backward(node(lambda g: (None, g), Out(pair, 0), middle))
    assert x.grad.item() == 3.0


# -- memory of the graph -----------------------------------------------------------------------------------------------


def test_what_was_saved_is_let_go_once():
    for base, (traits, retain, gone) in product(
        (Node, Below), ((SAVES, False, 1), (SAVES, True, 0), (0, False, 0), (FRESH, False, 0))
    ):
        x = leaf()
        inner = node(same, x, traits=traits, base=base)
        top = node(same, inner, traits=traits, base=base)
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


def test_the_collector_is_left_as_it_was(monkeypatch):
    for collecting, fails in product((True, False), (False, True)):
        monkeypatch.setattr(engine, "LONG", 2)
        x, seen = leaf(), []

        def look(g, seen=seen, fails=fails):
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


# -- callbacks, modes, nesting -----------------------------------------------------------------------------------------


def test_callbacks_run_in_order_at_the_end_of_their_own_backward():
    log, x, y = [], leaf(), leaf()

    def inside(g):
        queue(lambda: log.append("first"))
        queue(lambda: (log.append("second"), queue(lambda: log.append("third"))))
        backward(node(inner, y, log=log, tag="nested"))
        log.append("still inside")
        return (g,)

    def inner(g):
        queue(lambda: log.append(y.grad.item()))
        return (g,)

    backward(node(inside, x, log=log, tag="outer"))
    assert log == ["outer", "nested", 1.0, "still inside", "first", "second", "third"]
    with pytest.raises(RuntimeError, match="Final callbacks can only be installed during backward pass"):
        queue(print)


def test_callbacks_go_with_a_backward_that_fails():
    log, x = [], leaf()

    def failing(g):
        queue(lambda: log.append("never"))
        raise ValueError

    with pytest.raises(ValueError):  # raised just above
        backward(node(failing, x))
    backward(node(same, x))
    assert log == []


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


def test_functions_run_with_recording_as_create_graph_says():
    for create_graph, recording in product((False, True), (False, True)):
        seen = []
        with enable_grad() if recording else no_grad():
            backward(node(lambda g, seen=seen: seen.append(grad_enabled()) or (g,), leaf()), create_graph=create_graph)
            assert (seen, grad_enabled()) == ([create_graph], recording)


def test_a_failure_leaves_nothing_behind():
    def fail(g):
        raise ZeroDivisionError

    before, x = TL.st.bits, leaf()
    with pytest.raises(ZeroDivisionError):
        backward(node(fail, x))
    assert (TL.st.bits, TL.st.data["graph"], x.grad) == (before, None, None)


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
