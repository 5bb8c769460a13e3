"""No kernel goes through the elements of a tensor in Python: the lines that run are counted, for every statement of the sweep.

The statements and operands are those of `benchmarks`, made smaller: tensors of sixteen thousand elements and more, so that half a line
for each would be eight thousand. Loops over dimensions, taps, panels, steps in time, tensors of a list, small matrices or blocks of
elements stay far below. What is allowed to go on is in `ONE_BY_ONE`, each with its reason.
"""

import importlib
import re
import sys
from pathlib import Path

import pytest

import frankentorch as torch
import ft_kernel_cpu

ROOT = Path(__file__).resolve().parents[3]
KERNELS = Path(ft_kernel_cpu.__file__).parent
LINES = 1 << 13
PARTS = 8

SMALLER = {
    "1000000": "16384", "1000": "128", "500": "64", "2000": "256", "8192": "1024", "10000": "2048", "16000": "1600", "333333": "5000",
    "900": "100", "300": "50", "200": "50", "128": "64", "100": "20",
}  # fmt: skip
SMALLER_OPERANDS = {"volume": "torch.randn(2, 8, 16, 16, 16)", "gridv": "torch.rand(2, 16, 16, 16, 3) * 2 - 1"}

ONE_BY_ONE = {
    "torch.binomial": "where probabilities differ, how many uniform numbers a count takes depends on its own, and the next one begins behind",
}
CALLS_PER_ELEMENT = re.compile(r"frompyfunc|np\.vectorize|fromiter|apply_along_axis|itertools\.accumulate")
CALLED_PER_ELEMENT = {
    "random_words.py": "the C library's log, where NumPy's own loop rounds otherwise on this machine",
}

NO_GRADIENT = re.compile(r"the derivative|a leaf Variable|a view of a leaf|is not implemented|does not require grad")


def shrunk(text):
    return re.sub(r"(?<![.\d])\d+(?![.\d])", lambda found: SMALLER.get(found[0], found[0]), text)


@pytest.fixture
def sweep(monkeypatch):
    """Statements with their operands, small."""
    monkeypatch.syspath_prepend(str(ROOT))
    rows = importlib.import_module("benchmarks.rows_ops")
    table = importlib.import_module("benchmarks.ops_table")
    small = {name: SMALLER_OPERANDS.get(name, shrunk(text)) for name, text in table.OPERANDS.items()}
    monkeypatch.setattr(rows, "OPERANDS", small)
    statements = [r.statement for r in importlib.import_module("benchmarks.row").ROWS.values() if r.group == rows.SWEEP]
    assert len(statements) > 700
    return rows.operands, [shrunk(s) for s in statements]


def lines_of(call, folder=KERNELS):
    """How many lines of files in `folder` run."""
    count = 0

    def in_frame(frame, event, arg):
        nonlocal count
        count += event == "line"
        return in_frame

    def of_folder(frame, event, arg):
        return in_frame if frame.f_code.co_filename.startswith(str(folder)) else None

    before = sys.gettrace()
    sys.settrace(of_folder)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def forward(operands, statement):
    torch.manual_seed(0)
    names, code = operands(torch, statement), compile(statement, "statement", "exec")
    exec(code, names)  # what is worked out once and kept is worked out here
    return lines_of(lambda: exec(code, names))


def backward(operands, statement):
    """None where nothing is differentiated."""
    torch.manual_seed(0)
    names = operands(torch, statement)
    for name, value in names.items():
        if isinstance(value, torch.Tensor) and (value.is_floating_point() or value.is_complex()):
            names[name] = value.detach().requires_grad_()
    try:
        out = eval(compile(statement, "statement", "eval"), names)
        parts = [o for o in (out if isinstance(out, (tuple, list)) else [out]) if isinstance(o, torch.Tensor) and o.requires_grad]
        return lines_of(sum(o.abs().sum() for o in parts).backward) if parts else None
    except (RuntimeError, NotImplementedError) as error:
        if NO_GRADIENT.search(str(error)):
            return None
        raise


def excused(statement):
    return statement.startswith(tuple(ONE_BY_ONE))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("part", range(PARTS))
def test_kernels_do_not_go_through_elements(sweep, part):
    operands, statements = sweep
    counts = {s: forward(operands, s) for s in statements[part::PARTS] if not excused(s)}
    assert sum(counts.values()) > 100
    assert {s: n for s, n in counts.items() if n >= LINES} == {}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("part", range(PARTS))
def test_kernels_of_gradients_do_not_go_through_elements(sweep, part):
    operands, statements = sweep
    counts = {s: backward(operands, s) for s in statements[part::PARTS] if not excused(s)}
    counts = {s: n for s, n in counts.items() if n is not None}
    assert len(counts) > 20
    assert {s: n for s, n in counts.items() if n >= LINES} == {}


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_what_is_excused_still_needs_it(sweep, name):
    operands, statements = sweep
    assert any(forward(operands, s) >= LINES for s in statements if s.startswith(name))


def test_no_function_is_called_for_each_element():
    found = {path.name for path in KERNELS.glob("*.py") if CALLS_PER_ELEMENT.search(path.read_text())}
    assert found == set(CALLED_PER_ELEMENT)


def test_lines_of_a_loop_are_counted():
    here = Path(__file__).parent
    assert lines_of(lambda: [i for i in range(500)], here) >= 500  # noqa: C416
    assert lines_of(lambda: sum(map(int, range(500))), here) < 10
