"""Memory nobody wrote to shows itself while deterministic algorithms are asked for (values: torch 2.13)."""

import math

import pytest

import frankentorch as torch
from frankentorch.utils import deterministic


@pytest.fixture(autouse=True)
def asked():
    torch.use_deterministic_algorithms(True)
    yield
    torch.use_deterministic_algorithms(False)
    deterministic.fill_uninitialized_memory = True


MAKERS = {
    "empty": lambda kind: torch.empty(2, 3, dtype=kind),
    "empty, out": lambda kind: torch.empty(2, 3, out=torch.zeros(6, dtype=kind).reshape(2, 3)),
    "empty, channels_last": lambda kind: torch.empty(1, 2, 3, 1, dtype=kind, memory_format=torch.channels_last),
    "empty_like": lambda kind: torch.empty_like(torch.zeros(3, 2, dtype=kind).t()),
    "empty_like of another dtype": lambda kind: torch.empty_like(torch.zeros(3, 2), dtype=kind),
    "empty_strided": lambda kind: torch.empty_strided((2, 3), (1, 2), dtype=kind),
    "empty_permuted": lambda kind: torch.empty_permuted((2, 3), (1, 0), dtype=kind),
    "new_empty": lambda kind: torch.zeros(1, dtype=kind).new_empty(2, 3),
    "new_empty_strided": lambda kind: torch.zeros(1, dtype=kind).new_empty_strided((2, 3), (1, 2)),
    "resize_": lambda kind: torch.zeros(0, dtype=kind).resize_(2, 3),
    "resize_as_": lambda kind: torch.zeros(0, dtype=kind).resize_as_(torch.zeros(2, 3)),
}
LARGEST = {torch.bool: True, torch.uint8: 255, torch.int8: 127, torch.int64: 2**63 - 1}


@pytest.mark.parametrize("name", MAKERS)
def test_every_maker_of_empty_tensors(name):
    for kind in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        assert MAKERS[name](kind).isnan().all()
    assert all(math.isnan(z.real) for z in MAKERS[name](torch.complex64).flatten().tolist())
    for kind, value in LARGEST.items():
        assert MAKERS[name](kind).flatten().tolist() == [value] * 6


def test_elements_that_resizing_keeps_stay():
    grown = torch.ones(2, 2).resize_(6)
    assert grown[:4].tolist() == [1.0] * 4
    assert grown[4:].isnan().all()
    assert torch.ones(4).resize_(2).tolist() == [1.0, 1.0]


def test_the_switch_and_what_is_left_alone():
    deterministic.fill_uninitialized_memory = False
    assert torch.zeros(64).resize_(64).tolist() == [0.0] * 64
    kept = torch.zeros(3)
    assert torch.empty(3, out=kept).tolist() == [0.0] * 3
    deterministic.fill_uninitialized_memory = True
    assert torch.empty(3, out=kept).isnan().all()
    torch.use_deterministic_algorithms(False)
    assert torch.empty(3, out=kept.zero_()).tolist() == [0.0] * 3
    assert torch.empty(2, device="meta").device.type == "meta"
    with pytest.raises(RuntimeError, match="expected a bool, but got int"):
        deterministic.fill_uninitialized_memory = 3


def test_recorded_and_meta_tensors():
    assert torch.empty(2, requires_grad=True).is_leaf
    assert torch.empty(2, requires_grad=True).isnan().all()
    assert tuple(torch.empty(2, device="meta").resize_(5).shape) == (5,)
