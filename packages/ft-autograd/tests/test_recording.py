"""What is recorded of a call: which outputs, with which node, from which history; and what nodes keep, show and refuse."""

import gc
import importlib
import weakref

import pytest

import ft_autograd as autograd
from ft_autograd import node as nodes
from ft_autograd import rule
from ft_autograd.graph import saved_tensors_hooks
from ft_autograd.node import HOOKED, Node, Out, Relay, add_hook, edge, extra_of, save_output, unpack_input, unpack_output, version
from ft_core.keys import GRAD, VIEW
from ft_core.state import TL
from ft_dispatch import surface as torch
from ft_dispatch.op import Op
from ft_dispatch.registry import lookup
from ft_dispatch.surface import raw

record = importlib.import_module("ft_autograd.record")  # `ft_autograd.record` is the context


def leaf(*values, kind=torch.float32):
    return torch.tensor(values, dtype=kind, requires_grad=True)


@pytest.fixture
def forgetful(monkeypatch):
    """Ops that remember nothing of what was found out about them."""

    def forget(name):
        op = lookup(name)
        for key in ("grad_outputs", "wrt_at", "recorder", "recorder_any", "recorder_number"):
            monkeypatch.delitem(op.__dict__, key, raising=False)
        return op

    return forget


# -- which outputs, which arguments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outputs"),
    [
        ("aminmax", {0, 1}),
        ("max.dim", {0}),
        ("adaptive_max_pool2d", {0}),
        ("convolution_backward", {0, 1, 2}),
        ("frexp.Tensor", {0}),
        ("_linalg_svd", {0, 1, 2}),
        ("linalg_eig", {0, 1}),
        ("linalg_lu_factor_ex", {0}),
        ("lu_unpack", {1, 2}),
        ("unbind.int", None),
    ],
)
def test_outputs_that_have_a_gradient(forgetful, name, outputs):
    op = forgetful(name)
    for _ in range(2):  # the second time from what is remembered
        assert record.grad_outputs(op) == outputs


@pytest.mark.parametrize(
    ("name", "at"),
    [("mul.Tensor", (0, 1)), ("max.dim", (0,)), ("_embedding_bag", (0, 6)), ("convolution_backward", (0, 1, 2)), ("cat", (0,))],
)
def test_arguments_that_have_a_gradient(forgetful, name, at):
    op = forgetful(name)
    for _ in range(2):
        assert record._wrt_at(op, rule.RULES[name]) == at


def test_outputs_are_marked_where_they_can_have_a_gradient(forgetful):
    x = torch.ones(3)
    assert record.mark(forgetful("exp"), x) is x
    assert x.requires_grad
    whole = torch.ones(3, dtype=torch.int64)
    assert record.mark(forgetful("exp"), whole).requires_grad is False
    for dtype, marked in ((torch.float32, [True, False]), (torch.int64, [False, False])):
        pair = (torch.ones(2, dtype=dtype), torch.zeros(2, dtype=torch.int64))
        assert record.mark(forgetful("max.dim"), pair) is pair
        assert [bool(t._k & GRAD) for t in pair] == marked
    two = (torch.ones(2), torch.ones(2))
    record.mark(forgetful("adaptive_max_pool2d"), two)
    assert [t.requires_grad for t in two] == [True, False]
    record.mark(forgetful("unbind.int"), several := [torch.ones(1), None, torch.ones(1, dtype=torch.int8), torch.ones(1)])
    assert [t is not None and t.requires_grad for t in several] == [True, False, False, True]


def test_calls_mark_their_outputs():
    x = leaf(3.0, 1.0, 2.0)
    values, indices = x.max(0)
    assert (values.requires_grad, indices.requires_grad, values.output_nr, values.grad_fn.name()) == (
        True,
        False,
        0,
        "MaxBackward0",
    )
    assert (x.argmax().requires_grad, (x > 1).requires_grad, x.to(torch.int64).requires_grad) == (False, False, False)
    assert [t.output_nr for t in x.unbind(0)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (leaf(1.0), True),
        (torch.ones(1), False),
        (3, False),
        (None, False),
        ([torch.ones(1), leaf(1.0)], True),
        ((torch.ones(1), None, 3), False),
        ([], False),
        ("text", False),
    ],
)
def test_what_requires_grad(value, answer):
    assert record._requires(value) is answer


