"""The report must come out of any environment, broken ones first of all."""

import importlib.util

from frankentorch import doctor, plugins_cmd
from ft_core.plugin import PluginRow


def test_versions_that_differ_are_a_fault(monkeypatch):
    told = {"ft-core": "0.1.0", "ft-nn": "0.2.0", "numpy": "2.4.0"}
    monkeypatch.setattr(doctor, "_version", told.get)
    faults = [finding for finding in doctor.versions() if not finding.fine]
    assert [(fault.name, fault.value) for fault in faults] == [
        ("packages of ours", "ft-core 0.1.0, ft-nn 0.2.0: reinstall them in one pip call")
    ]


def test_versions_that_agree_are_one_line(monkeypatch):
    monkeypatch.setattr(doctor, "_version", {"ft-core": "0.1.0", "ft-nn": "0.1.0"}.get)
    assert [(f.name, f.value) for f in doctor.versions()[1:]] == [("2 packages of ours", "0.1.0")]


def test_absent_llvm_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (line,) = [finding for finding in doctor.tiers() if finding.name == "LLVM"]
    assert line.fine
    assert "ft-kernel-cpu[jit]" in line.value


def test_broken_llvm_is_a_fault(monkeypatch):
    def broken(name):
        raise OSError("libllvmlite.so: wrong ELF class")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(doctor.importlib, "import_module", broken)
    (line,) = [finding for finding in doctor.tiers() if finding.name == "LLVM"]
    assert not line.fine
    assert "wrong ELF class" in line.value


def test_processor_and_threads_are_named():
    found = {finding.name: finding.value for finding in [*doctor.processor(), *doctor.threads()]}
    assert set(found) >= {"machine", "vector extensions", "cores"}
    assert all(found.values())


def test_failed_plugin_shows_its_reason_and_the_status(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    rows = [
        PluginRow("cpu", "ft-kernel-cpu", "0.1.0", "built-in", ["device cpu"]),
        PluginRow("abacus", "ft-abacus", "3.0", "failed", [], "ImportError: no beads [here]"),
    ]
    assert plugins_cmd.show_plugins(rows) == 1
    out = capsys.readouterr().out
    assert "device cpu" in out
    assert "ImportError: no beads [here]" in out  # as text: square brackets are markup to rich


def test_working_plugins_give_status_zero(capsys):
    assert plugins_cmd.show_plugins([PluginRow("cpu", "ft-kernel-cpu", "0.1.0")]) == 0
    assert "ft-kernel-cpu 0.1.0" in capsys.readouterr().out
