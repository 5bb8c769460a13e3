"""Other addresses of what is there: torch.functional, torch.accelerator, torch._assert."""

import pytest

import frankentorch as torch


def test_functional_is_an_address_of_the_top_level():
    import frankentorch.functional as functional

    assert functional.einsum is torch.einsum
    assert set(dir(functional)) <= set(dir(torch))
    with pytest.raises(AttributeError, match=r"torch\.functional"):
        functional.relu  # noqa: B018


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is an accelerator")
def test_without_an_accelerator():
    assert not torch.accelerator.is_available()
    assert torch.accelerator.device_count() == 0
    assert torch.accelerator.current_accelerator() is None
    torch.accelerator.set_device_index(-1)
    for call in (
        torch.accelerator.current_device_index,
        torch.accelerator.synchronize,
        lambda: torch.accelerator.set_device_index(0),
    ):
        with pytest.raises(RuntimeError, match="Cannot access accelerator device when none is available"):
            call()


def test_assert():
    torch._assert(True, "fine")
    with pytest.raises(AssertionError, match=r"^no$"):
        torch._assert(torch.tensor(False), "no")
