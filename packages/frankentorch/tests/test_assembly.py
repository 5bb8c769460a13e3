"""`import frankentorch as torch`: what it costs, which names it has, and that a namespace is one module however it is reached."""

import functools
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import frankentorch as torch
from frankentorch import _rooms

HEAVY = ("multiprocessing", "asyncio", "importlib.metadata", "llvmlite", "scipy", "cupy", "rich", "torch")

LIMIT = 480
"""Modules that an import may bring beside NumPy's own: what it costs, whatever else the machine does. Seconds are a row of the benchmarks."""

MEASURE = """
import sys, numpy
before = set(sys.modules)
import frankentorch
brought = [name for name in sys.modules if name not in before and not name.startswith("numpy")]
print(len(brought), *[name for name in {heavy!r} if name in sys.modules])
"""


def _fresh(code: str, **environment: str) -> list[str]:
    known = os.environ | environment
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=known)
    return done.stdout.split()


def test_import_loads_nothing_heavy():
    assert _fresh(MEASURE.format(heavy=HEAVY))[1:] == []


def test_import_brings_few_modules():
    brought = int(_fresh(MEASURE.format(heavy=HEAVY))[0])
    assert 0 < brought <= LIMIT, f"the import brings {brought} modules, over {LIMIT}: what needs to be there before the first call?"


@pytest.mark.parametrize("name", sorted({*_rooms.OWN, *_rooms.ROOMS}))
def test_namespace_is_one_module(name):
    module = importlib.import_module(f"frankentorch.{name}")
    assert functools.reduce(getattr, name.split("."), torch) is module
    assert sys.modules[f"frankentorch.{name}"] is module
    real = _rooms.ROOMS.get(name, f"frankentorch.{name}")
    assert module.__name__ == module.__spec__.name == real
    for public in getattr(module, "__all__", ()):
        assert getattr(module, public) is not None or public in ("cuda", "hip", "xpu")


def test_rooms_reach_below_the_package():
    functional = importlib.import_module("frankentorch.nn.functional")
    assert functional is torch.nn.functional is sys.modules["ft_nn.functional"]
    assert importlib.import_module("frankentorch.nn.utils.rnn") is torch.nn.utils.rnn
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("frankentorch.nn.no_such_room")


def test_every_dotted_name_of_the_table_is_reachable():
    from frankentorch._top_level import is_top_level
    from ft_dispatch.surface import PUBLIC

    lost = []
    for dotted, function in PUBLIC.items():
        holder = torch
        *path, last = dotted.split(".")
        if not path and not is_top_level(last):
            continue
        for part in path:
            holder = getattr(holder, part)
        found = getattr(holder, last, None)
        if found is None or (found is not function and not path and last != "mode"):
            lost.append(dotted)
    assert lost == []


def test_names_are_torchs():
    known = set(json.loads(Path(_rooms.__file__).with_name("torch_names.json").read_text(encoding="utf-8"))["torch"].split())
    assert {name for name in torch.__all__ if name not in known} == set()
    assert "add_" not in dir(torch)  # a method only
    assert torch.exp_ is not None


def test_missing_names_say_which_kind():
    with pytest.raises(
        AttributeError, match=r"^module 'torch' has no attribute 'export': torch 2.13 has it, FrankenTorch does not yet$"
    ):
        _ = torch.export
    with pytest.raises(AttributeError, match=r"no such name; near names: .*linalg"):
        _ = torch.linag
    with pytest.raises(AttributeError, match=r"has no attribute '_private'$"):
        _ = torch._private
    assert not hasattr(torch, "no_such_thing")
    with pytest.raises(ImportError):
        from frankentorch import nothing_of_that_name  # noqa: F401


def test_version_compares_as_torchs():
    assert torch.__version__ >= (2, 13)
    assert torch.__version__ > "2.9"
    assert torch.__version__ < "2.14"
    assert torch.__version__ <= (2, 13, 0)
    assert not torch.__version__ > (2, 13)
    assert torch.__version__.split("+")[0] == torch.version.TORCH_VERSION


def test_mode_is_an_op_of_tensors_and_a_context_of_words():
    from ft_core.keys import DETERMINISTIC, HARDENED
    from ft_core.settings import settings
    from ft_core.state import TL

    before = TL.st.bits
    with torch.mode("hardened"):
        assert TL.st.bits & HARDENED
        assert TL.st.bits & DETERMINISTIC
        assert settings.mode == "hardened"
        with torch.mode("strict"):
            assert not TL.st.bits & HARDENED
        assert TL.st.bits & HARDENED
    assert TL.st.bits == before
    assert settings.mode == "strict"
    with pytest.raises(ValueError, match="hardened"):
        torch.mode("lenient")
    assert torch.mode(torch.tensor([1, 2, 2])).values.item() == 2


