"""The example scripts run unmodified under our name, learn, and print what they print with torch."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
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
