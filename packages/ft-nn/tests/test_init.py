"""Initial values: torch's random draws bit for bit, gains, and refusals."""

import math
import warnings

import numpy as np
import pytest

import ft_nn.init as init
from ft_dispatch import surface


def test_gains():
    assert init.calculate_gain("linear") == 1
    assert init.calculate_gain("tanh") == 5 / 3
    assert init.calculate_gain("relu") == math.sqrt(2)
    assert init.calculate_gain("leaky_relu", 1) == 1
    assert init.calculate_gain("selu") == 0.75
    with pytest.raises(ValueError, match="negative_slope True not a valid number"):
        init.calculate_gain("leaky_relu", True)
    with pytest.raises(ValueError, match="Unsupported nonlinearity swish"):
        init.calculate_gain("swish")


def test_dirac_passes_channels_on():
    weight = init.dirac_(surface.empty(4, 2, 3), groups=2)
    assert weight.sum().item() == 4
    assert all(weight[i, i % 2, 1].item() == 1 for i in range(4))
    with pytest.raises(ValueError, match="dim 0 must be divisible by groups"):
        init.dirac_(surface.empty(3, 2, 3), groups=2)


def test_eye_and_constants():
    assert init.eye_(surface.empty(2, 3)).tolist() == [[1, 0, 0], [0, 1, 0]]
    assert init.ones_(surface.empty(2)).tolist() == [1, 1]
    assert init.zeros_(surface.empty(2)).tolist() == [0, 0]
    assert init.constant_(surface.empty(2), 2.5).tolist() == [2.5, 2.5]


@pytest.mark.parametrize("name", ["eye_", "sparse_"])
def test_only_matrices(name):
    args = (0.5,) if name == "sparse_" else ()
    with pytest.raises(ValueError, match="Only tensors with 2 dimensions are supported"):
        getattr(init, name)(surface.empty(3), *args)


def test_fans_need_two_dimensions():
    with pytest.raises(ValueError, match="Fan in and fan out can not be computed"):
        init.xavier_uniform_(surface.empty(3))
    with pytest.raises(ValueError, match="Mode fan not supported"):
        init.kaiming_normal_(surface.empty(3, 3), mode="fan")


def test_empty_tensors_only_warn():
    with pytest.warns(UserWarning, match="zero-element"):
        init.kaiming_uniform_(surface.empty(0, 3))


def test_old_names_warn():
    with pytest.warns(FutureWarning, match=r"`nn.init.constant` is now deprecated in favor of `nn.init.constant_`"):
        assert init.constant(surface.empty(1), 3.0).item() == 3


CALLS = [
    ("uniform_", {}),
    ("uniform_", {"a": -2.0, "b": 3.0}),
    ("normal_", {"mean": 1.0, "std": 0.5}),
    ("trunc_normal_", {}),
    ("trunc_normal_", {"std": 0.02}),
    ("trunc_normal_", {"a": 1.5, "b": 4.0}),
    ("trunc_normal_", {"mean": 3.0, "a": -1.0, "b": 1.0}),
    ("xavier_uniform_", {"gain": 0.3}),
    ("xavier_normal_", {}),
    ("kaiming_uniform_", {"a": math.sqrt(5)}),
    ("kaiming_normal_", {"mode": "fan_out", "nonlinearity": "relu"}),
    ("sparse_", {"sparsity": 0.3}),
]


@pytest.mark.oracle
@pytest.mark.parametrize("shape", [(3, 4), (17, 33)])
@pytest.mark.parametrize(("name", "kwargs"), CALLS, ids=[f"{i}-{c[0]}" for i, c in enumerate(CALLS)])
def test_draws_are_torchs(name, kwargs, shape):
    torch = pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.manual_seed(11)
        expected = getattr(torch.nn.init, name)(torch.empty(shape), **kwargs)
        after = torch.rand(1).item()
        surface.manual_seed(11)
        found = getattr(init, name)(surface.empty(shape), **kwargs)
    np.testing.assert_array_equal(found.numpy(), expected.numpy())
    assert surface.rand(1).item() == after  # the stream stands where torch's stands


@pytest.mark.oracle
@pytest.mark.parametrize("shape", [(3, 5), (5, 3), (4, 2, 2)])
def test_orthogonal_agrees(shape):
    torch = pytest.importorskip("torch")
    torch.manual_seed(2)
    expected = torch.nn.init.orthogonal_(torch.empty(shape), gain=2.0)
    surface.manual_seed(2)
    found = init.orthogonal_(surface.empty(shape), gain=2.0)
    np.testing.assert_allclose(found.numpy(), expected.numpy(), rtol=1e-5, atol=1e-6)
