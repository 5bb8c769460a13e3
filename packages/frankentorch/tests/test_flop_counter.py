"""torch.utils.flop_counter and module_tracker; counts are torch 2.13's for the same programs, attention by its formula."""

import pytest

import frankentorch as torch
from frankentorch.utils import flop_counter
from frankentorch.utils.flop_counter import FlopCounterMode, register_flop_formula
from frankentorch.utils.module_tracker import ModuleTracker

nn, aten = torch.nn, torch.ops.aten


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(4, 2, 3)
        self.fc = nn.Sequential(nn.Linear(2 * 36, 5), nn.ReLU(), nn.Linear(5, 5))

    def forward(self, x):
        return self.fc(self.up(self.conv(x)).flatten(1)).sum()


def counts(mode):
    return {name: {str(op): n for op, n in found.items()} for name, found in mode.get_flop_counts().items()}


def test_a_network_there_and_back_by_module():
    with FlopCounterMode(display=False) as mode:
        Net()(torch.randn(2, 3, 8, 8)).backward()
    forward = {"aten.convolution": 11520, "aten.addmm": 1540}
    assert counts(mode)["Global"] == {**forward, "aten.mm": 3080, "aten.convolution_backward": 16128}
    assert counts(mode)["Net.conv"] == {"aten.convolution": 6912, "aten.convolution_backward": 6912}
    assert counts(mode)["Net.up"] == {"aten.convolution": 4608, "aten.convolution_backward": 9216}
    assert counts(mode)["Net.fc.0"] == {"aten.addmm": 1440, "aten.mm": 2880}
    assert mode.get_total_flops() == sum(counts(mode)["Global"].values()) == 32268


def test_the_table(capsys):
    net = nn.Sequential(nn.Linear(72, 5), nn.ReLU(), nn.Linear(5, 5))
    with FlopCounterMode() as mode:
        net(torch.ones(1, 72))
    assert capsys.readouterr().out == mode.get_table() + "\n"
    assert mode.get_table(1).splitlines() == [
        "Module           FLOP    % Total",
        "-------------  ------  ---------",
        "Sequential        770    100.00%",
        " - aten.addmm     770    100.00%",
    ]
    assert [line[:14].rstrip() for line in mode.get_table().splitlines()[4:]] == [
        " Sequential.0", "  - aten.addmm", " Sequential.2", "  - aten.addmm",
    ]  # fmt: skip
    with mode:
        assert mode.get_table().splitlines()[2].split() == ["Global", "0", "0%"]
        torch.ones(40, 50) @ torch.ones(50, 60)
        net(torch.ones(1, 72))
    assert mode.get_table(1).splitlines()[2].split() == ["Global", "240.770K", "100.00%"]
    assert [flop_counter.get_suffix_str(n) for n in (0, 9999, 10**4, 10**7, 10**10, 10**13, 10**20)] == [
        "",
        "",
        "K",
        "M",
        "B",
        "T",
        "T",
    ]


def test_products_attention_and_groups():
    q = torch.randn(2, 2, 4, 8, requires_grad=True)
    with FlopCounterMode(display=False) as mode:
        torch.baddbmm(torch.ones(2, 3, 5), torch.ones(2, 3, 4), torch.ones(2, 4, 5))
        torch.einsum("ij,jk->ik", torch.ones(2, 3), torch.ones(3, 4))
        nn.functional.conv1d(torch.ones(1, 2, 8), torch.ones(4, 1, 3), groups=2)
    assert counts(mode) == {"Global": {"aten.baddbmm": 240, "aten.bmm": 48, "aten.convolution": 144}}
    with FlopCounterMode(display=False) as mode:
        nn.functional.scaled_dot_product_attention(q, q, q).sum().backward()
    once = 2 * 2 * 2 * 4 * 4 * 8  # a product of scores or values: batches, heads, and two for each place
    assert mode.get_total_flops() == 2 * once + 5 * once
    assert flop_counter.sdpa_flop_count((1, 2, 3, 4), (1, 2, 5, 4), (1, 2, 5, 4)) == 480
    assert flop_counter.sdpa_backward_flop_count((1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 5, 4), (1, 2, 5, 4)) == 1200


def test_formulas_of_users():
    with FlopCounterMode(display=False, custom_mapping={aten.add: lambda a, b, out_shape: 11 * a[0]}) as mode:
        torch.ones(3) + 1
    assert counts(mode) == {"Global": {"aten.add": 33}}
    try:

        @register_flop_formula([aten.tanh], get_raw=True)
        def count(x, out_val):
            return x.numel() + out_val.numel()

        with FlopCounterMode(display=False) as mode:
            torch.tanh(torch.ones(3))
        assert mode.get_total_flops() == 6
        with pytest.raises(RuntimeError, match=r"duplicate registrations for aten.tanh"):
            register_flop_formula(aten.tanh)(count)
    finally:
        flop_counter.flop_registry.pop(aten.tanh)
    with pytest.raises(ValueError, match="expected each target to be OpOverloadPacket"):
        register_flop_formula(torch.tanh)(len)
    with pytest.warns(UserWarning, match="mods argument is not needed anymore"):
        FlopCounterMode(nn.Linear(1, 1), display=False)


def test_wrong_shapes_are_told():
    for call in (
        lambda: flop_counter.mm_flop((2, 3), (4, 5)),
        lambda: flop_counter.bmm_flop((2, 2, 3), (3, 3, 4)),
        lambda: flop_counter.sdpa_flop_count((1, 2, 3, 4), (1, 2, 5, 6), (1, 2, 5, 4)),
    ):
        with pytest.raises(AssertionError, match=r"got|fit"):
            call()


def test_which_modules_run():
    net, seen = Net(), []
    for part in (net.conv, net.fc[2]):
        part.register_forward_pre_hook(lambda *_: seen.append(sorted(tracker.parents)))
        part.weight.register_hook(lambda _: seen.append((tracker.is_bw, sorted(tracker.parents))))
    with ModuleTracker() as tracker:
        net(torch.randn(2, 3, 8, 8)).backward()
        assert (tracker.parents, tracker.is_bw) == ({"Global"}, False)
    assert seen[:2] == [["Global", "Net", "Net.conv"], ["Global", "Net", "Net.fc", "Net.fc.2"]]
    assert [bw for bw, _ in seen[2:]] == [True, True]
    seen.clear()
    net(torch.randn(2, 3, 8, 8))
    assert seen == [["Global"], ["Global"]]
