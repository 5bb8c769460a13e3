"""Lazy layers: they wait, take their size, and are ordinary from then on."""

import copy

import pytest

import ft_nn as nn
from ft_dispatch import surface as torch


def test_lazy_linear_becomes_linear():
    layer = nn.LazyLinear(3)
    assert layer.has_uninitialized_params()
    with pytest.raises(ValueError, match="Attempted to use an uninitialized parameter"):
        sum(p.numel() for p in layer.parameters())
    with pytest.raises(RuntimeError, match="Can't access the shape of an uninitialized parameter"):
        layer.weight.shape  # noqa: B018 - the access is the test
    assert layer(torch.ones(2, 5)).shape == (2, 3)
    assert type(layer) is nn.Linear
    assert type(layer.weight) is nn.Parameter
    assert repr(layer) == "Linear(in_features=5, out_features=3, bias=True)"
    assert not layer._forward_pre_hooks
    assert not layer._load_state_dict_pre_hooks


def test_lazy_layers_load_their_shapes():
    source, target = nn.Linear(4, 3), nn.LazyLinear(3)
    target.load_state_dict(source.state_dict())
    assert torch.equal(target.weight, source.weight)
    target(torch.ones(1, 4))
    assert type(target) is nn.Linear
    assert torch.equal(target.weight, source.weight)


def test_lazy_norm_and_conv_take_channels():
    conv, norm = nn.LazyConv2d(4, 3, padding=1), nn.LazyBatchNorm2d()
    out = nn.Sequential(conv, norm)(torch.ones(2, 3, 5, 5))
    assert out.shape == (2, 4, 5, 5)
    assert (conv.in_channels, norm.num_features) == (3, 4)
    assert norm.running_mean.shape == (4,)
    with pytest.raises(RuntimeError, match=r"Expected 3D \(unbatched\) or 4D \(batched\) input"):
        nn.LazyConv2d(1, 1)(torch.ones(2, 2))
    with pytest.raises(TypeError, match="unexpected keyword argument 'strides'"):
        nn.LazyConv2d(1, 1, strides=2)


def test_lazy_layers_copy():
    layer = copy.deepcopy(nn.LazyLinear(2))
    assert layer(torch.ones(1, 3)).shape == (1, 2)
