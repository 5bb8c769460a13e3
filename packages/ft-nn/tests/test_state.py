"""State dicts: keys, metadata, sharing, loading, errors, hooks."""

from collections import OrderedDict

import pytest

import ft_nn as nn
from ft_core import Parameter
from ft_dispatch import surface as torch


def make():
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))


def test_state_dict_has_order_metadata_and_shares_memory():
    net = make()
    state = net.state_dict()
    assert isinstance(state, OrderedDict)
    assert list(state) == [
        "0.weight",
        "0.bias",
        "1.weight",
        "1.bias",
        "1.running_mean",
        "1.running_var",
        "1.num_batches_tracked",
    ]
    assert state._metadata == {"": {"version": 1}, "0": {"version": 1}, "1": {"version": 2}}
    assert not state["0.weight"].requires_grad
    with torch.no_grad():
        net[0].weight.fill_(4.0)
    assert state["0.weight"][0, 0].item() == 4.0
    assert net.state_dict(keep_vars=True)["0.weight"] is net[0].weight
    assert list(net[0].state_dict(prefix="p.")) == ["p.weight", "p.bias"]


def test_load_copies_and_reports():
    a, b = make(), make()
    result = b.load_state_dict(a.state_dict())
    assert repr(result) == "<All keys matched successfully>"
    assert torch.equal(a[0].weight, b[0].weight)
    assert a[0].weight is not b[0].weight
    state = a.state_dict()
    del state["0.bias"]
    state["2.weight"] = torch.ones(1)
    state["0.weight"] = torch.ones(5, 5)
    with pytest.raises(RuntimeError) as error:
        b.load_state_dict(state)
    assert str(error.value) == (
        "Error(s) in loading state_dict for Sequential:\n"
        '\tMissing key(s) in state_dict: "0.bias". \n'
        '\tUnexpected key(s) in state_dict: "2.weight". \n'
        "\tsize mismatch for 0.weight: copying a param with shape torch.Size([5, 5]) from checkpoint, "
        "the shape in current model is torch.Size([3, 2])."
    )
    del state["0.weight"]
    loose = b.load_state_dict(state, strict=False)
    assert loose.missing_keys == ["0.weight", "0.bias"]
    assert loose.unexpected_keys == ["2.weight"]


def test_load_refuses_what_is_no_mapping_or_tensor():
    with pytest.raises(TypeError, match="Expected state_dict to be dict-like, got <class 'list'>"):
        make().load_state_dict([])
    state = make().state_dict()
    state["0.bias"] = [1, 2, 3]
    with pytest.raises(RuntimeError, match=r'copying the parameter named "0.bias", expected torch.Tensor'):
        make().load_state_dict(state)


def test_assign_holds_the_given_tensors():
    net = nn.Linear(2, 1)
    net.weight.requires_grad_(False)
    given = {"weight": torch.ones(1, 2, dtype=torch.float64), "bias": Parameter(torch.ones(1))}
    net.load_state_dict(given, assign=True)
    assert net.weight.dtype == torch.float64
    assert not net.weight.requires_grad
    assert net.bias is given["bias"]


def test_batch_norm_without_count_loads_from_version_one():
    net = nn.BatchNorm1d(2)
    state = net.state_dict()
    del state["num_batches_tracked"]
    state._metadata[""]["version"] = 1
    assert net.load_state_dict(state).missing_keys == []
    fresh = nn.BatchNorm1d(2).state_dict()
    del fresh["num_batches_tracked"]
    with pytest.raises(RuntimeError, match="num_batches_tracked"):
        net.load_state_dict(fresh)


def test_extra_state_travels():
    class WithExtra(nn.Module):
        def __init__(self):
            super().__init__()
            self.value = 1

        def get_extra_state(self):
            return {"value": self.value}

        def set_extra_state(self, state):
            self.value = state["value"]

    a, b = WithExtra(), WithExtra()
    a.value = 5
    assert a.state_dict() == {"_extra_state": {"value": 5}}
    b.load_state_dict(a.state_dict())
    assert b.value == 5
    with pytest.raises(RuntimeError, match=r'Missing key.*"_extra_state"'):
        b.load_state_dict({})
    with pytest.raises(RuntimeError, match=r'Unexpected key.*"_extra_state"'):
        nn.ReLU().load_state_dict(a.state_dict())


def test_state_hooks_run_and_may_change_the_dict():
    net, log = nn.Linear(1, 1), []
    net.register_state_dict_pre_hook(lambda m, prefix, keep: log.append(("save", prefix, keep)))
    net.register_state_dict_post_hook(lambda m, state, prefix, meta: state.pop("bias") and None)
    net.register_load_state_dict_pre_hook(lambda m, state, prefix, *rest: log.append(("load", m is net)))
    net.register_load_state_dict_post_hook(lambda m, keys: keys.missing_keys.clear())
    assert list(net.state_dict()) == ["weight"]
    net.load_state_dict(net.state_dict())
    assert log == [("save", "", False), ("save", "", False), ("load", True)]


def test_post_hooks_must_return_nothing():
    net = nn.Linear(1, 1)
    net.register_state_dict_post_hook(lambda m, state, prefix, meta: state)
    with pytest.raises(RuntimeError, match="state_dict post-hook must return None"):
        net.state_dict()
    other = nn.Linear(1, 1)
    other.register_load_state_dict_post_hook(lambda m, keys: keys)
    with pytest.raises(AssertionError, match="are not expected to return new values"):
        other.load_state_dict(other.state_dict())
