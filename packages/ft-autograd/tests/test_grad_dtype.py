"""`Tensor.grad_dtype`, and what nodes tell of themselves: `_input_metadata`, a call by hand, the one node of a leaf."""

import pytest

import ft_autograd
from ft_autograd.graph import get_gradient_edge
from ft_dispatch import surface as torch


def leaf(dtype=torch.float32):
    return torch.ones(2, dtype=dtype, requires_grad=True)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.complex64])
def test_gradients_have_the_chosen_dtype(dtype):
    x = leaf()
    assert x.grad_dtype is torch.float32
    x.grad_dtype = dtype
    assert x.grad_dtype is dtype
    for times in (1, 2):
        (x * 2).sum().backward()
        assert x.grad.dtype is dtype
        assert x.grad.tolist() == [2.0 * times] * 2
    (g,) = ft_autograd.grad((x * 3).sum(), x)
    assert g.dtype is dtype


def test_a_gradient_is_not_rounded_on_its_way():
    class Fine(ft_autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.double()

        @staticmethod
        def backward(ctx, g):
            return g / 3

    x = leaf(torch.bfloat16)
    x.grad_dtype = torch.float64
    Fine.apply(x).sum().backward()
    assert x.grad.tolist() == [1 / 3, 1 / 3]
    x.grad, x.grad_dtype = None, None
    Fine.apply(x).sum().backward()
    assert x.grad.dtype is torch.float64
    x.grad, x.grad_dtype = None, torch.bfloat16
    Fine.apply(x).sum().backward()
    assert x.grad.dtype is torch.bfloat16


def test_hooks_see_the_chosen_dtype():
    x, seen = leaf(torch.bfloat16), []
    x.grad_dtype = torch.float32
    x.register_hook(lambda g: seen.append(g.dtype))
    x.register_post_accumulate_grad_hook(lambda p: seen.append(p.grad.dtype))
    (x * 2).sum().backward()
    assert seen == [torch.float32, torch.float32]


def test_any_dtype_may_be_assigned():
    x = leaf()
    x.grad_dtype = None
    x.grad = torch.ones(2, dtype=torch.float16)
    (x * 3).sum().backward()
    assert x.grad.dtype is torch.float16
    assert x.grad.tolist() == [4.0, 4.0]


def test_refusals_of_grad_dtype():
    x = leaf()
    y = x * 2
    with pytest.raises(RuntimeError, match=r"grad_dtype can only be accessed on leaf tensors\."):
        _ = y.grad_dtype
    with pytest.raises(RuntimeError, match=r"grad_dtype can only be set on leaf tensors\."):
        y.grad_dtype = torch.float64
    with pytest.raises(RuntimeError, match=r"must be a torch\.dtype or None, but got str"):
        x.grad_dtype = "float64"
    x.grad = torch.ones(2)
    with pytest.raises(
        RuntimeError, match="Cannot set grad_dtype to 'Double' because there is already a gradient with dtype 'float'"
    ):
        x.grad_dtype = torch.float64
    assert x.grad_dtype is torch.float32
    x.grad_dtype = torch.float32
    with pytest.raises(RuntimeError, match="a gradient with dtype 'double' to a tensor with grad_dtype 'Float'"):
        x.grad = torch.ones(2, dtype=torch.float64)


def test_it_stays_with_its_tensor():
    x = leaf()
    x.grad_dtype = torch.float64
    assert x.detach().grad_dtype is torch.float32
    assert x.data.grad_dtype is torch.float32


def test_what_nodes_take():
    x = torch.ones(2, 3, requires_grad=True)
    (found,) = (x * 2).grad_fn._input_metadata
    assert (found.shape, found.dtype, str(found.device), found.is_nested_tensor) == ([2, 3], torch.float32, "cpu", False)
    assert [m.shape for m in x.max(1).values.grad_fn._input_metadata] == [[2]]  # indices have no gradient
    assert [(m.shape, m.dtype) for m in x.split(1)[0].grad_fn._input_metadata] == [([1, 3], torch.float32)] * 2
    x.grad_dtype = torch.float64
    assert get_gradient_edge(x).node._input_metadata[0].dtype is torch.float64


def test_a_node_called_by_hand():
    x = torch.tensor([1.0, 3.0], requires_grad=True)
    node = (x * x).grad_fn
    seen = []
    node.register_hook(lambda given, taken: seen.append(len(given)))
    first, second = node(torch.ones(2))
    assert first.tolist() == second.tolist() == [1.0, 3.0]
    assert first.requires_grad
    assert seen == [2]
    assert x.split(1)[0].grad_fn(torch.ones(1), None).tolist() == [1.0, 0.0]
    with pytest.raises(TypeError, match="expected 1 arguments, got 2 instead"):
        node(torch.ones(2), torch.ones(2))
    with pytest.raises(TypeError, match="argument 0 is not a Variable"):
        node(3)


def test_a_leaf_has_one_node():
    x = torch.ones(2, requires_grad=True)
    node = (x * 2).grad_fn.next_functions[0][0]
    assert node is x.sum().grad_fn.next_functions[0][0]
    assert isinstance(node, ft_autograd.graph.Node)
    assert node.variable is x
    assert node.requires_grad
    assert node(torch.ones(2)) == ()
    assert x.grad.tolist() == [1.0, 1.0]
    node.metadata["who"] = "me"
    assert get_gradient_edge(x).node.metadata == {"who": "me"}
