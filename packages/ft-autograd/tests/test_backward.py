"""backward and grad: what they take, what they give back, and what they refuse in torch's words."""

import importlib

import pytest

import ft_autograd as autograd
from ft_autograd import engine
from ft_autograd.graph import get_gradient_edge
from ft_dispatch import surface as torch

module = importlib.import_module("ft_autograd.backward")  # `ft_autograd.backward` is the function

pytestmark = pytest.mark.filterwarnings("ignore:Using backward")  # it is about memory

FREED = "Trying to backward through the graph a second time"
UNUSED = (
    "The differentiated Tensor at index {} appears to not have been used in the graph. "
    "Set allow_unused=True if this is the desired behavior."
)


def leaf(*values, kind=torch.float32):
    return torch.tensor(values, dtype=kind, requires_grad=True)


def spent(y):
    """Whether the graph of `y` was freed."""
    x = y.grad_fn.next_functions[0][0].variable
    try:
        autograd.grad(y, x, torch.ones_like(y), retain_graph=True)
    except RuntimeError as error:
        return FREED in str(error)
    return False


# -- what is kept ------------------------------------------------------------------------------------------------------

CALLS = {
    "Tensor.backward": lambda y, **kw: y.sum().backward(**kw),
    "backward with a cotangent": lambda y, **kw: y.backward(torch.ones(2), **kw),
    "autograd.backward": lambda y, **kw: autograd.backward(y.sum(), **kw),
    "autograd.backward of a list": lambda y, **kw: autograd.backward([y], [torch.ones(2)], **kw),
    "autograd.grad": lambda y, **kw: autograd.grad(y, y.grad_fn.next_functions[0][0].variable, torch.ones(2), **kw),
}


@pytest.mark.parametrize(
    ("kwargs", "freed"),
    [
        ({}, True),
        ({"retain_graph": True}, False),
        ({"retain_graph": False}, True),
        ({"create_graph": True}, False),
        ({"create_graph": True, "retain_graph": False}, True),
    ],
)
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_the_graph_is_kept_as_asked(call, kwargs, freed):
    x = leaf(1.0, 2.0)
    y = x.exp()
    call(y, **kwargs)
    assert spent(y) is freed


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("call", list(CALLS.values())[:4], ids=list(CALLS)[:4])
def test_gradients_have_a_graph_where_asked(call, create_graph):
    x = leaf(1.0, 2.0)
    call(x**3, create_graph=create_graph)
    assert x.grad.tolist() == [3.0, 12.0]
    assert x.grad.requires_grad is create_graph


def test_a_second_derivative_through_grad():
    x = leaf(2.0)
    (first,) = autograd.grad(x**3, x, create_graph=True)
    (second,) = autograd.grad(first, x)
    assert (first.item(), second.item(), second.requires_grad) == (12.0, 12.0, False)


# -- roots and cotangents ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda x: x.sum(), "float32"),
        (lambda x: x.sum().reshape(1, 1), "float32"),
        (lambda x: x.double().sum(), "float64"),
        (lambda x: x.to(torch.bfloat16).sum(), "bfloat16"),
        (lambda x: x.reshape(2, 1).t()[0, 0:1] + x[1:], "float32"),
    ],
)
def test_one_element_has_a_cotangent_of_one(monkeypatch, make, kind):
    monkeypatch.setattr(module, "_MAKES_ONE", {})
    x, seen = leaf(1.0, 1.0), []
    for _ in range(2):  # the second time from what is remembered
        y = make(x)
        y.register_hook(seen.append)
        y.backward()
    assert [(g.dtype, tuple(g.shape), g.sum().item(), g.requires_grad) for g in seen] == [
        (getattr(torch, kind), tuple(y.shape), 1.0, False)
    ] * 2
    assert seen[0] is not seen[1]
    assert seen[0].data_ptr() != seen[1].data_ptr()
    assert x.grad.tolist() == [2.0, 2.0]


def test_a_leaf_is_its_own_root():
    x = leaf(3.0)
    x.backward()
    autograd.backward(x)
    assert x.grad.tolist() == [2.0]
    assert autograd.grad(x, x)[0].tolist() == [1.0]


def test_a_view_is_a_root_with_the_history_its_base_has_now():
    x = leaf(1.0, 2.0)
    y = x * 1
    view = y[1]
    y.mul_(5)
    view.backward(retain_graph=True)
    assert x.grad.tolist() == [0.0, 5.0]
    assert autograd.grad(view, x, retain_graph=True)[0].tolist() == [0.0, 5.0]
    assert autograd.grad((y * 2).sum() + view, view, retain_graph=True)[0].item() == 1.0


