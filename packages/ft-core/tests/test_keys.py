"""Key bits: each its own, the everyday ones in one digit, devices allotted once and for all threads."""

import threading

import pytest

from ft_core import keys
from ft_core.device import device
from ft_core.dtype import BY_NAME, float16, float32
from ft_core.keys import CPU, CUDA0, DEVICE_OF, DEVICES, DTYPE_OF, DTYPES, FLAGS, GRAD, IRREG, LAYOUTS, META, MODES, TRACED


def test_keys_masks_share_no_bit():
    masks = (FLAGS, MODES, LAYOUTS, DTYPES, DEVICES)
    for i, a in enumerate(masks):
        assert all(a & b == 0 for b in masks[i + 1 :])


def test_keys_everyday_bits_fit_one_digit():
    everyday = FLAGS | CPU | META | TRACED | CUDA0 | keys.COMMON_DTYPES | keys.NOGRAD | keys.BELOW | keys.AUTOCAST
    assert everyday < 1 << 30


def test_keys_tables_lead_back():
    assert DTYPE_OF[(GRAD | IRREG | CPU | float16.bit) & DTYPES] is float16
    assert DEVICE_OF[(GRAD | IRREG | CPU | float16.bit) & DEVICES] is device("cpu")
    assert len(DTYPE_OF) == len(set(BY_NAME.values()))
    assert all(DTYPE_OF[kind.bit] is kind for kind in BY_NAME.values())


def test_keys_device_bits_stay_and_differ():
    bits = [keys.device_bit("xpu", index) for index in range(4)]
    assert len(set(bits)) == 4
    assert bits == [keys.device_bit("xpu", index) for index in range(4)]
    assert all(bit & DEVICES == bit and bit >= 1 << keys.FIRST_DEVICE_BIT for bit in bits)
    assert keys.device_bit("xpu") == bits[0]
    assert keys.device_bit("cpu", 3) == CPU


def test_keys_threads_agree_on_new_devices():
    start, found = threading.Barrier(8), []

    def allot():
        start.wait()
        found.append([keys.device_bit("hpu", index) for index in range(50)])

    threads = [threading.Thread(target=allot) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(row == found[0] for row in found)
    assert len(set(found[0])) == 50


def test_keys_explain_names_every_bit():
    assert keys.explain(GRAD | CPU | float32.bit) == "GRAD | cpu | float32"
    assert keys.explain(device("ve:1").bit | keys.NOGRAD) == "NOGRAD | ve:1"
    assert keys.explain(0) == "0"
    assert keys.explain(1 << 43) == "1<<43"
    with pytest.raises(ValueError, match="a mask"):
        keys.explain(DEVICES)
