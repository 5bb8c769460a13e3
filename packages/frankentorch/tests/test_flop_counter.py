"""Counts of operations, by module and op: figures are torch's, recorded from the same programs."""

import pytest

import frankentorch as torch
from frankentorch import nn
from frankentorch.utils.flop_counter import FlopCounterMode, flop_registry, register_flop_formula
from frankentorch.utils.module_tracker import ModuleTracker

F = nn.functional
aten = torch.ops.aten


def test_forward_and_backward_by_module():
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 2))
    with FlopCounterMode(display=False) as counter:
        net(torch.ones(1, 1, 4, 4)).sum().backward()
    counts = {name: {str(op): n for op, n in rows.items()} for name, rows in counter.get_flop_counts().items()}
    convolutions = {"aten.convolution": 144, "aten.convolution_backward": 144}
    products = {"aten.addmm": 32, "aten.mm": 64}
    assert counts == {
        "Global": convolutions | products,
        "Sequential": convolutions | products,
        "Sequential.0": convolutions,
        "Sequential.2": products,
    }
    assert counter.get_total_flops() == 384
    lines = counter.get_table().splitlines()
    assert lines[0].split() == ["Module", "FLOP", "%", "Total"]
    assert lines[2].split() == ["Sequential", "384", "100.00%"]
    assert not any("Global" in line for line in lines)
    assert len(counter.get_table(depth=1).splitlines()) == 7


def test_other_products_and_a_transformer():
    torch.manual_seed(0)
    with FlopCounterMode(display=False) as counter:
        nn.TransformerEncoderLayer(8, 2, 16)(torch.ones(3, 2, 8)).sum().backward()
        torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 4, 5))
        torch.baddbmm(torch.ones(2, 3, 5), torch.ones(2, 3, 4), torch.ones(2, 4, 5))
        F.conv_transpose2d(torch.ones(1, 2, 3, 3), torch.ones(2, 3, 2, 2))
    found = {str(op): n for op, n in counter.get_flop_counts()["Global"].items()}
    assert found == {"aten.addmm": 6144, "aten.bmm": 1968, "aten.mm": 9984, "aten.baddbmm": 240, "aten.convolution": 432}
    assert "18.768K" in counter.get_table()


def test_formulas_of_ones_own(capsys):
    with FlopCounterMode(custom_mapping={aten.exp: lambda shape, out_shape=None, **kwargs: 7 * shape[0]}) as counter:
        torch.exp(torch.ones(3))
    assert counter.get_flop_counts() == {"Global": {aten.exp: 21}}
    assert "aten.exp" in capsys.readouterr().out
    with pytest.raises(RuntimeError, match=r"duplicate registrations for aten.mm"):
        register_flop_formula(aten.mm)(lambda *shapes, **kwargs: 0)
    assert aten.mm in flop_registry
    with FlopCounterMode(display=False) as empty:
        torch.ones(2)
    assert empty.get_table().splitlines()[-1].split() == ["Global", "0", "0%"]


def test_modules_that_run():
    seen = []
    net = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
    with ModuleTracker() as tracker:
        net[1].register_forward_hook(lambda *call: seen.append(set(tracker.parents)))
        y = net(torch.ones(1, 2))
        net[0].weight.register_hook(lambda grad: seen.append(set(tracker.parents)))
        y.sum().backward()
        seen.append(set(tracker.parents))
    assert seen[0] >= {"Global", "Sequential"}
    assert seen[1] == {"Global", "Sequential", "Sequential.0"}
    assert seen[2] == {"Global"}


def test_packets_are_one_object_each():
    assert aten.mm is aten.mm
    assert aten.mm.default.overloadpacket is aten.mm
    assert aten.add.Tensor._overloadpacket is aten.add
    assert {aten.mm: 1}[torch.ops.aten.mm] == 1


def test_tensors_by_device_and_dtype():
    from frankentorch.utils._foreach_utils import _group_tensors_by_device_and_dtype, _has_foreach_support

    a, b, c = torch.ones(1), torch.ones(1).double(), torch.zeros(1)
    groups = _group_tensors_by_device_and_dtype([[a, b, c], [c, None, a]], with_indices=True)
    assert groups[a.device, torch.float32] == ([[a, c], [c, a]], [0, 2])
    assert groups[a.device, torch.float64] == ([[b], [None]], [1])
    assert _has_foreach_support([a, b], a.device)
    assert not _has_foreach_support([nn.Parameter(a)], torch.device("meta"))
    with pytest.raises(RuntimeError, match="tensors in the first list"):
        _group_tensors_by_device_and_dtype([[None]])


def test_capsules_of_dlpack():
    x = torch.arange(3.0)
    y = torch.utils.dlpack.from_dlpack(torch.utils.dlpack.to_dlpack(x))
    assert y.data_ptr() == x.data_ptr()
