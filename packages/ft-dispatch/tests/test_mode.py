"""Strict and hardened mode: what a device without a kernel gets, and what is written down."""

import threading

import numpy as np
import pytest

from ft_core import device
from ft_core.backend import BACKENDS, KernelTable, register_backend
from ft_core.errors import NoRouteError, SettingsError
from ft_core.keys import DETERMINISTIC, HARDENED
from ft_core.state import TL
from ft_dispatch import mode as modes
from ft_dispatch import surface as torch
from ft_dispatch.ledger import ledger
from ft_dispatch.mode import current, mode
from ft_kernel_cpu import CpuBackend


class Bare(CpuBackend):
    """A device with NumPy's memory and one kernel."""

    name = "Bare"
    device_type = "bare"
    kernels = KernelTable()


@Bare.kernels.kernel("mul.Tensor")
def mul(a, b, *, out):
    return np.multiply(a, b, out=out)


@pytest.fixture(autouse=True)
def bare():
    held = dict(BACKENDS)
    register_backend(Bare())
    modes.reset()
    yield
    BACKENDS.clear()
    BACKENDS.update(held)


def test_strict_is_the_default_and_names_op_keys_and_owners():
    x = torch.ones(3).to("bare")
    with pytest.raises(NoRouteError) as caught:
        torch.erf(x)
    text = str(caught.value)
    assert all(word in text for word in ("erf", "'bare'", "float32", "kernels exist for: cpu", "@kernel('erf')"))


def test_hardened_runs_it_on_the_cpu_and_says_so():
    x = torch.tensor([0.5, -1.0]).to("bare")
    with mode("hardened"), ledger.recording() as entries:
        y = torch.erf(x)
    assert y.device == device("bare:0")
    assert np.array_equal(y.cpu().numpy(), torch.erf(torch.tensor([0.5, -1.0])).numpy())
    assert [e.op for e in entries] == ["erf"]
    assert "bare" in entries[0].reason
    assert "HARDENED" in entries[0].keys


def test_a_kernel_that_exists_leaves_no_entry():
    x = torch.ones(3).to("bare")
    with mode("hardened"), ledger.recording() as entries:
        x * x
    assert entries == []


def test_fallbacks_are_bounded(monkeypatch):
    monkeypatch.setattr(modes, "LIMIT", 2)
    x = torch.ones(1).to("bare")
    with mode("hardened"):
        torch.erf(x)
        torch.erf(x)
        with pytest.raises(NoRouteError, match="limit of hardened mode"):
            torch.erf(x)


def test_results_are_the_same_bits_in_both_modes():
    x = torch.tensor(np.random.default_rng(0).standard_normal((33, 17)).astype(np.float32))
    strict = [torch.exp(x), x.sum(0), torch.mm(x, x.t()), (x * 3).mean()]
    with mode("hardened"):
        hardened = [torch.exp(x), x.sum(0), torch.mm(x, x.t()), (x * 3).mean()]
    assert all(np.array_equal(a.numpy(), b.numpy()) for a, b in zip(strict, hardened, strict=True))


def test_mode_nests_and_restores():
    assert current() == "strict"
    with mode("hardened"):
        assert current() == "hardened"
        assert TL.st.bits & DETERMINISTIC
        with mode("strict"):
            assert current() == "strict"
        assert current() == "hardened"
    assert not TL.st.bits & (HARDENED | DETERMINISTIC)


def test_mode_belongs_to_a_thread():
    seen = []
    with mode("hardened"):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == ["strict"]


def test_another_word_is_an_error():
    with pytest.raises(SettingsError, match="hardened"):
        mode("brave")


def test_the_environment_sets_the_process(monkeypatch):
    monkeypatch.setenv("FT_MODE", "hardened")
    before = TL.st.bits
    try:
        modes.start()
        assert current() == "hardened"
    finally:
        TL.st.bits = before
