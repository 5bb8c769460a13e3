"""The alias under a made-up name and with a made-up target: so it can be tested beside a loaded torch, and without our packages."""

import importlib
import importlib.metadata
import importlib.util
import subprocess
import sys

import pytest

from frankentorch.alias import TORCH_VERSION, AliasFinder, install, run_script, uninstall

TARGET_INIT = """
from . import early
import types
import elsewhere as moved
attached = types.ModuleType("somewhere_else")
attached.answer = 42
flavour = "real"
"""


@pytest.fixture
def finder(tmp_path, monkeypatch):
    """An installed finder that gives the package `stand_in` as `wanted`."""
    package = tmp_path / "lib" / "stand_in"
    (package / "nested").mkdir(parents=True)
    (package / "__init__.py").write_text(TARGET_INIT)
    (package / "early.py").write_text("name = __name__\n")
    (package / "nested" / "__init__.py").write_text("")
    (package / "nested" / "late.py").write_text("name = __name__\n")
    (tmp_path / "lib" / "elsewhere").mkdir()
    (tmp_path / "lib" / "elsewhere" / "__init__.py").write_text("")
    (tmp_path / "lib" / "elsewhere" / "room.py").write_text("name = __name__\n")
    (package / "lame.py").write_text("import no_such_library\n")
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    # another test module of this process may have its own alias installed; a process has one
    monkeypatch.setattr(sys, "meta_path", [f for f in sys.meta_path if not isinstance(f, AliasFinder)])
    finder = install(AliasFinder("wanted", "stand_in"))
    yield finder
    uninstall(finder)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("stand_in", "elsewhere")]:
        del sys.modules[name]


def test_modules_are_the_same_objects(finder):
    stand_in, wanted = importlib.import_module("stand_in"), importlib.import_module("wanted")
    importlib.import_module("wanted.nested.late")
    assert wanted is stand_in
    assert wanted.early is stand_in.early
    assert wanted.nested.late is stand_in.nested.late
    assert sys.modules["wanted.nested.late"] is sys.modules["stand_in.nested.late"]


def test_modules_keep_their_own_spec(finder):
    module = importlib.import_module("wanted.nested.late")
    assert module.__name__ == module.__spec__.name == module.name == "stand_in.nested.late"
    assert importlib.reload(importlib.import_module("stand_in.early")).name == "stand_in.early"


def test_attribute_of_the_parent_serves_as_submodule(finder):
    assert importlib.import_module("wanted.attached").answer == 42


def test_namespace_made_of_another_package_gives_its_modules(finder):
    room = importlib.import_module("wanted.moved.room")
    assert room is sys.modules["elsewhere.room"]
    assert importlib.import_module("wanted").moved is sys.modules["elsewhere"]
    with pytest.raises(ModuleNotFoundError, match=r"wanted\.moved\.cellar"):
        importlib.import_module("wanted.moved.cellar")


def test_find_spec_answers_before_and_after_import(finder):
    assert importlib.util.find_spec("wanted").name == "wanted"
    importlib.import_module("wanted")
    assert importlib.util.find_spec("wanted") is not None
    assert importlib.util.find_spec("wanted.nonesuch") is None


def test_missing_module_is_named_as_the_script_wrote_it(finder):
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'wanted\.nonesuch'"):
        importlib.import_module("wanted.nonesuch")


def test_missing_requirement_of_a_module_is_not_hidden(finder):
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        importlib.import_module("wanted.lame")


def test_other_names_are_left_alone(finder):
    assert finder.find_spec("wanted_not") is None
    with pytest.raises(ModuleNotFoundError, match="wanted_not"):
        importlib.import_module("wanted_not")


def test_metadata_gives_torchs_version(finder):
    assert importlib.metadata.version("wanted") == TORCH_VERSION == "2.13.0"
    assert importlib.metadata.metadata("wanted")["Name"] == "wanted"
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("wanted-not")


def test_the_alias_is_what_the_package_is_called_while_it_lasts(finder):
    wanted = importlib.import_module("wanted")
    assert wanted.__name__ == "wanted"
    assert wanted.__spec__.name == "stand_in"
    assert importlib.import_module("wanted.nested.late").name == "stand_in.nested.late"
    uninstall(finder)
    assert wanted.__name__ == "stand_in"


def test_uninstall_takes_every_name_back(finder):
    importlib.import_module("wanted.nested.late")
    uninstall(finder)
    assert not [name for name in sys.modules if name.startswith("wanted")]
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("wanted")


def test_install_refuses_beside_another_module_of_that_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "wanted", sys)
    with pytest.raises(RuntimeError, match="already loaded"):
        install(AliasFinder("wanted", "stand_in"))
    assert not any(isinstance(f, AliasFinder) and f.alias == "wanted" for f in sys.meta_path)


def script(tmp_path, text):
    path = tmp_path / "script.py"
    path.write_text(text)
    return str(path)


def test_script_runs_as_main_with_its_arguments(tmp_path, finder, capsys):
    (tmp_path / "neighbour.py").write_text("where = 'beside the script'\n")
    path = script(tmp_path, "import sys, wanted, neighbour\nprint(__name__, sys.argv[1:], wanted.flavour, neighbour.where)\n")
    before = list(sys.argv), list(sys.path)
    assert run_script(path, ["--steps", "3"], finder=finder) == 0
    assert capsys.readouterr().out == "__main__ ['--steps', '3'] real beside the script\n"
    assert (sys.argv, sys.path) == before


@pytest.mark.parametrize(("code", "status"), [("", 0), ("None", 0), ("0", 0), ("7", 7), ("'went wrong'", 1)])
def test_exit_status_is_the_scripts(tmp_path, finder, capsys, code, status):
    assert run_script(script(tmp_path, f"import sys\nsys.exit({code})\n"), finder=finder) == status
    assert capsys.readouterr().err == ("went wrong\n" if status == 1 else "")


def test_traceback_starts_in_the_script(tmp_path, finder, capsys):
    path = script(tmp_path, "def inner():\n    return 1 / 0\ninner()\n")
    assert run_script(path, finder=finder) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["Traceback (most recent call last):", f'  File "{path}", line 3, in <module>']
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert not any("runpy" in line or "alias.py" in line for line in lines)


def test_syntax_error_shows_the_line_only(tmp_path, finder, capsys):
    assert run_script(script(tmp_path, "def broken(:\n"), finder=finder) == 1
    err = capsys.readouterr().err
    assert "SyntaxError" in err
    assert "def broken(:" in err
    assert "runpy" not in err


def test_absent_script_is_a_usage_error(tmp_path, finder, capsys):
    assert run_script(str(tmp_path / "none.py"), finder=finder) == 2
    assert "no such file" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_workers_that_start_afresh_know_the_alias(tmp_path, method):
    script = tmp_path / "loads.py"
    script.write_text(
        "import torch\nfrom torch.utils.data import DataLoader, Dataset\n"
        "class Squares(Dataset):\n    def __len__(self):\n        return 4\n"
        "    def __getitem__(self, i):\n        return torch.tensor(i * i if torch.__spec__.name == 'frankentorch' else -1)\n"
        "if __name__ == '__main__':\n"
        f"    print([b.tolist() for b in DataLoader(Squares(), 2, num_workers=1, multiprocessing_context={method!r})])\n"
    )
    done = subprocess.run([sys.executable, "-m", "frankentorch", "run", str(script)], capture_output=True, text=True, check=False)
    assert done.stdout == "[[0, 1], [4, 9]]\n", done.stderr
