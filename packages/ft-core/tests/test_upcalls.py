"""What ft_core calls of packages above it: filled by name, and told apart from what nobody fills."""

import pytest

from ft_core import upcalls


def test_a_slot_is_filled_by_name(monkeypatch):
    monkeypatch.setattr(upcalls, "clone", upcalls._missing("Tensor.clone", "ft-dispatch"))
    with pytest.raises(
        RuntimeError, match=r"^Tensor.clone: this needs ft-dispatch, which is not loaded; install and import ft-dispatch"
    ):
        upcalls.clone(None)
    upcalls.fill(clone=len)
    assert upcalls.clone("four") == 4


def test_a_name_that_is_no_slot_is_refused_and_makes_none():
    with pytest.raises(TypeError, match=r"^ft_core.upcalls has no slot 'copy'$"):
        upcalls.fill(copy=len)
    assert not hasattr(upcalls, "copy")
