"""The report of derived rules counts what the table has, and the shares that the design promises hold."""

import pytest

from ft_autograd import coverage
from ft_autograd.rule import RULES, missing_rule
from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.kinds import OPAQUE
from ft_dispatch.op import op
from ft_dispatch.registry import OPS, PACKETS


def test_half_of_the_rules_are_derived():
    counts = coverage.counted()
    assert coverage.share(counts) >= 0.5
    assert counts["forward mode"]["derived"] > 10 * counts["forward mode"]["written"]
    assert sum(counts["vmap"].values()) > sum(counts["backward"].values())


def test_loops_are_few():
    looped = coverage.listing("looped")
    assert len(looped) <= 0.05 * len(OPS), looped


def test_only_torch_s_own_gap_is_missing():
    gap = ("_ctc_loss_backward", "_ctc_loss_backward.Tensor", "_standard_gamma_grad", "_dirichlet_grad")
    assert coverage.listing("missing") == [f"{transform}: {name}" for transform in ("backward", "forward mode") for name in gap]


def test_the_command_prints_the_report(capsys):
    assert coverage.main([]) == 0
    assert "of all rules are derived" in capsys.readouterr().out
    assert coverage.main(["--list", "looped"]) == 0
    assert {"vmap: histc", "vmap: argwhere"} <= set(capsys.readouterr().out.splitlines())


@pytest.fixture
def lonely():
    """An op with a kernel for nothing, a meta rule, and no rule that differentiates it."""
    record = op("lonely(Tensor self, Tensor other) -> Tensor", kind=OPAQUE, variants="")
    record.meta(lambda self, other: (tuple(self.shape), self.dtype))
    yield record
    del OPS["lonely"], PACKETS["lonely"]
    RULES.pop("lonely", None)


@pytest.mark.parametrize("transform", ["the derivative", "the jvp", "the in-place form"])
def test_a_missing_rule_explains_itself(lonely, transform):
    said = missing_rule(lonely, transform)
    assert said.startswith(f"{transform} of aten::lonely has no rule")
    assert f"ft_autograd/rules/{lonely.family}.py" in said
    assert "@vjp('lonely', wrt='self')" in said
    assert "@lonely.decompose" in said


def test_a_missing_rule_is_told_when_it_is_needed(lonely):
    x: Tensor = torch.ones(2).requires_grad_()
    with pytest.raises(NotImplementedError, match=r"the derivative of aten::lonely has no rule"):
        lonely(x, x)