def test_a_wanted_view_has_the_history_its_base_has_now():
    plain, w = torch.zeros(3), leaf(1.0, 2.0)
    view = plain[1:]
    plain[:2].copy_(w)
    out = (view * torch.tensor([3.0, 4.0])).sum()
    assert autograd.grad(out, view, retain_graph=True)[0].tolist() == [3.0, 4.0]
    out.backward(inputs=[w])
    assert w.grad.tolist() == [0.0, 3.0]
    fresh = torch.zeros(3)
    unread = fresh[1:]
    fresh[:2].copy_(w)
    with pytest.raises(RuntimeError, match="appears to not have been used in the graph"):
        autograd.grad((fresh * 3).sum(), unread)


def test_several_roots_with_cotangents_of_every_sort():
    x, y = leaf(1.0, 2.0), leaf(5.0)
    autograd.backward([x * 2, y * 3], [torch.tensor([1.0, 10.0]), None])
    assert (x.grad.tolist(), y.grad.tolist()) == ([2.0, 20.0], [3.0])
    autograd.backward((x * 2,), grad_variables=(torch.ones(2),))
    assert x.grad.tolist() == [4.0, 22.0]
    assert autograd.grad([x * 2, y], [y, x], [torch.ones(2), None])[0].tolist() == [1.0]


def test_edges_stand_for_the_tensors_they_lead_to():
    x = leaf(1.0, 2.0)
    y = x * 2
    z = y * 3
    edge, inner, own = get_gradient_edge(z), get_gradient_edge(y), get_gradient_edge(x)
    assert [g.tolist() for g in autograd.grad(edge, (inner, own, x), torch.ones(2), retain_graph=True)] == [
        [3.0, 3.0],
        [6.0, 6.0],
        [6.0, 6.0],
    ]
    assert autograd.grad([edge], [own], retain_graph=True)[0].tolist() == [6.0, 6.0]
    autograd.backward(edge, torch.tensor([1.0, 10.0]), retain_graph=True, inputs=own)
    assert x.grad.tolist() == [6.0, 60.0]
    autograd.backward(edge, inputs=[inner], retain_graph=True)
    assert (x.grad.tolist(), y._grad) == ([6.0, 60.0], None)


@pytest.mark.parametrize("shape", [(2, 3), (1,), ()])
def test_a_batch_of_cotangents(shape):
    x = torch.ones(shape, requires_grad=True)
    g = torch.arange(4.0).reshape(4, *[1] * len(shape)).expand(4, *shape)
    (found,) = autograd.grad(x * 2, x, g, is_grads_batched=True)
    assert found.tolist() == (g * 2).tolist()


