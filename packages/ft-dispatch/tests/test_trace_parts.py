"""The parts of a capture by themselves: blocks and arrays over them, run-time numbers, the plan of memory, the writer's names, the guards."""

import operator
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from ft_core import device, upcalls
from ft_core.backend import backend_for
from ft_core.keys import TRACE
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.kinds import ELEMENTWISE, RANDOM, REDUCTION
from ft_dispatch.trace import GuardError, TraceError, capture
from ft_dispatch.trace import program as programs
from ft_dispatch.trace.plan import Plan, folded, needed, proxies
from ft_dispatch.trace.recorder import Node, Tracer, active, backend_of_trace
from ft_dispatch.trace.source import Writer, _at_default
from ft_dispatch.trace.values import EXTERNAL, FRESH, INPUT, Block, Proxy, Symbol

CPU = device("cpu")
Z = torch.tensor([1 + 2j])
CONJUGATE = Z.conj()


def block(index=0, kind=FRESH, shape=(2, 3), strides=None, dtype=torch.float32, array=None):
    if strides is None:
        strides = tuple(int(np.prod(shape[i + 1 :])) for i in range(len(shape)))
    return Block(index, kind, shape, dtype, strides, array)


def whole(b):
    return Proxy(b, b.dtype, b.shape, b.strides, 0, CPU)


# -- blocks and arrays over them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "strides", "nbytes"),
    [
        ((2, 3), (3, 1), 24),
        ((2, 3), (1, 2), 24),
        ((2, 3), (6, 2), 44),
        ((), (), 4),
        ((0, 3), (3, 1), 0),
        ((1,), (7,), 4),
        ((3,), (0,), 4),
    ],
)
def test_blocks_reach_to_their_last_element(shape, strides, nbytes):
    b = block(7, shape=shape, strides=strides)
    assert (b.nbytes, repr(b), b.symbolic, b.array) == (nbytes, "fresh7", False, None)
    assert whole(b).nbytes == nbytes


@pytest.mark.parametrize(
    ("kind", "shape", "steps", "offset", "is_whole", "contiguous"),
    [
        ("float32", (2, 3), (3, 1), 0, True, True),
        ("float32", (2, 3), (3, 1), 1, False, True),
        ("float32", (3, 2), (3, 1), 0, False, False),
        ("float32", (2, 3), (1, 2), 0, False, False),
        ("int32", (2, 3), (3, 1), 0, False, True),
        ("float32", (1, 3), (77, 1), 0, False, True),
        ("float32", (0, 3), (5, 9), 0, False, True),
        ("float32", (3,), (2,), 0, False, False),
        ("float32", (), (), 5, False, True),
    ],
)
def test_arrays_know_whether_they_are_the_whole_block(kind, shape, steps, offset, is_whole, contiguous):
    p = Proxy(block(), getattr(torch, kind), list(shape), list(steps), offset, CPU)
    assert (p.whole, p.contiguous) == (is_whole, contiguous)
    assert (p.ndim, p.size, p.itemsize, p.strides) == (len(shape), int(np.prod(shape)), 4, tuple(4 * s for s in steps))
    assert p.place == (getattr(torch, kind), shape, steps, offset)
    assert repr(p) == f"{kind}{list(shape)} over fresh0"


# -- run-time numbers --------------------------------------------------------------------------------------------------


def symbol(value=3.0, text="r0", guards=None):
    return Symbol(text, value, {} if guards is None else guards)


@pytest.mark.parametrize(
    ("expression", "text", "value"),
    [
        (lambda r: r + 2, "(r0 + 2)", 5.0),
        (lambda r: 2 + r, "(2 + r0)", 5.0),
        (lambda r: r - 2, "(r0 - 2)", 1.0),
        (lambda r: 2 - r, "(2 - r0)", -1.0),
        (lambda r: r * 2.5, "(r0 * 2.5)", 7.5),
        (lambda r: 2 * r, "(2 * r0)", 6.0),
        (lambda r: r / 2, "(r0 / 2)", 1.5),
        (lambda r: 6 / r, "(6 / r0)", 2.0),
        (lambda r: r**2, "(r0 ** 2)", 9.0),
        (lambda r: 2**r, "(2 ** r0)", 8.0),
        (lambda r: -r, "(-r0)", -3.0),
        (lambda r: abs(-r), "abs((-r0))", 3.0),
        (lambda r: r * r - 1, "((r0 * r0) - 1)", 8.0),
    ],
)
def test_arithmetic_builds_expressions(expression, text, value):
    made = expression(symbol())
    assert (type(made), made.text, made.value, made.guards) == (Symbol, text, value, {})
    assert eval(text, {"r0": 3.0}) == value
    assert repr(made) == f"<run-time float {text}>"
    assert made.run_time
    assert np.isnan(float.__float__(made))


