"""The module protocol: registration, walking, calling, modes, copies."""

import copy
import pickle
from collections import OrderedDict

import pytest

import ft_nn as nn
from ft_core import Buffer, Parameter
from ft_dispatch import surface as torch


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 3)
        self.second = nn.Sequential(nn.Linear(3, 3), nn.ReLU())
        self.scale = Parameter(torch.ones(1))
        self.register_buffer("count", torch.zeros(1))
        self.register_buffer("scratch", torch.zeros(1), persistent=False)

    def forward(self, x):
        return self.second(self.first(x)) * self.scale


def test_assignment_before_init_is_refused():
    class Early(nn.Module):
        def __init__(self, value):
            self.value = value

    with pytest.raises(AttributeError, match=r"cannot assign parameters before Module.__init__"):
        Early(Parameter(torch.ones(1)))
    with pytest.raises(AttributeError, match=r"cannot assign module before Module.__init__"):
        Early(nn.ReLU())


def test_init_refuses_arguments():
    with pytest.raises(TypeError, match="unexpected keyword argument 'a'"):
        nn.Module(a=1)
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        nn.Module(1)


def test_named_members_in_order():
    names = [name for name, _ in Net().named_parameters()]
    assert names == ["scale", "first.weight", "first.bias", "second.0.weight", "second.0.bias"]
    assert [name for name, _ in Net().named_parameters(prefix="net", recurse=False)] == ["net.scale"]
    assert [name for name, _ in Net().named_buffers()] == ["count", "scratch"]
    assert [name for name, _ in Net().named_modules()] == ["", "first", "second", "second.0", "second.1"]


def test_shared_members_are_seen_once_unless_asked():
    shared = nn.Linear(1, 1, bias=False)
    pair = nn.ModuleList([shared, shared])
    assert len(list(pair.parameters())) == 1
    assert [n for n, _ in pair.named_parameters(remove_duplicate=False)] == ["0.weight", "1.weight"]
    assert len(list(pair.children())) == 1
    assert [n for n, _ in pair.named_modules(remove_duplicate=False)] == ["", "0", "1"]


@pytest.mark.parametrize("name", ["", "a.b", 3])
def test_bad_names_are_refused(name):
    module = nn.Module()
    error = TypeError if name == 3 else KeyError
    for register, value in (
        (module.register_parameter, Parameter(torch.ones(1))),
        (module.register_buffer, torch.ones(1)),
        (module.add_module, nn.ReLU()),
    ):
        with pytest.raises(error):
            register(name, value)


def test_taken_names_and_wrong_types_are_refused():
    net = Net()
    with pytest.raises(KeyError, match="attribute 'forward' already exists"):
        net.add_module("forward", nn.ReLU())
    with pytest.raises(KeyError, match="already exists"):
        net.register_buffer("scale", torch.ones(1))
    with pytest.raises(TypeError, match="cannot assign 'int' object to parameter 'p'"):
        net.register_parameter("p", 3)
    with pytest.raises(TypeError, match="is not a Module subclass"):
        net.add_module("m", 3)
    with pytest.raises(TypeError, match=r"as parameter 'scale' \(torch.nn.Parameter or None expected\)"):
        net.scale = torch.ones(1)
    with pytest.raises(TypeError, match="as child module 'first'"):
        net.first = 3
    with pytest.raises(TypeError, match="as buffer 'count'"):
        net.count = "three"
    grown = as_parameter(Parameter(torch.ones(1)) * 2)
    with pytest.raises(ValueError, match="Cannot assign non-leaf Tensor to parameter 'q'"):
        net.register_parameter("q", grown)


def as_parameter(tensor):
    tensor.__class__ = Parameter
    return tensor


def test_assignment_moves_a_name_between_tables():
    net = nn.Module()
    net.x = 3
    net.x = Parameter(torch.ones(1))
    assert "x" not in net.__dict__
    assert "x" in net._parameters
    net.x = None
    assert net._parameters == {"x": None}
    assert net.x is None
    del net.x
    assert not hasattr(net, "x")
    net.b = Buffer(torch.ones(1), persistent=False)
    assert "b" in net._buffers
    assert not net.state_dict()
    net.b = torch.zeros(1)
    assert "b" in net._non_persistent_buffers_set


