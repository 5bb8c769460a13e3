"""The example scripts run unmodified under our name, learn, and print what they print with torch."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
COMPARER = EXAMPLES.parent / "tools" / "compare_examples.py"
SCRIPTS = ["cnn.py", "lstm.py", "waves.py"]  # char_gpt.py has test_char_gpt.py


def run(script, *arguments, ours=True):
    command = [sys.executable, *(["-m", "frankentorch", "run"] if ours else []), str(EXAMPLES / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def losses(text):
    return [float(number) for number in re.findall(r"loss (\S+)", text)]


def test_torch_is_ours_while_a_script_runs(tmp_path):
    (tmp_path / "who.py").write_text("import torch\nprint(type(torch.ones(1)).__mro__[-2].__module__.split('.')[0])\n")
    assert run(str(tmp_path / "who.py")).startswith("ft_")


@pytest.mark.parametrize("script", SCRIPTS)
def test_example_learns(script):
    first, *_, last = losses(run(script, "--steps", "60"))
    assert last < first / 4


@pytest.mark.parametrize("script", SCRIPTS)
def test_seed_decides_everything(script):
    once, again, other = (losses(run(script, "--steps", "2", "--seed", seed)) for seed in ("1", "1", "2"))
    assert once == again
    assert once != other


@pytest.mark.oracle
@pytest.mark.parametrize("script", SCRIPTS)
def test_example_agrees_with_torch(script):
    pytest.importorskip("torch")
    arguments = ("--steps", "25", "--seed", "3")
    assert losses(run(script, *arguments)) == pytest.approx(losses(run(script, *arguments, ours=False)), rel=2e-3)


@pytest.mark.parametrize("script", SCRIPTS)
def test_example_imports_torch_and_the_standard_library(script):
    found = re.findall(r"^(?:import|from) (\w+)", (EXAMPLES / script).read_text(), re.MULTILINE)
    assert set(found) - sys.stdlib_module_names == {"torch"}


def test_every_script_is_in_the_readme():
    text = (EXAMPLES / "README.md").read_text()
    assert [script.name for script in sorted(EXAMPLES.glob("*.py")) if f"]({script.name})" not in text] == []


# ---- tools/compare_examples.py: a hundred steps of each at its own settings, by `nox -s examples` ----


@pytest.mark.parametrize(
    ("ours", "theirs", "off"),
    [
        ([2.0, 1.0], [2.0, 1.0], 0.0),
        ([2.0, 1.01], [2.0, 1.0], 0.01),
        ([2.0, -0.99], [2.0, -1.0], 0.01),
        ([2.0, 1.0], [2.0, -1.0], 2.0),
        ([1e-6, 0.0], [0.0, 0.0], float("inf")),
        ([2.0], [2.0, 1.0], float("inf")),
        ([float("nan")], [float("nan")], float("inf")),
        ([], [], float("inf")),
    ],
)
def test_the_comparer_measures_each_step_against_its_own_loss(ours, theirs, off):
    assert runpy.run_path(str(COMPARER))["followed"](ours, theirs) == pytest.approx(off)


def test_the_comparer_notices_a_training_that_leaves_torchs(monkeypatch, capsys):
    tool = runpy.run_path(str(COMPARER))
    sides = {"cnn": ([2.0] * 60 + [1.0], [2.0] * 60 + [1.0]), "vae": ([2.0] * 60 + [1.002], [2.0] * 60 + [1.0])}
    monkeypatch.setitem(tool["main"].__globals__, "both", sides.get)
    assert tool["main"](["cnn"]) == 0
    assert tool["main"](["cnn", "vae"]) == 1
    assert "1 of 2 examples follow torch within 0.001" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no such example: minilm; there are cnn, "):
        tool["main"](["minilm"])


def test_the_comparer_knows_every_example_that_trains():
    trained = {script.stem for script in EXAMPLES.glob("*.py") if ".backward()" in script.read_text()}
    assert set(runpy.run_path(str(COMPARER))["SCRIPTS"]) == trained


@pytest.mark.parametrize(("count", "said"), [(3, ""), (9, "short.py ended after 5 of 9 losses")])
def test_the_comparer_records_what_backward_is_called_on(tmp_path, count, said):
    script, found = tmp_path / "short.py", tmp_path / "losses.json"
    script.write_text("import torch\nx = torch.ones(2, requires_grad=True)\nfor n in range(5):\n    (n * x).sum().backward()\n")
    command = [sys.executable, "-m", "frankentorch", "run", str(COMPARER), "--record", str(script), str(found), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr.strip()) == (int(bool(said)), said)
    assert found.exists() is not bool(said)
    if not said:
        assert json.loads(found.read_text())["losses"] == [0.0, 2.0, 4.0]
