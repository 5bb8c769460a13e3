"""Small namespaces: torch.utils.benchmark and weak, torch.futures, torch.hub, torch.multiprocessing, torch.__config__."""

from __future__ import annotations

import gc
import hashlib
import io
import sys
import threading

import pytest

import frankentorch as torch

# -- benchmark -----------------------------------------------------------------------------------------------------------


def measured(*times, number=10, **spec):
    from frankentorch.utils.benchmark import Measurement, TaskSpec

    return Measurement(number, [number * t for t in times], TaskSpec("x + y", "pass", **spec))


def test_a_timer_times_what_it_is_told():
    timer = torch.utils.benchmark.Timer("total += torch.ones(3).numel() * n", "total = 0", globals={"n": 2}, label="sum")
    seen = []
    found = timer.blocked_autorange(callback=lambda number, taken: seen.append(number), min_run_time=0.01)
    assert sum(found.raw_times) >= 0.01
    assert seen == [found.number_per_run] * len(found.raw_times)
    assert 1e-8 < found.median < 1e-2
    assert timer.timeit(10).number_per_run == 10
    assert timer.adaptive_autorange(max_run_time=0.01).raw_times
    for call in (timer.repeat, timer.autorange, timer.collect_callgrind):
        with pytest.raises(NotImplementedError):
            call()


def test_a_timer_restores_the_threads():
    before = torch.get_num_threads()
    seen = []
    torch.utils.benchmark.Timer("f()", globals={"f": lambda: seen.append(torch.get_num_threads())}, num_threads=2).timeit(2)
    assert (set(seen), torch.get_num_threads()) == ({2}, before)


@pytest.mark.parametrize("bad", [{"language": "c++"}, {"global_setup": "#include <x>"}, {"stmt": len}])
def test_what_a_timer_cannot_time_is_refused(bad):
    with pytest.raises(ValueError, match=r"Python here|C\+\+ only|`str` stmt"):
        torch.utils.benchmark.Timer(**bad)


SAMPLES = [
    (1.0,),
    (1.0, 1.1),
    (1.0, 2.0, 3.0, 10.0),
    (1e-7,) * 5,
    (3e-3, 3.01e-3, 2.99e-3, 3e-3, 9e-3),
    tuple(i / 7 for i in range(1, 30)),
]


@pytest.mark.oracle
@pytest.mark.parametrize("times", SAMPLES)
def test_measurements_say_what_torchs_say(times):
    from torch.utils import benchmark as theirs

    ours = measured(*times)
    other = theirs.Measurement(10, [10 * t for t in times], theirs.TaskSpec(stmt="x + y", setup="pass"))
    for name in ("median", "mean", "iqr", "significant_figures", "has_warnings", "title", "env", "as_row_name"):
        found, expected = getattr(ours, name), getattr(other, name)
        assert found == (pytest.approx(expected) if isinstance(expected, float) else expected), name
    assert repr(ours).splitlines()[1:] == repr(other).splitlines()[1:]


def test_a_table_has_a_row_for_each_case():
    table = str(
        torch.utils.benchmark.Compare(
            [
                measured(1e-6, 1.2e-6, label="add", sub_label="8", description="a"),
                measured(2e-6, label="add", sub_label="8", description="b"),
                measured(3e-3, label="add", sub_label="long", description="a", num_threads=2),
            ]
        )
    )
    lines = table.splitlines()
    assert lines[0].startswith("[--")
    assert " add " in lines[0]
    assert [line.split() for line in lines[1:5]] == [
        ["|", "a", "|", "b"],
        ["1", "threads:", lines[2].split()[-1]],
        ["8", "|", "1.1", "|", "2.0"],
        ["2", "threads:", lines[4].split()[-1]],
    ]
    assert lines[5].split() == ["long", "|", "3000.0", "|"]
    assert "Times are in microseconds (us)." in table


# -- weak ----------------------------------------------------------------------------------------------------------------