def test_missing_attribute_names_the_class():
    with pytest.raises(AttributeError, match="'Net' object has no attribute 'nothing'"):
        Net().nothing  # noqa: B018 - the access is the test


def test_lookup_by_path():
    net = Net()
    assert net.get_submodule("second.0") is net.second[0]
    assert net.get_parameter("second.0.weight") is net.second[0].weight
    assert net.get_buffer("count") is net.count
    with pytest.raises(AttributeError, match="Net has no attribute `third`"):
        net.get_submodule("third")
    with pytest.raises(AttributeError, match=r"`weight` is not an nn.Module"):
        net.get_submodule("first.weight")
    with pytest.raises(AttributeError, match=r"`first` is not an nn.Parameter"):
        net.get_parameter("first")
    with pytest.raises(AttributeError, match="`scale` is not a buffer"):
        net.get_buffer("scale")
    net.set_submodule("second.1", nn.Tanh())
    assert isinstance(net.second[1], nn.Tanh)
    with pytest.raises(ValueError, match="without a target name"):
        net.set_submodule("", nn.Tanh())


def test_forward_is_required():
    with pytest.raises(NotImplementedError, match=r'Module \[Module\] is missing the required "forward" function'):
        nn.Module()(1)


def test_train_and_requires_grad_reach_everything():
    net = Net()
    assert net.eval() is net
    assert not any(m.training for m in net.modules())
    with pytest.raises(ValueError, match="training mode is expected to be boolean"):
        net.train(1)
    net.requires_grad_(False)
    assert not any(p.requires_grad for p in net.parameters())


def test_zero_grad_drops_or_clears():
    net = nn.Linear(1, 1)
    net.weight.grad = torch.ones(1, 1)
    net.zero_grad(set_to_none=False)
    assert net.weight.grad.item() == 0
    net.zero_grad()
    assert net.weight.grad is None


def test_apply_visits_children_first():
    seen = []
    Net().apply(lambda m: seen.append(type(m).__name__))
    assert seen == ["Linear", "Linear", "ReLU", "Sequential", "Net"]


def test_to_keeps_parameters_and_casts_floating_members():
    net = Net()
    net.register_buffer("index", torch.zeros(1, dtype=torch.int64))
    weight = net.first.weight
    weight.grad = torch.ones(3, 2)
    assert net.to(torch.float64) is net
    assert net.first.weight is weight
    assert weight.dtype == torch.float64
    assert weight.grad.dtype == torch.float64
    assert net.index.dtype == torch.int64
    assert net.to("cpu", torch.float32).scale.dtype == torch.float32
    assert net.to(torch.zeros(1, dtype=torch.float64)).scale.dtype == torch.float64
    assert net.float().scale.dtype == torch.float32
    with pytest.raises(TypeError, match="only accepts floating point or complex dtypes"):
        net.to(torch.int64)
    with pytest.raises(TypeError, match="invalid combination of arguments"):
        net.to("cpu", torch.float32, False, 3)


def test_repr_nests_and_indents():
    net = nn.Sequential(OrderedDict(a=nn.Linear(1, 2), b=nn.Sequential(nn.ReLU(inplace=True))))
    assert repr(net) == (
        "Sequential(\n  (a): Linear(in_features=1, out_features=2, bias=True)\n"
        "  (b): Sequential(\n    (0): ReLU(inplace=True)\n  )\n)"
    )
    assert repr(nn.Module()) == "Module()"


def test_deepcopy_and_pickle_keep_structure():
    net = Net().eval()
    for other in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert repr(other) == repr(net)
        assert not other.training
        assert other.first.weight is not net.first.weight
        assert torch.equal(other.first.weight, net.first.weight)
        assert other._non_persistent_buffers_set == {"scratch"}


def test_dir_lists_members_and_no_numbers():
    names = dir(nn.Sequential(nn.ReLU()))
    assert "0" not in names
    assert "forward" in names
    assert {"first", "scale", "count"} <= set(dir(Net()))