def test_arguments_without_a_derivative_record_nothing():
    x, weight = torch.log(torch.tensor([[0.25, 0.75]])), leaf(1.0, 2.0)
    view = torch.cat([x, x])[:1]
    target = torch.tensor([1])
    for _ in range(3):  # by the careful road, then by what it left behind
        loss, total = raw.nll_loss_forward(view, target, weight, 1, -100)
        assert (loss.requires_grad, total.requires_grad, loss.grad_fn) == (False, False, None)
    out, _ = raw.nll_loss_forward(view.detach().requires_grad_(), target, weight, 1, -100)
    assert out.requires_grad


# -- by which recorder -------------------------------------------------------------------------------------------------


def test_recorders_are_found_once(forgetful, monkeypatch):
    op = forgetful("mul.Tensor")
    found = [record.recorder_of(op, suffix) for suffix in ("", "_any", "_number")]
    assert [f.__name__ for f in found] == ["record_mul", "record_mul_any", "record_mul_number"]
    monkeypatch.setattr(record, "_find", lambda op, name: pytest.fail("looked for twice"))
    assert [record.recorder_of(op, suffix) for suffix in ("", "_any", "_number")] == found
    assert record.recorder_of(lookup("empty.memory_format")) is None
    assert record.recorder(lookup("empty.memory_format"), True, False) is None
    assert record.recorder(op, False, True) is found[2]


def test_a_recorder_of_a_rule_from_elsewhere_is_compiled(forgetful, monkeypatch):
    op = forgetful("sinh")
    own = rule.OpRules("sinh")

    def sinh_self(g, self):
        return g * 100

    own.enter(rule.Rule("vjp", ("self",), sinh_self))
    monkeypatch.setitem(rule.RULES, "sinh", own)
    sinh_self.__module__ = __name__
    compiled = record._find(op, "record_sinh")
    assert compiled.__name__ == "record_sinh"
    x = leaf(1.0)
    made = compiled(record.mark(op, torch.sinh(x.detach())), x)
    assert made.grad_fn.name() == "SinhBackward0"


def test_an_op_that_nobody_can_differentiate_says_how_to_change_that(forgetful, monkeypatch):
    op, x = forgetful("exp"), leaf(1.0)
    monkeypatch.delitem(rule.RULES, "exp")
    text = r"^the derivative of aten::exp has no rule: expected a gradient rule or a decomposition. Open ft_autograd/rules/unary.py"
    with pytest.raises(NotImplementedError, match=text):
        record.record(op, (x,), x._k, TL.st)


def test_an_op_with_a_decomposition_is_recorded_in_pieces(forgetful, monkeypatch):
    op, x = forgetful("sinh"), leaf(1.0)
    monkeypatch.delitem(rule.RULES, "sinh")
    made = record.record(op, (x,), x._k, TL.st)
    assert made.grad_fn.name() != "SinhBackward0"
    made.backward()
    assert x.grad.item() == pytest.approx(1.5430806)  # cosh(1)


def test_complex_numbers_are_refused_where_a_rule_holds_for_real_ones_only():
    z = torch.tensor([1 + 1j], requires_grad=True)
    assert isinstance(lookup("erf"), Op)
    real = torch.tensor([0.5], requires_grad=True)
    torch.erf(real).backward()
    assert real.grad is not None
    op = lookup("glu")
    with pytest.raises(RuntimeError, match=r"^glu does not support automatic differentiation for outputs with complex dtype.$"):
        record.record(op, (z, 0), z._k, TL.st)
    assert (z * z).requires_grad


@pytest.mark.parametrize("derivative", [torch.tensor([2 + 3j]), 2 + 3j])
def test_complex_derivatives_are_conjugated(derivative):
    assert record.times(torch.tensor([1 + 0j]), derivative).tolist() == [2 - 3j]


@pytest.mark.parametrize("derivative", [torch.tensor([2.0]), 2.0, 2])
def test_real_derivatives_are_factors(derivative):
    assert record.times(torch.tensor([1.5]), derivative).tolist() == [3.0]


def test_inference_tensors_are_not_saved():
    with autograd.inference_mode():
        inside = torch.ones(2)
    x = leaf(1.0, 2.0)
    assert (x + inside).requires_grad  # nothing is saved of it
    out = torch.addcmul(inside, x, x.detach())  # of this one only the factors are
    out.sum().backward()
    assert x.grad.tolist() == [1.0, 2.0]
    with pytest.raises(
        RuntimeError, match=r"^Inference tensors cannot be saved for backward. Please do not use Tensors created in"
    ):
        x * inside  # the call refuses


# -- from which history ------------------------------------------------------------------------------------------------

