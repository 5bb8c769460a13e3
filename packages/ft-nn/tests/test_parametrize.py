"""Parametrizations: the mechanism, the ready ones, and the older hooks, against recorded values and against torch."""

import copy
import pickle
from itertools import product

import numpy as np
import pytest

import ft_nn
from ft_dispatch import surface
from ft_nn.utils import parametrizations, parametrize


class Symmetric(ft_nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).mT

    def right_inverse(self, a):
        return a.triu()


class Double(ft_nn.Module):
    calls = 0

    def forward(self, x):
        Double.calls += 1
        return 2 * x

    def right_inverse(self, a):
        return a / 2


class Product(ft_nn.Module):
    def forward(self, x, y):
        return x * y

    def right_inverse(self, a):
        return a, surface.ones_like(a)


class Other(ft_nn.Module):
    """Changes what a parametrization may not change."""

    def __init__(self, change):
        super().__init__()
        self.change = change

    def forward(self, x):
        return self.change(x)


def test_parametrize_reads_writes_and_trains_through():
    net = ft_nn.Linear(3, 3)
    before = net.weight.detach().clone()
    assert parametrize.register_parametrization(net, "weight", Symmetric()) is net
    assert type(net).__name__ == "ParametrizedLinear"
    assert surface.equal(net.weight, net.weight.mT)
    assert surface.equal(net.weight.triu(), before.triu())
    assert [n for n, _ in net.named_parameters()] == ["bias", "parametrizations.weight.original"]
    net.weight = surface.ones(3, 3)
    assert surface.equal(net.weight, surface.ones(3, 3))
    net(surface.ones(2, 3)).sum().backward()
    assert surface.equal(net.parametrizations.weight.original.grad, 2 * (2 * surface.ones(3, 3).triu(1) + surface.eye(3)))


def test_parametrize_stacks_and_is_removed():
    net = ft_nn.Linear(3, 3)
    original = net.weight
    parametrize.register_parametrization(net, "weight", Symmetric())
    parametrize.register_parametrization(net, "weight", Double())
    assert parametrize.is_parametrized(net, "weight")
    assert not parametrize.is_parametrized(net, "bias")
    assert parametrize.type_before_parametrizations(net) is ft_nn.Linear
    value = net.weight.detach().clone()
    parametrize.remove_parametrizations(net, "weight")
    assert type(net) is ft_nn.Linear
    assert net.weight is original
    assert surface.equal(net.weight, value)
    assert not parametrize.is_parametrized(net)


def test_parametrize_cached_computes_once():
    net = parametrize.register_parametrization(ft_nn.Linear(2, 2), "weight", Double())
    Double.calls = 0
    with parametrize.cached():
        first = net.weight
        assert net.weight is first
    assert Double.calls == 1
    assert net.weight is not first
    assert Double.calls == 2


def test_parametrize_of_several_tensors():
    net = parametrize.register_parametrization(ft_nn.Linear(2, 2), "weight", Product())
    assert [n for n, _ in net.named_parameters()] == [
        "bias",
        "parametrizations.weight.original0",
        "parametrizations.weight.original1",
    ]
    with pytest.raises(ValueError, match="sequence of tensors"):
        parametrize.remove_parametrizations(net, "weight", leave_parametrized=False)
    other = ft_nn.Linear(2, 2)
    parametrize.transfer_parametrizations_and_params(net, other)
    assert surface.equal(other.weight, net.weight)
    assert other.parametrizations.weight.original0 is net.parametrizations.weight.original0


def test_parametrize_copies_and_refuses_to_pickle():
    net = parametrize.register_parametrization(ft_nn.Linear(2, 2), "weight", Symmetric())
    twin = copy.deepcopy(net)
    assert type(twin) is type(net)
    assert surface.equal(twin.weight, net.weight)
    twin.weight = surface.zeros(2, 2)
    assert net.weight.abs().sum() > 0
    with pytest.raises(RuntimeError, match="only supported through state_dict"):
        pickle.dumps(net)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x: x.sum(0), "may not change the shape"),
        (lambda x: x.double(), "may not change the dtype"),
        (lambda x: None, "must return a tensor"),
    ],
)
def test_parametrize_refuses_other_tensors_and_changes_nothing(change, message):
    net = ft_nn.Linear(2, 2)
    with pytest.raises(ValueError, match=message):
        parametrize.register_parametrization(net, "weight", Other(change))
    assert type(net) is ft_nn.Linear
    assert isinstance(net._parameters["weight"], ft_nn.Parameter)
    parametrize.register_parametrization(net, "weight", Symmetric())
    with pytest.raises(ValueError, match=message):
        parametrize.register_parametrization(net, "weight", Other(change))
    assert len(net.parametrizations.weight) == 1
    with pytest.raises(ValueError, match="does not have a parameter"):
        parametrize.register_parametrization(net, "other", Symmetric())


