"""Tensors over a storage: its bytes, read as numbers of the dtype asked for and shared, as torch.asarray does it."""

import numpy as np
import pytest

from ft_core import UntypedStorage, device
from ft_dispatch import surface as torch


def storage():
    return UntypedStorage(np.arange(16, dtype=np.uint8), 16, device("cpu"))


@pytest.mark.parametrize("make", [torch.asarray, torch.as_tensor, torch.tensor])
def test_bytes_are_shared_and_read_as_asked(make):
    held = storage()
    found = make(held, dtype=torch.uint8)
    assert found.tolist() == list(range(16))
    assert found.data_ptr() == held.data_ptr()
    held[3] = 99
    assert found[3].item() == 99
    assert make(held, dtype=torch.int16).shape == (8,)


def test_dtype_is_int64_unless_told_and_half_a_number_is_left_out():
    whole = torch.asarray(storage())
    assert (whole.dtype, whole.tolist()) == (torch.int64, [0x0706050403020100, 0x0F0E0D0C0B0A0908])
    assert torch.asarray(storage()[1:14], dtype=torch.float32).shape == (3,)