@pytest.mark.parametrize("test", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", [2, 3, 4.0])
def test_comparisons_become_guards(test, other):
    guards = {}
    outcome = test(symbol(guards=guards), other)
    assert outcome is test(3.0, other)
    assert len(guards) == 1
    ((text, kept),) = guards.items()
    assert kept is outcome
    assert eval(text, {"r0": 3.0}) is outcome


def test_truth_and_plain_numbers_become_guards():
    guards = {}
    assert bool(symbol(guards=guards)) is True
    assert bool(symbol(0.0, "r1", guards)) is False
    assert float(symbol(2.5, "r2", guards)) == 2.5
    assert guards == {"(r0) != 0": True, "(r1) != 0": False, "r2 == 2.5": True}
    assert symbol() < symbol(4.0, "r1")
    assert symbol().__add__("a") is NotImplemented
    assert symbol().__lt__("a") is NotImplemented
    assert (symbol() == "a") is False
    assert hash(symbol()) is not None


# -- which steps are needed --------------------------------------------------------------------------------------------


def step(args=(), outs=(), *, what="kernel", kind=ELEMENTWISE, inplace=(0,), out=True, nondeterministic=False, fn=None):
    op = SimpleNamespace(kind=kind, nondeterministic=nondeterministic, n_outputs=len(outs))
    return Node(
        what, what, op if what == "kernel" else None, SimpleNamespace(inplace=inplace, out=out, fn=fn), tuple(args), tuple(outs)
    )


def chain(*shapes):
    return [whole(block(i, shape=shape)) for i, shape in enumerate(shapes)]


def test_the_arrays_among_arguments():
    a, b, c = chain((1,), (1,), (1,))
    assert proxies((a, 3, [b, None, c], (a,), "text", None)) == [a, b, c, a]
    assert proxies(()) == []


def test_steps_on_which_nothing_depends_are_dropped():
    a, b, c, d = chain((2,), (2,), (2,), (2,))
    outer = whole(block(9, EXTERNAL, (2,)))
    used, unused = step([a], [b]), step([a], [c])
    last = step([b], [d])
    assert needed([used, unused, last], {d.block}) == [used, last]
    assert needed([used, unused, last], set()) == []
    write = step([c], [outer])
    assert needed([used, unused, write], set()) == [unused, write]
    drawn = step([], [a], kind=RANDOM)
    odd = step([], [a], nondeterministic=True)
    assert needed([drawn, odd, used], set()) == [drawn, odd]
    partly = step([a], [None, b])
    assert needed([partly], {b.block}) == [partly]
    assert needed([step([], [], what="copy")], set()) == []
    into_list = step([[a, b]], [c])
    assert len(needed([step([], [b]), into_list], {c.block})) == 2


def test_a_block_that_is_written_in_parts_keeps_all_its_writers():
    a, b = chain((2,), (2,))
    part = Proxy(a.block, a.kind, (1,), (1,), 1, CPU)
    first, second, reader = step([], [a]), step([b], [part]), step([a], [b])
    assert needed([first, second, reader], {b.block}) == [first, second, reader]


def test_steps_that_see_constants_only_are_done_once():
    backend = backend_for(CPU)

    def twice(x, *, out):
        np.multiply(x, 2, out=out)
        return out

    known = whole(block(0, EXTERNAL, (2,), array=np.ones(2, np.float32)))
    view = Proxy(known.block, known.kind, (1,), (1,), 1, CPU)
    out, second, third = [whole(block(i, shape=(2,))) for i in (1, 2, 3)]
    small = whole(block(4, shape=(1,)))
    constant = {known.block}
    left = folded(
        [step([known], [out], fn=twice), step([view], [small], fn=twice), step([out], [second], fn=twice)], constant, backend
    )
    assert left == []
    assert [p.block.kind for p in (out, second, small)] == [EXTERNAL] * 3
    assert (out.block.array.tolist(), second.block.array.tolist(), small.block.array.tolist()) == ([2.0, 2.0], [4.0, 4.0], [2.0])
    assert constant == {known.block, out.block, second.block, small.block}
    unknown = whole(block(5, INPUT, (2,)))
    kept = [
        step([unknown], [third], fn=twice),
        step([known], [third], kind=REDUCTION, fn=twice),
        step([known, symbol()], [whole(block(6, shape=(2,)))], fn=twice),
        step([known], [unknown], fn=twice),
        step([known], [third], what="copy"),
    ]
    assert folded(kept, {known.block}, backend) == kept
    several = [step([known], [third, whole(block(7, shape=(2,)))], fn=twice), step([known], [None], fn=twice)]
    assert folded(several, {known.block}, backend) == several


# -- the plan of memory ------------------------------------------------------------------------------------------------


def slots(nodes, kept=()):
    plan = Plan(nodes, {p.block for p in kept})
    return {b.index: slot for b, slot in plan.slot.items()}, plan.sizes


def test_a_dying_input_is_written_over():
    a, b, c, d = chain((4,), (4,), (4,), (4,))
    assert slots([step([], [a]), step([a], [b]), step([b], [c]), step([c], [d])], [d]) == ({0: 0, 1: 0, 2: 0}, [16])


@pytest.mark.parametrize(
    ("make", "same"),
    [
        pytest.param(lambda a, b: step([a], [b]), True, id="elementwise"),
        pytest.param(lambda a, b: step([a], [b], kind=REDUCTION), False, id="another kind"),
        pytest.param(lambda a, b: step([a], [b], inplace=()), False, id="a kernel that promises nothing"),
        pytest.param(lambda a, b: step([a], [b], inplace=(1,)), False, id="another argument"),
        pytest.param(lambda a, b: step([3, a], [b], inplace=(0, 1)), True, id="the second argument"),
        pytest.param(lambda a, b: step([a], [b], out=False), False, id="a kernel that takes no destination"),
        pytest.param(lambda a, b: step([a, a], [b]), False, id="read twice"),
        pytest.param(lambda a, b: step([a], [b], what="copy"), False, id="no kernel"),
        pytest.param(lambda a, b: step([Proxy(a.block, a.kind, (2,), (1,), 0, CPU)], [b]), False, id="a part"),
        pytest.param(lambda a, b: step([a], [whole(block(1, shape=(2, 2)))]), False, id="another shape"),
        pytest.param(lambda a, b: step([a], [whole(block(1, shape=(4,), dtype=torch.int32))]), False, id="another dtype"),
    ],
)
def test_what_may_be_written_over(make, same):
    a, b = chain((4,), (4,))
    taken, sizes = slots([step([], [a]), make(a, b)])
    assert (taken[1] == taken[0], len(sizes)) == (same, 1 if same else 2)


def test_what_lives_on_is_not_written_over():
    a, b, c, d = chain((4,), (4,), (4,), (4,))
    taken, sizes = slots([step([], [a]), step([a], [b]), step([a], [c]), step([b, c], [d])], [d])
    assert (taken, sizes) == ({0: 0, 1: 1, 2: 0}, [16, 16])


def test_free_slots_are_taken_by_size():
    """The least that suffices; else the largest grows; else a new one."""
    a, b, c, d, e, f = chain((8,), (2,), (4,), (1,), (2,), (9,))
    nodes = [step([], [a]), step([], [b]), step([], [c]), step([a, b, c], [d], kind=REDUCTION)]
    last = whole(block(6))
    nodes += [step([], [e], kind=REDUCTION), step([], [f], kind=REDUCTION), step([d, e, f], [last])]
    taken, sizes = slots(nodes, [last])
    assert (taken, sizes) == ({0: 0, 1: 1, 2: 2, 3: 3, 4: 1, 5: 0}, [36, 8, 16, 4])


def test_equal_slots_are_taken_in_order():
    a, b, c = chain((2,), (2,), (2,))
    last, after = whole(block(3, shape=(2,))), whole(block(4, shape=(5,)))
    nodes = [
        step([], [a]),
        step([], [b]),
        step([a, b], [c], kind=REDUCTION),
        step([c], [last], kind=REDUCTION),
        step([c], [after], kind=REDUCTION),
    ]
    taken, sizes = slots(nodes)
    assert (taken[3], taken[4], sizes) == (0, 1, [8, 20, 8])


def test_results_arguments_and_numbers_have_no_slot():
    a, b, c = chain((2,), (2,), (2,))
    b.block.kind = INPUT
    c.block.symbolic = True
    assert slots([step([], [a, b, c])], [a]) == ({}, [])
    assert slots([step([], [a, None])]) == ({0: 0}, [8])


def test_what_nobody_reads_is_free_at_once():
    a, b = chain((2,), (2,))
    assert slots([step([], [a]), step([], [b])]) == ({0: 0, 1: 0}, [8])


# -- the writer --------------------------------------------------------------------------------------------------------


def writer(nodes=(), results=(), inputs=()):
    return Writer(list(nodes), list(results), list(inputs), [], backend_for(CPU), set())


def test_arguments_as_text():
    w = writer()
    assert [w.value(v) for v in (None, True, 3, -1.5, "a", [1, 2], (1,), (1, 2), (), [], symbol())] == [
        "None", "True", "3", "-1.5", "'a'", "[1, 2]", "(1,)", "(1, 2)", "()", "[]", "r0",
    ]  # fmt: skip
    inf, kind = float("inf"), torch.float32
    assert (w.value(inf), w.value(kind), w.value([kind])) == ("c0", "c1", "[c1]")
    assert (w.names["c0"], w.names["c1"]) == (inf, kind)
    assert w.value(-inf) not in ("c0", "-inf")


def test_names_are_given_once():
    w, one, two = writer(), object(), object()
    assert [w.constant(one, "add"), w.constant(two, "add"), w.constant(one, "add"), w.constant(object(), "add")] == [
        "add",
        "add_2",
        "add",
        "add_3",
    ]
    assert w.names["add_2"] is two
    assert [w.constant(object()) for _ in range(2)] == ["c3", "c4"]


@pytest.mark.parametrize(
    ("values", "defaults", "answer"),
    [
        ((), (), True),
        ((1,), (1,), True),
        ((1, 2), (1, 3), False),
        ((1.0,), (1,), True),
        ((symbol(1.0),), (1.0,), False),
        ((None,), (None,), True),
    ],
)
def test_leaves_serve_where_parameters_are_at_their_defaults(values, defaults, answer):
    assert _at_default(values, defaults) is answer


# -- capturing and running ---------------------------------------------------------------------------------------------


def test_guards_in_words():
    x, w = torch.ones(2, 3), torch.ones(3)
    program = capture(lambda x, n, r, y: x * n * r + w if r < 1 and not r > 3 else x, x, 2, 0.5, {"y": [torch.ones(1)]})
    assert program.guards() == [
        "argument 0: torch.float32 of shape (2, 3), strides (3, 1), on cpu",
        "argument 3: torch.float32 of shape (1,), strides (1,), on cpu",
        "argument 1 == 2",
        "run-time floats: (r0 < 1) and not (r0 > 3)",
        "1 tensors outside keep their memory",
    ]
    assert repr(program) == "<program of <lambda>: 4 steps, 2 inputs, 0 tensors written>"


REFUSED = {
    "fewer values": (lambda x: (x,), "<lambda>: captured for other arguments; got 1 values"),
    "a number for a tensor": (
        lambda x: (1, 2, 0.5),
        "<lambda>: argument 0 was torch.float32 of shape (2,), strides (1,), on cpu; got int",
    ),
    "another shape": (
        lambda x: (torch.ones(3), 2, 0.5),
        "<lambda>: argument 0 was torch.float32 of shape (2,), strides (1,), on cpu; got torch.float32 of shape (3,), strides (1,), on cpu",
    ),
    "another dtype": (
        lambda x: (torch.ones(2, dtype=torch.int8), 2, 0.5),
        "<lambda>: argument 0 was torch.float32 of shape (2,), strides (1,), on cpu; got torch.int8 of shape (2,), strides (1,), on cpu",
    ),
    "other strides": (
        lambda x: (torch.ones(4)[::2], 2, 0.5),
        "<lambda>: argument 0 was torch.float32 of shape (2,), strides (1,), on cpu; got torch.float32 of shape (2,), strides (2,), on cpu",
    ),
    "another device": (
        lambda x: (torch.ones(2, device="meta"), 2, 0.5),
        "<lambda>: argument 0 was torch.float32 of shape (2,), strides (1,), on cpu; got torch.float32 of shape (2,), strides (1,), on meta",
    ),
    "another static value": (lambda x: (x, 3, 0.5), "<lambda>: argument 1 is static and was 2; got 3"),
    "another branch": (lambda x: (x, 2, 1.5), "<lambda>: the captured branch needs (r0 < 1)"),
}


@pytest.mark.parametrize(("args", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_arguments_for_which_a_program_does_not_hold(args, text):
    program = capture(lambda x, n, r: x * n if r < 1 else x, torch.ones(2), 2, 0.5)
    with pytest.raises(GuardError) as caught:
        program(*args(torch.ones(2)))
    assert str(caught.value) == text


def test_one_tensor_given_twice():
    x = torch.ones(2)
    program = capture(lambda a, n, b: a.add_(b), x, 1, x)
    assert (len(program.inputs), program(y := torch.ones(2), 1, y).tolist()) == (1, [2.0, 2.0])
    with pytest.raises(GuardError, match=r"^<lambda>: arguments 0 and 2 were one tensor$"):
        program(torch.ones(2), 1, torch.ones(2))


def test_state_outside_that_changed():
    held = torch.ones(3)
    program = capture(lambda x: x * held, torch.ones(3))
    held.data = torch.zeros(3)
    text = "<lambda>: a tensor outside of shape [3] has other memory now (set_, .data, resize_)"
    with pytest.raises(GuardError) as caught:
        program(torch.ones(3))
    assert str(caught.value) == text
    assert (programs._word(None), programs._word(held)) == ("None", "a tensor of its own")


def test_results_keep_their_structure():
    x = torch.ones(2)
    program = capture(lambda x: {"a": (x + 1, [x, None, 3]), "b": x * 2}, x)
    fresh = torch.full((2,), 5.0)
    found = program(fresh)
    assert (type(found), type(found["a"]), type(found["a"][1]), found["a"][1][1:]) == (dict, tuple, list, [None, 3])
    assert found["a"][1][0] is fresh
    assert (found["a"][0].tolist(), found["b"].tolist()) == ([6.0, 6.0], [10.0, 10.0])


def test_results_are_new_in_every_run_and_what_is_written_counts():
    out, w = torch.zeros(2), torch.ones(2)
    program = capture(lambda x, y: (w.add_(x), y.mul_(2), x + 1)[2], torch.ones(2), torch.ones(2))
    y, before = torch.ones(2), w._version
    first, second = program(torch.ones(2), y), program(torch.ones(2), y)
    first.add_(out + 10)
    assert (second.tolist(), w.tolist(), y.tolist()) == ([2.0, 2.0], [3.0, 3.0], [4.0, 4.0])
    assert (w._version - before, y._version, program.mutated) == (2, 2, [w])
    assert (first.is_leaf, first._version, second._version) == (True, 1, 0)


def test_gradients_set_inside_are_set_by_the_program():
    w, u = torch.ones(2).requires_grad_(), torch.ones(2).requires_grad_()
    w.grad, u.grad = torch.full((2,), 7.0), torch.full((2,), 8.0)

    def function(x):
        w.grad = x * 3
        u.grad = None

    program = capture(function, torch.ones(2))
    assert (w.grad.tolist(), u.grad.tolist()) == ([7.0, 7.0], [8.0, 8.0])
    program(torch.full((2,), 2.0))
    assert (w.grad.tolist(), u.grad) == ([6.0, 6.0], None)


def test_capturing_leaves_no_mark():
    before = TL.st.bits
    seen = []
    capture(
        lambda x: seen.append((bool(TL.st.bits & TRACE), upcalls.observe is not None, active(TL.st) is TL.st.tracer)) or x,
        torch.ones(1),
    )
    assert seen == [(True, True, True)]
    assert (TL.st.bits, TL.st.tracer, upcalls.observe) == (before, None, None)
    with pytest.raises(TraceError, match="a tensor without values, from inside a captured function, was used after the capture"):
        backend_of_trace()


def test_two_threads_may_capture_at_once():
    inside, go, found = threading.Barrier(2), threading.Barrier(2), []

    def work(number):
        def function(x):
            inside.wait()
            y = x * number
            go.wait()
            return y

        found.append(capture(function, torch.ones(1))(torch.ones(1)).item())

    threads = [threading.Thread(target=work, args=(n,)) for n in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [2.0, 3.0]
    assert upcalls.observe is None


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: capture(lambda z: z.conj() * 2, torch.ones(1, dtype=torch.complex64)),
            "lazily conjugated views cannot be captured; call",
        ),
        (lambda: capture(lambda x: x * Z.conj().imag, torch.ones(1)), "_conj: lazily conjugated views cannot be captured"),
        (
            lambda: capture(lambda x: x * CONJUGATE, torch.ones(1)),
            "mul: lazily conjugated views cannot be captured; call .resolve_conj",
        ),
        (lambda: capture(lambda x: x * CONJUGATE.imag, torch.ones(1)), "lazily conjugated views cannot be captured"),
        (lambda: capture(lambda x: x * CONJUGATE.clone(), torch.ones(1)), "clone: lazily conjugated views cannot be captured"),
        (lambda: capture(lambda x: x.nonzero(), torch.ones(1)), "nonzero: the size of its result depends on data"),
        (
            lambda: capture(lambda x: x + torch.ones(1, device="meta"), torch.ones(1)),
            "the program is captured for cpu, and this needs meta",
        ),
        (lambda: capture(lambda x: x.to("meta"), torch.ones(1)), "to: a captured program stays on one device, cpu; got meta"),
        (
            lambda: capture(lambda x: x.item(), torch.ones(1)),
            r"item\(\): a captured function may not look at values, which differ in each run",
        ),
        (lambda: capture(lambda x: capture(lambda y: y, x), torch.ones(1)), "capture: a capture is in progress in this thread"),
    ],
)
def test_what_cannot_be_captured(call, text):
    with pytest.raises(TraceError, match=text):
        call()
    assert (TL.st.tracer, upcalls.observe) == (None, None)


def test_a_program_for_no_tensor_lives_where_new_tensors_do():
    assert capture(lambda r: torch.ones(2) * r, 2.0)(3.0).tolist() == [3.0, 3.0]
    with device("meta"):
        assert capture(lambda: torch.empty(2)).device == device("meta")
    assert capture(lambda x: x, torch.ones(1, device="meta")).device == device("meta")


def test_what_a_tracer_lifts_and_sees():
    tracer = Tracer(CPU)
    array = np.ones((2, 3), np.float32)
    p = tracer.lift(array.T)
    assert (p.block.kind, p.shape, p.steps, p.kind) == (EXTERNAL, (3, 2), (1, 3), torch.float32)
    held = array[:1]
    assert tracer.lift(held) is tracer.lift(held)
    assert tracer.lift(p) is p
    assert [b.index for b in tracer.blocks] == [0, 1]
    fresh = tracer.block(FRESH, (2, 2), torch.int8)
    assert (fresh.block.index, fresh.steps, fresh.whole, tracer.block(FRESH, (2,), torch.int8, [5]).steps) == (
        2,
        (2, 1),
        True,
        (5,),
    )
    backend = tracer.backend
    assert (backend.supports(torch.float32), backend.dtype_of(fresh), backend.dtype_of(array)) == (True, torch.int8, torch.float32)
    assert backend.contiguous(fresh, torch.int8) is fresh
    turned = Proxy(fresh.block, torch.int8, (2, 2), (1, 2), 0, CPU)
    copied = backend.contiguous(turned, torch.int8)
    assert (copied.steps, tracer.nodes[-1].what, tracer.nodes[-1].args, tracer.nodes[-1].outs) == (
        (2, 1),
        "copy",
        (turned,),
        (copied,),
    )
    cast = backend.cast(fresh, torch.int8, torch.float32)
    assert (cast.kind, cast.shape, tracer.nodes[-1].what, tracer.nodes[-1].args) == (
        torch.float32,
        (2, 2),
        "cast",
        (fresh, torch.int8, torch.float32),
    )
    number = backend.scalar(symbol(), torch.float32)
    assert (number.block.symbolic, number.shape, tracer.nodes[-1].what) == (True, (), "number")
    assert backend.scalar(2.0, torch.float32).item() == 2.0
    assert backend.empty_strided((2,), (3,), torch.int8).steps == (3,)
    assert backend.kernels.get("no such op") is None
    assert backend.kernels.get("exp") is backend.kernels["exp"]
    with pytest.raises(KeyError, match="no such op"):
        backend.kernels["no such op"]
