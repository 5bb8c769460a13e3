"""Pruning: which elements go, how methods stack, and what is left; against recorded masks and against torch."""

import numpy as np
import pytest

import ft_nn
from ft_dispatch import surface
from ft_nn.utils import prune


def layer(t=surface, nn=ft_nn):
    net = nn.Linear(4, 3)
    with t.no_grad():
        net.weight.copy_((t.arange(12, dtype=t.float32) * 0.7371).sin().reshape(3, 4))
    return net


def ours_and_torch():
    torch = pytest.importorskip("torch")
    import torch.nn.utils.prune as theirs

    return (surface, ft_nn, prune), (torch, torch.nn, theirs)


def random(method, *args, **kwargs):
    def run(t, nn, p):
        t.manual_seed(4)
        return [getattr(p, method)(layer(t, nn), "weight", *args, **kwargs).weight_mask]

    return run


def stacked(t, nn, p):
    net = layer(t, nn)
    t.manual_seed(4)
    p.l1_unstructured(net, "weight", 0.3)
    p.ln_structured(net, "weight", 1, 2, 1)
    p.random_unstructured(net, "weight", 2)
    made = [net.weight_mask, net(t.ones(2, 4))]
    p.remove(net, "weight")
    return [*made, net.weight]


def together(t, nn, p):
    net = nn.Sequential(layer(t, nn), layer(t, nn))
    p.global_unstructured([(net[0], "weight"), (net[1], "bias")], p.L1Unstructured, amount=5)
    return [net[0].weight_mask]


CASES = {
    "l1": random("l1_unstructured", 0.4),
    "l1 by scores": lambda t, nn, p: [p.l1_unstructured(layer(t, nn), "weight", 5, t.arange(12.0).reshape(3, 4)).weight_mask],
    "random": random("random_unstructured", 5),
    "random slices": random("random_structured", 0.5, 1),
    "slices": random("ln_structured", 1, 2, 0),
    "slices, largest": random("ln_structured", 2, float("inf"), -1),
    "identity": random("identity"),
    "nothing": random("l1_unstructured", 0),
    "stacked": stacked,
    "together": together,
}
# Masks of torch 2.13, row by row.
RECORDED = {
    "l1": "0111 0011 0011",
    "l1 by scores": "0000 0111 1111",
    "random": "0011 1110 1010",
    "random slices": "1100 1100 1100",
    "slices": "1111 1111 0000",
    "slices, largest": "0011 0011 0011",
    "identity": "1111 1111 1111",
    "nothing": "1111 1111 1111",
    "stacked": "0000 0011 0011",
    "together": "0111 0111 1011",
}


@pytest.mark.parametrize("name", RECORDED)
def test_prune_gives_the_recorded_mask(name):
    mask = CASES[name](surface, ft_nn, prune)[0]
    assert ["".join(str(int(v)) for v in row) for row in mask.tolist()] == RECORDED[name].split()


@pytest.mark.oracle
@pytest.mark.parametrize("name", CASES)
def test_prune_equals_torch(name):
    mine, theirs = ours_and_torch()
    for a, b in zip(CASES[name](*mine), CASES[name](*theirs), strict=True):
        if name != "stacked" or a.shape != (2, 3):  # the bias is drawn
            np.testing.assert_allclose(a.detach().numpy(), b.detach().numpy(), rtol=1e-6)


def test_prune_state_and_gradients():
    net = prune.custom_from_mask(layer(), "weight", surface.tensor([[1, 0, 1, 0]] * 3))
    assert list(net.state_dict()) == ["bias", "weight_orig", "weight_mask"]
    assert prune.is_pruned(net)
    net(surface.ones(2, 4)).sum().backward()
    assert net.weight_orig.grad.tolist() == [[2.0, 0.0, 2.0, 0.0]] * 3
    prune.remove(net, "weight")
    assert [n for n, _ in net.named_parameters()] == ["bias", "weight"]
    assert net.weight[:, 1].tolist() == [0.0] * 3
    assert not prune.is_pruned(net)


def test_prune_container_holds_methods_of_one_parameter():
    net = prune.l1_unstructured(layer(), "weight", 2)
    prune.l1_unstructured(net, "weight", 2)
    (hook,) = net._forward_pre_hooks.values()
    assert isinstance(hook, prune.PruningContainer)
    assert [type(m) for m in hook] == [prune.L1Unstructured] * 2
    assert int(net.weight_mask.sum()) == 8
    stranger = prune.Identity()
    stranger._tensor_name = "bias"
    with pytest.raises(ValueError, match="acting on the parameter named 'weight'"):
        hook.add_pruning_method(stranger)
    with pytest.raises(TypeError, match="not a BasePruningMethod subclass"):
        hook.add_pruning_method(net)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda net: prune.l1_unstructured(net, "weight", 1.4), ValueError, "float in the range"),
        (lambda net: prune.l1_unstructured(net, "weight", "a"), TypeError, "Invalid type for amount"),
        (lambda net: prune.l1_unstructured(net, "weight", 13), ValueError, "smaller than the number of parameters"),
        (lambda net: prune.l1_unstructured(net, "weight", 1, surface.ones(2)), AssertionError, "same shape"),
        (lambda net: prune.ln_structured(net, "bias", 1, 2, 0), ValueError, "multidimensional"),
        (lambda net: prune.ln_structured(net, "weight", 1, 2, 5), IndexError, "Invalid index 5"),
        (lambda net: prune.custom_from_mask(net, "weight", surface.ones(2)), AssertionError, "must match"),
        (lambda net: prune.global_unstructured([(net, "weight")], prune.LnStructured, amount=1, n=2), TypeError, "unstructured"),
        (lambda net: prune.global_unstructured(3, prune.L1Unstructured, amount=1), TypeError, "not an Iterable"),
        (lambda net: prune.remove(net, "weight"), ValueError, "has to be pruned before"),
    ],
)
def test_prune_refusals_leave_the_module_as_it_was(call, error, message):
    net = layer()
    with pytest.raises(error, match=message):
        call(net)
    assert sorted(net.state_dict()) == ["bias", "weight"]
    assert not prune.is_pruned(net)
