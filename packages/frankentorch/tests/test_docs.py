"""The documentation tells the truth: Python blocks run and print what they say, the reference is fresh, links lead somewhere."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FRAGMENTS = {"explanation/contracts.md", "exceptions.md"}  # pages that quote single lines of files, each in its place
FENCE = re.compile(r"^```(\S*) ?([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MARK = "\x1eblock {}"


def blocks(page):
    """(Python block, what it shall print or None) of a page, in order; blocks that say why they do not run are left out."""
    found, pending = [], False
    for language, rest, body in FENCE.findall(page.read_text()):
        if language == "text" and pending:
            found[-1] = (found[-1][0], body)
        pending = language == "python" and not rest
        if pending:
            found.append((body, None))
    return found


def name(page):
    return page.relative_to(DOCS).as_posix()


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


RUNNING = [page for page in PAGES if name(page) not in FRAGMENTS and blocks(page)]


@pytest.mark.parametrize("page", RUNNING, ids=name)
def test_page_runs_and_prints_what_it_says(page, tmp_path):
    found = blocks(page)
    script = "".join(f"print({MARK.format(i)!r})\n{code}\n" for i, (code, _) in enumerate(found))
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{name(page)}\n{done.stderr}"
    printed = re.split("\x1eblock \\d+\n", done.stdout)[1:]
    assert len(printed) == len(found)
    for (code, expected), text in zip(found, printed, strict=True):
        assert expected is None or text == expected, f"{name(page)}\n{code}"


def test_tutorial_and_howtos_are_among_them():
    assert {name(page) for page in RUNNING} >= {
        "tutorial/first_steps.md",
        "howto/add_an_op.md",
        "howto/write_a_backend.md",
        "howto/write_a_gradient_rule.md",
    }


@pytest.mark.parametrize("page", [page for page in PAGES if name(page) not in FRAGMENTS], ids=name)
def test_block_that_does_not_run_says_why(page):
    for language, rest, body in FENCE.findall(page.read_text()):
        if language == "python" and rest:
            assert re.fullmatch(r"not-run: \S.{10,}", rest), f"{name(page)}: {rest!r}\n{body}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{name(page)}: {target}"


def test_a_block_is_paired_with_its_output_and_a_reason_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "```python\nprint(1)\n```\n\n```text\n1\n```\n\n```python not-run: it needs a GPU\nx\n```\n\n```text\nfree\n```\n"
    )
    assert blocks(page) == [("print(1)\n", "1\n")]


# ---- the reference ----


def test_reference_is_fresh():
    done = subprocess.run(
        [sys.executable, "docs/build_reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_reference_tells_kernel_and_gradient():
    reference = load(DOCS / "build_reference.py")
    page = reference.ops_page()
    (row,) = re.findall(r"^\| `mul\.Tensor\(.*$", page, re.MULTILINE)
    assert row.split(" | ")[2:] == ["elementwise", "kernel", "local |"]
    assert "FT_MODE" in reference.settings_page()
    assert "## ft_backends" in reference.hooks_page()
    assert reference.cell("a | b\nc") == "a \\| b c"


# ---- from scratch ----


@pytest.fixture(scope="module")
def scratch():
    return load(DOCS / "from_scratch.py")


def close(found, expected):
    return found._a.tolist() == pytest.approx(getattr(expected, "tolist", lambda: expected)(), rel=1e-12)


def test_from_scratch_differentiates_again_and_again(scratch):
    x = scratch.tensor([0.5, 1.0, 2.0])

    def fourth(v):
        return scratch.sum_all(v * v * v * v)

    once = scratch.grad(fourth)
    twice = scratch.grad(lambda v: scratch.sum_all(once(v)))
    thrice = scratch.grad(lambda v: scratch.sum_all(twice(v)))
    assert close(once(x), 4 * x._a**3)
    assert close(twice(x), 12 * x._a**2)
    assert close(thrice(x), 24 * x._a)


def test_from_scratch_forward_agrees_with_backward(scratch):
    x = scratch.tensor([[0.3, -1.2], [0.7, 2.0]])
    w = scratch.tensor([[0.1, 0.5], [-0.4, 0.2]])

    def f(v):
        return scratch.sum_all(scratch.sigmoid(v @ w) / (2.0 - scratch.tanh(v)) + scratch.log(scratch.exp(v) + 1.0))

    direction = scratch.tensor([[1.0, 2.0], [-0.5, 0.25]])
    value, tangent = scratch.jvp(f, x, direction)
    assert close(value, f(x)._a)
    assert close(tangent, (scratch.grad(f)(x)._a * direction._a).sum())
    step = 1e-6
    there, back = (f(scratch.tensor(x._a + s * direction._a))._a for s in (step, -step))
    assert tangent._a == pytest.approx((there - back) / (2 * step), rel=1e-8)


def test_from_scratch_layers_compose(scratch):
    x = scratch.tensor([0.5, 1.0, 2.0])
    one = scratch.tensor([1.0, 1.0, 1.0])

    def cube(v):
        return v * v * v

    assert close(scratch.vmap(scratch.grad(scratch.grad(cube)))(x), 6 * x._a)
    assert close(scratch.jvp(scratch.grad(lambda v: scratch.sum_all(cube(v))), x, one)[1], 6 * x._a)
    assert close(scratch.vmap(lambda v: scratch.jvp(cube, v, scratch.tensor(1.0))[1])(x), 3 * x._a**2)


def test_from_scratch_undoes_broadcasting(scratch):
    bias = scratch.tensor([[1.0, 2.0]], requires_grad=True)
    scratch.backward(scratch.sum_all(scratch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]) * bias))
    assert bias.grad._a.tolist() == [[9.0, 12.0]]


def test_from_scratch_says_what_is_missing(scratch):
    sine = scratch.Op("sine", "self")
    with pytest.raises(NotImplementedError, match="sine: no kernel and no decomposition"):
        sine(1.0)
    with pytest.raises(NotImplementedError, match="sine: no gradient rule"):
        sine(scratch.tensor(1.0, requires_grad=True))
    with pytest.raises(ValueError, match="nothing was recorded"):
        scratch.backward(scratch.tensor(1.0))


def test_from_scratch_learns_by_a_traced_step(scratch):
    losses, program = scratch.train(100)
    assert losses[-1] < losses[0] / 20
    assert program[0] == "v0 = matmul(c0, x0)"
    assert sum("matmul(" in line for line in program) == 5  # two going forward, three coming back
