"""One seed, torch's weights: every module of torch's database and every function of nn.init, bit for bit, against a record."""

import json

import pytest
import recorded_weights as record

import ft_nn
from ft_dispatch import surface

KEPT = json.loads(record.RECORD.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", KEPT["modules"])
def test_a_fresh_module_has_torchs_weights(name):
    for row in KEPT["modules"][name]:
        assert record.weights(name, row, surface, ft_nn) == row["state"], row["make"]


@pytest.mark.parametrize("name", KEPT["init"])
def test_a_filled_tensor_has_torchs_numbers(name):
    for args, kept in zip(record.FILLS[name], KEPT["init"][name], strict=True):
        found = record.filled(name, args, surface, ft_nn)
        assert found == (pytest.approx(kept, abs=2e-4) if isinstance(kept, list) else kept)


def test_the_record_is_whole():
    assert set(KEPT["init"]) == set(record.FILLS)
    assert len(KEPT["init"]) == 26
    assert len(KEPT["modules"]) > 40


def test_a_wrong_bit_is_seen():
    row = KEPT["modules"]["Linear"][0]
    assert record.weights("Linear", {"make": [[11, 8], {}]}, surface, ft_nn) != row["state"]
    a = surface.ones(2)
    assert record.digest(a) != record.digest(a + 1e-7)


@pytest.mark.oracle
def test_the_record_is_torchs():
    torch = pytest.importorskip("torch")
    modules = pytest.importorskip("torch.testing._internal.common_modules")
    assert json.loads(json.dumps(record.record(torch, modules.module_db))) == KEPT
