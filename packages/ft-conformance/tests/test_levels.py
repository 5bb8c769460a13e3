"""The kit tested by devices whose answer is known: one that can do nothing, one with the mandatory primitives alone, and one with a
wrong kernel at a time, each of which must be caught."""

import itertools
import json
import warnings

import numpy as np
import pytest

from ft_conformance.levels import Target, checks, fused_checks, memory_checks, primitive_checks, without_kernel
from ft_core.backend import BACKENDS, Conformance, KernelTable, register_backend
from ft_dispatch import surface  # noqa: F401  # the op table
from ft_dispatch.primitives import mandatory
from ft_kernel_cpu.backend import CpuBackend

pytest_plugins = "pytester"  # the kit is a plugin: one test runs it in a pytest of its own
MANDATORY = [op.name for op in mandatory()]


class Nothing(CpuBackend):
    """Takes everything and gives zeros back."""

    name, device_type = "Nothing", "nothing"
    kernels = KernelTable()

    def to_host(self, array, dtype):
        return np.zeros(array.shape, dtype.numpy)


class Minimal(CpuBackend):
    """NumPy's memory and the mandatory kernels; everything else by decomposition."""

    name, device_type, conformance = "Minimal", "minimal", Conformance.L2_TABLE
    kernels = KernelTable()


@pytest.fixture(scope="module")
def minimal():
    """The minimal device, registered for this module."""
    Minimal.kernels.update({name: Target("cpu").backend.kernels[name] for name in MANDATORY})
    register_backend(Minimal())
    yield Target("minimal")
    del BACKENDS["minimal"]


@pytest.fixture(scope="module")
def nothing():
    """The device that can do nothing."""
    register_backend(Nothing())
    yield Target("nothing")
    del BACKENDS["nothing"]


def outcome(check):
    """What is wrong, in words; None where nothing is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return check.run()
    except Exception as error:  # noqa: BLE001  # what a check raises is its answer
        return f"{type(error).__name__}: {error}"


def test_a_device_without_memory_keeps_no_level(nothing):
    found = [outcome(check) for check in memory_checks(nothing)]
    assert len(found) > 10
    assert all(found)
    assert all(outcome(check) for check in primitive_checks(nothing))


def test_the_minimal_device_keeps_memory_and_primitives(minimal):
    wrong = {check.id: outcome(check) for check in itertools.chain(memory_checks(minimal), primitive_checks(minimal))}
    assert len(wrong) > 60
    assert {name: text for name, text in wrong.items() if text} == {}


def spoiled(fn):
    """A kernel whose first element is wrong."""

    def wrong(*args, out):
        made = fn(*args, out=...)
        single = not isinstance(made, (tuple, list))
        arrays = [np.array(a, order="C") for a in ([made] if single else made)]
        for a in arrays:
            if a.size:
                first = a.reshape(-1)[0]
                a.reshape(-1)[0] = not first if a.dtype.kind == "b" else (0 if first else 1)
        if out is not ...:
            for dest, a in zip([out] if single else out, arrays, strict=True):
                dest[...] = a
            return out
        return arrays[0] if single else type(made)(arrays)

    return wrong


@pytest.mark.parametrize("name", MANDATORY)
def test_a_wrong_kernel_is_caught(name, minimal, monkeypatch):
    kernel = minimal.backend.kernels[name]
    with without_kernel(minimal.backend, name):
        pass  # no route of an earlier test remembers it
    monkeypatch.setattr(kernel, "fn", spoiled(kernel.fn))
    monkeypatch.setattr(kernel, "leaf", None)
    monkeypatch.setattr(kernel, "short", None)
    check = next(check for check in primitive_checks(minimal) if check.name == name)
    assert outcome(check) is not None


def test_a_missing_primitive_is_named(minimal):
    with without_kernel(minimal.backend, "exp"):
        check = next(check for check in primitive_checks(minimal) if check.name == "exp")
        assert '@kernel("exp")' in outcome(check)
    assert outcome(check) is None


@pytest.mark.slow
def test_the_minimal_device_is_right_or_says_what_it_lacks(minimal):
    """Whatever decomposes into the mandatory primitives is right; the rest names the kernel it needs."""
    answered, wrong = 0, {}
    for check in checks(minimal):
        if check.level == Conformance.L2_TABLE and check.name != "as_strided.partial_views":  # it looks past its memory
            text = outcome(check)
            answered += text is None
            lines = [line for line in (text or "").splitlines()[1:] if "raised NoRouteError" not in line]
            if lines:
                wrong[check.id] = lines
    assert wrong == {}
    assert answered > 400


def test_a_fused_op_is_asked_without_its_kernel():
    target = Target("cpu")
    check = next(check for check in fused_checks(target) if check.name == "tanh")
    seen = []
    kernel = target.backend.kernels["tanh"]
    assert outcome(check) is None
    monkey = kernel.fn
    try:
        kernel.fn = lambda *args, out: seen.append(1) or monkey(*args, out=out)
        assert outcome(check) is None
    finally:
        kernel.fn = monkey
    assert not seen


def test_the_plugin_writes_a_table_and_a_file(pytester):
    path = pytester.path / "report.json"
    run = pytester.runpytest_subprocess(
        "-p", "ft_conformance.plugin", "--pyargs", "ft_conformance.suite.test_levels", "--op=exp", f"--ft-json={path}", "-n0"
    )
    run.assert_outcomes(passed=6)  # a primitive, a value and a gradient check, in two modes
    run.stdout.fnmatch_lines(["*conformance of cpu*", "*L2 table*2*0*", "*declared: L*"])
    rows = json.loads(path.read_text())["checks"]
    assert {row["check"] for row in rows} == {"L1/exp", "L2/exp", "L3/exp"}
    assert all(row["outcome"] == "passed" for row in rows)
