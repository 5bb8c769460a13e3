"""The example op family, installed as a stranger would install it: found by its entry point, differentiated, batched, listed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples/op_family_plugin"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A function that runs code in a fresh process which sees a folder with the plugin in it."""
    target = tmp_path_factory.mktemp("site")
    source = tmp_path_factory.mktemp("source") / "op_family_plugin"
    shutil.copytree(EXAMPLE, source)  # pip builds in the folder, and the checkout stays as it is
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", target]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, source], check=True, capture_output=True)

    def run(code, check=True):
        path = [str(target), *[p for p in sys.path if p]]
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:] = {path!r} + sys.path\n{code}"],
            capture_output=True, text=True, cwd=target, check=False,
        )  # fmt: skip
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout if check else done.stderr

    return run


def test_the_readme_runs_and_prints_what_it_says(installed):
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    (code,), (expected,) = (re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("python", "text"))
    assert installed(code) == expected


EVERYTHING = """
import frankentorch as torch
step = torch.ops.aten.smootherstep
x = torch.linspace(-0.5, 1.5, 9, dtype=torch.float64)
record = step.default._op
assert torch.allclose(step(x), record.decomposition(x)), "kernel and decomposition differ"
assert record.family == "ops" and x.smootherstep().equal(step(x))
leaf = x.clone().requires_grad_()
assert step(leaf).grad_fn.name() == "SmootherstepBackward0"
assert torch.autograd.gradgradcheck(step, (leaf,))
value, move = torch.func.jvp(step, (x,), (torch.ones_like(x),))
assert torch.allclose(move, torch.func.vmap(torch.func.grad(step))(x))
assert step(torch.ones(2, dtype=torch.int64)).dtype is torch.float32
assert step(torch.empty(2, 3, device="meta")).shape == (2, 3)
y = x.clone()
assert y.smootherstep_() is y and y.equal(step(x))
print("whole")
"""


def test_its_ops_have_all_that_ours_have(installed):
    assert installed(EVERYTHING) == "whole\n"


def test_it_is_listed_with_what_it_brings(installed):
    printed = installed("from frankentorch.cli import main\nimport sys\nsys.argv = ['frankentorch', 'plugins']\nmain()")
    assert "smooth" in printed
    assert "op smootherstep" in printed.replace("\n", " ")


def test_switched_off_it_is_not_there(installed):
    said = installed(
        "import os\nos.environ['FT_DISABLE_PLUGINS'] = 'smooth'\nimport frankentorch as t\nt.ops.aten.smootherstep", False
    )
    assert "object has no attribute 'smootherstep'" in said