REFUSED_ROOTS = {
    "no graph": (
        lambda: torch.ones(1).backward(),
        RuntimeError,
        "element 0 of tensors does not require grad and does not have a grad_fn",
    ),
    "no graph, second": (
        lambda: autograd.backward([leaf(1.0), torch.ones(1)]),
        RuntimeError,
        "element 1 of tensors does not require grad and does not have a grad_fn",
    ),
    "many elements": (
        lambda: leaf(1.0, 2.0).exp().backward(),
        RuntimeError,
        "grad can be implicitly created only for scalar outputs",
    ),
    "many elements, in a list": (
        lambda: autograd.grad([leaf(1.0, 2.0).exp()], [leaf(1.0)]),
        RuntimeError,
        "grad can be implicitly created only for scalar outputs",
    ),
    "complex": (
        lambda: (leaf(1.0) * 1j).sum().backward(),
        RuntimeError,
        "grad can be implicitly created only for real scalar outputs but got torch.complex64",
    ),
    "no tensor": (
        lambda: leaf(1.0).exp().backward(3),
        TypeError,
        "gradients can be either Tensors or None, but got int",
    ),
    "another shape": (
        lambda: autograd.backward([leaf(1.0).exp(), leaf(1.0, 2.0).exp()], [torch.ones(1), torch.ones(3)]),
        RuntimeError,
        "Mismatch in shape: grad_output[1] has a shape of torch.Size([3]) and output[1] has a shape of torch.Size([2]).",
    ),
    "complex cotangent": (
        lambda: leaf(1.0).exp().backward(torch.tensor([1j])),
        RuntimeError,
        "For complex Tensors, both grad_output and output are required to have the same dtype. Mismatch in dtype: "  # noqa: ISC004
        "grad_output[0] has a dtype of torch.complex64 and output[0] has a dtype of torch.float32.",
    ),
    "real cotangent": (
        lambda: (leaf(1.0) * 1j).backward(torch.ones(1)),
        RuntimeError,
        "For complex Tensors, both grad_output and output are required to have the same dtype. Mismatch in dtype: "  # noqa: ISC004
        "grad_output[0] has a dtype of torch.float32 and output[0] has a dtype of torch.complex64.",
    ),
    "no inputs": (lambda: leaf(1.0).backward(inputs=[]), RuntimeError, "`inputs` argument to `backward()` cannot be empty."),
    "an input without grad": (
        lambda: autograd.grad(leaf(1.0).exp(), torch.ones(1)),
        RuntimeError,
        "One of the differentiated Tensors does not require grad",
    ),
    "an input without grad, accumulating": (
        lambda: leaf(1.0).exp().backward(inputs=[torch.ones(1)]),
        RuntimeError,
        "One of the differentiated Tensors does not require grad",
    ),
    "zeros that are forbidden": (
        lambda: autograd.grad(leaf(1.0), leaf(1.0), allow_unused=False, materialize_grads=True),
        ValueError,
        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.",
    ),
    "unused": (lambda: autograd.grad((x := leaf(1.0)).exp(), [x, leaf(1.0)]), RuntimeError, UNUSED.format(1)),
    "unused, said twice": (lambda: autograd.grad(leaf(1.0).exp(), leaf(1.0), allow_unused=False), RuntimeError, UNUSED.format(0)),
}


@pytest.mark.parametrize(("call", "kind", "text"), REFUSED_ROOTS.values(), ids=REFUSED_ROOTS.keys())
def test_what_is_refused(call, kind, text):
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text


# -- inputs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kwargs", "values"),
    [
        ({"allow_unused": True}, None),
        ({"materialize_grads": True}, [0.0, 0.0]),
        ({"materialize_grads": True, "allow_unused": True}, [0.0, 0.0]),
    ],
)
def test_what_is_not_used(kwargs, values):
    x, y = leaf(1.0), leaf(1.0, 2.0)
    used, unused = autograd.grad(x * 3, (x, y), **kwargs)
    assert (used.tolist(), None if unused is None else unused.tolist()) == ([3.0], values)
    assert (x.grad, y.grad) == (None, None)


def test_gradients_of_intermediates_accumulate_where_they_are_inputs():
    x = leaf(1.0, 2.0)
    y = x * 2
    z = y * 3
    for times in (1, 2):
        z.sum().backward(inputs=[y, x], retain_graph=True)
        assert (x.grad.tolist(), y._grad.tolist(), z._grad) == ([6.0 * times] * 2, [3.0 * times] * 2, None)
    shown = []
    y.register_hook(shown.append)
    y._grad = None
    z.sum().backward(inputs=y)
    y._grad.add_(1)
    assert shown[0].tolist() == [3.0, 3.0]


def test_an_intermediate_that_gets_nothing_keeps_no_gradient():
    x = leaf(1.0)
    y, other = x * 2, x * 3
    y.sum().backward(inputs=[other, x])
    assert (other._grad, x.grad.tolist()) == (None, [2.0])


def test_outputs_of_one_node_are_told_apart():
    x = leaf(1.0, 2.0, 3.0)
    a, b, c = (x * 2).unbind(0)
    found = autograd.grad(a * 5 + b * 7, [b, a, c, x], allow_unused=True)
    assert [None if g is None else g.tolist() for g in found] == [7.0, 5.0, None, [10.0, 14.0, 0.0]]


def test_targets_of_edges():
    x = leaf(1.0, 2.0)
    y = x * 1
    part = y.unbind(0)[1]
    assert engine._target(x) is x
    assert engine._target(y._node) == (y._node, 0)
    assert engine._target(part._node) == (part._node.node, 1)


def test_one_input_need_not_be_a_list():
    x = leaf(1.0)
    assert [g.item() for g in autograd.grad(x * 2, x)] == [2.0]
    assert [g.item() for g in autograd.grad([x * 2, x], [x])] == [3.0]
    assert isinstance(autograd.grad(x * 2, x), tuple)