def test_ft_mode_hardens_a_process():
    code = (
        "import os; os.environ['FT_MODE'] = 'hardened'; import frankentorch as t; print(t.are_deterministic_algorithms_enabled())"
    )
    assert _fresh(code) == ["True"]


def test_old_tensor_types():
    made = torch.FloatTensor([1, 2])
    assert made.dtype is torch.float32
    assert isinstance(made, torch.FloatTensor)
    assert not isinstance(made, torch.LongTensor)
    assert not isinstance(3, torch.FloatTensor)
    assert torch.LongTensor(2, 3).shape == (2, 3)
    assert torch.IntTensor().numel() == 0
    assert repr(torch.FloatTensor) == "<class 'torch.FloatTensor'>"


def test_questions_of_the_top_level():
    x = torch.ones(2, 3)
    assert torch.is_tensor(x)
    assert not torch.is_tensor([1])
    assert torch.is_storage(x.untyped_storage())
    assert torch.numel(x) == 6
    assert torch.is_floating_point(x)
    assert not torch.is_complex(x)
    assert torch.typename(3) == "int"
    assert torch.typename(torch.nn.functional.relu).endswith("relu")


def test_switches_return_what_was_set():
    torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        assert torch.are_deterministic_algorithms_enabled()
        assert torch.is_deterministic_algorithms_warn_only_enabled()
    finally:
        torch.use_deterministic_algorithms(False)
    assert not torch.are_deterministic_algorithms_enabled()
    assert not torch.is_deterministic_algorithms_warn_only_enabled()
    for word, number in (("warn", 1), ("error", 2), ("default", 0)):
        torch.set_deterministic_debug_mode(word)
        assert torch.get_deterministic_debug_mode() == number
    with pytest.raises(RuntimeError, match="debug_mode"):
        torch.set_deterministic_debug_mode("loud")
    torch.set_default_tensor_type("torch.DoubleTensor")
    try:
        assert torch.tensor(1.0).dtype is torch.float64
    finally:
        torch.set_default_tensor_type(torch.FloatTensor)
    assert torch.tensor(1.0).dtype is torch.float32
    with pytest.raises(AttributeError, match="no attribute 'NoTensor'"):
        torch.set_default_tensor_type("torch.NoTensor")
    with pytest.raises(TypeError, match="invalid type"):
        torch.set_default_tensor_type(int)
    with pytest.warns(UserWarning, match="lowest is not one of 'highest'"):
        torch.set_float32_matmul_precision("lowest")
    assert torch.get_float32_matmul_precision() == "highest"
    with torch.backends.cudnn.flags(enabled=False):
        assert not torch.backends.cudnn.enabled
    assert torch.backends.cudnn.enabled
    with pytest.raises(TypeError, match="speed"), torch.backends.cudnn.flags(speed=True):
        pass


def test_random_state_returns_to_where_it_was():
    torch.manual_seed(7)
    assert torch.initial_seed() == 7
    state = torch.get_rng_state()
    assert state.dtype is torch.uint8
    first = torch.default_generator.words32(4).tolist()
    torch.set_rng_state(state)
    assert torch.default_generator.words32(4).tolist() == first
    torch.set_rng_state(state)
    with torch.random.fork_rng():
        assert torch.default_generator.words32(4).tolist() == first
    assert torch.default_generator.words32(4).tolist() == first
    with pytest.raises(TypeError, match="ByteTensor"):
        torch.set_rng_state([1])


def test_marks_for_compilers_change_nothing():
    def f(x):
        return x

    assert torch.jit.ignore(f) is f
    assert torch.jit.ignore(drop=True)(f) is f
    assert torch.jit.unused(f) is torch.jit.export(f) is torch.jit.script(f) is torch.compiler.allow_in_graph(f) is f
    assert torch.compiler.disable(f) is f
    assert torch.compiler.disable(recursive=False)(f) is f
    assert not torch.jit.is_scripting()
    assert not torch.compiler.is_compiling()
    assert torch.jit.isinstance([1], list[int])


def test_cuda_answers_without_a_device(monkeypatch):
    def none():
        raise AssertionError("Torch not compiled with CUDA enabled (no driver)")

    monkeypatch.setattr(torch.cuda, "_backend", none)
    assert not torch.cuda.is_available()
    assert torch.cuda.device_count() == 0
    torch.cuda.manual_seed_all(1)
    torch.cuda.empty_cache()
    with torch.cuda.device(None):
        pass
    with pytest.raises(AssertionError, match="CUDA"):
        torch.cuda.current_device()