USES = {
    "unary": lambda v, w: v.exp().log(),
    "binary": lambda v, w: v * w,
    "binary, second": lambda v, w: w * v,
    "number": lambda v, w: v * 1.0,
    "list": lambda v, w: torch.cat([w.detach(), v]),
    "list, first": lambda v, w: torch.stack([v, w.detach()]),
    "several": lambda v, w: v.max(0)[0] + v.min(0)[0],
    "view": lambda v, w: v.view(2, 1),
    "unbound": lambda v, w: v.unbind(0)[0] + v.unbind(0)[1],
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_views_are_used_with_the_history_their_base_has(use):
    """Whatever road a call takes: the first finds it, later ones follow."""
    w = torch.ones(2)
    for times in (1, 2, 3):
        x = leaf(2.0, 2.0, 2.0)
        y = x * 1
        v = y[:2]
        use(v, w)
        y.mul_(10.0 * times)
        use(v, w).sum().backward()
        slope = 10.0 * times
        assert x.grad[2].item() == 0.0
        assert x.grad[:2].sum().item() == pytest.approx(2 * slope)


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_views_of_plain_memory_get_the_history_that_is_written(use):
    w = torch.ones(2)
    for _ in range(3):
        plain, q = torch.ones(3), leaf(2.0, 2.0)
        v = plain[:2]
        assert use(v, w).requires_grad is False
        plain[:2].copy_(q)
        out = use(v, w)
        assert out.requires_grad
        out.sum().backward()
        assert q.grad.sum().item() == pytest.approx(2.0)


# -- nodes -------------------------------------------------------------------------------------------------------------


def test_edges_lead_to_nodes_and_leaves():
    x = leaf(1.0)
    y = x * 2
    part = y.unbind(0)[0]
    assert edge(x) is x
    assert edge(y) is y._node
    assert (edge(part).__class__, edge(part).index, edge(part).public()) == (Out, 0, part.grad_fn)
    assert (edge(torch.ones(1)), edge(3), edge(None)) == (None, None, None)
    assert y.detach()._node is None
    assert edge(y.detach()) is None


def test_versions_of_what_is_saved():
    x = torch.ones(2)
    assert (version(x), version(3), version(None)) == (0, 0, 0)
    x.add_(1)
    x[:1].add_(1)
    assert version(x) == 2


def test_next_functions_of_every_sort_of_edge():
    x = leaf(1.0, 2.0)
    a, b = (x * 2).unbind(0)
    node = (a * b).grad_fn
    assert node.next_functions == ((a.grad_fn, 0), (a.grad_fn, 1))
    (through, first), (number, zero) = (x.exp() * 3).grad_fn.next_functions
    assert (through.name(), first, number, zero) == ("ExpBackward0", 0, None, 0)
    (accumulate, index), _ = (x * torch.ones(2)).grad_fn.next_functions
    assert (accumulate.variable is x, index) == (True, 0)


def test_a_node_has_a_dictionary_only_when_asked():
    x = leaf(1.0)
    y = x.exp()
    node = y.grad_fn
    assert not node.k & HOOKED
    node.metadata["note"] = 1
    assert (node.metadata, bool(node.k & HOOKED), extra_of(node) is extra_of(node)) == ({"note": 1}, True, True)
    handle = add_hook(node, "post", print)
    assert list(node.extra["post"].values()) == [print]
    handle.remove()
    assert (node.extra["post"], node.metadata) == ({}, {"note": 1})
    assert repr(node) == f"<ExpBackward0 object at {hex(id(node))}>"
    assert node.public() is node


def test_a_node_without_a_backward_says_so():
    class Bare(Node):
        __slots__ = ()

    with pytest.raises(RuntimeError, match=r"^Bare: this node has no backward; it was made by nothing that records$"):
        Bare().apply(None)
    assert Bare().release() is None


@pytest.mark.parametrize(
    ("make", "aliased"),
    [
        pytest.param(lambda: torch.ones(2, 3), False, id="its own array"),
        pytest.param(lambda: torch.ones(3, 2).t(), True, id="in another order"),
        pytest.param(lambda: torch.ones(6)[2:4], True, id="a part of a storage"),
        pytest.param(lambda: (t := torch.ones(2), t.untyped_storage())[0], True, id="with a storage"),
    ],
)
def test_outputs_are_kept_without_the_tensor_that_points_back(make, aliased):
    o = make()
    o._k |= GRAD
    node = (leaf(1.0) * 1)._node
    saved = save_output(o)
    payload, k, cell, at = saved
    assert (isinstance(payload, torch.Tensor), k & VIEW, cell is o._ver, at) == (aliased, 0, True, o._version)
    again = unpack_output(node, saved)
    assert again is not o
    assert (again.tolist(), again.stride(), again.requires_grad, again._node, again._ver, again._grad) == (
        o.tolist(), o.stride(), True, node, o._ver, None,
    )  # fmt: skip
    assert again.data_ptr() == o.data_ptr()
    gone = weakref.ref(o)
    del o
    gc.collect()
    assert gone() is None
    assert unpack_output(node, saved).shape == again.shape


def test_outputs_of_nodes_with_several_know_their_place():
    part = leaf(1.0, 2.0).unbind(0)[1]
    again = unpack_output(part._node.node, save_output(part), 1)
    assert (again._node.__class__, again._node.index, again.output_nr) == (Out, 1, 1)


def test_saved_outputs_that_changed_or_went_are_refused():
    y = leaf(1.0, 2.0).exp()
    node, saved = y._node, save_output(y)
    y.add_(1)
    text = (
        "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [2]], which is "
        "output 0 of Exp, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to "
        "compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False)."
    )
    with pytest.raises(RuntimeError) as caught:
        unpack_output(node, saved)
    assert str(caught.value) == text
    with pytest.raises(RuntimeError) as caught:
        unpack_output(node, None)
    assert str(caught.value) == nodes.FREED


def test_saved_inputs_that_changed_or_went_are_refused():
    x = leaf(1.0, 2.0)
    node, plain = (x * 1)._node, torch.ones(3, dtype=torch.float64)
    assert unpack_input(node, plain, 0) is plain
    assert unpack_input(node, 3, 0) == 3
    plain.add_(1)
    text = "[torch.DoubleTensor [3]] is at version 1; expected version 0 instead"
    with pytest.raises(RuntimeError) as caught:
        unpack_input(node, plain, 0)
    assert text in str(caught.value)
    part = (x * 1).clone().split(1)[1].clone()
    part.add_(1)
    with pytest.raises(
        RuntimeError, match=r"\[torch.FloatTensor \[1\]\], which is output 0 of Add, is at version 1; expected version 0"
    ):
        unpack_input(node, part, 0)
    with pytest.raises(RuntimeError) as caught:
        unpack_input(node, Node, 0)
    assert str(caught.value) == nodes.FREED
    assert unpack_input(node, part, 1) is part


# -- what hooks on saved tensors bring back ----------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["leaf", "intermediate", "output"])
def test_what_is_brought_back_has_the_place_of_what_was_saved(of):
    """So a second derivative goes through it."""
    x = leaf(2.0, 3.0)
    with saved_tensors_hooks(lambda t: t.tolist(), torch.tensor):
        base = x if of != "intermediate" else x * 1
        y = base.exp() if of == "output" else base * base * base
    (first,) = autograd.grad(y.sum(), x, create_graph=True)
    (second,) = autograd.grad(first.sum(), x)
    if of == "output":
        assert second.tolist() == pytest.approx(x.exp().tolist())
    else:
        assert (first.tolist(), second.tolist()) == ([12.0, 27.0], [12.0, 18.0])


def test_what_is_brought_back_must_be_a_tensor():
    x = leaf(2.0)
    with saved_tensors_hooks(lambda t: t, lambda t: 3):
        y = x * x
    with pytest.raises(TypeError, match=r"^Output of saved tensor unpack_hook expected to be a Tensor but got result of type int$"):
        y.backward()


def test_packed_values_keep_whether_they_had_a_gradient():
    x, plain = leaf(2.0), torch.ones(1)
    with saved_tensors_hooks(lambda t: t, lambda t: t.clone()):
        y = x * plain
    assert y.grad_fn._saved_other.requires_grad is False
    packed = nodes.Packed(plain, lambda t: t, x, GRAD)
    back = packed.unpack(x)
    assert (back.requires_grad, back._node.__class__, back._node.next, packed._ver) == (True, Relay, (x,), [1])
    assert nodes.Packed(plain, lambda t: t, x, 0).unpack(x) is plain
    assert nodes.Packed(plain, lambda t: t, x, GRAD).unpack(None) is plain
    node = (x * 1)._node
    assert nodes.Packed(plain, lambda t: t, node, GRAD).unpack(node)._node is node
    assert plain.requires_grad is False
    back.backward(torch.tensor([5.0]))
    assert x.grad.tolist() == [5.0]