def test_a_dictionary_by_identity_forgets_what_is_gone():
    from frankentorch.utils.weak import TensorWeakRef, WeakIdKeyDictionary

    a, b = torch.ones(2), torch.ones(2)
    held = WeakIdKeyDictionary({a: 1, b: 2})
    assert (held[a], held[b], len(held), a in held, torch.ones(2) in held, 3 in held) == (1, 2, 2, True, False, False)
    assert held.copy() == held
    assert (held | {a: 5})[a] == 5
    reference = TensorWeakRef(a)
    assert reference() is a
    del a
    gc.collect()
    assert (len(held), reference()) == (1, None)
    del held[b]
    assert not held
    with pytest.raises(TypeError, match=r"expected torch\.Tensor"):
        TensorWeakRef(3)


# -- futures -------------------------------------------------------------------------------------------------------------


def test_futures():
    first, second = torch.futures.Future(), torch.futures.Future()
    chained = first.then(lambda done: done.value() + 1)
    failing = first.then(lambda done: 1 / 0)
    assert not first.done()
    with pytest.raises(RuntimeError, match="before it was done"):
        first.value()
    threading.Timer(0.01, first.set_result, [41]).start()
    assert (first.wait(), chained.wait(), first.then(lambda done: 7).value()) == (41, 42, 7)
    with pytest.raises(ZeroDivisionError):
        failing.wait()
    with pytest.raises(RuntimeError, match="completed once"):
        first.set_result(1)
    with pytest.raises(TypeError, match="not an Exception"):
        second.set_exception(3)
    every = torch.futures.collect_all([first, second])
    assert not every.done()
    second.set_exception(KeyError("x"))
    assert every.wait() == [first, second]
    with pytest.raises(KeyError):
        torch.futures.wait_all([first, second])
    assert torch.futures.wait_all([]) == []


# -- hub -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path, monkeypatch):
    """A state_dict under an address, its digest, and a folder of downloads."""
    out = io.BytesIO()
    torch.save({"w": torch.arange(3.0)}, out)
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    path = tmp_path / "served" / f"net-{digest[:8]}.pth"
    path.parent.mkdir()
    path.write_bytes(out.getvalue())
    monkeypatch.setattr("frankentorch.hub._chosen", [])
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "home"))
    return path, digest


def test_weights_are_fetched_once_and_checked(served, tmp_path):
    path, _ = served
    assert torch.hub.get_dir() == str(tmp_path / "home" / "hub")
    for _ in range(2):
        state = torch.hub.load_state_dict_from_url(path.as_uri(), check_hash=True)
        assert state["w"].tolist() == [0, 1, 2]
        if path.exists():
            path.unlink()
    assert (tmp_path / "home" / "hub" / "checkpoints" / path.name).exists()
    assert torch.utils.model_zoo.load_url is torch.hub.load_state_dict_from_url
    torch.hub.set_dir(tmp_path / "other")
    assert torch.hub.get_dir() == str(tmp_path / "other")


def test_a_wrong_hash_or_address_leaves_nothing(served, tmp_path):
    path, _ = served
    goal = tmp_path / "a.pth"
    with pytest.raises(RuntimeError, match="invalid hash value"):
        torch.hub.download_url_to_file(path.as_uri(), goal, hash_prefix="0" * 8)
    with pytest.raises(ValueError, match="begins with https"):
        torch.hub.download_url_to_file("data:,x", goal)
    with pytest.raises(ValueError, match="name of a file"):
        torch.hub.load_state_dict_from_url(path.as_uri(), file_name="../a.pth")
    with pytest.raises(ValueError, match="has no hash"):
        torch.hub.load_state_dict_from_url(path.as_uri(), file_name="a.pth", check_hash=True)
    assert not goal.exists()


def test_models_come_from_folders_only(tmp_path):
    (tmp_path / "hubconf.py").write_text('dependencies = ["json"]\ndef net(n=1):\n    "A net."\n    return [n]\n')
    assert torch.hub.load(str(tmp_path), "net", 3, source="local") == [3]
    assert torch.hub.list(str(tmp_path)) == ["net"]
    assert torch.hub.help(str(tmp_path), "net") == "A net."
    with pytest.raises(ValueError, match="clone 'pytorch/vision'"):
        torch.hub.load("pytorch/vision", "resnet18")
    with pytest.raises(ValueError, match=r"folder with a hubconf\.py"):
        torch.hub.list("pytorch/vision")
    with pytest.raises(RuntimeError, match="Cannot find callable"):
        torch.hub.load(str(tmp_path), "other", source="local")
    (tmp_path / "hubconf.py").write_text('dependencies = ["no_such_module_at_all"]\n')
    with pytest.raises(RuntimeError, match="Missing dependencies: no_such"):
        torch.hub.list(str(tmp_path))


