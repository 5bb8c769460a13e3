"""Maintainers' chores, one session each: `nox --list`. The matrix of packages and Pythons is tox's.

Sessions install this checkout from requirements.txt, as the README does; `release` and `lean` install wheels and look at them from
another directory, isolated (-I) from whatever PYTHONPATH the developer has set.
"""

from __future__ import annotations

from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13"]
LINTERS = ["ruff>=0.12", "mypy>=1.16", "import-linter>=2.3"]
GUARDS = ["check_imports", "check_sizes", "check_docstrings", "check_mirror", "check_evidence"]
LEAN_MEGABYTES = 100

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["lint"]
nox.options.reuse_existing_virtualenvs = True


def install_checkout(session: nox.Session, *more: str) -> None:
    """The README's first command, in this session's environment."""
    session.install("-r", "requirements.txt", *more)


@nox.session(python="3.11")
def demo(session: nox.Session) -> None:
    """Train the character GPT, as the README's first command does."""
    install_checkout(session)
    session.run("python", "-m", "frankentorch", "demo", *session.posargs)


@nox.session(python="3.11")
def lint(session: nox.Session) -> None:
    """Lint, format, layers, guard scripts, types."""
    install_checkout(session, *LINTERS)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    for guard in GUARDS:
        session.run("python", f"tools/{guard}.py")
    session.run("mypy")


@nox.session(python="3.11")
def docs(session: nox.Session) -> None:
    """Run every example of every README, as the tests of the front page."""
    install_checkout(session)
    session.run("python", "-m", "pytest", "packages/frankentorch/tests/test_readmes.py", *session.posargs)


@nox.session(python="3.11")
def bench(session: nox.Session) -> None:
    """The overhead ladder and the benchmarks, as ratios against torch in one run."""
    install_checkout(session, "torch==2.13.0")
    session.run("python", "-m", "benchmarks.run", *session.posargs)


@nox.session(python="3.11")
def parity(session: nox.Session) -> None:
    """Compare every op with torch on torch's own samples, and write PARITY.md from the result."""
    install_checkout(session, "torch==2.13.0", "scipy", "expecttest")
    report, kit = (f"{session.create_tmp()}/{name}.json" for name in ("oracle", "kit"))
    session.run("python", "-m", "ft_conformance.oracle", "--grad", "--json", report, *session.posargs, success_codes=[0, 1])
    session.run(
        "python",
        "-m",
        "pytest",
        "-q",
        "-p",
        "ft_conformance.plugin",
        "--pyargs",
        "ft_conformance",
        f"--ft-json={kit}",
        success_codes=[0, 1],
    )
    session.run("python", "-m", "ft_conformance.parity", "--json", report, "--kit", kit, "--names", "frankentorch")


@nox.session(python="3.11")
def mutation(session: nox.Session) -> None:
    """Change one thing at a time in the core and see that a test fails; below 80 % it fails itself."""
    install_checkout(session)
    session.run("python", "tools/mutation.py", *(session.posargs or ["--sample", "300"]))


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Read a million mutated files, by all readers; any that is executed, crashes, hangs or takes too much memory is kept."""
    install_checkout(session, "-e", "./packages/ft-serialize[test]")
    session.run("python", "packages/ft-serialize/tests/fuzz_files.py", *(session.posargs or ["--count", "1000000"]))


@nox.session(python="3.11")
def libraries(session: nox.Session) -> None:
    """Libraries written for torch give the same numbers here: GPyTorch, Pyro, TorchMetrics and others."""
    install_checkout(session, "torch==2.13.0")
    session.install("--no-deps", "-r", "tools/libraries.txt")
    session.run("python", "tools/compare_libraries.py", *session.posargs)


@nox.session(python="3.11")
def examples(session: nox.Session) -> None:
    """A hundred steps of the examples' training, at their own settings, follow torch's losses within 1e-3 of them."""
    install_checkout(session, "torch==2.13.0", "scikit-learn")
    session.run("python", "tools/compare_examples.py", *session.posargs)


@nox.session(python="3.11")
def gpu(session: nox.Session) -> None:
    """The tests that need a CUDA device, with cuDNN installed."""
    install_checkout(session, "-e", "./packages/ft-kernel-cuda[cudnn]")
    session.run("python", "-m", "pytest", "-n", "0", "-m", "gpu", *session.posargs)


@nox.session(python="3.11")
def release(session: nox.Session) -> None:
    """Rehearse a release: all wheels, empty environments on every Python, the demo from another directory."""
    wheels = build_wheels(session)
    for version in PYTHONS:
        python = empty_environment(session, f"python{version}", version)
        session.run(python, "-m", "pip", "install", "--quiet", *wheels, external=True)
        away = Path(session.create_tmp()) / f"away-{version}"
        away.mkdir(exist_ok=True)
        with session.chdir(away):
            session.run(python, "-I", "-m", "frankentorch", "--version", external=True)
            session.run(python, "-I", "-m", "frankentorch", "demo", "--steps", "30", external=True)


TRAIN_MLP = """
import importlib.util
assert importlib.util.find_spec("llvmlite") is None
import frankentorch as torch
torch.manual_seed(0)
x = torch.randn(256, 8)
y = (x[:, :1] * x[:, 1:2]).tanh()
model = torch.nn.Sequential(torch.nn.Linear(8, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
losses = []
for _ in range(200):
    loss = torch.nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
assert losses[-1] < losses[0] / 10, (losses[0], losses[-1])
print(f"loss {losses[0]:.4f} -> {losses[-1]:.4f}")
"""


@nox.session(python="3.11")
def lean(session: nox.Session) -> None:
    """`frankentorch` without extras: no llvmlite, at most 100 MB, and it trains an MLP."""
    ours = {path.name.replace("-", "_") for path in (ROOT / "packages").iterdir()} - {"ft_kernel_cuda", "ft_conformance"}
    wheels = [wheel for wheel in build_wheels(session) if Path(wheel).name.partition("-")[0] in ours]
    python = empty_environment(session, "python3.11", "lean")
    packages = Path(
        session.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", external=True, silent=True).strip()
    )
    before = megabytes(packages)  # pip itself is not ours to count
    session.run(python, "-m", "pip", "install", "--quiet", "--no-compile", *wheels, external=True)
    size = megabytes(packages) - before
    session.run(python, "-I", "-c", TRAIN_MLP, external=True)
    session.log(f"lean environment: {size:.0f} MB, at most {LEAN_MEGABYTES}")
    if size > LEAN_MEGABYTES:
        session.error(f"{size:.0f} MB installed, over {LEAN_MEGABYTES}")


def build_wheels(session: nox.Session) -> list[str]:
    """A wheel of every package, built from clean copies; their paths."""
    out = Path(session.create_tmp()) / "wheels"
    session.run("python", "tools/build_wheels.py", str(out), silent=True)
    return [str(wheel) for wheel in sorted(out.glob("*.whl"))]


def empty_environment(session: nox.Session, interpreter: str, name: str) -> str:
    """A new virtual environment with nothing in it; the path of its Python."""
    where = (Path(session.create_tmp()) / f"env-{name}").resolve()
    session.run(interpreter, "-m", "venv", "--clear", str(where), external=True)
    return str(where / "bin" / "python")


def megabytes(folder: Path) -> float:
    """What the files below a folder weigh."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