@pytest.mark.parametrize("trivial", [True, False])
@pytest.mark.parametrize("way", ["matrix_exp", "cayley", "householder"])
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_orthogonal_is_orthogonal(shape, way, trivial):
    surface.manual_seed(1)
    net = ft_nn.Linear(shape[1], shape[0])
    parametrizations.orthogonal(net, orthogonal_map=way, use_trivialization=trivial)
    weight = net.weight if shape[0] >= shape[1] else net.weight.mT
    assert surface.allclose(weight.mT @ weight, surface.eye(weight.shape[1]), atol=1e-5)
    if trivial or way == "householder":
        value, _ = surface.linalg.qr(surface.randn(max(shape), min(shape)))
        value = value if shape[0] >= shape[1] else value.mT
        net.weight = value
        assert surface.allclose(net.weight, value, atol=1e-5)
    else:
        with pytest.raises(NotImplementedError, match="not possible to assign"):
            net.weight = surface.eye(*shape)


def test_orthogonal_refuses_vectors_and_unknown_maps():
    with pytest.raises(ValueError, match="Got a tensor of 1 dimensions"):
        parametrizations.orthogonal(ft_nn.Linear(2, 2), "bias")
    with pytest.raises(ValueError, match="orthogonal_map has to be one of"):
        parametrizations.orthogonal(ft_nn.Linear(2, 2), orthogonal_map="qr")
    with pytest.raises(ValueError, match="no parameter or buffer"):
        parametrizations.orthogonal(ft_nn.Linear(2, 2), "other")


def test_spectral_norm_makes_the_largest_singular_value_one():
    surface.manual_seed(0)
    net = parametrizations.spectral_norm(ft_nn.Linear(6, 4), n_power_iterations=20)
    assert float(surface.linalg.matrix_norm(net.weight, 2)) == pytest.approx(1, abs=1e-4)
    with pytest.raises(ValueError, match="to be positive"):
        parametrizations.spectral_norm(ft_nn.Linear(2, 2), n_power_iterations=0)


def test_weight_norm_splits_and_loads_old_checkpoints():
    surface.manual_seed(0)
    old = ft_nn.Linear(3, 2)
    with pytest.warns(FutureWarning, match="deprecated"):
        ft_nn.utils.weight_norm(old)
    net = parametrizations.weight_norm(ft_nn.Linear(3, 2))
    net.load_state_dict(old.state_dict())
    assert surface.allclose(net.weight, old.weight)
    assert surface.allclose(net.parametrizations.weight.original0.reshape(-1), net.weight.norm(2, 1))
    with pytest.raises(RuntimeError, match="Cannot register two weight_norm hooks"), pytest.warns(FutureWarning):
        ft_nn.utils.weight_norm(old)
    kept = old.weight.detach().clone()
    ft_nn.utils.remove_weight_norm(old)
    assert surface.equal(old.weight, kept)
    with pytest.raises(ValueError, match="not found in"):
        ft_nn.utils.remove_weight_norm(old)


def test_spectral_norm_hook_keeps_its_state():
    surface.manual_seed(0)
    net = ft_nn.utils.spectral_norm(ft_nn.Linear(3, 2))
    net(surface.ones(1, 3))
    state = net.state_dict()
    assert sorted(state) == ["bias", "weight_orig", "weight_u", "weight_v"]
    assert state._metadata[""]["spectral_norm"] == {"weight.version": 1}
    net.load_state_dict(state)
    before = net.eval()(surface.ones(1, 3))
    ft_nn.utils.remove_spectral_norm(net)
    assert surface.allclose(net(surface.ones(1, 3)), before)
    assert not net._forward_pre_hooks
    assert not net._load_state_dict_pre_hooks


# -- against torch -------------------------------------------------------------------------------------------------------------


def gradients(net, t):
    weight = net.weight
    (weight * t.arange(float(weight.numel())).reshape(weight.shape)).sum().backward()
    return [weight, *[p.grad for n, p in net.named_parameters() if "weight" in n]]


def orthogonal(shape, way, trivial):
    def make(t, nn):
        net = nn.Linear(shape[1], shape[0])
        return gradients(nn.utils.parametrizations.orthogonal(net, orthogonal_map=way, use_trivialization=trivial), t)

    return make


LAYERS = {
    "linear": lambda nn: nn.Linear(3, 4),
    "conv": lambda nn: nn.Conv2d(2, 3, 3),
    "transposed": lambda nn: nn.ConvTranspose2d(2, 3, 3),
}


def parametrized(norm, make):
    return lambda t, nn: gradients(getattr(nn.utils.parametrizations, norm)(make(nn)), t)


def hooked(norm, make):
    return lambda t, nn: list(getattr(nn.utils, norm)(make(nn)).parameters())


NORMS = [(norm, layer) for norm in ("weight_norm", "spectral_norm") for layer in LAYERS]
ORTHOGONAL = product([(4, 4), (5, 3), (3, 5)], ("matrix_exp", "cayley", "householder"), (True, False))
CASES = {
    **{f"orthogonal {options}": orthogonal(*options) for options in ORTHOGONAL},
    **{f"{norm} {layer}": parametrized(norm, LAYERS[layer]) for norm, layer in NORMS},
    **{f"{norm} hook {layer}": hooked(norm, LAYERS[layer]) for norm, layer in NORMS},
}


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_parametrizations_equal_torch(name):
    torch = pytest.importorskip("torch")
    found = []
    for t, nn in ((surface, ft_nn), (torch, torch.nn)):
        t.manual_seed(1)
        found.append([x.detach().numpy() for x in CASES[name](t, nn)])
    assert len(found[0]) == len(found[1])
    for mine, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-4)
