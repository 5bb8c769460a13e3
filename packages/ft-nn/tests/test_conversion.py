"""The two switches of torch.__future__: which objects stay when a module is cast or loaded."""

import pytest

import ft_nn as nn
from ft_dispatch import surface as torch
from ft_nn import conversion


@pytest.fixture(params=["kept", "overwrite", "swap"])
def switch(request):
    change = getattr(conversion, f"set_{request.param}_module_params_on_conversion", lambda value: None)
    change(True)
    yield request.param
    change(False)


def test_a_cast_keeps_or_replaces_the_object(switch):
    layer = nn.Linear(1, 1)
    layer(torch.ones(1, 1)).sum().backward()
    weight, grad = layer.weight, layer.weight.grad
    layer.double()
    assert (layer.weight is weight) == (switch != "overwrite")
    assert (layer.weight.grad is grad) == (switch != "overwrite")
    assert layer.weight.dtype == layer.weight.grad.dtype == torch.float64
    if switch == "overwrite":
        assert (weight.dtype, weight.grad is grad) == (torch.float32, True)


def test_another_device_keeps_the_object_by_swapping_only(switch):
    layer = nn.Linear(1, 1)
    weight = layer.weight
    layer.to("meta")
    assert layer.weight.is_meta
    assert (layer.weight is weight) == (switch == "swap")


def test_loading_by_assignment_keeps_the_object_by_swapping_only(switch):
    layer = nn.Linear(1, 1)
    weight = layer.weight
    layer.load_state_dict({"weight": torch.ones(1, 1, dtype=torch.float64), "bias": torch.ones(1)}, assign=True)
    assert (layer.weight is weight) == (switch == "swap")
    assert layer.weight.dtype == torch.float64


def test_a_class_says_how_it_is_loaded():
    class Doubled(nn.Parameter):
        def module_load(self, other, assign=False):
            return (other * 2).detach()

    class Lazy(nn.Parameter):
        def module_load(self, other, assign=False):
            return other

    layer = nn.Linear(1, 1, bias=False)
    conversion.set_swap_module_params_on_conversion(True)
    try:
        layer.weight = Doubled(torch.zeros(1, 1))
        layer.load_state_dict({"weight": torch.ones(1, 1)})
        assert layer.weight.item() == 2
        layer.weight = Lazy(torch.zeros(1, 1))
        with pytest.raises(
            RuntimeError, match=r'While swapping the parameter named "weight".*module_load returned one of self or other'
        ):
            layer.load_state_dict({"weight": torch.ones(1, 1)})
    finally:
        conversion.set_swap_module_params_on_conversion(False)
