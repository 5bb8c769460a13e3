"""linear_cross_entropy: whole and in chunks, the layer over it, and what it refuses."""

import pytest

import ft_nn as nn
from ft_autograd import grad
from ft_autograd.func import grad as functional_grad
from ft_autograd.func import vmap
from ft_dispatch import surface as torch
from ft_nn.functional import cross_entropy, linear, linear_cross_entropy

Options = nn.LinearCrossEntropyOptions


def problem(rows=7, features=3, classes=5, dtype=torch.float64):
    torch.manual_seed(2)
    made = [torch.randn(*shape, dtype=dtype).requires_grad_() for shape in ((rows, features), (classes, features), (classes,))]
    return (*made, torch.tensor([0, 4, -100, 2, 2, 1, 3][:rows]))


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("policy", ["accurate", "balanced", "compact"])
@pytest.mark.parametrize("rows", [1, 2, 7, None])
def test_chunks_give_the_whole(rows, policy, reduction):
    x, weight, bias, target = problem()
    shares = torch.tensor([0.5, 1.0, 2.0, 0.1, 1.5], dtype=torch.float64)
    cotangent = torch.arange(7.0, dtype=torch.float64) if reduction == "none" else torch.tensor(3.0, dtype=torch.float64)
    options = Options(batch_chunk_size=rows, acc_policy=policy)
    found = []
    for chosen in (None, options):
        loss = linear_cross_entropy(
            x, weight, target, linear_bias=bias, weight=shares, reduction=reduction, ignore_index=-100, options=chosen
        )
        found.append([loss, *grad(loss, (x, weight, bias), cotangent)])
    assert torch.allclose(found[0][0], cross_entropy(linear(x, weight, bias), target, shares, reduction=reduction))
    for whole, parts in zip(*found, strict=True):
        assert torch.allclose(whole, parts)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_chunks_under_vmap_are_those_of_each_example(reduction):
    x, weight, bias, target = problem()
    x, weight, bias = torch.stack([x.detach(), x.detach() * 2]), weight.detach(), bias.detach()
    options = Options(batch_chunk_size=2, chunking_method=None)

    def loss(row):
        return linear_cross_entropy(row, weight, target, linear_bias=bias, reduction=reduction, ignore_index=-100, options=options)

    assert torch.allclose(vmap(loss)(x), torch.stack([loss(row) for row in x]))
    with pytest.raises(RuntimeError, match="must override the setup_context staticmethod"):  # as torch does
        vmap(functional_grad(lambda row: loss(row).sum()))(x)


def test_chunks_of_half_precision_are_summed_in_float32():
    x, weight, _, target = problem(dtype=torch.bfloat16)
    wide = [t.detach().float().requires_grad_() for t in (x, weight)]
    loss = linear_cross_entropy(x, weight, target, options=Options(batch_chunk_size=2))
    exact = linear_cross_entropy(*wide, target)
    assert loss.dtype is torch.bfloat16
    assert torch.equal(loss, exact.bfloat16())
    for g, e in zip(grad(loss, (x, weight)), grad(exact, wide), strict=True):
        assert torch.allclose(g.float(), e, rtol=1e-2, atol=1e-3)


def test_chunked_mean_is_differentiated_once_unless_asked():
    x, weight, _, target = problem()
    loss = linear_cross_entropy(x, weight, target, options=Options(batch_chunk_size=2))
    loss.backward(retain_graph=True)
    with pytest.raises(RuntimeError, match="allow_retain_graph=True"):
        loss.backward()
    kept = linear_cross_entropy(x, weight, target, options=Options(True, batch_chunk_size=2))
    once = grad(kept, x, retain_graph=True)[0]
    assert torch.equal(grad(kept, x)[0], once)


def test_options_refuse_and_decide():
    with pytest.raises(ValueError, match="invalid acc_policy"):
        Options(acc_policy="fast")
    with pytest.raises(ValueError, match="invalid chunking_method"):
        Options(chunking_method="aspect_ratio:0")
    with pytest.raises(ValueError, match="positive int or None"):
        Options(batch_chunk_size=0)
    with pytest.raises(ValueError, match="acc_dtype"):
        Options(acc_dtype=torch.int64)
    with pytest.raises(ValueError, match="different chunk sizes"):
        Options(batch_chunk_size=3, chunking_method="aspect_ratio")._adjust(64, 8, 64, torch.float32)
    decided = Options()._adjust(64, 8, 64, torch.bfloat16, torch.device("cpu"))
    assert (decided.acc_policy, decided.chunking_method, decided.batch_chunk_size) == ("accurate", "aspect_ratio", 8)
    assert decided.acc_dtype is torch.float32


def test_what_chunks_cannot_do_is_done_whole_with_a_warning():
    x, weight, _, target = problem()
    with pytest.warns(UserWarning, match="``options`` ignored"):
        loss = linear_cross_entropy(x, weight, target, label_smoothing=0.1, options=Options())
    assert torch.allclose(loss, cross_entropy(linear(x, weight), target, label_smoothing=0.1))


@pytest.mark.parametrize(
    ("shapes", "options", "message"),
    [
        (((2, 3, 3), (2, 3), (3, 2)), {}, "dimensionality 1 or 2, got 3"),
        (((2, 3), (2,), (2, 2)), {}, "dimensionality at least 2, got 1"),
        (((2, 3), (2, 4), (2, 2)), {}, "got 3 and 4, respectively"),
        (((2, 3), (2, 3), (2, 2)), {"ignore_index": 0}, "target contains probabilities"),
        (((3,), (2, 4, 3), (2, 4)), {}, "requires batched input"),
        (((2, 3), (2, 3), (2,)), {"linear_bias": torch.zeros(3, device="meta")}, "expected linear_bias shape"),
    ],
)
def test_linear_cross_entropy_refuses(shapes, options, message):
    with pytest.raises(RuntimeError, match=message):
        linear_cross_entropy(*(torch.zeros(s, device="meta") for s in shapes), **options)


def test_layer_of_several_outputs():
    torch.manual_seed(0)
    layer = nn.LinearCrossEntropyLoss(3, 4, out_features=(2,), bias=True)
    assert layer.linear.weight.shape == (8, 3)
    x, target = torch.randn(5, 3), torch.tensor([[0, 3]] * 5)
    logits = layer.linear(x).reshape(5, 4, 2)
    assert torch.allclose(layer(x, target), cross_entropy(logits, target))
    with pytest.raises(RuntimeError, match="expected weight shape"):
        nn.LinearCrossEntropyLoss(3, 4, weight=torch.ones(3))
    with pytest.raises(RuntimeError, match=r"in range \[0, 1\]"):
        nn.LinearCrossEntropyLoss(3, 4, label_smoothing=2)
