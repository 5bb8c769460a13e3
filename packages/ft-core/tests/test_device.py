"""Devices: torch's spellings and refusals, one object per place, plugins' names, and the default device of a thread."""

import copy
import importlib
import pickle
import threading

import pytest

from ft_core.device import default_device, device, register_device_type, set_accelerator, set_default_device
from ft_core.keys import CUDA0, DEVICE_OF

module = importlib.import_module("ft_core.device")  # `ft_core.device` is the class

SPELLINGS = ["cuda:1", "cpu", "cpu:0", "meta:3", "mps", "xpu:12", "privateuseone:1", "cuda"]
MALFORMED = ["cuda:-1", "cuda:", "cuda:01", "", "CUDA", "cuda:1:2", "cuda: 1", ":1", "cuda:a", "1", "foo"]
CALLS = [
    ((1.5,), {}), ((None,), {}), ((), {}), ((True,), {}), ((2, 1), {}), (("cpu", "x"), {}), (("cuda", -1), {}), (("cuda:1", 1), {}),
    (("cuda",), {"index": 3}), ((), {"type": "cuda", "index": 2}), ((), {"type": "cuda:1"}), ((), {"device": "cuda:1"}),
    ((), {"index": 2}), (("cuda", None), {}), ((-1,), {}), ((1,), {}),
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_device_equal_spellings_are_one_object(text):
    made = device(text)
    assert str(made) == text
    assert device(made) is made
    assert device(made.type, made.index) is made
    assert pickle.loads(pickle.dumps(made)) is made
    assert copy.deepcopy(made) is made
    assert made != text


def test_device_prints_as_torch():
    assert repr(device("cuda:1")) == "device(type='cuda', index=1)"
    assert repr(device("cpu")) == "device(type='cpu')"


def test_device_refuses_as_torch():
    with pytest.raises(
        RuntimeError, match=r"Expected one of cpu, cuda, ipu, .*, privateuseone device type at start of device string: foo"
    ):
        device("foo")
    with pytest.raises(RuntimeError, match="Invalid device string: 'cuda:01'"):
        device("cuda:01")
    with pytest.raises(RuntimeError, match="Device index must not be negative"):
        device("cuda", -1)
    with pytest.raises(AttributeError, match=r"attribute 'type' of 'torch.device' objects is not writable"):
        device("cpu").type = "cuda"


NEITHER_FORM = "device() received an invalid combination of arguments - got ({}), but expected one of:\n * (torch.device device)\n"


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        (("cuda",), {"index": 3}, "cuda:3"),
        (("cuda", 1), {}, "cuda:1"),
        (("cuda", 0), {}, "cuda:0"),
        (("cuda", None), {}, "cuda"),
        ((), {"type": "cuda", "index": 2}, "cuda:2"),
        ((), {"type": "cuda"}, "cuda"),
        ((), {"device": "cuda:1"}, "cuda:1"),
        ((), {"device": device("meta")}, "meta"),
    ],
)
def test_device_takes_both_forms(args, kwargs, text):
    assert str(device(*args, **kwargs)) == text


@pytest.mark.parametrize(
    ("args", "kwargs", "kind", "text"),
    [
        ((1.5,), {}, TypeError, NEITHER_FORM.format("float") + "      didn't match because some of the arguments have invalid types: (!float!)\n"),
        ((True,), {}, TypeError, NEITHER_FORM.format("bool") + "      didn't match because some of the arguments have invalid types: (!bool!)\n"),
        ((), {"index": 2}, TypeError, NEITHER_FORM.format("index=int, ") + "      didn't match because some of the keywords were incorrect: index\n"),
        ((), {}, TypeError, NEITHER_FORM.format("")),
        (("cpu", 1, 2), {}, TypeError, NEITHER_FORM.format("str, int, int")),
        (("cpu",), {"type": "cpu"}, TypeError, NEITHER_FORM.format("str, type=str, ")),
        ((), {"type": "cpu", "place": 1}, TypeError, NEITHER_FORM.format("type=str, place=int, ")),
        ((2, 1), {}, TypeError, "device(): argument 'type' (position 1) must be str, not int"),
        (("cpu", "x"), {}, TypeError, "device(): argument 'index' (position 2) must be int, not str"),
        (("cuda:1", 1), {}, RuntimeError, "type (string) must not include an index because index was passed explicitly: cuda:1"),
        (("cuda", -1), {}, RuntimeError, "Device index must not be negative"),
        ((-1,), {}, RuntimeError, "Device index must not be negative"),
        ((0,), {}, RuntimeError, "Cannot access accelerator device when none is available."),
        (("",), {}, RuntimeError, "Device string must not be empty"),
    ],
)  # fmt: skip
def test_device_refuses_other_arguments(args, kwargs, kind, text):
    with pytest.raises(kind) as caught:
        device(*args, **kwargs)
    assert str(caught.value) == text + (" * (str type, int index = -1)\n" if "combination" in text else "")


def test_device_bits_say_where_tensors_live():
    assert device("cuda").bit == device("cuda:0").bit == CUDA0
    assert DEVICE_OF[device("cuda").bit] is device("cuda:0")
    assert DEVICE_OF[device("cpu:0").bit] is device("cpu")
    assert device("maia:2").bit != device("maia:3").bit
    assert DEVICE_OF[device("maia:3").bit] is device("maia:3")


def test_device_plugins_add_names():
    with pytest.raises(RuntimeError, match="device string: pretend"):
        device("pretend")
    register_device_type("pretend")
    assert str(device("pretend:1")) == "pretend:1"
    assert DEVICE_OF[device("pretend").bit] is device("pretend:0")
    with pytest.raises(RuntimeError, match=r"foo; plugins add: .*pretend"):
        device("foo")
    with pytest.raises(ValueError, match="'a:b'"):
        register_device_type("a:b")


def test_device_number_means_the_accelerator():
    with pytest.raises(RuntimeError, match="Cannot access accelerator device when none is available"):
        device(1)
    set_accelerator("cuda")
    try:
        assert device(1) is device("cuda:1")
        assert device(0) is device(device=0) is device("cuda:0")
    finally:
        set_accelerator(None)


def test_device_default_is_the_innermost_scope_of_this_thread():
    assert default_device() is None
    with device("meta") as entered:
        assert entered is device("meta")
        with device("cuda:1"):
            assert default_device() is device("cuda:1")
        assert default_device() is device("meta")
        seen = []
        thread = threading.Thread(target=lambda: seen.append(default_device()))
        thread.start()
        thread.join()
        assert seen == [None]
    set_default_device("meta")
    try:
        assert default_device() is device("meta")
    finally:
        set_default_device(None)
    assert default_device() is None


@pytest.mark.oracle
def test_device_spellings_and_refusals_equal_torch(monkeypatch):
    torch = pytest.importorskip("torch")
    if torch.accelerator.is_available():
        pytest.skip("bare numbers mean this machine's accelerator")
    monkeypatch.setattr(module, "_types", dict.fromkeys(module.TORCH_TYPES))
    calls = [((text,), {}) for text in SPELLINGS + MALFORMED] + CALLS
    for args, kwargs in calls:
        assert _outcome(device, args, kwargs) == _outcome(torch.device, args, kwargs), (args, kwargs)


def _outcome(make, args, kwargs):
    try:
        return repr(make(*args, **kwargs))
    except (RuntimeError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
