"""Numbers where torch has symbols, control flow that runs eagerly. Expected values: torch 2.13.0."""

import math

import pytest

import frankentorch as torch


def test_numbers_stay_numbers():
    assert torch.sym_float(3) == 3.0
    assert isinstance(torch.sym_float(3), float)
    assert (torch.sym_int(3.7), torch.sym_int(-3.7)) == (3, -3)
    assert torch.sym_sqrt(4) == 2.0
    assert (torch.sym_not(True), torch.sym_not(0)) == (False, True)
    assert (torch.sym_sum([1, 2, 3]), torch.sym_sum(1, 2), torch.sym_sum([])) == (6, 3, 0)
    assert torch.sym_fresh_size(1) == 1


def test_extremes_promote():
    assert (torch.sym_max(1, 2.0), torch.sym_max(3, 2.0), torch.sym_min(1, 2.0), torch.sym_max(True, 2)) == (2.0, 3.0, 1.0, 2)
    assert isinstance(torch.sym_max(3, 2.0), float)
    assert isinstance(torch.sym_max(3, 2), int)
    for wrong in ("a", torch.tensor(1)):
        with pytest.raises(AssertionError, match="expected an int or a float"):
            torch.sym_max(wrong, 1)


def test_a_choice_needs_one_type():
    assert (torch.sym_ite(True, 1, 2), torch.sym_ite(False, 1, 2)) == (1, 2)
    with pytest.raises(AssertionError, match="type mismatch"):
        torch.sym_ite(True, 1, 2.0)
    with pytest.raises(AssertionError, match="expected SymBool or bool"):
        torch.sym_ite(1, 1, 2)
    with pytest.raises(ValueError, match="math domain"):
        torch.sym_sqrt(-1)


def test_ranges_are_checked():
    torch.sym_constrain_range(3, min=1, max=5)
    torch.sym_constrain_range_for_size(1)
    with pytest.raises(RuntimeError, match=r"Invalid value range for 7 between \[1, 5\]"):
        torch.sym_constrain_range(7, min=1, max=5)
    with pytest.raises(RuntimeError, match="Invalid value range for -1"):
        torch.sym_constrain_range_for_size(-1)


def test_cond_runs_one_branch_and_its_gradient():
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    for pred, slope in ((True, 2.0), (False, -1.0), (torch.tensor(True), 2.0), (torch.tensor([False]), -1.0), (1, 2.0)):
        x.grad = None
        torch.cond(pred, lambda t: t * 2, lambda t: -t, (x,)).sum().backward()
        assert x.grad.tolist() == [slope, slope]
    assert torch.cond(True, lambda: 1, lambda: 2) == 1


def test_cond_refuses():
    for pred in (torch.tensor([True, False]), "yes"):
        with pytest.raises(RuntimeError, match="Expected pred"):
            torch.cond(pred, math.sin, math.cos, (1.0,))
    with pytest.raises(RuntimeError, match="callable"):
        torch.cond(True, 1, math.cos, (1.0,))


def test_while_loop_carries_values():
    count, x = torch.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * 2), (torch.tensor(0), torch.tensor([1.0, 2.0])))
    assert (count.item(), x.tolist()) == (3, [8.0, 16.0])
    assert torch.while_loop(lambda i: i < 3, lambda i: i + 1, (0,)) == (3,)


def test_while_loop_refuses():
    with pytest.raises(RuntimeError, match="callable"):
        torch.while_loop(3, lambda i: i, (0,))
    with pytest.raises(RuntimeError, match="tuple or a list"):
        torch.while_loop(lambda i: False, lambda i: i, 0)
    with pytest.raises(RuntimeError, match="boolean scalar"):
        torch.while_loop(lambda i: 3, lambda i: i, (0,))
    with pytest.raises(RuntimeError, match="as many elements"):
        torch.while_loop(lambda i: True, lambda i: (i, i), (0,))


def test_denormals_are_flushed_and_kept_again():
    small = torch.tensor([1e-310], dtype=torch.float64)
    if torch.set_flush_denormal(True):
        try:
            flushed = small * 2
        finally:
            assert torch.set_flush_denormal(False)
        assert flushed.tolist() == [0.0]
    assert (small * 2).tolist() == [2e-310]