# -- multiprocessing -------------------------------------------------------------------------------------------------------


def _answer(inbox, outbox):
    x = inbox.get()
    x += 1
    outbox.put((x.sum(), torch.nn.Parameter(torch.ones(2))))
    inbox.get()  # until the other side has what it shares


def _fill(index, x):
    x[index] = index + 1.0


def _fail(index, how):
    if index == 1:
        if how == "raise":
            raise KeyError("from the child")
        sys.exit(3)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files in memory are Linux's")
def test_tensors_through_queues_are_shared():
    context = torch.multiprocessing.get_context("spawn")
    inbox, outbox = context.Queue(), context.Queue()
    child = context.Process(target=_answer, args=(inbox, outbox))
    child.start()
    x = torch.arange(4.0)
    view = x[1:]
    inbox.put(x)
    total, parameter = outbox.get(timeout=60)
    assert total.item() == 10
    assert (x.tolist(), view.tolist()) == ([1, 2, 3, 4], [2, 3, 4])  # the other process added one
    assert (type(parameter), parameter.requires_grad) == (torch.nn.Parameter, True)
    inbox.put(None)
    child.join(60)
    assert child.exitcode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files in memory are Linux's")
def test_spawned_processes_write_to_what_they_were_given():
    x = torch.zeros(2)
    torch.multiprocessing.spawn(_fill, (x,), nprocs=2)
    assert x.tolist() == [1, 2]


@pytest.mark.parametrize(("how", "error", "message"), [
    ("raise", torch.multiprocessing.ProcessRaisedException, "from the child"),
    ("exit", torch.multiprocessing.ProcessExitedException, "process 1 terminated with exit code 3"),
])  # fmt: skip
def test_a_process_that_fails_is_told(how, error, message):
    with pytest.raises(error, match=message) as caught:
        torch.multiprocessing.start_processes(_fail, (how,), nprocs=2, start_method="spawn")
    assert caught.value.error_index == 1


def test_tensors_of_a_graph_do_not_travel():
    from multiprocessing.reduction import ForkingPickler

    with pytest.raises(RuntimeError, match="Cowardly refusing"):
        ForkingPickler.dumps(torch.ones(2, requires_grad=True) * 2)
    with pytest.raises(ValueError, match="file_descriptor"):
        torch.multiprocessing.set_sharing_strategy("file_system")
    torch.multiprocessing.set_sharing_strategy("file_descriptor")
    assert torch.multiprocessing.get_sharing_strategy() in torch.multiprocessing.get_all_sharing_strategies()


# -- config --------------------------------------------------------------------------------------------------------------


def test_the_installation_is_told():
    assert "NumPy" in torch.__config__.show()
    assert f"get_num_threads() : {torch.get_num_threads()}" in torch.__config__.parallel_info()


def test_a_bug_report_names_versions():
    text = torch.utils.collect_env.get_pretty_env_info()
    assert f"PyTorch version: {torch.__version__}" in text
    assert f"Python version: {sys.version.split()[0]}" in text
    assert "[pip3] numpy==" in text


def test_settings_of_files_have_torchs_names():
    import frankentorch as torch
    from frankentorch.utils.serialization import config

    assert torch.utils.serialization.config is config
    assert (config.load.mmap, config.load.endianness, config.save.compute_crc32, config.save.storage_alignment) == (
        False,
        None,
        True,
        64,
    )
    with config.patch("save.compute_crc32", False):
        assert not torch.serialization.get_crc32_options()
    assert torch.serialization.get_crc32_options()
    assert torch._C.PyTorchFileReader is torch.PyTorchFileReader
    with pytest.raises(AttributeError, match=r"'torch\._C' has no attribute 'other'"):
        torch._C.other  # noqa: B018
