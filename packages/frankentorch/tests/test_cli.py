"""The program as its users start it: in a process of its own, from some other directory."""

import importlib.util
import os
import subprocess
import sys

import pytest

from frankentorch import cli
from ft_core.plugin import PluginManager, impl


def frankentorch(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "frankentorch", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_version_names_us_and_the_torch_we_match(tmp_path):
    done = frankentorch("--version", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("frankentorch ")
    assert "(torch 2.13.0)" in done.stdout


def test_help_lists_the_commands(tmp_path):
    done = frankentorch("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("demo", "run", "plugins", "doctor"))


def test_no_command_prints_help_and_fails(capsys):
    assert cli.main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


def test_unknown_command_is_named(tmp_path):
    done = frankentorch("levitate", cwd=tmp_path)
    assert done.returncode == 2
    assert "levitate" in done.stderr


def test_plugin_command_gets_the_rest_of_the_line(monkeypatch):
    seen = []
    monkeypatch.setattr(cli, "plugin_commands", lambda: {"polish": lambda rest: seen.append(rest) or 3})
    assert cli.main(["polish", "--hard", "weights.pt"]) == 3
    assert seen == [["--hard", "weights.pt"]]


class Polisher:
    """A plugin with one command; two of them are one too many."""

    def __init__(self, status):
        self.status = status

    @impl
    def ft_commands(self):
        return {"polish": lambda rest: self.status}


def test_command_of_a_registered_plugin_is_found(monkeypatch):
    manager = PluginManager(entry_points=list)
    monkeypatch.setattr("ft_core.plugin.plugins", manager)
    manager.register(Polisher(5), "polisher")
    assert cli.main(["polish"]) == 5
    assert manager.listing()[0].brings == ["command polish"]


def test_command_claimed_twice_names_both_plugins(monkeypatch, capsys):
    manager = PluginManager(entry_points=list)
    monkeypatch.setattr("ft_core.plugin.plugins", manager)
    manager.register(Polisher(5), "polisher")
    manager.register(Polisher(6), "varnisher")
    assert cli.main(["polish"]) == 1
    err = capsys.readouterr().err
    assert "polisher" in err
    assert "varnisher" in err


def test_run_makes_torch_our_name_in_this_process(tmp_path):
    (tmp_path / "ask.py").write_text(
        "import importlib.metadata, importlib.util, sys\n"
        "import torch, torch.nn.functional as F\n"
        "import frankentorch\n"
        "assert torch is frankentorch, torch\n"
        "assert sys.modules['torch.nn.functional'] is F is frankentorch.nn.functional\n"
        "assert importlib.util.find_spec('torch') is not None\n"
        "print(importlib.metadata.version('torch'), sys.argv)\n"
    )
    done = frankentorch("run", "ask.py", "--flag", "-x", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2.13.0 ['ask.py', '--flag', '-x']\n"


def test_run_takes_a_module(tmp_path):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "tool.py").write_text(
        "import sys, torch\nprint(__name__, sys.argv[1:], torch.__name__, torch.__spec__.name)\n"
    )
    done = frankentorch("run", "-m", "pkg.tool", "a", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "__main__ ['a'] torch frankentorch\n"


def test_demo_trains_saves_and_writes(tmp_path):
    done = frankentorch("demo", "--steps", "3", "--out", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "step 3/3" in done.stdout
    assert "from the checkpoint it writes" in done.stdout
    assert (tmp_path / "here" / "char_gpt.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "here" / "char_gpt.pt").stat().st_size > 1_000_000


@pytest.mark.parametrize("command", ["plugins", "doctor"])
def test_report_mentions_the_cpu_backend(tmp_path, command):
    done = frankentorch(command, cwd=tmp_path, COLUMNS="200", FT_DISABLE_PLUGINS="cuda")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "device cpu" in done.stdout
    if importlib.util.find_spec("ft_kernel_cuda") is not None:  # frankentorch alone does not bring it
        assert "named by FT_DISABLE_PLUGINS" in done.stdout or command == "doctor"
