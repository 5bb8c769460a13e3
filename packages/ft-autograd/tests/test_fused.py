"""linear recorded as one node: the gradients, the graph a user sees, hooks, saved tensors and errors are those of its pieces."""

import pytest

import ft_autograd
from ft_autograd.fused import FusedLinear
from ft_dispatch import surface as torch


def layer(input_grad=True):
    """(input, weight, bias) of a small affine map, with the fused route in place."""
    generator = torch.Generator()
    generator.manual_seed(3)
    x = torch.randn((5, 4), generator=generator).requires_grad_(input_grad)
    weight = torch.randn((3, 4), generator=generator).requires_grad_()
    bias = torch.randn((3,), generator=generator).requires_grad_()
    torch.linear(x, weight, bias)  # the first call goes the careful road
    return x, weight, bias


def pieces(x, weight, bias):
    return torch.addmm(bias, x, weight.t())


def test_the_second_call_is_one_node():
    assert type(torch.linear(*layer())._node) is FusedLinear


@pytest.mark.parametrize("input_grad", [True, False])
def test_gradients_are_those_of_the_pieces(input_grad):
    args = layer(input_grad)
    wanted = [t for t in args if t.requires_grad]
    weights = torch.arange(15.0).reshape((5, 3))
    fused = ft_autograd.grad((torch.linear(*args) * weights).sum(), wanted)
    plain = ft_autograd.grad((pieces(*args) * weights).sum(), wanted)
    assert [g.tolist() for g in fused] == [g.tolist() for g in plain]


def test_second_derivatives_are_those_of_the_pieces():
    args = layer()
    found = []
    for function in (torch.linear, pieces):
        first = ft_autograd.grad(function(*args).pow(3).sum(), args, create_graph=True)
        found.append(ft_autograd.grad(sum(g.pow(2).sum() for g in first), args))
    for a, b in zip(*found, strict=True):
        assert torch.allclose(a, b, rtol=1e-5)


def test_whoever_looks_sees_the_pieces():
    x, weight, bias = layer()
    y = torch.linear(x, weight, bias)
    node = y.grad_fn
    assert node.name() == type(node).__name__ == "AddmmBackward0"
    (to_bias, _), (to_input, _), (to_weight, _) = node.next_functions
    assert to_bias.variable is bias
    assert to_input.variable is x
    assert to_weight.name() == "TBackward0"
    assert to_weight.next_functions[0][0].variable is weight
    assert node._saved_mat1 is x
    assert node._saved_mat2.tolist() == weight.t().tolist()
    assert node is y.grad_fn


def test_gradients_after_somebody_looked_and_from_behind_another_node():
    args = layer()
    expected = [g.tolist() for g in ft_autograd.grad(torch.linear(*args).sum(), args)]
    y = torch.linear(*args)
    assert y.relu().grad_fn.next_functions[0][0].name() == "AddmmBackward0"
    assert [g.tolist() for g in ft_autograd.grad(y.sum(), args)] == expected


def test_a_hook_on_the_transpose_runs():
    x, weight, bias = layer()
    y = torch.linear(x, weight, bias)
    seen = []
    y.grad_fn.next_functions[2][0].register_hook(lambda inputs, outputs: seen.append((inputs[0].shape, outputs[0].shape)))
    y.sum().backward()
    assert [tuple(s) for s in seen[0]] == [(3, 4), (4, 3)]


def test_only_what_a_gradient_needs_is_saved():
    x, weight, bias = layer(input_grad=False)
    y = torch.linear(x, weight, bias)
    with ft_autograd.no_grad():
        weight.add_(1)
    y.sum().backward()  # the weight is not needed for its own gradient
    assert weight.grad.shape == (3, 4)


@pytest.mark.parametrize("which", [0, 1])
def test_a_changed_operand_is_refused(which):
    args = layer()
    y = torch.linear(*args)
    with ft_autograd.no_grad():
        args[which].add_(1)
    shape = r"\[5, 4\]" if which == 0 else r"\[4, 3\]"
    with pytest.raises(RuntimeError, match=rf"FloatTensor {shape}\].*is at version 2; expected version 1"):
        y.sum().backward()


def test_a_freed_graph_is_refused():
    y = torch.linear(*layer())
    y.sum().backward()
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        y.sum().backward()


def test_a_weight_that_was_computed_leads_to_where_it_came_from():
    x, weight, bias = layer()
    for _ in range(2):
        y = torch.linear(x, weight * 2, bias)
    assert y.grad_fn.next_functions[2][0].next_functions[0][0].name() == "MulBackward0"
    assert ft_autograd.grad(y.sum(), weight)[0].tolist() == (2 * x.detach().sum(0).expand((3, 4))).tolist()


def test_other_ranks_dtypes_and_a_missing_bias_take_the_composition():
    x, weight, bias = layer()
    assert torch.linear(x, weight).grad_fn.name() == "MmBackward0"
    assert torch.linear(x[None].contiguous(), weight, bias).shape == (1, 5, 3)
    assert torch.linear(x[0], weight, bias).shape == (3,)
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        torch.linear(x, weight.t(), bias)
