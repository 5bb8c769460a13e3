"""linear of an input of three dimensions and more, recorded as one node: torch's view, addmm and view to whoever looks."""

import pytest

import ft_autograd
from ft_autograd.fused import FusedRows
from ft_dispatch import surface as torch

LEADS = [(2, 5), (2, 1, 3), (1, 1)]


def layer(lead=(2, 5), input_grad=True):
    """(input, weight, bias) of an affine map of rows, with the fused route in place."""
    generator = torch.Generator()
    generator.manual_seed(3)
    x = torch.randn((*lead, 4), generator=generator).requires_grad_(input_grad)
    weight = torch.randn((3, 4), generator=generator).requires_grad_()
    bias = torch.randn((3,), generator=generator).requires_grad_()
    torch.linear(x, weight, bias)  # the first call goes the careful road
    return x, weight, bias


def pieces(x, weight, bias):
    rows = x.view((-1, x.shape[-1]))
    return torch.addmm(bias, rows, weight.t()).view((*x.shape[:-1], weight.shape[0]))


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("input_grad", [True, False])
def test_values_and_gradients_are_those_of_the_pieces(lead, input_grad):
    args = layer(lead, input_grad)
    assert type(torch.linear(*args)._node) is FusedRows
    wanted = [t for t in args if t.requires_grad]
    found = []
    for function in (torch.linear, pieces):
        y = function(*args)
        weights = torch.arange(float(y.numel())).reshape(y.shape)
        found.append([y.tolist(), *[g.tolist() for g in ft_autograd.grad((y * weights).sum(), wanted)]])
    assert found[0] == found[1]


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
    node = torch.linear(x, weight, bias).grad_fn
    assert node.name() == type(node).__name__ == "ViewBackward0"
    ((product, _),) = node.next_functions
    assert product.name() == "AddmmBackward0"
    (to_bias, _), (to_rows, _), (to_turned, _) = product.next_functions
    assert to_bias.variable is bias
    assert to_rows.name() == "ViewBackward0"
    assert to_rows.next_functions[0][0].variable is x
    assert to_turned.name() == "TBackward0"
    assert to_turned.next_functions[0][0].variable is weight
    assert product._saved_mat1.tolist() == x.view((10, 4)).tolist()
    assert product._saved_mat2.tolist() == weight.t().tolist()


def test_the_pieces_keep_the_order_in_which_torch_records_them():
    y = torch.linear(*layer())
    node = y.grad_fn
    product = node.next[0]
    assert product.next[1].seq < product.next[2].seq < product.seq < node.seq


def test_gradients_after_somebody_looked():
    args = layer()
    expected = [g.tolist() for g in ft_autograd.grad(torch.linear(*args).sum(), args)]
    y = torch.linear(*args)
    assert y.relu().grad_fn.next_functions[0][0].name() == "ViewBackward0"
    assert [g.tolist() for g in ft_autograd.grad(y.sum(), args)] == expected


def test_hooks_land_on_the_pieces():
    y = torch.linear(*layer())
    seen = []
    product = y.grad_fn.next_functions[0][0]
    product.register_hook(lambda inputs, outputs: seen.append([tuple(t.shape) for t in (*inputs, *outputs)]))
    y.sum().backward()
    assert seen == [[(10, 3), (10, 4), (4, 3), (10, 3)]]


@pytest.mark.parametrize("looked", [True, False])
@pytest.mark.parametrize(("which", "shape"), [(0, r"\[10, 4\]"), (1, r"\[4, 3\]")])
def test_a_changed_operand_is_refused_in_the_words_of_the_pieces(which, shape, looked):
    args = layer()
    y = torch.linear(*args)
    if looked:
        assert y.grad_fn is not None
    with ft_autograd.no_grad():
        args[which].add_(1)
    with pytest.raises(RuntimeError, match=rf"FloatTensor {shape}\].*is at version 2; expected version 1"):
        y.sum().backward()


def test_a_freed_graph_is_refused_and_a_kept_one_is_not():
    args = layer()
    y = torch.linear(*args)
    y.sum().backward(retain_graph=True)
    y.sum().backward()
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        y.sum().backward()


def test_only_what_a_gradient_needs_is_saved():
    x, weight, bias = layer(input_grad=False)
    y = torch.linear(x, weight, bias)
    with ft_autograd.no_grad():
        weight.add_(1)
    y.sum().backward()  # the weight is not needed for its own gradient
    assert weight.grad.shape == (3, 4)


def test_operands_that_are_one_of_several_outputs():
    x, weight, bias = layer()
    parts = [t.repeat(2, *[1] * (t.ndim - 1)).chunk(2)[1] for t in (x, weight, bias)]
    torch.linear(*parts)
    y = torch.linear(*parts)
    assert type(y._node) is FusedRows
    found = [g.tolist() for g in ft_autograd.grad(y.sum(), (x, weight, bias), retain_graph=True)]
    assert y.grad_fn.next_functions[0][0].name() == "AddmmBackward0"
    assert [g.tolist() for g in ft_autograd.grad(y.sum(), (x, weight, bias))] == found
    assert found == [g.tolist() for g in ft_autograd.grad(pieces(x, weight, bias).sum(), (x, weight, bias))]


def test_the_result_is_written_in_place_like_any_other():
    args = layer()
    y = torch.linear(*args)
    y.relu_()
    expected = ft_autograd.grad(pieces(*args).relu().sum(), args)
    for a, b in zip(ft_autograd.grad(y.sum(), args), expected, strict=True):
        assert torch.equal(a, b)


def test_rows_out_of_order_and_no_rows_take_the_composition():
    x, weight, bias = layer()
    turned = x.detach().transpose(0, 1).requires_grad_()
    for _ in range(2):
        y = torch.linear(turned, weight, bias)
    assert torch.allclose(y, pieces(turned.contiguous(), weight, bias))
    assert type(y._node) is not FusedRows
    for _ in range(2):
        assert torch.linear(x[:, :0], weight, bias).shape == (2, 0, 3)
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        torch.linear(x, weight.t(), bias)
