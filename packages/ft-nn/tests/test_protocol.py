"""The module protocol, scene by scene: each is played with torch's modules and with ours, and must leave the same log.

A scene gets (n, t): the namespace of modules and the namespace of tensors. What it returns, or the exception it raises, is the
log. Warnings are part of it.
"""

import warnings

import pytest

import ft_nn
from ft_dispatch import surface

torch = pytest.importorskip("torch")

import scenes_calls  # noqa: E402, F401 - only where torch is; importing registers
import scenes_members  # noqa: E402, F401
import scenes_state  # noqa: E402, F401
import scenes_utils  # noqa: E402, F401
from scenes import SCENES  # noqa: E402

pytestmark = pytest.mark.oracle


def play(name, n, t):
    """The log of a scene: what it returns, or the exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        t.manual_seed(0)
        try:
            log = repr(SCENES[name](n, t))
        except Exception as error:  # noqa: BLE001 - the exception is what is compared
            log = f"{type(error).__name__}: {error}"
    for ours in ("ft_nn.layers", "ft_nn.containers", "ft_nn.module"):
        log = log.replace(ours, "torch.nn.modules")
    return log


@pytest.mark.parametrize("name", SCENES)
def test_scene_is_torchs(name):
    assert play(name, ft_nn, surface) == play(name, torch.nn, torch)


def test_a_wrong_log_is_seen():
    assert play("printing", ft_nn, surface) != play("handles", torch.nn, torch)
    assert "RuntimeError" in play("load with missing", ft_nn, surface)
