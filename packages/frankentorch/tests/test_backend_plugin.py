"""The example backend, installed as a stranger would install it: found by its entry point, trained on, listed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples/backend_plugin"
MODULE = EXAMPLE / "src/ft_abacus/__init__.py"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the plugin in it, and a function that runs code in a fresh process which sees that folder."""
    target = tmp_path_factory.mktemp("site")
    source = tmp_path_factory.mktemp("source") / "backend_plugin"
    shutil.copytree(EXAMPLE, source)  # pip builds in the folder, and the checkout stays as it is
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--target",
        target,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)

    def run(code):
        path = [str(target), *[p for p in sys.path if p]]
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:] = {path!r} + sys.path\n{code}"],
            capture_output=True, text=True, cwd=target, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_it_is_small():
    assert len(MODULE.read_text(encoding="utf-8").splitlines()) <= 200


def test_the_readme_trains_a_network(installed):
    (code,) = re.findall(r"```python\n(.*?)```", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    start = float(installed(code.replace("range(100)", "range(1)").replace("import frankentorch as torch", SEEDED)))
    end = float(installed(code.replace("import frankentorch as torch", SEEDED)))
    host = float(installed(code.replace("import frankentorch as torch", SEEDED).replace('"abacus"', '"cpu"')))
    assert end < 0.75 * start
    assert end == pytest.approx(host, rel=1e-3)


SEEDED = "import frankentorch as torch\ntorch.manual_seed(0)"

IN_PLACE = """
import frankentorch as torch
torch.manual_seed(0)
w1, b1, w2 = [torch.randn(*s).to("abacus").requires_grad_() for s in ((8, 2), (8,), (1, 8))]
x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]], device="abacus")
y = torch.tensor([[0.], [1.], [1.], [0.]], device="abacus")
row = w1.detach()[0]                      # a view of a parameter, taken before training
for step in range(60):
    loss = ((torch.tanh(x @ w1.t() + b1) @ w2.t() - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in (w1, b1, w2):
            p.add_(p.grad, alpha=-0.1)    # in place, on arrays that never change
            p.grad.zero_()
    if step == 0:
        first = loss.item()
assert loss.item() < 0.5 * first, (first, loss.item())
assert row.tolist() == w1.tolist()[0]
print("trained")
"""


def test_in_place_steps_train_it_and_views_follow(installed):
    assert installed(IN_PLACE) == "trained\n"


def test_it_is_listed_among_the_plugins(installed):
    assert "abacus" in installed("from frankentorch.cli import main\nimport sys\nsys.argv = ['frankentorch', 'plugins']\nmain()")


def test_the_conformance_kit_asks_it_what_it_declares(installed):
    """Memory in every dtype it has, in both modes; nothing is asked that it does not declare."""
    asked = "['-q', '-n0', '-p', 'ft_conformance.plugin', '-p', 'no:cacheprovider', '--pyargs', 'ft_conformance', '--ft-device=abacus']"
    said = installed(f"import pytest, sys\ncode = pytest.main({asked})\nassert code == 0, code")
    assert "declared: L0; kept: L0" in said
